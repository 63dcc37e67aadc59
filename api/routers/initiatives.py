"""Questions on initiatives (倡议)."""

from __future__ import annotations

from api.access import READ
from api.asking import QUESTION, Asked, FiltersDep, Initiative, SortBy, Timeline
from api.deps import GraphDep
from api.models import ListResponse
from api.routing import Router
from graph import queries
from graph.questions.facts import Sort, kinds_of
from graph.questions.records import Fact
from graph.records import Claim, EntityDetail
from graph.schema import RelationType

__all__ = ["router"]

router = Router(prefix="/v1/initiatives", tags=["initiatives"], dependencies=[READ])


@router.get("/{id}", summary="One initiative", responses=QUESTION)
def initiative(graph: GraphDep, initiative: Initiative) -> EntityDetail:
    """By id or name. Alliances and associations are institutions."""
    return queries.entity(graph, initiative.id)


@router.get("/{id}/launchers", summary="Who launched an initiative", responses=QUESTION)
def launchers(ask: Asked, initiative: Initiative, filters: FiltersDep, sort: SortBy = Sort.ROLE) -> ListResponse[Fact]:
    """Institutions, people and places, each with the claims; `at` in a claim is the forum where it happened."""
    return ask.facts(initiative, kinds_of("in", RelationType.LAUNCHED), (), filters, sort)


@router.get("/{id}/announcements", summary="At which forums an initiative was announced", responses=QUESTION)
def announcements(
    ask: Asked, initiative: Initiative, filters: FiltersDep, sort: SortBy = Sort.ROLE
) -> ListResponse[Fact]:
    """Forums, each with the claims. By whom: `/v1/forums/{id}/announcements`."""
    return ask.facts(initiative, kinds_of("out", RelationType.ANNOUNCED_AT), (), filters, sort)


@router.get("/{id}/members", summary="The members of an initiative", responses=QUESTION)
def members(ask: Asked, initiative: Initiative, filters: FiltersDep, sort: SortBy = Sort.ROLE) -> ListResponse[Fact]:
    """Institutions, people and places that have joined it."""
    return ask.facts(initiative, kinds_of("in", RelationType.MEMBER_OF), (), filters, sort)


@router.get("/{id}/timeline", summary="What became of an initiative, day by day", responses=QUESTION)
def timeline(told: Timeline, initiative: Initiative) -> ListResponse[Claim]:
    """Claims in the order of their days, with their quotes; what was denied is left out."""
    return told(initiative)
