"""Evaluation follows the guideline, and agrees with the scorer of the shared folder where that is at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract import Extractor, GoldError
from extract.attributes import agree
from extract.compare import compare
from extract.evaluate import Evaluation, Gold, evaluate, read_gold
from extract.reliability import Reliability
from graph.schema import Document

HUITU = Path(sys.executable).with_name("huitu")
TIME = Path(__file__).parents[1] / "gold" / "time"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "eval"

GOLD_ENTITIES = [
    {"id": "e1", "type": "Forum", "name": "2025东湖论坛", "aliases": ["东湖论坛"]},
    {"id": "e2", "type": "Organization", "name": "东湖大学"},
    {"id": "e3", "type": "Organization", "name": "西湖大学"},
    {"id": "e4", "type": "Place", "name": "武汉"},
]
GOLD_RELATIONS = [
    {"type": "HOSTED_BY", "head": "e1", "tail": "e2"},
    {"type": "SIGNED_WITH", "head": "e2", "tail": "e3"},
    {"type": "HELD_IN", "head": "e1", "tail": "e4", "optional": True},
]


def score(entities: list[dict[str, Any]], relations: list[dict[str, Any]], *, relaxed: bool = False) -> dict[str, Any]:
    gold = Gold(Document("d", ""), GOLD_ENTITIES, GOLD_RELATIONS)
    return evaluate([gold], lambda _: {"entities": entities, "relations": relations}, relaxed=relaxed).to_json()


def test_a_copy_of_the_gold_is_perfect() -> None:
    result = score(GOLD_ENTITIES, GOLD_RELATIONS)
    assert result["E:*"]["f1"] == result["R:*"]["f1"] == 1.0
    assert result["R:*"]["gold"] == 2


def test_an_alias_is_enough_and_marks_do_not_matter() -> None:
    found = [{"id": "x", "type": "Forum", "name": "“东湖 论坛”"}]
    assert score(found, [])["E:Forum"]["f1"] == 1.0


def test_a_second_name_for_the_same_thing_is_wrong() -> None:
    found = [{"id": "x", "type": "Forum", "name": "2025东湖论坛"}, {"id": "y", "type": "Forum", "name": "东湖论坛"}]
    assert score(found, [])["E:Forum"]["p"] == 0.5


def test_a_signing_has_no_direction_and_a_denied_fact_is_not_scored() -> None:
    turned = [
        {"type": "SIGNED_WITH", "head": "e3", "tail": "e2"},
        {"type": "HOSTED_BY", "head": "e1", "tail": "e3", "modality": "denied"},
    ]
    result = score(GOLD_ENTITIES, turned)
    assert result["R:SIGNED_WITH"]["f1"] == 1.0
    assert result["R:HOSTED_BY"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "gold": 1}


def test_half_a_name_is_right_only_when_relaxed() -> None:
    found = [{"id": "x", "type": "Organization", "name": "东湖大学医学院"}]
    assert score(found, [])["E:Organization"]["p"] == 0.0
    assert score(found, [], relaxed=True)["E:Organization"]["p"] == 1.0


def test_a_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="there"):
        list(read_gold(tmp_path))


def test_gold_without_its_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.gold.json").write_text(json.dumps({"doc": "a", "entities": [], "relations": []}))
    with pytest.raises(GoldError, match=r"a\.txt"):
        list(read_gold(tmp_path))


@pytest.mark.parametrize("relaxed", [False, True])
def test_figures_agree_with_the_shared_scorer(tmp_path: Path, relaxed: bool) -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared/eval is not here")
    extractor = Extractor()
    gold = list(read_gold(SHARED / "dev"))
    lines = [json.dumps(extractor.extract(item.document).to_json(), ensure_ascii=False) for item in gold]
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text("\n".join(lines), "utf8")
    command = [sys.executable, SHARED / "score.py", SHARED / "dev", predictions, "--json"]
    printed = subprocess.run([*command, *(["--relaxed"] if relaxed else [])], capture_output=True, check=True).stdout
    by_key = {json.loads(line)["doc"]: json.loads(line) for line in lines}
    result = evaluate(gold, lambda document: by_key[document.key], relaxed=relaxed).to_json()
    theirs = json.loads(printed)
    assert {name: result[name] for name in theirs} == theirs
    assert set(result) - set(theirs) <= {"roles", "modality", "dates", "confidence"}


DAY = {"from": "2025-07-26", "to": "2025-07-26", "precision": "day"}
DAYS = {"from": "2025-07-26", "to": "2025-07-28", "precision": "day"}


def compared(gold: list[dict[str, Any]], said: list[dict[str, Any]], denied: Any = ()) -> Evaluation:
    """What evaluation says of relations between the gold's own entities."""
    item = Gold(Document("d", ""), GOLD_ENTITIES, gold, list(denied))
    return evaluate([item], lambda _: {"entities": GOLD_ENTITIES, "relations": said})


@pytest.mark.parametrize(
    ("type_", "gold", "said", "strict", "lenient"),
    [
        ("SPEAKER_AT", "主旨演讲", "主旨演讲", True, True),
        ("SPEAKER_AT", "致辭", "致辞", True, True),
        ("SPEAKER_AT", "主旨演讲", "“主旨”演讲", True, True),
        ("SPEAKER_AT", "主旨演讲", "演讲", False, True),
        ("SPEAKER_AT", "讲话", "致辞", False, True),
        ("SPEAKER_AT", "致辞", "演讲", False, False),
        ("SPEAKER_AT", "致辞", "", False, False),
        ("HOSTED_BY", "主办", "举办", False, True),
        ("CO_HOSTED_BY", "共同主办", "联合主办", False, True),
        ("CO_HOSTED_BY", "协办", "主办", False, False),
        ("SUPPORTED_BY", "指导", "支持", False, False),
        ("ATTENDED", "主持", "出席", False, False),
        ("AFFILIATED_WITH", "数据资源司副司长", "副司长", False, True),
        ("AFFILIATED_WITH", "副司长", "司长", False, False),
        ("AFFILIATED_WITH", "前任主席", "主席", False, False),
        ("AFFILIATED_WITH", "名誉教授", "教授", False, False),
        ("AFFILIATED_WITH", "讲座教授", "教授", False, True),
        ("SIGNED_WITH", "航线数据共享的协议", "合作协议", False, True),
        ("SIGNED_WITH", "合作备忘录", "合作协议", False, False),
    ],
)
def test_roles_agree_when_equal_and_leniently_when_of_one_kind(
    type_: str, gold: str, said: str, strict: bool, lenient: bool
) -> None:
    assert agree(type_, gold, said) == (strict, lenient)


def test_roles_are_compared_by_type_where_the_gold_has_one() -> None:
    gold = [
        {"type": "HOSTED_BY", "head": "e1", "tail": "e2", "role": "主办"},
        {"type": "ORGANIZED_BY", "head": "e1", "tail": "e3", "role": "承办"},
        {"type": "HELD_IN", "head": "e1", "tail": "e4"},
    ]
    said = [{**gold[0], "role": "举办"}, {**gold[1], "role": None}, {**gold[2], "role": "举行"}]
    evaluation = compared(gold, said)
    assert evaluation.to_json()["roles"] == {
        "*": {"strict": 0.0, "lenient": 0.5, "none": 0.5, "gold": 2},
        "HOSTED_BY": {"strict": 0.0, "lenient": 1.0, "none": 0.0, "gold": 1},
        "ORGANIZED_BY": {"strict": 0.0, "lenient": 0.0, "none": 1.0, "gold": 1},
    }
    assert evaluation.errors["d"] == ["role missing where the gold says 承办: ORGANIZED_BY 2025东湖论坛 -> 西湖大学"]


def test_modality_is_a_table_and_a_denied_fact_that_is_asserted_is_an_error() -> None:
    gold = [
        {"type": "HOSTED_BY", "head": "e1", "tail": "e2", "modality": "planned"},
        {"type": "ORGANIZED_BY", "head": "e1", "tail": "e3", "modality": "planned"},
        {"type": "HELD_IN", "head": "e1", "tail": "e4"},
    ]
    denied = [{"type": "SIGNED_WITH", "head": "e2", "tail": "e3"}, {"type": "SUPPORTED_BY", "head": "e1", "tail": "e3"}]
    said = [
        {**gold[0], "modality": "planned"},
        {**gold[1], "modality": "held"},
        {"type": "SIGNED_WITH", "head": "e3", "tail": "e2"},
    ]
    evaluation = compared(gold, said, denied)
    figures = evaluation.to_json()["modality"]
    assert figures["accuracy"] == 0.3333
    assert figures["planned"] == {"p": 1.0, "r": 0.5, "f1": 0.6667, "gold": 2}
    assert figures["table"] == {
        "held": {"held": 0, "planned": 0, "denied": 0, "none": 1},
        "planned": {"held": 1, "planned": 1, "denied": 0, "none": 0},
        "denied": {"held": 1, "planned": 0, "denied": 0, "none": 1},
    }
    assert "held where the gold says denied: SIGNED_WITH 东湖大学 -> 西湖大学" in evaluation.errors["d"]
    assert evaluation.to_json()["R:SIGNED_WITH"]["p"] == 0.0


def test_a_gold_fact_that_the_system_denies_is_missed_and_counts_as_denied() -> None:
    gold = [{"type": "HOSTED_BY", "head": "e1", "tail": "e2", "modality": "planned"}]
    result = compared(gold, [{**gold[0], "modality": "denied"}]).to_json()
    assert result["R:HOSTED_BY"]["r"] == 0.0
    assert result["modality"]["table"]["planned"] == {"held": 0, "planned": 0, "denied": 1, "none": 0}


def test_dates_agree_in_both_days_and_precision() -> None:
    gold = [
        {"type": "HELD_IN", "head": "e1", "tail": "e4", "date": DAYS},
        {"type": "HOSTED_BY", "head": "e1", "tail": "e2", "date": DAYS},
        {"type": "ORGANIZED_BY", "head": "e1", "tail": "e3", "date": DAYS},
        {"type": "SIGNED_WITH", "head": "e2", "tail": "e3", "date": None},
        {"type": "SUPPORTED_BY", "head": "e1", "tail": "e3"},
    ]
    said = [{**gold[0]}, {**gold[1], "date": DAY}, {**gold[2], "date": None}, {**gold[3], "date": DAY}, {**gold[4]}]
    said[4]["date"] = DAY
    evaluation = compared(gold, said)
    assert evaluation.to_json()["dates"] == {
        "same": 0.3333,
        "overlapping": 0.6667,
        "none": 0.3333,
        "gold": 3,
        "invented": 1.0,
        "undated": 1,
    }
    assert len(evaluation.errors["d"]) == 3
    month = {"from": "2025-07-26", "to": "2025-07-28", "precision": "month"}
    assert compared(gold[:1], [{**gold[0], "date": month}]).to_json()["dates"]["same"] == 0.0


def test_gold_without_such_annotations_has_no_such_figures() -> None:
    gold = [{"type": "HELD_IN", "head": "e1", "tail": "e4"}]
    result = compared(gold, [{**gold[0], "modality": "planned", "date": DAY, "role": "举行"}]).to_json()
    assert not {"roles", "modality", "dates", "confidence"} & set(result)


def test_confidence_is_compared_with_the_truth_by_bucket() -> None:
    reliability = Reliability()
    for confidence, right in ((0.4, False), (0.6, True), (0.9, True), (1.0, True), (0.95, False)):
        reliability.add(confidence, right)
    assert reliability.to_json() == {
        "ece": round((0.4 + 0.4 + 3 * (2.85 / 3 - 2 / 3)) / 5, 4),
        "brier": round((0.16 + 0.16 + 0.01 + 0.0 + 0.9025) / 5, 4),
        "buckets": [
            {"from": 0.0, "to": 0.5, "count": 1, "confidence": 0.4, "right": 0.0},
            {"from": 0.5, "to": 0.7, "count": 1, "confidence": 0.6, "right": 1.0},
            {"from": 0.9, "to": 1.0, "count": 3, "confidence": 0.95, "right": 0.6667},
        ],
    }
    assert Reliability().to_json() == {"ece": 0.0, "brier": 0.0, "buckets": []}


def test_confidence_counts_wrong_relations_but_neither_optional_nor_denied_ones() -> None:
    said = [
        {"type": "HOSTED_BY", "head": "e1", "tail": "e2", "confidence": 0.9},
        {"type": "HOSTED_BY", "head": "e1", "tail": "e3", "confidence": 0.3},
        {"type": "HELD_IN", "head": "e1", "tail": "e4", "confidence": 0.7},
        {"type": "ORGANIZED_BY", "head": "e1", "tail": "e3", "confidence": 0.8, "modality": "denied"},
    ]
    assert sorted(compared(GOLD_RELATIONS, said).reliability.items) == [(0.3, False), (0.9, True)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"relations": [{**GOLD_RELATIONS[0], "modality": "perhaps"}]}, "perhaps"),
        ({"relations": [{**GOLD_RELATIONS[0], "date": {**DAY, "precision": "week"}}]}, "no date"),
        ({"relations": [{**GOLD_RELATIONS[0], "date": {**DAYS, "to": "2025-07-01"}}]}, "no date"),
        ({"relations": [{**GOLD_RELATIONS[0], "date": {"from": "2025-07-26"}}]}, "'to'"),
        ({"denied": GOLD_RELATIONS[:1]}, "both a relation and denied"),
    ],
)
def test_gold_that_breaks_the_form_is_an_error(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    record = {"doc": "a", "entities": GOLD_ENTITIES, "relations": GOLD_RELATIONS, **change}
    (tmp_path / "a.gold.json").write_text(json.dumps(record))
    (tmp_path / "a.txt").write_text("文")
    with pytest.raises(GoldError, match=said):
        list(read_gold(tmp_path))


def test_a_text_without_a_day_of_publication_has_that_of_its_annotation(tmp_path: Path) -> None:
    for name, text in (("a", "昨日开幕。"), ("b", "发布时间：2025-07-01\n昨日开幕。")):
        record = {"doc": name, "date": "2025-07-27", "entities": [], "relations": []}
        (tmp_path / f"{name}.gold.json").write_text(json.dumps(record))
        (tmp_path / f"{name}.txt").write_text(text)
    assert [item.document.date for item in read_gold(tmp_path)] == ["2025-07-27", "2025-07-01"]


# --- engines side by side


def documents(count: int) -> list[Gold]:
    return [Gold(Document(str(number), ""), GOLD_ENTITIES, GOLD_RELATIONS) for number in range(count)]


def right_on(*numbers: int) -> Callable[[Document], dict[str, Any]]:
    """An engine that finds all of some documents and nothing of others."""
    whole, nothing = {"entities": GOLD_ENTITIES, "relations": GOLD_RELATIONS}, {"entities": [], "relations": []}
    return lambda document: whole if int(document.key) in numbers else nothing


def test_the_same_engine_twice_is_no_better() -> None:
    for each in compare(documents(8), right_on(1, 2), right_on(1, 2), draws=500):
        assert (each.difference, each.low, each.high, each.p) == (0, 0, 0, 1)


def test_an_engine_that_is_better_on_every_document_is_better() -> None:
    entities, relations = compare(documents(12), right_on(*range(12)), right_on(), draws=999)
    assert (entities.of, relations.of) == ("E:*", "R:*")
    assert entities.difference == entities.low == entities.high == 1 and entities.p == 2 / 1000


def test_one_document_more_proves_nothing_and_the_figures_are_those_of_the_documents() -> None:
    gold, one, other = documents(10), right_on(0, 1, 2), right_on(1, 2)
    found = compare(gold, one, other)
    assert found == compare(gold, one, other), "chance begins anew each time"
    for each, kind in zip(found, "ER", strict=True):
        expected = evaluate(gold, one).total(kind).f1 - evaluate(gold, other).total(kind).f1
        assert each.difference == pytest.approx(expected) and each.low <= each.difference <= each.high
        assert each.low == 0 < each.high and each.p > 0.5
    backwards = compare(gold, other, one)
    assert [each.difference for each in backwards] == pytest.approx([-each.difference for each in found])
    assert [each.p for each in backwards] == [each.p for each in found]


@pytest.fixture
def two_articles(tmp_path: Path) -> Path:
    for name in ("mod-02", "mod-03"):
        for suffix in (".txt", ".gold.json"):
            (tmp_path / f"{name}{suffix}").write_bytes((TIME / f"{name}{suffix}").read_bytes())
    return tmp_path


def test_the_command_compares_engines_with_the_first(two_articles: Path) -> None:
    command = [HUITU, "evaluate", two_articles, "--engine", "hanlp1,hanlp1@all"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "F1 against hanlp1, by 10,000 draws" in said and "+0.000 to +0.000" in said and "1.0000" in said
    found = json.loads(subprocess.run([*command, "--json"], capture_output=True, check=True).stdout)
    assert list(found["engines"]) == ["hanlp1", "hanlp1@all"]
    assert found["engines"]["hanlp1"] == found["engines"]["hanlp1@all"]
    assert [(each["engine"], each["against"], each["of"]) for each in found["differences"]] == [
        ("hanlp1@all", "hanlp1", "E:*"),
        ("hanlp1@all", "hanlp1", "R:*"),
    ]
