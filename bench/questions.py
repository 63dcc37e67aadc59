"""The API against the bare driver: ten typical questions at 1, 8 and 32 clients, each against its own Cypher.

    python -m bench.questions [--extractions FILE] [--documents N] [--seconds S] [--rounds N] [--clients N ...]
                              [--json FILE]

The statements of a question are those that the application sends for it, recorded once and then sent by the driver
alone, with as many sessions as there are clients; rounds alternate between the two. Text: FILE (what ``huitu extract
--with-text`` wrote), else what the extractor finds in the documents of `bench.corpus`. Figures that matter are ratios.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import Any, LiteralString, TypeAlias

import httpx
import neo4j
from fastapi.testclient import TestClient

import cypher
from api import create_app
from bench.corpus import extraction_of, extractions
from bench.figures import Spread, bare_driver, spread, tell
from graph import queries
from graph.bulk import bulk
from graph.client import Graph, Row
from graph.embedded import EmbeddedServer
from graph.schema import EntityType
from graph.settings import Connection
from graph.workers import cores

HUITU = Path(sys.executable).with_name("huitu")
CLIENTS = (1, 8, 32)

Statement: TypeAlias = tuple[LiteralString, dict[str, Any]]


class Recorder(Graph):
    """A graph that keeps what is asked of it: statements and their parameters."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def read(self, name: str, **parameters: Any) -> list[Row]:
        """As `Graph.read`."""
        self.asked.append((name, parameters))
        return super().read(name, **parameters)


def questions(graph: Graph) -> dict[str, str]:
    """Addresses of the questions by name, about what the graph names most often."""
    first = {
        type: queries.entities(graph, type, limit=2).items
        for type in (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.FORUM, EntityType.PLACE)
    }
    person, other = first[EntityType.PERSON]
    body, forum, place = (first[type][0] for type in (EntityType.ORGANIZATION, EntityType.FORUM, EntityType.PLACE))
    document = queries.documents(graph, limit=1).items[0]
    return {
        "search": f"/v1/entities?q={forum.name}",
        "entity": f"/v1/entities/{body.id}",
        "claims": f"/v1/entities/{person.id}/claims",
        "neighbours": f"/v1/entities/{body.id}/neighbours",
        "members": f"/v1/entities/{person.id}/members",
        "places": f"/v1/entities/{place.id}/neighbours?relation=HELD_IN",
        "forums": "/v1/forums",
        "document": f"/v1/documents/{document.id}",
        "documents": f"/v1/documents?q={body.name}",
        "path": f"/v1/paths?from={person.id}&to={other.id}",
    }


def compare(connection: Connection, clients: Sequence[int], duration: float, rounds: int) -> dict[str, Any]:
    """Requests a second and latencies of each question, through the API and through the driver alone."""
    found: dict[str, Any] = {}
    with Recorder(connection) as recorder, _served(connection) as base, bare_driver(connection) as driver:
        asker = TestClient(create_app(recorder), base_url="http://127.0.0.1")
        for name, address in questions(recorder).items():
            recorder.asked.clear()
            asker.get(address).raise_for_status()
            statements = [(cypher.load(statement), parameters) for statement, parameters in recorder.asked]
            found[name] = {"address": address, "statements": [statement for statement, _ in recorder.asked]}
            alone = partial(_ask, driver, statements)
            for count in clients:
                with ExitStack() as stack:
                    https = [stack.enter_context(httpx.Client(base_url=base, timeout=60)) for _ in range(count)]
                    api = [partial(_get, http, address) for http in https]
                    found[name][f"{count} clients"] = _both(api, [alone] * count, duration, rounds)
    return found


def _both(
    api: Sequence[Callable[[], None]], alone: Sequence[Callable[[], None]], duration: float, rounds: int
) -> dict[str, Any]:
    for calls in (api, alone):
        _hammer(calls, duration / 4)  # caches and connections are warm before the clock
    pairs = [(_hammer(api, duration), _hammer(alone, duration)) for _ in range(rounds)]
    return {
        "api": _spreads([one for one, _ in pairs]),
        "driver": _spreads([other for _, other in pairs]),
        "latency as a multiple": {
            mark: spread([one[mark] / other[mark] for one, other in pairs]) for mark in ("p50", "p95", "p99")
        },
        "requests as a share": spread([one["a second"] / other["a second"] for one, other in pairs]),
    }


def _spreads(figures: Sequence[Mapping[str, float]]) -> dict[str, Spread]:
    return {name: spread([each[name] for each in figures]) for name in figures[0]}


def _get(client: httpx.Client, address: str) -> None:
    client.get(address).raise_for_status()


def _ask(driver: neo4j.Driver, statements: list[Statement]) -> None:
    for statement, parameters in statements:
        with driver.session(default_access_mode=neo4j.READ_ACCESS) as session:
            session.run(statement, parameters).data()


def _hammer(calls: Sequence[Callable[[], None]], duration: float) -> dict[str, float]:
    """Call each over and over in a thread of its own; calls a second, latencies in ms."""
    end = time.perf_counter() + duration
    with ThreadPoolExecutor(len(calls)) as pool:
        took = [ms for own in pool.map(partial(_repeat, end), calls) for ms in own]
    marks = quantiles(took, n=100, method="inclusive")
    return {"a second": len(took) / duration, "p50": marks[49], "p95": marks[94], "p99": marks[98]}


def _repeat(end: float, call: Callable[[], None]) -> list[float]:
    """Milliseconds of each call, two at least."""
    took: list[float] = []
    while (begin := time.perf_counter()) < end or len(took) < 2:
        call()
        took.append((time.perf_counter() - begin) * 1000)
    return took


@contextmanager
def _served(connection: Connection) -> Iterator[str]:
    """The address of ``huitu serve`` on this database."""
    settings = {
        "NEO4J_URI": connection.uri,
        "NEO4J_USERNAME": connection.username,
        "NEO4J_PASSWORD": connection.password,
    }
    command = [str(HUITU), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **settings}) as process:
        assert process.stdout is not None
        try:
            base = next(line.split()[-1] for line in process.stdout if line.startswith("Explorer")).rstrip("/")
            while not _answers(base):
                time.sleep(0.1)
            yield base
        finally:
            process.terminate()


def _answers(base: str) -> bool:
    try:
        return httpx.get(f"{base}/health/live").is_success
    except httpx.ConnectError:
        return False


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.questions", description=__doc__)
    parser.add_argument("--extractions", type=Path, help="file of what to load")
    parser.add_argument("--documents", type=int, default=4000, help="how many to load")
    parser.add_argument("--seconds", type=float, default=2, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, nargs="+", default=CLIENTS)
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedServer(Path(folder) / "data", bolt_port=0, http_port=0)
        lines = extractions(options.extractions, options.documents)
        bulk(server, lines, read=extraction_of, processes=cores())
        with server.use() as connection:
            found = compare(connection, options.clients, options.seconds, options.rounds)
    tell(found, options.json)


if __name__ == "__main__":
    main()
