"""The lexicons that the extractor reads (词表): its own, of words, heads and titles, and those of `graph.names`."""

from __future__ import annotations

import re

from graph.names import lexicon
from graph.names.lexicon import UnknownLexicon, all_forms, forms

__all__ = ["any_country", "available", "forms", "load", "names"]


def available() -> tuple[str, ...]:
    """Return the names of all of them, sorted."""
    return tuple(sorted({*lexicon.available(), *lexicon.available(__package__)}))


def load(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the entries of a lexicon in file order; each is the tuple of its fields.

    Args:
        name: file name without suffix, one of `available`.

    Raises:
        UnknownLexicon: there is no such lexicon.
        MalformedLexicon: the file is not UTF-8 or breaks the format.
    """
    if name not in available():
        raise UnknownLexicon(name, f"not found; there are {', '.join(available())}")
    return lexicon.load(name, __package__) if name in lexicon.available(__package__) else lexicon.load(name)


def names(*lexicons: str) -> frozenset[str]:
    """Return every name in lexicons whose second field, where they have one, holds other forms of the first."""
    return frozenset(form for each in lexicons for form in all_forms(load(each)))


def any_country() -> str:
    """A regular expression for the name of a country of two characters or more, the longest first."""
    found = (name for name in names("countries") if len(name) > 1)
    return "|".join(map(re.escape, sorted(found, key=lambda name: (-len(name), name))))
