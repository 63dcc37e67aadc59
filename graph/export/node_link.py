"""Node-link JSON, as networkx and D3 read it."""

from __future__ import annotations

import json

import networkx as nx

from graph.convert import to_networkx
from graph.records import Subgraph

__all__ = ["read", "write"]


def write(subgraph: Subgraph) -> bytes:
    """A subgraph as UTF-8 JSON: ``nodes``, ``edges``, and ``graph``, whose ``complete`` says whether it is cut."""
    data = nx.node_link_data(to_networkx(subgraph), edges="edges")
    return (json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def read(content: bytes) -> nx.MultiDiGraph[str]:
    """The twin of `write`."""
    return nx.MultiDiGraph(nx.node_link_graph(json.loads(content), edges="edges"))
