"""Which mentions of a name are one person: posts, forums, and what speaks for neither."""

from __future__ import annotations

import pytest
from articles import article

from graph import queries
from graph.client import Graph
from graph.clusters import Tie, cluster
from graph.keys import person_id
from graph.load import delete_document, load
from graph.schema import EntityType, Extraction
from graph.subgraph import subgraph

ORGANIZATION, PLACE, FORUM = EntityType.ORGANIZATION, EntityType.PLACE, EntityType.FORUM


def post(key: str, name: str, body: str, title: str | None = "院长", date: str | None = "2031-05-20") -> Extraction:
    """A document that says that someone has a post; in a place where ``body`` is one."""
    text = f"{body}{title or ''}{name}出席。"
    id = "l1" if body in ("阿联酋", "沙特", "英国", "云南") else "o1"
    fact = ("AFFILIATED_WITH", "p1", id, {"role": title})
    return article(key, text, {"p1": name, id: body}, [fact], date=date)


def bare(key: str, name: str, date: str | None = "2031-05-20") -> Extraction:
    return article(key, f"{name}参加。", {"p1": name}, date=date)


def people(graph: Graph, name: str) -> list[int]:
    """The documents of each person of that name, most first."""
    found = [each for each in subgraph(graph).entities if each.type == "Person" and name == each.name]
    return sorted((each.documents for each in found), reverse=True)


def test_one_name_with_one_post_is_one_person_and_with_two_posts_two(graph: Graph) -> None:
    load(graph, [post("1", "林知远", "晨光大学"), post("2", "林知远", "晨光大学"), post("3", "林知远", "海岬研究所")])
    assert people(graph, "林知远") == [2, 1]


def test_posts_that_one_document_states_together_are_one_persons_everywhere(graph: Graph) -> None:
    both = article(
        "3",
        "晨光大学校长、海岬研究所所长林知远出席。",
        {"p1": "林知远", "o1": "晨光大学", "o2": "海岬研究所"},
        [("AFFILIATED_WITH", "p1", "o1", {"role": "校长"}), ("AFFILIATED_WITH", "p1", "o2", {"role": "所长"})],
    )
    load(graph, [post("1", "林知远", "晨光大学"), post("2", "林知远", "海岬研究所")])
    assert people(graph, "林知远") == [1, 1]
    load(graph, [both])
    assert people(graph, "林知远") == [3]
    delete_document(graph, "3")
    assert people(graph, "林知远") == [1, 1]


def test_one_name_at_one_edition_of_a_forum_is_one_person(graph: Graph) -> None:
    def at(key: str, forum: str) -> Extraction:
        return article(key, f"林知远在{forum}致辞。", {"p1": "林知远", "f1": forum}, [("SPEAKER_AT", "p1", "f1")])

    load(graph, [at("1", "2031云溪智能论坛"), at("2", "2031云溪智能论坛"), at("3", "2032云溪智能论坛")])
    assert people(graph, "林知远") == [2, 1]


def test_a_denied_post_makes_no_one_the_same(graph: Graph) -> None:
    denied = article(
        "2",
        "林知远并非晨光大学校长。",
        {"p1": "林知远", "o1": "晨光大学"},
        [("AFFILIATED_WITH", "p1", "o1", {"role": "校长", "modality": "denied"})],
    )
    load(graph, [post("1", "林知远", "晨光大学"), denied])
    assert people(graph, "林知远") == [1, 1]


def test_offices_in_two_countries_are_two_people_even_where_a_document_names_both(graph: Graph) -> None:
    emirates = [post(f"e{number}", "穆罕默德", "阿联酋", "总统") for number in range(2)]
    saudi = [post(f"s{number}", "穆罕默德", "沙特", "王储兼首相") for number in range(2)]
    both = article(
        "both",
        "阿联酋总统穆罕默德、沙特王储穆罕默德出席。",
        {"p1": "穆罕默德", "l1": "阿联酋", "l2": "沙特"},
        [("AFFILIATED_WITH", "p1", "l1", {"role": "总统"}), ("AFFILIATED_WITH", "p1", "l2", {"role": "王储"})],
    )
    load(graph, [*emirates, *saudi, both])
    assert people(graph, "穆罕默德") == [2, 2, 1]


def test_the_office_counts_not_the_words_before_it(graph: Graph) -> None:
    titles = ("首相", "新任首相", "工党领袖、首相")
    load(graph, [post(str(number), "斯塔默", "英国", title) for number, title in enumerate(titles)])
    assert people(graph, "斯塔默") == [3]
    load(graph, [post("9", "斯塔默", "英国", "副首相")])
    assert people(graph, "斯塔默") == [3, 1]


def test_a_name_alone_means_the_one_person_whom_all_know_by_it(graph: Graph) -> None:
    known = [post(str(number), "林知远", "晨光大学") for number in range(3)]
    load(graph, [*known[:2], bare("b", "林知远")])
    assert people(graph, "林知远") == [2, 1], "two documents are too few"
    load(graph, known[2:])
    assert people(graph, "林知远") == [4]
    load(graph, [post("x", "林知远", "海岬研究所")])
    assert people(graph, "林知远") == [3, 1, 1], "with two people of that name nobody knows"


def test_a_short_name_alone_needs_more(graph: Graph) -> None:
    load(graph, [*(post(str(number), "王伟", "晨光大学") for number in range(5)), bare("b", "王伟")])
    assert people(graph, "王伟") == [5, 1]


def test_an_id_stays_when_later_documents_are_added_and_old_ids_lead_on(graph: Graph) -> None:
    load(graph, [post("1", "林知远", "海岬研究所", date="2031-01-01")])
    first = person_id("林知远", ORGANIZATION, "海岬研究所")
    assert queries.entity(graph, first).documents == 1
    load(graph, [post("2", "林知远", "晨光大学", date="2031-02-01")])
    second = person_id("林知远", ORGANIZATION, "晨光大学")
    assert queries.entity(graph, second).documents == 1
    both = article(
        "3",
        "晨光大学校长、海岬研究所所长林知远出席。",
        {"p1": "林知远", "o1": "晨光大学", "o2": "海岬研究所"},
        [("AFFILIATED_WITH", "p1", "o1", {"role": "校长"}), ("AFFILIATED_WITH", "p1", "o2", {"role": "所长"})],
        date="2031-03-01",
    )
    load(graph, [both])
    assert queries.entity(graph, first).former == (second,)
    with pytest.raises(queries.Moved) as caught:
        queries.entity(graph, second)
    assert caught.value.to == first


def test_a_short_form_that_two_documents_explain_means_the_same_in_a_third(graph: Graph) -> None:
    def explains(key: str) -> Extraction:
        return article(key, "云溪智能科学院（简称溪智院）成立。", {"o1": ("云溪智能科学院", "溪智院")})

    alone = article("3", "溪智院主办。", {"o1": "溪智院"})
    load(graph, [explains("1"), alone])
    assert len(subgraph(graph).entities) == 2, "one document may err"
    load(graph, [explains("2")])
    [body] = subgraph(graph).entities
    assert (body.name, body.documents) == ("云溪智能科学院", 3)


def test_a_short_form_of_two_bodies_is_neither(graph: Graph) -> None:
    def explains(key: str, name: str) -> Extraction:
        return article(key, f"{name}（简称溪智院）成立。", {"o1": (name, "溪智院")})

    twice = [explains(f"{name}{number}", name) for name in ("云溪智能科学院", "南溪智慧研究院") for number in range(2)]
    load(graph, [*twice, article("x", "溪智院主办。", {"o1": "溪智院"})])
    assert sorted(each.documents for each in subgraph(graph).entities) == [1, 2, 2]


def test_an_edition_is_never_one_with_its_series_or_another_edition(graph: Graph) -> None:
    def calls(key: str, name: str, alias: str) -> Extraction:
        return article(key, f"{name}开幕。", {"f1": (name, alias)})

    load(
        graph,
        [
            *(calls(f"a{number}", "2031云溪智能论坛", "云溪智能论坛") for number in range(3)),
            *(calls(f"b{number}", "2032云溪智能论坛", "云溪智能论坛") for number in range(3)),
            article("c", "云溪智能论坛。", {"f1": "云溪智能论坛"}),
        ],
    )
    assert sorted(each.documents for each in subgraph(graph).entities) == [1, 3, 3]


def test_what_was_decided_to_be_different_is_never_joined() -> None:
    ties = [Tie(("a", "b"), 9, "n"), Tie(("b", "c"), 5, "n")]
    assert len(set(cluster(ties).values()) - {"n"}) == 1
    apart = cluster(ties, different=[("a", "c")])
    assert apart["a"] == apart["b"] != apart["c"]
    assert cluster(ties, same=[("a", "z")], different=[("z", "b")])["a"] == "a"
    assert cluster(reversed(ties), different=[("c", "a")]) == apart, "order does not count"
