"""The service as an attacker sees it: hostile names in the news, hostile parameters, and a search for secrets."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from articles import article
from test_api import Served
from test_cli import environment

import api
from api.keys import KeyStore, Kind, Scope
from graph.client import Graph
from graph.embedded import EmbeddedServer
from graph.export import FORMATS, stream
from graph.load import load, reset
from graph.settings import Connection
from graph.snapshot import snapshot
from graph.subgraph import select

NAMES = (
    "甲`) DETACH DELETE n //",
    "乙'}) MATCH (n) DETACH DELETE n //",
    '丙"}) CALL { MATCH (n) DETACH DELETE n } RETURN 1 //',
    "丁\\u0060:Theirs\\u0027",
    "戊\u202e\u2066\x1b[31m己",
    '=HYPERLINK("http://192.0.2.1")',
    "<img src=x onerror=alert(1)>",
    "$id {id} %s ${id}",
)
TEXT = "。".join(NAMES)


@pytest.fixture
def attacked(graph: Graph) -> Iterator[Graph]:
    """A graph of hostile names beside a node that is not ours; it must be there at the end."""
    reset(graph, keep=False)
    graph._driver.execute_query("CREATE (:Theirs {name: 'theirs'})")
    names: dict[str, str | tuple[str, ...]] = {f"o{number}": name for number, name in enumerate(NAMES)}
    facts = [("SIGNED_WITH", f"o{number}", f"o{number + 1}", {"role": name}) for number, name in enumerate(NAMES[:-1])]
    load(graph, [article(NAMES[0], TEXT, names, facts, title=NAMES[1], source=NAMES[2])])
    before = list(snapshot(graph))
    yield graph
    assert list(snapshot(graph)) == before
    assert graph._driver.execute_query("MATCH (n:Theirs) RETURN n.name").records[0][0] == "theirs"


def parameters(graph: Graph) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every address that is read with GET, once for each of its parameters, the others left as they must be."""
    for path, operations in api.create_app(graph).openapi()["paths"].items():
        known = operations.get("get", {}).get("parameters", [])
        needed = {each["name"]: "甲" for each in known if each["in"] == "query" and each.get("required")}
        for each in known:
            if each["in"] in {"path", "query"} and "/events" not in path:
                yield path, {"name": each["name"], "in": each["in"], "needed": needed}


def test_no_name_and_no_parameter_becomes_a_statement(attacked: Graph) -> None:
    payloads, asked = cycle(NAMES), 0
    with Served(api.create_app(attacked)) as http:
        for name in NAMES:
            found = http.get("/v1/entities", params={"q": name}).json()["items"]
            assert name in {each["name"] for each in found} or not re.search(r"\w", name), found
        for path, parameter in parameters(attacked):
            payload, query = next(payloads), dict(parameter["needed"])
            if parameter["in"] == "path":
                path = path.replace("{" + parameter["name"] + "}", quote(payload, safe=""))
            else:
                query[parameter["name"]] = payload
            response = http.get(re.sub(r"{\w+}", "x-1", path), params=query)
            assert response.status_code < 500 or response.json()["type"] in {"/problems/no-jobs"}, (path, query)
            asked += 1
    assert asked > 200


def test_hostile_names_come_out_as_they_are_and_do_not_steer_the_terminal(
    attacked: Graph, connection: Connection
) -> None:
    nodes = json.loads(b"".join(stream(select(attacked), "node-link")))["nodes"]
    assert {each["name"] for each in nodes} == set(NAMES)
    for form in FORMATS:
        assert b"".join(stream(select(attacked), form))
    env = environment(NEO4J_URI=connection.uri, NEO4J_PASSWORD=connection.password, NEO4J_DATABASE="neo4j")
    for command in (["search", "戊"], ["review", "--list"]):
        shown = subprocess.run(
            [sys.executable, "-m", "huitu", *command], env=env, capture_output=True, text=True, check=False
        )
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown.stdout + shown.stderr)


def test_secrets_are_in_no_log_of_any_process(server: EmbeddedServer, connection: Connection, tmp_path: Path) -> None:
    """The real command with real keys, also where requests and the command itself fail; all logs are read."""
    settings = {"NEO4J_URI": connection.uri, "NEO4J_PASSWORD": connection.password, "HUITU_DATA_DIR": str(tmp_path)}
    store = KeyStore(tmp_path / "keys.sqlite")
    secret = store.create("甲", list(Scope))[1]
    token = store.create("乙", [Scope.READ], kind=Kind.PATH_TOKEN)[1]
    store.close()
    command = [sys.executable, "-m", "huitu", "serve", "--port", "0"]
    said = []
    env = environment(**settings, HUITU_LOGS="json", HUITU_KEYS="always")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, text=True)
    try:
        assert process.stdout is not None
        address = next(line for line in process.stdout if "Explorer" in line).split()[-1]
        with httpx.Client(base_url=address, transport=httpx.HTTPTransport(retries=9), timeout=60) as http:
            assert http.get("/v1/ontology", headers={"X-API-Key": secret}).status_code == 200
            http.get(f"/v1/ontology?key={secret}", headers={"X-API-Key": secret})
            for path in (f"/t/{token}/v1/people", f"/t/{token}x/v1/people", f"/v1/entities/{secret}", f"/{token}"):
                http.get(path, headers={"Authorization": f"Bearer {secret}"})
            assert http.post("/v1/session", json={"key": secret}).status_code < 300
            http.post("/v1/session", content=f'{{"key": "{secret}"', headers={"Content-Type": "application/json"})
            http.post("/v1/jobs", json={"urls": [f"http://x:{secret}@127.0.0.1/"]}, headers={"X-API-Key": secret})
    finally:
        process.terminate()
        said += process.communicate(timeout=120)
    wrong = {**settings, "NEO4J_PASSWORD": "wrong-" + connection.password, "NEO4J_URI": connection.uri}
    for arguments, world in ((["status", "--debug"], wrong), (["status"], {**wrong, "NEO4J_URI": "http://x"})):
        failed = subprocess.run(
            [sys.executable, "-m", "huitu", *arguments], env=environment(**world), capture_output=True, text=True
        )
        assert failed.returncode != 0
        said += [failed.stdout, failed.stderr]
    logs = [path.read_text("utf-8", errors="replace") for path in server.logs.rglob("*") if path.is_file()]
    assert logs and any("/v1/ontology" in each for each in said)
    for text in [*said, *logs]:
        assert not [each for each in (secret, token, connection.password) if each in text]
