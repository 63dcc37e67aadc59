"""A part of the graph as three tables, which spreadsheets, CSV, Parquet and pandas hold: entities, edges, claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from graph.records import Claim
from graph.schema import EDITION_OF, FORUM_SERIES
from graph.subgraph import Content, SubgraphEdge

__all__ = ["CLAIMS", "EDGES", "ENTITIES", "TABLES", "Kind", "Table", "tables"]

Kind: TypeAlias = Literal["text", "texts", "integer", "number"]
Row: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns with what they hold, and what gives the rows; any value but an id may be None."""

    name: str
    columns: tuple[tuple[str, Kind], ...]
    rows: Callable[[Content], Iterator[Row]]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.columns)


_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("aliases", "roles", "engines", "more_quotes"), "texts"),
    **dict.fromkeys(("documents", "support", "planned", "denied", "claims", "start", "end"), "integer"),
    "confidence": "number",
}


def _columns(*names: str) -> tuple[tuple[str, Kind], ...]:
    return tuple((name, _KINDS.get(name, "text")) for name in names)


def _entities(content: Content) -> Iterator[Row]:
    for entity in content.entities:
        yield (entity.id, entity.type.value, *entity[2:])
    for series in content.series:
        yield series.id, FORUM_SERIES, series.name, series.aliases, None, None, None


_NOTHING = (None,) * (len(SubgraphEdge._fields) - 5)


def _edges(content: Content) -> Iterator[Row]:
    for edge in content.edges:
        yield (edge[0], edge[1].value, *edge[2:])
    for series in content.series:
        for id, name in series.editions:
            yield (id, EDITION_OF, series.id, name, series.name, *_NOTHING)


def _claims(content: Content) -> Iterator[Row]:
    return map(_claim, content.claims)


def _claim(claim: Claim) -> Row:
    main, *more = claim.evidence
    document = claim.document
    return (
        *(claim.id, claim.subject.id, claim.relation.value, claim.object.id, claim.subject.name, claim.object.name),
        *(claim.modality.value, claim.confidence, claim.role, claim.topic),
        *((claim.at.id, claim.at.name) if claim.at else (None, None)),
        *(claim.date_from, claim.date_to, claim.date_precision, claim.rule, claim.engines, claim.status),
        *(main.quote, main.start, main.end, tuple(each.quote for each in more)),
        *(document.id, document.key, document.title, document.date, document.source, document.url),
    )


ENTITIES = Table(
    "entities", _columns("id", "type", "name", "aliases", "documents", "first_date", "last_date"), _entities
)
"""Entities, then series of forums, which have no documents and days."""

EDGES = Table("edges", _columns(*SubgraphEdge._fields), _edges)
"""Edges, then editions of series, which have no evidence."""

_DOCUMENT = tuple(f"document_{name}" for name in ("id", "key", "title", "date", "source", "url"))
CLAIMS = Table(
    "claims",
    _columns(
        *("id", "subject", "relation", "object", "subject_name", "object_name", "modality", "confidence"),
        *("role", "topic", "at", "at_name", "date_from", "date_to", "date_precision", "rule", "engines", "status"),
        *("quote", "start", "end", "more_quotes", *_DOCUMENT),
    ),
    _claims,
)
"""Claims with their quotes; ``at`` is the forum where it happened, ``start`` and ``end`` count code points."""

TABLES = (ENTITIES, EDGES, CLAIMS)


def tables(content: Content) -> tuple[Table, ...]:
    """Those that an export has: claims only where they were asked for."""
    return TABLES if content.selection.claims else TABLES[:2]
