"""Questions on people (人物)."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query

from api.access import READ
from api.asking import QUESTION, Asked, FiltersDep, Person, SortBy, Timeline, WhenDep
from api.deps import GraphDep
from api.models import ListResponse
from api.routing import Router
from graph import queries
from graph.questions import companions, posts
from graph.questions.companions import Meeting
from graph.questions.facts import Sort, kinds_of
from graph.questions.records import Companion, Fact, Held
from graph.records import Claim, EntityDetail
from graph.schema import EntityType, RelationType

__all__ = ["router"]

router = Router(prefix="/v1/people", tags=["people"], dependencies=[READ])

_Role = Query(alias="role", description="Only in these roles; may be repeated.")
_Roles = Annotated[list[Literal["speaker", "attendee"]], _Role]


@router.get("/{id}", summary="One person", responses=QUESTION)
def person(graph: GraphDep, person: Person) -> EntityDetail:
    """By id or name. A name that several people bear is a problem that lists them with their posts."""
    return queries.entity(graph, person.id)


@router.get("/{id}/forums", summary="The forums at which a person spoke or was present", responses=QUESTION)
def forums(
    ask: Asked,
    person: Person,
    filters: FiltersDep,
    roles: _Roles = [],  # noqa: B006  FastAPI copies defaults
    sort: SortBy = Sort.ROLE,
) -> ListResponse[Fact]:
    """As `speaker` or as `attendee`, each with its claims; with `sort=date` the latest first."""
    return ask.facts(person, kinds_of("out", RelationType.SPEAKER_AT, RelationType.ATTENDED), roles, filters, sort)


@router.get("/{id}/posts", summary="The posts of a person over time", responses=QUESTION)
def held(
    ask: Asked,
    person: Person,
    filters: WhenDep,
    title: Annotated[str | None, Query(max_length=100, description="Only titles that hold this.")] = None,
) -> ListResponse[Held]:
    """One item a body and title, the latest told first; the dates are those on which documents tell of it."""
    return ask.listed(posts.posts(ask.graph, person.id, filters, title=title, paging=ask.paging))


@router.get("/{id}/co-speakers", summary="With whom a person was at forums", responses=QUESTION)
def co_speakers(
    ask: Asked,
    person: Person,
    filters: WhenDep,
    roles: _Roles = ["speaker"],  # noqa: B006
    min_forums: Annotated[int, Query(ge=1, le=10_000, description="Forums that both were at, at least.")] = 1,
    shown: Annotated[int, Query(ge=1, le=20, description="Forums shown of each.")] = 5,
) -> ListResponse[Companion]:
    """People who speak at the same forums, most forums first, with the claims behind both. With `role=speaker` and
    `role=attendee` also those who were only present."""
    meeting = Meeting(roles, [EntityType.PERSON], min_forums=min_forums, shown=shown)
    return ask.listed(companions.companions(ask.graph, person.id, meeting, filters, paging=ask.paging))


@router.get("/{id}/initiatives", summary="What a person launched or is a member of", responses=QUESTION)
def initiatives(ask: Asked, person: Person, filters: FiltersDep, sort: SortBy = Sort.ROLE) -> ListResponse[Fact]:
    """As `launcher` or as `member`."""
    return ask.facts(person, kinds_of("out", RelationType.LAUNCHED, RelationType.MEMBER_OF), (), filters, sort)


@router.get("/{id}/timeline", summary="What a person did, day by day", responses=QUESTION)
def timeline(told: Timeline, person: Person) -> ListResponse[Claim]:
    """Claims in the order of their days, with their quotes; what was denied is left out."""
    return told(person)
