"""First load of a whole corpus through the server's import tool: the same graph as `graph.load`, many times faster.

    Extraction ──pack, several processes──▶ Spool ──▶ reprints ──▶ keys ──▶ CSV files ──import tool──▶ store
                                             on disk   `graph.reprints`, `graph.clusters`, `graph.derived`

`graph.load` asks Neo4j for what rests on mentions and claims; here the same is computed from the tables of
`graph.spool`. Afterwards the empty lists, which CSV files cannot hold, and the indexes are made.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import TypeVar

from graph import csvfiles
from graph.artifacts import Progress
from graph.client import Graph, Row
from graph.clusters import cluster
from graph.content import MODEL_VERSION, Content, content_of
from graph.csvfiles import SEPARATOR, CsvFiles, Inexpressible
from graph.derived import called, edge_properties, edition_of, ends_of, entity_of
from graph.embedded import EmbeddedServer
from graph.embedded.importing import import_store
from graph.errors import room_for
from graph.identity import key_node
from graph.load import LoadReport, ensure_schema
from graph.reprints import BANDS, MAX_DAYS, clusters, is_reprint
from graph.resolve import entities_of, tie_of
from graph.schema import EDGE_TYPES, FORUM_SERIES, EntityType, Extraction, InvalidRecord
from graph.settings import Connection
from graph.spool import ClaimRow, DocumentRow, MentionRow, Packed, Spool
from graph.workers import Workers

__all__ = ["bulk", "finish", "write_files"]

T = TypeVar("T")

_FIRST_REVISION = 1


def bulk(
    server: EmbeddedServer,
    inputs: Iterable[T],
    *,
    read: Callable[[T], Extraction],
    extractor: str | None = None,
    processes: int = 1,
    progress: Progress | None = None,
) -> LoadReport:
    """Load extractions into the empty database of an embedded server, all or none; the server is stopped for it.

    Args:
        server: whose database.
        inputs: what ``read`` makes extractions of; read lazily. Of two with the same key the later one counts.
        read: done in other processes where there are several, so it and the inputs can be pickled.
        extractor: name and version of what made the extractions, kept with each claim.
        processes: how many prepare the rows.
        progress: called at each step, and while documents are read.

    Raises:
        NotEmpty: the database holds something.
        ServerInUse: another command is working with it.
        InvalidRecord: an extraction breaks the contract, or holds what CSV files cannot; the database stays empty.
        AdminFailed: the import tool refused; the database stays empty.
    """
    report = LoadReport()

    def write(folder: Path) -> list[str]:
        nonlocal report
        report, files = write_files(
            folder, inputs, read=read, extractor=extractor, processes=processes, progress=progress
        )
        return files.arguments(str(folder))

    import_store(server, write, _finish, progress=progress)
    return report


def _finish(connection: Connection) -> None:
    with Graph(connection) as graph:
        finish(graph)


def finish(graph: Graph) -> None:
    """Complete a database that the import tool has just filled: lists that it cannot write, constraint and indexes.

    Doing it again changes nothing.
    """
    for of in ("mention", "entity", "edge"):
        graph.execute(f"write_empty_{of}_lists", one_empty=[csvfiles.ONE_EMPTY], relations=list(EDGE_TYPES))
    ensure_schema(graph)


def write_files(
    folder: Path,
    inputs: Iterable[T],
    *,
    read: Callable[[T], Extraction],
    extractor: str | None = None,
    processes: int = 1,
    progress: Progress | None = None,
) -> tuple[LoadReport, CsvFiles]:
    """Write the CSV files of the graph that `load` makes of extractions in an empty database.

    Args:
        folder: an empty one.
        inputs, read, extractor, processes, progress: as for `bulk`.

    Returns:
        What they hold, and the files.

    Raises:
        InvalidRecord: as for `bulk`.
        NoRoom: the disk is full.
    """
    tell = progress or _silent
    with (
        room_for(folder),
        tempfile.TemporaryDirectory(prefix="tables-", dir=folder) as tables,
        Spool(Path(tables) / "spool.sqlite") as spool,
        Workers(processes, collecting=False) as workers,
        CsvFiles(folder) as files,
    ):
        for count, packed in enumerate(workers.map(partial(_pack, read, extractor), inputs), 1):
            spool.add(packed)
            tell("Reading documents", count, 0)
        read_in_all, documents, mentions, claims = spool.settle()
        tell("Looking for reprints", 0, 0)
        _cluster(spool, files, workers)
        tell("Telling names apart", 0, 0)
        _resolve(spool)
        tell("Writing the files", 0, 0)
        _write_documents(spool, files)
        _write_derived(spool, files)
    report = LoadReport(
        read=read_in_all, added=documents, unchanged=read_in_all - documents, mentions=mentions, claims=claims
    )
    return report, files


def _pack(read: Callable[[T], Extraction], extractor: str | None, input: T) -> Packed:
    content = content_of(read(input), extractor)
    try:
        return Packed(
            _document(content),
            [_mention(id, row["properties"]) for id, row in sorted(content.mentions.items())],
            [_claim(content, id, row) for id, row in sorted(content.claims.items())],
        )
    except Inexpressible as error:
        problem = f"{error}; load this document without --bulk"
        raise InvalidRecord(content.key, problem) from error


def _document(content: Content) -> DocumentRow:
    kept = {"id": content.id, "key": content.key, **content.properties}
    text, bands = kept.pop("text"), [kept[f"band_{number}"] for number in range(BANDS)]
    properties = json.dumps(kept, ensure_ascii=False)
    return DocumentRow(content.id, kept["date"], text, properties, [band for band in bands if band is not None])


def _mention(id: str, kept: Row) -> MentionRow:
    csvfiles.check_item(kept["name"])  # entities have it in a list
    return MentionRow(
        id,
        kept["key"],
        kept["type"],
        kept["name"],
        SEPARATOR.join(kept["ties"]) or None,
        bool(kept["weak"]),
        SEPARATOR.join(kept["aliases"]) if kept["aliases"] else None,
        kept["series"],
        kept["series_id"],
        csvfiles.MENTIONS.line(kept),
    )


def _claim(content: Content, id: str, row: Row) -> ClaimRow:
    kept = row["properties"]
    csvfiles.check_item(kept["role"] or "")  # edges have it in a list
    subject, object = (content.mentions[row[end]]["properties"]["key"] for end in ("subject", "object"))
    return ClaimRow(
        id,
        row["subject"],
        row["object"],
        row["at"],
        subject,
        object,
        kept["relation"],
        kept["modality"],
        kept["confidence"],
        kept["role"],
        kept["date_from"],
        kept["date_to"],
        kept["quote"],
        csvfiles.CLAIMS.line(kept),
    )


def _cluster(spool: Spool, files: CsvFiles, workers: Workers) -> None:
    """Find reprints as `graph.clustering` does."""
    for group in spool.neighbours():
        spool.add_pairs(_near(group))
    links = []
    for link in workers.map(_reprint, spool.pairs()):
        if link is not None:
            links.append(link)
            files.link(csvfiles.REPRINTS, *link)
    if links:
        linked = {id for link in links for id in link}
        spool.set_clusters(clusters(links, {id: date for id, date in spool.dates() if id in linked}))


def _near(group: list[tuple[int, str, str | None]]) -> Iterator[tuple[int, int, int | None]]:
    """Pairs of documents that were published within some days, as far as that is known."""
    days = sorted((_day(id, day), number) for number, id, day in group if day is not None)
    undated = [number for number, _, day in group if day is None]
    for place, (day, number) in enumerate(days):
        for later, other in days[place + 1 :]:
            if later - day > MAX_DAYS:
                break
            yield min(number, other), max(number, other), later - day
        for other in undated:
            yield min(number, other), max(number, other), None
    for number, other in combinations(undated, 2):
        yield number, other, None


def _day(id: str, day: str) -> int:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError as error:
        raise InvalidRecord(id, f"the date {day!r} is no day") from error


def _reprint(pair: tuple[str, str, str, str, int | None]) -> tuple[str, str] | None:
    """The ids of two documents, the smaller one first, where one is a reprint of the other."""
    one, other, text, other_text, days = pair
    return (min(one, other), max(one, other)) if is_reprint(text, other_text, days_apart=days) else None


def _resolve(spool: Spool) -> None:
    """Decide which keys are one thing as `graph.resolve` does."""
    ties, types = [], {}
    for row in spool.ties():
        ties.append(tie_of(row))
        types.update(dict.fromkeys(row["ties"], row["type"]))
    found = cluster(ties)
    spool.set_keys((key, types[key], key) for key in found)
    entities = entities_of(found, spool.first_documents())
    spool.set_keys((key, types[key], entities[root]) for key, root in found.items())


def _write_documents(spool: Spool, files: CsvFiles) -> None:
    """What documents hold, and what their mentions denote."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    for properties, text, cluster_id in spool.documents():
        row = {**json.loads(properties), "text": text, "cluster": cluster_id, "ingested_at": now}
        files.write(csvfiles.DOCUMENTS, csvfiles.DOCUMENTS.line(row))
    for id, document, entity, ties, line in spool.mentions():
        files.write(csvfiles.MENTIONS, line)
        files.link(csvfiles.NAMED, document, id)
        files.link(csvfiles.DENOTES, id, entity)
        for tie in ties:
            files.link(csvfiles.TIES, id, key_node(tie))
    for id, document, subject, object, at_forum, line in spool.claims():
        files.write(csvfiles.CLAIMS, line)
        files.link(csvfiles.STATES, document, id)
        files.link(csvfiles.SUBJECT, id, subject)
        files.link(csvfiles.OBJECT, id, object)
        if at_forum is not None:
            files.link(csvfiles.AT, id, at_forum)
    for id, type, entity in spool.tied_keys():
        files.write(csvfiles.KEYS, csvfiles.KEYS.line({"id": key_node(id), "type": type, "entity": entity}))


def _write_derived(spool: Spool, files: CsvFiles) -> None:
    """What rests on mentions and claims, as `graph.derive` has it."""
    revisions = {"added_in": _FIRST_REVISION, "changed_in": _FIRST_REVISION}
    series: dict[str, Counter[str]] = {}
    for id, type, uses in spool.uses():
        row = {"id": id, "LABEL": type, "type": type, **entity_of(id, uses), **revisions}
        files.write(csvfiles.ENTITIES, csvfiles.ENTITIES.line(row))
        if type == EntityType.FORUM and (edition := edition_of(uses)) is not None:
            files.link(csvfiles.EDITIONS, id, edition)
            series.setdefault(edition, Counter()).update(each.series for each in uses if each.series is not None)
    for id, names in sorted(series.items()):
        row = {"id": id, "type": FORUM_SERIES, **called(names)}
        files.write(csvfiles.SERIES, csvfiles.SERIES.line(row))
    spool.set_edges(ends_of)
    for (head, relation, tail), said in spool.said():
        edge = edge_properties(said)
        if edge is not None:
            ends = {"START_ID": head, "END_ID": tail, "TYPE": relation}
            files.write(csvfiles.EDGES, csvfiles.EDGES.line({**ends, **edge, **revisions}))
    begun = time.time_ns() // 1_000_000
    meta = {"id": "meta", "version": MODEL_VERSION, "revision": _FIRST_REVISION, "begun": begun}
    files.write(csvfiles.META, csvfiles.META.line(meta))


def _silent(_step: str, _done: int, _total: int) -> None:
    pass
