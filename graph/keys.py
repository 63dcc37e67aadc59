"""The keys of a document's names: what each name is by itself, and which keys the document says are one thing (同一).

    key    the id an entity has when nothing else is known: `graph.identity.identify`, for people with a post or a forum
    tie    keys that one mention holds together: the posts of a person, a name and its short form

People share names, so a bare name says little. A mention of a person has a key for each post (the name with a body, or
with a place and the title held there) and each forum where the person was; with none it has that of the bare name
alone. `graph.clusters` puts the ties of all documents together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graph.identity import Identity, identify
from graph.names.spelling import fold
from graph.schema import Entity, EntityType, Extraction, Modality, RelationType

__all__ = ["MOST_FORUMS", "Naming", "namings", "person_id", "split_key"]

MOST_FORUMS = 3
"""A document on more editions of forums than these is a roundup: its people need not have been at all of them."""

_AT = frozenset({RelationType.SPEAKER_AT, RelationType.ATTENDED})
_RANK = {EntityType.ORGANIZATION: 0, EntityType.PLACE: 1, EntityType.FORUM: 2}

_Post: TypeAlias = tuple[int, str, str, str]
"""Rank and name of the type of what a person is tied to, its key, and the title held in a place."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What one name of a document is.

    Args:
        identity: what the name denotes by itself.
        key: the id of the entity when no other document is known.
        ties: ids that this mention says are one thing, ``key`` first; empty where it says so of none.
    """

    identity: Identity
    key: str
    ties: tuple[str, ...] = ()


def namings(extraction: Extraction, document: str) -> dict[tuple[EntityType, str], Naming]:
    """The keys of all names of an extraction; what it calls by the same name and type is one thing.

    Args:
        extraction: what was found in the document.
        document: the document's id, for names that mean something there alone.
    """
    others: dict[tuple[EntityType, str], set[str]] = {}
    for entity in extraction.entities:
        others.setdefault((entity.type, entity.name), set()).update(entity.aliases)
    identities = {(type, name): identify(type, name, aliases) for (type, name), aliases in others.items()}
    posts = _posts(extraction, identities)
    found: dict[tuple[EntityType, str], Naming] = {}
    for (type, name), identity in identities.items():
        if type is EntityType.PERSON:
            found[type, name] = _person(identity, posts[name])
        else:
            found[type, name] = _thing(identity, others[type, name], document)
    return found


def person_id(name: str, type: EntityType, post: str, title: str | None = None) -> str:
    """The id of a person told by one post or forum.

    Args:
        name: the person's name.
        type: Organization, Place or Forum.
        post: the name of the body or place where the person has the post, or of the forum.
        title: the title held, which counts for a place.
    """
    return _person(identify(EntityType.PERSON, name), [_post(identify(type, post), title)]).key


def split_key(type: EntityType, key: str, document: str) -> str:
    """The key of a mention that someone has set apart from what others call by its name."""
    return Identity(type, key, vague=True).id(document)


def _person(identity: Identity, posts: Iterable[_Post]) -> Naming:
    """A person is told by the first of posts and forums, in an order that is the same in every document."""
    own = [Identity(identity.type, "|".join((identity.key, *post[1:]))).id() for post in sorted(posts)]
    if not own:
        return Naming(identity, identity.id())
    return Naming(identity, own[0], (*own, identity.id()))


def _thing(identity: Identity, names: Iterable[str], document: str) -> Naming:
    key = identity.id(document)
    if identity.vague or identity.type is EntityType.PLACE:
        return Naming(identity, key)
    others = (identify(identity.type, name) for name in names)
    ties = {other.id() for other in others if _ties(identity, other)} - {key}
    return Naming(identity, key, (key, *sorted(ties)) if ties else ())


def _ties(one: Identity, other: Identity) -> bool:
    """Whether a document that uses both names says that they are one thing; a series is none of its editions."""
    if other.vague or (one.series is None) is not (other.series is None):
        return False
    return one.type is not EntityType.FORUM or one.series is not None


def _posts(extraction: Extraction, identities: Mapping[tuple[EntityType, str], Identity]) -> dict[str, set[_Post]]:
    """By the names of people: the bodies and places where they have posts and the forums they were at."""
    by_id: Mapping[str, Entity] = {entity.id: entity for entity in extraction.entities}
    forums = {identity for identity in identities.values() if _is_edition(identity)}
    everywhere = {_post(forum) for forum in forums} if len(forums) <= MOST_FORUMS else set()
    found = {entity.name: set(everywhere) for entity in extraction.entities if entity.type is EntityType.PERSON}
    for relation in extraction.relations:
        head, tail = by_id[relation.head], by_id[relation.tail]
        if head.type is not EntityType.PERSON or relation.modality is Modality.DENIED:
            continue
        there = identities[tail.type, tail.name]
        if relation.type is RelationType.AFFILIATED_WITH and not there.vague:
            found[head.name].add(_post(there, relation.role))
        elif relation.type in _AT and _is_edition(there):
            found[head.name].add(_post(there))
    return found


def _post(there: Identity, role: str | None = None) -> _Post:
    """A body has few people of one name; a place has many, whom their titles tell apart."""
    title = fold(role or "") if there.type is EntityType.PLACE else ""
    return _RANK[there.type], there.type.value, there.key, title


def _is_edition(identity: Identity) -> bool:
    return identity.type is EntityType.FORUM and identity.series is not None and not identity.vague
