"""Which entities many names may mean, with scores and their reasons (批量匹配): for tables that people bring.

Those that are called so come with full points for the name, shared with namesakes by what documents say of each; those
with a similar name are compared as `graph.candidates` compares entities of the graph. A score is the probability that
the points stand for; each point doubles the odds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from graph.candidates import Feature, Post, Profile, compare, post_features, rival_feature, share_feature
from graph.client import Graph, Row
from graph.questions.names import named_so, similar_to
from graph.records import EntitySummary
from graph.rows import entity_summary
from graph.schema import EntityType

__all__ = ["Match", "Wanted", "match"]

_LOOKED_AT = 30
_BATCH = 50
_CALLED = {
    0: Feature("key", "", 6.0, "As a name of its type it stands for this one."),
    1: Feature("name", "", 6.0, "It is shown by this name."),
    2: Feature("alias", "", 5.0, "It is also called so."),
}
_MEANT = 3.5
"""Points over the next one, and over even odds, from which on the best one is meant: eleven times as likely."""
_LEAST = -4.0
"""Points below which a similar name says nothing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for.

    Args:
        name: a name, or an id.
        types: of which types it may be; none means any.
        organization: of a person, a body that they are at.
    """

    name: str
    types: tuple[EntityType, ...] = ()
    organization: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that may be meant.

    Args:
        entity: the entity.
        score: how likely it is, between 0 and 1.
        meant: whether it is so much likelier than all others that nobody need look.
        features: the reasons; their points add up to the logarithm (base 2) of the odds.
    """

    entity: EntitySummary
    score: float
    meant: bool
    features: tuple[Feature, ...]


def match(graph: Graph, wanted: Sequence[Wanted], *, limit: int = 5) -> list[tuple[Match, ...]]:
    """For each of many names the entities that it may mean, the likeliest first.

    Args:
        graph: where.
        wanted: what is looked for.
        limit: entities for each name at most.
    """
    found: list[tuple[Match, ...]] = []
    for start in range(0, len(wanted), _BATCH):
        batch = wanted[start : start + _BATCH]
        rows = graph.read("find_matches", rows=list(map(_row, range(len(batch)), batch)), limit=_LOOKED_AT)
        of_each = {number: list(own) for number, own in groupby(rows, key=lambda row: row["number"])}
        found += [_best(each, of_each.get(number, []), limit) for number, each in enumerate(batch)]
    return found


def _row(number: int, wanted: Wanted) -> Row:
    types = wanted.types or tuple(EntityType)
    return {"number": number, "similar": similar_to(wanted.name), **named_so(wanted.name, types)}


def _best(wanted: Wanted, rows: Sequence[Row], limit: int) -> tuple[Match, ...]:
    called = [row for row in rows if row["tier"] in _CALLED]
    scored = []
    for row in rows:
        features = tuple(_features(wanted, row, called))
        points = sum(feature.points for feature in features)
        if features and points > _LEAST:
            scored.append((points, row, features))
    scored.sort(key=lambda each: (-each[0], -each[1]["documents"], each[1]["id"]))
    ahead = scored[0][0] - max((each[0] for each in scored[1:]), default=0.0) if scored else 0.0
    return tuple(
        Match(
            entity_summary(row),
            round(1 / (1 + 2**-points), 4),
            place == 0 and row["tier"] in _CALLED and ahead >= _MEANT <= points,
            features,
        )
        for place, (points, row, features) in enumerate(scored[:limit])
    )


def _features(wanted: Wanted, row: Row, called: Sequence[Row]) -> Iterator[Feature]:
    """Why it may be this entity; nothing, where nothing speaks for it."""
    type = EntityType(row["type"])
    looked_for = Profile("", type, (wanted.name,), posts=_posts_of(wanted))
    other = Profile(row["id"], type, (row["name"], *row["aliases"]), row["documents"], _posts(row))
    if row["tier"] not in _CALLED:
        yield from compare(looked_for, other) or ()
        return
    how = _CALLED[row["tier"]]
    yield replace(how, value=row["name"] if how.name == "key" else wanted.name)
    rivals = [each for each in called if each["type"] == row["type"]]
    if len(rivals) > 1:
        yield rival_feature(wanted.name, len(rivals))
        yield share_feature(row["documents"], sum(each["documents"] for each in rivals) - row["documents"])
    if type is EntityType.PERSON:
        yield from post_features(looked_for, other)


def _posts_of(wanted: Wanted) -> tuple[Post, ...]:
    return () if wanted.organization is None else (Post(wanted.organization),)


def _posts(row: Row) -> tuple[Post, ...]:
    return tuple(Post(**post) for post in row["posts"])
