"""Which entity is meant: by an id, or by a name that people know it by.

    1. an id               the entity; a former id leads on (`Moved`)
    2. a name as a key     第八届进博会 is 2025年第八届中国国际进口博览会: not for people, whose names say too little
    3. the name shown
    4. another name

The first of these that any entity fits decides. If several fit it, the one that has nine tenths of their documents, and
three at least, is meant, as `graph.clustering` has it for people; without such a one the name is ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from rapidfuzz import fuzz

from graph.client import Graph, Row
from graph.fulltext import lucene_query
from graph.identity import identify, key_node, series_id
from graph.names.spelling import fold, plain
from graph.queries import NotFound, missing
from graph.questions.errors import AmbiguousName, UnknownName
from graph.questions.records import Candidate
from graph.records import EntitySummary, SeriesRef
from graph.rows import entity_summary, series_ref
from graph.schema import FORUM_SERIES, EntityType

__all__ = ["entity_named", "named_so", "series_named", "similar_to"]

_ID = re.compile(r"[pofil]-[0-9a-f]{16}")
_SERIES_ID = re.compile(r"s-[0-9a-f]{16}")
_CANDIDATES = 20
_NEAREST = 5
_NOTHING = "nothing"
"""A query for a wording without any letter: what it finds is called otherwise."""
_SHARE, _ENOUGH = 0.9, 3
"""Of the documents of all that are called so, and documents, from which on one of them is meant."""
_LOOKED_AT = 200


def entity_named(graph: Graph, wording: str, types: Collection[EntityType] = ()) -> EntitySummary:
    """The entity with an id or a name.

    Args:
        graph: where.
        wording: an id, or a name in any spelling that the entity has.
        types: of which types it may be; none means any.

    Raises:
        Moved: it is a former id.
        NotFound: there is no entity with that id, or not of that type.
        UnknownName: nothing is called so.
        AmbiguousName: several are.
    """
    wanted = list(types or EntityType)
    kind = wanted[0].value if len(wanted) == 1 else "entity"
    if _ID.fullmatch(wording):
        rows = graph.read("read_entities", ids=[wording])
        if not rows:
            raise missing(graph, wording)
        if rows[0]["type"] not in wanted:
            raise NotFound(kind, wording)
        return entity_summary(rows[0])
    rows = graph.read("find_named", **named_so(wording, wanted), limit=_CANDIDATES)
    best = [row for row in rows if row["tier"] == rows[0]["tier"]]
    if not best:
        raise UnknownName(kind, wording, _nearest(graph, wording, wanted))
    most = best[0]["documents"]
    if len(best) > 1 and (most < _ENOUGH or most < _SHARE * sum(row["documents"] for row in best)):
        raise AmbiguousName(wording, [_candidate(row) for row in best])
    return entity_summary(best[0])


def series_named(graph: Graph, wording: str) -> SeriesRef:
    """The series of forums with an id or a name; the name of an edition stands for its series.

    Raises:
        UnknownName: no series has that id or name.
        AmbiguousName: several are called so.
    """
    is_id = _SERIES_ID.fullmatch(wording)
    rows = graph.read(
        "find_series",
        ids=[wording if is_id else series_id(wording)],
        query=lucene_query(wording) or _NOTHING,
        wordings=[] if is_id else _wordings(wording),
    )
    best = [row for row in rows if row["tier"] == rows[0]["tier"]]
    if not best:
        raise UnknownName("series", wording, [] if is_id else _nearest(graph, wording, [EntityType.FORUM]))
    if len(best) > 1:
        raise AmbiguousName(
            wording, [Candidate(each.id, FORUM_SERIES, each.name, ()) for each in map(series_ref, best)]
        )
    return series_ref(best[0])


def named_so(wording: str, types: Collection[EntityType]) -> dict[str, Any]:
    """What the statements ask with that find entities by name or by key."""
    if _ID.fullmatch(wording):
        ids = [wording]
    else:
        ids = [identify(type, wording).id() for type in types if type is not EntityType.PERSON]
    return {
        "query": lucene_query(wording) or _NOTHING,
        "wordings": _wordings(wording),
        "ids": ids,
        "nodes": [key_node(id) for id in ids],
        "types": [type.value for type in types],
    }


def similar_to(wording: str) -> str:
    """A Lucene query for names that share words or pairs of characters with a wording."""
    pairs = [wording[place : place + 2] for place in range(max(1, len(wording) - 1))]
    return " OR ".join(f"({part})" for part in map(lucene_query, pairs[:40]) if part) or _NOTHING


def _wordings(wording: str) -> list[str]:
    return sorted({each.lower() for each in (wording.strip(), plain(wording), fold(wording))})


def _candidate(row: Row) -> Candidate:
    return Candidate(row["id"], row["type"], row["name"], tuple(row["posts"]))


def _nearest(graph: Graph, wording: str, types: Collection[EntityType]) -> list[EntitySummary]:
    rows = graph.read("find_similar", query=similar_to(wording), types=[type.value for type in types], limit=_LOOKED_AT)
    return [entity_summary(row) for row in sorted(rows, key=lambda row: _distance(row, wording))[:_NEAREST]]


def _distance(row: Row, wording: str) -> tuple[float, str]:
    return -max(fuzz.ratio(wording, name) for name in (row["name"], *row["aliases"])), row["id"]
