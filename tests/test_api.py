from __future__ import annotations

import json
import re
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import uvicorn
from articles import newsroom
from fastapi import FastAPI
from pydantic import SecretStr

import api
from api.errors import PROBLEMS
from graph import queries
from graph.client import Graph
from graph.export import FORMATS, export, graphml, node_link
from graph.identity import document_id, entity_id
from graph.keys import person_id
from graph.schema import ENTITY_NAMES_ZH, RELATIONS, EntityType
from graph.settings import Connection, GraphSettings
from graph.subgraph import Selection, select

LIN = person_id("林知远", EntityType.FORUM, "2031云溪智能论坛")
SU = person_id("苏沐", EntityType.ORGANIZATION, "晨光大学")
HAN = person_id("韩若水", EntityType.ORGANIZATION, "海岬研究所")
FORUM_31 = entity_id(EntityType.FORUM, "2031云溪智能论坛")
NEWS_1 = document_id("news/1.txt")
STATIC = Path(api.__file__).parent / "static"


class Served:
    """An application behind real HTTP on a free port, with uvicorn's connections or our own."""

    def __init__(self, app: FastAPI, http: Any = "auto") -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as `huitu serve` does
        self.server = uvicorn.Server(uvicorn.Config(app, http=http, log_level="warning"))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]})

    def __enter__(self) -> httpx.Client:
        self.thread.start()
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self.socket.getsockname()[1]}", timeout=60)
        return self.client

    def __exit__(self, *_: object) -> None:
        self.client.close()
        self.server.should_exit = True
        self.thread.join()
        self.socket.close()


@pytest.fixture(scope="module")
def http(news: Graph) -> Iterator[httpx.Client]:
    with Served(api.create_app(news)) as client:
        yield client


def get(http: httpx.Client, path: str, **parameters: Any) -> Any:
    response = http.get(path, params=parameters or None)
    assert response.status_code == 200, response.text
    return response.json()


def problem(response: httpx.Response, slug: str) -> Any:
    """What a problem says, once it has the form of one."""
    found = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert (found["type"], found["status"]) == (f"/problems/{slug}", response.status_code)
    assert response.status_code == PROBLEMS[slug].status
    assert found["title"] and found["detail"] and found["instance"] == response.request.url.path
    return found


def test_search(http: httpx.Client) -> None:
    found = get(http, "/v1/entities", q="云溪", type="Place")
    assert found == {
        "items": [
            {
                "id": entity_id(EntityType.PLACE, "云溪市"),
                "type": "Place",
                "name": "云溪市",
                "aliases": [],
                "documents": 1,
            }
        ],
        "total": {"count": 1, "exact": True},
        "next": None,
        "types": found["types"],
        "years": [{"name": "2031", "count": 1}],
        "series": [],
    }
    assert {each["name"]: each["count"] for each in found["types"]}["Place"] == 1
    assert [each["name"] for each in get(http, "/v1/entities?q=云溪&type=Forum")["series"]] == ["云溪智能论坛"]
    both = get(http, "/v1/entities?q=云溪&type=Place&type=Organization")
    assert {each["type"] for each in both["items"]} == {"Place", "Organization"}


def test_an_entity_with_its_claims_and_neighbours(http: httpx.Client) -> None:
    found = get(http, f"/v1/entities/{LIN}")
    assert (found["name"], found["documents"]) == ("林知远", 2)
    assert found["relations"] == [{"relation": "SPEAKER_AT", "direction": "out", "count": 1}]
    claims = get(http, f"/v1/entities/{LIN}/claims")
    text = newsroom()[2].document.text
    [evidence] = claims["items"][0]["evidence"]
    assert text[evidence["start"] : evidence["end"]] == evidence["quote"] == "林知远此前在2031云溪智能论坛作报告"
    [neighbour] = get(http, f"/v1/entities/{LIN}/neighbours", relation="SPEAKER_AT")["items"]
    assert (neighbour["entity"]["name"], neighbour["direction"], neighbour["edge"]["support"]) == (
        "2031云溪智能论坛",
        "out",
        2,
    )
    assert get(http, f"/v1/entities/{SU}/claims", modality="denied")["total"]["count"] == 1
    assert get(http, f"/v1/entities/{LIN}/neighbours", min_support=3)["items"] == []


def test_a_forum_tells_its_series_and_the_other_editions(http: httpx.Client) -> None:
    series = get(http, f"/v1/entities/{FORUM_31}")["series"]
    assert series["name"] == "云溪智能论坛"
    assert [each["name"] for each in series["editions"]] == ["2031云溪智能论坛", "2032云溪智能论坛"]
    assert get(http, f"/v1/entities/{LIN}")["series"] is None


@pytest.mark.parametrize(
    ("path", "type"),
    [
        ("institutions", "Organization"),
        ("forums", "Forum"),
        ("initiatives", "Initiative"),
        ("people", "Person"),
        ("places", "Place"),
    ],
)
def test_lists(http: httpx.Client, path: str, type: str) -> None:
    found = get(http, f"/v1/{path}")
    assert found["items"] and {each["type"] for each in found["items"]} == {type}
    assert found["total"]["count"] == len(found["items"])
    assert get(http, f"/v1/{path}", min_documents=1000)["items"] == []
    assert get(http, f"/v1/{path}", date_from="2999-01-01")["total"]["count"] == 0


def test_a_long_list_says_that_it_counted_no_further(http: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = get(http, "/v1/institutions")["total"]
    assert whole["exact"] and whole["count"] > 1
    monkeypatch.setattr(queries, "MOST_COUNTED", 1)
    for path in ("institutions", "documents"):
        found = get(http, f"/v1/{path}", limit=2)
        assert found["total"] == {"count": 1, "exact": False} and len(found["items"]) == 2


def test_lists_are_followed_by_their_link_to_the_end(http: httpx.Client) -> None:
    address: str | None = "/v1/people?limit=1&date_from=2031-01-01"
    seen: list[str] = []
    while address:
        response = http.get(address)
        body = response.json()
        seen += [each["name"] for each in body["items"]]
        link = re.fullmatch(r'<(.+)>; rel="next"', response.headers.get("link", ""))
        assert (link is None) == (body["next"] is None)
        address = link and link[1]
    assert sorted(seen) == ["林知远", "苏沐"]


def test_a_path_with_the_claims_behind_it(http: httpx.Client) -> None:
    found = get(
        http, f"/v1/paths?from={LIN}&to={SU}&relation=SPEAKER_AT&relation=ORGANIZED_BY&relation=AFFILIATED_WITH"
    )
    assert [each["name"] for each in found["entities"]] == ["林知远", "2031云溪智能论坛", "晨光大学", "苏沐"]
    assert all(each["evidence"][0]["evidence"][0]["quote"] for each in found["edges"])
    problem(http.get(f"/v1/paths?from={LIN}&to={HAN}"), "no-path")
    problem(http.get(f"/v1/paths?from={LIN}&to=nobody"), "unknown-name")


def test_documents(http: httpx.Client) -> None:
    listed = get(http, "/v1/documents", q="签署", source="虚构日报", date_to="2031-12-31")
    assert [each["key"] for each in listed["items"]] == ["news/2.txt"]
    assert "text" not in listed["items"][0]
    found = get(http, f"/v1/documents/{NEWS_1}")
    assert found["text"] == newsroom()[0].document.text and len(found["claims"]) == 4


def test_statistics_and_ontology(http: httpx.Client) -> None:
    assert get(http, "/v1/statistics")["documents"] == 4
    found = get(http, "/v1/ontology")
    assert {each["type"]: each["zh"] for each in found["entities"]} == {k.value: v for k, v in ENTITY_NAMES_ZH.items()}
    assert [each["type"] for each in found["relations"]] == [each.value for each in RELATIONS]


def test_exports_are_those_of_the_library(http: httpx.Client, news: Graph) -> None:
    whole = http.get("/v1/export")
    assert whole.content == export(select(news), "graphml")
    assert whole.headers["huitu-complete"] == "true"
    assert whole.headers["content-disposition"] == 'attachment; filename="huitu.graphml"'
    around = http.get("/v1/export", params={"format": "node-link", "seed": LIN, "depth": 2})
    assert around.content == export(select(news, Selection(LIN, depth=2)), "node-link")
    assert LIN in node_link.read(around.content)
    found = http.get("/v1/export", params={"format": "node-link", "q": "云溪", "depth": 0})
    assert found.content == export(select(news, Selection(query="云溪", depth=0)), "node-link")
    listed = {each["id"] for each in http.get("/v1/entities", params={"q": "云溪"}).json()["items"]}
    assert listed <= set(node_link.read(found.content))


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_chosen_by_its_name_or_its_media_type(http: httpx.Client, news: Graph, format: str) -> None:
    chosen = FORMATS[format]
    named = http.get("/v1/export", params={"format": format, "claims": chosen.claims, "type": "Person"})
    selection = Selection(types=(EntityType.PERSON,), claims=chosen.claims)
    assert named.content == export(select(news, selection), format)
    accepted = http.get("/v1/export", params={"claims": chosen.claims}, headers={"Accept": chosen.media_type})
    for response in (named, accepted):
        assert response.headers["content-type"].split(";")[0] == chosen.media_type
        assert response.headers["content-disposition"] == f'attachment; filename="huitu{chosen.suffix}"'
        assert response.headers["vary"] == "Accept"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/html,application/xml;q=0.9,*/*;q=0.8", "application/graphml+xml"),
        ("text/turtle;q=0.5, application/ld+json", "application/ld+json"),
        ("text/*", "text/turtle"),
        ("application/json;q=0, application/*;q=0.1, text/turtle;q=0.05", "application/graphml+xml"),
        ("text/turtle;q=high, application/zip;q=0.1", "application/zip"),
    ],
)
def test_the_format_that_a_client_likes_most_is_sent(http: httpx.Client, accept: str, kind: str) -> None:
    response = http.get("/v1/export", headers={"Accept": accept})
    assert response.headers["content-type"].split(";")[0] == kind


def test_an_export_that_no_client_takes_is_a_406_that_names_the_kinds(http: httpx.Client) -> None:
    for accept in ("image/png", "text/turtle;q=0", ""):
        found = problem(http.get("/v1/export", headers={"Accept": accept}), "not-acceptable")
        assert "text/turtle" in found["known"]
    assert http.get("/v1/export?format=turtle", headers={"Accept": "image/png"}).status_code == 200


def test_claims_in_a_format_without_place_for_them_are_a_problem(http: httpx.Client) -> None:
    found = problem(http.get("/v1/export?format=gexf&claims=true"), "invalid-parameter")
    assert found["errors"][0]["parameter"] == "claims" and "jsonld" in found["detail"]


def test_a_format_that_is_not_installed_is_a_problem_that_names_the_extra(
    http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "huitu[parquet]" in problem(http.get("/v1/export?format=parquet"), "format-not-installed")["detail"]


def test_a_database_that_fails_in_the_middle_breaks_the_answer_off(news: Graph) -> None:
    """A client must never take half a file for a whole one."""
    news._driver.execute_query(
        "UNWIND range(1, 60000) AS n CREATE (e:Huitu:Entity:Person {id: 'x-' + toString(n), type: 'Person', "
        "name: '某人' + toString(n), aliases: [], documents: 1, added_in: 0})"
    )
    try:
        with (
            Served(api.create_app(news)) as http,
            http.stream("GET", "/v1/export", params={"format": "turtle"}) as response,
            pytest.raises(httpx.RemoteProtocolError),
        ):
            parts = response.iter_raw()
            assert response.status_code == 200 and next(parts)
            terminate(news)
            for _ in parts:
                pass
    finally:
        news._driver.execute_query("MATCH (e:Entity) WHERE e.id STARTS WITH 'x-' DETACH DELETE e")


def terminate(graph: Graph) -> None:
    """End every other transaction, as an operator does, or a server that runs out of memory."""
    with graph._session("WRITE") as session:
        running = session.run(
            "SHOW TRANSACTIONS YIELD transactionId AS id, currentQuery AS query RETURN id, query"
        ).data()
        ids = [row["id"] for row in running if "ORDER BY id" in row["query"]]
        assert ids
        session.run("TERMINATE TRANSACTIONS $ids", ids=ids).consume()


def test_an_export_that_is_cut_says_so(http: httpx.Client) -> None:
    for parameters in ({}, {"seed": LIN, "depth": 3}):
        cut = http.get("/v1/export", params={"limit": 3, **parameters})
        assert cut.headers["huitu-complete"] == "false"
        assert graphml.read(cut.content).graph["complete"] is False


def test_health(http: httpx.Client) -> None:
    assert get(http, "/health/live") == {"status": "live", "database": None}
    assert get(http, "/health/ready")["database"].startswith("Neo4j/5.26")


def test_without_a_client_the_application_opens_and_closes_the_database_of_its_settings(
    news: Graph, connection: Connection
) -> None:
    assert queries.statistics(news).documents == 4
    settings = GraphSettings(
        uri=connection.uri,
        username=connection.username,
        password=SecretStr(connection.password),
        database=connection.database,
    )
    with Served(api.create_app(settings=settings)) as http:
        assert get(http, "/health/ready")["status"] == "ready"
        assert get(http, "/v1/statistics")["documents"] == 4


UNKNOWN_IDS = [
    "/v1/entities/nobody",
    "/v1/entities/nobody/claims",
    "/v1/entities/nobody/neighbours",
    f"/v1/entities/{NEWS_1}",
    f"/v1/documents/{LIN}",
    "/v1/export?seed=nobody",
    "/v1/entities/%00",
    "/v1/entities/" + quote("' OR 1=1 //"),
    "/v1/entities/",
    "/v1/nothing",
    "/nothing",
    "/problems/nothing",
    "/static/nothing.js",
    "/static/..%2Fapp.py",
]


@pytest.mark.parametrize("path", UNKNOWN_IDS)
def test_what_is_not_there_is_a_404(http: httpx.Client, path: str) -> None:
    problem(http.get(path), "not-found")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/v1/entities", f"/v1/entities/{LIN}", "/v1/documents", "/health/live", "/"])
def test_what_is_only_read_cannot_be_written(http: httpx.Client, method: str, path: str) -> None:
    response = http.request(method, path, headers={"Content-Type": "application/json"})
    problem(response, "method-not-allowed")
    assert "GET" in response.headers["allow"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
def test_a_document_is_read_or_deleted_never_written(http: httpx.Client, method: str) -> None:
    path = f"/v1/documents/{NEWS_1}"
    problem(http.request(method, path, headers={"Content-Type": "application/json"}), "method-not-allowed")


@pytest.mark.parametrize(
    ("path", "name", "nearest"),
    [
        ("/v1/entities?q=x&typ=Person", "typ", "type"),
        ("/v1/forums?min_document=3", "min_document", "min_documents"),
        (f"/v1/entities/{LIN}/neighbours?relations=SPEAKER_AT", "relations", "relation"),
        ("/v1/documents?datefrom=2031-01-01", "datefrom", "date_from"),
        (f"/v1/paths?from={LIN}&to={SU}&Relation=X", "Relation", "relation"),
    ],
)
def test_an_unknown_parameter_is_an_error_that_names_the_nearest(
    http: httpx.Client, path: str, name: str, nearest: str
) -> None:
    detail = problem(http.get(path), "unknown-parameter")["detail"]
    assert repr(name) in detail and f"did you mean {nearest!r}" in detail


def test_an_unknown_parameter_like_no_other_lists_the_known(http: httpx.Client) -> None:
    assert "date_from" in problem(http.get("/v1/forums?zzz=1"), "unknown-parameter")["detail"]
    assert "none" in problem(http.get("/health/live?zzz=1"), "unknown-parameter")["detail"]


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/v1/entities", "q"),
        ("/v1/entities?q=", "q"),
        ("/v1/entities?q=x&type=Robot", "type"),
        ("/v1/forums?limit=0", "limit"),
        ("/v1/forums?limit=101", "limit"),
        ("/v1/forums?limit=many", "limit"),
        ("/v1/forums?date_from=2031-13-01", "date_from"),
        (f"/v1/entities/{LIN}/neighbours?relation=KNOWS", "relation"),
        (f"/v1/entities/{LIN}/neighbours?direction=up", "direction"),
        (f"/v1/paths?from={LIN}", "to"),
        ("/v1/export?format=docx", "format"),
        ("/v1/export?limit=0", "limit"),
        ("/v1/export?date_from=yesterday", "date_from"),
        (f"/v1/export?seed={LIN}&depth=4", "depth"),
        ("/v1/export?q=", "q"),
        ("/v1/entities?q=" + "x" * 201, "q"),
    ],
)
def test_a_value_out_of_range_is_an_error_that_names_the_parameter(
    http: httpx.Client, path: str, parameter: str
) -> None:
    found = problem(http.get(path), "invalid-parameter")
    assert parameter in [each["parameter"] for each in found["errors"]]


def test_a_cursor_of_no_list_is_an_error(http: httpx.Client) -> None:
    for cursor in ("x", "W10", "%F0%9F"):
        problem(http.get(f"/v1/forums?cursor={cursor}"), "invalid-cursor")


def test_the_type_of_a_problem_leads_to_its_page(http: httpx.Client) -> None:
    for slug, kind in PROBLEMS.items():
        page = http.get(f"/problems/{slug}")
        assert page.status_code == 200 and kind.title in page.text
        assert page.headers["content-type"].startswith("text/html")


def test_a_database_that_does_not_answer_is_a_503_and_the_process_lives(capfd: pytest.CaptureFixture[str]) -> None:
    nobody = Graph(Connection("bolt://127.0.0.1:1", "neo4j", "secret", None), acquisition_timeout_s=1)
    with nobody, Served(api.create_app(nobody)) as http:
        for path in ("/health/ready", "/v1/statistics", "/v1/entities?q=x", "/v1/export"):
            response = http.get(path)
            found = problem(response, "database-unavailable")
            assert response.headers["retry-after"].isdigit()
            assert "secret" not in response.text and "bolt" not in found["detail"]
        assert http.get("/health/live").status_code == 200
    assert "secret" not in "".join(capfd.readouterr())


def test_a_fault_of_ours_is_a_500_that_tells_nothing_of_the_inside(
    news: Graph, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr(queries, "statistics", fail)
    with Served(api.create_app(news)) as http:
        response = http.get("/v1/statistics")
    assert "inside" not in problem(response, "internal-error")["detail"]
    assert "ZeroDivisionError" in caplog.text


def test_many_at_once_are_all_answered(http: httpx.Client) -> None:
    answers: list[int] = []

    def ask() -> None:
        answers.append(httpx.get(f"{http.base_url}/v1/entities?q=云溪", timeout=60).status_code)

    threads = [threading.Thread(target=ask) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 32


def operations(http: httpx.Client) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of all that the API can do."""
    for path, methods in get(http, "/openapi.json")["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def test_every_operation_has_a_summary_and_documents_its_errors(http: httpx.Client) -> None:
    described = list(operations(http))
    assert len(described) == 97
    for method, path, operation in described:
        assert operation["summary"] and operation["description"], path
        statuses = {"400", "401", "403", "414", "421", "422", "429", "503"}
        statuses |= {"413", "415"} if method != "GET" else set()
        for status in statuses:
            [media] = operation["responses"][status]["content"]
            assert media == "application/problem+json", path
        if "{id}" in path:
            assert "404" in operation["responses"], path
    assert len({operation["operationId"] for _, _, operation in described}) == len(described)


def test_every_reference_of_the_description_leads_somewhere(http: httpx.Client) -> None:
    schema = get(http, "/openapi.json")
    references = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(schema)))
    assert references <= set(schema["components"]["schemas"])
    assert "Problem" in references


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_pages_bring_everything_along_and_allow_nothing_from_elsewhere(http: httpx.Client, path: str) -> None:
    page = http.get(path)
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self';" in policy and "http" not in policy
    loaded = re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)
    assert len(loaded) >= 2
    for address in loaded:
        assert http.get(address).status_code == 200
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page.text)
    assert "<script>" not in page.text and "onclick=" not in page.text


def test_swagger_ui_comes_with_its_licence() -> None:
    assert "Apache License" in (STATIC / "swagger-ui" / "LICENSE").read_text(encoding="utf-8")
    assert "sourceMappingURL" not in (STATIC / "swagger-ui" / "swagger-ui-bundle.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["/v1/statistics", "/nothing", "/", "/static/explorer/main.js", "/v1/export"])
def test_every_answer_carries_the_headers_that_protect(http: httpx.Client, path: str) -> None:
    headers = http.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers


def test_the_edges_among_entities_and_the_claims_behind_one(http: httpx.Client) -> None:
    found = get(http, f"/v1/edges?entity={LIN}&entity={FORUM_31}&entity=nobody")
    assert [each["id"] for each in found["entities"]] == sorted([LIN, FORUM_31])
    [edge] = found["edges"]
    assert (edge["head"], edge["relation"], edge["tail"]) == (LIN, "SPEAKER_AT", FORUM_31)
    claims = get(http, "/v1/edges/claims", head=LIN, relation="SPEAKER_AT", tail=FORUM_31)
    assert len(claims) == edge["claims"]
    assert {(each["subject"]["id"], each["object"]["id"]) for each in claims} == {(LIN, FORUM_31)}
    assert get(http, "/v1/edges/claims", head=LIN, relation="HOSTED_BY", tail=FORUM_31) == []
    problem(http.get("/v1/edges"), "invalid-parameter")
