"""A graph of an earlier model becomes what a load would write today."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from articles import newsroom
from neo4j import Driver, GraphDatabase

from graph import migrate as migration
from graph.client import Graph
from graph.export import stream
from graph.load import WrongModelVersion, load
from graph.migrate import migrate, plan
from graph.settings import Connection
from graph.snapshot import snapshot
from graph.subgraph import select

BACK = (
    # What version 1 did not have, and people by name alone, as it had them.
    "MATCH (k:Key) DETACH DELETE k",
    "MATCH (g:Gone) DELETE g",
    "MATCH (m:Mention) REMOVE m.key, m.ties, m.weak, m.series_id",
    "MATCH (c:Claim) REMOVE c.statement",
    "MATCH (d:Document) REMOVE d.model, d.name, d.band_0, d.band_1, d.band_2, d.band_3",
    "MATCH (d:Document) REMOVE d.band_4, d.band_5, d.band_6, d.band_7",
    "MATCH (e:Entity) REMOVE e.former, e.first_date, e.last_date, e.added_in, e.changed_in",
    "MATCH (:Entity)-[r]->(:Entity) REMOVE r.added_in, r.changed_in",
    "MATCH (e:Person) SET e.id = 'p-of-version-1-' + e.name",
    "MATCH (m:HuituMeta) SET m.version = 1 REMOVE m.revision",
)


@pytest.fixture
def driver(connection: Connection) -> Iterator[Driver]:
    with GraphDatabase.driver(connection.uri, auth=(connection.username, connection.password)) as driver:
        yield driver


@pytest.fixture
def old(graph: Graph, driver: Driver) -> list[str]:
    """A graph of version 1 in the database; what it should become."""
    load(graph, newsroom(), extractor="test 1")
    expected = list(snapshot(graph))
    for statement in BACK:
        driver.execute_query(statement)  # type: ignore[arg-type]
    return expected


def test_a_graph_of_version_1_becomes_what_a_load_writes_today(graph: Graph, old: list[str]) -> None:
    with pytest.raises(WrongModelVersion) as caught:
        load(graph, newsroom())
    assert caught.value.hint is not None and "huitu migrate" in caught.value.hint
    assert plan(graph).documents == 4
    assert migrate(graph).replaced == 4
    assert list(snapshot(graph)) == old
    assert not plan(graph).needed
    assert load(graph, newsroom(), extractor="test 1").unchanged == 4


def test_documents_of_several_transactions_become_that_too_and_are_exported(
    graph: Graph, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Edges rest on documents that are migrated already and on such that are not yet."""
    monkeypatch.setattr(migration, "_DOCUMENTS", 1)
    load(graph, newsroom())
    expected = list(snapshot(graph)), b"".join(stream(select(graph), "csv"))
    for statement in BACK:
        driver.execute_query(statement)  # type: ignore[arg-type]
    assert migrate(graph).replaced == 4
    assert (list(snapshot(graph)), b"".join(stream(select(graph), "csv"))) == expected


@pytest.mark.usefixtures("old")
def test_a_dry_run_reads_all_and_writes_nothing(graph: Graph, driver: Driver) -> None:
    everything = "MATCH (n) RETURN labels(n) AS l, properties(n) AS p ORDER BY l, n.id"
    before = [record.data() for record in driver.execute_query(everything).records]
    assert migrate(graph, dry_run=True).read == 4
    assert [record.data() for record in driver.execute_query(everything).records] == before
    assert plan(graph).needed


def test_a_graph_of_a_later_version_is_left_alone(graph: Graph, driver: Driver) -> None:
    load(graph, newsroom())
    driver.execute_query("MATCH (m:HuituMeta) SET m.version = 99")
    before = list(snapshot(graph))
    with pytest.raises(WrongModelVersion):
        migrate(graph)
    assert list(snapshot(graph)) == before


def test_a_graph_of_the_present_version_has_nothing_to_migrate(graph: Graph) -> None:
    assert not plan(graph).needed
    load(graph, newsroom())
    assert migrate(graph).read == 0
