"""Which place a name denotes (行政区划): the path of its division, so that names of all lengths meet.

    武汉 = 武汉市 = 湖北武汉 = 湖北省武汉市      湖北省 武汉市
    北京市朝阳区, 长春朝阳                       北京市 朝阳区, 吉林省 长春市 朝阳区
    朝阳区                                      none: there are two

The lexicon has no administrative codes; the path of full names is as unique and can be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.names import lexicon
from graph.names.spelling import fold

__all__ = ["Division", "division", "is_ambiguous_place", "place_key"]

_LEVELS = ("province", "city", "area", "county")
# Cities that share their short name with a district or a mountain that is as well known.
_NEVER_ALONE = frozenset({"朝阳", "黄山", "庐山", "井冈山", "武夷山", "峨眉山"})


@dataclass(frozen=True, slots=True)
class Division:
    """A province, city, county or area of China; ``path`` holds the full names from the province down."""

    path: tuple[str, ...]
    level: str
    city: bool
    """Whether it is a county-level city (县级市): its short name may stand alone."""

    @property
    def key(self) -> str:
        """The path with spaces, which no folded name holds."""
        return " ".join(self.path)


@lru_cache(maxsize=65_536)
def is_country(key: str) -> bool:
    """Whether the key of a place is that of a country."""
    return key in _countries().values()


def place_key(folded: str) -> str | None:
    """The key of the place that a folded name denotes, or None where it is unknown or denotes several."""
    found = division(folded)
    if found is not None:
        return found.key
    for size in range(len(folded), 1, -1):
        country = _countries().get(folded[:size])
        if country is None:
            continue
        rest = folded[size:].removesuffix("市")
        if not rest:
            return country
        if country in _cities().get(rest, ()):
            return rest if len(_cities()[rest]) == 1 else f"{country} {rest}"
    if folded in _regions():
        return _regions()[folded]
    if folded.endswith("市") and len(_cities().get(folded[:-1], ())) == 1:
        return folded[:-1]
    return None


@lru_cache(maxsize=65_536)
def division(folded: str) -> Division | None:
    """The division of China that a folded name denotes, if it is one and only one."""
    for country in ("中华人民共和国", "中国"):
        if folded.startswith(country) and len(folded) > len(country):
            return division(folded[len(country) :]) or _alone(folded)
    return _alone(folded) or _chained(folded)


def is_ambiguous_place(folded: str) -> bool:
    """Whether several places have this name, none of them more likely: 朝阳区."""
    if place_key(folded) is not None:
        return False
    return len(_divisions().get(folded, ())) > 1 or len(_cities().get(folded, ())) > 1


def _alone(folded: str) -> Division | None:
    """The division that a name denotes without a larger one before it: the largest of that name, if it is unique."""
    named = _divisions().get(folded, ())
    full = [each for each in named if each.path[-1] == folded]
    if full:
        return full[0] if len(full) == 1 else None
    if folded in _NEVER_ALONE or folded in _countries():
        return None
    largest = _largest(named)
    if largest is None or (largest.level == "county" and (len(named) > 1 or not largest.city or folded in _cities())):
        return None
    return largest


def _chained(folded: str) -> Division | None:
    return _largest(dict.fromkeys(_chains(folded, None)))


def _largest(named: Iterable[Division]) -> Division | None:
    """The one of the highest level, unless several are: 长沙 is 长沙市 rather than 长沙县 in it."""
    by_level = sorted(named, key=lambda each: _LEVELS.index(each.level))
    top = [each for each in by_level if each.level == by_level[0].level]
    return top[0] if len(top) == 1 else None


def _chains(rest: str, above: Division | None) -> Iterator[Division]:
    """The divisions at the end of a chain that gets narrower: 湖北 武汉 江夏区."""
    for size in range(2, len(rest) + 1):
        for each in _divisions().get(rest[:size], ()):
            if above is not None and above.path[-1] not in each.path[:-1]:
                continue
            if size < len(rest):
                yield from _chains(rest[size:], each)
            elif above is not None:
                yield each


@cache
def _divisions() -> dict[str, tuple[Division, ...]]:
    """Every division by its full name and its short names of more than one character, folded."""
    entries = lexicon.load("places_cn")
    parents = {name: parent for name, _, level, parent in entries if level in ("province", "city")}
    found: dict[str, list[Division]] = defaultdict(list)
    for name, short, level, parent in entries:
        above = []
        while parent != "中国":
            above.append(fold(parent))
            parent = parents[parent]
        each = Division((*reversed(above), fold(name)), level, level == "county" and name.endswith("市"))
        for form in (name, *lexicon.forms(short)):
            if len(form) > 1:
                found[fold(form)].append(each)
    return {form: tuple(dict.fromkeys(named)) for form, named in found.items()}


@cache
def _countries() -> dict[str, str]:
    """Names of countries, long and short, and 美方 for 美国 where one country only has the character."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, others, *_ in lexicon.load("countries"):
        for form in (name, *lexicon.forms(others)):
            found[fold(form) if len(form) > 1 else f"{form}方"].add(name)
    found["我国"].add("中国")
    return {form: fold(next(iter(names))) for form, names in found.items() if len(names) == 1}


@cache
def _cities() -> dict[str, tuple[str, ...]]:
    """The countries in which a city outside China lies."""
    return {
        fold(name): tuple(fold(each) for each in lexicon.forms(countries) if each != "中国")
        for name, countries in lexicon.load("world_cities")
        if countries != "中国"
    }


@cache
def _regions() -> dict[str, str]:
    return {
        fold(form): fold(name) for name, others in lexicon.load("regions") for form in (name, *lexicon.forms(others))
    }
