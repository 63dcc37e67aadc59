"""In what way two names of one type are alike, or why they cannot be of one thing (名称比较).

What convention tells apart is never proposed: numbers, editions, places, and what the lexicons know as two. Where one
name is the other with something left out, `graph.candidates.omissions` judges what that is.
"""

from __future__ import annotations

from dataclasses import replace

from rapidfuzz.distance import OSA

from graph.candidates import words
from graph.candidates.omissions import judge, left_out
from graph.candidates.readings import Reading, country_letters
from graph.candidates.records import Likeness
from graph.schema import EntityType

__all__ = ["apart", "compare"]

# Points: log2 of the odds that such a pair is one thing, before anything else is known of the two.
_SPELLING = 3.0
_EDITION = 2.5
_EDITION_BY_DATES = 0.0
_ACRONYM = 1.0
_SOUND = 1.0
_TYPO = 0.5
_OTHER_SCRIPT = -4.0

_TYPO_LENGTH = 8
"""Shorter names that differ in a character are two names more often than one with a slip."""
_SOUND_LENGTH = 5


def apart(type: EntityType, one: Reading, other: Reading) -> str | None:
    """Why two names cannot be of one thing, by convention; None where nothing of the kind is seen."""
    if type is EntityType.FORUM:
        if bool(one.numbers or one.years) != bool(other.numbers or other.years):
            return "only one name has an edition"
        if one.years and other.years and one.years != other.years:
            return "the years differ"
        if one.numbers and other.numbers and one.numbers != other.numbers:
            return "the editions differ"
    elif one.numbers != other.numbers:
        return "the numbers differ"
    if one.known and other.known and one.text != other.text:
        return "the lexicons know two things of these names"
    ours, theirs = one.places - other.places, other.places - one.places
    if ours and theirs and not (type is EntityType.PLACE and _within(ours, theirs)):
        return "the places differ"
    return None


def _within(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return any(one.startswith(f"{other} ") or other.startswith(f"{one} ") for one in ours for other in theirs)


def compare(type: EntityType, one: Reading, other: Reading) -> Likeness | None:
    """In what way two names of forums, organisations, initiatives or places are alike; None where in none."""
    if apart(type, one, other):
        return None
    found = _compare(type, one, other)
    return found and replace(found, names=(one.name, other.name))


def _compare(type: EntityType, one: Reading, other: Reading) -> Likeness | None:
    if one.text == other.text or (one.place and (one.place, one.rest) == (other.place, other.rest)):
        return _same_text(one, other)
    if type is EntityType.FORUM and not _edition_agrees(one, other):
        return None
    if one.text.isascii() and other.text.isascii():
        return _latin(one, other)
    for shorter, (short, long) in enumerate(((one, other), (other, one))):
        texts = _behind_place(short, long)
        if len(short.text) < len(long.text) and (left := left_out(*texts[1:])) is not None:
            return judge(type, *texts, left, shorter)
    if one.text.isascii() != other.text.isascii():
        if type is EntityType.PLACE:
            return None
        return Likeness("script", _OTHER_SCRIPT, "The names are in two languages; only what is known of both can tell.")
    return _typo(one.text, other.text)


def _edition_agrees(one: Reading, other: Reading) -> bool:
    """Whether no edition is told by ordinal in one name and by year alone in the other."""
    without = not one.numbers and not one.years
    return without or bool(one.numbers and other.numbers) or bool(one.years and other.years)


def _same_text(one: Reading, other: Reading) -> Likeness:
    if (one.numbers, one.years) == (other.numbers, other.years):
        return Likeness("spelling", _SPELLING, "The names differ in nothing that tells things apart.")
    if _edition_agrees(one, other):
        return Likeness("edition", _EDITION, "The same series; one name tells ordinal and year, the other one of them.")
    return Likeness(
        "edition", _EDITION_BY_DATES, "The same series; one name tells the ordinal, the other the year; dates decide."
    )


def _latin(one: Reading, other: Reading) -> Likeness | None:
    for shorter, (short, long) in enumerate(((one, other), (other, one))):
        if len(short.text) > 1 and short.text == long.initials:
            return Likeness("acronym", _ACRONYM, "One is made of the initials of the other.", shorter=shorter)
    return _typo(one.text, other.text)


def _behind_place(short: Reading, long: Reading) -> tuple[str, str, str]:
    """The place at the head of both, and what stands behind it; 武汉 and 武汉市 are one place, 美 and 美国 too."""
    head = long.text[: len(long.text) - len(long.rest)]
    if short.place and short.place == long.place:
        return head, short.rest, long.rest
    country = country_letters().get(short.text[0])
    if not short.place and country == long.place and country and long.text.startswith(country):
        return country, short.text[1:], long.text[len(country) :]
    return "", short.text, long.text


def _typo(one: str, other: str) -> Likeness | None:
    """One wrong character in a long name; two sounds alike in a name that may be transcribed."""
    if min(len(one), len(other)) < _SOUND_LENGTH or OSA.distance(one, other, score_cutoff=1) != 1:
        return None
    if len(one) != len(other):
        return None  # a character more is one left out of the other, which `_judge_part` weighs
    places = [place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    place = places[0]
    ours, theirs = one[place], other[place]
    if any(words.never_mistyped(character) for character in (ours, theirs)):
        return None
    if len(places) == 1 and words.sound_alike(ours, theirs):
        return Likeness("sound", _SOUND, f"The names differ in {ours} and {theirs}, which sound alike.")
    if len(one) < _TYPO_LENGTH or (len(places) == 1 and words.differs_in_words(one, other, place)):
        return None
    return Likeness("typo", _TYPO, f"Long names that differ in {ours} and {theirs}, which make no known words in both.")
