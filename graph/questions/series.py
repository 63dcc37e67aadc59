"""Series of forums (论坛系列): all of them, their editions side by side, who spoke at several editions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.client import Graph, Row
from graph.paging import decode, paged
from graph.questions.facts import ANY, BEFORE_ALL, FIRST, PARTS, Filters, Paging, behind, status_of
from graph.questions.forums import days_of
from graph.questions.records import Appearance, Edition, Fact, VeteranSpeaker
from graph.records import Page, SeriesRef
from graph.rows import edge_of, entity_ref, entity_summary, series_ref
from graph.schema import RelationType

__all__ = ["editions", "series", "speakers"]

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def series(graph: Graph, *, min_editions: int = 1, paging: Paging = FIRST) -> Page[SeriesRef]:
    """Series of forums, those with the most editions first.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    count, id = decode(paging.cursor, (BEFORE_ALL, ""))
    row = graph.read("list_series", min_editions=min_editions, editions=count, series=id, limit=paging.limit + 1)[0]
    return paged(row["items"], paging.limit, row["total"], series_ref, lambda last: (-last["editions"], last["id"]))


def editions(graph: Graph, id: str, *, paging: Paging = FIRST) -> Page[Edition]:
    """The editions of a series side by side, the earliest first: days, places, hosts by role, numbers of people.

    Args:
        graph: where.
        id: the series' id.
        paging: which page; ``evidence`` claims a host or place.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    dated, forum = decode(paging.cursor, ("", ""))
    row = graph.read("list_editions", id=id, dated=dated, forum=forum, limit=paging.limit + 1)[0]
    rows = row["items"]
    shown = rows[: paging.limit]
    days = days_of(graph, [each["entity"]["id"] for each in shown], evidence=0)
    claims = behind(graph, [edge_of(edge) for each in shown for edge in each["edges"]], paging.evidence)

    def fact(row: Row) -> Fact:
        edge = edge_of(row)
        found = claims[edge.head, edge.relation.value, edge.tail]
        return Fact(entity_summary(row["entity"]), PARTS[edge.relation], status_of(edge), edge, found)

    def edition(row: Row) -> Edition:
        facts = sorted(map(fact, row["edges"]), key=lambda each: list(PARTS).index(each.edge.relation))
        when = days[row["entity"]["id"]]
        return Edition(
            entity_summary(row["entity"]),
            when[0].date_from if when else None,
            when[0].date_to if when else None,
            tuple(each for each in facts if each.edge.relation is RelationType.HELD_IN),
            tuple(each for each in facts if each.edge.relation is not RelationType.HELD_IN),
            row["speakers"],
            row["attendees"],
        )

    return paged(rows, paging.limit, row["total"], edition, lambda last: (last["dated"], last["entity"]["id"]))


def speakers(
    graph: Graph, id: str, filters: Filters = ANY, *, min_editions: int = 2, paging: Paging = FIRST
) -> Page[VeteranSpeaker]:
    """Who spoke at several editions of a series, those at the most editions first.

    Args:
        graph: where.
        id: the series' id.
        filters: only their status counts here.
        min_editions: at how many.
        paging: which page; ``evidence`` claims a speech.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    count, person = decode(paging.cursor, (BEFORE_ALL, ""))
    row = graph.read(
        "list_series_speakers",
        id=id,
        min_editions=min_editions,
        statuses=filters.statuses,
        editions=count,
        person=person,
        limit=paging.limit + 1,
    )[0]
    rows = row["items"]
    edges = [edge_of(edge) for each in rows[: paging.limit] for edge in each["edges"]]
    claims = behind(graph, edges, paging.evidence)

    def appearance(row: Row) -> Appearance:
        edge = edge_of(row)
        found = claims[edge.head, edge.relation.value, edge.tail]
        return Appearance(
            entity_ref(row["forum"]), _year(row["forum"]["name"], edge.first_date), status_of(edge), edge, found
        )

    def speaker(row: Row) -> VeteranSpeaker:
        found = tuple(map(appearance, row["edges"]))
        return VeteranSpeaker(entity_summary(row["entity"]), _years(found), found)

    return paged(rows, paging.limit, row["total"], speaker, lambda last: (-last["editions"], last["entity"]["id"]))


def _years(appearances: Iterable[Appearance]) -> tuple[int, ...]:
    return tuple(sorted({each.year for each in appearances if each.year is not None}))


def _year(name: str, day: str | None) -> int | None:
    told = _YEAR.search(name)
    if told:
        return int(told[0])
    return int(day[:4]) if day else None
