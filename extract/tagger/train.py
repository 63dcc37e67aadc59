"""Training of the CRF: penalised maximum likelihood by L-BFGS (训练); needs scipy, which users of a model do not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from extract.tagger.crf import ALLOWED, LABELS, Crf, label_ids, stretches
from graph.schema import EntityType

__all__ = ["Example", "train"]

_BATCH = 64


class Example(NamedTuple):
    """A document to learn from: its clean text, the features of its characters, and its names."""

    text: str
    features: NDArray[np.uint64]
    spans: Sequence[tuple[int, int, EntityType]]


def train(
    examples: Sequence[Example],
    *,
    c2: float = 1.0,
    min_count: int = 2,
    iterations: int = 160,
    progress: Callable[[int, float], None] | None = None,
) -> Crf:
    """Fit a model.

    Args:
        examples: what to learn from.
        c2: weight of the squared norm of the weights in the objective.
        min_count: keys seen less often are left out.
        iterations: of L-BFGS at most.
        progress: called with the iteration and the objective.
    """
    keys, counts = np.unique(np.concatenate([e.features.ravel() for e in examples]), return_counts=True)
    keys = keys[counts >= min_count]
    matrix = sparse.vstack([_matrix(e.features, keys) for e in examples], format="csr")
    transposed = matrix.T.tocsr()
    labels = np.concatenate([label_ids(len(e.text), [s[:3] for s in e.spans]) for e in examples])
    batches, offset = [], 0
    for example in examples:
        batches += [(offset + start, offset + end) for start, end in stretches(example.text)]
        offset += len(example.text)
    batches.sort(key=lambda part: part[1] - part[0])
    groups = [batches[i : i + _BATCH] for i in range(0, len(batches), _BATCH)]
    count, size = len(keys), len(LABELS)
    observed = np.zeros((size, size))
    for start, end in batches:
        np.add.at(observed, (labels[start : end - 1], labels[start + 1 : end]), 1)
    truth = np.eye(size, dtype=np.float32)[labels]

    def objective(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = parameters[: count * size].reshape(count, size).astype(np.float32)
        transitions = parameters[count * size :].reshape(size, size)
        scores = np.asarray(matrix @ weights)
        model = Crf(keys, weights, transitions.astype(np.float32))
        expected = np.zeros_like(scores)
        pairs = np.zeros((size, size))
        loss = 0.0
        for group in groups:
            loss += _expect(model, group, scores, labels, expected, pairs)
        gradient = np.empty_like(parameters)
        gradient[: count * size] = np.asarray(transposed @ (expected - truth)).ravel()
        gradient[count * size :] = np.where(ALLOWED, pairs - observed, 0).ravel()
        gradient += 2 * c2 * parameters
        return loss + c2 * float(parameters @ parameters), gradient

    step = 0

    def report(state: optimize.OptimizeResult) -> None:
        nonlocal step
        step += 1
        if progress is not None:
            progress(step, float(state.fun))

    found = optimize.minimize(
        objective,
        np.zeros(count * size + size * size),
        jac=True,
        method="L-BFGS-B",
        callback=lambda intermediate_result: report(intermediate_result),
        options={"maxiter": iterations, "maxcor": 5},
    )
    weights = found.x[: count * size].reshape(count, size).astype(np.float32)
    return Crf(keys, weights, found.x[count * size :].reshape(size, size).astype(np.float32))


def _matrix(features: NDArray[np.uint64], keys: NDArray[np.uint64]) -> sparse.csr_array:
    at = np.searchsorted(keys, features)
    at[at == len(keys)] = 0
    known = keys[at] == features
    pointers = np.concatenate([[0], np.cumsum(known.sum(1))])
    columns = at[known].astype(np.int32)
    return sparse.csr_array((np.ones(len(columns), np.float32), columns, pointers), (len(features), len(keys)))


def _expect(
    model: Crf,
    group: list[tuple[int, int]],
    scores: NDArray[np.float32],
    labels: NDArray[np.int64],
    expected: NDArray[np.float32],
    pairs: NDArray[np.float64],
) -> float:
    """Add the group's expected labels and pairs of labels; return its negative log likelihood."""
    lengths = np.array([end - start for start, end in group])
    padded = np.zeros((len(group), int(lengths.max()), len(LABELS)), np.float32)
    for row, (start, end) in enumerate(group):
        padded[row, : end - start] = scores[start:end]
    marginals, both, partition = model.expectations(padded, lengths)
    pairs += both
    loss = float(partition.sum())
    for row, (start, end) in enumerate(group):
        expected[start:end] = marginals[row, : end - start]
        path = labels[start:end]
        loss -= float(scores[np.arange(start, end), path].sum())
        loss -= float(model.transitions[path[:-1], path[1:]].sum())
    return loss
