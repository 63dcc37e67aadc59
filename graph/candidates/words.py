"""Words and characters that decide whether a difference between two names matters (用词): short lists and lexicons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from graph.names import lexicon
from graph.names.known import ORGANIZATION_LEXICONS
from graph.names.spelling import fold
from graph.schema import EntityType

__all__ = [
    "LATIN",
    "LEADING",
    "LEGAL",
    "NATIONAL",
    "begins_word",
    "cuts_head",
    "differs_in_words",
    "ends_with_head",
    "harmless",
    "head_kind",
    "is_body",
    "is_head",
    "is_trade",
    "names_division",
    "names_kind",
    "never_mistyped",
    "sound_alike",
    "sound_key",
    "telling",
]

_TELLING = frozenset("东南西北中上下左右前后内外男女老少幼新旧残冬夏春秋正副总分甲乙丙丁海陆空")
_TELLING_WORDS = re.compile("冬季|男子|女子|青年|少年|残疾")
_OPPOSED = _TELLING | frozenset("大小省市县区州早晚决预开闭")
_LONGEST_HEAD = 4
_NUMERALS = frozenset("0123456789〇零一二三四五六七八九十百千万亿")

LEGAL = re.compile(r"(?:集团|股份|控股|有限|责任|总?公司)+")
LATIN = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")
NATIONAL = re.compile(r"(?:中华人民共和国|中华|中国|国家|全国|国务院|中共|我国)+")
LEADING = re.compile(rf"(?:{NATIONAL.pattern}|国际|世界|全球)+")
"""Words at the head of a name that its short forms seldom keep."""

# Whole words that may be left out of a name.
_HARMLESS: Mapping[EntityType, re.Pattern[str]] = {
    EntityType.ORGANIZATION: re.compile(
        "(?:国际|合作|研究|工作|综合|管理|专业|发展|有限|集团|股份|责任|公司|人民政府|的|和|与|及|暨)+"
    ),
    EntityType.FORUM: re.compile(
        "(?:国际|全球|世界|中国|全国|国家|合作|高峰|高端|高级别|高层|建设|产业|经济|发展|领导人|非正式|的|和|与|及)+"
    ),
    EntityType.INITIATIVE: re.compile(
        "(?:关于|加快|推进|促进|推动|进一步|深入|全面|大力|做好|加强|开展|实施|专项|共建|国家|全国|中国|国务院|联合国|"
        "中华人民共和国|总体|国际|工作|建设|发展|倡议|行动|计划|理念|试行|的|和|与|及)+"
    ),
    EntityType.PLACE: re.compile("[省市县区州岛的]"),
}
_FORUM_KIND = re.compile("(?:大会|论坛|峰会|年会|会议|大赛|博览会|展览会|交易会|展会|会|赛|展|节|周)$")
_INITIATIVE_KIND = re.compile(
    "(?:规划|计划|方案|纲要|意见|条例|办法|倡议|报告|宣言|协定|公约|法|行动|工程|声明|章程|标准|指南|议程|战略|理念)$"
)
_UNCUT = re.compile("(?:司令|指挥|俱乐|总|支)部$|委党组$")
# Characters that transcriptions of one foreign name exchange: they sound the same.
_SOUNDS = (
    "斯思司丝 罗洛 娜纳 利里莉丽 夫弗 克科 维威 德得 西希 塞赛 雷蕾 尔耳 亚娅 马玛 米密弥 丹达 加嘉 巴芭 贝蓓 列烈 "
    "拉腊 瓦娃 图土 姆穆 卡喀 莱来赖 沙莎 蒂迪 胡乎 兰蓝 滕腾"
)
_SOUND_KEYS = {ord(sound): sounds[0] for sounds in _SOUNDS.split() for sound in sounds}


def harmless(type: EntityType, words: str) -> bool:
    """Whether words seldom tell two things of that type apart."""
    return _HARMLESS[type].fullmatch(words) is not None


def telling(text: str) -> bool:
    """Whether what one name leaves out always tells two things apart: a direction, 男, 女子, 青年."""
    return set(text) <= _TELLING or _TELLING_WORDS.search(text) is not None


def names_kind(type: EntityType, text: str) -> bool:
    """Whether a name ends with what the thing is: 论坛, 规划."""
    pattern = {EntityType.FORUM: _FORUM_KIND, EntityType.INITIATIVE: _INITIATIVE_KIND}.get(type)
    return pattern is not None and pattern.search(text) is not None


def names_division(text: str) -> bool:
    """Whether a text ends as the names of provinces, cities and counties do, at home and abroad."""
    return len(text) > 2 and text[-1] in "省市县区州旗镇乡"


def head_kind(text: str) -> str | None:
    """The kind of body that the last word of a name tells: school, company, government; None where it tells none."""
    heads = _heads()
    return next((heads[text[-size:]] for size in range(min(len(text), 8), 1, -1) if text[-size:] in heads), None)


def cuts_head(text: str) -> bool:
    """Whether a text ends with a word that its last character does not stand for: 司令部, which 部 is not."""
    return _UNCUT.search(text) is not None


def is_head(type: EntityType, text: str) -> bool:
    """Whether a text is nothing but the last word of names of that type."""
    if type is EntityType.ORGANIZATION:
        return text in _heads()
    return names_kind(type, text) and len(text) <= _LONGEST_HEAD


def ends_with_head(type: EntityType, text: str) -> bool:
    """Whether a text ends with the last word of names of that type."""
    return head_kind(text) is not None if type is EntityType.ORGANIZATION else names_kind(type, text)


def is_body(text: str) -> bool:
    """Whether a text is the name of a body, and not only a trade."""
    return len(text) > _LONGEST_HEAD - 1 and head_kind(text) is not None and not is_trade(text)


def is_trade(words: str) -> bool:
    """Whether words are the trade in a company's name: 科技, 汽车."""
    return _heads().get(words) == "company" and words[-1] not in "行所部店厂场局馆院社村庄市司团"


def never_mistyped(character: str) -> bool:
    """Whether a character means so much that another in its place is another name: 东, 男, 七."""
    return character in _OPPOSED or character in _NUMERALS or character in _place_letters() or character.isascii()


def sound_alike(one: str, other: str) -> bool:
    """Whether two characters write the same syllable of foreign names: 斯, 思."""
    return any(one in sounds and other in sounds for sounds in _SOUNDS.split())


def sound_key(text: str) -> str:
    """The same for all texts that differ only in characters that sound alike."""
    return text.translate(_SOUND_KEYS)


def begins_word(before: str, after: str) -> bool:
    """Whether the first of two characters more likely goes with the second than with the one before it.

    Args:
        before: the character before.
        after: the two characters; one at the end of a name, which may always be left of its last word.
    """
    return len(after) < 2 or _bigrams()[after] >= _bigrams()[before + after[0]]


def differs_in_words(one: str, other: str, place: int) -> bool:
    """Whether names that differ at one place make known words of both characters: 动物研究所, 植物研究所."""
    return all(
        max(_bigrams()[name[place - 1 : place + 1]], _bigrams()[name[place : place + 2]]) for name in (one, other)
    )


@cache
def _place_letters() -> frozenset[str]:
    """Characters that stand for a province or a country: 沪, 美."""
    fields = (entry[1] for file in ("places_cn", "countries") for entry in lexicon.load(file))
    return frozenset(form for field in fields for form in lexicon.forms(field) if len(form) == 1)


@cache
def _heads() -> dict[str, str]:
    return {fold(head): kind for head, kind, _ in lexicon.load("org_heads")}


@cache
def _bigrams() -> Counter[str]:
    """In how many names of the lexicons two characters stand side by side."""
    found: Counter[str] = Counter()
    for file in (*ORGANIZATION_LEXICONS, "forums"):
        for entry in lexicon.load(file):
            found.update({first + second for first, second in pairwise(fold(entry[0]))})
    return found
