"""A browser before the explorer: what it says, asks and draws, for the tests of ``test_explorer*.py``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chromium import ARGUMENTS, CHROMIUM
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

__all__ = ["AXE", "PICTURES", "Explorer", "chromium"]

AXE = (Path(__file__).parent / "data" / "axe" / "axe.min.js").read_text("utf-8")
PICTURES = Path(__file__).parents[1] / "out" / "explorer"
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser; tests open contexts in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Explorer:
    """A page of the explorer at an address.

    Args:
        browser: in which it is opened.
        base: address of the API.
        look: ``light`` or ``dark``.
        size: ``desktop`` or ``phone``.
        locale: of the browser, which chooses the language.
    """

    def __init__(
        self, browser: Browser, base: str, *, look: str = "light", size: str = "desktop", locale: str = "zh-CN"
    ) -> None:
        width, height = SIZES[size]
        self.base = base
        self.name = f"{size}-{look}"
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if look == "dark" else "light",
            locale=locale,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        self.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.complaints: list[str] = []
        self.left: list[str] = []
        self.excused: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))
        self.page.on(
            "request",
            lambda request: None if request.url.startswith((base, "data:", "blob:")) else self.left.append(request.url),
        )

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def close(self) -> None:
        """Leave, and fail where the page complained or asked another host."""
        self.context.close()
        complaints = [said for said in self.complaints if not any(re.search(each, said) for each in self.excused)]
        assert not complaints, complaints
        assert not self.left, self.left

    def go(self, address: str = "") -> Page:
        """Open an address of the explorer and wait until the view stands."""
        self.page.goto(f"{self.base}/{address}")
        return self.settled()

    def settled(self) -> Page:
        """Wait until nothing loads."""
        self.page.locator("main .loading").wait_for(state="detached")
        self.page.wait_for_load_state("networkidle")
        busy = self.page.locator(".workspace.busy")
        busy.wait_for(state="detached")
        return self.page

    def picture(self, name: str, *, phone: bool = False) -> None:
        """Keep what is seen, for people to look at; with ``phone`` also as a window of that width shows it."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}-{self.name}.png")
        if phone:
            before, size = self.page.viewport_size, SIZES["phone"]
            assert before is not None
            self.page.set_viewport_size({"width": size[0], "height": size[1]})
            wide: int = self.page.evaluate("document.documentElement.scrollWidth")
            self.page.screenshot(path=PICTURES / f"{name}-{self.name.replace('desktop', 'phone')}.png")
            self.page.set_viewport_size(before)
            self.page.wait_for_function("width => innerWidth === width", arg=before["width"])
            assert wide <= size[0], f"{name} is {wide} wide on a phone"

    def violations(self) -> list[str]:
        """What axe-core finds wrong for those who do not see, or do not use a mouse."""
        self.page.evaluate(AXE)
        found = self.page.evaluate("values => axe.run(document, {runOnly: {type: 'tag', values}})", STANDARDS)
        return [
            f"{each['id']}: {each['help']} {[node['target'] for node in each['nodes'][:4]]}"
            for each in found["violations"]
        ]

    def where(self, id: str, view: str = ".workspace") -> tuple[float, float]:
        """Where the canvas draws a node or an edge, once it has answered to the size that it was given last."""
        at: Any = self.page.evaluate(
            """async ([view, id]) => {
            for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
            return document.querySelector(view).canvas()?.where(id) ?? null; }""",
            [view, id],
        )
        assert at is not None, f"{id} is not drawn"
        return at["x"], at["y"]

    def drawn(self, view: str = ".workspace") -> dict[str, int]:
        """How many nodes, groups and edges the canvas draws."""
        found: dict[str, int] = self.page.evaluate(
            """view => { const {cy} = document.querySelector(view).canvas();
            return {nodes: cy.nodes('[type]').length, groups: cy.nodes('.group').length,
                    edges: cy.edges().not('.to-group').length} }""",
            view,
        )
        return found
