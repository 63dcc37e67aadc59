"""A linear-chain CRF over characters: its labels, its weights, and what training expects on whole arrays at a time.

Features are 64-bit keys, a fixed number for each character; a model holds the keys it has weights for. Lafferty,
McCallum, Pereira: Conditional Random Fields, ICML 2001.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from jpype import JArray, JBoolean
from numpy.typing import NDArray

from extract.jvm import own
from graph.schema import EntityType

__all__ = ["ALLOWED", "ENDS", "LABELS", "STARTS", "Crf", "label_ids", "stretches"]

Keys = NDArray[np.uint64]
Floats = NDArray[np.float32]

LABELS = ("O", *(f"{place}-{type_.value}" for type_ in EntityType for place in "BIES"))
_ID = {label: number for number, label in enumerate(LABELS)}
# A stretch is labelled by itself: it ends with a sentence or a line, or where it gets too long.
_LONGEST = 300
_STRETCH = re.compile(rf"[^。\n]{{0,{_LONGEST - 1}}}[。\n]|[^。\n]{{{_LONGEST}}}[^。\n,;!? 、]*[。\n,;!? 、]?|[^。\n]+")


def _allowed() -> NDArray[np.bool_]:
    table = np.zeros((len(LABELS), len(LABELS)), bool)
    for a, left in enumerate(LABELS):
        for b, right in enumerate(LABELS):
            opened, goes_on = left[0] in "BI", right[0] in "IE"
            table[a, b] = left[2:] == right[2:] if opened and goes_on else not opened and not goes_on
    return table


ALLOWED = _allowed()
STARTS = np.array([label[0] in "OBS" for label in LABELS])
ENDS = np.array([label[0] in "OES" for label in LABELS])


def stretches(text: str) -> list[tuple[int, int]]:
    """The stretches of a text that are labelled one by one, in order and without gaps."""
    return [
        (begin, min(begin + 4 * _LONGEST, match.end()))
        for match in _STRETCH.finditer(text)
        for begin in range(match.start(), match.end(), 4 * _LONGEST)
    ]


def label_ids(length: int, spans: Sequence[tuple[int, int, EntityType]]) -> NDArray[np.int64]:
    """The label of each character for names that do not overlap."""
    ids = np.zeros(length, np.int64)
    for start, end, type_ in spans:
        if end - start == 1:
            ids[start] = _ID[f"S-{type_.value}"]
        else:
            ids[start:end] = _ID[f"I-{type_.value}"]
            ids[start] = _ID[f"B-{type_.value}"]
            ids[end - 1] = _ID[f"E-{type_.value}"]
    return ids


@dataclass(frozen=True, eq=False)
class Crf:
    """A model: sorted ``keys``, their ``weights`` [key, label], ``transitions`` [label, label]."""

    keys: Keys
    weights: Floats
    transitions: Floats

    @cached_property
    def java(self) -> Any:
        """The same in Java, where it labels texts."""
        flags = (JArray(JBoolean)(each.ravel().tolist()) for each in (ALLOWED, STARTS, ENDS))
        numbers = (self.keys.view(np.int64), self.weights.ravel(), self.transitions.ravel())
        return own("Crf")(*map(JArray.of, numbers), *flags)

    def expectations(
        self, scores: Floats, lengths: NDArray[np.int64]
    ) -> tuple[Floats, NDArray[np.float64], NDArray[np.float64]]:
        """Marginals, the expected number of each pair of labels, and each stretch's log partition function."""
        marginals, forward, backward, local, norms = self._forward_backward(scores, lengths)
        steps = self.steps()
        pairs = np.zeros(ALLOWED.shape)
        for t in range(1, scores.shape[1]):
            inside = lengths > t
            left = forward[t - 1, inside]
            right = local[inside, t] * backward[t, inside]
            total = np.einsum("bi,ij,bj->b", left, steps, right)
            pairs += (left / np.maximum(total, 1e-30)[:, None]).T @ right * steps
        at = np.arange(scores.shape[1]) < lengths[:, None]
        shifts = np.where(at, scores.max(2) + np.log(norms.T), 0).astype(np.float64).sum(1)
        last = forward[lengths - 1, np.arange(len(lengths))]
        return marginals, pairs, shifts + np.log(np.maximum(last @ ENDS.astype(np.float32), 1e-30))

    def steps(self) -> Floats:
        """How the transitions weigh as factors [from, to]; 0 for those that may not be."""
        return np.where(ALLOWED, np.exp(self.transitions), 0).astype(np.float32)

    def _forward_backward(
        self, scores: Floats, lengths: NDArray[np.int64]
    ) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        """The forward-backward algorithm, scaled at each step (Rabiner 1989)."""
        size, longest, labels = scores.shape
        steps = self.steps()
        local = np.exp(scores - scores.max(2, keepdims=True))
        forward = np.zeros((longest, size, labels), np.float32)
        backward = np.zeros((longest, size, labels), np.float32)
        norms = np.ones((longest, size), np.float32)
        for t in range(longest):
            state = (forward[t - 1] @ steps if t else STARTS.astype(np.float32)) * local[:, t]
            norms[t] = np.maximum(state.sum(1), 1e-30)
            forward[t] = state / norms[t][:, None]
        state = np.zeros((size, labels), np.float32)
        for t in range(longest - 1, -1, -1):
            if t + 1 < longest:
                state = (backward[t + 1] * local[:, t + 1]) @ steps.T
            state = np.where((lengths == t + 1)[:, None], ENDS.astype(np.float32), state)
            backward[t] = state / np.maximum(state.sum(1, keepdims=True), 1e-30)
        both = forward * backward
        both /= np.maximum(both.sum(2, keepdims=True), 1e-30)
        return both.transpose(1, 0, 2), forward, backward, local, norms
