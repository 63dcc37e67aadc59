"""Whether two people are one: their names, how rare these are, and their posts (人物, 职务)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from graph.candidates import words
from graph.candidates.likeness import Likeness, compare
from graph.candidates.readings import country_letters, places_in, read
from graph.candidates.records import Feature, Post, Profile
from graph.names import lexicon
from graph.names.spelling import fold, plain
from graph.schema import EntityType

__all__ = ["PersonName", "compare_people", "post_features", "read_person"]

# Points of one name for two people, by how many people bear such a name.
_RARE, _USUAL, _COMMON = 1.0, 0.0, -1.5
_FOREIGN, _FOREIGN_PART = 1.5, -1.0
# Of two names.
_FULLER, _LAST_PART, _OTHER_PART, _SOUND, _OTHER_SCRIPT = 1.0, -1.0, -2.0, -1.0, -4.0
# Of posts.
_SAME_BODY, _PART_OF_BODY, _SAME_PLACE, _SAME_TITLE = 3.0, 2.0, 1.5, 1.0
_OTHER_PLACES, _OTHER_PROVINCES, _OTHER_FIELDS, _OTHER_BODIES, _MOVED, _AT_ONCE = -2.0, -1.0, -1.5, -0.5, 0.5, -0.5

_SOUND_LENGTH = 5
_SEPARATORS = re.compile(r"[·•‧∙⋅・･.．‐\-—]+")
_LATIN_SEPARATORS = re.compile(r"[\s.‐\-]+")
_TITLES = re.compile(r"[、，,和兼及与]")
_TITLE_FORMS = {"外长": "部长", "防长": "部长", "财长": "部长"}
_FIELD_OF_BODY = {"school": "research", "institute": "research", "medical": "research", "company": "business", "government": "state"}
_FIELD_OF_TITLE = (
    (re.compile("教授|研究员|院士|校长|学者|博士|医生|讲师|工程师"), "research"),
    (re.compile("董事|总经理|总裁|首席执行官|创始人|合伙人"), "business"),
    (re.compile("[市省区县州局厅处部]长|书记|总统|总理|外长|议员|大使|发言人|国王|主席"), "state"),
)
# Who leads a university or a state company may move to the state, who leads a province to another.
_LEADERS = re.compile("大学.*校长|科学院.*院长|书记")
_OFFICIALS = re.compile("省长|市长|书记|主席|部长")
# Seats that people of all fields hold beside their post.
_DELEGATES = re.compile("政协|人大$|人民代表大会$|政治协商会议|宣讲团|代表团")
_SIDE_TITLES = re.compile("委员|代表|顾问|理事|会员|成员|专家")


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
    if not family or _is_transcribed(given):
        return PersonName(name, text, (text,), False, _FOREIGN_PART, "a part of a foreign name")
    classes = _families()[family], *(_given().get(character, "") for character in given)
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
        if text[:size] in _families() and size < len(text) <= size + 2:
            return text[:size]
    return ""


@cache
def _families() -> dict[str, str]:
    return dict(lexicon.load("surnames"))


def _is_transcribed(given: str) -> bool:
    """Whether what stands behind a family name is the rest of a foreign name: of 马斯克, 穆勒."""
    often = all(_transliterating().get(character) == "1" for character in given)
    return often or any(character in _transliterating() and character not in _given() for character in given)


@cache
def _transliterating() -> dict[str, str]:
    return dict(lexicon.load("transliteration_chars"))


@cache
def _given() -> dict[str, str]:
    return dict(lexicon.load("given_chars"))


def compare_people(one: PersonName, other: PersonName) -> Likeness | None:
    """In what way two names of people are alike; Chinese names that differ in a character are not."""
    names = one.name, other.name
    if one.text == other.text:
        rarer = max(one, other, key=lambda each: each.points)
        return Likeness("name", rarer.points, f"The same name, {rarer.rarity}.", names)
    if one.chinese and other.chinese:
        return None
    if one.text.isascii() != other.text.isascii():
        return Likeness("script", _OTHER_SCRIPT, "The names are in two scripts; only what is known of both can tell.", names)
    for shorter, (short, long) in enumerate(((one, other), (other, one))):
        if len(short.parts) < len(long.parts) and set(short.parts) < set(long.parts):
            if len(short.parts) > 1:
                return Likeness("part", _FULLER, "One name is the other with a part left out.", names, shorter)
            points = _LAST_PART if short.text == long.parts[-1] else _OTHER_PART
            return Likeness("part", points, f"{short.name} is a part of {long.name}, which others may have.", names, shorter)
    if len(one.text) == len(other.text) >= _SOUND_LENGTH and OSA.distance(one.text, other.text, score_cutoff=1) == 1:
        pairs = [pair for pair in zip(one.text, other.text, strict=True) if pair[0] != pair[1]]
        if len(pairs) == 1 and words.sound_alike(*pairs[0]):
            return Likeness("sound", _SOUND, f"Transcribed names that differ in {pairs[0][0]} and {pairs[0][1]}.", names)
    return None


@dataclass(frozen=True, slots=True)
class _Seat:
    """A post as it is compared: its body, the provinces or countries named, its field, the words of its titles."""

    organization: str
    places: frozenset[str]
    fields: frozenset[str]
    titles: frozenset[str]
    side: bool


@lru_cache(maxsize=65_536)
def _seat(organization: str, role: str | None) -> _Seat:
    text = fold(plain(organization))
    places = {key.split(" ")[0] for key in places_in(text).values()}
    if not places and len(text) > 3 and text[0] in country_letters():
        places = {country_letters()[text[0]]}
    pieces = [organization + piece if len(piece) == 1 else piece for piece in _TITLES.split(role or "") if piece]
    titles = {_TITLE_FORMS.get(piece[-2:], piece[-2:]) for piece in pieces}
    fields = {field for pattern, field in _FIELD_OF_TITLE if role and pattern.search(role)}
    fields |= {field for kind, field in _FIELD_OF_BODY.items() if kind == words.head_kind(text)}
    if role and _LEADERS.search(organization + role):
        fields.add("state")
    side = _DELEGATES.search(text) or (pieces and all(_SIDE_TITLES.fullmatch(piece[-2:]) for piece in pieces))
    return _Seat(organization, frozenset(places), frozenset(fields), frozenset(titles), bool(side))


def post_features(one: Profile, other: Profile) -> Iterator[Feature]:
    """What the posts of two people say; nothing, where one has no post or only such as people of all fields hold."""
    ours, theirs = _seats(one), _seats(other)
    if not ours or not theirs:
        return
    pairs = [(a, b) for a in ours for b in theirs]
    body = max((_bodies(a, b) for a, b in pairs), key=lambda feature: (feature.points, feature.value))
    same_place = sorted({place for a, b in pairs for place in a.places & b.places if place != "中国"})
    titles = sorted({title for a, b in pairs for title in a.titles & b.titles})
    if body.points > 0:
        yield body
    elif same_place:
        yield Feature("place", same_place[0], _SAME_PLACE, f"Posts in one place, {same_place[0]}.")
    else:
        against = list(_unrelated(one, other, ours, theirs))
        yield from against
        titles = [] if any(feature.name == "place" for feature in against) else titles
    if titles:
        yield Feature("title", titles[0], _SAME_TITLE, f"Both are {titles[0]}.")


def _seats(profile: Profile) -> list[_Seat]:
    seats = [_seat(post.organization, post.role) for post in profile.posts]
    return [seat for seat in seats if not seat.side]


def _bodies(one: _Seat, other: _Seat) -> Feature:
    value = f"{one.organization} | {other.organization}"
    ours, theirs = (read(EntityType.ORGANIZATION, each.organization) for each in (one, other))
    if ours.place and not ours.rest or ours.vague or theirs.vague:
        return Feature("body", value, 0.0, "")
    if ours.text == theirs.text and ours.numbers == theirs.numbers:
        return Feature("body", value, _SAME_BODY if not _is_place(ours.text) else 0.0, "Posts at one body.")
    likeness = compare(EntityType.ORGANIZATION, ours, theirs)
    if likeness is not None and likeness.kind != "script" and not _is_place(ours.text) and not _is_place(theirs.text):
        return Feature("body", value, _SAME_BODY, "Posts at what may be one body.")
    short, long = sorted((ours.text, theirs.text), key=len)
    if long.startswith(short) and not _is_place(short):
        return Feature("body", value, _PART_OF_BODY, "Posts at a body and a part of it.")
    return Feature("body", value, 0.0, "")


def _is_place(text: str) -> bool:
    return "".join(places_in(text)) == text


def _unrelated(one: Profile, other: Profile, ours: list[_Seat], theirs: list[_Seat]) -> Iterator[Feature]:
    """Against: posts at bodies that have nothing to do with each other."""
    places = [frozenset(place for seat in seats for place in seat.places if place != "中国") for seats in (ours, theirs)]
    fields = [frozenset(field for seat in seats for field in seat.fields) for seats in (ours, theirs)]
    value = f"{ours[0].organization} | {theirs[0].organization}"
    dated = one.first_date and one.last_date and other.first_date and other.last_date
    moved = dated and (one.last_date < other.first_date or other.last_date < one.first_date)
    if all(places):
        official = moved and all(each <= _provinces() for each in places) and _are_officials(one, other)
        points = _OTHER_PROVINCES if official else _OTHER_PLACES
        yield Feature("place", " | ".join(min(each) for each in places), points, "Posts in different places.")
    if all(fields) and not fields[0] & fields[1]:
        yield Feature("field", " | ".join(min(each) for each in fields), _OTHER_FIELDS, "Posts of different fields.")
    elif not all(places):
        yield Feature("body", value, _OTHER_BODIES, "Posts at different bodies.")
    if moved:
        yield Feature("time", "one after the other", _MOVED, "The posts are told of one after the other, as by a move.")
    elif dated:
        yield Feature("time", "at once", _AT_ONCE, "The posts are told of at the same time.")


def _are_officials(one: Profile, other: Profile) -> bool:
    return all(any(_OFFICIALS.search(post.role or "") for post in profile.posts) for profile in (one, other))


@cache
def _provinces() -> frozenset[str]:
    return frozenset(fold(entry[0]) for entry in lexicon.load("places_cn") if entry[2] == "province")
