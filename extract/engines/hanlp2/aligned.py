"""Where HanLP's words stand in a sentence, whatever it did with the spaces between and within them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

__all__ = ["Span", "places"]

Span = tuple[int, int]


def places(sentence: str, words: Sequence[str]) -> list[Span] | None:
    """The span of each word in order, or None if the words are not the sentence without its spaces.

    HanLP drops a space even within what it takes for a word: 日报 作者 -> 日|报作者.
    """
    solid = [at for at, character in enumerate(sentence) if not character.isspace()]
    bare = ["".join(word.split()) for word in words]
    if not all(bare) or "".join(bare) != "".join(sentence[at] for at in solid):
        return None
    edges = accumulate(map(len, bare), initial=0)
    return [(solid[start], solid[end - 1] + 1) for start, end in pairwise(edges)]
