"""What `scanning` compiles finds the same, and is tried only where a match can begin."""

from __future__ import annotations

import re

import pytest

from extract.scanning import scanning

TEXT = "大会正式发布2031年白皮书,并联合成立联盟;第3届 论坛由A、B主办\n(时间:7月26日)等多家机构签署"


@pytest.mark.parametrize(
    "source",
    [
        r"(?:正式|联合)*(?P<verb>发布|成立)",
        r"(?<!第)\d{1,4}\s?[年月日]",
        r"(?:等[^,。;]{0,4}?)?(?:签署|主办)(?=机构|\n|$)",
        r"第?[\d一二]+届\s*论坛",
        r"(?P<a>[A-C])(?:、(?P<b>[A-C]))?",
        r"(?:\(|时)间?:?",
    ],
)
def test_the_same_is_found(source: str) -> None:
    quick, plain = scanning(source), re.compile(source)
    assert quick.pattern.startswith("(?=[")
    found = [(m.span(), m.groups(), m.lastgroup) for m in plain.finditer(TEXT)]
    assert found == [(m.span(), m.groups(), m.lastgroup) for m in quick.finditer(TEXT)]
    assert found


@pytest.mark.parametrize("source", [r"", r"论?", r"(?:a|)", r"[^,]+年", r".月", r"(?i:a)b", r"(?:[^a]|b)c", r"\b"])
def test_what_can_begin_with_anything_stays_as_it_is(source: str) -> None:
    assert scanning(source).pattern == source
