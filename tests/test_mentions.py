"""What a proposer takes too much of is shaved, what is no name is dropped, and what wording gives away is added."""

from __future__ import annotations

import pytest

from extract.analysis import Mention
from extract.mentions.patterns import patterned
from extract.mentions.trim import trim
from extract.segmenter import HanLP1
from graph.schema import EntityType

TYPES = {kind.value[0]: kind for kind in EntityType if kind is not EntityType.PLACE} | {"L": EntityType.PLACE}


def trimmed(text: str, proposals: str) -> list[str]:
    """What is left of proposals written ``F韩正巡视链博会 P韩正``, as ``F链博会`` and the like."""
    letters = {kind: letter for letter, kind in TYPES.items()}
    found = []
    for proposal in proposals.split(" "):
        start = text.index(proposal[1:])
        found.append(Mention(start, start + len(proposal) - 1, TYPES[proposal[0]], 0.8, "test"))
    kept = trim(text, found, HanLP1().tokens(text))
    return [letters[m.type] + text[m.start : m.end] for m in kept]


@pytest.mark.parametrize(
    ("text", "proposals", "expected"),
    [
        ("韩正巡视链博会展馆。", "P韩正 F韩正巡视链博会", ["P韩正", "F链博会"]),
        ("韩正欢迎各方。", "P韩正欢", ["P韩正"]),
        ("首席技术官杨宇昕介绍产品。", "P官杨宇昕", ["P杨宇昕"]),
        ("由应急管理部主办。", "O应急管理部", ["O应急管理部"]),
        ("由同济大学主办。", "O同济大学", ["O同济大学"]),
        ("我校法学院院长到会。", "O我校法学院", ["O法学院"]),
        ("江城大学人事处处长到会。", "O江城大学人事处", ["O江城大学"]),
        ("2024年第四届金陵大会在苏州举行。", "F2024年第四届金陵大会", ["F第四届金陵大会"]),
        ("《支持北京市先行先试工作方案》印发。", "I北京市先行先试工作方案", ["I支持北京市先行先试工作方案"]),
        (
            "听取了刘明作的大会秘书处关于甲会议二次会议的汇报。",
            "F刘明作的大会秘书处关于甲会议二次会议",
            ["F甲会议二次会议"],
        ),
        ("甲调查组召开第一次甲乙会议。", "F甲调查组召开第一次甲乙会议", ["F第一次甲乙会议"]),
        ("会长李毅中和学会到会。", "P李毅中", ["P李毅中"]),
        ("世界经济论坛主席施瓦布出席。", "F世界经济论坛", ["O世界经济论坛"]),
        ("会议由两岸企业家峰会主办。", "F两岸企业家峰会", ["O两岸企业家峰会"]),
        ("阿拉伯国家人士表示欢迎。", "L阿拉伯国家人士", ["L阿拉伯国家"]),
    ],
)
def test_a_name_has_its_true_bounds_and_type(text: str, proposals: str, expected: list[str]) -> None:
    assert trimmed(text, proposals) == expected


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("还将举行30余场专业性论坛。", "F30余场专业性论坛"),
        ("参观了数字科技展区。", "O数字科技"),
        ("推动人工智能科技创新与产业创新深度融合。", "F人工智能科技创新与产业创新深度融合"),
        ("国家主席致贺信。", "P贺信"),
        ("作题为“Federated Sensing in the Wild”的报告。", "PFederated Sensing in the Wild"),
        ("由校长办公室承担。", "O校长办公室"),
        ("他们加入联盟。", "O联盟"),
        ("《实施方案》提出目标。", "I实施方案"),
        ("批准《中华人民共和国和甲乙共和国引渡条约》。", "I中华人民共和国和甲乙共和国引渡条约"),
        ("记者齐岚森摄", "P齐岚森"),
        ("大会以“携手共建绿色丝路联盟”为主题。", "O绿色丝路联盟"),
        ("来源:太湖新闻网", "L太湖"),
        ("龙头企业和高校到会。", "O龙头企业"),
    ],
)
def test_what_is_no_name_is_dropped(text: str, proposal: str) -> None:
    start = text.index(proposal[1:])
    found = Mention(start, start + len(proposal) - 1, TYPES[proposal[0]], 0.8, "test")
    assert list(trim(text, [found], HanLP1().tokens(text))) == []


def test_commemorations_are_forums() -> None:
    text = "今天,庆祝中国民主促进会成立80周年大会在京举行。"
    assert {text[m.start : m.end] for m in patterned(text, [], [])} == {"庆祝中国民主促进会成立80周年大会"}


def test_a_body_before_a_bare_edition_belongs_to_the_forum() -> None:
    text = "他向拉美和加勒比国家共同体第七届峰会致辞。"
    body, edition = "拉美和加勒比国家共同体", "第七届峰会"
    at = text.index(body)
    parts = [
        Mention(at, at + len(body), EntityType.ORGANIZATION, 0.9, "test"),
        Mention(at + len(body), at + len(body + edition), EntityType.FORUM, 0.9, "test"),
    ]
    assert {text[m.start : m.end] for m in patterned(text, parts, [])} == {body + edition}


def test_what_is_held_for_the_founding_of_a_body_is_a_forum() -> None:
    text = "高校智库联盟成立大会举行。"
    body = Mention(0, 6, EntityType.ORGANIZATION, 0.9, "test")
    assert [text[m.start : m.end] for m in patterned(text, [body], [])] == ["高校智库联盟成立大会"]
    assert list(patterned("高校智库联盟成立,大会开幕。", [body], [])) == []


def test_nothing_is_added_to_plain_prose() -> None:
    assert list(patterned("大家庆祝丰收，纪念品很多。大会开幕。", [], [])) == []
