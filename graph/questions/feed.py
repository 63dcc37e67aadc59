"""What is new: documents with what they state, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.client import Graph, Row
from graph.paging import decode, encode
from graph.questions.facts import FIRST, Paging
from graph.questions.posts import claims_by_id, claims_of
from graph.records import Claim, DocumentRef
from graph.schema import RelationType

__all__ = ["By", "New", "news"]

_AFTER_ALL = "~"


class By(StrEnum):
    """By which time documents are new."""

    PUBLISHED = "published"
    LOADED = "loaded"


@dataclass(frozen=True, slots=True)
class New:
    """A document, when it was first loaded (ISO 8601), and some of its claims, the most confident first."""

    document: DocumentRef
    loaded: str
    claims: tuple[Claim, ...]


def news(
    graph: Graph,
    *,
    by: By = By.PUBLISHED,
    since: str | None = None,
    entity: str | None = None,
    relations: Sequence[RelationType] = (),
    paging: Paging = FIRST,
) -> tuple[tuple[New, ...], str | None]:
    """Documents that state something, the latest first.

    Args:
        graph: where.
        by: by which time.
        since: only those of this day (``YYYY-MM-DD``) or later, by that time.
        entity: only documents that name the entity with this id; of their claims only those on it.
        relations: only documents that state one of these; none means any.
        paging: which page; ``evidence`` claims a document.

    Returns:
        The documents, and the cursor of the next page.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    time, id = decode(paging.cursor, (_AFTER_ALL, ""))
    rows = graph.read(
        "list_new_documents",
        by=by.value,
        since=since,
        entity=entity,
        relations=[each.value for each in relations or RelationType],
        time=time,
        id=id,
        limit=paging.limit + 1,
        shown=paging.evidence,
    )
    shown = rows[: paging.limit]
    claims = claims_by_id(graph, shown)

    def new(row: Row) -> New:
        return New(DocumentRef(**row["document"]), row["loaded"], claims_of(row, claims))

    following = encode((shown[-1]["time"], shown[-1]["document"]["id"])) if len(rows) > len(shown) else None
    return tuple(map(new, shown)), following
