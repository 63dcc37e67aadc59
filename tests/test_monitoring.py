"""What operators see: ids of requests, the log, metrics, readiness; and what they must not see there."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as ASGIScope
from test_api import Served, problem

import api
from api.keys import KeyStore, Kind, Scope
from api.limits import Limiter, Limits
from api.monitoring import Metrics, Monitor
from graph.client import Graph
from graph.settings import Connection

HUITU = Path(sys.executable).parent / "huitu"
NOWHERE = Connection("bolt://127.0.0.1:1", "neo4j", "", None)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[KeyStore]:
    with contextlib.closing(KeyStore(tmp_path / "keys.sqlite")) as keys:
        yield keys


@pytest.fixture
def app() -> Iterator[FastAPI]:
    """An application whose database does not answer: nothing here needs one."""
    with Graph(NOWHERE) as nobody:
        yield api.create_app(nobody)


@pytest.fixture
def http(app: FastAPI) -> Iterator[httpx.Client]:
    with Served(app) as client:
        yield client


def told(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [vars(record)["told"] for record in caplog.records if record.name == "huitu.access"]


def samples(http: httpx.Client, **headers: str) -> dict[tuple[str, ...], float]:
    """What is counted of requests: by method, route and status."""
    response = http.get("/metrics", headers=headers)
    assert response.status_code == 200 and response.headers["content-type"].startswith("text/plain; version=")
    return {
        (each.labels["method"], each.labels["route"], each.labels["status"]): each.value
        for family in text_string_to_metric_families(response.text)
        for each in family.samples
        if each.name == "huitu_http_requests_total"
    }


def test_an_id_that_is_sent_along_is_kept_in_answers_problems_and_the_log(
    http: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "huitu")
    sent = "order-66.a_b"
    answers = [http.get(path, headers={"X-Request-ID": sent}) for path in ("/v1/ontology", "/v1/people", "/nothing")]
    assert [response.status_code for response in answers] == [200, 503, 404]
    assert {response.headers["x-request-id"] for response in answers} == {sent}
    assert problem(answers[1], "database-unavailable")["request_id"] == sent
    logged = [vars(record).get("told", {}).get("request_id") for record in caplog.records if record.name[:5] == "huitu"]
    assert logged == [sent] * 4  # three requests, one error


@pytest.mark.parametrize("sent", ["", "a" * 65, "a b", "<b>", 'a"b', "号", "a\tb"])
def test_an_id_that_could_harm_a_log_is_replaced(http: httpx.Client, sent: str) -> None:
    made = http.get("/v1/ontology", headers=[(b"X-Request-ID", sent.encode())]).headers["x-request-id"]
    assert re.fullmatch("[0-9a-f]{32}", made)


def test_an_error_that_nobody_expected_has_its_id_too(app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    @app.get("/v1/broken")
    def broken() -> None:
        raise ZeroDivisionError("a secret detail")

    caplog.set_level(logging.INFO, "huitu")
    with Served(app) as http:
        response = httpx.get(http.base_url.join("/v1/broken"), headers={"X-Request-ID": "x-1"})
        assert samples(http)["GET", "/v1/broken", "500"] == 1
    found = problem(response, "internal-error")
    assert found["request_id"] == "x-1" and "secret" not in response.text
    logged = [(each["request_id"], each["status"]) for each in told(caplog)]
    assert ("x-1", 500) in logged


def test_the_log_has_neither_queries_nor_secrets(store: KeyStore, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    key, token = store.create("甲", [Scope.READ])[1], store.create("乙", [Scope.READ], kind=Kind.PATH_TOKEN)[1]
    with Graph(NOWHERE) as nobody, Served(api.create_app(nobody, keys=store)) as http:
        bearer = {"Authorization": f"Bearer {key}"}
        assert http.get("/v1/ontology", headers=bearer).status_code == 200
        http.get("/v1/people?q=geheim", headers=bearer)
        http.post("/v1/session", json={"key": key})
        http.get(f"/t/{token}/v1/ontology")
        http.get(f"/t/{token}")
        http.get(f"/v1/{token}/t", headers=bearer)  # mistaken addresses must not tell them either
        http.get(f"/tt/{key}")
    logged = told(caplog)
    assert [each["key"] for each in logged[:4]] == ["甲", "甲", None, "乙"]
    assert logged[3]["path"] == "/v1/ontology"
    text = json.dumps(logged) + "".join(each.getMessage() for each in caplog.records if each.name.startswith("huitu"))
    assert not [each for each in (key, token, "geheim", "Bearer") if each in text]


def test_metrics_count_routes_and_not_addresses(http: httpx.Client) -> None:
    for number in range(30):
        http.get(f"/v1/entities/o-{number}")
        http.get(f"/nothing/{number}")
        http.request(f"M{number}", "/v1/ontology")
    http.get("/static/explorer.css")
    counted = samples(http)
    assert counted["GET", "/v1/entities/{id}", "503"] == 30
    assert counted["GET", "none", "404"] == 30
    assert counted["GET", "/static", "200"] == 1
    assert sum(number for (method, _, _), number in counted.items() if method == "other") == 30
    assert len(counted) <= 6


def test_who_has_the_whole_answer_finds_it_counted() -> None:
    metrics, seen = Metrics(), []

    async def application(_scope: ASGIScope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"a", "more_body": True})
        await send({"type": "http.response.body", "body": b"b"})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        label = {"method": "GET", "route": "none", "status": "200"}
        seen.append((message.get("body"), metrics.registry.get_sample_value("huitu_http_requests_total", label)))

    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    asyncio.run(Monitor(application, metrics)(scope, receive, send))
    assert seen == [(None, None), (b"a", None), (b"b", 1)]


def test_metrics_are_not_public_where_keys_are_asked_for(store: KeyStore) -> None:
    with Graph(NOWHERE) as nobody, Served(api.create_app(nobody, keys=store)) as http:
        problem(http.get("/metrics"), "unauthorized")
        reader = {"Authorization": f"Bearer {store.create('甲', [Scope.READ])[1]}"}
        problem(http.get("/metrics", headers=reader), "forbidden")
        scraper = {"Authorization": f"Bearer {store.create('乙', [Scope.METRICS])[1]}"}
        assert samples(http, **scraper)
        problem(http.get("/v1/ontology", headers=scraper), "forbidden")


def test_an_answer_that_does_not_begin_in_time_is_a_problem_and_its_work_keeps_its_slot() -> None:
    go, ended = threading.Event(), threading.Event()
    with Graph(NOWHERE) as nobody:
        app = api.create_app(nobody, limits=Limits(in_flight=1, waiting=0, answer_s=0.2))

        @app.get("/v1/slow")
        def slow() -> None:
            go.wait(60)
            ended.set()

        with Served(app) as http:
            problem(http.get("/v1/slow"), "too-slow")
            problem(http.get("/v1/ontology"), "busy")
            go.set()
            assert ended.wait(60)
            answers = (http.get("/v1/ontology").status_code for _ in range(600))
            assert next(status for status in answers if status not in (503, 504)) == 200


def answered(path: str, app: ASGIApp) -> list[Any]:
    """Status and parts of what a limiter, whose answers have five milliseconds to begin, sends of an application."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": []}
    asyncio.run(Limiter(app, Limits(answer_s=0.005))(scope, receive, send))
    return [message.get("status") or message["body"] for message in sent]


async def slow_stream(_scope: ASGIScope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await asyncio.sleep(0.1)
    await send({"type": "http.response.body", "body": b"whole"})


async def slow_upload(scope: ASGIScope, receive: Receive, send: Send) -> None:
    await asyncio.sleep(0.1)
    await slow_stream(scope, receive, send)


def test_a_stream_that_has_begun_may_take_its_time() -> None:
    assert answered("/v1/changes", slow_stream) == [200, b"whole"]


def test_an_upload_has_longer_than_other_requests() -> None:
    assert answered("/v1/jobs/files", slow_upload) == [200, b"whole"]
    assert answered("/v1/decisions", slow_upload)[0] == 504


def test_a_service_that_drains_is_not_ready_and_answers(app: FastAPI, http: httpx.Client) -> None:
    app.state.draining = True
    problem(http.get("/health/ready"), "draining")
    assert http.get("/health/live").status_code == 200
    assert http.get("/v1/ontology").status_code == 200


def test_sigterm_drains_before_it_ends_and_the_log_is_json(connection: Connection, tmp_path: Path) -> None:
    env = {
        **os.environ,
        "NEO4J_URI": connection.uri,
        "NEO4J_USERNAME": connection.username,
        "NEO4J_PASSWORD": connection.password,
        "HUITU_DATA_DIR": str(tmp_path),
        "HUITU_LOGS": "json",
        "HUITU_DRAIN_S": "600",
    }
    command = [HUITU, "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, text=True)
    assert process.stdout is not None
    address = next(line for line in process.stdout if "Explorer" in line).split()[-1]
    with httpx.Client(base_url=address, transport=httpx.HTTPTransport(retries=9), timeout=60) as http:
        assert http.get("/health/ready", headers={"X-Request-ID": "first"}).status_code == 200
        process.send_signal(signal.SIGTERM)
        while (ready := http.get("/health/ready", headers={"Connection": "close"})).status_code == 200:
            time.sleep(0.05)
        problem(ready, "draining")
        assert http.get("/v1/ontology").status_code == 200
    process.send_signal(signal.SIGTERM)  # a second one ends it at once
    _, err = process.communicate(timeout=120)
    lines = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
    [first] = [each for each in lines if each.get("request_id") == "first"]
    assert first["route"] == "/health/ready" and first["status"] == 200 and first["level"] == "info"
    assert {"time", "logger", "message", "duration_ms", "method", "path"} <= set(first)
