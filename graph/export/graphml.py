"""GraphML, as Gephi, yEd, Cytoscape and networkx read it."""

from __future__ import annotations

import io
import re
from typing import Any

import networkx as nx

from graph.convert import to_networkx
from graph.records import Subgraph

__all__ = ["LIST_SEPARATOR", "read", "write"]

LIST_SEPARATOR = " | "
"""Between the parts of a list (aliases, roles): GraphML knows single values only."""

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped."""


def write(subgraph: Subgraph) -> bytes:
    """A subgraph as UTF-8 XML.

    Nodes and edges also carry a ``label``, which Gephi shows. Lists are joined by `LIST_SEPARATOR`; a character that
    XML cannot hold becomes U+FFFD. The graph's datum ``complete`` says whether it is cut.
    """
    graph = to_networkx(subgraph)
    graph.graph = _plain(graph.graph)
    for _, fields in graph.nodes(data=True):
        _replace(fields, {"label": fields["name"], **fields})
    for _, _, fields in graph.edges(data=True):
        _replace(fields, {"label": fields["relation"], **fields})
    buffer = io.BytesIO()
    nx.write_graphml_lxml(graph, buffer)
    return buffer.getvalue()


def read(content: bytes) -> nx.MultiDiGraph[str]:
    """What networkx reads from the output of `write`."""
    return nx.MultiDiGraph(nx.read_graphml(io.BytesIO(content), force_multigraph=True))


def _replace(fields: dict[str, Any], new: dict[str, Any]) -> None:
    fields.clear()
    fields.update(_plain(new))


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: _value(value) for key, value in fields.items()}


def _value(value: Any) -> Any:
    if isinstance(value, list):
        value = LIST_SEPARATOR.join(value)
    return _ILLEGAL.sub("\ufffd", value) if isinstance(value, str) else value
