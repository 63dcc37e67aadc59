"""Entities: search, detail, what was joined to them, claims, neighbours."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.access import READ
from api.deps import Cursor, EntityTypes, GraphDep, Id, Limit, RelationTypes, list_response
from api.errors import documented
from api.models import ListResponse
from graph import queries
from graph.records import Claim, Direction, EntityDetail, EntitySummary, Member, Neighbour, Page
from graph.schema import Modality

__all__ = ["router"]

router = APIRouter(prefix="/v1/entities", tags=["entities"], dependencies=[READ])


@router.get("", summary="Search entities by name", responses=documented("invalid-cursor", "no-graph"))
def search(
    graph: GraphDep,
    request: Request,
    response: Response,
    q: Annotated[
        str,
        Query(
            min_length=1,
            max_length=200,
            description="Words; Chinese ones match any part of a name.",
            examples=["人工智能"],
        ),
    ],
    types: EntityTypes = [],  # noqa: B006  FastAPI copies defaults
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ListResponse[EntitySummary]:
    """Entities one of whose names holds every word: exact names first, then the most often named."""
    return list_response(queries.search(graph, q, types=types, limit=limit, cursor=cursor), request, response)


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
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ListResponse[Neighbour]:
    """The best supported edges first, each with its best quote."""
    page = queries.neighbours(
        graph,
        id,
        relations=relations,
        types=types,
        direction=direction,
        modality=modality,
        min_support=min_support,
        limit=limit,
        cursor=cursor,
    )
    return list_response(page, request, response)
