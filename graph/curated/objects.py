"""JSON: one object with lists of entities and relations, or ``{"entity": {...}}`` and ``{"relation": {...}}``.

A ``.json`` file holds one such value, or a list of the small ones; a ``.jsonl`` file holds a small one a line. Values
are read with the decoder of the standard library; only what lies around them is scanned here, for it tells no offsets.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from json import JSONDecodeError
from typing import Any

from graph.curated.problems import Problems, shortened
from graph.curated.records import COLUMNS, NAMES, ORIGIN, Kind, Record, Source, split_aliases, unknown
from graph.curated.values import check_value

__all__ = ["read_object", "read_objects"]

_LISTS = {"entities": Kind.ENTITY, "relations": Kind.RELATION}
_SPACE = re.compile(r"[ \t\r\n]*")


class _Object(dict[str, Any]):
    """A JSON object; ``repeated`` is a key that it holds twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        keys = [key for key, _ in pairs]
        self.repeated = next((key for key in keys if keys.count(key) > 1), None) if len(self) < len(keys) else None


_DECODER = json.JSONDecoder(object_pairs_hook=_Object)


class _Scanner:
    """A place in a JSON text, and its line; it only moves on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = self._skip(0)
        self._counted = 0
        self._line = 1

    @property
    def line(self) -> int:
        """The line of the place, counted from 1."""
        self._line += self.text.count("\n", self._counted, self.place)
        self._counted = self.place
        return self._line

    def at(self, mark: str) -> bool:
        """Whether ``mark`` comes next."""
        return self.text.startswith(mark, self.place)

    def take(self, mark: str) -> None:
        """Go past ``mark``.

        Raises:
            JSONDecodeError: something else stands there.
        """
        if not self.at(mark):
            raise JSONDecodeError(f"{mark!r} is missing", self.text, self.place)
        self.place = self._skip(self.place + len(mark))

    def value(self) -> tuple[Any, int, int]:
        """Go past a value, and return it with its span.

        Raises:
            JSONDecodeError: there is none.
        """
        start = self.place
        try:
            value, end = _DECODER.raw_decode(self.text, start)
        except JSONDecodeError:
            raise
        except (RecursionError, ValueError) as error:  # ValueError: int() refuses some thousands of digits
            raise JSONDecodeError("a value is nested too deep, or a number too long", self.text, start) from error
        self.place = self._skip(end)
        return value, start, end

    def parts(self, begin: str, end: str) -> Iterator[None]:
        """Stop at each part of an object or list, whose parts commas separate."""
        self.take(begin)
        while not self.at(end):
            yield
            if not self.at(end):
                self.take(",")
                if self.at(end):
                    raise JSONDecodeError("a comma stands behind the last part", self.text, self.place)
        self.take(end)

    def _skip(self, place: int) -> int:
        found = _SPACE.match(self.text, place)
        return found.end() if found else place


def read_object(text: str, problems: Problems) -> Source:
    """Return the records of a ``.json`` file; those before an error of syntax, which is noted in `problems`."""
    scanner = _Scanner(text)
    records: list[Record] = []
    origin: dict[str, str] = {}
    try:
        if scanner.at("["):
            for _ in scanner.parts("[", "]"):
                line = scanner.line
                _keep(records, _named(text, line, *scanner.value(), problems))
        else:
            for _ in scanner.parts("{", "}"):
                _member(scanner, records, origin, problems)
        if scanner.place < len(text):
            raise JSONDecodeError("something stands behind the end", text, scanner.place)
    except JSONDecodeError as error:
        problems.add(error.lineno, None, f"is no JSON: {error.msg}, character {error.colno}")
    return Source(records, origin=origin)


def read_objects(text: str, problems: Problems) -> Source:
    """Return the records of a ``.jsonl`` file; a line that is none is noted in `problems`."""
    return Source(_lines(text, problems))


def _lines(text: str, problems: Problems) -> Iterator[Record]:
    end = 0
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        start, end = end, end + len(line)
        scanner = _Scanner(line.rstrip())
        if not scanner.text:
            continue
        try:
            value, first, last = scanner.value()
            if scanner.place < len(scanner.text):
                raise JSONDecodeError("something stands behind the object", scanner.text, scanner.place)
        except JSONDecodeError as error:
            problems.add(number, None, f"is no JSON: {error.msg}, character {error.colno}")
            continue
        record = _named(text, number, value, start + first, start + last, problems)
        if record is not None:
            yield record


def _member(scanner: _Scanner, records: list[Record], origin: dict[str, str], problems: Problems) -> None:
    """One key of the outermost object with its value."""
    line = scanner.line
    if not scanner.at('"'):
        raise JSONDecodeError("a key in quotation marks is missing", scanner.text, scanner.place)
    key, _, _ = scanner.value()
    scanner.take(":")
    if key in _LISTS and scanner.at("["):
        for _ in scanner.parts("[", "]"):
            line = scanner.line
            _keep(records, _record(scanner.text, line, *scanner.value(), _LISTS[key], problems))
    elif key in set(Kind):  # the whole file is one small object
        line = scanner.line
        _keep(records, _record(scanner.text, line, *scanner.value(), Kind(key), problems))
    elif key in _LISTS:
        scanner.value()
        problems.add(line, key, "must be a list")
    elif key in ORIGIN:
        if key in origin:
            problems.add(line, key, "is there twice")
        value, _, _ = scanner.value()
        try:
            if value is not None:
                origin[key] = _checked(key, value)
        except ValueError as error:
            problems.add(line, key, str(error))
    else:
        scanner.value()
        problems.add(line, shortened(key), unknown(key, (*ORIGIN, *_LISTS, *Kind)))


def _checked(key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text that is not empty")
    check_value(key, value.strip())
    return value.strip()


def _named(text: str, line: int, value: Any, start: int, end: int, problems: Problems) -> Record | None:
    """The record in ``{"entity": {...}}`` or ``{"relation": {...}}``."""
    if not isinstance(value, _Object) or len(value) != 1 or next(iter(value)) not in set(Kind):
        problems.add(line, None, 'is no object {"entity": {...}} or {"relation": {...}}')
        return None
    [(kind, fields)] = value.items()
    if value.repeated:
        problems.add(line, kind, "is there twice")
    return _record(text, line, fields, start, end, Kind(kind), problems)


def _record(text: str, line: int, fields: Any, start: int, end: int, kind: Kind, problems: Problems) -> Record | None:
    if not isinstance(fields, _Object):
        problems.add(line, None, f"is no object with the keys {', '.join(COLUMNS[kind])}")
        return None
    if fields.repeated:
        problems.add(line, shortened(fields.repeated), "is there twice")
    values: dict[str, str] = {}
    aliases: tuple[str, ...] = ()
    for key, value in fields.items():
        if key not in COLUMNS[kind]:
            problems.add(line, shortened(key), unknown(key, COLUMNS[kind]))
        elif key == "aliases" and isinstance(value, list) and all(isinstance(each, str) for each in value):
            aliases = tuple(name for each in value if (name := each.strip()))
        elif isinstance(value, bool) or not isinstance(value, str | int | float | None):
            problems.add(line, key, "must be a text" + (" or a list of texts" if key == "aliases" else ""))
        elif value is not None and (given := str(value).strip()):
            values[key] = given
    aliases = aliases or split_aliases(values.pop("aliases", ""))
    spans = {column: _span(text, start, end, column, values[column]) for column in NAMES if column in values}
    return Record(kind, line, start, end, values, aliases, spans)


def _span(text: str, start: int, end: int, column: str, name: str) -> tuple[int, int]:
    """Where an object names its entity; the whole object, where it spells the name with escapes of another kind."""
    key = text.find(f'"{column}"', start, end)
    written = json.dumps(name, ensure_ascii=False)[1:-1]
    first = text.find(written, key + len(column) + 2, end) if key >= 0 else -1
    return (first, first + len(written)) if first >= 0 else (start, end)


def _keep(records: list[Record], record: Record | None) -> None:
    if record is not None:
        records.append(record)
