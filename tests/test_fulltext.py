from __future__ import annotations

from articles import article

from graph import queries
from graph.client import Graph
from graph.load import load
from graph.records import EntitySummary, Page
from graph.schema import EntityType
from graph.subgraph import subgraph


def names(page: Page[EntitySummary]) -> list[str]:
    return [each.name for each in page.items]


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


def test_an_empty_graph_answers_with_nothing(graph: Graph) -> None:
    load(graph, [])
    assert queries.statistics(graph).entities == 0
    assert queries.entities(graph, EntityType.FORUM) == Page((), 0)
    assert queries.documents(graph) == Page((), 0)
    assert queries.search(graph, "论坛") == Page((), 0)
    assert subgraph(graph).entities == ()
