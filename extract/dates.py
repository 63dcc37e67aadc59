"""Dates in a text, resolved against the day of publication to intervals of days (时间).

    7月26日—28日        published 2025-07-27      2025-07-26 .. 2025-07-28, day
    26日, 昨天, 上周五, 本月8日                     that day
    次日, 当天, 同年                                counted from the date before them
    2026年5月, 明年3月, 下个月, 3月至5月            the whole months, month
    2023年, 去年底                                  the whole year, year

Without a publication date only dates that state their year are resolved, and those counted from them. 近日 and 日前
name no day, a dateline (7月26日电) dates the report, not what it tells, and 2018年 in 成立于2018年的 is a body's age.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from extract.scanning import scanning
from graph.schema import Period

__all__ = ["Dated", "find_dates"]

_YEAR = r"(?:(?P<y{0}>\d{{4}})\s?年\s?|(?P<ny{0}>今年|去年|明年|前年|后年|当年|同年))"
_MONTH = r"(?:(?P<m{0}>\d{{1,2}})\s?月(?:份)?\s?|(?P<nm{0}>本月|上个?月|下个?月|当月|同月|次月))"
_ASIDE = r"(?:\([^()]{1,5}\))?(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚间|晚上|晚|夜间)?"
_UNIT = r"\s?(?:日(?!内|均|间|常|游|[电讯报语元]|前(?!往|来|赴|后))|号(?![楼馆厅机线院门台站令文公线区桥店]))"
_DAY = rf"{_YEAR}?{_MONTH}?(?P<d{{0}}>\d{{{{1,2}}}})"
_TO = r"\s*(?:至|到|-{1,2}|~|—{1,2}|–|－|～)\s*"
_AND = r"\s*(?P<and>、|和|及)\s*"
_FREE = r"(?<![第\d.A-Za-z/])"
_RANGE = scanning(rf"{_FREE}{_DAY.format(1)}(?:\s?[日号]{_ASIDE})?(?:{_TO}|{_AND}){_DAY.format(2)}{_UNIT}{_ASIDE}")
_ONE_DAY = scanning(rf"{_FREE}{_DAY.format(1)}{_UNIT}{_ASIDE}")
_ISO_DAY = r"(?P<y{0}>\d{{4}})[-/.](?P<m{0}>\d{{1,2}})[-/.](?P<d{0}>\d{{1,2}})"
_ISO = re.compile(
    rf"(?<!\d){_ISO_DAY.format(1)}(?:{_TO}(?:{_ISO_DAY.format(2)}|(?:(?P<m3>\d{{1,2}})[/.])?(?P<d3>\d{{1,2}})))?(?![\d:.])"
)
_MONTHS = scanning(
    rf"{_FREE}{_YEAR.format(1)}?(?:(?P<m1>\d{{1,2}})\s?月?份?{_TO}{_YEAR.format(2)}?)?{_MONTH.format(2)}"
    r"(?:上旬|中旬|下旬|初|中(?!国|心|央|外)|底|末)?(?!\d|\s?\d{1,2}\s?日)"
)
_WEEKDAY = re.compile(r"(?P<week>上|本|这|下)(?:个)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])")
_WORD = scanning(
    r"(?P<word>大前天|今天|今日(?!头条)|今[晨早晚](?!报)|昨[天日晚夜]|昨(?=在|于|[举开闭])|前[天日](?!赴)|明[天晚]|明日(?!之)|后天(?!性)"
    r"|当[天日晚]|同[日天]|同一天|次日|翌日|第二天|隔天)"
)
_YEARS = scanning(
    r"(?<!\d[—–~～至-])(?<!年[—–~～至-])(?<![自从\d])(?<!立于|始于|办于|建于)(?<!立于\s|始于\s|办于\s|建于\s)"
    r"(?:(?P<y>\d{4})\s?年(?!度|代|级|版|[—–~～至-]\d{4}|前|以前)|(?P<ny>今年|去年|明年|前年|后年|当年|同年))"
    r"(?:年?初|年?[底末]|[上下]半年|[春夏秋冬][天季])?(?!起|以来|来|[成创设建]立的|创办的|开始)"
)
_WORD_DAYS = {"大": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2}
_NEAR_YEARS = {"前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
_NEAR_MONTHS = {"上": -1, "本": 0, "下": 1}
_WEEKDAYS = {**{day: number for number, day in enumerate("一二三四五六日")}, "天": 6}
_AGAIN, _NEXT = frozenset("当同"), frozenset("次翌第隔")
# How far ahead of publication a bare day of the month may lie before it is taken for the month before.
_AHEAD_DAYS = 10
# A bare day this many days before or after the date read last is counted from it, not from publication.
_EARLIER_DAYS, _LATER_DAYS = 3, 7


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression at ``[start, end)`` of the text and the days it stands for."""

    start: int
    end: int
    period: Period


@dataclass(slots=True)
class _Reader:
    """What relative dates are counted from: the day of publication and the date read last."""

    published: date | None
    first: date | None = None
    last: date | None = None
    precision: str = "day"

    def read(self, period: Period) -> None:
        self.first, self.last = date.fromisoformat(period.first), date.fromisoformat(period.last)
        self.precision = period.precision

    @property
    def day(self) -> date | None:
        """The last day of the date read last, where it names days."""
        return self.last if self.precision == "day" else None


def find_dates(text: str, published: str | None, before: Period | None = None) -> list[Dated]:
    """The date expressions of a text that can be resolved, in text order.

    Args:
        text: any text.
        published: day of publication, ``YYYY-MM-DD``.
        before: the date that stands last before the text; 次日 and bare days are counted from it.
    """
    reader = _Reader(date.fromisoformat(published) if published else None)
    if before is not None:
        reader.read(before)
    resolve: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Reader], Period | None]], ...] = (
        (_ISO, _iso),
        (_RANGE, _range),
        (_ONE_DAY, _one_day),
        (_WEEKDAY, _weekday),
        (_WORD, _word),
        (_MONTHS, _months),
        (_YEARS, _years),
    )
    matches = [(match, how) for pattern, how in resolve for match in pattern.finditer(text)]
    matches.sort(key=lambda item: (item[0].start(), -item[0].end()))
    found: list[Dated] = []
    for match, how in matches:
        if found and match.start() < found[-1].end:
            continue
        period = how(match, reader)
        if period is not None:
            found.append(Dated(match.start(), match.end(), period))
            reader.read(period)
    return found


def _one_day(match: re.Match[str], reader: _Reader) -> Period | None:
    day = _day(reader, match["y1"], match["ny1"], match["m1"], match["nm1"], match["d1"])
    return _period(day, day, "day") if day is not None else None


def _range(match: re.Match[str], reader: _Reader) -> Period | None:
    """A range; where one side lacks the year or the month, it has that of the other."""
    year, near_year, month, near = match["y1"], match["ny1"], match["m1"], match["nm1"]
    if not (month or near):
        month, near = match["m2"], match["nm2"]
    if not (year or near_year):
        year, near_year = match["y2"], match["ny2"]
    first = _day(reader, year, near_year, month, near, match["d1"])
    if first is None:
        return None
    if match["y2"] or match["ny2"] or match["nm2"]:
        last = _day(reader, match["y2"], match["ny2"], match["m2"], match["nm2"], match["d2"])
    else:
        last = _valid(first.year, int(match["m2"] or first.month), int(match["d2"]))
        if last is not None and last < first and match["m2"] and not match["y1"]:
            last = _valid(first.year + 1, last.month, last.day)
    if last is None or not 0 <= (last - first).days <= 366:
        return None
    # 8日、9日 are two days in a row; 8日和20日 are no range.
    if match["and"] and (last - first).days != 1:
        return None
    return _period(first, last, "day")


def _iso(match: re.Match[str], _: _Reader) -> Period | None:
    first = last = _valid(int(match["y1"]), int(match["m1"]), int(match["d1"]))
    if match["d2"]:
        last = _valid(int(match["y2"]), int(match["m2"]), int(match["d2"]))
    elif match["d3"]:
        last = _valid(int(match["y1"]), int(match["m3"] or match["m1"]), int(match["d3"]))
    return _period(first, last, "day") if first is not None and last is not None and first <= last else None


def _weekday(match: re.Match[str], reader: _Reader) -> Period | None:
    if reader.published is None:
        return None
    week = {"上": -1, "下": 1}.get(match["week"], 0)
    day = reader.published + timedelta(weeks=week, days=_WEEKDAYS[match["day"]] - reader.published.weekday())
    return _period(day, day, "day")


def _word(match: re.Match[str], reader: _Reader) -> Period | None:
    word = match["word"]
    if word[0] in _AGAIN | _NEXT:
        if reader.day is None:
            return None
        day = reader.day + timedelta(days=word[0] in _NEXT)
    elif reader.published is not None:
        day = reader.published + timedelta(days=_WORD_DAYS[word[0]])
    else:
        return None
    return _period(day, day, "day")


def _months(match: re.Match[str], reader: _Reader) -> Period | None:
    last = _month(reader, match["y2"] or match["y1"], match["ny2"] or match["ny1"], match["m2"], match["nm2"])
    if last is None:
        return None
    first = last
    if match["m1"]:
        if not 1 <= int(match["m1"]) <= 12:
            return None
        year = last.year if match["y2"] is None or match["y1"] is None else int(match["y1"])
        first = date(year, int(match["m1"]), 1)
        if first > last:
            return None
    return _period(first, last.replace(day=calendar.monthrange(last.year, last.month)[1]), "month")


def _years(match: re.Match[str], reader: _Reader) -> Period | None:
    year = int(match["y"]) if match["y"] else _near_year(reader, match["ny"])
    if year is None or not 1900 <= year <= 2200:
        return None
    return _period(date(year, 1, 1), date(year, 12, 31), "year")


def _day(
    reader: _Reader, year: str | None, near_year: str | None, month: str | None, near_month: str | None, day: str
) -> date | None:
    if month or near_month:
        of = _month(reader, year, near_year, month, near_month, int(day))
        return _valid(of.year, of.month, int(day)) if of is not None else None
    if year or near_year:
        return None
    published = reader.published
    if reader.first is not None and reader.last is not None and reader.precision == "day":
        found = _valid(reader.last.year, reader.last.month, int(day))
        if found is not None and (
            published is None
            or ((found - reader.first).days >= -_EARLIER_DAYS and (found - reader.last).days <= _LATER_DAYS)
        ):
            return found
    if published is None:
        return None
    found = _valid(published.year, published.month, int(day))
    if found is not None and (found - published).days <= _AHEAD_DAYS:
        return found
    before = published.replace(day=1) - timedelta(days=1)
    return _valid(before.year, before.month, int(day))


def _month(
    reader: _Reader, year: str | None, near_year: str | None, month: str | None, near_month: str | None, day: int = 15
) -> date | None:
    """The first day of a month; ``day`` is the day of it that is to be near publication where no year is named."""
    if near_month is not None:
        return _near_month(reader, near_month) if year is None and near_year is None else None
    number = int(month or 0)
    if year is not None:
        return _valid(int(year), number, 1) if 1900 <= int(year) <= 2200 else None
    if near_year is not None:
        near = _near_year(reader, near_year)
        return _valid(near, number, 1) if near is not None else None
    if reader.published is not None:
        return _valid(_nearest_year(number, day, reader.published), number, 1)
    return _valid(reader.last.year, number, 1) if reader.last is not None else None


def _near_month(reader: _Reader, word: str) -> date | None:
    if word[0] in _AGAIN | _NEXT:
        if reader.last is None or reader.precision == "year":
            return None
        origin, step = reader.last, int(word[0] in _NEXT)
    elif reader.published is not None:
        origin, step = reader.published, _NEAR_MONTHS[word[0]]
    else:
        return None
    year, month = divmod(origin.year * 12 + origin.month - 1 + step, 12)
    return date(year, month + 1, 1)


def _near_year(reader: _Reader, word: str) -> int | None:
    if word[0] in _AGAIN:
        return reader.last.year if reader.last is not None else None
    return reader.published.year + _NEAR_YEARS[word] if reader.published is not None else None


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
