"""Decisions of people on identity: what they change, what undoing them gives back, and what they survive."""

from __future__ import annotations

import json

import pytest
from articles import article, newsroom
from test_people import bare, people, post

from graph import queries
from graph.client import Graph
from graph.decisions import (
    BadDecision,
    Decision,
    DecisionConflict,
    UnknownDecision,
    Verdict,
    decide,
    decisions,
    import_decision,
    undo,
)
from graph.identity import document_id, entity_id, mention_id
from graph.keys import person_id
from graph.load import delete_document, load, reset
from graph.schema import EntityType, Extraction
from graph.snapshot import snapshot
from graph.subgraph import subgraph

SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE
ORGANIZATION, PERSON = EntityType.ORGANIZATION, EntityType.PERSON
AT_UNIVERSITY = person_id("林知远", ORGANIZATION, "晨光大学")
AT_INSTITUTE = person_id("林知远", ORGANIZATION, "海岬研究所")
AT_COMPANY = person_id("林知远", ORGANIZATION, "北原公司")


def two() -> list[Extraction]:
    return [post("1", "林知远", "晨光大学"), post("2", "林知远", "海岬研究所", date="2031-06-01")]


def content(graph: Graph) -> list[str]:
    """What a graph says of the world, without what people decided."""
    return [line for line in snapshot(graph) if json.loads(line)["kind"] not in ("correction", "decision")]


def test_what_is_decided_to_be_the_same_is_one_until_it_is_undone(graph: Graph) -> None:
    load(graph, two())
    before = content(graph)
    made = decide(graph, SAME, AT_UNIVERSITY, AT_INSTITUTE, by="甲", why="moved in June")
    assert people(graph, "林知远") == [2]
    assert queries.entity(graph, AT_UNIVERSITY).former == (AT_INSTITUTE,)
    assert (made.by, made.why, made.a_name, made.type) == ("甲", "moved in June", "林知远", PERSON)
    assert [each.id for each in decisions(graph)] == [made.id]
    undone = undo(graph, made.id, by="乙")
    assert undone.undone_by == "乙"
    assert content(graph) == before
    assert list(decisions(graph)) == []
    assert [each.undone_by for each in decisions(graph, in_force=False)] == ["乙"]
    with pytest.raises(UnknownDecision):
        undo(graph, made.id, by="乙")


def test_what_is_decided_to_be_different_never_merges_whatever_documents_say(graph: Graph) -> None:
    both = article(
        "3",
        "晨光大学校长、海岬研究所所长林知远出席。",
        {"p1": "林知远", "o1": "晨光大学", "o2": "海岬研究所"},
        [("AFFILIATED_WITH", "p1", "o1", {"role": "校长"}), ("AFFILIATED_WITH", "p1", "o2", {"role": "所长"})],
    )
    load(graph, [*two(), both])
    assert people(graph, "林知远") == [3]
    made = decide(graph, DIFFERENT, AT_UNIVERSITY, AT_INSTITUTE, by="甲")
    assert people(graph, "林知远") == [2, 1]
    load(graph, [post("4", "林知远", "海岬研究所"), article("3", "全文改写。林知远", {"p1": "林知远"})])
    assert people(graph, "林知远") == [2, 1, 1]
    load(graph, [both])
    assert people(graph, "林知远") == [2, 2]
    undo(graph, made.id, by="甲")
    assert people(graph, "林知远") == [4]


def test_a_mention_can_be_set_apart_from_its_name_and_given_to_another(graph: Graph) -> None:
    load(graph, [*(post(str(number), "林知远", "晨光大学") for number in range(3)), post("x", "林知远", "海岬研究所")])
    mention = mention_id(document_id("2"), PERSON, "林知远")
    before = content(graph)
    apart = decide(graph, DIFFERENT, mention, AT_UNIVERSITY, by="甲", why="a namesake")
    assert people(graph, "林知远") == [2, 1, 1]
    given = decide(graph, SAME, mention, AT_INSTITUTE, by="甲")
    assert people(graph, "林知远") == [2, 2]
    load(graph, [post("2", "林知远", "晨光大学", title="教授")])
    assert people(graph, "林知远") == [2, 2], "also after the document has changed"
    load(graph, [post("2", "林知远", "晨光大学")])
    undo(graph, given.id, by="甲")
    assert people(graph, "林知远") == [2, 1, 1]
    undo(graph, apart.id, by="甲")
    assert content(graph) == before


def test_decisions_outlive_documents_and_a_reset(graph: Graph) -> None:
    load(graph, two())
    decide(graph, SAME, AT_UNIVERSITY, AT_INSTITUTE, by="甲")
    merged = content(graph)
    for key in ("1", "2"):
        delete_document(graph, key)
    assert subgraph(graph).entities == ()
    load(graph, list(reversed(two())))
    assert content(graph) == merged
    reset(graph, keep=True)
    assert content(graph) == []
    load(graph, two())
    assert content(graph) == merged


def test_decisions_travel_as_records(graph: Graph) -> None:
    load(graph, two())
    decide(graph, SAME, AT_UNIVERSITY, AT_INSTITUTE, by="甲", why="为证")
    merged, told = list(snapshot(graph)), [each.to_json() for each in decisions(graph, in_force=False)]
    reset(graph)
    load(graph, two())
    records = [Decision.from_json(json.loads(json.dumps(each))) for each in told]
    assert [import_decision(graph, each) for each in records] == [True]
    assert list(snapshot(graph)) == merged
    assert [import_decision(graph, each) for each in records] == [False], "a second time changes nothing"
    with pytest.raises(BadDecision, match="not a decision"):
        Decision.from_json({**told[0], "verdict": "perhaps"})


def test_a_new_decision_on_the_same_two_takes_the_place_of_the_old(graph: Graph) -> None:
    load(graph, two())
    decide(graph, SAME, AT_UNIVERSITY, AT_INSTITUTE, by="甲")
    decide(graph, DIFFERENT, AT_INSTITUTE, AT_UNIVERSITY, by="乙")
    assert people(graph, "林知远") == [1, 1]
    assert [each.verdict for each in decisions(graph)] == [DIFFERENT]
    decide(graph, UNSURE, AT_INSTITUTE, AT_UNIVERSITY, by="丙")
    assert people(graph, "林知远") == [1, 1]
    assert [each.verdict for each in decisions(graph)] == [UNSURE]


def test_a_decision_that_others_contradict_together_is_refused_and_named(graph: Graph) -> None:
    load(graph, [*two(), post("3", "林知远", "北原公司")])
    first = decide(graph, SAME, AT_UNIVERSITY, AT_INSTITUTE, by="甲")
    apart = decide(graph, DIFFERENT, AT_INSTITUTE, AT_COMPANY, by="甲")
    before = list(snapshot(graph))
    with pytest.raises(DecisionConflict) as caught:
        decide(graph, SAME, AT_UNIVERSITY, AT_COMPANY, by="乙")
    assert caught.value.decisions == (apart.id,)
    assert list(snapshot(graph)) == before
    undo(graph, apart.id, by="甲")
    second = decide(graph, SAME, AT_UNIVERSITY, AT_COMPANY, by="乙")
    with pytest.raises(DecisionConflict) as caught:
        decide(graph, DIFFERENT, AT_INSTITUTE, AT_COMPANY, by="乙")
    assert set(caught.value.decisions) == {first.id, second.id}
    assert people(graph, "林知远") == [3]


@pytest.mark.parametrize(
    ("a", "b", "problem"),
    [
        (AT_UNIVERSITY, "p-0000000000000000", "no entity or mention"),
        (AT_UNIVERSITY, AT_UNIVERSITY, "nothing that tells them apart"),
        (AT_UNIVERSITY, entity_id(ORGANIZATION, "晨光大学"), "two types"),
    ],
)
def test_a_decision_that_says_nothing_is_refused(graph: Graph, a: str, b: str, problem: str) -> None:
    load(graph, two())
    with pytest.raises(BadDecision, match=problem):
        decide(graph, SAME, a, b, by="甲")
    assert list(decisions(graph, in_force=False)) == []


def test_organisations_that_no_rule_joins_can_be_joined_with_their_edges(graph: Graph) -> None:
    load(graph, [*newsroom(), article("x", "溪院主办2031云溪智能论坛。", {"o1": "溪院", "f1": "2031云溪智能论坛"},
                                      [("HOSTED_BY", "f1", "o1")])])  # fmt: skip
    academy, short = entity_id(ORGANIZATION, "云溪科学院"), entity_id(ORGANIZATION, "溪院")
    made = decide(graph, SAME, academy, short, by="甲")
    [edge] = [
        each for each in subgraph(graph).edges
        if each.relation == "HOSTED_BY" and each.tail == academy and each.support
    ]  # fmt: skip
    assert edge.support == 2
    assert "溪院" in queries.entity(graph, academy).aliases
    undo(graph, made.id, by="甲")
    assert queries.entity(graph, short).documents == 1


def test_a_namesake_without_post_is_taken_in_by_decision(graph: Graph) -> None:
    load(graph, [two()[0], bare("b", "林知远")])
    assert people(graph, "林知远") == [1, 1]
    decide(graph, SAME, AT_UNIVERSITY, entity_id(PERSON, "林知远"), by="甲")
    assert people(graph, "林知远") == [2]
