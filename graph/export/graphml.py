"""GraphML, as Gephi, yEd, Cytoscape and networkx read it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx

from graph.convert import edges, graph_fields, nodes
from graph.export.text import LIST_SEPARATOR, chunks, xml
from graph.subgraph import Content

__all__ = ["read", "write"]

_GRAPH = {
    "complete": "boolean",
    **dict.fromkeys(("seed", "query", "types", "relations", "date_from", "date_to"), "string"),
    **dict.fromkeys(("depth", "limit"), "long"),
}
_NODE = {
    **dict.fromkeys(("label", "type", "name", "aliases"), "string"),
    "documents": "long",
    **dict.fromkeys(("first_date", "last_date"), "string"),
}
_EDGE = {
    **dict.fromkeys(("label", "relation"), "string"),
    **dict.fromkeys(("support", "planned", "denied", "claims"), "long"),
    "confidence": "double",
    **dict.fromkeys(("roles", "first_date", "last_date", "quote"), "string"),
    **dict.fromkeys((f"document_{name}" for name in ("id", "key", "title", "date", "source", "url")), "string"),
}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def write(content: Content) -> Iterator[bytes]:
    """UTF-8 XML.

    Nodes and edges also carry a ``label``, which Gephi shows. Lists are joined by `LIST_SEPARATOR`, empty ones left
    out; a character that XML cannot hold becomes U+FFFD. The graph's datum ``complete`` says whether it is cut.
    """
    return chunks(_parts(content))


def read(content: bytes) -> nx.MultiDiGraph[str]:
    """What networkx reads from the output of `write`."""
    return nx.MultiDiGraph(nx.read_graphml(io.BytesIO(content), force_multigraph=True))


def _parts(content: Content) -> Iterator[str]:
    yield _HEAD
    for what, names in (("graph", _GRAPH), ("node", _NODE), ("edge", _EDGE)):
        for name, type in names.items():
            yield f'<key id="{what}_{name}" for="{what}" attr.name="{name}" attr.type="{type}"/>\n'
    yield f'<graph edgedefault="directed">{_data("graph", graph_fields(content))}\n'
    for id, fields in nodes(content):
        label = f'<data key="node_label">{xml(fields["name"])}</data>'
        yield f'<node id="{xml(id)}">{label}{_data("node", fields)}</node>\n'
    for head, tail, key, fields in edges(content):
        label = f'<data key="edge_label">{fields["relation"]}</data>'
        ends = f'id="{xml(key)}" source="{xml(head)}" target="{xml(tail)}"'
        yield f"<edge {ends}>{label}{_data('edge', fields)}</edge>\n"
    yield "</graph></graphml>\n"


def _data(what: str, fields: Mapping[str, Any]) -> str:
    return "".join(
        f'<data key="{what}_{name}">{_text(value)}</data>' for name, value in fields.items() if value not in ([], "")
    )


def _text(value: Any) -> str:
    if isinstance(value, str):
        return xml(value)
    if isinstance(value, list):
        return xml(LIST_SEPARATOR.join(value))
    return str(value).lower() if isinstance(value, bool) else repr(value)
