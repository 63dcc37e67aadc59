"""Articles dropped on the explorer: handed in, followed while they are read, and told apart where some fail."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import NEEDED
from explorer import Explorer, chromium
from playwright.sync_api import Browser, Page, expect
from test_api import Served

import api
from api.jobs.service import JobService
from api.keys import KeyStore, Scope
from graph import queries
from graph.client import Graph
from graph.load import ensure_schema
from graph.settings import Connection

pytestmark = [pytest.mark.browser, NEEDED]

FORUM = "第三届滨海智慧港口论坛"
TEXT = f"7月18日，{FORUM}在云港举行，由云港市人民政府主办。晨光大学校长苏沐出席并致辞。"
DROP = """([name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name));
  for (const kind of ["dragover", "drop"])
    document.body.dispatchEvent(new DragEvent(kind, {dataTransfer: files, bubbles: true, cancelable: true}));
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def jobs(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[JobService]:
    with JobService(tmp_path_factory.mktemp("data") / "jobs", connection, allow=[]) as service:
        yield service


@pytest.fixture
def empty(graph: Graph) -> Graph:
    ensure_schema(graph)
    return graph


def hand_in(page: Page, *files: tuple[str, bytes]) -> None:
    """Choose files in the form."""
    page.locator("#files").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
    )


def test_from_an_empty_database_to_a_forum_by_dropping_a_file(browser: Browser, empty: Graph, jobs: JobService) -> None:
    with Served(api.create_app(empty, jobs=jobs)) as http:
        visitor = Explorer(browser, str(http.base_url).rstrip("/"))
        page = visitor.go()
        page.get_by_role("link", name="导入文章").click()
        page.get_by_label("文中没有日期的，记为").fill("2031-07-19")
        assert visitor.violations() == []
        visitor.picture("ingest")
        hand_in(page, ("harbour.txt", TEXT.encode("gb18030")), ("broken.pdf", b"%PDF-1.7 cut off"))
        expect(page.get_by_role("heading", name="导入进度")).to_be_visible()
        expect(page.locator(".job")).to_contain_text("已完成 · 2 篇中已读 1 篇 · 1 篇失败", timeout=120_000)
        failed = page.get_by_role("region", name="失败的")
        expect(failed).to_contain_text("broken.pdf")
        expect(failed.locator(".error-text")).to_contain_text("PDF")
        assert visitor.violations() == []
        visitor.picture("ingest-done")
        address = page.url
        page.get_by_role("link", name="harbour").click()
        expect(page.locator("article")).to_contain_text("2031-07-19")
        page.goto(address)
        expect(page.get_by_role("region", name="已读入的")).to_contain_text("harbour")
        page.get_by_role("link", name="看图谱").click()
        expect(page.get_by_role("link", name=FORUM).first).to_be_visible()

        page.evaluate(DROP, ["second.txt", TEXT.replace("第三届", "第四届")])
        expect(page.locator(".job")).to_contain_text("已完成 · 1 篇中已读 1 篇", timeout=120_000)
        page.get_by_role("link", name="继续导入").click()
        expect(page.get_by_role("region", name="导入记录").get_by_role("listitem")).to_have_count(2)
        visitor.close()
    assert queries.statistics(empty).documents == 2


def test_a_job_that_runs_is_seen_to_go_on_and_can_be_cancelled(
    browser: Browser, empty: Graph, jobs: JobService
) -> None:
    with Served(api.create_app(empty, jobs=jobs)) as http:
        visitor = Explorer(browser, str(http.base_url).rstrip("/"), size="phone", look="dark", locale="en-US")
        page = visitor.go("#ingest")
        hand_in(page, *((f"{n}.txt", TEXT.replace("第三届", f"第{n}届").encode()) for n in range(500)))
        expect(page.locator(".job progress")).to_have_attribute("max", "500")
        expect(page.locator(".job")).to_contain_text(re.compile(r"Running · [1-9]\d* of 500 read"), timeout=120_000)
        visitor.picture("ingest-running")
        page.get_by_role("button", name="Cancel").click()
        expect(page.locator(".job")).to_contain_text("Cancelled", timeout=120_000)
        expect(page.get_by_role("button", name="Cancel")).to_have_count(0)
        assert visitor.violations() == []
        [job, *_] = http.get("/v1/jobs").json()["items"]
        assert job["state"] == "cancelled" and 0 < job["done"] < 500 and job["failed"] == 0
        visitor.close()


def test_a_key_that_only_reads_is_told_so_and_what_is_dropped_is_not_sent(
    browser: Browser, empty: Graph, jobs: JobService, tmp_path: Path
) -> None:
    with contextlib.closing(KeyStore(tmp_path / "keys.sqlite")) as keys:
        secret = keys.create("读者", [Scope.READ])[1]
        with Served(api.create_app(empty, jobs=jobs, keys=keys)) as http:
            visitor = Explorer(browser, str(http.base_url).rstrip("/"))
            visitor.excused.append(r"401 \(Unauthorized\)")
            page = visitor.go("#documents")
            page.get_by_label("密钥", exact=True).fill(secret)
            page.get_by_role("button", name="进入").click()
            expect(page.get_by_role("heading", name="文章0")).to_be_visible()
            sent: list[str] = []
            page.on("request", lambda request: sent.append(request.method))
            page.evaluate(DROP, ["second.txt", TEXT])
            expect(page.get_by_role("heading", name="这个密钥不能导入")).to_be_visible()
            page.wait_for_load_state("networkidle")
            assert "POST" not in sent
            visitor.close()
