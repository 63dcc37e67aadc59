"""PDF, Word documents and archives become documents, whatever is inside; what does not is told."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from extract import Extractor
from extract.sources import MAX_BYTES, Skipped, read_data, read_documents, zipped
from graph.schema import Document

OFFICE = Path(__file__).parent / "data" / "office"
SENTENCE = "7月18日，第三届滨海智慧港口论坛在云港国际会议中心举行，由云港市人民政府主办。"


def read(data: bytes, name: str) -> tuple[list[Document], list[Skipped]]:
    skipped: list[Skipped] = []
    return list(read_data(data, name, on_skip=skipped.append)), skipped


def reasons(data: bytes, name: str) -> str:
    documents, skipped = read(data, name)
    assert not documents and skipped and all(each.failed for each in skipped)
    return "; ".join(each.reason for each in skipped)


def packed(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def word(*parts: bytes) -> bytes:
    """A Word document whose text is the XML of ``parts``, behind the first one."""
    stream = io.BytesIO()
    with zipfile.ZipFile(OFFICE / "notice.docx") as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, b"".join(parts) if entry.filename == "word/document.xml" else old.read(entry))
    return stream.getvalue()


class TestPdf:
    def test_lines_that_a_page_broke_are_whole_again(self) -> None:
        [document] = read_documents([OFFICE / "notice.pdf"], on_skip=lambda skipped: pytest.fail(skipped.reason))
        assert (document.key, document.title) == ("notice", "第三届滨海智慧港口论坛在云港举行")
        assert (document.date, document.source) == ("2031-07-19", "虚构日报")
        lines = document.text.splitlines()
        assert len(lines) == 4 and all(line.endswith("。") for line in lines[2:])

    def test_characters_that_its_font_gives_as_radicals_are_ideographs(self) -> None:
        raw = PdfReader(OFFICE / "notice.pdf").pages[0].extract_text()
        assert "⻓" in raw and "⽇" in raw
        [document], _ = read((OFFICE / "notice.pdf").read_bytes(), "notice.pdf")
        assert "晨光大学校长苏沐" in document.text
        assert not [char for char in document.text if "\u2e80" <= char <= "\u2fdf"]

    def test_its_quotes_stand_in_its_text(self) -> None:
        [document], _ = read((OFFICE / "notice.pdf").read_bytes(), "notice.pdf")
        relations = Extractor().extract(document).relations
        assert {"HOSTED_BY", "ORGANIZED_BY", "SIGNED_WITH", "SPEAKER_AT"} <= {each.type.value for each in relations}
        for evidence in (each for relation in relations for each in relation.evidence):
            assert document.text[evidence.start : evidence.end] == evidence.quote

    def test_what_opens_with_a_password_only_is_told(self) -> None:
        writer, stream = PdfWriter(clone_from=OFFICE / "notice.pdf"), io.BytesIO()
        writer.encrypt("secret", algorithm="RC4-128")
        writer.write(stream)
        assert "password" in reasons(stream.getvalue(), "a.pdf")

    def test_a_page_without_text_is_told(self) -> None:
        writer, stream = PdfWriter(), io.BytesIO()
        writer.add_blank_page(200, 200)
        writer.write(stream)
        assert "without text" in reasons(stream.getvalue(), "a.pdf")

    @pytest.mark.parametrize("cut", [0, 1, 10, 500, 5_000])
    def test_a_damaged_file_is_told_and_nothing_else_is_raised(self, cut: int) -> None:
        data = (OFFICE / "notice.pdf").read_bytes()[:cut]
        assert "PDF" in reasons(data, "a.pdf")
        assert "PDF" in reasons(b"\xff" * cut, "a.pdf")

    def test_streams_that_unpack_without_end_are_refused(self) -> None:
        writer, stream = PdfWriter(), io.BytesIO()
        bomb = StreamObject()
        bomb[NameObject("/Filter")] = NameObject("/FlateDecode")
        bomb._data = zlib.compress(b" " * 100_000_000)
        writer.add_blank_page(200, 200)[NameObject("/Contents")] = writer._add_object(bomb)
        writer.write(stream)
        assert len(stream.getvalue()) < 200_000
        assert "PDF" in reasons(stream.getvalue(), "a.pdf")


class TestWord:
    def test_paragraphs_and_tables_in_their_order(self) -> None:
        [document] = read_documents([OFFICE / "notice.docx"], on_skip=lambda skipped: pytest.fail(skipped.reason))
        assert (document.title, document.date, document.source) == (
            "第三届滨海智慧港口论坛在云港举行",
            "2031-07-19",
            "虚构日报",
        )
        lines = document.text.splitlines()
        assert lines[2:5] == [SENTENCE, "苏沐\t晨光大学校长", "韩若水\t海岬研究所所长"]
        assert lines[5] == "出席名单", "a cell over two columns once"

    def test_entities_are_not_expanded(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text("机密", encoding="utf-8")
        [old] = [zipfile.ZipFile(OFFICE / "notice.docx").read("word/document.xml")]
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        head = f'<!DOCTYPE x [<!ENTITY l0 "ha"><!ENTITY s SYSTEM "{secret.as_uri()}">{laughs}]>'.encode()
        body = old[old.index(b"?>") + 2 :].replace("苏沐".encode(), b"&l9;&s;", 1)
        documents, skipped = read(word(head, body), "a.docx")
        assert all("机密" not in each.text and "haha" not in each.text for each in documents)
        assert documents or skipped

    def test_a_bomb_is_refused_before_it_is_unpacked(self) -> None:
        assert "of XML unpacked" in reasons(word(b"<w:p/>" * 4_000_000), "a.docx")

    def test_a_cell_that_says_it_spans_a_billion_columns_is_one_cell(self) -> None:
        stream = io.BytesIO()
        document = docx.Document()
        table = document.add_table(2, 2)
        table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 1).text = "晨光大学", "苏沐", "韩若水"
        table.cell(0, 0).merge(table.cell(1, 0))
        table.rows[1]._tr.tc_lst[1].grid_span = 1_000_000_000
        document.save(stream)
        [found], _ = read(stream.getvalue(), "a.docx")
        assert found.text.splitlines() == ["晨光大学\t苏沐", "晨光大学\t韩若水"], "a cell over two rows in each of them"

    def test_text_that_grows_by_being_repeated_is_refused(self) -> None:
        """A long cell over a thousand rows."""
        stream = io.BytesIO()
        document = docx.Document()
        cell = "<w:tc><w:tcPr><w:vMerge{}/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
        rows = [cell.format(' w:val="restart"', "字" * 3_000), *[cell.format("", "")] * 1_000]
        head = '<w:tbl xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:tblPr/><w:tblGrid/>'
        table = parse_xml(head + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")
        document.element.body.insert(0, table)
        document.save(stream)
        assert "characters" in reasons(stream.getvalue(), "a.docx")

    def test_what_is_no_word_document_is_told(self) -> None:
        assert "archive" in reasons(b"text", "a.docx")
        assert "Word" in reasons(packed({"a.txt": b"text"}), "a.docx")
        assert "Word" in reasons(word(b"<broken"), "a.docx")

    def test_one_without_text_is_told(self) -> None:
        stream = io.BytesIO()
        docx.Document().save(stream)
        assert "without text" in reasons(stream.getvalue(), "a.docx")


class TestArchives:
    def test_documents_of_every_kind_come_out_in_the_order_of_their_names(self) -> None:
        files = {
            "b/二.txt": SENTENCE.encode("gb18030"),
            "a.pdf": (OFFICE / "notice.pdf").read_bytes(),
            "c.docx": (OFFICE / "notice.docx").read_bytes(),
            "d.jsonl": b'{"doc": "x/1", "text": "' + "甲在云港。".encode() + b'"}\n{"broken',
            "__MACOSX/._a.pdf": b"junk",
            "e.png": b"\x89PNG",
        }
        documents, skipped = read(packed(files), "news.zip")
        assert [each.key for each in documents] == ["news/a", "news/b/二", "news/c", "x/1"]
        assert documents[1].text == SENTENCE
        assert [(each.path, each.failed) for each in skipped] == [
            ("news.zip:d.jsonl:2", True),
            ("news.zip:e.png", False),
        ]

    @pytest.mark.parametrize(
        "name", ["../../etc/甲.txt", "/etc/甲.txt", "C:\\etc\\甲.txt", "./etc//./甲.txt", "..\\etc\\甲.txt"]
    )
    def test_a_name_never_leads_out_of_the_archive(self, name: str) -> None:
        documents, _ = read(packed({name: SENTENCE.encode()}), "n.zip")
        assert [each.key for each in documents] == ["n/etc/甲"]

    def test_names_written_by_chinese_windows_are_read(self) -> None:
        data = packed({"\u00ff" * 4: SENTENCE.encode()})
        entry = zipfile.ZipInfo("x")
        entry.filename, entry.flag_bits = "云港.txt".encode("gb18030").decode("cp437"), 0
        assert zipped.name_of(entry) == "云港.txt"
        assert read(data, "n.zip")[1]

    def test_bombs_are_refused(self) -> None:
        bomb = packed({"a.txt": b" " * (MAX_BYTES + 1), "b.txt": SENTENCE.encode()})
        assert len(bomb) < 100_000
        documents, skipped = read(bomb, "n.zip")
        assert [each.key for each in documents] == ["n/b"] and "larger than" in skipped[0].reason
        assert "unpacked" in reasons(packed({f"{n}.txt": b" " * MAX_BYTES for n in range(11)}), "n.zip")
        assert "files" in reasons(packed({f"{n}.txt": b"" for n in range(zipped.MAX_ENTRIES + 1)}), "n.zip")

    def test_a_list_of_millions_is_not_read(self) -> None:
        entry = packed({"a": b""}).partition(b"PK\x01\x02")
        listed = (entry[1] + entry[2][: 46 - 4 + 1]) * (20 * zipped.MAX_ENTRIES + 1)
        end = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 65_535, 65_535, len(listed), 0, 0)
        assert "files" in reasons(listed + end, "n.zip")

    def test_lines_that_are_packed_without_an_end_are_refused(self) -> None:
        bomb = gzip.compress(b"\n" * (zipped.MAX_UNPACKED + 1), compresslevel=1)
        assert len(bomb) < 1_000_000
        assert "unpacked" in reasons(bomb, "a.jsonl.gz")
        line = b'{"doc": "x/1", "text": "' + SENTENCE.encode() + b'"}\n'
        assert read(gzip.compress(line) + gzip.compress(line.replace(b"/1", b"/2")), "a.jsonl.gz")[0][1].key == "x/2"
        assert "gzip" in reasons(gzip.compress(line)[:-9], "a.jsonl.gz")

    def test_an_archive_inside_an_archive_stays_shut(self) -> None:
        documents, skipped = read(packed({"b.zip": packed({"a.txt": SENTENCE.encode()})}), "n.zip")
        assert not documents and not skipped[0].failed

    def test_a_file_that_gives_more_than_it_declares_is_cut_there(self) -> None:
        data = packed({"a.txt": b"x" * 5_000})
        lying = data.replace((5_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
        assert "damaged" in reasons(lying, "n.zip")

    def test_what_is_damaged_is_told(self) -> None:
        assert "archive" in reasons(b"PK\x03\x04 and then nothing", "n.zip")


def variants() -> Iterator[bytes]:
    for path in (OFFICE / "notice.pdf", OFFICE / "notice.docx"):
        data = bytearray(path.read_bytes())
        for place in range(0, len(data), len(data) // 6):
            yield bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])


def test_no_flipped_byte_raises_anything() -> None:
    for data in variants():
        for name in ("a.pdf", "a.docx", "a.zip"):
            documents, skipped = read(data, name)
            assert documents or skipped


def test_a_name_without_a_known_suffix_is_told() -> None:
    assert "is no document" in reasons(b"text", "a.exe")
