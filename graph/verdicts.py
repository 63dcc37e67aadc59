"""What people have said of claims, as an extractor can learn from it: which were right, which were wrong (判例)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.client import Graph, Row
from graph.content import content_of
from graph.corrections import Correction
from graph.identity import document_id, mention_id, statement_id
from graph.schema import Document, Extraction, Modality
from graph.stored import document_of

__all__ = ["Corrected", "corrected_documents", "verdicts"]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A document with the corrections of its claims that are in force."""

    document: Document
    corrections: tuple[Correction, ...]


def corrected_documents(graph: Graph) -> Iterator[Corrected]:
    """All documents on whose claims people have decided, in the order of their keys."""
    for row in graph.stream("stream_corrected_documents"):
        yield Corrected(document_of(row["document"]), tuple(map(Correction.of_row, row["corrections"])))


def verdicts(extraction: Extraction, corrections: Sequence[Correction]) -> dict[int, bool]:
    """Which relations of an extraction were found right, which wrong, by their places in it; the others are not there.

    Right is what was accepted, or edited in details; what was added by hand, where the extraction has it too; and what
    another claim was changed into. Wrong is what was rejected, and what was changed into another relation, or from
    denied into not denied or back.

    Args:
        extraction: what an extractor finds in a document, now or at any time.
        corrections: those in force, of this document.
    """
    id = document_id(extraction.document.key)
    named = {entity.id: mention_id(id, entity.type, entity.name) for entity in extraction.entities}
    said: dict[tuple[str, str, int], bool] = {}
    true: set[str] = set()
    for row in content_of(extraction, corrections=corrections).claims.values():
        kept = row["properties"]
        status = kept.get("status")
        if status == "added":
            true.add(kept["statement"])
        elif status is not None:
            was = json.loads(kept.get("extracted", "{}"))
            held = status != "rejected"
            said[kept["statement"], kept["rule"], kept["start"]] = held and not _turned(was, kept)
            if held and "relation" in was:
                true.add(statement_id(id, kept["relation"], row["subject"], row["object"]))
    found = {}
    for number, each in enumerate(extraction.relations):
        statement = statement_id(id, each.type.value, named[each.head], named[each.tail])
        right = said.get((statement, each.rule, each.evidence[0].start), statement in true or None)
        if right is not None:
            found[number] = right
    return found


def _turned(was: Row, kept: Row) -> bool:
    """Whether an edit says something else than the claim, and not the same with other details."""
    if was.get("relation", kept["relation"]) != kept["relation"]:
        return True
    return (was.get("modality", kept["modality"]) == Modality.DENIED) is not (kept["modality"] == Modality.DENIED)
