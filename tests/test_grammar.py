"""Each relation family on sentences with their names marked: what it must find, and what it must not.

``[O东湖大学]`` marks a name: P person, O organisation, F forum, I initiative, L place; the same name is one thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from marked import analysed

from extract.grammar import FAMILIES
from graph.schema import Modality

CORPUS = Path(__file__).parent / "corpus"


def facts(marked: str) -> set[str]:
    """The facts of a marked text as ``TYPE head tail``, with ``not`` or ``planned`` before those that were not held."""
    found = analysed(marked)
    return {
        {Modality.DENIED: "not ", Modality.PLANNED: "planned "}.get(fact.modality, "")
        + f"{fact.type} {found.things[fact.head].names[0]} {found.things[fact.tail].names[0]}"
        for fact in found.facts
    }


def examples() -> Iterator[tuple[str, str, set[str]]]:
    """(family, marked text, facts) from the files of ``tests/corpus``."""
    for family in FAMILIES:
        name = family.__name__.rpartition(".")[2]
        lines = (CORPUS / f"{name}.txt").read_text("utf8").splitlines()
        pairs = [line for line in lines if not line.startswith("#")]
        for text, expected in zip(pairs[::2], pairs[1::2], strict=True):
            found = set() if expected.strip() == "-" else set(expected.strip().split("; "))
            yield name, text.replace("\\n", "\n"), found


@pytest.mark.parametrize(("family", "text", "expected"), list(examples()))
def test_the_grammar_finds_this_and_no_more(family: str, text: str, expected: set[str]) -> None:
    assert facts(text) == expected, family


def test_each_family_has_examples_of_what_it_finds_and_what_it_does_not() -> None:
    for family in FAMILIES:
        own = [expected for name, _, expected in examples() if family.__name__.endswith(name)]
        assert any(own), family
        assert not all(own), family


def test_facts_of_one_item_of_a_digest_do_not_leak_into_the_next() -> None:
    items = [f"● [F第{n}会]举行\n[F第{n}会]开幕。[P第{n}人]致辞。" for n in ("甲", "乙", "丙")]
    found = {fact for fact in facts("一周会讯\n" + "\n".join(items)) if fact.startswith("SPEAKER_AT")}
    assert found == {f"SPEAKER_AT 第{n}人 第{n}会" for n in ("甲", "乙", "丙")}


def test_headlines_above_every_paragraph_make_a_digest() -> None:
    items = [f"[F第{n}会]今日举行\n[F第{n}会]开幕。代表很多。" for n in ("甲", "乙", "丙")]
    text = "\n".join([*items, "市长今日致辞\n[P张三]致辞。代表很多。"])
    assert not any(fact.startswith("SPEAKER_AT") for fact in facts("每日播报\n" + text))
    assert "SPEAKER_AT 张三 第丙会" in facts("每日播报\n" + text.replace("市长今日致辞\n", ""))
