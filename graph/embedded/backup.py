"""Backup and restore through the server's own admin tool, which works on a stopped server.

A dump holds the data, constraints and indexes; users and the password stay with the data folder.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from graph.artifacts import Progress
from graph.embedded import java, store
from graph.embedded.errors import AdminFailed, NoDatabase, NotADump, TargetExists
from graph.embedded.server import EmbeddedServer

__all__ = ["backup", "restore"]


def backup(server: EmbeddedServer, target: Path, *, force: bool = False, progress: Progress | None = None) -> None:
    """Write the database to a dump file; a server that runs is stopped for it and started again.

    Args:
        server: whose database.
        target: the file to write.
        force: replace a file that exists.
        progress: called at each step.

    Raises:
        TargetExists: the file exists and ``force`` is not given.
        ServerInUse: another command is working with the database.
        NoDatabase: nothing was ever stored in this data folder.
        AdminFailed: the admin tool refused.
    """
    tell = progress or _silent
    if target.exists() and not force:
        raise TargetExists(target, "There is a file already:")
    target.parent.mkdir(parents=True, exist_ok=True)
    with server.lifecycle(), server.paused(progress=progress):
        if not store.exists(server.home):
            raise NoDatabase(server.data_dir)
        tell("Writing the dump", 0, 0)
        with tempfile.TemporaryDirectory(prefix=".huitu-backup-", dir=target.parent) as folder:
            java.run_admin(
                server.home,
                ["database", "dump", store.DATABASE, f"--to-path={folder}"],
                java=server.java,
                problem="The database could not be saved",
                progress=progress,
            )
            (Path(folder) / f"{store.DATABASE}.dump").replace(target)


def restore(server: EmbeddedServer, source: Path, *, force: bool = False, progress: Progress | None = None) -> None:
    """Replace the database by that of a dump file.

    The dump is loaded and checked beside the store, and the server is started with it; if anything of this fails, the
    old store is what is there afterwards. A server that ran runs again at the end.

    Args:
        server: whose database.
        source: a file that `backup` wrote.
        force: replace a database that exists.
        progress: called at each step.

    Raises:
        TargetExists: there is a database and ``force`` is not given.
        ServerInUse: another command is working with the database.
        NotADump: the file is none, or what it holds is damaged.
        ServerFailed: the server does not start with it.
    """
    tell = progress or _silent
    if not source.is_file():
        raise NotADump(source, "there is no such file")
    with server.lifecycle():
        server.refuse_users()
        if store.exists(server.home) and not force:
            raise TargetExists(server.data_dir, "There is a database already in")
        folder = store.restore_folder(server.home)
        shutil.rmtree(folder, ignore_errors=True)  # what a killed restore left
        folder.mkdir(mode=0o700)
        try:
            trial = EmbeddedServer(folder, java=server.java)
            _load(trial, source, progress)
            with server.paused(progress=progress):
                tell("Putting the new store in place", 0, 0)
                store.swap(server.home, trial.home)
                server.start_locked(stays=False, progress=progress)
                store.discard_old(server.home)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _load(trial: EmbeddedServer, source: Path, progress: Progress | None) -> None:
    """Load the dump into a home of its own and check it there."""
    tell = progress or _silent
    trial.make_home(bolt_port=7687, http_port=7474)  # never started, so the ports do not matter
    dumps = trial.data_dir / "dumps"
    dumps.mkdir()
    (dumps / f"{store.DATABASE}.dump").symlink_to(source.resolve())
    steps = {
        "Reading the dump": ["database", "load", store.DATABASE, f"--from-path={dumps}"],
        "Checking the store": ["database", "check", store.DATABASE],
    }
    for step, arguments in steps.items():
        tell(step, 0, 0)
        try:
            java.run_admin(trial.home, arguments, java=trial.java, problem=step, progress=progress)
        except AdminFailed as error:
            raise NotADump(source, error.output) from error


def _silent(_step: str, _done: int, _total: int) -> None:
    pass
