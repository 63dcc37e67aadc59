"""What a reranker sees of a fact: how it was found, its ends, and the words of its sentence without the names (特征).

    sentence  晨光大学校长苏沐在2031云溪智能论坛上致辞
    seen      SPEAKER_AT|rule=…, SPEAKER_AT|role=致辞, …, words=长Ⓟ, words=Ⓟ在, words=在Ⓕ, words=Ⓕ上, …

Features are hashed, and names stand in none: a model says nothing of the people whose claims it was made from.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

from extract.analysis import Analysis, Fact
from extract.grammar.masked import Masked, mask_sentences
from extract.scorer.view import bucket
from extract.scorer.words import head_of, triggers
from graph.schema import EntityType

__all__ = ["ROWS", "SLOPE", "START", "Features", "features", "log_odds"]

_BITS = 14
START, SLOPE = 1 << _BITS, (1 << _BITS) + 1
"""Rows that are not hashed to: what is the same for all facts, and the log-odds of the confidence."""
ROWS = SLOPE + 1

_LEAST = 0.02
_LONGEST = 300  # characters of a sentence that are looked at
_OF_WORDS = 0.3
"""What a word counts for beside rule, role and ends: a sentence has many, and most say nothing."""


class Features(NamedTuple):
    """Rows of the weights, each once, with what each is multiplied by."""

    rows: tuple[int, ...]
    values: tuple[float, ...]


def features(analysis: Analysis) -> list[Features]:
    """The features of each fact, in their order; the analysis is that of a whole document."""
    sentences = mask_sentences(analysis) if analysis.facts else []
    return [_features(analysis, fact, sentences) for fact in analysis.facts]


def log_odds(confidence: float) -> float:
    """Of a confidence; what is all but certain counts as certain as 0.98 and 0.02 do."""
    bounded = min(max(confidence, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))


def _features(analysis: Analysis, fact: Fact, sentences: Sequence[Masked]) -> Features:
    masked = sentences[bisect_right(sentences, fact.start, key=lambda s: s.places[0]) - 1]
    weights = dict.fromkeys((_row(each) for each in _words(fact, masked)), _OF_WORDS)
    weights |= dict.fromkeys((_row(each) for each in _made(analysis, fact, masked)), 1.0)
    weights |= {START: 1.0, SLOPE: log_odds(fact.confidence)}
    return Features(tuple(weights), tuple(weights.values()))


def _made(analysis: Analysis, fact: Fact, masked: Masked) -> Iterator[str]:
    """How the fact was found and what its ends are."""
    type_, things = fact.type, (analysis.things[fact.head], analysis.things[fact.tail])
    yield f"{type_}"
    yield f"rule={fact.rule}"
    yield f"{fact.rule}|{fact.modality}"
    yield f"{type_}|{fact.modality}"
    yield f"{type_}|role={fact.role or '-'}"
    yield f"{type_}|{things[0].type}>{things[1].type}"
    for end, thing in zip("ht", things, strict=True):
        if thing.type is not EntityType.PERSON:
            yield f"{type_}|{end}={head_of(thing.names[0])}"
    places = [[name.index for name in masked.names if name.thing == each] for each in (fact.head, fact.tail)]
    yield f"{type_}|named={bool(places[0])}{bool(places[1])}"
    if all(places):
        yield f"{type_}|apart={bucket(min(abs(a - b) for a in places[0] for b in places[1]))}"
    yield f"{type_}|length={bucket(len(masked.text) // 10)}"
    yield f"{type_}|names={bucket(len(masked.names))}"
    yield f"{type_}|dated={fact.date is not None}|at={fact.at is not None}|topic={fact.topic is not None}"


def _words(fact: Fact, masked: Masked) -> Iterator[str]:
    """Pairs of characters of the sentence, and the groups of words in it, each also with the relation."""
    text = masked.text[:_LONGEST]
    for each in (*(text[at : at + 2] for at in range(len(text) - 1)), *(t.group for t in triggers(text))):
        yield f"words={each}"
        yield f"{fact.type}|words={each}"


def _row(feature: str) -> int:
    return crc32(feature.encode()) & (START - 1)
