"""What rests on mentions and claims, made anew for the entities that a transaction touches: names, series, edges.

Within a transaction `hold` comes first, then the change of mentions and claims, then `derive`. Only what differs from
what was there is written, with the revision that changed it; what is gone leaves a record of its id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from graph.client import Row, Transaction
from graph.derived import called, entity_properties
from graph.identity import gone_id
from graph.schema import EDGE_TYPES, RELATIONS

__all__ = ["Pairs", "derive", "hold", "pairs_of"]

Pairs: TypeAlias = frozenset[tuple[str, str]]
"""Pairs of entity ids, the smaller one first."""

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
    derived = _edges(transaction.run("derive_edges", pairs=rows, symmetric=_SYMMETRIC))
    after = {edge: {**properties, "roles": sorted(properties["roles"])} for edge, properties in derived.items()}
    revision: int = transaction.run("advance_revision")[0]["revision"]
    gone = sorted(before.keys() - after.keys())
    if gone:
        transaction.run("delete_edges", rows=[_ends(edge) for edge in gone])
    orphans = [row["id"] for row in transaction.run("delete_orphans", ids=ids)]
    if ids:
        _name_entities(transaction, ids, revision)
    if series:
        transaction.run("refresh_editions", ids=ids)
        transaction.run("delete_orphan_series", ids=series)
        _name_series(transaction, series)
    changed = [
        {**_ends(edge), "properties": {**new, "added_in": old.get("added_in", revision), "changed_in": revision}}
        for edge, new in sorted(after.items())
        if _differs(old := before.get(edge, {}), new)
    ]
    if changed:
        transaction.run("write_edges", rows=changed)
    removed = [_gone("edge", *edge) for edge in gone] + [_gone("entity", id) for id in orphans]
    if removed:
        transaction.run("write_gone", rows=removed, revision=revision)


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


_Edge: TypeAlias = tuple[str, str, str]


def _edges(rows: Iterable[Row]) -> dict[_Edge, Row]:
    return {(row["head"], row["relation"], row["tail"]): row["properties"] for row in rows}


def _ends(edge: _Edge) -> Row:
    head, relation, tail = edge
    return {"head": head, "relation": relation, "tail": tail}


def _differs(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    return "added_in" not in old or any(old.get(name) != value for name, value in new.items())


def _gone(kind: str, *of: str) -> Row:
    return {"id": gone_id(kind, *of), "kind": kind, "of": list(of)}
