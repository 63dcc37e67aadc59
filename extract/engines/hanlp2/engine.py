"""The engine ``hanlp2``: names of a model of HanLP 2 beside those of the tagger, then the pipeline of ``hanlp1``.

    sentences -> names of HanLP 2 -+
    words of HanLP 1 -> tagger ----+-> trimmed, selected -> things -> grammar -> scorer

The words of the rules stay those of HanLP 1: the tagger, the trimming and the patterns know its tags, which are finer
than those of HanLP 2 (docs/engines.md has the figures).
"""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from extract.analysis import Analysis, Mention
from extract.engine import failing_alone
from extract.engines.hanlp2 import dictionary
from extract.engines.hanlp2.aligned import Span
from extract.engines.hanlp2.files import checked_config, digest
from extract.engines.hanlp2.labels import LABELS, type_of
from extract.engines.hanlp2.loading import LICENCE, installed, load
from extract.engines.hanlp2.recogniser import Found, Recogniser, Words, recogniser, tokenizer, window
from extract.engines.hanlp2.settings import Hanlp2Settings
from extract.errors import ExtractionFailed
from extract.extractor import Extractor, to_extraction
from extract.parts import split
from extract.sentences import split_sentences
from extract.text import cut_behind
from graph.schema import Document, Extraction

__all__ = ["Hanlp2"]

_log = logging.getLogger(__name__)

_BATCHES = "several documents are computed together, and rounding depends on which (HUITU_HANLP2_DOCUMENTS)"


class Hanlp2(Extractor):
    """The pipeline with names that a neural model proposes as well; the model is loaded with the first document.

    Args:
        settings: which model, and how it computes.

    Raises:
        PackageMissing: HanLP 2 is not installed.
        FilesMissing: the model's folder lacks something.
    """

    name = "hanlp2"
    one_process = True

    def __init__(self, settings: Hanlp2Settings) -> None:
        super().__init__()
        installed()
        self._settings = settings
        self.batch = settings.documents
        self.varies = _BATCHES if settings.documents > 1 else None
        self.version = _version(self.version, settings)
        self._unplaced = 0
        self._unknown: Counter[str] = Counter()

    @cached_property
    def _recogniser(self) -> Recogniser:
        settings = self._settings
        component = load(settings.model, settings.device, download=settings.download)
        _log.warning("%s", LICENCE)
        longest = [window(component)]

        def words() -> Words:
            if settings.words == "characters":
                return lambda sentences: [_characters(each) for each in sentences]
            if settings.words == "hanlp1":
                return lambda sentences: [self._words_of_hanlp1(each) for each in sentences]
            cutter = load(settings.words, settings.device, download=settings.download)
            self._give_names(cutter)
            longest.append(window(cutter))
            return tokenizer(cutter, settings.batch)

        return Recogniser(recogniser(component, words, settings.batch, self._give_names), min(longest))

    def _words_of_hanlp1(self, sentence: str) -> list[Span]:
        return [(each.start, each.end) for each in self._segmenter.tokens(sentence) if each.word.strip()]

    def _give_names(self, tokenizer: object) -> None:
        dictionary.give(tokenizer, self._settings.dictionary, dictionary.names())

    def analyse(self, document: Document) -> Analysis:
        """Everything the pipeline finds, in clean text offsets."""
        whole = self._unread(document)
        return self._analysed(whole, self._with_proposals(split(whole)))

    def extract_together(self, documents: Sequence[Document]) -> Sequence[Extraction | ExtractionFailed]:
        """The documents with all their sentences in one go; if that fails, each by itself."""
        if len(documents) < 2:
            return super().extract_together(documents)
        try:
            with failing_alone(self.name, documents[0]):
                wholes = [self._unread(document) for document in documents]
                parts = [split(whole) for whole in wholes]
                proposed = iter(self._with_proposals([part for each in parts for part in each]))
        except ExtractionFailed:
            return super().extract_together(documents)  # which of them it is shows when they are alone
        return [self._finished(whole, [next(proposed) for _ in own]) for whole, own in zip(wholes, parts, strict=True)]

    def _finished(self, whole: Analysis, parts: Sequence[Analysis]) -> Extraction | ExtractionFailed:
        try:
            with failing_alone(self.name, whole.document):
                return to_extraction(self._analysed(whole, parts))
        except ExtractionFailed as error:
            return error

    def _with_proposals(self, parts: Sequence[Analysis]) -> list[Analysis]:
        """The parts of texts, each with the names that the model finds in its sentences."""
        with self._turn:
            longest = self._recogniser.longest
            places = [
                (number, start, part.text[start:end])
                for number, part in enumerate(parts)
                for start, end in _readable(part, longest)
            ]
            found = self._recogniser.names([sentence for _, _, sentence in places])
        proposed: list[list[Mention]] = [[] for _ in parts]
        for (number, start, sentence), names in zip(places, found, strict=True):
            if names is None:
                self._unplaced += 1
                continue
            proposed[number] += (mention for each in names if (mention := self._mention(sentence, start, each)))
        return [replace(part, proposed=tuple(own)) for part, own in zip(parts, proposed, strict=True)]

    def _mention(self, sentence: str, start: int, found: Found) -> Mention | None:
        if found.label not in LABELS:
            self._unknown[found.label] += 1
            return None
        type = type_of(found.label, sentence[found.start : found.end])
        if type is None:
            return None
        return Mention(start + found.start, start + found.end, type, self._settings.score, "hanlp2.ner")

    def account(self) -> Sequence[str]:
        """What the model found that could not be used."""
        told = []
        if self._unplaced:
            told.append(f"hanlp2: its words are not those of the text in {self._unplaced:,} sentences, left out")
        if self._unknown:
            labels = ", ".join(f"{label} ({count:,})" for label, count in sorted(self._unknown.items()))
            told.append(f"hanlp2: names left out whose labels are not known here: {labels}")
        return told


def _characters(sentence: str) -> list[Span]:
    return [(at, at + 1) for at, character in enumerate(sentence) if character.strip()]


def _readable(part: Analysis, longest: int) -> Iterator[Span]:
    """The sentences of a text; one that is too long is cut behind a mark, or anywhere."""
    text = part.text
    for sentence in split_sentences(part).sentences:
        start, end = sentence.start, sentence.end
        while start < end:
            cut = min(end, start + longest)
            if cut < end:
                cut = cut_behind(";,、 ", text, start + longest // 2, cut)
            written = text[start:cut]
            if written.strip():
                yield cut - len(written.lstrip()), start + len(written.rstrip())
            start = cut


def _version(pipeline: str, settings: Hanlp2Settings) -> str:
    """Changes with Huitu, HanLP, the model's files (its name, where it is no folder) and what is set."""
    parts = (_identity(settings.model), _identity(settings.words), settings.dictionary, f"{settings.score:g}")
    return f"{pipeline} hanlp {version('hanlp')} {hashlib.sha256(' '.join(parts).encode()).hexdigest()[:8]}"


def _identity(model: str) -> str:
    """What the files of a model's folder hash to; else its name, which HanLP gives to one model for good."""
    if model in ("hanlp1", "characters") or "://" in model or not ("/" in model or Path(model).is_dir()):
        return model
    checked_config(Path(model))
    return digest(Path(model))
