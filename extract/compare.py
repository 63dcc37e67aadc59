"""Whether one engine is better than another, or only luckier with these documents: paired bootstrap (显著性).

Documents are drawn with replacement, as many as there are, many times; each time both engines are scored on the same
draw. The interval holds the middle 95% of the differences of F1. The p-value is two-sided: twice the share of draws in
which the difference is not on the side that it is on, with the one draw added that is the documents themselves (Koehn,
"Statistical significance tests for machine translation evaluation", EMNLP 2004; Davison and Hinkley, "Bootstrap methods
and their application", 1997, chapter 4).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from extract.evaluate import Gold, evaluate
from graph.schema import Document

__all__ = ["DRAWS", "Difference", "Predict", "compare"]

Predict: TypeAlias = Callable[[Document], Mapping[str, Any]]

DRAWS = 10_000
_SEED = 20250726  # any will do, but always the same
_KINDS = ("E", "R")


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much the F1 of one engine is above that of another, over ``E:*`` (entities) or ``R:*`` (relations)."""

    of: str
    difference: float
    low: float
    high: float
    p: float

    def to_json(self) -> dict[str, Any]:
        """The figures, rounded to four digits."""
        figures = {name: round(getattr(self, name), 4) for name in ("difference", "low", "high", "p")}
        return {"of": self.of, **figures}


def compare(
    gold: Sequence[Gold], one: Predict, other: Predict, *, relaxed: bool = False, draws: int = DRAWS
) -> list[Difference]:
    """How much better ``one`` is than ``other``, for entities and for relations; the same input gives the same figures.

    Args:
        gold: annotated documents, one at least.
        one: a document to the JSON form of its extraction.
        other: the same by another engine.
        relaxed: as for `extract.evaluate.evaluate`.
        draws: how often documents are drawn.
    """
    chance = np.random.default_rng(_SEED)
    drawn = chance.multinomial(len(gold), np.full(len(gold), 1 / len(gold)), size=draws)
    counts = [_counts(gold, predict, relaxed) for predict in (one, other)]
    found = []
    for kind in _KINDS:
        of_one, of_other = (each[kind] for each in counts)
        whole = float(_f1(of_one.sum(axis=0)) - _f1(of_other.sum(axis=0)))
        differences = _f1(drawn @ of_one) - _f1(drawn @ of_other)
        low, high = np.quantile(differences, (0.025, 0.975))
        beyond = min((differences <= 0).sum(), (differences >= 0).sum())
        p = min(1.0, 2 * (int(beyond) + 1) / (draws + 1))
        found.append(Difference(f"{kind}:*", whole, float(low), float(high), p))
    return found


def _counts(gold: Sequence[Gold], predict: Predict, relaxed: bool) -> dict[str, NDArray[np.int64]]:
    """Right, wrong and missed of each document, by kind."""
    scored = [evaluate([each], predict, relaxed=relaxed) for each in gold]
    totals = {kind: [each.total(kind) for each in scored] for kind in _KINDS}
    return {
        kind: np.array([(each.right, each.wrong, each.missed) for each in rows], dtype=np.int64)
        for kind, rows in totals.items()
    }


def _f1(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """F1 of counts whose last axis is right, wrong, missed; 0 where nothing was counted."""
    right, wrong, missed = (counts[..., index] for index in range(3))
    return np.asarray(2 * right / np.maximum(2 * right + wrong + missed, 1))
