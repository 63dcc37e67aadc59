"""The grammar: one relation family a file, each a function ``Context -> facts``."""

from __future__ import annotations

from dataclasses import replace

from extract.analysis import Analysis, Fact
from extract.grammar import affiliation, hosting, launching, membership, participation, signing, venue
from extract.grammar.context import Context
from extract.grammar.timing import with_times
from graph.schema import RELATIONS, RelationType

__all__ = ["FAMILIES", "find_facts", "with_times"]

FAMILIES = (hosting, venue, participation, affiliation, signing, launching, membership)


def find_facts(analysis: Analysis) -> Analysis:
    """Add the facts that the families find: one a (type, head, tail), the most confident, with legal ends."""
    context = Context(analysis)
    best: dict[tuple[RelationType, int, int], Fact] = {}
    for family in FAMILIES:
        for fact in family.facts(context):
            if not _legal(context, fact):
                continue
            head, tail = fact.head, fact.tail
            if RELATIONS[fact.type].symmetric and head > tail:
                head, tail = tail, head
            known = best.get((fact.type, head, tail))
            if known is None or fact.confidence > known.confidence:
                best[fact.type, head, tail] = replace(fact, head=head, tail=tail)
    order = sorted(best.values(), key=lambda f: (f.start, f.type, f.head, f.tail))
    return replace(analysis, facts=tuple(order), context=context)


def _legal(context: Context, fact: Fact) -> bool:
    spec = RELATIONS[fact.type]
    head, tail = context.things[fact.head], context.things[fact.tail]
    return fact.head != fact.tail and head.type in spec.heads and tail.type in spec.tails
