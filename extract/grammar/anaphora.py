"""大会、该联盟、中心: words that stand for a thing named before, found so that rules see them as its name.

2025世界智能大会在津开幕。大会由…主办，…      大会 → 2025世界智能大会
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from extract.analysis import Analysis, Mention, Thing
from extract.grammar.aside import is_aside
from extract.scanning import scanning
from graph.names.known import is_part
from graph.schema import EntityType

__all__ = ["anaphors"]

# What may stand before the word: the start of a phrase, or a word that takes a noun phrase.
_FREE = r"(?<![^\s,。;:、!?()“”《》在由为了与和对向至于席加开办该次届本此的让将是给随及以等后当过上中会同从据经第主使])"
_POINTER = r"(?P<pointer>本届|本次|此次|该|这次|这场|这一|这个|此|今年|当届|整场)?"
_FORUM_WORD = re.compile(
    _FREE + _POINTER + r"(?P<head>大会|(?<=[该次届场个])(?:分|平行|专题|主题)论坛|论坛|"
    r"峰会|年会|博览会|展览会|展会|研讨会|对话会|大赛|赛事|竞赛|盛会|会议|活动|座谈会|推介会|"
    r"洽谈会|交流会|对接会|恳谈会|交易会|沙龙|成立仪式|仪式)(?!堂|周|中心|报(?!道|告)|室|厅|组委会|秘书处|筹备|制度|精神|纪要|室|期间?刊|桌)"
)
_SENTENCE_END = re.compile(r"[。!?\n]")
_MEETING_END = re.compile(r"(?:会|会议|论坛|对话)$")
_POINTING = frozenset({"该", "这场", "这一", "这个", "此", "这次"})
_FORUM_HEADS = frozenset({"会议", "活动", "盛会", "仪式"})
_OTHER_WORD = re.compile(
    _FREE + r"(?P<pointer>该|本|这一|这个|这项|这份|此|上述|新)?"
    r"(?P<head>联盟|联合会|学会|协会|研究会|促进会|商会|基金会|分会|研究院|研究中心|实验室|中心|基金|计划|行动|倡议|平台|宣言|公约|网络|联合体|共同体|智库|委员会|专委会"
    r"|白皮书|报告|指南|规划|方案|标准|学院|研究所|工程|共识|项目|组织|基地|集团|公司|机构|书院|合作体)"
    r"(?=[,。;:由以将的是已共首成现下设还也正涵包汇旨聚致落位总拟在与和、]|今|于|为|发起|揭牌|启动|正式|成员"
    r"|理事|秘书|主任|院长|单位|首批|发布|第.{1,3}届|联合|当[天日]|现场|签|推出|牵头|分别|[近日]日|近期|同步|面向|通过|组织|开展|举办|主办|承办)"
)
# 我校 and what its kind of body is called.
_OWN = {"我校": r"(?:大学|学院|学校|中学)$", "本校": r"(?:大学|学院|学校|中学)$", "我院": r"(?:学院|医院|研究院)$"}
_OWN["学校"] = _OWN["我校"]
_OWN_WORD = scanning(
    r"(?P<head>我校|我院|本校)|" + _FREE + r"(?P<school>学校)(?=与|和|同|将|联合|主办|承办|举办|签|还与|分别)"
)
# Words with which names end in another form than the one that stands for them.
_ENDINGS = {"专委会": ("专委会", "专业委员会")}
_OTHER = (EntityType.ORGANIZATION, EntityType.INITIATIVE)
_BARE_NEEDS_POINTER = frozenset(
    {
        "公司",
        "机构",
        "组织",
        "项目",
        "中心",
        "平台",
        "报告",
        "学院",
        "集团",
        "标准",
        "方案",
        "工程",
        "规划",
        "行动",
        "基地",
    }
)


def anaphors(analysis: Analysis) -> Iterator[tuple[Mention, int]]:
    """Words that stand for a thing, with the number of the thing; none inside a mention."""
    owner = {index: number for number, thing in enumerate(analysis.things) for index in thing.mentions}
    named = sorted((m.start, m.end, owner[i]) for i, m in enumerate(analysis.mentions) if i in owner)
    words = sorted(
        [(m.start(), m.end(), m["head"], m["pointer"], True) for m in _FORUM_WORD.finditer(analysis.text)]
        + [(m.start(), m.end(), m["head"], m["pointer"], False) for m in _OTHER_WORD.finditer(analysis.text)]
        + [(m.start(), m.end(), m[0], None, False) for m in _OWN_WORD.finditer(analysis.text)]
    )
    forums = {number for number, thing in enumerate(analysis.things) if thing.type is EntityType.FORUM}
    seen: dict[int, int] = {}  # the thing named last at the end, with where its name ends
    own: dict[str, int | None] = {}
    cursor = 0
    busy = 0
    for start, end, head, pointer, forum in words:
        while cursor < len(named) and named[cursor][0] < start:
            begins, ends, number = named[cursor]
            seen.pop(number, None)
            if number in forums and not forums.isdisjoint(seen) and is_aside(analysis.text, begins, ends):
                seen = {number: ends, **seen}
            else:
                seen[number] = ends
            busy = max(busy, ends)
            cursor += 1
        if start < busy or (cursor < len(named) and named[cursor][0] < end):
            continue
        if head in _OWN:
            if head not in own:
                own[head] = _own(analysis.things, [n for _, _, n in named], _OWN[head])
            thing = own[head]
        else:
            here = {number for number, last in seen.items() if not _SENTENCE_END.search(analysis.text, last, start)}
            thing = (
                _forum(analysis.things, seen, head, pointer, here)
                if forum
                else _other(analysis.things, seen, head, pointer)
            )
        if thing is not None:
            yield Mention(start, end, analysis.things[thing].type, 0.5, "anaphor"), thing
            seen.pop(thing, None)
            seen[thing] = end


def _own(things: Sequence[Thing], named: Sequence[int], ending: str) -> int | None:
    """The body of that kind that the text names most often: 我校 on a university's page."""
    counts = Counter(n for n in named if things[n].type is EntityType.ORGANIZATION)
    bodies = [n for n in counts if re.search(ending, things[n].names[0])]
    return max(bodies, key=lambda n: (counts[n], -n), default=None)


def _forum(
    things: Sequence[Thing], seen: dict[int, int], head: str, pointer: str | None, here: Collection[int]
) -> int | None:
    """The last forum named whose name ends so; for 会议 and the like, and where none does, the last one named.

    A part (分论坛) or a side event is meant only where the word points at it (该论坛) or its sentence has named it
    (``here``).
    """
    forums = [n for n in reversed(seen) if things[n].type is EntityType.FORUM]
    ending = _MEETING_END if head == "会议" else None if head in _FORUM_HEADS else re.compile(f"{head}$")
    alike = [n for n in forums if ending is None or any(ending.search(name) for name in things[n].names)] or forums
    wholes = [n for n in alike if pointer in _POINTING or n in here or not is_part(things[n].names[0])]
    return next(iter(wholes or alike), None)


def _other(things: Sequence[Thing], seen: dict[int, int], head: str, pointer: str | None) -> int | None:
    if pointer is None and head in _BARE_NEEDS_POINTER:
        return None
    endings = _ENDINGS.get(head, (head,))
    for number in reversed(seen):
        if things[number].type in _OTHER and any(name.endswith(endings) for name in things[number].names):
            return number
    return None
