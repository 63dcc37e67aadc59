"""A linear-chain CRF over characters: labels, scores, decoding and marginals, on whole arrays at a time.

Features are 64-bit keys, a fixed number for each character; a model holds the keys it has weights for. Lafferty,
McCallum, Pereira: Conditional Random Fields, ICML 2001.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.schema import EntityType

__all__ = ["ALLOWED", "LABELS", "Crf", "Labelled", "label_ids", "stretches"]

Keys = NDArray[np.uint64]
Floats = NDArray[np.float32]

LABELS = ("O", *(f"{place}-{type_.value}" for type_ in EntityType for place in "BIES"))
_ID = {label: number for number, label in enumerate(LABELS)}
_NEVER = np.float32(-1e4)
# A stretch is labelled by itself: it ends with a sentence or a line, or where it gets too long.
_LONGEST = 300
# Characters whose features are looked up at once: keeps memory bounded for long documents.
_BLOCK = 8192


class Labelled(NamedTuple):
    """A name found: ``[start, end)``, its type, and the least probability of its labels."""

    start: int
    end: int
    type: EntityType
    probability: float


def _allowed() -> NDArray[np.bool_]:
    table = np.zeros((len(LABELS), len(LABELS)), bool)
    for a, left in enumerate(LABELS):
        for b, right in enumerate(LABELS):
            opened, goes_on = left[0] in "BI", right[0] in "IE"
            table[a, b] = left[2:] == right[2:] if opened and goes_on else not opened and not goes_on
    return table


ALLOWED = _allowed()
_STARTS = np.array([label[0] in "OBS" for label in LABELS])
_ENDS = np.array([label[0] in "OES" for label in LABELS])


def stretches(text: str) -> list[tuple[int, int]]:
    """The stretches of a text that are labelled one by one, in order and without gaps."""
    found, start = [], 0
    for index, character in enumerate(text):
        if character in "。\n" or (index - start >= _LONGEST and character in ",;!? 、"):
            found.append((start, index + 1))
            start = index + 1
    if start < len(text):
        found.append((start, len(text)))
    return [
        (begin, min(begin + 4 * _LONGEST, end)) for first, end in found for begin in range(first, end, 4 * _LONGEST)
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

    def scores(self, features: Keys) -> Floats:
        """The score of each label at each character for features [character, template]."""
        out = np.empty((len(features), len(LABELS)), np.float32)
        padded = np.concatenate([self.weights, np.zeros((1, len(LABELS)), np.float32)])
        for begin in range(0, len(features), _BLOCK):
            part = features[begin : begin + _BLOCK]
            at = np.searchsorted(self.keys, part)
            at[at == len(self.keys)] = 0
            at[self.keys[at] != part] = len(self.keys)
            out[begin : begin + _BLOCK] = padded[at].sum(1)
        return out

    def find(self, text: str, features: Keys) -> list[Labelled]:
        """The names in a text with their probabilities, by the best sequence of labels of each stretch."""
        if not text:
            return []
        parts = stretches(text)
        scores = self.scores(features)
        best, probability = np.zeros(len(text), np.int64), np.zeros(len(text), np.float32)
        # Stretches of like length go together, so that little is padded.
        order = sorted(range(len(parts)), key=lambda i: parts[i][1] - parts[i][0])
        for begin in range(0, len(order), 32):
            group = [parts[i] for i in order[begin : begin + 32]]
            self._decode(group, scores, best, probability)
        return _names(best, probability)

    def _decode(
        self, group: list[tuple[int, int]], scores: Floats, best: NDArray[np.int64], probability: Floats
    ) -> None:
        lengths = np.array([end - start for start, end in group])
        size, longest = len(group), int(lengths.max())
        padded = np.zeros((size, longest, len(LABELS)), np.float32)
        for row, (start, end) in enumerate(group):
            padded[row, : end - start] = scores[start:end]
        marginals = self.marginals(padded, lengths)
        paths = self._viterbi(padded, lengths)
        for row, (start, end) in enumerate(group):
            path = paths[row, : end - start]
            best[start:end] = path
            probability[start:end] = marginals[row, np.arange(end - start), path]

    def _viterbi(self, scores: Floats, lengths: NDArray[np.int64]) -> NDArray[np.int64]:
        size, longest, labels = scores.shape
        steps = np.where(ALLOWED, self.transitions, _NEVER)
        back = np.zeros((longest, size, labels), np.int64)
        state = scores[:, 0] + np.where(_STARTS, 0, _NEVER)
        final = np.where(_ENDS, 0, _NEVER).astype(np.float32)
        last = np.zeros((size, labels), np.float32)
        for t in range(longest):
            if t:
                through = state[:, :, None] + steps
                back[t] = through.argmax(1)
                state = np.take_along_axis(through, back[t][:, None], 1)[:, 0] + scores[:, t]
            ending = lengths == t + 1
            last[ending] = state[ending] + final
        paths = np.zeros((size, longest), np.int64)
        rows = np.arange(size)
        label = last.argmax(1)
        for t in range(longest - 1, -1, -1):
            inside = t < lengths
            paths[inside, t] = label[inside]
            if t:
                before = back[t][rows, label]
                label = np.where(t < lengths, before, label)
        return paths

    def marginals(self, scores: Floats, lengths: NDArray[np.int64]) -> Floats:
        """The probability of each label at each character of padded stretches [stretch, character, label]."""
        return self._forward_backward(scores, lengths)[0]

    def expectations(
        self, scores: Floats, lengths: NDArray[np.int64]
    ) -> tuple[Floats, NDArray[np.float64], NDArray[np.float64]]:
        """Marginals, the expected number of each pair of labels, and each stretch's log partition function."""
        marginals, forward, backward, local, norms = self._forward_backward(scores, lengths)
        steps = self._steps()
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
        return marginals, pairs, shifts + np.log(np.maximum(last @ _ENDS.astype(np.float32), 1e-30))

    def _steps(self) -> Floats:
        return np.where(ALLOWED, np.exp(self.transitions), 0).astype(np.float32)

    def _forward_backward(
        self, scores: Floats, lengths: NDArray[np.int64]
    ) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        """The forward-backward algorithm, scaled at each step (Rabiner 1989)."""
        size, longest, labels = scores.shape
        steps = self._steps()
        local = np.exp(scores - scores.max(2, keepdims=True))
        forward = np.zeros((longest, size, labels), np.float32)
        backward = np.zeros((longest, size, labels), np.float32)
        norms = np.ones((longest, size), np.float32)
        for t in range(longest):
            state = (forward[t - 1] @ steps if t else _STARTS.astype(np.float32)) * local[:, t]
            norms[t] = np.maximum(state.sum(1), 1e-30)
            forward[t] = state / norms[t][:, None]
        state = np.zeros((size, labels), np.float32)
        for t in range(longest - 1, -1, -1):
            if t + 1 < longest:
                state = (backward[t + 1] * local[:, t + 1]) @ steps.T
            state = np.where((lengths == t + 1)[:, None], _ENDS.astype(np.float32), state)
            backward[t] = state / np.maximum(state.sum(1, keepdims=True), 1e-30)
        both = forward * backward
        both /= np.maximum(both.sum(2, keepdims=True), 1e-30)
        return both.transpose(1, 0, 2), forward, backward, local, norms


def _names(best: NDArray[np.int64], probability: Floats) -> list[Labelled]:
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
