"""Reviewing over HTTP: decisions, corrections, changes; and who must not be able to write, or even to read."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from articles import article, newsroom
from test_api import FORUM_31, HAN, LIN, Served, get, operations, problem
from test_decisions import AT_COMPANY, AT_INSTITUTE, AT_UNIVERSITY, two
from test_people import people, post

import api
from extract import Extractor
from extract.sources import read_documents
from graph import queries
from graph.client import Graph
from graph.decisions import decisions
from graph.identity import document_id, entity_id
from graph.load import load
from graph.schema import EntityType
from graph.settings import Connection
from graph.snapshot import changes, snapshot

UNIVERSITY = entity_id(EntityType.ORGANIZATION, "晨光大学")
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def http(graph: Graph) -> Iterator[httpx.Client]:
    """The API on an empty database."""
    with Served(api.create_app(graph, hosts=["huitu.example"])) as client:
        yield client


@pytest.fixture
def namesakes(graph: Graph) -> Graph:
    """Three people of one name, each known by a post."""
    load(graph, [*two(), post("3", "林知远", "北原公司")])
    return graph


def decide(http: httpx.Client, verdict: str, a: str, b: str, **more: object) -> Any:
    response = http.post("/v1/decisions", json={"verdict": verdict, "a": a, "b": b, "by": "甲", **more})
    assert response.status_code == 201, response.text
    assert response.headers["location"] == f"/v1/decisions/{response.json()['id']}"
    return response.json()


def at_once(http: httpx.Client, writes: list[tuple[str, dict[str, str]]]) -> list[int]:
    """The statuses of writes (address, body) that are sent at one time; who is told to come again does."""

    def write(address: str, body: dict[str, str]) -> int:
        answer = http.post(address, json=body)
        for _ in range(10):
            if answer.status_code != 503:
                break
            time.sleep(int(answer.headers["retry-after"]))
            answer = http.post(address, json=body)
        return answer.status_code

    with ThreadPoolExecutor(len(writes)) as pool:
        return list(pool.map(lambda each: write(*each), writes))


def claim_of(graph: Graph, relation: str = "HOSTED_BY") -> str:
    """The id of a claim on the forum of the newsroom."""
    return next(each.id for each in queries.entity_claims(graph, FORUM_31).items if each.relation == relation)


def test_a_decision_is_made_read_listed_and_undone(http: httpx.Client, namesakes: Graph) -> None:
    before = list(snapshot(namesakes))
    made = decide(http, "same", AT_UNIVERSITY, AT_INSTITUTE, why="moved in June")
    assert (made["verdict"], made["type"], made["by"], made["why"]) == ("same", "Person", "甲", "moved in June")
    assert people(namesakes, "林知远") == [2, 1]
    assert get(http, f"/v1/entities/{AT_UNIVERSITY}")["former"] == [AT_INSTITUTE]
    assert get(http, f"/v1/decisions/{made['id']}") == made
    assert get(http, "/v1/decisions")["items"] == [made]
    undone = http.delete(f"/v1/decisions/{made['id']}", params={"by": "乙"})
    assert (undone.status_code, undone.json()["undone_by"]) == (200, "乙")
    assert get(http, f"/v1/decisions/{made['id']}") == undone.json(), "it stays on record"
    assert [line for line in snapshot(namesakes) if made["id"] not in line] == before
    problem(http.delete(f"/v1/decisions/{made['id']}", params={"by": "乙"}), "not-found")


def test_the_members_of_an_entity_are_what_was_joined_to_it(http: httpx.Client, namesakes: Graph) -> None:
    assert namesakes
    decide(http, "same", AT_UNIVERSITY, AT_INSTITUTE)
    found = get(http, f"/v1/entities/{AT_UNIVERSITY}/members", mentions=1)
    assert [each["key"] for each in found["items"]] == sorted([AT_UNIVERSITY, AT_INSTITUTE])
    assert found["total"] == {"count": 2, "exact": True}
    posts = {mention["document"]: mention["posts"] for each in found["items"] for mention in each["mentions"]}
    assert posts["1"] == [{"name": "晨光大学", "role": "院长"}]


def test_lists_of_decisions_are_followed_to_the_end_and_filtered(http: httpx.Client, namesakes: Graph) -> None:
    pairs = [(AT_UNIVERSITY, AT_INSTITUTE), (AT_UNIVERSITY, AT_COMPANY), (AT_INSTITUTE, AT_COMPANY)]
    made = [decide(http, "unsure", a, b)["id"] for a, b in pairs]
    http.delete(f"/v1/decisions/{made[1]}", params={"by": "甲"})
    address: str | None = "/v1/decisions?limit=1"
    seen = []
    while address:
        response = http.get(address)
        assert response.json()["total"] == {"count": 3, "exact": True}
        seen += [each["id"] for each in response.json()["items"]]
        link = re.fullmatch(r'<(.+)>; rel="next"', response.headers.get("link", ""))
        address = link and link[1]
    assert seen == made, "in the order in which they were made"
    assert [each["id"] for each in get(http, "/v1/decisions?in_force=true")["items"]] == [made[0], made[2]]
    assert get(http, "/v1/decisions?in_force=true&limit=1")["total"]["count"] == 2
    assert [each["id"] for each in get(http, "/v1/decisions?in_force=false")["items"]] == [made[1]]
    assert [each.id for each in decisions(namesakes)] == [made[0], made[2]]
    problem(http.get("/v1/decisions?cursor=W10"), "invalid-cursor")
    problem(http.get("/v1/decisions?inforce=true"), "unknown-parameter")


def test_decisions_that_contradict_others_are_refused_with_the_ids_of_these(
    http: httpx.Client, namesakes: Graph
) -> None:
    first = decide(http, "same", AT_UNIVERSITY, AT_INSTITUTE)
    apart = decide(http, "different", AT_INSTITUTE, AT_COMPANY)
    before = list(snapshot(namesakes))
    body = {"verdict": "same", "a": AT_UNIVERSITY, "b": AT_COMPANY, "by": "乙"}
    refused = http.post("/v1/decisions", json=body)
    assert problem(refused, "decision-conflict")["decisions"] == [apart["id"]]
    assert list(snapshot(namesakes)) == before
    http.delete(f"/v1/decisions/{apart['id']}?by=乙")
    second = http.post("/v1/decisions", json=body).json()
    refused = http.post("/v1/decisions", json={**body, "verdict": "different", "a": AT_INSTITUTE})
    assert set(problem(refused, "decision-conflict")["decisions"]) == {first["id"], second["id"]}


@pytest.mark.parametrize(
    ("a", "b"), [(AT_UNIVERSITY, "p-0"), (AT_UNIVERSITY, UNIVERSITY), (AT_UNIVERSITY, AT_UNIVERSITY)]
)
def test_a_decision_that_says_nothing_is_refused(http: httpx.Client, namesakes: Graph, a: str, b: str) -> None:
    problem(http.post("/v1/decisions", json={"verdict": "same", "a": a, "b": b, "by": "甲"}), "bad-decision")
    assert list(decisions(namesakes, in_force=False)) == []


def test_contradicting_decisions_at_one_time_leave_no_contradiction(http: httpx.Client, namesakes: Graph) -> None:
    pairs = [(AT_UNIVERSITY, AT_INSTITUTE), (AT_INSTITUTE, AT_COMPANY), (AT_UNIVERSITY, AT_COMPANY)]
    bodies = [
        {"verdict": verdict, "a": a, "b": b, "by": verdict}
        for verdict, (a, b) in zip(["same", "same", "different"] * 4, pairs * 4, strict=True)
    ]
    answers = at_once(http, [("/v1/decisions", body) for body in bodies])
    assert set(answers) <= {201, 409} and len(answers) == len(bodies)
    in_force = list(decisions(namesakes))
    assert len({(each.a, each.b) for each in in_force}) == len(in_force), "one decision in force on two things"
    assert sorted(each.verdict.value for each in in_force) in (["same", "same"], ["different", "same"])


def test_corrections_of_one_claim_at_one_time_leave_one_in_force(http: httpx.Client, graph: Graph) -> None:
    load(graph, newsroom())
    path = f"/v1/claims/{claim_of(graph)}/corrections"
    answers = at_once(http, [(path, {"action": action, "by": "甲"}) for action in ("accept", "reject") * 4])
    assert answers == [201] * 8
    [left] = get(http, "/v1/corrections?in_force=true")["items"]
    assert get(http, path.removesuffix("/corrections"))["status"] == f"{left['action']}ed"


def test_a_claim_is_accepted_edited_and_rejected(http: httpx.Client, graph: Graph) -> None:
    load(graph, newsroom())
    id = claim_of(graph)
    assert get(http, f"/v1/claims/{id}")["status"] is None
    for body, status in (
        ({"action": "accept"}, "accepted"),
        ({"action": "edit", "changes": {"role": "联合主办"}}, "edited"),
        ({"action": "reject", "why": "a rehearsal"}, "rejected"),
    ):
        response = http.post(f"/v1/claims/{id}/corrections", json={**body, "by": "甲"})
        assert response.status_code == 201, response.text
        made = response.json()
        assert response.headers["location"] == f"/v1/corrections/{made['id']}"
        assert (made["claim"], made["document"], made["applies"]) == (id, "news/1.txt", True)
        assert get(http, f"/v1/corrections/{made['id']}") == made
        found = get(http, f"/v1/claims/{id}")
        assert (found["status"], found["correction"]) == (status, made["id"])
    assert get(http, f"/v1/claims/{id}")["role"] == "联合主办"
    assert get(http, f"/v1/entities/{FORUM_31}/neighbours?relation=HOSTED_BY")["items"] == []
    listed = get(http, "/v1/corrections")
    assert [each["action"] for each in listed["items"]] == ["accept", "edit", "reject"]
    assert [each["action"] for each in get(http, "/v1/corrections?in_force=true")["items"]] == ["edit", "reject"]
    undone = http.delete(f"/v1/corrections/{made['id']}", params={"by": "乙"})
    assert (undone.status_code, undone.json()["undone_by"], undone.json()["applies"]) == (200, "乙", False)
    assert get(http, f"/v1/entities/{FORUM_31}/neighbours?relation=HOSTED_BY")["total"]["count"] == 1
    problem(http.delete(f"/v1/corrections/{made['id']}", params={"by": "乙"}), "not-found")


def test_a_claim_that_was_missed_is_added_and_taken_away_again(http: httpx.Client, graph: Graph) -> None:
    text = "2031云溪智能论坛开幕，晨光大学校长苏沐致辞。"
    load(graph, [article("2", text, {"f1": "2031云溪智能论坛"})])
    before = list(snapshot(graph))
    body = {
        "relation": "SPEAKER_AT",
        "subject": {"type": "Person", "name": "苏沐"},
        "object": {"type": "Forum", "name": "2031云溪智能论坛"},
        "quote": "苏沐致辞",
        "role": "致辞",
        "by": "甲",
    }
    response = http.post(f"/v1/documents/{document_id('2')}/claims", json=body)
    assert response.status_code == 201, response.text
    added = response.json()
    assert response.headers["location"] == f"/v1/claims/{added['id']}"
    assert (added["status"], added["subject"]["name"], added["evidence"][0]["quote"]) == ("added", "苏沐", "苏沐致辞")
    assert get(http, response.headers["location"]) == added
    refused = http.post(f"/v1/claims/{added['id']}/corrections", json={"action": "reject", "by": "甲"})
    assert "added by hand" in problem(refused, "bad-correction")["detail"]
    assert http.delete(f"/v1/corrections/{added['correction']}?by=甲").status_code == 200
    assert [line for line in snapshot(graph) if added["correction"] not in line] == before
    problem(http.get(f"/v1/claims/{added['id']}"), "not-found")


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"quote": "没有这句"}, "to the letter"),
        ({"subject": {"type": "Forum", "name": "甲论坛"}}, "does not go with"),
        ({"date_from": "2031-05-18"}, "go together"),
        ({"date_from": "20310518", "date_to": "2031-05-18", "date_precision": "day"}, "YYYY-MM-DD"),
        ({"date_from": "2031-05-19", "date_to": "2031-05-18", "date_precision": "day"}, "earlier to the later"),
    ],
)
def test_a_claim_that_breaks_the_contract_is_not_added(
    http: httpx.Client, graph: Graph, change: dict[str, object], detail: str
) -> None:
    load(graph, [article("2", "苏沐在2031云溪智能论坛上致辞。", {"f1": "2031云溪智能论坛"})])
    before = list(snapshot(graph))
    person, forum = {"type": "Person", "name": "苏沐"}, {"type": "Forum", "name": "2031云溪智能论坛"}
    body = {"relation": "SPEAKER_AT", "subject": person, "object": forum, "quote": "苏沐", "by": "甲", **change}
    refused = http.post(f"/v1/documents/{document_id('2')}/claims", json=body)
    assert detail in problem(refused, "bad-correction")["detail"]
    assert list(snapshot(graph)) == before


@pytest.mark.parametrize(
    "body",
    [
        {"action": "edit"},
        {"action": "accept", "changes": {"role": "致辞"}},
        {"action": "edit", "changes": {"confidence": "1"}},
        {"action": "edit", "changes": {"\ud800": "1"}},
        {"action": "edit", "changes": {"modality": "maybe"}},
        {"action": "edit", "changes": {"relation": "SPEAKER_AT"}},
    ],
)
def test_a_correction_that_cannot_be_made_is_refused(http: httpx.Client, graph: Graph, body: dict[str, object]) -> None:
    load(graph, newsroom())
    before = list(snapshot(graph))
    refused = http.post(
        f"/v1/claims/{claim_of(graph)}/corrections", content=json.dumps({**body, "by": "甲"}), headers=JSON
    )
    problem(refused, "bad-correction")
    assert list(snapshot(graph)) == before


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/decisions/v-0"),
        ("DELETE", "/v1/decisions/v-0?by=甲"),
        ("GET", "/v1/corrections/x-0"),
        ("DELETE", "/v1/corrections/x-0?by=甲"),
        ("GET", "/v1/claims/c-0"),
        ("POST", "/v1/claims/c-0/corrections"),
        ("POST", "/v1/documents/d-0/claims"),
        ("GET", "/v1/entities/p-0/members"),
    ],
)
def test_what_is_not_there_is_not_found(http: httpx.Client, method: str, path: str) -> None:
    named = {"type": "Organization", "name": "甲"}
    claim = {"relation": "SIGNED_WITH", "subject": named, "object": named, "quote": "甲", "by": "甲"}
    body = claim if path.endswith("claims") else {"action": "accept", "by": "甲"}
    problem(http.request(method, path, json=body if method == "POST" else None), "not-found")


GOOD = {"verdict": "same", "a": AT_UNIVERSITY, "b": AT_INSTITUTE, "by": "甲"}


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({**GOOD, "by": "  "}, "by"),
        ({**GOOD, "by": "甲" * 201}, "by"),
        ({**GOOD, "why": "x" * 2001}, "why"),
        ({**GOOD, "why": "\ud800"}, "why"),
        ({**GOOD, "verdict": "perhaps"}, "verdict"),
        ({**GOOD, "a": 1}, "a"),
        ({**GOOD, "at": "2031-01-01"}, "at"),
        ({name: value for name, value in GOOD.items() if name != "by"}, "by"),
        ([GOOD], "body"),
        ("same", "body"),
        ({"\ud800": 1}, "body"),
    ],
)
def test_a_field_that_is_wrong_is_named(http: httpx.Client, namesakes: Graph, body: object, parameter: str) -> None:
    response = http.post("/v1/decisions", content=json.dumps(body), headers=JSON)
    assert parameter in [each["parameter"] for each in problem(response, "invalid-parameter")["errors"]]
    assert list(decisions(namesakes, in_force=False)) == []


def test_a_field_within_a_field_is_named_with_its_path(http: httpx.Client) -> None:
    named = {"type": "Organization", "name": " "}
    body = {"relation": "SIGNED_WITH", "subject": named, "object": named, "quote": "甲", "by": "甲"}
    found = problem(http.post("/v1/documents/d-0/claims", json=body), "invalid-parameter")
    assert [each["parameter"] for each in found["errors"]] == ["subject.name", "object.name"]
    changed = http.post("/v1/claims/c-0/corrections", json={"action": "edit", "by": "甲", "changes": {"role": 1}})
    assert [each["parameter"] for each in problem(changed, "invalid-parameter")["errors"]] == ["changes.role"]


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe{}", b'{"a": \x00}', b"[" * 100_000])
def test_a_body_that_is_no_json_is_refused(http: httpx.Client, content: bytes) -> None:
    problem(http.post("/v1/decisions", content=content, headers=JSON), "malformed-body")


def test_whoever_undoes_gives_a_name(http: httpx.Client) -> None:
    for query in ("", "?by=", "?by=%20", "?by=" + "x" * 201):
        problem(http.delete(f"/v1/decisions/v-0{query}"), "invalid-parameter")


# What pages of others may try.


def attempt(http: httpx.Client, **headers: str) -> httpx.Response:
    """A write that would be made if the headers let it in."""
    return http.post("/v1/decisions", content=json.dumps(GOOD), headers={**JSON, **headers})


FOREIGN_HOSTS = [
    "evil.example",
    "evil.example:8000",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "evil.localhost",
    "huitu.example.evil.example",
    "192.0.2.1:8000",
    "0.0.0.0",
    "[2001:db8::1]",
    "[::1].evil.example",
    "127.1",
    "2130706433",
    "evil@127.0.0.1",
    "127.0.0.1:80:80",
    "127.0.0.1/",
]


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_page_whose_name_was_made_to_lead_here_neither_reads_nor_writes(
    http: httpx.Client, namesakes: Graph, host: str
) -> None:
    for path in ("/v1/statistics", "/v1/changes", "/", "/openapi.json", "/static/explorer.js", "/nothing"):
        answer = http.get(path, headers={"Host": host})
        assert answer.status_code in (400, 421) and "林知远" not in answer.text
        if answer.status_code == 421:  # h11 itself refuses what is no name of a host
            problem(answer, "wrong-host")
    assert attempt(http, Host=host, Origin=f"http://{host}").status_code in (400, 421)
    assert list(decisions(namesakes, in_force=False)) == []


def test_a_request_that_names_two_hosts_or_none_is_refused(http: httpx.Client) -> None:
    address = ("127.0.0.1", http.base_url.port)
    for head in (b"GET / HTTP/1.0\r\n\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n"):
        with socket.create_connection(address, timeout=60) as connection:
            connection.sendall(head)
            status = connection.makefile("rb").readline().split()[1]
        assert status in (b"400", b"421")


@pytest.mark.parametrize(
    "host",
    ["localhost", "LocalHost:8000", "127.0.0.1", "127.8.8.8:1", "[::1]:8000", "huitu.example", "HUITU.example:80"],
)
def test_loopback_and_the_names_it_was_told_are_answered(http: httpx.Client, host: str) -> None:
    assert http.get("/health/live", headers={"Host": host}).status_code == 200


def test_listening_on_every_address_lets_addresses_in_but_no_names(graph: Graph) -> None:
    for listening in ("0.0.0.0", "::"):
        with Served(api.create_app(graph, hosts=[listening])) as http:
            for host in ("192.0.2.1:8000", "[2001:db8::1]:8000", "127.0.0.1"):
                assert http.get("/health/live", headers={"Host": host}).status_code == 200
            problem(http.get("/health/live", headers={"Host": "evil.example"}), "wrong-host")


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "",
        "http://localhost:1",
        "http://127.0.0.1",
        "http://[",
        "file://",
        "chrome-extension://abc",
        "http://{host}.evil.example",
        "http://evil.example@{host}",
        "http://{host}/",
        "{host}",
    ],
)
def test_a_page_of_another_origin_cannot_write(http: httpx.Client, namesakes: Graph, origin: str) -> None:
    host = f"127.0.0.1:{http.base_url.port}"
    problem(attempt(http, Origin=origin.format(host=host)), "foreign-origin")
    refused = http.delete("/v1/decisions/v-0?by=甲", headers={"Origin": origin.format(host=host)})
    problem(refused, "foreign-origin")
    assert list(decisions(namesakes, in_force=False)) == []


def test_a_page_of_its_own_and_a_program_can_write(http: httpx.Client, namesakes: Graph) -> None:
    assert namesakes
    host = f"127.0.0.1:{http.base_url.port}"
    for headers in ({"Origin": f"http://{host}"}, {}, {"Host": "huitu.example", "Origin": "https://huitu.example"}):
        assert attempt(http, **headers).status_code == 201


@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "text/plain; application/json",
        "application/jsonp",
        "application/vnd.api+json",
        "",
    ],
)
def test_a_form_cannot_write(http: httpx.Client, namesakes: Graph, kind: str) -> None:
    problem(attempt(http, **{"Content-Type": kind}), "unsupported-media-type")
    bare = http.build_request("POST", "/v1/decisions", content=json.dumps(GOOD))
    bare.headers.pop("content-type", None)
    problem(http.send(bare), "unsupported-media-type")
    assert list(decisions(namesakes, in_force=False)) == []


def test_json_with_a_charset_is_json(http: httpx.Client, namesakes: Graph) -> None:
    assert namesakes
    assert attempt(http, **{"Content-Type": "application/JSON; charset=utf-8"}).status_code == 201


def test_a_script_that_asks_for_leave_gets_none(http: httpx.Client) -> None:
    for method in ("POST", "DELETE", "PUT"):
        asked = {"Origin": "http://evil.example", "Access-Control-Request-Method": method}
        answer = http.options("/v1/decisions", headers={**asked, "Access-Control-Request-Headers": "content-type"})
        assert answer.status_code == 405
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_a_method_hidden_in_another_writes_nothing(http: httpx.Client, namesakes: Graph) -> None:
    made = decide(http, "unsure", AT_UNIVERSITY, AT_INSTITUTE)
    for path in (f"/v1/decisions/{made['id']}?by=x", f"/v1/decisions/{made['id']}?by=x&_method=DELETE"):
        http.get(path, headers={"X-HTTP-Method-Override": "DELETE"})
        http.head(path)
    assert [each.id for each in decisions(namesakes)] == [made["id"]]


def test_a_body_that_is_too_large_is_refused_stated_or_not(http: httpx.Client) -> None:
    large = b'{"why": "' + b"x" * 1_000_000 + b'"}'
    problem(http.post("/v1/decisions", content=large, headers=JSON), "body-too-large")
    problem(http.post("/v1/decisions", content=iter([b"{}"]), headers=JSON), "body-too-large")


def test_refusals_carry_the_headers_that_protect(http: httpx.Client) -> None:
    for answer in (attempt(http, Host="evil.example"), attempt(http, Origin="null")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in answer.headers


def test_a_former_id_leads_on_wherever_an_id_is_taken(http: httpx.Client, namesakes: Graph) -> None:
    assert namesakes
    decide(http, "same", AT_UNIVERSITY, AT_INSTITUTE)
    values = {
        "limit": ["7"],
        "type": ["Forum", "Place"],
        "modality": ["held"],
        "with": [AT_COMPANY],
        "measure": ["degree"],
    }
    tried = []
    for method, path, operation in operations(http):
        names = [each["name"] for each in operation.get("parameters", []) if each["in"] == "query"]
        if method == "GET" and path.startswith(("/v1/entities/{id}", "/v1/people/{id}")):
            query = urlencode([(name, value) for name in names for value in values.get(name, ())])
            sent, expected = (
                f"{path.format(id=id)}?{query}" if query else path.format(id=id) for id in (AT_INSTITUTE, AT_UNIVERSITY)
            )
        elif "seed" in names:
            sent, expected = (f"{path}?depth=2&seed={id}&format=node-link" for id in (AT_INSTITUTE, AT_UNIVERSITY))
        elif {"from", "to"} <= set(names):
            sent, expected = (
                f"{path}?from={AT_COMPANY}&relation=SPEAKER_AT&to={id}" for id in (AT_INSTITUTE, AT_UNIVERSITY)
            )
        else:
            continue
        tried.append(path)
        answer = http.request(method, sent)
        assert (answer.status_code, answer.headers["location"]) == (308, expected)
        assert http.get(expected).status_code in (200, 404), expected
    assert len(tried) == 18
    both = http.get(f"/v1/paths?from={AT_INSTITUTE}&to={AT_INSTITUTE}", follow_redirects=True)
    assert both.status_code == 200 and [each["id"] for each in both.json()["entities"]] == [AT_UNIVERSITY]


def test_changes_are_streamed_as_the_library_tells_them(http: httpx.Client, graph: Graph) -> None:
    load(graph, newsroom()[:2])
    answer = http.get("/v1/changes")
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert "content-length" not in answer.headers
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert lines == list(changes(graph, 0)) and len(lines) > 10
    load(graph, newsroom()[2:])
    revision = lines[0]["revision"]
    later = [json.loads(line) for line in http.get("/v1/changes", params={"since": revision}).text.splitlines()]
    assert later == list(changes(graph, revision)) and later[0]["since"] == revision
    assert {each["name"] for each in later if each.get("kind") == "entity"} >= {"韩若水", "北原市"}
    assert http.get("/v1/changes", params={"since": later[0]["revision"]}).text.count("\n") == 1


def test_changes_of_no_revision_are_refused(http: httpx.Client) -> None:
    for since in ("-1", "many", str(2**53), str(10**30)):
        problem(http.get("/v1/changes", params={"since": since}), "invalid-parameter")


def test_without_a_database_every_part_of_a_review_is_a_503() -> None:
    nowhere = Connection("bolt://127.0.0.1:1", "neo4j", "secret", None)
    nobody = Graph(nowhere, acquisition_timeout_s=1, retry_s=0)
    with nobody, Served(api.create_app(nobody)) as http:
        for path in ("/v1/changes", "/v1/decisions", f"/v1/entities/{LIN}/members"):
            problem(http.get(path), "database-unavailable")
        problem(attempt(http), "database-unavailable")
        problem(http.delete("/v1/decisions/v-0?by=甲"), "database-unavailable")


def test_every_example_of_a_body_works_as_it_stands_once_the_samples_are_loaded(
    http: httpx.Client, samples: Graph
) -> None:
    forum = entity_id(EntityType.FORUM, "2024太湖人工智能大会")
    claims = queries.entity_claims(samples, forum, limit=100).items
    speech = next(each for each in claims if each.relation == "SPEAKER_AT" and each.subject.name == "韩伯钧")
    ids = {"/v1/claims/{id}/corrections": speech.id, "/v1/documents/{id}/claims": speech.document.id}
    tried = 0
    for method, path, operation in operations(http):
        if method != "POST" or path not in (*ids, "/v1/decisions", "/v1/match"):
            continue  # those of jobs, extraction and Cypher are tried in the tests of these
        [media] = operation["requestBody"]["content"].values()
        for example in media["examples"].values():
            assert example["summary"]
            response = http.post(path.format(id=ids.get(path)), json=example["value"])
            assert str(response.status_code) in operation["responses"] and response.is_success, (path, response.text)
            tried += 1
    assert tried == 8
    assert speech.document.id in json.dumps(get(http, "/openapi.json")), "the example names its document"


def test_every_example_of_a_parameter_is_a_value_it_can_have(http: httpx.Client, graph: Graph) -> None:
    load(graph, newsroom())
    tried = 0
    for method, path, operation in operations(http):
        queries = [each for each in operation.get("parameters", []) if each["in"] == "query"]
        needed = {each["name"]: each["schema"].get("examples", [HAN])[0] for each in queries if each["required"]}
        for parameter in queries:
            for example in parameter["schema"].get("examples", []):
                answer = http.request(method, path.format(id=HAN), params=needed | {parameter["name"]: example})
                assert answer.status_code not in (400, 422), (path, answer.text)
                tried += 1
    assert tried >= 4


@pytest.fixture
def samples(graph: Graph) -> Graph:
    """The articles in samples/, extracted and loaded as `make run` does."""
    folder = Path(__file__).parents[1] / "samples"
    load(graph, Extractor().extract_all(read_documents([folder], on_skip=lambda _: None)))
    return graph
