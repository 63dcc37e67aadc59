"""What questions answer with: frozen records, which the API sends as they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.records import Claim, Direction, Edge, EntityRef, EntitySummary, SeriesRef
from graph.schema import Modality, RelationType

__all__ = [
    "Announcement",
    "Appearance",
    "Candidate",
    "Companion",
    "Days",
    "Deal",
    "Edition",
    "Fact",
    "ForumDetail",
    "Held",
    "Kind",
    "Launcher",
    "Pair",
    "Part",
    "Partner",
    "Shared",
    "Signing",
    "Speaker",
    "VeteranSpeaker",
]

Kind = tuple[RelationType, Direction]
"""A relation as seen from an entity: ``(HOSTED_BY, "in")`` are the forums that an institution hosts."""


class Part(StrEnum):
    """The part that one end of a relation plays for the other (角色)."""

    HOST = "host"
    CO_HOST = "co-host"
    ORGANISER = "organiser"
    SUPPORTER = "supporter"
    SPEAKER = "speaker"
    ATTENDEE = "attendee"
    VENUE = "venue"
    SUB_FORUM = "sub-forum"
    PARTNER = "partner"
    LAUNCHER = "launcher"
    ANNOUNCED = "announced"
    MEMBER = "member"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a name may mean; ``posts`` tell people of one name apart."""

    id: str
    type: str
    name: str
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """What another entity is to the one asked about, with the best claims behind it.

    Args:
        entity: the other entity.
        role: the part that one of them plays for the other, by the relation.
        status: held, or planned where no document says that it was held.
        edge: the derived edge with its support; ``roles`` are the words of the documents.
        evidence: claims, held ones first, then the most confident.
    """

    entity: EntitySummary
    role: Part
    status: Modality
    edge: Edge
    evidence: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Signing:
    """One signing of two partners: when, at which forum, and ``what`` in the words of documents (合作备忘录)."""

    date_from: str | None
    date_to: str | None
    at: EntityRef | None
    what: tuple[str, ...]
    status: Modality
    evidence: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Partner:
    """Who has signed with an institution, and each signing, the latest first."""

    entity: EntitySummary
    status: Modality
    edge: Edge
    signings: tuple[Signing, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A post of a person (任职): the title at an organization or place, and from when to when documents say so.

    ``first_date`` and ``last_date`` are those of the claims, else of their documents: the post may have begun earlier
    and lasted longer. ``documents`` counts texts; reprints of one text count once.
    """

    person: EntityRef
    organization: EntityRef
    title: str | None
    status: Modality
    documents: int
    first_date: str | None
    last_date: str | None
    evidence: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks at a forum: in what ways (``edge.roles``), on what, and with which posts at that time.

    ``posts`` are those that documents on the speech itself tell; without any, the one that is told nearest to its day.
    """

    entity: EntitySummary
    status: Modality
    edge: Edge
    topics: tuple[str, ...]
    posts: tuple[Held, ...]
    evidence: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Deal:
    """What was signed or launched at a forum: an edge with the claims that place it there."""

    head: EntitySummary
    relation: RelationType
    tail: EntitySummary
    status: Modality
    documents: int
    evidence: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Launcher:
    """Who launched what was announced; ``here`` where a claim says that it happened at that forum."""

    entity: EntitySummary
    here: bool
    status: Modality
    evidence: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Announcement:
    """An initiative (or a body) that was announced or launched at a forum, and by whom."""

    entity: EntitySummary
    status: Modality
    launchers: tuple[Launcher, ...]
    evidence: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """When a forum took or takes place, as ``documents`` say; ``precision`` is day, month or year."""

    date_from: str
    date_to: str
    precision: str
    status: Modality
    documents: int
    evidence: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class ForumDetail:
    """A forum with its place and dates, what it is part of, and how many play which part in it."""

    entity: EntitySummary
    series: SeriesRef | None
    days: tuple[Days, ...]
    places: tuple[Fact, ...]
    part_of: tuple[Fact, ...]
    counts: dict[Part, int]


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of a series with what editions are compared by."""

    forum: EntitySummary
    first_day: str | None
    last_day: str | None
    places: tuple[Fact, ...]
    hosts: tuple[Fact, ...]
    speakers: int
    attendees: int


@dataclass(frozen=True, slots=True)
class Appearance:
    """One forum at which someone took part; ``year`` is that of the forum's name, else of the claims."""

    forum: EntityRef
    year: int | None
    status: Modality
    edge: Edge
    evidence: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class VeteranSpeaker:
    """Who spoke at several editions of a series, the earliest first."""

    entity: EntitySummary
    years: tuple[int, ...]
    appearances: tuple[Appearance, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """A forum that two entities share, with the part of each and the best claim behind it."""

    forum: EntityRef
    mine: tuple[Part, ...]
    theirs: tuple[Part, ...]
    evidence: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Companion:
    """Who is met at the same forums, most forums first; ``forums`` counts all of them, ``shared`` shows some."""

    entity: EntitySummary
    forums: int
    shared: tuple[Shared, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """An edge of a network: two entities (by the order of ids) and the forums that they share."""

    a: EntityRef
    b: EntityRef
    forums: int
    shared: tuple[EntityRef, ...]
