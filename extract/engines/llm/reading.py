"""What an answer of a language model is worth: only what the text bears out becomes a record (核对).

A name counts where the text has it, a claim where its quote is in the text to the letter, names one of its ends and has
ends of the right types. All else is dropped and counted by reason. Ids, rules and confidences are our own.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from extract.engines.llm.prompt import MOST_QUOTE
from extract.mentions.kinds import is_name
from graph.schema import (
    RELATIONS,
    Document,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Modality,
    Period,
    Relation,
    RelationType,
)

__all__ = ["CONFIDENCE", "RULE", "BadAnswer", "read_extraction", "read_verdicts"]

CONFIDENCE = 0.7
"""Of every claim: not all servers tell probabilities, and what a model says of itself is no measure."""

RULE = "llm.extract"

_MOST_ITEMS = 1000
_MOST_NAMES = 20  # of a thing
_MOST_ROLE = 50
_LONGER_QUOTE = 2 * MOST_QUOTE  # what is over the limit by little is no reason to drop a claim
_NAME = re.compile(r"(?!.*://|该|本届|本次|上述).{2,100}")  # in one line, no address, not told by another name
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class BadAnswer(ValueError):
    """An answer has not the form that was asked for."""


def read_extraction(answer: str, document: Document, span: tuple[int, int]) -> tuple[Extraction, Counter[str]]:
    """The records of an answer, and how many items were dropped for which reason.

    Args:
        answer: what the model wrote.
        document: what it was asked about.
        span: the part of the text that it was shown.

    Raises:
        BadAnswer: it is no JSON of the right form.
    """
    record = _json(answer)
    dropped: Counter[str] = Counter()
    text = document.text[slice(*span)]
    known: dict[tuple[EntityType, str], Entity] = {}
    by_id: dict[object, Entity] = {}
    for item in _items(record, "entities", dropped):
        entity = _entity(item, text, f"e{len(known) + 1}")
        if isinstance(entity, str):
            dropped[entity] += 1
        elif isinstance(id := item.get("id"), str):
            by_id.setdefault(id, known.setdefault((entity.type, entity.name), entity))
    relations: dict[tuple[RelationType, str, str], Relation] = {}
    for item in _items(record, "relations", dropped):
        relation = _relation(item, by_id, document, span)
        if isinstance(relation, str):
            dropped[relation] += 1
        else:
            relations.setdefault((relation.type, relation.head, relation.tail), relation)
    entities = _placed(list(known.values()), text, span[0])
    return Extraction(document, tuple(entities), tuple(relations.values())).validate(), dropped


def read_verdicts(answer: str, numbers: Iterable[int]) -> frozenset[int]:
    """Those of the numbers that the answer says do not hold; what it says nothing of, or both, holds.

    Raises:
        BadAnswer: it is no JSON of the right form.
    """
    said: dict[int, set[object]] = {number: set() for number in numbers}
    for item in _items(_json(answer), "verdicts", Counter()):
        number = item.get("number")
        if isinstance(number, int) and number in said:
            said[number].add(item.get("holds") is not False)
    return frozenset(number for number, holds in said.items() if holds == {False})


def _json(answer: str) -> Mapping[str, Any]:
    """The JSON object of an answer, which may stand in a fence or behind other words."""
    try:
        record = json.loads(answer[answer.find("{") : answer.rfind("}") + 1])
    except (ValueError, RecursionError) as error:
        raise BadAnswer("no whole JSON object") from error
    if not isinstance(record, dict):
        raise BadAnswer("no JSON object")
    return record


def _items(record: Mapping[str, Any], name: str, dropped: Counter[str]) -> Iterator[Mapping[str, Any]]:
    items = record.get(name)
    if not isinstance(items, list):
        raise BadAnswer(f"no list {name!r}")
    for item in items[:_MOST_ITEMS]:
        if isinstance(item, dict):
            yield item
        else:
            dropped["not of the right form"] += 1
    if len(items) > _MOST_ITEMS:
        dropped["too many"] += len(items) - _MOST_ITEMS


def _entity(item: Mapping[str, Any], text: str, id: str) -> Entity | str:
    """The record with the names that the text has; else why not."""
    aliases = item.get("aliases")
    given = [item.get("name"), *(aliases if isinstance(aliases, list) else [])][:_MOST_NAMES]
    if item.get("type") not in list(EntityType):
        return "not of the right form"
    type = EntityType(item["type"])
    names = (name.strip() for name in given if isinstance(name, str))
    good = (name for name in names if _NAME.fullmatch(name) and is_name(name, type))
    there = tuple(dict.fromkeys(name for name in good if name in text))
    return Entity(id, type, there[0], there[1:]) if there else "names that are none, or not in the text"


def _relation(
    item: Mapping[str, Any], entities: Mapping[object, Entity], document: Document, span: tuple[int, int]
) -> Relation | str:
    """The record; else why not."""
    if item.get("type") not in list(RelationType) or item.get("modality") not in list(Modality):
        return "not of the right form"
    head, tail, at = (_named(entities, item.get(end)) for end in ("head", "tail", "at"))
    if head is None or tail is None or head is tail:
        return "ends that are no two things of the text"
    type = RelationType(item["type"])
    spec = RELATIONS[type]
    if head.type not in spec.heads or tail.type not in spec.tails:
        return "ends of the wrong type"
    if spec.symmetric and tail.id < head.id:
        head, tail = tail, head
    quote = item.get("quote")
    if not isinstance(quote, str) or not quote.strip() or len(quote) > _LONGER_QUOTE:
        return "not of the right form"
    start = document.text.find(quote, *span)
    if start < 0:
        return "quotes not in the text"
    if not any(name in quote for name in (head.name, *head.aliases, tail.name, *tail.aliases)):
        return "quotes that name neither end"
    return Relation(
        type,
        head.id,
        tail.id,
        RULE,
        CONFIDENCE,
        (Evidence(start, start + len(quote), quote),),
        Modality(item["modality"]),
        _words(item.get("role"), quote),
        at.id if at and at.type is EntityType.FORUM else None,
        _period(item, document),
        _words(item.get("topic"), document.text),
        ("llm",),
    )


def _words(value: object, text: str) -> str | None:
    """Words that the text has; what it has not is not taken over."""
    return value if isinstance(value, str) and 0 < len(value) <= _MOST_ROLE and value in text else None


def _period(item: Mapping[str, Any], document: Document) -> Period | None:
    """The days of an answer, if they are days, of years that the text or its date names."""
    first, last = item.get("first_day"), item.get("last_day") or item.get("first_day")
    if not (isinstance(first, str) and isinstance(last, str) and _DAY.fullmatch(first) and _DAY.fullmatch(last)):
        return None
    try:
        in_order = date.fromisoformat(first) <= date.fromisoformat(last)
    except ValueError:
        return None
    years = f"{document.date} {document.text}"
    return Period(first, last, "day") if in_order and first[:4] in years and last[:4] in years else None


def _named(entities: Mapping[object, Entity], id: object) -> Entity | None:
    return entities.get(id) if isinstance(id, str) else None


def _placed(entities: Sequence[Entity], text: str, begin: int) -> list[Entity]:
    """Entities with the places of their names; where names overlap, the longest is meant."""
    named = ((name, number) for number, each in enumerate(entities) for name in (each.name, *each.aliases))
    spans: list[list[tuple[int, int]]] = [[] for _ in entities]
    taken = bytearray(len(text))
    for name, number in sorted(named, key=lambda each: -len(each[0])):
        start = text.find(name)
        first = (begin + start, begin + start + len(name))
        while start >= 0:
            end = start + len(name)
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * len(name)
                spans[number].append((begin + start, begin + end))
            start = text.find(name, end)
        if not spans[number]:  # it stands in longer names alone
            spans[number].append(first)
    return [
        Entity(each.id, each.type, each.name, each.aliases, tuple(sorted(places)))
        for each, places in zip(entities, spans, strict=True)
    ]
