"""JSON Lines: one document a line, with the keys doc, title, date, source, url and text (perhaps HTML)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from extract.sources import html
from extract.sources.encoding import decode
from extract.sources.errors import BadRecord, Empty, TooLarge
from extract.sources.metadata import Metadata, clean_date, clean_line, clean_url, read_head

__all__ = ["lines", "record"]

_UNSTORABLE = re.compile(r"[\ud800-\udfff\x00]")
_CHUNK = 1 << 20


def lines(readline: Callable[[int], bytes], limit: int) -> Iterator[tuple[int, bytes | TooLarge]]:
    """Yield the number and the bytes of each line that is not blank; TooLarge in place of one over `limit` bytes.

    Raises:
        OSError, EOFError, zlib.error: as `readline` does.
    """
    number = 0
    while line := readline(limit + 1):
        number += 1
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = readline(_CHUNK)
            yield number, TooLarge(limit)
        elif line.strip():
            yield number, line


def record(line: bytes) -> tuple[str | None, str, Metadata]:
    """Return the key that a line states (``doc``), its text and its metadata; HTML becomes readable text.

    Raises:
        SourceError: the line is no JSON object, or its text is missing, empty or unreadable.
    """
    fields = _parsed(line)
    text = fields.get("text")
    if not isinstance(text, str):
        raise BadRecord("has no 'text' that is a string")
    if any(isinstance(value, str) and _UNSTORABLE.search(value) for value in fields.values()):
        raise BadRecord("holds half a surrogate pair or NUL, which are no characters of a text")
    if not text.strip():
        raise Empty("has an empty 'text'")
    found = Metadata()
    if html.is_page(text):
        text, found = html.read_page(text)
    elif html.has_markup(text):
        text = html.read_fragment(text)
    key = fields.get("doc")
    name = clean_line(key) if isinstance(key, str | int) else None
    return name, text, _stated(fields).or_else(found).or_else(read_head(text))


def _parsed(line: bytes) -> dict[str, Any]:
    text = decode(line)
    try:
        fields = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadRecord(f"is no JSON: {error.msg}, column {error.colno}") from error
    except (RecursionError, ValueError) as error:
        raise BadRecord("is JSON nested too deep, or with a number too long") from error
    if not isinstance(fields, dict):
        raise BadRecord("is no JSON object")
    return fields


def _stated(fields: dict[str, Any]) -> Metadata:
    title, day, source, url = (
        value if isinstance(value := fields.get(name), str | int) else "" for name in ("title", "date", "source", "url")
    )
    address = clean_url(source)
    publisher = None if address else clean_line(source)
    return Metadata(clean_line(title), clean_date(day), publisher, clean_url(url) or address)
