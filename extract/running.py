"""An engine at work on many documents: one after the other, some together, or as many at a time as it takes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeAlias

from extract.engine import Engine
from extract.errors import ExtractionFailed
from graph.schema import Document, Extraction

__all__ = ["Result", "results"]

Result: TypeAlias = Extraction | ExtractionFailed


def results(engine: Engine, documents: Iterable[Document]) -> Iterator[Result]:
    """What an engine finds in each document, lazily and in order; what it fails on stops no other.

    Raises:
        EngineError: it cannot go on.
    """
    if engine.concurrency is None:
        yield from engine.extract_each(documents)
        return
    source = iter(documents)
    with ThreadPoolExecutor(engine.concurrency) as pool:
        waiting: deque[Future[Result]] = deque()
        try:
            while True:
                for document in islice(source, engine.concurrency - len(waiting)):
                    waiting.append(pool.submit(_result, engine, document))
                if not waiting:
                    return
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _result(engine: Engine, document: Document) -> Result:
    (found,) = engine.extract_together([document])
    return found
