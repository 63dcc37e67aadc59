"""Too much at one time is told so, and does not bring the service down."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from articles import newsroom
from starlette.responses import StreamingResponse
from test_api import Served, problem

import api
from api.limits import Limiter, Limits
from graph.client import Graph
from graph.load import load
from huitu.serving import listening


@pytest.fixture
def news(graph: Graph) -> Iterator[Graph]:
    load(graph, newsroom())
    yield graph


def test_who_asks_too_often_is_told_when_to_come_again(news: Graph) -> None:
    with Served(api.create_app(news, limits=Limits(rate=0.001, burst=2))) as http:
        first, second, third = (http.get("/v1/ontology") for _ in range(3))
        assert [first.status_code, second.status_code] == [200, 200]
        assert first.headers["ratelimit"] == '"requests";r=1'
        problem(third, "too-many-requests")
        assert int(third.headers["retry-after"]) > 1
        assert http.get("/health/live").status_code == 200


def test_no_answer_waits_for_the_acknowledgement_of_its_head() -> None:
    with (
        listening("127.0.0.1", 0) as listener,
        socket.socket() as client,
    ):
        listener.listen()
        client.connect(listener.getsockname())
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_bucket_fills_again(news: Graph) -> None:
    now = [0.0]
    limiter = Limiter(api.create_app(news), Limits(rate=2, burst=1), clock=lambda: now[0])
    scope = {"client": ("192.0.2.1", 1)}
    assert limiter._take(scope, 2) == 0
    assert limiter._take(scope, 2) < 0
    assert limiter._take({"client": ("192.0.2.2", 1)}, 2) == 0
    now[0] = 0.5
    assert limiter._take(scope, 2) == 0


def test_an_address_that_is_too_long_is_refused(news: Graph) -> None:
    with Served(api.create_app(news)) as http:
        problem(http.get("/v1/entities?q=" + "a" * 8_000), "address-too-long")


def test_when_all_slots_are_taken_the_rest_is_turned_away_and_health_answers(news: Graph) -> None:
    entered, go = threading.Event(), threading.Event()
    app = api.create_app(news, limits=Limits(in_flight=1, waiting=0))

    @app.get("/v1/slow")
    def slow() -> None:
        entered.set()
        go.wait(60)

    with Served(app) as http, ThreadPoolExecutor(1) as pool:
        answer = pool.submit(http.get, "/v1/slow")
        assert entered.wait(60)
        refused = http.get("/v1/ontology")
        problem(refused, "busy")
        assert refused.headers["retry-after"] == "1"
        assert http.get("/health/live").status_code == 200
        go.set()
        assert answer.result().status_code == 200
        assert http.get("/v1/ontology").status_code == 200


def test_who_follows_events_takes_no_slot_from_who_asks(news: Graph) -> None:
    app = api.create_app(news, limits=Limits(in_flight=1, waiting=0))
    end = threading.Event()

    def wait() -> Iterator[str]:
        yield "event: begun\n\n"
        end.wait(60)

    @app.get("/v1/follow")
    def follow() -> StreamingResponse:
        return StreamingResponse(wait(), media_type="text/event-stream")

    with Served(app) as http:
        with http.stream("GET", "/v1/follow") as stream:
            assert next(stream.iter_text()).startswith("event")
            assert http.get("/v1/ontology").status_code == 200
            assert http.get("/v1/ontology").status_code == 200
            end.set()
        assert http.get("/v1/ontology").status_code == 200


def test_500_clients_at_once_are_answered_or_told_to_come_again(news: Graph) -> None:
    with Served(api.create_app(news, limits=Limits(rate=100, burst=200))) as http:
        with (
            httpx.Client(base_url=http.base_url, timeout=120, limits=httpx.Limits(max_connections=500)) as client,
            ThreadPoolExecutor(500) as pool,
        ):
            statuses = list(pool.map(lambda _: client.get("/v1/statistics").status_code, range(500)))
        assert set(statuses) <= {200, 429, 503}
        assert 200 in statuses and len(set(statuses)) > 1
        assert http.get("/health/live").status_code == 200
