"""Which facts stand: those of the grammar that the model does not doubt, and pairs that the model is sure of (判定)."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from extract.analysis import Analysis, Fact, Reason, Rejected
from extract.grammar.context import CERTAIN, Context, modality_of
from extract.grammar.participation import is_absent, only_meets
from extract.scorer.candidates import find_candidates
from extract.scorer.model import Scored, Scorer, load
from graph.schema import RELATIONS, EntityType, Modality, RelationType

__all__ = ["ADD", "KEEP", "decide", "rejections", "score_facts"]

# A fact of a rule stands from the first probability on, a pair without one from the second; chosen by cross-validation.
KEEP, ADD = 0.1, 0.65
_CLAUSE_ENDS = ",;:。!?"
_SIGNING = re.compile(r"签|协议|协定|合同|备忘录|缔结|换文")
Key = tuple[RelationType, int, int]


def score_facts(analysis: Analysis, scorer: Scorer | None = None) -> Analysis:
    """Settle the facts with the shipped model unless another is given; confidence becomes the model's probability."""
    found = find_candidates(analysis)
    scored = (scorer or load()).score(found)
    standing = decide(found.context, analysis.facts, scored)
    return replace(analysis, facts=standing, rejected=rejections(found.context, analysis.facts, scored, standing))


def decide(
    context: Context, facts: Sequence[Fact], scored: Sequence[Scored], keep: float = KEEP, add: float = ADD
) -> tuple[Fact, ...]:
    """The facts that stand, in text order; what the grammar denies stays denied, and of two forums one is the part.

    Args:
        context: the document.
        facts: the grammar's.
        scored: the model's.
        keep: least probability of a fact of the grammar.
        add: least probability of a pair that the grammar does not know.
    """
    best = _best(scored)
    known = {_key(f.type, f.head, f.tail) for f in facts}
    denied = [f for f in facts if f.modality is Modality.DENIED]
    barred = {frozenset((f.head, f.tail)) for f in denied}
    standing = [
        replace(f, confidence=max(round(best[key].probability, 2), f.confidence if f.confidence >= CERTAIN else 0))
        for f in facts
        if f.modality is not Modality.DENIED
        and (key := _key(f.type, f.head, f.tail)) in best
        and (best[key].probability >= keep or f.confidence >= CERTAIN)
    ]
    sure = (
        (key, item)
        for key, item in best.items()
        if item.probability >= add
        and key not in known
        and frozenset(key[1:]) not in barred
        and not _is_unsaid(context, key, item)
    )
    added = (_fact(context, key, item) for key, item in sure)
    standing += [fact for fact in added if fact.modality is not Modality.DENIED]
    speakers = {(f.head, f.tail) for f in standing if f.type is RelationType.SPEAKER_AT}
    attended = RelationType.ATTENDED
    standing = [f for f in standing if f.type is not attended or (f.head, f.tail) not in speakers]
    parts = {(f.head, f.tail): f.confidence for f in standing if f.type is RelationType.PART_OF}
    turned = {pair for pair, sure in parts.items() if (sure, pair) < (parts.get(pair[::-1], -1.0), pair[::-1])}
    standing = [f for f in standing if f.type is not RelationType.PART_OF or (f.head, f.tail) not in turned]
    return tuple(sorted([*denied, *standing], key=lambda f: (f.start, f.type, f.head, f.tail)))


def rejections(
    context: Context, facts: Sequence[Fact], scored: Sequence[Scored], standing: Sequence[Fact]
) -> tuple[Rejected, ...]:
    """What was proposed and does not stand: facts of the grammar in text order, then pairs that no rule found.

    Of those pairs, the likeliest first, come the ones that would stand if a rule had found them: the rest is noise.
    """
    best = _best(scored)
    stands = {_key(f.type, f.head, f.tail) for f in standing}
    known = stands | {_key(f.type, f.head, f.tail) for f in facts}
    likely = [pair for pair in best.items() if pair[1].probability >= KEEP and pair[0] not in known]
    likely.sort(key=lambda pair: (-pair[1].probability, pair[0]))
    pairs = [_fact(context, key, item) for key, item in likely]
    rejected = []
    for fact, threshold in (*((f, KEEP) for f in facts), *((f, ADD) for f in pairs)):
        key = _key(fact.type, fact.head, fact.tail)
        if key in stands:
            continue
        probability = best[key].probability if key in best else 0.0
        if probability < threshold:
            reason = Reason.UNLIKELY
        elif fact.type is RelationType.ATTENDED and (RelationType.SPEAKER_AT, fact.head, fact.tail) in stands:
            reason = Reason.SPEAKER
        else:
            reason = Reason.DENIED
        # Not rounded up: what is below a threshold must not look as if it reached it.
        shown = math.floor(probability * 1000) / 1000
        rejected.append(Rejected(replace(fact, confidence=shown), threshold, reason))
    return tuple(rejected)


def _is_unsaid(context: Context, key: Key, item: Scored) -> bool:
    """Whether a person is said to be at a forum by a sentence that only speaks of him or her, or who signs is said by
    one that tells of no signing."""
    masked = context.sentences[item.sentence]
    if key[0] is RelationType.SIGNED_WITH:
        return _SIGNING.search(masked.text) is None
    if key[0] not in (RelationType.SPEAKER_AT, RelationType.ATTENDED):
        return False
    if only_meets(context, masked, key[0]):
        return True
    places = [n.index for n in masked.names if n.thing == key[1] and n.mention.type is EntityType.PERSON]
    return bool(places) and all(is_absent(masked, index) for index in places)


def _best(scored: Sequence[Scored]) -> dict[Key, Scored]:
    """The better direction of each relation."""
    best: dict[Key, Scored] = {}
    for item in scored:
        key = _key(item.type, item.head, item.tail)
        if key not in best or item.probability > best[key].probability:
            best[key] = item
    return best


def _key(type_: RelationType, head: int, tail: int) -> Key:
    return (type_, min(head, tail), max(head, tail)) if RELATIONS[type_].symmetric else (type_, head, tail)


def _fact(context: Context, key: Key, item: Scored) -> Fact:
    """The fact of a pair that no rule found, with the modality of its clause."""
    type_, head, tail = key
    masked = context.sentences[item.sentence]
    at = [name.index for name in masked.names if name.thing in (head, tail)] or [0]
    ends = [place for mark in _CLAUSE_ENDS if (place := masked.text.find(mark, at[0])) >= 0]
    modality = modality_of(masked, at[0], min(ends, default=len(masked.text)))
    start, end = masked.clean_span(0, len(masked.text.rstrip()))
    return Fact(type_, head, tail, f"model.{type_.lower()}", round(item.probability, 2), start, end, None, modality)
