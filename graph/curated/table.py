"""Tables (CSV): the first row names the columns; the separator is a comma, a tab or a semicolon.

Person,"苏 ""小"" 沐",发言,...       csv gives the values; as it is strict, each value can be written in one way
       |<- span  ->|                only, and the spans follow from the lengths of the values
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from graph.curated.problems import Problems, shortened
from graph.curated.records import COLUMNS, NAMES, REQUIRED, Kind, Record, Source, split_aliases, unknown

__all__ = ["read_table"]

_SEPARATORS = ",\t;"
_QUOTE = '"'
_HEADER = 10_000  # characters of a header that are looked at
# What csv says, which knows of dialects and not of people who type.
_REASONS = {
    "expected after": "has text behind a closing quotation mark; inside a value a quotation mark is written twice",
    "unexpected end": "has a quotation mark that is not closed before the end of the file",
    "field limit": "has a value of more than 131,072 characters; is a quotation mark not closed?",
}


class _Lines:
    """The lines of a text with their ends, as csv wants them; ``number`` of them are read, up to the offset ``end``."""

    def __init__(self, text: str) -> None:
        self.number = 0
        self.end = 0
        self._lines = io.StringIO(text, newline="")

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        self.end += len(line)
        return line


def read_table(text: str, problems: Problems) -> Source:
    """Return the records of a table of entities or of relations; which of them, its columns tell.

    A wrong header is noted in `problems`, and then there are no records.
    """
    lines = _Lines(text)
    header, separator = _header(lines)
    columns = [column.strip().casefold() for column in header]
    kind = Kind.RELATION if {"relation", "head", "tail"} & set(columns) else Kind.ENTITY
    if not _check_header(columns, kind, max(1, lines.number), problems):
        return Source(())
    return Source(_records(text, lines, separator, columns, kind, problems), text[: lines.end])


def _header(lines: _Lines) -> tuple[list[str], str]:
    """The first row that is not blank, and the separator with which most of its columns are known."""
    known = {column for columns in COLUMNS.values() for column in columns}
    line = next((line for line in lines if line.strip()), "")
    rows = {each: next(csv.reader([line[:_HEADER]], delimiter=each), []) for each in _SEPARATORS}
    best = max(rows, key=lambda each: sum(column.strip().casefold() in known for column in rows[each]))
    return rows[best], best


def _check_header(columns: Sequence[str], kind: Kind, line: int, problems: Problems) -> bool:
    before = bool(problems)
    missing = [column for column in REQUIRED[kind] if column not in columns]
    for column in dict.fromkeys(columns):
        if not column:
            problems.add(line, None, "has a column without a name")
        elif column not in COLUMNS[kind]:
            problems.add(line, shortened(column), unknown(column, COLUMNS[kind]))
        elif columns.count(column) > 1:
            problems.add(line, column, "is there twice")
    if missing:
        problems.add(line, None, f"names no column {', '.join(missing)}; a table of {kind.value} rows begins with it")
    return bool(problems) == before


def _records(
    text: str, lines: _Lines, separator: str, columns: Sequence[str], kind: Kind, problems: Problems
) -> Iterator[Record]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        start, line = lines.end, lines.number + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            reason = next((said for key, said in _REASONS.items() if key in str(error)), f"is no CSV: {error}")
            problems.add(line, None, reason)
            continue
        if row is None:
            return
        if not any(map(str.strip, row)):  # spreadsheets leave rows of nothing but separators
            continue
        if len(row) != len(columns):
            problems.add(line, None, f"has {len(row)} values, the header {len(columns)} columns")
            continue
        end = start + len(text[start : lines.end].rstrip("\r\n"))
        fields, spans = _values(text, start, row, columns, line, problems)
        aliases = split_aliases(fields.pop("aliases", ""))
        yield Record(kind, line, start, end, fields, aliases, spans)


def _values(
    text: str, start: int, row: Sequence[str], columns: Sequence[str], line: int, problems: Problems
) -> tuple[dict[str, str], dict[str, tuple[int, int]]]:
    """The values of a row that begins at ``start``, and the spans of its names."""
    fields, spans = {}, {}
    place = start
    for column, cell in zip(columns, row, strict=True):
        quoted = text.startswith(_QUOTE, place)
        value = cell.strip()
        if value:
            fields[column] = value
        if value and column in NAMES:
            first = place + quoted + len(cell) - len(cell.lstrip())
            spans[column] = first, first + _written(value, quoted)
        if not quoted and value.startswith(_QUOTE):
            problems.add(line, column, "has white space before its quotation mark; nothing may stand between")
        place += _written(cell, quoted) + 2 * quoted + 1
    return fields, spans


def _written(value: str, quoted: bool) -> int:
    """Characters that a value takes in the file, without the quotation marks around it."""
    return len(value) + (value.count(_QUOTE) if quoted else 0)
