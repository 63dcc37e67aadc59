"""Fitting of a reranker's weights: penalised logistic regression, by Newton's method (拟合).

With nothing to learn from, a reranker leaves confidences as they are: what is penalised is the distance from that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extract.reranker.features import ROWS, SLOPE, START, Features

__all__ = ["PENALTY", "Seen", "fit", "level", "probabilities", "seen_of"]

Reals = NDArray[np.float64]

PENALTY = 5.0
"""The weight of half the squared norm."""
_SLOPE_PENALTY = 10.0
_STEPS, _INNER_STEPS, _HALVINGS = 30, 200, 30
_SMALL = 1e-6


@dataclass(frozen=True, slots=True)
class Seen:
    """Features of many facts, one after the other; ``starts`` is where those of each begin, of ``size`` rows."""

    rows: NDArray[np.int64]
    values: Reals
    starts: NDArray[np.int64]
    size: int = ROWS

    def scores(self, weights: Reals) -> Reals:
        """The sum of each fact."""
        return np.add.reduceat(weights[self.rows] * self.values, self.starts)

    def gathered(self, parts: Reals) -> Reals:
        """The transpose: what each row has of a part for each fact."""
        counts = np.diff(np.append(self.starts, len(self.rows)))
        return np.asarray(np.bincount(self.rows, np.repeat(parts, counts) * self.values, self.size), np.float64)

    def squares(self, parts: Reals) -> Reals:
        """The same with the squares of the values."""
        counts = np.diff(np.append(self.starts, len(self.rows)))
        return np.asarray(np.bincount(self.rows, np.repeat(parts, counts) * self.values**2, self.size), np.float64)


def seen_of(features: Sequence[Features]) -> Seen:
    """Features of many facts, of which there is one at least."""
    sizes = np.array([len(each.rows) for each in features])
    rows = np.concatenate([np.array(each.rows, np.int64) for each in features])
    values = np.concatenate([np.array(each.values, np.float64) for each in features])
    return Seen(rows, values, np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64))


def level(features: Features) -> Features:
    """What is left where a model may only shift and stretch all confidences alike."""
    kept = [each for each in zip(*features, strict=True) if each[0] in (START, SLOPE)]
    return Features(tuple(row for row, _ in kept), tuple(value for _, value in kept))


def probabilities(scores: Reals) -> Reals:
    return 1 / (1 + np.exp(-np.clip(scores, -500, 500)))


def fit(seen: Seen, right: NDArray[np.bool_]) -> Reals:
    """The weights that minimise log loss and penalty; the same input gives the same."""
    weights = np.zeros(ROWS)
    weights[SLOPE] = 1.0
    penalty = np.full(ROWS, PENALTY)
    penalty[SLOPE] = _SLOPE_PENALTY
    there, rows = np.unique(seen.rows, return_inverse=True)  # the other weights stay as they are
    weights[there] = _fit(replace(seen, rows=rows, size=len(there)), right, weights[there], penalty[there])
    return weights


def _fit(seen: Seen, right: NDArray[np.bool_], usual: Reals, penalty: Reals) -> Reals:
    signs = np.where(right, 1.0, -1.0)

    def loss(weights: Reals) -> float:
        away = weights - usual
        return float(np.logaddexp(0, -signs * seen.scores(weights)).sum() + penalty @ away**2 / 2)

    weights, now = usual, loss(usual)
    for _ in range(_STEPS):
        p = probabilities(seen.scores(weights))
        slope = seen.gathered(p - right) + penalty * (weights - usual)
        curved = p * (1 - p)
        step = _solved(_curvature(seen, curved, penalty), seen.squares(curved) + penalty, slope)
        gain = float(slope @ step)
        length = 1.0
        for _ in range(_HALVINGS):
            after = loss(weights - length * step)
            if after <= now - 1e-4 * length * gain:
                break
            length /= 2
        else:
            break
        weights, before, now = weights - length * step, now, after
        if before - now < _SMALL:
            break
    return weights


def _curvature(seen: Seen, curved: Reals, penalty: Reals) -> Callable[[Reals], Reals]:
    """What multiplies by the matrix of second derivatives, which is too large to be written down."""
    return lambda direction: seen.gathered(curved * seen.scores(direction)) + penalty * direction


def _solved(times: Callable[[Reals], Reals], diagonal: Reals, wanted: Reals) -> Reals:
    """The solution of a system of equations by conjugate gradients, the diagonal divided out."""
    found, rest = np.zeros_like(wanted), wanted
    scaled = rest / diagonal
    direction, size = scaled, float(rest @ scaled)
    enough = size * _SMALL**2
    for _ in range(_INNER_STEPS):
        if size <= enough:
            break
        product = times(direction)
        length = size / float(direction @ product)
        found, rest = found + length * direction, rest - length * product
        scaled = rest / diagonal
        size, before = float(rest @ scaled), size
        direction = scaled + size / before * direction
    return found
