"""The explorer where there is nothing, too much, or no database; and before hostile names."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from articles import article, newsroom
from chromium import NEEDED
from explorer import Explorer, chromium
from faults import Gate
from forums_news import forums_news
from playwright.sync_api import Browser, Route, expect
from test_api import FORUM_31, Served

import api
from api.keys import KeyStore, Scope
from graph.client import Graph
from graph.identity import entity_id
from graph.load import load
from graph.schema import EntityType, Extraction
from graph.settings import Connection

pytestmark = [pytest.mark.browser, NEEDED]

CROWD = 2_000
HUB = entity_id(EntityType.FORUM, "2031云溪智能论坛")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@contextmanager
def visiting(browser: Browser, graph: Graph, *, keys: KeyStore | None = None, **choices: str) -> Iterator[Explorer]:
    """The explorer before a database; it must not complain."""
    with Served(api.create_app(graph, keys=keys)) as http:
        visitor = Explorer(browser, str(http.base_url).rstrip("/"), **choices)
        yield visitor
        visitor.close()


def crowd() -> Extraction:
    """One forum with two thousand speakers."""
    signs = "安邦城达恩方国海江康林明宁平清仁山文新远"
    names = [f"林{first}{second}{third}" for first in signs for second in signs for third in signs][:CROWD]
    text = "2031云溪智能论坛名单：" + "、".join(names) + "。"
    people = {f"p{n}": name for n, name in enumerate(names)}
    facts = [("SPEAKER_AT", person, "f1", {"quote": "2031云溪智能论坛名单"}) for person in people]
    return article("crowd.txt", text, {"f1": "2031云溪智能论坛", **people}, facts, title="名单")


def hostile() -> Extraction:
    """Names that would act if a page took them for HTML, behind letters that two code units make up."""
    forum, person = "2031𠮷林论坛", "<img src=x onerror=alert(1)>"
    text = f"𠀀𠮷开头。{forum}5月18日开幕，{person}在{forum}致辞，<b onclick=alert(2)>晨光大学</b>主办。"
    quote = f"{forum}5月18日开幕，{person}在{forum}致辞"
    facts = [
        ("SPEAKER_AT", "p1", "f1", {"quote": quote, "role": "<script>alert(3)</script>", "date": "2031-05-18"}),
        ("HOSTED_BY", "f1", "o1", {"quote": "晨光大学</b>主办", "date": "2031-05-18"}),
    ]
    names = {"f1": forum, "p1": person, "o1": "晨光大学"}
    return article("javascript:alert(4)", text, names, facts, title="<svg onload=alert(5)>", source="=cmd|'/c calc'!A1")


def test_an_empty_database_explains_itself_and_shows_what_is_loaded_meanwhile(browser: Browser, graph: Graph) -> None:
    with visiting(browser, graph) as visitor:
        page = visitor.go()
        expect(page.get_by_role("heading", name="库里还没有文章")).to_be_visible()
        expect(page.get_by_text(".venv/bin/huitu ingest samples")).to_be_visible()
        assert visitor.violations() == []
        visitor.picture("fresh")
        for view in ("#documents", "#review", "#graph", "#list/Person"):
            visitor.go(view)
        visitor.go()
        load(graph, newsroom())
        expect(page.get_by_role("link", name="2031云溪智能论坛").first).to_be_visible()


def test_an_empty_database_on_a_phone_in_the_dark(browser: Browser, graph: Graph) -> None:
    with visiting(browser, graph, look="dark", size="phone", locale="en-US") as visitor:
        page = visitor.go()
        expect(page.get_by_role("heading", name="No articles yet")).to_be_visible()
        assert visitor.violations() == []
        visitor.picture("fresh")


def test_a_database_that_is_down_says_so_and_comes_back_by_itself(
    browser: Browser, graph: Graph, connection: Connection
) -> None:
    load(graph, newsroom())
    address = urlsplit(connection.uri)
    gate = Gate(str(address.hostname), int(address.port or 0))
    behind = Connection(f"bolt://127.0.0.1:{gate.port}", connection.username, connection.password, connection.database)
    with Graph(behind, acquisition_timeout_s=1) as far, visiting(browser, far) as visitor:
        visitor.excused.append(r"503 \(Service Unavailable\)")
        page = visitor.go()
        expect(page.get_by_role("link", name="2031云溪智能论坛").first).to_be_visible()
        gate.shut()
        page.get_by_role("link", name="2031云溪智能论坛").first.click()
        banner = page.locator("#banner")
        expect(banner).to_contain_text("数据库没有应答", timeout=60_000)
        expect(page.get_by_role("heading", name="这一页暂时看不了")).to_be_visible()
        visitor.picture("down", phone=True)
        gate.open()
        expect(page.get_by_role("heading", name="2031云溪智能论坛", exact=True)).to_be_visible(timeout=60_000)
        expect(banner).to_be_hidden()
    gate.shut()


def test_where_a_key_is_asked_for_it_is_entered_once_and_a_session_stands_for_it(
    browser: Browser, graph: Graph, tmp_path: Path
) -> None:
    load(graph, newsroom())
    with contextlib.closing(KeyStore(tmp_path / "keys.sqlite")) as keys:
        secret = keys.create("编辑部", [Scope.READ])[1]
        with visiting(browser, graph, keys=keys) as visitor:
            visitor.excused += [r"401 \(Unauthorized\)", r"403 \(Forbidden\).*/v1/export"]
            page = visitor.go(f"#entity/{FORUM_31}")
            field = page.get_by_label("密钥", exact=True)
            expect(field).to_be_focused()
            assert visitor.violations() == []
            visitor.picture("sign-in")
            field.fill("hk_" + "A" * 43)
            field.press("Enter")
            expect(page.get_by_role("alert")).to_contain_text("密钥不对")
            field.fill(secret)
            page.get_by_role("button", name="进入").click()
            expect(page.get_by_role("heading", name="2031云溪智能论坛", exact=True)).to_be_visible()
            expect(page.locator("#programme")).to_be_visible()  # a key that reads is enough for it
            expect(page.locator("#account")).to_contain_text("编辑部")
            assert visitor.violations() == []

            [cookie] = visitor.context.cookies()
            assert cookie["httpOnly"] and cookie["sameSite"] == "Strict" and cookie["value"] != secret
            assert page.evaluate("document.cookie") == ""
            kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
            assert secret not in kept + page.content()
            page.reload()
            expect(page.locator("#programme")).to_be_visible()

            page.get_by_role("button", name="退出").click()
            expect(field).to_be_visible()
            expect(page.get_by_role("heading", name="2031云溪智能论坛", exact=True)).to_have_count(0)
            assert visitor.context.cookies() == []


def test_a_session_that_ends_meanwhile_leads_to_the_form_and_back_to_the_same_place(
    browser: Browser, graph: Graph, tmp_path: Path
) -> None:
    load(graph, newsroom())
    with contextlib.closing(KeyStore(tmp_path / "keys.sqlite")) as keys:
        first, second = (keys.create(name, [Scope.READ])[1] for name in ("甲", "乙"))
        with visiting(browser, graph, keys=keys, size="phone", locale="en-US") as visitor:
            visitor.excused.append(r"401 \(Unauthorized\)")
            page = visitor.go("#list/Forum")
            page.get_by_label("Key", exact=True).fill(first)
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_role("link", name="2031云溪智能论坛").first).to_be_visible()
            keys.revoke("甲")
            visitor.go("#list/Person")
            expect(page.get_by_role("heading", name="Enter a key")).to_be_visible()
            assert visitor.violations() == []
            visitor.picture("sign-in")
            page.get_by_label("Key", exact=True).fill(second)
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_role("link", name="林知远").first).to_be_visible()
            assert page.url.endswith("#list/Person")


def test_without_keys_there_is_nobody_to_sign_out(browser: Browser, graph: Graph) -> None:
    with visiting(browser, graph) as visitor:
        page = visitor.go()
        expect(page.locator("#account")).to_be_hidden()


def test_two_thousand_neighbours_are_a_group_that_gives_some_at_a_time(browser: Browser, graph: Graph) -> None:
    load(graph, [crowd()])
    with visiting(browser, graph) as visitor:
        page = visitor.go(f"#graph?seed={HUB}")
        assert visitor.drawn() == {"nodes": 1, "groups": 1, "edges": 0}
        visitor.picture("huge", phone=True)
        group = f"{HUB}:SPEAKER_AT:in:Person"
        page.mouse.click(*visitor.where(group))
        expect(page.locator(".details")).to_contain_text("2,000 个未展开")
        page.get_by_role("button", name="放出 25 个").click()
        visitor.settled()
        assert visitor.drawn() == {"nodes": 26, "groups": 1, "edges": 25}
        expect(page.locator(".details")).to_contain_text("1,975 个未展开")
        visitor.picture("huge-expanded", phone=True)
        state = page.url
        visitor.go()
        page.goto(state)
        visitor.settled()
        assert visitor.drawn() == {"nodes": 26, "groups": 1, "edges": 25}
        page.get_by_role("button", name="放出 25 个").click()
        visitor.settled()
        assert visitor.drawn()["nodes"] == 51

        visitor.go(f"#entity/{HUB}")
        expect(page.locator(".programme tbody tr").first).to_be_visible()
        assert page.locator(".programme tbody tr").count() == 60
        expect(page.locator("#programme h2")).to_contain_text("2,000")
        page.locator("#programme .more").click()
        expect(page.locator(".programme tbody tr")).to_have_count(120)
        visitor.picture("huge-page", phone=True)


def test_hostile_names_are_text_and_quotes_behind_astral_letters_are_marked_to_the_letter(
    browser: Browser, graph: Graph
) -> None:
    load(graph, [hostile()])
    forum = entity_id(EntityType.FORUM, "2031𠮷林论坛")
    with visiting(browser, graph) as visitor:
        page = visitor.go(f"#entity/{forum}")
        expect(page.locator(".programme")).to_contain_text("<img src=x onerror=alert(1)>")
        expect(page.locator(".programme")).to_contain_text("<script>alert(3)</script>")
        page.locator(".programme .evidence-button").first.click()
        quote = "2031𠮷林论坛5月18日开幕，<img src=x onerror=alert(1)>在2031𠮷林论坛致辞"
        expect(page.locator("#drawer .named").first).to_be_visible()
        expect(page.locator("#drawer mark")).to_have_text(quote)
        visitor.picture("hostile", phone=True)
        page.locator("#drawer footer a").first.click()
        visitor.settled()
        assert "".join(page.locator(".text .lit").all_text_contents()) == quote
        assert page.locator("h1").inner_text() == "<svg onload=alert(5)>"
        assert page.locator("a[href^='javascript']").count() == 0
        visitor.go(f"#graph?seed={forum}")
        with page.expect_download() as download:
            page.get_by_role("button", name="导出").click()
            page.get_by_role("menuitem", name="CSV").click()
        assert not re.search(r'(^|,)"?[=+@-]', download.value.path().read_text("utf-8-sig"), re.M)
        assert page.locator("main img, main b[onclick], main script").count() == 0


def test_what_was_signed_and_announced_at_a_forum_stands_on_its_page(browser: Browser, graph: Graph) -> None:
    load(graph, forums_news())
    with visiting(browser, graph) as visitor:
        page = visitor.go(f"#entity/{HUB}")
        signed = page.get_by_role("region", name="现场签约").get_by_role("listitem")
        expect(signed).to_have_count(1)  # not what the same two signed a year before
        expect(signed).to_contain_text("云溪科学院与晨光大学签署共建协议")
        announced = page.get_by_role("region", name="发布与启动").get_by_role("listitem")
        expect(announced).to_have_count(1)
        expect(announced).to_contain_text("发起方：云溪科学院")
        expect(page.get_by_role("region", name="发布", exact=True)).to_have_count(0)
        assert visitor.violations() == []
        for button, quote in (
            (signed.get_by_role("button"), "云溪科学院与晨光大学签署共建协议"),
            (announced.get_by_role("button").first, "在会上发布“星河计划”"),
        ):
            button.click()
            expect(page.locator("#drawer mark").first).to_have_text(quote)
            page.keyboard.press("Escape")
        visitor.picture("forum-signed", phone=True)
        visitor.go(f"#entity/{entity_id(EntityType.FORUM, '2032云溪智能论坛')}")
        expect(page.get_by_role("region", name="现场签约")).to_have_count(0)


def test_a_former_link_leads_to_what_is_there_now(browser: Browser, graph: Graph) -> None:
    """Links of before the present page, without parameters, open the same entity."""
    load(graph, newsroom())
    with visiting(browser, graph) as visitor:
        page = visitor.go(f"#entity/{FORUM_31}")
        expect(page.get_by_role("heading", name="2031云溪智能论坛", exact=True)).to_be_visible()


def test_while_an_answer_is_on_its_way_lines_stand_in_its_place(browser: Browser, graph: Graph) -> None:
    load(graph, newsroom())
    with visiting(browser, graph) as visitor:
        page = visitor.go()
        held: list[Route] = []
        page.route(f"**/v1/entities/{FORUM_31}", lambda route: held.append(route))
        page.evaluate(f"location.hash = '#entity/{FORUM_31}'")
        expect(page.get_by_role("status").filter(has_text="正在加载")).to_be_visible()
        expect(page.locator(".loading .bone").last).to_have_css("opacity", "1")
        visitor.picture("loading", phone=True)
        for each in held:
            each.continue_()
        expect(page.get_by_role("heading", name="2031云溪智能论坛", exact=True)).to_be_visible()
