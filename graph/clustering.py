"""Finds the reprints of documents that were loaded or changed, and counts each cluster of them once.

Documents are marked when they are loaded; `cluster_reprints` takes a number of them at a time, each time in one
transaction. Which pairs are reprints depends on the two alone, so that the clusters, the components of these pairs, are
the same in whatever order documents come.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.client import Graph, Row, Transaction
from graph.derive import derive, hold, pairs_of
from graph.reprints import MAX_DAYS, clusters, is_reprint

__all__ = ["DOCUMENTS", "cluster_reprints"]

DOCUMENTS = 500
"""Marked documents a transaction."""
_PAIRS = 1_000  # whose texts are in memory at one time


def cluster_reprints(graph: Graph) -> None:
    """Look at all marked documents."""
    while graph.transact(_cluster_some):
        pass


def _cluster_some(transaction: Transaction) -> bool:
    marked = [row["id"] for row in transaction.run("read_unclustered", limit=DOCUMENTS)]
    if not marked:
        return False
    transaction.run("hold_unclustered", ids=marked)
    found = transaction.run("find_reprints", ids=marked, days=MAX_DAYS)
    pairs = [pair for start in range(0, len(found), _PAIRS) for pair in _reprints(transaction, found[start:][:_PAIRS])]
    if pairs:
        transaction.run("write_reprints", pairs=pairs)
    documents, links = _components(transaction, marked)
    now = {row["id"]: row for row in transaction.run("read_clusters", ids=sorted(documents))}
    new = clusters(links, {id: row["date"] for id, row in now.items()})
    changed = [{"id": id, "cluster": new.get(id)} for id in sorted(now) if now[id]["cluster"] != new.get(id)]
    if changed:
        _count_anew(transaction, changed)
    return True


def _reprints(transaction: Transaction, rows: list[Row]) -> Iterator[dict[str, str]]:
    """Those of the pairs that are; each text is read once, for many documents may be much like each other."""
    ids = sorted({row[side] for row in rows for side in ("a", "b")})
    texts = {row["id"]: row["text"] for row in transaction.run("read_text", ids=ids)}
    for row in rows:
        if is_reprint(texts[row["a"]], texts[row["b"]], days_apart=row["days"]):
            yield {"a": row["a"], "b": row["b"]}


def _components(transaction: Transaction, documents: list[str]) -> tuple[set[str], set[tuple[str, str]]]:
    """All documents that chains of reprints connect with these, and the links of the chains."""
    seen, ring, links = set(documents), documents, set()
    while ring:
        links |= {(row["a"], row["b"]) for row in transaction.run("read_reprints", ids=ring)}
        ring = sorted({id for link in links for id in link} - seen)
        seen |= set(ring)
    return seen, links


def _count_anew(transaction: Transaction, changed: list[dict[str, str | None]]) -> None:
    """Record clusters, and derive anew what counts independent documents."""
    ids = [str(row["id"]) for row in changed]
    transaction.run("mark_document_keys", ids=ids)
    entities = {row["id"]: row for row in transaction.run("read_footprint", ids=ids)}
    hold(transaction, entities, ())
    transaction.run("write_clusters", rows=changed)
    derive(transaction, (), (), pairs_of(transaction.run("read_claimed_pairs", ids=ids)))
