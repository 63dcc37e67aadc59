"""The review queue: pairs that may be one thing."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from api.access import READ
from api.deps import Cursor, EntityTypes, Limit, QueueDep, list_response
from api.errors import documented
from api.models import ListResponse
from api.routing import Router
from graph.review import ReviewPair

__all__ = ["router"]

router = Router(prefix="/v1/review", tags=["review"], dependencies=[READ])


@router.get("", summary="List pairs of entities to decide on", responses=documented("invalid-cursor"))
def review(
    queue: QueueDep,
    request: Request,
    response: Response,
    types: EntityTypes = [],  # noqa: B006  FastAPI copies defaults
    min_score: Annotated[float, Query(ge=0, le=1, description="Only from this score on.", examples=[0.5])] = 0,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ListResponse[ReviewPair]:
    """The likeliest first, each with its reasons; a point doubles the odds that the two are one. Pairs on which a
    decision is in force are left out. After a change of the graph, finding them anew takes seconds where it is large.
    """
    return list_response(queue.page(types=types, min_score=min_score, limit=limit, cursor=cursor), request, response)
