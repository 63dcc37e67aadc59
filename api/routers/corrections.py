"""Claims and what people have corrected in them: read, correct, undo."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body, Request, Response

from api import examples
from api.access import READ, REVIEW, author
from api.deps import By, Cursor, GraphDep, Id, InForce, Limit, list_response
from api.errors import documented
from api.guard import WRITES
from api.models import ListResponse, NewCorrection
from api.routing import Router
from graph import history, queries
from graph.amend import correct_claim, undo_correction
from graph.corrections import Action
from graph.history import RecordedCorrection
from graph.records import Claim

__all__ = ["router"]

router = Router(prefix="/v1", tags=["review"], dependencies=[READ])


@router.get("/claims/{id}", summary="One claim", responses=documented("not-found"))
def claim(graph: GraphDep, id: Id) -> Claim:
    """With its quotes, and with what people have said of it."""
    return queries.claim(graph, id)


@router.post(
    "/claims/{id}/corrections",
    dependencies=[REVIEW],
    status_code=201,
    summary="Accept, reject or edit a claim",
    responses=documented(*WRITES, "not-found", "bad-correction"),
)
def correct(
    graph: GraphDep,
    request: Request,
    response: Response,
    id: Id,
    new: Annotated[NewCorrection, Body(openapi_examples=examples.CORRECTIONS)],
) -> RecordedCorrection:
    """What was extracted is kept beneath; whatever was said of the claim in the same way before gives way."""
    made = correct_claim(
        graph, id, Action(new.action), by=author(request, new.by, "body"), why=new.why, changes=new.changes
    )
    response.headers["Location"] = f"{router.prefix}/corrections/{made.id}"
    return history.correction(graph, made.id)


@router.get("/corrections", summary="List corrections of claims", responses=documented("invalid-cursor"))
def corrections(
    graph: GraphDep,
    request: Request,
    response: Response,
    in_force: InForce = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ListResponse[RecordedCorrection]:
    """In the order in which they were made; those that were undone stay on record."""
    page = history.corrections(graph, in_force=in_force, limit=limit, cursor=cursor)
    return list_response(page, request, response)


@router.get("/corrections/{id}", summary="One correction", responses=documented("not-found"))
def correction(graph: GraphDep, id: Id) -> RecordedCorrection:
    """In force or undone; `applies` says whether a claim is there to which it applies."""
    return history.correction(graph, id)


@router.delete(
    "/corrections/{id}", summary="Undo a correction", responses=documented(*WRITES, "not-found"), dependencies=[REVIEW]
)
def take_back(graph: GraphDep, id: Id, request: Request, by: By = None) -> RecordedCorrection:
    """As if it had not been made; it stays on record as undone. One that is not in force is not found."""
    return history.correction(graph, undo_correction(graph, id, by=author(request, by, "query")).id)
