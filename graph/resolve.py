"""Puts together what all documents and decisions say about which keys are one thing, and moves mentions accordingly.

    Mention ─TIES▶ Key ◀TIES─ Mention        a component: keys that mentions or decisions tie, directly or not
    Decision ─TIES▶ Key                       `graph.clusters` splits it into clusters
    Key.entity                                the entity of its cluster: the key of the earliest document

Loading marks the keys and documents that it touches. Reprints come first, for a text counts once (`graph.clustering`).
Then `resolve` takes a number of them at a time, each time in one transaction, and
reads their components whole. So its cost grows with what has changed, and a crash leaves the marks for the next run.
An id stays when later documents are added: of the keys of a cluster the one of the earliest document counts, by date of
publication. The other keys are former ids of the entity and lead to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from graph.client import Graph, Row, Transaction
from graph.clustering import cluster_reprints
from graph.clusters import Tie, cluster
from graph.derive import derive, hold, pairs_of
from graph.identity import key_node
from graph.names.spelling import fold
from graph.schema import EntityType

__all__ = ["KEYS", "resolve", "resolve_some"]

KEYS = 1_000
"""Marked keys a transaction."""


def resolve(graph: Graph, *, keys: int = KEYS, progress: Callable[[int], None] | None = None) -> int:
    """Resolve all marked keys.

    Args:
        graph: where.
        keys: marked keys a transaction.
        progress: called after each transaction with how many keys were resolved so far.

    Returns:
        How many keys were resolved.
    """
    cluster_reprints(graph)
    total = 0
    while done := graph.transact(lambda transaction: resolve_some(transaction, keys)):
        total += done
        if progress is not None:
            progress(total)
    return total


def resolve_some(transaction: Transaction, keys: int = KEYS) -> int:
    """Resolve some marked keys within a transaction; returns how many keys were looked at."""
    marked = [row["id"] for row in transaction.run("read_unresolved", limit=keys)]
    if not marked:
        return 0
    component = _component(transaction, marked)
    held: set[str] = set()
    while component - held:  # another writer may have tied more keys before these were held
        transaction.run("hold_keys", ids=sorted(component - held))
        held |= component
        component = _component(transaction, sorted(component))
    nodes = sorted(component)
    clusters = _clusters(transaction, nodes)
    for node in nodes:
        clusters.setdefault(node[1:], node[1:])
    _move(transaction, clusters)
    transaction.run("delete_loose_keys", ids=nodes)
    return len(nodes)


def _component(transaction: Transaction, nodes: list[str]) -> set[str]:
    seen, ring = set(nodes), nodes
    while ring:
        found = {row["id"] for row in transaction.run("read_tied_keys", ids=ring)}
        ring = sorted(found - seen)
        seen |= found
    return seen


def _clusters(transaction: Transaction, nodes: list[str]) -> dict[str, str]:
    ties = [_tie(row) for row in transaction.run("read_ties", ids=nodes)]
    decided: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in transaction.run("read_key_decisions", ids=nodes):
        decided[row["verdict"]].append((row["a"], row["b"]))
    return dict(cluster(ties, decided["same"], decided["different"]))


def _tie(row: Row) -> Tie:
    keys = tuple(row["ties"])
    if row["type"] != EntityType.PERSON:
        return Tie(keys, row["documents"])
    return Tie(keys[:-1], row["documents"], keys[-1], row["weak"], len(fold(row["name"])) <= 2)


def _move(transaction: Transaction, clusters: Mapping[str, str]) -> None:
    """Have the mentions of each cluster denote one entity, and record it at its keys."""
    rows = transaction.run("read_key_mentions", keys=sorted(clusters))
    entity = _entities(clusters, rows)
    transaction.run(
        "write_keys", rows=[{"id": key_node(key), "entity": entity[root]} for key, root in sorted(clusters.items())]
    )
    moves = {row["key"]: entity[clusters[row["key"]]] for row in rows if row["entity"] != entity[clusters[row["key"]]]}
    if not moves:
        return
    keys = sorted(moves)
    before = {
        row["id"]: row for row in transaction.run("read_entity_refs", ids=sorted({row["entity"] for row in rows}))
    }
    types = {row["key"]: before[row["entity"]] for row in rows}
    touched = {row["entity"]: before[row["entity"]] for row in rows if row["key"] in moves}
    for key, id in moves.items():
        touched.setdefault(id, {**types[key], "id": id})
    series = [row["id"] for row in transaction.run("read_entity_series", ids=sorted(touched), keys=keys)]
    hold(transaction, touched, series)
    pairs = pairs_of(transaction.run("read_key_pairs", keys=keys))
    transaction.run("move_mentions", rows=[{"key": key, "entity": id} for key, id in sorted(moves.items())])
    pairs |= pairs_of(transaction.run("read_key_pairs", keys=keys))
    derive(transaction, touched, series, pairs)


def _entities(clusters: Mapping[str, str], rows: Iterable[Row]) -> dict[str, str]:
    """The id of the entity of each cluster, by the cluster: its key with the earliest document, else its first key."""
    first: dict[str, tuple[str, str, str]] = {}
    for row in rows:
        root, place = clusters[row["key"]], (row["date"], row["document"], row["key"])
        first[root] = min(first.get(root, place), place)
    for key, root in sorted(clusters.items()):
        first.setdefault(root, ("", "", key))
    return {root: place[2] for root, place in first.items()}
