"""签署、签订、签约: who signed with whom.

主席Ⓟ同Ⓛ总统Ⓟ举行会谈。…两国元首共同见证签署多项双边合作文件    China and the guest's country
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from extract.analysis import Fact
from extract.grammar.context import CERTAIN, PARTY, Context, listed_after, listed_before
from extract.grammar.masked import Masked, Named, pattern
from extract.mentions import PARTY_TO
from graph.names.known import is_country
from graph.schema import EntityType, RelationType

__all__ = ["facts", "two_states"]

# What many sign to join it is no agreement between them.
_PLEDGE = re.compile(r"(?:公约|倡议书?|宣言|共识|承诺书)(?:\([^()]*\))?$")
_BOTH = re.compile(
    r"(?P<who>双方|两校|两地|三方|两院|校企双方)(?:代表)?(?:共同|正式|还|将|现场|随后|并|就[^,。;]{0,20})*$"
)
# 两国元首共同见证签署: of the two states whose leaders met.
_STATES = re.compile(
    r"(?:两国|双方|两国?(?:元首|领导人|国家?主席|总理|政府|外长))(?:共同|一道)?(?:见证)?(?:了|双方|两国|宣布)*(?:共同出席[^,。;]{0,10}文件|见证了?[^,。;]{0,30}(?:文件|协议|备忘录)的)?$"
)
_RECEIVED = pattern(
    r"(?:同|与|和|会见|欢迎)(?:前?来华|来京|到访|访华|正在)?[^,。;{P}]{0,30}?(?P<state>{L})[^,。;{L}]{0,12}{P}".replace(
        "^,。;{P}", "^,。;"
    )
)
_CHINESE_SIDE = re.compile(r"国家主席|国家副主席|国务院|委员长|全国政协|外交部长|人民大会堂|钓鱼台|来华|访华")
_OPENING = 3
_TALKS = re.compile(r"会谈后|会见后|磋商后|两国(?:总理|元首|领导人|政府)")
_SIGNING = re.compile(r"签[约署字订]")
_ALL = re.compile(r"了?(?:[^,。;]{0,12}?[三四五六]方|,[三四五六]方)")
_WITH = re.compile(r"(?:分别)?(?:与|同|和|跟)[“\"]?$")
_AGREEMENT = re.compile(r"[^,。;]{0,30}?(?:协议|备忘录|合同|意向书|协定|契约|议定书|框架|文件|合约|谅解备忘录)(?:书)?")


def facts(context: Context) -> Iterator[Fact]:
    """SIGNED_WITH between the parties of a signing; who witnesses is no party."""
    yield from _ceremonies(context)
    for masked in context.sentences:
        for match in re.finditer(r"签署|签订|签约|签下|签定|续签|交换|达成|缔结|结为", masked.text):
            if not _signs(context, masked, match):
                continue
            pairs = _sides(masked, match.start())
            states = all(context.things[each].type is EntityType.PLACE for pair in pairs for each in pair)
            sure = CERTAIN if states and len(pairs) > 1 else 0.8
            if not pairs and _STATES.search(masked.text, 0, match.start()):
                pairs, sure = _pairs(two_states(context, masked.section), []), CERTAIN
            pairs = pairs or _pairs(_both(context, masked, match.start()), [])
            at = context.forum_at(masked, match.start())
            for a, b in pairs:
                if a != b:
                    yield context.fact(
                        RelationType.SIGNED_WITH,
                        a,
                        b,
                        masked,
                        match.span(),
                        "signing.parties",
                        sure,
                        role=_agreement(masked, match.end()),
                        at=at,
                    )


def _ceremonies(context: Context) -> Iterator[Fact]:
    """The parties in the name of what they meet for: 甲市人民政府与乙集团战略合作框架协议签署仪式."""
    mentions = context.analysis.mentions
    owner = {index: number for number, thing in enumerate(context.things) for index in thing.mentions}
    for masked in context.sentences:
        for name in masked.names:
            ceremony = context.analysis.text[name.mention.start : name.mention.end]
            if name.mention.type is not EntityType.FORUM or not _SIGNING.search(ceremony):
                continue
            inside = [
                owner[index]
                for index, party in enumerate(mentions)
                if party.source == PARTY_TO and name.mention.start <= party.start < name.mention.end
            ]
            span = (name.index, name.index + 1)
            for a, b in _pairs(list(dict.fromkeys(inside)), []):
                yield context.fact(
                    RelationType.SIGNED_WITH, a, b, masked, span, "signing.ceremony", CERTAIN, at=name.thing
                )


def _signs(context: Context, masked: Masked, match: re.Match[str]) -> bool:
    signed = masked.within(match.end(), match.end() + 8, EntityType.INITIATIVE)
    if signed and _PLEDGE.search(context.things[signed[0].thing].names[0]):
        return False
    before = masked.within(0, match.start(), EntityType.INITIATIVE)
    bare = re.match(r"[,。;]|$", masked.text[match.end() :])
    if bare and before and _PLEDGE.search(context.things[before[-1].thing].names[0]):
        return False
    if match[0] in ("交换", "达成", "缔结", "结为"):
        return bool(
            re.match(r"[^,。;]{0,24}?(?:备忘录|协议|文本|合同|协定|友好城市|合作意向)", masked.text[match.end() :])
        )
    return not re.match(r"仪式|活动|项目|额|方式|环节|时|后|金额|率", masked.text[match.end() :])


def _agreement(masked: Masked, end: int) -> str | None:
    match = _AGREEMENT.match(masked.text, end)
    return match[0].lstrip("了《“一份") if match and not any(ord(c) >= 0xE000 for c in match[0]) else None


def _sides(masked: Masked, verb: int) -> list[tuple[int, int]]:
    """The pairs of a signing, read from the list of parties before the verb.

    A与B、C签署 A with each; A、B签署 and A、B与C三方签署 all pairs; A与B、C与D分别签署 pair by pair; 与A签署 the
    subject with A.
    """
    gap = re.search(r"(?:[^,。;\ue001-\ue005]{0,14})$", masked.text[:verb])
    end = gap.start() if gap else verb
    listed = listed_before(masked, end, PARTY)
    if not listed:
        return []
    joints = [
        position
        for position in range(1, len(listed))
        if re.search(r"与|同|跟", masked.text[listed[position - 1].index + 1 : listed[position].index])
    ]
    if len(joints) > 1:
        return [(listed[position - 1].thing, listed[position].thing) for position in joints]
    together = re.search(r"[三四五]方|各方|共同", masked.text[end : verb + 2]) or _ALL.match(masked.text, verb + 2)
    if joints and not together:
        return _pairs(_things(listed[: joints[0]]), _things(listed[joints[0] :]))
    if not joints and _WITH.search(masked.text[: listed[0].index]):
        return _pairs(_subject(masked, listed[0].index), _things(listed))
    return _pairs(_things(listed), []) if len(listed) > 1 else []


def _subject(masked: Masked, index: int) -> list[int]:
    """Whoever opens the clause before 与, else the clause before that, else the sentence."""
    first = max(masked.text.rfind(mark, 0, index) for mark in ";。") + 1
    begins = [first, *(m.end() for m in re.finditer(r"[,:]", masked.text[:index]) if m.end() > first)]
    for begin, end in reversed(list(zip(begins, [*begins[1:], index], strict=True))):
        inside = masked.within(begin, end, *PARTY)
        if inside:
            following = [n for n in listed_after(masked, inside[0].index + 1, PARTY) if n.index < end]
            return _things([inside[0], *following])
    return []


def two_states(context: Context, section: int) -> list[int]:
    """China and the country whose leader the first sentences of a section say was received; none for other meetings."""
    china = next((n for n, t in enumerate(context.things) if t.type is EntityType.PLACE and "中国" in t.names), None)
    for masked in [sentence for sentence in context.sentences if sentence.section == section][:_OPENING]:
        if china is None or not _CHINESE_SIDE.search(masked.text):
            continue
        for match in _RECEIVED.finditer(masked.text):
            (state,) = masked.group(match, "state", EntityType.PLACE)
            if state.thing != china and any(is_country(name) for name in context.things[state.thing].names):
                return [china, state.thing]
    if china is None or not any(_TALKS.search(s.text) for s in context.sentences if s.section == section):
        return []
    states = Counter(
        name.thing
        for masked in context.sentences
        if masked.section == section
        for name in masked.names
        if name.mention.type is EntityType.PLACE and any(is_country(each) for each in context.things[name.thing].names)
    )
    states.pop(china, None)
    (first, second) = [*states.most_common(2), (0, 0), (0, 0)][:2]
    return [china, first[0]] if first[1] > second[1] + 1 else []


def _both(context: Context, masked: Masked, verb: int) -> list[int]:
    """What 双方, 两校 or 三方 stand for: the last two or three parties named before them."""
    match = _BOTH.search(masked.text[:verb])
    if match is None:
        return []
    wanted = 3 if match["who"].startswith("三") else 2
    names = masked.within(0, match.start(), *PARTY)
    for sentence in reversed(context.sentences[: masked.number]):
        if len(_things(names)) >= wanted or sentence.section != masked.section:
            break
        names = [*sentence.within(0, len(sentence.text), *PARTY), *names]
    things = _things(names)
    return things[-wanted:] if len(things) >= wanted else []


def _things(names: list[Named]) -> list[int]:
    return list(dict.fromkeys(n.thing for n in names))


def _pairs(left: list[int], right: list[int]) -> list[tuple[int, int]]:
    if left and right:
        return [(a, b) for a in left for b in right]
    if len(left) <= 4:
        return list(combinations(left, 2))
    return [(left[0], other) for other in left[1:]]
