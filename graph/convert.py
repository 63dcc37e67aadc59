"""Hands a part of the graph over to other libraries: networkx, pandas, py2neo."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx

from graph.errors import MissingExtra
from graph.schema import EDITION_OF, FORUM_SERIES
from graph.subgraph import Content, SubgraphEdge
from graph.tables import CLAIMS, EDGES, ENTITIES, Table

if TYPE_CHECKING:
    import pandas
    import py2neo

__all__ = ["Frames", "edges", "graph_fields", "nodes", "to_networkx", "to_pandas", "to_py2neo"]


def to_networkx(content: Content) -> nx.MultiDiGraph[str]:
    """A directed multigraph.

    Nodes are the ids of entities and series, with ``type``, ``name``, ``aliases`` and, of entities, ``documents``,
    ``first_date``, ``last_date``. Edges are keyed by ``head|relation|tail`` and carry ``relation`` and the fields of
    `SubgraphEdge` that have a value. The graph itself says whether it is ``complete``, and what it was asked for
    (``seed``, ``depth``, ``limit`` ...).
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**graph_fields(content))
    graph.add_nodes_from(nodes(content))
    for head, tail, key, fields in edges(content):
        graph.add_edge(head, tail, key, **fields)
    return graph


def graph_fields(content: Content) -> dict[str, Any]:
    """What the graph says of itself."""
    return {"complete": content.complete, **content.selection.stated()}


def nodes(content: Content) -> Iterator[tuple[str, dict[str, Any]]]:
    """Entities, then series: id and fields that have a value."""
    for id, type, name, aliases, documents, first_date, last_date in content.entities:
        fields: dict[str, Any] = {"type": type.value, "name": name, "aliases": list(aliases), "documents": documents}
        if first_date is not None:
            fields["first_date"], fields["last_date"] = first_date, last_date
        yield id, fields
    for series in content.series:
        yield series.id, {"type": FORUM_SERIES, "name": series.name, "aliases": list(series.aliases)}


_EDGE_FIELDS = SubgraphEdge._fields[5:]
"""Those after relation and ends."""


def edges(content: Content) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Edges, then editions of series: head, tail, key and fields that have a value."""
    for edge in content.edges:
        head, relation, tail = edge[:3]
        fields: dict[str, Any] = {"relation": relation.value}
        for name, value in zip(_EDGE_FIELDS, edge[5:], strict=True):
            if value is not None:
                fields[name] = value
        fields["roles"] = list(edge.roles)
        yield head, tail, f"{head}|{relation.value}|{tail}", fields
    for series in content.series:
        for id, _ in series.editions:
            yield id, series.id, f"{id}|{EDITION_OF}|{series.id}", {"relation": EDITION_OF}


class Frames(NamedTuple):
    """Tables of pandas; the columns are those of `graph.tables`."""

    entities: pandas.DataFrame
    edges: pandas.DataFrame
    claims: pandas.DataFrame


def to_pandas(content: Content) -> Frames:
    """Three tables: entities (with series), edges (with editions), claims.

    Counts are whole numbers with gaps (``Int64``), lists are lists, days are text (``YYYY-MM-DD``), which
    ``pandas.to_datetime`` reads.

    Raises:
        MissingExtra: pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise MissingExtra("pandas", "pandas") from error

    kinds = {"integer": "Int64", "number": "Float64", "text": "string", "texts": "object"}

    def frame(table: Table) -> pandas.DataFrame:
        rows = zip(*table.rows(content), strict=True)
        values = dict(zip(table.names, rows, strict=False)) or dict.fromkeys(table.names, ())
        return pandas.DataFrame(
            {
                name: pandas.Series(
                    [list(each or ()) for each in values[name]] if kind == "texts" else values[name], dtype=kinds[kind]
                )
                for name, kind in table.columns
            }
        )

    return Frames(frame(ENTITIES), frame(EDGES), frame(CLAIMS))


def to_py2neo(content: Content) -> py2neo.Subgraph:
    """What py2neo calls a Subgraph, ready for ``py2neo.Graph.merge(subgraph)``: nodes merge by ``:Entity(id)``
    and ``:ForumSeries(id)``.

    py2neo is no longer maintained; this is a hand-over for those who work with it. Nodes carry ``Entity`` and their
    type as labels, but not ``Huitu``: in another database they are that database's own.
    """
    with warnings.catch_warnings():
        # py2neo and its dependency interchange use what newer Pythons and setuptools deprecate.
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        import py2neo

    made: dict[str, py2neo.Node] = {}
    for id, fields in nodes(content):
        labels = (FORUM_SERIES,) if fields["type"] == FORUM_SERIES else ("Entity", fields["type"])
        node = made[id] = py2neo.Node(*labels, id=id, **fields)
        node.__primarylabel__, node.__primarykey__ = labels[0], "id"
    links = (
        py2neo.Relationship(made[head], fields.pop("relation"), made[tail], **fields)
        for head, tail, _, fields in edges(content)
    )
    return py2neo.Subgraph(made.values(), links)
