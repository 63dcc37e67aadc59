"""The model that ships with the package: a linear score for each evidence, then one for each row of the table (模型).

The first stage adds up weights of hashed features. The second cuts each column of the table into steps and adds up a
weight for each step, and one for each step together with the step of the best evidence's score: a generalised additive
model (Hastie and Tibshirani 1986) with one kind of interaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from extract.errors import ModelError
from extract.scorer.hashing import BITS
from extract.scorer.pairs import Candidates
from extract.scorer.table import COLUMNS, TYPES, Floats, tabulate
from graph.schema import RelationType

__all__ = ["LEVELS", "SHIPPED", "STEPS", "Scored", "Scorer", "codes", "load", "read", "write"]

SHIPPED = "relations.npz"
# Changes when features or columns do: an older file must not be read as if it fitted.
_FORMAT = 1
# Steps of a column, and of the best evidence's score where it is crossed with a column.
STEPS, LEVELS = 12, 6


class Scored(NamedTuple):
    """A relation with its probability, and the number of the sentence that shows it best."""

    type: RelationType
    head: int
    tail: int
    probability: float
    sentence: int


def codes(values: Floats, edges: Floats, levels: Floats) -> NDArray[np.int64]:
    """The weights that each row adds up [row, 2 * column]: a column's step, and that crossed with the first's level."""
    steps = np.tile(np.arange(len(edges)) * STEPS, (len(values), 1))
    for edge in edges.T:  # the same edge of all columns at once: there are few edges and many columns
        steps += values > edge
    level = np.searchsorted(levels, values[:, 0])[:, None]
    return np.hstack([steps, len(edges) * STEPS + steps * LEVELS + level])


@dataclass(frozen=True, eq=False)
class Scorer:
    """Weights of both stages.

    Args:
        weights: first stage [feature row, type], quantised; ``scale`` and ``bias`` by type.
        edges: between the steps of each column [column, STEPS - 1]; ``levels`` between those of the best score.
        second: second stage [type, code]; ``start`` is the intercept by type.
    """

    weights: NDArray[np.int8]
    scale: Floats
    bias: Floats
    edges: Floats
    levels: Floats
    second: Floats
    start: Floats

    def evidence_scores(self, found: Candidates) -> Floats:
        """A score for each evidence of all pairs in order, and type."""
        scores = [
            np.add.reduceat(np.take(self.weights, rows, axis=0), starts, dtype=np.int32) * self.scale + self.bias
            for rows, starts in found.pool.rows([one.features for one in found.evidence])
        ]
        return np.concatenate(scores, dtype=np.float32)

    def score(self, found: Candidates) -> list[Scored]:
        """Every relation that may hold, likely or not; a symmetric one may come in both directions."""
        if not found.pairs:
            return []
        table = tabulate(found, self.evidence_scores(found))
        code = codes(table.values, self.edges, self.levels)
        raw = self.second[table.type_[:, None], code].sum(1, dtype=np.float64) + self.start[table.type_]
        evidence = found.evidence
        scored = []
        for number, j, best, p in zip(table.pair, table.type_, table.best, 1 / (1 + np.exp(-raw)), strict=True):
            head, tail = found.pairs[number].ends(TYPES[j])
            scored.append(Scored(TYPES[j], head, tail, float(p), evidence[best].sentence))
        return scored


def write(scorer: Scorer, path: Path) -> None:
    """Write a model; the same model gives the same bytes."""
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            format=np.array(_FORMAT),
            columns=np.array(COLUMNS),
            weights=scorer.weights,
            scale=scorer.scale,
            bias=scorer.bias,
            edges=scorer.edges,
            levels=scorer.levels,
            second=scorer.second.astype(np.float16),
            start=scorer.start,
        )


def read(path: Path) -> Scorer:
    """The twin of `write`.

    Raises:
        ModelError: the file is missing, damaged, or of another version.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            if int(stored["format"]) != _FORMAT or tuple(stored["columns"].tolist()) != COLUMNS:
                raise ModelError(path, "is of another version")
            scorer = Scorer(
                stored["weights"],
                stored["scale"],
                stored["bias"],
                stored["edges"],
                stored["levels"],
                stored["second"].astype(np.float32),
                stored["start"],
            )
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise ModelError(path, f"cannot be read ({error})") from error
    if scorer.weights.shape != (1 << BITS, len(TYPES)):
        raise ModelError(path, "is of another version")
    return scorer


@cache
def load() -> Scorer:
    """The shipped model.

    Raises:
        ModelError: the package is incomplete.
    """
    with as_file(files("extract") / "models" / SHIPPED) as path:
        return read(path)
