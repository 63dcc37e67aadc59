"""What an entity is to others: its edges of some relations, with the claims behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph import queries
from graph.client import Graph, Row
from graph.paging import decode, paged
from graph.questions.records import Fact, Kind, Part
from graph.records import Claim, Direction, Edge, Page
from graph.rows import edge_of, entity_summary
from graph.schema import Modality, RelationType

__all__ = [
    "ANY",
    "BEFORE_ALL",
    "FIRST",
    "PARTS",
    "Filters",
    "Paging",
    "Sort",
    "behind",
    "facts",
    "kinds_of",
    "status_of",
]

PARTS: Mapping[RelationType, Part] = {
    RelationType.HOSTED_BY: Part.HOST,
    RelationType.CO_HOSTED_BY: Part.CO_HOST,
    RelationType.ORGANIZED_BY: Part.ORGANISER,
    RelationType.SUPPORTED_BY: Part.SUPPORTER,
    RelationType.SPEAKER_AT: Part.SPEAKER,
    RelationType.ATTENDED: Part.ATTENDEE,
    RelationType.HELD_IN: Part.VENUE,
    RelationType.PART_OF: Part.SUB_FORUM,
    RelationType.SIGNED_WITH: Part.PARTNER,
    RelationType.LAUNCHED: Part.LAUNCHER,
    RelationType.ANNOUNCED_AT: Part.ANNOUNCED,
    RelationType.MEMBER_OF: Part.MEMBER,
    RelationType.AFFILIATED_WITH: Part.POST,
}
"""The part that one end plays by each relation."""

BEFORE_ALL = -(2**61)


class Sort(StrEnum):
    """Orders of facts; only by id nothing is missed or met twice while edges change under a walk."""

    ROLE = "role"
    SUPPORT = "support"
    DATE = "date"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which edges count.

    Args:
        status: only those that took place (held), or only those that are planned and no more.
        min_support: only those that so many documents say were held.
        min_confidence: only those with so confident a claim, 0 to 1.
        date_from: only those of this day (``YYYY-MM-DD``) or later, by the dates of the edge.
        date_to: only those of this day or earlier.
        source: only those of which a document of this publisher speaks.
    """

    status: Modality | None = None
    min_support: int = 0
    min_confidence: float = 0.0
    date_from: str | None = None
    date_to: str | None = None
    source: str | None = None

    @property
    def statuses(self) -> list[str]:
        return [each.value for each in (Modality.HELD, Modality.PLANNED) if self.status in (None, each)]


ANY = Filters()


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page: ``limit`` items, after ``cursor`` (``next`` of the page before); ``evidence`` claims a fact."""

    limit: int = 20
    cursor: str | None = None
    evidence: int = 3


FIRST = Paging()


def facts(
    graph: Graph,
    id: str,
    kinds: Sequence[Kind],
    filters: Filters = ANY,
    *,
    sort: Sort = Sort.ROLE,
    paging: Paging = FIRST,
) -> Page[Fact]:
    """The edges of an entity that are of some kinds.

    Args:
        graph: where.
        id: the entity's id.
        kinds: relations with their direction as seen from it; in the order of roles, the first ones come first.
        filters: which of them count.
        sort: in which order.
        paging: which page.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    first, second, other, kind = decode(paging.cursor, (BEFORE_ALL, BEFORE_ALL, "", ""))
    row = graph.read(
        "list_facts",
        id=id,
        kinds=[f"{relation} {direction}" for relation, direction in kinds],
        relations=sorted({relation.value for relation, _ in kinds}),
        statuses=filters.statuses,
        min_support=filters.min_support,
        min_confidence=filters.min_confidence,
        date_from=filters.date_from,
        date_to=filters.date_to,
        source=filters.source,
        sort=sort.value,
        first=first,
        second=second,
        other=other,
        kind=kind,
        limit=paging.limit + 1,
    )[0]
    rows = row["items"]
    claims = behind(graph, [edge_of(each) for each in rows[: paging.limit]], paging.evidence)

    def fact(row: Row) -> Fact:
        edge = edge_of(row)
        return Fact(entity_summary(row["entity"]), PARTS[edge.relation], status_of(edge), edge, claims[_key(edge)])

    return paged(
        rows,
        paging.limit,
        row["total"],
        fact,
        lambda last: (last["first"], last["second"], last["entity"]["id"], last["kind"]),
    )


def behind(graph: Graph, edges: Sequence[Edge], limit: int) -> dict[tuple[str, str, str], tuple[Claim, ...]]:
    """The best claims behind some edges, by head, relation and tail; at most ``limit`` each."""
    wanted = {_key(edge): (edge.head, edge.relation, edge.tail) for edge in edges}
    if not wanted or limit == 0:
        return dict.fromkeys(wanted, ())
    found = queries.edge_claims(graph, list(wanted.values()), limit=limit)
    return dict(zip(wanted, found, strict=True))


def status_of(edge: Edge) -> Modality:
    """Held where any document says so, else planned."""
    return Modality.HELD if edge.support > 0 else Modality.PLANNED


def kinds_of(direction: Direction, *relations: RelationType) -> list[Kind]:
    """Some relations in one direction."""
    return [(relation, direction) for relation in relations]


def only(kinds: Sequence[Kind], roles: Sequence[str]) -> list[Kind]:
    """Those of some kinds by which one of the roles is played; without roles, all."""
    return [kind for kind in kinds if not roles or PARTS[kind[0]] in roles]


def _key(edge: Edge) -> tuple[str, str, str]:
    return edge.head, edge.relation.value, edge.tail
