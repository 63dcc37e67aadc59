"""Questions on series of forums (论坛系列)."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from api.access import READ
from api.asking import QUESTION, Asked, Series, StatusDep
from api.errors import documented
from api.models import ListResponse
from api.routing import Router
from graph.questions import series as of
from graph.questions.records import Edition, VeteranSpeaker
from graph.records import SeriesRef

__all__ = ["router"]

router = Router(prefix="/v1/series", tags=["series"], dependencies=[READ])

_MinEditions = Annotated[int, Query(ge=1, le=1000, description="Editions, at least.")]


@router.get("", summary="List series of forums", responses=documented("invalid-cursor"))
def series(ask: Asked, min_editions: _MinEditions = 1) -> ListResponse[SeriesRef]:
    """Those with the most editions first."""
    return ask.listed(of.series(ask.graph, min_editions=min_editions, paging=ask.paging))


@router.get("/{id}", summary="The editions of a series side by side", responses=QUESTION)
def editions(ask: Asked, series: Series) -> ListResponse[Edition]:
    """By id, by its name, or by that of any of its forums; the earliest first: days, places, hosts by role, numbers."""
    return ask.listed(of.editions(ask.graph, series.id, paging=ask.paging))


@router.get("/{id}/speakers", summary="Who spoke at forums of one series in different years", responses=QUESTION)
def speakers(
    ask: Asked, series: Series, filters: StatusDep, min_editions: _MinEditions = 2
) -> ListResponse[VeteranSpeaker]:
    """Those at the most editions first, each with editions, years and claims; with `min_editions=1` all speakers."""
    return ask.listed(of.speakers(ask.graph, series.id, filters, min_editions=min_editions, paging=ask.paging))
