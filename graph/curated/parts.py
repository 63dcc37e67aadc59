"""The documents of a file beyond its first ones: what is left of them when it has fewer than before, or is deleted."""

from __future__ import annotations

from graph.client import Graph
from graph.curated.documents import part_key
from graph.identity import document_id
from graph.load import delete_document

__all__ = ["remove_parts"]

_WINDOW = 1_000  # numbers asked for at once; none of them there means that there are no more


def remove_parts(graph: Graph, key: str, *, beyond: int) -> int:
    """Remove the documents of a curated file whose numbers are above ``beyond``.

    The last goes first, so that whatever interrupts it leaves no gap, and calling it again does the rest.

    Args:
        graph: where from.
        key: the key of the file's first document.
        beyond: how many of its documents stay.

    Returns:
        How many were removed.
    """
    found: list[str] = []
    first = beyond + 1
    while True:
        keys = {document_id(part_key(key, number)): part_key(key, number) for number in range(first, first + _WINDOW)}
        there = {row["id"] for row in graph.read("read_document_hashes", ids=list(keys))}
        if not there:
            break
        found += [keys[id] for id in keys if id in there]
        first += _WINDOW
    return sum(delete_document(graph, each) for each in reversed(found))
