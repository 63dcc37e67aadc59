"""Files, folders and standard input become documents; what does not is told."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.sources import MAX_BYTES, Skipped, read_documents
from extract.sources.encoding import decode
from extract.sources.errors import SourceError, Undecodable
from extract.sources.html import read_fragment, read_page
from extract.sources.jsonl import record
from extract.sources.markdown import front_matter
from extract.sources.metadata import Metadata, clean_date, clean_url, date_in_name, read_head
from graph.schema import Document

DATA = Path(__file__).parent / "data" / "sources"
PARAGRAPH = "<p>7月18日，第三届滨海智慧港口论坛在云港国际会议中心举行，由云港市人民政府主办。</p>"


def read(*paths: Path | str, **options: Any) -> tuple[list[Document], list[Skipped]]:
    skipped: list[Skipped] = []
    return list(read_documents(paths, on_skip=skipped.append, **options)), skipped


def written(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def failures(skipped: list[Skipped]) -> list[tuple[str, str]]:
    return [(Path(skip.path).name, skip.reason) for skip in skipped if skip.failed]


class TestEncoding:
    SIMPLIFIED = "第三届滨海智慧港口论坛在云港举行，林知远出席并致辞。"
    TRADITIONAL = "第三屆濱海智慧港口論壇在雲港舉行，林知遠出席並致辭。"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk", "gb2312"])
    def test_simplified_text_is_read_in_every_encoding(self, encoding: str) -> None:
        assert decode(self.SIMPLIFIED.encode(encoding)) == self.SIMPLIFIED

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030", "big5", "big5hkscs", "cp950"])
    def test_traditional_text_is_read_in_every_encoding(self, encoding: str) -> None:
        assert decode(self.TRADITIONAL.encode(encoding)) == self.TRADITIONAL

    @pytest.mark.parametrize("text", ["签约仪式", "闭幕式致辞", "王小明出席"])
    def test_a_few_characters_are_enough_for_gb18030(self, text: str) -> None:
        assert decode(text.encode("gb18030")) == text

    @pytest.mark.parametrize("text", ["簽約儀式", "閉幕式致辭", "王小明出席"])
    def test_a_few_characters_are_enough_for_big5(self, text: str) -> None:
        assert decode(text.encode("big5")) == text

    def test_line_ends_spaces_and_marks_inside_stay_as_they_are(self) -> None:
        text = "一\r\n二\r三\n　四\u00a0五\ufeff六  "
        assert decode(b"\xef\xbb\xbf" + text.encode()) == text

    def test_a_single_damaged_character_does_not_cost_the_article(self) -> None:
        text = self.SIMPLIFIED * 20
        assert decode(text.encode()[:-1]) == text[:-1] + "\ufffd"
        assert decode(text.encode("gb18030")[:-1]) == text[:-1] + "\ufffd"

    @pytest.mark.parametrize(
        "data",
        [
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            b"\x01\x02\x03\x04" * 50,
            "Российский президент заявил".encode("cp1251"),
            "これは日本語の新聞記事です。".encode("shift_jis"),
            b"\xff\xfe\x00\xd8\x00\xd8",
        ],
    )
    def test_what_is_no_chinese_text_is_refused(self, data: bytes) -> None:
        with pytest.raises(Undecodable):
            decode(data)


class TestMetadata:
    @pytest.mark.parametrize(
        ("stated", "day"),
        [
            ("2025-11-06 09:32", "2025-11-06"),
            ("2025/5/26", "2025-05-26"),
            ("2025.05.26", "2025-05-26"),
            ("2025年7月26日", "2025-07-26"),
            ("2025 年 6 月 24 日", "2025-06-24"),
            ("2025年7月26號", "2025-07-26"),
            ("20250726", "2025-07-26"),
            (20250726, "2025-07-26"),
            ("2025-07-19T08:30:00+08:00", "2025-07-19"),
            ("Thu, 08 Jul 2021 16:41:32 GMT", "2021-07-08"),
            ("2025-02-30", None),
            ("2025年13月1日", None),
            ("昨天", None),
            ("12025-07-26", None),
            ("2025-07-261", None),
        ],
    )
    def test_dates_are_read_in_the_forms_articles_use(self, stated: object, day: str | None) -> None:
        assert clean_date(stated) == day

    @pytest.mark.parametrize(
        ("name", "day"),
        [
            ("cctv-20250726-4", "2025-07-26"),
            ("2025-07-26_会议", "2025-07-26"),
            ("2025年7月26日", "2025-07-26"),
            ("id-120250726", None),
            ("20251340", None),
            ("seed-000", None),
        ],
    )
    def test_a_day_in_a_file_name_is_found(self, name: str, day: str | None) -> None:
        assert date_in_name(name) == day

    @pytest.mark.parametrize(
        ("line", "day", "source"),
        [
            ("发布时间：2025-11-06 09:32　来源：市数据管理局　字号：[大]", "2025-11-06", "市数据管理局"),
            ("来源：滨海大学新闻网　通讯员：程小满　日期：2025/05/26", "2025-05-26", "滨海大学新闻网"),
            ("時間：2025-10-18 09:12 來源: 河海日報 責編：某", "2025-10-18", "河海日報"),
            ("2025-08-22 18:20", "2025-08-22", None),
            ("【来源：云港科协】　【日期：2021-04-23】", "2021-04-23", "云港科协"),
            ("2025年1月29日（星期四）　要聞版", "2025-01-29", None),
            ("发布日期：2025-07-19 来源：本站 浏览：402", "2025-07-19", None),
            ("2025-09-28 21:07:45　来源：云港财经网　作者：综合", "2025-09-28", "云港财经网"),
        ],
    )
    def test_header_lines_state_date_and_publisher(self, line: str, day: str | None, source: str | None) -> None:
        head = read_head(f"云港数据大会在云港开幕\n\n{line}\n\n8月20日，云港数据大会开幕。")
        assert (head.title, head.date, head.source) == ("云港数据大会在云港开幕", day, source)

    @pytest.mark.parametrize(
        "text",
        [
            "2025年6月10日，云港产业对接会在云港会展中心举行，来自各地的代表出席了会议。",
            "云港大会预告\n会议时间：2025年4月19日\n会议地点：云港",
            "云港大会预告\n时间：2025年4月19日至20日\n地点：云港",
            "云港大会预告\n【时间】2025年4月19日(星期六)9:00\n【地点】云港",
            "一周会讯（2025年10月13日—10月17日）\n●云港论坛",
            "据新华社消息，信息的来源：多方。",
        ],
    )
    def test_the_day_of_an_event_is_not_taken_for_that_of_publication(self, text: str) -> None:
        assert read_head(text).date is None
        assert read_head(text).source is None

    def test_a_notice_is_dated_by_its_last_line(self) -> None:
        assert (
            read_head("关于召开大会的通知\n各单位：\n大会定于8月召开。\n　　组委会\n　　2026年5月11日\n").date
            == "2026-05-11"
        )

    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("首页 > 要闻 > 正文\n\n云港论坛在云港开幕\n正文。", "云港论坛在云港开幕"),
            ("### 云港论坛 今日开幕\n<p>正文。</p>", "云港论坛 今日开幕"),
            ("发布时间：2025-01-02　来源：云港日报\n云港论坛在云港开幕\n正文。", "云港论坛在云港开幕"),
            ("8月20日，云港数据大会在云港开幕。\n林知远致辞。", None),
            ("短\n\n", None),
            ("欢迎您登录\n商标注册国际论坛在云港开幕\n正文。", "商标注册国际论坛在云港开幕"),
            ("您现在的位置：首页 - 要闻\n云港论坛在云港开幕\n正文。", "云港论坛在云港开幕"),
        ],
    )
    def test_the_headline_is_the_first_line_that_can_be_one(self, text: str, title: str | None) -> None:
        assert read_head(text).title == title

    def test_the_address_is_taken_where_it_is_stated_only(self) -> None:
        assert read_head("标题在这里\n原文链接：https://news.example/a/1.html\n").url == "https://news.example/a/1.html"
        assert read_head("标题在这里\n联系方式 网址:http://meeting.example/cn/\n").url is None

    @pytest.mark.parametrize(
        "value", ["https://news.example/", "/a/1.html", "javascript:x", "https://a b/c", "http://[x"]
    )
    def test_what_names_no_page_is_no_address(self, value: str) -> None:
        assert clean_url(value) is None


class TestHtml:
    def test_the_article_is_kept_whole_and_the_rest_of_the_page_left_out(self) -> None:
        text, _ = read_page((DATA / "page.html").read_text("utf-8"))
        assert text.split("\n") == [
            "第三届滨海智慧港口论坛在云港举行",
            "2025-07-19 08:30\u2003来源：云港日报\u2003浏览：402次",
            "7月18日，第三届滨海智慧港口论坛在云港国际会议中心举行。论坛由云港市人民政府主办，"
            "云港港口集团承办，滨海大学提供学术支持。",
            "图为论坛现场",
            "云港市副市长林知远致辞，滨海大学教授沈若川作主旨报告。论坛期间的签约如下：",
            "甲方\t乙方",
            "云港港口集团\t滨海大学",
            "出席嘉宾：",
            "韩思齐",
            "陆明远 东方海洋研究院院长",
            "（供稿：论坛组委会）",
        ]

    def test_title_date_publisher_and_address_are_those_the_page_states(self) -> None:
        _, stated = read_page((DATA / "page.html").read_text("utf-8"))
        assert stated == Metadata(
            "第三届滨海智慧港口论坛在云港举行",
            "2025-07-19",
            "云港日报",
            "https://news.yungang.example/2025/0719/1024.html",
        )

    def test_meta_elements_of_government_sites_are_read(self) -> None:
        head = (
            '<meta name="ArticleTitle" content="云港论坛开幕"><meta name="PubDate" content="2025-07-19 08:30">'
            '<meta name="ContentSource" content="云港市政府办">'
        )
        _, stated = read_page(f"<html><head>{head}</head><body>{PARAGRAPH * 3}</body></html>")
        assert stated == Metadata("云港论坛开幕", "2025-07-19", "云港市政府办", None)

    def test_a_page_of_bare_blocks_is_read_whole(self) -> None:
        text, _ = read_page(
            "<html><body><div>会议日程</div><table><tr><td>9:00</td><td>致辞</td></tr></table></body></html>"
        )
        assert text == "会议日程\n9:00\t致辞"

    def test_what_follows_the_article_in_its_container_is_kept_up_to_the_boilerplate(self) -> None:
        body = "".join(PARAGRAPH.replace("7月", f"{month}月") for month in range(1, 12))
        lines = ("嘉宾：韩思齐、陆明远、沈若川等出席。", "分享到：微博", "另一条")
        foot = "".join(f'<p class="meta">{line}</p>' for line in lines)
        head = '<p class="meta">主办：云港市人民政府</p>'
        text, _ = read_page(f'<html><body><div class="content">{head}{body}{foot}</div></body></html>')
        assert (text.split("\n")[0], text.split("\n")[12:]) == ("主办：云港市人民政府", [lines[0]])

    def test_layout_tables_are_read_as_blocks(self) -> None:
        text = read_fragment(
            f"<table><tr><td>{PARAGRAPH}</td><td><table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table>"
        )
        assert text.split("\n")[-1] == "甲\t乙"

    def test_a_line_end_in_the_source_is_no_space_between_chinese_characters(self) -> None:
        assert read_fragment("<p>云港\n  论坛 in\n Yungang</p>") == "云港论坛 in Yungang"

    def test_the_encoding_is_that_of_the_bytes_whatever_the_page_declares(self, tmp_path: Path) -> None:
        page = (DATA / "page.html").read_text("utf-8")
        (document,), _ = read(written(tmp_path, "a.html", page.encode("gb18030")))
        assert document.text == read_page(page)[0]

    def test_a_page_with_an_xml_declaration_is_read(self, tmp_path: Path) -> None:
        page = f'<?xml version="1.0" encoding="gb2312"?>\n<!-- a --><!-- b --><html><body>{PARAGRAPH}</body></html>'
        (document,), _ = read(written(tmp_path, "a.txt", page.encode("gb2312")))
        assert document.text == PARAGRAPH[3:-4]

    def test_comments_without_end_cost_no_time(self, tmp_path: Path) -> None:
        (document,), _ = read(written(tmp_path, "a.txt", "<!-- -->" * 200 + "云港论坛开幕。"))
        assert document.text.endswith("云港论坛开幕。")

    def test_preformatted_lines_stay_lines(self) -> None:
        assert read_fragment("<pre>主办：甲\n承办：乙</pre>") == "主办：甲\n承办：乙"

    @pytest.mark.parametrize(
        "page", ["<html><script>x()</script></html>", "<html></html>", "<!-- -->", "<html><p> </p>"]
    )
    def test_a_page_without_text_is_refused(self, page: str) -> None:
        with pytest.raises(SourceError):
            read_page(page)

    @pytest.mark.parametrize(
        "page",
        [
            "<html>" + "<div>" * 100_000 + PARAGRAPH,
            "<html>" + "<table><tr><td>" * 20_000 + PARAGRAPH,
            "<html><p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">" + PARAGRAPH,
            "<html><p>" + "会" * 2_000_001,
        ],
        ids=["elements", "tables", "attributes", "characters"],
    )
    def test_a_page_beyond_all_bounds_is_refused(self, page: str) -> None:
        with pytest.raises(SourceError):
            read_page(page)


class TestFrontMatter:
    def test_it_states_the_metadata_and_stays_in_the_text(self) -> None:
        (document,), _ = read(DATA / "news" / "通知.md")
        assert (document.title, document.date, document.source) == (
            "关于召开云港数据大会的通知",
            "2025-06-01",
            "云港市数据局",
        )
        assert document.text == (DATA / "news" / "通知.md").read_bytes().decode()

    def test_a_block_that_yaml_refuses_is_read_by_lines(self) -> None:
        stated, _ = front_matter(
            "---\ntitle: 云港论坛: 今日开幕\ndate: 2025-07-26\nurl: https://a.example/1\n---\n正文"
        )
        assert stated == Metadata("云港论坛: 今日开幕", "2025-07-26", None, "https://a.example/1")

    @pytest.mark.parametrize("text", ["---\n一段文字\n---\n正文", "正文\n---\ntitle: x\n---\n", "---\ntitle: x\n", ""])
    def test_rulers_are_no_front_matter(self, text: str) -> None:
        assert front_matter(text) == (Metadata(), 0)

    @pytest.mark.parametrize(
        "block",
        [
            "a: &a [x, x]\n"
            + "\n".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]" for n in range(20)),
            "title: " + "[" * 5_000,
            "date: 2025-02-30",
            "date: !!timestamp x",
            "title: !!python/object/apply:os.system [true]",
            "a0: &a0 {k: v}\n" + "\n".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 40)),
        ],
        ids=["aliases", "nesting", "day", "tag", "object", "merges"],
    )
    def test_hostile_yaml_states_nothing(self, block: str) -> None:
        assert front_matter(f"---\n{block}\n---\n正文")[0].date is None


class TestFiles:
    def test_a_folder_is_read_in_the_order_of_names_and_what_is_no_document_is_told(self) -> None:
        documents, skipped = read(DATA / "news")
        assert [(d.key, d.date) for d in documents] == [
            ("会议/20250822-闭幕", "2025-08-22"),
            ("会议/开幕", "2025-08-20"),
            ("通知", "2025-06-01"),
        ]
        assert [(Path(skip.path).name, skip.failed) for skip in skipped] == [("开幕.gold.json", False)]

    def test_a_text_is_the_file_to_the_letter(self, tmp_path: Path) -> None:
        text = "### 云港论坛\r\n<p><strong>林知远</strong>致辞。</p>\n"
        (document,), _ = read(written(tmp_path, "a.txt", b"\xef\xbb\xbf" + text.encode()))
        assert document.text == text

    def test_a_text_that_is_a_whole_page_is_read_as_one(self, tmp_path: Path) -> None:
        (document,), _ = read(written(tmp_path, "p.txt", (DATA / "page.html").read_bytes()))
        assert document.text.startswith("第三届滨海智慧港口论坛在云港举行\n2025-07-19")

    def test_one_file_is_called_by_its_name_and_one_in_a_folder_by_its_path(self, tmp_path: Path) -> None:
        path = written(tmp_path, "a/一.v2.TXT", "云港论坛开幕。")
        written(tmp_path, "b/一.v2.txt", "滨海论坛开幕。")
        assert [d.key for d in read(path)[0]] == ["一.v2"]
        assert [d.key for d in read(tmp_path)[0]] == ["a/一.v2", "b/一.v2"]

    def test_the_address_is_the_key(self) -> None:
        (document,), _ = read(DATA / "page.html")
        assert document.key == document.url == "https://news.yungang.example/2025/0719/1024.html"

    def test_of_two_documents_with_one_key_the_later_is_a_failure_unless_it_repeats(self, tmp_path: Path) -> None:
        written(tmp_path, "1.md", "甲论坛开幕。")
        written(tmp_path, "1.txt", "乙论坛开幕。")
        written(tmp_path, "2.md", "丙论坛开幕。")
        written(tmp_path, "2.txt", "丙论坛开幕。")
        documents, skipped = read(tmp_path)
        assert [d.text for d in documents] == ["甲论坛开幕。", "丙论坛开幕。"]
        assert [(Path(skip.path).name, skip.failed) for skip in skipped] == [("1.txt", True), ("2.txt", False)]

    def test_what_cannot_be_read_is_told_and_the_rest_goes_on(self, tmp_path: Path) -> None:
        written(tmp_path, "a.txt", b"\x89PNG\0\0")
        written(tmp_path, "b.txt", " \n")
        written(tmp_path, "c.html", "<html><script>x()</script></html>")
        with (tmp_path / "d.txt").open("wb") as big:
            big.truncate(MAX_BYTES + 1)
        written(tmp_path, "e.jsonl.gz", gzip.compress(b'{"text": "x"}\n' * 9)[:-9])
        written(tmp_path, "f.jsonl.gz", b"no gzip")
        (tmp_path / "g.txt").symlink_to(tmp_path / "nowhere")
        os.mkfifo(tmp_path / "h.txt")
        written(tmp_path, "z.txt", "云港论坛开幕。")
        written(tmp_path, ".hidden.txt", "不读")
        written(tmp_path, ".git/x.txt", "不读")
        documents, skipped = read(tmp_path, tmp_path / "missing.txt")
        assert documents[-1].text == "云港论坛开幕。"
        assert [name for name, _ in failures(skipped)] == [
            "a.txt", "c.html", "d.txt", "e.jsonl.gz", "f.jsonl.gz", "g.txt", "h.txt", "missing.txt",
        ]  # fmt: skip
        assert [Path(skip.path).name for skip in skipped if not skip.failed][:3] == [".git", ".hidden.txt", "b.txt"]

    def test_reading_is_lazy(self, tmp_path: Path) -> None:
        for name in ("a.txt", "b.txt"):
            written(tmp_path, name, f"{name} 论坛开幕。")
        documents = read_documents([tmp_path], on_skip=lambda skipped: pytest.fail(skipped.reason))
        assert next(documents).key == "a"
        written(tmp_path, "b.txt", "后来写的文字。")
        assert next(documents).text == "后来写的文字。"

    def test_the_same_folder_gives_the_same_documents(self) -> None:
        assert read(DATA) == read(DATA)

    def test_the_date_given_serves_documents_that_state_none(self, tmp_path: Path) -> None:
        written(tmp_path, "a.txt", "云港论坛今天开幕。")
        written(tmp_path, "b-20250102.txt", "滨海论坛今天开幕。")
        assert [d.date for d in read(tmp_path, date="2025年7月26日")[0]] == ["2025-07-26", "2025-01-02"]
        assert [d.date for d in read(tmp_path)[0]] == [None, "2025-01-02"]

    def test_wrong_arguments_are_refused_at_once(self) -> None:
        with pytest.raises(ValueError, match="no date"):
            read_documents([], date="昨天", on_skip=print)
        with pytest.raises(ValueError, match="standard input"):
            read_documents(["-"], on_skip=print)


class TestJsonLines:
    def test_each_line_is_a_document_and_broken_ones_are_told(self) -> None:
        documents, skipped = read(DATA / "records.jsonl")
        assert documents == [
            Document(
                "yg-1", "云港市与滨海大学签署协议。\n林知远出席。", "云港与滨海签约", "2025-07-19", "云港日报",
                "https://news.example/1.html",
            ),
            Document(
                "https://news.example/2.html", "沈若川在论坛上作报告。", "没有编号",
                url="https://news.example/2.html", name="records:3",
            ),
            Document("records:6", "陆明远致辞。", "没有编号也没有地址"),
        ]  # fmt: skip
        assert [name for name, _ in failures(skipped)] == ["records.jsonl:2", "records.jsonl:4"]

    def test_gzip_makes_no_difference(self, tmp_path: Path) -> None:
        path = written(tmp_path, "records.jsonl.gz", gzip.compress((DATA / "records.jsonl").read_bytes()))
        assert read(path)[0] == read(DATA / "records.jsonl")[0]

    def test_a_line_over_the_limit_is_told_and_the_next_one_read(self, tmp_path: Path) -> None:
        long = json.dumps({"text": "x" * MAX_BYTES}).encode()
        path = written(tmp_path, "a.jsonl", long + b'\n{"doc": 7, "text": "\xe6\xb8\xaf"}')
        documents, skipped = read(path)
        assert [(d.key, d.text) for d in documents] == [("7", "港")]
        assert [name for name, _ in failures(skipped)] == ["a.jsonl:1"]

    @pytest.mark.parametrize(
        "line",
        [
            b"[" * 100_000, b"7", b"null", b'{"text": null}', b'{"text": ""}', b'{"text": "\\ud800"}',
            b'{"text": "\\u0000"}',
            b'{"n": ' + b"9" * 5_000 + b', "text": "x"}', b'{"text": "x", "doc": "\\udfff"}', b"\xff\xff",
        ],
    )  # fmt: skip
    def test_a_line_that_is_no_document_is_refused(self, line: bytes) -> None:
        with pytest.raises(SourceError):
            record(line)


class TestStandardInput:
    def test_it_holds_a_text(self) -> None:
        (document,), _ = read("-", stdin=io.BytesIO("\n云港论坛在云港开幕\n正文。".encode("gb18030")))
        assert document == Document("stdin", "\n云港论坛在云港开幕\n正文。", "云港论坛在云港开幕")

    def test_or_a_page(self) -> None:
        (document,), _ = read("-", stdin=io.BytesIO((DATA / "page.html").read_bytes()))
        assert document.title == "第三届滨海智慧港口论坛在云港举行"

    def test_or_json_lines(self) -> None:
        documents, skipped = read("-", stdin=io.BytesIO(b"\n" + (DATA / "records.jsonl").read_bytes()))
        assert [d.key for d in documents] == ["yg-1", "https://news.example/2.html", "stdin:7"]
        assert [skip.path for skip in skipped] == ["standard input:3", "standard input:5"]

    def test_or_nothing(self) -> None:
        assert read("-", stdin=io.BytesIO()) == ([], [Skipped("standard input", "is empty", failed=False)])


PIECES = (
    "<p>", "</p>", "<div>", "<table>", "<tr>", "<td>", "</td>", "<br>", "<a>", "</a>", "<pre>", "<script>", "<!--",
    "-->", "<html>", "<body>", "<h1>", "<nav>", "&lt;", "&#0;", "&#xd800;", "<![CDATA[", "]]>", "<?xml", "<", ">",
    "<title>", "<meta name=date content=", "<svg>", "<form>", "<li>", "---\n", "title:", "date:", "来源：", "\u3000",
    "2025-01-02", "2025年2月30日", '{"', '"}', '"text":', "\n", "\r", "会议在云港举行",
)  # fmt: skip
MARKUP = st.lists(st.one_of(st.text(max_size=20), st.sampled_from(PIECES)), max_size=40).map("".join)
BYTES = st.one_of(
    st.binary(max_size=300),
    MARKUP.map(lambda text: text.encode("utf-8", "surrogatepass")),
    MARKUP.map(lambda text: text.encode("gb18030", "replace")),
)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".jsonl", ".jsonl.gz"])
@settings(max_examples=150, deadline=None)
@given(data=BYTES)
def test_any_bytes_give_documents_or_a_reason(
    suffix: str, data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = written(tmp_path_factory.getbasetemp(), f"any{suffix}", data)
    documents, skipped = read(path)
    assert documents or skipped or not data.strip()
    for document in documents:
        assert document.key.encode() and document.text.strip() and document.text.encode()
        assert all(field is None or field.strip() for field in (document.title, document.date, document.source))


@settings(max_examples=150, deadline=None)
@given(
    fields=st.dictionaries(
        st.sampled_from(["doc", "title", "date", "source", "url"]), st.none() | MARKUP | st.integers()
    )
)
def test_any_fields_of_a_record_give_a_document_or_a_reason(fields: dict[str, Any]) -> None:
    line = json.dumps({**fields, "text": "<p>林知远致辞。</p>"}).encode()
    documents, skipped = read("-", stdin=io.BytesIO(line))
    assert len(documents) + len(skipped) == 1


@settings(max_examples=200, deadline=None)
@given(text=MARKUP)
def test_any_markup_gives_lines_or_a_reason(text: str) -> None:
    try:
        readable, _ = read_page(text)
    except SourceError as error:
        assert error.reason
    else:
        assert all(line == line.strip() and line for line in readable.split("\n"))
