"""Subgraphs as files, one format a module: `FORMATS` maps the name of a format to how it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph.errors import HuituError
from graph.export import graphml, node_link
from graph.records import Subgraph

__all__ = ["FORMATS", "Format", "UnknownFormat", "export"]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its media type, its suffix and what writes it."""

    media_type: str
    suffix: str
    write: Callable[[Subgraph], bytes]


FORMATS: Mapping[str, Format] = {
    "graphml": Format("application/graphml+xml", ".graphml", graphml.write),
    "node-link": Format("application/json", ".json", node_link.write),
}


class UnknownFormat(HuituError):
    """No format of that ``name``; ``known`` are those there are."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        known = sorted(FORMATS)
        super().__init__(f"unknown format {name!r}", hint=f"Known are {', '.join(known)}.")
        self.name = name
        self.known = known


def export(subgraph: Subgraph, format: str) -> bytes:
    """A subgraph as the content of a file; the same graph gives the same bytes.

    Args:
        subgraph: what to write.
        format: a name in `FORMATS`.

    Raises:
        UnknownFormat: there is no such format.
    """
    if format not in FORMATS:
        raise UnknownFormat(format)
    return FORMATS[format].write(subgraph)
