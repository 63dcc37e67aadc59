"""Where HanLP's words stand in a sentence, whatever it did with the spaces between them."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Span", "places"]

Span = tuple[int, int]


def places(sentence: str, words: Iterable[str]) -> list[Span] | None:
    """The span of each word in order, or None if the words are not the sentence without some of its spaces."""
    spans: list[Span] = []
    at = 0
    for word in words:
        start = sentence.find(word, at)
        if not word or start < 0 or sentence[at:start].strip():
            return None
        at = start + len(word)
        spans.append((start, at))
    return None if sentence[at:].strip() else spans
