"""The keys of a document's names: what each name is by itself, and which keys the document says are one thing (同一).

    key    the id an entity has when nothing else is known: `graph.identity.identify`, for people with a post or a forum
    tie    keys that one mention holds together: the posts of a person, a name and its short form

People share names, so a bare name says little. A mention of a person has a key for each post (the name with a body, or
with a place and the title held there) and each forum where the person was; with none it has that of the bare name
alone. A mention that names no title is weak: nothing in it speaks against another person of that name being meant.
`graph.clusters` puts the ties of all documents together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graph.identity import Identity, identify
from graph.names.places import is_country
from graph.names.spelling import fold
from graph.schema import Entity, EntityType, Extraction, Modality, RelationType

__all__ = ["MOST_FORUMS", "Naming", "namings", "person_id", "split_key"]

MOST_FORUMS = 3
"""A document on more editions of forums than these is a roundup: its people need not have been at all of them."""

_AT = frozenset({RelationType.SPEAKER_AT, RelationType.ATTENDED})
_RANK = {EntityType.ORGANIZATION: 0, EntityType.PLACE: 1, EntityType.FORUM: 2}

# Titles of state: in one place each of them is held by one person at a time.
_OFFICES = re.compile(
    "(?:总统|总理|首相|国王|女王|王储|元首|总督|埃米尔|苏丹|大公|议长|外长|防长|财长|部长|大臣|国务卿|发言人|大使|省长|市长|州长|"
    "县长|区长|主席|书记|行长|总书记)$"
)
_BETWEEN_TITLES = re.compile("[、，,和兼暨及]")
_NEW = re.compile("^.*(?:新任|当选|候任|现任|时任|前任|前|原)(?=.)")

_Post: TypeAlias = tuple[bool, int, str, str, str]
"""Whether it is weak, rank and name of the type of what a person is tied to, its key, the title held in a place."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What one name of a document is.

    Args:
        identity: what the name denotes by itself.
        key: the id of the entity when no other document is known.
        ties: ids that this mention says are one thing, ``key`` first; empty where it says so of none. The last one of
            a person is that of the bare name, which is not the same thing.
        weak: for a person, whether no title is named.
    """

    identity: Identity
    key: str
    ties: tuple[str, ...] = ()
    weak: bool = False


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
            found[type, name] = _person(identity, posts[name], document)
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
    return _person(identify(EntityType.PERSON, name), _posts_in(identify(type, post), title), "").key


def split_key(type: EntityType, key: str, document: str) -> str:
    """The key of a mention that someone has set apart from what others call by its name."""
    return Identity(type, key, vague=True).id(document)


def _person(identity: Identity, posts: Iterable[_Post], document: str) -> Naming:
    """A person is told by the first of posts and forums, in an order that is the same in every document.

    A document that gives one name offices in two countries speaks of two people (沙特王储穆罕默德, 阿联酋总统穆罕默德);
    which of them it means is not known, so that the mention stands for itself. Both may be at one forum: for people
    with an office in a country, forums do not count.
    """
    ranked = sorted(posts)
    countries = {key for weak, _, _, key, title in ranked if title and not weak and is_country(key)}
    if len(countries) > 1:
        key = split_key(identity.type, identity.key, document)
        return Naming(identity, key, (key, identity.id()), weak=True)
    if countries:
        ranked = [post for post in ranked if post[2] != EntityType.FORUM.value]
    own = list(dict.fromkeys(Identity(identity.type, "|".join((identity.key, *post[2:]))).id() for post in ranked))
    if not own:
        return Naming(identity, identity.id(), weak=True)
    return Naming(identity, own[0], (*own, identity.id()), weak=ranked[0][0])


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
            found[head.name].update(_posts_in(there, relation.role))
        elif relation.type in _AT and _is_edition(there):
            found[head.name].add(_post(there))
    return found


def _posts_in(there: Identity, role: str | None) -> set[_Post]:
    """The posts that a title tells: a body has few people of one name; a place has many, told apart by their titles."""
    titles = [title for title in _BETWEEN_TITLES.split(role or "") if title]
    if there.type is not EntityType.PLACE or not titles:
        return {_post(there, weak=not titles)}
    return {_post(there, _title(title), weak=False) for title in titles}


def _title(words: str) -> str:
    """A title without what stands before the office: 新任总理 is 总理, 副总理 stays."""
    words = fold(_NEW.sub("", words))
    office = _OFFICES.search(words)
    if office is None:
        return words
    return ("副" if "副" in words[: office.start()] else "") + words[office.start() :]


def _post(there: Identity, title: str = "", *, weak: bool = True) -> _Post:
    return weak, _RANK[there.type], there.type.value, there.key, title


def _is_edition(identity: Identity) -> bool:
    return identity.type is EntityType.FORUM and identity.series is not None and not identity.vague
