"""The documents that benchmarks work on, and what the extractor finds in them.

    python -m bench.corpus FILE [--documents N]

Text: the corpus in ../shared where it is, else gold/train over and over. Run as a command it writes extractions as
``huitu extract --with-text`` does, so that several benchmarks need not extract the same documents.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from functools import cache
from itertools import count, islice
from pathlib import Path

from extract.extractor import Extractor
from extract.sources import Skipped, read_documents
from graph.schema import Document, Extraction
from graph.workers import Workers, cores

__all__ = ["documents", "extraction_of", "extractions"]

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "cctv.jsonl.gz"
GOLD = ROOT / "gold" / "train"


def documents() -> Iterator[Document]:
    """The documents of the corpus, else of the gold corpus over and over, each time with keys of their own."""
    if CORPUS.exists():
        yield from read_documents([CORPUS], on_skip=_stop)
        return
    for turn in count():
        for path in sorted(GOLD.glob("*.txt")):
            yield Document(f"{path.stem}-{turn}" if turn else path.stem, path.read_text("utf8"))


def _stop(skipped: Skipped) -> None:
    raise ValueError(f"not read: {skipped}")


def extractions(path: Path | None, number: int) -> list[bytes]:
    """Lines of extractions.

    Args:
        path: the file that holds them; without one they are what the extractor finds.
        number: no more documents than these.
    """
    if path is not None:
        with path.open("rb") as file:
            return list(islice(file, number))
    with Workers(cores()) as workers:
        return list(workers.map(_extract, islice(documents(), number)))


@cache
def _extractor() -> Extractor:
    return Extractor()


def _extract(document: Document) -> bytes:
    record = _extractor().extract(document).to_json(with_text=True)
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def extraction_of(line: bytes) -> Extraction:
    """The extraction of a line."""
    return Extraction.from_json(json.loads(line))


def main() -> None:
    """Extract and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description=__doc__)
    parser.add_argument("file", type=Path, help="file to write")
    parser.add_argument("--documents", type=int, default=1000, help="how many to extract from")
    options = parser.parse_args()
    options.file.write_bytes(b"".join(extractions(None, options.documents)))


if __name__ == "__main__":
    main()
