"""Extraction on request, in a process of its own: it would hold up every other answer in the server's.

The process starts with the first request, does one document at a time and ends with the server.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict
from types import TracebackType
from typing import Any, Self

from api.errors import ExtractionBusy
from graph.schema import Document

__all__ = ["Extraction", "main"]

_WAITING = 4
_MAX_S = 120.0  # the first one waits for the models too


class Extraction:
    """Extracts from documents while the context lasts."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()
        self._places = threading.BoundedSemaphore(_WAITING)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._turn:
            self._end()

    def extract(self, document: Document) -> dict[str, Any]:
        """What is found in a document, in the form of ``huitu extract``.

        Raises:
            ExtractionBusy: others wait already, or it took longer than two minutes.
        """
        if not self._places.acquire(blocking=False):
            raise ExtractionBusy
        try:
            with self._turn:
                return self._ask(document)
        finally:
            self._places.release()

    def _ask(self, document: Document) -> dict[str, Any]:
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "api.jobs.extraction"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
        process = self._process
        assert process.stdin is not None and process.stdout is not None  # noqa: S101  both are pipes
        alarm = threading.Timer(_MAX_S, process.kill)
        alarm.start()
        try:
            process.stdin.write(json.dumps(asdict(document)).encode() + b"\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = b""
        finally:
            alarm.cancel()
        if not answer:
            self._end()
            raise ExtractionBusy
        found: dict[str, Any] = json.loads(answer)
        return found

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()


def main() -> None:
    """Answer each document on standard input with its extraction, until that ends."""
    from extract import Extractor

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else prints does so elsewhere
    extractor = Extractor()
    for line in sys.stdin.buffer:
        extraction = extractor.extract(Document(**json.loads(line)))
        answers.write(json.dumps(extraction.to_json()).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    main()
