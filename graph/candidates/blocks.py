"""Which pairs are worth comparing, so that the work grows with the number of entities and not with its square (分块).

A key groups entities; a group of more than `_GROUP` is no key. Each entity looks up the rarest few of its keys. Numbers
and editions are part of the keys, as names that differ in them are never one thing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import combinations, pairwise

from graph.candidates import words
from graph.candidates.evidence import Surroundings
from graph.candidates.people import PersonName
from graph.candidates.readings import Reading, country_letters
from graph.candidates.records import Profile

__all__ = ["pairs_of_names", "pairs_of_people"]

Pair = tuple[int, int]

_GROUP = 30
"""Most entities that share a key worth following."""
_KEYS = 6
"""Keys that an entity looks up, the rarest first."""
_GRAMS = (2, 3, 4)
_LOOKED_AT = 20
"""Characters of a long name in which the first ones of its abbreviation stand."""
_RARE_NEIGHBOUR = 10
_KNOWN_BEARERS = 8
"""Bearers of a name, the best-known ones, that each other bearer is compared with; 3 for one without a post."""


def pairs_of_names(
    profiles: Sequence[Profile], readings: Sequence[Sequence[Reading]], around: Surroundings
) -> set[Pair]:
    """Pairs of forums, organisations, initiatives or places, as places in the sequences, the smaller first."""
    found: set[Pair] = set()
    found |= _by_rare_keys([set(_gram_keys(each)) for each in readings])
    found |= _within([set(_edition_keys(*each)) for each in zip(profiles, readings, strict=True)])
    found |= _by_abbreviation(readings)
    found |= _across(
        [{each.initials for each in found if each.initials} for found in readings],
        [{each.text for each in found if each.text.isascii()} for found in readings],
    )
    latin = [bool(each) and each[0].text.isascii() for each in readings]
    found |= _by_neighbours(latin, [list(around.rare(each, _RARE_NEIGHBOUR)) for each in profiles])
    return found


def _tokens(reading: Reading) -> Iterator[tuple[str, ...]]:
    """What a name must share with another beside its words: its numbers, or the ordinal or year of its edition."""
    if reading.years:
        yield ("year", *reading.years)
    if reading.numbers or not reading.years:
        yield reading.numbers


def _gram_keys(readings: Iterable[Reading]) -> Iterator[tuple[Hashable, ...]]:
    for each in readings:
        country = country_letters().get(each.text[0]) if not each.place else None
        for text in (each.text, country + each.text[1:]) if country else (each.text,):
            grams = {text[start : start + size] for size in _GRAMS for start in range(len(text) - size + 1)}
            yield from ((gram, *token) for token in _tokens(each) for gram in grams)


def _edition_keys(profile: Profile, readings: Iterable[Reading]) -> Iterator[tuple[Hashable, ...]]:
    """Of forums, the series with the ordinal, and with the year, stated or guessed from the documents."""
    for each in readings:
        yield (each.place, each.rest, *each.numbers, *each.years)
        if each.numbers or each.years:
            yield (each.text, "any edition")
        if each.numbers:
            yield (each.text, *each.numbers)
        years = {*each.years}
        if each.numbers and not years and profile.first_date and profile.last_date:
            years = {profile.first_date[:4], profile.last_date[:4]}
        yield from ((each.text, "year", year) for year in years)


def _within(keys: Sequence[set[tuple[Hashable, ...]]]) -> set[Pair]:
    """All pairs that share a key of no more than so many."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for place, mine in enumerate(keys):
        for key in mine:
            groups[key].append(place)
    return {pair for group in groups.values() if len(group) <= _GROUP for pair in combinations(group, 2)}


def _by_rare_keys(keys: Sequence[set[tuple[Hashable, ...]]]) -> set[Pair]:
    """Pairs of which one looks the other up by one of its rarest keys."""
    counts = Counter(key for mine in keys for key in mine)
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for place, mine in enumerate(keys):
        for key in mine:
            if 1 < counts[key] <= _GROUP:
                groups[key].append(place)
    found: set[Pair] = set()
    for place, mine in enumerate(keys):
        shared = sorted((counts[key], key) for key in mine if 1 < counts[key] <= _GROUP)
        for _, key in shared[:_KEYS]:
            found.update((min(place, other), max(place, other)) for other in groups[key] if other != place)
    return found


def _by_abbreviation(readings: Sequence[Sequence[Reading]]) -> set[Pair]:
    """Short names with those that hold their first two or three characters in that order, the first one at the head.

    Where both begin with a place, that is part of the key, and the characters are those behind it.
    """
    short: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for place, each in _places(readings):
        text = each.rest if each.place else each.text
        if 1 < len(text) <= 6 and not text.isascii():
            for token in _tokens(each):
                short[text[:3], each.place, *token].add(place)
    firsts = {key[0][0] for key in short}
    long: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for place, each in _places(readings):
        for text, head in _heads(each):
            if text[0] in firsts and len(text) > 3:
                following = text[1:_LOOKED_AT]
                starts = {text[0] + second for second in following}
                starts |= {text[0] + second + third for second, third in combinations(following, 2)}
                for key in ((start, head, *token) for token in _tokens(each) for start in starts):
                    if key in short:
                        long[key].add(place)
    return {
        (min(one, other), max(one, other))
        for key, places in long.items()
        if len(places) <= _GROUP and len(short[key]) <= _GROUP
        for one in short[key]
        for other in places
        if one != other
    }


def _heads(reading: Reading) -> Iterator[tuple[str, str]]:
    """Where the words of a long name may begin that its short form keeps, and the place before them."""
    yield reading.text, ""
    leading = words.LEADING.match(reading.text)
    if leading is not None and leading.end() < len(reading.text):
        yield reading.text[leading.end() :], ""
    if reading.place:
        yield reading.rest, reading.place


def _places(readings: Sequence[Sequence[Reading]]) -> Iterator[tuple[int, Reading]]:
    return ((place, each) for place, found in enumerate(readings) for each in found)


def _across(ones: Sequence[set[str]], others: Sequence[set[str]]) -> set[Pair]:
    """Pairs of which one has as one thing what the other has as the other."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, keys in enumerate(others):
        for key in keys:
            groups[key].append(place)
    return {
        (min(one, other), max(one, other))
        for one, keys in enumerate(ones)
        for key in keys
        if len(groups.get(key, ())) <= _GROUP
        for other in groups.get(key, ())
        if one != other
    }


def _by_neighbours(latin: Sequence[bool], neighbours: Sequence[Sequence[str]]) -> set[Pair]:
    """Entities with a Latin name and such without, that share neighbours which few have."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, tokens in enumerate(neighbours):
        for token in tokens:
            groups[token].append(place)
    return {
        (min(place, other), max(place, other))
        for place, tokens in enumerate(neighbours)
        if latin[place]
        for token in tokens
        for other in groups[token]
        if not latin[other]
    }


def pairs_of_people(
    profiles: Sequence[Profile], names: Sequence[Sequence[PersonName]], around: Surroundings
) -> set[Pair]:
    """Pairs of people, as places in the sequences, the smaller first."""
    bearers: dict[str, list[int]] = defaultdict(list)
    for place, found in enumerate(names):
        for text in {each.text for each in found}:
            bearers[text].append(place)
    pairs: set[Pair] = set()
    known: dict[str, int] = {}
    for text, places in bearers.items():
        ranked = sorted(
            places, key=lambda place: (not profiles[place].posts, -profiles[place].documents, profiles[place].id)
        )
        known[text] = ranked[0]
        pairs.update(_bearers(profiles, ranked))
    pairs.update(_by_parts([each for found in names for each in found], known))
    latin = [found[0].text.isascii() for found in names]
    pairs |= _by_neighbours(latin, [list(around.rare(each, _RARE_NEIGHBOUR)) for each in profiles])
    return {pair for pair in pairs if pair[0] != pair[1]}


def _bearers(profiles: Sequence[Profile], ranked: Sequence[int]) -> Iterator[Pair]:
    """Pairs of the bearers of one name, each with the best-known ones, or with its neighbours by body."""
    posted = [place for place in ranked if profiles[place].posts]
    others = ranked[len(posted) :]
    by_body = sorted(posted, key=lambda place: (profiles[place].posts[0].organization, profiles[place].id))
    for rank, place in enumerate(posted):
        yield from (_ordered(place, other) for other in posted[: min(rank, _KNOWN_BEARERS)])
    yield from (_ordered(*pair) for pair in pairwise(by_body))
    known = [place for place in posted[:3] if 4 * profiles[place].documents >= profiles[posted[0]].documents]
    yield from (_ordered(place, other) for place in others for other in known or ranked[:1])


def _ordered(one: int, other: int) -> Pair:
    return min(one, other), max(one, other)


def _by_parts(names: Iterable[PersonName], known: Mapping[str, int]) -> Iterator[Pair]:
    """Names of which one is a part of the other, or sounds like it; of each name its best-known bearer."""
    parts: dict[str, Set[str]] = {}
    groups: dict[str, set[str]] = defaultdict(set)
    for each in sorted(names, key=lambda name: (len(name.parts), name.name)):
        parts[each.text] = frozenset(each.parts)  # of names that fold to one text, the one in most parts
        if not each.chinese:
            groups[words.sound_key(each.text)].add(each.text)
    for text, mine in parts.items():
        for part in mine:
            groups[part].add(text)
    for group in groups.values():
        if len(group) <= _GROUP:
            yield from (_ordered(known[one], known[other]) for one, other in combinations(sorted(group), 2))
