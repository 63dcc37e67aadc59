"""Whether confidences can be taken at their word: reliability by bucket, calibration error, Brier score (可靠性).

The table is the reliability diagram of Niculescu-Mizil and Caruana, "Predicting good probabilities with supervised
learning" (ICML 2005). The expected calibration error weighs the gap between mean confidence and share right of each
bucket by its size (Naeini, Cooper and Hauskrecht, AAAI 2015). The Brier score is the mean squared difference of
confidence and truth (Brier, Monthly Weather Review 78, 1950); for both, 0 is best.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

__all__ = ["Bucket", "Reliability"]

_EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Relations with a confidence in ``[low, high)`` (the last bucket holds 1 too)."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(slots=True)
class Reliability:
    """Confidences of relations, each with whether the relation is right."""

    items: list[tuple[float, bool]] = field(default_factory=list)

    def add(self, confidence: float, right: bool) -> None:
        """Count a relation; ``confidence`` is in 0..1."""
        self.items.append((confidence, right))

    def buckets(self) -> Iterator[Bucket]:
        """The buckets that hold something, from low to high, with mean confidence and share right."""
        for low, high in pairwise(_EDGES):
            inside = [(c, right) for c, right in self.items if low <= c < high or c == high == _EDGES[-1]]
            if inside:
                count = len(inside)
                mean, share = sum(c for c, _ in inside) / count, sum(right for _, right in inside) / count
                yield Bucket(low, high, count, mean, share)

    @property
    def calibration_error(self) -> float:
        """The expected calibration error over the buckets; 0 without relations."""
        return sum(b.count * abs(b.confidence - b.right) for b in self.buckets()) / max(len(self.items), 1)

    @property
    def brier(self) -> float:
        """The Brier score; 0 without relations."""
        return sum((c - right) ** 2 for c, right in self.items) / max(len(self.items), 1)

    def to_json(self) -> dict[str, Any]:
        """Both scores and the table, rounded to four digits."""
        table = [
            {
                "from": bucket.low,
                "to": bucket.high,
                "count": bucket.count,
                "confidence": round(bucket.confidence, 4),
                "right": round(bucket.right, 4),
            }
            for bucket in self.buckets()
        ]
        return {"ece": round(self.calibration_error, 4), "brier": round(self.brier, 4), "buckets": table}
