"""The pack for Neo4j Browser: style, guides and saved queries, as they are made, served, and run on the samples."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from neo4j import Driver, RoutingControl
from test_api import Served

from api import create_app
from api.browser import LANGUAGES, favourites, favourites_zip, guide
from extract import Extractor
from extract.sources import read_documents
from graph.client import Graph
from graph.embedded import EmbeddedServer
from graph.embedded.config import browser_commands
from graph.grass import as_command, as_grass, style
from graph.load import load, reset
from graph.schema import EDGE_TYPES, EDITION_OF, FORUM_SERIES, EntityType
from graph.settings import Connection

SAMPLES = Path(__file__).parents[1] / "samples"
LABELS = {*EntityType, FORUM_SERIES, "Document", "Claim", "Mention", "Key", "Decision"}


@pytest.fixture(scope="module")
def samples(connection: Connection) -> Iterator[Graph]:
    with Graph(connection) as graph:
        reset(graph)
        load(graph, Extractor().extract_all(read_documents([SAMPLES], on_skip=lambda _: None)))
        yield graph


@pytest.fixture(scope="module")
def http(connection: Connection) -> Iterator[httpx.Client]:
    with Graph(connection) as graph, Served(create_app(graph, hosts=["graph.example.org"])) as client:
        yield client


def test_every_label_and_relationship_type_has_a_style() -> None:
    sheet = style()
    assert {selector.removeprefix("node.") for selector in sheet if selector.startswith("node.")} == LABELS
    types = {selector.removeprefix("relationship.") for selector in sheet if selector.startswith("relationship.")}
    assert types == {*EDGE_TYPES, EDITION_OF}
    for properties in sheet.values():
        for name, value in properties.items():
            assert re.fullmatch({"color": r"#[0-9a-f]{6}", "diameter": r"[0-9]+px"}.get(name, ".+"), value)


def test_entity_types_have_colours_of_their_own() -> None:
    colours = [style()[f"node.{label}"]["color"] for label in LABELS]
    assert len(set(colours)) == len(colours)


def test_the_file_and_the_command_hold_the_same_style() -> None:
    assert json.loads(as_command().removeprefix("style ")) == style()
    rules = re.findall(r"(\S+) \{\n(.*?)\n\}", as_grass(), re.DOTALL)
    assert {
        selector: {name: value.strip('"') for name, value in re.findall(r"  (\S+): (.*);", body)}
        for selector, body in rules
    } == style()


def test_what_the_browser_is_told_to_do_are_two_commands() -> None:
    without_quoted = re.sub('"[^"]*"', "", browser_commands(8123))  # Browser splits at semicolons outside quotes
    assert [command.split()[0] for command in without_quoted.split(";")] == ["style", "guide"]
    assert browser_commands(8123).endswith(" http://127.0.0.1:8123/browser/guide.zh.html")
    assert "guide" not in browser_commands(0)
    assert "\n" not in browser_commands(8123)


@pytest.mark.usefixtures("samples")
@pytest.mark.parametrize("name", favourites())
def test_every_saved_query_reads_and_finds_something_in_the_samples(
    _driver: Driver, connection: Connection, name: str
) -> None:
    records, summary, _ = _driver.execute_query(
        favourites()[name], database_=connection.database, routing_=RoutingControl.READ
    )
    assert records
    assert summary.query_type == "r"
    assert not summary.gql_status_objects[1:], summary.gql_status_objects


@pytest.mark.parametrize("name", favourites())
def test_every_saved_query_says_what_it_is_for_in_both_languages(name: str) -> None:
    first = favourites()[name].splitlines()[0]
    assert re.fullmatch(r"// [^·]*[\u4e00-\u9fff][^·]* · [A-Z][ -~]+", first)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_has_ten_steps_each_with_a_saved_query(language: str) -> None:
    text = guide(language, "http://127.0.0.1:8123/browser")
    steps = re.findall(r"<slide.*?</slide>", text, re.DOTALL)
    shown = [re.findall(r'<pre class="[^"]*runnable">(.*?)</pre>', step, re.DOTALL) for step in steps]
    assert [len(queries) for queries in shown] == [1] * 10
    bodies = {
        query.partition("\n")[2].strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for query in favourites().values()
    }
    assert {queries[0] for queries in shown} <= bodies
    assert "data-query" not in text
    assert "{base}" not in text


def test_both_languages_take_the_same_steps() -> None:
    steps = [re.findall("<pre.*?</pre>", guide(each, "http://x"), re.DOTALL) for each in LANGUAGES]
    assert steps[0] == steps[1]


def test_the_zip_holds_every_saved_query_and_is_always_the_same() -> None:
    with zipfile.ZipFile(io.BytesIO(favourites_zip())) as archive:
        found = {name: archive.read(name).decode() for name in archive.namelist()}
    assert found == {f"Huitu/{name}.cypher": query for name, query in favourites().items()}
    assert favourites_zip() == favourites_zip()


@pytest.mark.parametrize(
    ("path", "kind", "holds"),
    [
        ("/browser/guide.zh.html", "text/html", "会图导览"),
        ("/browser/guide.en.html", "text/html", "A tour of Huitu"),
        ("/browser/style.grass", "text/plain", "node.Person {"),
        ("/browser/favourites.zip", "application/zip", "PK"),
    ],
)
def test_the_files_are_served(http: httpx.Client, path: str, kind: str, holds: str) -> None:
    response = http.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(kind)
    assert holds in response.text


def test_the_guide_leads_to_files_of_the_address_it_was_fetched_from(http: httpx.Client) -> None:
    text = http.get("/browser/guide.zh.html", headers={"Host": "localhost:8123"}).text
    assert "guide http://localhost:8123/browser/guide.en.html" in text
    assert "style http://localhost:8123/browser/style.grass" in text


@pytest.mark.parametrize("origin", ["http://127.0.0.1:7474", "http://localhost:7474", "https://graph.example.org"])
@pytest.mark.parametrize("path", ["/browser/guide.zh.html", "/browser/guide.en.html", "/browser/style.grass"])
def test_a_neo4j_browser_of_ours_may_read_them(http: httpx.Client, origin: str, path: str) -> None:
    asked = {"Origin": origin, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "pragma"}
    preflight = http.options(path, headers=asked)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == origin
    assert "pragma" in preflight.headers["access-control-allow-headers"]
    assert http.get(path, headers={"Origin": origin}).headers["access-control-allow-origin"] == origin


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1.evil.example", "http://"])
def test_pages_of_others_may_not(http: httpx.Client, origin: str) -> None:
    for response in (
        http.options("/browser/guide.zh.html", headers={"Origin": origin, "Access-Control-Request-Method": "GET"}),
        http.get("/browser/guide.zh.html", headers={"Origin": origin}),
    ):
        assert not [name for name in response.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("path", ["/v1/entities", "/v1/statistics", "/", "/browser/favourites.zip"])
def test_nothing_else_may_be_read_by_another_origin(http: httpx.Client, path: str) -> None:
    asked = {"Origin": "http://127.0.0.1:7474", "Access-Control-Request-Method": "GET"}
    assert http.options(path, headers=asked).status_code == 405
    for response in (http.options(path, headers=asked), http.get(path, headers={"Origin": asked["Origin"]})):
        assert not [name for name in response.headers if name.startswith("access-control-")]


def test_a_guide_in_no_language_of_ours_is_not_there(http: httpx.Client) -> None:
    assert http.get("/browser/guide.fr.html").status_code in (404, 422)


def browser_command(*arguments: str, **environment: str) -> str:
    """What ``huitu browser`` prints."""
    found = subprocess.run(
        [Path(sys.executable).with_name("huitu"), "browser", *arguments],
        env={**os.environ, "NEO4J_URI": "", "HUITU_PORT": "", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return found.stdout


def test_the_command_says_where_the_embedded_browser_is(server: EmbeddedServer) -> None:
    said = browser_command(HUITU_DATA_DIR=str(server.data_dir))
    assert str(server.status().browser) in said
    assert str(server.password_file) in said
    assert server.password_file.read_text().strip() not in said


def test_the_command_says_when_it_does_not_run(tmp_path: Path) -> None:
    assert "does not run" in browser_command(HUITU_DATA_DIR=str(tmp_path))


def test_for_a_server_of_ones_own_it_prints_two_settings() -> None:
    own = {"NEO4J_URI": "bolt://db.example.org:7687", "NEO4J_PASSWORD": "x", "HUITU_PORT": "8123"}
    base = "http://localhost:8123/browser"
    assert f"browser.post_connect_cmd=style {base}/style.grass; guide {base}/guide.zh.html\n" in browser_command(**own)
    assert "browser.remote_content_hostname_whitelist=localhost\n" in browser_command(**own)
    elsewhere = browser_command("--api", "https://graph.example.org/", **own)
    assert "browser.remote_content_hostname_whitelist=graph.example.org\n" in elsewhere
    assert ":style https://graph.example.org/browser/style.grass\n" in elsewhere


def test_the_style_can_be_pasted_and_the_queries_written(tmp_path: Path) -> None:
    assert browser_command("--style") == f":{as_command()}\n"
    browser_command("--favourites", str(tmp_path / "huitu.zip"))
    assert (tmp_path / "huitu.zip").read_bytes() == favourites_zip()


def test_the_docs_name_the_commands_that_are_printed() -> None:
    docs = (Path(__file__).parents[1] / "docs" / "browser.md").read_text(encoding="utf-8")
    printed = browser_command(NEO4J_URI="bolt://db.example.org:7687", NEO4J_PASSWORD="x")
    for line in re.findall(r"(?m)^(?:browser\.|:).*$", docs):
        assert line in printed
