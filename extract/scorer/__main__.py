"""``python -m extract.scorer GOLD_DIR MODEL``: train the shipped scorer from annotated documents (``make train``)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from extract.evaluate import read_gold
from extract.scorer.examples import examples
from extract.scorer.model import write
from extract.scorer.train import train
from extract.segmenter import HanLP1


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(prog="python -m extract.scorer", description=__doc__)
    parser.add_argument("gold", type=Path, help="folder of X.txt with X.gold.json")
    parser.add_argument("model", type=Path, help="file to write")
    parser.add_argument(
        "--iterations", type=int, default=50, help="of L-BFGS for each CRF that finds names to learn from"
    )
    options = parser.parse_args()

    def report(line: str) -> None:
        sys.stderr.write(f"{line}\n")

    documents = list(read_gold(options.gold))
    labelled = list(examples(documents, HanLP1(), iterations=options.iterations, report=report))
    report(f"{len(labelled)} examples of {len(documents)} documents")
    write(train(labelled, report=report).scorer, options.model)


if __name__ == "__main__":
    main()
