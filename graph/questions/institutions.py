"""Institutions: with whom they signed, when, where and on what. What else they do are `graph.questions.facts`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.client import Graph
from graph.questions.facts import ANY, FIRST, Filters, Paging, Sort, facts
from graph.questions.records import Fact, Partner, Signing
from graph.records import Claim, Page
from graph.schema import Modality, RelationType

__all__ = ["partners"]

_SIGNINGS_FROM = 50
"""Claims of a pair that are looked at for its signings."""


def partners(
    graph: Graph, id: str, filters: Filters = ANY, *, sort: Sort = Sort.ROLE, paging: Paging = FIRST
) -> Page[Partner]:
    """Who has signed with an institution, with each signing.

    Args:
        graph: where.
        id: the institution's id.
        filters: which partners count.
        sort: in which order.
        paging: which page; ``evidence`` claims a signing.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    kinds = [(RelationType.SIGNED_WITH, "out"), (RelationType.SIGNED_WITH, "in")]
    wider = replace(paging, evidence=_SIGNINGS_FROM)
    page = facts(graph, id, kinds, filters, sort=sort, paging=wider)  # type: ignore[arg-type]

    def partner(fact: Fact) -> Partner:
        return Partner(fact.entity, fact.status, fact.edge, _signings(fact.evidence, paging.evidence))

    return Page(tuple(map(partner, page.items)), page.total, page.next)


def _signings(claims: Sequence[Claim], evidence: int) -> tuple[Signing, ...]:
    """Claims that agree on forum and days tell of one signing; denied ones of none."""
    found: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        if claim.modality is not Modality.DENIED:
            key = claim.date_from or "", claim.date_to or "", claim.at.id if claim.at else ""
            found.setdefault(key, []).append(claim)
    return tuple(_signing(found[key], evidence) for key in sorted(found, reverse=True))


def _signing(claims: Sequence[Claim], evidence: int) -> Signing:
    first = claims[0]
    held = any(claim.modality is Modality.HELD for claim in claims)
    what = tuple(sorted({words for claim in claims for words in (claim.role, claim.topic) if words}))
    status = Modality.HELD if held else Modality.PLANNED
    return Signing(first.date_from, first.date_to, first.at, what, status, tuple(claims[:evidence]))
