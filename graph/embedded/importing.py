"""First load of an empty database through the server's own import tool, which makes a store from CSV files.

The store is made beside the old one and swapped in, as a restore does it: whatever fails or is killed before the last
step, the empty database is what is there afterwards.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from graph.artifacts import Progress
from graph.client import Graph
from graph.embedded import java, store
from graph.embedded.errors import NotEmpty
from graph.embedded.server import EmbeddedServer
from graph.settings import Connection

__all__ = ["IMPORT", "import_store", "refuse_content"]

IMPORT = ("database", "import", "full")
"""Arguments of ``neo4j-admin`` before the name of the database."""


def import_store(
    server: EmbeddedServer,
    write: Callable[[Path], Sequence[str]],
    finish: Callable[[Connection], None],
    *,
    progress: Progress | None = None,
) -> None:
    """Fill an empty database; a server that runs is stopped for it and started again.

    Args:
        server: whose database.
        write: puts the files into an empty folder and returns the arguments for the import tool.
        finish: completes the database while nobody else uses it.
        progress: called at each step.

    Raises:
        NotEmpty: the database holds something; it is left as it is.
        ServerInUse: another command is working with the database.
        AdminFailed: the import tool refused the files.
    """
    tell = progress or _silent
    with server.lifecycle():
        server.refuse_users()
        _refuse_content(server, progress)
        folder = store.restore_folder(server.home)
        shutil.rmtree(folder, ignore_errors=True)  # what was killed left it
        folder.mkdir(mode=0o700)
        try:
            # A folder of its own each time: an import tool that outlived its command may still write to its own.
            trial = EmbeddedServer(Path(tempfile.mkdtemp(prefix="import-", dir=folder)), java=server.java)
            files = trial.data_dir / "files"
            files.mkdir()
            arguments = write(files)
            trial.make_home(bolt_port=7687, http_port=7474)  # never started, so the ports do not matter
            tell("Importing the files", 0, 0)
            java.run_admin(
                trial.home,
                [*IMPORT, store.DATABASE, *arguments, f"--report-file={files / 'report'}"],
                java=server.java,
                heap_mib=server.heap_mib,
                problem="The import tool refused the files",
                progress=progress,
            )
            shutil.rmtree(files)
            with server.paused(progress=progress):
                tell("Putting the new store in place", 0, 0)
                store.swap(server.home, trial.home)
                connection = server.start_locked(stays=False, progress=progress)
                tell("Making the indexes", 0, 0)
                finish(connection)
                store.discard_old(server.home)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _refuse_content(server: EmbeddedServer, progress: Progress | None) -> None:
    """Raise `NotEmpty` if the database holds anything; a server that does not run is started and stopped for it."""
    if not store.exists(server.home):
        return
    runs = server.status().running
    connection = server.start_locked(stays=False, progress=progress)
    try:
        with Graph(connection) as graph:
            refuse_content(graph)
    finally:
        if not runs:
            server.stop_locked()


def refuse_content(graph: Graph) -> None:
    """Raise `NotEmpty` if a database holds nodes, or constraints and indexes that Huitu has not made.

    The node that tells the version of the model does not count.
    """
    nodes = graph.read("count_nodes")[0]["nodes"]
    if nodes:
        raise NotEmpty(graph.uri, f"{nodes:,} nodes")
    names = [name for row in graph.read("list_indexes") if not (name := row["name"]).startswith("huitu_")]
    if names:
        raise NotEmpty(graph.uri, f"indexes of others ({', '.join(names)})")


def _silent(_step: str, _done: int, _total: int) -> None:
    pass
