from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.identity import canonical_key, claim_id, document_id, entity_id, identify, mention_id
from graph.schema import EntityType

F, O, P, I, L = (  # noqa: E741
    EntityType.FORUM,
    EntityType.ORGANIZATION,
    EntityType.PERSON,
    EntityType.INITIATIVE,
    EntityType.PLACE,
)


@pytest.mark.parametrize(
    ("type", "one", "other"),
    [
        (P, "阿莱娜·维特", "阿莱娜•维特"),
        (P, "阿莱娜·维特", "阿莱娜 维特"),
        (P, "Alena Witt", "ALENA　WITT"),
        (I, "《星河计划》", "“星河计划”"),
        (I, "星河计划", "「星河计划」"),
        (O, "云溪科学院（集团）", "云溪科学院(集团)"),
        (F, "ＷＡＩＣ ２０３１", "waic 2031"),
        (O, "Straße", "STRASSE"),
        (P, "張衛國", "张卫国"),
        (O, "中科院", "中国科学院"),
        (O, "华为公司", "华为技术有限公司"),
        (L, "湖北武汉", "武汉市"),
        (F, "第八届进博会", "2025年第八届中国国际进口博览会"),
        (F, "WAIC 2025", "2025世界人工智能大会"),
        (I, "《全球发展倡议》", "全球发展倡议（GDI）"),
    ],
)
def test_spellings_of_one_name_share_an_id(type: EntityType, one: str, other: str) -> None:
    assert entity_id(type, one) == entity_id(type, other)


@pytest.mark.parametrize(
    ("type", "one", "other"),
    [
        (F, "2031云溪智能论坛", "2032云溪智能论坛"),
        (F, "第五届云溪智能论坛", "第六届云溪智能论坛"),
        (F, "云溪智能论坛", "2031云溪智能论坛"),
        (O, "北原人工智能研究院", "南原人工智能研究院"),
        (L, "云溪市", "云溪县"),
        (O, "C语言协会", "C++语言协会"),
        (F, "2024世界人工智能大会", "2025世界人工智能大会"),
        (F, "第十五届夏季达沃斯论坛", "2024年夏季达沃斯论坛"),
        (F, "2031云溪智能论坛（北京）", "2031云溪智能论坛（南京）"),
        (F, "2025世界人工智能大会", "2025世界人工智能大会青年论坛"),
        (O, "中国科学院", "中国科学院大学"),
        (O, "清华大学", "新竹清华大学"),
        (O, "武汉市科技局", "湖北省科技厅"),
        (L, "吉林省", "吉林市"),
        (L, "北京市朝阳区", "长春市朝阳区"),
        (I, "云溪报告2030", "云溪报告2031"),
    ],
)
def test_different_names_stay_apart(type: EntityType, one: str, other: str) -> None:
    assert entity_id(type, one) != entity_id(type, other)


def test_one_name_of_two_types_is_two_entities() -> None:
    assert entity_id(O, "云溪") != entity_id(L, "云溪")


@pytest.mark.parametrize(("type", "letter"), [(P, "p"), (O, "o"), (F, "f"), (I, "i"), (L, "l")])
def test_ids_tell_their_type(type: EntityType, letter: str) -> None:
    assert re.fullmatch(letter + "-[0-9a-f]{16}", entity_id(type, "云溪"))


def test_ids_do_not_change_between_versions() -> None:
    """Ids are in exports, links and bookmarks: whoever changes them must mean to, and raise IDENTITY_VERSION."""
    assert entity_id(F, "2031云溪智能论坛") == "f-801adccf441a444b"
    assert document_id("news/1.txt") == "d-f2da8832e281a3ee99cf"


def test_of_several_names_the_one_that_says_most_decides_whatever_their_order() -> None:
    names = ("云溪智能论坛", "2031云溪智能论坛", "CIF 2031")
    for first in names:
        assert entity_id(F, first, *names) == entity_id(F, "2031云溪智能论坛")
    assert entity_id(O, "云科院", "云溪科学院", "CAY") == entity_id(O, "云溪科学院")
    assert entity_id(O, "市政府", "武汉市人民政府") == entity_id(O, "武汉市人民政府")
    assert entity_id(O, "云上贵州大数据集团", "云上贵州") == entity_id(O, "云上贵州大数据集团"), "not the lexicon's"
    assert entity_id(P, "林知远", "林知远教授") == entity_id(P, "林知远"), "of people the main name alone counts"


@pytest.mark.parametrize(("type", "name"), [(O, "组委会"), (O, "朝阳区人民政府"), (F, "第五届大会"), (L, "鼓楼区")])
def test_a_name_that_many_things_share_denotes_one_of_its_document(type: EntityType, name: str) -> None:
    assert entity_id(type, name, document="d-1") != entity_id(type, name, document="d-2")
    assert entity_id(type, name, document="d-1") == entity_id(type, name, document="d-1")


def test_any_other_name_denotes_the_same_in_every_document() -> None:
    assert entity_id(O, "云溪科学院", document="d-1") == entity_id(O, "云溪科学院", document="d-2")


def test_editions_share_a_series_and_a_name_without_edition_has_none() -> None:
    one, other = identify(F, "2031云溪智能论坛").series, identify(F, "第三届云溪智能论坛").series
    assert one is not None and one == other
    assert one.name == "云溪智能论坛" and re.fullmatch("s-[0-9a-f]{16}", one.id)
    assert identify(F, "云溪智能论坛").series is None
    assert identify(F, "第五届大会").series is None
    assert identify(F, "2031云溪智能论坛青年论坛").series != one


def test_a_name_of_nothing_but_marks_keeps_a_key() -> None:
    assert canonical_key(I, "《》") == "《》"
    assert entity_id(I, "《》") != entity_id(I, "“”")


@settings(deadline=None)  # the first example reads the lexicons
@given(st.text(min_size=1))
def test_every_name_has_a_key_and_the_key_is_its_own(name: str) -> None:
    key = canonical_key(P, name)
    assert key
    assert canonical_key(P, key) == key


@settings(deadline=None)
@given(st.text(alphabet=st.characters(categories=("Lo", "Lu", "Ll", "Nd")), min_size=1), st.integers(0, 20))
def test_spaces_and_quotation_marks_inside_a_name_do_not_count(name: str, at: int) -> None:
    assert canonical_key(O, f"{name[:at]}” {name[at:]}") == canonical_key(O, name)


def test_ids_of_one_documents_names_and_claims_are_its_own() -> None:
    one, other = document_id("a/1.txt"), document_id("b/1.txt")
    assert one != other
    assert mention_id(one, P, "林知远") != mention_id(other, P, "林知远")
    assert claim_id(one, "{}") != claim_id(other, "{}")


def test_of_two_spellings_that_say_as_much_the_same_one_decides_in_every_process() -> None:
    """Hash seeds differ from process to process, and with them the order of sets."""
    code = (
        "from graph.identity import identify; from graph.schema import EntityType;"
        "names = [f'第十一届甲国{dash}乙国论坛' for dash in '-—–'];"
        "print(identify(EntityType.FORUM, names[0], names).series.name.encode())"
    )
    titles = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
        ).stdout
        for seed in range(6)
    }
    assert len(titles) == 1
