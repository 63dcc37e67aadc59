"""Questions on places (地点)."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query

from api.access import READ
from api.asking import QUESTION, Asked, FiltersDep, Place, SortBy, Timeline
from api.deps import GraphDep
from api.models import ListResponse
from api.routing import Router
from graph import queries
from graph.questions.facts import Sort, kinds_of
from graph.questions.records import Fact
from graph.records import Claim, EntityDetail
from graph.schema import RelationType

__all__ = ["router"]

router = Router(prefix="/v1/places", tags=["places"], dependencies=[READ])

_FORUMS = kinds_of(
    "in",
    RelationType.HELD_IN,
    RelationType.HOSTED_BY,
    RelationType.CO_HOSTED_BY,
    RelationType.ORGANIZED_BY,
    RelationType.SUPPORTED_BY,
)
_Roles = Annotated[
    list[Literal["venue", "host", "co-host", "organiser", "supporter"]],
    Query(alias="role", description="Only in these roles; may be repeated."),
]


@router.get("/{id}", summary="One place", responses=QUESTION)
def place(graph: GraphDep, place: Place) -> EntityDetail:
    """By id or name: 厦门 and 福建省厦门市 are one."""
    return queries.entity(graph, place.id)


@router.get("/{id}/forums", summary="What was held in a place", responses=QUESTION)
def forums(
    ask: Asked,
    place: Place,
    filters: FiltersDep,
    roles: _Roles = ["venue"],  # noqa: B006  FastAPI copies defaults
    sort: SortBy = Sort.DATE,
) -> ListResponse[Fact]:
    """Forums held there (`venue`), the latest first; with other roles those that the city or country itself hosts."""
    return ask.facts(place, _FORUMS, roles, filters, sort)


@router.get("/{id}/timeline", summary="What happened in and around a place, day by day", responses=QUESTION)
def timeline(told: Timeline, place: Place) -> ListResponse[Claim]:
    """Claims in the order of their days, with their quotes; what was denied is left out."""
    return told(place)
