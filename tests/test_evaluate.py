"""Evaluation follows the guideline, and agrees with the scorer of the shared folder where that is at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extract import Extractor, GoldError
from extract.evaluate import Gold, evaluate, read_gold
from graph.schema import Document

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
    assert result == json.loads(printed)
