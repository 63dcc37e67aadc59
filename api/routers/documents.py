"""Documents: list, search, detail, claims added by hand."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body, Query, Request, Response

from api import examples
from api.access import INGEST, READ, REVIEW, author
from api.deps import Cursor, DateFrom, DateTo, GraphDep, Id, Limit, iso, list_response
from api.errors import documented
from api.guard import WRITES
from api.models import ListResponse, NewClaim
from api.routing import Router
from graph import history, queries
from graph.amend import add_claim
from graph.curated import remove_parts
from graph.load import delete_document
from graph.records import Claim, DocumentDetail, DocumentSummary

__all__ = ["router"]

router = Router(prefix="/v1/documents", tags=["documents"])


@router.get(
    "",
    dependencies=[READ],
    summary="List or search documents",
    responses=documented("invalid-cursor", "no-graph"),
)
def documents(
    graph: GraphDep,
    request: Request,
    response: Response,
    q: Annotated[
        str | None, Query(min_length=1, max_length=200, description="Words that headline or text hold.")
    ] = None,
    source: Annotated[str | None, Query(max_length=200, description="Only of this publisher.")] = None,
    date_from: DateFrom = None,
    date_to: DateTo = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ListResponse[DocumentSummary]:
    """The latest first; those without a date come last."""
    page = queries.documents(
        graph,
        wording=q,
        source=source,
        date_from=iso(date_from),
        date_to=iso(date_to),
        limit=limit,
        cursor=cursor,
    )
    return list_response(page, request, response)


@router.get(
    "/{id}",
    dependencies=[READ],
    summary="One document with its entities and claims",
    responses=documented("not-found"),
)
def document(graph: GraphDep, id: Id) -> DocumentDetail:
    """The text as it was read; all offsets are code points into it."""
    return queries.document(graph, id)


@router.post(
    "/{id}/claims",
    dependencies=[REVIEW],
    status_code=201,
    summary="Add a claim that was missed",
    responses=documented(*WRITES, "not-found", "bad-correction"),
    tags=["review"],
)
def add(
    graph: GraphDep,
    request: Request,
    response: Response,
    id: Id,
    new: Annotated[NewClaim, Body(openapi_examples=examples.CLAIM)],
) -> Claim:
    """It outlives extraction as long as its words stand in the document; to remove it, undo its `correction`."""
    made = add_claim(graph, id, new.addition(), by=author(request, new.by, "body"), why=new.why)
    added = history.added_claim(graph, made)
    response.headers["Location"] = f"/v1/claims/{added.id}"
    return added


@router.delete(
    "/{id}",
    dependencies=[INGEST],
    status_code=204,
    summary="Delete a document",
    responses=documented(*WRITES, "not-found"),
)
def delete(graph: GraphDep, id: Id) -> None:
    """With it go its claims and whatever rested on them alone; of a large file of curated data, all its parts."""
    key = queries.document(graph, id).key
    delete_document(graph, key)
    remove_parts(graph, key, beyond=1)
