"""What happened: an id for each request, a line in the log, and metrics for Prometheus.

None of them tells a query, a header or a secret. Metrics count routes (``/v1/entities/{id}``) and not addresses, so
that what is asked cannot make them grow.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import path_below

__all__ = ["REQUEST_ID", "STATUS", "Metrics", "Monitor", "method_of", "route_of"]

REQUEST_ID = "X-Request-ID"
STATUS = "huitu.status"
"""Where the scope of a request holds the status of its answer, as far as there is one."""

_SANE = re.compile(r"[A-Za-z0-9._-]{1,64}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

_log = logging.getLogger("huitu.access")


class Metrics:
    """What one application counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "huitu_http_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "huitu_http_request_duration_seconds",
            "Time until a request was answered in full.",
            ("method", "route"),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.in_progress = Gauge(
            "huitu_http_requests_in_progress", "Requests that are being answered.", registry=self.registry
        )
        Info("huitu", "Which Huitu this is.", registry=self.registry).info({"version": version("huitu")})
        ProcessCollector(registry=self.registry)


class Monitor:
    """Middleware around all others.

    Args:
        app: the application behind it.
        metrics: what it counts in.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID, "")
        scope["huitu.request"] = given if _SANE.fullmatch(given) else uuid.uuid4().hex
        scope[STATUS] = 500  # what the application answers where nothing below does

        begun = time.perf_counter()
        told = False

        def tell() -> None:
            nonlocal told
            if not told:
                told = True
                self._tell(scope, time.perf_counter() - begun)

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                scope[STATUS] = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = scope["huitu.request"]
            elif not message.get("more_body", False):
                tell()  # first, so that who has the whole answer finds it counted
            await send(message)

        try:
            with self._metrics.in_progress.track_inprogress():
                await self._app(scope, receive, send_with_id)
        finally:
            tell()

    def _tell(self, scope: Scope, seconds: float) -> None:
        method, route, status, key = method_of(scope), route_of(scope), scope[STATUS], scope.get("huitu.key")
        self._metrics.requests.labels(method, route, str(status)).inc()
        self._metrics.seconds.labels(method, route).observe(seconds)
        told = {
            "request_id": scope["huitu.request"],
            "method": method,
            "path": path_below(scope),
            "route": route,
            "status": status,
            "duration_ms": round(1000 * seconds, 1),
            "client": scope["client"][0] if scope.get("client") else None,
            "key": key.name if key else None,
        }
        _log.info("%s %s %d", method, told["path"], status, extra={"told": told})


def method_of(scope: Scope) -> str:
    """The method; ``other`` for one that a client made up."""
    method: str = scope["method"]
    return method if method in _METHODS else "other"


def route_of(scope: Scope) -> str:
    """The template of the address; ``none`` where no route answers, or nobody got that far."""
    path: str | None = getattr(scope.get("route"), "path", None)
    if path is None and scope["path"].startswith("/static/"):
        return "/static"
    return path or "none"
