"""Mentions of the five types: the CRF and patterns propose, trimming finds true bounds, selection settles overlaps."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extract.analysis import Analysis, Mention
from extract.mentions.known import governments, known
from extract.mentions.learned import looks_like_organization, propose
from extract.mentions.offices import office_bodies, office_states
from extract.mentions.patterns import patterned
from extract.mentions.trim import trim
from extract.mentions.words import fit, listed, officers, scholars, spaced, titled
from extract.tagger.crf import Crf
from graph.names.known import is_place
from graph.schema import EntityType

__all__ = ["PARTY_TO", "find_mentions", "select"]

PARTY_TO = "inside.ceremony"
"""The source of a body that is named inside the name of a ceremony; of all mentions, only these and cities lie inside
others."""

_TWO_PARTIES = re.compile(
    r"(?P<first>[^与和、]{4,30})[与和](?P<second>[^与和、]{4,30}?)(?=(?:全面|战略|深化|友好|共建|框架|合作|协议|备忘录|签约|签署))"
)


def find_mentions(analysis: Analysis, crf: Crf | None = None) -> Analysis:
    """Add the best set of mentions that do not overlap, found with the shipped model unless another is given."""
    text, tokens = analysis.text, analysis.tokens
    fitted = list(fit(trim(text, [*propose(analysis, crf), *analysis.proposed], tokens), tokens))
    # The patterns look for what stands beside a name, and two names for one place would mislead them.
    mentions = list(listed(text, select(fitted) if analysis.proposed else fitted))
    more = [
        *patterned(text, mentions, tokens),
        *known(text, tokens),
        *office_bodies(text, mentions),
        *office_states(text, mentions),
        *officers(text, mentions, tokens),
        *scholars(text, mentions, tokens),
        *titled(text, mentions, tokens),
        *spaced(text),
        *governments(text),
    ]
    chosen = list(_joined(text, select([*mentions, *more])))
    chosen += _parties(text, chosen, mentions)
    return replace(analysis, mentions=tuple(sorted(chosen, key=lambda m: (m.start, -m.end))))


def _parties(text: str, chosen: Sequence[Mention], proposed: Iterable[Mention]) -> list[Mention]:
    """The bodies in the name of a ceremony, which are named with it: 甲市人民政府 and 乙集团 of their 签约仪式."""
    found: list[Mention] = []
    for ceremony in chosen:
        if ceremony.type is not EntityType.FORUM or not text.endswith("仪式", ceremony.start, ceremony.end):
            continue
        inside = [
            replace(body, source=PARTY_TO)
            for body in proposed
            if body.type is EntityType.ORGANIZATION and ceremony.start <= body.start and body.end < ceremony.end
        ]
        two = None if inside else _TWO_PARTIES.match(text, ceremony.start, ceremony.end)
        if two and all(looks_like_organization(two[group]) for group in ("first", "second")):
            inside = [
                Mention(*two.span(group), EntityType.ORGANIZATION, ceremony.score, PARTY_TO)
                for group in ("first", "second")
            ]
        found += inside
    return found


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
