"""Erasure on request (删除请求): of a person or a source nothing stays but the record that it was done.

Of a person, every document is written anew without the name (`graph.redaction`), and claims, decisions and corrections
that name the person go. Later loads do the same to other documents on that person. Of a source, its documents go, and
later ones are refused. The record keeps digests only. Not reached: files of articles, exports and backups.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.client import Graph, Row, Transaction
from graph.decisions import now
from graph.errors import HuituError
from graph.identity import erased_id, key_node
from graph.load import reload, replace
from graph.redaction import redacted_names
from graph.resolve import resolve
from graph.schema import Entity, EntityType

__all__ = ["CannotErase", "Erasure", "erase_person", "erase_source", "erasures"]


class CannotErase(HuituError):
    """There is no such person or source."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """The record of an erasure of a ``kind`` (person, source): by whom, when, and how many documents it concerned."""

    id: str
    kind: str
    by: str
    at: str
    documents: int


def erase_person(graph: Graph, id: str, *, by: str) -> Erasure:
    """Erase a person.

    Args:
        graph: where.
        id: id of the entity, present or former.
        by: who does it.

    Raises:
        CannotErase: there is no person with that id.
    """
    at = now()

    def work(transaction: Transaction) -> Erasure:
        rows = transaction.run("read_person", id=id, node=key_node(id))
        if not rows:
            raise CannotErase(f"the graph has no person {id!r}", hint="'huitu search WORDS' finds entities.")
        mentions: list[Row] = rows[0]["mentions"]
        keys = sorted(_keys(mentions))
        documents = sorted({each["document_id"] for each in mentions})
        names = redacted_names(Entity("", EntityType.PERSON, each["name"], tuple(each["aliases"])) for each in mentions)
        record = _record(transaction, "person", keys, by, at, documents)
        transaction.run("delete_review", keys=keys, mentions=[each["id"] for each in mentions], names=names)
        reload(transaction, documents)
        return record

    return _resolved(graph, graph.transact(work))


def erase_source(graph: Graph, source: str, *, by: str) -> Erasure:
    """Erase a source with all its documents.

    Args:
        graph: where.
        source: name of the publisher, as documents state it.
        by: who does it.

    Raises:
        CannotErase: no document is of that source.
    """
    at = now()

    def work(transaction: Transaction) -> Erasure:
        documents = [row["id"] for row in transaction.run("read_source_documents", source=source)]
        if not documents:
            raise CannotErase(f"the graph has no document of the source {source!r}")
        record = _record(transaction, "source", [source], by, at, documents)
        transaction.run("delete_document_review", documents=documents)
        replace(transaction, [row["id"] for row in transaction.run("hold_documents", ids=documents)], [])
        return record

    return _resolved(graph, graph.transact(work))


def erasures(graph: Graph) -> Iterator[Erasure]:
    """The records of all erasures in the order in which they were done."""
    for row in graph.stream("list_erasures"):
        yield Erasure(**row)


def _keys(mentions: Sequence[Row]) -> set[str]:
    """All keys of a person; that of the bare name only where some document says no more and still means that person."""
    own = {each["key"] for each in mentions}
    return own | {tie for each in mentions for tie in each["ties"][:-1]}


def _record(
    transaction: Transaction, kind: str, erased: Sequence[str], by: str, at: str, documents: Sequence[str]
) -> Erasure:
    record = Erasure(erased_id(kind, f"{at} {by} {erased[0]}"), kind, by, at, len(documents))
    transaction.run(
        "write_erasure",
        id=record.id,
        properties={"id": record.id, "kind": kind, "by": by, "at": at, "documents": record.documents},
        erased=[erased_id(kind, each) for each in erased],
    )
    return record


def _resolved(graph: Graph, record: Erasure) -> Erasure:
    resolve(graph)
    return record
