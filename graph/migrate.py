"""Brings a graph that an earlier Huitu wrote to the present model, document by document, with a dry run.

Everything that a document holds stands in the graph: its text, the names and claims found in it. A migration reads a
document back and writes it as a load would write it now. It goes on where it was cut off, since each document says
which model it follows; the version of the graph is raised when the last one is done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.client import Graph, Transaction
from graph.content import MODEL, MODEL_VERSION, content_of
from graph.load import LoadReport, WrongModelVersion, create_schema, replace
from graph.resolve import resolve
from graph.stored import read_stored

__all__ = ["Migration", "migrate", "plan"]

_DOCUMENTS = 200
"""Documents a transaction."""


@dataclass(frozen=True, slots=True)
class Migration:
    """What a migration has to do: ``documents`` of ``total`` follow another model than ``version`` (of the graph)."""

    found: int | None
    version: int
    documents: int
    total: int

    @property
    def needed(self) -> bool:
        return self.documents > 0 or (self.found is not None and self.found != self.version)


def plan(graph: Graph) -> Migration:
    """What `migrate` would do; nothing is written.

    Raises:
        WrongModelVersion: a later Huitu wrote the graph.
    """
    row = graph.read("plan_migration", model=MODEL)[0]
    if row["version"] is not None and row["version"] > MODEL_VERSION:
        raise WrongModelVersion(row["version"], MODEL_VERSION)
    return Migration(row["version"], MODEL_VERSION, row["documents"], row["total"])


def migrate(graph: Graph, *, dry_run: bool = False, progress: Callable[[LoadReport], None] | None = None) -> LoadReport:
    """Write all documents that follow another model anew; a dry run reads and checks them and writes nothing.

    Args:
        graph: where.
        dry_run: only see that all can be read and would be accepted.
        progress: called after each transaction with what has been done so far.

    Raises:
        InvalidRecord: a document in the graph breaks the contract; those before it are done.
        WrongModelVersion: a later Huitu wrote the graph.
    """
    plan(graph)
    if not dry_run:
        create_schema(graph)
    report, last = LoadReport(), ""
    while True:
        ids = [row["id"] for row in graph.read("read_outdated", model=MODEL, after=last, limit=_DOCUMENTS)]
        if not ids:
            break
        last = ids[-1]
        report += graph.transact(lambda transaction, ids=ids: _migrate(transaction, ids, dry_run))  # type: ignore[misc]
        if progress is not None:
            progress(report)
    if not dry_run:
        resolve(graph)
        graph.write("write_version", version=MODEL_VERSION)
    return report


def _migrate(transaction: Transaction, ids: list[str], dry_run: bool) -> LoadReport:
    if not dry_run:
        ids = sorted(row["id"] for row in transaction.run("hold_documents", ids=ids))
    contents = [content_of(each.extraction, each.extractor) for each in read_stored(transaction, ids)]
    if not dry_run:
        replace(transaction, ids, contents)
    return LoadReport(
        read=len(contents),
        replaced=len(contents),
        mentions=sum(len(each.mentions) for each in contents),
        claims=sum(len(each.claims) for each in contents),
    )
