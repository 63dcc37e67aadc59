"""The CSV files that Neo4j's import tool reads: one a kind of node or relationship, with their columns and types.

Text is always quoted, a missing value is nothing at all, so that an empty text stays one. Items of a list are joined by
`SEPARATOR`. The tool writes no property for an empty list: `graph.bulk` puts these in afterwards, and the list of one
empty text where `ONE_EMPTY` stands for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from graph.reprints import BANDS
from graph.schema import EDITION_OF

__all__ = [
    "AT",
    "CLAIMS",
    "DENOTES",
    "DOCUMENTS",
    "EDGES",
    "EDITIONS",
    "ENTITIES",
    "KEYS",
    "MENTIONS",
    "META",
    "NAMED",
    "OBJECT",
    "ONE_EMPTY",
    "REPRINTS",
    "SEPARATOR",
    "SERIES",
    "STATES",
    "SUBJECT",
    "TABLES",
    "TIES",
    "CsvFiles",
    "Inexpressible",
    "Table",
    "check_item",
]

SEPARATOR = "\x1f"
"""U+001F, the unit separator of ASCII."""

ONE_EMPTY = "\x1e"
"""Stands for the list of one empty text, which the tool would take for an empty list: U+001E, the record separator."""

_SMALLEST_BUFFER = 4 * 2**20


class Inexpressible(ValueError):
    """A value that the files cannot hold."""


def _text(value: str | None) -> str:
    return "" if value is None else '"' + value.replace('"', '""') + '"'


def _number(value: float | None) -> str:
    return "" if value is None else repr(value)


def _truth(value: bool | None) -> str:
    return "" if value is None else str(value).lower()


def _texts(values: Iterable[str] | None) -> str:
    if values is None:
        return ""
    items = list(values)
    if items == [""]:
        return _text(ONE_EMPTY)
    for each in items:
        check_item(each)
    return _text(SEPARATOR.join(items))


def _numbers(values: Iterable[int]) -> str:
    return SEPARATOR.join(map(repr, values))


def check_item(text: str) -> None:
    """Raise `Inexpressible` if a text can be no item of a list."""
    if SEPARATOR in text or text == ONE_EMPTY:
        raise Inexpressible(f"{text!r} holds a control character that means something in the files")


_FORMATS: Mapping[str, Callable[[Any], str]] = {
    "ID": _text,
    "START_ID": _text,
    "END_ID": _text,
    "LABEL": _text,
    "TYPE": _text,
    "string": _text,
    "datetime": _text,
    "long": _number,
    "double": _number,
    "boolean": _truth,
    "string[]": _texts,
    "long[]": _numbers,
}


@dataclass(frozen=True, slots=True)
class Table:
    """One file: ``group`` are the labels of its nodes or the type of its relationships, where all have the same."""

    name: str
    nodes: bool
    group: str
    columns: tuple[str, ...]
    """As the tool's header has them: name and type, ``id:ID``."""

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def option(self) -> str:
        """The option of the import tool that names the file."""
        return ("--nodes" if self.nodes else "--relationships") + (f"={self.group}" if self.group else "")

    def formats(self) -> tuple[tuple[str, Callable[[Any], str]], ...]:
        """Property and format of each column."""
        split = (column.rpartition(":") for column in self.columns)
        return tuple((name or type, _FORMATS[type]) for name, _, type in split)

    def line(self, row: Mapping[str, Any]) -> str:
        """A line with the values of a row, end of line included; what the row lacks is missing.

        Raises:
            Inexpressible: a list that the file cannot hold.
            KeyError: the row has a value for which there is no column.
        """
        formats = _FORMATS_OF[self.name]
        line = ",".join([format(row.get(name)) for name, format in formats]) + "\n"
        if len(row) > len(formats) or not row.keys() <= _NAMES_OF[self.name]:
            raise KeyError(f"{self.file} has no columns {sorted(row.keys() - _NAMES_OF[self.name])}")
        return line


def _nodes(name: str, labels: str, *columns: str) -> Table:
    return Table(name, True, f"Huitu:{labels}", ("id:ID", *columns))


def _links(name: str, type: str, *columns: str) -> Table:
    return Table(name, False, type, (":START_ID", ":END_ID", *columns))


def _strings(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}:string" for name in names)


_REVISIONS = ("added_in:long", "changed_in:long")
_DATES = _strings("first_date", "last_date")
_SPANS = ("starts:long[]", "ends:long[]")
_BANDS = tuple(f"band_{number}:long" for number in range(BANDS))

DOCUMENTS = _nodes(
    "documents",
    "Document",
    *_strings("key", "name", "title", "date", "source", "url", "sha256", "model", "input"),
    *_BANDS,
    "ingested_at:datetime",
    *_strings("cluster", "text"),
)
MENTIONS = _nodes(
    "mentions",
    "Mention",
    *_strings("document_id", "local_id", "type", "name", "key"),
    "ties:string[]",
    "weak:boolean",
    "by_hand:boolean",
    *_strings("series", "series_id"),
    "aliases:string[]",
    *_SPANS,
)
CLAIMS = _nodes(
    "claims",
    "Claim",
    *_strings("document_id", "statement", "extractor", "status", "correction", "relation", "rule"),
    "engines:string[]",
    "confidence:double",
    *_strings("modality", "role", "topic", "date_from", "date_to", "date_precision", "quote"),
    "start:long",
    "end:long",
    "quotes:string[]",
    *_SPANS,
)
ENTITIES = _nodes(
    "entities",
    "Entity",
    ":LABEL",
    *_strings("type", "name"),
    "aliases:string[]",
    "names:string[]",
    "pinyin:string[]",
    "documents:long",
    "former:string[]",
    *_DATES,
    *_REVISIONS,
)
SERIES = _nodes("series", "ForumSeries", *_strings("type", "name"), "aliases:string[]", "pinyin:string[]")
KEYS = _nodes("keys", "Key", *_strings("type", "entity"))
META = _nodes("meta", "HuituMeta", "version:long", "revision:long", "begun:long")

NAMED = _links("named", "MENTIONS")
STATES = _links("states", "STATES")
SUBJECT = _links("subject", "SUBJECT")
OBJECT = _links("object", "OBJECT")
AT = _links("at", "AT")
DENOTES = _links("denotes", "DENOTES")
TIES = _links("ties", "TIES")
EDITIONS = _links("editions", EDITION_OF)
REPRINTS = _links("reprints", "REPRINTS")
EDGES = _links(
    "edges",
    "",
    ":TYPE",
    *(f"{name}:long" for name in ("support", "planned", "denied", "claims")),
    "confidence:double",
    "roles:string[]",
    *_DATES,
    *_strings("quote", "document_id"),
    *_REVISIONS,
)

TABLES = (
    *(DOCUMENTS, MENTIONS, CLAIMS, ENTITIES, SERIES, KEYS, META),
    *(NAMED, STATES, SUBJECT, OBJECT, AT, DENOTES, TIES, EDITIONS, REPRINTS, EDGES),
)
_FORMATS_OF = {table.name: table.formats() for table in TABLES}
_NAMES_OF = {table.name: frozenset(name for name, _ in table.formats()) for table in TABLES}


class CsvFiles:
    """All files in a folder, written line by line.

    Args:
        folder: an empty one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._longest = 0
        self._closing = ExitStack()
        self._files = {
            table.name: self._closing.enter_context((folder / table.file).open("w", encoding="utf-8", newline=""))
            for table in TABLES
        }
        for table in TABLES:
            self._files[table.name].write(",".join(table.columns) + "\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()

    def write(self, table: Table, line: str) -> None:
        """Add a line that `Table.line` made."""
        self._longest = max(self._longest, len(line))
        self._files[table.name].write(line)

    def link(self, table: Table, start: str, end: str) -> None:
        """Add a relationship without properties between two ids."""
        self._files[table.name].write(f'"{start}","{end}"\n')

    def arguments(self, folder: str) -> list[str]:
        """What the import tool has to be told about the files, after the name of the database.

        Args:
            folder: where it finds them.
        """
        buffer = max(_SMALLEST_BUFFER, 4 * self._longest)  # it must hold the longest value
        return [
            "--array-delimiter=U+001F",
            "--multiline-fields=true",
            "--input-encoding=UTF-8",
            f"--read-buffer-size={buffer}",
            *(f"{table.option}={folder}/{table.file}" for table in TABLES),
        ]
