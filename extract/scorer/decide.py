"""Which facts stand: those of the grammar that the model does not doubt, and pairs that the model is sure of (判定)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.analysis import Analysis, Fact
from extract.grammar.context import Context, modality_of
from extract.scorer.candidates import find_candidates
from extract.scorer.model import Scored, Scorer, load
from graph.schema import RELATIONS, Modality, RelationType

__all__ = ["ADD", "KEEP", "decide", "score_facts"]

# A fact of a rule stands from the first probability on, a pair without one from the second; chosen by cross-validation.
KEEP, ADD = 0.1, 0.65
_CLAUSE_ENDS = ",;:。!?"
Key = tuple[RelationType, int, int]


def score_facts(analysis: Analysis, scorer: Scorer | None = None) -> Analysis:
    """Settle the facts with the shipped model unless another is given; confidence becomes the model's probability."""
    found = find_candidates(analysis)
    scored = (scorer or load()).score(found)
    return replace(analysis, facts=decide(found.context, analysis.facts, scored))


def decide(
    context: Context, facts: Sequence[Fact], scored: Sequence[Scored], keep: float = KEEP, add: float = ADD
) -> tuple[Fact, ...]:
    """The facts that stand, in text order; what the grammar denies stays denied.

    Args:
        context: the document.
        facts: the grammar's.
        scored: the model's.
        keep: least probability of a fact of the grammar.
        add: least probability of a pair that the grammar does not know.
    """
    best: dict[Key, Scored] = {}
    for item in scored:
        key = _key(item.type, item.head, item.tail)
        if key not in best or item.probability > best[key].probability:
            best[key] = item
    known = {_key(f.type, f.head, f.tail) for f in facts}
    denied = [f for f in facts if f.modality is Modality.DENIED]
    barred = {frozenset((f.head, f.tail)) for f in denied}
    standing = [
        replace(f, confidence=round(best[key].probability, 2))
        for f in facts
        if f.modality is not Modality.DENIED
        and (key := _key(f.type, f.head, f.tail)) in best
        and best[key].probability >= keep
    ]
    sure = (
        (key, item)
        for key, item in best.items()
        if item.probability >= add and key not in known and frozenset(key[1:]) not in barred
    )
    standing += [fact for key, item in sure for fact in _fact(context, key, item)]
    speakers = {(f.head, f.tail) for f in standing if f.type is RelationType.SPEAKER_AT}
    attended = RelationType.ATTENDED
    standing = [f for f in standing if f.type is not attended or (f.head, f.tail) not in speakers]
    return tuple(sorted([*denied, *standing], key=lambda f: (f.start, f.type, f.head, f.tail)))


def _key(type_: RelationType, head: int, tail: int) -> Key:
    return (type_, min(head, tail), max(head, tail)) if RELATIONS[type_].symmetric else (type_, head, tail)


def _fact(context: Context, key: Key, item: Scored) -> Iterator[Fact]:
    """The fact of a pair that no rule found, unless its clause denies it."""
    type_, head, tail = key
    masked = context.sentences[item.sentence]
    at = [name.index for name in masked.names if name.thing in (head, tail)] or [0]
    ends = [place for mark in _CLAUSE_ENDS if (place := masked.text.find(mark, at[0])) >= 0]
    modality = modality_of(masked, at[0], min(ends, default=len(masked.text)))
    if modality is not Modality.DENIED:
        start, end = masked.clean_span(0, len(masked.text.rstrip()))
        yield Fact(type_, head, tail, f"model.{type_.lower()}", round(item.probability, 2), start, end, None, modality)
