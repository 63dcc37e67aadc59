"""Rows: records whose values were checked, each for itself and against the ontology."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from graph.curated.problems import Problems, shortened
from graph.curated.records import ORIGIN, REQUIRED, Kind, Record
from graph.curated.values import check_value, period
from graph.schema import ENTITY_NAMES_ZH, RELATIONS, EntityType, Modality, Period, RelationType

__all__ = ["EntityRow", "Name", "Origin", "RelationRow", "Row", "origin_of", "row_of"]

T = TypeVar("T", bound=StrEnum)


class Origin(NamedTuple):
    """Where a row comes from; each field as in `graph.schema.Document`."""

    source: str | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None

    def or_else(self, other: Origin) -> Origin:
        """Return self with the gaps filled from ``other``."""
        return Origin(*(mine or theirs for mine, theirs in zip(self, other, strict=True)))


def origin_of(fields: Mapping[str, str]) -> Origin:
    """Return what the columns of `ORIGIN` say."""
    return Origin(*map(fields.get, ORIGIN))


class Name(NamedTuple):
    """An entity as a row names it, and where."""

    type: EntityType
    text: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity and its other names."""

    record: Record
    origin: Origin
    name: Name


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A fact; the fields are those of `graph.schema.Relation`."""

    record: Record
    origin: Origin
    type: RelationType
    head: Name
    tail: Name
    at: Name | None
    modality: Modality
    date: Period | None
    confidence: float


Row = EntityRow | RelationRow


def row_of(record: Record, problems: Problems) -> Row | None:
    """Return the row that a record is; None where something is wrong with it, which is noted in `problems`."""
    reader = _Reader(record, problems)
    row = reader.entity() if record.kind is Kind.ENTITY else reader.relation()
    return None if reader.wrong else row


@dataclass(frozen=True, slots=True)
class _Vocabulary(Generic[T]):
    """Values of one kind, ``known`` by each name in small letters, and how they are shown."""

    what: str
    known: Mapping[str, T]
    shown: Callable[[T], str]

    def refusal(self, value: str) -> str:
        """What to say of a value that is none of them: the nearest one, or all that are allowed."""
        near = difflib.get_close_matches(value.casefold(), self.known, n=1)
        allowed = ", ".join(map(self.shown, dict.fromkeys(self.known.values())))
        advice = f"did you mean {self.shown(self.known[near[0]])}?" if near else f"allowed are {allowed}"
        return f"is {shortened(value)}, no {self.what}; {advice}"


def _with_zh(type: EntityType | RelationType) -> str:
    return f"{type} ({ENTITY_NAMES_ZH[type] if isinstance(type, EntityType) else RELATIONS[type].zh})"


def _by_name(types: Mapping[T, str]) -> dict[str, T]:
    return {name.casefold(): type for type, zh in types.items() for name in (type, zh)}


_ENTITY_TYPES = _Vocabulary("entity type", _by_name(ENTITY_NAMES_ZH), _with_zh)
_RELATIONS = _Vocabulary("relation", _by_name({type: spec.zh for type, spec in RELATIONS.items()}), _with_zh)
_MODALITIES = _Vocabulary("modality", {modality.value: modality for modality in Modality}, str)


class _Reader:
    """Reads one record; what is wrong is noted, and None stands for it."""

    def __init__(self, record: Record, problems: Problems) -> None:
        self._record = record
        self._problems = problems
        self._unfit: set[str] = set()
        self.wrong = False
        for column, value in [*record.fields.items(), *(("aliases", alias) for alias in record.aliases)]:
            try:
                check_value(column, value)
            except ValueError as error:
                self._say(column, str(error))
                self._unfit.add(column)
        for column in REQUIRED[record.kind]:
            if column not in record.fields:
                self._say(column, "is empty")

    def entity(self) -> EntityRow | None:
        name = self._name("name", self._choice("type", _ENTITY_TYPES))
        return name and EntityRow(self._record, origin_of(self._record.fields), name)

    def relation(self) -> RelationRow | None:
        type = self._choice("relation", _RELATIONS)
        head = self._name("head", self._choice("head_type", _ENTITY_TYPES))
        tail = self._name("tail", self._choice("tail_type", _ENTITY_TYPES))
        at = self._name("at", EntityType.FORUM)
        modality = self._choice("modality", _MODALITIES) or Modality.HELD
        days, confidence = self._period(), self._confidence()
        if not (type and head and tail):
            return None
        self._check_ends(type, head.type, tail.type)
        origin = origin_of(self._record.fields)
        return RelationRow(self._record, origin, type, head, tail, at, modality, days, confidence)

    def _say(self, column: str, text: str) -> None:
        self.wrong = True
        self._problems.add(self._record.line, column, text)

    def _get(self, column: str) -> str | None:
        return None if column in self._unfit else self._record.fields.get(column)

    def _name(self, column: str, type: EntityType | None) -> Name | None:
        text = self._get(column)
        return Name(type, text, self._record.spans[column]) if type and text else None

    def _choice(self, column: str, vocabulary: _Vocabulary[T]) -> T | None:
        value = self._get(column)
        found = value and vocabulary.known.get(value.casefold())
        if value and not found:
            self._say(column, vocabulary.refusal(value))
        return found or None

    def _check_ends(self, type: RelationType, head: EntityType, tail: EntityType) -> None:
        spec = RELATIONS[type]
        swapped = head in spec.tails and tail in spec.heads
        advice = "; head and tail seem to be exchanged" if swapped else ""
        for column, given, allowed, does in (
            ("head_type", head, spec.heads, "begins"),
            ("tail_type", tail, spec.tails, "ends"),
        ):
            if given not in allowed:
                types = " or ".join(map(_with_zh, sorted(allowed)))
                self._say(column, f"is {_with_zh(given)}, but {_with_zh(type)} {does} at {types}{advice}")

    def _period(self) -> Period | None:
        first, last = self._get("date_from"), self._get("date_to")
        if first is None:
            if last is not None and "date_from" not in self._unfit:
                self._say("date_to", "is given without date_from")
            return None
        try:
            return period(first, last or first)
        except ValueError as error:
            self._say("date_to", str(error))
            return None

    def _confidence(self) -> float:
        value = self._get("confidence") or "1"
        try:
            confidence = float(value)
        except ValueError:
            confidence = 0.0
        if not 0 < confidence <= 1:  # nan is neither
            self._say("confidence", f"is {shortened(value)}, no number above 0 and up to 1")
        return confidence
