"""Node-link JSON, as networkx and D3 read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import networkx as nx

from graph.convert import edges, graph_fields, nodes
from graph.export.text import chunks
from graph.subgraph import Content
from graph.tables import CLAIMS

__all__ = ["read", "write"]

_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def write(content: Content) -> Iterator[bytes]:
    """UTF-8 JSON with ``graph``, whose ``complete`` says whether it is cut, ``nodes``, ``edges``; and ``claims``, which
    networkx leaves aside, where they were asked for."""
    return chunks(_parts(content))


def read(content: bytes) -> nx.MultiDiGraph[str]:
    """The twin of `write`; claims are not part of the graph."""
    return nx.MultiDiGraph(nx.node_link_graph(json.loads(content), edges="edges"))


def _parts(content: Content) -> Iterator[str]:
    yield f'{{"directed": true, "multigraph": true, "graph": {_line(graph_fields(content))},\n"nodes": ['
    yield from _items({"id": id, **fields} for id, fields in nodes(content))
    yield '],\n"edges": ['
    yield from _items(
        {"source": head, "target": tail, "key": key, **fields} for head, tail, key, fields in edges(content)
    )
    if content.selection.claims:
        yield '],\n"claims": ['
        yield from _items(dict(zip(CLAIMS.names, row, strict=True)) for row in CLAIMS.rows(content))
    yield "]}\n"


def _items(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    before = "\n"
    for each in items:
        yield before + _line(each)
        before = ",\n"


def _line(value: dict[str, Any]) -> str:
    # Both end a line in JavaScript before 2019, where JSON may stand inside a script.
    return _encode(value).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
