"""Parts of the graph as files, one format a module: `FORMATS` maps the name of a format to how it is written.

Writers take what `graph.subgraph.select` streams from the database and give chunks of bytes as they come: memory stays
bounded, the same graph gives the same bytes, and a database that fails in the middle raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from graph.errors import HuituError
from graph.export import csv, cypher, gexf, graphml, jsonld, node_link, parquet, turtle, xlsx
from graph.subgraph import Content

__all__ = ["FORMATS", "Format", "NoClaims", "UnknownFormat", "export", "stream"]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its media type, its suffix, what writes it, and whether it can hold claims."""

    media_type: str
    suffix: str
    write: Callable[[Content], Iterator[bytes]]
    claims: bool = True


FORMATS: Mapping[str, Format] = {
    "graphml": Format("application/graphml+xml", ".graphml", graphml.write, claims=False),
    "node-link": Format("application/json", ".json", node_link.write),
    "gexf": Format("application/gexf+xml", ".gexf", gexf.write, claims=False),
    "csv": Format("application/zip", ".csv.zip", csv.write),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", xlsx.write),
    "parquet": Format("application/vnd.apache.parquet+zip", ".parquet.zip", parquet.write),
    "cypher": Format("application/x-cypher-query", ".cypher", cypher.write),
    "jsonld": Format("application/ld+json", ".jsonld", jsonld.write),
    "turtle": Format("text/turtle", ".ttl", turtle.write),
}


class UnknownFormat(HuituError):
    """No format of that ``name``; ``known`` are those there are."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        known = sorted(FORMATS)
        super().__init__(f"unknown format {name!r}", hint=f"Known are {', '.join(known)}.")
        self.name = name
        self.known = known


class NoClaims(HuituError):
    """The format ``name`` has no place for claims."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        able = ", ".join(sorted(each for each, format in FORMATS.items() if format.claims))
        super().__init__(f"the format {name} cannot hold claims", hint=f"These can: {able}.")
        self.name = name


def stream(content: Content, format: str) -> Iterator[bytes]:
    """The content of a file, piece by piece; the same graph gives the same bytes.

    Args:
        content: what to write: `graph.subgraph.select` or a `graph.subgraph.Subgraph`.
        format: a name in `FORMATS`.

    Raises:
        UnknownFormat: there is no such format.
        NoClaims: claims are asked for and the format cannot hold them.
        MissingExtra: the format needs a package that is not installed.
        GraphError: the database does not answer, or fails while it is read: what was given until then is no whole file.
    """
    if format not in FORMATS:
        raise UnknownFormat(format)
    chosen = FORMATS[format]
    if content.selection.claims and not chosen.claims:
        raise NoClaims(format)
    return filter(None, chosen.write(content))


def export(content: Content, format: str) -> bytes:
    """The same in one piece; raises what `stream` does."""
    return b"".join(stream(content, format))
