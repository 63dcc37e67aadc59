"""Word documents (.docx) to readable text: paragraphs and table rows in their order, cells apart by a tab."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from extract.sources.errors import Damaged, NoText, TooLarge
from extract.sources.zipped import opened

__all__ = ["read_docx"]

_MAX_XML = 20_000_000  # lxml makes some ten times as much of it
_MAX_CHARACTERS = 2_000_000
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_docx(data: bytes) -> str:
    """Return the text of a Word document, a paragraph or table row a line.

    Entities that the file's XML declares are not expanded.

    Raises:
        Damaged: it is no Word document, or a broken one.
        NoText: there are no words in it.
        TooLarge: its XML unpacks to more than 20 MB, all of it to more than `extract.sources.zipped.MAX_UNPACKED`
            bytes, or its text has more than two million characters.
    """
    with opened(data) as archive:  # refuses what unpacks to too much, before anything is unpacked
        if sum(each.file_size for each in archive.infolist() if each.filename.endswith((".xml", ".rels"))) > _MAX_XML:
            raise TooLarge(_MAX_XML, "bytes of XML unpacked")
    lines: list[str] = []
    size = 0
    try:
        for block in docx.Document(io.BytesIO(data)).iter_inner_content():
            for line in _lines(block):
                lines.append(line)
                size += len(line)
                if size > _MAX_CHARACTERS:
                    raise TooLarge(_MAX_CHARACTERS, "characters")
    except (OpcError, LxmlError, BadZipFile, KeyError, ValueError, AttributeError, TypeError, IndexError,
            RecursionError, OverflowError, NotImplementedError) as error:  # fmt: skip
        # python-docx takes for granted what its schema promises; beyond its own errors it lets these of Python out.
        if isinstance(error, TooLarge):
            raise
        raise Damaged(f"is no Word document, or a damaged one: {str(error)[:200]}") from error
    if not lines:
        raise NoText("is a Word document without text")
    return "\n".join(lines)


def _lines(block: Paragraph | Table) -> Iterator[str]:
    for row in _rows(block) if isinstance(block, Table) else block.text.splitlines():
        if text := _FORBIDDEN.sub("", row).strip():
            yield text


def _rows(table: Table) -> Iterator[str]:
    """The rows of a table; a cell that spans columns is told once, one that spans rows in each of them.

    Not by `Table.rows`: that makes as many cells as a file says that one spans, be it a billion.
    """
    above: dict[int, str] = {}
    for row in table._tbl.tr_lst:
        column, here = row.grid_before, {}
        for cell in row.tc_lst:
            continues = cell.vMerge == "continue"
            here[column] = above.get(column, "") if continues else " ".join(_Cell(cell, table).text.split())
            column += cell.grid_span
        above = here
        yield "\t".join(here.values())
