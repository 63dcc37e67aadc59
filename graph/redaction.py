"""An extraction without a person: the name and what else the document calls the person give way to black squares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graph.keys import namings
from graph.schema import Entity, EntityType, Evidence, Extraction, Relation

__all__ = ["SQUARE", "redacted", "redacted_names"]

SQUARE = "■"
"""What stands in the place of each character of an erased name."""


def redacted_names(people: Iterable[Entity]) -> list[str]:
    """The names of people that are erased wherever they stand, the longest first.

    An alias that shares no character with the name (校长, 她) is erased only where it means the person.
    """
    names = {name for person in people for name in (person.name, *person.aliases) if set(name) & set(person.name)}
    return sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name))


def redacted(extraction: Extraction, document: str, keys: frozenset[str]) -> Extraction | None:
    """The extraction without the people of some keys; offsets of all that stays are the same.

    Args:
        extraction: what was found in a document.
        document: the document's id.
        keys: ids that stand for the people, as `graph.keys.namings` gives them.

    Returns:
        None where the document's own key or address holds a name: then only its removal leaves no trace.
    """
    named = namings(extraction, document)
    erased_names = {
        name
        for (type, name), naming in named.items()
        if type is EntityType.PERSON and keys & {naming.key, *naming.ties}
    }
    people = [each for each in extraction.entities if each.type is EntityType.PERSON and each.name in erased_names]
    if not people:
        return extraction
    names = redacted_names(people)
    kept = extraction.document
    if any(name in place for name in names for place in (kept.key, kept.name or "", kept.url or "")):
        return None
    text = _without(kept.text, names, (span for person in people for span in person.mentions))
    erased = {person.id for person in people}
    entities = tuple(
        replace(entity, aliases=tuple(alias for alias in entity.aliases if not _holds(alias, names)))
        for entity in extraction.entities
        if entity.id not in erased and not _holds(entity.name, names)
    )
    ids = {entity.id for entity in entities}
    relations = tuple(
        _reread(relation, text, names) for relation in extraction.relations if {relation.head, relation.tail} <= ids
    )
    title = kept.title and _without(kept.title, names, ())
    document_left = replace(kept, text=text, title=title)
    return Extraction(
        document_left,
        entities,
        tuple(replace(each, at=each.at if each.at in ids else None) for each in relations),
    )


def _holds(words: str, names: Iterable[str]) -> bool:
    return any(name in words for name in names)


def _without(text: str, names: Iterable[str], spans: Iterable[tuple[int, int]]) -> str:
    characters = list(text)
    for start, end in spans:
        characters[start:end] = SQUARE * (end - start)
    left = "".join(characters)
    for name in names:
        left = left.replace(name, SQUARE * len(name))
    return left


def _reread(relation: Relation, text: str, names: Iterable[str]) -> Relation:
    """The relation with its quotes as they stand in the text now."""
    quotes = tuple(Evidence(each.start, each.end, text[each.start : each.end]) for each in relation.evidence)
    role, topic = (words and _without(words, names, ()) for words in (relation.role, relation.topic))
    return replace(relation, evidence=quotes, role=role, topic=topic)
