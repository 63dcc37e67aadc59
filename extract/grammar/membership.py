"""加入、成员单位、联署: who joins or belongs to an alliance, a network or an initiative."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.analysis import Fact
from extract.grammar.context import PARTY, Context, listed_after, listed_before
from extract.grammar.masked import Masked, Named, pattern
from extract.scanning import scanning
from graph.schema import EntityType, RelationType

__all__ = ["facts"]

_WHOLE = (EntityType.ORGANIZATION, EntityType.INITIATIVE)
_UNIT = r"(?:单位|国|机构|企业|城市|高校|院校|成员|方|伙伴)"
_KIND = (
    rf"(?:(?:首批|创始|首届|新|正式|核心|首任)*(?:副?理事长|常务理事|理事|成员|会员|发起|副会长|会长|主任|副主任|主席|轮值主席|副主席|参与|合作|共建|共享|签署|试点|委员|创始|伙伴){_UNIT}|(?:首批|首任)试点|"
    r"(?:首批|创始|创会|正式|新|团体|白金|合作|核心)*(?:成员|会员|委员|理事)|(?:非?常任)理事国|对话伙伴国?|观察员国?|缔约[国方])"
)
# 加入 and its like: the whole stands after the verb, or was named before the members.
_JOIN = scanning(
    rf"(?:等[^,。;]{{0,14}}?)?(?:正式|现场|同时|当场|同日|宣布|共同|率先|已|首批|相继|也|均|将|申请|确认|同意|当天|随即|首先|应邀|获邀|受邀|先后|自[^,。;]{{2,8}}起?"
    r"|通过[^,。;]{2,6}方式|以[^,。;]{2,8}(?:身份|方式))*"
    rf"(?P<verb>(?:签约|响应)?加入|联署|响应(?:并签署)?(?!号召)|入列|参与其中|入盟|(?:当选|成为|入选|是|为|系)(?:其|该[^,。;]{{2,6}}?)?(?P<kind>{_KIND})|是(?:第一个|首个|首批|最早|第[一二三四五六七八九十]+个)(?:签署|批准|加入))"
)
# 由A、B等29家单位组成
_MADE_OF = re.compile(r"(?:等[^,。;]{0,14}?)(?:共同|联合)?(?P<verb>组成)")
# A公约 that is signed by many is joined.
_SIGNS = re.compile(
    r"(?:等[^,。;]{0,14}?)?(?:现场|共同|联合|率先|首批|集体|分别)*(?P<verb>签署|联署|签订|签名支持)[了]?[“《]*$"
)
_SIGNED = re.compile(r"(?:等[^,。;]{0,14}?)(?:共同|联合|先后|集体)*(?:签署|联署|签名)(?=[,。;]|$)")
_PLEDGE = re.compile(r"(?:公约|倡议书?|宣言|共识|承诺书|自律)(?:\([^()]*\))?$")
# 是中国人工智能产业发展联盟的成员单位
_IS_MEMBER = re.compile(rf"^[”》]?(?:的)?(?P<kind>{_KIND})")
# 积极参与共建“一带一路”
_TAKES_PART = pattern(r"参与(?:高质量)?(?:共建)?[“\"]?{I}")
# 甲倡议、乙倡议意义重大，Ⓛ坚定支持并积极参与。
_TAKES_PART_IN_ALL = re.compile(r"(?:支持并|愿|将|[和、])(?:积极|深度|建设性)?参与(?:其中)?(?=[。;,])")
_BE = re.compile(r"[同均都]?(?:成为|当选|入选|是|为|系|作为|加入|担任|获批)(?:了)?[“《]*$")
_MEMBERS = scanning(
    rf"(?P<kind>{_KIND}|(?:首批|率先|已)?(?:加入|响应|签署|参与)(?:该[^,。;]{{2,6}}|并签署该[^,。;]{{2,6}})?的)(?:还|共[^,。;]{{0,8}})?(?:[:：]|包括|有|为|涵盖|囊括|中,?既有|来自)(?:[^,。;]{{0,4}}[:：])?"
)
_TAKES_IN = re.compile(r"(?:吸收|吸纳|接纳|增补|新增)(?:了)?$")
_TO_JOIN = re.compile(
    r"(?:联盟|网络|倡议书?|行动|计划|共同体|联合体|机制|公约|合作体|俱乐部|社区|工程|共识|宣言|平台)(?:\([^()]*\))?$"
)
_ALLIANCE = re.compile(
    r"(?:联盟|网络|协会|学会|倡议书?|行动|计划|共同体|联合体|组织|联合会|委员会|平台|机制|基金会|公约|商会|中心|合作社|俱乐部|工程|分会|理事会|共识|宣言|智库|促进会|合作体|社区|开源社区|平台)(?:\([^()]*\))?$"
)


def facts(context: Context) -> Iterator[Fact]:
    """MEMBER_OF from 加入 and its like, from signed pledges, and from lists of members."""
    for masked in context.sentences:
        for match in _JOIN.finditer(masked.text):
            yield from _joins(context, masked, match)
        for match in _MEMBERS.finditer(masked.text):
            members = listed_after(masked, match.end(), PARTY)
            yield from _belong(context, masked, match, members, None, match["kind"], "membership.list")
        for match in _MADE_OF.finditer(masked.text):
            members = listed_before(masked, match.start(), PARTY)
            if members and masked.text[: members[0].index].endswith("由"):
                yield from _belong(context, masked, match, members, None, "成员", "membership.made-of")
        yield from _pledges(context, masked)
        yield from _signed(context, masked)
        for match in _TAKES_PART.finditer(masked.text):
            clause = max(masked.text.rfind(mark, 0, match.start()) for mark in ",。;") + 1
            parties = masked.within(clause, match.start(), *PARTY)[:1] or masked.within(0, match.start(), *PARTY)[:1]
            whole = masked.within(match.start(), match.end(), EntityType.INITIATIVE)[0]
            yield from _belong(context, masked, match, parties, whole, "参与", "membership.takes-part")
        for match in _TAKES_PART_IN_ALL.finditer(masked.text):
            clause = masked.text.rfind(",", 0, match.start()) + 1
            parties = masked.within(clause, match.start(), *PARTY)[:1]
            wholes = masked.within(0, clause, EntityType.INITIATIVE) if parties else []
            for whole in wholes:
                yield from _belong(context, masked, match, parties, whole, "参与", "membership.takes-part")
        yield from _is_member(context, masked)


def _joins(context: Context, masked: Masked, match: re.Match[str]) -> Iterator[Fact]:
    members = listed_before(masked, match.start(), (*PARTY, EntityType.PERSON))
    for marks in (",。;", "。;"):
        if not members:
            clause = max(masked.text.rfind(mark, 0, match.start()) for mark in marks) + 1
            members = masked.within(clause, match.start(), EntityType.ORGANIZATION)[:1]
    ahead = masked.within(match.end(), match.end() + 14, *_WHOLE)
    joined = any(word in match["verb"] for word in ("加入", "联署", "响应", "签署", "批准"))
    # 当选甲理事国、正式加入|乙: the subject of both stands before the first.
    if not members and masked.text[match.start() - 1 : match.start()] == "、":
        clause = max(masked.text.rfind(mark, 0, match.start()) for mark in ",。;") + 1
        members = masked.within(clause, match.start(), *PARTY)[:1]
    near = bool(ahead) and not re.search(r"[,;。]", masked.text[match.end() : ahead[0].index])
    whole = ahead[0] if near and joined else None
    if (
        whole is None
        and members
        and masked.text[max(0, members[0].index - 3) : members[0].index].endswith(("吸收", "吸纳", "接纳"))
    ):
        whole = next(iter(masked.within(0, members[0].index, *_WHOLE)[-1:]), None)
    yield from _belong(context, masked, match, members, whole, match["kind"] or match["verb"], "membership.joins")


def _pledges(context: Context, masked: Masked) -> Iterator[Fact]:
    for name in masked.names:
        if name.mention.type is not EntityType.INITIATIVE or not _PLEDGE.search(context.things[name.thing].names[0]):
            continue
        match = _SIGNS.search(masked.text, 0, name.index)
        if match is None:
            continue
        members = listed_before(masked, match.start(), PARTY)
        yield from _belong(context, masked, match, members, name, match["verb"], "membership.signs")


def _signed(context: Context, masked: Masked) -> Iterator[Fact]:
    """发布I,已有A、B等58家机构签署: the pledge stands before those who signed it."""
    for match in _SIGNED.finditer(masked.text):
        members = listed_before(masked, match.start(), PARTY)
        before = masked.within(0, members[0].index, EntityType.INITIATIVE) if members else []
        pledges = [n for n in before if _PLEDGE.search(context.things[n.thing].names[0])]
        if pledges:
            yield from _belong(context, masked, match, members, pledges[-1], "签署", "membership.signed")


def _is_member(context: Context, masked: Masked) -> Iterator[Fact]:
    subjects: list[Named] = []
    subject_end = 0
    for name in masked.names:
        kind = _IS_MEMBER.match(masked.text[name.index + 1 :]) if name.mention.type in _WHOLE else None
        be = _BE.search(masked.text[: name.index])
        if kind is None:
            continue
        if be is not None:
            subjects = (
                [] if masked.text[be.start() - 1 : be.start()] == "," else listed_before(masked, be.start(), PARTY)
            )
            if not subjects:
                clause = max(masked.text.rfind(mark, 0, be.start()) for mark in "。;") + 1
                subjects = masked.within(clause, be.start(), EntityType.ORGANIZATION)[:1]
        elif not re.fullmatch(r"[、,和及“《]+", masked.text[subject_end : name.index]):
            subjects = []
        # 是A理事单位、B成员单位: the subject goes on.
        subject_end = name.index + 1 + kind.end()
        if subjects:
            span = be or kind
            yield from _belong(context, masked, span, subjects, name, kind["kind"], "membership.is-member")


def _belong(
    context: Context,
    masked: Masked,
    match: re.Match[str],
    members: list[Named],
    whole: Named | None,
    role: str,
    rule: str,
) -> Iterator[Fact]:
    """The facts of a list of members; without a named whole it is the alliance or pledge named last before them."""
    if not members:
        return
    thing = whole.thing if whole is not None else _last_whole(context, masked, members)
    if thing is None:
        return
    for member in members:
        if member.thing != thing:
            yield context.fact(RelationType.MEMBER_OF, member.thing, thing, masked, match.span(), rule, 0.8, role=role)


def _last_whole(context: Context, masked: Masked, members: list[Named]) -> int | None:
    """The alliance or pledge named last before the members, in their sentence or the three before.

    What is made to be joined (联盟, 倡议) goes before what has members of its own (学会, 协会).
    """
    among = {n.thing for n in members}
    before = [
        name
        for sentence in context.sentences[max(0, masked.number - 3) : masked.number]
        if sentence.section == masked.section
        for name in sentence.names
    ] + masked.within(0, members[0].index)
    wholes = [n.thing for n in reversed(before) if n.mention.type in _WHOLE and n.thing not in among]
    for kind in (_TO_JOIN, _ALLIANCE):
        found = next((thing for thing in wholes if kind.search(context.things[thing].names[0])), None)
        if found is not None:
            return found
    return None
