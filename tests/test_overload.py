"""Twice as many clients as the service takes in, with reads, exports, ingestion and reviews mixed: it holds.

An hour in ``make soak`` (``SOAK_LOAD_SECONDS``); in ``make test`` there are 500 clients at once (``test_limits.py``).
The service is a process of its own. Its answers are what they should be, or 429 and 503 that say when to come again;
its memory does not grow, and afterwards nothing is left open and it is as quick as before.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import psutil
import pytest
from articles import article
from test_cli import environment
from test_jobs import TEXT, started

from api.keys import KeyStore, Scope
from api.limits import Limits
from graph.client import Graph
from graph.identity import entity_id
from graph.load import load, reset
from graph.schema import EntityType
from graph.settings import Connection

SECONDS = float(os.environ.get("SOAK_LOAD_SECONDS", "60"))
CLIENTS = 2 * (Limits().in_flight + Limits().waiting)
KEYS = 16
INSTITUTES = 200
WARM_S = 4
KEPT_MIB, KEPT_SHARE = 48, 1.15  # how much more memory there may be at the end than at the start, beside noise
SLOWER = 3.0
OWN = "SHOW TRANSACTIONS YIELD currentQuery WHERE NOT currentQuery STARTS WITH 'SHOW' RETURN count(*) AS running"

Ask = Callable[[httpx.Client, random.Random], httpx.Response]


def institute(number: int) -> str:
    return f"第{number}研究院"


def some(draw: random.Random) -> str:
    return entity_id(EntityType.ORGANIZATION, institute(draw.randrange(INSTITUTES)))


def read(http: httpx.Client, draw: random.Random) -> httpx.Response:
    paths = ("/v1/statistics", "/v1/feed", f"/v1/entities/{some(draw)}", f"/v1/entities/{some(draw)}/neighbours")
    return http.get(draw.choice(paths))


def search(http: httpx.Client, draw: random.Random) -> httpx.Response:
    return http.get("/v1/entities", params={"q": institute(draw.randrange(INSTITUTES))})


def export(http: httpx.Client, draw: random.Random) -> httpx.Response:
    return http.get("/v1/export", params={"format": draw.choice(["graphml", "csv", "xlsx", "turtle"])})


def broken_off(http: httpx.Client, draw: random.Random) -> httpx.Response:
    """An export that the client does not read to its end."""
    with http.stream("GET", "/v1/export", params={"format": draw.choice(["node-link", "jsonld"])}) as answer:
        next(answer.iter_raw(1), None)
    return answer


def ingest(http: httpx.Client, draw: random.Random) -> httpx.Response:
    number = draw.randrange(100)  # a document comes again and again with another text, so that the graph does not grow
    document = {"text": f"{TEXT}第{draw.randrange(10**6)}号通知。", "doc": f"load/{number}"}
    return http.post("/v1/jobs", json={"documents": [document]})


def upload(http: httpx.Client, draw: random.Random) -> httpx.Response:
    name, text = f"load-{draw.randrange(100)}.txt", f"{TEXT}第{draw.randrange(10**6)}号附件。"
    headers = {"Idempotency-Key": str(draw.randrange(10**12))}
    return http.post("/v1/jobs/files", files={"files": (name, text.encode())}, headers=headers)


def decide(http: httpx.Client, draw: random.Random) -> httpx.Response:
    pair = 2 * draw.randrange(INSTITUTES // 2)
    a, b = (entity_id(EntityType.ORGANIZATION, institute(number)) for number in (pair, pair + 1))
    return http.post("/v1/decisions", json={"verdict": draw.choice(["different", "unsure"]), "a": a, "b": b})


def follow(http: httpx.Client, _draw: random.Random) -> httpx.Response:
    return http.get("/v1/jobs")


def extract(http: httpx.Client, _draw: random.Random) -> httpx.Response:
    return http.post("/v1/extract", json={"text": TEXT})


MIX: dict[Ask, int] = {
    read: 34,
    search: 24,
    export: 8,
    broken_off: 4,
    ingest: 6,
    upload: 3,
    decide: 10,
    follow: 8,
    extract: 3,
}
RIGHT = {200, 201, 202}


@dataclass
class Seen:
    """What clients were answered."""

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    workers: list[float] = field(default_factory=list)
    files: int = 0


class Load:
    """A service, its process and its clients."""

    def __init__(self, address: str, process: psutil.Process, secrets: list[str], graph: Graph) -> None:
        self.address, self.process, self.secrets, self.graph = address, process, secrets, graph

    def client(self, number: int) -> httpx.Client:
        headers = {"X-API-Key": self.secrets[number % len(self.secrets)]}
        return httpx.Client(base_url=self.address, timeout=180, headers=headers)

    def run(self, seconds: float) -> Seen:
        """Have all clients ask for so long, one after the other answer; look at the process meanwhile."""
        seen, end, lock = Seen(), time.monotonic() + seconds, threading.Lock()

        def ask(number: int) -> None:
            draw = random.Random(number)  # noqa: S311
            asks, weights = list(MIX), list(MIX.values())
            with self.client(number) as http:
                while time.monotonic() < end:
                    [kind] = draw.choices(asks, weights)
                    try:
                        answer = kind(http, draw)
                    except httpx.TransportError as error:
                        with lock:
                            seen.wrong.append(f"{kind.__name__}: {error!r}")
                        continue
                    again = answer.headers.get("retry-after", "")
                    with lock:
                        seen.answers[kind.__name__, answer.status_code] += 1
                        if answer.status_code not in RIGHT and not (answer.status_code in (429, 503) and again):
                            seen.wrong.append(f"{kind.__name__}: {answer.status_code}")
                    if again:
                        time.sleep(min(int(again), 1) * draw.random())  # sooner than told

        clients = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
        for each in clients:
            each.start()
        with self.client(0) as http:
            while time.monotonic() < end:
                assert http.get("/health/live").status_code == 200
                seen.memory.append(self.process.memory_info().rss / 2**20)
                children = self.process.children(recursive=True)
                with contextlib.suppress(psutil.NoSuchProcess):
                    seen.workers.append(sum(each.memory_info().rss for each in children) / 2**20)
                seen.files = max(seen.files, self.process.num_fds())
                time.sleep(min(1.0, seconds / 20))
        for each in clients:
            each.join()
        return seen

    def quiet(self) -> dict[str, int]:
        """What is open once nobody asks and no job is under way."""
        with self.client(0) as http:
            for _ in range(1200):
                states = [http.get(f"/v1/jobs?state={state}&limit=1").json() for state in ("waiting", "running")]
                if not any(each["items"] for each in states):
                    break
                time.sleep(0.5)
        held: dict[str, int] = {}
        for _ in range(300):
            held = {
                "files": self.process.num_fds(),
                "threads": self.process.num_threads(),
                "transactions": self.graph._driver.execute_query(OWN).records[0]["running"],
                "connections": len([each for each in self.process.net_connections() if each.status == "ESTABLISHED"]),
            }
            if not held["transactions"] and held["connections"] <= self._pool():
                break
            time.sleep(0.2)
        return held

    def _pool(self) -> int:
        return 16 + 1

    def latency_ms(self) -> float:
        """The median of what a search takes while nobody else asks."""
        draw, taken = random.Random(0), []  # noqa: S311
        with self.client(1) as http:
            for _ in range(60):
                begun = time.perf_counter()
                assert search(http, draw).status_code == 200
                taken.append(1000 * (time.perf_counter() - begun))
                time.sleep(0.05)
        return statistics.median(taken)


@pytest.fixture(scope="module")
def service(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Load]:
    folder = tmp_path_factory.mktemp("overload")
    with contextlib.closing(KeyStore(folder / "keys.sqlite")) as store:
        secrets = [store.create(f"第{number}号", list(Scope))[1] for number in range(KEYS)]
    with Graph(connection) as graph:
        reset(graph, keep=False)
        load(graph, [signed(number) for number in range(0, INSTITUTES, 2)])
        env = environment(
            NEO4J_URI=connection.uri,
            NEO4J_USERNAME=connection.username,
            NEO4J_PASSWORD=connection.password,
            HUITU_DATA_DIR=str(folder),
            HUITU_KEYS="always",
        )
        process, address = started(env)
        try:
            yield Load(address, psutil.Process(process.pid), secrets, graph)
        finally:
            process.terminate()
            assert process.wait(120) is not None
            reset(graph, keep=False)


def signed(number: int) -> Any:
    one, other = institute(number), institute(number + 1)
    facts = [("SIGNED_WITH", "o1", "o2")]
    return article(f"base/{number}", f"{one}与{other}签署合作协议。", {"o1": one, "o2": other}, facts)


def share(figures: list[float], first: float, last: float) -> float:
    """The median of a part of the samples."""
    return statistics.median(figures[int(first * len(figures)) : max(int(last * len(figures)), 1)])


@pytest.mark.soak
def test_too_many_clients_are_told_so_and_nothing_is_left_of_them(service: Load) -> None:
    service.run(WARM_S)  # what is made at the first use is there then
    before, quick = service.quiet(), service.latency_ms()
    seen = service.run(SECONDS)
    after, slow = service.quiet(), service.latency_ms()
    start, end = share(seen.memory, 0.1, 0.3), share(seen.memory, 0.8, 1)
    told = {
        "seconds": SECONDS,
        "clients": CLIENTS,
        "answers": {
            status: sum(n for (_, each), n in seen.answers.items() if each == status)
            for status in (200, 201, 202, 429, 503)
        },
        "memory_mib": [round(start), round(end), round(max(seen.memory))],
        "workers_mib": [round(share(seen.workers, 0.1, 0.3)), round(share(seen.workers, 0.8, 1))],
        "files": [before["files"], seen.files, after["files"]],
        "threads": [before["threads"], after["threads"]],
        "latency_ms": [round(quick, 1), round(slow, 1)],
    }
    sys.stderr.write(f"{json.dumps(told)}\n")
    assert seen.wrong == []
    kinds = {(kind, status) for kind, status in seen.answers}
    assert {(kind.__name__, 503) for kind in (read, search)} & kinds or ("read", 429) in kinds, "not too many: no test"
    assert {kind.__name__ for kind in MIX} == {kind for kind, status in kinds if status in RIGHT}, (
        "each is answered too"
    )
    assert end <= KEPT_SHARE * start + KEPT_MIB, told
    assert after["transactions"] == 0
    assert after["files"] <= before["files"] + 20 and after["threads"] <= before["threads"] + 16, told
    assert slow <= SLOWER * quick, told
