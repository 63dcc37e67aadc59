"""Entities: search, detail, what was joined to them, claims, neighbours."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import Query, Request, Response

from api.access import READ
from api.asking import EACH, QUESTION, Asked, Depth, Thing
from api.deps import Cursor, DateFrom, DateTo, EntityTypes, GraphDep, Id, Limit, RelationTypes, iso, list_response
from api.errors import documented
from api.models import ListResponse, SearchResponse
from api.routing import Router
from graph import queries
from graph.conflicts import Conflict
from graph.conflicts import conflicts as find_conflicts
from graph.questions import routes, structure
from graph.questions.names import entity_named
from graph.questions.routes import Common, Nearby
from graph.questions.structure import Centrality, Community, Measure
from graph.records import Claim, Direction, EntityDetail, Member, Neighbour, Page
from graph.schema import Modality
from graph.search import search as search_for

__all__ = ["router"]

router = Router(prefix="/v1/entities", tags=["entities"], dependencies=[READ])


@router.get("", summary="Search by name or pinyin", responses=documented("invalid-cursor", "no-graph"))
def search(
    graph: GraphDep,
    request: Request,
    response: Response,
    q: Annotated[
        str,
        Query(
            min_length=1,
            max_length=200,
            description="Words or pinyin; Chinese words match any part of a name.",
            examples=["人工智能", "taihu", "thrgzndh"],
        ),
    ],
    types: EntityTypes = [],  # noqa: B006  FastAPI copies defaults
    date_from: DateFrom = None,
    date_to: DateTo = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> SearchResponse:
    """Entities one of whose names, acronyms among them, holds every word, or whose pinyin it is, in full (`taihu`) or
    as initials (`thrgzndh`): exact names first, then names that begin so, other names, and pinyin. `types` and `years`
    count what is found; `series` are series of forums of that name."""
    found = search_for(
        graph, q, types=types, date_from=iso(date_from), date_to=iso(date_to), limit=limit, cursor=cursor
    )
    listed = list_response(found.page, request, response)
    return SearchResponse(
        items=listed.items,
        total=listed.total,
        next=listed.next,
        types=found.types,
        years=found.years,
        series=found.series,
    )


@router.get("/{id}", summary="One entity", responses=documented("not-found"))
def entity(graph: GraphDep, id: Id) -> EntityDetail:
    """Names, number of documents and claims, and how many edges of each relation it has."""
    return queries.entity(graph, id)


@router.get("/{id}/members", summary="What was joined to an entity", responses=documented("not-found"))
def members(
    graph: GraphDep,
    request: Request,
    response: Response,
    id: Id,
    mentions: Annotated[int, Query(ge=1, le=20, description="Mentions of each, at most.")] = 3,
) -> ListResponse[Member]:
    """All of its keys, the most documents first, each with some of its mentions: names, posts, documents."""
    found = queries.members(graph, id, limit=mentions)
    return list_response(Page(found, len(found)), request, response)


@router.get(
    "/{id}/claims",
    summary="The claims that speak of an entity, with their quotes",
    responses=documented("not-found", "invalid-cursor"),
)
def claims(
    graph: GraphDep,
    request: Request,
    response: Response,
    id: Id,
    relations: RelationTypes = [],  # noqa: B006
    modality: Annotated[list[Modality], Query(description="Only these; may be repeated.")] = [],  # noqa: B006
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ListResponse[Claim]:
    """Claims of the latest documents first; denied ones are among them."""
    page = queries.entity_claims(graph, id, relations=relations, modalities=modality, limit=limit, cursor=cursor)
    return list_response(page, request, response)


@router.get(
    "/{id}/neighbours",
    summary="The edges of an entity and their other ends",
    responses=documented("not-found", "invalid-cursor"),
)
def neighbours(
    graph: GraphDep,
    request: Request,
    response: Response,
    id: Id,
    relations: RelationTypes = [],  # noqa: B006
    types: EntityTypes = [],  # noqa: B006
    direction: Annotated[Direction | None, Query(description="Edges that leave it (out) or reach it (in).")] = None,
    modality: Annotated[
        Modality | None, Query(description="Edges that were held, or are planned; denied facts are no edges.")
    ] = None,
    min_support: Annotated[int, Query(ge=0, le=1_000_000, description="Documents that say so, at least.")] = 0,
    true_on: Annotated[date | None, Query(description="Only what had come about by this day (YYYY-MM-DD).")] = None,
    known_on: Annotated[
        date | None, Query(description="Only what documents published by this day (YYYY-MM-DD) say.")
    ] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ListResponse[Neighbour]:
    """The best supported edges first, each with its best quote. With `true_on` or `known_on` the edges are those of
    that day, with the support that they had then."""
    filters: dict[str, Any] = {"relations": relations, "types": types, "direction": direction, "modality": modality}
    filters |= {"min_support": min_support, "limit": limit, "cursor": cursor}
    if true_on is None and known_on is None:
        page = queries.neighbours(graph, id, **filters)
    else:
        page = queries.neighbours_as_of(graph, id, true_on=iso(true_on), known_on=iso(known_on), **filters)
    return list_response(page, request, response)


@router.get("/{id}/conflicts", summary="Where documents disagree on an entity", responses=QUESTION)
def conflicts(ask: Asked, thing: Thing) -> ListResponse[Conflict]:
    """By id or name: two venues or dates of one forum, facts that some documents tell and others deny."""
    found = tuple(find_conflicts(ask.graph, thing.id))
    return ask.listed(Page(found, len(found)))


@router.get("/{id}/nearby", summary="What lies around an entity", responses=documented(*EACH, "answer-too-large"))
def nearby(
    ask: Asked,
    thing: Thing,
    depth: Depth = 2,
    relations: RelationTypes = [],  # noqa: B006
    types: EntityTypes = [],  # noqa: B006
) -> ListResponse[Nearby]:
    """By id or name: entities up to so many edges away, the nearest first."""
    page = routes.nearby(ask.graph, thing.id, depth=depth, relations=relations, types=types, paging=ask.paging)
    return ask.listed(page)


@router.get("/{id}/common", summary="What two entities are both related to", responses=QUESTION)
def common(
    ask: Asked,
    thing: Thing,
    other: Annotated[str, Query(alias="with", max_length=200, description="Id or name of the other.")],
    relations: RelationTypes = [],  # noqa: B006
    types: EntityTypes = [],  # noqa: B006
) -> ListResponse[Common]:
    """By id or name: common neighbours with the edges of both and the claims behind them, the best supported first."""
    second = entity_named(ask.graph, other)
    page = routes.common_neighbours(ask.graph, thing.id, second.id, relations=relations, types=types, paging=ask.paging)
    return ask.listed(page)


@router.get(
    "/{id}/centrality", summary="Who is central around an entity", responses=documented(*EACH, "answer-too-large")
)
def centrality(
    ask: Asked,
    thing: Thing,
    measure: Annotated[Measure, Query(description="By how many relations, by short paths through it, by nearness.")],
    depth: Depth = 2,
    relations: RelationTypes = [],  # noqa: B006
    types: EntityTypes = [],  # noqa: B006
) -> Centrality:
    """By id or name, in the part of the graph up to so many edges away (2,000 entities at most), the most central
    first; `limit` says how many are told."""
    return structure.centrality(
        ask.graph, thing.id, measure, depth=depth, relations=relations, types=types, limit=ask.paging.limit
    )


@router.get(
    "/{id}/communities",
    summary="The communities around an entity",
    responses=documented(*EACH, "answer-too-large"),
)
def communities(
    ask: Asked,
    thing: Thing,
    depth: Depth = 2,
    relations: RelationTypes = [],  # noqa: B006
) -> ListResponse[Community]:
    """By id or name: groups with more relations inside than to the rest (Louvain), the largest first, in the part of
    the graph up to so many edges away (2,000 entities at most); `limit` says how many members of each are told."""
    found = structure.communities(ask.graph, thing.id, depth=depth, relations=relations, members=ask.paging.limit)
    return ask.listed(Page(found, len(found)))
