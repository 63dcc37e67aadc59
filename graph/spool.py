"""The contents of many documents on disk, in tables (SQLite) that can be read by entity, by edge and by key.

What a graph holds beyond the documents themselves needs all of them at once. Memory holds the rows of one entity or
edge at a time; what grows with all documents and stays in memory is the caller's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from graph.client import Row
from graph.csvfiles import SEPARATOR
from graph.derived import Said, Use

__all__ = ["ClaimRow", "DocumentRow", "MentionRow", "Packed", "Spool"]

_INSERT = {
    "band": "INSERT INTO band VALUES (?, ?, ?)",
    "mention": "INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "claim": "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
}
_REMOVE_REPLACED = """
DELETE FROM band WHERE document NOT IN (SELECT number FROM document);
DELETE FROM mention WHERE document NOT IN (SELECT number FROM document);
DELETE FROM claim WHERE document NOT IN (SELECT number FROM document);
"""
_COUNT = "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM mention), (SELECT count(*) FROM claim)"
_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -65536;
CREATE TABLE document (number INTEGER PRIMARY KEY, id TEXT UNIQUE, date TEXT, text TEXT, properties TEXT, cluster TEXT);
CREATE TABLE band (document INTEGER, place INTEGER, value INTEGER);
CREATE TABLE mention (
  document INTEGER, id TEXT, key TEXT, type TEXT, name TEXT, ties TEXT, weak INTEGER, aliases TEXT, series TEXT,
  series_id TEXT, line TEXT
);
CREATE TABLE claim (
  document INTEGER, id TEXT, subject TEXT, object TEXT, at TEXT, head TEXT, tail TEXT, relation TEXT, modality TEXT,
  confidence REAL, role TEXT, date_from TEXT, date_to TEXT, quote TEXT, line TEXT
);
CREATE TABLE tied (id TEXT PRIMARY KEY, type TEXT, entity TEXT) WITHOUT ROWID;
CREATE TABLE pair (a INTEGER, b INTEGER, days INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE edge (head TEXT, relation TEXT, tail TEXT, claim INTEGER);
"""


class DocumentRow(NamedTuple):
    """A document; ``properties`` are all but its text, as JSON."""

    id: str
    date: str | None
    text: str
    properties: str
    bands: list[int]


class MentionRow(NamedTuple):
    """A mention; ``ties`` and ``aliases`` are joined by `SEPARATOR`, None where there are none."""

    id: str
    key: str
    type: str
    name: str
    ties: str | None
    weak: bool
    aliases: str | None
    series: str | None
    series_id: str | None
    line: str


class ClaimRow(NamedTuple):
    """A claim; ``subject``, ``object`` and ``at`` are ids of mentions, ``head`` and ``tail`` keys of the first two."""

    id: str
    subject: str
    object: str
    at: str | None
    head: str
    tail: str
    relation: str
    modality: str
    confidence: float
    role: str | None
    date_from: str | None
    date_to: str | None
    quote: str
    line: str


class Packed(NamedTuple):
    """One document with its mentions and claims."""

    document: DocumentRow
    mentions: list[MentionRow]
    claims: list[ClaimRow]


class Spool:
    """The tables, in one file.

    Args:
        path: a file that is not there yet.
    """

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path)
        self._base.executescript(_TABLES)
        self._added = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    def add(self, packed: Packed) -> None:
        """Add a document; one with its id that was added before gives way to it."""
        self._added += 1
        number, (*document, bands) = self._added, packed.document
        self._base.execute("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, NULL)", (number, *document))
        self._base.executemany(_INSERT["band"], ((number, place, value) for place, value in enumerate(bands)))
        self._base.executemany(_INSERT["mention"], ((number, *row) for row in packed.mentions))
        self._base.executemany(_INSERT["claim"], ((number, *row) for row in packed.claims))

    def settle(self) -> tuple[int, int, int, int]:
        """Remove what documents left behind that gave way, when all are added.

        Returns:
            How many documents were added; how many documents, mentions and claims there are.
        """
        documents, mentions, claims = next(self._run(_COUNT))
        if self._added > documents:
            self._base.executescript(_REMOVE_REPLACED)
            documents, mentions, claims = next(self._run(_COUNT))
        return self._added, documents, mentions, claims

    def neighbours(self) -> Iterator[list[tuple[int, str, str | None]]]:
        """Number, id and date of documents that share a band: each group of two or more."""
        rows = self._run(
            """SELECT place, value, number, id, date FROM band JOIN document ON number = document
            ORDER BY place, value, number"""
        )
        for _, group in groupby(rows, itemgetter(0, 1)):
            found = [row[2:] for row in group]
            if len(found) > 1:
                yield found

    def add_pairs(self, pairs: Iterable[tuple[int, int, int | None]]) -> None:
        """Keep pairs of documents (numbers, and the days between them) that may be reprints; one comes once only."""
        self._base.executemany("INSERT OR IGNORE INTO pair VALUES (?, ?, ?)", pairs)

    def pairs(self) -> Iterator[tuple[str, str, str, str, int | None]]:
        """Ids, texts and days of the pairs that were kept."""
        yield from self._run(
            """SELECT a.id, b.id, a.text, b.text, days FROM pair
            JOIN document a ON a.number = pair.a JOIN document b ON b.number = pair.b"""
        )

    def dates(self) -> Iterator[tuple[str, str | None]]:
        """Id and date of every document."""
        yield from self._run("SELECT id, date FROM document")

    def set_clusters(self, clusters: dict[str, str]) -> None:
        """Record to which clusters of reprints documents belong (ids)."""
        self._base.executemany("UPDATE document SET cluster = ? WHERE id = ?", ((c, id) for id, c in clusters.items()))

    def ties(self) -> Iterator[Row]:
        """What mentions tie, as ``read_ties`` has it."""
        for type, ties, weak, name, documents in self._run(
            """SELECT type, ties, weak, min(name), count(DISTINCT coalesce(cluster, document.id))
            FROM mention JOIN document ON number = document WHERE ties IS NOT NULL GROUP BY type, ties, weak"""
        ):
            yield {"type": type, "ties": _split(ties), "weak": bool(weak), "name": name, "documents": documents}

    def first_documents(self) -> Iterator[Row]:
        """The first document of each tied key that is a mention's own, as ``read_key_mentions`` has it."""
        for key, date, id in self._run(
            """SELECT key, coalesce(date, '9') AS day, min(document.id)
            FROM mention JOIN tied ON tied.id = key JOIN document ON number = document
            GROUP BY key, day"""
        ):
            yield {"key": key, "date": date, "document": id}

    def set_keys(self, keys: Iterable[tuple[str, str | None, str]]) -> None:
        """Record tied keys: id, type and the entity they denote."""
        self._base.executemany("INSERT OR REPLACE INTO tied VALUES (?, ?, ?)", keys)

    def tied_keys(self) -> Iterator[tuple[str, str, str]]:
        """Id, type and entity of each tied key."""
        yield from self._run("SELECT id, type, entity FROM tied ORDER BY id")

    def documents(self) -> Iterator[tuple[str, str, str | None]]:
        """Properties, text and cluster of each document."""
        yield from self._run("SELECT properties, text, cluster FROM document ORDER BY number")

    def mentions(self) -> Iterator[tuple[str, str, str, list[str], str]]:
        """Id, document, entity, tied keys and line of each mention."""
        for id, document, entity, ties, line in self._run(
            """SELECT mention.id, document.id, coalesce(entity, key), ties, line
            FROM mention JOIN document ON number = document LEFT JOIN tied ON tied.id = key"""
        ):
            yield id, document, entity, _split(ties), line

    def claims(self) -> Iterator[tuple[str, str, str, str, str | None, str]]:
        """Id, document, subject, object, forum (ids of mentions; the forum may be None) and line of each claim."""
        yield from self._run(
            """SELECT claim.id, document.id, subject, object, at, claim.line
            FROM claim JOIN document ON number = document"""
        )

    def uses(self) -> Iterator[tuple[str, str, list[Use]]]:
        """Id, type and mentions of each entity, in the order of ids."""
        rows = self._run(
            """SELECT coalesce(entity, key) AS denoted, mention.type,
              name, aliases, key, document.id, date, series, series_id
            FROM mention JOIN document ON number = document LEFT JOIN tied ON tied.id = key ORDER BY denoted"""
        )
        for (id, type), group in groupby(rows, itemgetter(0, 1)):
            yield id, type, [Use(name, _split(aliases), *rest) for _, _, name, aliases, *rest in group]

    def set_edges(self, ends_of: Callable[[str, str, str], tuple[str, str]]) -> None:
        """Bring claims on two entities to their edges.

        Args:
            ends_of: head and tail from relation, subject and object (entities).
        """
        rows = self._run(
            """SELECT claim.rowid, relation, coalesce(s.entity, head) AS s, coalesce(o.entity, tail) AS o
            FROM claim LEFT JOIN tied s ON s.id = head LEFT JOIN tied o ON o.id = tail WHERE s <> o"""
        )
        self._base.executemany(
            "INSERT INTO edge VALUES (?2, ?1, ?3, ?4)",
            ((relation, *ends_of(relation, subject, object), claim) for claim, relation, subject, object in rows),
        )

    def said(self) -> Iterator[tuple[tuple[str, str, str], list[Said]]]:
        """Head, relation, tail and claims of each pair of entities, in their order."""
        rows = self._run(
            """SELECT edge.head, edge.relation, edge.tail, claim.id, modality, confidence, role, date_from, date_to,
              quote, document.id, date, coalesce(cluster, document.id)
            FROM edge JOIN claim ON claim.rowid = claim JOIN document ON number = document
            ORDER BY edge.head, edge.relation, edge.tail"""
        )
        for edge, group in groupby(rows, itemgetter(0, 1, 2)):
            yield edge, [Said(*row[3:]) for row in group]

    def _run(self, statement: str) -> Iterator[tuple[Any, ...]]:
        return self._base.execute(statement)


def _split(joined: str | None) -> list[str]:
    return [] if joined is None else joined.split(SEPARATOR)
