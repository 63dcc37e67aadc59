"""Decisions on identity: list, make, undo."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body, Request, Response

from api import examples
from api.access import READ, REVIEW, author
from api.deps import By, Cursor, GraphDep, Id, InForce, Limit, list_response
from api.errors import documented
from api.guard import WRITES
from api.models import ListResponse, NewDecision
from api.routing import Router
from graph import history
from graph.decisions import Decision, decide, undo

__all__ = ["router"]

router = Router(prefix="/v1/decisions", tags=["review"], dependencies=[READ])


@router.get("", summary="List decisions on identity", responses=documented("invalid-cursor"))
def decisions(
    graph: GraphDep,
    request: Request,
    response: Response,
    in_force: InForce = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ListResponse[Decision]:
    """In the order in which they were made; those that were undone stay on record."""
    page = history.decisions(graph, in_force=in_force, limit=limit, cursor=cursor)
    return list_response(page, request, response)


@router.post(
    "",
    dependencies=[REVIEW],
    status_code=201,
    summary="Decide whether two things are one",
    responses=documented(*WRITES, "bad-decision", "decision-conflict"),
)
def make(
    graph: GraphDep,
    request: Request,
    response: Response,
    new: Annotated[NewDecision, Body(openapi_examples=examples.DECISIONS)],
) -> Decision:
    """An earlier decision on the same two gives way; one that others in force contradict is refused."""
    made = decide(graph, new.verdict, new.a, new.b, by=author(request, new.by, "body"), why=new.why)
    response.headers["Location"] = f"{router.prefix}/{made.id}"
    return made


@router.get("/{id}", summary="One decision", responses=documented("not-found"))
def decision(graph: GraphDep, id: Id) -> Decision:
    """In force or undone."""
    return history.decision(graph, id)


@router.delete("/{id}", summary="Undo a decision", responses=documented(*WRITES, "not-found"), dependencies=[REVIEW])
def take_back(graph: GraphDep, id: Id, request: Request, by: By = None) -> Decision:
    """As if it had not been made; it stays on record as undone. One that is not in force is not found."""
    return undo(graph, id, by=author(request, by, "query"))
