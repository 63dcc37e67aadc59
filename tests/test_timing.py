"""Facts have the days that the text gives them, and are planned or denied where it says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from marked import analysed

from extract import Extractor
from extract.grammar import with_times
from extract.sources import read_documents
from graph.schema import Modality

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def times(marked: str, published: str = "2025-07-27") -> dict[str, str]:
    """``TYPE head tail`` to its days and, where it was not held, its modality."""
    found = with_times(analysed(marked, published))
    said = {}
    for fact in found.facts:
        days = "" if fact.date is None else f"{fact.date.first}/{fact.date.last}"
        mode = "" if fact.modality is Modality.HELD else f" {fact.modality}"
        ends = (found.things[end].names[0] for end in (fact.head, fact.tail))
        said[" ".join((fact.type, *ends))] = f"{days}{mode}".strip()
    return said


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("[F甲会]将于7月28日至30日在[L乙市]举行。", "HELD_IN 甲会 乙市", "2025-07-28/2025-07-30 planned"),
        ("[F甲会]昨日在[L乙市]揭幕，为期三天。", "HELD_IN 甲会 乙市", "2025-07-26/2025-07-28"),
        ("为期三天的[F甲会]昨日在[L乙市]闭幕。", "HELD_IN 甲会 乙市", "2025-07-24/2025-07-26"),
        ("7月26日，[F甲会]在[L乙市]开幕。[F甲会]将于28日闭幕。", "HELD_IN 甲会 乙市", "2025-07-26/2025-07-28"),
        ("[F甲会]26日在[L乙市]开幕。[F甲会]将持续至29日。", "HELD_IN 甲会 乙市", "2025-07-26/2025-07-29"),
        ("定于8月中旬举办[F甲会]。\n主办单位：[O乙局]\n时间：8月19日—21日（18日报到）",
         "HOSTED_BY 甲会 乙局", "2025-08-19/2025-08-21 planned"),
        ("[F甲会]\n【时间】2025年8月19日\n主办单位：[O乙局]", "HOSTED_BY 甲会 乙局", "2025-08-19/2025-08-19 planned"),
        ("[F甲会]开幕\n时间：2025-07-27　来源：乙报\n7月26日，[F甲会]在[L乙市]开幕。", "HELD_IN 甲会 乙市",
         "2025-07-26/2025-07-26"),
        ("[F首届甲会]于2023年在[L乙市]举行。", "HELD_IN 首届甲会 乙市", "2023-01-01/2023-12-31"),
        ("新华社[L乙市]7月27日电 记者今天获悉，[F甲会]将于下周三在[L乙市]开幕。", "HELD_IN 甲会 乙市",
         "2025-07-30/2025-07-30 planned"),
        ("7月20日，作为[F甲节]的配套活动，[F甲会]在[L乙市]举行。", "HELD_IN 甲会 乙市", "2025-07-20/2025-07-20"),
        ("[F甲会]计划于明年在[L乙市]举办。", "HELD_IN 甲会 乙市", "2026-01-01/2026-12-31 planned"),
    ],
)  # fmt: skip
def test_a_forum_has_all_its_days(text: str, fact: str, expected: str) -> None:
    assert times(text)[fact] == expected


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("7月25日至27日，[F甲会]在[L乙市]举行。26日，[P张三]在[F甲会]上作报告。", "SPEAKER_AT 张三 甲会",
         "2025-07-26/2025-07-26"),
        ("7月25日至27日，[F甲会]举行。[F甲会]上，[P张三]作报告。", "SPEAKER_AT 张三 甲会", "2025-07-25/2025-07-27"),
        ("7月26日，[F甲会]在[L乙市]开幕，为期三天。[F甲会]上，[P张三]作报告。", "SPEAKER_AT 张三 甲会",
         "2025-07-26/2025-07-26"),
        ("7月25日，[F甲会]在[L乙市]开幕，为期两天。[P张三]在[F甲会]开幕式上致辞。", "SPEAKER_AT 张三 甲会",
         "2025-07-25/2025-07-25"),
        ("[P张三]23日在[L乙市]出席[F甲会]。[F甲会]上，[P李四]作报告。", "SPEAKER_AT 李四 甲会",
         "2025-07-23/2025-07-23"),
        ("7月26日，[F甲会]在[L乙市]开幕。[P张三]在[F甲会]上致辞时说，去年产值增长一成。", "SPEAKER_AT 张三 甲会",
         "2025-07-26/2025-07-26"),
        ("上周五，[O甲公司]与[O乙大学]签署协议。", "SIGNED_WITH 甲公司 乙大学", "2025-07-18/2025-07-18"),
        ("[O甲公司]与[O乙大学]签署协议\n7月25日，[O甲公司]与[O乙大学]在[L丙市]举行会谈。",
         "SIGNED_WITH 甲公司 乙大学", "2025-07-25/2025-07-25"),
        ("近日，[O甲公司]与[O乙大学]签署协议。本月8日，双方曾会谈。", "SIGNED_WITH 甲公司 乙大学", ""),
        ("7月25日，[F甲会]在[L乙市]举行。[P张三]表示，[L丙国]支持[O丁局]提出的[I戊倡议]。", "LAUNCHED 丁局 戊倡议", ""),
        ("7月25日，[F甲会]在[L乙市]举行。[O丙公司]、[O丁大学]将共建[O戊实验室]。", "LAUNCHED 丙公司 戊实验室",
         "planned"),
        ("8月19日\n[F甲论坛]由[O乙局]主办。", "HOSTED_BY 甲论坛 乙局", "2025-08-19/2025-08-19 planned"),
        ("[O甲局]公布[I乙规定]，自8月1日起施行。", "LAUNCHED 甲局 乙规定", ""),
    ],
)  # fmt: skip
def test_an_act_has_its_day(text: str, fact: str, expected: str) -> None:
    assert times(text)[fact] == expected


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("[F甲会]将于8月1日举行。[F甲会]由[O乙局]主办。", "HOSTED_BY 甲会 乙局", "2025-08-01/2025-08-01 planned"),
        ("[F甲会]拟邀请[P张三]作报告。", "SPEAKER_AT 张三 甲会", "planned"),
        ("原定于7月20日在[L乙市]举行的[F甲会]因故推迟，时间另行通知。[F甲会]由[O丙局]主办。", "HOSTED_BY 甲会 丙局",
         "denied"),
        ("原定于7月20日在[L乙市]举行的[F甲会]延期至8月12日至14日举办。[F甲会]由[O丙局]主办。", "HOSTED_BY 甲会 丙局",
         "2025-08-12/2025-08-14 planned"),
        ("原计划8月2日在[L乙市]举行的[F甲会]取消。", "HELD_IN 甲会 乙市", "denied"),
        ("7月25日，[F甲会]举行。原定作报告的[P张三]因故未能出席。", "ATTENDED 张三 甲会", "denied"),
        ("7月25日，[F甲会]举行。受邀的[O乙公司]没有参展。", "ATTENDED 乙公司 甲会", "denied"),
        ("[O甲公司]与[O乙大学]原拟签署的协议推迟签署。", "SIGNED_WITH 甲公司 乙大学", "denied"),
        ("[O甲公司]尚未与[O乙大学]签约。", "SIGNED_WITH 甲公司 乙大学", "denied"),
        ("有消息称[F甲会]由[O乙局]主办，[O乙局]对此予以否认。", "HOSTED_BY 甲会 乙局", "denied"),
    ],
)  # fmt: skip
def test_what_is_planned_or_called_off_is_said_so(text: str, fact: str, expected: str) -> None:
    said = times(text)[fact]
    assert said == expected or said.endswith(f" {expected}")


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("7月25日，原定三天的[F甲会]压缩为一天，在[L乙市]举行。", "HELD_IN 甲会 乙市"),
        ("7月25日，[F甲会]举行。[P张三]作题为《共同开创美好明天》的报告。", "SPEAKER_AT 张三 甲会"),
        ("7月25日，[O甲局]发布[I乙计划]，内容前所未有。", "LAUNCHED 甲局 乙计划"),
        ("[F甲会]明年举行。7月25日，[O甲公司]与[O乙大学]签署了协议。", "SIGNED_WITH 甲公司 乙大学"),
        ("7月25日，[F甲会]在[L乙市]举行。[F甲会]将于今日闭幕。", "HELD_IN 甲会 乙市"),
        ("[F甲会]取消门票。7月25日，[F甲会]在[L乙市]举行。", "HELD_IN 甲会 乙市"),
    ],
)
def test_what_took_place_is_not_taken_for_planned_or_denied(text: str, fact: str) -> None:
    said = times(text)[fact]
    assert "planned" not in said
    assert "denied" not in said


def test_posts_have_no_date() -> None:
    assert times("7月25日，[O甲局]局长[P张三]在[L乙市]。") == {"AFFILIATED_WITH 张三 甲局": ""}


def test_a_later_edition_says_nothing_of_this_one() -> None:
    text = "7月25日，[F甲大会]在[L乙市]举行。下届大会拟于明年5月举行。"
    assert times(text)["HELD_IN 甲大会 乙市"] == "2025-07-25/2025-07-25"


def test_days_are_in_order_and_a_held_fact_is_not_after_its_report() -> None:
    extractor = Extractor()
    seen = 0
    for document in read_documents([SAMPLES], on_skip=lambda _: None):
        for relation in extractor.extract(document).relations:
            if relation.date is not None:
                seen += 1
                assert relation.date.first <= relation.date.last
                if relation.modality is Modality.HELD and document.date is not None:
                    assert relation.date.first <= document.date
    assert seen


def test_without_a_day_of_publication_a_plan_is_known_by_its_words() -> None:
    found = analysed("[F甲会]将在[L乙市]举行。[F甲会]由[O丙局]主办。")
    facts = with_times(replace(found, document=replace(found.document, date=None))).facts
    assert {fact.modality for fact in facts} == {Modality.PLANNED}
