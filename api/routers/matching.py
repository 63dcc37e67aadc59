"""Many names at once."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body

from api import examples
from api.access import READ
from api.deps import GraphDep
from api.errors import documented
from api.guard import WRITES
from api.models import Matches, MatchRequest, MatchResponse
from api.routing import Router
from graph.questions.matching import Wanted, match

__all__ = ["router"]

router = Router(prefix="/v1/match", tags=["matching"], dependencies=[READ])


@router.post("", summary="Match many names with entities", responses=documented(*WRITES))
def match_names(
    graph: GraphDep, asked: Annotated[MatchRequest, Body(openapi_examples=examples.MATCH)]
) -> MatchResponse:
    """For each name what it may mean, the likeliest first, with the reasons; a point doubles the odds. `meant` marks
    the one that is so much likelier than the others that nobody need look. Writes nothing.
    """
    wanted = [Wanted(each.name, tuple(each.types), each.organization) for each in asked.names]
    found = match(graph, wanted, limit=asked.limit)
    return MatchResponse(
        items=[Matches(name=each.name, matches=matches) for each, matches in zip(asked.names, found, strict=True)]
    )
