"""Dates in a text, resolved against the day of publication to intervals of days (时间).

    7月26日—28日        published 2025-07-27      2025-07-26 .. 2025-07-28, day
    26日, 昨天, 今天上午                            the nearest such day
    2026年5月, 明年3月                             the whole month, month

Without a publication date only dates that state their year are resolved.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from graph.schema import Period

__all__ = ["Dated", "find_dates"]

_TO = r"(?:\s*(?:至|到|-|~|—|–|－|——)\s*)"
_DAY = r"(?:(?P<y{0}>\d{{4}})年)?(?:(?P<m{0}>\d{{1,2}})月)?(?P<d{0}>\d{{1,2}})(?:日|号)"
_RANGE = re.compile(
    rf"(?<![\d.]){_DAY.format(1).replace('(?:日|号)', '(?:日|号)?')}{_TO}{_DAY.format(2)}(?!电)"
    rf"|(?<![\d.]){_DAY.format(3)}"
)
_MONTH = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})年|(?P<near>今年|明年|去年|本|上个?|下个?))?(?P<month>\d{1,2})?(?P<unit>月)(?:份)?(?!\d|\d?\d日)"
)
_WORD = re.compile(r"(?P<word>今天|今日|昨天|昨日|前天|明天|明日|当日|当天)")
_WORD_DAYS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1, "明日": 1}
_ISO = re.compile(r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
# How far ahead of publication a bare day of the month may lie before it is taken for the month before.
_AHEAD_DAYS = 10


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression at ``[start, end)`` of the text and the days it stands for."""

    start: int
    end: int
    period: Period


def find_dates(text: str, published: str | None) -> list[Dated]:
    """The date expressions of a text that can be resolved, in text order.

    Args:
        text: any text.
        published: day of publication, ``YYYY-MM-DD``.
    """
    day = date.fromisoformat(published) if published else None
    found = [*_days(text, day), *_iso(text), *_words(text, day), *_months(text, day)]
    found.sort(key=lambda d: (d.start, -d.end))
    kept: list[Dated] = []
    for dated in found:
        if not kept or dated.start >= kept[-1].end:
            kept.append(dated)
    return kept


def _days(text: str, published: date | None) -> Iterator[Dated]:
    for match in _RANGE.finditer(text):
        if match["d3"]:
            first = last = _resolve(match["y3"], match["m3"], match["d3"], published)
        else:
            first = _resolve(match["y1"], match["m1"] or match["m2"], match["d1"], published)
            year = match["y2"] or match["y1"]
            last = _resolve(year, match["m2"] or match["m1"], match["d2"], published)
        if first is not None and last is not None and first <= last and (last - first).days <= 366:
            yield Dated(match.start(), match.end(), _period(first, last, "day"))


def _iso(text: str) -> Iterator[Dated]:
    for match in _ISO.finditer(text):
        day = _valid(int(match["y"]), int(match["m"]), int(match["d"]))
        if day is not None:
            yield Dated(match.start(), match.end(), _period(day, day, "day"))


def _words(text: str, published: date | None) -> Iterator[Dated]:
    if published is None:
        return
    for match in _WORD.finditer(text):
        if match["word"] in _WORD_DAYS:
            day = published + timedelta(days=_WORD_DAYS[match["word"]])
            yield Dated(match.start(), match.end(), _period(day, day, "day"))


def _months(text: str, published: date | None) -> Iterator[Dated]:
    for match in _MONTH.finditer(text):
        if match["month"] is None:
            if published is None or match["near"] not in ("本", "上", "上个", "下", "下个"):
                continue
            step = {"本": 0, "上": -1, "下": 1}[match["near"][0]]
            index = published.year * 12 + published.month - 1 + step
            year, month = divmod(index, 12)
            month += 1
        else:
            month = int(match["month"])
            if match["year"]:
                year = int(match["year"])
            elif published is None or match["near"] in ("本", "上", "下", "上个", "下个"):
                continue
            elif match["near"]:
                year = published.year + {"今年": 0, "明年": 1, "去年": -1}[match["near"]]
            else:
                year = _nearest_year(month, 15, published)
        if 1 <= month <= 12 and 1900 <= year <= 2200:
            last = calendar.monthrange(year, month)[1]
            yield Dated(match.start(), match.end(), _period(date(year, month, 1), date(year, month, last), "month"))


def _resolve(year: str | None, month: str | None, day: str, published: date | None) -> date | None:
    if year is not None and month is not None:
        return _valid(int(year), int(month), int(day))
    if published is None:
        return None
    if month is not None:
        return _valid(_nearest_year(int(month), int(day), published), int(month), int(day))
    found = _valid(published.year, published.month, int(day))
    if found is not None and (found - published).days <= _AHEAD_DAYS:
        return found
    before = published.replace(day=1) - timedelta(days=1)
    return _valid(before.year, before.month, int(day))


def _nearest_year(month: int, day: int, published: date) -> int:
    """The year that brings the day nearest to publication."""
    candidates = [c for c in (_valid(published.year + step, month, day) for step in (-1, 0, 1)) if c is not None]
    nearest = min(candidates, key=lambda c: abs((c - published).days), default=published)
    return nearest.year


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _period(first: date, last: date, precision: str) -> Period:
    return Period(first.isoformat(), last.isoformat(), precision)
