"""The client for the HTTP API: it has every operation, walks pages, and turns problems into errors."""

from __future__ import annotations

import io
import json
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from articles import newsroom
from test_api import LIN, NEWS_1, Served

import api
from api.jobs.service import JobService
from extract import Extractor
from extract.sources import read_documents
from graph.client import Graph
from graph.load import load, reset
from graph.settings import Connection
from huitu.client import Client, NotFound, Refused, ServiceUnreachable, Unavailable
from huitu.client_source import TARGET, description, method_name, operations, source

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "docs" / "notebooks" / "explore.ipynb"


@pytest.fixture(scope="module")
def url(connection: Connection) -> Iterator[str]:
    with Graph(connection) as graph:
        reset(graph)
        load(graph, newsroom())
        with Served(api.create_app(graph)) as http:
            yield str(http.base_url)


@pytest.fixture
def client(url: str) -> Iterator[Client]:
    with Client(url) as client:
        yield client


def test_the_client_is_that_of_the_present_api() -> None:
    assert TARGET.read_text(encoding="utf-8") == source(description()), "run: python -m huitu.client_source"


def test_every_operation_has_a_method_with_all_its_parameters() -> None:
    for method, path, operation in operations(description()):
        made = getattr(Client, method_name(method, path))
        asked = {each["name"] for each in operation.get("parameters", ()) if each["in"] != "header"} - {"cursor"}
        assert {name.rstrip("_") for name in made.__annotations__} >= asked, path
        assert made.__doc__


def test_method_names_are_unique() -> None:
    names = [method_name(method, path) for method, path, _ in operations(description())]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("get", "/v1/people", "people"),
        ("get", "/v1/entities/{id}", "entity"),
        ("get", "/v1/entities/{id}/claims", "entity_claims"),
        ("get", "/v1/people/{id}/co-speakers", "person_co_speakers"),
        ("post", "/v1/decisions", "create_decision"),
        ("post", "/v1/match", "match"),
        ("delete", "/v1/decisions/{id}", "delete_decision"),
        ("get", "/health/live", "health_live"),
    ],
)
def test_a_method_is_named_by_its_path(method: str, path: str, name: str) -> None:
    assert method_name(method, path) == name


def test_lists_are_walked_over_all_their_pages(client: Client) -> None:
    names = [person["name"] for person in client.people(limit=1)]
    assert sorted(names) == ["林知远", "苏沐", "韩若水"]
    assert names == [person["name"] for person in client.people()]
    assert [found["name"] for found in client.entities(q="云溪", type=["Forum", "Place"], limit=1)]


def test_a_page_is_asked_for_only_when_it_is_needed(client: Client) -> None:
    seen: list[str] = []
    client._http.event_hooks["request"] = [lambda request: seen.append(str(request.url))]
    people = client.people(limit=1)
    assert seen == []
    next(people)
    assert len(seen) == 1


def test_answers_are_those_of_the_api(client: Client) -> None:
    assert client.statistics()["documents"] == 4
    assert client.entity(LIN)["name"] == "林知远"
    assert client.document(NEWS_1)["key"] == "news/1.txt"
    assert client.health_live()["status"] == "live"
    path = client.paths(from_=LIN, to=next(client.people(limit=1))["id"])
    assert path["entities"][0]["id"] == LIN
    first, *rest = client.changes(since=0)
    assert first["since"] == 0 and rest


def test_a_decision_is_made_and_taken_back(client: Client) -> None:
    a, b = (body["id"] for body in client.institutions() if body["name"] in ("晨光大学", "海岬研究所"))
    made = client.create_decision({"verdict": "different", "a": a, "b": b, "by": "李明"})
    assert client.decision(made["id"])["verdict"] == "different"
    assert client.delete_decision(made["id"], by="李明")["id"] == made["id"]
    assert [each["id"] for each in client.decisions(in_force=True)] == []


def test_an_export_comes_piece_by_piece(client: Client) -> None:
    content = b"".join(client.export(format="graphml", seed=LIN))
    assert LIN in nx.read_graphml(io.BytesIO(content))


def test_problems_are_errors_with_what_the_service_says(client: Client) -> None:
    with pytest.raises(NotFound) as missing:
        client.entity("甲?b#c%2F")
    assert (missing.value.status, missing.value.kind) == (404, "not-found") and "'甲?b#c%2F'" in missing.value.detail
    with pytest.raises(Refused) as refused:
        list(client.people(limit=1000))
    assert refused.value.kind == "invalid-parameter" and refused.value.members["errors"][0]["parameter"] == "limit"
    with pytest.raises(NotFound):
        list(client.export(seed="nobody"))


@pytest.mark.parametrize("id", ["x/claims", "../decisions/x", "..", ".", ""])
def test_an_id_never_leads_to_another_address(id: str) -> None:
    with Client("http://127.0.0.1:1") as client, pytest.raises(ValueError, match="give the id"):
        client.entity(id)


def test_a_database_that_does_not_answer_says_when_to_come_back() -> None:
    nobody = Graph(Connection("bolt://127.0.0.1:1", "neo4j", "", None), acquisition_timeout_s=1)
    with nobody, Served(api.create_app(nobody)) as http, Client(str(http.base_url)) as client:
        with pytest.raises(Unavailable) as caught:
            client.statistics()
        assert caught.value.retry_after_s and caught.value.kind == "database-unavailable"


def test_a_service_that_is_not_there_is_an_error_that_names_it() -> None:
    with Client("http://127.0.0.1:1") as client:
        for ask in (client.statistics, lambda: list(client.people()), lambda: list(client.export())):
            with pytest.raises(ServiceUnreachable, match=re.escape("http://127.0.0.1:1")):
                ask()


def test_an_answer_that_breaks_off_is_an_error_and_no_whole_file() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def half() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")

        thread = threading.Thread(target=half)
        thread.start()
        with Client(f"http://127.0.0.1:{listener.getsockname()[1]}") as client, pytest.raises(ServiceUnreachable):
            list(client.export())
        thread.join()


def test_the_key_travels_in_a_header_and_not_in_the_address() -> None:
    with Client("http://127.0.0.1:1", key="secret") as client:
        request = client._http.build_request("GET", "/v1/people")
        assert request.headers["authorization"] == "Bearer secret" and "secret" not in str(request.url)


def test_the_notebook_runs_as_it_stands(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cells of code, one after the other, against the API on the samples; only the address differs."""
    load(graph, Extractor().extract_all(read_documents([ROOT / "samples"], on_skip=lambda _: None)))
    monkeypatch.chdir(tmp_path)
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert notebook["nbformat"] == 4 and all(not cell.get("outputs") for cell in notebook["cells"])
    names: dict[str, Any] = {}
    with Served(api.create_app(graph)) as http:
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                code = "".join(cell["source"]).replace("http://127.0.0.1:8000", str(http.base_url))
                exec(compile(code, NOTEBOOK.name, "exec"), names)  # noqa: S102  it is our own
        names["huitu"].close()
    assert names["graph"].number_of_edges() and not names["edges"].empty
    assert (tmp_path / "taihu.gexf").stat().st_size > 1000


def test_files_are_uploaded_once_however_often_they_are_sent(
    graph: Graph, connection: Connection, tmp_path: Path
) -> None:
    path = tmp_path / "notice.txt"
    path.write_text("7月18日，第三届滨海智慧港口论坛在云港举行。", encoding="utf-8")
    with (
        JobService(tmp_path / "jobs", connection) as jobs,
        Served(api.create_app(graph, jobs=jobs)) as http,
        Client(str(http.base_url)) as client,
    ):
        job = client.upload([path], date="2031-07-19", key="one")
        assert client.upload([path], date="2031-07-19", key="one")["id"] == job["id"]
        assert [each["name"] for each in client.job_documents(job["id"])] == ["notice.txt"]
        assert client.cancel_job(job["id"])["id"] == job["id"]
        assert client.delete_job(job["id"]) is None
        assert list(client.jobs()) == []
