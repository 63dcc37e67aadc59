"""Looking up many 64-bit keys at once in an open-addressing hash table of whole arrays (查表)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Rows"]

Keys = NDArray[np.uint64]

# Slots for each key: most keys that are not there meet an empty slot at once.
_ROOM = 4


class Rows:
    """The row of each key of a sorted array without repetitions; a key that is not there has the row ``len(keys)``.

    Keys are hashes: their low bits are the slot, and a slot that is taken sends on to the next one.
    """

    def __init__(self, keys: Keys) -> None:
        self._none = len(keys)
        self._keys = np.append(keys, np.uint64(0))
        self._mask = np.uint64((1 << (len(keys) * _ROOM).bit_length()) - 1)
        self._slots = np.full(int(self._mask) + 1, self._none, np.int32)
        waiting, slot = np.arange(len(keys)), (keys & self._mask).astype(np.int64)
        while len(waiting):
            free = self._slots[slot] == self._none
            self._slots[slot[free]] = waiting[free]
            lost = self._slots[slot] != waiting
            waiting, slot = waiting[lost], slot[lost] + 1 & int(self._mask)

    def find(self, keys: Keys) -> NDArray[np.int32]:
        """The rows of some keys, in an array of the same shape."""
        flat = keys.ravel()
        rows = self._slots[(flat & self._mask).astype(np.int64)]
        wrong = np.flatnonzero((self._keys[rows] != flat) & (rows != self._none))
        slot = (flat[wrong] & self._mask).astype(np.int64)
        while len(wrong):
            slot = slot + 1 & int(self._mask)
            rows[wrong] = self._slots[slot]
            still = (self._keys[rows[wrong]] != flat[wrong]) & (rows[wrong] != self._none)
            wrong, slot = wrong[still], slot[still]
        return rows.reshape(keys.shape)
