"""Mentions of the five types: the CRF and patterns propose, trimming finds true bounds, selection settles overlaps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from extract.analysis import Analysis, Mention
from extract.mentions.known import governments, known
from extract.mentions.learned import propose
from extract.mentions.patterns import patterned
from extract.mentions.trim import trim
from extract.mentions.words import fit, listed, officers, scholars
from extract.tagger.crf import Crf

__all__ = ["find_mentions", "select"]


def find_mentions(analysis: Analysis, crf: Crf | None = None) -> Analysis:
    """Add the best set of mentions that do not overlap, found with the shipped model unless another is given."""
    text, tokens = analysis.text, analysis.tokens
    mentions = list(listed(text, list(fit(trim(text, propose(analysis, crf), tokens), tokens))))
    more = [
        *patterned(text, mentions),
        *known(text, tokens),
        *officers(text, mentions, tokens),
        *scholars(text, mentions, tokens),
        *governments(text),
    ]
    return replace(analysis, mentions=select([*mentions, *more]))


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
