"""What one can ask of the graph: thin functions over the reading statements of the package ``cypher``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from graph.client import Graph, Row
from graph.errors import HuituError
from graph.fulltext import lucene_query
from graph.identity import key_node
from graph.paging import decode, paged
from graph.records import (
    Claim,
    Count,
    Direction,
    DocumentDetail,
    DocumentMention,
    DocumentSummary,
    EntityDetail,
    EntitySummary,
    InducedSubgraph,
    Member,
    MemberMention,
    Neighbour,
    Page,
    Post,
    RelationCount,
    Statistics,
)
from graph.rows import claim_of, edge_of, entity_summary, neighbour_of, series_of
from graph.schema import EDGE_TYPES, RELATIONS, EntityType, Modality, RelationType
from graph.search import search as find

__all__ = [
    "MOST_COUNTED",
    "Moved",
    "NotFound",
    "claim",
    "document",
    "documents",
    "edge_claims",
    "edges_among",
    "entities",
    "entity",
    "entity_claims",
    "members",
    "missing",
    "neighbours",
    "neighbours_as_of",
    "require_entity",
    "search",
    "statistics",
]

E = TypeVar("E", EntityType, RelationType, Modality)

MOST_COUNTED = 10_000
"""Items of a list that are counted: to count more takes longer than to find a page of them."""

_ABOVE_ALL = 2**62 - 1
_LAST = "~"
_LATEST = "9"


class NotFound(HuituError):
    """The graph has no ``kind`` (entity, document, claim, decision, correction) with that ``id``."""

    def __init__(self, kind: str, id: str) -> None:
        super().__init__(f"the graph has no {kind} {id!r}")
        self.kind = kind
        self.id = id


class Moved(HuituError):
    """An entity has been joined to another: ``id`` is a former id, ``to`` that of the entity now."""

    def __init__(self, id: str, to: str) -> None:
        super().__init__(f"the entity {id!r} is now {to!r}")
        self.id = id
        self.to = to


def search(
    graph: Graph, wording: str, *, types: Iterable[EntityType] = (), limit: int = 20, cursor: str | None = None
) -> Page[EntitySummary]:
    """The entities that `graph.search` finds.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    return find(graph, wording, types=types, series=0, limit=limit, cursor=cursor).page


def entities(
    graph: Graph,
    type: EntityType,
    *,
    min_documents: int = 0,
    date_from: str | None = None,
    date_to: str | None = None,
    limit: int = 20,
    cursor: str | None = None,
) -> Page[EntitySummary]:
    """The entities of one type, the most often named first.

    Args:
        graph: where.
        type: which.
        min_documents: only those that so many documents name.
        date_from: only those named by a document of this day (``YYYY-MM-DD``) or later.
        date_to: only those named by a document of this day or earlier.
        limit: entities a page.
        cursor: ``next`` of the page before.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    documents_seen, id = decode(cursor, (_ABOVE_ALL, _LAST))
    filters = {"type": type.value, "min_documents": min_documents, "date_from": date_from, "date_to": date_to}
    rows = graph.read("list_entities", **filters, documents=documents_seen, id=id, limit=limit + 1)
    total = graph.read("count_entities", **filters, most=MOST_COUNTED + 1)[0]["count"]
    return paged(rows, limit, total, entity_summary, lambda last: (last["documents"], last["id"]), most=MOST_COUNTED)


def entity(graph: Graph, id: str) -> EntityDetail:
    """One entity.

    Raises:
        Moved: the id is a former one.
        NotFound: there is none with that id.
    """
    rows = graph.read("read_entity", id=id, relations=_values((), RelationType))
    if not rows:
        raise missing(graph, id)
    row = rows[0]
    return EntityDetail(
        row["id"],
        EntityType(row["type"]),
        row["name"],
        tuple(row["aliases"]),
        row["documents"],
        row["claims"],
        row["first_date"],
        row["last_date"],
        tuple(RelationCount(RelationType(r["relation"]), r["direction"], r["count"]) for r in row["relations"]),
        row["series"] and series_of(row["series"]),
        tuple(row["former"]),
    )


def members(graph: Graph, id: str, *, limit: int = 3) -> tuple[Member, ...]:
    """What was joined to one entity, the most documents first.

    Args:
        graph: where.
        id: the entity's id.
        limit: mentions of each key.

    Raises:
        Moved: the id is a former one.
        NotFound: there is no entity with that id.
    """
    rows = graph.read("list_members", id=id, limit=limit)
    if not rows:
        require_entity(graph, id)
    return tuple(_member(row) for row in rows)


def _member(row: Row) -> Member:
    return Member(row["key"], row["documents"], tuple(_mention(each) for each in row["mentions"]))


def _mention(row: Row) -> MemberMention:
    return MemberMention(**{**row, "posts": tuple(Post(**post) for post in row["posts"])})


def entity_claims(
    graph: Graph,
    id: str,
    *,
    relations: Iterable[RelationType] = (),
    modalities: Iterable[Modality] = (),
    limit: int = 20,
    cursor: str | None = None,
) -> Page[Claim]:
    """The claims that speak of an entity, with their quotes, the latest document first.

    Raises:
        Moved: the id is a former one.
        NotFound: there is no entity with that id.
        InvalidCursor: the cursor is not one of this list.
    """
    date, claim = decode(cursor, (_LATEST, ""))
    filters = {"id": id, "relations": _values(relations, RelationType), "modalities": _values(modalities, Modality)}
    rows = graph.read("list_entity_claims", **filters, date=date, claim=claim, limit=limit + 1)
    if not rows:
        require_entity(graph, id)
    total = graph.read("count_entity_claims", **filters)[0]["count"]
    return paged(rows, limit, total, claim_of, lambda last: (last["document"]["date"] or "", last["claim"]["id"]))


def claim(graph: Graph, id: str) -> Claim:
    """One claim.

    Raises:
        NotFound: there is none with that id.
    """
    rows = graph.read("read_claims", ids=[id])
    if not rows:
        raise NotFound("claim", id)
    return claim_of(rows[0])


def edge_claims(
    graph: Graph, edges: Sequence[tuple[str, RelationType, str]], *, limit: int = 3
) -> tuple[tuple[Claim, ...], ...]:
    """The best claims behind each of some edges (head id, relation, tail id): held first, then the most confident."""
    wanted = [
        {"head": head, "relation": relation.value, "tail": tail, "symmetric": RELATIONS[relation].symmetric}
        for head, relation, tail in edges
    ]
    found: list[list[Claim]] = [[] for _ in edges]
    for row in graph.read("read_edge_claims", edges=wanted, limit=limit):
        found[row["edge"]].append(claim_of(row))
    return tuple(tuple(claims) for claims in found)


def neighbours(
    graph: Graph,
    id: str,
    *,
    relations: Iterable[RelationType] = (),
    types: Iterable[EntityType] = (),
    direction: Direction | None = None,
    modality: Modality | None = None,
    min_support: int = 0,
    limit: int = 20,
    cursor: str | None = None,
) -> Page[Neighbour]:
    """The edges of an entity with their other ends, the best supported first.

    Args:
        graph: where.
        id: the entity's id.
        relations: only these; none means all.
        types: only neighbours of these types; none means all.
        direction: only edges that leave (out) or reach (in) it.
        modality: only edges that some document says were held, or are planned; denied ones are no edges.
        min_support: only edges that so many documents say were held.
        limit: edges a page.
        cursor: ``next`` of the page before.

    Raises:
        Moved: the id is a former one.
        NotFound: there is no entity with that id.
        InvalidCursor: the cursor is not one of this list.
    """
    support, relation, other, way = decode(cursor, (_ABOVE_ALL, "", "", ""))
    filters = {
        "id": id,
        "relations": _values(relations, RelationType),
        "types": _values(types, EntityType),
        "directions": ["out", "in"] if direction is None else [direction],
        "modalities": _values([] if modality is None else [modality], Modality),
        "min_support": min_support,
    }
    rows = graph.read(
        "list_neighbours", **filters, support=support, relation=relation, other=other, direction=way, limit=limit + 1
    )
    if not rows:
        require_entity(graph, id)
    total = graph.read("count_neighbours", **filters)[0]["count"]

    def key(last: Row) -> tuple[str | int, ...]:
        return last["edge"]["support"], last["relation"], last["neighbour"]["id"], last["direction"]

    return paged(rows, limit, total, neighbour_of, key)


def neighbours_as_of(
    graph: Graph,
    id: str,
    *,
    true_on: str | None = None,
    known_on: str | None = None,
    relations: Iterable[RelationType] = (),
    types: Iterable[EntityType] = (),
    direction: Direction | None = None,
    modality: Modality | None = None,
    min_support: int = 0,
    limit: int = 20,
    cursor: str | None = None,
) -> Page[Neighbour]:
    """The edges of an entity as they were on a day, from the claims, the best supported first.

    Args:
        graph: where.
        id: the entity's id.
        true_on: only facts that had come about by this day (``YYYY-MM-DD``), as claims date them.
        known_on: only what documents published by this day say.
        relations: only these; none means all.
        types: only neighbours of these types; none means all.
        direction: only edges that leave (out) or reach (in) it.
        modality: only edges that some document says were held, or are planned.
        min_support: only edges that so many documents say were held.
        limit: edges a page.
        cursor: ``next`` of the page before.

    Raises:
        Moved: the id is a former one.
        NotFound: there is no entity with that id.
        InvalidCursor: the cursor is not one of this list.
    """
    last = decode(cursor, (-_ABOVE_ALL, "", "", ""))
    rows = graph.read(
        "list_neighbours_as_of",
        id=id,
        relations=_values(relations, RelationType),
        symmetric=[kind.value for kind, spec in RELATIONS.items() if spec.symmetric],
        true_on=true_on,
        known_on=known_on,
    )
    if not rows:
        require_entity(graph, id)

    def key(row: Row) -> list[str | int]:
        return [-row["edge"]["support"], row["relation"], row["neighbour"]["id"], row["direction"]]

    counted = {Modality.HELD: "support", Modality.PLANNED: "planned", Modality.DENIED: "denied"}
    kept = [
        row
        for row in rows
        if row["neighbour"]["type"] in _values(types, EntityType)
        and direction in (None, row["direction"])
        and (modality is None or row["edge"][counted[modality]] > 0)
        and row["edge"]["support"] >= min_support
    ]
    following = [row for row in kept if key(row) > last]
    return paged(following[: limit + 1], limit, len(kept), neighbour_of, key)


def edges_among(graph: Graph, ids: Collection[str]) -> InducedSubgraph:
    """Some entities and all edges among them; ids that lead to no entity are left out."""
    wanted = list(ids)
    edges = graph.stream("list_edges_among", ids=wanted, relations=list(EDGE_TYPES))
    return InducedSubgraph(
        tuple(entity_summary(row) for row in graph.stream("read_entities", ids=wanted)), tuple(map(edge_of, edges))
    )


def documents(
    graph: Graph,
    *,
    wording: str | None = None,
    source: str | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
    limit: int = 20,
    cursor: str | None = None,
) -> Page[DocumentSummary]:
    """Documents, the latest first.

    Args:
        graph: where.
        wording: only those whose headline or text holds each of these words.
        source: only those of this publisher.
        date_from: only those of this day (``YYYY-MM-DD``) or later.
        date_to: only those of this day or earlier.
        limit: documents a page.
        cursor: ``next`` of the page before.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    date, id = decode(cursor, (_LATEST, ""))
    filters = {"source": source, "date_from": date_from, "date_to": date_to}
    place = {"date": date, "id": id, "limit": limit + 1}
    if wording is None:
        rows = graph.read("list_documents", **filters, **place)
        total = graph.read("count_documents", **filters, most=MOST_COUNTED + 1)[0]["count"]
    elif query := lucene_query(wording):
        found = graph.read("search_documents", query=query, **filters, **place)[0]
        rows, total = found["items"], found["total"]
    else:
        rows, total = [], 0
    return paged(
        rows,
        limit,
        total,
        lambda row: DocumentSummary(**row),
        lambda last: (last["date"] or "", last["id"]),
        most=MOST_COUNTED,
    )


def document(graph: Graph, id: str) -> DocumentDetail:
    """One document with its text, entities and claims.

    Raises:
        NotFound: there is none with that id.
    """
    rows = graph.read("read_document", id=id)
    if not rows:
        raise NotFound("document", id)
    row = rows[0]
    mentions = (
        DocumentMention(entity_summary(m["entity"]), m["name"], tuple(zip(m["starts"], m["ends"], strict=True)))
        for m in row["mentions"]
    )
    claims = (claim_of(each) for each in graph.read("list_document_claims", id=id))
    head = {key: row[key] for key in ("id", "key", "title", "date", "source", "url", "text")}
    return DocumentDetail(**head, mentions=tuple(mentions), claims=tuple(claims))


def statistics(graph: Graph) -> Statistics:
    """How much of everything there is."""
    row = graph.read("read_statistics", types=_values((), EntityType))[0]
    counted: Row = {key: tuple(Count(**item) for item in rows) for key, rows in row.items() if "_by_" in key}
    return Statistics(**(row | counted))


def require_entity(graph: Graph, id: str) -> None:
    """Make sure that there is an entity with an id.

    Raises:
        Moved: the id is a former one.
        NotFound: there is no entity with that id.
    """
    if not graph.read("read_entities", ids=[id]):
        raise missing(graph, id)


def missing(graph: Graph, id: str) -> NotFound | Moved:
    """Why there is no entity with that id: it has been joined to another, or never was one."""
    rows = graph.read("find_entity_of_key", node=key_node(id))
    return Moved(id, rows[0]["entity"]) if rows else NotFound("entity", id)


def _values(chosen: Iterable[E], kind: type[E]) -> list[str]:
    """The values chosen, or all of their kind."""
    return [each.value for each in chosen] or [each.value for each in kind]
