"""Snapshots: the same bytes for the same content, whatever the order; differences; changes since a revision."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from articles import article, newsroom
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.client import Graph
from graph.load import delete_document, ensure_schema, load, reset
from graph.schema import Extraction
from graph.snapshot import BadSnapshot, changes, differences, snapshot

PEOPLE = ("林知远", "王伟", "穆罕默德")
BODIES = ("晨光大学", "海岬研究所", ("云溪科学院", "云科院"), "云科院", "组委会")
EDITIONS = ("第九届云溪智能论坛", "2031云溪智能论坛")
FORUMS = ("2031云溪智能论坛", "2032云溪智能论坛", EDITIONS, "云溪智能论坛", "第五届大会")
PLACES = ("阿联酋", "沙特", "云溪市")
TITLES = ("院长", "校长", "总统", None)
DATES = ("2031-05-18", "2031-05-19", "2032-01-01", None)


@st.composite
def documents(draw: st.DrawFn) -> Extraction:
    """A document of few words that shares names, posts and forums with others of its kind."""
    number = draw(st.integers(0, 5))
    names: dict[str, str | tuple[str, ...]] = {
        "p1": draw(st.sampled_from(PEOPLE)),
        "o1": draw(st.sampled_from(BODIES)),
        "f1": draw(st.sampled_from(FORUMS)),
        "l1": draw(st.sampled_from(PLACES)),
    }
    possible: list[tuple[str, str, str, dict[str, object]]] = [
        ("AFFILIATED_WITH", "p1", "o1", {"role": draw(st.sampled_from(TITLES))}),
        ("AFFILIATED_WITH", "p1", "l1", {"role": draw(st.sampled_from(TITLES))}),
        ("SPEAKER_AT", "p1", "f1", {"modality": draw(st.sampled_from(("held", "planned", "denied")))}),
        ("HOSTED_BY", "f1", "o1", {"confidence": draw(st.sampled_from((0.5, 0.9)))}),
        ("SIGNED_WITH", "o1", "l1", {"at": "f1"}),
    ]
    facts = draw(st.lists(st.sampled_from(possible), unique_by=lambda fact: fact[:3]))
    text = draw(st.sampled_from(("甲", "乙" * 90 + "丙丁戊己庚", "乙" * 90 + "丙丁戊己庚。编辑：甲")))
    return article(f"{number}.txt", text, names, facts, date=draw(st.sampled_from(DATES)))


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(documents(), min_size=1, max_size=7), st.randoms(use_true_random=False), st.integers(1, 60))
def test_order_batches_writers_and_what_was_there_before_do_not_matter(
    graph: Graph, given_documents: list[Extraction], chance: random.Random, batch: int
) -> None:
    last = {each.document.key: each for each in given_documents}
    reset(graph)
    load(graph, last.values())
    expected = list(snapshot(graph))
    order = sorted(last.values(), key=lambda _: chance.random())
    reset(graph)
    load(graph, given_documents, batch=batch)  # earlier versions, in their order
    load(graph, order[: len(order) // 2], batch=batch)
    load(graph, [article("z", "丁。", {"p1": "林知远", "o1": "晨光大学"}, [("AFFILIATED_WITH", "p1", "o1")])])
    delete_document(graph, "z")
    assert list(snapshot(graph)) == expected
    reset(graph)
    ensure_schema(graph)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda part: load(graph, order[part::2], batch=batch), range(2)))
    assert list(snapshot(graph)) == expected


def test_a_snapshot_is_sorted_and_holds_no_bookkeeping(graph: Graph) -> None:
    load(graph, newsroom())
    lines = [json.loads(line) for line in snapshot(graph)]
    places = [(line["kind"], line["id"]) for line in lines]
    assert places == sorted(places) and len(set(places)) == len(places)
    assert {kind for kind, _ in places} == {"claim", "document", "edge", "entity", "mention", "series"}
    for line in lines:
        assert not {"added_in", "changed_in", "ingested_at"} & line.keys()


def test_differences_turn_one_snapshot_into_the_other(graph: Graph) -> None:
    load(graph, newsroom())
    old = list(snapshot(graph))
    load(graph, [article("news/1.txt", "林知远到访。", {"p1": "林知远"})])
    delete_document(graph, "news/4.txt")
    new = list(snapshot(graph))
    found = list(differences(old, new))
    assert {each["change"] for each in found} == {"added", "changed", "gone"}
    state = {(line["kind"], line["id"]): line for line in map(json.loads, old)}
    for each in found:
        if "is" in each:
            state[each["kind"], each["id"]] = each["is"]
        else:
            assert state.pop((each["kind"], each["id"])) == each["was"]
    assert sorted(state) == sorted((line["kind"], line["id"]) for line in map(json.loads, new))
    assert list(differences(new, new)) == []


@pytest.mark.parametrize("lines", [["{}"], ["not json"], ['{"kind": "b", "id": "1"}', '{"kind": "a", "id": "1"}']])
def test_what_is_no_snapshot_is_refused(lines: list[str]) -> None:
    with pytest.raises(BadSnapshot) as caught:
        list(differences([], lines))
    assert caught.value.line == len(lines)


def told(graph: Graph, since: int) -> tuple[int, list[tuple[Any, ...]]]:
    first, *rest = changes(graph, since)
    return first["revision"], [
        (each["change"], each["kind"], each.get("id") or tuple(each[end] for end in ("head", "relation", "tail")))
        for each in rest
    ]


def test_changes_since_a_revision_bring_a_copy_up_to_date(graph: Graph) -> None:
    def state() -> set[tuple[str, Any]]:
        found: Iterator[dict[str, Any]] = map(json.loads, snapshot(graph))
        return {
            (line["kind"], line["id"] if line["kind"] == "entity" else (line["head"], line["relation"], line["tail"]))
            for line in found
            if line["kind"] in ("entity", "edge")
        }

    load(graph, newsroom()[:2])
    revision, first = told(graph, 0)
    copy = {(kind, id) for change, kind, id in first if change != "gone"}
    assert copy == state()
    assert told(graph, revision) == (revision, [])
    load(graph, newsroom())
    delete_document(graph, "news/1.txt")
    later, second = told(graph, revision)
    assert later > revision
    for change, kind, id in second:
        copy.discard((kind, id)) if change == "gone" else copy.add((kind, id))
    assert copy == state()
    load(graph, newsroom()[1:])
    assert told(graph, later) == (later, []), "what has not changed is not told"
