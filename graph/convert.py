"""Hands a subgraph over to other libraries: networkx, py2neo."""

from __future__ import annotations

import warnings
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import networkx as nx

from graph.records import Edge, EntitySummary, Subgraph
from graph.schema import EDITION_OF, FORUM_SERIES

if TYPE_CHECKING:
    import py2neo

__all__ = ["to_networkx", "to_py2neo"]


def to_networkx(subgraph: Subgraph) -> nx.MultiDiGraph[str]:
    """A subgraph as a directed multigraph.

    Nodes are entity ids with the fields of `EntitySummary`, and series of forums with name and aliases. Edges are keyed
    by ``head|relation|tail`` and carry ``relation`` and the fields of `Edge` that have a value. The graph itself says
    whether it is ``complete``, and with which ``seed``, ``depth`` and ``limit`` it was made.
    """
    made_with = {"seed": subgraph.seed, "depth": subgraph.depth, "limit": subgraph.limit}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(complete=not subgraph.cut, **_known(made_with))
    for entity in subgraph.entities:
        graph.add_node(entity.id, type=entity.type.value, **_entity(entity))
    for edge in subgraph.edges:
        key = f"{edge.head}|{edge.relation}|{edge.tail}"
        graph.add_edge(edge.head, edge.tail, key=key, relation=edge.relation.value, **_edge(edge))
    for series in subgraph.series:
        graph.add_node(series.id, type=FORUM_SERIES, name=series.name, aliases=list(series.aliases))
        for forum in series.editions:
            graph.add_edge(forum, series.id, key=f"{forum}|{EDITION_OF}|{series.id}", relation=EDITION_OF)
    return graph


def to_py2neo(subgraph: Subgraph) -> py2neo.Subgraph:
    """A subgraph as py2neo's, ready for ``py2neo.Graph.merge(subgraph)``: nodes merge by ``:Entity(id)``
    and ``:ForumSeries(id)``.

    py2neo is no longer maintained; this is a hand-over for those who work with it. Nodes carry ``Entity`` and their
    type as labels, but not ``Huitu``: in another database they are that database's own.
    """
    with warnings.catch_warnings():
        # py2neo and its dependency interchange use what newer Pythons and setuptools deprecate.
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        import py2neo

    nodes = {
        entity.id: py2neo.Node("Entity", entity.type.value, id=entity.id, type=entity.type.value, **_entity(entity))
        for entity in subgraph.entities
    }
    for node in nodes.values():
        node.__primarylabel__, node.__primarykey__ = "Entity", "id"
    edges = (
        py2neo.Relationship(nodes[edge.head], edge.relation.value, nodes[edge.tail], **_edge(edge))
        for edge in subgraph.edges
    )
    series = {
        each.id: py2neo.Node(FORUM_SERIES, id=each.id, name=each.name, aliases=list(each.aliases))
        for each in subgraph.series
    }
    for node in series.values():
        node.__primarylabel__, node.__primarykey__ = FORUM_SERIES, "id"
    editions = (
        py2neo.Relationship(nodes[forum], EDITION_OF, series[each.id])
        for each in subgraph.series
        for forum in each.editions
    )
    return py2neo.Subgraph([*nodes.values(), *series.values()], [*edges, *editions])


def _entity(entity: EntitySummary) -> dict[str, Any]:
    return {"name": entity.name, "aliases": list(entity.aliases), "documents": entity.documents}


def _edge(edge: Edge) -> dict[str, Any]:
    fields = _known(asdict(edge)) | {"roles": list(edge.roles)}
    return {key: value for key, value in fields.items() if key not in ("head", "relation", "tail")}


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None}
