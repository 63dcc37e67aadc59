"""The explorer in a real Chromium, on the real API and database, with the sample articles.

Every test fails when the page says something in the console, breaks its content security policy or asks another host.
Pictures of every state are kept in ``out/explorer`` for people to look at.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import networkx as nx
import pytest
from chromium import NEEDED
from explorer import Explorer, chromium
from lxml import etree
from playwright.sync_api import Browser, expect
from test_api import Served

import api
from extract import Extractor
from extract.sources import read_documents
from graph import queries
from graph.client import Graph
from graph.load import load, reset
from graph.schema import EntityType, RelationType
from graph.settings import Connection

pytestmark = [pytest.mark.browser, NEEDED]

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "api" / "static"
Opener = Callable[..., Explorer]


@pytest.fixture(scope="module")
def samples(connection: Connection) -> Iterator[Graph]:
    """The sample articles, loaded once."""
    with Graph(connection) as graph:
        reset(graph)
        load(graph, list(Extractor().extract_all(read_documents([ROOT / "samples"], on_skip=lambda _: None))))
        yield graph


@pytest.fixture(scope="module")
def base(samples: Graph) -> Iterator[str]:
    with Served(api.create_app(samples)) as http:
        yield str(http.base_url).rstrip("/")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def explorer(browser: Browser, base: str) -> Iterator[Opener]:
    """Opens the explorer, as often as a test likes; what it complained of fails the test."""
    opened: list[Explorer] = []

    def open(**choices: Any) -> Explorer:
        opened.append(Explorer(browser, base, **choices))
        return opened[-1]

    yield open
    for each in opened:
        each.close()


def id_of(graph: Graph, name: str, type: EntityType) -> str:
    return next(each.id for each in queries.search(graph, name, types=[type]).items if each.name == name)


@pytest.fixture(scope="module")
def taihu(samples: Graph) -> str:
    return id_of(samples, "2025太湖人工智能大会", EntityType.FORUM)


@pytest.fixture(scope="module")
def co_host(samples: Graph, taihu: str) -> Any:
    [first, *_] = queries.neighbours(samples, taihu, relations=[RelationType.CO_HOSTED_BY]).items
    return first


def test_from_the_first_page_to_the_sentence_behind_a_co_host_edge(
    explorer: Opener, samples: Graph, taihu: str, co_host: Any
) -> None:
    """Two clicks on what the page offers by itself: a line of the drawing is enough, as is a forum and its evidence."""
    visitor = explorer()
    page = visitor.go()
    visitor.picture("home")
    edge = f"{taihu}~CO_HOSTED_BY~{co_host.entity.id}"
    page.mouse.click(*visitor.where(edge, ".preview"))
    drawer = page.locator("#drawer")
    expect(drawer.locator("mark").first).to_be_visible()
    claims = queries.edge_claims(samples, [(taihu, RelationType.CO_HOSTED_BY, co_host.entity.id)], limit=100)[0]
    assert drawer.locator(".claim").count() == len(claims)
    quote = claims[0].evidence[0].quote
    expect(drawer.locator(".claim").first.locator("mark")).to_have_text(quote)
    expect(drawer.locator("mark .named").filter(has_text=co_host.entity.name).first).to_be_visible()

    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    page.get_by_role("link", name="2025太湖人工智能大会", exact=True).last.click()
    visitor.settled()
    page.locator("#hosts .evidence-button").first.click()
    expect(drawer.locator("mark").first).to_be_visible()
    visitor.picture("evidence")
    drawer.locator("footer a").first.click()
    visitor.settled()
    lit = page.locator(".text .lit")
    expect(lit.first).to_be_in_viewport()
    assert "".join(lit.all_text_contents()) == quote
    visitor.picture("document")


def test_search_as_you_type_by_keyboard_alone(explorer: Opener) -> None:
    visitor = explorer()
    page = visitor.go()
    page.keyboard.press("/")
    field = page.get_by_role("combobox")
    expect(field).to_be_focused()
    page.keyboard.type("太湖人工")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    assert field.get_attribute("aria-expanded") == "true"
    visitor.picture("search")
    names = options.locator(".name").all_text_contents()
    assert names and all("太湖人工" in name for name in names)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    active = field.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    visitor.settled()
    assert page.locator("h1").inner_text() == names[0]

    field.fill("云枢")
    expect(options.first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.fill("云枢")
    page.keyboard.press("Enter")
    visitor.settled()
    assert page.url.endswith("#search?q=%E4%BA%91%E6%9E%A2")
    expect(page.locator(".hit").first).to_be_visible()
    expect(field).to_have_value("云枢")
    page.locator(".hit a.entity").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("云枢")
    expect(field).to_have_value("")
    page.go_back()
    expect(page.locator(".hit").first).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(names[0])


def test_what_is_not_found_says_so_and_leads_on(explorer: Opener) -> None:
    visitor = explorer()
    page = visitor.go("#search?q=不存在的名字")
    expect(page.get_by_role("heading", name="没有找到“不存在的名字”")).to_be_visible()
    visitor.picture("nothing-found")
    page.get_by_role("link", name="在文章中找").click()
    visitor.settled()
    expect(page.get_by_text("没有符合的文章。")).to_be_visible()

    visitor.excused.append(r"404 \(Not Found\)")
    visitor.go("#entity/f-0000000000000000")
    expect(page.get_by_role("alert")).to_contain_text("找不到")
    visitor.picture("missing")
    visitor.go("#entity/%")
    expect(page.get_by_role("alert")).to_contain_text("找不到")


def test_a_forum_is_a_programme_and_prints_as_one(explorer: Opener, samples: Graph, taihu: str) -> None:
    visitor = explorer()
    page = visitor.go(f"#entity/{taihu}")
    hosts = queries.neighbours(samples, taihu, relations=[RelationType.CO_HOSTED_BY, RelationType.ORGANIZED_BY]).items
    shown = page.locator("#hosts .entity").all_text_contents()
    assert {each.entity.name for each in hosts if each.direction == "out"} <= set(shown)
    speakers = queries.neighbours(samples, taihu, relations=[RelationType.SPEAKER_AT]).items
    assert page.locator(".programme tbody tr").count() == len(speakers)
    assert "东南大学自动化学院教授" in page.locator(".programme").inner_text()
    assert page.locator(".timeline time").count() > 1
    visitor.picture("forum")
    page.emulate_media(media="print")
    for hidden in ("header.top", ".preview", ".evidence-button", ".contents"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".programme")).to_be_visible()
    visitor.picture("forum-print")


def test_a_person_with_posts_timeline_and_names(explorer: Opener, samples: Graph) -> None:
    visitor = explorer()
    person = id_of(samples, "韩伯钧", EntityType.PERSON)
    page = visitor.go(f"#entity/{person}")
    expect(page.get_by_role("heading", name="职务")).to_be_visible()
    expect(page.locator(".timeline")).to_contain_text("2025太湖人工智能大会")
    page.get_by_text("名称与归并").last.click()
    expect(page.locator(".ids li").first).to_contain_text("韩伯钧")
    expect(page.locator(".ids")).to_contain_text(person)
    visitor.picture("person")


def test_editions_side_by_side(explorer: Opener, taihu: str) -> None:
    visitor = explorer()
    page = visitor.go(f"#entity/{taihu}")
    page.get_by_role("link", name="各届对照").click()
    visitor.settled()
    assert page.locator(".editions thead th a").all_text_contents() == [
        "2024太湖人工智能大会",
        "2025太湖人工智能大会",
        "2026太湖人工智能大会",
    ]
    expect(page.locator("li.shared").first).to_be_visible()
    visitor.picture("series")


def test_the_graph_grows_is_filtered_and_comes_back_by_its_address(explorer: Opener, taihu: str, co_host: Any) -> None:
    visitor = explorer()
    page = visitor.go(f"#graph?seed={taihu}")
    first = visitor.drawn()
    assert first["nodes"] > 20 and first["edges"] > first["nodes"]
    visitor.picture("graph")
    page.mouse.click(*visitor.where(co_host.entity.id))
    panel = page.locator(".details")
    expect(panel.get_by_role("link", name=co_host.entity.name)).to_be_visible()
    visitor.picture("graph-selected")
    panel.get_by_role("button", name="固定").click()
    expect(panel.get_by_role("button", name="取消固定")).to_be_visible()
    before = page.url

    person = page.locator('#legend input[value="Person"]')
    people = int(page.locator('label:has([value="Person"]) .count').inner_text())
    drawn_people = "document.querySelector('.workspace').canvas().cy.nodes('[type = \"Person\"]').length"
    alone = page.evaluate(drawn_people)
    assert 0 < alone <= people, "who is drawn in a group counts too"
    person.uncheck()
    visitor.settled()
    assert page.evaluate(drawn_people) == 0
    assert visitor.drawn()["nodes"] <= first["nodes"] - alone
    expect(person).to_be_focused()
    page.locator('#legend input[value="CO_HOSTED_BY"]').uncheck()
    assert f"{taihu}~CO_HOSTED_BY~{co_host.entity.id}" not in page.evaluate(
        "document.querySelector('.workspace').canvas().cy.edges().map(each => each.id())"
    )
    page.locator("#legend input[name=from]").fill("2025-07-19")
    expect(page.locator(".status")).to_contain_text("被筛选隐藏")
    visitor.picture("graph-filtered")
    state, drawn = page.url, visitor.drawn()
    assert "notype=Person" in unquote(state) and "pin=" in state

    other = explorer()
    other.page.goto(state)
    other.settled()
    assert other.drawn() == drawn
    pinned = "id => Math.round(document.querySelector('.workspace').canvas().cy.getElementById(id).position().x)"
    assert other.page.evaluate(pinned, co_host.entity.id) == page.evaluate(pinned, co_host.entity.id)
    page.get_by_role("button", name="清除筛选").click()
    visitor.settled()
    assert visitor.drawn() == first
    assert page.url == before


def test_expanding_can_be_taken_back_by_the_browser(explorer: Opener, samples: Graph) -> None:
    visitor = explorer()
    forum = id_of(samples, "青年科学家论坛", EntityType.FORUM)
    page = visitor.go(f"#graph?seed={forum}")
    before = visitor.drawn()
    node = page.evaluate(
        "seed => document.querySelector('.workspace').canvas().cy.nodes('[type]')"
        ".filter(each => each.id() !== seed)[0].id()",
        forum,
    )
    page.mouse.click(*visitor.where(node))
    page.locator(".details").get_by_role("button", name="全部展开").click()
    visitor.settled()
    assert visitor.drawn()["nodes"] > before["nodes"]
    page.go_back()
    visitor.settled()
    assert visitor.drawn() == before


def test_the_shortest_path_of_two_picked_nodes(explorer: Opener, taihu: str) -> None:
    visitor = explorer()
    page = visitor.go(f"#graph?seed={taihu}")
    page.mouse.click(*visitor.where(taihu))
    page.get_by_role("button", name="以此为起点找路径").click()
    expect(page.locator(".graph-note")).to_contain_text("再点一个节点")
    page.locator("#q").fill("第三届海丝数据合作论坛")
    page.locator("#options [role=option]").first.click()
    visitor.settled()
    note = page.locator(".graph-note")
    expect(note).to_contain_text("步相连")
    names = note.locator(".entity").all_text_contents()
    assert names[0] == "2025太湖人工智能大会" and names[-1] == "第三届海丝数据合作论坛"
    assert page.evaluate("document.querySelector('.workspace').canvas().cy.edges('.path').length") == len(names) - 1
    visitor.picture("path")
    note.get_by_role("button").first.click()
    expect(page.locator("#drawer mark").first).to_be_visible()


def test_the_canvas_is_worked_by_keys_and_has_a_table_beside_it(explorer: Opener, taihu: str) -> None:
    visitor = explorer()
    page = visitor.go(f"#graph?seed={taihu}")
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowRight")
    chosen = "document.querySelector('.workspace').canvas().current"
    node = page.evaluate(chosen)
    assert node != taihu
    said = page.locator("#announce").inner_text()
    assert said
    page.keyboard.press("Enter")
    expect(page.locator(".details h2")).to_be_visible()
    page.keyboard.press("p")
    assert f"pin={node}" in unquote(page.url)
    before = visitor.drawn()["nodes"]
    page.keyboard.press("Delete")
    visitor.settled()
    assert visitor.drawn()["nodes"] == before - 1
    page.get_by_role("button", name="表格").click()
    rows = page.locator(".edges tbody tr")
    assert rows.count() == visitor.drawn()["edges"]
    visitor.picture("table")
    rows.first.get_by_role("button").click()
    expect(page.locator("#drawer h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(rows.first.get_by_role("button")).to_be_focused()


def test_what_is_seen_is_taken_away(explorer: Opener, taihu: str, tmp_path: Path) -> None:
    visitor = explorer()
    page = visitor.go(f"#graph?seed={taihu}&notype=Place")
    drawn = visitor.drawn()
    files = {}
    for name in ("图片（PNG）", "GraphML", "GEXF", "CSV"):
        page.get_by_role("button", name="导出").click()
        visitor.picture("export")
        with page.expect_download() as download:
            page.get_by_role("menuitem", name=name).click()
        files[name] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[name])
    assert files["图片（PNG）"].read_bytes().startswith(b"\x89PNG")
    whole = nx.read_graphml(files["GraphML"], force_multigraph=True)
    assert (whole.number_of_nodes(), whole.number_of_edges()) == (drawn["nodes"], drawn["edges"])
    assert {data["type"] for _, data in whole.nodes(data=True)} == {"Forum", "Organization", "Person", "Initiative"}
    gexf = etree.parse(files["GEXF"])
    assert len(gexf.findall(".//{*}edge")) == drawn["edges"]
    rows = list(csv.DictReader(io.StringIO(files["CSV"].read_text("utf-8-sig"))))
    assert len(rows) == drawn["edges"] and all(row["quote"] for row in rows)
    page.get_by_role("button", name="导出").click()
    page.keyboard.press("Enter")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_review_decides_and_undoes_by_keys(explorer: Opener) -> None:
    visitor = explorer()
    page = visitor.go("#review")
    left = page.locator(".pair > .soft")
    before = left.inner_text()
    page.locator("h1").click()
    page.keyboard.press("d")
    expect(page.get_by_role("alert").first).to_contain_text("你的名字")
    page.get_by_label("你的名字").fill("李明")
    expect(page.locator(".candidate .told li").first).to_be_visible()
    assert re.search("[\u4e00-\u9fff]", page.locator(".reasons li .soft").first.inner_text())
    visitor.picture("review", phone=True)
    page.locator("h1").click()
    page.keyboard.press("d")
    expect(page.locator("[data-decision]")).to_have_count(1)
    expect(left).not_to_have_text(before)
    page.keyboard.press("z")
    expect(page.locator("[data-decision]")).to_have_count(0)
    expect(left).to_have_text(before)


def test_language_and_look_are_switched_and_kept(explorer: Opener, taihu: str) -> None:
    visitor = explorer()
    page = visitor.go(f"#entity/{taihu}")
    page.get_by_role("button", name="English").click()
    visitor.settled()
    expect(page.get_by_role("heading", name="Hosts and supporters")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Switch to dark").click()
    assert page.evaluate(ground) != light
    page.reload()
    visitor.settled()
    expect(page.get_by_role("button", name="Switch to light")).to_be_visible()
    expect(page.get_by_role("heading", name="Hosts and supporters")).to_be_visible()
    visitor.picture("english")


def test_an_english_browser_is_spoken_to_in_english(explorer: Opener) -> None:
    visitor = explorer(locale="en-GB")
    page = visitor.go()
    expect(page.locator("h1")).to_contain_text("Who spoke where")
    said = page.locator("body").inner_text()
    for other in ("篇文章", "论坛开始", "图谱"):
        assert other not in said


VIEWS = [
    "",
    "#entity/{taihu}",
    "#series/{taihu}",
    "#graph?seed={taihu}",
    "#graph?seed={taihu}&as=table",
    "#graph",
    "#review",
]
VIEWS += [
    "#documents",
    "#search?q=太湖",
    "#list/Person",
    "#entity/{taihu}?edge={edge}",
    "#document/{document}?claim={claim}",
]


@pytest.mark.parametrize(("size", "look"), [("desktop", "light"), ("phone", "dark")])
def test_every_view_is_accessible(
    explorer: Opener, samples: Graph, taihu: str, co_host: Any, look: str, size: str
) -> None:
    visitor = explorer(look=look, size=size)
    [claim] = queries.edge_claims(samples, [(taihu, RelationType.CO_HOSTED_BY, co_host.entity.id)], limit=1)[0]
    edge = f"{taihu}~CO_HOSTED_BY~{co_host.entity.id}"
    values = {"taihu": taihu, "edge": edge, "document": claim.document.id, "claim": claim.id}
    found = {}
    for number, view in enumerate(VIEWS):
        page = visitor.go(view.format(**values))
        found[view] = visitor.violations()
        visitor.picture(f"view-{number:02}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, f"{view} is wider than the screen by {wide}"
    assert {view: said for view, said in found.items() if said} == {}


def test_both_languages_have_the_same_keys_and_gaps(explorer: Opener) -> None:
    visitor = explorer()
    page = visitor.go()
    texts = page.evaluate("import('/static/explorer/texts.js').then(each => each.TEXTS)")
    assert texts["zh"].keys() == texts["en"].keys()
    for key, words in texts["zh"].items():
        assert words.strip() and texts["en"][key].strip()
        gaps = [set(re.findall(r"\{(\w+)\}", texts[language][key])) for language in ("zh", "en")]
        assert gaps[0] == gaps[1], key
    code = "".join(path.read_text("utf-8") for path in (STATIC / "explorer").glob("[!t]*.js"))
    code += "".join((STATIC / each).read_text("utf-8") for each in ("explorer.html", "explorer/table.js"))
    made_up = ("type.", "in.", "out.", "evidence.modality.", "graph.modality.", "review.")
    made_up += ("ingest.state.", "ingest.list.")
    unused = [key for key in texts["zh"] if f'"{key}"' not in code and not key.startswith(made_up)]
    assert unused == []
    used = re.findall(r'\bt\("([\w.]+)"', code) + re.findall(r'data-t(?:-label|-placeholder)?="([\w.]+)"', code)
    assert set(used) <= texts["zh"].keys()


def test_code_points_beyond_the_basic_plane_are_counted_as_one(explorer: Opener) -> None:
    page = explorer().go()
    found = page.evaluate(
        """import('/static/explorer/text.js').then(({Text}) => {
        const text = new Text('𠀀𠮷。林知远在𠮷林致辞。完。');
        const spans = [[3, 6], text.sentence(3, 6), text.around(3, 6)];
        return [...spans.map(span => text.slice(...span)), text.length] })"""
    )
    assert found == ["林知远", "林知远在𠮷林致辞。", "𠀀𠮷。林知远在𠮷林致辞。完。", 14]


def test_the_page_never_takes_text_for_html() -> None:
    for path in (STATIC / "explorer").glob("*.js"):
        code = path.read_text("utf-8")
        found = re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|DOMParser|setHTML", code)
        assert not found, path.name


def test_what_is_vendored_is_what_its_list_says() -> None:
    listed = re.findall(
        r"\| `([\w.]+)` \|.*\| `([0-9a-f]{64})` \|", (STATIC / "vendor" / "README.md").read_text("utf-8")
    )
    assert [name for name, _ in listed] == ["cytoscape.min.js"]
    for name, digest in listed:
        assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == digest
    assert "Permission is hereby granted" in (STATIC / "vendor" / "cytoscape.LICENSE.txt").read_text("utf-8")
