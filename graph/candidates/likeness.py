"""How two names of one type are alike, or why they cannot be of one thing.

What convention tells apart is never proposed: numbers, editions, places, directions, tracks, a body and its part. What
the shorter name leaves out of the longer decides most of the rest::

    北京航空航天大学    within words: an abbreviation
    北  航
    金砖合作机制        whole words: harmless ones only
    金砖    机制
    中国科学院大学      at the end: a part, unless it is a company's tail
    中国科学院
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA, Indel

from graph.candidates import words
from graph.candidates.readings import Reading, country_letters, places_in
from graph.names.places import place_key
from graph.schema import EntityType

__all__ = ["Likeness", "apart", "compare"]

# Points: log2 of the odds that such a pair is one thing, before anything else is known of the two.
_SPELLING = 3.0
_EDITION = 2.5
_EDITION_BY_DATES = 0.0
_ACRONYM = 1.0
_HARMLESS = 1.0
_LATIN = 1.0
_LATIN_ALONE = 0.0
_LEGAL = 0.5
_NATIONAL = 0.5
_TYPO = 0.5
_SOUND = 1.0
_PLACE = -0.5
_PLACE_INSIDE = -1.5
_BODY = -0.5
_TITLE = -0.5
_TRADE = -1.0
_OTHER_SCRIPT = -4.0
_ABBREVIATION = {2: -1.5, 3: -0.5, 4: 0.0}
_LONG_ABBREVIATION = 1.0
_HEAD_DROPPED = -0.5

_TYPO_LENGTH = 8
_SOUND_LENGTH = 5
_TITLE_KEPT = 0.65
_LONGEST_ABBREVIATION = 6
_LONGEST_CUT = 2
_LONGEST_GAP = 5


@dataclass(frozen=True, slots=True)
class Likeness:
    """In what way two names are alike.

    Args:
        kind: one word for it.
        points: see `graph.candidates.records.Feature`.
        explanation: a sentence for the reviewer.
        names: the two names as written, in the order of the comparison.
        shorter: 0 or 1, where the first or second is a short form that other things may share.
    """

    kind: str
    points: float
    explanation: str
    names: tuple[str, str] = ("", "")
    shorter: int | None = None


@dataclass(frozen=True, slots=True)
class _Left:
    """Characters that the shorter name leaves out, and how many it keeps in one piece before and after them."""

    text: str
    before: int
    after: int
    kept: str
    """The character before it."""
    next: str
    """The two characters after it, of which the first is kept."""


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
        if len(short.text) < len(long.text) and (left := _left_out(*texts[1:])) is not None:
            return _judge(type, *texts, left, shorter)
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


def _left_out(short: str, long: str) -> list[_Left] | None:
    """What the shorter text leaves out of the longer; None, unless the rest of the longer is the shorter."""
    if len(short) > len(long) or Indel.distance(short, long) != len(long) - len(short):
        return None
    spans = [(code.tag, code.src_start, code.src_end) for code in Indel.opcodes(long, short)]
    sizes = [end - start for _, start, end in spans]
    return [
        _Left(
            long[start:end],
            sizes[place - 1] if place else 0,
            sizes[place + 1] if place + 1 < len(spans) else 0,
            long[start - 1 : start] if start else "",
            long[end : end + 2],
        )
        for place, (tag, start, end) in enumerate(spans)
        if tag == "delete"
    ]


def _judge(type: EntityType, head: str, short: str, long: str, left: list[_Left], shorter: int) -> Likeness | None:
    """The likeness of a name and what is left of it, by the part that says least; ``head`` is the place before both."""
    if not left:
        return Likeness("country", _SPELLING, "One names the country by its one character.")
    if any(set(each.text) <= words.TELLING for each in left):
        return None
    if len(short) <= _LONGEST_ABBREVIATION and type is not EntityType.PLACE and any(map(_cuts_words, left)):
        found = _abbreviation(type, short, long, left)
    else:
        judged = [
            _judge_part(type, head + short, head + long, replace(each, before=each.before + len(head))) for each in left
        ]
        found = None if None in judged else min((each for each in judged if each), key=lambda each: each.points)
    return found and replace(found, shorter=shorter)


def _cuts_words(left: _Left) -> bool:
    """Whether single characters are kept beside what is left out, as in 北京(航)空."""
    return left.before == 1 or left.after == 1


def _abbreviation(type: EntityType, short: str, long: str, left: list[_Left]) -> Likeness | None:
    """北航 for 北京航空航天大学: characters that begin words, from the first on, the last one cut or left out."""
    first, last = left[0], left[-1]
    if len(short) < min(_ABBREVIATION) or words.cuts_head(long):
        return None
    if type is EntityType.FORUM and max(len(each.text) for each in left) > _LONGEST_GAP:
        return None
    if not first.before and not (words.NATIONAL.fullmatch(first.text) or words.harmless(type, first.text)):
        return None
    if not all(words.begins_word(each.text[-1], each.next) for each in left if each.after):
        return None
    points = _ABBREVIATION.get(len(short), _LONG_ABBREVIATION)
    if len(short) > max(_ABBREVIATION) and not all(
        _cuts_words(each) or words.harmless(type, each.text) for each in left
    ):
        return None
    if not last.after and not words.is_head(type, last.kept + last.text):
        if not words.ends_with_head(type, last.text):
            return None
        points += _HEAD_DROPPED
    return Likeness("abbreviation", points, f"{short} may be {long} with words cut short.")


def _judge_part(type: EntityType, short: str, long: str, left: _Left) -> Likeness | None:
    """What leaving out one part says; None where it makes another thing of the name."""
    text = left.text
    if words.LATIN.fullmatch(text):
        return Likeness("words", _LATIN, f"One name leaves out {text}.")
    if not left.after:
        if left.before == 1 and words.is_head(type, left.kept + text):
            return Likeness("abbreviation", _LONG_ABBREVIATION, "One name cuts words of the other short.")
        return _judge_end(type, short, text)
    if not left.before and words.NATIONAL.fullmatch(text):
        return Likeness("words", _NATIONAL, f"One name leaves out {text}.")
    if words.harmless(type, text) or (left.before and left.kept + text in places_in(long)):
        return Likeness("words", _HARMLESS, f"One name leaves out {text}, which seldom tells things apart.")
    larger = type is EntityType.PLACE and words.names_division(text)
    if larger or place_key(text) is not None or text in country_letters() or "".join(places_in(text)) == text:
        if type is EntityType.PLACE and left.after < 2:
            return None
        outside = type is EntityType.PLACE or (not left.before and type is not EntityType.FORUM)
        points = _PLACE if outside else _PLACE_INSIDE
        return Likeness("place", points, f"One name leaves out the place {text}; there may be others elsewhere.")
    if type is EntityType.PLACE:
        return None
    if not left.before and words.LATIN.fullmatch(short):
        return Likeness("words", _LATIN_ALONE, f"One is the Latin part of the other, {short}.")
    if not left.before and words.is_body(text):
        return Likeness("body", _BODY, f"One name leaves out the body {text}; others may have a part of that name.")
    if left.before and len(text) == 1 and len(long) >= _TYPO_LENGTH and not words.never_mistyped(text):
        return Likeness("typo", _TYPO, f"Long names that differ by the character {text}.")
    cut = type is not EntityType.INITIATIVE or len(text) <= _LONGEST_CUT
    if left.before and cut and _cuts_words(left) and words.begins_word(text[-1], left.next):
        return Likeness("abbreviation", _LONG_ABBREVIATION, "One name cuts words of the other short.")
    if type is EntityType.INITIATIVE and len(short) >= _TITLE_KEPT * len(long):
        return Likeness("title", _TITLE, f"One title leaves out {text}.")
    return None


def _judge_end(type: EntityType, short: str, text: str) -> Likeness | None:
    """What leaving out the end says: mostly that one is a part of the other."""
    match type:
        case EntityType.ORGANIZATION:
            if words.LEGAL.fullmatch(text):
                return Likeness("tail", _LEGAL, f"A company with and without {text}; a group may have a daughter so.")
            if words.is_trade(text):
                return Likeness("tail", _TRADE, f"A company with and without its trade, {text}.")
        case EntityType.FORUM | EntityType.INITIATIVE:
            if not words.names_kind(type, short) and (words.is_head(type, text) or words.harmless(type, text)):
                return Likeness("words", _HARMLESS, f"One name leaves out what it is, {text}.")
            if text == "纲要":
                return Likeness("title", _TITLE, "A plan and its outline, which may be one text.")
        case EntityType.PLACE:
            if words.harmless(type, text) and place_key(short) is None:
                return Likeness("place", _PLACE, f"One name leaves out {text}.")
    return None


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
