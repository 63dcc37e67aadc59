"""Why a fact is there: the names and words that it was read from, and what was proposed and does not stand (解释)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.analysis import Analysis, Fact, Reason
from extract.extractor import relation_of, to_extraction
from extract.grammar.masked import Masked, mask_sentences
from extract.scorer.words import triggers
from graph.schema import Extraction, Relation, RelationType

__all__ = ["Explanation", "Reading", "Span", "explain"]

Span = tuple[int, int]

# The groups of words that speak for a relation, the clearer ones first.
_GROUPS: dict[RelationType, Sequence[str]] = {
    RelationType.SPEAKER_AT: ("speak", "say"),
    RelationType.ATTENDED: ("attend", "chair"),
    RelationType.HOSTED_BY: ("host", "hold"),
    RelationType.CO_HOSTED_BY: ("cohost", "host"),
    RelationType.ORGANIZED_BY: ("organize",),
    RelationType.SUPPORTED_BY: ("support",),
    RelationType.SIGNED_WITH: ("sign",),
    RelationType.LAUNCHED: ("launch", "found"),
    RelationType.ANNOUNCED_AT: ("launch", "found"),
    RelationType.AFFILIATED_WITH: ("title",),
    RelationType.HELD_IN: ("hold", "venue"),
    RelationType.PART_OF: ("part",),
    RelationType.MEMBER_OF: ("member",),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A relation and where its sentence names the ends and says the relation; offsets into the stored text.

    Args:
        relation: as the extraction holds it; of a rejected one the confidence is the probability.
        heads: where the sentence names the head or has a word for it (大会); nowhere if only the passage tells it.
        tails: the same for the tail.
        triggers: the words that speak for the relation: its role, else a word of its group; one place or none.
        threshold: of a rejected one, the least probability that it would have stood with.
        reason: of a rejected one, why it does not stand.
        before: the confidence that a reranker has changed.
    """

    relation: Relation
    heads: tuple[Span, ...]
    tails: tuple[Span, ...]
    triggers: tuple[Span, ...]
    threshold: float | None = None
    reason: Reason | None = None
    before: float | None = None

    @property
    def learned(self) -> bool:
        """Whether the learned model found it, and no rule of the grammar."""
        return self.relation.rule.startswith("model.")


@dataclass(frozen=True, slots=True)
class Explanation:
    """An extraction with a reading for each of its relations, in their order, and the readings of what was rejected."""

    extraction: Extraction
    facts: tuple[Reading, ...]
    rejected: tuple[Reading, ...]


def explain(analysis: Analysis) -> Explanation:
    """Explain what the whole pipeline found in a document."""
    sentences = mask_sentences(analysis)
    return Explanation(
        to_extraction(analysis),
        tuple(_reading(analysis, sentences, fact) for fact in analysis.facts),
        tuple(_reading(analysis, sentences, r.fact, r.threshold, r.reason) for r in analysis.rejected),
    )


def _reading(
    analysis: Analysis,
    sentences: Sequence[Masked],
    fact: Fact,
    threshold: float | None = None,
    reason: Reason | None = None,
) -> Reading:
    masked = sentences[bisect_right(sentences, fact.start, key=lambda s: s.places[0]) - 1]
    ends = [[name for name in masked.names if name.thing == thing] for thing in (fact.head, fact.tail)]
    heads, tails = (tuple(analysis.clean.span(n.mention.start, n.mention.end) for n in names) for names in ends)
    indices = [[name.index for name in names] for names in ends]
    said = tuple(analysis.clean.span(*masked.clean_span(*place)) for place in _said(masked, fact, indices))
    return Reading(relation_of(analysis, fact), heads, tails, said, threshold, reason, fact.before)


def _said(masked: Masked, fact: Fact, ends: Sequence[Sequence[int]]) -> list[Span]:
    """The words of the masked sentence that speak for the fact: of the best kind the ones nearest to both ends."""

    def far(place: Span) -> int:
        return sum(min((abs(place[0] - index) for index in end), default=0) for end in ends)

    best = next((places for places in _places(masked, fact) if places), [])
    return [min(best, key=far)] if best else []


def _places(masked: Masked, fact: Fact) -> Iterator[list[Span]]:
    """Where the sentence says the role, then where it has words of each group."""
    if fact.role:
        yield [match.span() for match in re.finditer(re.escape(fact.role), masked.text)]
    found = triggers(masked.text)
    for group in _GROUPS[fact.type]:
        yield [(t.start, t.end) for t in found if t.group == group]
