"""CSV in a ZIP archive, for spreadsheets and pandas; ``neo4j-admin database import`` reads the headers."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from graph.convert import graph_fields
from graph.export.text import Sink, chunks, member
from graph.schema import FORUM_SERIES
from graph.subgraph import Content
from graph.tables import CLAIMS, EDGES, ENTITIES, Kind, Table, tables

__all__ = ["ARRAY_SEPARATOR", "read", "write"]

ARRAY_SEPARATOR = ";"
"""Between the items of a list, as the import tool expects it; within an item ``；`` stands for it."""

_TYPES: dict[Kind, str] = {"text": "string", "texts": "string[]", "integer": "long", "number": "double"}
_SPECIAL = {
    ENTITIES.name: {"id": "id:ID"},
    EDGES.name: {"head": ":START_ID", "relation": ":TYPE", "tail": ":END_ID"},
    CLAIMS.name: {"subject": ":START_ID", "relation": ":TYPE", "object": ":END_ID"},
}
_LABEL = ":LABEL"
_MARK = "\ufeff"
_FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
"""Texts that a spreadsheet would compute, or that look like one that was made harmless. Some take wide signs too, or
pass over spaces (OWASP, Testing for CSV Injection)."""

_README = """This is an export of a Huitu graph. {stated}

entities.csv has a line for each entity and series of forums, edges.csv one for each relation of two of them,
claims.csv, if it is here, one for each statement of a document. A text that a spreadsheet would take for a formula
(it begins with = + - @, wide or not, a tab or a line end) has an apostrophe before it. Lists are separated by ;.

Neo4j's import tool reads the files; claims.csv may stand in the place of edges.csv:

  neo4j-admin database import full --multiline-fields=true --nodes=entities.csv --relationships=edges.csv neo4j
"""


def write(content: Content) -> Iterator[bytes]:
    """A ZIP archive of ``entities.csv``, ``edges.csv``, perhaps ``claims.csv``, and ``README.txt``, which says whether
    it is cut. UTF-8 with the mark that tells Excel so."""
    sink = Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        stated = ", ".join(f"{name}: {value}" for name, value in graph_fields(content).items())
        archive.writestr(member("README.txt"), _README.format(stated=stated))
        for table in tables(content):
            with archive.open(member(f"{table.name}.csv"), "w", force_zip64=True) as file:
                for chunk in chunks(_lines(table, content)):
                    file.write(chunk)
                    yield sink.drain()
    yield sink.drain()


def read(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """The twin of `write`: the rows of each table by their names, as the library knows the columns."""
    known = {table.name: table for table in (ENTITIES, EDGES, CLAIMS)}
    found: dict[str, list[dict[str, Any]]] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if (table := known.get(name.removesuffix(".csv"))) is not None:
                with io.TextIOWrapper(archive.open(name), "utf-8-sig", newline="") as file:
                    lines = csv.reader(file)
                    next(lines)
                    found[table.name] = [_record(table, line) for line in lines]
    return found


def _lines(table: Table, content: Content) -> Iterator[str]:
    special = _SPECIAL[table.name]
    header = [special.get(name, f"{name}:{_TYPES[kind]}") for name, kind in table.columns]
    labels = table is ENTITIES
    yield _MARK + ",".join([*header, _LABEL] if labels else header) + "\n"
    formats = [_FORMATS[kind] for _, kind in table.columns]
    for row in table.rows(content):
        line = ",".join([format(value) for format, value in zip(formats, row, strict=True)])
        yield f"{line},{_labels(row[1])}\n" if labels else f"{line}\n"


def _labels(type: str) -> str:
    return FORUM_SERIES if type == FORUM_SERIES else f"Entity{ARRAY_SEPARATOR}{type}"


def _text(value: str | None) -> str:
    if not value:
        return ""
    if _FORMULA.match(value):
        value = "'" + value
    return '"' + value.replace('"', '""').replace("\0", "\ufffd") + '"'


def _texts(values: tuple[str, ...] | None) -> str:
    return _text(ARRAY_SEPARATOR.join(value.replace(ARRAY_SEPARATOR, "；") for value in values)) if values else ""


def _number(value: float | None) -> str:
    return "" if value is None else repr(value)


_FORMATS: dict[Kind, Callable[[Any], str]] = {"text": _text, "texts": _texts, "integer": _number, "number": _number}


def _record(table: Table, line: list[str]) -> dict[str, Any]:
    return {name: _READ[kind](value) for (name, kind), value in zip(table.columns, line, strict=False)}


def _plain(value: str) -> str | None:
    return (value[1:] if value.startswith("'") and _FORMULA.match(value) else value) or None


_READ: dict[Kind, Callable[[str], Any]] = {
    "text": _plain,
    "texts": lambda value: tuple((_plain(value) or "").split(ARRAY_SEPARATOR)) if value else (),
    "integer": lambda value: int(value) if value else None,
    "number": lambda value: float(value) if value else None,
}
