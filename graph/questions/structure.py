"""The structure of a part of the graph: who is central in it, which communities it falls into (networkx)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import networkx as nx

from graph.client import Graph
from graph.questions.errors import TooLarge
from graph.questions.routes import walkable
from graph.records import EntityRef, EntitySummary
from graph.schema import EntityType, RelationType
from graph.subgraph import Selection, Subgraph, subgraph

__all__ = ["MOST", "Central", "Centrality", "Community", "Measure", "centrality", "communities"]

MOST = 2_000
"""Entities of a part at most: betweenness takes some seconds for so many."""


class Measure(StrEnum):
    """What makes an entity central (Freeman 1978)."""

    DEGREE = "degree"
    BETWEENNESS = "betweenness"
    CLOSENESS = "closeness"


@dataclass(frozen=True, slots=True)
class Central:
    """An entity with its centrality, 0 to 1, and the number of entities it is related to in the part."""

    entity: EntitySummary
    score: float
    neighbours: int


@dataclass(frozen=True, slots=True)
class Centrality:
    """The most central entities of a part of ``entities`` and ``edges``."""

    measure: Measure
    entities: int
    edges: int
    items: tuple[Central, ...]


@dataclass(frozen=True, slots=True)
class Community:
    """Entities that are related more to each other than to the rest; the first are those with the most relations."""

    size: int
    members: tuple[EntityRef, ...]


_MEASURES: Mapping[Measure, Callable[[Any], dict[str, float]]] = {
    Measure.DEGREE: nx.degree_centrality,
    Measure.BETWEENNESS: nx.betweenness_centrality,
    Measure.CLOSENESS: nx.closeness_centrality,
}


def centrality(
    graph: Graph,
    seed: str,
    measure: Measure,
    *,
    depth: int = 2,
    relations: Sequence[RelationType] = (),
    types: Sequence[EntityType] = (),
    limit: int = 20,
) -> Centrality:
    """The most central entities around one.

    Args:
        graph: where.
        seed: its id.
        measure: by what.
        depth: edges away from it, 1 to 3.
        relations: only over these; none means all.
        types: only these are told; none means all.
        limit: entities told.

    Raises:
        TooLarge: the part holds more than `MOST` entities, or more than `MOST_STEPS` edges lead to it.
    """
    part = _part(graph, seed, depth, relations)
    plain = _plain(part)
    scores = _MEASURES[measure](plain)
    told = [each for each in part.entities if not types or each.type in types]
    told.sort(key=lambda each: (-round(scores[each.id], 12), each.id))
    items = tuple(
        Central(EntitySummary(*each[:5]), round(scores[each.id], 6), plain.degree(each.id)) for each in told[:limit]
    )
    return Centrality(measure, len(plain), plain.number_of_edges(), items)


def communities(
    graph: Graph, seed: str, *, depth: int = 2, relations: Sequence[RelationType] = (), members: int = 20
) -> tuple[Community, ...]:
    """The communities around an entity, the largest first, by the method of Louvain (Blondel et al. 2008).

    Args:
        graph: where.
        seed: its id.
        depth: edges away from it, 1 to 3.
        relations: only over these; none means all.
        members: entities told of each.

    Raises:
        TooLarge: the part holds more than `MOST` entities, or more than `MOST_STEPS` edges lead to it.
    """
    part = _part(graph, seed, depth, relations)
    plain = _plain(part)
    known = {each.id: EntityRef(each.id, each.type, each.name) for each in part.entities}
    found = [sorted(each, key=lambda id: (-plain.degree(id), id)) for each in _louvain(plain)]
    found.sort(key=lambda ids: (-len(ids), ids[0]))
    return tuple(Community(len(ids), tuple(known[id] for id in ids[:members])) for ids in found)


def _louvain(plain: nx.Graph[str]) -> list[set[str]]:
    found: list[set[str]] = nx.community.louvain_communities(plain, weight="weight", seed=0)
    return found


def _part(graph: Graph, seed: str, depth: int, relations: Sequence[RelationType]) -> Subgraph:
    walkable(graph, seed, depth, relations)
    part = subgraph(graph, Selection(seed, depth=depth, relations=tuple(relations), limit=MOST))
    if not part.complete:
        raise TooLarge("or more entities around it", MOST + 1, MOST, "Choose relations or a smaller depth.")
    return part


def _plain(part: Subgraph) -> nx.Graph[str]:
    """One edge between two, whatever relates them; its weight is the support of all."""
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(each.id for each in part.entities)
    for edge in sorted(part.edges, key=lambda each: (each.head, each.tail)):
        before = plain.get_edge_data(edge.head, edge.tail, {"weight": 0})["weight"]
        plain.add_edge(edge.head, edge.tail, weight=before + max(edge.support, 1))
    return plain
