"""What goes in and what comes out: profiles of entities, and pairs of them that may be one thing."""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import HuituError
from graph.schema import EntityType

__all__ = ["Candidate", "Feature", "Likeness", "Post", "Profile", "RepeatedProfile"]


class RepeatedProfile(HuituError):
    """Two profiles have one id, ``id``."""

    def __init__(self, id: str) -> None:
        super().__init__(f"two profiles have the id {id!r}", hint="Give each entity one profile.")
        self.id = id


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a person (任职).

    Args:
        organization: shown name of the body or place.
        role: the title, where stated.
        first_date: earliest day (``YYYY-MM-DD``) of a document that says so, where known.
        last_date: latest such day.
    """

    organization: str
    role: str | None = None
    first_date: str | None = None
    last_date: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of an entity.

    Args:
        id: its id in the graph.
        type: its type; entities of two types are never compared.
        names: the shown name, then the others.
        documents: number of documents that name it.
        posts: of people, their posts.
        forums: ids of the forums a person is at; of others, nothing.
        neighbours: ids of all entities it is related to; forums may stand here too.
        first_date: earliest day (``YYYY-MM-DD``) of a document that names it, where known.
        last_date: latest such day.
    """

    id: str
    type: EntityType
    names: tuple[str, ...]
    documents: int = 1
    posts: tuple[Post, ...] = ()
    forums: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    first_date: str | None = None
    last_date: str | None = None

    def __post_init__(self) -> None:
        if not self.names or not all(self.names):
            raise ValueError(f"profile {self.id!r}: it has no name, or an empty one")


@dataclass(frozen=True, slots=True)
class Feature:
    """One reason for or against.

    Args:
        name: what was looked at, one word.
        value: what was found.
        points: what it adds; a point more doubles the odds that the two are one.
        explanation: a sentence for the reviewer.
    """

    name: str
    value: str
    points: float
    explanation: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two entities that may be one thing; ``a`` is the smaller id, ``score`` lies between 0 and 1."""

    a: str
    b: str
    score: float
    features: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """In what way two names are alike.

    Args:
        kind: one word for it.
        points: see `Feature`.
        explanation: a sentence for the reviewer.
        names: the two names as written, in the order of the comparison.
        shorter: 0 or 1, where the first or second is a short form that other things may share.
    """

    kind: str
    points: float
    explanation: str
    names: tuple[str, str] = ("", "")
    shorter: int | None = None
