"""Ingestion over real HTTP into the real database, by the real worker process; what is acknowledged is never lost."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from neo4j import GraphDatabase
from test_api import Served, problem
from test_fetching import RSS, Site

import api
from api import examples
from api.jobs import reading
from api.jobs.records import NewItem, Work
from api.jobs.service import JobService
from api.jobs.store import MAX_ITEMS, KeyReused, Store, UnknownJob
from extract.sources.web import Fetcher
from graph import queries
from graph.client import Graph
from graph.erasure import erase_source
from graph.load import ensure_schema, reset
from graph.settings import Connection

OFFICE = Path(__file__).parent / "data" / "office"
HUITU = Path(sys.executable).with_name("huitu")
TEXT = "7月18日，第三届滨海智慧港口论坛在云港举行，由云港市人民政府主办。晨光大学校长苏沐出席并致辞。"
KEY = {"Idempotency-Key": "k"}


@pytest.fixture(scope="module")
def base(connection: Connection) -> Iterator[Graph]:
    with Graph(connection) as graph:
        reset(graph)
        ensure_schema(graph)
        yield graph


@pytest.fixture(scope="module")
def service(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[JobService]:
    with JobService(tmp_path_factory.mktemp("data") / "jobs", connection, allow=["localhost"]) as jobs:
        yield jobs


@pytest.fixture(scope="module")
def http(base: Graph, service: JobService) -> Iterator[httpx.Client]:
    with Served(api.create_app(base, jobs=service)) as client:
        yield client


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def ended(http: httpx.Client, made: httpx.Response) -> Any:
    """A job that was made, when it has ended."""
    assert made.is_success, made.text
    address = made.headers.get("location") or f"/v1/jobs/{made.json()['id']}"
    for _ in range(3000):
        job = http.get(address).json()
        if job["state"] in {"finished", "cancelled"}:
            return job
        time.sleep(0.2)
    raise AssertionError(job)


def parts(http: httpx.Client, job: Any, **wanted: str) -> list[Any]:
    found: list[Any] = http.get(f"/v1/jobs/{job['id']}/documents", params={"limit": 100, **wanted}).json()["items"]
    return found


def post(http: httpx.Client, *documents: dict[str, str], key: str | None = None, **more: Any) -> httpx.Response:
    headers = {} if key is None else {"Idempotency-Key": key}
    return http.post("/v1/jobs", json={"documents": documents, **more}, headers=headers)


def test_a_text_becomes_a_document_with_claims(http: httpx.Client) -> None:
    made = http.post("/v1/jobs", json=examples.JOBS["texts"]["value"])
    assert made.json()["state"] in {"waiting", "running"}
    job = ended(http, made)
    assert (job["documents"], job["done"], job["failed"]) == (1, 1, 0) and job["claims"] >= 2
    [part] = parts(http, job)
    found = http.get(f"/v1/documents/{part['document']}").json()
    assert (found["key"], found["date"], found["source"]) == ("notices/1", "2031-07-19", "虚构日报")
    assert len(found["claims"]) == job["claims"] == part["claims"]


def test_files_of_every_kind_are_read_and_each_error_is_told(http: httpx.Client) -> None:
    files = [
        ("files", ("report.pdf", (OFFICE / "notice.pdf").read_bytes())),
        ("files", ("minutes.docx", (OFFICE / "notice.docx").read_bytes())),
        ("files", ("gbk.txt", TEXT.encode("gb18030"))),
        ("files", ("../../etc/passwd.txt", TEXT.encode())),
        ("files", ("two.jsonl", f'{{"doc": "l/1", "text": "{TEXT}"}}\n{{broken\n'.encode())),
        ("files", ("broken.pdf", b"%PDF-1.7 broken")),
        ("files", ("picture.png", b"\x89PNG")),
    ]
    job = ended(http, http.post("/v1/jobs/files", files=files, data={"date": "2031-07-20"}, headers=KEY))
    assert (job["documents"], job["done"], job["failed"]) == (8, 5, 3)
    keys = [http.get(f"/v1/documents/{each['document']}").json()["key"] for each in parts(http, job, state="done")]
    assert sorted(keys) == ["gbk", "l/1", "minutes", "passwd", "report"]
    failed = {each["name"]: each["problem"] for each in parts(http, job, state="failed")}
    assert sorted(failed) == ["broken.pdf", "picture.png", "two.jsonl:2"]
    for each in failed.values():
        assert (each["type"], each["status"]) == ("/problems/unreadable-document", 422) and each["detail"]
        assert http.get(each["type"]).status_code == 200


def with_feed(site: str) -> Any:
    """What answers as the site does, and with a feed."""
    answer = Site.do_GET

    def do_get(self: Site) -> None:
        if self.path != "/feed":
            return answer(self)
        body = RSS.replace("https://news.example/a/1", f"{site}/page").replace(
            "https://news.example/a/2", f"{site}/gone"
        )
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        self.wfile.write(body.replace("https://http", "http").encode())
        return None

    return do_get


def test_addresses_are_fetched_and_private_ones_refused(http: httpx.Client, site: str) -> None:
    urls = [f"{site}/moved", "http://127.0.0.1/", "http://169.254.169.254/latest/meta-data/", f"{site}/picture"]
    job = ended(http, http.post("/v1/jobs", json={"urls": urls}))
    assert (job["done"], job["failed"]) == (1, 3)
    [done] = parts(http, job, state="done")
    assert http.get(f"/v1/documents/{done['document']}").json()["url"] == f"{site}/page"
    kinds = {each["name"]: each["problem"]["type"] for each in parts(http, job, state="failed")}
    assert kinds == {
        urls[1]: "/problems/address-refused",
        urls[2]: "/problems/address-refused",
        urls[3]: "/problems/fetch-failed",
    }


def test_a_feed_gives_way_to_its_articles(http: httpx.Client, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Site, "do_GET", with_feed(site))
    job = ended(http, http.post("/v1/jobs", json={"feeds": [f"{site}/feed"]}))
    assert (job["documents"], job["done"], job["failed"]) == (2, 1, 1)
    assert {each["kind"] for each in parts(http, job)} == {"url"}
    job = ended(http, http.post("/v1/jobs", json={"urls": [f"{site}/feed"], "feeds": [f"{site}/page"]}))
    assert (job["done"], job["failed"]) == (0, 2)


def test_an_idempotency_key_makes_one_job(http: httpx.Client) -> None:
    first = post(http, {"text": TEXT, "doc": "once"}, key="one")
    again = post(http, {"text": TEXT, "doc": "once"}, key="one")
    assert again.status_code == 202 and again.headers["location"] == first.headers["location"]
    problem(post(http, {"text": TEXT, "doc": "twice"}, key="one"), "key-reused")
    assert ended(http, again)["documents"] == 1
    assert post(http, {"text": TEXT, "doc": "once"}).headers["location"] != first.headers["location"]


def test_progress_comes_as_events_until_the_end(http: httpx.Client) -> None:
    made = post(http, *({"text": f"{TEXT}第{n}号通知。", "doc": f"e/{n}"} for n in range(5)))
    events: list[tuple[str, Any]] = []
    with http.stream("GET", f"{made.headers['location']}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        kind = ""
        for line in stream.iter_lines():
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: "):
                events.append((kind, json.loads(line.removeprefix("data: "))))
    assert [kind for kind, _ in events][-1] == "end" and events[-1][1]["done"] == 5
    done = [job["done"] for _, job in events]
    assert done == sorted(done)


def test_jobs_are_listed_page_by_page(http: httpx.Client) -> None:
    for n in range(3):
        post(http, {"text": TEXT, "doc": f"p/{n}"})
    seen: list[str] = []
    address: str | None = "/v1/jobs?limit=2"
    while address:
        page = http.get(address)
        seen += [each["id"] for each in page.json()["items"]]
        address = page.links.get("next", {}).get("url")
    assert len(seen) == len(set(seen)) == page.json()["total"]["count"] >= 3
    problem(http.get("/v1/jobs?cursor=x"), "invalid-cursor")
    problem(http.get("/v1/jobs?state=odd"), "invalid-parameter")


def test_a_job_is_cancelled_and_forgotten(http: httpx.Client) -> None:
    made = post(http, *({"text": f"{TEXT}第{n}批。", "doc": f"c/{n}"} for n in range(200)))
    address = made.headers["location"]
    cancelled = http.post(f"{address}/cancel", headers={"Content-Type": "application/json"}).json()
    assert cancelled["state"] == "cancelled" and cancelled["cancelled"] > 0
    job = ended(http, made)
    assert job["waiting"] == 0 and job["done"] + job["cancelled"] == 200
    assert http.delete(address).status_code == 204
    problem(http.get(address), "not-found")
    problem(http.get(f"{address}/events"), "not-found")
    problem(http.delete(address), "not-found")


def test_what_failed_is_tried_again_and_what_is_done_is_not(
    http: httpx.Client, monkeypatch: pytest.MonkeyPatch, site: str
) -> None:
    job = ended(
        http, http.post("/v1/jobs", json={"urls": [f"{site}/gone"], "documents": [{"text": TEXT, "doc": "r/1"}]})
    )
    assert (job["done"], job["failed"]) == (1, 1)
    answer = Site.do_GET

    def do_get(self: Site) -> None:
        self.path = "/page"
        answer(self)

    monkeypatch.setattr(Site, "do_GET", do_get)
    retried = http.post(f"/v1/jobs/{job['id']}/retry", headers={"Content-Type": "application/json"})
    assert ended(http, retried)["done"] == 2


def test_a_document_of_an_erased_publisher_is_refused(http: httpx.Client, base: Graph) -> None:
    ended(http, post(http, {"text": TEXT, "doc": "x/0", "source": "作废日报"}))
    erase_source(base, "作废日报", by="李明")
    job = ended(http, post(http, {"text": TEXT, "doc": "x/1", "source": "作废日报"}, {"text": TEXT, "doc": "x/2"}))
    assert (job["done"], job["failed"]) == (1, 1)
    assert parts(http, job, state="failed")[0]["problem"]["type"] == "/problems/source-erased"


def test_a_document_is_deleted_with_what_rested_on_it(http: httpx.Client) -> None:
    [part] = parts(http, ended(http, post(http, {"text": TEXT.replace("苏沐", "钟望舒"), "doc": "gone/1"})))
    address = f"/v1/documents/{part['document']}"
    assert http.get("/v1/entities?q=钟望舒").json()["items"]
    assert http.delete(address).status_code == 204
    problem(http.get(address), "not-found")
    problem(http.delete(address), "not-found")
    assert not [each for each in http.get("/v1/entities?q=钟望舒").json()["items"] if each["name"] == "钟望舒"]


def test_extraction_without_loading_gives_quotes_and_offsets(http: httpx.Client, base: Graph) -> None:
    before = queries.statistics(base).documents
    answer = http.post("/v1/extract", json=examples.EXTRACT["speech"]["value"]).json()
    assert {"HOSTED_BY", "SPEAKER_AT"} <= {each["type"] for each in answer["relations"]}
    for evidence in (each for relation in answer["relations"] for each in relation["evidence"]):
        assert TEXT[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert queries.statistics(base).documents == before
    problem(http.post("/v1/extract", json={"text": "字" * 20_001}), "invalid-parameter")
    problem(http.post("/v1/extract", json={"text": " "}), "invalid-parameter")
    assert http.post("/v1/extract", json={"text": "甲\0\u200b乙", "title": "\0"}).json()["relations"] == []


@pytest.mark.parametrize(
    ("headers", "slug"),
    [
        ({}, "no-key"),
        ({"Origin": "https://evil.example"}, "foreign-origin"),
        ({"Origin": "null", "Idempotency-Key": "k"}, "foreign-origin"),
        ({"Idempotency-Key": "k", "Host": "evil.example"}, "wrong-host"),
    ],
)
def test_a_form_of_another_page_uploads_nothing(http: httpx.Client, headers: dict[str, str], slug: str) -> None:
    before = http.get("/v1/jobs").json()["total"]["count"]
    problem(http.post("/v1/jobs/files", files={"files": ("a.txt", TEXT.encode())}, headers=headers), slug)
    problem(http.post("/v1/jobs", files={"files": ("a.txt", b"x")}, headers=KEY), "unsupported-media-type")
    assert http.get("/v1/jobs").json()["total"]["count"] == before


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"documents": [{"text": ""}]},
        {"documents": [{"text": "x", "other": 1}]},
        {"urls": ["ftp://example.org/"]},
        {"urls": ["file:///etc/passwd"]},
        {"urls": ["s3://bucket/articles"]},
        {"feeds": ["github://someone:news@main/feed.xml"]},
        {"urls": ["https::ftp://example.org/"]},
        {"documents": [{"text": "x", "url": "memory://articles"}]},
        {"date": "yesterday", "documents": [{"text": "x"}]},
    ],
)
def test_what_is_no_job_is_refused_whole(http: httpx.Client, body: Any) -> None:
    problem(http.post("/v1/jobs", json=body), "invalid-parameter")


def test_a_server_without_ingestion_says_so(base: Graph) -> None:
    with Served(api.create_app(base)) as http:
        problem(http.get("/v1/jobs"), "no-jobs")
        problem(post(http, {"text": TEXT}), "no-jobs")


def test_a_document_that_kills_the_worker_twice_fails_and_the_others_are_done(
    base: Graph, connection: Connection, site: str, tmp_path: Path
) -> None:
    """An answer that comes byte by byte takes longer than the worker may."""
    with JobService(tmp_path / "jobs", connection, allow=["localhost"], item_s=2) as hurried:
        job, _ = hurried.create([NewItem("url", f"{site}/slow"), NewItem("file", "k.txt", b"\n")])
        with Served(api.create_app(base, jobs=hurried)) as http:
            job = ended(http, http.get(f"/v1/jobs/{job.id}"))
            assert (job["done"], job["failed"]) == (0, 2)
            slow, empty = (each["problem"]["type"] for each in parts(http, job))
            assert (slow, empty) == ("/problems/worker-lost", "/problems/unreadable-document")


def test_what_the_database_refuses_fails_alone(http: httpx.Client, connection: Connection) -> None:
    """Here documents of one address, in a database whose owner wants addresses to be unique."""
    documents = [
        {"text": f"{TEXT}第{n}页。", "doc": f"t/{n}", "url": f"https://news.example/{address}"}
        for n, address in enumerate(("a", "b", "b", "b"))
    ]
    with GraphDatabase.driver(connection.uri, auth=(connection.username, connection.password)) as driver:
        driver.execute_query("CREATE CONSTRAINT addresses FOR (d:Document) REQUIRE d.url IS UNIQUE")
        try:
            job = ended(http, post(http, *documents))
        finally:
            driver.execute_query("DROP CONSTRAINT addresses")
        assert (job["done"], job["failed"]) == (2, 2)
        [first, second] = parts(http, job, state="failed")
        assert first["problem"]["type"] == second["problem"]["type"] == "/problems/not-loaded"
        retried = http.post(f"/v1/jobs/{job['id']}/retry", headers={"Content-Type": "application/json"})
        assert ended(http, retried)["done"] == 4


def started(env: dict[str, str]) -> tuple[subprocess.Popen[bytes], str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([HUITU, "serve", "--port", str(port)], env=env, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            if httpx.get(f"{address}/health/live").status_code == 200:
                return process, address
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError("the server does not answer")


def test_a_killed_server_loses_nothing_and_doubles_nothing(
    graph: Graph, connection: Connection, tmp_path: Path
) -> None:
    env = os.environ | {
        "NEO4J_URI": connection.uri,
        "NEO4J_USERNAME": connection.username,
        "NEO4J_PASSWORD": connection.password,
        "HUITU_DATA_DIR": str(tmp_path),
    }
    documents = [{"text": f"{TEXT}第{n}号通知。", "doc": f"d/{n}"} for n in range(10)]
    process, address = started(env)
    try:
        with httpx.Client(base_url=address, timeout=60) as http:
            first = ended(http, post(http, {"text": TEXT, "doc": "d/first"}))
            made = post(http, *documents, key="k")
            path = made.headers["location"]
            while http.get(path).json()["state"] == "waiting":
                time.sleep(0.02)
    finally:
        process.kill()
        process.wait()
    process, address = started(env)
    try:
        with httpx.Client(base_url=address, timeout=60) as http:
            again = post(http, *documents, key="k")
            assert again.headers["location"] == path
            job = ended(http, again)
            assert (job["documents"], job["done"], job["failed"]) == (10, 10, 0)
            assert http.get("/v1/jobs").json()["total"]["count"] == 2
            assert http.get(f"/v1/jobs/{first['id']}").json() == first
        assert queries.statistics(graph).documents == 11
        assert queries.statistics(graph).claims == first["claims"] + job["claims"]
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) is not None


def test_a_second_server_on_a_data_folder_leaves_the_jobs_to_the_first(
    http: httpx.Client, service: JobService, connection: Connection
) -> None:
    with JobService(service.store.folder, connection) as second:
        job, _ = second.create([NewItem("file", "second.txt", f"{TEXT}第二台。".encode())])
        assert ended(http, http.get(f"/v1/jobs/{job.id}"))["done"] == 1
        assert second.worker is None and second.store.job(job.id).done == 1


def test_an_item_gives_no_more_documents_or_problems_than_one_may_have() -> None:
    """Each line that is broken is a problem of its own: they must not fill the memory."""
    for line in ('{{"doc": "{}", "text": "甲在云港。"}}', "broken {}"):
        data = "\n".join(line.format(number) for number in range(MAX_ITEMS + 10)).encode()
        items = reading.read(NewItem("file", "many.jsonl", data), Fetcher()).items
        assert len(items) == MAX_ITEMS + 1
        assert "the rest was left out" in str(items[-1][1])


class TestStore:
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        store = Store(tmp_path / "jobs")
        yield store
        store.close()

    def test_it_is_for_its_user_alone(self, store: Store) -> None:
        assert store.folder.stat().st_mode & 0o077 == 0
        assert (store.folder / "jobs.sqlite").stat().st_mode & 0o077 == 0

    def test_what_is_done_keeps_no_text(self, store: Store) -> None:
        store.create([NewItem("file", "a.txt", "机密正文".encode())])
        work = store.begin()
        assert isinstance(work, Work) and store.begin() is None
        store.done([(work, "d-1", 3)])
        store.close()
        assert all("机密正文".encode() not in each.read_bytes() for each in store.folder.iterdir())

    def test_a_second_store_sees_what_the_first_keeps(self, store: Store) -> None:
        job, new = store.create([NewItem("file", "a.txt", b"x")], "key")
        other = Store(store.folder)
        assert new and other.job(job.id) == job and other.waiting()
        with pytest.raises(KeyReused):
            other.create([NewItem("file", "b.txt", b"x")], "key")
        with pytest.raises(UnknownJob):
            other.job("nobody")
        other.close()

    def test_of_two_that_were_begun_the_later_one_is_blamed(self, store: Store) -> None:
        job, _ = store.create([NewItem("file", "a.txt", b"x"), NewItem("file", "b.txt", b"x")])
        for _ in range(2):
            assert store.begin() is not None and store.begin() is not None
            store.recover(crashed='{"type": "lost"}')
        assert {each.name: each.state for each in store.items(job.id).items} == {"a.txt": "waiting", "b.txt": "failed"}

    def test_what_was_begun_waits_again_and_fails_after_two_crashes(self, store: Store) -> None:
        job, _ = store.create([NewItem("file", "a.txt", b"x"), NewItem("file", "b.txt", b"x")])
        for _ in range(2):
            store.begin()
            store.recover()
        assert store.job(job.id).waiting == 2
        for _ in range(2):
            store.begin()
            store.recover(crashed='{"type": "lost"}')
        assert (store.job(job.id).waiting, store.job(job.id).failed) == (1, 1)
        assert store.retry(job.id).waiting == 2
