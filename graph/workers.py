"""Work on many items in several processes, in order, with a bounded number of items under way."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context, parent_process
from types import TracebackType
from typing import Self, TypeVar

from graph.errors import HuituError

__all__ = ["WorkerLost", "Workers", "cores"]

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 3
"""Chunks a process that are under way or wait to be taken."""


def cores() -> int:
    """How many cores this machine has."""
    return os.cpu_count() or 1


class WorkerLost(HuituError):
    """A process was ended from outside, mostly for want of memory."""

    def __init__(self) -> None:
        hint = "Is there enough memory? Begin again with fewer --processes; what was loaded stays."
        super().__init__("a process that did part of the work was ended from outside", hint=hint)


class Workers:
    """Processes that live as long as the context; with one alone everything is done in this process.

    Args:
        processes: how many.
        collecting: whether the processes look for garbage in cycles; where records have none, a fifth of the time is
            saved without.
    """

    def __init__(self, processes: int, *, collecting: bool = True) -> None:
        self._processes = processes
        # Not forked: this process may have threads, a database driver's or Java's.
        context = get_context("spawn")
        self._pool = ProcessPoolExecutor(processes, context, _start, (collecting,)) if processes > 1 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def map(self, work: Callable[[T], R], items: Iterable[T], *, chunk: int = 100) -> Iterator[R]:
        """What ``work`` makes of each item, in the order of the items, which are read as they are needed.

        Args:
            work: a function that can be pickled; what it raises is raised here, at its place.
            items: can be pickled too.
            chunk: how many go to a process at a time.

        Raises:
            WorkerLost: a process was ended from outside.
        """
        if self._pool is None:
            yield from map(work, items)
            return
        waiting: deque[Future[list[R]]] = deque()
        source = iter(items)
        while True:
            while len(waiting) < self._processes * _AHEAD and (part := list(islice(source, chunk))):
                waiting.append(_submit(self._pool, work, part))
            if not waiting:
                return
            yield from _result(waiting.popleft())


def _submit(pool: ProcessPoolExecutor, work: Callable[[T], R], part: list[T]) -> Future[list[R]]:
    try:
        return pool.submit(_work, work, part)
    except BrokenProcessPool as error:
        raise WorkerLost from error


def _result(future: Future[list[R]]) -> list[R]:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise WorkerLost from error


def _work(work: Callable[[T], R], part: list[T]) -> list[R]:
    return [work(item) for item in part]


def _start(collecting: bool) -> None:
    """Leave Ctrl-C to the process that started this one, and end with it, even where it is killed."""
    if not collecting:
        gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
