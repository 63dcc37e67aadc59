"""Traces by OpenTelemetry, where the environment says where to send them: a span for each request and each statement.

A span tells no more than a log line does, and less: the route as a template, the status, the id of the request, the
name of the statement. Addresses, queries, parameters, keys, who asks and the words of errors are in none. Without a
setting nothing is sent, and the SDK is not even imported.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.monitoring import STATUS, method_of, route_of
from graph.errors import HuituError, MissingExtra

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

__all__ = ["BadTraceSetting", "Traced", "Traces", "open_traces"]

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_PROTOCOLS = ("OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL")
_ERRORS_FROM = 500  # what the client did wrong is no fault of a server's span, by OpenTelemetry's conventions


class BadTraceSetting(HuituError):
    """A variable of OpenTelemetry asks for what Huitu does not do; ``name`` is that of the variable."""

    exit_code = 2

    def __init__(self, name: str, value: str, known: str) -> None:
        super().__init__(f"{name} is {value!r}; Huitu knows {known}")
        self.name = name


class Traces:
    """Makes the spans of one service.

    Args:
        tracer: of the SDK, or of the API alone, which then does nothing.
    """

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer

    @contextmanager
    def request(self, method: str, headers: Headers) -> Iterator[Span]:
        """The span of a request, below that of the caller if its headers name one (W3C Trace Context)."""
        from opentelemetry.propagate import extract
        from opentelemetry.trace import SpanKind

        # What an error says may hold what was asked for: its words are recorded neither here nor below.
        with self._tracer.start_as_current_span(
            method, extract(headers), SpanKind.SERVER, record_exception=False, set_status_on_exception=False
        ) as span:
            yield span

    @contextmanager
    def statement(self, name: str) -> Iterator[None]:
        """The span of a statement of the package ``cypher``, below that of the request that runs it; elsewhere none."""
        from opentelemetry.trace import SpanKind, get_current_span

        if not get_current_span().get_span_context().is_valid:
            yield
            return
        # It is never the current one: the rows of a stream are read by one thread after another, and nothing is below.
        span = self._tracer.start_span(
            name, kind=SpanKind.CLIENT, attributes={"db.system.name": "neo4j", "db.query.summary": name}
        )
        try:
            yield
        except Exception as error:
            _failed(span, type(error).__name__)
            raise
        finally:
            span.end()


class Traced:
    """Middleware below `api.monitoring.Monitor`: a span for each request.

    Args:
        app: the application behind it.
        traces: where its spans go.
    """

    def __init__(self, app: ASGIApp, traces: Traces) -> None:
        self._app = app
        self._traces = traces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        method = method_of(scope)
        with self._traces.request(method, Headers(scope=scope)) as span:
            try:
                await self._app(scope, receive, send)
            except Exception as error:
                _failed(span, type(error).__name__)
                raise
            finally:
                route, status = route_of(scope), scope[STATUS]
                span.update_name(f"{method} {route}")
                span.set_attribute("http.request.method", method)
                span.set_attribute("http.route", route)
                span.set_attribute("http.response.status_code", status)
                span.set_attribute("huitu.request_id", scope["huitu.request"])
                if status >= _ERRORS_FROM:
                    _failed(span, str(status))


@contextmanager
def open_traces() -> Iterator[Traces | None]:
    """What the environment asks for; None where it asks for nothing. What is not yet sent is sent at the end.

    Raises:
        MissingExtra: it asks for traces, and the SDK is not installed.
        BadTraceSetting: it asks for another exporter or protocol than there is.
    """
    if not _wanted():
        yield None
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import OTELResourceDetector, Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise MissingExtra("opentelemetry-exporter-otlp-proto-http", "otel") from error
    ours = Resource({"service.name": "huitu", "service.version": version("huitu")})
    # The environment is asked again at the end, so that its name of the service goes before ours.
    resource = Resource.create().merge(ours).merge(OTELResourceDetector().detect())
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    try:
        yield Traces(provider.get_tracer("huitu", version("huitu")))
    finally:
        provider.shutdown()


def _wanted() -> bool:
    """Whether the environment asks for traces, by the variables of OpenTelemetry's specification."""
    exporter = os.environ.get("OTEL_TRACES_EXPORTER", "")
    if os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true" or exporter == "none":
        return False
    if exporter not in ("", "otlp"):
        raise BadTraceSetting("OTEL_TRACES_EXPORTER", exporter, "otlp and none")
    if not exporter and not any(os.environ.get(name) for name in _ENDPOINTS):
        return False
    for name in _PROTOCOLS:
        if (protocol := os.environ.get(name, "")) not in ("", "http/protobuf"):
            raise BadTraceSetting(name, protocol, "http/protobuf")
    return True


def _failed(span: Span, kind: str) -> None:
    from opentelemetry.trace import StatusCode

    span.set_attribute("error.type", kind)
    span.set_status(StatusCode.ERROR)
