"""What routes depend on, as annotated types: the database, common parameters, the check of their names."""

from __future__ import annotations

import difflib
from datetime import date
from typing import Annotated, Any, TypeVar
from urllib.parse import quote, urlencode

from fastapi import Depends, Path, Query, Request, Response

from api.errors import NoJobs, UnknownParameter
from api.jobs.extraction import Extraction
from api.jobs.service import JobService
from api.models import ListResponse, Total
from graph.client import Graph
from graph.records import Page
from graph.review import ReviewQueue
from graph.schema import EntityType, RelationType

__all__ = [
    "By",
    "Cursor",
    "DateFrom",
    "DateTo",
    "EntityTypes",
    "ExtractionDep",
    "GraphDep",
    "Id",
    "InForce",
    "JobsDep",
    "Limit",
    "QueueDep",
    "RelationTypes",
    "iso",
    "known_parameters",
    "list_response",
]

T = TypeVar("T")


def _graph(request: Request) -> Graph:
    graph: Graph = request.app.state.graph
    return graph


def _queue(request: Request) -> ReviewQueue:
    queue: ReviewQueue = request.app.state.queue
    return queue


def _jobs(request: Request) -> JobService:
    service: JobService | None = request.app.state.jobs
    if service is None:
        raise NoJobs
    return service


def _extraction(request: Request) -> Extraction:
    service: Extraction = request.app.state.extraction
    return service


GraphDep = Annotated[Graph, Depends(_graph)]
JobsDep = Annotated[JobService, Depends(_jobs)]
ExtractionDep = Annotated[Extraction, Depends(_extraction)]
QueueDep = Annotated[ReviewQueue, Depends(_queue)]
Id = Annotated[str, Path(description="Its id.", max_length=64)]
By = Annotated[
    str | None, Query(max_length=200, pattern=r"\S", description="Who does it; as a rule the key.", examples=["李明"])
]
InForce = Annotated[
    bool | None, Query(description="Only those in force (true), or only those that were undone (false).")
]
Limit = Annotated[int, Query(ge=1, le=100, description="Items a page.")]
Cursor = Annotated[str | None, Query(max_length=1000, description="`next` of the page before.")]
EntityTypes = Annotated[list[EntityType], Query(alias="type", description="Only these types; may be repeated.")]
RelationTypes = Annotated[list[RelationType], Query(alias="relation", description="Only these; may be repeated.")]
DateFrom = Annotated[date | None, Query(description="Only from this day on (YYYY-MM-DD), by date of publication.")]
DateTo = Annotated[date | None, Query(description="Only up to this day (YYYY-MM-DD), by date of publication.")]


def known_parameters(request: Request) -> None:
    """Refuse query parameters that the operation does not have.

    Raises:
        UnknownParameter: for the first of them.
    """
    operations: dict[str, Any] = request.app.openapi()["paths"].get(request.scope["route"].path, {})
    parameters = operations.get(request.method.lower(), {}).get("parameters", [])
    known = [each["name"] for each in parameters if each["in"] == "query"]
    for name in request.query_params:
        if name not in known:
            nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            raise UnknownParameter(name, nearest[0] if nearest else None, known)


def iso(day: date | None) -> str | None:
    """A day as the graph keeps it."""
    return None if day is None else day.isoformat()


def list_response(page: Page[T], request: Request, response: Response) -> ListResponse[T]:
    """A page as it is sent; a ``Link`` header leads to the next one."""
    if page.next is not None:
        parameters = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
        address = f"{quote(request.scope['path'])}?{urlencode([*parameters, ('cursor', page.next)])}"
        response.headers["Link"] = f'<{address}>; rel="next"'
    return ListResponse(items=list(page.items), total=Total(count=page.total, exact=page.exact), next=page.next)
