"""The model: a sum of weights of what is seen of a fact, which gives its probability (模型)."""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from extract.analysis import Analysis, Reason, Rejected
from extract.reranker.features import ROWS, Features, features
from graph.schema import RelationType

__all__ = ["Reranker", "contents", "rerank", "reranker_of"]

_FORMAT = 1


@dataclass(frozen=True, eq=False)
class Reranker:
    """Weights that were learned from decisions on claims.

    Args:
        weights: one for each row of features.
        types: the relations that it knows; facts of others stay as they are.
        drop: facts with a lower probability do not stand; 0: all stand.
        extractor: fingerprint of the extractor whose facts it knows.
        version: from the content of its file.
    """

    weights: NDArray[np.float32]
    types: frozenset[RelationType]
    drop: float
    extractor: str
    version: str

    def probability(self, seen: Features) -> float:
        """How likely the fact is right."""
        score = float(self.weights[list(seen.rows)].astype(np.float64) @ np.array(seen.values))
        return 1 / (1 + math.exp(-min(max(score, -500.0), 500.0)))


def rerank(analysis: Analysis, reranker: Reranker) -> Analysis:
    """The analysis with the reranker's confidences; each fact keeps what it was before, what is dropped says why."""
    facts, dropped = [], []
    for fact, seen in zip(analysis.facts, features(analysis), strict=True):
        if fact.type not in reranker.types:
            facts.append(fact)
            continue
        probability = reranker.probability(seen)
        if probability < reranker.drop:
            shown = math.floor(probability * 1000) / 1000
            weighed = replace(fact, confidence=shown, before=fact.confidence)
            dropped.append(Rejected(weighed, reranker.drop, Reason.DECIDED))
        else:
            facts.append(replace(fact, confidence=round(probability, 2), before=fact.confidence))
    return replace(analysis, facts=tuple(facts), rejected=(*analysis.rejected, *dropped))


def contents(weights: NDArray[np.float32], types: Iterable[RelationType], drop: float, extractor: str) -> bytes:
    """The file of a model; the same model gives the same bytes."""
    file = io.BytesIO()
    np.savez_compressed(
        file,
        format=np.array(_FORMAT),
        weights=weights.astype(np.float32),
        types=np.array(sorted(each.value for each in types)),
        drop=np.array(drop),
        extractor=np.array(extractor),
    )
    return file.getvalue()


def reranker_of(data: bytes) -> Reranker:
    """The twin of `contents`.

    Raises:
        ValueError: the file is damaged.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            if int(stored["format"]) != _FORMAT or stored["weights"].shape != (ROWS,):
                raise ValueError("it has another form")
            weights, types = stored["weights"], frozenset(map(RelationType, stored["types"].tolist()))
            drop, extractor = float(stored["drop"]), str(stored["extractor"])
    except (OSError, KeyError, EOFError, BadZipFile) as error:
        raise ValueError(str(error)) from error
    return Reranker(weights, types, drop, extractor, version_of(data))


def version_of(data: bytes) -> str:
    """The version of a model, from the content of its file."""
    return hashlib.sha256(data).hexdigest()[:12]
