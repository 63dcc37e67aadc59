"""The names in a text by a CRF: the best labels of each stretch, and how probable they are (解码).

All stretches are walked at once, the longest first, so that at step t those that go on are the first rows:

    stretch 0   a b c d      one array, step by step      a e h b f i c g d
    stretch 1   e f g        rows of step 1                     └─┴─┘
    stretch 2   h i
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.tagger.crf import ALLOWED, ENDS, LABELS, STARTS, Crf, stretches
from graph.schema import EntityType

__all__ = ["Labelled", "find"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_NEVER = np.float32(-1e4)
_LEAST = np.float32(1e-30)
# Stretches that are walked together: keeps memory bounded for long documents.
_TOGETHER = 256


class Labelled(NamedTuple):
    """A name found: ``[start, end)``, its type, and the least probability of its labels."""

    start: int
    end: int
    type: EntityType
    probability: float


def find(crf: Crf, text: str, features: NDArray[np.uint64]) -> list[Labelled]:
    """The names in a text with their probabilities; ``features`` has a row for each character."""
    if not text:
        return []
    scores = crf.scores(features)
    best, probability = np.zeros(len(text), np.int64), np.zeros(len(text), np.float32)
    parts = sorted(stretches(text), key=lambda part: part[0] - part[1])
    for begin in range(0, len(parts), _TOGETHER):
        walk = _Walk(parts[begin : begin + _TOGETHER])
        path = _best(crf, walk, scores[walk.ahead])
        best[walk.ahead] = path
        probability[walk.ahead] = _probability(crf, walk, scores, path)
    return _names(best, probability)


class _Walk:
    """Stretches side by side: ``steps`` holds the slice of each step's rows.

    Args:
        parts: ``[start, end)`` of each stretch, the longest first.

    ``ahead`` has the place in the text of each row where stretches are walked from the start, ``behind`` where they
    are walked from the end.
    """

    def __init__(self, parts: Sequence[tuple[int, int]]) -> None:
        starts, ends = np.array(parts).T
        sizes = ends - starts
        width = np.searchsorted(-sizes, -np.arange(sizes[0]))
        first = np.cumsum(width) - width
        step = np.repeat(np.arange(sizes[0]), width)
        row = np.arange(len(step)) - first[step]
        self.ahead, self.behind = starts[row] + step, ends[row] - 1 - step
        self.steps = [slice(a, a + w) for a, w in zip(first.tolist(), width.tolist(), strict=True)]
        self.last = first[sizes - 1] + np.arange(len(sizes))
        # For each row walked from the start the row of the same place walked from the end.
        self.mirror = first[sizes[row] - 1 - step] + row


def _best(crf: Crf, walk: _Walk, scores: Floats) -> Ints:
    """The best label of each row of a walk from the start (Viterbi); ``scores`` are the rows' own."""
    moves = np.where(ALLOWED, crf.transitions, _NEVER)
    count = len(walk.last)
    through = np.empty((len(LABELS), count, len(LABELS)), np.float32)
    state = scores
    state[:count] += np.where(STARTS, 0, _NEVER)
    for before, here in pairwise(walk.steps):
        size = here.stop - here.start
        left = state[before.start : before.start + size]
        np.add(left.T[:, :, None], moves[:, None, :], out=through[:, :size])
        state[here] += through[:, :size].max(0)
    label = (state[walk.last] + np.where(ENDS, 0, _NEVER)).argmax(1)
    path = np.empty(len(state), np.int64)
    into = np.ascontiguousarray(moves.T)
    for before, here in pairwise([slice(0, 0), *walk.steps][::-1]):
        size = before.stop - before.start
        now = path[before] = label[:size]
        if here.stop:
            label[:size] = (state[here.start : here.start + size] + into[now]).argmax(1)
    return path


def _probability(crf: Crf, walk: _Walk, scores: Floats, path: Ints) -> Floats:
    """The probability of each row's label: forward and backward pass at once, scaled at each step (Rabiner 1989)."""
    local = np.exp(scores - scores.max(1, keepdims=True))
    ahead = local[walk.ahead]
    local = np.stack([ahead, local[walk.behind]])
    moves = np.stack([crf.steps(), crf.steps().T])
    ones = np.ones((len(LABELS), len(LABELS)), np.float32)
    reached = np.empty_like(local)
    reached[:, : len(walk.last)] = np.stack([STARTS, ENDS])[:, None]
    for before, here in pairwise([*walk.steps, slice(0, 0)]):
        state = reached[:, before] * local[:, before]
        state /= np.maximum(state @ ones, _LEAST)
        size = here.stop - here.start
        if size:
            np.matmul(state[:, :size], moves, out=reached[:, here])
    both = reached[0] * reached[1][walk.mirror] * ahead
    return np.asarray(both[np.arange(len(path)), path] / np.maximum(both.sum(1), _LEAST), dtype=np.float32)


def _names(best: Ints, probability: Floats) -> list[Labelled]:
    found = []
    start = 0
    for index in np.flatnonzero(best).tolist():
        place, _, kind = LABELS[best[index]].partition("-")
        if place in "BS":
            start = index
        if place in "ES":
            least = float(probability[start : index + 1].min())
            found.append(Labelled(start, index + 1, EntityType(kind), round(least, 4)))
    return found
