"""The review queue (待审): pairs of entities that may be one thing, on which nobody has decided, the likeliest first.

Candidates depend on the content of the graph alone and are kept for its revision; finding them anew takes seconds where
there are tens of thousands of entities. Which pairs are decided is asked each time: a decision that moves no mention
(different, unsure) begins no revision.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from graph import queries
from graph.candidates import Feature, Post, Profile, find_candidates
from graph.client import Graph, Row
from graph.paging import decode, encode
from graph.records import EntitySummary, Page
from graph.schema import EDGE_TYPES, EntityType

__all__ = ["ReviewPair", "ReviewQueue", "profiles"]


@dataclass(frozen=True, slots=True)
class ReviewPair:
    """Two entities that may be one thing: ``score`` between 0 and 1, ``features`` are the reasons for and against."""

    a: EntitySummary
    b: EntitySummary
    score: float
    features: tuple[Feature, ...]

    @property
    def place(self) -> tuple[int, str, str]:
        """By which the queue is sorted."""
        return -round(self.score * 10_000), self.a.id, self.b.id


class ReviewQueue:
    """The pairs of a graph that are left to decide on; one for a process, safe to share between threads.

    Args:
        graph: which graph.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._lock = threading.Lock()
        self._found: tuple[Row, tuple[ReviewPair, ...]] | None = None

    def pairs(self, *, types: Collection[EntityType] = (), min_score: float = 0.0) -> list[ReviewPair]:
        """The pairs that are left now, the likeliest first.

        Args:
            types: only of these; none means all.
            min_score: only from this score on.
        """
        decided = self._decided()
        return [
            pair
            for pair in self._candidates()
            if (not types or pair.a.type in types) and pair.score >= min_score and (pair.a.id, pair.b.id) not in decided
        ]

    def page(
        self,
        *,
        types: Collection[EntityType] = (),
        min_score: float = 0.0,
        limit: int = 20,
        cursor: str | None = None,
    ) -> Page[ReviewPair]:
        """A page of `pairs`.

        Args:
            types: only of these; none means all.
            min_score: only from this score on.
            limit: pairs a page.
            cursor: ``next`` of the page before.

        Raises:
            InvalidCursor: the cursor is not one of this list.
        """
        last = decode(cursor, (-20_000, "", ""))
        pairs = self.pairs(types=types, min_score=min_score)
        start = bisect_right(pairs, tuple(last), key=_place)
        kept = pairs[start : start + limit]
        more = start + limit < len(pairs)
        return Page(tuple(kept), len(pairs), encode(kept[-1].place) if more else None)

    def one_by_one(self, *, types: Collection[EntityType] = ()) -> Iterator[ReviewPair]:
        """The pairs, each as it is when its turn comes: what was joined or decided since is left out.

        The queue is that of the beginning, so that nobody waits after a decision for candidates to be found anew.
        """
        shown: set[tuple[str, str]] = set()
        for pair in self.pairs(types=types):
            a, b = (self._present(entity.id) for entity in (pair.a, pair.b))
            if a is None or b is None or a.id == b.id:
                continue
            first, second = sorted((a, b), key=lambda entity: entity.id)
            ids = first.id, second.id
            if ids not in shown and ids not in self._decided():
                shown.add(ids)
                yield replace(pair, a=first, b=second)

    def _candidates(self) -> Sequence[ReviewPair]:
        with self._lock:
            revision = self._graph.read("read_revision")[
                0
            ]  # before what it names: what changes meanwhile is seen next time
            if self._found is None or self._found[0] != revision:
                self._found = revision, tuple(_pairs(self._graph))
            return self._found[1]

    def _decided(self) -> set[tuple[str, str]]:
        return {(row["a"], row["b"]) for row in self._graph.stream("read_decided_pairs")}

    def _present(self, id: str) -> EntitySummary | None:
        """The entity that an id leads to now; None when it is gone."""
        try:
            found = queries.entity(self._graph, id)
        except queries.Moved as moved:
            return self._present(moved.to)
        except queries.NotFound:
            return None
        return EntitySummary(found.id, found.type, found.name, found.aliases, found.documents)


def profiles(graph: Graph) -> Iterator[Profile]:
    """What the graph knows of each entity, in the order of ids; streamed."""
    return map(_profile, graph.stream("stream_profiles", relations=list(EDGE_TYPES)))


def _profile(row: Row) -> Profile:
    return Profile(
        row["id"],
        EntityType(row["type"]),
        (row["name"], *(alias for alias in row["aliases"] if alias)),
        row["documents"],
        tuple(Post(**post) for post in row["posts"]),
        tuple(row["forums"]),
        tuple(row["neighbours"]),
        row["first_date"],
        row["last_date"],
    )


def _pairs(graph: Graph) -> Iterator[ReviewPair]:
    known = {profile.id: profile for profile in profiles(graph)}
    for each in find_candidates(known.values()):
        yield ReviewPair(_summary(known[each.a]), _summary(known[each.b]), each.score, each.features)


def _summary(profile: Profile) -> EntitySummary:
    name, *aliases = profile.names
    return EntitySummary(profile.id, profile.type, name, tuple(aliases), profile.documents)


def _place(pair: ReviewPair) -> tuple[int, str, str]:
    return pair.place
