"""Several extractions of one document as one: of its parts, or of several engines that vote (合并).

Entities are one where they have the same type and share a place or a name; two that one extraction tells apart stay
apart. Relations are one where they have the same type and ends, and both or neither are denied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from graph.schema import RELATIONS, Document, Entity, Extraction, Modality, Relation, RelationType

__all__ = ["joined"]

_Key: TypeAlias = tuple[RelationType, int, int, bool]


def joined(document: Document, extractions: Sequence[Extraction], needed: int = 1) -> Extraction:
    """What at least ``needed`` of the extractions hold.

    The first that holds a relation words it; the others add their engines and their evidence. An entity stands too
    where a relation that stands needs it.
    """
    if len(extractions) == 1 and needed <= 1:
        return extractions[0]
    groups: list[list[Entity]] = []
    stated: dict[_Key, list[list[Relation]]] = {}
    for extraction in extractions:
        number = _matched(groups, extraction.entities)
        here: dict[_Key, list[Relation]] = {}
        for relation in extraction.relations:
            at = None if relation.at is None else _id(number[relation.at])
            head, tail = number[relation.head], number[relation.tail]
            if RELATIONS[relation.type].symmetric:
                head, tail = sorted((head, tail))
            key = (relation.type, head, tail, relation.modality is Modality.DENIED)
            here.setdefault(key, []).append(replace(relation, head=_id(head), tail=_id(tail), at=at))
        for key, said in here.items():
            stated.setdefault(key, []).append(said)
    relations = [each for said in stated.values() if len(said) >= needed for each in _relations(said)]
    used = {end for each in relations for end in (each.head, each.tail, each.at)}
    entities = (_entity(_id(n), same) for n, same in enumerate(groups) if len(same) >= needed or _id(n) in used)
    ordered = sorted(relations, key=lambda each: (each.evidence[0].start, each.type, each.head, each.tail))
    return Extraction(document, tuple(entities), tuple(ordered)).validate()


def _matched(groups: list[list[Entity]], entities: Sequence[Entity]) -> dict[str, int]:
    """The number of the group of each entity; the likest pairs first, new groups for those that are like none."""
    pairs = sorted((-places, -names, n, m) for places, names, n, m in _pairs(groups, entities))
    number: dict[int, int] = {}
    taken: set[int] = set()
    for *_, n, m in pairs:
        if m not in number and n not in taken:
            number[m] = n
            taken.add(n)
    for m, entity in enumerate(entities):
        if m not in number:
            number[m] = len(groups)
            groups.append([])
        groups[number[m]].append(entity)
    return {entity.id: number[m] for m, entity in enumerate(entities)}


def _pairs(groups: Sequence[Sequence[Entity]], entities: Sequence[Entity]) -> Iterator[tuple[int, int, int, int]]:
    """How many places and names a group and an entity share, and their numbers; where they share any."""
    for n, group in enumerate(groups):
        places = {span for each in group for span in each.mentions}
        names = {name for each in group for name in (each.name, *each.aliases)}
        for m, entity in enumerate(entities):
            if entity.type is group[0].type:
                shared = len(places & set(entity.mentions)), len(names & {entity.name, *entity.aliases})
                if any(shared):
                    yield (*shared, n, m)


def _entity(id: str, same: Sequence[Entity]) -> Entity:
    names = list(dict.fromkeys(name for each in same for name in (each.name, *each.aliases)))
    spans = sorted({span for each in same for span in each.mentions})
    return Entity(id, same[0].type, names[0], tuple(names[1:]), tuple(spans))


def _relations(said: Sequence[Sequence[Relation]]) -> list[Relation]:
    """The relations of the first, with what the others add to the first of them."""
    first, others = said[0], [relation for each in said[1:] for relation in each]
    evidence = dict.fromkeys(each for relation in (first[0], *others) for each in relation.evidence)
    engines = tuple(dict.fromkeys(name for each in said for relation in each for name in relation.engines))
    confidence = max(relation.confidence for relation in (first[0], *others))
    best = replace(first[0], evidence=tuple(evidence), engines=engines, confidence=confidence)
    return [best, *(replace(relation, engines=engines) for relation in first[1:])]


def _id(number: int) -> str:
    return f"e{number + 1}"
