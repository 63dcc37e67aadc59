"""The figures on the held-back part of the gold corpus do not fall."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extract import Extractor
from extract.evaluate import evaluate, read_gold

GOLD = Path(__file__).resolve().parents[1] / "gold"
TOLERANCE = 0.01
# Figures of which a higher one is worse, and those that only tell how much was compared.
WORSE, SIZES = {"none", "invented"}, {"docs", "gold", "found", "undated"}


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def figures(recorded: dict[str, Any], now: dict[str, Any], path: str = "") -> Iterator[tuple[str, float, float]]:
    """Each recorded figure with the one of now, by its path."""
    for name, value in recorded.items():
        if isinstance(value, dict):
            yield from figures(value, now[name], f"{path}{name}.")
        else:
            yield path + name, now[name], value


@pytest.mark.parametrize("folder", ["dev", "test", "time"])
def test_no_figure_falls_below_the_recorded_one(folder: str, extractor: Extractor) -> None:
    result = evaluate(read_gold(GOLD / folder), lambda document: extractor.extract(document).to_json()).to_json()
    recorded = json.loads((GOLD / "figures.json").read_text("utf8"))[folder]
    assert recorded["docs"] == result["docs"]
    fallen = {}
    for path, now, before in figures(recorded, result):
        name = path.rsplit(".", 1)[-1]
        lower = before - now if name not in WORSE else now - before
        if name not in {*SIZES, "p", "r"} and lower > TOLERANCE:
            fallen[path] = (now, before)
    assert not fallen, f"worse than recorded (now, recorded); 'huitu evaluate gold/{folder} --errors' shows where"


def test_nothing_of_the_held_back_parts_is_trained_on() -> None:
    trained = {path.name for path in (GOLD / "train").iterdir()}
    for folder in ("dev", "test", "time"):
        assert not {path.name for path in (GOLD / folder).iterdir()} & trained
