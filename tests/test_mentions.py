"""What a proposer takes too much of is shaved, what is no name is dropped, and what wording gives away is added."""

from __future__ import annotations

import pytest

from extract.analysis import Mention
from extract.extractor import Extractor
from extract.mentions.patterns import patterned
from extract.mentions.trim import trim
from extract.segmenter import HanLP1
from graph.schema import Document, EntityType, RelationType

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
        ("听取了审议最高人民检察院报告。", "O审议最高人民检察院", ["O最高人民检察院"]),
        ("新一届中央政治局产生。", "O新一届中央政治局", ["O中央政治局"]),
        ("在甲乙生态思想指引下前进，实施甲乙战略指引。", "I甲乙战略指引", ["I甲乙战略"]),
        ("太湖峰会首办云溪市长论坛。", "F太湖峰会首办云溪市长论坛", ["F太湖峰会", "F云溪市长论坛"]),
        ("太湖智联会,云溪论坛等举行。", "F太湖智联会,云溪论坛", ["F太湖智联会", "F云溪论坛"]),
        ("中共中央国务院发来贺词。", "O中共中央国务院", ["O中共中央", "O国务院"]),
        ("云溪大学林昌健教授任执委会主席。", "O云溪大学林昌健教授任执委会", ["O云溪大学"]),
        ("云溪市政协港澳委员会副主任到会。", "O云溪市政协港澳委员会", ["O云溪市政协"]),
        ("甲会在云溪大学隆重召开。", "O云溪大学", ["L云溪大学"]),
        ("云溪大学召开甲会。", "O云溪大学", ["O云溪大学"]),
        ("教育部启动2026年职教活动周。", "F2026年职教活动周", ["I2026年职教活动周"]),
        ("2026年职教活动周今天在云溪启动。", "F2026年职教活动周", ["F2026年职教活动周"]),
        ("总台“云溪行”融媒体行动举行。", "F总台“云溪行”融媒体行动", ["I总台“云溪行”融媒体行动"]),
        ("发布《云溪故事》案例集。", "I《云溪故事》案例集", ["I云溪故事"]),
        ("高度评价云溪峰会成果。", "F高度评价云溪峰会", ["F云溪峰会"]),
        ("云溪论坛理事长致辞。云溪论坛举行。", "F云溪论坛 F云溪论坛", ["O云溪论坛", "O云溪论坛"]),
        ("担任云溪论坛共同主席国。", "F云溪论坛", ["F云溪论坛"]),
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
        ("有关专门委员会负责人到会。", "O有关专门委员会"),
        ("银昆高速云溪1号大桥合龙", "F银昆高速云溪1号大桥合龙"),
        ("云溪湖进入候鸟高峰期", "F云溪湖进入候鸟高峰期"),
        ("云溪法院发布民事纠纷司法解释", "F云溪法院发布民事纠纷司法解释"),
        ("推动“中国智造”跑出加速度。", "I中国智造"),
        ("文化节目《云溪大会》播出。", "F云溪大会"),
        ("纪录片《云溪河》播出。", "I云溪河"),
        ("甲乙生态思想深入人心。", "I甲乙生态思想"),
        ("云溪高铁东段控制性工程开工。", "I云溪高铁东段控制性工程"),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在北京共同主持第七轮甲乙政府磋商。", {"第七轮甲乙政府磋商"}),
        ("第二届“民主:共同价值”国际论坛举行。", {"第二届“民主:共同价值”国际论坛"}),
        ("近日,甲市与乙集团战略合作协议签署仪式在丙市举行。", {"甲市与乙集团战略合作协议签署仪式"}),
        ("签约仪式在丙市举行。", set()),
        ("在省部级干部专题研讨班上发表讲话。", {"省部级干部专题研讨班"}),
        ("杭州亚运会和亚残运会如期举办。", {"杭州亚运会"}),
        ("发布了推进新一代甲产业发展的实施意见。", {"推进新一代甲产业发展的实施意见"}),
        ("甲会在国家甲滑雪中心“雪如意”开幕。", {"国家甲滑雪中心“雪如意”"}),
    ],
)
def test_wording_gives_names_away(text: str, expected: set[str]) -> None:
    assert {text[m.start : m.end] for m in patterned(text, [], [])} == expected


def test_who_signs_is_named_within_the_name_of_the_ceremony() -> None:
    text = "近日,云溪市人民政府与太湖集团战略合作框架协议签署仪式在北京举行。"
    extraction = Extractor().extract(Document("d", text))
    names = {entity.id: entity.name for entity in extraction.entities}
    ceremony = text.removeprefix("近日,").removesuffix("在北京举行。")
    assert set(names.values()) == {"云溪市人民政府", "太湖集团", ceremony, "北京"}
    [signed] = [r for r in extraction.relations if r.type is RelationType.SIGNED_WITH]
    assert [names[each] for each in (signed.head, signed.tail, signed.at) if each] == [
        "云溪市人民政府",
        "太湖集团",
        ceremony,
    ]


def test_nothing_is_added_to_plain_prose() -> None:
    assert list(patterned("大家庆祝丰收，纪念品很多。大会开幕。", [], [])) == []
