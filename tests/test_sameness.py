"""Two names of one thing are joined, two things that look alike stay apart."""

from __future__ import annotations

import pytest

from extract.sameness import form, same
from graph.schema import EntityType

P, O, F, I, L = (EntityType(t) for t in ("Person", "Organization", "Forum", "Initiative", "Place"))  # noqa: E741

SAME = [
    (F, "第七届太湖论坛年会", "太湖论坛年会"),
    (F, "太湖论坛第七届年会", "太湖论坛年会"),
    (F, "中国国际进口博览会", "进博会"),
    (F, "2025年中国国际服务贸易交易会", "2025年服贸会"),
    (F, "第20届中国—东盟博览会", "第二十届中国—东盟博览会"),
    (F, "第三届中国国际消费品博览会全球伙伴签约活动", "第三届消博会全球伙伴签约活动"),
    (F, "上海合作组织天津峰会", "2025年上海合作组织峰会"),
    (F, "第四届中国—非洲经贸博览会", "中非经贸博览会"),
    (F, "第22届中国—东盟博览会暨中国—东盟商务与投资峰会", "中国—东盟商务与投资峰会"),
    (F, "第五届金陵科学数据大会", "第五届大会"),
    (F, "二十国集团领导人第二十次峰会第一阶段会议", "二十国集团领导人第二十次峰会"),
    (O, "重庆市人民政府", "市政府"),
    (O, "庆阳产业园区管委会", "管委会"),
    (O, "上海市住房和城乡建设管理委员会", "上海市住建委"),
    (O, "兰州大学信息科学与工程学院", "信息科学与工程学院"),
    (O, "中国科学院大学公共政策与管理学院", "公管学院"),
    (O, "中国水利学会智慧水务专业委员会", "智慧水务专委会"),
    (O, "上海云枢信息科技有限公司", "云枢科技"),
    (O, "河南嵩岳人工智能研究院", "嵩岳研究院"),
    (O, "泉州市第五中学", "泉州五中"),
    (O, "联合国粮食及农业组织驻华代表处", "联合国粮农组织驻华代表处"),
    (O, "中央广播电视总台四川总站", "总台四川总站"),
    (I, "海洋观测数据开放共享青岛倡议", "青岛倡议"),
    (I, "中朝友好合作互助条约", "朝中友好合作互助条约"),
    (L, "湖北武汉", "武汉市"),
    (L, "上海市闵行区", "上海闵行区"),
    (L, "德国", "德方"),
    (P, "欧阳·阿里木江", "阿里木江"),
]

DIFFERENT = [
    (F, "2025世界人工智能大会", "2024世界人工智能大会"),
    (F, "第二届亚洲竹产业大会", "首届亚洲竹产业大会"),
    (F, "世界人工智能大会", "世界智能大会"),
    (F, "2025世界人工智能大会青年论坛", "2025世界人工智能大会"),
    (F, "安徽人工智能产业对接会暨重点项目签约仪式", "首届安徽人工智能产业对接会"),
    (O, "北京人工智能研究院", "南京人工智能研究院"),
    (O, "北京师范大学", "北京大学"),
    (O, "中国人民公安大学", "中国人民大学"),
    (O, "中国中文信息学会青年工作委员会", "中国中文信息学会"),
    (O, "河钢集团塞尔维亚有限公司", "河钢集团"),
    (O, "人保财险浙江省分公司", "人保财险"),
    (O, "浙江大学医学院附属邵逸夫医院", "浙江大学医学院"),
    (O, "共青团泗阳县委", "县委"),
    (O, "南非国民议会", "南非议会"),
    (L, "中国光谷科技会展中心", "中方"),
    (L, "吉林省", "吉林市"),
    (I, "全球安全倡议", "全球发展倡议"),
]


@pytest.mark.parametrize(("type_", "long", "short"), SAME)
def test_names_of_one_thing_fit(type_: EntityType, long: str, short: str) -> None:
    assert same(type_, form(type_, long), form(type_, short))


@pytest.mark.parametrize(("type_", "one", "other"), DIFFERENT)
def test_names_of_two_things_do_not(type_: EntityType, one: str, other: str) -> None:
    assert not same(type_, form(type_, one), form(type_, other))
    assert not same(type_, form(type_, other), form(type_, one))
