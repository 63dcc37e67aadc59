"""Where documents disagree (冲突): two venues or dates of one forum, a fact that others deny. Nothing is dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from graph.client import Graph, Row
from graph.names.places import place_key
from graph.names.spelling import fold, plain
from graph.records import EntityRef
from graph.rows import entity_ref
from graph.schema import EDGE_TYPES, RelationType

__all__ = ["Conflict", "conflicts"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A disagreement of documents.

    Args:
        kind: venue, date or denied.
        entity: the forum, or the head of the edge.
        statements: what is said, each with the documents that say so, the most documents first.
        other: for a denied fact, its tail.
        relation: for a denied fact, its relation.
    """

    kind: str
    entity: EntityRef
    statements: tuple[tuple[str, tuple[str, ...]], ...]
    other: EntityRef | None = None
    relation: RelationType | None = None


def conflicts(graph: Graph, id: str | None = None) -> Iterator[Conflict]:
    """The conflicts of one entity, or of all.

    Places conflict where both are known divisions or countries and neither lies in the other; dates conflict where
    both are days and have none in common.

    Args:
        graph: where.
        id: only those of this entity.
    """
    for row in graph.stream("list_venues", id=id):
        forum = entity_ref(row["forum"])
        venues = [(each["place"]["name"], each["document"]) for each in row["claims"] if each["place"]]
        if any(_apart(one, other) for (one, _), (other, _) in combinations(venues, 2)):
            yield Conflict("venue", forum, _statements(venues))
        days = [each for each in row["claims"] if each["date_precision"] == "day"]
        if any(_disjoint(one, other) for one, other in combinations(days, 2)):
            yield Conflict("date", forum, _statements([(_interval(each), each["document"]) for each in days]))
    for row in graph.stream("list_denied_edges", id=id, relations=list(EDGE_TYPES)):
        counts = [(word, row[word]) for word in ("support", "planned", "denied") if row[word]]
        said = tuple((f"{word}: {count}", ()) for word, count in counts)
        yield Conflict("denied", entity_ref(row["head"]), said, entity_ref(row["tail"]), RelationType(row["relation"]))


def _apart(one: str, other: str) -> bool:
    keys = [place_key(fold(plain(name))) for name in (one, other)]
    if None in keys:
        return False
    shorter, longer = sorted((str(key) for key in keys), key=len)
    return longer != shorter and not longer.startswith(f"{shorter} ")


def _disjoint(one: Row, other: Row) -> bool:
    return bool(one["date_to"] < other["date_from"] or other["date_to"] < one["date_from"])


def _interval(claim: Row) -> str:
    first, last = claim["date_from"], claim["date_to"]
    return first if first == last else f"{first}/{last}"


def _statements(said: list[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    documents: dict[str, set[str]] = {}
    for words, document in said:
        documents.setdefault(words, set()).add(document)
    ranked = sorted(documents.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple((words, tuple(sorted(found))) for words, found in ranked)
