"""What the lexicons say of each character of a text, as columns of whole numbers (词表特征)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from extract import lexicon

__all__ = ["HEAD_KINDS", "Matcher", "characters", "head_kind", "names", "words"]

Column = NDArray[np.int64]

# Lexicon -> category of the full names and of the short ones.
_NAMES = {
    "companies": ("company", "company-short"),
    "government": ("state", "state-short"),
    "institutes": ("institute", "institute-short"),
    "international": ("world-body", "world-body-short"),
    "media": ("media", "media-short"),
    "orgs_mined": ("state", "state"),
    "societies": ("society", "society-short"),
    "universities_cn": ("university", "university-short"),
    "universities_world": ("university", "university-short"),
    "countries": ("country", "country"),
    "regions": ("region", "region"),
    "places_cn": ("place", "place-short"),
    "world_cities": ("city", "city"),
    "venues": ("venue", "venue-short"),
    "forums": ("forum", "forum-short"),
    "initiatives": ("initiative", "initiative-short"),
}
_CATEGORIES = tuple(sorted({c for pair in _NAMES.values() for c in pair} | {"local", "side"}))
_NUMBER = {category: number + 1 for number, category in enumerate(_CATEGORIES)}
_OF_PLACE = frozenset(_NUMBER[category] for category in ("place", "place-short", "country"))
_PAIR_BITS = 18
HEAD_KINDS: Mapping[str, int] = {"org_heads": 1, "forum_heads": 2, "initiative_heads": 3, "titles": 4}


class Matcher:
    """Longest matches from left to right of a dictionary word -> number; words have two characters or more."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers
        sizes: dict[str, set[int]] = {}
        for word in numbers:
            sizes.setdefault(word[:2], set()).add(len(word))
        self._sizes = {head: sorted(found, reverse=True) for head, found in sizes.items()}
        # Where no word can begin is known for a whole text at once: by a bit for each hash of two characters.
        self._begins = np.zeros(1 << _PAIR_BITS, bool)
        self._begins[[int(_pairs(head)[0]) for head in sizes]] = True

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(start, end, number) of matches that do not overlap."""
        found, free = [], 0
        for index in np.flatnonzero(self._begins[_pairs(text)]).tolist() if len(text) > 1 else ():
            for size in self._sizes.get(text[index : index + 2], ()) if index >= free else ():
                number = self._numbers.get(text[index : index + size])
                if number is not None and index + size <= len(text):
                    free = index + size
                    found.append((index, free, number))
                    break
        return found


def _pairs(text: str) -> NDArray[np.uint32]:
    """A hash of each two characters in a row."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    return (codes[:-1] * np.uint32(0x9E3779B1) ^ codes[1:] * np.uint32(0x85EBCA77)) >> np.uint32(32 - _PAIR_BITS)


def names(text: str) -> Column:
    """Known names: category and place in the name; a place with the tail of a local body is one name."""
    found: list[tuple[int, int, int]] = []
    tails, sizes = _tails()
    for start, end, number in _names().find(text):
        if number in _OF_PLACE:
            tail = next((size for size in sizes if text[end : end + size] in tails), 0)
            found.append((start, end + tail, _NUMBER["local"] if tail else number))
        elif not found or start >= found[-1][1]:
            found.append((start, end, number))
    return _column(len(text), [name for name in found if name[1] <= len(text)])


def words(text: str) -> Column:
    """Heads of names, titles and verbs of the relation families: kind and place in the word."""
    return _column(len(text), _words().find(text))


def characters(codes: NDArray[np.int64]) -> Column:
    """How usual each character is as a surname, in a given name and in a transliteration."""
    return _character_classes()[codes].astype(np.int64)


@lru_cache(maxsize=65_536)
def head_kind(word: str) -> int:
    """Kind of the longest head that ends a word (see `HEAD_KINDS`) times 8, plus its length up to 4; 0 for none."""
    heads = _heads()
    for size in range(min(len(word), 6), 0, -1):
        kind = heads.get(word[-size:])
        if kind:
            return kind * 8 + min(size, 4)
    return 0


def _column(length: int, found: list[tuple[int, int, int]]) -> Column:
    column = np.zeros(length, np.int64)
    for start, end, number in found:
        column[start:end] = number * 4 + 1
        column[end - 1] = number * 4 + 2
        column[start] = number * 4 + (3 if end - start == 1 else 0)
    return column


@cache
def _names() -> Matcher:
    numbers: dict[str, int] = {}
    for file, (_, short) in _NAMES.items():
        for entry in lexicon.load(file):
            for form in lexicon.forms(entry[1]) if len(entry) > 1 and file != "world_cities" else ():
                if len(form) > 1:
                    numbers.setdefault(form, _NUMBER[short])
    for file, (full, _) in _NAMES.items():
        numbers.update({entry[0]: _NUMBER[full] for entry in lexicon.load(file) if len(entry[0]) > 1})
    for entry in lexicon.load("countries"):
        for form in lexicon.forms(entry[1]):
            if len(form) == 1:
                numbers.setdefault(f"{form}方", _NUMBER["side"])
    return Matcher(numbers)


@cache
def _tails() -> tuple[frozenset[str], tuple[int, ...]]:
    tails = {tail for tail in lexicon.names("local_bodies") if len(tail) > 1}
    return frozenset(tails), tuple(sorted({len(tail) for tail in tails}, reverse=True))


@cache
def _words() -> Matcher:
    numbers: dict[str, int] = {}
    kinds: dict[tuple[str, str], int] = {}
    for file, column in (
        ("org_heads", 2),
        ("forum_heads", 1),
        ("initiative_heads", 1),
        ("titles", 1),
        ("verbs", 1),
        ("title_prefixes", 0),
    ):
        for entry in lexicon.load(file):
            kind = (file, entry[column] if column and len(entry) > column else "")
            if len(entry[0]) > 1:
                numbers.setdefault(entry[0], kinds.setdefault(kind, len(kinds) + 1))
    return Matcher(numbers)


@cache
def _heads() -> dict[str, int]:
    found: dict[str, int] = {}
    for file, kind in HEAD_KINDS.items():
        for entry in lexicon.load(file):
            found.setdefault(entry[0], kind)
    return found


@cache
def _character_classes() -> NDArray[np.int16]:
    table = np.zeros(0x110000, np.int16)
    for file in ("surnames", "given_chars", "transliteration_chars"):
        table *= 8
        for entry in lexicon.load(file):
            if len(entry[0]) == 1:
                table[ord(entry[0])] += int(entry[1]) if entry[1].isdigit() else 5
    return table
