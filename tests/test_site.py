"""The documentation site: it builds strictly, asks no other host for anything, and its tutorial works as it stands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from test_api import Served

from api import create_app
from extract import Extractor
from extract.sources import read_documents
from graph.client import Graph
from graph.embedded import EmbeddedServer
from graph.load import load, reset
from graph.settings import Connection

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^```sh\n(.*?)^```$", TUTORIAL, re.MULTILINE | re.DOTALL)
FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}


class Fetched(HTMLParser):
    """What a page makes a browser fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get(FETCHED.get(tag, ""))
        if address is not None and ("rel", "canonical") not in attrs:
            self.found.append(address)


@pytest.fixture(scope="module")
def site() -> Path:
    """The built site; there is no way to another host while it is built."""
    nowhere = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    built = subprocess.run(
        [sys.executable, "docs/build.py"],
        cwd=ROOT,
        env=os.environ | nowhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return ROOT / "build" / "site"


@pytest.fixture(scope="module")
def http(connection: Connection) -> Iterator[httpx.Client]:
    with Graph(connection) as graph:
        reset(graph)
        load(graph, Extractor().extract_all(read_documents([ROOT / "samples"], on_skip=lambda _: None)))
        with Served(create_app(graph)) as client:
            yield client


def test_every_page_is_there_and_fetches_from_its_own_site_alone(site: Path) -> None:
    sources = {page.stem for page in (ROOT / "docs").glob("*.md")}
    assert sources <= {page.stem for page in site.glob("*.html")}
    assert {page.stem for page in (site / "reference").glob("*.html")} == {
        "api", "commands", "cypher", "ontology", "problems", "settings",
    }  # fmt: skip
    for page in site.rglob("*.html"):
        addresses = Fetched(page.read_text(encoding="utf-8")).found
        assert addresses
        assert not [each for each in addresses if re.match(r"(?:https?:)?//", each)], page


def test_every_page_is_in_the_table_of_contents() -> None:
    listed = set(re.findall(r'"([a-z/-]+\.md)"', (ROOT / "zensical.toml").read_text(encoding="utf-8")))
    assert {page.name for page in (ROOT / "docs").glob("*.md")} <= listed


def test_the_reference_names_what_the_code_has(site: Path) -> None:
    text = {page.stem: page.read_text(encoding="utf-8") for page in (site / "reference").glob("*.html")}
    assert "huitu neo4j backup" in text["commands"]
    assert "HUITU_MEMORY_MIB" in text["settings"]
    assert "联合主办" in text["ontology"]
    assert "GET /v1/entities/{id}/claims" in text["api"]
    assert "foreign-origin" in text["problems"]
    assert "derive_edges" in text["cypher"]


@pytest.mark.parametrize("commands", COMMANDS, ids=[each.splitlines()[0][:40] for each in COMMANDS])
def test_the_tutorial_works(http: httpx.Client, server: EmbeddedServer, commands: str) -> None:
    here = commands.replace("http://127.0.0.1:8000", str(http.base_url).rstrip("/"))
    env = os.environ | {
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "HUITU_DATA_DIR": str(server.data_dir),
        "NEO4J_URI": "",
    }
    done = subprocess.run(
        ["/bin/bash", "-euo", "pipefail", "-c", here], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "太湖" in done.stdout or "huitu.graphml" in commands


def test_the_first_command_of_the_tutorial_is_a_make_target() -> None:
    blocks = re.findall(r"^```(\w*)\n(.*?)\n```$", TUTORIAL, re.MULTILINE | re.DOTALL)
    assert blocks[0] == ("", "make run") and {language for language, _ in blocks[1:]} == {"sh"}
    assert re.search(r"^run:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
