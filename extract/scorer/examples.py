"""Annotated documents as the scorer learns from them: things with annotated names and with names found (样本).

A name found comes from a CRF that has not seen the document: those of one kind (the start of their file names) are left
out of its training together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from extract.analysis import Analysis, Mention, Thing
from extract.evaluate import Gold, alike, names_of
from extract.mentions import find_mentions
from extract.resolve import resolve
from extract.segmenter import Segmenter
from extract.sentences import split_sentences
from extract.tagger import train as tagger
from extract.tagger.aligned import align
from extract.tagger.features import features
from extract.text import clean
from graph.schema import RELATIONS, EntityType, RelationType

__all__ = ["FOLDS", "Labelled", "Labels", "annotated", "examples", "fold_of", "labels_of"]

FOLDS = 3
Key = tuple[RelationType, int, int]


@dataclass(frozen=True, slots=True)
class Labels:
    """What the gold says of the relations of a document's things."""

    wanted: frozenset[Key]
    optional: frozenset[Key]
    entity: tuple[int | None, ...]
    doubtful: frozenset[int]

    def key(self, type_: RelationType, head: int, tail: int) -> Key | None:
        """The relation between gold entities, None where a thing is none of them."""
        a, b = self.entity[head], self.entity[tail]
        if a is None or b is None:
            return None
        return (type_, min(a, b), max(a, b)) if RELATIONS[type_].symmetric else (type_, a, b)

    def of(self, type_: RelationType, head: int, tail: int) -> int:
        """1 right, 0 wrong, -1 neither."""
        key = self.key(type_, head, tail)
        if key in self.wanted:
            return 1
        return -1 if key in self.optional or {head, tail} & self.doubtful else 0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document with things, its labels, and the fold that it is left out of."""

    analysis: Analysis
    labels: Labels
    fold: int
    found: bool


def fold_of(name: str) -> int:
    """The fold of a document: all whose file names start alike are in one."""
    return crc32(name.rsplit("-", 1)[0].encode()) % FOLDS


def examples(
    documents: Sequence[Gold], segmenter: Segmenter, *, iterations: int, report: Callable[[str], None]
) -> Iterator[Labelled]:
    """Each document twice: with the annotated names, and with those found by a CRF of the other folds."""
    prepared = []
    for gold in documents:
        text = clean(gold.document.text)
        tokens = tuple(segmenter.tokens(text.text))
        prepared.append(split_sentences(Analysis(gold.document, text, tokens=tokens)))
    folds = [fold_of(_stem(gold)) for gold in documents]
    for gold, analysis, fold in zip(documents, prepared, folds, strict=True):
        known = annotated(gold, analysis)
        yield Labelled(known, labels_of(gold, known.things), fold, found=False)
    learned = [
        tagger.Example(a.text, features(a.text, a.tokens), [s[:3] for s in align(a.text, g.entities, a.tokens)])
        for g, a in zip(documents, prepared, strict=True)
    ]
    for left_out in range(FOLDS):
        report(f"mentions of fold {left_out + 1} of {FOLDS}")
        crf = tagger.train(
            [e for e, fold in zip(learned, folds, strict=True) if fold != left_out], iterations=iterations
        )
        for gold, analysis, fold in zip(documents, prepared, folds, strict=True):
            if fold == left_out:
                guessed = resolve(find_mentions(analysis, crf))
                yield Labelled(guessed, labels_of(gold, guessed.things), fold, found=True)


def labels_of(gold: Gold, things: Sequence[Thing]) -> Labels:
    """The annotated relations, and which annotated entity each thing is."""
    number = {entity["id"]: index for index, entity in enumerate(gold.entities)}
    wanted: set[Key] = set()
    optional: set[Key] = set()
    for relation in gold.relations:
        type_, head, tail = RelationType(relation["type"]), number[relation["head"]], number[relation["tail"]]
        if RELATIONS[type_].symmetric:
            head, tail = min(head, tail), max(head, tail)
        (optional if relation.get("optional") else wanted).add((type_, head, tail))
    known = [(entity["type"], names_of(entity)) for entity in gold.entities]
    entity: list[int | None] = []
    doubtful = set()
    for index, thing in enumerate(things):
        names = names_of({"name": thing.names[0], "aliases": thing.names[1:]})
        same = [n for n, (type_, given) in enumerate(known) if type_ == thing.type and alike(names, given, False)]
        entity.append(same[0] if same else None)
        if not same and any(type_ == thing.type and alike(names, given, True) for type_, given in known):
            doubtful.add(index)
    return Labels(frozenset(wanted), frozenset(optional - wanted), tuple(entity), frozenset(doubtful))


def annotated(gold: Gold, analysis: Analysis) -> Analysis:
    """The analysis with the annotated names as mentions and things."""
    spans = align(analysis.text, gold.entities, analysis.tokens)
    mentions = tuple(Mention(s.start, s.end, s.type, 1.0, "gold") for s in spans)
    things = []
    for number, entity in enumerate(gold.entities):
        names = tuple(clean(name).text for name in (entity["name"], *entity.get("aliases", ())))
        indices = tuple(index for index, span in enumerate(spans) if span.entity == number)
        if indices:
            things.append(Thing(EntityType(entity["type"]), names, indices))
    return replace(analysis, mentions=mentions, things=tuple(things))


def _stem(gold: Gold) -> str:
    return (gold.document.name or gold.document.key).rsplit("/", 1)[-1].split(".")[0]
