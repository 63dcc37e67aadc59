"""Training of the scorer: penalised logistic regression, twice (训练); needs scipy, which users of a model do not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from extract.grammar import find_facts
from extract.scorer.candidates import find_candidates
from extract.scorer.examples import FOLDS, Labelled
from extract.scorer.hashing import BITS
from extract.scorer.model import LEVELS, STEPS, Scorer, codes
from extract.scorer.pairs import Candidates
from extract.scorer.table import TYPES, Floats, Table, tabulate

__all__ = ["Trained", "train"]

Signs = NDArray[np.int8]
# No relation of the type may hold between the two.
_ILLEGAL = -9


@dataclass(frozen=True, slots=True)
class Trained:
    """A model, and for each example its table with the chances given by models that have not seen its fold."""

    scorer: Scorer
    found: list[Candidates]
    tables: list[Table]
    chances: list[NDArray[np.float64]]


def train(
    examples: Sequence[Labelled], *, c1: float = 0.1, c2: float = 0.03, report: Callable[[str], None] = lambda _: None
) -> Trained:
    """Fit both stages; the second learns from scores that the first gives to folds it has not seen.

    Args:
        examples: what to learn from.
        c1: how freely the first stage fits: the inverse weight of half the squared norm.
        c2: the same for the second stage.
        report: called with what is being done.
    """
    found = [find_candidates(find_facts(replace(example.analysis, facts=()))) for example in examples]
    weights, scale, bias, scores = _first(examples, found, c1, report)
    tables = [tabulate(f, s) for f, s in zip(found, scores, strict=True)]
    edges, levels, second, start, chances = _second(examples, found, tables, c2, report)
    return Trained(Scorer(weights, scale, bias, edges, levels, second, start), found, tables, chances)


def _first(
    examples: Sequence[Labelled], found: Sequence[Candidates], c: float, report: Callable[[str], None]
) -> tuple[Signs, Floats, Floats, list[Floats]]:
    pairs = [(example, pair) for example, f in zip(examples, found, strict=True) for pair in f.pairs]
    blocks = [block for f in found for block in f.pool.rows([one.features for one in f.evidence])]
    rows, starts = zip(*blocks, strict=True)
    offsets = np.cumsum([0, *map(len, rows)])
    ends = np.concatenate([*(s + offset for s, offset in zip(starts, offsets[:-1], strict=True)), offsets[-1:]])
    columns = np.concatenate(rows)
    count = len(ends) - 1
    matrix = sparse.csr_array((np.ones(len(columns), np.float32), columns, ends), (count, 1 << BITS))
    owner = np.repeat(np.arange(len(pairs)), [len(pair.evidence) for _, pair in pairs])
    fold = np.array([example.fold for example, _ in pairs])[owner]
    weights = np.zeros((1 << BITS, len(TYPES)), np.int8)
    scale, bias = np.zeros(len(TYPES), np.float32), np.zeros(len(TYPES), np.float32)
    scores = np.full((count, len(TYPES)), -12, np.float32)
    for j, type_ in enumerate(TYPES):
        report(f"evidence of {type_}")
        label = np.array(
            [e.labels.of(type_, *p.ends(type_)) if type_ in p.types else _ILLEGAL for e, p in pairs], np.int8
        )[owner]
        legal = np.flatnonzero(label != _ILLEGAL)
        part, signs, folds, owners = matrix[legal], label[legal], fold[legal], owner[legal]
        for left_out in range(FOLDS):
            use = (signs >= 0) & (folds != left_out)
            weight, offset = _from_evidence(part[use], signs[use], owners[use], c)
            scores[legal[folds == left_out], j] = part[folds == left_out] @ weight + offset
        use = signs >= 0
        weight, bias[j] = _from_evidence(part[use], signs[use], owners[use], c)
        scale[j] = max(float(np.abs(weight).max()), 1e-6) / 127
        weights[:, j] = np.round(weight / scale[j]).astype(np.int8)
    cuts = np.cumsum([sum(len(pair.evidence) for pair in f.pairs) for f in found])[:-1]
    return weights, scale, bias, np.split(scores, cuts)


def _from_evidence(x: sparse.csr_array, y: Signs, owner: NDArray[np.int64], c: float) -> tuple[Floats, float]:
    """Fit twice: at first all evidence of a pair that holds shows it, then only what the first fit thinks does."""
    weight, offset = _logistic(x, y, c, 25)
    raw = x @ weight + offset
    best = np.full(int(owner.max()) + 1, -np.inf, np.float32)
    np.maximum.at(best, owner, raw)
    keep = (y == 0) | (raw >= best[owner] - 1) | ((raw > 0) & (best[owner] > 0))
    return _logistic(x[keep], y[keep], c, 60)


def _second(
    examples: Sequence[Labelled],
    found: Sequence[Candidates],
    tables: Sequence[Table],
    c: float,
    report: Callable[[str], None],
) -> tuple[Floats, Floats, Floats, Floats, list[NDArray[np.float64]]]:
    values = np.vstack([table.values for table in tables])
    type_ = np.concatenate([table.type_ for table in tables])
    fold = np.concatenate([np.full(len(t.pair), e.fold) for e, t in zip(examples, tables, strict=True)])
    label = np.array(
        [
            example.labels.of(TYPES[j], *f.pairs[number].ends(TYPES[j]))
            for example, f, table in zip(examples, found, tables, strict=True)
            for number, j in zip(table.pair, table.type_, strict=True)
        ],
        np.int8,
    )
    edges = np.stack([_edges(column, STEPS) for column in values.T])
    levels = _edges(values[:, 0], LEVELS)
    code = codes(values, edges, levels)
    width = 2 * len(edges)
    size = len(edges) * STEPS * (1 + LEVELS)
    matrix = sparse.csr_array(
        (np.ones(code.size, np.float32), code.ravel(), np.arange(0, code.size + 1, width)), (len(code), size)
    )
    second, start = np.zeros((len(TYPES), size), np.float32), np.zeros(len(TYPES), np.float32)
    chances = np.zeros(len(code))
    for j, name in enumerate(TYPES):
        report(f"pairs of {name}")
        mine = np.flatnonzero(type_ == j)
        part, signs, folds = matrix[mine], label[mine], fold[mine]
        for left_out in range(FOLDS):
            use = (signs >= 0) & (folds != left_out)
            weight, offset = _logistic(part[use], signs[use], c, 150)
            raw = part[folds == left_out] @ weight + offset
            chances[mine[folds == left_out]] = 1 / (1 + np.exp(-raw))
        second[j], start[j] = _logistic(part[signs >= 0], signs[signs >= 0], c, 150)
    return edges, levels, second, start, np.split(chances, np.cumsum([len(t.pair) for t in tables])[:-1])


def _edges(column: Floats, steps: int) -> Floats:
    """Bounds between the steps of a column: its values where they are few, else quantiles of what is not the least."""
    kinds = np.unique(column)
    if len(kinds) > steps:
        kinds = np.unique(np.quantile(column[column > kinds[0]], np.linspace(0, 1, steps), method="nearest"))
        kinds = np.concatenate([[column.min()], kinds[:-1]])[:steps]
    bounds = kinds[:-1]
    return np.concatenate([bounds, np.full(steps - 1 - len(bounds), np.inf)]).astype(np.float32)


def _logistic(x: sparse.csr_array, y: Signs, c: float, iterations: int) -> tuple[Floats, float]:
    """Weights and intercept that minimise log loss + |w|² / 2c, by L-BFGS."""
    transposed = x.T.tocsr()
    sign = np.where(y == 1, 1.0, -1.0)

    def objective(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weight = parameters[:-1]
        margin = sign * (x @ weight.astype(np.float32) + parameters[-1])
        slope = -sign / (1 + np.exp(np.minimum(margin, 500)))
        gradient = np.append(transposed @ slope.astype(np.float32) + weight / c, slope.sum())
        return float(np.logaddexp(0, -margin).sum() + weight @ weight / (2 * c)), gradient

    first = np.zeros(x.shape[1] + 1)
    first[-1] = np.log((np.sum(y == 1) + 1) / (np.sum(y == 0) + 1))
    best = optimize.minimize(objective, first, jac=True, method="L-BFGS-B", options={"maxiter": iterations})
    return best.x[:-1].astype(np.float32), float(best.x[-1])
