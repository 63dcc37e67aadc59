"""Rows of the reading statements as records; the columns stand in the headers of the statements."""

from __future__ import annotations

from graph.client import Row
from graph.records import (
    Claim,
    DocumentRef,
    Edge,
    EntityRef,
    EntitySummary,
    Neighbour,
    Series,
    SeriesRef,
)
from graph.schema import EntityType, Evidence, Modality, RelationType

__all__ = [
    "claim_of",
    "edge_of",
    "entity_ref",
    "entity_summary",
    "neighbour_of",
    "series_of",
    "series_ref",
]


def entity_summary(row: Row) -> EntitySummary:
    return EntitySummary(row["id"], EntityType(row["type"]), row["name"], tuple(row["aliases"]), row["documents"])


def entity_ref(row: Row) -> EntityRef:
    return EntityRef(row["id"], EntityType(row["type"]), row["name"])


def series_of(row: Row) -> Series:
    return Series(row["id"], row["name"], tuple(entity_ref(each) for each in row["editions"]))


def series_ref(row: Row) -> SeriesRef:
    return SeriesRef(row["id"], row["name"], tuple(row["aliases"]), row["editions"])


def neighbour_of(row: Row) -> Neighbour:
    edge = edge_of({**row, "properties": row["edge"]})
    return Neighbour(entity_summary(row["neighbour"]), row["direction"], edge)


def edge_of(row: Row) -> Edge:
    kept = row["properties"]
    return Edge(
        row["head"],
        RelationType(row["relation"]),
        row["tail"],
        kept["support"],
        kept["planned"],
        kept["denied"],
        kept["claims"],
        kept["confidence"],
        tuple(kept["roles"]),
        kept.get("first_date"),
        kept.get("last_date"),
        kept["quote"],
        kept["document_id"],
    )


def claim_of(row: Row) -> Claim:
    kept = row["claim"]
    return Claim(
        kept["id"],
        RelationType(kept["relation"]),
        entity_ref(row["subject"]),
        entity_ref(row["object"]),
        Modality(kept["modality"]),
        kept["confidence"],
        kept["rule"],
        DocumentRef(**row["document"]),
        tuple(Evidence(*parts) for parts in zip(kept["starts"], kept["ends"], kept["quotes"], strict=True)),
        kept.get("role"),
        kept.get("topic"),
        row["at"] and entity_ref(row["at"]),
        kept.get("date_from"),
        kept.get("date_to"),
        kept.get("date_precision"),
        kept.get("extractor"),
        kept.get("status"),
        kept.get("correction"),
        tuple(kept.get("engines", ())),
    )
