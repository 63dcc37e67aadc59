"""Features as rows of the weights' table, hashed by the thousand (特征哈希).

A feature is a string; its row is the low bits of its CRC-32. Most features of an evidence are those of a name with a
prefix before them, and the same name takes part in many evidences. CRC-32 is linear over bits (Williams 1993), so

    crc(prefix + feature) = crc(feature) ^ shifted(crc(prefix), bytes of the feature)

and each feature of a name is made and hashed once, whatever stands before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

__all__ = ["BITS", "Part", "Pool", "Span"]

# Features are rows of a table of 2 ** BITS weights (feature hashing: Weinberger et al., ICML 2009).
BITS = 18
# Lengths of features, in bytes, that are shifted by at once.
_SIZES = 128
# Evidences at once; their number and a row fit into 31 bits.
_BLOCK = 4096
_MASK = np.int32((1 << BITS) - 1)

# Where some features stand in a pool, and such features with a prefix before each.
Span = tuple[int, int]
Part = tuple[str, Span]


class Pool:
    """The features of one document."""

    def __init__(self) -> None:
        self._features: list[str] = []

    def keep(self, features: Iterable[str]) -> Span:
        """Keep some features; where they stand."""
        start = len(self._features)
        self._features += features
        return start, len(self._features)

    def rows(self, evidence: Sequence[Sequence[Part]]) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int64]]]:
        """The rows of each evidence in turn, each row once, in order, and where those of each evidence begin.

        They come in blocks of some thousand evidences, so that memory stays bounded for long documents.
        """
        written = list(map(str.encode, self._features))
        hashes = np.fromiter(map(crc32, written), np.uint32, len(written))
        sizes = np.fromiter(map(len, written), np.int64, len(written))
        for begin in range(0, len(evidence), _BLOCK):
            yield _rows(evidence[begin : begin + _BLOCK], hashes, sizes)


def _rows(
    evidence: Sequence[Sequence[Part]], hashes: NDArray[np.uint32], sizes: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    listed = [part for parts in evidence for part in parts]
    prefixes = [prefix for prefix, _ in listed]
    bounds = np.fromiter(chain.from_iterable(span for _, span in listed), np.int64, 2 * len(listed))
    starts, ends = bounds[::2], bounds[1::2]
    numbers = {prefix: number for number, prefix in enumerate(dict.fromkeys(prefixes))}
    prefix = np.fromiter(map(numbers.__getitem__, prefixes), np.int64, len(prefixes))
    owner = np.repeat(np.arange(len(evidence), dtype=np.int32), [len(parts) for parts in evidence])
    counts = ends - starts
    part = np.repeat(np.arange(len(counts)), counts)
    index = np.arange(len(part)) + (ends - np.cumsum(counts))[part]
    lengths = sizes[index]
    longest = -(-int(lengths.max()) // _SIZES) * _SIZES
    shifts = np.array([_shifts(prefix, longest) for prefix in numbers])
    found = (hashes[index] ^ shifts[prefix[part], lengths]).astype(np.int32) & _MASK
    found |= owner[part] << BITS
    found.sort()
    found = found[np.concatenate([[True], found[1:] != found[:-1]])]
    return found & _MASK, np.searchsorted(found, np.arange(len(evidence), dtype=np.int32) << BITS)


@lru_cache(maxsize=8192)
def _shifts(prefix: str, longest: int) -> NDArray[np.uint32]:
    """What a prefix adds to the hash of features of 0 to ``longest`` bytes."""
    with_it, without, found = crc32(prefix.encode()), 0, []
    for _ in range(longest + 1):
        found.append(with_it ^ without)
        with_it, without = crc32(b"\0", with_it), crc32(b"\0", without)
    return np.array(found, np.uint32)
