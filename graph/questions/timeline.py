"""What happened around an entity, in the order of days (时间线)."""

from __future__ import annotations

from collections.abc import Sequence

from graph.client import Graph
from graph.paging import decode, paged
from graph.questions.facts import FIRST, Paging
from graph.questions.posts import claims_by_id
from graph.records import Claim, Page
from graph.schema import Modality, RelationType

__all__ = ["timeline"]

_AFTER_ALL = "~"


def timeline(
    graph: Graph,
    id: str,
    *,
    relations: Sequence[RelationType] = (),
    modalities: Sequence[Modality] = (Modality.HELD, Modality.PLANNED),
    date_from: str | None = None,
    date_to: str | None = None,
    latest_first: bool = False,
    paging: Paging = FIRST,
) -> Page[Claim]:
    """The claims on an entity in the order of their days; undated ones come last, rejected ones are left out.

    Args:
        graph: where.
        id: the entity's id.
        relations: only these; none means all.
        modalities: only these.
        date_from: only what lasted until this day (``YYYY-MM-DD``) or longer.
        date_to: only what began on this day or earlier.
        latest_first: in the other order.
        paging: which page.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    dated, claim = decode(paging.cursor, (_AFTER_ALL if latest_first else "", ""))
    row = graph.read(
        "list_timeline",
        id=id,
        relations=[each.value for each in relations or RelationType],
        modalities=[each.value for each in modalities],
        date_from=date_from,
        date_to=date_to,
        latest_first=latest_first,
        dated=dated,
        claim=claim,
        limit=paging.limit + 1,
    )[0]
    rows = row["items"]
    claims = claims_by_id(graph, [{"claims": [each["claim"] for each in rows]}])
    return paged(
        rows,
        paging.limit,
        row["total"],
        lambda each: claims[each["claim"]],
        lambda last: (last["dated"], last["claim"]),
    )
