"""Lists of the entities of one type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Query, Request, Response

from api.access import READ
from api.deps import Cursor, DateFrom, DateTo, GraphDep, Limit, iso, list_response
from api.errors import documented
from api.models import ListResponse
from api.routing import Router
from graph import queries
from graph.records import EntitySummary
from graph.schema import ENTITY_NAMES_ZH, EntityType

__all__ = ["LISTS", "router"]

LISTS = {
    "institutions": EntityType.ORGANIZATION,
    "forums": EntityType.FORUM,
    "initiatives": EntityType.INITIATIVE,
    "people": EntityType.PERSON,
    "places": EntityType.PLACE,
}

router = Router(prefix="/v1", tags=["lists"], dependencies=[READ])


def _list_of(type: EntityType) -> Callable[..., ListResponse[EntitySummary]]:
    def entities(
        graph: GraphDep,
        request: Request,
        response: Response,
        min_documents: Annotated[int, Query(ge=0, le=1_000_000, description="Documents that name it, at least.")] = 0,
        date_from: DateFrom = None,
        date_to: DateTo = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> ListResponse[EntitySummary]:
        """The most often named first; the dates are those of documents that name them."""
        page = queries.entities(
            graph,
            type,
            min_documents=min_documents,
            date_from=iso(date_from),
            date_to=iso(date_to),
            limit=limit,
            cursor=cursor,
        )
        return list_response(page, request, response)

    return entities


for _name, _type in LISTS.items():
    router.add_api_route(
        f"/{_name}",
        _list_of(_type),
        summary=f"List {_name} ({ENTITY_NAMES_ZH[_type]})",
        responses=documented("invalid-cursor"),
        operation_id=f"list_{_name}",
    )
