"""What the shorter of two names leaves out of the longer, and whether that makes another thing of it (省略)::

    北京航空航天大学    within words: an abbreviation
    北  航
    金砖合作机制        whole words: harmless ones only
    金砖    机制
    中国科学院大学      at the end: a part, unless it is a company's tail
    中国科学院

A direction, a track or a field of study left out makes another thing; a place or a body before the name may do so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel

from graph.candidates import words
from graph.candidates.readings import country_letters, places_in
from graph.candidates.records import Likeness
from graph.names.places import place_key
from graph.schema import EntityType

__all__ = ["Omission", "judge", "left_out"]

# Points: log2 of the odds that such a pair is one thing, before anything else is known of the two.
_COUNTRY = 3.0
_HARMLESS = 1.0
_LATIN = 1.0
_LATIN_ALONE = 0.0
_LEGAL = 0.5
_NATIONAL = 0.5
_SLIP = 0.5
_LARGER_PLACE = 0.5
_PLACE = 0.0
_DIVISION = -0.5
_PLACE_INSIDE = -1.5
_BODY = -0.5
_TITLE = -0.5
_TRADE = -1.0
_ABBREVIATION = {2: -1.5, 3: -0.5, 4: 0.0}
"""By length of the abbreviation: the shorter, the more things it may stand for."""
_LONG_ABBREVIATION = 1.0
_HEAD_DROPPED = -0.5

_SLIP_LENGTH = 8
_TITLE_KEPT = 0.65
_LONGEST_ABBREVIATION = 6
_LONGEST_CUT = 2
_LONGEST_GAP = 5


@dataclass(frozen=True, slots=True)
class Omission:
    """Characters that the shorter name leaves out, and how many it keeps in one piece before and after them."""

    text: str
    before: int
    after: int
    kept: str
    """The character before it."""
    next: str
    """The two characters after it, of which the first is kept."""


def left_out(short: str, long: str) -> list[Omission] | None:
    """What the shorter text leaves out of the longer; None, unless the rest of the longer is the shorter."""
    if len(short) > len(long) or Indel.distance(short, long) != len(long) - len(short):
        return None
    spans = [(code.tag, code.src_start, code.src_end) for code in Indel.opcodes(long, short)]
    sizes = [end - start for _, start, end in spans]
    return [
        Omission(
            long[start:end],
            sizes[place - 1] if place else 0,
            sizes[place + 1] if place + 1 < len(spans) else 0,
            long[start - 1 : start] if start else "",
            long[end : end + 2],
        )
        for place, (tag, start, end) in enumerate(spans)
        if tag == "delete"
    ]


def judge(type: EntityType, head: str, short: str, long: str, left: list[Omission], shorter: int) -> Likeness | None:
    """The likeness of a name and what is left of it, by the part that says least; ``head`` is the place before both."""
    if not left:
        return Likeness("country", _COUNTRY, "One names the country by its one character.")
    if any(words.telling(each.text) for each in left):
        return None
    if len(short) <= _LONGEST_ABBREVIATION and type is not EntityType.PLACE and any(map(_cuts_words, left)):
        found = _abbreviation(type, short, long, left)
    else:
        judged = [
            _judge_part(type, head + short, head + long, replace(each, before=each.before + len(head))) for each in left
        ]
        found = None if None in judged else min((each for each in judged if each), key=lambda each: each.points)
    return found and replace(found, shorter=shorter)


def _cuts_words(left: Omission) -> bool:
    """Whether single characters are kept beside what is left out, as in 北京(航)空."""
    return left.before == 1 or left.after == 1


def _abbreviation(type: EntityType, short: str, long: str, left: list[Omission]) -> Likeness | None:
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


def _judge_part(type: EntityType, short: str, long: str, left: Omission) -> Likeness | None:
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
        outside = _PLACE if not left.before and type is not EntityType.FORUM else _PLACE_INSIDE
        points = _LARGER_PLACE if type is EntityType.PLACE else outside
        return Likeness("place", points, f"One name leaves out the place {text}; there may be others elsewhere.")
    if type is EntityType.PLACE:
        return None
    if not left.before and words.LATIN.fullmatch(short):
        return Likeness("words", _LATIN_ALONE, f"One is the Latin part of the other, {short}.")
    if not left.before and words.is_body(text):
        return Likeness("body", _BODY, f"One name leaves out the body {text}; others may have a part of that name.")
    if left.before and len(text) == 1 and len(long) >= _SLIP_LENGTH and not words.never_mistyped(text):
        return Likeness("typo", _SLIP, f"Long names that differ by the character {text}.")
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
                return Likeness("place", _DIVISION, f"One name leaves out {text}.")
    return None
