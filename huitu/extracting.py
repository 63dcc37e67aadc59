"""Extraction of many documents on all cores: the same results in the same order as one process gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from itertools import chain, islice
from typing import Annotated, TypeVar

import typer

from extract import Extractor
from extract.engines import maker
from extract.errors import ExtractionFailed
from graph.schema import Document, Extraction
from graph.workers import Workers, cores

__all__ = ["Processes", "extracted", "extractor"]

R = TypeVar("R")

Processes = Annotated[
    int | None, typer.Option("--processes", min=1, help="How many extract; without it, one a core for many documents.")
]

_FEW = 200
"""Documents that one process has done before others have started."""

_CHUNK = 8
"""Documents that go to a process at a time."""


def extracted(
    documents: Iterable[Document],
    engine: str,
    make: Callable[[Extraction], R],
    processes: int | None = None,
    *,
    on_fail: Callable[[ExtractionFailed], None],
) -> Iterator[R]:
    """What ``make`` makes of the extraction of each document, lazily and in order.

    Args:
        documents: read as they are needed.
        engine: name of the engine.
        make: is called in the process that extracts, so it and what it returns can be pickled.
        processes: how many extract; None: this one alone for up to 200 documents, else one a core.
        on_fail: told of each document that cannot be extracted from, at its place.

    Raises:
        UnknownEngine: there is no engine of that name.
        WorkerLost: a process was ended from outside.
    """
    maker(engine)  # before anything is read
    source = iter(documents)
    if processes is None:
        first = list(islice(source, _FEW + 1))
        source, processes = chain(first, source), 1 if len(first) <= _FEW else cores()
    with Workers(processes) as workers:
        for found in workers.map(partial(_extract, engine, make), source, chunk=_CHUNK):
            if isinstance(found, ExtractionFailed):
                on_fail(found)
            else:
                yield found


def _extract(engine: str, make: Callable[[Extraction], R], document: Document) -> R | ExtractionFailed:
    try:
        return make(extractor(engine).extract(document))
    except ExtractionFailed as error:
        return error


extractor = cache(Extractor)
"""The extractor of this process with that engine."""
