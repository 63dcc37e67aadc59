from __future__ import annotations

import pytest

from graph.names.pinyin import pinyin_keys, pinyin_query


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("太湖人工智能大会", "^ tai hu ren gong zhi neng da hui $ thrgzndh"),
        ("2031云溪智能论坛", "^ 2031 yun xi zhi neng lun tan $ 2031yxznlt"),
        ("AI大会", "^ ai da hui $ aidh"),
        ("OEIA", "^ oeia $ oeia"),
        ("重庆", "^ chong qing $ cq"),
        ("重要论坛", "^ zhong yao lun tan $ zylt"),
        ("中国—东盟中心", "^ zhong guo dong meng zhong xin $ zgdmzx"),
        ("吕布", "^ lv bu $ lb"),
        ("《》", "^ $"),
    ],
)
def test_a_name_is_kept_by_syllables_and_initials(name: str, key: str) -> None:
    assert pinyin_keys([name]) == [key]


def test_keys_are_sorted_and_each_there_once() -> None:
    assert pinyin_keys(["云科院", "云溪科学院", "云科院"]) == ["^ yun ke yuan $ yky", "^ yun xi ke xue yuan $ yxkxy"]
    assert pinyin_keys([]) == []


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("taihu", {"tai hu"}),
        ("tai hu", {"tai hu"}),
        ("TaiHu", {"tai hu"}),
        ("xian", {"xian", "xi an"}),
        ("xi'an", {"xi an"}),
        ("2025taihu", {"2025 tai hu"}),
        ("lübu", {"lv bu"}),
    ],
)
def test_what_is_written_together_is_taken_apart_in_every_way(typed: str, phrases: set[str]) -> None:
    found = pinyin_query(typed)
    assert found is not None
    assert {start.removeprefix("^ ").strip() for start in found.beginnings} >= phrases
    assert all(f'"{phrase}"' in found.lucene for phrase in phrases)


def test_initials_are_looked_for_anywhere_but_not_one_alone() -> None:
    found = pinyin_query("thrgz")
    assert found is not None and found.initials == "thrgz" and "*thrgz*" in found.lucene
    one = pinyin_query("h")
    assert one is not None and "*" not in one.lucene


@pytest.mark.parametrize("typed", ["太湖", "", " ", "!", "tai湖", 'a"b', "a*", "'", "’"])
def test_what_is_no_pinyin_is_not_looked_for_as_such(typed: str) -> None:
    assert pinyin_query(typed) is None


def test_a_long_wording_has_a_bounded_number_of_ways() -> None:
    for typed in ("xian" * 40, "xian " * 40):
        found = pinyin_query(typed)
        assert found is not None and len(found.beginnings) == 12
