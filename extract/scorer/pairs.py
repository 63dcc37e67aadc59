"""Two things that may be related, and what the text says of them: the evidence that the first stage scores (候选).

A pair is a satellite and a hub: person, body, initiative or place and the forum; person and body; founder and what it
founds; member and alliance; part and whole. Its evidence is one mention of the satellite together with the nearest
mention of the hub in the sentence, or with the hub as what the passage is about where the sentence does not name it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.analysis import Fact
from extract.grammar.context import Context
from extract.scorer.hashing import Part, Pool
from graph.schema import RELATIONS, EntityType, RelationType

__all__ = ["HUBS", "HUB_FIRST", "LINKS", "SHAPE", "Candidates", "Evidence", "Pair"]

_O, _F, _L = EntityType.ORGANIZATION, EntityType.FORUM, EntityType.PLACE
# Relations whose head is the hub.
HUB_FIRST = frozenset(type_ for type_, spec in RELATIONS.items() if spec.heads == {_F} and spec.tails != {_F})


def _hubs() -> dict[tuple[EntityType, EntityType], tuple[RelationType, ...]]:
    found: dict[tuple[EntityType, EntityType], tuple[RelationType, ...]] = {}
    for type_, spec in RELATIONS.items():
        for head in EntityType:
            for tail in EntityType:
                # A body and a place sign with each other; the place is the satellite.
                if head in spec.heads and tail in spec.tails and not (spec.symmetric and (head, tail) == (_O, _L)):
                    ends = (tail, head) if type_ in HUB_FIRST else (head, tail)
                    found[ends] = (*found.get(ends, ()), type_)
    return found


# (satellite, hub) -> the relations that may hold between them.
HUBS = _hubs()
# How a satellite and its hub stand to each other: in one clause or sentence, hub before or behind; hub named in one of
# the last sentences, as the passage's topic, in the next sentence, anywhere before; two names without a forum; one of
# them in an earlier sentence; a title without a body; only names; only a fact of the grammar.
LINKS = (
    *("c<", "c>", "s<", "s>", "p0", "p1", "m", "f", "x", "in<", "in>", "hub-back", "sat-back"),
    *("bares", "barep", "bared", "bareq", "names", "fact"),
)
# The numbers that describe the two things of a pair.
SHAPE = (
    *("count_a", "count_b", "first_a", "first_b", "after", "apart", "blocks", "forums", "bodies", "order_a", "order_b"),
    *("main_b", "often_a", "often_b", "a_starts_b", "b_starts_a", "a_in_b", "b_in_a", "length_a", "length_b", "share"),
    "evidence",
)


class Evidence(NamedTuple):
    """What one sentence says of a pair: how satellite and hub stand to each other there, and the features."""

    sentence: int
    link: str
    features: list[Part]


@dataclass(slots=True)
class Pair:
    """A satellite and a hub with all evidence and the grammar's facts on them."""

    satellite: int
    hub: int
    types: tuple[RelationType, ...]
    evidence: list[Evidence] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    def ends(self, type_: RelationType) -> tuple[int, int]:
        """Head and tail of a relation of this type between the two."""
        return (self.hub, self.satellite) if type_ in HUB_FIRST else (self.satellite, self.hub)


@dataclass(frozen=True)
class Candidates:
    """The pairs of a document with their evidence.

    Args:
        pairs: in the order of their ends.
        pool: the features of the evidence.
        shapes: numbers that describe the two things of each pair [pair, SHAPE].
        mates: for each thing those listed beside it.
        context: the document.
    """

    pairs: list[Pair]
    pool: Pool
    shapes: NDArray[np.float32]
    mates: dict[int, set[int]]
    context: Context

    @cached_property
    def evidence(self) -> list[Evidence]:
        """The evidence of all pairs in order."""
        return [evidence for pair in self.pairs for evidence in pair.evidence]
