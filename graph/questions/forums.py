"""Forums: place and dates, who takes what part, what was signed and announced there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.client import Graph, Row
from graph.paging import decode, paged
from graph.questions.facts import ANY, BEFORE_ALL, FIRST, PARTS, Filters, Paging, Sort, behind, facts, status_of
from graph.questions.posts import claims_by_id, claims_of, posts_at, row_status
from graph.questions.records import Announcement, Days, Deal, Fact, ForumDetail, Launcher, Part, Speaker
from graph.records import Claim, Edge, EntitySummary, Page
from graph.rows import edge_of, entity_summary, series_ref
from graph.schema import EDGE_TYPES, RELATIONS, RelationType

__all__ = ["announcements", "days_of", "forum", "signings", "speakers"]

_TOPICS_FROM = 10
"""Claims of a speech that are looked at for its topics."""


def forum(graph: Graph, entity: EntitySummary, *, evidence: int = 3) -> ForumDetail:
    """A forum with its place, dates, series, and what it is part of.

    Args:
        graph: where.
        entity: the forum.
        evidence: claims a fact.
    """
    row = graph.read("read_forum", id=entity.id, relations=list(EDGE_TYPES))[0]
    counts: dict[Part, int] = {}
    for each in row["counts"]:
        relation = RelationType(each["relation"])
        if relation is RelationType.PART_OF and each["direction"] == "out":
            continue
        counts[PARTS[relation]] = each["count"]
    paging = Paging(limit=100, evidence=evidence)
    return ForumDetail(
        entity,
        row["series"] and series_ref(row["series"]),
        days_of(graph, [entity.id], evidence=evidence)[entity.id],
        facts(graph, entity.id, [(RelationType.HELD_IN, "out")], paging=paging).items,
        facts(graph, entity.id, [(RelationType.PART_OF, "out")], paging=paging).items,
        counts,
    )


def days_of(graph: Graph, ids: Sequence[str], *, evidence: int = 3) -> dict[str, tuple[Days, ...]]:
    """When forums took or take place, by forum: held before planned, then what the most documents say."""
    rows = graph.read("read_days", ids=list(ids), evidence=evidence)
    claims = claims_by_id(graph, rows)
    found: dict[str, list[Days]] = {id: [] for id in ids}
    for row in rows:
        found[row["forum"]].append(
            Days(
                row["date_from"],
                row["date_to"],
                row["date_precision"],
                row_status(row),
                row["documents"],
                claims_of(row, claims),
            )
        )
    return {id: tuple(days) for id, days in found.items()}


def speakers(
    graph: Graph, id: str, filters: Filters = ANY, *, sort: Sort = Sort.ROLE, paging: Paging = FIRST
) -> Page[Speaker]:
    """Who speaks at a forum, on what, and with which posts at that time.

    Args:
        graph: where.
        id: the forum's id.
        filters: which speeches count.
        sort: in which order.
        paging: which page.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    wider = replace(paging, evidence=max(paging.evidence, _TOPICS_FROM))
    page = facts(graph, id, [(RelationType.SPEAKER_AT, "in")], filters, sort=sort, paging=wider)
    days = [each.date_from for each in days_of(graph, [id], evidence=0)[id]]
    days += sorted(each.edge.first_date for each in page.items if each.edge.first_date)
    posts = posts_at(graph, id, [each.entity.id for each in page.items], days[0] if days else None)

    def speaker(fact: Fact) -> Speaker:
        topics = tuple(sorted({claim.topic for claim in fact.evidence if claim.topic}))
        shown = fact.evidence[: paging.evidence]
        return Speaker(fact.entity, fact.status, fact.edge, topics, posts[fact.entity.id], shown)

    return Page(tuple(map(speaker, page.items)), page.total, page.next)


def signings(
    graph: Graph, id: str, filters: Filters = ANY, *, parts: bool = False, paging: Paging = FIRST
) -> Page[Deal]:
    """What was signed at a forum, by whom and with whom.

    Args:
        graph: where.
        id: the forum's id.
        filters: only their status counts here.
        parts: also what was done at its sub-forums.
        paging: which page.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    documents, relation, head, tail = decode(paging.cursor, (BEFORE_ALL, "", "", ""))
    row = graph.read(
        "list_deals",
        id=id,
        parts=parts,
        relations=[RelationType.SIGNED_WITH.value],
        symmetric=[kind.value for kind, spec in RELATIONS.items() if spec.symmetric],
        status=filters.status and filters.status.value,
        documents=documents,
        relation=relation,
        head=head,
        tail=tail,
        limit=paging.limit + 1,
        evidence=paging.evidence,
    )[0]
    rows = row["items"]
    claims = claims_by_id(graph, rows[: paging.limit])

    def deal(row: Row) -> Deal:
        head, tail = entity_summary(row["head"]), entity_summary(row["tail"])
        relation = RelationType(row["relation"])
        return Deal(head, relation, tail, row_status(row), row["documents"], claims_of(row, claims))

    return paged(
        rows,
        paging.limit,
        row["total"],
        deal,
        lambda last: (-last["documents"], last["relation"], last["head"]["id"], last["tail"]["id"]),
    )


def announcements(
    graph: Graph, id: str, filters: Filters = ANY, *, parts: bool = False, paging: Paging = FIRST
) -> Page[Announcement]:
    """What was announced or launched at a forum, and by whom.

    Args:
        graph: where.
        id: the forum's id.
        filters: only their status counts here.
        parts: also what was done at its sub-forums.
        paging: which page.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    support, thing = decode(paging.cursor, (BEFORE_ALL, ""))
    row = graph.read(
        "list_announcements",
        id=id,
        parts=parts,
        status=filters.status and filters.status.value,
        support=support,
        thing=thing,
        limit=paging.limit + 1,
    )[0]
    rows = row["items"]
    shown = rows[: paging.limit]
    launches = claims_by_id(graph, shown)
    edges = [edge_of(each["edge"]) for row in shown for each in row["launchers"]]
    edges += [edge_of(row["announced"]) for row in shown if row["announced"]]
    claims = behind(graph, edges, paging.evidence)

    def of(edge: Edge) -> tuple[Claim, ...]:
        return claims[edge.head, edge.relation.value, edge.tail]

    def launcher(row: Row) -> Launcher:
        edge = edge_of(row["edge"])
        return Launcher(entity_summary(row["entity"]), row["here"], status_of(edge), of(edge))

    def announcement(row: Row) -> Announcement:
        found = of(edge_of(row["announced"])) if row["announced"] else claims_of(row, launches)[: paging.evidence]
        return Announcement(
            entity_summary(row["entity"]), row_status(row), tuple(map(launcher, row["launchers"])), tuple(found)
        )

    return paged(rows, paging.limit, row["total"], announcement, lambda last: (last["support"], last["entity"]["id"]))
