"""What the pipeline passes from component to component: one frozen analysis of one document (分析)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from extract.text import CleanText
from graph.schema import Document, EntityType, Modality, Period, RelationType

if TYPE_CHECKING:
    from extract.grammar.context import Context

__all__ = ["Analysis", "Fact", "Mention", "Reason", "Rejected", "Sentence", "Thing", "Token"]


class Token(NamedTuple):
    """A word with its part of speech (词性, HanLP 1.x tag set); offsets into the clean text."""

    start: int
    end: int
    word: str
    tag: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence ``[start, end)`` of the clean text; ``section`` counts the items of a digest from 0."""

    start: int
    end: int
    section: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text (提及); ``score`` in 0..1 settles overlaps, ``source`` names what proposed it."""

    start: int
    end: int
    type: EntityType
    score: float
    source: str


@dataclass(frozen=True, slots=True)
class Thing:
    """What several mentions name; ``mentions`` index into the analysis, names are clean text, the best one first."""

    type: EntityType
    names: tuple[str, ...]
    mentions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between two things (indices), found by ``rule`` in ``[start, end)`` of the clean text.

    ``before`` is the confidence that a reranker has changed.
    """

    type: RelationType
    head: int
    tail: int
    rule: str
    confidence: float
    start: int
    end: int
    role: str | None = None
    modality: Modality = Modality.HELD
    at: int | None = None
    date: Period | None = None
    topic: str | None = None
    before: float | None = None


class Reason(StrEnum):
    """Why a fact that was proposed does not stand."""

    UNLIKELY = "unlikely"  # its probability is below the threshold
    SPEAKER = "speaker"  # ATTENDED of a person who speaks there: a speaker is no guest too
    DENIED = "denied"  # a pair that no rule found; its clause, or a rule, denies that the two are related
    DECIDED = "decided"  # its probability is below that which the reranker asks for


@dataclass(frozen=True, slots=True)
class Rejected:
    """A fact that was proposed and does not stand; its confidence is the model's probability, cut to three digits.

    ``threshold`` is the least probability that it would have stood with.
    """

    fact: Fact
    threshold: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document and all that the components have found in it so far, by which engine.

    ``proposed`` are names that another recogniser than the CRF takes for such. ``context`` is what the grammar read the
    facts from, so that the scorer need not read the document again.
    """

    document: Document
    clean: CleanText
    sentences: Sequence[Sentence] = ()
    tokens: Sequence[Token] = ()
    proposed: Sequence[Mention] = ()
    mentions: Sequence[Mention] = ()
    things: Sequence[Thing] = ()
    facts: Sequence[Fact] = ()
    rejected: Sequence[Rejected] = ()
    context: Context | None = None
    engine: str = "hanlp1"

    @property
    def text(self) -> str:
        """The clean text."""
        return self.clean.text
