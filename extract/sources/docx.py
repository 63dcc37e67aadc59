"""Word documents (.docx) to readable text: paragraphs and table rows in their order, cells apart by a tab."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from extract.sources.errors import Damaged, NoText
from extract.sources.zipped import opened

__all__ = ["read_docx"]

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_docx(data: bytes) -> str:
    """Return the text of a Word document, a paragraph or table row a line.

    Entities that the file's XML declares are not expanded.

    Raises:
        Damaged: it is no Word document, or a broken one.
        NoText: there are no words in it.
        TooLarge: it unpacks to more than `extract.sources.zipped.MAX_UNPACKED` bytes.
    """
    with opened(data):  # refuses what unpacks to too much, before anything is unpacked
        pass
    try:
        document = docx.Document(io.BytesIO(data))
        lines = [line for block in document.iter_inner_content() for line in _lines(block)]
    except (OpcError, LxmlError, BadZipFile, KeyError, ValueError, AttributeError, NotImplementedError) as error:
        raise Damaged(f"is no Word document, or a damaged one: {str(error)[:200]}") from error
    if not lines:
        raise NoText("is a Word document without text")
    return "\n".join(lines)


def _lines(block: Paragraph | Table) -> Iterator[str]:
    if isinstance(block, Paragraph):
        rows = block.text.splitlines()
    else:
        rows = ["\t".join(_cells(row.cells)) for row in block.rows]
    for line in rows:
        if text := _FORBIDDEN.sub("", line).strip():
            yield text


def _cells(cells: tuple[object, ...]) -> Iterator[str]:
    """The text of each cell of a row; one that spans several columns is told once."""
    before = None
    for cell in cells:
        element = getattr(cell, "_tc")  # noqa: B009  python-docx gives equal cells as objects of their own
        if element is not before:
            yield " ".join(str(getattr(cell, "text")).split())  # noqa: B009
        before = element
