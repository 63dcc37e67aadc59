"""Corrections of claims by people (订正): accept, reject, edit, add. They lie over what was extracted.

A correction belongs to a document. It is kept beside the document's claims and put over them whenever the document is
loaded, so that it outlives extraction by a better extractor, a new version of the text, even a deletion. A correction
of a claim speaks of that claim, or, where a later extraction words it otherwise, of all claims of the same document
with its relation and its two names. One whose claim is no longer found is kept and applies to nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from graph.client import Row
from graph.identity import document_id
from graph.schema import (
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Modality,
    Period,
    Relation,
    RelationType,
)

__all__ = ["BY_HAND", "EDITABLE", "Action", "Addition", "Correction", "correct", "with_added"]

BY_HAND = "by hand"
"""How the rule of a claim begins that a person has added; the id of the correction follows."""

EDITABLE = ("relation", "role", "modality", "topic", "date_from", "date_to", "date_precision")
"""Fields of a claim that an edit may change; for others, reject the claim and add one."""


class Action(StrEnum):
    """What a correction does to a claim."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    ADD = "add"


_STATUS = {Action.ACCEPT: "accepted", Action.REJECT: "rejected", Action.EDIT: "edited"}


@dataclass(frozen=True, slots=True)
class Addition:
    """A claim that a person adds to a document: two names of it, and the words that say so."""

    relation: RelationType
    head: tuple[EntityType, str]
    tail: tuple[EntityType, str]
    quote: str
    role: str | None = None
    modality: Modality = Modality.HELD
    at: str | None = None
    topic: str | None = None
    date: Period | None = None

    def to_json(self) -> dict[str, Any]:
        date = self.date and [self.date.first, self.date.last, self.date.precision]
        record: dict[str, Any] = {
            "relation": self.relation.value,
            "head": [self.head[0].value, self.head[1]],
            "tail": [self.tail[0].value, self.tail[1]],
            "quote": self.quote,
            "role": self.role,
            "modality": self.modality.value,
            "at": self.at,
            "topic": self.topic,
            "date": date,
        }
        return {key: value for key, value in record.items() if value is not None}

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Addition:
        head, tail, date = record["head"], record["tail"], record.get("date")
        return cls(
            RelationType(record["relation"]),
            (EntityType(head[0]), head[1]),
            (EntityType(tail[0]), tail[1]),
            record["quote"],
            record.get("role"),
            Modality(record.get("modality", "held")),
            record.get("at"),
            record.get("topic"),
            date and Period(*date),
        )


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction of one claim, by whom, when (ISO 8601, UTC) and why.

    Args:
        id: made from all that follows up to ``why``.
        action: what it does.
        document: key of the document.
        changes: what is said: edited fields (null removes one) or the claim that is added.
        by: who.
        at: when.
        why: reason, where given.
        claim: id of the claim as it was then; none for one that is added.
        statement: id of what the claim says, in whatever words.
        undone_at: when it was undone.
        undone_by: who has undone it.
    """

    id: str
    action: Action
    document: str
    by: str
    at: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    why: str | None = None
    claim: str | None = None
    statement: str | None = None
    undone_at: str | None = None
    undone_by: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As a line of an export."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name)) is not None}

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Correction:
        """The twin of `to_json`.

        Raises:
            ValueError, TypeError: a field is missing, unknown or of the wrong form.
        """
        return replace(cls(**record), action=Action(record["action"]))

    def to_row(self) -> Row:
        """As the graph keeps it."""
        kept = {name: getattr(self, name) for name in self.__slots__} | {"document_id": document_id(self.document)}
        changes = json.dumps(self.changes, ensure_ascii=False, sort_keys=True)
        return {**kept, "action": self.action.value, "changes": changes}

    @classmethod
    def of_row(cls, row: Row) -> Correction:
        known = {name: row.get(name) for name in cls.__slots__}
        return cls(**{**known, "action": Action(row["action"]), "changes": json.loads(row["changes"])})


def with_added(extraction: Extraction, corrections: Sequence[Correction]) -> Extraction:
    """The extraction with the claims that people have added, where their words are still in the text.

    Raises:
        InvalidRecord: the names do not fit the relation.
    """
    added = [(each.id, Addition.from_json(each.changes)) for each in corrections if each.action is Action.ADD]
    if not added:
        return extraction
    text = extraction.document.text
    entities = list(extraction.entities)
    relations = list(extraction.relations)
    for id, addition in added:
        start = text.find(addition.quote)
        if start < 0:
            continue
        evidence = Evidence(start, start + len(addition.quote), addition.quote)
        head, tail = (_entity(entities, *end, evidence) for end in (addition.head, addition.tail))
        at = addition.at and _entity(entities, EntityType.FORUM, addition.at, evidence)
        relations.append(
            Relation(
                addition.relation,
                head,
                tail,
                f"{BY_HAND} {id}",
                1.0,
                (evidence,),
                addition.modality,
                addition.role,
                at,
                addition.date,
                addition.topic,
            )
        )
    return replace(extraction, entities=tuple(entities), relations=tuple(relations))


def _entity(entities: list[Entity], type: EntityType, name: str, evidence: Evidence) -> str:
    """The local id of the entity that a document calls so; one is added where there is none."""
    for entity in entities:
        if entity.type is type and name in (entity.name, *entity.aliases):
            return entity.id
    start = evidence.quote.find(name)
    spans = ((evidence.start + start, evidence.start + start + len(name)),) if start >= 0 else ()
    entities.append(Entity(f"h{len(entities) + 1}", type, name, (), spans))
    return entities[-1].id


def correct(claims: Mapping[str, Row], corrections: Iterable[Correction]) -> dict[str, Row]:
    """Rows of claims with what people have said of them: ``status``, ``correction``, and edited fields.

    Args:
        claims: rows by id, as extracted.
        corrections: those in force, of this document; the later one counts.
    """
    rows = dict(claims)
    for correction in sorted(corrections, key=lambda each: (each.at, each.id)):
        if correction.action is Action.ADD:
            continue
        for id in _spoken_of(rows, correction):
            rows[id] = {**rows[id], "properties": _corrected(rows[id]["properties"], correction)}
    return rows


def _spoken_of(rows: Mapping[str, Row], correction: Correction) -> Iterator[str]:
    if correction.claim in rows:
        yield str(correction.claim)
        return
    for id, row in rows.items():
        if row["properties"]["statement"] == correction.statement:
            yield id


def _corrected(properties: Row, correction: Correction) -> Row:
    changed = {**properties, "status": _STATUS[correction.action], "correction": correction.id}
    if correction.action is Action.EDIT:
        before = json.loads(properties.get("extracted", "{}"))
        was = {name: properties.get(name) for name in correction.changes if name not in before}
        changed |= {**correction.changes, "extracted": json.dumps(before | was, ensure_ascii=False, sort_keys=True)}
    return changed
