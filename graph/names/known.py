"""What is known of names in general: short forms of public bodies, schools, companies, countries and places (简称)."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from graph.names import lexicon
from graph.schema import EntityType

__all__ = [
    "ORGANIZATION_LEXICONS",
    "abbreviates",
    "bare_edition",
    "full_name",
    "is_country",
    "is_part",
    "is_place",
    "key",
    "ordinal",
]

_DROP = re.compile(r"[\s《》〈〉“”\"'‘’·()\-—_,，、.]+")
_EDITION = re.compile(
    r"^(?:(?:\d{4}|二〇[〇一二三四五六七八九]{2})(?:年度?)?|第[一二三四五六七八九十百\d]+[届次期]|首届|·|中国·)+"
)
_PART = re.compile(r"(?:分|平行|专题|子)论坛|边会|分会场|专场")
ORGANIZATION_LEXICONS = (
    "government",
    "international",
    "universities_cn",
    "universities_world",
    "societies",
    "institutes",
    "companies",
    "media",
)


def key(name: str) -> str:
    """The name as it is compared: without marks, brackets and spaces, in lower case."""
    return _DROP.sub("", name).casefold()


def bare_edition(name: str) -> str:
    """A forum's or report's name without the year and the edition before it."""
    return _EDITION.sub("", name)


def is_part(name: str) -> bool:
    """Whether a forum's name says that it is part of a larger one: 分论坛, 专场."""
    return _PART.search(name) is not None


def abbreviates(long: str, short: str) -> bool:
    """Whether ``short`` is an ordered subsequence of ``long`` that starts and ends with it: 中国科学院 → 中科院."""
    if not long or not short or long[0] != short[0] or long[-1] != short[-1]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


def ordinal(digits: str) -> int:
    """The number that Chinese or Arabic digits up to 999 write: 二十 → 20."""
    if digits.isdecimal():
        return int(digits)
    total, unit = 0, 0
    for character in digits:
        if character in "十百":
            total += (unit or 1) * (10 if character == "十" else 100)
            unit = 0
        else:
            unit = "零一二三四五六七八九".find(character.replace("〇", "零"))
    return total + unit


@lru_cache(maxsize=65_536)
def full_name(type_: EntityType, name: str) -> str:
    """The full form of a well-known short name, else the name with its tail written out (科技局 → 科学技术局)."""
    known = _known(type_)
    if name in known:
        return known[name]
    if type_ is EntityType.ORGANIZATION:
        tails, sizes = _tails()
        for size in sizes:
            tail = tails.get(name[-size:])
            if tail is not None and len(name) > size and not name.endswith(tail):
                return name[:-size] + tail
    return name


def is_place(name: str) -> bool:
    """Whether a country, a region or a place in China has this name, long or short."""
    return name in _places()


def is_country(name: str) -> bool:
    """Whether a country has this name, long or short."""
    return name in _countries()


@cache
def _countries() -> frozenset[str]:
    return frozenset(form for form in lexicon.all_forms(lexicon.load("countries")) if len(form) > 1)


@cache
def _places() -> frozenset[str]:
    files = ("countries", "places_cn", "world_cities", "regions")
    return frozenset(form for file in files for form in lexicon.all_forms(lexicon.load(file)) if len(form) > 1)


@cache
def _known(type_: EntityType) -> dict[str, str]:
    """Short form -> full name, for the short forms that name one thing only."""
    found: dict[str, set[str]] = defaultdict(set)
    if type_ is EntityType.ORGANIZATION:
        for file in ORGANIZATION_LEXICONS:
            for entry in lexicon.load(file):
                for form in lexicon.forms(entry[1]):
                    found[form].add(entry[0])
    elif type_ is EntityType.PLACE:
        for entry in lexicon.load("countries"):
            for form in lexicon.forms(entry[1]):
                if len(form) > 1:
                    found[form].add(entry[0])
        found["中方"].add("中国")
        found["我国"].add("中国")
        for entry in lexicon.load("places_cn"):
            if entry[2] in ("province", "city"):
                for form in lexicon.forms(entry[1]):
                    found[form].add(entry[0])
    return {form: next(iter(full)) for form, full in found.items() if len(full) == 1 and len(form) > 0}


@cache
def _tails() -> tuple[dict[str, str], tuple[int, ...]]:
    """Full tails of local bodies by their short ones, and the lengths of these, the longest first."""
    pairs = [
        (form, entry[0]) for entry in lexicon.load("local_bodies") for form in lexicon.forms(entry[1]) if len(form) > 1
    ]
    counts: dict[str, set[str]] = defaultdict(set)
    for short, full in pairs:
        counts[short].add(full)
    tails = {short: full for short, full in pairs if len(counts[short]) == 1}
    return tails, tuple(sorted({len(short) for short in tails}, reverse=True))
