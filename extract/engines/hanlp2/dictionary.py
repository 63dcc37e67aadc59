"""What our lexicons tell a tokenizer of HanLP 2: names that are one word (自定义词典)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from extract import lexicon
from graph.names.known import ORGANIZATION_LEXICONS

__all__ = ["give", "names"]

_SHORTEST = 4
"""Shorter names are parts of other words too often."""


@cache
def names() -> frozenset[str]:
    """Bodies and initiatives of the lexicons, of four characters or more."""
    known = lexicon.names(*ORGANIZATION_LEXICONS, "orgs_mined", "initiatives")
    return frozenset(name for name in known if len(name) >= _SHORTEST)


def give(tokenizer: Any, how: str, words: Iterable[str]) -> None:
    """Set the words as the dictionary of a tokenizer, as a component or as a task of one.

    Args:
        tokenizer: has ``dict_combine`` and ``dict_force``, or takes no dictionary and is left as it is.
        how: ``combine``: words of the model that make up one of these become one; ``force``: these come first.
        words: its entries; longest matches count.
    """
    if how != "off" and hasattr(type(tokenizer), f"dict_{how}"):
        setattr(tokenizer, f"dict_{how}", set(words))
