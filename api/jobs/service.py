"""Jobs as the server has them: the store, and a thread that starts the worker when something waits and watches it."""

from __future__ import annotations

import fcntl
import json
import logging
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Collection, Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from api.errors import describe
from api.jobs.records import Job, NewItem
from api.jobs.store import Store
from graph.errors import NoRoom
from graph.settings import Connection

__all__ = ["JobService", "allowed_hosts"]

_LOOK_S = 1.0
_BACK_OFF_S = 3.0
_LOST = describe("worker-lost", "The process died, or was at it for more than ten minutes, twice.")

_log = logging.getLogger("huitu.jobs")


def allowed_hosts() -> list[str]:
    """Hosts of one's own network that may be fetched: HUITU_FETCH_ALLOW, separated by spaces."""
    return os.environ.get("HUITU_FETCH_ALLOW", "").split()


class JobService:
    """Does jobs as long as the context lasts; what is not done then is done the next time.

    Args:
        folder: where the jobs are kept.
        connection: the database into which documents are loaded.
        allow: hosts of one's own network that may be fetched.
        item_s: whole seconds that one document may take.
    """

    def __init__(self, folder: Path, connection: Connection, *, allow: Collection[str] = (), item_s: int = 600) -> None:
        self.store = Store(folder)
        self._settings = {
            "folder": str(folder),
            "connection": asdict(connection),
            "allow": sorted(allow),
            "item_s": item_s,
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="jobs", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._wake.set()
        self._thread.join()
        self.store.close()

    @property
    def stopping(self) -> bool:
        """Whether the service is to end: whoever waits for a job should not any longer."""
        return self._stopping.is_set()

    @property
    def worker(self) -> int | None:
        """The worker's process id; None while there is none."""
        process = self._process
        return None if process is None or process.poll() is not None else process.pid

    def stop(self) -> None:
        """Tell whoever waits for a job that the server ends."""
        self._stopping.set()
        self._wake.set()

    def create(self, items: Sequence[NewItem], key: str | None = None) -> tuple[Job, bool]:
        """Keep a new job and see that it is done; as `Store.create`."""
        made = self.store.create(items, key)
        self._wake.set()
        return made

    def retry(self, id: str) -> Job:
        """Let what failed be tried again; as `Store.retry`."""
        job = self.store.retry(id)
        self._wake.set()
        return job

    def _watch(self) -> None:
        with (self.store.folder / "server.lock").open("w") as lock:
            while not self._stopping.is_set():
                try:
                    if _taken(lock):
                        self._look()
                except (sqlite3.Error, NoRoom):  # what is kept there waits
                    _log.exception("the jobs cannot be read")
                self._wake.wait(_LOOK_S)
                self._wake.clear()
            self._end()

    def _look(self) -> None:
        """See what became of the worker, and start one if there is none and something waits."""
        if self._process is not None and (code := self._process.poll()) is not None:
            self._end()
            if code != 0:
                _log.error("the worker ended with %s", code)
                self.store.recover(crashed=_LOST)
                self._stopping.wait(_BACK_OFF_S)
        if self._process is None and not self._stopping.is_set() and self.store.waiting():
            self._process = self._start()

    def _end(self) -> None:
        """Let the worker end, where there is one: it does so when its standard input does."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None  # noqa: S101  it is a pipe
        process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "api.jobs.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C in the terminal is for the server
        )
        assert process.stdin is not None  # noqa: S101  it is a pipe
        process.stdin.write(json.dumps(self._settings).encode() + b"\n")
        process.stdin.flush()
        return process


def _taken(lock: IO[str]) -> bool:
    """Whether this server is the one of its data folder that does the jobs; others only keep them."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
