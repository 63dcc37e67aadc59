"""In what way two names of people are alike, and how many people bear such a name (人名)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from graph.candidates import words
from graph.candidates.records import Likeness
from graph.names import lexicon
from graph.names.spelling import fold, plain

__all__ = ["FOREIGN_PART", "PersonName", "compare_people", "read_person"]

# Points of one name for two people, by how many people bear such a name.
_RARE, _USUAL, _COMMON = 1.0, 0.0, -1.5
_FOREIGN, FOREIGN_PART = 1.5, -1.0
# Of two names.
_FULLER, _LAST_PART, _OTHER_PART, _SOUND, _OTHER_SCRIPT = 1.0, -1.0, -2.0, -1.0, -4.0

_SOUND_LENGTH = 5
_SEPARATORS = re.compile(r"[·•‧∙⋅・･.．‐\-—]+")
_LATIN_SEPARATORS = re.compile(r"[\s.‐\-]+")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name: folded, in its parts (first name, family name of a foreign name), and its points when shared."""

    name: str
    text: str
    parts: tuple[str, ...]
    chinese: bool
    points: float
    rarity: str


@lru_cache(maxsize=65_536)
def read_person(name: str) -> PersonName:
    """The parts of a person's name."""
    text = fold(plain(name))
    separators = _LATIN_SEPARATORS if plain(name).isascii() else _SEPARATORS
    parts = tuple(part for piece in separators.split(plain(name)) if (part := fold(piece)))
    family = _family_name(text)
    given = text[len(family) :]
    if len(parts) > 1 and not (family and text.isascii()):
        return PersonName(name, text, parts, False, _FOREIGN, "a foreign name in full")
    if not family or (family in _classes("transliteration_chars") and _is_transcribed(given)):
        return PersonName(name, text, (text,), False, FOREIGN_PART, "a part of a foreign name")
    classes = _classes("surnames")[family], *(_classes("given_chars").get(character, "") for character in given)
    if len(given) == 1 and classes == ("1", "1"):
        points, rarity = _COMMON, "a name that very many people have"
    elif classes[0] in "12" and set(classes[1:]) == {"1"}:
        points, rarity = _USUAL, "a name that many people have"
    else:
        points, rarity = _RARE, "a rare name"
    return PersonName(name, text, (text,), True, points, rarity)


def _family_name(text: str) -> str:
    """The family name of a Chinese name of two to four characters; empty for other names."""
    for size in (2, 1):
        if text[:size] in _classes("surnames") and size < len(text) <= size + 2:
            return text[:size]
    return ""


@cache
def _classes(name: str) -> dict[str, str]:
    """The entries of a lexicon with their class, by which the smaller is the more frequent one."""
    return {entry[0]: entry[1] for entry in lexicon.load(name)}


def _is_transcribed(given: str) -> bool:
    """Whether what stands behind a family name is the rest of a foreign name: of 马斯克, 穆勒."""
    transcribing, chinese = _classes("transliteration_chars"), _classes("given_chars")
    often = all(transcribing.get(character) == "1" for character in given)
    return often or any(character in transcribing and character not in chinese for character in given)


def compare_people(one: PersonName, other: PersonName) -> Likeness | None:
    """In what way two names of people are alike; Chinese names that differ in a character are not."""
    names = one.name, other.name
    if one.text == other.text:
        rarer = max(one, other, key=lambda each: each.points)
        return Likeness("name", rarer.points, f"The same name, {rarer.rarity}.", names)
    if one.chinese and other.chinese:
        return None
    if one.text.isascii() != other.text.isascii():
        return Likeness(
            "script", _OTHER_SCRIPT, "The names are in two scripts; only what is known of both can tell.", names
        )
    for shorter, (short, long) in enumerate(((one, other), (other, one))):
        if len(short.parts) < len(long.parts) and set(short.parts) < set(long.parts):
            if len(short.parts) > 1:
                return Likeness("part", _FULLER, "One name is the other with a part left out.", names, shorter)
            points = _LAST_PART if short.text == long.parts[-1] else _OTHER_PART
            return Likeness(
                "part", points, f"{short.name} is a part of {long.name}, which others may have.", names, shorter
            )
    if len(one.text) == len(other.text) >= _SOUND_LENGTH and OSA.distance(one.text, other.text, score_cutoff=1) == 1:
        pairs = [pair for pair in zip(one.text, other.text, strict=True) if pair[0] != pair[1]]
        if len(pairs) == 1 and words.sound_alike(*pairs[0]):
            return Likeness(
                "sound", _SOUND, f"Transcribed names that differ in {pairs[0][0]} and {pairs[0][1]}.", names
            )
    return None
