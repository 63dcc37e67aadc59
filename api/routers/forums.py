"""Questions on forums (论坛)."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query

from api.access import READ
from api.asking import QUESTION, Asked, FiltersDep, Forum, Parts, SortBy, StatusDep, Timeline
from api.models import ListResponse
from api.routing import Router
from graph.questions import forums
from graph.questions.facts import Sort, kinds_of
from graph.questions.records import Announcement, Deal, Fact, ForumDetail, Speaker
from graph.records import Claim
from graph.schema import RelationType

__all__ = ["router"]

router = Router(prefix="/v1/forums", tags=["forums"], dependencies=[READ])

_HOSTS = kinds_of(
    "out", RelationType.HOSTED_BY, RelationType.CO_HOSTED_BY, RelationType.ORGANIZED_BY, RelationType.SUPPORTED_BY
)
_HostRoles = Annotated[
    list[Literal["host", "co-host", "organiser", "supporter"]],
    Query(alias="role", description="Only in these roles; may be repeated."),
]


@router.get("/{id}", summary="One forum: place and dates, series, what it is part of", responses=QUESTION)
def forum(ask: Asked, forum: Forum) -> ForumDetail:
    """By id or name. Where documents disagree on days or places, all are there, the best supported first; `counts` says
    how many take which part in it."""
    return forums.forum(ask.graph, forum, evidence=ask.paging.evidence)


@router.get("/{id}/hosts", summary="Who hosts a forum, and in which role", responses=QUESTION)
def hosts(
    ask: Asked,
    forum: Forum,
    filters: FiltersDep,
    roles: _HostRoles = [],  # noqa: B006  FastAPI copies defaults
    sort: SortBy = Sort.ROLE,
) -> ListResponse[Fact]:
    """Hosts (主办), co-hosts (联合主办, 协办), organisers (承办) and supporters (指导, 支持), each with its claims."""
    return ask.facts(forum, _HOSTS, roles, filters, sort)


@router.get("/{id}/speakers", summary="Who speaks at a forum, on what, and with which posts then", responses=QUESTION)
def speakers(ask: Asked, forum: Forum, filters: FiltersDep, sort: SortBy = Sort.ROLE) -> ListResponse[Speaker]:
    """`edge.roles` tells in what way they speak (致辞, 主旨演讲), `posts` which title they held at that time."""
    return ask.listed(forums.speakers(ask.graph, forum.id, filters, sort=sort, paging=ask.paging))


@router.get("/{id}/attendees", summary="Who attends a forum", responses=QUESTION)
def attendees(ask: Asked, forum: Forum, filters: FiltersDep, sort: SortBy = Sort.ROLE) -> ListResponse[Fact]:
    """People and institutions; those who speak are with the speakers. Who is said not to attend is left out."""
    return ask.facts(forum, kinds_of("in", RelationType.ATTENDED), (), filters, sort)


@router.get("/{id}/signings", summary="What was signed at a forum, and by whom", responses=QUESTION)
def signings(ask: Asked, forum: Forum, filters: StatusDep, parts: Parts = False) -> ListResponse[Deal]:
    """Pairs of partners with the claims that place their signing there; what most documents tell of comes first."""
    return ask.listed(forums.signings(ask.graph, forum.id, filters, parts=parts, paging=ask.paging))


@router.get("/{id}/announcements", summary="What was announced at a forum, and by whom", responses=QUESTION)
def announcements(ask: Asked, forum: Forum, filters: StatusDep, parts: Parts = False) -> ListResponse[Announcement]:
    """Initiatives (and bodies) that were announced or launched there, each with those who launched it; `here` where a
    document says that they did so at this forum."""
    return ask.listed(forums.announcements(ask.graph, forum.id, filters, parts=parts, paging=ask.paging))


@router.get("/{id}/sub-forums", summary="The sub-forums of a forum", responses=QUESTION)
def sub_forums(ask: Asked, forum: Forum, filters: FiltersDep, sort: SortBy = Sort.ROLE) -> ListResponse[Fact]:
    """Forums that are part of it (分论坛, 配套活动)."""
    return ask.facts(forum, kinds_of("in", RelationType.PART_OF), (), filters, sort)


@router.get("/{id}/timeline", summary="What happened at and around a forum, day by day", responses=QUESTION)
def timeline(told: Timeline, forum: Forum) -> ListResponse[Claim]:
    """Claims in the order of their days, also of what was signed there; what was denied is left out."""
    return told(forum)
