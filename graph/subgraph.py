"""Parts of the graph as they leave it: a `Selection` says which, `select` streams it, `Subgraph` holds it in memory.

Both `Stream` and `Subgraph` are `Content`: what exports (`graph.export`) and other libraries (`graph.convert`) take.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple, Protocol

from graph import notebook
from graph.client import Graph
from graph.queries import require_entity
from graph.records import Claim
from graph.rows import claim_of
from graph.schema import EntityType, RelationType
from graph.search import search

__all__ = [
    "AROUND_SEED",
    "Content",
    "Selection",
    "Stream",
    "Subgraph",
    "SubgraphEdge",
    "SubgraphEntity",
    "SubgraphSeries",
    "select",
    "subgraph",
]

AROUND_SEED = 10_000
"""Entities around a seed or what a query finds, where the selection states no limit."""

_FIRST_DAY, _LAST_DAY = "0000-01-01", "9999-12-31"


class SubgraphEntity(NamedTuple):
    """An entity; ``documents`` name it, the first and the last of them on these days (``YYYY-MM-DD``)."""

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...]
    documents: int
    first_date: str | None = None
    last_date: str | None = None


class SubgraphEdge(NamedTuple):
    """An edge with the names of its ends, its evidence and the document that the quote comes from.

    ``support``, ``planned`` and ``denied`` count the documents that say that it took place, is to, or did not.
    """

    head: str
    relation: RelationType
    tail: str
    head_name: str
    tail_name: str
    support: int
    planned: int
    denied: int
    claims: int
    confidence: float
    roles: tuple[str, ...]
    first_date: str | None
    last_date: str | None
    quote: str
    document_id: str
    document_key: str | None = None
    document_title: str | None = None
    document_date: str | None = None
    document_source: str | None = None
    document_url: str | None = None


class SubgraphSeries(NamedTuple):
    """A series of forums with ids and names of those of its editions that are there."""

    id: str
    name: str
    aliases: tuple[str, ...]
    editions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which part of the graph.

    Args:
        seed: id of an entity: only what lies around it.
        query: words: only what lies around the entities that `graph.search` finds; with a seed, around either.
        depth: edges away from these, 0 to 3.
        types: only entities of these types (and the seed), and edges among them; none means all.
        relations: only these edges; none means all.
        date_from: only edges of this day (``YYYY-MM-DD``) or later, and the entities at them.
        date_to: only edges of this day or earlier, and the entities at them.
        limit: entities at most; None means all, around a seed or a query `AROUND_SEED`.
        claims: with the claims behind the edges, denied and rejected ones too.

    Raises:
        ValueError: depth or limit is out of range.
    """

    seed: str | None = None
    query: str | None = None
    depth: int = 1
    types: tuple[EntityType, ...] = ()
    relations: tuple[RelationType, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    limit: int | None = None
    claims: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.depth <= 3 or (self.limit is not None and self.limit < 1):
            raise ValueError("depth must be 0 to 3 and limit 1 or more")

    @property
    def around(self) -> bool:
        """Whether it is what lies around something."""
        return self.seed is not None or self.query is not None

    def stated(self) -> dict[str, Any]:
        """What was asked for, without what was left open; lists are of texts."""
        asked: dict[str, Any] = {
            "seed": self.seed,
            "query": self.query,
            "depth": self.depth if self.around else None,
            "types": [each.value for each in self.types] or None,
            "relations": [each.value for each in self.relations] or None,
            "date_from": self.date_from,
            "date_to": self.date_to,
            "limit": self.limit,
        }
        return {name: value for name, value in asked.items() if value is not None}


class Content(Protocol):
    """What an export holds: entities by id, edges by their ends and types, series and claims by id.

    ``complete`` is False when the limit left entities out.
    """

    @property
    def selection(self) -> Selection: ...
    @property
    def complete(self) -> bool: ...
    @property
    def entities(self) -> Iterable[SubgraphEntity]: ...
    @property
    def series(self) -> Iterable[SubgraphSeries]: ...
    @property
    def edges(self) -> Iterable[SubgraphEdge]: ...
    @property
    def claims(self) -> Iterable[Claim]: ...


@dataclass(frozen=True, slots=True)
class Subgraph:
    """A part of the graph in memory."""

    entities: tuple[SubgraphEntity, ...] = ()
    edges: tuple[SubgraphEdge, ...] = ()
    series: tuple[SubgraphSeries, ...] = ()
    claims: tuple[Claim, ...] = ()
    complete: bool = True
    selection: Selection = field(default=Selection())

    def _repr_html_(self) -> str:
        """What Jupyter shows."""
        return notebook.subgraph_html(self)


@dataclass(frozen=True, slots=True)
class Stream:
    """A part of the graph that is read as it is used: entities, edges and claims are a query each.

    Memory holds one batch of rows, the series, and around a seed the ids. Entities and edges that are added while it is
    read are left out, so no edge lacks an end.
    """

    selection: Selection
    complete: bool
    series: tuple[SubgraphSeries, ...]
    _graph: Graph
    _filters: Mapping[str, Any]

    @property
    def entities(self) -> Iterator[SubgraphEntity]:
        for id, type, name, aliases, *rest in self._rows("stream_entities"):
            yield SubgraphEntity(id, EntityType(type), name, tuple(aliases), *rest)

    @property
    def edges(self) -> Iterator[SubgraphEdge]:
        relations = {each.value: each for each in RelationType}
        make = partial(tuple.__new__, SubgraphEdge)  # a third of the time of calling the class
        for row in self._rows("stream_edges"):
            head, relation, tail, *middle = row[:10]
            yield make((head, relations[relation], tail, *middle, tuple(row[10]), *row[11:]))

    @property
    def claims(self) -> Iterator[Claim]:
        if self.selection.claims:
            names = ("claim", "document", "subject", "object", "at")
            for row in self._rows("stream_claims"):
                yield claim_of(dict(zip(names, row, strict=True)))

    def collect(self) -> Subgraph:
        """All of it in memory."""
        return Subgraph(
            tuple(self.entities),
            tuple(self.edges),
            self.series,
            tuple(self.claims),
            self.complete,
            self.selection,
        )

    def _rows(self, name: str) -> Iterator[tuple[Any, ...]]:
        return _rows(self._graph, name, self._filters)


def select(graph: Graph, selection: Selection = Selection()) -> Stream:
    """A part of the graph, to be read as it is used; whether a limit cuts it is known at once.

    The limit keeps the first entities by id; around a seed or a query the nearer ones, those that the search ranks
    higher, and the better supported.

    Raises:
        Moved: the seed is a former id.
        NotFound: there is no entity with the id of the seed.
        GraphError: the database does not answer; also while it is read.
    """
    filters: dict[str, Any] = {
        "types": [each.value for each in selection.types or EntityType],
        "relations": [each.value for each in selection.relations or RelationType],
        "dated": selection.date_from is not None or selection.date_to is not None,
        "date_from": selection.date_from or _FIRST_DAY,
        "date_to": selection.date_to or _LAST_DAY,
    }
    if selection.around:
        ids, complete = _around(graph, selection, filters)
        return _stream(graph, selection, complete, filters | {"ids": ids})
    filters["revision"] = graph.read("read_revision")[0]["revision"]
    ends = []
    if selection.limit is not None:
        ends = [row["id"] for row in graph.read("find_last_entity", **filters, limit=selection.limit)]
    cut = len(ends) == 2
    return _stream(graph, selection, not cut, filters | {"last": ends[0] if cut else None})


def subgraph(graph: Graph, selection: Selection = Selection()) -> Subgraph:
    """The same in memory, for `graph.convert`; raises what `select` does."""
    return select(graph, selection).collect()


def _around(graph: Graph, selection: Selection, filters: Mapping[str, Any]) -> tuple[list[str], bool]:
    """Ids of what lies around the seed and what the query finds, in their order, and whether these are all."""
    limit = selection.limit or AROUND_SEED
    found: list[str] = []
    if selection.seed is not None:
        require_entity(graph, selection.seed)
        found.append(selection.seed)
    if selection.query is not None:
        page = search(graph, selection.query, types=selection.types, series=0, limit=limit).page
        found += (entity.id for entity in page.items if entity.id != selection.seed)
        if page.next is not None or len(found) > limit:
            return sorted(found[:limit]), False
    ring, seen = found, list(found)
    for _ in range(selection.depth):
        room = limit - len(seen)
        rows = graph.read("expand_entities", ids=ring, seen=seen, limit=room + 1, **filters)
        ring = [row["id"] for row in rows[:room]]
        seen += ring
        if len(rows) > room:
            return sorted(seen), False
    return sorted(seen), True


def _stream(graph: Graph, selection: Selection, complete: bool, filters: Mapping[str, Any]) -> Stream:
    series = tuple(
        SubgraphSeries(id, name, tuple(aliases), tuple((forum, own) for forum, own in editions))
        for id, name, aliases, editions in _rows(graph, "stream_series", filters)
    )
    return Stream(selection, complete, series, graph, filters)


def _rows(graph: Graph, statement: str, filters: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    return graph.stream_values(f"{statement}_among" if "ids" in filters else statement, **filters)
