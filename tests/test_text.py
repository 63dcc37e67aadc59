"""Clean text: every kept character remembers its place, and nothing but markup and noise is dropped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.text import clean


@given(st.text(alphabet=st.sampled_from("大会由Ａ主办，<p>&nbsp;</br>(lun)\u200b論壇 \n"), max_size=80))
def test_each_clean_character_has_a_place_and_places_grow(stored: str) -> None:
    found = clean(stored)
    assert len(found.text) == len(found.offsets)
    assert all(a <= b for a, b in zip(found.offsets, found.offsets[1:], strict=False))
    assert all(0 <= offset < len(stored) for offset in found.offsets)


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("<p><strong>大会</strong>开幕</p>", "\n大会开幕\n"),
        ("主办：Ａ大学（ＡＢＣ）", "主办:A大学(ABC)"),
        ("第四屆亞太智慧城市論壇昨日於香港會議展覽中心揭幕", "第四届亚太智慧城市论坛昨日于香港会议展览中心揭幕"),
        ("张\u200b三", "张三"),
        ("论(lun)坛(tan)由(you)大(da)学(xue)主(zhu)办", "论坛由大学主办"),
        ("大會(huì )開(kāi)幕,書(shū)記致辭,協(xié)會(huì )主辦", "大会开幕,书记致辞,协会主办"),
        ("a < b 且 c > d", "a < b 且 c > d"),
        ("王 晓、李小明", "王晓、李小明"),
        ("出席 会议", "出席 会议"),
        ("三人访问我校.副校长会见", "三人访问我校。副校长会见"),
        ("5.5亿元,见a.b", "5.5亿元,见a.b"),
        ('启动"智能徐汇"行动', "启动“智能徐汇”行动"),
    ],
)
def test_markup_width_script_and_readings_are_unified(stored: str, expected: str) -> None:
    assert clean(stored).text == expected


def test_a_few_brackets_are_no_readings() -> None:
    assert clean("人工智能(ai)与机器人(robot)").text == "人工智能(ai)与机器人(robot)"


def test_simplified_text_keeps_characters_that_traditional_tables_would_change() -> None:
    assert clean("乾县举办了一场著名的论坛").text == "乾县举办了一场著名的论坛"


def test_a_span_leads_back_to_the_stored_text() -> None:
    found = clean("<p>由<b>清华大學</b>主辦的論壇與研討會</p>")
    start = found.text.index("清华大学")
    begin, end = found.span(start, start + 4)
    assert found.stored[begin:end] == "清华大學"
    assert found.verbatim(start, start + 4) == "清华大學"
