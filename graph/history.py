"""What people have decided and corrected, in force or undone: one by its id, or a page in the order of its making."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from graph.client import Graph, Row
from graph.corrections import Action, Correction
from graph.decisions import Decision
from graph.identity import document_id
from graph.paging import decode, paged
from graph.queries import NotFound
from graph.records import Claim, Page
from graph.rows import claim_of

__all__ = ["RecordedCorrection", "added_claim", "correction", "corrections", "decision", "decisions"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RecordedCorrection:
    """A `Correction` with the id of its document and whether it applies to a claim that is there."""

    id: str
    action: Action
    document: str
    document_id: str
    claim: str | None
    changes: Mapping[str, Any]
    by: str
    at: str
    why: str | None
    undone_at: str | None
    undone_by: str | None
    applies: bool


def decision(graph: Graph, id: str) -> Decision:
    """One decision.

    Raises:
        NotFound: there is none with that id.
    """
    rows = graph.read("read_decision", id=id)
    if not rows:
        raise NotFound("decision", id)
    return _decision(rows[0])


def decisions(
    graph: Graph, *, in_force: bool | None = None, limit: int = 20, cursor: str | None = None
) -> Page[Decision]:
    """Decisions in the order in which they were made.

    Args:
        graph: where.
        in_force: only those in force, or only those that were undone; None means both.
        limit: decisions a page.
        cursor: ``next`` of the page before.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    return _listed(graph, "decisions", _decision, in_force, limit, cursor)


def correction(graph: Graph, id: str) -> RecordedCorrection:
    """One correction.

    Raises:
        NotFound: there is none with that id.
    """
    rows = graph.read("read_correction", id=id)
    if not rows:
        raise NotFound("correction", id)
    return _correction(rows[0])


def corrections(
    graph: Graph, *, in_force: bool | None = None, limit: int = 20, cursor: str | None = None
) -> Page[RecordedCorrection]:
    """Corrections in the order in which they were made.

    Args:
        graph: where.
        in_force: only those in force, or only those that were undone; None means both.
        limit: corrections a page.
        cursor: ``next`` of the page before.

    Raises:
        InvalidCursor: the cursor is not one of this list.
    """
    return _listed(graph, "corrections", _correction, in_force, limit, cursor)


def added_claim(graph: Graph, made: Correction) -> Claim:
    """The claim that a correction has added.

    Raises:
        NotFound: it is not there, for the correction was undone or its words are no longer in the document.
    """
    for row in graph.read("list_document_claims", id=document_id(made.document)):
        if row["claim"].get("correction") == made.id:
            return claim_of(row)
    raise NotFound("claim", made.id)


def _listed(
    graph: Graph, what: str, make: Callable[[Row], T], in_force: bool | None, limit: int, cursor: str | None
) -> Page[T]:
    at, id = decode(cursor, ("", ""))
    rows = graph.read(f"list_{what}", in_force=in_force, at=at, id=id, limit=limit + 1)
    total = graph.read(f"count_{what}", in_force=in_force)[0]["count"]
    return paged(rows, limit, total, make, lambda last: (last["properties"]["at"], last["properties"]["id"]))


def _decision(row: Row) -> Decision:
    return Decision.from_json(row["properties"])


def _correction(row: Row) -> RecordedCorrection:
    kept = Correction.of_row(row["properties"])
    return RecordedCorrection(
        kept.id,
        kept.action,
        kept.document,
        document_id(kept.document),
        kept.claim,
        kept.changes,
        kept.by,
        kept.at,
        kept.why,
        kept.undone_at,
        kept.undone_by,
        row["applies"],
    )
