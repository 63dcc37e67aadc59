"""What a name says, in the parts by which two names are compared: place, numbers, edition, and the text between them.

    第八届中国国际进口博览会   text 中国国际进口博览会    numbers 8
    2024年夏季达沃斯论坛     text 夏季达沃斯论坛       years 2024
    湖北武汉人工智能研究院     text the name itself   place 湖北省 武汉市, rest 人工智能研究院

Numbers in fixed words (一带一路) and in names of places (三亚) do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.names import lexicon
from graph.names.forums import forum_name, is_known_series
from graph.names.known import ordinal
from graph.names.organizations import is_known_organization, is_vague_organization, organization_key, written_out
from graph.names.places import is_ambiguous_place, place_key
from graph.names.spelling import fold, plain
from graph.schema import EntityType

__all__ = ["Reading", "country_letters", "places_in", "read", "read_all"]

_NAMES_READ = 6  # of an entity; longer lists are wrong merges of the documents more often than names
_FIXED = re.compile("一带一路|统一|一体|一流|百姓|百度|万里|三农|三星|九三|五四")
_NUMERAL = re.compile(r"\d+(?:\.\d+)?|[〇零一二三四五六七八九十百]+")
_WELL_FORMED = re.compile(
    r"\d+|[一二三四五六七八九]|(?:[一二三四五六七八九]百零?)?(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COUNTED = re.compile(r"第?(?:\d+|[〇零一二三四五六七八九十百]+)[届次期轮]?")
_PARTY = re.compile(r"^(?:党的|中国共产党|党(?=[〇零一二三四五六七八九十]))")
_VAGUE_FORUM = re.compile(r"(?:全体|常务|主席|委员长|主席团|领导人|部长|工作|新春|春节|国庆|招待|新闻|发布|会议?)+")
_VAGUE_TITLE = re.compile(
    r"(?:国家|行业|地方|团体|实施|指导|管理|工作|专项|行动|发展|若干|有关|相关|年度|[规计]划|方案|纲要|意见|条例|办法|倡议|报告|宣言|"
    r"协定|公约|法案?|工程|声明|章程|标准|指南|议程|战略|决定|通知|建议|决议|草案|细则|规定|措施|白皮书|问答|概论|读本|[修试][订行]|年?版|年|\d)+"
)
_DIVISIONS = frozenset("省市县区州")
_LONGEST_PLACE = 8
_LONGEST_HEAD = 12
_SMALL_WORDS = frozenset({"of", "and", "the", "for", "on", "in", "a", "an", "to"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A name in its parts.

    Args:
        name: as written.
        text: folded, well-known short forms written out, of forums without edition.
        place: key of the place at its head; empty, where there is none.
        rest: the text behind that place.
        places: keys of all places in it.
        numbers: all numbers but years of forums, in the order of the name.
        years: years in the names of forums, sorted.
        known: whether the lexicons have a thing of this very name.
        vague: whether many things have this name.
        initials: of a Latin name of several words, in lower case.
    """

    name: str
    text: str
    place: str
    rest: str
    places: frozenset[str]
    numbers: tuple[str, ...]
    years: tuple[str, ...]
    known: bool
    vague: bool
    initials: str


@lru_cache(maxsize=65_536)
def read_all(type: EntityType, names: tuple[str, ...]) -> tuple[Reading, ...]:
    """The readings of an entity's names, the shown one first; of names that read the same the first.

    Vague names are left out, and such as tell no number or edition where another does.
    """
    first, *others = dict.fromkeys(names)
    chosen = [first, *sorted(others, key=lambda name: (-len(name), name))[: _NAMES_READ - 1]]
    readings: dict[tuple[object, ...], Reading] = {}
    for name in chosen:
        each = read(type, name)
        if not each.vague:
            readings.setdefault((each.text, each.numbers, each.years), each)
    numbered = [each for each in readings.values() if each.numbers or each.years]
    return tuple(numbered or readings.values())


@lru_cache(maxsize=65_536)
def read(type: EntityType, name: str) -> Reading:
    """The parts of a name of a forum, organisation, initiative or place."""
    folded = fold(plain(name))
    years: tuple[str, ...] = ()
    place, known = "", False
    match type:
        case EntityType.FORUM:
            text, numbers, years, vague = _forum(name)
            known = is_known_series(text)
        case EntityType.ORGANIZATION:
            key = organization_key(name)
            known = is_known_organization(key)
            *path, last = key.split(" ")
            place, text = " ".join(path), (path[-1] if path else "") + last
            numbers, vague = _numbers(text), is_vague_organization(name)
        case EntityType.PLACE:
            text, numbers, vague = folded, _numbers(folded), is_ambiguous_place(folded)
            known = place_key(folded) is not None
        case _:
            text, numbers, vague = folded, _numbers(folded), _VAGUE_TITLE.fullmatch(folded) is not None
    head = _head(text)
    place = place or (place_key(text[:head]) or "" if head else "")
    rest = text[head:] if head else text
    places = frozenset(_deepest({*places_in(text).values(), *([place] if place else [])}))
    return Reading(name, text, place, rest, places, numbers, years, known, vague or len(text) < 2, _initials(name))


def _forum(name: str) -> tuple[str, tuple[str, ...], tuple[str, ...], bool]:
    """Text, numbers, years and vagueness of a forum's name."""
    known = forum_name(name)
    found = [*known.edition.split(), *_numbers(fold(plain(name)).replace("首届", "第一届").replace("首次", "第一次"))]
    years = sorted({number for number in found if _YEAR.fullmatch(number)})
    numbers = [number for number in found[len(known.edition.split()) :] if not _YEAR.fullmatch(number)]
    series = _PARTY.sub("中共", written_out(known.series))
    text, start = "", 0
    for match in _COUNTED.finditer(_masked(series)):
        text, start = text + series[start : match.start()], match.end()
    text = text + series[start:] or series
    return text, tuple(numbers), tuple(years), known.vague or _VAGUE_FORUM.fullmatch(text) is not None


def _numbers(text: str) -> tuple[str, ...]:
    """All numbers in a folded text, in the order of the text: 三次会议第一次会议 is not 一次会议第三次会议."""
    return tuple(_number(number) for number in _NUMERAL.findall(_masked(text)))


def _number(digits: str) -> str:
    """A number in Arabic digits; 十四五 and 2.0 stay as they are."""
    return str(ordinal(digits)) if _WELL_FORMED.fullmatch(digits) else digits


def _masked(text: str) -> str:
    """The text with marks in place of words and places that hold a numeral but do not count: 一带一路, 三亚."""
    text = _FIXED.sub(lambda match: "·" * len(match[0]), text)
    for form in places_in(text):
        text = text.replace(form, "·" * len(form))
    return text


def _head(text: str) -> int:
    """The length of the place at the head of a name; 0 where there is none or nothing would be left."""
    sizes = range(min(len(text) - 1, _LONGEST_HEAD), 1, -1)
    size = next((size for size in sizes if place_key(text[:size]) is not None), 0)
    if text[size:] in _DIVISIONS or text[size - 1 : size + 1] == "国家":  # 长沙县; 美国家安全委员会 is 美 with 国家
        return 0
    return size


def _deepest(keys: set[str]) -> Iterator[str]:
    """Keys without those of a larger place around another: of 湖北省 and 湖北省 武汉市 the latter."""
    return (key for key in keys if not any(other.startswith(f"{key} ") for other in keys))


@lru_cache(maxsize=65_536)
def _places_in(text: str) -> tuple[tuple[str, str], ...]:
    forms, found, start = _forms(), {}, 0
    while start < len(text) - 1:
        sizes = range(min(_LONGEST_PLACE, len(text) - start), 1, -1)
        size = next((size for size in sizes if text[start : start + size] in forms), 1)
        if size > 1:
            found[text[start : start + size]] = forms[text[start : start + size]]
        start += size
    return tuple(found.items())


def places_in(text: str) -> Mapping[str, str]:
    """Keys of the places that a folded text names, by their forms there; the longest form wins."""
    return dict(_places_in(text))


@cache
def _forms() -> dict[str, str]:
    """Keys by folded names of regions, countries, cities, provinces and, by full name alone, counties."""
    names: list[str] = []
    for name, others, level, _ in lexicon.load("places_cn"):
        names += (name, *lexicon.forms(others)) if level in ("province", "city") else (name,)
    for name, others, *_ in lexicon.load("countries"):
        names += name, *lexicon.forms(others)
    for name, others in lexicon.load("regions"):
        names += name, *lexicon.forms(others)
    names += (entry[0] for entry in lexicon.load("world_cities"))
    return {(form := fold(name)): place_key(form) or form for name in names if 1 < len(name) <= _LONGEST_PLACE}


@cache
def country_letters() -> dict[str, str]:
    """Key of the country by the one character that stands for it alone: 美 for 美国."""
    found: dict[str, list[str]] = {}
    for name, others, *_ in lexicon.load("countries"):
        for form in lexicon.forms(others):
            if len(form) == 1:
                found.setdefault(form, []).append(fold(name))
    return {letter: names[0] for letter, names in found.items() if len(names) == 1}


def _initials(name: str) -> str:
    """WAIC for World Artificial Intelligence Conference; empty for a name of one word or with other characters."""
    text = plain(name)
    words = [word for word in re.findall(r"[a-z]+", text.casefold()) if word not in _SMALL_WORDS]
    return "".join(word[0] for word in words) if text.isascii() and len(words) > 1 else ""
