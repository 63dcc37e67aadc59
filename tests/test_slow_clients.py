"""Clients that are slow, or many: others are answered meanwhile, and who does not get on is broken off."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from articles import article
from test_api import Served

import api
from api.limits import Limits
from graph.client import Graph
from graph.load import load, reset
from graph.settings import Connection
from huitu.connections import Connection as ClientConnection
from huitu.connections import Patience

LONG = "晨光大学与云溪科学院签署合作协议。" * 3_000
ORGANIZATIONS = {f"o{number}": f"第{number}研究院" for number in range(80)}
EXPORT = "/v1/export?format=node-link&claims=true"
OWN = "SHOW TRANSACTIONS YIELD currentQuery WHERE NOT currentQuery STARTS WITH 'SHOW' RETURN count(*) AS running"


class Hurried(ClientConnection):
    """As in service, with less patience."""

    patience = Patience(head_s=2, body_s=1, body_rate=200, taken_s=2, most=60)


@pytest.fixture(scope="module")
def long(connection: Connection) -> Iterator[Graph]:
    """A graph whose export is larger than what the system keeps on its way to a client: each edge has a long quote."""
    facts = [("SIGNED_WITH", one, other) for one, other in zip(ORGANIZATIONS, list(ORGANIZATIONS)[1:], strict=False)]
    with Graph(connection) as graph:
        reset(graph)
        load(graph, [article("long", LONG, dict(ORGANIZATIONS), facts)])
        yield graph
        reset(graph)


@pytest.fixture(scope="module")
def http(long: Graph) -> Iterator[httpx.Client]:
    """One place for who asks: whoever keeps it stops all others."""
    limits = Limits(in_flight=1, lent=3, uploads=1)
    with Served(api.create_app(long, limits=limits), http=Hurried) as client:
        yield client


@contextlib.contextmanager
def connected(http: httpx.Client, sent: bytes) -> Iterator[socket.socket]:
    """A connection that takes little at a time, and has sent something."""
    address = urlsplit(str(http.base_url))
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        client.settimeout(60)
        client.connect((address.hostname, address.port))
        client.sendall(sent)
        yield client


def head(method: str, path: str, *more: str) -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *more, "", ""]).encode()


def is_broken_off(client: socket.socket, *, drip: bytes = b"") -> bool:
    """Whether the other end gives up, to a client that sends a byte now and then and reads nothing."""
    last = time.monotonic() + 30
    client.setblocking(False)
    while time.monotonic() < last:
        try:
            client.send(drip)
            client.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            time.sleep(0.1)
        except OSError:
            return True
    return False


def is_answered(http: httpx.Client) -> bool:
    return http.get("/v1/ontology", timeout=30).status_code == 200


def test_a_head_that_comes_byte_by_byte_is_broken_off(http: httpx.Client) -> None:
    with connected(http, b"GET /v1/ont") as client:
        assert is_answered(http)
        assert is_broken_off(client, drip=b"o")


@pytest.mark.parametrize(
    ("path", "kind"), [("/v1/decisions", "application/json"), ("/v1/jobs/files", "multipart/form-data; boundary=x")]
)
def test_a_body_that_comes_byte_by_byte_keeps_nobody_waiting_and_is_broken_off(
    http: httpx.Client, path: str, kind: str
) -> None:
    asked = head("POST", path, f"Content-Type: {kind}", "Content-Length: 100000", "Idempotency-Key: k")
    with connected(http, asked + b"{") as client:
        assert is_answered(http)
        assert is_broken_off(client, drip=b" ")
    assert is_answered(http)


def test_a_body_that_comes_in_time_is_read_whole(http: httpx.Client) -> None:
    body = b'{"verdict": "same", "by": "x", "a": "' + b"x" * 4_000
    asked = head("POST", "/v1/decisions", "Content-Type: application/json", f"Content-Length: {len(body)}")
    with connected(http, asked) as client:
        for start in range(0, len(body), 500):
            client.sendall(body[start : start + 500])
            time.sleep(0.3)
        assert client.recv(12) == b"HTTP/1.1 400"


def test_who_does_not_take_an_export_lends_the_place_and_is_broken_off(http: httpx.Client, long: Graph) -> None:
    with contextlib.ExitStack() as stack:
        clients = [stack.enter_context(connected(http, head("GET", EXPORT))) for _ in range(3)]
        for client in clients:
            assert client.recv(12) == b"HTTP/1.1 200"
        assert is_answered(http)
        assert all(is_broken_off(client) for client in clients)
    assert is_answered(http)
    running = 1
    for _ in range(100):
        running = long._driver.execute_query(OWN).records[0]["running"]
        if not running:
            break
        time.sleep(0.1)
    assert running == 0, "a statement of an answer that nobody takes is still there"


def test_who_takes_an_export_slowly_gets_the_same_bytes(http: httpx.Client) -> None:
    expected = http.get(EXPORT).content
    assert len(expected) > 8_000_000
    with http.stream("GET", EXPORT) as answer:
        found = bytearray()
        for part in answer.iter_raw(1_000_000):
            found += part
            time.sleep(0.3)
    assert bytes(found) == expected


def test_idle_connections_give_way_to_new_ones(http: httpx.Client) -> None:
    with contextlib.ExitStack() as stack:
        idle = [stack.enter_context(connected(http, b"")) for _ in range(200)]
        assert is_answered(http)
        assert all(is_broken_off(client) for client in idle)
    assert is_answered(http)
