"""What was true and what was known on a day, and where documents disagree."""

from __future__ import annotations

import pytest
from articles import article

from graph import queries
from graph.client import Graph
from graph.conflicts import conflicts
from graph.identity import entity_id
from graph.load import load
from graph.schema import EntityType, Extraction

FORUM, ORGANIZATION = EntityType.FORUM, EntityType.ORGANIZATION
FORUM_31 = entity_id(FORUM, "2031云溪智能论坛")


def held(key: str, place: str, day: str | None, published: str | None, **more: object) -> Extraction:
    facts = {key: value for key, value in {"date": day, **more}.items() if value is not None}
    names: dict[str, str | tuple[str, ...]] = {"f1": "2031云溪智能论坛", "l1": place}
    text = f"2031云溪智能论坛在{place}举办。{key}"
    return article(key, text, names, [("HELD_IN", "f1", "l1", facts)], date=published)


def as_of(graph: Graph, *, true_on: str | None = None, known_on: str | None = None) -> list[tuple[str, int, int]]:
    page = queries.neighbours_as_of(graph, FORUM_31, true_on=true_on, known_on=known_on)
    assert page.total == len(page.items)
    return [(each.entity.name, each.edge.support, each.edge.planned) for each in page.items]


def test_as_of_a_day_only_what_was_published_is_known_and_only_what_had_come_about_is_true(graph: Graph) -> None:
    load(
        graph,
        [
            held("plan", "湖北省", "2031-05-18", "2031-04-01", modality="planned"),
            held("first", "湖北省", "2031-05-18", "2031-05-19"),
            held("later", "湖北省", "2031-05-18", "2031-06-01"),
        ],
    )
    assert as_of(graph) == [("湖北省", 2, 1)]
    assert as_of(graph, known_on="2031-05-19") == [("湖北省", 1, 1)]
    assert as_of(graph, known_on="2031-04-30") == [("湖北省", 0, 1)]
    assert as_of(graph, known_on="2031-03-31") == []
    assert as_of(graph, true_on="2031-05-17") == []
    assert as_of(graph, true_on="2031-05-18", known_on="2031-05-20") == [("湖北省", 1, 1)]


def test_as_of_without_days_is_what_the_edges_say_page_by_page(graph: Graph) -> None:
    places = ("湖北省", "云南省", "湖北省")
    load(graph, [held(str(number), place, None, "2031-05-19") for number, place in enumerate(places)])
    edges = queries.neighbours(graph, FORUM_31).items
    assert queries.neighbours_as_of(graph, FORUM_31).items == edges
    first = queries.neighbours_as_of(graph, FORUM_31, limit=1)
    second = queries.neighbours_as_of(graph, FORUM_31, limit=1, cursor=first.next)
    assert (*first.items, *second.items) == edges and (first.total, second.total, second.next) == (2, 2, None)
    with pytest.raises(queries.NotFound):
        queries.neighbours_as_of(graph, "f-0")


def test_two_venues_and_two_dates_are_both_kept_and_told(graph: Graph) -> None:
    one = held("a", "湖北省武汉市", "2031-05-18", "2031-05-19")
    load(graph, [one, held("b", "云南省", "2031-06-01", "2031-06-02")])
    found = {each.kind: each for each in conflicts(graph)}
    assert found["venue"].statements == (("云南省", ("b",)), ("湖北省武汉市", ("a",)))
    assert found["date"].statements == (("2031-05-18", ("a",)), ("2031-06-01", ("b",)))
    assert {each.kind for each in conflicts(graph, FORUM_31)} == {"venue", "date"}
    assert list(conflicts(graph, entity_id(ORGANIZATION, "云溪科学院"))) == []
    assert queries.neighbours(graph, FORUM_31).total == 2


def test_a_city_in_its_province_and_a_day_within_the_days_are_no_conflict(graph: Graph) -> None:
    load(
        graph,
        [
            held("a", "湖北省武汉市", "2031-05-18", None),
            held("b", "湖北省", "2031-05-18", None),
            held("c", "某馆", None, None),
        ],
    )
    assert list(conflicts(graph)) == []


def test_a_fact_that_others_deny_is_told(graph: Graph) -> None:
    load(graph, [held("a", "湖北省", None, "2031-05-19"), held("b", "湖北省", None, "2031-05-20", modality="denied")])
    [conflict] = conflicts(graph)
    assert (conflict.kind, conflict.relation) == ("denied", "HELD_IN")
    assert [words for words, _ in conflict.statements] == ["support: 1", "denied: 1"]
