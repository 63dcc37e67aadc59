"""What cuts text into words and tags them (分词): HanLP 1.x (Java, Apache-2.0), in this process."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Protocol

import numpy as np

from extract.analysis import Token
from extract.jvm import java, own

__all__ = ["HanLP1", "Segmenter"]


class Segmenter(Protocol):
    """Anything that turns clean text into tokens."""

    def tokens(self, text: str) -> Sequence[Token]:
        """Tokens in order, covering all of ``text``."""


class HanLP1:
    """The portable HanLP 1.x segmenter with all of its recognition of names switched on.

    Raises:
        EngineError: there is no Java.
    """

    def __init__(self) -> None:
        segment = java("com.hankcs.hanlp.HanLP").newSegment()
        self._segment = segment.enableAllNamedEntityRecognize(True).enableOffset(True)
        self._words = own("Words")

    def tokens(self, text: str) -> Sequence[Token]:
        """Tokens in order, covering all of ``text``."""
        if not text:
            return ()
        found = self._words(self._segment, text)
        ends = np.array(found.ends).tolist()
        starts = [0, *ends[:-1]]
        words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
        tags = str(found.tags).split(" ")
        # As Token would make them, without a call in Python for each.
        return list(map(tuple.__new__, repeat(Token), zip(starts, ends, words, tags, strict=True)))
