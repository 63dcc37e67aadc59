"""An extraction as rows of the graph: its document, the names it uses, the claims it states."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graph.client import Row
from graph.corrections import BY_HAND, Correction, correct, with_added
from graph.identity import IDENTITY_VERSION, claim_id, document_id, mention_id, statement_id
from graph.keys import Naming, namings
from graph.reprints import BANDS, signature
from graph.schema import Document, Entity, EntityType, Extraction, InvalidRecord, Relation

__all__ = ["MODEL", "MODEL_VERSION", "Content", "claim_properties", "content_of", "input_hash"]

MODEL_VERSION = 3
"""Version of what is written; raised when graphs written before must be migrated."""

MODEL = f"{MODEL_VERSION}.{IDENTITY_VERSION}"
"""What each document says that it follows: the versions of model and identity."""


_NO_BANDS = {f"band_{number}": None for number in range(BANDS)}


@dataclass(frozen=True, slots=True)
class Content:
    """One extraction as rows: ``mentions`` with key, ties and properties, ``claims`` with their ends and properties."""

    extraction: Extraction
    extractor: str | None
    id: str
    properties: Row
    mentions: Mapping[str, Row] = field(default_factory=dict)
    claims: Mapping[str, Row] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.extraction.document.key

    @property
    def rows(self) -> int:
        return 1 + len(self.mentions) + len(self.claims)


def content_of(
    extraction: Extraction,
    extractor: str | None = None,
    sha256: str | None = None,
    corrections: Sequence[Correction] = (),
) -> Content:
    """The rows of one extraction, with what people have corrected in it.

    Args:
        extraction: what was found in a document.
        extractor: name and version of what found it.
        sha256: the hash to keep in place of that of the extraction, where it was read from the graph.
        corrections: those in force for the document.

    Raises:
        InvalidRecord: the extraction breaks the contract.
    """
    document = extraction.validate().document
    sha256 = sha256 or _hash(extraction, extractor)
    id = document_id(document.key)
    found = {(entity.type, entity.name) for entity in extraction.entities}
    extracted, extraction = extraction, with_added(extraction, corrections).validate()
    named = {entity.id: mention_id(id, entity.type, entity.name) for entity in extraction.entities}
    claims: dict[str, Row] = {}
    said: dict[str, Relation] = {}
    for relation in extraction.relations:
        subject, object = named[relation.head], named[relation.tail]
        ends = {"subject": subject, "object": object, "at": relation.at and named[relation.at]}
        stated = claim_properties(relation)
        key = claim_id(id, _canonical(ends | stated))
        statement = statement_id(id, relation.type.value, subject, object)
        by = {"extractor": extractor, "engines": list(relation.engines) or None}
        kept = {"id": key, "document_id": id, "statement": statement, **by, **stated}
        if relation.rule.startswith(BY_HAND):
            kept |= {"status": "added", "correction": relation.rule.removeprefix(BY_HAND).strip()}
        claims[key] = {**ends, "document": id, "properties": kept}
        said[key] = relation
    claims = correct(claims, corrections)
    true = (said[key] for key, row in claims.items() if row["properties"].get("status") != "rejected")
    keys = namings(replace(extraction, relations=tuple(true)), id)
    return Content(
        extracted,
        extractor,
        id,
        {
            "name": document.name,
            "title": document.title,
            "date": document.date,
            "source": document.source,
            "url": document.url,
            "text": document.text,
            "sha256": sha256,
            "model": MODEL,
            "input": input_hash(document, extractor),
            **_NO_BANDS,
            **signature(document.text).properties,
        },
        _mentions(id, extraction.entities, keys, found),
        claims,
    )


def input_hash(document: Document, extractor: str | None) -> str:
    """The hash of what goes into an extraction: the document, the extractor, and the model it is kept by."""
    kept = (document.key, document.text, document.title, document.date, document.source, document.url, document.name)
    return _sha256(extractor, kept)


def claim_properties(relation: Relation) -> Row:
    """What a claim says besides its ends."""
    main = relation.evidence[0]
    return {
        "relation": relation.type.value,
        "rule": relation.rule,
        "confidence": relation.confidence,
        "modality": relation.modality.value,
        "role": relation.role,
        "topic": relation.topic,
        "date_from": relation.date and relation.date.first,
        "date_to": relation.date and relation.date.last,
        "date_precision": relation.date and relation.date.precision,
        "quote": main.quote,
        "start": main.start,
        "end": main.end,
        "quotes": [evidence.quote for evidence in relation.evidence],
        "starts": [evidence.start for evidence in relation.evidence],
        "ends": [evidence.end for evidence in relation.evidence],
    }


def _hash(extraction: Extraction, extractor: str | None) -> str:
    record = extraction.to_json(with_text=True)
    for kind in ("entities", "relations"):  # their order means nothing, and is not kept
        record[kind] = sorted(map(_canonical, record[kind]))
    try:
        return _sha256(extractor, record)
    except UnicodeEncodeError as error:
        problem = f"lone surrogate {error.object[error.start]!r}: no text that can be stored"
        raise InvalidRecord(extraction.document.key, problem) from error


def _sha256(extractor: str | None, value: Any) -> str:
    return hashlib.sha256(f"{MODEL}\n{extractor}\n{_canonical(value)}".encode()).hexdigest()


_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _mentions(
    document: str,
    entities: Iterable[Entity],
    keys: Mapping[tuple[EntityType, str], Naming],
    found: Collection[tuple[EntityType, str]],
) -> dict[str, Row]:
    """Rows by mention id; what a document calls by the same name and type is one mention.

    Names that were not ``found`` in it are there by hand.
    """
    groups: dict[tuple[EntityType, str], list[Entity]] = {}
    for entity in entities:
        groups.setdefault((entity.type, entity.name), []).append(entity)
    rows = {}
    for (type, name), group in groups.items():
        id, naming = mention_id(document, type, name), keys[type, name]
        spans = sorted({span for entity in group for span in entity.mentions})
        series = naming.identity.series
        rows[id] = {
            "document": document,
            "properties": {
                "id": id,
                "document_id": document,
                "local_id": group[0].id,
                "type": type.value,
                "name": name,
                "key": naming.key,
                "ties": list(naming.ties),
                "weak": naming.weak or None,
                "by_hand": None if (type, name) in found else True,
                "series": series and series.name,
                "series_id": series and series.id,
                "aliases": sorted({alias for entity in group for alias in entity.aliases} - {name}),
                "starts": [start for start, _ in spans],
                "ends": [end for _, end in spans],
            },
        }
    return rows
