"""Networks of those who meet at forums."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query

from api.access import READ
from api.asking import Asked, WhenDep
from api.errors import documented
from api.models import ListResponse
from api.routing import Router
from graph.questions import companions
from graph.questions.companions import Meeting
from graph.questions.names import series_named
from graph.questions.records import Pair
from graph.schema import EntityType

__all__ = ["router"]

router = Router(prefix="/v1/networks", tags=["networks"], dependencies=[READ])

_NETWORK = documented("unknown-name", "ambiguous-name", "answer-too-large", "invalid-cursor", "no-graph")
_Role = Query(alias="role", description="Only in these roles; may be repeated.")
_Series = Annotated[str | None, Query(max_length=200, description="Only at editions of this series, by id or name.")]
_MinForums = Annotated[int, Query(ge=1, le=10_000, description="Forums that two share, at least.")]
_Shown = Annotated[int, Query(ge=1, le=20, description="Forums shown of each pair.")]


@router.get("/co-appearance", summary="The network of people who are at the same forums", responses=_NETWORK)
def co_appearance(
    ask: Asked,
    filters: WhenDep,
    roles: Annotated[list[Literal["speaker", "attendee"]], _Role] = ["speaker"],  # noqa: B006
    series: _Series = None,
    min_forums: _MinForums = 1,
    shown: _Shown = 5,
) -> ListResponse[Pair]:
    """Pairs of people, those with the most forums first; `forums` is the weight of the edge."""
    of = None if series is None else series_named(ask.graph, series).id
    meeting = Meeting(roles, [EntityType.PERSON], of, min_forums, shown)
    return ask.listed(companions.network(ask.graph, meeting, filters, paging=ask.paging))


@router.get("/co-hosting", summary="The network of institutions that host the same forums", responses=_NETWORK)
def co_hosting(
    ask: Asked,
    filters: WhenDep,
    roles: Annotated[list[Literal["host", "co-host", "organiser", "supporter"]], _Role] = [  # noqa: B006
        "host",
        "co-host",
        "organiser",
    ],
    series: _Series = None,
    min_forums: _MinForums = 1,
    shown: _Shown = 5,
) -> ListResponse[Pair]:
    """Pairs of institutions and places, those with the most forums first; `forums` is the weight of the edge."""
    of = None if series is None else series_named(ask.graph, series).id
    meeting = Meeting(roles, [EntityType.ORGANIZATION, EntityType.PLACE], of, min_forums, shown)
    return ask.listed(companions.network(ask.graph, meeting, filters, paging=ask.paging))
