"""Writes extractions into the graph.

    Extraction ──rows──▶ batch ──one transaction──▶ Document ─STATES▶ Claim ─SUBJECT/OBJECT/AT▶ Mention ─TIES▶ Key
                                                       └──MENTIONS──────────────────────────────▶ │
                                                    Entity ◀──────────DENOTES────────────────────┘
                                                    Entity ──SPEAKER_AT, HOSTED_BY, ...──▶ Entity   (derived)
                                                    Forum ──EDITION_OF──▶ ForumSeries               (derived)

A transaction replaces the whole content of its documents and derives anew what rests on it, so a crash leaves neither
half a document nor an edge without its claims. A document whose content has not changed is passed over. At the end
`graph.resolve` decides which keys are one thing, also for what a load that was cut off has left. Writers lock documents
first, then keys, entities and series, each in the order of ids: several may work at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from graph.client import Graph, Row, StatementFailed, Transaction
from graph.content import MODEL_VERSION, Content, content_of, input_hash
from graph.corrections import Correction
from graph.derive import derive, hold, pairs_of
from graph.errors import HuituError
from graph.identity import document_id, erased_id, key_node
from graph.keys import split_key
from graph.redaction import redacted
from graph.reprints import BANDS
from graph.resolve import resolve
from graph.schema import Document, EntityType, Extraction, InvalidRecord
from graph.stored import read_stored

__all__ = [
    "BATCH_ROWS",
    "LoadReport",
    "WrongModelVersion",
    "create_schema",
    "delete_document",
    "ensure_schema",
    "load",
    "reload",
    "replace",
    "reset",
    "unread",
]

BATCH_ROWS = 5_000
"""Rows a transaction: measured as the fastest on Neo4j 5.26 (1,000 and 20,000 are both slower)."""

_BATCH_CHARACTERS = 4_000_000
"""Characters of text a transaction, so that long documents do not fill the server's memory."""

_AHEAD = 200
"""Documents looked up at a time."""

_MADE_MEANWHILE = frozenset(
    f"Neo.ClientError.Schema.{each}" for each in ("EquivalentSchemaRuleAlreadyExists", "IndexWithNameAlreadyExists")
)
_SCHEMA = {
    "huitu_id": "create_id_constraint",
    "huitu_entity_rank": "create_entity_rank_index",
    "huitu_entity_names": "create_entity_names_index",
    "huitu_series_names": "create_series_names_index",
    "huitu_pinyin": "create_pinyin_index",
    "huitu_document_text": "create_document_text_index",
    "huitu_claim_quote": "create_claim_quote_index",
    "huitu_mention_key": "create_mention_key_index",
    "huitu_correction_document": "create_correction_index",
    **{f"huitu_document_band_{number}": f"create_band_{number}_index" for number in range(BANDS)},
}
"""The indexes, and the statements that create them."""


class WrongModelVersion(HuituError):
    """The graph follows another version of the model; ``found`` and ``expected`` are their numbers."""

    def __init__(self, found: int, expected: int) -> None:
        hint = "Run 'huitu migrate --dry-run', then 'huitu migrate'." if found < expected else "Install that Huitu."
        problem = f"the graph follows version {found} of the model, this Huitu writes version {expected}"
        super().__init__(problem, hint=hint)
        self.found = found
        self.expected = expected


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did, in documents; ``claims`` and ``mentions`` count what was written.

    ``unchanged`` are the documents that were there with the same content, or came again in the same batch; ``refused``
    those of a source that was erased.
    """

    read: int = 0
    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    refused: int = 0
    mentions: int = 0
    claims: int = 0

    def __add__(self, other: LoadReport) -> LoadReport:
        return LoadReport(
            self.read + other.read,
            self.added + other.added,
            self.replaced + other.replaced,
            self.unchanged + other.unchanged,
            self.refused + other.refused,
            self.mentions + other.mentions,
            self.claims + other.claims,
        )


def ensure_schema(graph: Graph) -> None:
    """Create the constraint and the indexes that are missing.

    Raises:
        WrongModelVersion: the graph was written by a Huitu with another model.
        GraphError: the server refuses.
    """
    create_schema(graph)
    found = graph.write("write_meta", version=MODEL_VERSION)[0]["version"]
    if found != MODEL_VERSION:
        raise WrongModelVersion(found, MODEL_VERSION)


def _make(graph: Graph, statement: str) -> None:
    """Make a constraint or an index; another writer may be at it too, and IF NOT EXISTS does not keep them apart."""
    try:
        graph.write(statement)
    except StatementFailed as error:
        if error.code not in _MADE_MEANWHILE:
            raise


def create_schema(graph: Graph) -> None:
    """Create the constraint and the indexes that are missing, whatever model the graph follows."""
    states = {row["name"]: row["state"] for row in graph.read("list_indexes")}
    for name, statement in _SCHEMA.items():
        if name not in states:
            _make(graph, statement)
    if any(states.get(name) != "ONLINE" for name in _SCHEMA):
        graph.read("await_indexes", seconds=300)


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
    try:
        for contents, read in _batches((content_of(extraction, extractor) for extraction in extractions), batch):
            report += _load_batch(graph, contents, read)
            if progress is not None:
                progress(report)
    except InvalidRecord:
        resolve(graph)
        raise
    resolve(graph)
    return report


def unread(
    graph: Graph, documents: Iterable[Document], extractor: str, *, passed_over: Callable[[int], None]
) -> Iterator[Document]:
    """Those of the documents from which this extractor has not been loaded as they are now.

    Args:
        graph: where they would be loaded.
        documents: read lazily, some hundred at a time.
        extractor: name and version of the extractor.
        passed_over: called with how many of some documents were there.
    """
    iterator = iter(documents)
    while some := list(islice(iterator, _AHEAD)):
        inputs = {document_id(each.key): _input(each, extractor) for each in some}
        rows = graph.read("read_inputs", ids=sorted(inputs))
        there = {row["id"] for row in rows if row["input"] == inputs[row["id"]]}
        new = [each for each in some if document_id(each.key) not in there]
        passed_over(len(some) - len(new))
        yield from new


def _input(document: Document, extractor: str) -> str | None:
    """None for a text that cannot be stored: `load` says so."""
    try:
        return input_hash(document, extractor)
    except UnicodeEncodeError:
        return None


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
        if found:
            replace(transaction, found, [])
        return bool(found)

    deleted = graph.transact(work)
    resolve(graph)
    return deleted


def reset(graph: Graph, *, keep: bool = False) -> int:
    """Remove every node of Huitu and nothing else.

    Args:
        graph: where.
        keep: leave what people have done: decisions, corrections, records of erasures.

    Returns:
        How many nodes were removed.
    """
    rows = graph.execute("delete_everything", keep=keep)
    graph.write("forget_keys")
    return int(rows[0]["nodes"])


def replace(transaction: Transaction, ids: list[str], contents: list[Content]) -> None:
    """Put contents in the place of all that was there of documents; of those without content nothing stays.

    Args:
        transaction: one that has locked the documents.
        ids: ids of the documents, in order.
        contents: what they hold from now on.
    """
    contents = _corrected(transaction, _redacted(transaction, contents))
    mentions, entity = _named(transaction, contents)
    transaction.run("mark_document_keys", ids=ids)
    transaction.run("mark_reprints", ids=ids)
    entities = {row["id"]: row for row in transaction.run("read_footprint", ids=ids)}
    series = {row["id"] for row in transaction.run("read_entity_series", ids=sorted(entities), keys=[])}
    for row in mentions.values():
        entities.setdefault(row["entity"], {"id": row["entity"], **_reference(row)})
    series.update(row["properties"]["series_id"] for row in mentions.values() if row["properties"]["series_id"])
    hold(transaction, entities, series)
    pairs = pairs_of(transaction.run("read_claimed_pairs", ids=ids))
    transaction.run("delete_content", ids=ids)
    gone = sorted(set(ids) - {each.id for each in contents})
    if gone:
        transaction.run("delete_documents", ids=gone)
    if contents:
        transaction.run("write_documents", rows=[{"id": each.id, "properties": each.properties} for each in contents])
    if mentions:
        transaction.run("create_mentions", rows=[_without_empty(mentions[id]) for id in sorted(mentions)])
    claims = [row for each in contents for _, row in sorted(each.claims.items())]
    if claims:
        transaction.run("create_claims", rows=claims)
    ends = ((entity[row["subject"]], entity[row["object"]]) for row in claims)
    pairs |= frozenset((min(pair), max(pair)) for pair in ends if pair[0] != pair[1])
    derive(transaction, entities, series, pairs)


def reload(transaction: Transaction, ids: Iterable[str]) -> None:
    """Write documents anew as they were loaded, with the corrections and decisions that are in force now.

    Args:
        transaction: one that need not have locked the documents.
        ids: ids of documents; what is not there is passed over.
    """
    held = sorted(row["id"] for row in transaction.run("hold_documents", ids=sorted(ids)))
    contents = [content_of(each.extraction, each.extractor, each.sha256) for each in read_stored(transaction, held)]
    if contents:
        replace(transaction, held, contents)


def _redacted(transaction: Transaction, contents: list[Content]) -> list[Content]:
    """Contents without the people who were erased; a document that is named after one is left out."""
    keys = {key for each in contents for row in each.mentions.values() for key in _keys(row)}
    wanted = {erased_id("person", key): key for key in sorted(keys)}
    erased = frozenset(wanted[row["id"]] for row in transaction.run("read_erased", ids=sorted(wanted)))
    if not erased:
        return contents
    left = []
    for each in contents:
        extraction = redacted(each.extraction, each.id, erased)
        if extraction is each.extraction:
            left.append(each)
        elif extraction is not None:
            left.append(content_of(extraction, each.extractor, each.properties["sha256"]))
    return left


def _keys(mention: Row) -> set[str]:
    kept = mention["properties"]
    return {kept["key"], *kept["ties"]} if kept["type"] == EntityType.PERSON else set()


def _corrected(transaction: Transaction, contents: list[Content]) -> list[Content]:
    """Contents with the corrections that people have made to their documents."""
    rows = transaction.run("read_corrections", documents=[each.key for each in contents])
    corrections = {row["document"]: [Correction.of_row(each) for each in row["corrections"]] for row in rows}
    return [
        content_of(each.extraction, each.extractor, each.properties["sha256"], corrections[each.key])
        if each.key in corrections
        else each
        for each in contents
    ]


def _named(transaction: Transaction, contents: list[Content]) -> tuple[dict[str, Row], dict[str, str]]:
    """The rows of mentions with what they denote now, and that alone; their keys are marked and held."""
    mentions = {id: row for each in contents for id, row in each.mentions.items()}
    apart = {row["id"] for row in transaction.run("read_splits", ids=[key_node(id) for id in sorted(mentions)])}
    for id in sorted(mentions):
        if key_node(id) in apart:
            mentions[id] = _set_apart(mentions[id])
    kept = [row["properties"] for row in mentions.values()]
    tied = {key_node(tie): row["type"] for row in kept for tie in row["ties"]}
    alone = {key_node(row["key"]) for row in kept} - tied.keys()
    rows = [{"id": id, "type": type} for id, type in sorted(tied.items())]
    nodes = transaction.run("merge_keys", rows=rows) + transaction.run("mark_keys", ids=sorted(alone))
    denoted = {row["id"]: row["entity"] for row in nodes}
    entity = {}
    for id, row in mentions.items():
        key = row["properties"]["key"]
        entity[id] = denoted.get(key_node(key)) or key
        mentions[id] = {**row, "entity": entity[id], "tied": [key_node(tie) for tie in row["properties"]["ties"]]}
    return mentions, entity


def _set_apart(row: Row) -> Row:
    kept = row["properties"]
    key = split_key(EntityType(kept["type"]), kept["key"], kept["document_id"])
    return {**row, "properties": {**kept, "key": key, "ties": []}}


def _without_empty(mention: Row) -> Row:
    """A mention's row without the lists that are empty: most are, and a bulk load could not write them."""
    kept = {name: value for name, value in mention["properties"].items() if value != []}
    return {**mention, "properties": kept}


def _reference(mention: Row) -> Row:
    return {"type": mention["properties"]["type"], "name": mention["properties"]["name"]}


def _batches(contents: Iterable[Content], rows: int) -> Iterator[tuple[list[Content], int]]:
    """Whole documents up to ``rows`` rows, unique by key, sorted by id; with how many were read for them."""
    held: dict[str, Content] = {}
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


def _load_batch(graph: Graph, contents: list[Content], read: int) -> LoadReport:
    def work(transaction: Transaction) -> LoadReport:
        sources = {erased_id("source", str(each.properties["source"])): each.properties["source"] for each in contents}
        refused = {sources[row["id"]] for row in transaction.run("read_erased", ids=sorted(sources))}
        kept = [each for each in contents if each.properties["source"] not in refused]
        known = _hashes(transaction.run("read_document_hashes", ids=[each.id for each in kept]))
        changed = [each for each in kept if known.get(each.id) != each.properties["sha256"]]
        if changed:
            rows = [{"id": each.id, "key": each.key} for each in changed]
            known |= _hashes(transaction.run("lock_documents", rows=rows))
            changed = [each for each in changed if known[each.id] != each.properties["sha256"]]
        if changed:
            replace(transaction, [each.id for each in changed], changed)
        added = sum(known[each.id] is None for each in changed)
        return LoadReport(
            read=read,
            added=added,
            replaced=len(changed) - added,
            unchanged=read - len(changed) - (len(contents) - len(kept)),
            refused=len(contents) - len(kept),
            mentions=sum(len(each.mentions) for each in changed),
            claims=sum(len(each.claims) for each in changed),
        )

    return graph.transact(work)


def _hashes(rows: Iterable[Row]) -> dict[str, str | None]:
    return {row["id"]: row["sha256"] for row in rows}
