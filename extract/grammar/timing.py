"""When a fact took place: the date of its sentence, else that of its forum (时间)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extract.analysis import Fact
from extract.dates import find_dates
from extract.grammar.context import Context
from graph.schema import EntityType, Period, RelationType

__all__ = ["with_dates"]

_HELD = re.compile(r"举行|召开|开幕|举办|启幕|揭幕|闭幕|落幕|拉开|举行")
# Posts, membership and being part of something last; a sentence's date says nothing about their time.
_LASTING = frozenset({RelationType.AFFILIATED_WITH, RelationType.PART_OF})


def with_dates(context: Context, facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts with their dates, where the text gives one."""
    published = context.analysis.document.date
    mentions = sorted((m.start, m.end) for m in context.analysis.mentions)
    spans: list[tuple[int, int, Period]] = []
    forum_dates: dict[int, Period] = {}
    for masked in context.sentences:
        start, end = masked.clean_span(0, len(masked.text))
        outside = (
            dated.period
            for dated in find_dates(context.analysis.text[start:end], published)
            if not any(m[0] <= start + dated.start and start + dated.end <= m[1] for m in mentions)
        )
        period = next(outside, None)
        if period is None:
            continue
        spans.append((start, end, period))
        if _HELD.search(masked.text):
            for name in masked.names:
                if name.mention.type is EntityType.FORUM:
                    forum_dates.setdefault(name.thing, period)
    for fact in facts:
        forum = _forum(context, fact)
        own = forum_dates.get(forum) if forum is not None else None
        said = next((period for start, end, period in spans if start <= fact.start < end), None)
        yield fact if fact.type in _LASTING else replace(fact, date=said or own)


def _forum(context: Context, fact: Fact) -> int | None:
    ends = (fact.head, fact.tail, fact.at)
    return next((end for end in ends if end is not None and context.things[end].type is EntityType.FORUM), None)
