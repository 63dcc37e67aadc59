"""Extraction against bare HanLP segmentation on the same text in the same run, and memory over many documents.

    python -m bench.extraction [--documents N] [--rounds N] [--corenlp] [--json FILE]

Rounds alternate between all of them, so that what else the machine does falls on each. Text: that of `bench.corpus`.
Figures that matter are ratios; characters a second depend on the machine. With --corenlp the recognizer of names of
Stanford CoreNLP is one more baseline (`bench.corenlp`).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import jpype
import psutil

from bench import corenlp
from bench.corpus import documents
from bench.figures import seconds, spread, tell
from extract.extractor import Extractor
from graph.schema import Document
from graph.workers import cores

_PASSES = 10
"""Of bare segmentation: one takes so little time that a single disturbance would count for much."""

_worker: Extractor | None = None


def _start() -> None:
    global _worker  # one extractor a process, started before the clock
    _worker = Extractor()
    _worker.extract(Document("warm", "2025东湖大会在武汉举行。"))


def _work(part: list[Document]) -> int:
    assert _worker is not None
    return sum(len(_worker.extract(document).relations) for document in part)


def compare(texts: list[Document], rounds: int, *, with_corenlp: bool = False) -> dict[str, Any]:
    """Seconds of each baseline, of extraction in this process, and of extraction on all cores, round by round."""
    extractor = Extractor()
    extractor.extract(texts[0])
    segment = jpype.JClass("com.hankcs.hanlp.HanLP").newSegment()

    def bare() -> None:
        for _ in range(_PASSES):
            for document in texts:
                segment.seg(document.text)

    def extract() -> None:
        for document in texts:
            extractor.extract(document)

    processes = cores()
    parts = [texts[i::processes] for i in range(processes)]
    with ExitStack() as stack:
        context = get_context("spawn")
        pool = stack.enter_context(ProcessPoolExecutor(processes, mp_context=context, initializer=_start))
        work: dict[str, Callable[[], object]] = {
            "hanlp": bare,
            "one process": extract,
            "all cores": lambda: list(pool.map(_work, parts)),
        }
        if with_corenlp:
            recognize = stack.enter_context(corenlp.served())
            work["corenlp"] = lambda: [recognize(document.text) for document in texts]
        times: dict[str, list[float]] = {name: [] for name in work}
        for number in range(rounds + 1):
            for name, run in work.items():
                took = seconds(run)
                if number:  # the first round warms everything
                    times[name].append(took / _PASSES if run is bare else took)
    characters = sum(len(document.text) for document in texts)

    def ratio(base: str, own: str) -> dict[str, float]:
        return spread([a / b for a, b in zip(times[base], times[own], strict=True)])

    found = {
        "documents": len(texts),
        "characters": characters,
        "cores": processes,
        "characters a second": {name: spread([characters / t for t in own]) for name, own in times.items()},
        "speed as a share of bare HanLP": {name: ratio("hanlp", name) for name in ("one process", "all cores")},
        "speed of all cores as a multiple of one process": ratio("one process", "all cores"),
    }
    if with_corenlp:
        found["speed as a multiple of CoreNLP"] = ratio("corenlp", "one process")
    return found


def memory(count: int) -> dict[str, float]:
    """Resident MiB of this process after a quarter, a half and all of so many documents, one after the other."""
    extractor, process = Extractor(), psutil.Process()
    marks = {count // 4: "a quarter", count // 2: "a half", count: "all"}
    found = {}
    for number, document in enumerate(islice(documents(), count), 1):
        extractor.extract(document)
        if number in marks:
            found[marks[number]] = round(process.memory_info().rss / 2**20, 1)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.extraction", description=__doc__)
    parser.add_argument("--documents", type=int, default=300, help="how many to compare on")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", type=int, default=4000, help="how many to follow the memory over; 0: none")
    parser.add_argument("--corenlp", action="store_true", help="fetch Stanford CoreNLP (1.6 GB) and compare with it")
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    options = parser.parse_args()
    found = compare(list(islice(documents(), options.documents)), options.rounds, with_corenlp=options.corenlp)
    if options.memory:
        found["resident MiB"] = memory(options.memory)
    tell(found, options.json)


if __name__ == "__main__":
    main()
