"""``python -m extract.tagger GOLD_DIR MODEL``: train the shipped CRF from annotated documents (``make train``)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from extract.evaluate import read_gold
from extract.segmenter import HanLP1
from extract.tagger.aligned import align
from extract.tagger.features import features
from extract.tagger.model import write
from extract.tagger.train import Example, train
from extract.text import clean


def examples(folder: Path) -> list[Example]:
    """The annotated documents of a folder, ready to learn from."""
    segmenter = HanLP1()
    found = []
    for gold in read_gold(folder):
        text = clean(gold.document.text).text
        tokens = segmenter.tokens(text)
        spans = [(span.start, span.end, span.type) for span in align(text, gold.entities, tokens)]
        found.append(Example(text, features(text, tokens), spans))
    return found


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(prog="python -m extract.tagger", description=__doc__)
    parser.add_argument("gold", type=Path, help="folder of X.txt with X.gold.json")
    parser.add_argument("model", type=Path, help="file to write")
    parser.add_argument("--c2", type=float, default=1.0, help="weight of the squared norm")
    parser.add_argument("--iterations", type=int, default=160, help="of L-BFGS at most")
    options = parser.parse_args()

    def report(step: int, objective: float) -> None:
        if step % 10 == 0:
            sys.stderr.write(f"iteration {step}: {objective:.0f}\n")

    documents = examples(options.gold)
    sys.stderr.write(f"{len(documents)} documents, {sum(len(d.text) for d in documents)} characters\n")
    write(train(documents, c2=options.c2, iterations=options.iterations, progress=report), options.model)


if __name__ == "__main__":
    main()
