"""The figures of identity on the gold names: recorded ones do not fall, what is merged is right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.evaluate import BadNamesGold, PairScore, evaluate_identity, read_clusters, read_pairs

GOLD = Path(__file__).resolve().parents[1] / "gold" / "identity"


def test_what_is_merged_is_right_and_no_figure_falls_below_the_recorded_one() -> None:
    quality = evaluate_identity(GOLD)
    found, recorded = quality.to_json(), json.loads((GOLD / "figures.json").read_text("utf8"))
    assert quality.total.precision >= 0.99 and quality.b_cubed_precision >= 0.99
    for name in ("pairs", "b_cubed"):
        for figure in ("precision", "recall"):
            assert found[name][figure] >= recorded[name][figure], (name, figure, quality.errors)
    assert found["kinds"].keys() == recorded["kinds"].keys()
    fallen = {
        kind: score for kind, score in found["kinds"].items() if score["right"] < recorded["kinds"][kind]["right"]
    }
    assert not fallen, "lower than recorded; 'huitu evaluate gold/identity --identity --errors' shows where"


def test_the_gold_is_large_and_has_hard_negatives_of_every_type() -> None:
    pairs, clusters = list(read_pairs(GOLD / "pairs.tsv")), list(read_clusters(GOLD / "clusters.tsv"))
    assert len(pairs) >= 220 and len(clusters) >= 60
    assert len({(pair.type, frozenset((pair.one, pair.other))) for pair in pairs}) == len(pairs)
    assert {pair.type for pair in pairs if not pair.same} == {pair.type for pair in pairs}


def folder(path: Path, pairs: str, clusters: str) -> Path:
    (path / "pairs.tsv").write_text(pairs, "utf8")
    (path / "clusters.tsv").write_text(clusters, "utf8")
    return path


def test_precision_and_recall_count_pairs_and_b_cubed_counts_names(tmp_path: Path) -> None:
    pairs = (
        "Place\t武汉\t武汉市\tsame\ta",
        "Place\t武汉\t湖北武汉\tdifferent\ta",
        "Place\t江城\t武汉\tsame\ta",
        "Place\t甲\t乙\tdifferent\tb",
    )
    # Found: {武汉, 武汉市, 中国武汉}, {江城}. True: {武汉, 武汉市, 江城}, {中国武汉}.
    quality = evaluate_identity(folder(tmp_path, "\n".join(pairs), "Place\t武汉|武汉市|江城\nPlace\t中国武汉\n"))
    assert quality.total == PairScore(right=1, wrong=1, missed=1, apart=1)
    assert (quality.total.precision, quality.total.recall) == (0.5, 0.5)
    assert quality.kinds["Place b"].precision == quality.kinds["Place b"].recall == 1.0
    assert quality.b_cubed_precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert quality.b_cubed_recall == pytest.approx((2 / 3 + 2 / 3 + 1 + 1 / 3) / 4)
    assert [error.split(":")[0] for error in quality.errors] == ["wrong", "missed", "wrong"]


@pytest.mark.parametrize(
    ("pairs", "clusters", "problem"),
    [
        ("Place\t甲\t乙\tsame\n", "Place\t甲\n", r"pairs.tsv, line 1: 4 fields"),
        ("# c\nPlace\t甲\t乙\tyes\tk\n", "Place\t甲\n", r"line 2: 'yes'"),
        ("Town\t甲\t乙\tsame\tk\n", "Place\t甲\n", "unknown type 'Town'"),
        ("Place\t甲\t乙\tsame\tk\n", "Place\t甲|乙\nPlace\t乙\n", r"clusters.tsv, line 2: '乙' stands"),
    ],
)
def test_a_line_that_breaks_the_format_is_refused_with_its_place(
    tmp_path: Path, pairs: str, clusters: str, problem: str
) -> None:
    with pytest.raises(BadNamesGold, match=problem):
        evaluate_identity(folder(tmp_path, pairs, clusters))
