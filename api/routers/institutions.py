"""Questions on institutions (机构)."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query

from api.access import READ
from api.asking import QUESTION, Asked, FiltersDep, Institution, SortBy, Timeline, WhenDep
from api.deps import GraphDep
from api.models import ListResponse
from api.routing import Router
from graph import queries
from graph.questions import companions, institutions, posts
from graph.questions.companions import Meeting
from graph.questions.facts import Sort, kinds_of
from graph.questions.records import Companion, Fact, Held, Partner
from graph.records import Claim, EntityDetail
from graph.schema import EntityType, RelationType

__all__ = ["router"]

router = Router(prefix="/v1/institutions", tags=["institutions"], dependencies=[READ])

_FORUMS = [
    *kinds_of(
        "in",
        RelationType.HOSTED_BY,
        RelationType.CO_HOSTED_BY,
        RelationType.ORGANIZED_BY,
        RelationType.SUPPORTED_BY,
    ),
    *kinds_of("out", RelationType.ATTENDED),
]
_Role = Query(alias="role", description="Only in these roles; may be repeated.")
_ForumRoles = Annotated[list[Literal["host", "co-host", "organiser", "supporter", "attendee"]], _Role]
_HostRoles = Annotated[list[Literal["host", "co-host", "organiser", "supporter"]], _Role]
_MemberRoles = Annotated[list[Literal["launcher", "member"]], _Role]


@router.get("/{id}", summary="One institution", responses=QUESTION)
def institution(graph: GraphDep, institution: Institution) -> EntityDetail:
    """By id or name: names, documents, claims, and how many edges of each relation it has."""
    return queries.entity(graph, institution.id)


@router.get("/{id}/forums", summary="The forums of an institution, by role", responses=QUESTION)
def forums(
    ask: Asked,
    institution: Institution,
    filters: FiltersDep,
    roles: _ForumRoles = [],  # noqa: B006  FastAPI copies defaults
    sort: SortBy = Sort.ROLE,
) -> ListResponse[Fact]:
    """Those that it hosts, co-hosts, organises, supports and attends, each with its claims."""
    return ask.facts(institution, _FORUMS, roles, filters, sort)


@router.get("/{id}/partners", summary="With whom an institution signed: when, what, at which forum", responses=QUESTION)
def partners(
    ask: Asked, institution: Institution, filters: FiltersDep, sort: SortBy = Sort.ROLE
) -> ListResponse[Partner]:
    """Each partner with each signing, the latest first, and the claims that tell of it."""
    return ask.listed(institutions.partners(ask.graph, institution.id, filters, sort=sort, paging=ask.paging))


@router.get("/{id}/co-hosts", summary="With whom an institution hosts forums", responses=QUESTION)
def co_hosts(
    ask: Asked,
    institution: Institution,
    filters: WhenDep,
    roles: _HostRoles = ["host", "co-host", "organiser"],  # noqa: B006
    min_forums: Annotated[int, Query(ge=1, le=10_000, description="Forums that both host, at least.")] = 1,
    shown: Annotated[int, Query(ge=1, le=20, description="Forums shown of each.")] = 5,
) -> ListResponse[Companion]:
    """Institutions and places that are there in the same roles, most forums first; with the role of each and the claims
    behind both."""
    meeting = Meeting(roles, [EntityType.ORGANIZATION, EntityType.PLACE], min_forums=min_forums, shown=shown)
    return ask.listed(companions.companions(ask.graph, institution.id, meeting, filters, paging=ask.paging))


@router.get("/{id}/people", summary="The people of an institution and their posts, with dates", responses=QUESTION)
def people(
    ask: Asked,
    institution: Institution,
    filters: WhenDep,
    title: Annotated[str | None, Query(max_length=100, description="Only titles that hold this.")] = None,
) -> ListResponse[Held]:
    """One item a person and title, the latest told first; the dates are those on which documents tell of it."""
    return ask.listed(posts.posts(ask.graph, institution.id, filters, title=title, paging=ask.paging))


@router.get("/{id}/initiatives", summary="What an institution launched or is a member of", responses=QUESTION)
def initiatives(
    ask: Asked,
    institution: Institution,
    filters: FiltersDep,
    roles: _MemberRoles = [],  # noqa: B006
    sort: SortBy = Sort.ROLE,
) -> ListResponse[Fact]:
    """Initiatives, and bodies such as alliances: as `launcher` or as `member`."""
    return ask.facts(institution, kinds_of("out", RelationType.LAUNCHED, RelationType.MEMBER_OF), roles, filters, sort)


@router.get("/{id}/members", summary="The launchers and members of an institution", responses=QUESTION)
def members(
    ask: Asked,
    institution: Institution,
    filters: FiltersDep,
    roles: _MemberRoles = [],  # noqa: B006
    sort: SortBy = Sort.ROLE,
) -> ListResponse[Fact]:
    """Of an alliance or an association: who launched it (`launcher`), who is a `member`."""
    return ask.facts(institution, kinds_of("in", RelationType.LAUNCHED, RelationType.MEMBER_OF), roles, filters, sort)


@router.get("/{id}/timeline", summary="What an institution did, day by day", responses=QUESTION)
def timeline(told: Timeline, institution: Institution) -> ListResponse[Claim]:
    """Claims in the order of their days, with their quotes; what was denied is left out, what is planned says so."""
    return told(institution)
