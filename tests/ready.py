"""What lets servers start and plan quickly: the jars, and what Java makes of them, kept in the cache.

Run as a command it is made before the tests ask for it, while other things go on.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from articles import newsroom
from servers import own_server

from graph.artifacts import class_path, java_home
from graph.client import Graph
from graph.embedded import classes
from graph.load import load

__all__ = ["make_ready"]


def make_ready(folder: Path) -> None:
    """Run a server in a folder once, where none has run yet; of several processes one does it, the others wait."""
    first = own_server(folder)
    with first.lifecycle():
        if not classes.reading(java_home("bundled"), class_path("neo4j")):
            with Graph(first.start_locked(stays=True)) as graph:
                load(graph, newsroom())
            first.stop_locked()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as passing:
        make_ready(Path(passing) / "first")
