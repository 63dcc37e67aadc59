"""Names of a table matched with the graph: by HTTP, and as OpenRefine asks (Reconciliation Service API 0.2)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from forums_news import forums_news
from test_api import Served, get, problem

import api
from graph.client import Graph
from graph.identity import entity_id
from graph.load import load, reset
from graph.schema import EntityType
from graph.settings import Connection

ACADEMY, UNIVERSITY = "云溪科学院", "晨光大学"
F31 = "2031云溪智能论坛"
RECONCILE = "/v1/reconcile"


@pytest.fixture(scope="module")
def http(connection: Connection) -> Iterator[httpx.Client]:
    """The API over the forums' news, loaded once."""
    with Graph(connection) as graph:
        reset(graph)
        load(graph, forums_news())
        with Served(api.create_app(graph)) as client:
            yield client


def match(http: httpx.Client, *names: dict[str, Any], limit: int = 5) -> list[list[dict[str, Any]]]:
    answer = http.post("/v1/match", json={"names": list(names), "limit": limit})
    assert answer.status_code == 200, answer.text
    items = answer.json()["items"]
    assert [each["name"] for each in items] == [each["name"] for each in names]
    return [each["matches"] for each in items]


def names(matches: list[dict[str, Any]]) -> list[str]:
    return [each["entity"]["name"] for each in matches]


def reconcile(http: httpx.Client, **queries: dict[str, Any]) -> dict[str, Any]:
    answer = http.post(RECONCILE, data={"queries": json.dumps(queries, ensure_ascii=False)})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert list(found) == list(queries)
    return found


def test_names_shown_other_names_and_ids_are_meant(http: httpx.Client) -> None:
    id = entity_id(EntityType.ORGANIZATION, UNIVERSITY)
    found = match(http, {"name": "云科院"}, {"name": F31}, {"name": id}, {"name": "云溪科学院 "})
    assert [names(each)[0] for each in found] == [ACADEMY, F31, UNIVERSITY, ACADEMY]
    assert all(each[0]["meant"] and each[0]["score"] > 0.9 for each in found)
    assert not any(each["meant"] for matches in found for each in matches[1:])


def test_what_is_called_otherwise_is_no_match(http: httpx.Client) -> None:
    assert match(http, {"name": "南岭钢铁集团"}, {"name": "？！"}, {"name": "2033云溪智能论坛"}) == [[], [], []]
    assert match(http, {"name": ACADEMY, "types": ["Person"]}) == [[]]


def test_a_name_with_a_slip_is_found_and_left_to_a_person(http: httpx.Client) -> None:
    [found] = match(http, {"name": "2031年云溪智能论坛"})
    assert names(found)[0] == F31
    [slip] = match(http, {"name": "云溪科协院"})
    assert not any(each["meant"] for each in slip)


def test_namesakes_are_told_apart_by_the_body_that_a_table_has(http: httpx.Client) -> None:
    alone, at = match(
        http,
        {"name": "苏沐", "types": ["Person"]},
        {"name": "苏沐", "types": ["Person"], "organization": UNIVERSITY},
    )
    assert names(alone) == ["苏沐", "苏沐"] and not any(each["meant"] for each in alone)
    assert at[0]["meant"] and "body" in [feature["name"] for feature in at[0]["features"]]
    posts = get(http, f"/v1/people/{at[0]['entity']['id']}/posts")["items"]
    assert UNIVERSITY in json.dumps(posts, ensure_ascii=False)


def test_points_add_up_to_the_score(http: httpx.Client) -> None:
    for found in match(http, {"name": "苏沐"}, {"name": "云科院"}, {"name": "云溪论坛"}):
        for each in found:
            points = sum(feature["points"] for feature in each["features"])
            assert each["score"] == pytest.approx(1 / (1 + 2**-points), abs=1e-4)
        assert [each["score"] for each in found] == sorted((each["score"] for each in found), reverse=True)


def test_many_names_are_answered_in_their_order(http: httpx.Client) -> None:
    asked = [{"name": (ACADEMY, "nothing", UNIVERSITY)[number % 3]} for number in range(300)]
    found = match(http, *asked, limit=1)
    assert [names(each) for each in found] == [[ACADEMY], [], [UNIVERSITY]] * 100


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"names": []}, "names"),
        ({"names": [{"name": "甲"}] * 501}, "names"),
        ({"names": [{"name": " "}]}, "names.0.name"),
        ({"names": [{"name": "甲", "type": "Forum"}]}, "names.0.type"),
        ({"names": [{"name": "甲"}], "limit": 0}, "limit"),
    ],
)
def test_what_cannot_be_matched_is_refused(http: httpx.Client, body: Any, parameter: str) -> None:
    found = problem(http.post("/v1/match", json=body), "invalid-parameter")
    assert [each["parameter"] for each in found["errors"]] == [parameter]


# --- OpenRefine


def test_the_manifest_leads_to_services_that_answer(http: httpx.Client) -> None:
    manifest = get(http, RECONCILE)
    assert manifest["versions"] == ["0.2"] and manifest["name"]
    assert manifest["identifierSpace"].startswith("http") and manifest["schemaSpace"].startswith("http")
    for kind, service in manifest["suggest"].items():
        address = service["service_url"] + service["service_path"]
        assert http.get(address, params={"prefix": "o"}).status_code == 200, kind
    proposing = manifest["extend"]["propose_properties"]
    found = http.get(proposing["service_url"] + proposing["service_path"], params={"type": "Forum"}).json()
    assert "out HOSTED_BY" in [each["id"] for each in found["properties"]]
    assert "out SPEAKER_AT" not in [each["id"] for each in found["properties"]]
    id = entity_id(EntityType.FORUM, F31)
    shown = http.get(manifest["preview"]["url"].replace("{{id}}", id))
    assert shown.status_code == 200 and F31 in shown.text and "<script" not in shown.text
    assert "frame-ancestors" not in shown.headers["content-security-policy"]
    assert manifest["view"]["url"].endswith("#entity/{{id}}")


def test_a_batch_is_answered_in_the_form_of_the_specification(http: httpx.Client) -> None:
    found = reconcile(
        http,
        q0={"query": "云科院", "type": "Organization", "limit": 3, "type_strict": "should"},
        q1={"query": "苏沐", "type": ["Person"], "properties": [{"pid": "organization", "v": UNIVERSITY}]},
        q2={"query": "南岭钢铁集团"},
        q3={"query": "苏沐", "properties": [{"pid": "organization", "v": [{"id": "o-1", "name": UNIVERSITY}]}]},
    )
    [academy] = found["q0"]["result"][:1]
    assert academy["id"] == entity_id(EntityType.ORGANIZATION, ACADEMY)
    assert academy["match"] is True and 90 < academy["score"] <= 100
    assert academy["type"] == [{"id": "Organization", "name": "Organization 机构"}]
    assert all(isinstance(each["value"], float | int) for each in academy["features"])
    assert [each["match"] for each in found["q1"]["result"]] == [True, False]
    assert [each["match"] for each in found["q3"]["result"]] == [True, False]
    assert found["q2"] == {"result": []}


def test_a_batch_may_also_come_in_the_address(http: httpx.Client) -> None:
    queries = json.dumps({"a": {"query": UNIVERSITY}})
    found = get(http, RECONCILE, queries=queries)
    assert found["a"]["result"][0]["name"] == UNIVERSITY


def test_the_example_requests_that_the_specification_publishes_are_answered(http: httpx.Client) -> None:
    # github.com/reconciliation-api/specs, examples/reconciliation-query-batch; none of these is in the graph
    simple = {"q1": {"query": "Hans-Eberhard Urbaniak"}, "q2": {"query": "Ernst Schwanhold"}}
    full = {
        "query": "Christel Hanewinckel",
        "type": "DifferentiatedPerson",
        "limit": 5,
        "properties": [
            {
                "pid": "professionOrOccupation",
                "v": ["Politik*", {"id": "wissenschaftler", "name": "Wissenschaftler(in)"}],
            },
            {"pid": "affiliation", "v": "http://d-nb.info/gnd/2022139-3"},
        ],
        "type_strict": "should",
    }
    unnamed = {"properties": [{"pid": "professionOrOccupation", "v": "Politik*"}]}
    found = reconcile(http, **simple, q3=full, q4=unnamed)
    assert found == {name: {"result": []} for name in ("q1", "q2", "q3", "q4")}


def test_a_table_is_extended_by_what_the_graph_knows(http: httpx.Client) -> None:
    forum = entity_id(EntityType.FORUM, F31)
    wanted = {
        "ids": [forum, "f-0000000000000000"],
        "properties": [{"id": each} for each in ("out HOSTED_BY", "out CO_HOSTED_BY", "type", "documents", "aliases")],
    }
    found = http.post(RECONCILE, data={"extend": json.dumps(wanted)}).json()
    assert [each["id"] for each in found["meta"]] == [each["id"] for each in wanted["properties"]]
    row = found["rows"][forum]
    assert {each["name"] for each in row["out CO_HOSTED_BY"]} == {ACADEMY, "海岬研究所"}
    assert row["documents"][0]["int"] >= 1 and row["type"] == [{"id": "Forum", "name": "论坛"}]
    assert found["rows"]["f-0000000000000000"] == {each["id"]: [] for each in wanted["properties"]}


def test_what_is_typed_is_completed(http: httpx.Client) -> None:
    entities = get(http, f"{RECONCILE}/suggest/entity", prefix="云溪科")["result"]
    assert entities[0]["name"] == ACADEMY and entities[0]["notable"][0]["id"] == "Organization"
    assert get(http, f"{RECONCILE}/suggest/type", prefix="论")["result"] == [{"id": "Forum", "name": "Forum 论坛"}]
    properties = get(http, f"{RECONCILE}/suggest/property", prefix="机构")["result"]
    assert "organization" in [each["id"] for each in properties]


@pytest.mark.parametrize(
    "form",
    [
        {"queries": "{"},
        {"queries": "[]"},
        {"queries": '{"q": {"query": 1}}'},
        {"queries": '{"q1": {"limit": 1}}'},  # the specification's example of what is none
        {"extend": '{"ids": []}'},
        {"extend": '{"ids": [], "properties": [{"id": "shoe size"}]}'},
    ],
)
def test_a_batch_that_is_none_is_refused(http: httpx.Client, form: dict[str, str]) -> None:
    found = problem(http.post(RECONCILE, data=form), "invalid-parameter")
    assert found["errors"][0]["parameter"].startswith(next(iter(form)))


def test_only_pages_of_this_machine_read_the_answers(http: httpx.Client) -> None:
    def allowed(origin: str) -> str | None:
        return http.get(RECONCILE, headers={"Origin": origin}).headers.get("access-control-allow-origin")

    assert allowed("http://127.0.0.1:3333") == "http://127.0.0.1:3333"
    assert allowed("http://localhost:3333") == "http://localhost:3333"
    assert allowed("https://localhost.example") is None
    assert allowed("https://example.org") is None
    problem(http.post("/v1/match", data={"names": "甲"}), "unsupported-media-type")
    evil = {"Origin": "https://example.org"}
    problem(http.post(RECONCILE, data={"queries": "{}"}, headers=evil), "foreign-origin")
