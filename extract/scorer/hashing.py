"""Features as rows of the weights' table, hashed by the thousand (特征哈希).

A feature is a string; its row is the low bits of its CRC-32. Most features of an evidence are those of a name with a
prefix before them, and the same name takes part in many evidences. CRC-32 is linear over bits (Williams 1993), so

    crc(prefix + feature) = crc(feature) ^ shifted(crc(prefix), bytes of the feature)

and each feature of a name is made and hashed once, whatever stands before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

__all__ = ["BITS", "Part", "Pool", "Span"]

# Features are rows of a table of 2 ** BITS weights (feature hashing: Weinberger et al., ICML 2009).
BITS = 18
# Lengths of features, in bytes, that are shifted by at once.
_SIZES = 128

# Where some features stand in a pool, and such features with a prefix before each.
Span = tuple[int, int]
Part = tuple[str, Span]


class Pool:
    """The features of one document."""

    def __init__(self) -> None:
        self._hashes: list[int] = []
        self._sizes: list[int] = []

    def keep(self, features: Iterable[str]) -> Span:
        """Keep some features; where they stand."""
        start = len(self._hashes)
        written = [feature.encode() for feature in features]
        self._hashes += map(crc32, written)
        self._sizes += map(len, written)
        return start, len(self._hashes)

    def rows(self, evidence: Sequence[Sequence[Part]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The rows of each evidence in turn, each row once, in order; and where the rows of each evidence begin."""
        if not evidence:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        prefixes: dict[str, int] = {}
        parts = np.array(
            [
                (number, prefixes.setdefault(prefix, len(prefixes)), start, end)
                for number, listed in enumerate(evidence)
                for prefix, (start, end) in listed
            ]
        )
        owner, prefix, start, end = parts.T
        counts = end - start
        part = np.repeat(np.arange(len(parts)), counts)
        index = np.arange(len(part)) + (end - np.cumsum(counts))[part]
        sizes = np.array(self._sizes)[index]
        longest = -(-int(sizes.max()) // _SIZES) * _SIZES
        shifts = np.array([_shifts(prefix, longest) for prefix in prefixes])
        hashes = np.array(self._hashes, np.uint32)[index] ^ shifts[prefix[part], sizes]
        keyed = owner[part] << BITS | (hashes & np.uint32((1 << BITS) - 1)).astype(np.int64)
        keyed.sort()
        keyed = keyed[np.concatenate([[True], np.diff(keyed) > 0])]
        starts = np.searchsorted(keyed, np.arange(len(evidence)) << BITS)
        return keyed & (1 << BITS) - 1, starts


@lru_cache(maxsize=8192)
def _shifts(prefix: str, longest: int) -> NDArray[np.uint32]:
    """What a prefix adds to the hash of features of 0 to ``longest`` bytes."""
    with_it, without, found = crc32(prefix.encode()), 0, []
    for _ in range(longest + 1):
        found.append(with_it ^ without)
        with_it, without = crc32(b"\0", with_it), crc32(b"\0", without)
    return np.array(found, np.uint32)
