"""The lexicons as the tagger asks them, in Java: names, heads, verbs, classes of characters (词表特征)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from jpype import JArray, JBoolean
from numpy.typing import NDArray

from extract import lexicon
from extract.jvm import own

__all__ = ["Matcher", "lexicons"]

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
_OF_PLACE = ("place", "place-short", "country")
# Titles last: what counts as one is all from there on.
_HEAD_KINDS: Mapping[str, int] = {"org_heads": 1, "forum_heads": 2, "initiative_heads": 3, "titles": 4}


class Matcher:
    """Longest matches from left to right of a dictionary word -> number, from 1 on."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self.java = own("Lexicon")("\n".join(numbers), JArray.of(np.array(list(numbers.values()), np.int32)))

    def find(self, text: str) -> list[list[int]]:
        """(start, end, number) of matches that do not overlap."""
        found: list[list[int]] = np.array(self.java.find(text)).reshape(-1, 3).tolist()
        return found


@cache
def lexicons() -> Any:
    """All that the tagger asks the lexicons, as ``Lexicons`` in Java."""
    is_place = np.zeros(len(_NUMBER) + 1, bool)
    is_place[[_NUMBER[category] for category in _OF_PLACE]] = True
    tails = {tail: 1 for tail in sorted(lexicon.names("local_bodies")) if len(tail) > 1}
    return own("Lexicons")(
        Matcher(_names()).java,
        JArray(JBoolean)(is_place.tolist()),
        Matcher(_words()).java,
        Matcher(tails).java,
        max(map(len, tails)),
        _NUMBER["local"],
        Matcher(_heads()).java,
        _HEAD_KINDS["titles"],
        JArray.of(_character_classes()),
    )


def _names() -> dict[str, int]:
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
    return numbers


def _words() -> dict[str, int]:
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
    return numbers


def _heads() -> dict[str, int]:
    found: dict[str, int] = {}
    for file, kind in _HEAD_KINDS.items():
        for entry in lexicon.load(file):
            found.setdefault(entry[0], kind)
    return found


def _character_classes() -> NDArray[np.int16]:
    table = np.zeros(0x110000, np.int16)
    for file in ("surnames", "given_chars", "transliteration_chars"):
        table *= 8
        for entry in lexicon.load(file):
            if len(entry[0]) == 1:
                table[ord(entry[0])] += int(entry[1]) if entry[1].isdigit() else 5
    return table
