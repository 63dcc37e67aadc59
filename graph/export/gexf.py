"""GEXF 1.3, Gephi's own format: with a colour for each type of entity, and edges as heavy as their support."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx

from graph.convert import edges, graph_fields, nodes
from graph.export.text import LIST_SEPARATOR, chunks, xml
from graph.schema import FORUM_SERIES, EntityType
from graph.subgraph import Content

__all__ = ["COLOURS", "read", "write"]

COLOURS: Mapping[str, tuple[int, int, int]] = {
    EntityType.PERSON: (49, 120, 198),
    EntityType.ORGANIZATION: (46, 139, 87),
    EntityType.FORUM: (230, 126, 34),
    EntityType.INITIATIVE: (142, 68, 173),
    EntityType.PLACE: (127, 115, 95),
    FORUM_SERIES: (192, 57, 43),
}
"""Red, green and blue of nodes, 0 to 255."""

_NODE = {
    **dict.fromkeys(("type", "name", "aliases"), "string"),
    "documents": "integer",
    **dict.fromkeys(("first_date", "last_date"), "string"),
}
_EDGE = {
    "relation": "string",
    **dict.fromkeys(("support", "planned", "denied", "claims"), "integer"),
    "confidence": "double",
    **dict.fromkeys(("roles", "first_date", "last_date", "quote"), "string"),
    **dict.fromkeys((f"document_{name}" for name in ("id", "key", "title", "date", "source", "url")), "string"),
}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
"""


def write(content: Content) -> Iterator[bytes]:
    """UTF-8 XML.

    Lists are joined by `LIST_SEPARATOR`; a character that XML cannot hold becomes U+FFFD. An edge weighs as much as its
    support, at least 1. The description in ``meta`` says whether it is cut.
    """
    return chunks(_parts(content))


def read(content: bytes) -> nx.MultiDiGraph[str]:
    """What networkx reads from the output of `write`."""
    return nx.MultiDiGraph(nx.read_gexf(io.BytesIO(content), version="1.3"))


def _parts(content: Content) -> Iterator[str]:
    yield _HEAD
    stated = "; ".join(f"{name}: {_text(value)}" for name, value in graph_fields(content).items())
    yield f"<meta><creator>Huitu</creator><description>{xml(stated)}</description></meta>\n"
    yield '<graph defaultedgetype="directed" mode="static">\n'
    for what, names in (("node", _NODE), ("edge", _EDGE)):
        yield f'<attributes class="{what}">\n'
        for name, type in names.items():
            yield f'<attribute id="{what}_{name}" title="{name}" type="{type}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for id, fields in nodes(content):
        red, green, blue = COLOURS[fields["type"]]
        yield f'<node id="{xml(id)}" label="{xml(fields["name"])}"><attvalues>{_values("node", fields)}</attvalues>'
        yield f'<viz:color r="{red}" g="{green}" b="{blue}"/></node>\n'
    yield "</nodes>\n<edges>\n"
    for head, tail, key, fields in edges(content):
        weight = max(fields.get("support", 1), 1)
        ends = f'id="{xml(key)}" source="{xml(head)}" target="{xml(tail)}"'
        yield f'<edge {ends} label="{fields["relation"]}" weight="{weight}">'
        yield f"<attvalues>{_values('edge', fields)}</attvalues></edge>\n"
    yield "</edges>\n</graph></gexf>\n"


def _values(what: str, fields: Mapping[str, Any]) -> str:
    return "".join(
        f'<attvalue for="{what}_{name}" value="{xml(_text(value))}"/>'
        for name, value in fields.items()
        if value not in ([], "")
    )


def _text(value: Any) -> str:
    if isinstance(value, list):
        return LIST_SEPARATOR.join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
