"""When the forums of a document take place, and whether they do: held, planned or called off (会期).

11月5日，Ⓕ在厦门开幕。…Ⓕ将于7日闭幕。       5 .. 7 November, opened on the 5th
Ⓕ昨日揭幕，为期三天。                        from yesterday to tomorrow
原定于9月20日举行的Ⓕ延期至10月12日举办。     12 October, planned
Ⓕ因故推迟。                                  called off: no new date
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from extract.dates import Dated, find_dates
from extract.grammar.context import PLANNED, Context, unquoted
from extract.grammar.masked import MASKS, Masked, Named
from graph.schema import EntityType, Period

__all__ = ["ForumDays", "Sentence", "read_calendar", "read_dates"]

_F, _P = MASKS[EntityType.FORUM], MASKS[EntityType.PERSON]
_OPENS = "开幕|启幕|揭幕|拉开帷幕|拉开序幕|开赛|开馆|开展(?=[,。]|$)"
_CLOSES = "闭幕|落幕|落下帷幕|收官|结束|(?:持续|举行|举办|进行)[至到]"
# 举行 with an object tells of something else that the forum holds.
_HOLDS = r"(?:举行|举办|召开|登场)(?=[,。;:!?、()”\s]|$|[并后时]|期间|之际)"
_MOVED = "(?:推迟|延期|延后|延迟|顺延|改期|提前)(?:举行|举办|召开)?[至到于]"
# Ⓕ（…）、Ⓕ将于7月26日在…举行; never across another forum or a speaker.
_THEN = re.compile(
    rf"[”》\"]?(?:\([^()]*\))?(?:(?:、|和|与|及)[“《\"]?{_F}[”》\"]?)*(?!上|期间|中|框架|的|每|[^,。;]{{0,8}}?(?:仪式|[布介明气备]会))"
    rf"(?P<gap>[^。;!?\n{_F}{_P}]{{0,60}}?)"
    rf"(?:(?P<opens>{_OPENS})|(?P<closes>{_CLOSES})|(?P<moves>{_MOVED})|(?P<holds>{_HOLDS}))"
)
# 7月26日在…举行的Ⓕ
_BEFORE = re.compile(r"(?P<verb>举行|举办|召开|开幕)(?:了|的)?[“《\"]?$")
# Ⓟ23日在厦门出席Ⓕ
_VISITS = re.compile(r"(?:出席|参加)(?:在[^,。;]{1,12}举行的)?[“《\"]?$")
_LABEL = re.compile(r"\s*[【\[]?(?:会议|活动|大会|论坛|举办|召开|展览|展会|比赛|开幕)?时\s*间\s*[】\]:：]+")
_PAGE_HEAD = re.compile(r"来源|作者|编辑|记者|点击|浏览|阅读|发布")
_LASTS = re.compile(r"(?:为期|历时|会期|展期|一连|为时|持续)约?(?P<days>[一二两三四五六七八九十]|[1-9]\d?)个?[天日]")
_LASTING = re.compile(_LASTS.pattern + r"的[“《\"]?$")
_NUMBERS = {number: value for value, number in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_OTHER_EDITION = re.compile(r"(?:下一?|上一?|往|历|首|前[一二两三几]?)届$")
# Between a date and its forum: another forum that is held then.
_OTHER_FORUM = re.compile(rf";|{_F}[^。;]{{0,40}}?(?:{_OPENS}|{_CLOSES}|{_HOLDS})")
_EVERY_TIME = re.compile(r"每年|每两年|历届|往年")
_ORIGINALLY = re.compile(r"原(?:先|本)?(?:定|计划|拟|预计)(?:于|在)?$")
_MOVES = re.compile(rf"(?:{_MOVED}|(?:调整|改)[至到于在为])$")
_OFF = re.compile(
    rf"[”》\"]?(?:\([^()]*\))?(?:(?:、|和|与|及)[“《\"]?{_F}[”》\"]?)*(?:,?(?:因|受|由于)[^,。;]{{0,20}},?)?"
    r"(?:将|已|也|均|都|临时|被迫|宣布|决定|不得不|再次|全部|双双)*"
    r"(?:取消|停办|推迟|延期|延后|暂缓|暂停)(?:举行|举办|召开|开幕)?(?=[,。;!\n]|$)"
)
_CALLS_OFF = re.compile(r"(?:取消|停办)(?:举办|举行|召开)?(?:了)?(?:原定[^,。;]{0,20})?[“《\"]?$")
# A date that only ends something: 举行至10月17日.
_UNTIL = re.compile(r"(?:举行|举办|持续|进行|开放|延续|截至|截止)(?:到|至)\s?$")
# What follows has no more to do with the date, or is what someone said.
_BY_NOW = re.compile(r"目前|如今|现已|截至")
_SAYS = re.compile(r"说|称|表示|指出|介绍|强调|认为|透露|谈到|提出|显示|:|题为")
# A date from which rules hold.
_IN_FORCE = re.compile(r"起?(?:正式)?(?:施行|实施|执行|生效)")
# A date of when the reporter heard of it.
_HEARD_BEFORE = re.compile(r"记者(?:于|在)?$")
_HEARD_AFTER = re.compile(r"[^,。;]{0,16}?(?:获悉|了解到|得知)")
# 【次日】, 8月19日上午: a line that holds a day and nothing else.
_BLANK = r"[^\w\ue001-\ue005]*"
_HEADING = re.compile(
    rf"{_BLANK}(?:(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日|[首次末]日|第[一二三四五]天|最后一天)"
    rf"(?:\([^()]{{1,5}}\))?(?:上午|下午|晚上|晚|全天)?{_BLANK}$"
)
_WHOLE = re.compile(r"[。！？!?][”\")》]*\s*$")
# The day of a ceremony that stands for the forum's first or last.
_CEREMONY = re.compile(r"[^。;\n]{0,10}?(?:(?P<opens>开幕)|(?P<closes>闭幕))(?:式|会议?|大会)")
_PRECISIONS = ("year", "month", "day")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A masked sentence with its dates at masked offsets.

    ``before`` is the last date that stands before it, ``heading`` the date of the line alone above it.
    """

    masked: Masked
    dates: tuple[Dated, ...]
    before: Period | None
    heading: Period | None

    def at(self, index: int) -> Period | None:
        """The date that governs a masked offset: the last one before it, else the first one, else the heading's."""
        text = self.masked.text
        dates = [d for d in self.dates if not _UNTIL.search(text[: d.start])]
        earlier = [d for d in dates if d.start <= index]
        if not dates:
            return self.heading if not self.dates else None
        if earlier:
            return None if _BY_NOW.search(text, earlier[-1].end, index) else earlier[-1].period
        first = dates[0]
        between = text[index : first.start]
        vague = first.period.precision != "day" and re.search(r"[,;:]", between)
        return None if vague or _SAYS.search(between) else first.period


@dataclass(slots=True)
class ForumDays:
    """What a text of a day of publication says of the time of one forum."""

    published: str | None
    held: list[Period] = field(default_factory=list)
    opened: date | None = None
    closed: date | None = None
    lasts: int = 1
    moved: Period | None = None
    visited: Period | None = None
    said_planned: bool = False
    off: bool = False

    @property
    def days(self) -> Period | None:
        """All its days, as far as the text gives them: from the opening to the close."""
        known = self.moved or max(self.held, key=_worth, default=None)
        more = timedelta(days=self.lasts - 1)
        if known is not None and known.precision == "day":
            first, last = date.fromisoformat(known.first), date.fromisoformat(known.last)
        elif self.opened is not None:
            first = last = self.opened
        elif self.closed is not None and (more or self.closed.isoformat() <= (self.published or "")):
            first, last = self.closed - more, self.closed
        else:
            return known or self.visited
        if first == last:
            last += more
            if self.closed is not None and last < self.closed <= first + timedelta(days=31):
                last = self.closed
        return Period(first.isoformat(), last.isoformat(), "day")

    @property
    def planned(self) -> bool:
        """Whether it lies ahead: its days do, or the text says so and its days do not deny it."""
        days = self.days
        if days is None or self.published is None:
            return self.said_planned
        return days.first > self.published or (self.said_planned and days.last >= self.published)

    @property
    def called_off(self) -> bool:
        """Whether it does not take place, or not before a day that is not known."""
        return self.off and self.moved is None

    @property
    def told(self) -> Period | None:
        """The days of which a report can tell: up to its own, and the opening day while the forum goes on."""
        days, published = self.days, self.published
        if days is None or published is None or days.precision != "day" or not days.first <= published < days.last:
            return days
        opened = self.opened.isoformat() if self.opened is not None else ""
        return Period(days.first, opened if days.first <= opened <= days.last else published, "day")


def read_dates(context: Context) -> list[Sentence]:
    """The dates of each sentence, outside names; those of a cancelled plan and of the reporter's own day left out."""
    published = context.analysis.document.date
    sentences: list[Sentence] = []
    before: Period | None = None
    heading: Period | None = None
    section = 0
    for masked in context.sentences:
        if masked.section != section:
            before, heading, section = None, None, masked.section
        found = find_dates(unquoted(masked.text), published, before)
        kept = tuple(d for d in found if not _is_beside(masked.text, d))
        if _HEADING.match(masked.text):
            heading = kept[0].period if len(kept) == 1 and kept[0].period.first != published else None
        sentences.append(Sentence(masked, kept, before, heading))
        # The day of publication in a page's head dates nothing.
        if kept and (kept[-1].period.first != published or _WHOLE.search(masked.text)):
            before = kept[-1].period
    return sentences


def read_calendar(context: Context, sentences: list[Sentence]) -> Mapping[int, ForumDays]:
    """The days of each forum (by thing) of which the text says something."""
    published = context.analysis.document.date
    calendar: dict[int, ForumDays] = defaultdict(lambda: ForumDays(published))
    for sentence in sentences:
        masked = sentence.masked
        for name in masked.names:
            if name.mention.type is EntityType.FORUM and not _OTHER_EDITION.search(masked.text[: name.index]):
                _read_name(sentence, name, calendar[name.thing])
        topic = context.topics[masked.number]
        if topic is not None and sentence.dates:
            _read_topic(sentence, calendar[topic])
    return {thing: days for thing, days in calendar.items() if days != ForumDays(published)}


def _read_topic(sentence: Sentence, days: ForumDays) -> None:
    """时间：8月19日 and 26日上午的开幕式上 speak of the forum that the passage is about."""
    text = sentence.masked.text
    if _LABEL.match(text) and not _PAGE_HEAD.search(text):
        days.held.append(sentence.dates[0].period)
    for dated in sentence.dates:
        ceremony = _CEREMONY.match(text, dated.end)
        if ceremony and dated.period.first == dated.period.last:
            day = date.fromisoformat(dated.period.first)
            if ceremony["opens"]:
                days.opened = days.opened or day
            else:
                days.closed = days.closed or day


def _read_name(sentence: Sentence, name: Named, days: ForumDays) -> None:
    text, index = unquoted(sentence.masked.text), name.index
    lasts = _LASTS.search(text, index)
    if lasts is None or re.search(rf"[。;{_F}]", text[index + 1 : lasts.start()]):
        lasts = _LASTING.search(text[:index])
    if lasts:
        days.lasts = _NUMBERS.get(lasts["days"]) or int(lasts["days"])
    if _OFF.match(text, index + 1) or _CALLS_OFF.search(text[:index]):
        days.off = True
    visit = _VISITS.search(text[:index])
    if visit and days.visited is None:
        days.visited = next((d.period for d in reversed(sentence.dates) if d.end <= visit.start()), None)
    for verb in _statements(text, index):
        left = max(text.rfind(mark, 0, min(index, verb.start)) for mark in ",;:。") + 1
        planned = bool(PLANNED.search(text, left, verb.end))
        dated = _date_of(sentence, verb)
        if dated is not None and _MOVES.search(text[: dated.start]):
            days.moved, days.said_planned = max(days.moved or dated.period, dated.period, key=_worth), True
            continue
        if verb.kind != "closes":
            days.said_planned = days.said_planned or planned
        if dated is None:
            continue
        if verb.kind == "holds":
            days.held.append(dated.period)
        elif dated.period.precision != "day":
            if verb.kind == "opens":
                days.held.append(dated.period)
        elif dated.period.first != dated.period.last:
            days.held.append(dated.period)
        elif verb.kind == "opens":
            days.opened = days.opened or date.fromisoformat(dated.period.first)
        else:
            days.closed = date.fromisoformat(dated.period.last)


@dataclass(frozen=True, slots=True)
class _Verb:
    """Words ``[start, end)`` that say that a forum opens, closes or is held."""

    kind: str
    start: int
    end: int


def _statements(text: str, index: int) -> Iterator[_Verb]:
    then = _THEN.match(text, index + 1)
    if then and then.lastgroup and not _EVERY_TIME.search(then["gap"]):
        yield _Verb(then.lastgroup, index, then.end())
    before = _BEFORE.search(text[:index])
    if before:
        yield _Verb("opens" if before["verb"] == "开幕" else "holds", before.start(), index)


def _date_of(sentence: Sentence, verb: _Verb) -> Dated | None:
    """The date between the forum and the verb, or right after 持续至, else the last one before them."""
    text = sentence.masked.text
    inside = [d for d in sentence.dates if verb.start <= d.start < verb.end]
    if inside:
        return inside[-1]
    if text[verb.end - 1] in "至到于":
        return next((d for d in sentence.dates if d.start == verb.end), None)
    before = [d for d in sentence.dates if d.end <= verb.start]
    if not before or verb.kind == "closes" or _OTHER_FORUM.search(text, before[-1].end, verb.start):
        return None
    return before[-1]


def _is_beside(text: str, dated: Dated) -> bool:
    return bool(
        _ORIGINALLY.search(text[: dated.start])
        or _HEARD_BEFORE.search(text[: dated.start])
        or _HEARD_AFTER.match(text, dated.end)
        or _IN_FORCE.match(text, dated.end)
    )


def _worth(period: Period) -> tuple[int, timedelta]:
    """Days are worth more than months, and of days a range more than its first day."""
    span = date.fromisoformat(period.last) - date.fromisoformat(period.first)
    return _PRECISIONS.index(period.precision), span
