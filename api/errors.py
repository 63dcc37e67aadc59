"""Errors as RFC 9457 problems: one table of kinds, each with a page of its own, and what turns exceptions into them."""

from __future__ import annotations

import html
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from graph.client import GraphError, SchemaMissing, StatementFailed
from graph.paging import InvalidCursor
from graph.queries import Moved, NotFound

__all__ = ["PROBLEMS", "NoPath", "ProblemKind", "UnknownParameter", "documented", "explain", "install"]

_log = logging.getLogger("huitu.api")

RETRY_AFTER_S = 5


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of problem: HTTP status, title, and what its page says."""

    status: int
    title: str
    explanation: str


PROBLEMS: Mapping[str, ProblemKind] = {
    "not-found": ProblemKind(404, "Not found", "There is nothing under this address, or nothing with this id."),
    "no-path": ProblemKind(404, "No path", "No path of at most six edges connects the two over the relations chosen."),
    "method-not-allowed": ProblemKind(405, "Method not allowed", "The address exists, but not for this method."),
    "unknown-parameter": ProblemKind(
        400, "Unknown parameter", "The operation has no query parameter of this name; the detail names the nearest one."
    ),
    "invalid-cursor": ProblemKind(
        400, "Invalid cursor", "A cursor is taken as it stands from 'next' of the page before, of the same list."
    ),
    "invalid-parameter": ProblemKind(
        422, "Invalid parameter", "A parameter is missing or has a value out of its range; 'errors' names each."
    ),
    "database-unavailable": ProblemKind(
        503, "Database unavailable", "Neo4j does not answer, or not in time. Try again after 'Retry-After' seconds."
    ),
    "no-graph": ProblemKind(503, "No graph yet", "Nothing was ever loaded into this database."),
    "internal-error": ProblemKind(500, "Internal error", "A fault of the service; its log says more."),
}


class UnknownParameter(Exception):
    """The operation has no query parameter ``name``; ``nearest`` is the most similar one it has, if any is."""

    def __init__(self, name: str, nearest: str | None, known: Sequence[str]) -> None:
        super().__init__(f"unknown parameter {name!r}")
        self.name = name
        self.nearest = nearest
        self.known = tuple(known)


class NoPath(Exception):
    """Nothing connects the entities ``head`` and ``tail``."""

    def __init__(self, head: str, tail: str) -> None:
        super().__init__(f"nothing connects {head} and {tail}")
        self.head = head
        self.tail = tail


def documented(*slugs: str) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of an operation that can end in these problems, and in those that every operation can."""
    by_status: dict[int | str, list[str]] = {}
    for slug in (*slugs, "unknown-parameter", "invalid-parameter", "database-unavailable"):
        by_status.setdefault(PROBLEMS[slug].status, []).append(slug)
    return {
        status: {
            "description": "; ".join(f"[{PROBLEMS[slug].title}](/problems/{slug})" for slug in found),
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, found in by_status.items()
    }


def explain(slug: str) -> str:
    """The page of a kind of problem, as HTML."""
    kind = PROBLEMS[slug]
    title, text = html.escape(kind.title), html.escape(kind.explanation)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f"<title>{title}</title><h1>{title} ({kind.status})</h1><p>{text}</p>"
        '<p><a href="/docs">API documentation</a></p></html>\n'
    )


def install(app: FastAPI) -> None:
    """Make every error of ``app`` a problem."""

    def unknown_parameter(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, UnknownParameter)  # noqa: S101  Starlette hands over the class registered below
        advice = (
            f"did you mean {error.nearest!r}?" if error.nearest else f"known are {', '.join(error.known) or 'none'}."
        )
        return _problem(request, "unknown-parameter", f"There is no parameter {error.name!r}; {advice}")

    def invalid_parameter(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)  # noqa: S101
        errors = [
            {"parameter": str(each["loc"][1] if len(each["loc"]) > 1 else each["loc"][0]), "problem": str(each["msg"])}
            for each in error.errors()
        ]
        detail = "; ".join(f"{each['parameter']}: {each['problem']}" for each in errors)
        return _problem(request, "invalid-parameter", detail, errors=errors)

    def http_error(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)  # noqa: S101
        slug = next((slug for slug, kind in PROBLEMS.items() if kind.status == error.status_code), None)
        if slug is None:
            return _problem(request, "internal-error", str(error.detail), status=error.status_code)
        return _problem(request, slug, PROBLEMS[slug].explanation, headers=error.headers)

    def database_error(request: Request, error: Exception) -> JSONResponse:
        if isinstance(error, SchemaMissing):
            return _problem(request, "no-graph", "Nothing was ever loaded into this database.")
        if isinstance(error, StatementFailed):
            return internal_error(request, error)
        _log.error("%s %s: %s", request.method, request.url.path, error)
        retry = {"Retry-After": str(RETRY_AFTER_S)}
        return _problem(request, "database-unavailable", PROBLEMS["database-unavailable"].explanation, headers=retry)

    def moved(request: Request, error: Exception) -> Response:
        assert isinstance(error, Moved)  # noqa: S101
        here = request.url
        place = here.replace(path=here.path.replace(error.id, error.to), query=here.query.replace(error.id, error.to))
        return RedirectResponse(f"{place.path}?{place.query}" if place.query else place.path, status_code=308)

    def internal_error(request: Request, error: Exception) -> JSONResponse:
        _log.error("%s %s", request.method, request.url.path, exc_info=error)
        return _problem(request, "internal-error", PROBLEMS["internal-error"].explanation)

    app.add_exception_handler(UnknownParameter, unknown_parameter)
    app.add_exception_handler(RequestValidationError, invalid_parameter)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(NotFound, lambda request, error: _problem(request, "not-found", f"{error}."))
    app.add_exception_handler(Moved, moved)
    app.add_exception_handler(NoPath, lambda request, error: _problem(request, "no-path", f"{error}."))
    app.add_exception_handler(InvalidCursor, lambda request, error: _problem(request, "invalid-cursor", f"{error}."))
    app.add_exception_handler(GraphError, database_error)
    app.add_exception_handler(Exception, internal_error)


def _problem(
    request: Request,
    slug: str,
    detail: str,
    *,
    status: int | None = None,
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    kind = PROBLEMS[slug]
    content: dict[str, Any] = {
        "type": f"/problems/{slug}",
        "title": kind.title,
        "status": status or kind.status,
        "detail": detail,
        "instance": request.url.path,
    }
    if errors:
        content["errors"] = errors
    return JSONResponse(
        content, status_code=status or kind.status, headers=headers, media_type="application/problem+json"
    )
