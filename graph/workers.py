"""Work on many items in several processes, in order, with a bounded number of items under way."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context, parent_process
from types import TracebackType
from typing import Self, TypeVar

__all__ = ["Workers"]

T = TypeVar("T")
R = TypeVar("R")

_CHUNK = 100
"""Items that go to a process at a time."""

_AHEAD = 3
"""Chunks a process that are under way or wait to be taken."""


class Workers:
    """Processes that live as long as the context; with one alone everything is done in this process.

    Args:
        processes: how many.
    """

    def __init__(self, processes: int) -> None:
        self._processes = processes
        # Not forked: this process may have threads, a database driver's or Java's.
        context = get_context("spawn")
        self._pool = ProcessPoolExecutor(processes, context, _start) if processes > 1 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def map(self, work: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """What ``work`` makes of each item, in the order of the items, which are read as they are needed.

        Args:
            work: a function that can be pickled; what it raises is raised here, at its place.
            items: can be pickled too.
        """
        if self._pool is None:
            yield from map(work, items)
            return
        waiting: deque[Future[list[R]]] = deque()
        source = iter(items)
        while True:
            while len(waiting) < self._processes * _AHEAD and (chunk := list(islice(source, _CHUNK))):
                waiting.append(self._pool.submit(_work, work, chunk))
            if not waiting:
                return
            yield from waiting.popleft().result()


def _work(work: Callable[[T], R], chunk: list[T]) -> list[R]:
    return [work(item) for item in chunk]


def _start() -> None:
    """Leave Ctrl-C to the process that started this one, and end with it, even where it is killed."""
    gc.disable()  # records have no cycles, and to look for some takes a fifth of the time
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
