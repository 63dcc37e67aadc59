"""What the service can do, one method an operation. Made by ``python -m huitu.client_source``: do not edit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

from huitu.client.transport import Transport, path_of

Action: TypeAlias = Literal["accept", "reject", "edit", "add"]
EntityType: TypeAlias = Literal["Person", "Organization", "Forum", "Initiative", "Place"]
Modality: TypeAlias = Literal["held", "planned", "denied"]
RelationType: TypeAlias = Literal[
    "SPEAKER_AT",
    "ATTENDED",
    "HOSTED_BY",
    "CO_HOSTED_BY",
    "ORGANIZED_BY",
    "SUPPORTED_BY",
    "SIGNED_WITH",
    "LAUNCHED",
    "ANNOUNCED_AT",
    "AFFILIATED_WITH",
    "HELD_IN",
    "PART_OF",
    "MEMBER_OF",
]
Verdict: TypeAlias = Literal["same", "different", "unsure"]


class Claim(TypedDict):
    id: str
    relation: RelationType
    subject: EntityRef
    object: EntityRef
    modality: Modality
    confidence: float
    rule: str
    document: DocumentRef
    evidence: list[Evidence]
    role: str | None
    topic: str | None
    at: EntityRef | None
    date_from: str | None
    date_to: str | None
    date_precision: str | None
    extractor: str | None
    status: str | None
    correction: str | None


class Count(TypedDict):
    name: str
    count: int


class Decision(TypedDict):
    id: str
    verdict: Verdict
    type: EntityType
    a: str
    b: str
    a_key: str
    b_key: str
    a_name: str
    b_name: str
    by: str
    at: str
    why: str | None
    undone_at: str | None
    undone_by: str | None


class DocumentDetail(TypedDict):
    id: str
    key: str
    title: str | None
    date: str | None
    source: str | None
    url: str | None
    text: str
    mentions: list[DocumentMention]
    claims: list[Claim]


class DocumentMention(TypedDict):
    entity: EntitySummary
    name: str
    spans: list[list[Any]]


class DocumentRef(TypedDict):
    id: str
    key: str
    title: str | None
    date: str | None
    source: str | None
    url: str | None


class DocumentSummary(TypedDict):
    id: str
    key: str
    title: str | None
    date: str | None
    source: str | None
    url: str | None
    claims: int
    entities: int


class Edge(TypedDict):
    head: str
    relation: RelationType
    tail: str
    support: int
    planned: int
    denied: int
    claims: int
    confidence: float
    roles: list[str]
    first_date: str | None
    last_date: str | None
    quote: str
    document_id: str


class EntityDetail(TypedDict):
    id: str
    type: EntityType
    name: str
    aliases: list[str]
    documents: int
    claims: int
    first_date: str | None
    last_date: str | None
    relations: list[RelationCount]
    series: Series | None
    former: list[str]


class EntityRef(TypedDict):
    id: str
    type: EntityType
    name: str


class EntitySummary(TypedDict):
    id: str
    type: EntityType
    name: str
    aliases: list[str]
    documents: int


class Evidence(TypedDict):
    start: int
    end: int
    quote: str


class Feature(TypedDict):
    name: str
    value: str
    points: float
    explanation: str


class Health(TypedDict):
    status: str
    database: str | None


class Member(TypedDict):
    key: str
    documents: int
    mentions: list[MemberMention]


class MemberMention(TypedDict):
    id: str
    name: str
    document: str
    title: str | None
    date: str | None
    posts: list[Post]


class Named(TypedDict):
    type: EntityType
    name: str


class Neighbour(TypedDict):
    entity: EntitySummary
    direction: Literal["out", "in"]
    edge: Edge


class NewClaim(TypedDict):
    by: str
    why: NotRequired[str | None]
    relation: RelationType
    subject: Named
    object: Named
    quote: str
    modality: NotRequired[Modality]
    role: NotRequired[str | None]
    topic: NotRequired[str | None]
    at: NotRequired[str | None]
    date_from: NotRequired[str | None]
    date_to: NotRequired[str | None]
    date_precision: NotRequired[Literal["day", "month", "year"] | None]


class NewCorrection(TypedDict):
    by: str
    why: NotRequired[str | None]
    action: Literal["accept", "reject", "edit"]
    changes: NotRequired[dict[str, str | None]]


class NewDecision(TypedDict):
    by: str
    why: NotRequired[str | None]
    verdict: Verdict
    a: str
    b: str


class Ontology(TypedDict):
    entities: list[OntologyEntity]
    relations: list[OntologyRelation]


class OntologyEntity(TypedDict):
    type: str
    zh: str


class OntologyRelation(TypedDict):
    type: str
    zh: str
    en: str
    heads: list[str]
    tails: list[str]
    symmetric: bool


class Path(TypedDict):
    entities: list[EntitySummary]
    edges: list[PathEdge]


class PathEdge(TypedDict):
    edge: Edge
    evidence: list[Claim]


class Post(TypedDict):
    name: str
    role: str | None


class RecordedCorrection(TypedDict):
    id: str
    action: Action
    document: str
    document_id: str
    claim: str | None
    changes: dict[str, Any]
    by: str
    at: str
    why: str | None
    undone_at: str | None
    undone_by: str | None
    applies: bool


class RelationCount(TypedDict):
    relation: RelationType
    direction: Literal["out", "in"]
    count: int


class ReviewPair(TypedDict):
    a: EntitySummary
    b: EntitySummary
    score: float
    features: list[Feature]


class Series(TypedDict):
    id: str
    name: str
    editions: list[EntityRef]


class Statistics(TypedDict):
    documents: int
    mentions: int
    claims: int
    entities: int
    series: int
    edges: int
    first_date: str | None
    last_date: str | None
    entities_by_type: list[Count]
    edges_by_relation: list[Count]
    claims_by_relation: list[Count]
    claims_by_modality: list[Count]


class Total(TypedDict):
    count: int
    exact: bool


class Client(Transport):
    """The service; see `Transport` for how to open it."""

    def entities(
        self, *, q: str, type: list[EntityType] | None = None, limit: int | None = None
    ) -> Iterator[EntitySummary]:
        """Search entities by name.

        Args:
            q: Words; Chinese ones match any part of a name.
            type: Only these types; may be repeated.
            limit: Items a page.
        """
        answer: Iterator[EntitySummary] = self._pages("/v1/entities", {"q": q, "type": type, "limit": limit})
        return answer

    def entity(self, id: str) -> EntityDetail:
        """One entity."""
        answer: EntityDetail = self._json("GET", path_of("/v1/entities/{id}", id=id), {})
        return answer

    def entity_members(self, id: str, *, mentions: int | None = None) -> Iterator[Member]:
        """What was joined to an entity.

        Args:
            mentions: Mentions of each, at most.
        """
        answer: Iterator[Member] = self._pages(path_of("/v1/entities/{id}/members", id=id), {"mentions": mentions})
        return answer

    def entity_claims(
        self,
        id: str,
        *,
        relation: list[RelationType] | None = None,
        modality: list[Modality] | None = None,
        limit: int | None = None,
    ) -> Iterator[Claim]:
        """The claims that speak of an entity, with their quotes.

        Args:
            relation: Only these; may be repeated.
            modality: Only these; may be repeated.
            limit: Items a page.
        """
        answer: Iterator[Claim] = self._pages(
            path_of("/v1/entities/{id}/claims", id=id), {"relation": relation, "modality": modality, "limit": limit}
        )
        return answer

    def entity_neighbours(
        self,
        id: str,
        *,
        relation: list[RelationType] | None = None,
        type: list[EntityType] | None = None,
        direction: Literal["out", "in"] | None = None,
        modality: Modality | None = None,
        min_support: int | None = None,
        limit: int | None = None,
    ) -> Iterator[Neighbour]:
        """The edges of an entity and their other ends.

        Args:
            relation: Only these; may be repeated.
            type: Only these types; may be repeated.
            direction: Edges that leave it (out) or reach it (in).
            modality: Edges that were held, or are planned; denied facts are no edges.
            min_support: Documents that say so, at least.
            limit: Items a page.
        """
        answer: Iterator[Neighbour] = self._pages(
            path_of("/v1/entities/{id}/neighbours", id=id),
            {
                "relation": relation,
                "type": type,
                "direction": direction,
                "modality": modality,
                "min_support": min_support,
                "limit": limit,
            },
        )
        return answer

    def institutions(
        self,
        *,
        min_documents: int | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        limit: int | None = None,
    ) -> Iterator[EntitySummary]:
        """List institutions (机构).

        Args:
            min_documents: Documents that name it, at least.
            date_from: Only from this day on (YYYY-MM-DD), by date of publication.
            date_to: Only up to this day (YYYY-MM-DD), by date of publication.
            limit: Items a page.
        """
        answer: Iterator[EntitySummary] = self._pages(
            "/v1/institutions",
            {"min_documents": min_documents, "date_from": date_from, "date_to": date_to, "limit": limit},
        )
        return answer

    def forums(
        self,
        *,
        min_documents: int | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        limit: int | None = None,
    ) -> Iterator[EntitySummary]:
        """List forums (论坛).

        Args:
            min_documents: Documents that name it, at least.
            date_from: Only from this day on (YYYY-MM-DD), by date of publication.
            date_to: Only up to this day (YYYY-MM-DD), by date of publication.
            limit: Items a page.
        """
        answer: Iterator[EntitySummary] = self._pages(
            "/v1/forums", {"min_documents": min_documents, "date_from": date_from, "date_to": date_to, "limit": limit}
        )
        return answer

    def initiatives(
        self,
        *,
        min_documents: int | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        limit: int | None = None,
    ) -> Iterator[EntitySummary]:
        """List initiatives (倡议).

        Args:
            min_documents: Documents that name it, at least.
            date_from: Only from this day on (YYYY-MM-DD), by date of publication.
            date_to: Only up to this day (YYYY-MM-DD), by date of publication.
            limit: Items a page.
        """
        answer: Iterator[EntitySummary] = self._pages(
            "/v1/initiatives",
            {"min_documents": min_documents, "date_from": date_from, "date_to": date_to, "limit": limit},
        )
        return answer

    def people(
        self,
        *,
        min_documents: int | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        limit: int | None = None,
    ) -> Iterator[EntitySummary]:
        """List people (人物).

        Args:
            min_documents: Documents that name it, at least.
            date_from: Only from this day on (YYYY-MM-DD), by date of publication.
            date_to: Only up to this day (YYYY-MM-DD), by date of publication.
            limit: Items a page.
        """
        answer: Iterator[EntitySummary] = self._pages(
            "/v1/people", {"min_documents": min_documents, "date_from": date_from, "date_to": date_to, "limit": limit}
        )
        return answer

    def places(
        self,
        *,
        min_documents: int | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        limit: int | None = None,
    ) -> Iterator[EntitySummary]:
        """List places (地点).

        Args:
            min_documents: Documents that name it, at least.
            date_from: Only from this day on (YYYY-MM-DD), by date of publication.
            date_to: Only up to this day (YYYY-MM-DD), by date of publication.
            limit: Items a page.
        """
        answer: Iterator[EntitySummary] = self._pages(
            "/v1/places", {"min_documents": min_documents, "date_from": date_from, "date_to": date_to, "limit": limit}
        )
        return answer

    def documents(
        self,
        *,
        q: str | None = None,
        source: str | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        limit: int | None = None,
    ) -> Iterator[DocumentSummary]:
        """List or search documents.

        Args:
            q: Words that headline or text hold.
            source: Only of this publisher.
            date_from: Only from this day on (YYYY-MM-DD), by date of publication.
            date_to: Only up to this day (YYYY-MM-DD), by date of publication.
            limit: Items a page.
        """
        answer: Iterator[DocumentSummary] = self._pages(
            "/v1/documents", {"q": q, "source": source, "date_from": date_from, "date_to": date_to, "limit": limit}
        )
        return answer

    def document(self, id: str) -> DocumentDetail:
        """One document with its entities and claims."""
        answer: DocumentDetail = self._json("GET", path_of("/v1/documents/{id}", id=id), {})
        return answer

    def create_document_claim(self, id: str, body: NewClaim) -> Claim:
        """Add a claim that was missed."""
        answer: Claim = self._json("POST", path_of("/v1/documents/{id}/claims", id=id), {}, body)
        return answer

    def review(
        self, *, type: list[EntityType] | None = None, min_score: float | None = None, limit: int | None = None
    ) -> Iterator[ReviewPair]:
        """List pairs of entities to decide on.

        Args:
            type: Only these types; may be repeated.
            min_score: Only from this score on.
            limit: Items a page.
        """
        answer: Iterator[ReviewPair] = self._pages("/v1/review", {"type": type, "min_score": min_score, "limit": limit})
        return answer

    def decisions(self, *, in_force: bool | None = None, limit: int | None = None) -> Iterator[Decision]:
        """List decisions on identity.

        Args:
            in_force: Only those in force (true), or only those that were undone (false).
            limit: Items a page.
        """
        answer: Iterator[Decision] = self._pages("/v1/decisions", {"in_force": in_force, "limit": limit})
        return answer

    def create_decision(self, body: NewDecision) -> Decision:
        """Decide whether two things are one."""
        answer: Decision = self._json("POST", "/v1/decisions", {}, body)
        return answer

    def decision(self, id: str) -> Decision:
        """One decision."""
        answer: Decision = self._json("GET", path_of("/v1/decisions/{id}", id=id), {})
        return answer

    def delete_decision(self, id: str, *, by: str) -> Decision:
        """Undo a decision.

        Args:
            by: Who does it.
        """
        answer: Decision = self._json("DELETE", path_of("/v1/decisions/{id}", id=id), {"by": by})
        return answer

    def claim(self, id: str) -> Claim:
        """One claim."""
        answer: Claim = self._json("GET", path_of("/v1/claims/{id}", id=id), {})
        return answer

    def create_claim_correction(self, id: str, body: NewCorrection) -> RecordedCorrection:
        """Accept, reject or edit a claim."""
        answer: RecordedCorrection = self._json("POST", path_of("/v1/claims/{id}/corrections", id=id), {}, body)
        return answer

    def corrections(self, *, in_force: bool | None = None, limit: int | None = None) -> Iterator[RecordedCorrection]:
        """List corrections of claims.

        Args:
            in_force: Only those in force (true), or only those that were undone (false).
            limit: Items a page.
        """
        answer: Iterator[RecordedCorrection] = self._pages("/v1/corrections", {"in_force": in_force, "limit": limit})
        return answer

    def correction(self, id: str) -> RecordedCorrection:
        """One correction."""
        answer: RecordedCorrection = self._json("GET", path_of("/v1/corrections/{id}", id=id), {})
        return answer

    def delete_correction(self, id: str, *, by: str) -> RecordedCorrection:
        """Undo a correction.

        Args:
            by: Who does it.
        """
        answer: RecordedCorrection = self._json("DELETE", path_of("/v1/corrections/{id}", id=id), {"by": by})
        return answer

    def paths(
        self, *, from_: str, to: str, relation: list[RelationType] | None = None, modality: Modality | None = None
    ) -> Path:
        """The shortest path of two entities.

        Args:
            from_: Id of one entity.
            to: Id of the other.
            relation: Only these; may be repeated.
            modality: Only edges that were held, or are planned.
        """
        answer: Path = self._json(
            "GET", "/v1/paths", {"from": from_, "to": to, "relation": relation, "modality": modality}
        )
        return answer

    def changes(self, *, since: int | None = None) -> Iterator[dict[str, Any]]:
        """What has changed since a revision.

        Args:
            since: A revision told before; 0 for everything.
        """
        answer: Iterator[dict[str, Any]] = self._lines("/v1/changes", {"since": since})
        return answer

    def statistics(self) -> Statistics:
        """How much of everything there is."""
        answer: Statistics = self._json("GET", "/v1/statistics", {})
        return answer

    def ontology(self) -> Ontology:
        """The types of entities and relations."""
        answer: Ontology = self._json("GET", "/v1/ontology", {})
        return answer

    def export(
        self,
        *,
        format: Literal["graphml", "node-link", "gexf", "csv", "xlsx", "parquet", "cypher", "jsonld", "turtle"]
        | None = None,
        seed: str | None = None,
        depth: int | None = None,
        type: list[EntityType] | None = None,
        relation: list[RelationType] | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        limit: int | None = None,
        claims: bool | None = None,
    ) -> Iterator[bytes]:
        """The graph, or a part of it, as a file.

        Args:
            format: File format; without it by `Accept`, else GraphML.
            seed: Id of an entity: only what lies around it.
            depth: Edges away from the seed.
            type: Only these types; may be repeated.
            relation: Only these; may be repeated.
            date_from: Only edges of this day (YYYY-MM-DD) or later, and the entities at them.
            date_to: Only edges of this day or earlier, and the entities at them.
            limit: Entities at most; without it all, around a seed 10,000.
            claims: With the claims behind the edges; not in GraphML and GEXF.
        """
        answer: Iterator[bytes] = self._bytes(
            "/v1/export",
            {
                "format": format,
                "seed": seed,
                "depth": depth,
                "type": type,
                "relation": relation,
                "date_from": date_from,
                "date_to": date_to,
                "limit": limit,
                "claims": claims,
            },
        )
        return answer

    def health_live(self) -> Health:
        """Is the process up?"""
        answer: Health = self._json("GET", "/health/live", {})
        return answer

    def health_ready(self) -> Health:
        """Does the database answer?"""
        answer: Health = self._json("GET", "/health/ready", {})
        return answer
