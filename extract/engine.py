"""What an engine (引擎) is: anything that finds entities and relations in a document."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from extract.errors import ExtractError, ExtractionFailed
from graph.schema import Document, Extraction

__all__ = ["Engine", "Judge", "failing_alone"]


class Engine(ABC):
    """Turns a document into its extraction.

    ``name`` is how it is chosen; ``version`` is a text that changes when its results may. Both are kept with each claim
    and go into the names of shards.
    """

    name: str
    version: str

    varies: str | None = None
    """Why the same document may give another result; None for an engine that gives the same one every time."""

    concurrency: int | None = None
    """How many documents at a time, for an engine that waits for a service: threads of one process share it.

    None for one that computes: several processes then each have their own.
    """

    batch: int = 1
    """How many documents at a time, for an engine that computes faster over several at once."""

    one_process: bool = False
    """Whether one process does the work unless more are asked for: of an engine that loads much or fills a GPU."""

    @abstractmethod
    def extract(self, document: Document) -> Extraction:
        """The entities and relations of a document, each relation with a quote at its place in the document's text.

        Raises:
            EngineError: the engine cannot work here, for this document or any.
            ExtractionFailed: this document cannot be extracted from; others can.
        """

    def extract_all(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """`extract` over many documents, lazily and in order, `batch` at a time."""
        for found in self.extract_each(documents):
            if isinstance(found, ExtractionFailed):
                raise found
            yield found

    def extract_each(self, documents: Iterable[Document]) -> Iterator[Extraction | ExtractionFailed]:
        """The same, but a document that fails stops no other."""
        source = iter(documents)
        while some := list(islice(source, self.batch)):
            yield from self.extract_together(some)

    def extract_together(self, documents: Sequence[Document]) -> Sequence[Extraction | ExtractionFailed]:
        """What is found in each of some documents, in order; one that fails stops no other.

        Raises:
            EngineError: the engine cannot work here.
        """
        return [self._alone(document) for document in documents]

    def _alone(self, document: Document) -> Extraction | ExtractionFailed:
        try:
            return self.extract(document)
        except ExtractionFailed as error:
            return error

    def account(self) -> Sequence[str]:
        """What is to be told at the end of a run: what it cost, what was dropped."""
        return ()

    def close(self) -> None:  # noqa: B027  most engines hold nothing open
        """Let go of connections; the engine is not used any more."""


class Judge(Engine):
    """An engine that can also say whether what another one has found is so.

    ``below`` is the confidence under which relations are put before it.
    """

    below: float

    @abstractmethod
    def dismissed(self, extraction: Extraction, doubtful: Sequence[int]) -> frozenset[int]:
        """Which relations of an extraction do not hold.

        Args:
            extraction: of another engine.
            doubtful: the places in ``extraction.relations`` that are asked about.

        Returns:
            Some of ``doubtful``.
        """


@contextmanager
def failing_alone(engine: str, document: Document) -> Iterator[None]:
    """Makes whatever an engine fails with on a document an `ExtractionFailed`, so that no other fails with it."""
    try:
        yield
    except ExtractError:
        raise
    except Exception as error:
        raise ExtractionFailed(document.key, f"engine {engine!r}: {type(error).__name__}: {error}") from error
