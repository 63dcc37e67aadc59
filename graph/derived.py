"""What rests on mentions and claims, computed without a database: the twin of what `graph.derive` asks Neo4j to do.

    refresh_editions.cypher   edition_of            the series that a forum is an edition of
    derive_edges.cypher       edge_properties       support, roles, dates and quote of an edge from its claims
    derive_edges.cypher       ends_of               which way an edge goes

A first load of many documents (`graph.bulk`) uses these. A test loads the same documents both ways and compares all
that the graphs hold; who changes one side changes the other. What something is called (`called`) both sides ask here:
the order of texts in Neo4j depends on how it holds them (a text in a list or of the same transaction sorts by UTF-16
units, a stored one by code points), so that it must not decide what a graph holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from graph.client import Row
from graph.names.pinyin import pinyin_keys
from graph.schema import RELATIONS, Modality

__all__ = ["Said", "Use", "called", "edge_properties", "edition_of", "ends_of", "entity_of", "entity_properties"]

_SYMMETRIC = frozenset(relation.value for relation, spec in RELATIONS.items() if spec.symmetric)
_DOUBT = {Modality.HELD.value: 0, Modality.PLANNED.value: 1}
_DENIED = 2
_LATEST = "9"
"""Sorts behind every date: what has none."""


class Use(NamedTuple):
    """A mention as its entity sees it; ``document`` and ``date`` are those of the document that holds it."""

    name: str
    aliases: Collection[str]
    key: str
    document: str
    date: str | None
    series: str | None = None
    series_id: str | None = None


class Said(NamedTuple):
    """A claim as its edge sees it; ``text`` is the cluster of reprints that states it, or its document (ids)."""

    id: str
    modality: str
    confidence: float
    role: str | None
    date_from: str | None
    date_to: str | None
    quote: str
    document: str
    date: str | None
    text: str


def called(uses: Mapping[str, int], aliases: Iterable[str] = ()) -> Row:
    """What something is called: shown is the name most documents use, then the longest, then the first in code order.

    Args:
        uses: the documents that use each name, counted.
        aliases: other names that documents give it.
    """
    name = min(uses, key=lambda name: (-uses[name], -len(name), name))
    others = sorted({*uses, *aliases} - {name})
    return {"name": name, "aliases": others, "pinyin": pinyin_keys((name, *others))}


def entity_properties(id: str, names: Row, keys: Iterable[str], **counted: Any) -> Row:
    """What an entity is.

    Args:
        id: its id.
        names: what it is `called`.
        keys: those of its mentions.
        counted: its documents, first_date and last_date.
    """
    return {**names, "names": [names["name"], *names["aliases"]], "former": sorted({*keys} - {id}), **counted}


def entity_of(id: str, uses: Collection[Use]) -> Row:
    """What an entity is by all its mentions."""
    dates = [each.date for each in uses if each.date is not None]
    return entity_properties(
        id,
        called(Counter(each.name for each in uses), (alias for each in uses for alias in each.aliases)),
        (each.key for each in uses),
        documents=len({each.document for each in uses}),
        first_date=min(dates, default=None),
        last_date=max(dates, default=None),
    )


def edition_of(uses: Iterable[Use]) -> str | None:
    """The id of the series of which a forum with these mentions is an edition: the one that most of them name."""
    series = Counter(each.series_id for each in uses if each.series_id is not None)
    return min(series, key=lambda id: (-series[id], id), default=None)


def ends_of(relation: str, subject: str, object: str) -> tuple[str, str]:
    """Head and tail of the edge between two entities (ids); those of a symmetric relation go by their order."""
    return (object, subject) if relation in _SYMMETRIC and subject > object else (subject, object)


def edge_properties(said: Iterable[Said]) -> Row | None:
    """What an edge is by all its claims; None where they only deny."""
    claims = sorted(said, key=_rank)
    told = [each for each in claims if _doubt(each) < _DENIED]
    if not told:
        return None
    texts: tuple[set[str], ...] = (set(), set(), set())
    for each in claims:
        texts[_doubt(each)].add(each.text)
    first = [date for each in told if (date := _either(each.date_from, each.date)) is not None]
    last = [date for each in told if (date := _either(each.date_to, each.date)) is not None]
    return {
        "support": len(texts[0]),
        "planned": len(texts[1]),
        "denied": len(texts[2]),
        "claims": len(claims),
        "confidence": max(each.confidence for each in told),
        "roles": sorted({each.role for each in told if each.role is not None}),
        "first_date": min(first, default=None),
        "last_date": max(last, default=None),
        "quote": claims[0].quote,
        "document_id": claims[0].document,
    }


def _rank(said: Said) -> tuple[int, float, str, str]:
    """The best claim first: held before planned, then the most confident, then the earliest document."""
    return _doubt(said), -said.confidence, _LATEST if said.date is None else said.date, said.id


def _doubt(said: Said) -> int:
    return _DOUBT.get(said.modality, _DENIED)


def _either(one: str | None, other: str | None) -> str | None:
    return other if one is None else one
