"""Values (值): what each column of a curated file may hold, whatever the other columns say."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from graph.curated.problems import shortened
from graph.schema import Period

__all__ = ["MAX_LINE", "MAX_PROSE", "check_value", "period"]

MAX_LINE = 300
"""Characters of a name, a role and whatever else is one line."""

MAX_PROSE = 10_000
"""Characters of a note, a topic or an address."""

_PROSE = frozenset({"note", "topic", "url"})
_PRECISIONS = ("year", "month", "day")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_ADDRESS = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_BREAK = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]")
# U+FFFD stands where bytes could not be decoded; the others are no characters of a text.
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffd-\uffff]")


def check_value(column: str, value: str) -> None:
    """Check the value of a column for itself.

    Raises:
        ValueError: it may not stand there; the message completes "the column ...".
    """
    limit = MAX_PROSE if column in _PROSE else MAX_LINE
    if len(value) > limit:
        raise ValueError(f"has {len(value):,} characters, {limit:,} are allowed")
    if unreadable := _UNREADABLE.search(value):
        raise ValueError(f"holds U+{ord(unreadable[0]):04X}: it is no character, or one that could not be decoded")
    if column not in _PROSE and _BREAK.search(value):
        raise ValueError("holds a line break or tab; write it on one line, with spaces")
    if column in {"date_from", "date_to"}:
        _days(value)
    elif column == "date" and _days(value)[2] != "day":
        raise ValueError(f"is {shortened(value)}, no whole day; write it like 2025-07-26")
    elif column == "url" and not _ADDRESS.fullmatch(value):
        raise ValueError(f"is {shortened(value)}, no address; it begins with http:// or https://")


def period(first: str, last: str) -> Period:
    """The days from ``first`` to ``last``, each a day, month or year; the coarser of the two is the precision.

    Raises:
        ValueError: they are none, or in the wrong order; the message completes "the column date_to ...".
    """
    (begin, _, precise), (_, end, other) = _days(first), _days(last)
    if end < begin:
        raise ValueError(f"is {last}, a date before {first} in date_from")
    return Period(begin.isoformat(), end.isoformat(), min(precise, other, key=_PRECISIONS.index))


@lru_cache(maxsize=4096)
def _days(value: str) -> tuple[date, date, str]:
    """The first and the last day of a date as written, and its precision."""
    try:
        if not _DATE.fullmatch(value):
            raise ValueError(value)
        parts = [int(part) for part in value.split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else 12
        first, last = date(*(*parts, 1, 1)[:3]), (year, month, calendar.monthrange(year, month)[1])
        return first, date(*(*parts, *last[len(parts) :])), _PRECISIONS[len(parts) - 1]
    except ValueError as error:
        raise ValueError(f"is {shortened(value)}, no date; write 2025-07-26, 2025-07 or 2025") from error
