"""The engine ``hanlp1``: the pipeline from a document to its extraction, and the way back from clean text to stored."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property

from extract.analysis import Analysis, Fact, Thing
from extract.engine import Engine, failing_alone
from extract.grammar import find_facts, with_times
from extract.mentions import find_mentions
from extract.parts import join, split
from extract.pipeline import Component, Pipeline
from extract.reranker import Reranker, rerank
from extract.resolve import resolve
from extract.scorer import score_facts
from extract.segmenter import HanLP1, Segmenter
from extract.sentences import split_sentences
from extract.text import clean
from extract.version import fingerprint
from graph.schema import Document, Entity, Evidence, Extraction, Relation

__all__ = ["Extractor", "relation_of", "to_extraction"]


class Extractor(Engine):
    """Words and tags of a segmenter, names of a learned tagger, facts of a grammar, weighed by a learned scorer.

    Args:
        segmenter: makes what proposes words and tags; it starts with the first document.
        reranker: has the last word on how sure a claim is; its version stands in the name of the engine.
    """

    name = "hanlp1"

    def __init__(self, segmenter: Callable[[], Segmenter] = HanLP1, reranker: Reranker | None = None) -> None:
        self.version = fingerprint()[:8]
        if reranker is not None:
            self.name = f"{self.name}:{reranker.version}"
            self.version += f".{reranker.version}"
        self._reranker = reranker
        self._make_segmenter = segmenter
        self._turn = threading.Lock()  # Java is called from one thread at a time

    @cached_property
    def _segmenter(self) -> Segmenter:
        return self._make_segmenter()

    @cached_property
    def pipeline(self) -> Pipeline:
        """The components in order."""
        return Pipeline(
            [
                Component("sentences", split_sentences, adds=frozenset({"sentences"})),
                Component("tokens", self._tokenize, adds=frozenset({"tokens"})),
                Component("mentions", find_mentions, frozenset({"tokens"}), frozenset({"mentions"})),
                Component("things", resolve, frozenset({"mentions"}), frozenset({"things"})),
                Component("facts", find_facts, frozenset({"sentences", "things"}), frozenset({"facts"})),
                Component("scored", score_facts, frozenset({"facts"})),
                Component("times", with_times, frozenset({"facts"})),
            ]
        )

    def _tokenize(self, analysis: Analysis) -> Analysis:
        return replace(analysis, tokens=tuple(self._segmenter.tokens(analysis.text)))

    def analyse(self, document: Document) -> Analysis:
        """Everything the pipeline finds, in clean text offsets."""
        whole = self._unread(document)
        return self._analysed(whole, split(whole))

    def _unread(self, document: Document) -> Analysis:
        return Analysis(document, clean(document.text), engine=self.name)

    def _analysed(self, whole: Analysis, parts: Sequence[Analysis]) -> Analysis:
        with self._turn, _uncollected():
            found = join(whole, [self.pipeline(part) for part in parts])
            return found if self._reranker is None else rerank(found, self._reranker)

    def extract(self, document: Document) -> Extraction:
        """The entities and relations of one document, in stored text offsets; the same input gives the same result.

        Raises:
            EngineError: the segmenter cannot start.
            ExtractionFailed: this document cannot be extracted from; others can.
        """
        with failing_alone(self.name, document), _uncollected():
            return to_extraction(self.analyse(document))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Put the garbage collector off: a document makes many small objects, no cycles, and visiting them takes time.

    Where little of a document is left at the end, as of one that has become an extraction, little is visited then.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def to_extraction(analysis: Analysis) -> Extraction:
    """The records of what an analysis found, in stored text offsets."""
    entities = tuple(_entity(analysis, number, thing) for number, thing in enumerate(analysis.things))
    relations = tuple(relation_of(analysis, fact) for fact in analysis.facts)
    return Extraction(analysis.document, entities, relations).validate()


def _entity(analysis: Analysis, number: int, thing: Thing) -> Entity:
    """Names are written as the document writes them; the first mention of a name gives its spelling."""
    spelled: dict[str, str] = {}
    spans = []
    for index in thing.mentions:
        mention = analysis.mentions[index]
        spelled.setdefault(
            analysis.text[mention.start : mention.end], analysis.clean.verbatim(mention.start, mention.end).strip()
        )
        spans.append(analysis.clean.span(mention.start, mention.end))
    names = list(dict.fromkeys(spelled.get(name, name) for name in thing.names))
    return Entity(_id(number), thing.type, names[0], tuple(names[1:]), tuple(spans))


def relation_of(analysis: Analysis, fact: Fact) -> Relation:
    """The record of one fact, in stored text offsets."""
    start, end = analysis.clean.span(fact.start, fact.end)
    return Relation(
        fact.type,
        _id(fact.head),
        _id(fact.tail),
        fact.rule,
        fact.confidence,
        (Evidence(start, end, analysis.document.text[start:end]),),
        fact.modality,
        fact.role,
        None if fact.at is None else _id(fact.at),
        fact.date,
        fact.topic,
        (analysis.engine,),
    )


def _id(number: int) -> str:
    return f"e{number + 1}"
