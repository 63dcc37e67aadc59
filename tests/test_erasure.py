"""Erasure on request: nothing stays but the record, and nothing comes back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from articles import article, newsroom
from neo4j import Driver, GraphDatabase
from test_people import post

from graph import queries
from graph.amend import correct_claim
from graph.client import Graph
from graph.corrections import Action
from graph.decisions import Verdict, decide, decisions
from graph.erasure import CannotErase, erase_person, erase_source, erasures
from graph.keys import person_id
from graph.load import load, reset
from graph.schema import EntityType
from graph.settings import Connection
from graph.snapshot import snapshot
from graph.subgraph import subgraph

ORGANIZATION = EntityType.ORGANIZATION


@pytest.fixture
def driver(connection: Connection) -> Iterator[Driver]:
    with GraphDatabase.driver(connection.uri, auth=(connection.username, connection.password)) as driver:
        yield driver


def traces(driver: Driver, words: str) -> list[str]:
    """Everything in the database that holds these words: properties of nodes and relationships of any kind."""
    everywhere = """
        CALL { MATCH (n) RETURN labels(n) AS kind, properties(n) AS kept UNION ALL
               MATCH ()-[r]->() RETURN [type(r)] AS kind, properties(r) AS kept }
        UNWIND keys(kept) AS name
        WITH kind, name, kept[name] AS value
        WITH kind, name, CASE WHEN value IS :: LIST<ANY> THEN value ELSE [value] END AS values
        WHERE any(each IN values WHERE toString(each) CONTAINS $words)
        RETURN kind, name"""
    return [f"{row['kind']}.{row['name']}" for row in driver.execute_query(everywhere, words=words).records]


def test_of_a_person_nothing_stays_and_all_else_does(graph: Graph, driver: Driver) -> None:
    load(graph, newsroom())
    su = person_id("苏沐", ORGANIZATION, "晨光大学")
    [launch] = [each for each in queries.entity_claims(graph, su).items if each.relation == "LAUNCHED"]
    correct_claim(graph, launch.id, Action.REJECT, by="甲", why="苏沐并未发布")
    decide(graph, Verdict.UNSURE, su, person_id("林知远", EntityType.FORUM, "2031云溪智能论坛"), by="甲")
    before = {each.id for each in subgraph(graph).entities}
    assert traces(driver, "苏沐")
    record = erase_person(graph, su, by="乙")
    assert traces(driver, "苏沐") == []
    assert before - {each.id for each in subgraph(graph).entities} == {su}
    assert [(each.kind, each.by, each.documents) for each in erasures(graph)] == [("person", "乙", record.documents)]
    assert list(decisions(graph, in_force=False)) == []
    for summary in queries.documents(graph).items:
        document = queries.document(graph, summary.id)
        for claim in document.claims:
            assert all(document.text[each.start : each.end] == each.quote for each in claim.evidence)


def test_an_erased_person_does_not_come_back(graph: Graph, driver: Driver) -> None:
    load(graph, [post("1", "林知远", "晨光大学"), post("2", "林知远", "海岬研究所")])
    erase_person(graph, person_id("林知远", ORGANIZATION, "晨光大学"), by="甲")
    before = list(snapshot(graph))
    assert load(graph, [post("1", "林知远", "晨光大学")]).unchanged == 1
    assert list(snapshot(graph)) == before
    load(graph, [post("3", "林知远", "晨光大学", title="教授")])
    assert [each.documents for each in queries.search(graph, "林知远").items] == [1], "the namesake stays"
    reset(graph, keep=True)
    load(graph, [post("1", "林知远", "晨光大学")])
    assert traces(driver, "林知远") == []


def test_a_document_whose_own_name_holds_the_persons_goes_whole(graph: Graph, driver: Driver) -> None:
    load(graph, [post("news/林知远.txt", "林知远", "晨光大学"), post("2", "王伟", "晨光大学")])
    erase_person(graph, person_id("林知远", ORGANIZATION, "晨光大学"), by="甲")
    assert traces(driver, "林知远") == []
    assert [each.key for each in queries.documents(graph).items] == ["2"]


def test_a_source_goes_with_its_documents_and_is_refused_later(graph: Graph, driver: Driver) -> None:
    names: dict[str, str | tuple[str, ...]] = {"f1": "甲论坛", "o1": "乙院"}
    theirs = article("t", "甲论坛由乙院主办。", names, [("HOSTED_BY", "f1", "o1")], source="某报")
    load(graph, [*newsroom(), theirs])
    before = [line for line in snapshot(graph) if "某报" not in line and "乙院" not in line and "甲论坛" not in line]
    assert erase_source(graph, "某报", by="甲").documents == 1
    assert traces(driver, "某报") == [] and traces(driver, "乙院") == []
    assert len(list(snapshot(graph))) == len(before)
    report = load(graph, [theirs, *newsroom()[:1]])
    assert (report.refused, report.unchanged, report.added) == (1, 1, 0)
    assert traces(driver, "乙院") == []


def test_what_is_not_there_cannot_be_erased(graph: Graph) -> None:
    load(graph, newsroom())
    before = list(snapshot(graph))
    with pytest.raises(CannotErase):
        erase_person(graph, "p-0000000000000000", by="甲")
    with pytest.raises(CannotErase):
        erase_source(graph, "无此报", by="甲")
    assert list(snapshot(graph)) == before and list(erasures(graph)) == []
