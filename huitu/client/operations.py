"""The operations of the service. Made by ``python -m huitu.client_source``: do not edit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

from huitu.client.transport import Transport, path_of

Action: TypeAlias = Literal["accept", "reject", "edit", "add"]
By: TypeAlias = Literal["published", "loaded"]
EntityType: TypeAlias = Literal["Person", "Organization", "Forum", "Initiative", "Place"]
Measure: TypeAlias = Literal["degree", "betweenness", "closeness"]
Modality: TypeAlias = Literal["held", "planned", "denied"]
Part: TypeAlias = Literal[
    "host",
    "co-host",
    "organiser",
    "supporter",
    "speaker",
    "attendee",
    "venue",
    "sub-forum",
    "partner",
    "launcher",
    "announced",
    "member",
    "post",
]
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
Scope: TypeAlias = Literal["read", "export", "cypher", "ingest", "review", "metrics", "admin"]
Sort: TypeAlias = Literal["role", "support", "date", "id"]
Verdict: TypeAlias = Literal["same", "different", "unsure"]


class Announcement(TypedDict):
    entity: EntitySummary
    status: Modality
    launchers: list[Launcher]
    evidence: list[Claim]


class Appearance(TypedDict):
    forum: EntityRef
    year: int | None
    status: Modality
    edge: Edge
    evidence: list[Claim]


class Central(TypedDict):
    entity: EntitySummary
    score: float
    neighbours: int


class Centrality(TypedDict):
    measure: Measure
    entities: int
    edges: int
    items: list[Central]


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
    engines: list[str]


class Common(TypedDict):
    entity: EntitySummary
    one: list[Fact]
    other: list[Fact]


class Community(TypedDict):
    size: int
    members: list[EntityRef]


class Companion(TypedDict):
    entity: EntitySummary
    forums: int
    shared: list[Shared]


class Conflict(TypedDict):
    kind: str
    entity: EntityRef
    statements: list[list[Any]]
    other: EntityRef | None
    relation: RelationType | None


class Count(TypedDict):
    name: str
    count: int


class Days(TypedDict):
    date_from: str
    date_to: str
    precision: str
    status: Modality
    documents: int
    evidence: list[Claim]


class Deal(TypedDict):
    head: EntitySummary
    relation: RelationType
    tail: EntitySummary
    status: Modality
    documents: int
    evidence: list[Claim]


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


class Edition(TypedDict):
    forum: EntitySummary
    first_day: str | None
    last_day: str | None
    places: list[Fact]
    hosts: list[Fact]
    speakers: int
    attendees: int


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


class ExtractedText(TypedDict):
    text: str
    title: NotRequired[str | None]
    date: NotRequired[str | None]


class Fact(TypedDict):
    entity: EntitySummary
    role: Part
    status: Modality
    edge: Edge
    evidence: list[Claim]


class Feature(TypedDict):
    name: str
    value: str
    points: float
    explanation: str


class ForumDetail(TypedDict):
    entity: EntitySummary
    series: SeriesRef | None
    days: list[Days]
    places: list[Fact]
    part_of: list[Fact]
    counts: dict[str, int]


class Health(TypedDict):
    status: str
    database: str | None


class Held(TypedDict):
    person: EntityRef
    organization: EntityRef
    title: str | None
    status: Modality
    documents: int
    first_date: str | None
    last_date: str | None
    evidence: list[Claim]


class InducedSubgraph(TypedDict):
    entities: list[EntitySummary]
    edges: list[Edge]


class Item(TypedDict):
    number: int
    kind: Literal["text", "document", "file", "url", "feed", "part"]
    name: str
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    document: str | None
    claims: int
    problem: dict[str, Any] | None


class Job(TypedDict):
    id: str
    state: Literal["waiting", "running", "finished", "cancelled"]
    created: str
    finished: str | None
    documents: int
    waiting: int
    done: int
    failed: int
    cancelled: int
    claims: int


class Launcher(TypedDict):
    entity: EntitySummary
    here: bool
    status: Modality
    evidence: list[Claim]


class Match(TypedDict):
    entity: EntitySummary
    score: float
    meant: bool
    features: list[Feature]


class MatchRequest(TypedDict):
    names: list[NameToMatch]
    limit: NotRequired[int]


class MatchResponse(TypedDict):
    items: list[Matches]


class Matches(TypedDict):
    name: str
    matches: list[Match]


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


class NameToMatch(TypedDict):
    name: str
    types: NotRequired[list[EntityType]]
    organization: NotRequired[str | None]


class Named(TypedDict):
    type: EntityType
    name: str


class Nearby(TypedDict):
    entity: EntitySummary
    distance: int


class Neighbour(TypedDict):
    entity: EntitySummary
    direction: Literal["out", "in"]
    edge: Edge


class NewClaim(TypedDict):
    by: NotRequired[str | None]
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
    by: NotRequired[str | None]
    why: NotRequired[str | None]
    action: Literal["accept", "reject", "edit"]
    changes: NotRequired[dict[str, str | None]]


class NewDecision(TypedDict):
    by: NotRequired[str | None]
    why: NotRequired[str | None]
    verdict: Verdict
    a: str
    b: str


class NewJob(TypedDict):
    documents: NotRequired[list[NewText]]
    urls: NotRequired[list[str]]
    feeds: NotRequired[list[str]]
    date: NotRequired[str | None]


class NewQuery(TypedDict):
    query: str
    parameters: NotRequired[dict[str, Any]]
    limit: NotRequired[int]


class NewSession(TypedDict):
    key: str


class NewText(TypedDict):
    text: str
    doc: NotRequired[str | None]
    title: NotRequired[str | None]
    date: NotRequired[str | None]
    source: NotRequired[str | None]
    url: NotRequired[str | None]


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


class Pair(TypedDict):
    a: EntityRef
    b: EntityRef
    forums: int
    shared: list[EntityRef]


class Partner(TypedDict):
    entity: EntitySummary
    status: Modality
    edge: Edge
    signings: list[Signing]


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


class Routes(TypedDict):
    paths: list[Path]
    length: int
    complete: bool


class Series(TypedDict):
    id: str
    name: str
    editions: list[EntityRef]


class SeriesRef(TypedDict):
    id: str
    name: str
    aliases: list[str]
    editions: int


class Session(TypedDict):
    name: str | None
    scopes: list[Scope]


class Shared(TypedDict):
    forum: EntityRef
    mine: list[Part]
    theirs: list[Part]
    evidence: list[Claim]


class Signing(TypedDict):
    date_from: str | None
    date_to: str | None
    at: EntityRef | None
    what: list[str]
    status: Modality
    evidence: list[Claim]


class Speaker(TypedDict):
    entity: EntitySummary
    status: Modality
    edge: Edge
    topics: list[str]
    posts: list[Held]
    evidence: list[Claim]


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


class VeteranSpeaker(TypedDict):
    entity: EntitySummary
    years: list[int]
    appearances: list[Appearance]


class Candidate(TypedDict):
    id: str
    type: str
    name: str
    posts: list[str]


class Client(Transport):
    """The service; see `Transport` for how to open it."""

    def entities(
        self,
        *,
        q: str,
        type: list[EntityType] | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        limit: int | None = None,
    ) -> Iterator[EntitySummary]:
        """Search by name or pinyin.

        Args:
            q: Words or pinyin; Chinese words match any part of a name.
            type: Only these types; may be repeated.
            date_from: Only from this day on (YYYY-MM-DD), by date of publication.
            date_to: Only up to this day (YYYY-MM-DD), by date of publication.
            limit: Items a page.
        """
        answer: Iterator[EntitySummary] = self._pages(
            "/v1/entities", {"q": q, "type": type, "date_from": date_from, "date_to": date_to, "limit": limit}
        )
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
        true_on: str | None = None,
        known_on: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Neighbour]:
        """The edges of an entity and their other ends.

        Args:
            relation: Only these; may be repeated.
            type: Only these types; may be repeated.
            direction: Edges that leave it (out) or reach it (in).
            modality: Edges that were held, or are planned; denied facts are no edges.
            min_support: Documents that say so, at least.
            true_on: Only what had come about by this day (YYYY-MM-DD).
            known_on: Only what documents published by this day (YYYY-MM-DD) say.
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
                "true_on": true_on,
                "known_on": known_on,
                "limit": limit,
            },
        )
        return answer

    def entity_conflicts(self, id: str, *, limit: int | None = None, evidence: int | None = None) -> Iterator[Conflict]:
        """Where documents disagree on an entity.

        Args:
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
        """
        answer: Iterator[Conflict] = self._pages(
            path_of("/v1/entities/{id}/conflicts", id=id), {"limit": limit, "evidence": evidence}
        )
        return answer

    def entity_nearby(
        self,
        id: str,
        *,
        depth: int | None = None,
        relation: list[RelationType] | None = None,
        type: list[EntityType] | None = None,
        limit: int | None = None,
        evidence: int | None = None,
    ) -> Iterator[Nearby]:
        """What lies around an entity.

        Args:
            depth: Edges away from it.
            relation: Only these; may be repeated.
            type: Only these types; may be repeated.
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
        """
        answer: Iterator[Nearby] = self._pages(
            path_of("/v1/entities/{id}/nearby", id=id),
            {"depth": depth, "relation": relation, "type": type, "limit": limit, "evidence": evidence},
        )
        return answer

    def entity_common(
        self,
        id: str,
        *,
        with_: str,
        relation: list[RelationType] | None = None,
        type: list[EntityType] | None = None,
        limit: int | None = None,
        evidence: int | None = None,
    ) -> Iterator[Common]:
        """What two entities are both related to.

        Args:
            with_: Id or name of the other.
            relation: Only these; may be repeated.
            type: Only these types; may be repeated.
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
        """
        answer: Iterator[Common] = self._pages(
            path_of("/v1/entities/{id}/common", id=id),
            {"with": with_, "relation": relation, "type": type, "limit": limit, "evidence": evidence},
        )
        return answer

    def entity_centrality(
        self,
        id: str,
        *,
        measure: Measure,
        depth: int | None = None,
        relation: list[RelationType] | None = None,
        type: list[EntityType] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        evidence: int | None = None,
    ) -> Centrality:
        """Who is central around an entity.

        Args:
            measure: By how many relations, by short paths through it, by nearness.
            depth: Edges away from it.
            relation: Only these; may be repeated.
            type: Only these types; may be repeated.
            limit: Items a page.
            cursor: `next` of the page before.
            evidence: Claims shown of each fact, the best ones.
        """
        answer: Centrality = self._json(
            "GET",
            path_of("/v1/entities/{id}/centrality", id=id),
            {
                "measure": measure,
                "depth": depth,
                "relation": relation,
                "type": type,
                "limit": limit,
                "cursor": cursor,
                "evidence": evidence,
            },
        )
        return answer

    def entity_communities(
        self,
        id: str,
        *,
        depth: int | None = None,
        relation: list[RelationType] | None = None,
        limit: int | None = None,
        evidence: int | None = None,
    ) -> Iterator[Community]:
        """The communities around an entity.

        Args:
            depth: Edges away from it.
            relation: Only these; may be repeated.
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
        """
        answer: Iterator[Community] = self._pages(
            path_of("/v1/entities/{id}/communities", id=id),
            {"depth": depth, "relation": relation, "limit": limit, "evidence": evidence},
        )
        return answer

    def edges(self, *, entity: list[str]) -> InducedSubgraph:
        """The edges among some entities.

        Args:
            entity: Id of an entity; may be repeated.
        """
        answer: InducedSubgraph = self._json("GET", "/v1/edges", {"entity": entity})
        return answer

    def edges_claims(self, *, head: str, relation: RelationType, tail: str, limit: int | None = None) -> list[Claim]:
        """The claims behind one edge.

        Args:
            head: Id of the entity where it begins.
            relation: Its type.
            tail: Id of the entity where it ends.
            limit: Claims at most.
        """
        answer: list[Claim] = self._json(
            "GET", "/v1/edges/claims", {"head": head, "relation": relation, "tail": tail, "limit": limit}
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

    def institution(self, id: str) -> EntityDetail:
        """One institution."""
        answer: EntityDetail = self._json("GET", path_of("/v1/institutions/{id}", id=id), {})
        return answer

    def institution_forums(
        self,
        id: str,
        *,
        role: list[Literal["host", "co-host", "organiser", "supporter", "attendee"]] | None = None,
        sort: Sort | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        min_support: int | None = None,
        min_confidence: float | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
    ) -> Iterator[Fact]:
        """The forums of an institution, by role.

        Args:
            role: Only in these roles; may be repeated.
            sort: By role and then support, by support, by date (the latest first), or by id: …
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            min_support: Documents that say so, at least.
            min_confidence: Confidence of the best claim, at least.
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            source: Only what a document of this publisher says.
        """
        answer: Iterator[Fact] = self._pages(
            path_of("/v1/institutions/{id}/forums", id=id),
            {
                "role": role,
                "sort": sort,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "min_support": min_support,
                "min_confidence": min_confidence,
                "date_from": date_from,
                "date_to": date_to,
                "source": source,
            },
        )
        return answer

    def institution_partners(
        self,
        id: str,
        *,
        sort: Sort | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        min_support: int | None = None,
        min_confidence: float | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
    ) -> Iterator[Partner]:
        """With whom an institution signed: when, what, at which forum.

        Args:
            sort: By role and then support, by support, by date (the latest first), or by id: …
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            min_support: Documents that say so, at least.
            min_confidence: Confidence of the best claim, at least.
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            source: Only what a document of this publisher says.
        """
        answer: Iterator[Partner] = self._pages(
            path_of("/v1/institutions/{id}/partners", id=id),
            {
                "sort": sort,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "min_support": min_support,
                "min_confidence": min_confidence,
                "date_from": date_from,
                "date_to": date_to,
                "source": source,
            },
        )
        return answer

    def institution_co_hosts(
        self,
        id: str,
        *,
        role: list[Literal["host", "co-host", "organiser", "supporter"]] | None = None,
        min_forums: int | None = None,
        shown: int | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
    ) -> Iterator[Companion]:
        """With whom an institution hosts forums.

        Args:
            role: Only in these roles; may be repeated.
            min_forums: Forums that both host, at least.
            shown: Forums shown of each.
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
        """
        answer: Iterator[Companion] = self._pages(
            path_of("/v1/institutions/{id}/co-hosts", id=id),
            {
                "role": role,
                "min_forums": min_forums,
                "shown": shown,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "date_from": date_from,
                "date_to": date_to,
            },
        )
        return answer

    def institution_people(
        self,
        id: str,
        *,
        title: str | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
    ) -> Iterator[Held]:
        """The people of an institution and their posts, with dates.

        Args:
            title: Only titles that hold this.
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
        """
        answer: Iterator[Held] = self._pages(
            path_of("/v1/institutions/{id}/people", id=id),
            {
                "title": title,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "date_from": date_from,
                "date_to": date_to,
            },
        )
        return answer

    def institution_initiatives(
        self,
        id: str,
        *,
        role: list[Literal["launcher", "member"]] | None = None,
        sort: Sort | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        min_support: int | None = None,
        min_confidence: float | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
    ) -> Iterator[Fact]:
        """What an institution launched or is a member of.

        Args:
            role: Only in these roles; may be repeated.
            sort: By role and then support, by support, by date (the latest first), or by id: …
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            min_support: Documents that say so, at least.
            min_confidence: Confidence of the best claim, at least.
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            source: Only what a document of this publisher says.
        """
        answer: Iterator[Fact] = self._pages(
            path_of("/v1/institutions/{id}/initiatives", id=id),
            {
                "role": role,
                "sort": sort,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "min_support": min_support,
                "min_confidence": min_confidence,
                "date_from": date_from,
                "date_to": date_to,
                "source": source,
            },
        )
        return answer

    def institution_members(
        self,
        id: str,
        *,
        role: list[Literal["launcher", "member"]] | None = None,
        sort: Sort | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        min_support: int | None = None,
        min_confidence: float | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
    ) -> Iterator[Fact]:
        """The launchers and members of an institution.

        Args:
            role: Only in these roles; may be repeated.
            sort: By role and then support, by support, by date (the latest first), or by id: …
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            min_support: Documents that say so, at least.
            min_confidence: Confidence of the best claim, at least.
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            source: Only what a document of this publisher says.
        """
        answer: Iterator[Fact] = self._pages(
            path_of("/v1/institutions/{id}/members", id=id),
            {
                "role": role,
                "sort": sort,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "min_support": min_support,
                "min_confidence": min_confidence,
                "date_from": date_from,
                "date_to": date_to,
                "source": source,
            },
        )
        return answer

    def institution_timeline(
        self,
        id: str,
        *,
        relation: list[RelationType] | None = None,
        status: Literal["held", "planned"] | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        latest_first: bool | None = None,
        limit: int | None = None,
        evidence: int | None = None,
    ) -> Iterator[Claim]:
        """What an institution did, day by day.

        Args:
            relation: Only these; may be repeated.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            latest_first: The latest first.
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
        """
        answer: Iterator[Claim] = self._pages(
            path_of("/v1/institutions/{id}/timeline", id=id),
            {
                "relation": relation,
                "status": status,
                "date_from": date_from,
                "date_to": date_to,
                "latest_first": latest_first,
                "limit": limit,
                "evidence": evidence,
            },
        )
        return answer

    def forum(
        self, id: str, *, limit: int | None = None, cursor: str | None = None, evidence: int | None = None
    ) -> ForumDetail:
        """One forum: place and dates, series, what it is part of.

        Args:
            limit: Items a page.
            cursor: `next` of the page before.
            evidence: Claims shown of each fact, the best ones.
        """
        answer: ForumDetail = self._json(
            "GET", path_of("/v1/forums/{id}", id=id), {"limit": limit, "cursor": cursor, "evidence": evidence}
        )
        return answer

    def forum_hosts(
        self,
        id: str,
        *,
        role: list[Literal["host", "co-host", "organiser", "supporter"]] | None = None,
        sort: Sort | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        min_support: int | None = None,
        min_confidence: float | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
    ) -> Iterator[Fact]:
        """Who hosts a forum, and in which role.

        Args:
            role: Only in these roles; may be repeated.
            sort: By role and then support, by support, by date (the latest first), or by id: …
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            min_support: Documents that say so, at least.
            min_confidence: Confidence of the best claim, at least.
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            source: Only what a document of this publisher says.
        """
        answer: Iterator[Fact] = self._pages(
            path_of("/v1/forums/{id}/hosts", id=id),
            {
                "role": role,
                "sort": sort,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "min_support": min_support,
                "min_confidence": min_confidence,
                "date_from": date_from,
                "date_to": date_to,
                "source": source,
            },
        )
        return answer

    def forum_speakers(
        self,
        id: str,
        *,
        sort: Sort | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        min_support: int | None = None,
        min_confidence: float | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
    ) -> Iterator[Speaker]:
        """Who speaks at a forum, on what, and with which posts then.

        Args:
            sort: By role and then support, by support, by date (the latest first), or by id: …
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            min_support: Documents that say so, at least.
            min_confidence: Confidence of the best claim, at least.
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            source: Only what a document of this publisher says.
        """
        answer: Iterator[Speaker] = self._pages(
            path_of("/v1/forums/{id}/speakers", id=id),
            {
                "sort": sort,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "min_support": min_support,
                "min_confidence": min_confidence,
                "date_from": date_from,
                "date_to": date_to,
                "source": source,
            },
        )
        return answer

    def forum_attendees(
        self,
        id: str,
        *,
        sort: Sort | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        min_support: int | None = None,
        min_confidence: float | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
    ) -> Iterator[Fact]:
        """Who attends a forum.

        Args:
            sort: By role and then support, by support, by date (the latest first), or by id: …
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            min_support: Documents that say so, at least.
            min_confidence: Confidence of the best claim, at least.
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            source: Only what a document of this publisher says.
        """
        answer: Iterator[Fact] = self._pages(
            path_of("/v1/forums/{id}/attendees", id=id),
            {
                "sort": sort,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "min_support": min_support,
                "min_confidence": min_confidence,
                "date_from": date_from,
                "date_to": date_to,
                "source": source,
            },
        )
        return answer

    def forum_signings(
        self,
        id: str,
        *,
        parts: bool | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
    ) -> Iterator[Deal]:
        """What was signed at a forum, and by whom.

        Args:
            parts: Also what was done at its sub-forums.
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
        """
        answer: Iterator[Deal] = self._pages(
            path_of("/v1/forums/{id}/signings", id=id),
            {"parts": parts, "limit": limit, "evidence": evidence, "status": status},
        )
        return answer

    def forum_announcements(
        self,
        id: str,
        *,
        parts: bool | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
    ) -> Iterator[Announcement]:
        """What was announced at a forum, and by whom.

        Args:
            parts: Also what was done at its sub-forums.
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
        """
        answer: Iterator[Announcement] = self._pages(
            path_of("/v1/forums/{id}/announcements", id=id),
            {"parts": parts, "limit": limit, "evidence": evidence, "status": status},
        )
        return answer

    def forum_sub_forums(
        self,
        id: str,
        *,
        sort: Sort | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        min_support: int | None = None,
        min_confidence: float | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
    ) -> Iterator[Fact]:
        """The sub-forums of a forum.

        Args:
            sort: By role and then support, by support, by date (the latest first), or by id: …
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            min_support: Documents that say so, at least.
            min_confidence: Confidence of the best claim, at least.
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            source: Only what a document of this publisher says.
        """
        answer: Iterator[Fact] = self._pages(
            path_of("/v1/forums/{id}/sub-forums", id=id),
            {
                "sort": sort,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "min_support": min_support,
                "min_confidence": min_confidence,
                "date_from": date_from,
                "date_to": date_to,
                "source": source,
            },
        )
        return answer

    def forum_timeline(
        self,
        id: str,
        *,
        relation: list[RelationType] | None = None,
        status: Literal["held", "planned"] | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        latest_first: bool | None = None,
        limit: int | None = None,
        evidence: int | None = None,
    ) -> Iterator[Claim]:
        """What happened at and around a forum, day by day.

        Args:
            relation: Only these; may be repeated.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            latest_first: The latest first.
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
        """
        answer: Iterator[Claim] = self._pages(
            path_of("/v1/forums/{id}/timeline", id=id),
            {
                "relation": relation,
                "status": status,
                "date_from": date_from,
                "date_to": date_to,
                "latest_first": latest_first,
                "limit": limit,
                "evidence": evidence,
            },
        )
        return answer

    def series(
        self, *, min_editions: int | None = None, limit: int | None = None, evidence: int | None = None
    ) -> Iterator[SeriesRef]:
        """List series of forums.

        Args:
            min_editions: Editions, at least.
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
        """
        answer: Iterator[SeriesRef] = self._pages(
            "/v1/series", {"min_editions": min_editions, "limit": limit, "evidence": evidence}
        )
        return answer

    def one_series(self, id: str, *, limit: int | None = None, evidence: int | None = None) -> Iterator[Edition]:
        """The editions of a series side by side.

        Args:
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
        """
        answer: Iterator[Edition] = self._pages(
            path_of("/v1/series/{id}", id=id), {"limit": limit, "evidence": evidence}
        )
        return answer

    def one_series_speakers(
        self,
        id: str,
        *,
        min_editions: int | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
    ) -> Iterator[VeteranSpeaker]:
        """Who spoke at forums of one series in different years.

        Args:
            min_editions: Editions, at least.
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
        """
        answer: Iterator[VeteranSpeaker] = self._pages(
            path_of("/v1/series/{id}/speakers", id=id),
            {"min_editions": min_editions, "limit": limit, "evidence": evidence, "status": status},
        )
        return answer

    def initiative(self, id: str) -> EntityDetail:
        """One initiative."""
        answer: EntityDetail = self._json("GET", path_of("/v1/initiatives/{id}", id=id), {})
        return answer

    def initiative_launchers(
        self,
        id: str,
        *,
        sort: Sort | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        min_support: int | None = None,
        min_confidence: float | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
    ) -> Iterator[Fact]:
        """Who launched an initiative.

        Args:
            sort: By role and then support, by support, by date (the latest first), or by id: …
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            min_support: Documents that say so, at least.
            min_confidence: Confidence of the best claim, at least.
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            source: Only what a document of this publisher says.
        """
        answer: Iterator[Fact] = self._pages(
            path_of("/v1/initiatives/{id}/launchers", id=id),
            {
                "sort": sort,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "min_support": min_support,
                "min_confidence": min_confidence,
                "date_from": date_from,
                "date_to": date_to,
                "source": source,
            },
        )
        return answer

    def initiative_announcements(
        self,
        id: str,
        *,
        sort: Sort | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        min_support: int | None = None,
        min_confidence: float | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
    ) -> Iterator[Fact]:
        """At which forums an initiative was announced.

        Args:
            sort: By role and then support, by support, by date (the latest first), or by id: …
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            min_support: Documents that say so, at least.
            min_confidence: Confidence of the best claim, at least.
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            source: Only what a document of this publisher says.
        """
        answer: Iterator[Fact] = self._pages(
            path_of("/v1/initiatives/{id}/announcements", id=id),
            {
                "sort": sort,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "min_support": min_support,
                "min_confidence": min_confidence,
                "date_from": date_from,
                "date_to": date_to,
                "source": source,
            },
        )
        return answer

    def initiative_members(
        self,
        id: str,
        *,
        sort: Sort | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        min_support: int | None = None,
        min_confidence: float | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
    ) -> Iterator[Fact]:
        """The members of an initiative.

        Args:
            sort: By role and then support, by support, by date (the latest first), or by id: …
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            min_support: Documents that say so, at least.
            min_confidence: Confidence of the best claim, at least.
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            source: Only what a document of this publisher says.
        """
        answer: Iterator[Fact] = self._pages(
            path_of("/v1/initiatives/{id}/members", id=id),
            {
                "sort": sort,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "min_support": min_support,
                "min_confidence": min_confidence,
                "date_from": date_from,
                "date_to": date_to,
                "source": source,
            },
        )
        return answer

    def initiative_timeline(
        self,
        id: str,
        *,
        relation: list[RelationType] | None = None,
        status: Literal["held", "planned"] | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        latest_first: bool | None = None,
        limit: int | None = None,
        evidence: int | None = None,
    ) -> Iterator[Claim]:
        """What became of an initiative, day by day.

        Args:
            relation: Only these; may be repeated.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            latest_first: The latest first.
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
        """
        answer: Iterator[Claim] = self._pages(
            path_of("/v1/initiatives/{id}/timeline", id=id),
            {
                "relation": relation,
                "status": status,
                "date_from": date_from,
                "date_to": date_to,
                "latest_first": latest_first,
                "limit": limit,
                "evidence": evidence,
            },
        )
        return answer

    def person(self, id: str) -> EntityDetail:
        """One person."""
        answer: EntityDetail = self._json("GET", path_of("/v1/people/{id}", id=id), {})
        return answer

    def person_forums(
        self,
        id: str,
        *,
        role: list[Literal["speaker", "attendee"]] | None = None,
        sort: Sort | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        min_support: int | None = None,
        min_confidence: float | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
    ) -> Iterator[Fact]:
        """The forums at which a person spoke or was present.

        Args:
            role: Only in these roles; may be repeated.
            sort: By role and then support, by support, by date (the latest first), or by id: …
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            min_support: Documents that say so, at least.
            min_confidence: Confidence of the best claim, at least.
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            source: Only what a document of this publisher says.
        """
        answer: Iterator[Fact] = self._pages(
            path_of("/v1/people/{id}/forums", id=id),
            {
                "role": role,
                "sort": sort,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "min_support": min_support,
                "min_confidence": min_confidence,
                "date_from": date_from,
                "date_to": date_to,
                "source": source,
            },
        )
        return answer

    def person_posts(
        self,
        id: str,
        *,
        title: str | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
    ) -> Iterator[Held]:
        """The posts of a person over time.

        Args:
            title: Only titles that hold this.
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
        """
        answer: Iterator[Held] = self._pages(
            path_of("/v1/people/{id}/posts", id=id),
            {
                "title": title,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "date_from": date_from,
                "date_to": date_to,
            },
        )
        return answer

    def person_co_speakers(
        self,
        id: str,
        *,
        role: list[Literal["speaker", "attendee"]] | None = None,
        min_forums: int | None = None,
        shown: int | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
    ) -> Iterator[Companion]:
        """With whom a person was at forums.

        Args:
            role: Only in these roles; may be repeated.
            min_forums: Forums that both were at, at least.
            shown: Forums shown of each.
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
        """
        answer: Iterator[Companion] = self._pages(
            path_of("/v1/people/{id}/co-speakers", id=id),
            {
                "role": role,
                "min_forums": min_forums,
                "shown": shown,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "date_from": date_from,
                "date_to": date_to,
            },
        )
        return answer

    def person_initiatives(
        self,
        id: str,
        *,
        sort: Sort | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        min_support: int | None = None,
        min_confidence: float | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
    ) -> Iterator[Fact]:
        """What a person launched or is a member of.

        Args:
            sort: By role and then support, by support, by date (the latest first), or by id: …
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            min_support: Documents that say so, at least.
            min_confidence: Confidence of the best claim, at least.
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            source: Only what a document of this publisher says.
        """
        answer: Iterator[Fact] = self._pages(
            path_of("/v1/people/{id}/initiatives", id=id),
            {
                "sort": sort,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "min_support": min_support,
                "min_confidence": min_confidence,
                "date_from": date_from,
                "date_to": date_to,
                "source": source,
            },
        )
        return answer

    def person_timeline(
        self,
        id: str,
        *,
        relation: list[RelationType] | None = None,
        status: Literal["held", "planned"] | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        latest_first: bool | None = None,
        limit: int | None = None,
        evidence: int | None = None,
    ) -> Iterator[Claim]:
        """What a person did, day by day.

        Args:
            relation: Only these; may be repeated.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            latest_first: The latest first.
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
        """
        answer: Iterator[Claim] = self._pages(
            path_of("/v1/people/{id}/timeline", id=id),
            {
                "relation": relation,
                "status": status,
                "date_from": date_from,
                "date_to": date_to,
                "latest_first": latest_first,
                "limit": limit,
                "evidence": evidence,
            },
        )
        return answer

    def place(self, id: str) -> EntityDetail:
        """One place."""
        answer: EntityDetail = self._json("GET", path_of("/v1/places/{id}", id=id), {})
        return answer

    def place_forums(
        self,
        id: str,
        *,
        role: list[Literal["venue", "host", "co-host", "organiser", "supporter"]] | None = None,
        sort: Sort | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        min_support: int | None = None,
        min_confidence: float | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
    ) -> Iterator[Fact]:
        """What was held in a place.

        Args:
            role: Only in these roles; may be repeated.
            sort: By role and then support, by support, by date (the latest first), or by id: …
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            min_support: Documents that say so, at least.
            min_confidence: Confidence of the best claim, at least.
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            source: Only what a document of this publisher says.
        """
        answer: Iterator[Fact] = self._pages(
            path_of("/v1/places/{id}/forums", id=id),
            {
                "role": role,
                "sort": sort,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "min_support": min_support,
                "min_confidence": min_confidence,
                "date_from": date_from,
                "date_to": date_to,
                "source": source,
            },
        )
        return answer

    def place_timeline(
        self,
        id: str,
        *,
        relation: list[RelationType] | None = None,
        status: Literal["held", "planned"] | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        latest_first: bool | None = None,
        limit: int | None = None,
        evidence: int | None = None,
    ) -> Iterator[Claim]:
        """What happened in and around a place, day by day.

        Args:
            relation: Only these; may be repeated.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
            latest_first: The latest first.
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
        """
        answer: Iterator[Claim] = self._pages(
            path_of("/v1/places/{id}/timeline", id=id),
            {
                "relation": relation,
                "status": status,
                "date_from": date_from,
                "date_to": date_to,
                "latest_first": latest_first,
                "limit": limit,
                "evidence": evidence,
            },
        )
        return answer

    def networks_co_appearance(
        self,
        *,
        role: list[Literal["speaker", "attendee"]] | None = None,
        series: str | None = None,
        min_forums: int | None = None,
        shown: int | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
    ) -> Iterator[Pair]:
        """The network of people who are at the same forums.

        Args:
            role: Only in these roles; may be repeated.
            series: Only at editions of this series, by id or name.
            min_forums: Forums that two share, at least.
            shown: Forums shown of each pair.
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
        """
        answer: Iterator[Pair] = self._pages(
            "/v1/networks/co-appearance",
            {
                "role": role,
                "series": series,
                "min_forums": min_forums,
                "shown": shown,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "date_from": date_from,
                "date_to": date_to,
            },
        )
        return answer

    def networks_co_hosting(
        self,
        *,
        role: list[Literal["host", "co-host", "organiser", "supporter"]] | None = None,
        series: str | None = None,
        min_forums: int | None = None,
        shown: int | None = None,
        limit: int | None = None,
        evidence: int | None = None,
        status: Literal["held", "planned"] | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
    ) -> Iterator[Pair]:
        """The network of institutions that host the same forums.

        Args:
            role: Only in these roles; may be repeated.
            series: Only at editions of this series, by id or name.
            min_forums: Forums that two share, at least.
            shown: Forums shown of each pair.
            limit: Items a page.
            evidence: Claims shown of each fact, the best ones.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            date_from: Only what lasted until this day (YYYY-MM-DD) or longer.
            date_to: Only what began on this day (YYYY-MM-DD) or earlier.
        """
        answer: Iterator[Pair] = self._pages(
            "/v1/networks/co-hosting",
            {
                "role": role,
                "series": series,
                "min_forums": min_forums,
                "shown": shown,
                "limit": limit,
                "evidence": evidence,
                "status": status,
                "date_from": date_from,
                "date_to": date_to,
            },
        )
        return answer

    def feed(
        self,
        *,
        format: Literal["json", "atom"] | None = None,
        about: str | None = None,
        relation: list[RelationType] | None = None,
        by: By | None = None,
        since: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        evidence: int | None = None,
    ) -> Iterator[bytes]:
        """What is new, as a feed (JSON Feed or Atom).

        Args:
            format: Without it, what `Accept` prefers, else JSON Feed.
            about: Only what names this: id or name.
            relation: Only these; may be repeated.
            by: New by publication, or by when it was first loaded.
            since: Only from this day on (YYYY-MM-DD), by that time.
            limit: Items a page.
            cursor: `next` of the page before.
            evidence: Claims shown of each fact, the best ones.
        """
        answer: Iterator[bytes] = self._bytes(
            "/v1/feed",
            {
                "format": format,
                "about": about,
                "relation": relation,
                "by": by,
                "since": since,
                "limit": limit,
                "cursor": cursor,
                "evidence": evidence,
            },
        )
        return answer

    def match(self, body: MatchRequest) -> MatchResponse:
        """Match many names with entities."""
        answer: MatchResponse = self._json("POST", "/v1/match", {}, body)
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

    def delete_document(self, id: str) -> Any:
        """Delete a document."""
        answer: Any = self._json("DELETE", path_of("/v1/documents/{id}", id=id), {})
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

    def delete_decision(self, id: str, *, by: str | None = None) -> Decision:
        """Undo a decision.

        Args:
            by: Who does it; as a rule the key.
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

    def delete_correction(self, id: str, *, by: str | None = None) -> RecordedCorrection:
        """Undo a correction.

        Args:
            by: Who does it; as a rule the key.
        """
        answer: RecordedCorrection = self._json("DELETE", path_of("/v1/corrections/{id}", id=id), {"by": by})
        return answer

    def create_job(self, body: NewJob) -> Job:
        """Ingest texts, addresses and feeds."""
        answer: Job = self._json("POST", "/v1/jobs", {}, body)
        return answer

    def jobs(
        self, *, state: Literal["waiting", "running", "finished", "cancelled"] | None = None, limit: int | None = None
    ) -> Iterator[Job]:
        """List jobs.

        Args:
            state: Only those in this state.
            limit: Items a page.
        """
        answer: Iterator[Job] = self._pages("/v1/jobs", {"state": state, "limit": limit})
        return answer

    def job(self, id: str) -> Job:
        """One job."""
        answer: Job = self._json("GET", path_of("/v1/jobs/{id}", id=id), {})
        return answer

    def delete_job(self, id: str) -> Any:
        """Cancel and forget a job."""
        answer: Any = self._json("DELETE", path_of("/v1/jobs/{id}", id=id), {})
        return answer

    def job_documents(
        self,
        id: str,
        *,
        state: Literal["waiting", "running", "done", "failed", "cancelled"] | None = None,
        limit: int | None = None,
    ) -> Iterator[Item]:
        """The documents of a job.

        Args:
            state: Only those in this state.
            limit: Items a page.
        """
        answer: Iterator[Item] = self._pages(
            path_of("/v1/jobs/{id}/documents", id=id), {"state": state, "limit": limit}
        )
        return answer

    def cancel_job(self, id: str) -> Job:
        """Cancel a job."""
        answer: Job = self._json("POST", path_of("/v1/jobs/{id}/cancel", id=id), {})
        return answer

    def retry_job(self, id: str) -> Job:
        """Try again what failed of a job."""
        answer: Job = self._json("POST", path_of("/v1/jobs/{id}/retry", id=id), {})
        return answer

    def extract(self, body: ExtractedText) -> dict[str, Any]:
        """Extract without loading."""
        answer: dict[str, Any] = self._json("POST", "/v1/extract", {}, body)
        return answer

    def cypher(self, body: NewQuery) -> Any:
        """Run a reading Cypher query."""
        answer: Any = self._json("POST", "/v1/cypher", {}, body)
        return answer

    def paths(
        self, *, from_: str, to: str, relation: list[RelationType] | None = None, modality: Modality | None = None
    ) -> Path:
        """The shortest path of two entities, with its sentences.

        Args:
            from_: Id or name of one entity.
            to: Id or name of the other.
            relation: Only these; may be repeated.
            modality: Only edges that were held, or are planned.
        """
        answer: Path = self._json(
            "GET", "/v1/paths", {"from": from_, "to": to, "relation": relation, "modality": modality}
        )
        return answer

    def paths_all(
        self,
        *,
        from_: str,
        to: str,
        relation: list[RelationType] | None = None,
        status: Literal["held", "planned"] | None = None,
        length: int | None = None,
        limit: int | None = None,
        evidence: int | None = None,
    ) -> Routes:
        """All short paths of two entities, with their sentences.

        Args:
            from_: Id or name of one entity.
            to: Id or name of the other.
            relation: Only these; may be repeated.
            status: Only what took place (`held`), or only what is planned and no more (`planned`).
            length: Edges at most.
            limit: Paths at most.
            evidence: Claims shown of each edge.
        """
        answer: Routes = self._json(
            "GET",
            "/v1/paths/all",
            {
                "from": from_,
                "to": to,
                "relation": relation,
                "status": status,
                "length": length,
                "limit": limit,
                "evidence": evidence,
            },
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

    def session(self) -> Session:
        """Who asks, and what they may do."""
        answer: Session = self._json("GET", "/v1/session", {})
        return answer

    def create_session(self, body: NewSession) -> Session:
        """Open a session."""
        answer: Session = self._json("POST", "/v1/session", {}, body)
        return answer

    def delete_session(self) -> Any:
        """End the session."""
        answer: Any = self._json("DELETE", "/v1/session", {})
        return answer

    def export(
        self,
        *,
        format: Literal["graphml", "node-link", "gexf", "csv", "xlsx", "parquet", "cypher", "jsonld", "turtle"]
        | None = None,
        seed: str | None = None,
        q: str | None = None,
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
            q: Words or pinyin, as in `/v1/entities`: only what lies around the entities found.
            depth: Edges away from the seed or what is found.
            type: Only these types; may be repeated.
            relation: Only these; may be repeated.
            date_from: Only edges of this day (YYYY-MM-DD) or later, and the entities at them.
            date_to: Only edges of this day or earlier, and the entities at them.
            limit: Entities at most; without it all, around a seed or `q` 10,000.
            claims: With the claims behind the edges; not in GraphML and GEXF.
        """
        answer: Iterator[bytes] = self._bytes(
            "/v1/export",
            {
                "format": format,
                "seed": seed,
                "q": q,
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
