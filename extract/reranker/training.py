"""Training of a reranker from decisions, and whether it is worth having, by cross-validation (交叉验证).

Documents are dealt into folds, so that no model is asked about a document it was made from. A reranker wins if, over
draws of the documents, it beats the confidences of the shipped models, and beats them shifted and stretched as a whole:
which claims a person decides on moves the share of right ones, and that says nothing about the others.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.errors import TooFewDecisions
from extract.reranker.features import Features, log_odds
from extract.reranker.fitting import Reals, Seen, fit, level, probabilities, seen_of
from extract.reranker.model import contents
from extract.version import fingerprint
from graph.schema import RelationType

__all__ = ["DOCUMENTS", "FOLDS", "NEEDED", "OF_A_RELATION", "Example", "Quality", "Trained", "train"]

NEEDED, DOCUMENTS = 20, 10
"""Claims found right, and as many found wrong, and documents that they stand in: the least to learn from."""
OF_A_RELATION = 5
"""Decisions on claims of a relation: one with fewer is left as it is."""
FOLDS, DEALS = 5, 3
"""Folds of the documents, and how often they are dealt."""
_DRAWS, _SURE = 2000, 0.99
"""Draws of the documents, and the share of them in which a winner is better."""
_DROP, _DROPPED = 0.1, 10
"""What is dropped is less likely than the first, and at least so many claims found wrong speak for it."""


class Example(NamedTuple):
    """A claim that somebody has decided on.

    Args:
        document: key of its document.
        type: its relation.
        confidence: that of the shipped models.
        seen: its features.
        right: what was decided.
    """

    document: str
    type: RelationType
    confidence: float
    seen: Features
    right: bool


@dataclass(frozen=True, slots=True)
class Quality:
    """How well probabilities fit what was decided; a claim counts as held for right from 0.5 on."""

    claims: int
    log_loss: float
    accuracy: float
    f1: float

    @classmethod
    def of(cls, probability: Reals, right: NDArray[np.bool_]) -> Quality:
        said = probability >= 0.5
        hits, slips = int((said & right).sum()), int((said ^ right).sum())
        f1 = 2 * hits / (2 * hits + slips) if hits else 0.0
        loss = float(_losses(probability, right).mean())
        return cls(len(right), round(loss, 4), round(float((said == right).mean()), 4), round(f1, 4))


@dataclass(frozen=True, slots=True)
class Trained:
    """A model and what cross-validation says of it.

    Args:
        model: its file.
        drop: claims below this probability do not stand.
        right, wrong, documents: what it was made from.
        before: of the shipped confidences; ``shifted`` of these shifted and stretched; ``after`` of the reranker.
        by_relation: before and after.
        better: share of draws of the documents in which its log loss is lower than that before;
        better_than_shifted: than that of the shifted ones.
        dropped: claims found wrong that fall below ``drop`` in cross-validation; none found right does.
    """

    model: bytes
    drop: float
    right: int
    wrong: int
    documents: int
    before: Quality
    shifted: Quality
    after: Quality
    by_relation: dict[str, tuple[Quality, Quality]]
    better: float
    better_than_shifted: float
    dropped: int

    @property
    def wins(self) -> bool:
        """Whether it is clearly better than what is shipped."""
        others = (self.before, self.shifted)
        clear = min(self.better, self.better_than_shifted) >= _SURE
        more_right = self.after.accuracy > self.before.accuracy and self.after.f1 > self.before.f1
        return clear and more_right and all(self.after.log_loss < each.log_loss for each in others)

    def to_json(self) -> dict[str, Any]:
        """What its card says of it."""
        return {
            "fingerprint": fingerprint(),
            "decisions": {"right": self.right, "wrong": self.wrong, "documents": self.documents},
            "drop": self.drop,
            "cross_validation": {
                "folds": FOLDS,
                "deals": DEALS,
                "before": asdict(self.before),
                "shifted": asdict(self.shifted),
                "after": asdict(self.after),
                "better": self.better,
                "better_than_shifted": self.better_than_shifted,
                "dropped": self.dropped,
            },
            "by_relation": {
                name: {"before": asdict(before), "after": asdict(after)}
                for name, (before, after) in self.by_relation.items()
            },
        }


def train(examples: Sequence[Example]) -> Trained:
    """Make a reranker; the same examples in any order give the same bytes.

    Raises:
        TooFewDecisions: there is too little to learn from.
    """
    examples = sorted(examples, key=lambda each: (each.document, each.type, each.seen, each.right))
    documents = {each.document for each in examples}
    right = np.array([each.right for each in examples], np.bool_)
    counts = int(right.sum()), int((~right).sum())
    if min(counts) < NEEDED or len(documents) < DOCUMENTS:
        raise TooFewDecisions(*counts, len(documents), NEEDED, DOCUMENTS)
    known = {type_ for type_, count in Counter(each.type for each in examples).items() if count >= OF_A_RELATION}
    changed = np.array([each.type in known for each in examples], np.bool_)
    seen = [each.seen for each in examples]
    before = probabilities(np.array([log_odds(each.confidence) for each in examples]))
    after = np.where(changed, _unseen(examples, seen, right), before)
    shifted = np.where(changed, _unseen(examples, [level(each) for each in seen], right), before)
    whole = seen_of(seen)
    weights = fit(whole, right).astype(np.float32)
    fitted = probabilities(whole.scores(weights.astype(np.float64)))
    drop, dropped = _bound(after[changed], fitted[changed], right[changed])
    types = np.array([each.type.value for each in examples])
    return Trained(
        contents(weights, known, drop, fingerprint()),
        drop,
        *counts,
        len(documents),
        Quality.of(before, right),
        Quality.of(shifted, right),
        Quality.of(after, right),
        {
            name: (
                Quality.of(before[types == name], right[types == name]),
                Quality.of(after[types == name], right[types == name]),
            )
            for name in sorted(set(types.tolist()))
        },
        _better(examples, after, before, right),
        _better(examples, after, shifted, right),
        dropped,
    )


def _unseen(examples: Sequence[Example], seen: Sequence[Features], right: NDArray[np.bool_]) -> Reals:
    """The probability of each claim by models that have not seen its document, the mean of all deals."""
    total = np.zeros(len(examples))
    for deal in range(DEALS):
        fold = _folds(examples, deal)
        for left_out in range(FOLDS):
            asked = np.flatnonzero(fold == left_out)
            learned = np.flatnonzero(fold != left_out)
            weights = fit(_of(seen, learned), right[learned])
            total[asked] += probabilities(_of(seen, asked).scores(weights))
    return total / DEALS


def _of(seen: Sequence[Features], places: NDArray[np.int64]) -> Seen:
    return seen_of([seen[place] for place in places])


def _folds(examples: Sequence[Example], deal: int) -> NDArray[np.int64]:
    """The fold of each claim: its document's, dealt out like cards in an order that only the keys give."""
    documents = {each.document for each in examples}
    order = sorted(documents, key=lambda key: hashlib.sha256(f"{deal}\n{key}".encode()).digest())
    place = {key: number % FOLDS for number, key in enumerate(order)}
    return np.array([place[each.document] for each in examples])


def _better(examples: Sequence[Example], one: Reals, other: Reals, right: NDArray[np.bool_]) -> float:
    """In what share of draws of the documents, with replacement, the log loss of one is lower."""
    documents = {key: number for number, key in enumerate(dict.fromkeys(each.document for each in examples))}
    owner = np.array([documents[each.document] for each in examples])
    gains = np.bincount(owner, _losses(other, right) - _losses(one, right), len(documents))
    drawn = np.random.default_rng(0).integers(len(documents), size=(_DRAWS, len(documents)))
    return float((gains[drawn].sum(1) > 0).mean())


def _losses(probability: Reals, right: NDArray[np.bool_]) -> Reals:
    bounded = np.clip(probability, 0.02, 0.98)
    return -np.log(np.where(right, bounded, 1 - bounded))


def _bound(unseen: Reals, fitted: Reals, right: NDArray[np.bool_]) -> tuple[float, int]:
    """Below which probability claims are dropped: no claim found right is, and enough found wrong are, else none."""
    least = min([_DROP, *unseen[right].tolist(), *fitted[right].tolist()])
    bound = int(least * 1000) / 1000
    dropped = int((unseen[~right] < bound).sum())
    return (bound, dropped) if dropped >= _DROPPED else (0.0, 0)
