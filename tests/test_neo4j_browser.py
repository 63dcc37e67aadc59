"""Neo4j Browser of the embedded server in a real Chromium: connected, styled, with its guide, asking nobody else."""

from __future__ import annotations

import base64
import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from chromium import ARGUMENTS, CHROMIUM, NEEDED, PICTURES
from playwright.sync_api import Page, Request, TimeoutError, expect, sync_playwright

from api import create_app
from api.browser import favourites, favourites_zip
from extract import Extractor
from extract.sources import read_documents
from graph.client import Graph
from graph.embedded import EmbeddedServer
from graph.grass import NODE_COLOURS, style
from graph.load import load, reset
from graph.settings import Connection

SAMPLES = Path(__file__).parents[1] / "samples"
OURS = ("http://127.0.0.1:", "data:", "blob:")
DROP = """([name, data]) => {
  const bytes = Uint8Array.from(atob(data), character => character.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name));
  document.querySelector(".filedrop").dispatchEvent(
    new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
}"""

pytestmark = [pytest.mark.browser, NEEDED]


@dataclass
class Seen:
    """A page of Neo4j Browser, connected, and what it asked for."""

    page: Page
    asked: list[Request] = field(default_factory=list)
    sockets: list[str] = field(default_factory=list)

    def left(self) -> list[str]:
        """Requests to other hosts; Chromium stops what the page's policy forbids before it leaves, and says so."""
        return [each.url for each in self.asked if not each.url.startswith(OURS) and each.failure != "csp"]

    def drop(self, name: str, content: bytes) -> None:
        """Drop a file on the page."""
        self.page.evaluate(DROP, [name, base64.b64encode(content).decode()])

    def picture(self, name: str) -> None:
        """Leave a picture of the page among the artefacts."""
        self.page.screenshot(path=PICTURES / f"neo4j-browser-{name}.png")


@contextlib.contextmanager
def opened(server: EmbeddedServer, connection: Connection) -> Iterator[Seen]:
    """Neo4j Browser as a person opens and connects it."""
    address = server.status().browser
    assert address is not None
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = chromium.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(120_000)
        seen = Seen(page)
        page.on("request", lambda request: seen.asked.append(request))
        page.on("websocket", lambda socket: seen.sockets.append(socket.url))
        page.goto(address)
        page.get_by_test_id("username").fill(connection.username)
        page.get_by_test_id("password").fill(connection.password)
        page.get_by_test_id("connect").click()
        page.get_by_text("You are connected as user").wait_for()
        yield seen
        chromium.close()


@pytest.fixture
def api(connection: Connection, api_socket: socket.socket) -> Iterator[None]:
    """The API with the samples, where the server's Neo4j Browser looks for it."""
    with Graph(connection) as graph:
        reset(graph)
        load(graph, Extractor().extract_all(read_documents([SAMPLES], on_skip=lambda _: None)))
        served = uvicorn.Server(uvicorn.Config(create_app(graph), log_level="warning"))
        listening = socket.socket(fileno=api_socket.dup().detach())
        thread = threading.Thread(target=served.run, kwargs={"sockets": [listening]})
        thread.start()
        yield
        served.should_exit = True
        thread.join()


def test_without_the_api_it_is_styled_and_works_and_no_request_leaves(
    server: EmbeddedServer, connection: Connection
) -> None:
    with opened(server, connection) as seen:
        seen.page.get_by_test_id("styleResetButton").wait_for()
        seen.page.get_by_test_id("guidesDrawer").wait_for()
        seen.picture("without-api")
        assert seen.left() == []
        assert connection.uri.partition("://")[2] in " ".join(seen.sockets)
        assert all(socket.startswith("ws://127.0.0.1:") for socket in seen.sockets)


@pytest.mark.usefixtures("api")
def test_guide_style_and_favourites_lead_through_the_graph(server: EmbeddedServer, connection: Connection) -> None:
    with opened(server, connection) as seen:
        page, drawer = seen.page, seen.page.get_by_test_id("guidesDrawer")
        drawer.get_by_role("heading", name="会图导览").wait_for()
        seen.picture("guide")

        page.get_by_test_id("guideNextSlide").click()
        drawn = page.locator("#svg-vis g.node circle.b-outline").first
        for _ in range(3):  # what is run while Browser still does its own first commands can be passed over
            drawer.locator("pre.runnable").click()
            expect(page.get_by_test_id("activeEditor")).to_contain_text("2025太湖人工智能大会")
            page.get_by_test_id("editor-Run").click()
            with contextlib.suppress(TimeoutError):
                drawn.wait_for(timeout=30_000)
                break
        expect(drawn).to_be_visible()
        fills = page.locator("#svg-vis g.node circle.b-outline").evaluate_all(
            "all => all.map(e => e.getAttribute('fill'))"
        )
        assert {NODE_COLOURS[label] for label in ("Forum", "Organization", "Person")} <= set(fills)
        assert set(fills) <= set(NODE_COLOURS.values())
        lines = page.locator("#svg-vis g.relationship path.b-outline")
        drawn = lines.evaluate_all("all => all.map(e => e.getAttribute('fill'))")
        assert set(drawn) <= {rule["color"] for name, rule in style().items() if name.startswith("relationship.")}
        expect(page.locator("#svg-vis g.node text", has_text="2025太湖").first).to_be_visible()
        seen.picture("forum")

        seen.drop("favourites.zip", favourites_zip())
        page.get_by_test_id("navigationFavorites").click()
        page.get_by_test_id("expandFolder-Huitu").click()
        for query in favourites().values():
            name = query.partition("\n")[0].removeprefix("// ")
            page.get_by_text(name, exact=True).wait_for()
        seen.picture("favourites")
        page.get_by_text("图里有什么 · What the graph holds", exact=True).click()
        page.get_by_test_id("editor-Run").click()
        page.get_by_test_id("frameContents").first.get_by_text("Organization", exact=False).first.wait_for()

        page.get_by_test_id("navigationGuides").click()
        page.get_by_test_id("pagination-1").click()
        drawer.get_by_text("English").click()
        drawer.get_by_role("heading", name="A tour of Huitu").wait_for()
        seen.picture("guide-english")
        assert seen.left() == []
