"""The clock of the machine is set back and forth while the service runs: nothing waits, is lost, or lasts longer.

libfaketime (Debian: faketime) stands between the service and the clock of the day; that of durations goes on.
"""

from __future__ import annotations

import contextlib
import email.utils
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from articles import newsroom
from test_api import problem
from test_cli import environment
from test_jobs import TEXT, ended, post, started

from api.keys import KeyStore, Scope
from extract.whole import whole_file
from graph.client import Graph
from graph.identity import document_id
from graph.load import load, reset
from graph.settings import Connection

FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(FAKETIME is None, reason="no libfaketime here (Debian: apt-get install faketime)"),
]


class Service:
    """A service, who may do everything there, and its clock."""

    def __init__(self, http: httpx.Client, secret: str, file: Path) -> None:
        self.http = http
        self.secret = secret
        self._file = file

    def set_clock(self, days: int) -> None:
        """Put the clock of the day so far from the right one, and see that the service has it."""
        with whole_file(self._file) as file:
            file.write(f"{days:+d}d\n".encode())
        expected = datetime.now(UTC) + timedelta(days=days)
        for _ in range(100):
            told = email.utils.parsedate_to_datetime(self.http.get("/health/live").headers["date"])
            if abs(told - expected) < timedelta(minutes=1):
                return
            time.sleep(0.1)
        raise AssertionError(told)


@pytest.fixture(scope="module")
def service(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("clocks")
    with contextlib.closing(KeyStore(folder / "keys.sqlite")) as store:
        secret = store.create("甲", list(Scope))[1]
    (folder / "clock").write_text("+0d\n")
    env = environment(
        NEO4J_URI=connection.uri,
        NEO4J_USERNAME=connection.username,
        NEO4J_PASSWORD=connection.password,
        HUITU_DATA_DIR=str(folder),
        HUITU_KEYS="always",
        LD_PRELOAD=str(FAKETIME),
        FAKETIME_TIMESTAMP_FILE=str(folder / "clock"),
        FAKETIME_CACHE_DURATION="1",
        FAKETIME_DONT_FAKE_MONOTONIC="1",
    )
    with Graph(connection) as graph:
        reset(graph)
        load(graph, newsroom())
    process, address = started(env)
    try:
        with httpx.Client(base_url=address, timeout=60, headers={"X-API-Key": secret}) as http:
            yield Service(http, secret, folder / "clock")
    finally:
        process.terminate()
        process.wait(60)


@pytest.fixture(autouse=True)
def _right(service: Service) -> Iterator[None]:
    service.set_clock(0)
    yield
    service.set_clock(0)


def test_jobs_are_done_whatever_the_clock_says(service: Service) -> None:
    made = []
    for days in (0, -400, 400):
        service.set_clock(days)
        made.append(post(service.http, *({"text": f"{TEXT}第{n}号。", "doc": f"clock/{days}/{n}"} for n in range(3))))
    for each in made:
        job = ended(service.http, each)
        assert (job["done"], job["failed"]) == (3, 0)


def test_the_later_correction_counts_though_the_clock_was_set_back(service: Service) -> None:
    http = service.http
    claim = http.get(f"/v1/documents/{document_id('news/1.txt')}").json()["claims"][0]["id"]
    service.set_clock(30)
    path = f"/v1/claims/{claim}/corrections"
    assert http.post(path, json={"action": "edit", "changes": {"role": "联合主办"}}).status_code == 201
    service.set_clock(0)
    assert http.post(path, json={"action": "reject"}).status_code == 201
    assert http.get(f"/v1/claims/{claim}").json()["status"] == "rejected"


def test_a_session_does_not_outlive_its_hours_by_a_clock_that_is_set_back(service: Service) -> None:
    base = service.http.base_url
    with httpx.Client(base_url=base, timeout=60) as browser:
        assert browser.post("/v1/session", json={"key": service.secret}).is_success
        assert browser.get("/v1/ontology").status_code == 200
        service.set_clock(-2)
        problem(browser.get("/v1/ontology"), "unauthorized")
        service.set_clock(1)
        problem(browser.get("/v1/ontology"), "unauthorized")
    assert service.http.get("/v1/ontology").status_code == 200, "a key without an end goes on"


def test_who_was_told_to_come_again_may_do_so_after_the_time_told(service: Service) -> None:
    asked = (service.http.get("/v1/ontology") for _ in range(2_000))
    refused = next(answer for answer in asked if answer.status_code == 429)
    service.set_clock(-400)
    time.sleep(int(refused.headers["retry-after"]))
    assert service.http.get("/v1/ontology").status_code == 200
