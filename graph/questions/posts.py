"""Posts of people as documents tell them (任职): of one person, at one institution, at the time of a speech."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.client import Graph, Row
from graph.paging import decode, paged
from graph.questions.facts import ANY, BEFORE_ALL, FIRST, Filters, Paging
from graph.questions.records import Held
from graph.records import Claim, Page
from graph.rows import claim_of, entity_ref
from graph.schema import Modality

__all__ = ["claims_by_id", "claims_of", "posts", "posts_at", "row_status"]


def posts(
    graph: Graph, id: str, filters: Filters = ANY, *, title: str | None = None, paging: Paging = FIRST
) -> Page[Held]:
    """The posts of a person, or those that people have at an organization or place; the latest told first.

    Args:
        graph: where.
        id: of the person, organization or place.
        filters: status and dates; what else they hold does not count here.
        title: only posts whose title holds these words.
        paging: which page.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    dated, person, organization, role = decode(paging.cursor, (BEFORE_ALL, "", "", ""))
    row = graph.read(
        "list_posts",
        id=id,
        status=filters.status and filters.status.value,
        date_from=filters.date_from,
        date_to=filters.date_to,
        title=title,
        dated=dated,
        person=person,
        organization=organization,
        role=role,
        limit=paging.limit + 1,
        evidence=paging.evidence,
    )[0]
    rows = row["items"]
    claims = claims_by_id(graph, rows[: paging.limit])
    return paged(
        rows,
        paging.limit,
        row["total"],
        lambda each: _held(each, claims),
        lambda last: (last["dated"], last["person"]["id"], last["organization"]["id"], last["role"] or ""),
    )


def posts_at(graph: Graph, forum: str, people: Sequence[str], day: str | None) -> dict[str, tuple[Held, ...]]:
    """The posts of people when they spoke at a forum, by person.

    Args:
        graph: where.
        forum: the forum's id.
        people: their ids.
        day: the forum's day, by which the post told nearest is chosen where no document on the speech tells one.
    """
    if not people:
        return {}
    rows = graph.read("list_speaker_posts", forum=forum, people=list(people), day=day, limit=1)
    claims = claims_by_id(graph, rows)
    found: dict[str, list[Held]] = {id: [] for id in people}
    for row in rows:
        found[row["person"]["id"]].append(_held(row, claims))
    return {id: tuple(held) for id, held in found.items()}


def claims_by_id(graph: Graph, rows: Iterable[Row]) -> dict[str, Claim]:
    """The claims whose ids stand in ``claims`` of some rows."""
    ids = sorted({id for row in rows for id in row["claims"]})
    return {row["claim"]["id"]: claim_of(row) for row in graph.read("read_claims", ids=ids)} if ids else {}


def claims_of(row: Row, claims: dict[str, Claim]) -> tuple[Claim, ...]:
    """The claims of a row, in its order, out of those of `claims_by_id`."""
    return tuple(claims[id] for id in row["claims"])


def row_status(row: Row) -> Modality:
    """Held where a claim of the row says so, else planned."""
    return Modality.HELD if row["held"] else Modality.PLANNED


def _held(row: Row, claims: dict[str, Claim]) -> Held:
    return Held(
        entity_ref(row["person"]),
        entity_ref(row["organization"]),
        row["role"],
        row_status(row),
        row["documents"],
        row["first_date"],
        row["last_date"],
        claims_of(row, claims),
    )
