"""Names against HanLP's words and the lexicons: bounds, what is no name, what the CRF has not seen."""

from __future__ import annotations

import pytest

from extract.analysis import Mention
from extract.mentions.known import governments, known
from extract.mentions.offices import office_bodies, office_states
from extract.mentions.patterns import patterned
from extract.mentions.words import fit, listed, officers, scholars, spaced, titled
from extract.segmenter import HanLP1
from graph.schema import EntityType

PERSON, BODY, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE


def mention(text: str, name: str, type: EntityType, score: float = 0.7) -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), type, score, "test")


def fitted(text: str, name: str, type: EntityType) -> list[str]:
    return [text[m.start : m.end] for m in fit([mention(text, name, type)], HanLP1().tokens(text))]


@pytest.mark.parametrize(
    ("text", "name", "type", "expected"),
    [
        ("日本前首相福田康夫致辞。", "田康夫", PERSON, ["福田康夫"]),
        ("他连续三次出席论坛。", "连续三次", PERSON, []),
        ("各成员应当坚守初心。", "应当坚守", PERSON, []),
        ("中国发展前景光明。", "景光明", PERSON, []),
        ("俄罗斯称，乌军打击了目标。", "乌军", PERSON, []),
        ("市长林知远到会。", "林知远", PERSON, ["林知远"]),
        ("首席执行官钟离月到会。", "钟离月", PERSON, ["钟离月"]),
        ("要充分发挥孔子学院作用。", "充分发挥孔子学院", BODY, ["孔子学院"]),
        ("国家发展改革委到会。", "国家发展改革委", BODY, ["国家发展改革委"]),
    ],
)
def test_a_name_agrees_with_the_words(text: str, name: str, type: EntityType, expected: list[str]) -> None:
    assert fitted(text, name, type) == expected


def test_holders_of_offices_of_state_in_a_list_are_persons() -> None:
    text = "日本前首相鸠山由纪夫、泰国前副总理功、泰国总理会见来宾。"
    countries = [mention(text, "日本", PLACE), mention(text, "泰国", PLACE)]
    found = officers(text, countries, HanLP1().tokens(text))
    assert [text[m.start : m.end] for m in found] == ["鸠山由纪夫", "功"]


@pytest.mark.parametrize(
    ("text", "places", "expected"),
    [
        ("甲国副总理兼能源及水务转型部部长林方到会。", [], ["能源及水务转型部"]),
        ("泰国公共工程和住房部长林方到会。", ["泰国"], ["泰国公共工程和住房部"]),
        ("泰国外交部长林方到会。", ["泰国"], []),
        ("会见甲国大公、国民议会议长林方。", [], ["国民议会"]),
        ("全国人大民委、农委、华侨委主任委员到会。", [], ["农委", "华侨委"]),
        ("村民委、农委主任到会。", [], []),
    ],
)
def test_offices_give_bodies_away(text: str, places: list[str], expected: list[str]) -> None:
    found = office_bodies(text, [mention(text, place, PLACE) for place in places])
    assert [text[m.start : m.end] for m in found] == expected


def test_the_centre_of_a_party_is_the_body_of_its_first_secretary() -> None:
    text = "古巴共产党中央第一书记和古巴共产党代表到会。"
    parties = [mention(text, "古巴共产党", BODY), Mention(13, 18, BODY, 0.7, "test")]
    assert [text[m.start : m.end] for m in office_bodies(text, parties)] == ["古巴共产党中央"]


def test_a_state_right_before_an_office_and_its_holder_is_a_place() -> None:
    text = "同泰国议长林方会谈，访问泰国。"
    found = office_states(text, [mention(text, "林方", PERSON)])
    assert [(text[m.start : m.end], m.type, m.start) for m in found] == [("泰国", PLACE, 1)]


def test_a_name_between_a_body_and_an_academic_title_is_a_person() -> None:
    text = "北京大学张明教授、复旦大学金融教授、同济大学高级教授、东南大学王芳讲师参加。"
    bodies = [mention(text, body, BODY) for body in ("北京大学", "复旦大学", "同济大学", "东南大学")]
    found = scholars(text, bodies, HanLP1().tokens(text))
    assert [text[m.start : m.end] for m in found] == ["张明", "王芳"]


def test_what_stands_in_a_list_with_a_person_is_one() -> None:
    text = "吴政隆、高云龙出席，武汉、高云龙村到会。"
    given = [mention(text, "吴政隆", PERSON), mention(text, "高云龙", PLACE, 0.6), mention(text, "武汉", PLACE, 0.6)]
    assert [m.type for m in listed(text, given)] == [PERSON, PERSON, PLACE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("查克维拉祝贺中国共产党成功召开大会。", ["中国共产党"]),
        ("中国银行和交通银行提供支持。", ["中国银行", "交通银行"]),
        ("国家消防救援局组织开展比武。", ["国家消防救援局"]),
        ("中国银行业发展迅速。", []),
        ("香港特区政府创新科技及工业局到会。", []),
        ("据央视新闻报道。", []),
        ("检查外商投资法和中华人民共和国慈善法实施情况。", ["外商投资法", "中华人民共和国慈善法"]),
        ("合理合法投资。", []),
    ],
)
def test_bodies_that_the_lexicons_know_are_found(text: str, expected: list[str]) -> None:
    assert [text[m.start : m.end] for m in known(text, HanLP1().tokens(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("中国政府倡议成立新组织。", ["中国政府"]), ("中德政府间磋商、中国政府网消息、市政府到会。", [])],
)
def test_governments_of_countries_are_bodies(text: str, expected: list[str]) -> None:
    assert [text[m.start : m.end] for m in governments(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他宣布了中国支持共建的八项行动。", ["中国支持共建的八项行动"]),
        ("三部门联合发布关于开展试点工作的通知。", ["关于开展试点工作的通知"]),
        ("两部门联合组织开展2031年全国统一清理行动。", ["2031年全国统一清理行动"]),
        ("祝贺成功召开二十届三中全会。", ["二十届三中全会"]),
        ("关于开展试点工作的通知已经收到。", []),
        ("工业分论坛由甲院主办,数字文旅分论坛则由乙馆、丙馆共同主办。", ["工业分论坛", "数字文旅分论坛"]),
        ("今日举行的“算力与发展”学术对话由甲院主办。", ["“算力与发展”学术对话"]),
        ("作为边会,“船长沙龙”由甲局和乙院联合举办。", ["船长沙龙"]),
        ("甲公司举办“伙伴生态日”,推出计划。", ["伙伴生态日"]),
        ("本次论坛由甲院主办。大会由乙院承办。成立大会由丙局主办。", []),
        ("他在出席第七十届联合国大会一般性辩论时说。", ["第七十届联合国大会一般性辩论"]),
        ("十四届全国人大三次会议主席团4日开会。", ["十四届全国人大三次会议主席团"]),
        ("他致电让-吕西安·萨维·德托夫,表示祝贺。", ["让-吕西安·萨维·德托夫"]),
        ("两部门联合开展的2031年“法在心中”全国网络宣传活动启动。", ["2031年“法在心中”全国网络宣传活动"]),
        ("“甲城奇迹”“乙地——文物精华展”两大展览在馆内开幕。", ["甲城奇迹", "乙地——文物精华展"]),
        ("两局开展打击保险诈骗犯罪专项行动。", ["打击保险诈骗犯罪专项行动"]),
        ("审议湖泊保护法草案、关于提请审议渔业法修订草案的议案。", ["湖泊保护法草案", "渔业法修订草案"]),
        ("会议通过刑法修正案(十二)。", ["刑法修正案(十二)"]),
        ("上午,甲区—乙市产业交流对接会议在乙举行。", ["甲区—乙市产业交流对接会议"]),
        ("在甲行、乙会等部门联合召开的金融支持工作推进会上,各方签约。", ["金融支持工作推进会"]),
        ("三地共同举办甲区乙村科技园揭牌仪式。", ["甲区乙村科技园揭牌仪式"]),
        (
            "他们主持甲乙合作联委会第二十一次会议、甲乙工业园理事会第三次会议。",
            ["甲乙合作联委会第二十一次会议", "甲乙工业园理事会第三次会议"],
        ),
        ("中国共产党第二十次全国代表大会开幕。", ["中国共产党第二十次全国代表大会"]),
        ("他主持第三次会议。草案审议后,大会将于3月在北京举行。", []),
        ("大会开幕式由甲会会长主持。", []),
        ("大家开展专项行动,“精彩”活动很多,“一”字展在馆内。", []),
        ("该校举办“十佳”评选。学生社团由甲院指导。", []),
    ],
)
def test_wording_gives_away_events_and_what_is_launched(text: str, expected: list[str]) -> None:
    assert [text[m.start : m.end] for m in patterned(text, [], [])] == expected


@pytest.mark.parametrize(
    ("before", "name", "type_", "after", "expected"),
    [
        ("研讨会在", "越南", EntityType.PLACE, "宁平举行。", "越南宁平"),
        ("研讨会在", "越南", EntityType.PLACE, "成功举行。", None),
        ("研讨会在", "越南", EntityType.PLACE, "和老挝举行。", None),
        (
            "期间,中国—非洲(埃塞俄比亚)—",
            "联合国合作示范中心",
            EntityType.ORGANIZATION,
            "揭牌。",
            "中国—非洲(埃塞俄比亚)—联合国合作示范中心",
        ),
        ("专家说—", "联合国合作示范中心", EntityType.ORGANIZATION, "揭牌。", None),
        ("两国", "边界委员会", EntityType.ORGANIZATION, "特别会议召开。", "边界委员会特别会议"),
        ("刘勇任政协", "甲区委员会", EntityType.ORGANIZATION, "主席。", "政协甲区委员会"),
        ("他来自", "约翰·冯·诺伊曼", EntityType.PERSON, "大学。", "约翰·冯·诺伊曼大学"),
        ("将举办大学校长论坛、", "青年科学家论坛", EntityType.FORUM, "等。", "大学校长论坛"),
        ("将举办数场论坛、", "青年科学家论坛", EntityType.FORUM, "等。", None),
    ],
)
def test_a_name_tells_of_what_stands_beside_it(
    before: str, name: str, type_: EntityType, after: str, expected: str | None
) -> None:
    text = before + name + after
    beside = Mention(len(before), len(before + name), type_, 0.9, "test")
    found = [text[m.start : m.end] for m in patterned(text, [beside], HanLP1().tokens(text))]
    assert found == ([expected] if expected else [])


def test_whom_a_vote_names_and_whom_a_title_precedes_are_persons() -> None:
    text = "任命陆治明为民政部部长,免去李宁、许安平的甲部副主任职务。秘书长刘奇就议程作了汇报。任命工作完成。"
    found = titled(text, [], HanLP1().tokens(text))
    assert {text[m.start : m.end] for m in found} == {"陆治明", "李宁", "许安平", "刘奇"}


def test_what_stands_in_a_list_of_firms_is_one() -> None:
    text = "云枢集团、科沃施、马格兰等跨国种业企业参展,科沃施、马格兰到会。"
    given = [mention(text, "云枢集团", BODY), mention(text, "科沃施", PERSON), mention(text, "马格兰", PERSON)]
    assert [m.type for m in listed(text, given)] == [BODY, BODY, BODY]
    assert [m.type for m in listed(text.replace("等跨国", "和"), given)] == [BODY, PERSON, PERSON]


def test_names_set_wide_are_found_behind_titles() -> None:
    text = "副理事长 燕 归,总监 温 良、主任 在 前,我们 李 家"
    assert [text[m.start : m.end] for m in spaced(text)] == ["燕 归", "温 良"]
