"""Corrections of claims: they lie over what was extracted, and outlive it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from articles import article, newsroom

from graph import queries
from graph.amend import (
    BadCorrection,
    UnknownCorrection,
    add_claim,
    correct_claim,
    corrections,
    import_correction,
    undo_correction,
)
from graph.client import Graph
from graph.corrections import Action, Addition
from graph.identity import entity_id
from graph.load import delete_document, load, reset
from graph.records import Claim
from graph.schema import EntityType, Extraction, Modality, RelationType
from graph.snapshot import snapshot
from graph.subgraph import subgraph

FORUM, ORGANIZATION = EntityType.FORUM, EntityType.ORGANIZATION
ACADEMY, FORUM_31 = entity_id(ORGANIZATION, "云溪科学院"), entity_id(FORUM, "2031云溪智能论坛")


def hosts(key: str = "1", confidence: float = 0.9, text: str = "云溪科学院主办2031云溪智能论坛。") -> Extraction:
    more: dict[str, object] = {"role": "主办", "confidence": confidence, "quote": "云溪科学院主办2031云溪智能论坛"}
    return article(key, text, {"o1": "云溪科学院", "f1": "2031云溪智能论坛"}, [("HOSTED_BY", "f1", "o1", more)])


def claim(graph: Graph) -> Claim:
    [found] = [each for each in queries.entity_claims(graph, FORUM_31).items if each.relation == "HOSTED_BY"]
    return found


def edges(graph: Graph) -> dict[str, Any]:
    return {each.relation.value: each for each in subgraph(graph).edges}


def test_a_rejected_claim_supports_nothing_until_that_is_undone(graph: Graph) -> None:
    load(graph, [hosts()])
    before = list(snapshot(graph))
    made = correct_claim(graph, claim(graph).id, Action.REJECT, by="甲", why="a rehearsal")
    assert edges(graph) == {}
    assert claim(graph).status == "rejected", "still to be seen"
    undo_correction(graph, made.id, by="甲")
    assert [line for line in snapshot(graph) if made.id not in line] == before
    with pytest.raises(UnknownCorrection):
        undo_correction(graph, made.id, by="甲")


def test_the_later_correction_counts_though_the_clock_was_set_back(graph: Graph) -> None:
    load(graph, [hosts()])
    made = correct_claim(graph, claim(graph).id, Action.EDIT, by="甲", changes={"role": "联合主办"})
    undo_correction(graph, made.id, by="甲")
    assert import_correction(graph, replace(made, id="x-ahead", at="2999-12-31T23:59:59.999+00:00"))
    assert claim(graph).status == "edited"
    later = correct_claim(graph, claim(graph).id, Action.REJECT, by="甲")
    assert claim(graph).status == "rejected"
    assert [each.id for each, _ in corrections(graph)] == ["x-ahead", later.id]


def test_a_correction_outlives_a_better_extractor_and_a_new_text(graph: Graph) -> None:
    load(graph, [hosts()])
    correct_claim(graph, claim(graph).id, Action.REJECT, by="甲")
    load(graph, [hosts(confidence=0.95)])
    assert edges(graph) == {}
    load(graph, [hosts(text="更正。云溪科学院主办2031云溪智能论坛。")])
    assert edges(graph) == {}
    delete_document(graph, "1")
    load(graph, [hosts()])
    assert edges(graph) == {} and claim(graph).status == "rejected"
    [(_, applies)] = corrections(graph)
    assert applies
    load(graph, [article("1", "别的事。", {})])
    [(kept, applies)] = corrections(graph)
    assert kept.action is Action.REJECT and not applies, "kept though it applies to nothing"


def test_an_edit_changes_what_is_said_and_keeps_what_was_found(graph: Graph) -> None:
    load(graph, [hosts()])
    changes = {"relation": "ORGANIZED_BY", "role": "承办", "modality": "planned"}
    made = correct_claim(graph, claim(graph).id, Action.EDIT, by="甲", changes=changes)
    assert set(edges(graph)) == {"ORGANIZED_BY"}
    found = edges(graph)["ORGANIZED_BY"]
    assert (found.support, found.planned, found.roles) == (0, 1, ("承办",))
    [edited] = queries.entity_claims(graph, FORUM_31).items
    assert (edited.status, edited.modality, edited.role) == ("edited", Modality.PLANNED, "承办")
    load(graph, [hosts(confidence=0.7)])
    assert set(edges(graph)) == {"ORGANIZED_BY"}
    undo_correction(graph, made.id, by="甲")
    assert edges(graph)["HOSTED_BY"].roles == ("主办",)


def test_the_later_of_accept_and_reject_counts(graph: Graph) -> None:
    load(graph, [hosts()])
    correct_claim(graph, claim(graph).id, Action.REJECT, by="甲")
    correct_claim(graph, claim(graph).id, Action.ACCEPT, by="乙")
    assert claim(graph).status == "accepted" and "HOSTED_BY" in edges(graph)
    assert [each.action for each, _ in corrections(graph)] == [Action.ACCEPT]


def test_a_claim_added_by_hand_has_its_quote_and_outlives_extraction(graph: Graph) -> None:
    text = "2031云溪智能论坛开幕，晨光大学校长苏沐致辞。"
    bare = article("2", text, {"f1": "2031云溪智能论坛"})
    load(graph, [bare])
    person = (EntityType.PERSON, "苏沐")
    addition = Addition(RelationType.SPEAKER_AT, person, (FORUM, "2031云溪智能论坛"), "苏沐致辞", role="致辞")
    made = add_claim(graph, "2", addition, by="甲")
    [added] = queries.entity_claims(graph, FORUM_31).items
    assert (added.status, added.subject.name, added.evidence[0].quote) == ("added", "苏沐", "苏沐致辞")
    assert text[added.evidence[0].start : added.evidence[0].end] == "苏沐致辞"
    load(graph, [article("2", "快讯：" + text, {"f1": "2031云溪智能论坛"})])
    [added] = queries.entity_claims(graph, FORUM_31).items
    assert added.evidence[0].start == text.index("苏沐致辞") + 3
    undo_correction(graph, made.id, by="甲")
    assert queries.entity_claims(graph, FORUM_31).total == 0
    assert [each.name for each in subgraph(graph).entities] == ["2031云溪智能论坛"]


def test_corrections_travel_and_outlive_a_reset(graph: Graph) -> None:
    load(graph, newsroom())
    victim = queries.entity_claims(graph, FORUM_31).items[0]
    correct_claim(graph, victim.id, Action.REJECT, by="甲", why="错")
    told, after = [each for each, _ in corrections(graph)], list(snapshot(graph))
    reset(graph, keep=True)
    load(graph, newsroom())
    assert list(snapshot(graph)) == after
    reset(graph)
    load(graph, newsroom())
    assert [import_correction(graph, each) for each in told * 2] == [True, False]
    assert list(snapshot(graph)) == after


@pytest.mark.parametrize(
    ("action", "changes", "problem"),
    [
        (Action.EDIT, {}, "what to change"),
        (Action.ACCEPT, {"role": "x"}, "nothing"),
        (Action.EDIT, {"confidence": "1"}, "cannot be edited"),
        (Action.EDIT, {"modality": "maybe"}, "held, planned, denied"),
        (Action.EDIT, {"relation": "SPEAKER_AT"}, "does not connect"),
        (Action.EDIT, {"date_from": "2031-05-01"}, "go together"),
        (Action.EDIT, {"date_from": "gestern", "date_to": "2031-05-01", "date_precision": "day"}, "YYYY-MM-DD"),
    ],
)
def test_a_correction_that_breaks_the_contract_is_refused(
    graph: Graph, action: Action, changes: dict[str, str], problem: str
) -> None:
    load(graph, [hosts()])
    before = list(snapshot(graph))
    with pytest.raises(BadCorrection, match=problem):
        correct_claim(graph, claim(graph).id, action, by="甲", changes=changes)
    assert list(snapshot(graph)) == before


def test_an_addition_needs_a_document_its_words_and_fitting_names(graph: Graph) -> None:
    load(graph, [hosts()])
    body, forum = (ORGANIZATION, "云溪科学院"), (FORUM, "2031云溪智能论坛")
    good = Addition(RelationType.SUPPORTED_BY, forum, body, "云溪科学院主办")
    before = list(snapshot(graph))
    for document, addition, problem in (
        ("9", good, "no document"),
        ("1", Addition(RelationType.SUPPORTED_BY, forum, body, "没有这句"), "to the letter"),
        ("1", Addition(RelationType.SUPPORTED_BY, body, forum, "云溪科学院主办"), "does not go with"),
        ("1", Addition(RelationType.SUPPORTED_BY, forum, (ORGANIZATION, " "), "云溪科学院主办"), "empty"),
    ):
        with pytest.raises(BadCorrection, match=problem):
            add_claim(graph, document, addition, by="甲")
    with pytest.raises(BadCorrection, match="no claim"):
        correct_claim(graph, "c-0", Action.REJECT, by="甲")
    assert list(snapshot(graph)) == before
