"""What is known of two entities beside their names: whom they are related to, and when documents name them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date

from graph.candidates.records import Feature, Profile
from graph.names.spelling import fold
from graph.schema import EntityType

__all__ = ["Surroundings", "date_features", "edition_features", "rival_feature", "share_feature"]

# Points of a shared neighbour, by how many entities have it.
_NEIGHBOUR = ((10, 1.5), (100, 0.75), (1000, 0.25))
_NEIGHBOURS = 3.0
_NEAR, _FAR = 0.5, -1.0
_NEAR_DAYS, _FAR_DAYS = 120, 730
_FAR_OF_A_LIFE, _FAR_DAYS_OF_A_LIFE = -0.5, 1826
_YEAR_AGREES, _YEAR_MAY_AGREE, _YEAR_DIFFERS = 2.0, 0.5, -3.0
_SHARE = 2.0


class Surroundings:
    """Neighbours of all entities; a person counts by name, so that people who are not yet one are shared too."""

    def __init__(self, profiles: Collection[Profile]) -> None:
        people = {each.id: each for each in profiles if each.type is EntityType.PERSON}
        self._names = {id: each.names[0] for id, each in people.items()} | {
            each.id: each.names[0] for each in profiles if each.type is not EntityType.PERSON
        }
        tokens = {id: f"name {fold(each.names[0])}" for id, each in people.items()}
        self._of = {
            each.id: {tokens.get(other, other): other for other in (*each.neighbours, *each.forums)}
            for each in profiles
        }
        self._degrees = Counter(token for found in self._of.values() for token in found)

    def features(self, one: Profile, other: Profile) -> Iterator[Feature]:
        """The shared neighbours, the rarest first named."""
        ours, theirs = self._of[one.id], self._of[other.id]
        shared = sorted((self._degrees[token], token) for token in ours.keys() & theirs.keys())
        points = sum(self._points(degree) for degree, _ in shared)
        if points:
            names = [self._names.get(ours[token], ours[token]) for _, token in shared[:3]]
            value = f"{len(shared)}: {', '.join(names)}"
            yield Feature("neighbours", value, min(points, _NEIGHBOURS), f"Both are related to {', '.join(names)}.")

    def rare(self, profile: Profile, most: int) -> Iterator[str]:
        """The neighbours that at most so many entities have."""
        return (token for token in self._of[profile.id] if self._degrees[token] <= most)

    @staticmethod
    def _points(degree: int) -> float:
        return next((points for most, points in _NEIGHBOUR if degree <= most), 0.0)


def date_features(one: Profile, other: Profile) -> Iterator[Feature]:
    """Whether documents name both at about one time; people may be named again after years."""
    gap = _gap(one, other)
    person = one.type is EntityType.PERSON
    points, most = (_FAR_OF_A_LIFE, _FAR_DAYS_OF_A_LIFE) if person else (_FAR, _FAR_DAYS)
    if gap is not None and gap <= _NEAR_DAYS and not (one.posts and other.posts):
        yield Feature("dates", f"{gap} days", _NEAR, "Documents name both at about the same time.")
    elif gap is not None and gap > most:
        yield Feature("dates", f"{gap} days", points, "Documents name them years apart.")


def _gap(one: Profile, other: Profile) -> int | None:
    """Days from the last document of the one to the first of the other; 0 where their times meet."""
    if not (one.first_date and one.last_date and other.first_date and other.last_date):
        return None
    ends = max(one.first_date, other.first_date), min(one.last_date, other.last_date)
    return max(0, (date.fromisoformat(ends[0]) - date.fromisoformat(ends[1])).days)


def edition_features(by_ordinal: Profile, year: str) -> Iterator[Feature]:
    """Whether an edition told by its ordinal alone may be that of a year: by the dates of its documents."""
    if not by_ordinal.first_date or not by_ordinal.last_date:
        return
    first, last = by_ordinal.first_date[:4], by_ordinal.last_date[:4]
    value = first if first == last else f"{first} to {last}"
    if first == year == last:
        yield Feature("year", value, _YEAR_AGREES, f"All documents that tell the ordinal are of {year}.")
    elif first <= year <= last:
        yield Feature("year", value, _YEAR_MAY_AGREE, f"Documents that tell the ordinal are of {year} and other years.")
    else:
        yield Feature("year", value, _YEAR_DIFFERS, f"No document that tells the ordinal is of {year}.")


def share_feature(documents: int, others: int) -> Feature:
    """How much of what bears a name belongs to its best-known bearer.

    Args:
        documents: those of the better-known of the two.
        others: those of third bearers of the name with a post.
    """
    points = max(-_SHARE, min(_SHARE, math.log2(documents / (others + 1))))
    value = f"{documents} of {documents + others} documents"
    return Feature("share", value, points, "How much of what bears the name is the better-known of the two.")


def rival_feature(name: str, rivals: int) -> Feature:
    """A short form that fits several things is each of them with a share of the odds."""
    return Feature("rivals", str(rivals), -math.log2(rivals), f"{name} may be short for {rivals} things named here.")
