"""Documents as they were loaded, read back from the graph: what an extractor found, without what people corrected.

Whatever changes how documents are kept (a correction, an erasure, a migration) reads them with this and writes them
again as a load would.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graph.client import Row, Transaction
from graph.corrections import BY_HAND
from graph.schema import Document, Entity, EntityType, Evidence, Extraction, Modality, Period, Relation, RelationType

__all__ = ["Stored", "document_of", "read_stored"]


@dataclass(frozen=True, slots=True)
class Stored:
    """An extraction with the name of the extractor and the hash it was loaded with."""

    extraction: Extraction
    extractor: str | None
    sha256: str


def read_stored(transaction: Transaction, ids: Sequence[str]) -> Iterator[Stored]:
    """The documents with these ids that are there, in the order of ``ids``."""
    for row in transaction.run("read_contents", ids=list(ids)):
        yield stored_of(row)


def stored_of(row: Row) -> Stored:
    """A row of ``read_contents`` as it was loaded."""
    kept = row["document"]
    document = document_of(kept)
    by_hand = {each["id"] for each in row["mentions"] if each.get("by_hand")}
    mentions = [each for each in row["mentions"] if each["id"] not in by_hand]
    local = {each["id"]: each["local_id"] for each in mentions}
    claims = [each for each in row["claims"] if not each["properties"]["rule"].startswith(BY_HAND)]
    extractors = {each["properties"].get("extractor") for each in claims}
    return Stored(
        Extraction(
            document,
            tuple(_entity(each) for each in sorted(mentions, key=lambda each: (each["starts"], each["id"]))),
            tuple(_relation(each, local.__getitem__) for each in claims),
        ),
        min((each for each in extractors if each is not None), default=None),
        kept["sha256"],
    )


def document_of(kept: Row) -> Document:
    """A document from the properties that it is kept with."""
    return Document(
        kept["key"],
        kept["text"],
        kept.get("title"),
        kept.get("date"),
        kept.get("source"),
        kept.get("url"),
        kept.get("name"),
    )


def _entity(kept: Row) -> Entity:
    spans = tuple(zip(kept["starts"], kept["ends"], strict=True))
    return Entity(kept["local_id"], EntityType(kept["type"]), kept["name"], tuple(kept["aliases"]), spans)


def _relation(row: Row, local: Callable[[str], str]) -> Relation:
    kept = row["properties"] | json.loads(row["properties"].get("extracted", "{}"))
    first = kept.get("date_from")
    return Relation(
        RelationType(kept["relation"]),
        local(row["subject"]),
        local(row["object"]),
        kept["rule"],
        kept["confidence"],
        tuple(Evidence(*parts) for parts in zip(kept["starts"], kept["ends"], kept["quotes"], strict=True)),
        Modality(kept["modality"]),
        kept.get("role"),
        row["at"] and local(row["at"]),
        first and Period(first, kept["date_to"], kept["date_precision"]),
        kept.get("topic"),
        tuple(kept.get("engines", ())),
    )
