"""What rests on mentions and claims, made anew for the entities that a transaction touches: names, series, edges.

Within a transaction `hold` comes first, then the change of mentions and claims, then `derive`. Only what differs from
what was there is written, with the revision that changed it; what is gone leaves a record of its id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from graph.client import Row, Transaction
from graph.derived import called, entity_properties
from graph.identity import gone_id
from graph.schema import EDGE_TYPES, RELATIONS

__all__ = ["Pairs", "derive", "hold", "pairs_of"]

Pairs: TypeAlias = frozenset[tuple[str, str]]
"""Pairs of entity ids, the smaller one first."""

_Edge: TypeAlias = tuple[str, str, str]

_SYMMETRIC = [relation.value for relation, spec in RELATIONS.items() if spec.symmetric]


def pairs_of(rows: Iterable[Row]) -> Pairs:
    """The pairs of rows with ``a`` and ``b``."""
    return frozenset((row["a"], row["b"]) for row in rows)


def hold(transaction: Transaction, entities: Mapping[str, Row], series: Iterable[str]) -> None:
    """Make sure entities (rows with id, type, name) and series are there, and lock them in the order of ids."""
    if entities:
        transaction.run("merge_entities", rows=[entities[id] for id in sorted(entities)])
    if held := sorted(series):
        transaction.run("merge_series", ids=held)


def derive(transaction: Transaction, entities: Iterable[str], series: Iterable[str], pairs: Pairs) -> None:
    """Derive entities, series and edges anew from the mentions and claims that are there now.

    Args:
        transaction: the one that holds them.
        entities: ids of those whose mentions have changed.
        series: ids of those whose editions may have changed.
        pairs: entities between which claims were or are.
    """
    ids, series = sorted(entities), sorted(series)
    rows = [{"a": a, "b": b} for a, b in sorted(pairs)]
    before = _edges(transaction.run("read_edges", pairs=rows, relations=list(EDGE_TYPES)))
    after = _edges(transaction.run("derive_edges", pairs=rows, symmetric=_SYMMETRIC))
    revision: int = transaction.run("advance_revision")[0]["revision"]
    gone = sorted(before.keys() - after.keys())
    if gone:
        transaction.run("delete_edges", edges=[before[edge]["edge"] for edge in gone])
    orphans = [row["id"] for row in transaction.run("delete_orphans", ids=ids)]
    if ids:
        _name_entities(transaction, ids, revision)
    if series:
        transaction.run("refresh_editions", ids=ids)
        transaction.run("delete_orphan_series", ids=series)
        _name_series(transaction, series)
    _write_edges(transaction, before, after, revision)
    removed = [_gone("edge", *edge) for edge in gone] + [_gone("entity", id) for id in orphans]
    if removed:
        transaction.run("write_gone", rows=removed, revision=revision)


def _write_edges(
    transaction: Transaction, before: Mapping[_Edge, Row], after: Mapping[_Edge, Row], revision: int
) -> None:
    created, replaced = [], []
    for (head, relation, tail), row in sorted(after.items()):
        new = {**row["properties"], "roles": sorted(row["properties"]["roles"])}
        old = before.get((head, relation, tail))
        if old is None:
            properties = {**new, "added_in": revision, "changed_in": revision}
            created.append({"head": head, "relation": relation, "tail": tail, "properties": properties})
            continue
        added = old["properties"].get("added_in")  # version 1 of the model had none, and none is read in no export
        if added is None or any(old["properties"].get(name) != value for name, value in new.items()):
            properties = {**new, "added_in": revision if added is None else added, "changed_in": revision}
            replaced.append({"edge": old["edge"], "properties": properties})
    if created:
        transaction.run("create_edges", rows=created)
    if replaced:
        transaction.run("write_edges", rows=replaced)


def _name_entities(transaction: Transaction, ids: list[str], revision: int) -> None:
    rows = []
    for row in transaction.run("read_names", ids=ids):
        names = called(_documents(row["uses"]), row["aliases"])
        counted = {name: row[name] for name in ("documents", "first_date", "last_date")}
        properties = entity_properties(row["id"], names, row["keys"], **counted)
        rows.append({"id": row["id"], "properties": properties})
    transaction.run("write_names", rows=rows, revision=revision)


def _name_series(transaction: Transaction, ids: list[str]) -> None:
    read = transaction.run("read_series_names", ids=ids)
    rows = [{"id": row["id"], "properties": called(_documents(row["uses"]))} for row in read]
    transaction.run("write_series_names", rows=rows)


def _documents(uses: Iterable[Row]) -> dict[str, int]:
    return {use["name"]: use["documents"] for use in uses}


def _edges(rows: Iterable[Row]) -> dict[_Edge, Row]:
    return {(row["head"], row["relation"], row["tail"]): row for row in rows}


def _gone(kind: str, *of: str) -> Row:
    return {"id": gone_id(kind, *of), "kind": kind, "of": list(of)}
