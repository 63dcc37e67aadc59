"""Extraction against bare HanLP segmentation on the same text in the same run, and memory over many documents.

    python -m bench.extraction [--documents N] [--rounds N] [--json FILE]

Rounds alternate between the two, so that what else the machine does falls on both. Text: the corpus in ../shared where
it is, else gold/train. Figures that matter are ratios; characters a second depend on the machine.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import jpype
import psutil

from extract.extractor import Extractor
from extract.sources import Skipped, read_documents
from graph.schema import Document
from graph.workers import cores

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "cctv.jsonl.gz"
GOLD = ROOT / "gold" / "train"


def documents() -> Iterator[Document]:
    """The documents of the corpus, else of the gold corpus over and over."""
    if CORPUS.exists():
        yield from read_documents([CORPUS], on_skip=_stop)
        return
    while True:
        yield from (Document(path.stem, path.read_text("utf8")) for path in sorted(GOLD.glob("*.txt")))


def _stop(skipped: Skipped) -> None:
    raise ValueError(f"not read: {skipped}")


def seconds(run: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


_worker: Extractor | None = None


def _start() -> None:
    global _worker  # one extractor a process, started before the clock
    _worker = Extractor()
    _worker.extract(Document("warm", "2025东湖大会在武汉举行。"))


def _work(part: list[Document]) -> int:
    assert _worker is not None
    return sum(len(_worker.extract(document).relations) for document in part)


def compare(texts: list[Document], rounds: int) -> dict[str, Any]:
    """Seconds of bare segmentation, of extraction in this process, and of extraction on all cores, round by round."""
    extractor = Extractor()
    extractor.extract(texts[0])
    segment = jpype.JClass("com.hankcs.hanlp.HanLP").newSegment()

    def bare() -> None:
        for document in texts:
            segment.seg(document.text)

    def extract() -> None:
        for document in texts:
            extractor.extract(document)

    processes = cores()
    parts = [texts[i::processes] for i in range(processes)]
    times: dict[str, list[float]] = {"hanlp": [], "one process": [], "all cores": []}
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_start) as pool:
        list(pool.map(_work, [part[:1] for part in parts]))
        bare()
        for _ in range(rounds):
            times["hanlp"].append(seconds(bare))
            times["one process"].append(seconds(extract))
            times["all cores"].append(seconds(lambda: list(pool.map(_work, parts))))
    characters = sum(len(document.text) for document in texts)
    ratios = {
        name: [base / own for base, own in zip(times["hanlp"], times[name], strict=True)]
        for name in ("one process", "all cores")
    }
    return {
        "documents": len(texts),
        "characters": characters,
        "cores": processes,
        "characters a second": {name: spread([characters / t for t in own]) for name, own in times.items()},
        "speed as a share of bare HanLP": {name: spread(own) for name, own in ratios.items()},
    }


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


def spread(values: list[float]) -> dict[str, float]:
    """Minimum, median and maximum."""
    return {
        "min": round(min(values), 4),
        "median": round(statistics.median(values), 4),
        "max": round(max(values), 4),
    }


def tell(found: dict[str, Any], file: Path | None) -> None:
    """Print figures as JSON, and write them to a file where one is asked for."""
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    sys.stdout.write(text)
    if file is not None:
        file.write_text(text, "utf8")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.extraction", description=__doc__)
    parser.add_argument("--documents", type=int, default=300, help="how many to compare on")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", type=int, default=4000, help="how many to follow the memory over; 0: none")
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    options = parser.parse_args()
    found = compare(list(islice(documents(), options.documents)), options.rounds)
    if options.memory:
        found["resident MiB"] = memory(options.memory)
    tell(found, options.json)


if __name__ == "__main__":
    main()
