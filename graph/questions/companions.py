"""Who meets at forums: the companions of one entity, and the network of all of them (共同出席, 共同主办)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.client import Graph, Row
from graph.paging import decode, paged
from graph.questions.errors import TooLarge
from graph.questions.facts import ANY, BEFORE_ALL, FIRST, PARTS, Filters, Paging, behind
from graph.questions.records import Companion, Pair, Part, Shared
from graph.records import Edge, Page
from graph.rows import edge_of, entity_ref, entity_summary
from graph.schema import EntityType

__all__ = ["MAX_PAIRS", "Meeting", "companions", "network"]

MAX_PAIRS = 500_000
"""Pairs that a network weighs at most, each once a forum: some seconds of the database."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Which meetings at forums count.

    Args:
        roles: the parts in which both are there.
        types: the types of the others.
        series: only at editions of this series (id).
        min_forums: only where two share so many forums.
        shown: forums shown of each two.
    """

    roles: Sequence[str]
    types: Sequence[EntityType]
    series: str | None = None
    min_forums: int = 1
    shown: int = 5


def companions(
    graph: Graph,
    id: str,
    meeting: Meeting,
    filters: Filters = ANY,
    *,
    paging: Paging = FIRST,
) -> Page[Companion]:
    """Who is at the forums where an entity is, most forums first.

    Args:
        graph: where.
        id: the entity's id.
        meeting: which meetings count.
        filters: status and dates; what else they hold does not count here.
        paging: which page; ``evidence`` claims for each end of each forum.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    forums, other = decode(paging.cursor, (BEFORE_ALL, ""))
    row = graph.read(
        "list_companions",
        **_chosen(meeting, filters),
        id=id,
        forums=forums,
        other=other,
        limit=paging.limit + 1,
    )[0]
    rows = row["items"]
    ends = (edge for each in rows[: paging.limit] for one in each["shared"] for edge in (*one["mine"], *one["theirs"]))
    claims = behind(graph, [edge_of(edge) for edge in ends], paging.evidence)

    def shared(row: Row) -> Shared:
        mine, theirs = ([edge_of(edge) for edge in row[side]] for side in ("mine", "theirs"))
        found = tuple(claim for edge in (*mine, *theirs) for claim in claims[edge.head, edge.relation.value, edge.tail])
        return Shared(entity_ref(row["forum"]), _parts(mine), _parts(theirs), found)

    def companion(row: Row) -> Companion:
        return Companion(entity_summary(row["entity"]), row["forums"], tuple(map(shared, row["shared"])))

    return paged(rows, paging.limit, row["total"], companion, lambda last: (-last["forums"], last["entity"]["id"]))


def network(
    graph: Graph,
    meeting: Meeting,
    filters: Filters = ANY,
    *,
    paging: Paging = FIRST,
) -> Page[Pair]:
    """The network of those who share forums, the heaviest edges first.

    Args:
        graph: where.
        meeting: which meetings count.
        filters: status and dates; what else they hold does not count here.
        paging: which page.

    Raises:
        TooLarge: there are more than `MAX_PAIRS` pairs to weigh.
        InvalidCursor: the cursor is not one of this list.
    """
    forums, one, other = decode(paging.cursor, (BEFORE_ALL, "", ""))
    chosen = _chosen(meeting, filters)
    pairs = graph.read("count_pairs", **{name: chosen[name] for name in chosen if name not in ("min_forums", "shown")})
    if (found := pairs[0]["pairs"]) > MAX_PAIRS:
        raise TooLarge("pairs to weigh", found, MAX_PAIRS, "Choose a series, dates or fewer roles.")
    row = graph.read("list_pairs", **chosen, forums=forums, one=one, other=other, limit=paging.limit + 1)[0]

    def pair(row: Row) -> Pair:
        return Pair(entity_ref(row["a"]), entity_ref(row["b"]), row["forums"], tuple(map(entity_ref, row["shared"])))

    return paged(
        row["items"], paging.limit, row["total"], pair, lambda last: (-last["forums"], last["a"]["id"], last["b"]["id"])
    )


def _chosen(meeting: Meeting, filters: Filters) -> Row:
    return {
        "relations": [relation.value for relation, part in PARTS.items() if part in meeting.roles],
        "types": [type.value for type in meeting.types],
        "statuses": filters.statuses,
        "date_from": filters.date_from,
        "date_to": filters.date_to,
        "series": meeting.series,
        "min_forums": meeting.min_forums,
        "shown": meeting.shown,
    }


def _parts(edges: Sequence[Edge]) -> tuple[Part, ...]:
    return tuple(PARTS[edge.relation] for edge in edges)
