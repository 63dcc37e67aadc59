"""Traces reach a collector where the environment names one, tell no more than they may, and stay away elsewhere."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from articles import newsroom
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status
from test_api import FORUM_31, LIN, Served, problem

import api
import cypher
from api.tracing import open_traces
from graph.client import Graph
from graph.errors import MissingExtra
from graph.load import load
from graph.settings import Connection

HUITU = Path(sys.executable).with_name("huitu")
NOWHERE = Connection("bolt://127.0.0.1:1", "neo4j", "geheim-password", None)
ATTRIBUTES = {"http.request.method", "http.route", "http.response.status_code", "huitu.request_id"}


class Collector:
    """A collector of OTLP over HTTP: keeps what is sent to it."""

    def __init__(self) -> None:
        received = self.received = list[bytes]()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.path == "/v1/traces"
                received.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Type", "application/x-protobuf")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def requests(self) -> list[ExportTraceServiceRequest]:
        return [ExportTraceServiceRequest.FromString(each) for each in self.received]

    def spans(self) -> list[Span]:
        return [
            span
            for request in self.requests()
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]

    def resource(self) -> dict[str, str]:
        """What the service says of itself."""
        return attributes(self.requests()[0].resource_spans[0].resource.attributes)


@pytest.fixture
def collector() -> Iterator[Collector]:
    made = Collector()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("OTEL_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def named(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> Collector:
    """A collector that the environment names."""
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address)
    return collector


@contextmanager
def served(connection: Connection) -> Iterator[httpx.Client]:
    """The API as the command line serves it; at the end all spans are sent."""
    with (
        open_traces() as traces,
        Graph(connection, watch=traces.statement if traces else None, acquisition_timeout_s=5) as graph,
        Served(api.create_app(graph, traces=traces, cypher=True)) as http,
    ):
        yield http


def attributes(found: Any) -> dict[str, Any]:
    return {each.key: getattr(each.value, each.value.WhichOneof("value")) for each in found}


def tree(spans: list[Span]) -> dict[str, list[str]]:
    """Names of the statements below each request."""
    requests = {span.span_id: span.name for span in spans if span.kind == Span.SPAN_KIND_SERVER}
    found: dict[str, list[str]] = {name: [] for name in requests.values()}
    for span in spans:
        if span.kind == Span.SPAN_KIND_CLIENT:
            found[requests[span.parent_span_id]].append(span.name)
    return found


def test_a_request_is_a_span_and_each_statement_one_below_it(
    graph: Graph, connection: Connection, named: Collector
) -> None:
    load(graph, newsroom())
    with served(connection) as http:
        assert http.get(f"/v1/entities/{LIN}", headers={"X-Request-ID": "order-66"}).status_code == 200
        assert http.get("/v1/ontology").status_code == 200
    spans = named.spans()
    found = tree(spans)
    assert found["GET /v1/ontology"] == [] and "entity" in " ".join(found["GET /v1/entities/{id}"])
    known = {path.stem for path in Path(cypher.__file__).parent.rglob("*.cypher")}
    assert {name for names in found.values() for name in names} <= known
    [request] = [span for span in spans if span.name == "GET /v1/entities/{id}"]
    assert attributes(request.attributes) == {
        "http.request.method": "GET",
        "http.route": "/v1/entities/{id}",
        "http.response.status_code": 200,
        "huitu.request_id": "order-66",
    }
    statement = next(span for span in spans if span.parent_span_id == request.span_id)
    assert attributes(statement.attributes) == {"db.system.name": "neo4j", "db.query.summary": statement.name}
    assert request.start_time_unix_nano <= statement.start_time_unix_nano
    assert statement.end_time_unix_nano <= request.end_time_unix_nano


def test_a_stream_and_a_write_have_their_statements_too(graph: Graph, connection: Connection, named: Collector) -> None:
    load(graph, newsroom())
    with served(connection) as http:
        assert http.get("/v1/export?format=node-link").content
        made = http.post("/v1/decisions", json={"verdict": "unsure", "a": LIN, "b": FORUM_31, "by": "甲"})
        assert made.status_code == 422
        assert http.post("/v1/cypher", json={"query": "MATCH (n:Person) RETURN n.name AS geheim"}).is_success
    found = tree(named.spans())
    assert len(found["GET /v1/export"]) >= 2 and found["POST /v1/decisions"]
    assert "of_the_user" in found["POST /v1/cypher"]


def test_spans_tell_neither_what_was_asked_nor_who_asks(graph: Graph, connection: Connection, named: Collector) -> None:
    load(graph, newsroom())
    with served(connection) as http:
        agent = {"User-Agent": "geheim-agent", "Authorization": "Bearer geheim-key", "Cookie": "huitu_session=geheim"}
        http.headers.update(agent)
        http.get("/v1/entities", params={"q": "geheim"})
        http.get("/v1/people/geheim/forums")
        http.get("/geheim")
        http.post("/v1/cypher", json={"query": "MATCH (geheim) RETURN geheim.name", "parameters": {"x": "geheim"}})
        http.post("/v1/cypher", json={"query": "MATCH geheim"})
        http.request("GEHEIM", "/v1/ontology")
    everything = b"".join(named.received)
    assert len(named.spans()) > 6
    assert b"geheim" not in everything.lower() and b"127.0.0.1" not in everything


def test_the_span_of_a_request_that_fails_says_so_without_the_words_of_the_error(named: Collector) -> None:
    with served(NOWHERE) as http:
        problem(http.get("/v1/entities?q=geheim"), "database-unavailable")
        problem(http.get("/v1/ontology?geheim=1"), "unknown-parameter")
    failed = [span for span in named.spans() if span.status.code == Status.STATUS_CODE_ERROR]
    assert [(span.kind, attributes(span.attributes)["error.type"]) for span in failed] == [
        (Span.SPAN_KIND_CLIENT, "DatabaseUnreachable"),
        (Span.SPAN_KIND_SERVER, "503"),
    ]
    assert all(not span.events and not span.status.message for span in named.spans())
    assert b"geheim" not in b"".join(named.received)


def test_a_fault_of_ours_is_the_error_of_its_span(named: Collector) -> None:
    with open_traces() as traces, Graph(NOWHERE) as nobody:
        app = api.create_app(nobody, traces=traces)

        @app.get("/v1/broken")
        def broken() -> None:
            raise ZeroDivisionError("geheim")

        with Served(app) as http:
            assert http.get("/v1/broken").status_code == 500
    [span] = named.spans()
    assert (span.name, span.status.code) == ("GET /v1/broken", Status.STATUS_CODE_ERROR)
    assert b"geheim" not in b"".join(named.received)


def test_a_trace_that_a_caller_began_goes_on(named: Collector) -> None:
    trace, parent = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
    with served(NOWHERE) as http:
        http.get("/v1/ontology", headers={"traceparent": f"00-{trace}-{parent}-01"})
        http.get("/v1/ontology", headers={"traceparent": f"00-{trace}-{parent}-00"})  # a caller that keeps no spans
    [span] = named.spans()
    assert (span.trace_id.hex(), span.parent_span_id.hex()) == (trace, parent)


def test_the_service_has_a_name_which_the_environment_may_change(
    named: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(NOWHERE) as http:
        http.get("/v1/ontology")
    assert named.resource()["service.name"] == "huitu" and named.resource()["service.version"]
    named.received.clear()
    monkeypatch.setenv("OTEL_SERVICE_NAME", "ours")
    with served(NOWHERE) as http:
        http.get("/v1/ontology")
    assert named.resource()["service.name"] == "ours"


@pytest.mark.parametrize("setting", [{"OTEL_TRACES_EXPORTER": "none"}, {"OTEL_SDK_DISABLED": "true"}])
def test_what_is_switched_off_sends_nothing(
    named: Collector, monkeypatch: pytest.MonkeyPatch, setting: Mapping[str, str]
) -> None:
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    with open_traces() as traces:
        assert traces is None
    with served(NOWHERE) as http:
        assert http.get("/v1/ontology").status_code == 200
    assert named.received == []


def test_without_a_setting_the_sdk_that_is_installed_is_not_even_imported() -> None:
    code = (
        "import sys, api, huitu.serving\n"
        "from api.tracing import open_traces\n"
        "with open_traces() as traces: api.create_app(object()); print(traces)\n"
        "print([name for name in sys.modules if name.startswith(('opentelemetry.sdk', 'opentelemetry.exporter'))])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["None", "[]"]


def test_a_collector_that_does_not_answer_is_no_matter_of_the_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")
    with served(NOWHERE) as http:
        assert http.get("/v1/ontology").status_code == 200


@pytest.mark.usefixtures("named")
def test_traces_that_are_asked_for_and_not_installed_are_an_error_that_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(MissingExtra) as raised, open_traces():
        pass
    assert raised.value.hint == "pip install 'huitu[otel]'"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OTEL_TRACES_EXPORTER", "zipkin"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
        ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/json"),
    ],
)
def test_an_exporter_that_there_is_not_is_an_error_at_the_start(
    collector: Collector, tmp_path: Path, name: str, value: str
) -> None:
    env = {**os.environ, "OTEL_EXPORTER_OTLP_ENDPOINT": collector.address, "HUITU_DATA_DIR": str(tmp_path), name: value}
    found = subprocess.run([HUITU, "serve", "--port", "0"], env=env, capture_output=True, text=True)
    assert found.returncode == 2 and name in found.stderr and value in found.stderr
    assert list(tmp_path.iterdir()) == [], "no database was begun"


def test_the_command_line_sends_traces_until_it_stops(
    connection: Connection, collector: Collector, tmp_path: Path
) -> None:
    env = {
        **os.environ,
        "NEO4J_URI": connection.uri,
        "NEO4J_USERNAME": connection.username,
        "NEO4J_PASSWORD": connection.password,
        "HUITU_DATA_DIR": str(tmp_path),
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector.address,
    }
    command = [HUITU, "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, text=True)
    assert process.stdout is not None
    address = next(line for line in process.stdout if "Explorer" in line).split()[-1]
    with httpx.Client(base_url=address, transport=httpx.HTTPTransport(retries=9), timeout=60) as http:
        assert http.get("/health/ready").status_code == 200
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)
    assert tree(collector.spans()) == {"GET /health/ready": ["check_database"]}, "of the start there are none"
