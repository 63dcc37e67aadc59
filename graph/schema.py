"""The ontology and the records that travel from the extractor to the graph (standard library only).

One table holds entity types, relation types, their end types, symmetry and Chinese names; constraints, validation,
API filters, documentation and styles read it. The records are frozen; their JSON form is the output contract of
``huitu extract``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

__all__ = [
    "EDGE_TYPES",
    "EDITION_OF",
    "ENTITY_NAMES_ZH",
    "FORUM_SERIES",
    "RELATIONS",
    "Document",
    "Entity",
    "EntityType",
    "Evidence",
    "Extraction",
    "InvalidRecord",
    "Modality",
    "Period",
    "Relation",
    "RelationSpec",
    "RelationType",
]


class InvalidRecord(ValueError):
    """A record breaks the contract; ``document`` names where, the message what and how to mend it."""

    def __init__(self, document: str, problem: str) -> None:
        super().__init__(f"{document}: {problem}")
        self.document = document
        self.problem = problem

    def __reduce__(self) -> tuple[type[InvalidRecord], tuple[str, str]]:
        return type(self), (self.document, self.problem)  # another process may raise it


class EntityType(StrEnum):
    """Entity types; the value is the node label beside ``:Entity``."""

    __hash__ = str.__hash__  # an enum's own runs in Python, and these are keys everywhere

    PERSON = "Person"
    ORGANIZATION = "Organization"
    FORUM = "Forum"
    INITIATIVE = "Initiative"
    PLACE = "Place"


ENTITY_NAMES_ZH: Mapping[EntityType, str] = {
    EntityType.PERSON: "人物",
    EntityType.ORGANIZATION: "机构",
    EntityType.FORUM: "论坛",
    EntityType.INITIATIVE: "倡议",
    EntityType.PLACE: "地点",
}


FORUM_SERIES = "ForumSeries"
"""Label of the node that groups the editions of a forum (论坛系列); no document names it, so it is no entity."""

EDITION_OF = "EDITION_OF"
"""Relationship from a Forum to its ForumSeries (届次), made from the forum's name; no document states it."""


class RelationType(StrEnum):
    """Relation types; the value is the relationship type in Neo4j."""

    __hash__ = str.__hash__

    SPEAKER_AT = "SPEAKER_AT"
    ATTENDED = "ATTENDED"
    HOSTED_BY = "HOSTED_BY"
    CO_HOSTED_BY = "CO_HOSTED_BY"
    ORGANIZED_BY = "ORGANIZED_BY"
    SUPPORTED_BY = "SUPPORTED_BY"
    SIGNED_WITH = "SIGNED_WITH"
    LAUNCHED = "LAUNCHED"
    ANNOUNCED_AT = "ANNOUNCED_AT"
    AFFILIATED_WITH = "AFFILIATED_WITH"
    HELD_IN = "HELD_IN"
    PART_OF = "PART_OF"
    MEMBER_OF = "MEMBER_OF"


EDGE_TYPES: tuple[str, ...] = tuple(relation.value for relation in RelationType)
"""The types of the edges that claims give."""


class Modality(StrEnum):
    """Whether the text says that a fact took place (held), is to take place (planned) or did not (denied)."""

    __hash__ = str.__hash__

    HELD = "held"
    PLANNED = "planned"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class RelationSpec:
    """What a relation type may connect, and its names."""

    heads: frozenset[EntityType]
    tails: frozenset[EntityType]
    zh: str
    en: str
    symmetric: bool = False


_P, _O, _F, _I, _L = (
    EntityType.PERSON,
    EntityType.ORGANIZATION,
    EntityType.FORUM,
    EntityType.INITIATIVE,
    EntityType.PLACE,
)


def _spec(heads: set[EntityType], tails: set[EntityType], zh: str, en: str, symmetric: bool = False) -> RelationSpec:
    return RelationSpec(frozenset(heads), frozenset(tails), zh, en, symmetric)


RELATIONS: Mapping[RelationType, RelationSpec] = {
    RelationType.SPEAKER_AT: _spec({_P}, {_F}, "发言", "spoke at"),
    RelationType.ATTENDED: _spec({_P, _O}, {_F}, "出席", "attended"),
    RelationType.HOSTED_BY: _spec({_F}, {_O, _L}, "主办", "hosted by"),
    RelationType.CO_HOSTED_BY: _spec({_F}, {_O, _L}, "联合主办", "co-hosted by"),
    RelationType.ORGANIZED_BY: _spec({_F}, {_O, _L}, "承办", "organised by"),
    RelationType.SUPPORTED_BY: _spec({_F}, {_O, _L}, "指导或支持", "supported by"),
    RelationType.SIGNED_WITH: _spec({_O, _L}, {_O, _L}, "签约", "signed with", symmetric=True),
    RelationType.LAUNCHED: _spec({_O, _P, _L}, {_I, _O}, "发起", "launched"),
    RelationType.ANNOUNCED_AT: _spec({_I, _O}, {_F}, "发布于", "announced at"),
    RelationType.AFFILIATED_WITH: _spec({_P}, {_O, _L}, "任职", "affiliated with"),
    RelationType.HELD_IN: _spec({_F}, {_L}, "举办地", "held in"),
    RelationType.PART_OF: _spec({_F}, {_F}, "隶属", "part of"),
    RelationType.MEMBER_OF: _spec({_O, _L, _P}, {_O, _I}, "成员", "member of"),
}


@dataclass(frozen=True, slots=True)
class Document:
    """One source text (文档); every offset in the records is a code point index into ``text``.

    Args:
        key: the document's URL, else its path below the folder given; unique in a graph.
        text: the decoded file, for HTML the readable text made from it; never normalised.
        title: headline, where stated.
        date: publication date as ``YYYY-MM-DD``, where stated.
        source: publisher, where stated.
        url: address, where stated.
        name: the file's name, where the key is another; what an extraction calls the document.
    """

    key: str
    text: str
    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim quote: ``document.text[start:end] == quote``."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Period:
    """An interval of days, both ends included (``YYYY-MM-DD``); ``precision`` is day, month or year."""

    first: str
    last: str
    precision: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing as one document names it; ``id`` is local to the document, ``mentions`` are ``[start, end)`` spans."""

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A fact stated by one document, with the rule that found it and its evidence, the main one first.

    ``engines`` are those that found it, by name; of records of a Huitu that had one engine alone it is empty.
    """

    type: RelationType
    head: str
    tail: str
    rule: str
    confidence: float
    evidence: tuple[Evidence, ...]
    modality: Modality = Modality.HELD
    role: str | None = None
    at: str | None = None
    date: Period | None = None
    topic: str | None = None
    engines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was extracted from one document."""

    document: Document
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = field(default=())

    def validate(self) -> Extraction:
        """Return self.

        Raises:
            InvalidRecord: an unknown end, an end of the wrong type, a span outside the text, a quote not at its span.
        """
        key, text = self.document.key, self.document.text
        types = {entity.id: entity.type for entity in self.entities}
        if len(types) != len(self.entities):
            raise InvalidRecord(key, "two entities share an id")
        for entity in self.entities:
            for start, end in entity.mentions:
                if not 0 <= start < end <= len(text):
                    raise InvalidRecord(key, f"mention [{start}, {end}) of {entity.name!r} lies outside the text")
        for relation in self.relations:
            spec = RELATIONS[relation.type]
            where = f"{relation.type} {relation.head} -> {relation.tail}"
            for end_id, allowed in ((relation.head, spec.heads), (relation.tail, spec.tails)):
                if end_id not in types:
                    raise InvalidRecord(key, f"{where}: no entity {end_id!r}")
                if types[end_id] not in allowed:
                    raise InvalidRecord(key, f"{where}: {end_id} is a {types[end_id]}, allowed are {sorted(allowed)}")
            if relation.at is not None and types.get(relation.at) is not EntityType.FORUM:
                raise InvalidRecord(key, f"{where}: 'at' must name a Forum, not {relation.at!r}")
            if not relation.evidence:
                raise InvalidRecord(key, f"{where}: no evidence")
            for evidence in relation.evidence:
                if text[evidence.start : evidence.end] != evidence.quote or not evidence.quote:
                    raise InvalidRecord(
                        key, f"{where}: the quote is not in the text at {evidence.start}-{evidence.end}"
                    )
        return self

    def to_json(self, *, with_text: bool = False) -> dict[str, Any]:
        """The output contract as a JSON object; keys without value are left out."""
        doc = self.document
        name = doc.name or doc.key
        head = {
            "doc": name,
            "key": doc.key if doc.key != name else None,
            "title": doc.title,
            "date": doc.date,
            "source": doc.source,
            "url": doc.url,
        }
        if with_text:
            head["text"] = doc.text
        return {
            **{key: value for key, value in head.items() if value is not None},
            "entities": [_entity_json(entity) for entity in self.entities],
            "relations": [_relation_json(relation) for relation in self.relations],
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Extraction:
        """The twin of `to_json` for a record that holds ``text``.

        Raises:
            InvalidRecord: a key is missing, a value has the wrong form, or `validate` refuses the result.
        """
        name = str(record.get("doc", "?"))
        try:
            document = Document(
                record.get("key", record["doc"]),
                record["text"],
                record.get("title"),
                record.get("date"),
                record.get("source"),
                record.get("url"),
                record["doc"] if "key" in record else None,
            )
            entities = tuple(_entity_of(item) for item in record["entities"])
            relations = tuple(_relation_of(item) for item in record["relations"])
        except KeyError as error:
            raise InvalidRecord(name, f"no key {error.args[0]!r}; write it with 'huitu extract --with-text'") from error
        except (TypeError, ValueError) as error:
            raise InvalidRecord(name, str(error)) from error
        return cls(document, entities, relations).validate()


def _entity_json(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "type": entity.type.value,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "mentions": [list(span) for span in entity.mentions],
    }


def _relation_json(relation: Relation) -> dict[str, Any]:
    period = relation.date and {
        "from": relation.date.first,
        "to": relation.date.last,
        "precision": relation.date.precision,
    }
    record: dict[str, Any] = {
        "type": relation.type.value,
        "head": relation.head,
        "tail": relation.tail,
        "role": relation.role,
        "at": relation.at,
        "date": period,
        "topic": relation.topic,
        "modality": relation.modality.value,
        "confidence": relation.confidence,
        "rule": relation.rule,
        "engines": list(relation.engines) or None,
        "evidence": [{"start": e.start, "end": e.end, "quote": e.quote} for e in relation.evidence],
    }
    return {key: value for key, value in record.items() if value is not None}


def _entity_of(item: Mapping[str, Any]) -> Entity:
    return Entity(
        item["id"],
        EntityType(item["type"]),
        item["name"],
        tuple(item.get("aliases", ())),
        tuple((int(start), int(end)) for start, end in item.get("mentions", ())),
    )


def _relation_of(item: Mapping[str, Any]) -> Relation:
    date = item.get("date")
    return Relation(
        RelationType(item["type"]),
        item["head"],
        item["tail"],
        item["rule"],
        float(item["confidence"]),
        tuple(Evidence(int(e["start"]), int(e["end"]), e["quote"]) for e in item["evidence"]),
        Modality(item.get("modality", "held")),
        item.get("role"),
        item.get("at"),
        date and Period(date["from"], date["to"], date["precision"]),
        item.get("topic"),
        tuple(item.get("engines", ())),
    )
