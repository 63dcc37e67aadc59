"""Everything that a graph says as sorted JSON Lines (快照), differences of two such files, changes since a revision.

A snapshot holds no bookkeeping: two graphs with the same documents, decisions and corrections have the same snapshot to
the byte, in whatever order and by however many writers they were loaded. Each line has ``kind`` and ``id``, by which
the lines are sorted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby, repeat
from typing import Any, TypeAlias

from graph.client import Graph
from graph.errors import HuituError
from graph.schema import EDGE_TYPES

__all__ = ["BadSnapshot", "changes", "differences", "snapshot"]

Line: TypeAlias = dict[str, Any]

_KINDS = ("claim", "correction", "decision", "document", "edge", "entity", "mention", "series")
_BOOKKEEPING = frozenset({"added_in", "changed_in", "ingested_at", "pinyin"})


class BadSnapshot(HuituError):
    """A line of a snapshot is none, or stands in the wrong place; ``line`` counts from 1."""

    exit_code = 2

    def __init__(self, name: str, line: int, problem: str) -> None:
        super().__init__(f"{name}, line {line}: {problem}")
        self.line = line


def snapshot(graph: Graph) -> Iterator[str]:
    """The lines of a snapshot, without line ends; streamed."""
    for kind in _KINDS:
        for row in graph.stream(f"stream_{kind}_content", types=list(EDGE_TYPES)):
            kept = {name: value for name, value in row["content"].items() if name not in _BOOKKEEPING}
            yield json.dumps({"kind": kind, "id": row["id"], **kept}, ensure_ascii=False, sort_keys=True)


def differences(old: Iterable[str], new: Iterable[str], names: tuple[str, str] = ("old", "new")) -> Iterator[Line]:
    """What turns one snapshot into another: lines with ``change`` (added, changed, gone), ``was`` and ``is``.

    Args:
        old: lines of the earlier snapshot.
        new: lines of the later one.
        names: what errors call the two.

    Raises:
        BadSnapshot: a line is no part of a snapshot or out of order.
    """
    sides = [zip(repeat("was"), _read(old, names[0])), zip(repeat("is"), _read(new, names[1]))]
    for (kind, id), found in groupby(merge(*sides, key=_side_place), key=_side_place):
        lines = dict(found)
        if len(lines) == 2 and lines["was"] == lines["is"]:
            continue
        change = "changed" if len(lines) == 2 else "gone" if "was" in lines else "added"
        yield {"change": change, "kind": kind, "id": id, **lines}


def changes(graph: Graph, since: int) -> Iterator[Line]:
    """Entities and edges that were added, changed or have gone after a revision; the first line tells the present one.

    Args:
        graph: where.
        since: a revision that `changes` told before; 0 for everything.
    """
    row = graph.read("read_revision")[0]
    yield {"revision": row["revision"], "since": since}
    for name in ("stream_changed_entities", "stream_changed_edges", "stream_gone"):
        for each in graph.stream(name, since=since, types=list(EDGE_TYPES)):
            yield each["line"]


def _read(lines: Iterable[str], name: str) -> Iterator[Line]:
    last = ("", "")
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line)
            place = _place(record)
        except (ValueError, KeyError, TypeError) as error:
            raise BadSnapshot(name, number, "not a line of a snapshot") from error
        if place <= last:
            raise BadSnapshot(name, number, "out of order: 'huitu snapshot' writes lines sorted by kind and id")
        last = place
        yield record


def _place(line: Line) -> tuple[str, str]:
    return line["kind"], line["id"]


def _side_place(side: tuple[str, Line]) -> tuple[str, str]:
    return _place(side[1])
