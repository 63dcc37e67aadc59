"""Neo4j Browser of the embedded server in a real Chromium: it connects, and asks nobody else for anything."""

from __future__ import annotations

import pytest
from chromium import ARGUMENTS, CHROMIUM, NEEDED
from playwright.sync_api import Request, sync_playwright

from graph.embedded import EmbeddedServer
from graph.settings import Connection

OURS = ("http://127.0.0.1:", "data:", "blob:")


@pytest.mark.browser
@NEEDED
def test_it_connects_and_no_request_leaves(server: EmbeddedServer, connection: Connection) -> None:
    asked: list[Request] = []
    sockets: list[str] = []
    browser_page = server.status().browser
    assert browser_page is not None
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = chromium.new_page()
        page.on("request", lambda request: asked.append(request))
        page.on("websocket", lambda socket: sockets.append(socket.url))
        page.goto(browser_page)
        page.get_by_test_id("username").fill(connection.username)
        page.get_by_test_id("password").fill(connection.password)
        page.get_by_test_id("connect").click()
        page.get_by_text("You are connected as user").wait_for()
        # Chromium stops what the page's policy forbids before it reaches the network, and says so.
        left = [request.url for request in asked if not request.url.startswith(OURS) and request.failure != "csp"]
        chromium.close()
    assert left == []
    assert connection.uri.partition("://")[2] in " ".join(sockets)
    assert all(socket.startswith("ws://127.0.0.1:") for socket in sockets)
