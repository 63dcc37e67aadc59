"""From profiles to scored candidates: pairs, their points, the best of each entity."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, product

from graph.candidates import likeness
from graph.candidates.blocks import pairs_of_names, pairs_of_people
from graph.candidates.evidence import (
    Surroundings,
    date_features,
    edition_features,
    rival_feature,
    share_feature,
)
from graph.candidates.people import FOREIGN_PART, compare_people, read_person
from graph.candidates.posts import is_abroad, post_features
from graph.candidates.readings import read, read_all
from graph.candidates.records import Candidate, Feature, Likeness, Profile, RepeatedProfile
from graph.schema import EntityType

__all__ = ["LOWEST_SCORE", "apart", "compare", "find_candidates"]

LOWEST_SCORE = 0.3
"""What is less likely is not worth a reviewer's time."""

_OTHER_NAME = {1: -1.5, 2: -4.0}
"""Points where one or both of the names that are alike are not the shown ones; things share many short names."""

_EACH = 8
"""Candidates of an entity: its best ones, and those of which it is one of the best."""


def find_candidates(profiles: Iterable[Profile], *, lowest: float = LOWEST_SCORE) -> list[Candidate]:
    """Pairs that may be one thing, the likeliest first, then by ids; no pair twice.

    Args:
        profiles: of all entities, in any order.
        lowest: the score from which on a pair is proposed.

    Raises:
        RepeatedProfile: two profiles have one id.
    """
    ordered = sorted(profiles, key=lambda profile: profile.id)
    for one, other in pairwise(ordered):
        if one.id == other.id:
            raise RepeatedProfile(one.id)
    around = Surroundings(ordered)
    found: list[Candidate] = []
    for type in EntityType:
        chosen = [profile for profile in ordered if profile.type is type]
        scored = _people(chosen, around) if type is EntityType.PERSON else _things(type, chosen, around)
        found += (candidate for candidate in scored if candidate.score >= lowest)
    return _best(sorted(found, key=lambda each: (-each.score, each.a, each.b)))


def apart(one: Profile, other: Profile) -> str | None:
    """Why two entities are told apart by convention, whatever else is known of them; None where nothing says so."""
    if one.type is not other.type:
        return "the types differ"
    if one.type is EntityType.PERSON:
        ours, theirs = read_person(one.names[0]), read_person(other.names[0])
        differ = ours.chinese and theirs.chinese and ours.text != theirs.text
        return "the names of two Chinese people differ" if differ else None
    readings = [read_all(each.type, each.names) or (read(each.type, each.names[0]),) for each in (one, other)]
    return likeness.apart(one.type, readings[0][0], readings[1][0])


def compare(one: Profile, other: Profile) -> tuple[Feature, ...] | None:
    """How alike two entities are by names and posts alone; None where they are told apart, or alike in no name."""
    if apart(one, other):
        return None
    if one.type is EntityType.PERSON:
        ours, theirs = ([read_person(name) for name in each.names] for each in (one, other))
        alike = _likest(compare_people(a, b) for a in ours for b in theirs)
        return None if alike is None else (_name_feature(alike), *post_features(one, other))
    pairs = product(*(read_all(each.type, each.names) for each in (one, other)))
    alike = _likest(likeness.compare(one.type, *pair) for pair in pairs)
    return None if alike is None else (_name_feature(alike),)


def _best(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, sorted, that are among the first of either of their entities."""
    counts: dict[str, int] = defaultdict(int)
    kept = []
    for each in candidates:
        if min(counts[each.a], counts[each.b]) < _EACH:
            kept.append(each)
        counts[each.a] += 1
        counts[each.b] += 1
    return kept


def _candidate(one: Profile, other: Profile, features: Sequence[Feature]) -> Candidate:
    points = sum(feature.points for feature in features)
    a, b = sorted((one.id, other.id))
    return Candidate(a, b, round(1 / (1 + 2**-points), 4), tuple(features))


def _things(type: EntityType, profiles: Sequence[Profile], around: Surroundings) -> Iterator[Candidate]:
    readings = [read_all(type, profile.names) for profile in profiles]
    alike: list[tuple[Profile, Profile, Likeness]] = []
    for i, j in sorted(pairs_of_names(profiles, readings, around)):
        if apart(profiles[i], profiles[j]):
            continue
        found = _likest(likeness.compare(type, one, other) for one in readings[i] for other in readings[j])
        if found is not None:
            alike.append((profiles[i], profiles[j], found))
    rivals = _rivals(alike)
    holders = Counter(text for found in readings for text in {each.text for each in found})
    for one, other, found in alike:
        features = [_name_feature(found), *_other_names(type, one, other, found, holders), *around.features(one, other)]
        if found.kind == "edition":
            features += _edition(one, other, found)
        elif type in (EntityType.FORUM, EntityType.INITIATIVE):
            features += date_features(one, other)
        yield _candidate(one, other, [*features, *_rival(one, other, found, rivals)])


def _likest(found: Iterable[Likeness | None]) -> Likeness | None:
    return max((each for each in found if each), key=lambda each: (each.points, each.names), default=None)


def _name_feature(found: Likeness) -> Feature:
    return Feature(found.kind, " | ".join(found.names), found.points, found.explanation)


def _other_names(
    type: EntityType, one: Profile, other: Profile, found: Likeness, holders: Mapping[str, int]
) -> Iterator[Feature]:
    """Against: the names that are alike are not those by which the two are shown; others may be called so too."""
    others = [name for profile, name in zip((one, other), found.names, strict=True) if name != profile.names[0]]
    if not others:
        return
    points = _OTHER_NAME[len(others)]
    yield Feature("alias", " | ".join(others), points, f"{' and '.join(others)}: not the name it is shown by.")
    number = holders[read(type, found.names[0]).text] - 1
    if found.kind == "spelling" and number > 1:
        yield rival_feature(found.names[0], number)


def _edition(one: Profile, other: Profile, found: Likeness) -> Iterator[Feature]:
    """The dates, where one tells an ordinal alone and the other a year."""
    ours, theirs = (read(one.type, name) for name in found.names)
    if ours.years and not theirs.years:
        yield from edition_features(other, ours.years[0])
    elif theirs.years and not ours.years:
        yield from edition_features(one, theirs.years[0])


def _rivals(alike: Iterable[tuple[Profile, Profile, Likeness]]) -> dict[str, int]:
    """How many things each short form may stand for, by the id of its entity; what are alike themselves count once."""
    longer: dict[str, list[str]] = defaultdict(list)
    for one, other, how in alike:
        if how.shorter is not None:
            short, long = (one, other) if how.shorter == 0 else (other, one)
            longer[short.id].append(long.id)
    near = {(one.id, other.id) for one, other, _ in alike}
    return {
        id: sum(
            not any((min(one, other), max(one, other)) in near for other in found[:place])
            for place, one in enumerate(found)
        )
        for id, found in longer.items()
    }


def _rival(one: Profile, other: Profile, found: Likeness, rivals: dict[str, int]) -> Iterator[Feature]:
    if found.shorter is not None:
        number = rivals[(one, other)[found.shorter].id]
        if number > 1:
            yield rival_feature(found.names[found.shorter], number)


def _people(profiles: Sequence[Profile], around: Surroundings) -> Iterator[Candidate]:
    names = [tuple(dict.fromkeys(read_person(name) for name in profile.names)) for profile in profiles]
    documents: dict[str, int] = defaultdict(int)
    for profile, mine in zip(profiles, names, strict=True):
        for text in {each.text for each in mine} if profile.posts else ():
            documents[text] += profile.documents
    alike: list[tuple[Profile, Profile, Likeness]] = []
    for i, j in sorted(pairs_of_people(profiles, names, around)):
        if apart(profiles[i], profiles[j]):
            continue
        found = _likest(compare_people(one, other) for one in names[i] for other in names[j])
        if found is not None:
            alike.append((profiles[i], profiles[j], found))
    rivals = _rivals(alike)
    for one, other, found in alike:
        if found.kind == "name" and found.points > FOREIGN_PART and (is_abroad(one) or is_abroad(other)):
            found = _as_foreign(found)
        features = [_name_feature(found), *around.features(one, other), *post_features(one, other)]
        features += date_features(one, other)
        if found.kind == "name" and not (one.posts and other.posts):
            features.append(_share(one, other, documents[read_person(found.names[0]).text]))
        yield _candidate(one, other, [*features, *_rival(one, other, found, rivals)])


def _as_foreign(found: Likeness) -> Likeness:
    """A name such as 安萨里, which reads as a Chinese one, of somebody with a post abroad."""
    foreign = not any(len(read_person(name).parts) > 1 for name in found.names)
    told = "The same name, a part of a foreign name."
    return replace(found, points=FOREIGN_PART, explanation=told) if foreign else found


def _share(one: Profile, other: Profile, documents: int) -> Feature:
    better = max(one, other, key=lambda profile: (bool(profile.posts), profile.documents, profile.id))
    own = sum(profile.documents for profile in (one, other) if profile.posts)
    return share_feature(better.documents, documents - own)
