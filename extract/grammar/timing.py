"""When a fact took place, and whether it did: its sentence says so, else the days of its forum (时间).

Hosts, places and exhibitors have all the days of their forum; who speaks, signs or launches has the day that the
sentence names, else the days of the forum up to the report's own. What is said of a forum that lies ahead is planned,
of one that was called off denied.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from extract.analysis import Analysis, Fact
from extract.grammar.calendar import ForumDays, Sentence, read_calendar, read_dates
from extract.grammar.context import MOVED, Context, modality_of
from graph.schema import EntityType, Modality, Period, RelationType

__all__ = ["with_times"]

# Posts and being part of something last; a sentence's date says nothing about their time.
_LASTING = frozenset({RelationType.AFFILIATED_WITH, RelationType.PART_OF})
_WHOLE = frozenset(
    {
        RelationType.HOSTED_BY,
        RelationType.CO_HOSTED_BY,
        RelationType.ORGANIZED_BY,
        RelationType.SUPPORTED_BY,
        RelationType.HELD_IN,
    }
)
# Of an act without a forum as an end, the forum at which it took place gives the time.
_ACTS = frozenset({RelationType.SIGNED_WITH, RelationType.LAUNCHED})
_JOINS = re.compile(r"加入|成为|签署|响应|吸收|吸纳")
_OPENING = re.compile(r"开幕|首日|揭幕")
_CLOSING = re.compile(r"闭幕|末日|最后一天")
# Ⓘ延后至年底: it does not take place at this forum.
_MOVED_AWAY = re.compile(rf"[”》\"]?(?:\([^()]*\))?[^,。;]{{0,6}}?{MOVED.pattern}")
# Events before a forum, by the ends of their names.
_PREPARES = re.compile(r"(?:签约|启动|新闻|推介|招商|预热)(?:活动|仪式|会|发布会)$")
_AT_FORUM = frozenset({RelationType.ANNOUNCED_AT, RelationType.ATTENDED, RelationType.SPEAKER_AT, RelationType.PART_OF})
_DONE = re.compile(r"[已曾]|了(?!解)")
_SAYS = re.compile(r"说[,:]|称[,:]|表示|指出|强调|认为|透露|谈到")
# 甲提出的Ⓘ is only mentioned, 由甲发起的Ⓘ启动 is not.
_MENTIONED = re.compile(r"(?:提出|发起|倡导|倡议|制定|实施)的[“《\"]?$")
_BEGINS = re.compile(r"[^,。;]{0,12}?(?:正式|成立|揭牌|挂牌|启动|发布|亮相|上线)")
# How many days after those known a forum may still go on; how many sentences below a headline tell of its act.
_LATER_DAYS, _HEADLINE_REACH = 14, 4
# Some other time than that of the report.
_VAGUE = re.compile(r"近日|日前|近期|不久前|此前|早前|曾|近年|目前")


def with_times(analysis: Analysis) -> Analysis:
    """Give the facts their dates, and the modality of the forum that they belong to."""
    return replace(analysis, facts=tuple(_Clock(analysis).timed()))


class _Clock:
    """The times of one document."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._context = analysis.context or Context(analysis)
        self._published = analysis.document.date
        self._sentences = read_dates(self._context)
        self._starts = [s.masked.places[0] for s in self._sentences]
        self._calendar = read_calendar(self._context, self._sentences)
        self._whole = {f.head: f.tail for f in analysis.facts if f.type is RelationType.PART_OF}

    def timed(self) -> Iterator[Fact]:
        """The facts with date and modality."""
        facts = [self._timed(fact) for fact in self._analysis.facts]
        ahead = {f.tail for f in facts if f.type is RelationType.LAUNCHED and f.modality is Modality.PLANNED}
        ahead |= {f.head for f in facts if f.type is RelationType.ANNOUNCED_AT and f.modality is Modality.PLANNED}
        for fact in facts:
            joins = fact.type is RelationType.MEMBER_OF and fact.modality is Modality.HELD
            yield replace(fact, modality=Modality.PLANNED) if joins and fact.tail in ahead else fact

    def _timed(self, fact: Fact) -> Fact:
        modality = self._modality(fact)
        period = self._date(fact, modality)
        if modality is Modality.HELD and period is not None and self._published and period.first > self._published:
            modality = Modality.PLANNED
        return replace(fact, date=period, modality=modality)

    def _modality(self, fact: Fact) -> Modality:
        if fact.modality is Modality.DENIED:
            return fact.modality
        sentence = self._sentences[self._sentence(fact)]
        for forum in self._forums(fact):
            days = self._days(forum)
            if days is None:
                continue
            if days.called_off and forum in (fact.head, fact.tail):
                return Modality.DENIED
            if days.planned and not (days.days is None and self._is_done(sentence)):
                return Modality.PLANNED
        masked = sentence.masked
        heads = [n.index for n in masked.names if n.thing == fact.head]
        if fact.type in _AT_FORUM and any(_MOVED_AWAY.match(masked.text, index + 1) for index in heads):
            return Modality.DENIED
        if fact.rule.startswith("model.") and fact.type is not RelationType.AFFILIATED_WITH:
            return self._said_around(fact)
        return fact.modality

    def _is_done(self, sentence: Sentence) -> bool:
        """Whether a sentence tells of the past by its words or its date."""
        days = [d.period.last for d in sentence.dates]
        return bool(_DONE.search(sentence.masked.text)) or bool(
            self._published and days and max(days) <= self._published
        )

    def _said_around(self, fact: Fact) -> Modality:
        """What the clause of the end named last says; the model gives no words of its own."""
        masked = self._sentences[self._sentence(fact)].masked
        place = self._place(fact)
        ends = [p for mark in ",;:。!?" if (p := masked.text.find(mark, place)) >= 0]
        said = modality_of(masked, place, min(ends, default=len(masked.text)))
        return Modality.PLANNED if said is Modality.PLANNED else fact.modality

    def _date(self, fact: Fact, modality: Modality) -> Period | None:
        if fact.type in _LASTING:
            return None
        sentence = self._sentences[self._sentence(fact)]
        said = sentence.at(self._place(fact))
        if fact.type is RelationType.MEMBER_OF:
            return said if _JOINS.search(sentence.masked.text) else None
        forum = next(iter(self._forums(fact)), None)
        own = self._calendar.get(forum) if forum is not None else None
        whole = fact.type in _WHOLE or self._analysis.things[fact.head].type is EntityType.ORGANIZATION
        if whole and fact.type not in _ACTS | {RelationType.ANNOUNCED_AT} and own is not None and own.days is not None:
            return own.days
        days = self._days(forum) if forum is not None else None
        if said is not None and (days is None or self._fits(said, days)):
            return said
        if days is None:
            return self._day_around(fact, modality)
        # What is only planned at a forum that is on has no day yet.
        if modality is Modality.PLANNED and not days.planned:
            return None
        text = sentence.masked.text
        for word, day in ((_OPENING, days.opened), (_CLOSING, days.closed)):
            if day is not None and word.search(text):
                return Period(day.isoformat(), day.isoformat(), "day")
        return days.told

    def _fits(self, said: Period, days: ForumDays) -> bool:
        """Whether the date of a sentence can be one of a forum's: no vaguer, and not far from it."""
        known = days.days
        if known is None or known.precision != "day":
            return True
        if said.precision != "day":
            return False
        latest = date.fromisoformat(known.last) + timedelta(days=_LATER_DAYS)
        return known.first <= said.last and said.first <= latest.isoformat()

    def _day_around(self, fact: Fact, modality: Modality) -> Period | None:
        """The day named last before an act that is told without a forum; for a headline the day named next."""
        number = self._sentence(fact)
        sentence = self._sentences[number]
        if modality is not Modality.HELD or self._is_aside(fact):
            return None
        near = sentence.before if fact.type in _ACTS else None
        if sentence.before is None:
            ends = {fact.head, fact.tail}
            below = self._sentences[number + 1 : number + 1 + _HEADLINE_REACH]
            near = next(
                (s.dates[0].period for s in below if s.dates and ends & {n.thing for n in s.masked.names}), None
            )
        if near is None or near.precision != "day" or (self._published and near.first > self._published):
            return None
        return near

    def _is_aside(self, fact: Fact) -> bool:
        """Whether an act is only mentioned: in what someone says, as 甲提出的Ⓘ, or of another time."""
        masked = self._sentences[self._sentence(fact)].masked
        text = masked.text
        if _SAYS.search(text, 0, self._place(fact)) or _VAGUE.search(text):
            return True
        index = next((n.index for n in masked.names if n.thing == fact.tail), 0)
        return bool(_MENTIONED.search(text[:index])) and not _BEGINS.match(text, index + 1)

    def _forums(self, fact: Fact) -> Iterator[int]:
        """The forums that a fact belongs to: its ends, else where it took place if that is named by then."""
        ends = [end for end in (fact.head, fact.tail) if self._analysis.things[end].type is EntityType.FORUM]
        yield from ends
        if not ends and fact.type in _ACTS:
            sentence = self._sentences[self._sentence(fact)]
            masked = sentence.masked
            at = fact.at if fact.at is not None else self._context.topics[masked.number]
            if at is None or not self._named_by(at, fact.end):
                return
            days = self._days(at)
            if days is not None and days.planned and self._is_done(sentence):
                return
            if any(n.thing == at for n in masked.names) or not self._is_aside(fact):
                yield at

    def _days(self, forum: int) -> ForumDays | None:
        """The days of a forum, else of the larger one that it is part of."""
        own = self._calendar.get(forum)
        if own is not None or _PREPARES.search(self._analysis.things[forum].names[0]):
            return own
        return self._calendar.get(self._whole.get(forum, forum))

    def _named_by(self, thing: int, end: int) -> bool:
        return any(self._analysis.mentions[m].start < end for m in self._analysis.things[thing].mentions)

    def _sentence(self, fact: Fact) -> int:
        return max(bisect_right(self._starts, fact.start) - 1, 0)

    def _place(self, fact: Fact) -> int:
        """Where in its sentence a fact is said: at the end that is named last."""
        first: dict[int, int] = {}
        for name in self._sentences[self._sentence(fact)].masked.names:
            first.setdefault(name.thing, name.index)
        return max((first[end] for end in (fact.head, fact.tail) if end in first), default=0)
