"""Extraction of many documents on all cores: the same results in the same order as one process gives.

An engine that waits for a service stays in one process, whose threads share its connections, budget and account.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from extract.engine import Engine
from extract.engines import engine as engine_named
from extract.errors import ExtractionFailed
from extract.running import results
from graph.schema import Document, Extraction
from graph.settings import load_settings
from graph.workers import Workers, cores
from huitu.console import err

__all__ = ["EngineName", "Processes", "at_work", "extracted", "how_many", "own_engine", "rerankers_folder"]

R = TypeVar("R")

EngineName = Annotated[
    str, typer.Option("--engine", help="What finds names and facts: hanlp1, or as docs/engines.md tells.")
]
Processes = Annotated[
    int | None, typer.Option("--processes", min=1, help="How many extract; without it, one a core for many documents.")
]

_FEW = 200
"""Documents that one process has done before others have started."""

_CHUNK = 8
"""Documents that go to a process at a time."""


def extracted(
    documents: Iterable[Document],
    engine: Engine,
    make: Callable[[Extraction], R],
    processes: int | None = None,
    *,
    on_fail: Callable[[ExtractionFailed], None],
) -> Iterator[R]:
    """What ``make`` makes of the extraction of each document, lazily and in order.

    Args:
        documents: read as they are needed.
        engine: other processes make one of that name for themselves.
        make: is called in the process that extracts, so it and what it returns can be pickled.
        processes: how many extract; None: this one alone for up to 200 documents, else one a core.
        on_fail: told of each document that cannot be extracted from, at its place.

    Raises:
        EngineError: the engine cannot go on.
        WorkerLost: a process was ended from outside.
    """
    source = iter(documents)
    processes = how_many(engine, processes)
    if processes is None:
        first = list(islice(source, _FEW + 1))
        source, processes = chain(first, source), 1 if len(first) <= _FEW else cores()
    for made in _made(engine, make, source, processes):
        if isinstance(made, ExtractionFailed):
            on_fail(made)
        else:
            yield made


def _made(
    engine: Engine, make: Callable[[Extraction], R], source: Iterable[Document], processes: int
) -> Iterator[R | ExtractionFailed]:
    if processes == 1:
        for found in results(engine, source):
            yield found if isinstance(found, ExtractionFailed) else make(found)
        return
    with Workers(processes) as workers:
        yield from workers.map(partial(_extract, engine.name, make), source, chunk=_CHUNK)


def _extract(name: str, make: Callable[[Extraction], R], document: Document) -> R | ExtractionFailed:
    (found,) = own_engine(name).extract_together([document])
    return found if isinstance(found, ExtractionFailed) else make(found)


@contextmanager
def at_work(name: str) -> Iterator[Engine]:
    """The engine of that name; at the end it says what it cost, and is closed.

    Raises:
        UnknownEngine: there is no engine of that name.
        EngineError: it cannot be made here.
    """
    made = _engine_of(name)
    try:
        yield made
    finally:
        for line in made.account():
            err.print(line, markup=False)
        made.close()


def how_many(engine: Engine, processes: int | None) -> int | None:
    """How many processes extract; None where that is left open.

    Raises:
        typer.BadParameter: several were asked for, and the engine waits for a service.
    """
    if engine.concurrency is None:
        return 1 if processes is None and engine.one_process else processes
    if processes is not None and processes > 1:
        raise typer.BadParameter(f"--processes is for engines that compute; {engine.name} waits for a service")
    return 1


def rerankers_folder() -> Path:
    """Where the rerankers are that 'huitu train' makes: in the data folder."""
    return load_settings().data_dir / "rerankers"


def _engine_of(name: str) -> Engine:
    return engine_named(name, rerankers_folder)


own_engine = cache(_engine_of)
"""The engine of that name of this process."""
