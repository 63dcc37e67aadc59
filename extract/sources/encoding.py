"""Bytes to text, for the encodings that Chinese news comes in: UTF-8, UTF-16 with a mark, GB18030, Big5."""

from __future__ import annotations

import codecs
import re
import unicodedata
from contextlib import suppress
from functools import lru_cache

from extract.sources.errors import Undecodable

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose little-endian mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Supersets: gb18030 reads GB2312 and GBK, big5hkscs reads Big5 with Hong Kong's additions.
_GUESSED = ("utf-8", "gb18030", "big5hkscs")
_PLAUSIBLE = 0.1  # Chinese text of five characters and more lies above, other text and binary data below
_SAMPLE = 200_000  # bytes that decide; a cut character at their end costs nothing that matters

# About the 300 most frequent characters of Chinese news in simplified and traditional form. In the wrong encoding a
# text falls on characters spread over the whole table, so the right one is the one with most of these.
_FREQUENT = frozenset(
    "的国中一年在和业人发大展会日行新为全不有工出市部作是月产经区政技生上学这成高家来开以动对进公地力社电化建加时科"
    "个际领重实能提主民文合习用现了创机场等分战总度建设习近平记者今天举共同活新本次理到前量环了交通平经济关于我们他"
    "可多法方下自体心书要与后系外海定长资设保金安党及研究院教育城水导线员数信息服务强组织支持持坚推推动将从其治京"
    "国發東車長門開關無時書會來東對學國業產動這個們為將與過進還說網電話報導論壇議經濟實際應當機場區請題顏類顯風"
    "點後從術員單位聯合團體廳辦協會臺灣萬億歲專家質量評護製環權營運處據標準見親證認識設計語讀買賣貿資訊發佈舉辦於"
    "致辞论坛峰主办承协指导单位嘉宾主席长代表院士教授出席签署启动仪式大学中心公司集团联盟人工智能数据"
    "，。、：；！？“”‘’（）《》【】　·—…「」『』０１２３４５６７８９"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes) -> str:
    """Return the text of `data`, without a byte order mark and otherwise unchanged (line ends too).

    A byte order mark decides; else strict UTF-8; else the encoding that reads the bytes as the most frequent Chinese
    characters. Up to one damaged character in a hundred becomes U+FFFD.

    Raises:
        Undecodable: binary data, or text in none of these encodings.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, errors="replace"))
    if b"\0" in data:
        raise Undecodable("is binary (it holds NUL bytes)")
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        sample = data[:_SAMPLE]
        scores = {encoding: _plausibility(sample.decode(encoding, errors="replace")) for encoding in _GUESSED}
    best = max(scores, key=scores.__getitem__)
    if scores[best] < _PLAUSIBLE:
        raise Undecodable("is in none of the encodings UTF-8, UTF-16, GB18030, Big5")
    return _checked(data.decode(best, errors="replace"))


def _checked(text: str) -> str:
    if text.count("\ufffd") * 100 > len(text):
        raise Undecodable("is damaged: more than one character in a hundred cannot be decoded")
    if len(_CONTROL.findall(text)) * 100 > len(text):
        raise Undecodable("is binary (more than one character in a hundred is a control character)")
    return text


def _plausibility(text: str) -> float:
    """The mean weight of what is not ASCII: frequent in Chinese 1, in the basic sets 0.2, no character at all -2."""
    foreign = [char for char in text if char > "\x7f"]
    return sum(map(_weight, foreign)) / max(1, len(foreign))


@lru_cache(maxsize=4096)
def _weight(char: str) -> float:
    if char in _FREQUENT:
        return 1.0
    if char == "\ufffd" or unicodedata.category(char) in {"Cc", "Cn", "Co"}:
        return -2.0
    with suppress(UnicodeEncodeError):
        char.encode("gb2312")
        return 0.2
    with suppress(UnicodeEncodeError):
        return 0.2 if char.encode("big5")[0] < 0xC9 else 0.0  # the rarer half of Big5 begins there
    return 0.0
