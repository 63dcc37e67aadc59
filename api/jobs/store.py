"""Jobs on disk (SQLite): every change is one transaction, so what was acknowledged outlives any crash.

    job ──< item      waiting ─▶ running ─▶ done (its bytes are removed then)
                         ▲           ├────▶ failed ──retry──▶ waiting
                         └─killed────┘      an archive or feed gives way to an item for each document in it

A server and its worker, two processes, use it at once.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from api.jobs.records import Item, Job, JobState, NewItem, Work
from graph.errors import HuituError, room_for
from graph.paging import decode, encode
from graph.records import Page

__all__ = ["MAX_ITEMS", "MAX_WAITING", "KeyReused", "QueueFull", "Store", "UnknownJob"]

MAX_ITEMS = 20_000  # of one job
MAX_WAITING = 100_000  # of all jobs
_FILE = "jobs.sqlite"
_KEPT_DAYS = 30
_MAX_CRASHES = 2

_TABLES = """
CREATE TABLE IF NOT EXISTS job (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, created TEXT NOT NULL,
  finished TEXT, key TEXT UNIQUE, digest TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS item (
  number INTEGER PRIMARY KEY AUTOINCREMENT, job INTEGER NOT NULL REFERENCES job ON DELETE CASCADE,
  kind TEXT NOT NULL, name TEXT NOT NULL, data BLOB, date TEXT, state TEXT NOT NULL DEFAULT 'waiting',
  document TEXT, claims INTEGER NOT NULL DEFAULT 0, problem TEXT, crashes INTEGER NOT NULL DEFAULT 0, begun REAL
) STRICT;
CREATE INDEX IF NOT EXISTS item_of_job ON item (job, state, number);
CREATE INDEX IF NOT EXISTS item_by_state ON item (state, number);
"""
_JOB = """
SELECT job.number, id, job.state, created, finished, count(item.number),
  coalesce(sum(item.state IN ('waiting', 'running')), 0),
  coalesce(sum(item.state = 'done'), 0), coalesce(sum(item.state = 'failed'), 0),
  coalesce(sum(item.state = 'cancelled'), 0), coalesce(sum(claims), 0)
FROM job LEFT JOIN item ON item.job = job.number
"""


class UnknownJob(HuituError):
    """There is no job ``id``."""

    def __init__(self, id: str) -> None:
        super().__init__(f"there is no job {id}")
        self.id = id


class KeyReused(HuituError):
    """An ``Idempotency-Key`` came again with something else; ``job`` is what it stands for."""

    def __init__(self, job: str) -> None:
        super().__init__(f"this Idempotency-Key stands for another request, job {job}")
        self.job = job


class QueueFull(HuituError):
    """So many items wait already that no job is taken on."""

    def __init__(self) -> None:
        super().__init__(f"{MAX_WAITING:,} documents wait already")


class Store:
    """The jobs of a data folder.

    Args:
        folder: is made where it is missing, for this user alone to read.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder = folder
        self._lock = threading.RLock()
        self._base = sqlite3.connect(folder / _FILE, timeout=60, isolation_level=None, check_same_thread=False)
        (folder / _FILE).chmod(0o600)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            self._base.execute(f"PRAGMA {pragma}")
        self._base.executescript(_TABLES)
        with self._changing() as base:
            base.execute(
                "DELETE FROM job WHERE state IN ('finished', 'cancelled') AND finished < datetime('now', ?)",
                (f"-{_KEPT_DAYS} days",),
            )

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def create(self, items: Sequence[NewItem], key: str | None = None) -> tuple[Job, bool]:
        """Keep a new job.

        Args:
            items: what it is to load.
            key: the ``Idempotency-Key``: a second request with it and the same items gives the job that is there.

        Returns:
            The job, and whether it is new.

        Raises:
            KeyReused: the key came before with other items.
            QueueFull: too much waits already.
            NoRoom: the disk is full; nothing of it is kept.
        """
        digest = _digest(items)
        with self._changing() as base:
            if key is not None:
                found = base.execute("SELECT id, digest FROM job WHERE key = ?", (key,)).fetchone()
                if found is not None and found[1] != digest:
                    raise KeyReused(found[0])
                if found is not None:
                    return self.job(found[0]), False
            waiting = base.execute("SELECT count(*) FROM item WHERE state = 'waiting'").fetchone()[0]
            if waiting + len(items) > MAX_WAITING:
                raise QueueFull
            id = f"j-{secrets.token_hex(8)}"
            number = base.execute(
                "INSERT INTO job (id, state, created, key, digest) VALUES (?, 'waiting', ?, ?, ?)",
                (id, _now(), key, digest),
            ).lastrowid
            assert number is not None  # noqa: S101  SQLite gives one
            self._insert(number, items)
            self._settle(number)
            return self.job(id), True

    def job(self, id: str) -> Job:
        """The job of that id.

        Raises:
            UnknownJob: there is none.
        """
        with self._lock:
            row = self._base.execute(f"{_JOB} WHERE id = ? GROUP BY job.number", (id,)).fetchone()
        if row is None:
            raise UnknownJob(id)
        return Job(*row[1:])

    def version(self, id: str) -> int:
        """A number that grows with every change of a job.

        Raises:
            UnknownJob: there is none.
        """
        with self._lock:
            return int(
                self._base.execute("SELECT version FROM job WHERE number = ?", (self._number(id),)).fetchone()[0]
            )

    def jobs(self, *, state: JobState | None = None, limit: int = 20, cursor: str | None = None) -> Page[Job]:
        """Jobs, the latest first.

        Raises:
            InvalidCursor: the cursor was made by another list.
        """
        [before] = decode(cursor, [2**61])
        with self._lock:
            rows = self._base.execute(
                f"{_JOB} WHERE (?1 IS NULL OR job.state = ?1) AND job.number < ?2 "
                "GROUP BY job.number ORDER BY job.number DESC LIMIT ?3",
                (state, before, limit + 1),
            ).fetchall()
            total = self._base.execute(
                "SELECT count(*) FROM job WHERE ?1 IS NULL OR job.state = ?1", (state,)
            ).fetchone()[0]
        more = len(rows) > limit
        rows = rows[:limit]
        return Page(tuple(Job(*row[1:]) for row in rows), total, encode([rows[-1][0]]) if more else None)

    def items(self, id: str, *, state: str | None = None, limit: int = 20, cursor: str | None = None) -> Page[Item]:
        """The documents of a job, in the order in which they came.

        Raises:
            UnknownJob: there is none of that id.
            InvalidCursor: the cursor was made by another list.
        """
        [after] = decode(cursor, [0])
        with self._lock:
            job = self._number(id)
            rows = self._base.execute(
                "SELECT number, kind, name, state, document, claims, problem FROM item "
                "WHERE job = ?1 AND (?2 IS NULL OR state = ?2) AND number > ?3 ORDER BY number LIMIT ?4",
                (job, state, after, limit + 1),
            ).fetchall()
            total = self._base.execute(
                "SELECT count(*) FROM item WHERE job = ?1 AND (?2 IS NULL OR state = ?2)", (job, state)
            ).fetchone()[0]
        more = len(rows) > limit
        found = tuple(map(_item, rows[:limit]))
        return Page(found, total, encode([found[-1].number]) if more else None)

    def cancel(self, id: str) -> Job:
        """Stop a job: what waits is not loaded; what is loaded stays. One that has ended is left as it is.

        Raises:
            UnknownJob: there is none.
        """
        with self._changing() as base:
            number = self._number(id)
            changed = base.execute(
                "UPDATE item SET state = 'cancelled', data = NULL WHERE job = ? AND state IN ('waiting', 'running')",
                (number,),
            ).rowcount
            if changed:
                base.execute("UPDATE job SET state = 'cancelled' WHERE number = ?", (number,))
                self._settle(number)
            return self.job(id)

    def retry(self, id: str) -> Job:
        """Let what failed of a job wait again, besides parts of files: those cannot turn out otherwise.

        Raises:
            UnknownJob: there is none.
        """
        with self._changing() as base:
            number = self._number(id)
            changed = base.execute(
                "UPDATE item SET state = 'waiting', problem = NULL, crashes = 0 "
                "WHERE job = ? AND state = 'failed' AND kind <> 'part'",
                (number,),
            ).rowcount
            if changed:
                base.execute("UPDATE job SET state = 'waiting', finished = NULL WHERE number = ?", (number,))
                self._settle(number)
            return self.job(id)

    def delete(self, id: str) -> None:
        """Cancel a job and forget it, with what was handed in; what is loaded stays.

        Raises:
            UnknownJob: there is none.
        """
        with self._changing() as base:
            base.execute("DELETE FROM job WHERE number = ?", (self._number(id),))

    def waiting(self) -> bool:
        """Whether there is anything to do."""
        with self._lock:
            found = self._base.execute("SELECT 1 FROM item WHERE state IN ('waiting', 'running') LIMIT 1").fetchone()
        return found is not None

    def recover(self, *, crashed: str | None = None) -> None:
        """Let what was begun and not ended wait again.

        Args:
            crashed: the worker itself died: this problem (JSON) is told of the item that it began last, where it dies
                of it for the second time, so that one document cannot stop all others.
        """
        with self._changing() as base:
            if crashed is not None:
                base.execute(
                    "UPDATE item SET crashes = crashes + 1 WHERE number = "
                    "(SELECT number FROM item WHERE state = 'running' ORDER BY begun DESC LIMIT 1)"
                )
                base.execute(
                    "UPDATE item SET state = 'failed', problem = ? WHERE state = 'running' AND crashes >= ?",
                    (crashed, _MAX_CRASHES),
                )
            base.execute("UPDATE item SET state = 'waiting' WHERE state = 'running'")
            for (number,) in base.execute("SELECT number FROM job WHERE state IN ('waiting', 'running')").fetchall():
                self._settle(number)

    def begin(self) -> Work | None:
        """Take the next item: the first of the oldest job; None if nothing waits."""
        with self._changing() as base:
            row = base.execute(
                "SELECT number, job, kind, name, data, date FROM item WHERE state = 'waiting' "
                "ORDER BY job, number LIMIT 1"
            ).fetchone()
            if row is None:
                return None
            number, job, kind, name, data, date = row
            base.execute(
                "UPDATE item SET state = 'running', begun = 1 + "
                "(SELECT coalesce(max(begun), 0) FROM item WHERE state = 'running') WHERE number = ?",
                (number,),
            )
            self._settle(job)
            return Work(number, job, NewItem(kind, name, data, date))

    def wanted(self, works: Iterable[Work]) -> frozenset[int]:
        """The numbers of those items that nobody has cancelled meanwhile."""
        numbers = json.dumps([each.number for each in works])
        with self._lock:
            rows = self._base.execute(
                "SELECT number FROM item WHERE state = 'running' AND number IN (SELECT value FROM json_each(?))",
                (numbers,),
            ).fetchall()
        return frozenset(row[0] for row in rows)

    def expand(self, work: Work, items: Iterable[tuple[NewItem, str | None]]) -> None:
        """Put what an item holds in its place.

        Args:
            work: the item.
            items: what it holds, each with the problem (JSON) for which it failed already.
        """
        with self._changing() as base:
            if base.execute("DELETE FROM item WHERE number = ? AND state = 'running'", (work.number,)).rowcount:
                for item, problem in items:
                    self._insert(work.job, [item], problem)
                self._settle(work.job)

    def done(self, loaded: Iterable[tuple[Work, str, int]]) -> None:
        """Record items that are loaded, with the document's id and how many claims were written."""
        with self._changing() as base:
            jobs = set()
            for work, document, claims in loaded:
                base.execute(
                    "UPDATE item SET state = 'done', document = ?, claims = ?, data = NULL WHERE number = ?",
                    (document, claims, work.number),
                )
                jobs.add(work.job)
            for job in sorted(jobs):
                self._settle(job)

    def failed(self, work: Work, problem: str) -> None:
        """Record an item that failed, with its problem (JSON)."""
        with self._changing() as base:
            base.execute(
                "UPDATE item SET state = 'failed', problem = ? WHERE number = ? AND state = 'running'",
                (problem, work.number),
            )
            self._settle(work.job)

    def _insert(self, job: int, items: Iterable[NewItem], problem: str | None = None) -> None:
        self._base.executemany(
            "INSERT INTO item (job, kind, name, data, date, state, problem) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (job, each.kind, each.name, each.data, each.date, "waiting" if problem is None else "failed", problem)
                for each in items
            ),
        )

    def _settle(self, job: int) -> None:
        """Bring a job's state in line with its items."""
        waiting, running, total = self._base.execute(
            "SELECT coalesce(sum(state = 'waiting'), 0), coalesce(sum(state = 'running'), 0), count(*) "
            "FROM item WHERE job = ?",
            (job,),
        ).fetchone()
        ended = waiting + running == 0
        self._base.execute(
            "UPDATE job SET version = version + 1, finished = CASE WHEN ?1 THEN coalesce(finished, ?2) END, "
            "state = CASE WHEN state = 'cancelled' THEN state WHEN ?1 THEN 'finished' "
            "WHEN ?3 OR ?4 < ?5 THEN 'running' ELSE 'waiting' END WHERE number = ?6",
            (ended, _now(), running > 0, waiting, total, job),
        )

    def _number(self, id: str) -> int:
        row = self._base.execute("SELECT number FROM job WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise UnknownJob(id)
        return int(row[0])

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """One transaction; the lock of the file is taken at its start, so that it never has to be begun anew."""
        with self._lock, room_for(self.folder / _FILE):
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield self._base
                self._base.execute("COMMIT")
            except BaseException:
                if self._base.in_transaction:  # where the disk is full SQLite may have taken it back itself
                    self._base.execute("ROLLBACK")
                raise


def _item(row: tuple[Any, ...]) -> Item:
    number, kind, name, state, document, claims, problem = row
    return Item(number, kind, name, state, document, claims, None if problem is None else json.loads(problem))


def _digest(items: Sequence[NewItem]) -> str:
    digest = hashlib.sha256()
    for each in items:
        parts: list[Any] = [each.kind, each.name, each.date, hashlib.sha256(each.data or b"").hexdigest()]
        digest.update(json.dumps(parts).encode())
    return digest.hexdigest()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
