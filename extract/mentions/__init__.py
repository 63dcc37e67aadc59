"""Mentions of the five types: the CRF and patterns propose, trimming finds true bounds, selection settles overlaps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extract.analysis import Analysis, Mention
from extract.mentions.known import governments, known
from extract.mentions.learned import propose
from extract.mentions.patterns import patterned
from extract.mentions.trim import trim
from extract.mentions.words import fit, listed, officers, scholars, spaced, titled
from extract.tagger.crf import Crf
from graph.names.known import is_place
from graph.schema import EntityType

__all__ = ["find_mentions", "select"]


def find_mentions(analysis: Analysis, crf: Crf | None = None) -> Analysis:
    """Add the best set of mentions that do not overlap, found with the shipped model unless another is given."""
    text, tokens = analysis.text, analysis.tokens
    fitted = list(fit(trim(text, [*propose(analysis, crf), *analysis.proposed], tokens), tokens))
    # The patterns look for what stands beside a name, and two names for one place would mislead them.
    mentions = list(listed(text, select(fitted) if analysis.proposed else fitted))
    more = [
        *patterned(text, mentions, tokens),
        *known(text, tokens),
        *officers(text, mentions, tokens),
        *scholars(text, mentions, tokens),
        *titled(text, mentions, tokens),
        *spaced(text),
        *governments(text),
    ]
    return replace(analysis, mentions=tuple(_joined(text, select([*mentions, *more]))))


def _joined(text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions; a place right behind the larger one that holds it is one with it: 湖北|武汉."""
    larger: Mention | None = None
    for mention in mentions:
        place = mention.type is EntityType.PLACE
        if larger is not None and place and mention.start == larger.end:
            mention = replace(mention, start=larger.start)
        elif larger is not None:
            yield larger
        larger = mention if place and is_place(text[mention.start : mention.end]) else None
        if larger is None:
            yield mention
    if larger is not None:
        yield larger


def select(proposals: Iterable[Mention]) -> tuple[Mention, ...]:
    """The subset without overlaps whose sum of score times length is largest (weighted interval scheduling)."""
    ordered = sorted(proposals, key=lambda m: (m.end, m.start, m.type, -m.score, m.source))
    ends = [m.end for m in ordered]
    best = [0.0]
    take: list[bool] = []
    for index, mention in enumerate(ordered):
        before = bisect_right(ends, mention.start, 0, index)
        with_it = best[before] + mention.score * (mention.end - mention.start)
        take.append(with_it > best[index])
        best.append(max(with_it, best[index]))
    chosen = []
    index = len(ordered)
    while index:
        if take[index - 1]:
            chosen.append(ordered[index - 1])
            index = bisect_right(ends, ordered[index - 1].start, 0, index - 1)
        else:
            index -= 1
    return tuple(reversed(chosen))
