"""Opaque cursors: the sort key of the last row seen, so that a page costs the same wherever it lies."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import TypeVar

from graph.client import Row
from graph.errors import HuituError
from graph.records import Page

__all__ = ["InvalidCursor", "decode", "encode", "paged"]

T = TypeVar("T")


class InvalidCursor(HuituError):
    """``cursor`` was not made by this list."""

    exit_code = 2

    def __init__(self, cursor: str) -> None:
        super().__init__("the cursor was not made by this list", hint="Take it from 'next' of the page before.")
        self.cursor = cursor


def encode(key: Sequence[str | int]) -> str:
    """A sort key as a cursor."""
    content = json.dumps(list(key), ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def decode(cursor: str | None, first: Sequence[str | int]) -> list[str | int]:
    """The sort key in a cursor; without a cursor, ``first``, which stands before every row.

    Raises:
        InvalidCursor: what it holds has another form than ``first``.
    """
    if cursor is None:
        return list(first)
    try:
        content = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        key = json.loads(content)
    except (binascii.Error, ValueError) as error:
        raise InvalidCursor(cursor) from error
    if not isinstance(key, list) or [type(part) for part in key] != [type(part) for part in first]:
        raise InvalidCursor(cursor)
    if any(isinstance(part, int) and abs(part) >= 2**62 for part in key):
        raise InvalidCursor(cursor)
    return key


def paged(
    rows: list[Row],
    limit: int,
    total: int,
    make: Callable[[Row], T],
    key: Callable[[Row], Sequence[str | int]],
    *,
    most: int | None = None,
) -> Page[T]:
    """A page of ``limit`` rows out of ``limit + 1`` asked for.

    Args:
        rows: in the order of their keys.
        limit: items a page.
        total: items of all pages.
        make: makes an item of a row.
        key: the sort key of a row.
        most: up to which ``total`` was counted; where it is more, there are more than so many.
    """
    exact = most is None or total <= most
    kept = rows[:limit]
    more = len(rows) > limit
    return Page(
        tuple(make(row) for row in kept),
        total if most is None else min(total, most),
        encode(key(kept[-1])) if more else None,
        exact,
    )
