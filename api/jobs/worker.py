"""The process that does jobs: it reads, extracts and loads, so that answering requests never waits for it.

Started by `api.jobs.service`, which writes its settings as one line of JSON to standard input and keeps that open; the
worker ends with it, even where the server is killed. A lock in the folder lets one worker at a time do jobs. What was
begun and not recorded as done when it died is done again; loading a document twice changes nothing. With what takes
too long it is ended by the system, whatever it is at (SIGALRM), and so counts as dead.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

from api.errors import describe
from api.jobs.reading import UNREADABLE, read
from api.jobs.records import Work
from api.jobs.store import Store
from extract import Extractor
from extract.errors import ExtractionFailed
from extract.sources.errors import SourceError
from extract.sources.web import AddressRefused, Fetcher, FetchError
from extract.version import extractor_name
from graph.client import Graph, GraphError, StatementFailed
from graph.errors import NoRoom
from graph.identity import document_id, erased_id
from graph.load import load, unread
from graph.schema import Document, Extraction, InvalidRecord
from graph.settings import Connection

__all__ = ["IDLE_S", "Worker", "main"]

IDLE_S = 30.0
"""Seconds without work after which the worker ends; the next job starts it again."""

_BATCH = 50
_BATCH_S = 2.0  # one load writes what was extracted in that time: progress is seen, and loads cost less together
_POLL_S = 0.2
_BACK_OFF_S = 3.0

_log = logging.getLogger("huitu.jobs")


class Worker:
    """Does what waits in a store.

    Args:
        store: the jobs.
        graph: where documents are loaded.
        fetcher: for addresses.
        item_s: seconds after which the process is ended with what it is at.
    """

    def __init__(self, store: Store, graph: Graph, fetcher: Fetcher, item_s: int) -> None:
        self._store = store
        self._graph = graph
        self._fetcher = fetcher
        self._item_s = item_s
        self._extractor = Extractor()
        self._name = extractor_name(self._extractor)

    def run(self) -> None:
        """Work until nothing has waited for a while."""
        self._store.recover()
        idle_since = time.monotonic()
        while time.monotonic() - idle_since < IDLE_S:
            try:
                if self._batch():
                    idle_since = time.monotonic()
                else:
                    time.sleep(_POLL_S)
            except (GraphError, NoRoom) as error:  # the database went away, or the disk is full: what was begun waits
                signal.alarm(0)
                _log.warning("jobs wait: %s", error)
                time.sleep(_BACK_OFF_S)
                with contextlib.suppress(NoRoom):
                    self._store.recover()
                idle_since = time.monotonic()

    def _batch(self) -> bool:
        """Take some items to their end; whether there were any."""
        extracted: list[tuple[Work, Extraction]] = []
        until = time.monotonic() + _BATCH_S
        took = False
        while len(extracted) < _BATCH and time.monotonic() < until and (work := self._store.begin()) is not None:
            took = True
            signal.alarm(self._item_s)
            extraction = self._read(work)
            if extraction is not None:
                extracted.append((work, extraction))
        wanted = self._store.wanted(work for work, _ in extracted)
        extracted = [each for each in extracted if each[0].number in wanted]
        if extracted:
            self._load(extracted)
        signal.alarm(0)
        return took

    def _read(self, work: Work) -> Extraction | None:
        """What is to be loaded of an item; None if it is at its end already."""
        try:
            contents = read(work.item, self._fetcher)
        except SourceError as error:
            slug = UNREADABLE
            if isinstance(error, FetchError):
                slug = "address-refused" if isinstance(error, AddressRefused) else "fetch-failed"
            self._store.failed(work, describe(slug, f"It {error.reason}."))
            return None
        document = contents.document
        if document is None:
            self._store.expand(work, contents.items)
            return None
        if self._is_there(document):
            self._store.done([(work, document_id(document.key), 0)])
            return None
        try:
            return self._extractor.extract(document)
        except ExtractionFailed as error:
            self._store.failed(work, describe(UNREADABLE, f"{error}."))
            return None

    def _is_there(self, document: Document) -> bool:
        return not list(unread(self._graph, [document], self._name, passed_over=lambda _: None))

    def _load(self, extracted: list[tuple[Work, Extraction]]) -> None:
        try:
            report = load(self._graph, (extraction for _, extraction in extracted), extractor=self._name)
        except (InvalidRecord, StatementFailed) as error:
            if len(extracted) > 1:  # one is bad: each on its own
                for each in extracted:
                    self._load([each])
                return
            slug = UNREADABLE if isinstance(error, InvalidRecord) else "not-loaded"
            self._store.failed(extracted[0][0], describe(slug, f"{error}."))
            return
        if report.refused:
            for work, extraction in extracted:
                if self._is_erased(extraction.document):
                    self._store.failed(work, describe("source-erased", "Its publisher was erased."))
        loaded = [(work, document_id(each.document.key), len(each.relations)) for work, each in extracted]
        wanted = self._store.wanted(work for work, _, _ in loaded) if report.refused else None
        self._store.done(each for each in loaded if wanted is None or each[0].number in wanted)

    def _is_erased(self, document: Document) -> bool:
        return bool(self._graph.read("read_erased", ids=[erased_id("source", str(document.source))]))


def main() -> None:
    """Read the settings from standard input and work; end with whoever holds the other end of it."""
    settings: dict[str, Any] = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_server, daemon=True).start()
    folder = Path(settings["folder"])
    with (folder / "worker.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        store = Store(folder)
        with Graph(Connection(**settings["connection"])) as graph:
            Worker(store, graph, Fetcher(settings["allow"]), settings["item_s"]).run()
        store.close()


def _end_with_server() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
