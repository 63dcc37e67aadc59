from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from articles import newsroom

from graph import queries
from graph.client import Graph
from graph.identity import document_id, entity_id
from graph.keys import person_id
from graph.paging import InvalidCursor, encode
from graph.queries import NotFound
from graph.questions import routes
from graph.questions.errors import TooLarge
from graph.records import Page
from graph.schema import EntityType, Modality, RelationType
from graph.subgraph import Selection, subgraph

FORUM, ORGANIZATION, PERSON, PLACE = EntityType.FORUM, EntityType.ORGANIZATION, EntityType.PERSON, EntityType.PLACE
LIN = person_id("林知远", FORUM, "2031云溪智能论坛")
SU = person_id("苏沐", ORGANIZATION, "晨光大学")
HAN = person_id("韩若水", ORGANIZATION, "海岬研究所")
FORUM_31 = entity_id(FORUM, "2031云溪智能论坛")
FORUM_32 = entity_id(FORUM, "2032云溪智能论坛")
ACADEMY = entity_id(ORGANIZATION, "云溪科学院")
UNIVERSITY = entity_id(ORGANIZATION, "晨光大学")


def names(page: Page[Any]) -> list[str]:
    return [each.name for each in page.items]


def pages(ask: Callable[[str | None], Page[Any]]) -> Iterator[Page[Any]]:
    cursor: str | None = None
    for _ in range(50):
        page = ask(cursor)
        yield page
        if page.next is None:
            return
        cursor = page.next
    pytest.fail("the list does not end")


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


def test_search_filters_by_type(news: Graph) -> None:
    assert names(queries.search(news, "云溪", types=[PLACE])) == ["云溪市"]


def test_pages_hold_every_hit_once_and_the_total(news: Graph) -> None:
    whole = queries.search(news, "溪", limit=100)
    parts = list(pages(lambda cursor: queries.search(news, "溪", limit=1, cursor=cursor)))
    assert [each for page in parts for each in page.items] == list(whole.items)
    assert {page.total for page in parts} == {4}


@pytest.mark.parametrize(
    "ask",
    [
        lambda graph, cursor: queries.entities(graph, ORGANIZATION, limit=1, cursor=cursor),
        lambda graph, cursor: queries.documents(graph, limit=1, cursor=cursor),
        lambda graph, cursor: queries.documents(graph, wording="论坛", limit=1, cursor=cursor),
        lambda graph, cursor: queries.entity_claims(graph, FORUM_31, limit=1, cursor=cursor),
        lambda graph, cursor: queries.neighbours(graph, FORUM_31, limit=1, cursor=cursor),
    ],
    ids=["entities", "documents", "documents by word", "claims", "neighbours"],
)
def test_lists_are_paged_without_gap_or_repetition(news: Graph, ask: Callable[[Graph, str | None], Page[Any]]) -> None:
    parts = list(pages(lambda cursor: ask(news, cursor)))
    items = [each for page in parts for each in page.items]
    assert len(parts) == len(items) == len(set(items)) == parts[0].total > 1
    assert all(page.total == len(items) for page in parts)


def test_a_page_that_ends_the_list_has_no_cursor(news: Graph) -> None:
    assert queries.entities(news, FORUM, limit=2).next is None
    assert queries.entities(news, FORUM, limit=1).next is not None


@pytest.mark.parametrize(
    "cursor", ["", "x", "####", encode([1]), encode(["a", "b"]), encode([2**70, "a"]), "W3RydWUsImEiXQ"]
)
def test_a_cursor_of_another_list_is_refused(news: Graph, cursor: str) -> None:
    with pytest.raises(InvalidCursor):
        queries.entities(news, FORUM, cursor=cursor)


def test_lists_put_the_most_often_named_first_and_filter(news: Graph) -> None:
    assert names(queries.entities(news, FORUM)) == ["2031云溪智能论坛", "2032云溪智能论坛"]
    assert names(queries.entities(news, ORGANIZATION))[0] == "云溪科学院"
    assert names(queries.entities(news, ORGANIZATION, min_documents=2)) == ["云溪科学院", "晨光大学"]
    late = queries.entities(news, FORUM, date_from="2031-05-21")
    assert sorted(names(late)) == ["2031云溪智能论坛", "2032云溪智能论坛"] and late.total == 2
    assert names(queries.entities(news, FORUM, date_to="2031-05-19")) == ["2031云溪智能论坛"]
    assert names(queries.entities(news, PLACE, date_from="1900-01-01")) == ["云溪市"], (
        "a document without a date is of no day"
    )
    assert names(queries.entities(news, EntityType.INITIATIVE)) == ["星河计划"]


def test_an_entity_with_its_names_and_counts(news: Graph) -> None:
    found = queries.entity(news, ACADEMY)
    assert (found.name, found.aliases, found.type, found.documents, found.claims) == (
        "云溪科学院",
        ("云科院",),
        ORGANIZATION,
        3,
        3,
    )
    assert (found.first_date, found.last_date) == ("2031-05-19", "2031-06-02")
    assert [(each.relation, each.count) for each in found.relations if each.relation == "HOSTED_BY"] == [
        ("HOSTED_BY", 2)
    ]


def test_claims_of_an_entity_come_with_quote_document_and_place(news: Graph) -> None:
    page = queries.entity_claims(news, UNIVERSITY)
    assert [claim.relation for claim in page.items if claim.document.key == "news/1.txt"] == ["ORGANIZED_BY"]
    [signed] = queries.entity_claims(news, UNIVERSITY, relations=[RelationType.SIGNED_WITH]).items
    assert signed.evidence[0].quote == "晨光大学与云科院签署合作协议"
    assert signed.at is not None and signed.at.name == "2031云溪智能论坛"
    assert (signed.document.title, signed.document.source) == ("两家机构签约", "虚构日报")
    assert (signed.subject.id, signed.object.id) == (UNIVERSITY, ACADEMY)
    denied = queries.entity_claims(news, SU, modalities=[Modality.DENIED])
    assert [claim.evidence[0].quote for claim in denied.items] == ["苏沐不会出席"]


def test_claims_behind_an_edge_the_best_first(news: Graph) -> None:
    [behind, none] = queries.edge_claims(
        news, [(LIN, RelationType.SPEAKER_AT, FORUM_31), (FORUM_31, RelationType.SPEAKER_AT, LIN)]
    )
    assert {claim.role for claim in behind} == {"致辞", "报告"}
    assert none == ()
    for ends in ((ACADEMY, UNIVERSITY), (UNIVERSITY, ACADEMY)):
        [[signed]] = queries.edge_claims(news, [(ends[0], RelationType.SIGNED_WITH, ends[1])])
        assert (signed.subject.id, signed.object.id) == (UNIVERSITY, ACADEMY)


def test_neighbours_by_relation_type_direction_and_modality(news: Graph) -> None:
    def ask(**filters: Any) -> list[tuple[str, str]]:
        return [
            (each.edge.relation.value, each.entity.name) for each in queries.neighbours(news, FORUM_31, **filters).items
        ]

    assert ask()[0] == ("SPEAKER_AT", "林知远"), "two documents say so"
    assert ask(relations=[RelationType.HOSTED_BY]) == [("HOSTED_BY", "云溪科学院")]
    assert ask(types=[PLACE]) == [("HELD_IN", "云溪市")]
    assert {relation for relation, _ in ask(direction="in")} == {"SPEAKER_AT", "ANNOUNCED_AT"}
    assert {relation for relation, _ in ask(direction="out")} == {"HOSTED_BY", "ORGANIZED_BY", "HELD_IN"}
    assert ask(min_support=2) == [("SPEAKER_AT", "林知远")]
    assert ask(modality=Modality.PLANNED) == []
    [planned] = queries.neighbours(news, FORUM_32, modality=Modality.PLANNED).items
    assert (planned.entity.name, planned.direction, planned.edge.support) == ("云溪科学院", "out", 0)
    assert queries.neighbours(news, FORUM_32, modality=Modality.HELD).items == ()
    assert queries.neighbours(news, FORUM_32, modality=Modality.DENIED).items == ()


def test_a_path_names_every_step_and_its_claims(news: Graph) -> None:
    path = routes.shortest_path(news, LIN, SU)
    assert path is not None
    assert [each.name for each in path.entities][0::3] == ["林知远", "苏沐"] and len(path.edges) == 3
    for step, (one, other) in zip(path.edges, zip(path.entities, path.entities[1:], strict=False), strict=True):
        assert {step.edge.head, step.edge.tail} == {one.id, other.id}
        assert step.evidence and all(claim.relation == step.edge.relation for claim in step.evidence)
        assert step.edge.quote in {claim.evidence[0].quote for claim in step.evidence}
    assert routes.shortest_path(news, LIN, SU) == path


def test_a_path_uses_only_the_relations_and_modality_asked_for(news: Graph) -> None:
    chosen = [RelationType.SPEAKER_AT, RelationType.ORGANIZED_BY, RelationType.AFFILIATED_WITH]
    path = routes.shortest_path(news, LIN, SU, relations=chosen)
    assert path is not None
    assert [each.name for each in path.entities] == ["林知远", "2031云溪智能论坛", "晨光大学", "苏沐"]
    assert routes.shortest_path(news, LIN, SU, relations=[RelationType.SPEAKER_AT]) is None
    assert routes.shortest_path(news, LIN, FORUM_32, modality=Modality.HELD) is None
    assert routes.shortest_path(news, LIN, FORUM_32) is not None


def test_beyond_two_edges_no_path_is_looked_for_where_too_many_edges_lie(
    news: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    near = routes.shortest_path(news, LIN, FORUM_31)
    monkeypatch.setattr(routes, "MOST_STEPS", 1)
    assert near is not None and len(near.edges) <= 2 and routes.shortest_path(news, LIN, FORUM_31) == near
    with pytest.raises(TooLarge, match="edges to walk"):
        routes.shortest_path(news, LIN, SU)
    found = routes.short_paths(news, LIN, FORUM_31, length=4, limit=100)
    assert not found.complete and {len(path.edges) for path in found.paths} <= {1, 2}


def test_what_is_not_connected_has_no_path(news: Graph) -> None:
    assert routes.shortest_path(news, LIN, HAN) is None
    same = routes.shortest_path(news, LIN, LIN)
    assert same is not None and same.edges == ()


def test_a_subgraph_grows_with_its_depth(news: Graph) -> None:
    sizes = [len(subgraph(news, Selection(LIN, depth=depth)).entities) for depth in (1, 2, 3)]
    assert sizes == [2, 6, 8]
    around = subgraph(news, Selection(LIN, depth=2))
    assert around.complete
    ids = {each.id for each in around.entities}
    assert all(edge.head in ids and edge.tail in ids for edge in around.edges)
    assert any(edge.relation == "SIGNED_WITH" for edge in around.edges), "edges among the outermost belong to it"


def test_a_subgraph_that_is_cut_says_so_and_keeps_the_nearest(news: Graph) -> None:
    cut = subgraph(news, Selection(LIN, depth=3, limit=3))
    assert not cut.complete and len(cut.entities) == 3
    assert {LIN, FORUM_31} <= {each.id for each in cut.entities}
    assert subgraph(news, Selection(LIN, limit=2)).complete
    assert not subgraph(news, Selection(LIN, limit=1)).complete
    assert subgraph(news, Selection(HAN, depth=3, limit=2)).complete


def test_the_whole_graph_and_its_first_part(news: Graph) -> None:
    whole = subgraph(news)
    counted = queries.statistics(news)
    assert (len(whole.entities), len(whole.edges), whole.complete) == (counted.entities, counted.edges, True)
    part = subgraph(news, Selection(limit=3))
    assert not part.complete and part.entities == whole.entities[:3]
    assert {edge.head for edge in part.edges} <= {each.id for each in part.entities}
    assert subgraph(news, Selection(limit=counted.entities)).complete


def test_statistics_count_what_is_there(news: Graph) -> None:
    found = queries.statistics(news)
    assert (found.documents, found.mentions, found.claims, found.entities) == (4, 18, 12, 11)
    assert {each.name: each.count for each in found.claims_by_modality} == {"held": 10, "planned": 1, "denied": 1}
    assert sum(each.count for each in found.entities_by_type) == found.entities
    assert sum(each.count for each in found.edges_by_relation) == found.edges
    assert (found.first_date, found.last_date) == ("2031-05-19", "2031-06-02")


def test_documents_by_date_source_and_words(news: Graph) -> None:
    def keys(**filters: Any) -> list[str]:
        return [each.key for each in queries.documents(news, **filters).items]

    assert keys() == ["news/3.txt", "news/2.txt", "news/1.txt", "news/4.txt"]
    assert keys(source="虚构日报", date_to="2031-05-20") == ["news/2.txt", "news/1.txt"]
    assert keys(date_from="2031-05-20", date_to="2031-05-20") == ["news/2.txt"]
    assert keys(wording="签署 校长") == ["news/2.txt"]
    assert keys(wording="两家机构") == ["news/2.txt"], "the headline counts too"
    assert keys(wording="论坛", date_from="2031-06-01") == ["news/3.txt"]
    assert keys(wording="没有的词") == keys(wording="（）") == []
    assert (queries.documents(news).items[0].claims, queries.documents(news).items[0].entities) == (3, 5)


def test_a_document_with_its_text_and_claims_in_order(news: Graph) -> None:
    found = queries.document(news, document_id("news/1.txt"))
    assert found.text == newsroom()[0].document.text
    assert [claim.relation for claim in found.claims] == ["HELD_IN", "HOSTED_BY", "ORGANIZED_BY", "SPEAKER_AT"]
    for claim in found.claims:
        assert all(found.text[each.start : each.end] == each.quote for each in claim.evidence)
    assert {each.name for each in found.mentions} == {"2031云溪智能论坛", "云溪市", "云溪科学院", "晨光大学", "林知远"}


@pytest.mark.parametrize(
    "ask",
    [
        lambda graph: queries.entity(graph, "p-0000000000000000"),
        lambda graph: queries.entity(graph, document_id("news/1.txt")),
        lambda graph: queries.entity_claims(graph, "nobody"),
        lambda graph: queries.neighbours(graph, "nobody"),
        lambda graph: routes.shortest_path(graph, LIN, "nobody"),
        lambda graph: routes.shortest_path(graph, "nobody", LIN),
        lambda graph: subgraph(graph, Selection("nobody")),
        lambda graph: queries.document(graph, LIN),
    ],
)
def test_an_unknown_id_is_an_error(news: Graph, ask: Callable[[Graph], Any]) -> None:
    with pytest.raises(NotFound):
        ask(news)
