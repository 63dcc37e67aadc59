"""``huitu extract --html``: a page that shows where each relation comes from, and in which nothing of the text acts."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from chromium import ARGUMENTS, CHROMIUM, NEEDED
from lxml import etree
from lxml.html import HtmlElement, document_fromstring
from playwright.sync_api import sync_playwright

from extract import Extractor
from extract.explain import Explanation, explain
from extract.sources import read_documents
from graph.schema import Document, Entity, EntityType, Extraction
from huitu.report import render

ROOT = Path(__file__).parents[1]
HUITU = Path(sys.executable).with_name("huitu")
OWN = ROOT / "gold" / "dev" / "own-01.txt"
Written = tuple[Path, HtmlElement, dict[str, Any]]
HOSTILE = (
    "2031云溪智能论坛<script>alert(1)</script>5月18日在云溪市开幕。\n"
    "论坛由\u202e云溪市人民政府\u2066主办，\"晨光大学'承办 <img src=x onerror=alert(1)>。\x1b\x01\r\n"
    "晨光大学校长苏沐 &lt;b&gt; </span></section><a href=javascript:alert(1)>在论坛上致辞</a>。𠀀\n"
)


def huitu(*arguments: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run ``huitu extract`` to its end, in a process of its own."""
    command = [str(HUITU), "extract", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False, env={**os.environ, **env}
    )


def parsed(page: bytes) -> HtmlElement:
    return document_fromstring(page.decode())


def pieces(page: HtmlElement, ranges: str | None) -> list[str]:
    """The text of each range of pieces."""
    return [
        "".join(page.get_element_by_id(f"s{n}").text or "" for n in range(*map(int, span.split("-"))))
        for span in (ranges or "").split()
    ]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The report of an article, parsed, and the record that the same run writes."""
    folder = tmp_path_factory.mktemp("report")
    result = huitu(OWN, "--html", folder / "own.html", "--with-text", "-o", folder / "own.jsonl")
    assert result.returncode == 0, result.stderr
    assert result.stdout == ""
    path = folder / "own.html"
    return path, parsed(path.read_bytes()), json.loads((folder / "own.jsonl").read_text("utf-8"))


def test_the_text_is_whole_and_pieces_say_where_they_are(written: Written) -> None:
    _, page, record = written
    shown = page.get_element_by_id("text")
    assert "".join(shown.itertext()) == record["text"]
    for piece in shown:
        start = int(piece.get("data-at") or -1)
        assert piece.text and record["text"].startswith(piece.text, start)


def test_each_mention_is_marked_with_its_type(written: Written) -> None:
    _, page, record = written
    marked = {
        (int(piece.get("data-at") or -1), piece.get("class"), piece.get("data-e"))
        for piece in page.get_element_by_id("text")
        if piece.get("data-e")
    }
    for entity in record["entities"]:
        for start, _ in entity["mentions"]:
            assert (start, entity["type"], entity["id"]) in marked
    legend = page.get_element_by_id("legend").text_content()
    for type_ in {entity["type"] for entity in record["entities"]}:
        same = [entity for entity in record["entities"] if entity["type"] == type_]
        assert f"{type_} {len(same)} / {sum(len(entity['mentions']) for entity in same)}" in legend


def test_rows_are_the_relations_of_the_record(written: Written) -> None:
    _, page, record = written
    names = {entity["id"]: entity["name"] for entity in record["entities"]}
    rows = page.xpath("//section[@id='facts']//tbody/tr")
    assert len(rows) == len(record["relations"]) > 0
    for row, relation in zip(rows, record["relations"], strict=True):
        said = row.text_content()
        for part in (relation["type"], names[relation["head"]], names[relation["tail"]], relation["rule"]):
            assert part in said
        assert f"{relation['confidence']:.2f}" in said
        evidence = relation["evidence"][0]
        assert f"{evidence['start']}–{evidence['end']}" in said
        assert pieces(page, row.get("data-evidence")) == [evidence["quote"]]
        assert row.get("data-ends") == f"{relation['head']} {relation['tail']}"
        assert pieces(page, row.get("data-head"))


def test_rejected_facts_are_in_tables_of_their_own(written: Written) -> None:
    _, page, _ = written
    (document,) = read_documents([OWN], on_skip=lambda skipped: pytest.fail(skipped.reason))
    rejected = explain(Extractor().analyse(document)).rejected
    for id, learned in (("doubted", False), ("pairs", True)):
        rows = page.xpath(f"//section[@id='{id}']//tbody/tr")
        expected = [reading for reading in rejected if reading.learned is learned]
        assert len(rows) == len(expected)
        for row, reading in zip(rows, expected, strict=True):
            assert reading.relation.rule in row.text_content()
            assert f"{reading.relation.confidence:.3f}" in row.text_content()


def test_the_page_is_alone_in_the_world(written: Written) -> None:
    path, page, _ = written
    assert page.xpath("//@src | //link | //iframe | //object | //embed | //form") == []
    assert all(href.startswith("#s") for href in page.xpath("//@href"))
    assert "url(" not in page.findtext(".//style")
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        (element,) = page.xpath(f"//{tag}")
        digest = base64.b64encode(hashlib.sha256((element.text or "").encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert path.read_bytes().startswith(b'<!doctype html>\n<html lang="zh-Hans">')


def attributes(page: HtmlElement) -> set[str]:
    return {name for element in page.iter(etree.Element) for name in element.attrib}


def hostile() -> Explanation:
    document = Document(
        "</title><script>alert(1)</script>", HOSTILE, "<b>\u202e\"题'", "2031-05-19", "<i>", "javascript:alert(1)"
    )
    return explain(Extractor().analyse(document))


def test_hostile_text_is_inert(written: Written) -> None:
    explanation = hostile()
    assert explanation.facts, "the article must give relations, or nothing is tested"
    content = render(explanation)
    page, usual = parsed(content), written[1]
    assert page.xpath("//script/text()") == usual.xpath("//script/text()")
    assert {element.tag for element in page.iter(etree.Element)} <= {element.tag for element in usual.iter()}
    assert attributes(page) <= attributes(usual)
    assert all(href.startswith("#s") for href in page.xpath("//@href"))
    assert page.xpath("//h1/* | //header/p/* | //b/* | //small/*") == []
    shown = page.get_element_by_id("text")
    assert len(shown) == len(shown.xpath(".//*")), "pieces hold text only"
    steering = "[\x01\x1b\u202e\u2066]"
    assert "".join(shown.itertext()) == re.sub(steering, "�", HOSTILE)
    assert not re.search(steering, content.decode())


def test_nested_names_show_the_inner_type_and_keep_the_outer() -> None:
    text = "北京大学在北京。"
    entities = (
        Entity("e1", EntityType.ORGANIZATION, "北京大学", (), ((0, 4),)),
        Entity("e2", EntityType.PLACE, "北京", (), ((0, 2), (5, 7))),
    )
    page = parsed(render(Explanation(Extraction(Document("d", text), entities).validate(), (), ())))
    found = [(p.text, p.get("class"), p.get("data-e")) for p in page.get_element_by_id("text")]
    assert found == [
        ("北京", "Place in-Organization", "e2 e1"),
        ("大学", "Organization", "e1"),
        ("在", None, None),
        ("北京", "Place", "e2"),
        ("。", None, None),
    ]


def test_the_same_document_gives_the_same_bytes(written: Written, tmp_path: Path) -> None:
    assert huitu(OWN, "--html", tmp_path / "again.html", PYTHONHASHSEED="7").returncode == 0
    assert (tmp_path / "again.html").read_bytes() == written[0].read_bytes()


def test_a_folder_takes_many_documents_and_no_name_leads_out_of_it(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    names = ["../../out", "a/1", "a_1", "A_1", "..", "https://example.org/?q=<x>", "文" * 100]
    source.write_text(
        "".join(json.dumps({"doc": name, "text": f"苏沐到访{n}次。"}) + "\n" for n, name in enumerate(names))
    )
    result = huitu(source, "--html", tmp_path / "reports")
    assert result.returncode == 0, result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "reports"]
    written = {path.name for path in (tmp_path / "reports").iterdir()}
    expected = {"out", "a_1", "a_1-2", "A_1-3", "document", "https_example.org_q", "文" * 60}
    assert written == {f"{name}.html" for name in expected}


def test_a_page_takes_one_document_only(tmp_path: Path) -> None:
    result = huitu(OWN, OWN.with_name("own-02.txt"), "--html", tmp_path / "x.html", "-o", tmp_path / "x.jsonl")
    assert result.returncode == 2
    assert "for more of them name a folder" in re.sub(r"[\s│]+", " ", result.stderr)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_page_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert huitu(OWN, "--html", tmp_path / "notes.txt").returncode == 2
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.browser
@NEEDED
def test_choosing_a_relation_highlights_its_evidence(written: Written, tmp_path: Path) -> None:
    path, _, record = written
    (tmp_path / "hostile.html").write_bytes(render(hostile()))
    said: list[str] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = chromium.new_page(viewport={"width": 1400, "height": 900})
        page.on("console", lambda message: said.append(message.text))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path.as_uri())

        def marked(name: str) -> str:
            return "".join(page.locator(f"#text .{name}").all_text_contents())

        assert marked("evidence") == ""
        rows = page.locator("#facts tbody tr")
        for number in (2, rows.count() - 1):
            relation = record["relations"][number]
            rows.nth(number).click()
            assert marked("evidence") == relation["evidence"][0]["quote"]
            assert marked("head") and marked("tail")
            assert rows.nth(number).get_attribute("aria-current") == "true"
            assert page.locator("#text path.chosen").count() == 1
            box = page.locator("#text .evidence").first.bounding_box()
            assert box is not None and 0 <= box["y"] < 900
        page.keyboard.press("Escape")
        assert marked("evidence") == ""
        assert page.locator("tr[aria-current]").count() == 0

        rows.nth(0).locator("a").focus()
        page.keyboard.press("Enter")
        assert marked("evidence") == record["relations"][0]["evidence"][0]["quote"]
        page.keyboard.press("ArrowDown")
        assert marked("evidence") == record["relations"][1]["evidence"][0]["quote"]
        page.keyboard.press("ArrowUp")
        assert rows.nth(0).get_attribute("aria-current") == "true"

        relation = record["relations"][-1]
        page.locator(f"#names tr[data-entity={relation['head']}] a").click()
        left = [r for r in record["relations"] if relation["head"] in (r["head"], r["tail"])]
        assert page.locator("#facts tbody tr:visible").count() == len(left)
        mentions = next(e["mentions"] for e in record["entities"] if e["id"] == relation["head"])
        assert page.locator("#text .entity").count() >= len(mentions)

        page.set_viewport_size({"width": 390, "height": 844})
        page.locator("#clear").click()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        page.goto((tmp_path / "hostile.html").as_uri())
        page.locator("#facts tbody tr a").first.click()
        assert marked("evidence") != ""
        chromium.close()
    assert said == []
