"""Each relation family on sentences with their names marked: what it must find, and what it must not.

``[O东湖大学]`` marks a name: P person, O organisation, F forum, I initiative, L place; the same name is one thing.
"""

from __future__ import annotations

import pytest
from marked import analysed

from graph.schema import Modality


def facts(marked: str) -> set[str]:
    """The facts of a marked text as ``TYPE head tail``, denied ones with ``not`` before them."""
    found = analysed(marked)
    return {
        ("not " if fact.modality is Modality.DENIED else "")
        + f"{fact.type} {found.things[fact.head].names[0]} {found.things[fact.tail].names[0]}"
        for fact in found.facts
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[F甲会]由[O乙局]主办，[O丙院]承办。", {"HOSTED_BY 甲会 乙局", "ORGANIZED_BY 甲会 丙院"}),
        ("[F甲会]由[O乙局]、[L丙市]联合主办。", {"CO_HOSTED_BY 甲会 乙局", "CO_HOSTED_BY 甲会 丙市"}),
        ("[O乙局]主办的[F甲会]开幕。", {"HOSTED_BY 甲会 乙局"}),
        ("[F甲会]开幕。\n主办单位：[O乙局]\n支持单位：[O丙会]", {"HOSTED_BY 甲会 乙局", "SUPPORTED_BY 甲会 丙会"}),
        ("[F甲会]在[O乙局]指导下举行。", {"SUPPORTED_BY 甲会 乙局"}),
        ("[F甲会]由[O乙联盟](乙联)、[O丙局]共同主办。", {"CO_HOSTED_BY 甲会 乙联盟", "CO_HOSTED_BY 甲会 丙局"}),
        ("[F甲会]闭幕。[O乙局]、[O丙院]作为联合承办方。", {"ORGANIZED_BY 甲会 乙局", "ORGANIZED_BY 甲会 丙院"}),
        ("[P张三]出席[F甲会]并致辞。", {"SPEAKER_AT 张三 甲会"}),
        ("[F甲会]举行。[P张三]、[P李四]出席，[P王五]主持。", {f"ATTENDED {p} 甲会" for p in ("张三", "李四", "王五")}),
        ("[P张三]会见来华出席[F甲会]的[L乙国]总统[P李四]。", {"ATTENDED 李四 甲会", "AFFILIATED_WITH 李四 乙国"}),
        ("[F甲会]举行。[P张三]因故未能出席。", {"not ATTENDED 张三 甲会"}),
        ("[O乙大学]教授[P张三]", {"AFFILIATED_WITH 张三 乙大学"}),
        ("[O乙院]院士、[O丙大学]教授[P张三]", {"AFFILIATED_WITH 张三 乙院", "AFFILIATED_WITH 张三 丙大学"}),
        ("[O东湖市委]常委、副市长[P张三]在[L东湖市]。",
         {"AFFILIATED_WITH 张三 东湖市委", "AFFILIATED_WITH 张三 东湖市"}),
        ("[L乙国]驻[L丙市]总领事[P张三]", {"AFFILIATED_WITH 张三 乙国"}),
        ("[O甲公司]与[O乙大学]签署协议。", {"SIGNED_WITH 甲公司 乙大学"}),
        ("[O乙大学]校园网讯。我校与[O甲公司]签署协议。", {"SIGNED_WITH 乙大学 甲公司"}),
        ("[O甲公司]与[O乙大学]、[O丙院]分别签约。", {"SIGNED_WITH 甲公司 乙大学", "SIGNED_WITH 甲公司 丙院"}),
        ("[L甲区]与[L乙市]、[L丙区]与[L丁县]分别签订协议。", {"SIGNED_WITH 甲区 乙市", "SIGNED_WITH 丙区 丁县"}),
        ("[O甲局]、[O乙会]联合发布《[I丙倡议]》。", {"LAUNCHED 甲局 丙倡议", "LAUNCHED 乙会 丙倡议"}),
        ("[P张三]主席提出的[I甲倡议]、[I乙倡议]", {"LAUNCHED 张三 甲倡议", "LAUNCHED 张三 乙倡议"}),
        ("[F甲会]上，[O乙局]启动[I丙计划]。", {"LAUNCHED 乙局 丙计划", "ANNOUNCED_AT 丙计划 甲会"}),
        ("[O甲局]发起[I丙计划]，[L乙市]率先加入。", {"LAUNCHED 甲局 丙计划", "MEMBER_OF 乙市 丙计划"}),
        ("[O甲公司]是[O乙联盟]理事单位。", {"MEMBER_OF 甲公司 乙联盟"}),
        ("[F甲会]在[L乙市]举行。", {"HELD_IN 甲会 乙市"}),
        ("[F甲会]期间，[F乙论坛]举行。", {"PART_OF 乙论坛 甲会"}),
    ],
)  # fmt: skip
def test_the_grammar_finds(text: str, expected: set[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "[O甲公司]和[O乙大学]都在[L丙市]。",
        "在[P张三]见证下，合作继续推进。",
        "[P张三]参加会见。[P李四]参加工作三十年。",
        "[O甲局]支持[O乙公司]发展。",
        "签约仪式前，[O甲公司]参观了[O乙大学]。",
    ],
)
def test_the_grammar_does_not_find(text: str) -> None:
    assert facts(text) == set()


def test_facts_of_one_item_of_a_digest_do_not_leak_into_the_next() -> None:
    items = [f"● [F第{n}会]举行\n[F第{n}会]开幕。[P第{n}人]致辞。" for n in ("甲", "乙", "丙")]
    found = {fact for fact in facts("一周会讯\n" + "\n".join(items)) if fact.startswith("SPEAKER_AT")}
    assert found == {f"SPEAKER_AT 第{n}人 第{n}会" for n in ("甲", "乙", "丙")}
