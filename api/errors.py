"""Errors as RFC 9457 problems: one table of kinds, each with a page of its own, and what turns exceptions into them."""

from __future__ import annotations

import html
import json
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import Scope

from api.jobs.store import KeyReused, QueueFull, UnknownJob
from graph.amend import BadCorrection, NothingToCorrect, UnknownCorrection
from graph.client import GraphError, SchemaMissing, StatementFailed
from graph.decisions import BadDecision, DecisionConflict, UnknownDecision
from graph.errors import FULL, MissingExtra, NoRoom
from graph.export import NoClaims
from graph.guarded import BadQuery, QueryRefused, QueryTooLong
from graph.paging import InvalidCursor
from graph.queries import Moved, NotFound
from graph.questions.errors import AmbiguousName, TooLarge, UnknownName

__all__ = [
    "PROBLEMS",
    "CypherBusy",
    "CypherOff",
    "Draining",
    "ExtractionBusy",
    "Forbidden",
    "NoJobs",
    "NoPath",
    "NotAcceptable",
    "NotModified",
    "ProblemKind",
    "Unauthorized",
    "UnknownParameter",
    "describe",
    "documented",
    "explain",
    "install",
    "path_below",
    "problem",
]

_log = logging.getLogger("huitu.api")
_SECRET = re.compile(r"\b(h[kts]_)[A-Za-z0-9_-]{20,}")

RETRY_AFTER_S = 5


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of problem: HTTP status, title, and what its page says."""

    status: int
    title: str
    explanation: str


PROBLEMS: Mapping[str, ProblemKind] = {
    "not-found": ProblemKind(404, "Not found", "There is nothing under this address, or nothing with this id."),
    "unknown-name": ProblemKind(
        404,
        "Unknown name",
        "Nothing of that type is called so; 'nearest' holds what has a similar name, where anything has.",
    ),
    "ambiguous-name": ProblemKind(
        409,
        "Ambiguous name",
        "Several things are called so: 'candidates' lists them. Give the id of the one that is meant.",
    ),
    "answer-too-large": ProblemKind(
        422,
        "Answer too large",
        "The answer would need more than one request may take; the detail says how to ask for less.",
    ),
    "no-path": ProblemKind(404, "No path", "No path of at most six edges connects the two over the relations chosen."),
    "method-not-allowed": ProblemKind(405, "Method not allowed", "The address exists, but not for this method."),
    "unknown-parameter": ProblemKind(
        400, "Unknown parameter", "The operation has no query parameter of this name; the detail names the nearest one."
    ),
    "invalid-cursor": ProblemKind(
        400, "Invalid cursor", "A cursor is taken as it stands from 'next' of the page before, of the same list."
    ),
    "not-acceptable": ProblemKind(
        406, "Not acceptable", "'Accept' names no format that there is; 'known' lists them. Or name one with 'format='."
    ),
    "format-not-installed": ProblemKind(
        501, "Format not installed", "The service was installed without what this format needs; the detail names it."
    ),
    "malformed-body": ProblemKind(400, "Malformed body", "The body is no JSON that can be read."),
    "unauthorized": ProblemKind(
        401,
        "Unauthorized",
        "The service asks for a key: 'Authorization: Bearer hk_...' or 'X-API-Key: hk_...'. 'huitu keys create' makes "
        "one. What was sent is none, or has expired or was revoked.",
    ),
    "forbidden": ProblemKind(
        403, "Forbidden", "The key does not hold the scope that the operation takes; a token in the path only reads."
    ),
    "foreign-origin": ProblemKind(
        403,
        "Foreign origin",
        "A page of another origin tried to write. Only pages that this API serves may; a proxy has to pass 'Host' on.",
    ),
    "decision-conflict": ProblemKind(
        409,
        "Conflict of decisions",
        "Decisions in force say otherwise, by themselves or together. 'decisions' holds their ids; undo one first.",
    ),
    "body-too-large": ProblemKind(
        413,
        "Body too large",
        "A body has one million bytes at most, that of a job 20 million, an upload 100 million; its length is stated "
        "('Content-Length').",
    ),
    "address-too-long": ProblemKind(414, "Address too long", "A path with its query has 8,000 bytes at most."),
    "too-many-requests": ProblemKind(
        429, "Too many requests", "The caller asks more often than it may. Try again after 'Retry-After' seconds."
    ),
    "draining": ProblemKind(
        503,
        "Draining",
        "The service is about to stop: it still answers, and new requests belong elsewhere.",
    ),
    "too-slow": ProblemKind(
        504,
        "Too slow",
        "The answer took longer than a request may. Ask for less: a smaller limit, fewer hops, a filter. What was to "
        "be written may still be: look before you send it again.",
    ),
    "busy": ProblemKind(503, "Busy", "Too many requests wait already. Try again after 'Retry-After' seconds."),
    "unsupported-media-type": ProblemKind(
        415, "Unsupported media type", "What is written is sent as JSON, with 'Content-Type: application/json'."
    ),
    "wrong-host": ProblemKind(
        421,
        "Wrong host",
        "The request was meant for another host. The API answers to loopback addresses, localhost, the address that it "
        "listens on, and the names given with --hostname (HUITU_HOSTNAMES).",
    ),
    "invalid-parameter": ProblemKind(
        422,
        "Invalid parameter",
        "A parameter or a field of the body is missing, unknown, or has a value out of its range; 'errors' names each.",
    ),
    "bad-decision": ProblemKind(
        422,
        "Bad decision",
        "There is no such entity or mention, the two are of different types, or they have one name and nothing tells "
        "them apart. In the last case decide on a mention: '/v1/entities/{id}/members' lists them.",
    ),
    "bad-correction": ProblemKind(
        422, "Bad correction", "A field cannot be edited or has no such value, or the quote does not stand in the text."
    ),
    "no-key": ProblemKind(
        403,
        "Upload without a sign of its own",
        "A form of another page could send an upload. It needs the header 'Idempotency-Key', which no form can send, "
        "or the 'Origin' of this API.",
    ),
    "key-reused": ProblemKind(
        422,
        "Idempotency-Key reused",
        "This 'Idempotency-Key' stands for another request. A new request needs a new key.",
    ),
    "unreadable-document": ProblemKind(
        422, "Unreadable document", "There is no text in it that can be read; the detail says why."
    ),
    "address-refused": ProblemKind(
        422,
        "Address refused",
        "Fetched is http and https on the usual ports from addresses of the public internet; for others the "
        "administrator has to name the host (HUITU_FETCH_ALLOW).",
    ),
    "fetch-failed": ProblemKind(502, "Fetch failed", "The address gave no document; the detail says why. Retry later."),
    "source-erased": ProblemKind(409, "Source erased", "The publisher of the document was erased: it is not loaded."),
    "not-loaded": ProblemKind(
        500, "Not loaded", "Neo4j refused what was to be written of the document; the detail says why."
    ),
    "worker-lost": ProblemKind(
        500, "Worker lost", "The process that reads documents died or took too long with this one, twice."
    ),
    "extraction-busy": ProblemKind(
        503, "Extraction busy", "Others wait for an extraction already. Try again after 'Retry-After' seconds."
    ),
    "cypher-off": ProblemKind(403, "Cypher is off", "The administrator has to switch it on: 'huitu serve --cypher'."),
    "query-refused": ProblemKind(
        422, "Query refused", "A query may read the graph and nothing else; 'docs/cypher.md' tells what that is."
    ),
    "bad-query": ProblemKind(422, "Bad query", "Neo4j cannot compile or run the query; the detail is its own."),
    "query-too-long": ProblemKind(
        422, "Query too long", "The query used up its time, or the memory that one has, before it gave a row."
    ),
    "queue-full": ProblemKind(
        503,
        "Too much waits",
        "So many documents wait already that no job is taken on. Try again after 'Retry-After' seconds.",
    ),
    "no-room": ProblemKind(
        503, "No room", "The disk of the service is full; nothing was stored. Try again after 'Retry-After' seconds."
    ),
    "query-busy": ProblemKind(503, "Queries busy", "Two queries run already. Try again after 'Retry-After' seconds."),
    "no-jobs": ProblemKind(503, "No ingestion here", "This server was started without ingestion."),
    "database-unavailable": ProblemKind(
        503, "Database unavailable", "Neo4j does not answer, or not in time. Try again after 'Retry-After' seconds."
    ),
    "no-graph": ProblemKind(503, "No graph yet", "Nothing was ever loaded into this database."),
    "internal-error": ProblemKind(500, "Internal error", "A fault of the service; its log says more."),
}


_OF_STATUS = {400: "malformed-body", 404: "not-found", 405: "method-not-allowed"}
"""What the framework itself refuses."""


class NotModified(Exception):
    """The client has the answer that ``tag`` stands for."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


class UnknownParameter(Exception):
    """The operation has no query parameter ``name``; ``nearest`` is the most similar one it has, if any is."""

    def __init__(self, name: str, nearest: str | None, known: Sequence[str]) -> None:
        super().__init__(f"unknown parameter {name!r}")
        self.name = name
        self.nearest = nearest
        self.known = tuple(known)


class Unauthorized(Exception):
    """What was sent is no key in force."""


class Forbidden(Exception):
    """The key does not hold ``scope``."""

    def __init__(self, scope: str) -> None:
        super().__init__(f"the operation takes a key with the scope {scope:s}")
        self.scope = scope


class NotAcceptable(Exception):
    """A request accepts none of the media types ``known``."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__("no media type that is accepted")
        self.known = tuple(known)


class NoJobs(Exception):
    """The server was started without ingestion."""


class ExtractionBusy(Exception):
    """Too many wait for an extraction."""


class CypherOff(Exception):
    """The server takes no Cypher."""


class CypherBusy(Exception):
    """Too many queries run already."""


class Draining(Exception):
    """The service is about to stop."""


class NoPath(Exception):
    """Nothing connects the entities ``head`` and ``tail``."""

    def __init__(self, head: str, tail: str) -> None:
        super().__init__(f"nothing connects {head} and {tail}")
        self.head = head
        self.tail = tail


def documented(*slugs: str) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of an operation that can end in these problems, and in those that every operation can."""
    by_status: dict[int | str, list[str]] = {}
    for slug in (
        *slugs,
        "unauthorized",
        "forbidden",
        "address-too-long",
        "too-many-requests",
        "busy",
        "too-slow",
        "unknown-parameter",
        "wrong-host",
        "invalid-parameter",
        "database-unavailable",
    ):
        by_status.setdefault(PROBLEMS[slug].status, []).append(slug)
    return {
        status: {
            "description": "; ".join(f"[{PROBLEMS[slug].title}](/problems/{slug})" for slug in found),
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, found in by_status.items()
    }


def describe(slug: str, detail: str) -> str:
    """A problem that is told later, as JSON: why a document of a job failed."""
    kind = PROBLEMS[slug]
    members = {"type": f"/problems/{slug}", "title": kind.title, "status": kind.status, "detail": detail}
    return json.dumps(members, ensure_ascii=False)


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
        return problem(request, "unknown-parameter", f"There is no parameter {error.name!r}; {advice}")

    def invalid_parameter(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)  # noqa: S101
        found = error.errors()
        if any(each["type"] == "json_invalid" for each in found):
            return problem(request, "malformed-body", PROBLEMS["malformed-body"].explanation)
        errors = [{"parameter": _place(each["loc"]), "problem": str(each["msg"])} for each in found]
        detail = "; ".join(f"{each['parameter']}: {each['problem']}" for each in errors)
        return problem(request, "invalid-parameter", detail, errors=errors)

    def http_error(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)  # noqa: S101
        slug = _OF_STATUS.get(error.status_code)
        if slug is None:
            return problem(request, "internal-error", str(error.detail), status=error.status_code)
        return problem(request, slug, PROBLEMS[slug].explanation, headers=error.headers)

    def database_error(request: Request, error: Exception) -> JSONResponse:
        if isinstance(error, SchemaMissing):
            return problem(request, "no-graph", "Nothing was ever loaded into this database.")
        if isinstance(error, StatementFailed):
            return internal_error(request, error)
        _log.error("%s %s: %s", request.method, path_below(request.scope), error, extra=told_of(request))
        retry = {"Retry-After": str(RETRY_AFTER_S)}
        return problem(request, "database-unavailable", PROBLEMS["database-unavailable"].explanation, headers=retry)

    def moved(request: Request, error: Exception) -> Response:
        assert isinstance(error, Moved)  # noqa: S101
        path = "/".join(quote(error.to if part == error.id else part) for part in request.scope["path"].split("/"))
        query = [(name, error.to if value == error.id else value) for name, value in request.query_params.multi_items()]
        return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, status_code=308)

    def conflict(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, DecisionConflict)  # noqa: S101
        return problem(request, "decision-conflict", f"{error}.", decisions=list(error.decisions))

    def busy(slug: str) -> Callable[[Request, Exception], JSONResponse]:
        retry = {"Retry-After": str(RETRY_AFTER_S)}
        return lambda request, _: problem(request, slug, PROBLEMS[slug].explanation, headers=retry)

    def no_room(request: Request, error: Exception) -> JSONResponse:
        if isinstance(error, OSError) and error.errno not in FULL:
            return internal_error(request, error)
        _log.error("%s %s: %s", request.method, path_below(request.scope), error, extra=told_of(request))
        return busy("no-room")(request, error)

    def switched_off(slug: str) -> Callable[[Request, Exception], JSONResponse]:
        return lambda request, _: problem(request, slug, PROBLEMS[slug].explanation)

    def not_modified(_: Request, error: Exception) -> Response:
        assert isinstance(error, NotModified)  # noqa: S101
        return Response(status_code=304, headers={"ETag": error.tag, "Vary": "Accept"})

    def unknown_name(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, UnknownName)  # noqa: S101
        nearest = [asdict(each) for each in error.nearest]
        return problem(request, "unknown-name", f"There is no {error.kind} {error.name!r}.", nearest=nearest)

    def ambiguous_name(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, AmbiguousName)  # noqa: S101
        candidates = [asdict(each) for each in error.candidates]
        return problem(request, "ambiguous-name", f"{error}. {error.hint}", candidates=candidates)

    def too_large(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, TooLarge)  # noqa: S101
        return problem(request, "answer-too-large", f"{error}. {error.hint}")

    def not_acceptable(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, NotAcceptable)  # noqa: S101
        return problem(request, "not-acceptable", PROBLEMS["not-acceptable"].explanation, known=list(error.known))

    def no_claims(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, NoClaims)  # noqa: S101
        errors = [{"parameter": "claims", "problem": f"{error}. {error.hint}"}]
        return problem(request, "invalid-parameter", f"claims: {error}. {error.hint}", errors=errors)

    def not_installed(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, MissingExtra)  # noqa: S101
        return problem(request, "format-not-installed", f"{error}: {error.hint}.")

    def told_of(request: Request) -> dict[str, Any]:
        return {"told": {"request_id": request.scope.get("huitu.request")}}

    def told(slug: str) -> Callable[[Request, Exception], JSONResponse]:
        return lambda request, error: problem(request, slug, f"{error}.")

    def unauthorized(request: Request, _error: Exception) -> JSONResponse:
        headers = {"WWW-Authenticate": 'Bearer realm="huitu"'}
        return problem(request, "unauthorized", PROBLEMS["unauthorized"].explanation, headers=headers)

    def internal_error(request: Request, error: Exception) -> JSONResponse:
        _log.error("%s %s", request.method, path_below(request.scope), exc_info=error, extra=told_of(request))
        return problem(request, "internal-error", PROBLEMS["internal-error"].explanation)

    app.add_exception_handler(UnknownParameter, unknown_parameter)
    app.add_exception_handler(RequestValidationError, invalid_parameter)
    app.add_exception_handler(HTTPException, http_error)
    for kind in (NotFound, NothingToCorrect, UnknownDecision, UnknownCorrection, UnknownJob):
        app.add_exception_handler(kind, told("not-found"))
    app.add_exception_handler(Unauthorized, unauthorized)
    app.add_exception_handler(Forbidden, told("forbidden"))
    app.add_exception_handler(Draining, busy("draining"))
    app.add_exception_handler(NoJobs, switched_off("no-jobs"))
    app.add_exception_handler(QueueFull, busy("queue-full"))
    app.add_exception_handler(NoRoom, no_room)
    app.add_exception_handler(OSError, no_room)
    app.add_exception_handler(ExtractionBusy, busy("extraction-busy"))
    app.add_exception_handler(CypherBusy, busy("query-busy"))
    app.add_exception_handler(CypherOff, switched_off("cypher-off"))
    for refused, slug in ((QueryRefused, "query-refused"), (BadQuery, "bad-query"), (QueryTooLong, "query-too-long")):
        app.add_exception_handler(refused, told(slug))
    app.add_exception_handler(KeyReused, told("key-reused"))
    app.add_exception_handler(NotModified, not_modified)
    app.add_exception_handler(UnknownName, unknown_name)
    app.add_exception_handler(AmbiguousName, ambiguous_name)
    app.add_exception_handler(TooLarge, too_large)
    app.add_exception_handler(Moved, moved)
    app.add_exception_handler(NoPath, told("no-path"))
    app.add_exception_handler(InvalidCursor, told("invalid-cursor"))
    app.add_exception_handler(BadDecision, told("bad-decision"))
    app.add_exception_handler(DecisionConflict, conflict)
    app.add_exception_handler(BadCorrection, told("bad-correction"))
    app.add_exception_handler(NotAcceptable, not_acceptable)
    app.add_exception_handler(NoClaims, no_claims)
    app.add_exception_handler(MissingExtra, not_installed)
    app.add_exception_handler(GraphError, database_error)
    app.add_exception_handler(Exception, internal_error)


def _place(loc: Sequence[int | str]) -> str:
    """The name of a parameter, or the path of a field of the body."""
    if loc[0] == "body":
        return ".".join(map(str, loc[1:])) or "body"
    return str(loc[1] if len(loc) > 1 else loc[0])


def path_below(scope: Scope) -> str:
    """The path below where the API is mounted: without a token that stands before it, or a secret that stands in it."""
    path: str = scope["path"]
    # Starlette adds what is mounted within, such as /static, to the second of them only.
    return _SECRET.sub(r"\1...", path.removeprefix(scope.get("app_root_path", scope.get("root_path", ""))))


def problem(
    request: Request,
    slug: str,
    detail: str,
    *,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> JSONResponse:
    """The answer that tells a problem.

    Args:
        request: what was asked.
        slug: the kind of problem.
        detail: what is wrong, one sentence.
        status: HTTP status, where not that of the kind.
        headers: headers of the answer.
        members: what else it tells.
    """
    kind = PROBLEMS[slug]
    content: dict[str, Any] = {
        "type": f"/problems/{slug}",
        "title": kind.title,
        "status": status or kind.status,
        "detail": detail,
        "instance": path_below(request.scope),
        "request_id": request.scope.get("huitu.request"),
        **members,
    }
    return JSONResponse(
        content, status_code=status or kind.status, headers=headers, media_type="application/problem+json"
    )
