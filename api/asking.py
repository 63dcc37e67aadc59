"""What questions have in common: who is asked about, by id or name; filters; the page; the errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias, TypeVar
from urllib.parse import quote

from fastapi import Depends, Path, Query, Request, Response

from api.deps import Cursor, GraphDep, Limit, RelationTypes, iso, list_response
from api.errors import documented
from api.models import ListResponse
from graph.questions import facts, names
from graph.questions.facts import ANY, Filters, Paging, Sort
from graph.questions.records import Fact, Kind
from graph.questions.timeline import timeline
from graph.records import Claim, EntitySummary, Page, SeriesRef
from graph.schema import EntityType, Modality

__all__ = [
    "EACH",
    "QUESTION",
    "Asked",
    "Depth",
    "FiltersDep",
    "Forum",
    "From",
    "Initiative",
    "Institution",
    "Parts",
    "Person",
    "Place",
    "Series",
    "SortBy",
    "Status",
    "StatusDep",
    "Thing",
    "Timeline",
    "To",
    "WhenDep",
]

T = TypeVar("T")

EACH = ("not-found", "unknown-name", "ambiguous-name", "invalid-cursor", "no-graph")
"""The problems in which every question on one thing can end."""

QUESTION: dict[int | str, dict[str, Any]] = documented(*EACH)

Status: TypeAlias = Annotated[
    Literal[Modality.HELD, Modality.PLANNED] | None,
    Query(description="Only what took place (`held`), or only what is planned and no more (`planned`)."),
]
SortBy: TypeAlias = Annotated[
    Sort,
    Query(
        description="By role and then support, by support, by date (the latest first), or by id: only by id nothing is "
        "missed or met twice while support and dates change under a walk."
    ),
]
From: TypeAlias = Annotated[date | None, Query(description="Only what lasted until this day (YYYY-MM-DD) or longer.")]
To: TypeAlias = Annotated[date | None, Query(description="Only what began on this day (YYYY-MM-DD) or earlier.")]
Depth: TypeAlias = Annotated[int, Query(ge=1, le=3, description="Edges away from it.")]
Parts: TypeAlias = Annotated[bool, Query(description="Also what was done at its sub-forums.")]
_Evidence: TypeAlias = Annotated[int, Query(ge=0, le=20, description="Claims shown of each fact, the best ones.")]


def _filters(
    status: Status = None,
    min_support: Annotated[int, Query(ge=0, le=1_000_000, description="Documents that say so, at least.")] = 0,
    min_confidence: Annotated[float, Query(ge=0, le=1, description="Confidence of the best claim, at least.")] = 0,
    date_from: From = None,
    date_to: To = None,
    source: Annotated[
        str | None, Query(max_length=200, description="Only what a document of this publisher says.")
    ] = None,
) -> Filters:
    return Filters(status, min_support, min_confidence, iso(date_from), iso(date_to), source)


def _status(status: Status = None) -> Filters:
    return Filters(status)


def _when(status: Status = None, date_from: From = None, date_to: To = None) -> Filters:
    return Filters(status, date_from=iso(date_from), date_to=iso(date_to))


def _paging(limit: Limit = 20, cursor: Cursor = None, evidence: _Evidence = 3) -> Paging:
    return Paging(limit, cursor, evidence)


class Asking:
    """A request for a page of answers: the database, the page, and how it is sent."""

    def __init__(
        self, graph: GraphDep, request: Request, response: Response, paging: Annotated[Paging, Depends(_paging)]
    ) -> None:
        self.graph = graph
        self.paging = paging
        self._request = request
        self._response = response

    def listed(self, page: Page[T]) -> ListResponse[T]:
        """The page as it is sent."""
        return list_response(page, self._request, self._response)

    def facts(
        self,
        entity: EntitySummary,
        kinds: Sequence[Kind],
        roles: Sequence[str] = (),
        filters: Filters = ANY,
        sort: Sort = Sort.ROLE,
    ) -> ListResponse[Fact]:
        """The facts of some kinds and roles."""
        chosen = facts.only(kinds, roles)
        return self.listed(facts.facts(self.graph, entity.id, chosen, filters, sort=sort, paging=self.paging))


Asked = Annotated[Asking, Depends()]


def _timeline(
    ask: Asked,
    relations: RelationTypes = [],  # noqa: B006  FastAPI copies defaults
    status: Status = None,
    date_from: From = None,
    date_to: To = None,
    latest_first: Annotated[bool, Query(description="The latest first.")] = False,
) -> Callable[[EntitySummary], ListResponse[Claim]]:
    def told(entity: EntitySummary) -> ListResponse[Claim]:
        page = timeline(
            ask.graph,
            entity.id,
            relations=relations,
            modalities=[Modality.HELD, Modality.PLANNED] if status is None else [status],
            date_from=iso(date_from),
            date_to=iso(date_to),
            latest_first=latest_first,
            paging=ask.paging,
        )
        return ask.listed(page)

    return told


Timeline = Annotated[Callable[[EntitySummary], ListResponse[Claim]], Depends(_timeline)]
FiltersDep = Annotated[Filters, Depends(_filters)]
WhenDep = Annotated[Filters, Depends(_when)]
StatusDep = Annotated[Filters, Depends(_status)]

_LONGEST_NAME = 200


class _Named:
    """Finds what the path names; `Content-Location` tells its id where it was a name."""

    def __init__(self, graph: GraphDep, request: Request, response: Response) -> None:
        self._graph, self._request, self._response = graph, request, response

    def entity(self, wording: str, *types: EntityType) -> EntitySummary:
        found = names.entity_named(self._graph, wording, types)
        self._tell(wording, found.id)
        return found

    def series(self, wording: str) -> SeriesRef:
        found = names.series_named(self._graph, wording)
        self._tell(wording, found.id)
        return found

    def _tell(self, wording: str, id: str) -> None:
        if wording != id:
            parts = self._request.scope["path"].split("/")
            path = "/".join(id if part == wording else quote(part) for part in parts)
            query = self._request.url.query
            self._response.headers["Content-Location"] = f"{path}?{query}" if query else path


_NamedDep = Annotated[_Named, Depends()]


def _institution(
    named: _NamedDep,
    id: Annotated[
        str,
        Path(description="Id or name of an institution.", max_length=_LONGEST_NAME, examples=["太湖智能技术研究院"]),
    ],
) -> EntitySummary:
    return named.entity(id, EntityType.ORGANIZATION)


def _forum(
    named: _NamedDep,
    id: Annotated[
        str, Path(description="Id or name of a forum.", max_length=_LONGEST_NAME, examples=["2025太湖人工智能大会"])
    ],
) -> EntitySummary:
    return named.entity(id, EntityType.FORUM)


def _initiative(
    named: _NamedDep,
    id: Annotated[
        str, Path(description="Id or name of an initiative.", max_length=_LONGEST_NAME, examples=["百城数据伙伴计划"])
    ],
) -> EntitySummary:
    return named.entity(id, EntityType.INITIATIVE)


def _person(
    named: _NamedDep,
    id: Annotated[str, Path(description="Id or name of a person.", max_length=_LONGEST_NAME, examples=["沈砚秋"])],
) -> EntitySummary:
    return named.entity(id, EntityType.PERSON)


def _thing(
    named: _NamedDep,
    id: Annotated[str, Path(description="Id or name of an entity.", max_length=_LONGEST_NAME, examples=["沈砚秋"])],
) -> EntitySummary:
    return named.entity(id)


def _place(
    named: _NamedDep,
    id: Annotated[str, Path(description="Id or name of a place.", max_length=_LONGEST_NAME, examples=["厦门"])],
) -> EntitySummary:
    return named.entity(id, EntityType.PLACE)


def _series(
    named: _NamedDep,
    id: Annotated[
        str,
        Path(description="Id or name of a series of forums.", max_length=_LONGEST_NAME, examples=["太湖人工智能大会"]),
    ],
) -> SeriesRef:
    return named.series(id)


Institution = Annotated[EntitySummary, Depends(_institution)]
Forum = Annotated[EntitySummary, Depends(_forum)]
Initiative = Annotated[EntitySummary, Depends(_initiative)]
Person = Annotated[EntitySummary, Depends(_person)]
Place = Annotated[EntitySummary, Depends(_place)]
Thing = Annotated[EntitySummary, Depends(_thing)]
Series = Annotated[SeriesRef, Depends(_series)]
