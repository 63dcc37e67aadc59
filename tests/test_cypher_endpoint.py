"""Cypher that users write reads the graph and does nothing else, whatever it tries; limits say what they cut."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from test_api import Served, problem

import api
from api import examples
from graph.client import Graph
from graph.embedded.config import HARDENING
from graph.guarded import Answer, QueryRefused, QueryTooLong, ask, check_text

DATA = Path(__file__).parent / "data"
PARAMETERS = {"names": ["林知远"], "label": "Person"}


def queries(file: str) -> list[str]:
    text = (DATA / file).read_text(encoding="utf-8").split("\n\n", 1)[1]
    found = []
    for each in text.strip().split("\n\n"):
        if each.startswith("!"):
            each = each[1:].replace("\\n", "\n").replace("\\r", "\r").replace("\\x180e", "\u180e")
        found.append(each)
    return found


@pytest.fixture(scope="module")
def http(news: Graph) -> Iterator[httpx.Client]:
    with Served(api.create_app(news, cypher=True)) as client:
        yield client


def content(graph: Graph) -> Any:
    with graph.reading() as session:
        return session.run(
            "MATCH (n) WITH count(n) AS nodes, sum(size(keys(n)) + size(labels(n))) AS said "
            "OPTIONAL MATCH ()-[r]->() RETURN nodes, said, count(r) AS edges"
        ).data()


def lines(response: httpx.Response) -> list[Any]:
    assert response.status_code == 200, response.text
    return [json.loads(line) for line in response.text.splitlines()]


def run(http: httpx.Client, query: str, **more: Any) -> httpx.Response:
    return http.post("/v1/cypher", json={"query": query, **more})


@pytest.mark.parametrize("query", queries("cypher-attacks.txt"))
def test_no_attack_gets_through(http: httpx.Client, query: str) -> None:
    response = run(http, query, parameters=PARAMETERS)
    assert response.json()["type"] in {"/problems/query-refused", "/problems/bad-query"}, response.text


def test_attacks_that_the_server_could_run_are_refused_by_their_plan_too(news: Graph) -> None:
    """The look at the text is not what stands between them and the server."""
    before = content(news)
    seen = 0
    for query in queries("cypher-attacks.txt"):
        try:
            check_text(query)
        except QueryRefused:
            continue
        seen += 1
        with pytest.raises(Exception, match=r"."):
            list(ask(news, query, PARAMETERS).rows)
    assert seen > 15
    assert content(news) == before


@pytest.mark.parametrize("query", queries("cypher-harmless.txt"))
def test_what_is_harmless_runs(http: httpx.Client, query: str) -> None:
    found = lines(run(http, query, parameters=PARAMETERS))
    assert found[0]["columns"]
    assert found[-1]["end"] == {"rows": len(found) - 2, "cut": None}
    assert all(len(each["row"]) == len(found[0]["columns"]) for each in found[1:-1])


def test_the_example_of_the_description_runs(http: httpx.Client) -> None:
    for each in examples.QUERIES.values():
        assert lines(http.post("/v1/cypher", json=each["value"]))[0]["columns"] == ["name", "forums"]


def test_nodes_edges_and_paths_are_objects(http: httpx.Client) -> None:
    row = lines(run(http, "MATCH p = (a:Person)-[r:SPEAKER_AT]->(f) RETURN a, r, p LIMIT 1"))[1]["row"]
    node, edge, path = row
    assert "Person" in node["labels"] and node["properties"]["name"]
    assert edge["type"] == "SPEAKER_AT" and edge["from"] == node["node"]
    assert [len(path["nodes"]), len(path["edges"])] == [2, 1]


def test_limits_say_what_they_cut(news: Graph, http: httpx.Client) -> None:
    endless = "UNWIND range(1, 1000000000) AS x RETURN x"
    cut = lines(run(http, endless, limit=7))
    assert len(cut) == 9 and cut[-1]["end"] == {"rows": 7, "cut": "rows"}
    assert lines(run(http, "UNWIND range(1, 7) AS x RETURN x", limit=7))[-1]["end"]["cut"] is None

    def drained(**limits: Any) -> Answer:
        answer = ask(news, "UNWIND range(1, 100000) AS x RETURN x, '第三届论坛' AS text", {}, **limits)
        answer.rows = iter(list(answer.rows))
        return answer

    answer = drained(max_bytes=1_000, max_rows=100_000)
    assert answer.cut == "bytes" and 900 < sum(len(repr(row).encode()) for row in answer.rows) <= 1_000


def test_a_bomb_ends_with_its_time(news: Graph) -> None:
    bomb = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b UNWIND range(1, 1000) AS c RETURN count(*) AS n"
    with pytest.raises(Exception, match="used up its time"):
        ask(news, bomb, {}, timeout_s=1.0)


@pytest.mark.parametrize(
    "bomb",
    [
        "UNWIND range(1, 100000000) AS x WITH collect(x + 0.5) AS xs RETURN size(xs) AS n",
        "RETURN size([x IN range(1, 200000000) | x + 0.5]) AS n",
        "RETURN size(reduce(text = 'x', i IN range(1, 40) | text + text)) AS n",
        "RETURN size(replace($text, 'x', $text)) AS n",
    ],
)
def test_one_that_fills_the_memory_ends_alone(news: Graph, bomb: str) -> None:
    """Of lists in the making and of texts Neo4j keeps no count: they end where the heap does."""
    with pytest.raises(QueryTooLong):
        ask(news, bomb, {"text": "x" * 300_000})
    assert news.verify() and content(news)


def test_it_is_off_unless_asked_for(news: Graph) -> None:
    with Served(api.create_app(news)) as http:
        problem(run(http, "RETURN 1"), "cypher-off")


def test_what_cannot_be_compiled_is_told_in_the_words_of_the_server(http: httpx.Client) -> None:
    assert "Invalid input" in problem(run(http, "MATCH (n RETURN n"), "bad-query")["detail"]
    problem(run(http, "RETURN $missing AS x"), "bad-query")
    problem(run(http, "RETURN $x AS x", parameters={"x": 2**63}), "bad-query")
    body = '{"query": "RETURN $x AS x", "parameters": {"x": "\\ud800"}}'
    problem(http.post("/v1/cypher", content=body, headers={"Content-Type": "application/json"}), "bad-query")
    problem(run(http, ""), "invalid-parameter")
    problem(run(http, "RETURN 1", limit=10_001), "invalid-parameter")


def test_the_embedded_server_is_hardened_behind_it() -> None:
    assert HARDENING["dbms.security.allow_csv_import_from_file_urls"] == "false"
    assert HARDENING["internal.dbms.cypher_ip_blocklist"] == "0.0.0.0/0,::/0"
