"""How two entities are connected: all short paths with their sentences, common neighbours, what lies around one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.client import Graph, Row
from graph.paging import decode, paged
from graph.queries import missing
from graph.questions.errors import TooLarge
from graph.questions.facts import BEFORE_ALL, FIRST, PARTS, Paging, behind, status_of
from graph.questions.records import Fact
from graph.records import Edge, EntitySummary, Page, Path, PathEdge
from graph.rows import edge_of, entity_summary
from graph.schema import EntityType, Modality, RelationType

__all__ = [
    "LONGEST",
    "MOST_STEPS",
    "Common",
    "Nearby",
    "Routes",
    "common_neighbours",
    "nearby",
    "short_paths",
    "shortest_path",
    "walkable",
]

LONGEST = 4
"""Edges of a path, where more than the shortest are asked for."""

MOST_STEPS = 200_000
"""Edges that the farthest distance may take: half a second of the database, and as much memory as a small one has."""

_CLOSE = 2
"""Edges of a path that is found from both ends, whatever lies between."""


@dataclass(frozen=True, slots=True)
class Routes:
    """Paths of two entities, the shortest first, then the best supported.

    ``complete`` says whether they are all that have at most ``length`` edges. Where more than `MOST_STEPS` edges lie
    about the two, only paths of at most two edges are looked for.
    """

    paths: tuple[Path, ...]
    length: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Common:
    """An entity that two others are both related to, and how."""

    entity: EntitySummary
    one: tuple[Fact, ...]
    other: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Nearby:
    """An entity and how many edges away it is."""

    entity: EntitySummary
    distance: int


def shortest_path(
    graph: Graph,
    head: str,
    tail: str,
    *,
    relations: Sequence[RelationType] = (),
    modality: Modality | None = None,
    evidence: int = 3,
) -> Path | None:
    """The shortest path of two entities over at most six edges, whatever their direction, with claims behind each edge.

    Args:
        graph: where.
        head: id of one entity.
        tail: id of the other.
        relations: only over these; none means all.
        modality: only over edges that were held, or are planned.
        evidence: claims an edge.

    Returns:
        None when nothing connects them; a path without edges when both are the same.

    Raises:
        Moved: one of the ids is a former one.
        NotFound: there is no entity with one of the ids.
        TooLarge: they are more than two edges apart, and more than `MOST_STEPS` edges lie about them.
    """
    ends = {row["id"]: entity_summary(row) for row in graph.read("read_entities", ids=[head, tail])}
    for id in (head, tail):
        if id not in ends:
            raise missing(graph, id)
    if head == tail:
        return Path((ends[head],), ())
    given = _asked(head, tail, relations, modality)
    rows, complete = _found(graph, given, LONGEST, 1)
    if not rows and complete < LONGEST:
        raise TooLarge("or more edges to walk", MOST_STEPS, MOST_STEPS, "Choose relations.")
    rows = rows or graph.read("find_shortest_path", **given)
    return _paths(graph, rows, evidence)[0] if rows else None


def short_paths(
    graph: Graph,
    head: str,
    tail: str,
    *,
    relations: Sequence[RelationType] = (),
    status: Modality | None = None,
    length: int = 3,
    limit: int = 10,
    evidence: int = 1,
) -> Routes:
    """Paths of two entities that visit none twice, with the claims behind each edge.

    Args:
        graph: where.
        head: id of one entity.
        tail: id of the other.
        relations: only over these; none means all.
        status: only over edges that were held, or are planned and no more.
        length: edges at most, up to `LONGEST`.
        limit: paths.
        evidence: claims an edge.
    """
    rows, complete = _found(graph, _asked(head, tail, relations, status), length, limit + 1)
    return Routes(_paths(graph, rows[:limit], evidence), length, length <= complete and len(rows) <= limit)


def common_neighbours(
    graph: Graph,
    one: str,
    other: str,
    *,
    relations: Sequence[RelationType] = (),
    types: Collection[EntityType] = (),
    paging: Paging = FIRST,
) -> Page[Common]:
    """What two entities are both related to, those with the most support first.

    Args:
        graph: where.
        one: id of one.
        other: id of the other.
        relations: only by these; none means all.
        types: only neighbours of these types; none means all.
        paging: which page.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    support, id = decode(paging.cursor, (BEFORE_ALL, ""))
    row = graph.read(
        "list_common_neighbours",
        one=one,
        other=other,
        relations=[each.value for each in relations or RelationType],
        types=[each.value for each in types or EntityType],
        support=support,
        id=id,
        limit=paging.limit + 1,
    )[0]
    rows = row["items"]
    edges = [edge_of(edge) for each in rows[: paging.limit] for side in ("one", "other") for edge in each[side]]
    claims = behind(graph, edges, paging.evidence)

    def fact(entity: EntitySummary, edge: Edge) -> Fact:
        found = claims[edge.head, edge.relation.value, edge.tail]
        return Fact(entity, PARTS[edge.relation], status_of(edge), edge, found)

    def common(row: Row) -> Common:
        entity = entity_summary(row["entity"])
        sides = (tuple(fact(entity, edge_of(edge)) for edge in row[side]) for side in ("one", "other"))
        return Common(entity, *sides)

    return paged(rows, paging.limit, row["total"], common, lambda last: (last["support"], last["entity"]["id"]))


def nearby(
    graph: Graph,
    id: str,
    *,
    depth: int = 2,
    relations: Sequence[RelationType] = (),
    types: Collection[EntityType] = (),
    paging: Paging = FIRST,
) -> Page[Nearby]:
    """Entities up to so many edges away, the nearest first.

    Args:
        graph: where.
        id: the entity's id.
        depth: edges, 1 to 3.
        relations: only over these; none means all.
        types: only entities of these types; none means all.
        paging: which page.

    Raises:
        TooLarge: there are more than `MOST_STEPS` edges to walk.
        InvalidCursor: the cursor is not one of this list.
    """
    distance, other = decode(paging.cursor, (0, ""))
    over = walkable(graph, id, depth, relations)
    row = graph.read(
        "list_nearby",
        id=id,
        depth=depth,
        relations=over,
        types=[each.value for each in types or EntityType],
        distance=distance,
        other=other,
        limit=paging.limit + 1,
    )[0]
    return paged(
        row["items"],
        paging.limit,
        row["total"],
        lambda each: Nearby(entity_summary(each["entity"]), each["distance"]),
        lambda last: (last["distance"], last["entity"]["id"]),
    )


def walkable(graph: Graph, id: str, depth: int, relations: Sequence[RelationType]) -> list[str]:
    """The relations to walk over, all where none is given.

    Raises:
        TooLarge: there are more than `MOST_STEPS` edges to walk.
    """
    over = [each.value for each in relations or RelationType]
    steps = graph.read("count_nearby", id=id, depth=depth, relations=over, most=MOST_STEPS)[0]["edges"]
    if steps > MOST_STEPS:
        raise TooLarge("edges to walk", steps, MOST_STEPS, "Choose relations or a smaller depth.")
    return over


def _asked(head: str, tail: str, relations: Sequence[RelationType], status: Modality | None) -> Row:
    statuses = [each.value for each in (Modality.HELD, Modality.PLANNED) if status in (None, each)]
    kinds = [each.value for each in relations or RelationType]
    return {"head": head, "tail": tail, "relations": kinds, "statuses": statuses}


def _found(graph: Graph, asked: Row, length: int, limit: int) -> tuple[list[Row], int]:
    """The shortest paths of at most ``length`` edges, and up to which length all there are were looked for."""
    rows: list[Row] = []
    ends = {name: asked[name] for name in ("head", "tail", "relations")}
    for edges in range(1, length + 1):
        if edges == _CLOSE + 1 and graph.read("count_path_steps", **ends)[0]["edges"] > MOST_STEPS:
            return rows, _CLOSE
        rows += graph.read("find_paths", **asked, length=edges, limit=limit - len(rows))
        if len(rows) == limit:
            break
    return rows, length


def _paths(graph: Graph, rows: Sequence[Row], evidence: int) -> tuple[Path, ...]:
    edges = [[edge_of(each) for each in row["edges"]] for row in rows]
    claims = behind(graph, [edge for found in edges for edge in found], evidence)
    return tuple(
        Path(
            tuple(entity_summary(each) for each in row["nodes"]),
            tuple(PathEdge(edge, claims[edge.head, edge.relation.value, edge.tail]) for edge in found),
        )
        for row, found in zip(rows, edges, strict=True)
    )
