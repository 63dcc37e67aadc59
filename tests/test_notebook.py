"""Entities and subgraphs in a notebook: the HTML that Jupyter shows, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from chromium import ARGUMENTS, CHROMIUM, NEEDED, PICTURES
from playwright.sync_api import FrameLocator, Page, expect, sync_playwright

from graph import notebook
from graph.records import EntityDetail, RelationCount, Series
from graph.schema import EntityType, RelationType
from graph.subgraph import Subgraph, SubgraphEdge, SubgraphEntity

HOSTILE = """"><script>top.hacked=1</script><img src="http://192.0.2.1/x" onerror="top.hacked=1">'&amp;"""
FORUM = SubgraphEntity("f-1", EntityType.FORUM, "2031云溪智能论坛", (), 2)
OTHER = SubgraphEntity("o-1", EntityType.ORGANIZATION, HOSTILE, (), 1)


def edge(support: int = 1, quote: str = "晨光大学主办2031云溪智能论坛") -> SubgraphEdge:
    counts = (support, 0, 0, 1, 0.9)
    ends = ("f-1", RelationType.HOSTED_BY, "o-1", FORUM.name, OTHER.name)
    return SubgraphEdge(*ends, *counts, (), "2031-05-01", None, quote, "d-1")


SUBGRAPH = Subgraph((FORUM, OTHER), (edge(quote=HOSTILE),))
DETAIL = EntityDetail(
    "f-1", EntityType.FORUM, "2031云溪智能论坛", (HOSTILE,), 2, 3, "2031-05-01", "2031-05-02",
    (RelationCount(RelationType.HOSTED_BY, "out", 1),), Series("s-1", "云溪智能论坛", ()),
)  # fmt: skip


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium.new_page(locale="zh-CN")
        chromium.close()


def shown(page: Page, html: str) -> tuple[FrameLocator, list[str]]:
    """The frame in a page as a notebook has it, and what it asked for."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(f"<!doctype html><body>{html}</body>")
    return page.frame_locator("iframe"), asked


@pytest.mark.browser
@NEEDED
def test_a_subgraph_is_drawn_and_shows_its_edges_with_their_quotes(page: Page) -> None:
    frame, asked = shown(page, SUBGRAPH._repr_html_())
    expect(frame.get_by_role("cell", name="2031云溪智能论坛", exact=True)).to_be_visible()
    expect(frame.get_by_role("cell", name="主办", exact=True)).to_be_visible()
    assert frame.locator("td").nth(5).inner_text() == HOSTILE
    assert frame.locator("img").count() == 0 and frame.locator("script").count() == 2
    assert drawn(frame) == {"nodes": ["2031云溪智能论坛", HOSTILE], "edges": ["主办"]}
    x, y = frame.locator("#box").evaluate(
        "box => { const {x, y} = box.canvas.cy.edges()[0].renderedMidpoint(), at = box.getBoundingClientRect();"
        " return [x + at.x, y + at.y] }"
    )
    frame.locator("body").click(position={"x": x, "y": y})
    expect(frame.locator("tr.lit td").first).to_have_text("2031云溪智能论坛")
    assert page.evaluate("window.hacked") is None
    assert [url for url in asked if not url.startswith(("about:", "blob:null/"))] == []
    page.screenshot(path=PICTURES / "notebook-subgraph.png")


def drawn(frame: FrameLocator) -> dict[str, list[str]]:
    """The labels of what the canvas draws."""
    frame.locator("#box canvas").first.wait_for()
    found: dict[str, list[str]] = frame.locator("#box").evaluate(
        "box => ({nodes: box.canvas.cy.nodes().map(each => each.data('label')),"
        " edges: box.canvas.cy.edges().map(each => each.data('label') ?? '')})"
    )
    return found


@pytest.mark.browser
@NEEDED
def test_an_entity_shows_its_names_time_and_relations(page: Page) -> None:
    frame, _ = shown(page, DETAIL._repr_html_())
    expect(frame.get_by_role("heading", name="2031云溪智能论坛 论坛")).to_be_visible()
    expect(frame.get_by_text("2031-05-01 – 2031-05-02")).to_be_visible()
    expect(frame.get_by_text("云溪智能论坛", exact=True)).to_be_visible()
    expect(frame.get_by_text(HOSTILE)).to_be_visible()
    assert len(drawn(frame)["nodes"]) == 2, "it and a group"
    page.screenshot(path=PICTURES / "notebook-entity.png")


def test_what_is_not_shown_is_counted() -> None:
    many = Subgraph((FORUM, OTHER), tuple(edge(support) for support in range(notebook.MAX_ROWS + 7)))
    assert "… and 7 more edges" in many._repr_html_()
    assert "more edges" not in SUBGRAPH._repr_html_()
