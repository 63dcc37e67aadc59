"""Support counts texts, not prints of them: reprints of one text are one source."""

from __future__ import annotations

from articles import article

from graph.client import Graph
from graph.load import delete_document, load
from graph.schema import Extraction
from graph.snapshot import snapshot
from graph.subgraph import subgraph

TEXT = (
    "2031云溪智能论坛5月18日在云溪市开幕，来自三十个国家的八百名代表与会。论坛由云溪科学院主办，主题是让机器懂得山水。"
    "开幕式上，多位学者谈到城市水系的监测、河道里的机器人和老桥的修缮，听众提了许多问题，会场外下着小雨，气氛却很热烈。"
)
OTHER = (
    "云溪科学院昨天说，2031云溪智能论坛办得很成功。这个科学院的院子里种着银杏，论坛的志愿者大多是附近中学的学生，他们"
    "用一周时间学会了导览，也记住了每位来宾的名字。科学院主办的这场论坛明年还会再来，届时会场将移到新修好的北岸码头。"
)


def prints(key: str, text: str = TEXT, date: str = "2031-05-19") -> Extraction:
    names: dict[str, str | tuple[str, ...]] = {"f1": "2031云溪智能论坛", "o1": "云溪科学院"}
    return article(key, text, names, [("HOSTED_BY", "f1", "o1")], date=date)


def support(graph: Graph) -> tuple[int, int]:
    """Independent documents behind the one edge, and claims."""
    [edge] = subgraph(graph).edges
    return edge.support, edge.claims


def test_reprints_count_once_and_another_text_beside_them(graph: Graph) -> None:
    load(
        graph,
        [
            prints("a"),
            prints("b", "云溪日报讯 " + TEXT, "2031-05-20"),
            prints("c", TEXT + "（编辑：甲）", "2031-05-21"),
        ],
    )
    assert support(graph) == (1, 3)
    load(graph, [prints("d", OTHER)])
    assert support(graph) == (2, 4)


def test_a_document_that_is_no_reprint_any_more_counts_again(graph: Graph) -> None:
    load(graph, [prints("a"), prints("b")])
    before = list(snapshot(graph))
    assert support(graph) == (1, 2)
    load(graph, [prints("b", OTHER)])
    assert support(graph) == (2, 2)
    load(graph, [prints("b")])
    assert list(snapshot(graph)) == before
    delete_document(graph, "a")
    assert support(graph) == (1, 1)


def test_clusters_are_the_same_in_any_order(graph: Graph) -> None:
    documents = [prints("a"), prints("b", "云溪日报讯 " + TEXT), prints("c", TEXT + "（编辑：甲）"), prints("d", OTHER)]
    load(graph, documents)
    expected = list(snapshot(graph))
    for order in ((3, 2, 1, 0), (1, 3, 0, 2)):
        for document in documents:
            delete_document(graph, document.document.key)
        for place in order:
            load(graph, [documents[place]])
        assert list(snapshot(graph)) == expected


def test_the_same_words_a_year_later_are_another_occasion(graph: Graph) -> None:
    load(graph, [prints("a"), prints("b", date="2032-05-19")])
    assert support(graph) == (2, 2)
