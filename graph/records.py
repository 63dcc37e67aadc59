"""What queries answer with: frozen records, which the API sends as they are.

The records of the extractor are in `graph.schema`; these are the graph's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, Literal, TypeAlias, TypeVar

from graph import notebook
from graph.schema import EntityType, Evidence, Modality, RelationType

__all__ = [
    "Claim",
    "Count",
    "Direction",
    "DocumentDetail",
    "DocumentMention",
    "DocumentRef",
    "DocumentSummary",
    "Edge",
    "EntityDetail",
    "EntityRef",
    "EntitySummary",
    "InducedSubgraph",
    "Member",
    "MemberMention",
    "Neighbour",
    "Page",
    "Path",
    "PathEdge",
    "Post",
    "RelationCount",
    "Series",
    "SeriesRef",
    "Statistics",
]

T = TypeVar("T")
Direction: TypeAlias = Literal["out", "in"]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of a list; ``total`` counts all pages, or is less than that where it is not ``exact``.

    ``next`` is the cursor of the following page.
    """

    items: tuple[T, ...]
    total: int
    next: str | None = None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class EntityRef:
    """An entity in passing."""

    id: str
    type: EntityType
    name: str


@dataclass(frozen=True, slots=True)
class EntitySummary:
    """An entity with its other names; ``documents`` name it."""

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...]
    documents: int


@dataclass(frozen=True, slots=True)
class RelationCount:
    """How many edges of one relation leave (out) or reach (in) an entity."""

    relation: RelationType
    direction: Direction
    count: int


@dataclass(frozen=True, slots=True)
class Series:
    """The series of a forum (论坛系列) with all its editions, in the order of their names."""

    id: str
    name: str
    editions: tuple[EntityRef, ...]


@dataclass(frozen=True, slots=True)
class SeriesRef:
    """A series of forums in passing; ``editions`` counts them."""

    id: str
    name: str
    aliases: tuple[str, ...]
    editions: int


@dataclass(frozen=True, slots=True)
class EntityDetail:
    """All that is known of an entity; the dates are those of the first and last document that names it.

    ``series`` is there for a forum whose name tells its edition; ``former`` are ids that lead to it.
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...]
    documents: int
    claims: int
    first_date: str | None
    last_date: str | None
    relations: tuple[RelationCount, ...]
    series: Series | None = None
    former: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        """What Jupyter shows."""
        return notebook.entity_html(self)


@dataclass(frozen=True, slots=True)
class Post:
    """What a document says that a person is somewhere (``name``), with the title (``role``) where it tells one."""

    name: str
    role: str | None


@dataclass(frozen=True, slots=True)
class MemberMention:
    """A name as one document uses it; ``document`` is the document's key."""

    id: str
    name: str
    document: str
    title: str | None
    date: str | None
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """What was joined to an entity: a key (the entity's id, or a former id) with some of the mentions that have it."""

    key: str
    documents: int
    mentions: tuple[MemberMention, ...]


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document in passing."""

    id: str
    key: str
    title: str | None
    date: str | None
    source: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one document states, with its evidence, the main quote first; ``at`` is the forum where it happened.

    ``status`` is what people have said of it (accepted, rejected, edited, added), ``correction`` the id of that;
    ``engines`` are those that found it, none where a person stated it or the only engine of that time did.
    """

    id: str
    relation: RelationType
    subject: EntityRef
    object: EntityRef
    modality: Modality
    confidence: float
    rule: str
    document: DocumentRef
    evidence: tuple[Evidence, ...]
    role: str | None = None
    topic: str | None = None
    at: EntityRef | None = None
    date_from: str | None = None
    date_to: str | None = None
    date_precision: str | None = None
    extractor: str | None = None
    status: str | None = None
    correction: str | None = None
    engines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge derived from claims.

    ``support``, ``planned`` and ``denied`` count the documents that say that it took place, is to, or did not;
    ``quote`` is the best one of its ``claims``, from the document ``document_id``.
    """

    head: str
    relation: RelationType
    tail: str
    support: int
    planned: int
    denied: int
    claims: int
    confidence: float
    roles: tuple[str, ...]
    first_date: str | None
    last_date: str | None
    quote: str
    document_id: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An edge of an entity, seen from it: ``out`` when it is the head."""

    entity: EntitySummary
    direction: Direction
    edge: Edge


@dataclass(frozen=True, slots=True)
class PathEdge:
    """An edge of a path with the best of the claims behind it."""

    edge: Edge
    evidence: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A path: ``edges[i]`` connects ``entities[i]`` and ``entities[i + 1]``, in whichever direction."""

    entities: tuple[EntitySummary, ...]
    edges: tuple[PathEdge, ...]


@dataclass(frozen=True, slots=True)
class InducedSubgraph:
    """Some entities and all edges among them (导出子图)."""

    entities: tuple[EntitySummary, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document without its text; ``claims`` it states, ``entities`` it names."""

    id: str
    key: str
    title: str | None
    date: str | None
    source: str | None
    url: str | None
    claims: int
    entities: int


@dataclass(frozen=True, slots=True)
class DocumentMention:
    """An entity as a document names it; spans are ``[start, end)`` in code points of the text."""

    entity: EntitySummary
    name: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class DocumentDetail:
    """A document with its text, the entities it names and the claims it states."""

    id: str
    key: str
    title: str | None
    date: str | None
    source: str | None
    url: str | None
    text: str
    mentions: tuple[DocumentMention, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A name and how often it occurs."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """How much of everything there is; the dates are those of the first and last document."""

    documents: int
    mentions: int
    claims: int
    entities: int
    series: int
    edges: int
    first_date: str | None
    last_date: str | None
    entities_by_type: tuple[Count, ...] = field(default=())
    edges_by_relation: tuple[Count, ...] = field(default=())
    claims_by_relation: tuple[Count, ...] = field(default=())
    claims_by_modality: tuple[Count, ...] = field(default=())
