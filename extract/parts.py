"""Long texts in parts: each is read by itself, and things of one name are joined across parts (分段).

Within a text the pipeline compares every name with every other and every sentence with those before. No news article
is long enough for that to take long; a book is, and so is a file that is no article at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from extract.analysis import Analysis, Fact, Rejected, Thing
from extract.text import CleanText, cut_behind
from graph.schema import RELATIONS, EntityType, RelationType

__all__ = ["LONGEST", "join", "split"]

LONGEST = 50_000  # characters of a part

_Key = tuple[RelationType, int, int]


def split(analysis: Analysis, longest: int = LONGEST) -> list[Analysis]:
    """The parts of a text, in order: cut at the end of a line, else of a sentence or clause, else anywhere."""
    text, clean = analysis.text, analysis.clean
    if len(text) <= longest:
        return [analysis]
    parts, start = [], 0
    while start < len(text):
        end = start + longest
        if end < len(text):
            end = cut_behind("\n。,", text, start + longest // 2, end)
        parts.append(replace(analysis, clean=CleanText(text[start:end], clean.offsets[start:end], clean.stored)))
        start = end
    return parts


def join(analysis: Analysis, parts: Sequence[Analysis]) -> Analysis:
    """What was found in the parts of ``analysis``, as if found in the whole; without the grammar's context."""
    if len(parts) == 1:
        return parts[0]
    begins = list(accumulate((len(part.text) for part in parts), initial=0))
    sections = list(accumulate((1 + max((s.section for s in part.sentences), default=0) for part in parts), initial=0))
    placed = list(zip(parts, begins, sections, strict=False))
    things, numbers = _things(parts)

    def moved(fact: Fact, begin: int, number: Callable[[int], int]) -> Fact:
        head, tail = number(fact.head), number(fact.tail)
        if RELATIONS[fact.type].symmetric:
            head, tail = sorted((head, tail))
        at = None if fact.at is None else number(fact.at)
        return replace(fact, head=head, tail=tail, at=at, start=fact.start + begin, end=fact.end + begin)

    facts: dict[_Key, Fact] = {}
    for (part, begin, _), number in zip(placed, numbers, strict=True):
        for fact in (moved(fact, begin, number.__getitem__) for fact in part.facts):
            known = facts.get(_key(fact))
            if fact.head != fact.tail and (known is None or fact.confidence > known.confidence):
                facts[_key(fact)] = fact
    rejected: dict[_Key, Rejected] = {}
    for (part, begin, _), number in zip(placed, numbers, strict=True):
        for one in part.rejected:
            fact = moved(one.fact, begin, number.__getitem__)
            if fact.head != fact.tail and _key(fact) not in facts:
                rejected.setdefault(_key(fact), replace(one, fact=fact))
    return replace(
        analysis,
        sentences=tuple(
            replace(s, start=s.start + begin, end=s.end + begin, section=s.section + section)
            for part, begin, section in placed
            for s in part.sentences
        ),
        tokens=tuple(
            t._replace(start=t.start + begin, end=t.end + begin) for part, begin, _ in placed for t in part.tokens
        ),
        mentions=tuple(
            replace(m, start=m.start + begin, end=m.end + begin) for part, begin, _ in placed for m in part.mentions
        ),
        things=things,
        facts=tuple(sorted(facts.values(), key=lambda f: (f.start, f.type, f.head, f.tail))),
        rejected=tuple(rejected.values()),
    )


def _key(fact: Fact) -> _Key:
    return fact.type, fact.head, fact.tail


def _things(parts: Sequence[Analysis]) -> tuple[tuple[Thing, ...], list[list[int]]]:
    """The things of all parts, those that share a name joined; for each part the new numbers of its things."""
    groups: list[list[Thing]] = []
    numbers: list[list[int]] = []
    named: dict[tuple[EntityType, str], int] = {}
    for part, begin in zip(parts, accumulate((len(p.mentions) for p in parts), initial=0), strict=False):
        numbers.append([])
        for thing in part.things:
            known = (named[thing.type, name] for name in thing.names if (thing.type, name) in named)
            number = next(known, len(groups))
            if number == len(groups):
                groups.append([])
            groups[number].append(replace(thing, mentions=tuple(index + begin for index in thing.mentions)))
            for name in thing.names:
                named.setdefault((thing.type, name), number)
            numbers[-1].append(number)
    return tuple(_joined(group) for group in groups), numbers


def _joined(things: Sequence[Thing]) -> Thing:
    names = dict.fromkeys(name for thing in things for name in thing.names)
    return Thing(things[0].type, tuple(names), tuple(index for thing in things for index in thing.mentions))
