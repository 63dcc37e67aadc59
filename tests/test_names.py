"""What is known of names: which place, body or forum a name denotes, and when it tells too little."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.names.forums import forum_name
from graph.names.organizations import is_vague_organization, organization_key
from graph.names.places import is_ambiguous_place, place_key
from graph.names.spelling import fold, plain


@pytest.mark.parametrize("name", ["武汉", "武汉市", "湖北武汉", "湖北省武汉市", "中国武汉", "中国湖北省武汉市"])
def test_a_city_has_one_key_however_much_of_its_path_is_written(name: str) -> None:
    assert place_key(name) == "湖北省 武汉市"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("吉林", "吉林省"),
        ("吉林市", "吉林省 吉林市"),
        ("北京朝阳区", "北京市 朝阳区"),
        ("吉林省长春市朝阳区", "吉林省 长春市 朝阳区"),
        ("江苏昆山", "江苏省 苏州市 昆山市"),
        ("昆山", "江苏省 苏州市 昆山市"),
        ("中国香港", "香港特别行政区"),
        ("长沙", "湖南省 长沙市"),
        ("湖南长沙", "湖南省 长沙市"),
        ("长沙县", "湖南省 长沙市 长沙县"),
        ("美利坚合众国", "美国"),
        ("美方", "美国"),
        ("法国巴黎", "巴黎"),
        ("长江三角洲", "长三角"),
    ],
)
def test_a_place_has_the_key_of_its_path_or_country(name: str, key: str) -> None:
    assert place_key(name) == key


@pytest.mark.parametrize("name", ["朝阳区", "鼓楼区", "西湖区"])
def test_a_district_that_several_cities_have_is_ambiguous(name: str) -> None:
    assert place_key(name) is None and is_ambiguous_place(name)


@pytest.mark.parametrize("name", ["太湖", "黄山", "朝阳", "云溪"])
def test_a_lake_a_mountain_or_an_unknown_name_is_not_taken_for_a_division(name: str) -> None:
    assert place_key(name) is None


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("中科院", "中国科学院"),
        ("国科大", "中国科学院大学"),
        ("WHO", "世界卫生组织"),
        ("世界卫生组织（WHO）", "世界卫生组织"),
        ("武汉科技局", "湖北省 武汉市 科学技术局"),
        ("中共武汉市委", "湖北省 武汉市 委员会"),
        ("中国人民政治协商会议湖北省委员会", "湖北省 政协"),
        ("云枢科技有限公司", "云枢科技"),
        ("云枢科技集团有限公司", "云枢科技集团"),
        ("云枢科技股份有限公司", "云枢科技股份"),
        ("云枢科技上海分公司", "云枢科技上海分公司"),
        ("北京公司", "北京公司"),
        ("Microsoft Corp.", "微软"),
        ("中国商务部", "中华人民共和国商务部"),
        ("云溪AI学会", "云溪人工智能学会"),
        ("云溪学会视觉专委会", "云溪学会视觉专业委员会"),
    ],
)
def test_an_organisation_has_the_key_of_its_full_name(name: str, key: str) -> None:
    assert organization_key(name) == key


@pytest.mark.parametrize("name", ["中大", "社科院", "发改委", "三星", "特区政府"])
def test_a_short_form_that_several_bodies_share_is_not_written_out(name: str) -> None:
    assert organization_key(name) == name and is_vague_organization(name)


@pytest.mark.parametrize("name", ["市委", "省科技厅", "组委会", "大会组委会", "研究院", "朝阳区人民政府", "校党委"])
def test_a_body_that_needs_its_place_or_parent_is_vague(name: str) -> None:
    assert is_vague_organization(name)


@pytest.mark.parametrize(
    "name", ["武汉市委", "教育部", "国务院", "云溪研究院", "联合国", "北京市朝阳区人民政府", "滨海新区管委会"]
)
def test_a_body_of_a_name_of_its_own_is_not_vague(name: str) -> None:
    assert not is_vague_organization(name)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("第八届进博会", "中国国际进口博览会 8"),
        ("2025年第八届中国国际进口博览会", "中国国际进口博览会 8"),
        ("WAIC 2025", "世界人工智能大会 2025"),
        ("世界人工智能大会（WAIC 2025）", "世界人工智能大会 2025"),
        ("二〇二五年世界人工智能大会", "世界人工智能大会 2025"),
        ("首届云溪论坛", "云溪论坛 1"),
        ("2031年第二届云溪论坛", "云溪论坛 2 2031"),
        ("云溪论坛2031年年会", "云溪论坛年会 2031"),
        ("云溪论坛2031年会", "云溪论坛年会 2031"),
        ("2031年会议周", "会议周 2031"),
        ("2025世界人工智能大会青年论坛", "世界人工智能大会青年论坛 2025"),
        ("第十五届夏季达沃斯论坛", "夏季达沃斯论坛 15"),
        ("2024年夏季达沃斯论坛", "夏季达沃斯论坛 2024"),
        ("IMT-2030大会", "imt2030大会"),
        ("云溪论坛", "云溪论坛"),
    ],
)
def test_a_forum_has_the_key_of_series_and_edition(name: str, key: str) -> None:
    assert forum_name(name).key == key


@pytest.mark.parametrize("name", ["第五届大会", "2031年会", "主论坛", "开幕式", "2031", "首届"])
def test_a_forum_without_a_name_of_its_own_is_vague(name: str) -> None:
    assert forum_name(name).vague


def test_a_series_is_shown_without_year_ordinal_and_the_marks_at_its_ends() -> None:
    assert forum_name("“2031云溪·智能论坛”").title == "云溪·智能论坛"
    assert forum_name("第三届链博会").title == "中国国际供应链促进博览会"


@settings(deadline=None)
@given(st.text(min_size=1))
def test_folding_again_changes_nothing(name: str) -> None:
    assert fold(name)
    assert fold(fold(name)) == fold(name)


def test_traditional_characters_and_translations_do_not_count_but_other_brackets_do() -> None:
    assert fold("臺灣大學") == "台湾大学"
    assert plain("石油大学（华东）") == "石油大学(华东)"
    assert plain("国际商会（ICC）") == "国际商会"
    assert fold("张乾元") != fold("张干元")
