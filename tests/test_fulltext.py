from __future__ import annotations

import pytest
from articles import article, newsroom

from graph import queries
from graph.client import Graph
from graph.load import load
from graph.records import EntitySummary, Page
from graph.schema import EntityType

FORUM, PLACE = EntityType.FORUM, EntityType.PLACE


@pytest.fixture
def news(graph: Graph) -> Graph:
    load(graph, newsroom())
    return graph


def names(page: Page[EntitySummary]) -> list[str]:
    return [each.name for each in page.items]


@pytest.mark.parametrize(
    ("wording", "found"),
    [
        ("2031云溪智能论坛", ["2031云溪智能论坛"]),
        ("智能", ["2031云溪智能论坛", "2032云溪智能论坛"]),
        ("科学院", ["云溪科学院"]),
        ("云科院", ["云溪科学院"]),
        ("溪", ["2031云溪智能论坛", "云溪科学院", "2032云溪智能论坛", "云溪市"]),
        ("沐", ["苏沐"]),
        ("云溪 论坛", ["2031云溪智能论坛", "2032云溪智能论坛"]),
        ("2032", ["2032云溪智能论坛"]),
        ("《星河计划》", ["星河计划"]),
        ("林 知远", ["林知远"]),
        ("智论", []),
        ("不存在", []),
    ],
)
def test_search_finds_any_part_of_a_chinese_name(news: Graph, wording: str, found: list[str]) -> None:
    assert sorted(names(queries.search(news, wording))) == sorted(found)


@pytest.mark.parametrize(
    "wording",
    [
        "",
        " ",
        "(",
        '"',
        "\\",
        "a\\",
        "云溪 AND",
        "OR",
        "NOT x",
        "name:x",
        "*",
        "?",
        "[a TO b]",
        "~",
        "^2",
        "/x/",
        "“”",
        "a:b OR",
    ],
)
def test_search_takes_whatever_is_typed(news: Graph, wording: str) -> None:
    assert names(queries.search(news, wording)) == []


def test_search_does_not_take_operators_as_such(news: Graph) -> None:
    assert names(queries.search(news, "林知远 OR 苏沐")) == []
    assert names(queries.search(news, "林知*")) == ["林知远"], "the star is a mark, not a wildcard"


def test_search_puts_the_exact_name_first_then_names_that_begin_so(graph: Graph) -> None:
    longer = ["云溪智能论坛组委会", "中国云溪智能", "云溪智能论坛"]
    load(graph, [article(f"{n}{m}", name, {"o1": name}) for n, name in enumerate(longer) for m in range(3 - n)])
    load(graph, [article("x", "云溪智能", {"o1": "云溪智能"})])
    found = queries.search(graph, "云溪智能")
    assert names(found) == ["云溪智能", "云溪智能论坛组委会", "云溪智能论坛", "中国云溪智能"]
    assert found.total == 4


def test_search_finds_latin_names_by_their_beginning_in_any_case(graph: Graph) -> None:
    load(graph, [article("x", "Alena Witt visits.", {"p1": "Alena Witt", "o1": "IT"})])
    assert names(queries.search(graph, "alena")) == names(queries.search(graph, "WIT")) == ["Alena Witt"]
    assert names(queries.search(graph, "it")) == ["IT"]


def test_search_filters_by_type(news: Graph) -> None:
    assert names(queries.search(news, "云溪", types=[PLACE])) == ["云溪市"]


def test_pages_hold_every_hit_once_and_the_total(news: Graph) -> None:
    whole = queries.search(news, "溪", limit=100)
    parts = list(pages(lambda cursor: queries.search(news, "溪", limit=1, cursor=cursor)))
    assert [each for page in parts for each in page.items] == list(whole.items)
    assert {page.total for page in parts} == {4}


def test_an_empty_graph_answers_with_nothing(graph: Graph) -> None:
    load(graph, [])
    assert queries.statistics(graph).entities == 0
    assert queries.entities(graph, FORUM) == Page((), 0)
    assert queries.documents(graph) == Page((), 0)
    assert queries.search(graph, "论坛") == Page((), 0)
    assert queries.whole_graph(graph).entities == ()


