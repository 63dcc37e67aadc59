"""The true bounds of a name: what a proposer took too much of, or took for a name though it is none (去噪)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extract.analysis import Mention
from graph.schema import EntityType

__all__ = ["trim"]

_PAIRS = (("“", "”"), ("《", "》"), ("(", ")"))
_EDGE = " \n,。;:、!?·-—"
_BEFORE_FORUM = re.compile(
    r"^(?:本届|今年的?|去年的?|多场|数场|[\d一二三四五六七八九十]+场|首个|这届|该|祝贺|应邀|出席|参加|在|举办|召开|主办|的|和|暨)+"
)
_AFTER_FORUM = re.compile(r"(?:的)?(?:开幕式|闭幕式|开幕会|闭幕会|开幕大会|期间|现场|上)$")
_BEFORE_INITIATIVE = re.compile(
    r"^(?:加强|提升|深化|推动|推进|落实|支持|参与|涵盖|促进|高质量(?=共建)|积极|继续|实施|围绕|发布|签署|通过|启动|提出|制定|出台)+"
)
_COMMON = (
    "企业|公司|机构|组织|部门|政府|高校|媒体|院校|科研院所|科研机构|金融机构|国际组织|行业协会|投资机构|大学|医院|银行|中小企业|高新技术企业|"
    "学校|协会|学会|集团|研究院|研究所|研究机构|工厂|基地|园区|平台|中心|智库|委员会|单位|社会组织|行业组织|商协会|协会商会"
)
_GENERIC = re.compile(
    r"^(?:中国|我国|国内外|国内|国外|有关|相关|各类|各|当地|外国|跨国|地方|各级|中外|国有|民营|本地|知名|龙头|重点|主要|全球|国际|世界|两国|双方|全市|全省|全国|上市|科技|专业|多家|优质|大型)*"
    rf"(?:{_COMMON})$"
)
_SLOGAN = re.compile(r"(?:命运共同体|伙伴关系|关系|格局|体系|局面|机遇|繁荣发展|现代化|互联互通)$")
_ALLOWED_SLOGAN = re.compile(r"伙伴关系(?:协定|基地|网络)")
# Words that lead into any name: 和金正恩, 考察…中心, 李强在峰会.
_BEFORE_ANY = re.compile(
    r"^(?:\([^()]{1,12}\)|共建(?![“一])|打造|和|同|与|向|应|对|在|由|为|及"
    r"|拓展|考察|建设(?!银行|工程)|大力推进|推进|传承发展|助力"
    r"|维护|加强|构建|称赞|评价|涉及|如何加强|本地区|称|参观|访问|支持|成立|加入|组织)(?=.{2})"
)
# The best known initiative, whatever is wound around it.
_BELT = re.compile(r"^[^“”《》]{0,6}[“\"]?(?P<name>一带一路)[”\"]?(?:倡议)?$")
_AND = re.compile(r"和|以及")
_HEAD_OF_PART = {
    EntityType.ORGANIZATION: re.compile(
        r"(?:部|局|委|院|会|台|府|大学|司|团|盟|署|厅|银行|所|社|校|馆|组织|中心|联合国)$"
    ),
    EntityType.FORUM: re.compile(r"(?:会|论坛|大赛|对话|活动|展)$"),
}
_PERSON_TAIL = re.compile(r"(?:时|说|是|愿|表示|强调|指出|还|并)$")
_SIDE = re.compile(r"^.{1,3}方$")


def trim(text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions with their true bounds; those that are no names are left out."""
    for mention in (part for whole in mentions for part in _parts(text, whole)):
        start, end = _balanced(text, mention.start, mention.end)
        start, end = _shaved(text, start, end, mention.type)
        name = text[start:end]
        if end > start and _is_name(name, mention.type):
            yield mention if (start, end) == (mention.start, mention.end) else replace(mention, start=start, end=end)


def _parts(text: str, mention: Mention) -> Iterator[Mention]:
    """Two names taken for one: 中联部和中央广电总台; a name with 和 inside keeps together where a part has no head."""
    head = _HEAD_OF_PART.get(mention.type)
    name = text[mention.start : mention.end]
    if head is None or len(name) <= 8:
        yield mention
        return
    for match in _AND.finditer(name):
        left, right = name[: match.start()], name[match.end() :]
        if len(left) >= 3 and len(right) >= 4 and head.search(left) and head.search(right):
            yield replace(mention, end=mention.start + match.start())
            yield from _parts(text, replace(mention, start=mention.start + match.end()))
            return
    yield mention


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """Bounds with both marks of a pair or none: 提升“一带一路 → 一带一路, 一带一路”倡议 → “一带一路”倡议."""
    for opening, closing in _PAIRS:
        name = text[start:end]
        first_close, last_open = name.find(closing), name.rfind(opening)
        if first_close >= 0 and opening not in name[:first_close]:
            if text[start - 1 : start] == opening:
                start -= 1
            else:
                end = start + first_close
        elif last_open >= 0 and closing not in name[last_open:]:
            if text[end : end + 1] == closing:
                end += 1
            elif last_open < len(name) // 2:
                start += last_open + 1
            else:
                end = start + last_open
    return start, end


def _shaved(text: str, start: int, end: int, type_: EntityType) -> tuple[int, int]:
    belt = _BELT.match(text[start:end]) if type_ is EntityType.INITIATIVE else None
    if belt:
        return start + belt.start("name"), start + belt.end("name")
    if type_ is not EntityType.PLACE and (lead := _BEFORE_ANY.match(text[start:end])):
        start += lead.end()
    before, after = {
        EntityType.FORUM: (_BEFORE_FORUM, _AFTER_FORUM),
        EntityType.INITIATIVE: (_BEFORE_INITIATIVE, None),
        EntityType.PERSON: (None, _PERSON_TAIL if end - start > 2 else None),
    }.get(type_, (None, None))
    if before and (match := before.match(text[start:end])):
        start += match.end()
    if after and (match := after.search(text[start:end])):
        end = start + match.start()
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def _is_name(name: str, type_: EntityType) -> bool:
    if not any(character.isalpha() for character in name):
        return False
    match type_:
        case EntityType.ORGANIZATION | EntityType.INITIATIVE:
            if _SLOGAN.search(name) and not _ALLOWED_SLOGAN.search(name):
                return False
            return len(name) > 1 and not _GENERIC.match(name)
        case EntityType.PERSON:
            return len(name) > 1 and not _SIDE.match(name)
        case EntityType.FORUM:
            return len(name) > 2
        case EntityType.PLACE:
            return True
