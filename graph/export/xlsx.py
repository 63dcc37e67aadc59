"""Excel workbooks: a sheet for entities, edges, claims with their quotes, and one that says what they are."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any

import xlsxwriter

from graph.convert import graph_fields
from graph.export.text import LIST_SEPARATOR, legal
from graph.subgraph import Content
from graph.tables import Table, tables

__all__ = ["write"]

_ROWS = 1_048_575
"""Rows that a sheet holds below its header; what is more goes to the next one."""
_CHARACTERS = 32_767
"""Characters that a cell holds, in UTF-16; longer texts end in …"""
_CHUNK = 2**16
_LINE_END = re.compile("\r\n?")
"""A cell's lines end in a line feed."""
_WIDTHS = {"quote": 60, "name": 30, "head_name": 24, "tail_name": 24, "subject_name": 24, "object_name": 24}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(content: Content) -> Iterator[bytes]:
    """A workbook; it is built in a temporary file, so nothing is given before all has been read.

    Every text is written as text, whatever it looks like: no cell is a formula or a link. The sheet ``about`` says
    whether it is cut. A character that XML cannot hold becomes U+FFFD.
    """
    with tempfile.TemporaryFile() as file:
        with xlsxwriter.Workbook(file, _OPTIONS) as workbook:
            workbook.set_properties({"author": "Huitu", "created": datetime(1980, 1, 1, tzinfo=UTC)})
            bold = workbook.add_format({"bold": True})
            for table in tables(content):
                _sheets(workbook, bold, table, content)
            about = workbook.add_worksheet("about")
            for place, (name, value) in enumerate(graph_fields(content).items()):
                about.write_string(place, 0, name, bold)
                about.write_string(place, 1, _text(value))
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _sheets(workbook: xlsxwriter.Workbook, bold: Any, table: Table, content: Content) -> None:
    rows = table.rows(content)
    first: list[tuple[Any, ...]] = list(islice(rows, 1))
    number = 1
    while first or number == 1:
        sheet = workbook.add_worksheet(table.name if number == 1 else f"{table.name} {number}")
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(table.names):
            sheet.set_column(place, place, _WIDTHS.get(name, 14))
            sheet.write_string(0, place, name, bold)
        last = 0
        for last, row in enumerate(chain(first, islice(rows, _ROWS - len(first))), 1):
            for place, value in enumerate(row):
                if isinstance(value, int | float):
                    sheet.write_number(last, place, value)
                elif value:
                    sheet.write_string(last, place, _text(value))
        sheet.autofilter(0, 0, last, len(table.columns) - 1)
        first, number = list(islice(rows, 1)), number + 1


def _text(value: Any) -> str:
    text = _LINE_END.sub("\n", legal(LIST_SEPARATOR.join(value) if isinstance(value, list | tuple) else str(value)))
    if len(text) > _CHARACTERS // 2 and len(text.encode("utf-16-le")) // 2 > _CHARACTERS:
        return text.encode("utf-16-le")[: 2 * (_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"
    return text
