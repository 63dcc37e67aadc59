"""From the stored text to the clean text that rules read, with the way back for every character.

    stored  <p>大会由Ａ主办</p>          clean  大会由A主办\\n
            012345678                          0123456
                                       offsets 345678 9 …

Each clean character stands for exactly one stored character, so a span of clean text maps to a span of stored text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from extract import lexicon
from graph.names.spelling import to_simplified

__all__ = ["CleanText", "clean", "cut_behind", "simplified"]

_BLOCK_TAGS = "p|br|div|h[1-6]|li|ul|ol|tr|table|section|article|header|footer|title|blockquote|figcaption"
_INLINE_TAGS = "strong|b|i|em|u|s|span|a|img|font|center|sup|sub|td|th|tbody|thead|figure|video|source|small"
_SKIPPED = re.compile(
    rf"(?P<block></?(?:{_BLOCK_TAGS})(?:\s[^<>]{{0,2000}})?/?>)"
    rf"|(?P<inline></?(?:{_INLINE_TAGS})(?:\s[^<>]{{0,2000}})?/?>|<!--.{{0,2000}}?-->)"
    r"|(?P<entity>&(?:nbsp|amp|lt|gt|quot|ldquo|rdquo|middot|mdash|ensp|emsp|#\d{1,6}|#x[0-9a-f]{1,5});)"
    r"|(?P<invisible>[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\x00-\x08\x0b-\x1f\x7f]+)",
    re.IGNORECASE | re.DOTALL,
)
_CJK = re.compile(r"[\u4e00-\u9fff]")
# Machine-made pages repeat a character's reading after it: 論(lun) 壇. Real brackets are fewer and longer.
_READING = re.compile(r"(?<=[\u4e00-\u9fff])\s?\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[ ]?\)[ ]?")
_READINGS_AT_LEAST = 5
# Lists set names of two characters as wide as those of three: 王 晓、李小明.
_WIDE_NAME = (
    r"(?<=[{surnames}])[ \u3000]{{1,2}}(?=[\u4e00-\u9fff](?:[、,，。;；:：()（）\s]|\Z"
    r"|教授|院长|校长|所长|书记|主任|研究员|博士|先生|女士|老师|董事长|总经理|会长|秘书长|等))"
)
# Above this share of characters that exist only in traditional writing, the whole text is read as traditional.
_TRADITIONAL_SHARE = 0.04
_TRADITIONAL_KINDS = 4  # simplified text holds one or the other too: 乾县, 瞭望
# A full stop of half width between Chinese sentences: 访问我校.副校长…
_FULL_STOP = re.compile(r"(?<=[\u4e00-\u9fff”》)])\.(?=[\u4e00-\u9fff“《\s]|\Z)")
# Straight quotation marks around a few words of a line, as typed in a hurry: "智能徐汇"行动.
_STRAIGHT = re.compile(r'"([^"\n]{1,60})"')
# One form for what writers use interchangeably.
_PUNCTUATION = dict(zip("•・‧–〝〞「」﹑", "···-“”“”、", strict=True))


def cut_behind(marks: Iterable[str], text: str, least: int, most: int) -> int:
    """Where to cut a text between two offsets: behind the last of the first mark that stands there, else at the end."""
    for mark in marks:
        at = text.rfind(mark, least, most)
        if at >= 0:
            return at + len(mark)
    return most


@dataclass(frozen=True, slots=True)
class CleanText:
    """Normalised text; ``offsets[i]`` is the code point index in the stored text of clean character ``i``."""

    text: str
    offsets: array[int]
    stored: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stored span of the clean span ``[start, end)``, which must not be empty."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def verbatim(self, start: int, end: int) -> str:
        """The characters of ``[start, end)`` as the document writes them, without the markup between them."""
        return "".join(self.stored[i] for i in self.offsets[start:end])


def clean(stored: str) -> CleanText:
    """Drop markup and invisible characters, unify width and script; every kept character remembers its place."""
    pieces: list[str] = []
    offsets = array("l")
    position = 0
    readings = len(_READING.findall(stored)) >= _READINGS_AT_LEAST
    for match in _skipped(readings).finditer(stored):
        pieces.append(stored[position : match.start()])
        offsets.extend(range(position, match.start()))
        if match["block"]:
            pieces.append("\n")
            offsets.append(match.start())
        elif match["entity"]:
            character = html.unescape(match["entity"])
            pieces.append(character if len(character) == 1 else " ")
            offsets.append(match.start())
        position = match.end()
    pieces.append(stored[position:])
    offsets.extend(range(position, len(stored)))
    text = _STRAIGHT.sub(r"“\1”", _FULL_STOP.sub("。", "".join(pieces).translate(_width())))
    if _is_traditional(text):
        text = text.translate(to_simplified())
    return CleanText(text, offsets, stored)


@cache
def _skipped(readings: bool) -> re.Pattern[str]:
    """What clean text leaves out: markup, what cannot be seen, the space inside a name, readings where they abound."""
    surnames = "".join(entry[0] for entry in lexicon.load("surnames") if len(entry[0]) == 1)
    parts = [_SKIPPED.pattern, _WIDE_NAME.format(surnames=surnames), *([_READING.pattern] if readings else [])]
    return re.compile("|".join(parts), _SKIPPED.flags)


def simplified(text: str) -> str:
    """The text in simplified characters, whatever share of it is traditional."""
    return text.translate(to_simplified())


def _is_traditional(text: str) -> bool:
    start = text[:20_000]
    if len(_traditional().intersection(start)) < _TRADITIONAL_KINDS:
        return False
    sample = _CJK.findall(start)
    old = sum(1 for character in sample if character in _traditional())
    return old / len(sample) > _TRADITIONAL_SHARE


@cache
def _traditional() -> frozenset[str]:
    return frozenset(filter(_CJK.match, map(chr, to_simplified())))


@cache
def _width() -> dict[int, str]:
    table = {}
    for code in (*range(0xA0, 0x100), *range(0x2000, 0x2070), *range(0x2160, 0x2180), *range(0xF900, 0x10000), 0x3000):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1 and folded != chr(code):
            table[code] = folded
    table |= {ord(character): one for character, one in _PUNCTUATION.items()}
    table[ord("\t")] = " "
    # Half a surrogate pair is no character; the first private ones stand for names in masked sentences.
    return table | dict.fromkeys((*range(0xD800, 0xE000), *range(0xE000, 0xE010)), "\ufffd")
