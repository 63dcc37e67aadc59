"""The application: routes, errors, headers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.datastructures import MutableHeaders
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import errors
from api.access import Access
from api.caching import is_tagged
from api.guard import Guard
from api.jobs.extraction import Extraction
from api.jobs.service import JobService, allowed_hosts
from api.keys import KeyStore
from api.limits import Limiter, Limits
from api.models import Problem
from api.monitoring import Metrics, Monitor
from api.routers import ROUTERS, browser, metrics, pages
from api.routing import add_routes
from api.tracing import Traced, Traces
from graph.client import Graph
from graph.embedded import use
from graph.load import ensure_schema
from graph.resolve import resolve
from graph.review import ReviewQueue
from graph.settings import GraphSettings, load_settings

__all__ = ["create_app"]

_WITHOUT_ENTITIES = tuple(
    f"/v1/{each}" for each in ("documents", "decisions", "claims", "corrections", "jobs", "series")
)
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-cache",
}


def create_app(
    graph: Graph | None = None,
    settings: GraphSettings | None = None,
    *,
    hosts: Collection[str] = (),
    keys: KeyStore | None = None,
    limits: Limits | None = None,
    jobs: JobService | None = None,
    cypher: bool = False,
    traces: Traces | None = None,
) -> FastAPI:
    """The HTTP interface.

    Args:
        graph: the database; the caller closes it. Without it the application opens the database of the settings
            when it starts (the embedded server where no other is named), makes sure of its schema, and closes it.
        settings: which database; without them, those of the environment.
        jobs: ingestion into that database; the caller ends it. Without it and without a graph it is the application's
            own; with a graph alone there is none.
        cypher: whether it takes Cypher that users write (reading only).
        hosts: names and addresses by which it is reached, besides loopback (`api.guard`).
        keys: the keys that are asked for (`api.access`); the caller closes them. Without them all is open.
        limits: how much may be asked at one time (`api.limits`).
        traces: where spans of requests go (`api.tracing`); a ``graph`` that is given is watched by its caller.

    Raises:
        InvalidSettings: neither is given and the environment holds settings that cannot be used.
    """
    chosen = settings or (load_settings() if graph is None else None)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with app.state.extraction:
            if chosen is None or graph is not None:
                yield
                return
            with use(chosen) as connection, Graph(connection, watch=traces.statement if traces else None) as opened:
                ensure_schema(opened)
                resolve(opened)  # a writer that was killed may have left it to do
                with JobService(chosen.data_dir / "jobs", connection, allow=allowed_hosts()) as service:
                    app.state.graph, app.state.queue, app.state.jobs = opened, ReviewQueue(opened), service
                    yield

    app = FastAPI(
        title="Huitu",
        version=version("huitu"),
        summary="Who spoke where, who hosted what and who signed with whom, with the quote behind every fact.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # FastAPI's own, wherever the process has OpenTelemetry, would tell queries, addresses and the words of errors.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    if graph is not None:
        app.state.graph, app.state.queue = graph, ReviewQueue(graph)
    app.state.keys, app.state.metrics, app.state.draining = keys, Metrics(), False
    app.state.jobs, app.state.extraction, app.state.cypher = jobs, Extraction(), cypher
    app.state.hosts = frozenset(host.lower() for host in hosts)
    errors.install(app)
    for router in (*ROUTERS, pages.router, browser.router, metrics.router):
        add_routes(app, router)
    app.mount("/static", StaticFiles(directory=pages.STATIC), name="static")
    app.add_middleware(Limiter, limits=limits or Limits())
    app.add_middleware(Access, keys=keys)
    app.add_middleware(Guard, hosts=hosts)
    app.add_middleware(_Headers)
    if traces is not None:
        app.add_middleware(Traced, traces=traces)
    app.add_middleware(Monitor, metrics=app.state.metrics)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]  # as FastAPI's documentation has it
    return app


class _Headers:
    """Adds the headers that every response carries, where it does not bring its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The description of the API; errors are problems, not FastAPI's own form."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
        schemas = schema["components"]["schemas"]
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= problem.pop("$defs", {}) | {"Problem": problem}
        for path, operations in schema["paths"].items():
            for method, operation in operations.items():
                operation["responses"] |= _without_content(method.upper(), path, operation["responses"])
        app.openapi_schema = schema
    return app.openapi_schema


def _without_content(method: str, path: str, responses: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of an operation that only lead on."""
    found = {}
    if is_tagged(method, path):
        found["304"] = {"description": "Not changed since the answer with the entity tag of `If-None-Match`."}
    if method == "GET" and "404" in responses and not path.startswith(_WITHOUT_ENTITIES):
        found["308"] = {"description": "A former id: `Location` has that of what it was merged into."}
    return found
