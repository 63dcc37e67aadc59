"""Which names denote the same thing in all documents: names of one type that share a canonical key (同一性).

    Person        the name                          with post and forum: `graph.keys`
    Organization  full name, or place and office    `graph.names.organizations`
    Forum         series and edition                `graph.names.forums`
    Initiative    title; years and numbers count
    Place         path of its division, country     `graph.names.places`

A name that many things share (市委, 第五届大会, 朝阳区) denotes one of its document only. Nothing here depends on what
is in the graph, so neither order nor number of documents changes an id. What a document calls by several names has the
key of the one that says most. Everything else asks `identify` and the ids made from it, so that a later model of
identity (names are data, decisions are data) takes the place of this module alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from graph.names.forums import forum_name
from graph.names.organizations import is_vague_organization, organization_key
from graph.names.places import is_ambiguous_place, place_key
from graph.names.spelling import fold, plain
from graph.schema import EntityType

__all__ = [
    "IDENTITY_VERSION",
    "Identity",
    "Series",
    "canonical_key",
    "claim_id",
    "document_id",
    "entity_id",
    "erased_id",
    "gone_id",
    "identify",
    "key_node",
    "mention_id",
    "series_id",
    "statement_id",
]

IDENTITY_VERSION = 3
"""Raised whenever the same name may get another id, so that documents loaded before are loaded anew."""

_LETTERS: Mapping[EntityType, str] = {
    EntityType.PERSON: "p",
    EntityType.ORGANIZATION: "o",
    EntityType.FORUM: "f",
    EntityType.INITIATIVE: "i",
    EntityType.PLACE: "l",
}


@dataclass(frozen=True, slots=True)
class Series:
    """The series of which a forum is an edition: its id, and its name in the words of the forum's name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What a name denotes: ``key`` among all names of its type, or, where ``vague``, among those of its document."""

    type: EntityType
    key: str
    vague: bool = False
    series: Series | None = None

    def id(self, document: str | None = None) -> str:
        """The letter of the type and 16 hexadecimal digits; ``document`` (an id) counts for a vague name alone."""
        parts = (self.type.value, document, self.key) if self.vague and document else (self.type.value, self.key)
        return f"{_LETTERS[self.type]}-{_digest(16, *parts)}"


def canonical_key(type: EntityType, name: str) -> str:
    """What a name of that type is compared by; for a name of nothing but marks, the name itself."""
    return identify(type, name).key


def entity_id(type: EntityType, name: str, *others: str, document: str | None = None) -> str:
    """The id of the entity that ``name`` and ``others`` denote in ``document`` (an id), where that matters."""
    return identify(type, name, others).id(document)


def identify(type: EntityType, name: str, others: Iterable[str] = ()) -> Identity:
    """What a document means by a name.

    Args:
        type: the type of what is named.
        name: the name as written, of people the only one that counts.
        others: what the same document calls it too; of all the one that says most decides, whatever their order.
    """
    names = {name, *others}
    if type is EntityType.PERSON or len(names) == 1:
        return _identify(type, name)
    # Sorted: of two spellings that say as much the same one decides whatever the hash seed.
    return min((_says_less(_identify(type, each), each) for each in sorted(names)), key=lambda pair: pair[0])[1]


def _says_less(identity: Identity, name: str) -> tuple[tuple[bool, bool, bool, bool, int, int, str], Identity]:
    """Sorts first: what is not vague, an edition, a known place, Chinese, the longest name, then key, then code order.

    The name goes before the key: a short form that the lexicons write out at length may be another body's.
    """
    key, folded = identity.key, fold(name)
    unknown = identity.type is EntityType.PLACE and place_key(fold(plain(name))) is None
    rank = identity.vague, identity.series is None, unknown, folded.isascii(), -len(folded), -len(key), key
    return rank, identity


@lru_cache(maxsize=65_536)
def _identify(type: EntityType, name: str) -> Identity:
    match type:
        case EntityType.ORGANIZATION:
            return Identity(type, organization_key(name), is_vague_organization(name))
        case EntityType.FORUM:
            forum = forum_name(name)
            edition = forum.edition and not forum.vague
            series = Series(_series_id(forum.series), forum.title) if edition else None
            return Identity(type, forum.key, forum.vague, series)
        case EntityType.PLACE:
            folded = fold(plain(name))
            return Identity(type, place_key(folded) or folded, is_ambiguous_place(folded))
        case EntityType.PERSON | EntityType.INITIATIVE:
            return Identity(type, fold(plain(name)))


def series_id(name: str) -> str:
    """The id of the series of forums that a name denotes, with or without an edition."""
    return _series_id(forum_name(name).series)


def _series_id(key: str) -> str:
    return f"s-{_digest(16, 'ForumSeries', key)}"


def document_id(key: str) -> str:
    """The id of the document with that key."""
    return f"d-{hashlib.sha256(key.encode()).hexdigest()[:20]}"


def mention_id(document: str, type: EntityType, name: str) -> str:
    """The id of a name as one document uses it; ``document`` is a document id."""
    return f"m-{_digest(20, document, type.value, name)}"


def statement_id(document: str, relation: str, subject: str, object: str) -> str:
    """The id of what a document says of two of its mentions, in whatever words; corrections refer to it."""
    return f"t-{_digest(20, document, relation, subject, object)}"


def claim_id(document: str, content: str) -> str:
    """The id of a claim; ``content`` is its canonical JSON, so that a document states one claim once."""
    return f"c-{_digest(20, document, content)}"


def key_node(id: str) -> str:
    """The id of the node of a key; ``id`` is that of the entity, or of the mention that was set apart."""
    return f"k{id}"


def erased_id(kind: str, what: str) -> str:
    """The id of what keeps something from coming back: the key of a person, or the name of a source."""
    return f"z-{_digest(20, kind, what)}"


def gone_id(kind: str, *of: str) -> str:
    """The id of the record of something that is gone: of an entity (id) or an edge (head, relation, tail)."""
    return f"g-{_digest(20, kind, *of)}"


def _digest(length: int, *parts: str) -> str:
    """The first digits of the SHA-256 of the parts; only the last of them may hold the bar that joins them."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:length]
