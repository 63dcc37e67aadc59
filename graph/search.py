"""Search by name, by other names and acronyms, and by pinyin, with counts by type and by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.client import Graph, Row
from graph.fulltext import lucene_query
from graph.identity import entity_id
from graph.names.pinyin import pinyin_query
from graph.paging import decode, paged
from graph.records import Count, EntitySummary, Page, SeriesRef
from graph.rows import entity_summary, series_ref
from graph.schema import EntityType

__all__ = ["Found", "search"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search finds.

    Args:
        page: entities, in the order of their ranks.
        types: how many there are of each type, whatever types were chosen.
        years: how many of those on all pages were first named in each year, as far as documents are dated.
        series: series of forums of that name, those with the most editions first; with the first page only, and where
            forums are wanted.
    """

    page: Page[EntitySummary]
    types: tuple[Count, ...] = ()
    years: tuple[Count, ...] = ()
    series: tuple[SeriesRef, ...] = ()


def search(
    graph: Graph,
    wording: str,
    *,
    types: Iterable[EntityType] = (),
    date_from: str | None = None,
    date_to: str | None = None,
    series: int = 5,
    limit: int = 20,
    cursor: str | None = None,
) -> Found:
    """Entities one of whose names holds each word of ``wording``, or whose pinyin it is, in full or as initials.

    First come exact names, then names that begin so, then other names; then the same by pinyin. Within each the most
    often named come first.

    Args:
        graph: where.
        wording: words, separated by spaces; Chinese ones match any part of a name, Latin ones the start of a word.
        types: only these; none means all.
        date_from: only those named by a document of this day (``YYYY-MM-DD``) or later.
        date_to: only those named by a document of this day or earlier.
        series: series of forums at most.
        limit: entities a page.
        cursor: ``next`` of the page before.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    chosen = list(types)
    rank, documents, id = decode(cursor, (-1, 0, ""))
    query, typed = lucene_query(wording), pinyin_query(wording)
    if not query:
        return Found(Page((), 0))
    pinyin = [typed.lucene] if typed else []
    row = graph.read(
        "search_entities",
        query=query,
        ids=[entity_id(type, wording) for type in EntityType],
        wording=wording.strip().lower(),
        pinyin=pinyin,
        beginnings=list(typed.beginnings) if typed else [],
        initials=typed.initials if typed else "",
        types=[each.value for each in chosen or EntityType],
        date_from=date_from,
        date_to=date_to,
        rank=rank,
        documents=documents,
        id=id,
        limit=limit + 1,
    )[0]
    page = paged(
        row["items"],
        limit,
        row["total"],
        entity_summary,
        lambda last: (last["rank"], last["documents"], last["id"]),
    )
    with_series = cursor is None and series > 0 and (not chosen or EntityType.FORUM in chosen)
    rows = graph.read("search_series", query=query, pinyin=pinyin, limit=series) if with_series else []
    return Found(page, _counts(row["types"]), _counts(row["years"]), tuple(map(series_ref, rows)))


def _counts(rows: Iterable[Row]) -> tuple[Count, ...]:
    return tuple(Count(**row) for row in rows)
