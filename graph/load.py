"""Writes extractions into the graph.

    Extraction ──rows──▶ batch ──one transaction──▶ Document ─STATES▶ Claim ─SUBJECT/OBJECT/AT▶ Mention
                                                       └──MENTIONS──────────────────────────────▶ │
                                                    Entity ◀──────────DENOTES────────────────────┘
                                                    Entity ──SPEAKER_AT, HOSTED_BY, ...──▶ Entity   (derived)
                                                    Forum ──EDITION_OF──▶ ForumSeries               (derived)

A transaction replaces the whole content of its documents and derives anew what rests on it, so a crash leaves neither
half a document nor an edge without its claims. A document whose content has not changed is passed over. Writers lock
documents first, then entities, then series, each in the order of ids: several may work at once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.client import Graph, Row, Transaction
from graph.errors import HuituError
from graph.identity import IDENTITY_VERSION, Identity, claim_id, document_id, identify, mention_id
from graph.schema import RELATIONS, Entity, EntityType, Extraction, InvalidRecord, Relation, RelationType

__all__ = ["BATCH_ROWS", "LoadReport", "WrongModelVersion", "delete_document", "ensure_schema", "load", "reset"]

MODEL_VERSION = 1
"""Version of what `load` writes; raised when older graphs must be made anew."""

BATCH_ROWS = 5_000
"""Rows a transaction: measured as the fastest on Neo4j 5.26 (1,000 and 20,000 are both slower)."""

_BATCH_CHARACTERS = 4_000_000
"""Characters of text a transaction, so that long documents do not fill the server's memory."""

_RELATIONS = [relation.value for relation in RelationType]
_SYMMETRIC = [relation.value for relation, spec in RELATIONS.items() if spec.symmetric]
_SCHEMA = (
    "create_id_constraint",
    "create_entity_rank_index",
    "create_entity_names_index",
    "create_document_text_index",
    "create_claim_quote_index",
)


class WrongModelVersion(HuituError):
    """The graph follows another version of the model; ``found`` and ``expected`` are their numbers."""

    def __init__(self, found: int, expected: int) -> None:
        super().__init__(
            f"the graph follows version {found} of the model, this Huitu writes version {expected}",
            hint="Run 'huitu reset' and load the documents again.",
        )
        self.found = found
        self.expected = expected


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did, in documents; ``claims`` and ``mentions`` count what was written.

    ``unchanged`` are the documents that were there with the same content, or came again in the same batch.
    """

    read: int = 0
    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    mentions: int = 0
    claims: int = 0

    def __add__(self, other: LoadReport) -> LoadReport:
        return LoadReport(
            self.read + other.read,
            self.added + other.added,
            self.replaced + other.replaced,
            self.unchanged + other.unchanged,
            self.mentions + other.mentions,
            self.claims + other.claims,
        )


@dataclass(frozen=True, slots=True)
class _Content:
    """One extraction as rows; ``pairs`` are the entities its claims connect, the smaller id first."""

    id: str
    key: str
    properties: Row
    entities: Mapping[str, Row] = field(default_factory=dict)
    mentions: Mapping[str, Row] = field(default_factory=dict)
    claims: Mapping[str, Row] = field(default_factory=dict)
    pairs: frozenset[tuple[str, str]] = frozenset()

    @property
    def rows(self) -> int:
        return 1 + len(self.entities) + len(self.mentions) + len(self.claims)


def ensure_schema(graph: Graph) -> None:
    """Create the constraint and the indexes that are missing.

    Raises:
        WrongModelVersion: the graph was written by a Huitu with another model.
        GraphError: the server refuses.
    """
    for name in _SCHEMA:
        graph.execute(name)
    graph.read("await_indexes", seconds=300)
    found = graph.write("write_meta", version=MODEL_VERSION)[0]["version"]
    if found != MODEL_VERSION:
        raise WrongModelVersion(found, MODEL_VERSION)


def load(
    graph: Graph,
    extractions: Iterable[Extraction],
    *,
    batch: int = BATCH_ROWS,
    extractor: str | None = None,
    progress: Callable[[LoadReport], None] | None = None,
) -> LoadReport:
    """Load extractions; what was loaded before from the same document gives way to the new.

    Args:
        graph: where to.
        extractions: read lazily; of two with the same key the later one counts.
        batch: rows a transaction; a document is never split.
        extractor: name and version of what made the extractions, kept with each claim.
        progress: called after each transaction with what has been done so far.

    Raises:
        InvalidRecord: an extraction breaks the contract; what came before it is loaded.
        GraphError: the database fails; transactions that were done stay.
    """
    ensure_schema(graph)
    report = LoadReport()
    for contents, read in _batches((_content(extraction, extractor) for extraction in extractions), batch):
        report += _load_batch(graph, contents, read)
        if progress is not None:
            progress(report)
    return report


def delete_document(graph: Graph, key: str) -> bool:
    """Remove a document, its claims, and the entities and edges that rested on them alone.

    Args:
        graph: where from.
        key: the document's key, or its id.

    Returns:
        Whether there was such a document.
    """
    ids = [document_id(key), key]

    def work(transaction: Transaction) -> bool:
        found = [row["id"] for row in transaction.run("hold_documents", ids=ids)]
        if not found:
            return False
        pairs = _clear(transaction, found, new_entities={})
        transaction.run("delete_documents", ids=found)
        _derive(transaction, *pairs)
        return True

    return graph.transact(work)


def reset(graph: Graph) -> int:
    """Remove every node of Huitu and nothing else; returns how many there were."""
    rows = graph.execute("delete_everything")
    return int(rows[0]["nodes"])


def _batches(contents: Iterable[_Content], rows: int) -> Iterator[tuple[list[_Content], int]]:
    """Whole documents up to ``rows`` rows, unique by key, sorted by id; with how many were read for them."""
    held: dict[str, _Content] = {}
    read = weight = characters = 0
    for content in contents:
        held[content.id] = content
        read += 1
        weight += content.rows
        characters += len(content.properties["text"])
        if weight >= rows or characters >= _BATCH_CHARACTERS:
            yield sorted(held.values(), key=lambda each: each.id), read
            held, read, weight, characters = {}, 0, 0, 0
    if held:
        yield sorted(held.values(), key=lambda each: each.id), read


def _load_batch(graph: Graph, contents: list[_Content], read: int) -> LoadReport:
    def work(transaction: Transaction) -> LoadReport:
        known = _hashes(transaction.run("read_document_hashes", ids=[each.id for each in contents]))
        changed = [each for each in contents if known.get(each.id) != each.properties["sha256"]]
        if changed:
            rows = [{"id": each.id, "key": each.key} for each in changed]
            known |= _hashes(transaction.run("lock_documents", rows=rows))
            changed = [each for each in changed if known[each.id] != each.properties["sha256"]]
        if changed:
            _replace(transaction, changed)
        added = sum(known[each.id] is None for each in changed)
        return LoadReport(
            read=read,
            added=added,
            replaced=len(changed) - added,
            unchanged=read - len(changed),
            mentions=sum(len(each.mentions) for each in changed),
            claims=sum(len(each.claims) for each in changed),
        )

    return graph.transact(work)


def _hashes(rows: Iterable[Row]) -> dict[str, str | None]:
    return {row["id"]: row["sha256"] for row in rows}


def _replace(transaction: Transaction, contents: list[_Content]) -> None:
    """Write documents in the place of what was there under their ids; the documents are locked."""
    new_entities = {id: row for each in contents for id, row in each.entities.items()}
    touched, pairs = _clear(transaction, [each.id for each in contents], new_entities)
    transaction.run("write_documents", rows=[{"id": each.id, "properties": each.properties} for each in contents])
    for statement, kind in (("create_mentions", "mentions"), ("create_claims", "claims")):
        rows = [row for each in contents for _, row in sorted(getattr(each, kind).items())]
        if rows:
            transaction.run(statement, rows=rows)
    _derive(transaction, touched, pairs.union(*(each.pairs for each in contents)))


def _clear(
    transaction: Transaction, documents: list[str], new_entities: Mapping[str, Row]
) -> tuple[dict[str, str | None], frozenset[tuple[str, str]]]:
    """Lock the entities and series concerned and remove the documents' content.

    Returns:
        Those entities with the series of which each is an edition, and pairs of them.
    """
    touched = {row["id"]: row for row in transaction.run("read_footprint", ids=documents)}
    touched.update(new_entities)
    if touched:
        transaction.run("merge_entities", rows=[touched[id] for id in sorted(touched)])
    entities = {id: touched[id]["series"] for id in sorted(touched)}
    if series := _series(entities):
        transaction.run("merge_series", ids=series)
    pairs = frozenset((row["a"], row["b"]) for row in transaction.run("read_claimed_pairs", ids=documents))
    transaction.run("delete_content", ids=documents)
    return entities, pairs


def _series(entities: Mapping[str, str | None]) -> list[str]:
    return sorted({series for series in entities.values() if series is not None})


def _derive(transaction: Transaction, entities: Mapping[str, str | None], pairs: Iterable[tuple[str, str]]) -> None:
    """Derive entities, series and edges anew from the mentions and claims that are there now."""
    rows = [{"a": a, "b": b} for a, b in sorted(pairs)]
    transaction.run("delete_edges", pairs=rows, relations=_RELATIONS)
    transaction.run("delete_orphans", ids=list(entities))
    transaction.run("refresh_entities", ids=list(entities))
    if series := _series(entities):
        editions = [{"forum": forum, "series": id} for forum, id in entities.items() if id is not None]
        transaction.run("merge_editions", rows=editions)
        transaction.run("delete_orphan_series", ids=series)
        transaction.run("refresh_series", ids=series)
    transaction.run("create_edges", pairs=rows, symmetric=_SYMMETRIC)


def _content(extraction: Extraction, extractor: str | None) -> _Content:
    """The rows of one extraction.

    Raises:
        InvalidRecord: the extraction breaks the contract.
    """
    document = extraction.validate().document
    sha256 = _hash(extraction)
    id = document_id(document.key)
    identities = _identities(extraction.entities)
    mentions = _mentions(id, extraction.entities, identities)
    denoted = {entity.id: identities[entity.type, entity.name].id(id) for entity in extraction.entities}
    named = {entity.id: mention_id(id, entity.type, entity.name) for entity in extraction.entities}
    claims = {}
    for relation in extraction.relations:
        ends = {
            "subject": named[relation.head],
            "object": named[relation.tail],
            "at": relation.at and named[relation.at],
        }
        stated = _claim(relation)
        key = claim_id(id, _canonical(ends | stated))
        claims[key] = {
            **ends,
            "document": id,
            "properties": {"id": key, "document_id": id, "extractor": extractor, **stated},
        }
    pairs = ((denoted[relation.head], denoted[relation.tail]) for relation in extraction.relations)
    return _Content(
        id,
        document.key,
        {
            "title": document.title,
            "date": document.date,
            "source": document.source,
            "url": document.url,
            "text": document.text,
            "sha256": sha256,
        },
        {denoted[each.id]: _entity(each, identities[each.type, each.name], id) for each in extraction.entities},
        mentions,
        claims,
        frozenset((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]),
    )


def _hash(extraction: Extraction) -> str:
    versions = f"{MODEL_VERSION}.{IDENTITY_VERSION}"
    try:
        content = f"{versions}\n{_canonical(extraction.to_json(with_text=True))}".encode()
    except UnicodeEncodeError as error:
        problem = f"lone surrogate {error.object[error.start]!r}: no text that can be stored"
        raise InvalidRecord(extraction.document.key, problem) from error
    return hashlib.sha256(content).hexdigest()


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _identities(entities: Iterable[Entity]) -> dict[tuple[EntityType, str], Identity]:
    """What each name of a document denotes; what it calls by the same name and type is one thing."""
    others: dict[tuple[EntityType, str], set[str]] = {}
    for entity in entities:
        others.setdefault((entity.type, entity.name), set()).update(entity.aliases)
    return {(type, name): identify(type, name, aliases) for (type, name), aliases in others.items()}


def _entity(entity: Entity, identity: Identity, document: str) -> Row:
    series = identity.series and identity.series.id
    return {"id": identity.id(document), "type": entity.type.value, "name": entity.name, "series": series}


def _mentions(
    document: str, entities: Iterable[Entity], identities: Mapping[tuple[EntityType, str], Identity]
) -> dict[str, Row]:
    """Rows by mention id; what a document calls by the same name and type is one mention."""
    groups: dict[tuple[EntityType, str], list[Entity]] = {}
    for entity in entities:
        groups.setdefault((entity.type, entity.name), []).append(entity)
    rows = {}
    for (type, name), group in groups.items():
        id, identity = mention_id(document, type, name), identities[type, name]
        spans = sorted({span for entity in group for span in entity.mentions})
        rows[id] = {
            "document": document,
            "entity": identity.id(document),
            "properties": {
                "id": id,
                "document_id": document,
                "local_id": group[0].id,
                "type": type.value,
                "name": name,
                "series": identity.series and identity.series.name,
                "aliases": sorted({alias for entity in group for alias in entity.aliases} - {name}),
                "starts": [start for start, _ in spans],
                "ends": [end for _, end in spans],
            },
        }
    return rows


def _claim(relation: Relation) -> Row:
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
