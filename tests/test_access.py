"""Who may do what over HTTP: keys, scopes, sessions and tokens in the path; and what must not get in."""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from test_api import FORUM_31, HAN, LIN, Served, get, problem

import api
from api.access import COOKIE, Needs
from api.keys import BadKey, KeyStore, Kind, Scope, UnknownKey
from graph.client import Graph
from graph.settings import Connection

HUITU = Path(sys.executable).parent / "huitu"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[KeyStore]:
    with contextlib.closing(KeyStore(tmp_path / "keys.sqlite")) as keys:
        yield keys


@pytest.fixture
def http(news: Graph, store: KeyStore) -> Iterator[httpx.Client]:
    with Served(api.create_app(news, keys=store)) as client:
        yield client


def bearer(store: KeyStore, *scopes: Scope, name: str = "甲") -> dict[str, str]:
    return {"Authorization": f"Bearer {store.create(name, scopes)[1]}"}


def needs(dependant: Dependant) -> Iterator[Needs]:
    for each in dependant.dependencies:
        if isinstance(each.call, Needs):
            yield each.call
        yield from needs(each)


def scopes(app: FastAPI) -> dict[tuple[str, str], set[Scope | None]]:
    """What each operation states; an empty set where it states nothing."""
    return {
        (method, str(route.path)): {each.scope for each in needs(route.dependant)}
        for route in iter_route_contexts(app.routes)
        if isinstance(route.original_route, APIRoute)
        for method in route.methods or ()
    }


def test_every_route_states_its_scope(news: Graph) -> None:
    app = api.create_app(news)
    found = scopes(app)
    described = {(method.upper(), path) for path, operations in app.openapi()["paths"].items() for method in operations}
    assert len(described) > 60 and described <= set(found)
    assert [operation for operation, stated in found.items() if not stated] == []


def test_a_route_that_states_none_is_seen(news: Graph) -> None:
    app, stray = api.create_app(news), APIRouter(prefix="/v1")
    stray.add_api_route("/stray", lambda: None)
    app.include_router(stray)
    app.add_api_route("/v1/direct", lambda: None)
    unstated = {path for (_, path), stated in scopes(app).items() if not stated}
    assert unstated == {"/v1/stray", "/v1/direct"}


def test_only_pages_health_and_the_session_are_open_and_every_write_takes_more_than_reading(news: Graph) -> None:
    for (method, path), stated in scopes(api.create_app(news)).items():
        if path == "/metrics":
            assert stated == {Scope.METRICS}
        elif not path.startswith("/v1/") or path == "/v1/session":
            assert stated == {None}, path
        elif method == "GET":
            assert stated - {None} == stated, path
        elif path in {"/v1/match", "/v1/reconcile"}:  # a POST for its length alone
            assert stated == {Scope.READ}, path
        else:
            assert stated <= {Scope.READ, Scope.REVIEW, Scope.INGEST, Scope.CYPHER} and stated != {Scope.READ}, path


@pytest.mark.parametrize(
    ("scope", "operations"),
    [
        (Scope.EXPORT, [("GET", "/v1/export"), ("GET", "/v1/changes")]),
        (Scope.CYPHER, [("POST", "/v1/cypher")]),
        (
            Scope.INGEST,
            [
                ("POST", "/v1/jobs"),
                ("POST", "/v1/jobs/files"),
                ("GET", "/v1/jobs/{id}"),
                ("POST", "/v1/extract"),
                ("DELETE", "/v1/documents/{id}"),
            ],
        ),
        (
            Scope.REVIEW,
            [("POST", "/v1/decisions"), ("POST", "/v1/documents/{id}/claims"), ("DELETE", "/v1/corrections/{id}")],
        ),
    ],
)
def test_operations_take_the_scope_of_their_kind(news: Graph, scope: Scope, operations: list[tuple[str, str]]) -> None:
    found = scopes(api.create_app(news))
    assert [operation for operation in operations if scope not in found[operation]] == []


@pytest.mark.parametrize("path", ["/v1/statistics", "/v1/entities?q=a", "/v1/nothing", "/v1/export", "/v1"])
def test_without_a_key_nothing_is_told(http: httpx.Client, path: str) -> None:
    response = http.get(path)
    problem(response, "unauthorized")
    assert response.headers["www-authenticate"].startswith("Bearer")


def test_pages_health_and_problems_ask_for_no_key(http: httpx.Client) -> None:
    for path in ("/", "/docs", "/openapi.json", "/health/live", "/health/ready", "/problems/unauthorized"):
        assert http.get(path).status_code == 200, path


def test_a_key_in_either_header_reads(http: httpx.Client, store: KeyStore) -> None:
    secret = store.create("甲", [Scope.READ])[1]
    for headers in (
        {"Authorization": f"Bearer {secret}"},
        {"authorization": f"bearer {secret}"},
        {"X-API-Key": secret},
    ):
        assert http.get("/v1/statistics", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "value", ["Bearer", "Bearer hk_", "Bearer hk_" + "A" * 43, "Basic YTpi", "hk_x", "Bearer \xe9"]
)
def test_what_is_no_key_does_not_get_in(http: httpx.Client, store: KeyStore, value: str) -> None:
    bearer(store, Scope.ADMIN)
    response = http.get("/v1/statistics", headers=[(b"authorization", value.encode("latin-1"))])
    problem(response, "unauthorized")


@pytest.mark.parametrize("scope", [Scope.READ, Scope.EXPORT, Scope.INGEST, Scope.CYPHER])
def test_a_key_that_may_not_review_cannot_write(http: httpx.Client, store: KeyStore, scope: Scope) -> None:
    headers = bearer(store, scope)
    body = {"verdict": "unsure", "a": LIN, "b": HAN, "by": "甲"}
    problem(http.post("/v1/decisions", json=body, headers=headers), "forbidden")
    problem(http.delete("/v1/decisions/v-0?by=甲", headers=headers), "forbidden")
    problem(http.delete("/v1/corrections/c-0?by=甲", headers=headers), "forbidden")
    problem(http.post("/v1/claims/c-0/corrections", json={"action": "accept"}, headers=headers), "forbidden")


def test_a_reader_cannot_export_and_an_ingester_cannot_read(http: httpx.Client, store: KeyStore) -> None:
    reader, exporter = bearer(store, Scope.READ), bearer(store, Scope.EXPORT, name="乙")
    problem(http.get("/v1/export", headers=reader), "forbidden")
    problem(http.get("/v1/changes", headers=reader), "forbidden")
    assert http.get("/v1/export", headers=exporter).status_code == 200
    assert http.get("/v1/statistics", headers=exporter).status_code == 200
    problem(http.get("/v1/statistics", headers=bearer(store, Scope.INGEST, name="丙")), "forbidden")
    assert http.get("/v1/export", headers=bearer(store, Scope.ADMIN, name="丁")).status_code == 200


def test_who_may_only_ingest_extracts_and_deletes_and_who_may_only_read_does_not(
    http: httpx.Client, store: KeyStore
) -> None:
    reader, ingester = bearer(store, Scope.READ), bearer(store, Scope.INGEST, name="乙")
    text = {"text": "2031云溪智能论坛在海岬举行。"}
    assert http.post("/v1/extract", json=text, headers=ingester).status_code == 200
    problem(http.delete("/v1/documents/d-0", headers=ingester), "not-found")
    problem(http.get("/v1/jobs", headers=ingester), "no-jobs")
    problem(
        http.post("/v1/cypher", json={"query": "RETURN 1"}, headers=bearer(store, Scope.CYPHER, name="丙")),
        "cypher-off",
    )
    for response in (
        http.post("/v1/extract", json=text, headers=reader),
        http.delete("/v1/documents/d-0", headers=reader),
        http.get("/v1/jobs", headers=reader),
        http.post("/v1/cypher", json={"query": "RETURN 1"}, headers=reader),
        http.post("/v1/jobs/files", files={"files": ("a.txt", b"a")}, headers={**reader, "Idempotency-Key": "1"}),
    ):
        problem(response, "forbidden")


def test_who_may_not_read_does_not_learn_whether_an_answer_has_changed(http: httpx.Client, store: KeyStore) -> None:
    tag = http.get("/v1/statistics", headers=bearer(store, Scope.READ)).headers["etag"]
    ingester = bearer(store, Scope.INGEST, name="乙")
    problem(http.get("/v1/statistics", headers={**ingester, "If-None-Match": tag}), "forbidden")
    problem(http.get("/v1/statistics?nothing=1", headers=ingester), "forbidden")


def test_no_shared_cache_keeps_answers(http: httpx.Client, store: KeyStore) -> None:
    assert "private" in http.get("/v1/statistics", headers=bearer(store, Scope.READ)).headers["cache-control"]


def test_who_decided_is_the_key_and_cannot_be_forged(http: httpx.Client, store: KeyStore) -> None:
    headers = bearer(store, Scope.REVIEW, name="编辑部")
    body = {"verdict": "unsure", "a": LIN, "b": HAN}
    assert http.post("/v1/decisions", json=body, headers=headers).json()["by"] == "编辑部"
    forged = http.post("/v1/decisions", json={**body, "by": "李明"}, headers=headers).json()
    assert forged["by"] == "编辑部: 李明"
    assert http.delete(f"/v1/decisions/{forged['id']}", headers=headers).status_code == 200
    with pytest.raises(BadKey):
        store.create("编辑部: 李明", [Scope.REVIEW])


def test_without_keys_who_decides_must_be_told(news: Graph) -> None:
    with Served(api.create_app(news)) as http:
        response = http.post("/v1/decisions", json={"verdict": "unsure", "a": LIN, "b": HAN})
        assert problem(response, "invalid-parameter")["errors"][0]["parameter"] == "by"
        assert problem(http.delete("/v1/decisions/v-0"), "invalid-parameter")["errors"][0]["parameter"] == "by"


def test_a_session_stands_for_its_key_until_it_is_ended(http: httpx.Client, store: KeyStore) -> None:
    secret = store.create("甲", [Scope.READ])[1]
    response = http.post("/v1/session", json={"key": secret})
    assert response.status_code == 201, response.text
    cookie = response.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Secure" not in cookie
    assert secret not in cookie
    assert http.get("/v1/statistics").status_code == 200
    kept = http.cookies[COOKIE]
    crowded = {"Cookie": f'other="a b; x[]=1; {COOKIE}={kept}; {{}}=3'}  # of other programs on this host
    assert httpx.get(http.base_url.join("/v1/statistics"), headers=crowded).status_code == 200
    assert http.delete("/v1/session").status_code == 204
    problem(http.get("/v1/statistics", headers={"Cookie": f"{COOKIE}={kept}"}), "unauthorized")


def test_a_session_of_the_future_is_none(store: KeyStore) -> None:
    """The clock was set back since: it would last longer than sessions do."""
    opened = store.open_session(store.create("甲", [Scope.READ])[1])
    assert opened is not None and store.find(opened[1], Kind.SESSION) is not None
    for ahead, found in ((timedelta(minutes=1), True), (timedelta(hours=1), False)):
        made = (datetime.now(UTC) + ahead).isoformat()
        store._write("UPDATE keys SET created = ? WHERE kind = ?", made, Kind.SESSION)
        assert (store.find(opened[1], Kind.SESSION) is not None) is found


def test_the_session_of_a_revoked_key_ends(http: httpx.Client, store: KeyStore) -> None:
    secret = store.create("甲", [Scope.READ])[1]
    http.post("/v1/session", json={"key": secret})
    assert http.get("/v1/statistics").status_code == 200
    store.revoke("甲")
    problem(http.get("/v1/statistics"), "unauthorized")
    problem(http.post("/v1/session", json={"key": secret}), "unauthorized")


def test_a_secret_of_one_kind_is_none_of_another(http: httpx.Client, store: KeyStore) -> None:
    key, token = store.create("甲", [Scope.READ])[1], store.create("乙", [Scope.READ], kind=Kind.PATH_TOKEN)[1]
    http.post("/v1/session", json={"key": key})
    session = http.cookies[COOKIE]
    http.cookies.clear()
    for secret in (token, session):
        problem(http.get("/v1/statistics", headers={"X-API-Key": secret}), "unauthorized")
        problem(http.post("/v1/session", json={"key": secret}), "unauthorized")
    assert http.get(f"/t/{key}/v1/statistics").status_code == 401


def test_a_page_of_another_origin_opens_no_session(http: httpx.Client, store: KeyStore) -> None:
    secret = store.create("甲", [Scope.READ])[1]
    response = http.post("/v1/session", json={"key": secret}, headers={"Origin": "http://evil.example"})
    problem(response, "foreign-origin")
    assert "set-cookie" not in response.headers


def test_a_token_in_the_path_reads_and_links_lead_back_through_it(http: httpx.Client, store: KeyStore) -> None:
    token = store.create("订阅", [Scope.READ], kind=Kind.PATH_TOKEN)[1]
    first = http.get(f"/t/{token}/v1/people?limit=1")
    assert first.status_code == 200, first.text
    assert get(http, first.links["next"]["url"])["items"] != first.json()["items"]
    assert http.get(f"/t/{token}/v1/entities/{FORUM_31}").json()["id"] == FORUM_31


def test_a_reader_of_feeds_follows_one_by_its_address_alone(http: httpx.Client, store: KeyStore) -> None:
    token = store.create("订阅", [Scope.READ], kind=Kind.PATH_TOKEN)[1]
    feed = http.get(f"/t/{token}/v1/feed?limit=1")
    assert feed.status_code == 200, feed.text
    told = feed.json()
    assert told["items"]
    assert get(http, told["next_url"])["items"][0]["id"] != told["items"][0]["id"]
    again = http.get(f"/t/{token}/v1/feed?limit=1", headers={"If-None-Match": feed.headers["etag"]})
    assert again.status_code == 304


def test_a_table_is_matched_through_a_token_and_what_it_keeps_holds_none(http: httpx.Client, store: KeyStore) -> None:
    token = store.create("表格", [Scope.READ], kind=Kind.PATH_TOKEN)[1]
    manifest = get(http, f"/t/{token}/v1/reconcile")
    service = manifest["suggest"]["entity"]["service_url"]
    assert service == f"{str(http.base_url).rstrip('/')}/t/{token}/v1/reconcile"
    found = http.post(service, data={"queries": '{"q": {"query": "2031云溪智能论坛"}}'})
    assert found.json()["q"]["result"][0]["id"] == FORUM_31
    assert http.post(f"/t/{token}/v1/match", json={"names": [{"name": "林知远"}]}).status_code == 200
    assert not any(token in manifest[kept] for kept in ("identifierSpace", "schemaSpace", "documentation"))
    assert token not in manifest["view"]["url"]


def test_a_token_in_the_path_can_neither_write_nor_export(http: httpx.Client, store: KeyStore) -> None:
    token = store.create("订阅", [Scope.READ], kind=Kind.PATH_TOKEN)[1]
    body = {"verdict": "unsure", "a": LIN, "b": HAN, "by": "甲"}
    for response in (
        http.post(f"/t/{token}/v1/decisions", json=body),
        http.delete(f"/t/{token}/v1/decisions/v-0?by=甲"),
        http.post(f"/t/{token}/v1/session", json={"key": token}),
        http.get(f"/t/{token}/v1/export"),
        http.get(f"/t/{token}/docs"),
    ):
        assert response.status_code == 403
        assert token not in response.text
    with pytest.raises(BadKey):
        store.create("另", [Scope.REVIEW], kind=Kind.PATH_TOKEN)
    store.revoke("订阅")
    assert http.get(f"/t/{token}/v1/people").status_code == 401


def test_secrets_are_in_no_answer_and_no_log(store: KeyStore, caplog: pytest.LogCaptureFixture) -> None:
    key, token = store.create("甲", [Scope.READ])[1], store.create("乙", [Scope.READ], kind=Kind.PATH_TOKEN)[1]
    caplog.set_level(logging.DEBUG)
    nobody = Graph(Connection("bolt://127.0.0.1:1", "neo4j", "", None))
    with nobody, Served(api.create_app(nobody, keys=store)) as http:
        failed = [http.get(f"/t/{token}/v1/people"), http.get("/v1/people", headers={"X-API-Key": key})]
    assert [response.status_code for response in failed] == [503, 503]
    told = "".join(response.text for response in failed)
    told += "".join(record.getMessage() for record in caplog.records if record.name.startswith("huitu"))
    assert "/v1/people" in told
    assert key not in told and token not in told


def test_the_file_of_keys_is_private_and_holds_no_secret(tmp_path: Path) -> None:
    path = tmp_path / "new" / "keys.sqlite"
    previous = os.umask(0)
    try:
        with contextlib.closing(KeyStore(path)) as keys:
            secret = keys.create("甲", [Scope.READ])[1]
    finally:
        os.umask(previous)
    assert path.stat().st_mode & 0o777 == 0o600
    assert secret.encode() not in path.read_bytes()
    assert len(secret) == 3 + 43


def test_a_key_that_has_ended_does_not_get_in(store: KeyStore) -> None:
    ends = datetime.now(UTC) + timedelta(days=1)
    _, secret = store.create("甲", [Scope.READ], expires=ends)
    assert store.find(secret, Kind.KEY) is not None
    store._write("UPDATE keys SET expires = ?", (datetime.now(UTC) - timedelta(days=1)).isoformat())
    assert store.find(secret, Kind.KEY) is None
    assert not store.in_use()


def test_a_name_is_that_of_one_key_in_force(store: KeyStore) -> None:
    store.create("甲", [Scope.READ])
    with pytest.raises(BadKey):
        store.create("甲", [Scope.ADMIN])
    store.revoke("甲")
    with pytest.raises(UnknownKey):
        store.revoke("甲")
    store.create("甲", [Scope.ADMIN])


def huitu(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "HUITU_DATA_DIR": str(folder)}
    return subprocess.run([HUITU, *arguments], env=environment, capture_output=True, text=True, timeout=120)


def test_keys_are_made_listed_and_revoked_in_the_terminal(tmp_path: Path) -> None:
    made = huitu(tmp_path, "keys", "create", "甲", "--scope", "review", "--days", "3")
    secret = made.stdout.strip()
    assert made.returncode == 0 and secret.startswith("hk_"), made.stderr
    listed = huitu(tmp_path, "keys", "list")
    assert secret[:11] in listed.stdout and "甲" in listed.stdout and "review" in listed.stdout
    assert secret not in listed.stdout + huitu(tmp_path, "keys", "list", "--json").stdout
    assert huitu(tmp_path, "keys", "revoke", secret[:11]).returncode == 0
    assert "revoked" in huitu(tmp_path, "keys", "list").stdout
    assert huitu(tmp_path, "keys", "create", "乙", "--path-token").stdout.startswith("ht_")


@pytest.mark.parametrize("arguments", [("--host", "0.0.0.0"), ("--host", "::"), ("--keys", "always")])
def test_nothing_is_served_beyond_loopback_without_a_key(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    refused = huitu(tmp_path, "serve", "--port", "0", *arguments)
    assert refused.returncode == 2
    assert "huitu keys create" in refused.stderr
