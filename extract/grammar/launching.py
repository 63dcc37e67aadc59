"""发布、发起、启动、成立: who launched what, and at which forum it was announced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.analysis import Fact
from extract.grammar.context import CERTAIN, PARTY, Context, listed_after, listed_before
from extract.grammar.masked import Masked, Named, pattern
from extract.grammar.signing import two_states
from extract.scanning import scanning
from graph.schema import EntityType, RelationType

__all__ = ["facts"]

_VERB = scanning(
    r"(?:等[^,。;]{0,14}?)?(?:正式|郑重|明确|鲜明|联合|共同|首次|同步|同时|重磅|牵头|率先|现场|集中|公开|宣布|隆重|全球|倡议|携手|对外|日前|近日|分别|随后|共|还|并|将|已|拟|单位|相继|也|均|同场|(?:在|于)?(?:本次|此次|本届)?(?:会议|会|论坛|峰会|大会|年会|活动|仪式|现场|开幕式|闭幕式|发布会|博览会|\ue003)上|当场|同日|组织|部署|合作|一起|地|代表[^,。;\ue001-\ue005]{2,8}|面向[^,。;]{0,8})*"
    r"(?P<verb>发布(?!会|者)|发起(?!单位|方|人|机构|城市|国)|启动(?!会|仪式)|推出|提出|印发|出台|成立(?!于|以来|大会|仪式|后|\d|[一二三四五六七八九十])|设立|揭牌(?!仪式)|揭幕|首发|颁布|公布|编制|编写|撰写|通过|上线|组建|(?<!推动)(?<!推进)(?<!参与)(?<!高质量)共建(?![“]?\ue004[”]?(?:倡议)?(?:合作|国家|各国|框架|[,。;、和]))|建设|制定|制订|(?<![\ue004”])倡议|(?<!深入)(?<!全面)(?<!继续)(?<!加快)(?<!大力)(?<!扎实)(?<!好)实施(?!好)|起草|授牌|建立|创立|创建|筹建|启用|开通|宣读|宣告|发表|亮相|签发|牵头|主编|研制|承建|公开征集|达成|形成|打造|发出|出版(?!社|工程)|开展|主办|宣布)(?!情况|过程)"
)
_SETS_UP = frozenset(
    [
        "成立",
        "发起",
        "组建",
        "共建",
        "设立",
        "揭牌",
        "建立",
        "启动",
        "创立",
        "创建",
        "启用",
        "筹建",
        "授牌",
        "建设",
        "牵头",
        "推出",
        "揭幕",
        "承建",
        "打造",
        "倡议",
    ]
)
_INTRANSITIVE = frozenset(
    [
        "成立",
        "揭牌",
        "启动",
        "发布",
        "授牌",
        "启用",
        "上线",
        "首发",
        "揭幕",
        "公布",
        "开通",
        "亮相",
        "推出",
        "设立",
        "通过",
        "实施",
    ]
)
_LABEL = re.compile(
    r"(?P<verb>编制|编写|起草|发起|发布|牵头|主编|研制)(?:单位|方|机构)(?:为|是|包括|有|[:：])?(?=[\ue002\ue005])"
)
_AGENDA = pattern(r"(?P<what>{I})[》”]?[ ]*(?:正式)?(?:发布|首发)?[ :：]+(?P<by>{O}(?:[、 ]+{O})*)\s*$")
_FOUNDERS = re.compile(
    r"(?:等[^,。;]{0,14}?)?(?:共同|联合)?(?:成为|为|是|作为)(?:联合|共同|首批)?发起(?:单位|方|人|机构)"
)
_FOUNDED = re.compile(r"(?:联盟|网络|共同体|联合体|平台|合作体|倡议|计划|行动|中心|基金)[”》]?$")
# …联盟|成立大会
_OCCASION = re.compile(
    r"[”》]?(?:正式)?(?P<verb>成立|揭牌|启动|发布|首发|启用|上线)(?:暨[^暨]{0,12})?(?:大会|仪式|会|活动)"
)
_JOINT = pattern(r"(?:双方|两国)[^,。;]{0,12}?(?P<verb>发表|发布|签署|通过)了?[《“](?P<statement>{I})")
_STATEMENT = re.compile(r"联合(?:声明|公报|宣言)")
_SUBJECTS = (EntityType.ORGANIZATION, EntityType.PLACE, EntityType.PERSON)
_THINGS = (EntityType.INITIATIVE, EntityType.ORGANIZATION)
_RELEASES = frozenset(
    {
        "发布",
        "揭牌",
        "成立",
        "启动",
        "推出",
        "首发",
        "通过",
        "授牌",
        "发起",
        "上线",
        "公布",
        "启用",
        "设立",
        "揭幕",
        "开通",
    }
)
_ELSEWHERE = re.compile(
    r"近日|日前|此前|近年|去年|今年以来|近期|曾|早在|\d{4}年(?!版)|以来|下一步|未来|已经|目前|累计|先后|据介绍|总理|主席|中方|应当|要|将"
)
# 习近平主席提出的
_TITLE_BEHIND = re.compile(
    r"(?<=[\ue001])(?:国家)?(?:主席|总书记|总统|总理|首相|院士|教授|董事长|校长|院长|先生|博士)$"
)
# Ⓞ总干事Ⓟ、Ⓞ院长|Ⓟ共同启动: a list of people, each with a title.
_TITLED_BEFORE = pattern(
    r"(?P<who>{P})(?:\([^()]*\))?(?:,?以及|[、,和与及])(?:(?!出席|主持|表示|致辞|介绍|宣布|会见|签署|发布|启动)[^。;\ue001]){0,40}?"
    r"(?:主席|长|官|书记|总裁|总监|主任|代表|理事|干事|经理|教授|院士|总理|总统|首相|大使)$"
)
# 甲联盟在乙局、丙局指导下,由…发起
_UNDER = re.compile(r"在[^。;]{1,80}?(?:指导|支持|见证|推动|组织|领导)下")
_OBJECT_OF = re.compile(
    r"(?:[、,;]|并|同时|还|将|会|继续|积极|推动|推进)*(?:发布|发起|启动|推出|提出|印发|出台|成立|设立|揭牌|组建|建设|打造|建立|形成|签署|开展|实施)了?[“《]?$"
)
_TOGETHER = re.compile(r"(?:将|已|近日|日前)*(?:携手|联合|会同|联手)[\u4e00-\u9fff]{0,6}")
_HOSTED = re.compile(r"(?:共同|联合)*(?:举办|主办|组织开展|组织|开展|发起|实施)的$")
_I = re.compile(r"我(?:还|曾|首次|先后|郑重|在此|[^,。;国们]{0,8}时)?$")
_SPEAKS = pattern(r"(?P<who>{P})[^,。;\ue001-\ue005]{0,8}(?:表示|指出|强调|介绍|说|宣布|重申)")
_TOGETHER_WITH = re.compile(r"(?:[,。;、还并将]|^)(?:同|与|和|携手|会同)$")
_THERE = re.compile(
    r"(?:会|论坛|峰会|大会|年会|活动|仪式|现场|开幕式|博览会|研讨会)(?:上|期间|现场|中)|现场|会上|期间|当天|当日|同期|同时|闭幕|会议(?:审议)?通过"
)


def facts(context: Context) -> Iterator[Fact]:
    """LAUNCHED and ANNOUNCED_AT."""
    yield from _founded(context)
    yield from _joint(context)
    for masked in context.sentences:
        for founded, parties, match, verb in _labelled(context, masked):
            for party in parties:
                if party.thing != founded:
                    yield context.fact(
                        RelationType.LAUNCHED,
                        party.thing,
                        founded,
                        masked,
                        match.span(),
                        "launching.labelled",
                        0.8,
                        role=verb,
                    )
        for match in _VERB.finditer(masked.text):
            objects, by = _frame(masked, match)
            if objects and not by and _I.search(masked.text, 0, match.start()):
                by = _who_speaks(context, masked, match.start())
            at = _forum_there(context, masked, match)
            for thing in objects:
                for subject in by:
                    if subject.thing != thing.thing:
                        yield context.fact(
                            RelationType.LAUNCHED,
                            subject.thing,
                            thing.thing,
                            masked,
                            match.span(),
                            "launching.verb",
                            0.8,
                            role=match["verb"],
                            at=at,
                        )
                if at is not None and at != thing.thing:
                    yield context.fact(
                        RelationType.ANNOUNCED_AT,
                        thing.thing,
                        at,
                        masked,
                        match.span(),
                        "launching.there",
                        0.75,
                        role=match["verb"],
                    )


def _who_speaks(context: Context, masked: Masked, index: int) -> list[Named]:
    """Whose words a sentence reports where it says 我: who is last said to speak, in it or before it."""
    for sentence in reversed(context.sentences[: masked.number + 1]):
        if sentence.section != masked.section:
            break
        end = index if sentence is masked else len(sentence.text)
        speaks = list(_SPEAKS.finditer(sentence.text, 0, end))
        if speaks:
            return sentence.group(speaks[-1], "who", EntityType.PERSON)
    return []


def _founded(context: Context) -> Iterator[Fact]:
    """What a forum is held for: 2031云溪智能联盟成立大会, 星河计划启动仪式."""
    for at, forum in enumerate(context.things):
        if forum.type is not EntityType.FORUM:
            continue
        for number, thing in enumerate(context.things):
            verb = thing.type in _THINGS and _held_for(forum.names, thing.names)
            if not verb:
                continue
            masked = next((s for s in context.sentences if any(n.thing == at for n in s.names)), None)
            if masked is not None:
                span = (0, len(masked.text))
                yield context.fact(
                    RelationType.ANNOUNCED_AT, number, at, masked, span, "launching.held-for", 0.85, role=verb
                )


def _joint(context: Context) -> Iterator[Fact]:
    """What two states declare together: 双方发表《…联合声明》."""
    for masked in context.sentences:
        for match in _JOINT.finditer(masked.text):
            (statement,) = masked.group(match, "statement", EntityType.INITIATIVE)
            if not _STATEMENT.search(context.things[statement.thing].names[0]):
                continue
            for state in two_states(context, masked.section):
                yield context.fact(
                    RelationType.LAUNCHED,
                    state,
                    statement.thing,
                    masked,
                    match.span(),
                    "launching.joint",
                    CERTAIN,
                    role=match["verb"],
                )


def _held_for(forums: Sequence[str], names: Sequence[str]) -> str | None:
    for forum in forums:
        for name in names:
            match = _OCCASION.match(forum, forum.find(name) + len(name)) if len(name) > 3 and name in forum else None
            if match:
                return match["verb"]
    return None


def _labelled(context: Context, masked: Masked) -> Iterator[tuple[int, list[Named], re.Match[str], str]]:
    """I正式上线,编制方为A、B   《I》发布 A   A、B成为发起单位."""
    for match in _LABEL.finditer(masked.text):
        before = masked.within(0, match.start(), EntityType.INITIATIVE)
        parties = listed_after(masked, match.end(), PARTY)
        if before and parties:
            yield before[-1].thing, parties, match, match["verb"]
    for match in _AGENDA.finditer(masked.text):
        (thing,) = masked.group(match, "what", EntityType.INITIATIVE)
        yield thing.thing, masked.group(match, "by", *PARTY), match, "发布"
    for match in _FOUNDERS.finditer(masked.text):
        parties = listed_before(masked, match.start(), PARTY)
        among = {n.thing for n in parties}
        earlier = [n for s in context.sentences[max(0, masked.number - 1) : masked.number] for n in s.names]
        earlier += masked.within(0, parties[0].index) if parties else []
        bodies = [n.thing for n in earlier if n.mention.type in _THINGS and n.thing not in among]
        founded = [thing for thing in bodies if _FOUNDED.search(context.things[thing].names[0])]
        if founded:
            yield founded[-1], parties, match, "发起"


def _frame(masked: Masked, match: re.Match[str]) -> tuple[list[Named], list[Named]]:
    """What is launched and by whom: A发布I, 由A发起的I, I由A发布, 为I揭牌, I发布."""
    text, verb = masked.text, match["verb"]
    objects = _objects(masked, match.end(), verb)
    title = _TITLE_BEHIND.search(text[: match.start()])
    parties = listed_before(masked, title.start() if title else match.start(), _SUBJECTS)
    if parties and parties[-1].mention.type is EntityType.PLACE and text[: parties[0].index].endswith(("在", "于")):
        parties = []  # 甲会在乙市启动丙行动
    while parties and (other := _OBJECT_OF.search(text[: parties[0].index])):
        # 打造甲中心、设立乙基金: what stands before the verb is the object of another; both have one subject.
        parties = listed_before(masked, other.start(), _SUBJECTS)
    while parties and parties[0].mention.type is EntityType.PERSON:
        titled = _TITLED_BEFORE.search(text[: parties[0].index])
        if titled is None:
            break
        parties = [*masked.group(titled, "who", EntityType.PERSON), *parties]
    same_verb = text.rfind(verb, 0, match.start())
    if not parties and same_verb >= 0 and text[match.start() - 1] == "、":
        # 习近平主席提出…、提出I
        title = _TITLE_BEHIND.search(text[:same_verb])
        parties = listed_before(masked, title.start() if title else same_verb, _SUBJECTS)
    lead = text[: parties[0].index] if parties else ""
    if parties and lead.rstrip("“《").endswith(("由", "被")):
        if objects and text[match.end() : objects[0].index].startswith("的"):
            return objects, parties
        if verb == "主办" and "," in lead[max((n.index for n in masked.within(0, len(lead), *_THINGS)), default=0) :]:
            return objects, parties
        under = [match.span() for match in _UNDER.finditer(lead)]
        earlier = [
            n for n in masked.within(0, parties[0].index, *_THINGS) if not any(a < n.index < b for a, b in under)
        ]
        return (earlier[-1:], parties) if earlier else (objects, parties)
    if not objects:
        before = listed_before(masked, match.start(), _THINGS)
        if (
            before
            and verb in _INTRANSITIVE
            and (before[-1].mention.type is EntityType.INITIATIVE or verb in ("成立", "揭牌", "授牌", "启用"))
        ):
            lead = text[: before[0].index].rstrip("“《")
            if lead.endswith("为"):
                return before, _clause_parties(masked, before[0].index)
            # 甲局、乙会共同举办的|丙活动启动, 甲台|“丙行动”发布
            hosted = _HOSTED.search(lead)
            return before, listed_before(masked, hosted.start() if hosted else len(lead), PARTY)
        return [], []
    if parties and _TOGETHER_WITH.search(lead):
        clause = parties[0].index
        parties = [*(_clause_parties(masked, clause) or _parties_ahead(masked, clause, far=True)), *parties]
    return objects, parties or _clause_parties(masked, match.start()) or _parties_ahead(masked, match.start())


def _objects(masked: Masked, start: int, verb: str) -> list[Named]:
    """The initiatives or bodies right after a verb, a few words apart at the most."""
    for name in masked.within(start, start + 18, *_THINGS):
        gap = masked.text[start : name.index]
        if re.search(r"[,;。]|由|在|与|对", gap):
            return []
        if name.mention.type is EntityType.ORGANIZATION and verb not in _SETS_UP:
            return []
        others = listed_after(masked, name.index + 1, _THINGS)
        return [name, *(n for n in others if n.mention.type is name.mention.type or verb in _SETS_UP)]
    return []


def _clause_parties(masked: Masked, end: int) -> list[Named]:
    """The list of parties that opens the clause before ``end``: A、B在会上联合发布."""
    clause = max(masked.text.rfind(mark, 0, end) for mark in ",。;:") + 1
    inside = masked.within(clause, end, *PARTY)
    if not inside or re.search(r"(?:在|为|对|向|于)$", masked.text[: inside[0].index]):
        return []
    first = inside[0].index + 1
    if len(inside) > 1 and _TOGETHER.fullmatch(masked.text, first, inside[1].index):
        first = inside[1].index
    following = [n for n in listed_after(masked, first, PARTY) if n.index < end]
    return [inside[0], *following]


def _parties_ahead(masked: Masked, end: int, *, far: bool = False) -> list[Named]:
    """The parties of the clause before, where the verb's own has none (A与B签署，共建I); far: of the last with any."""
    begins = max(masked.text.rfind(mark, 0, end) for mark in "。;") + 1
    comma = masked.text.rfind(",", begins, end)
    while comma >= 0 and not masked.within(comma, end, EntityType.PERSON):
        parties = _clause_parties(masked, comma)
        if parties or not far:
            return parties
        comma = masked.text.rfind(",", begins, comma)
    return []


def _forum_there(context: Context, masked: Masked, match: re.Match[str]) -> int | None:
    """The forum at which the verb takes place: the sentence says so, or reports on it and names no other time."""
    forum = context.forum_at(masked, match.start())
    if forum is None or _THERE.search(masked.text, 0, match.end()) or any(n.thing == forum for n in masked.names):
        return forum
    if match["verb"] not in _RELEASES or _ELSEWHERE.search(masked.text) or masked.number < 2:
        return None
    return forum if forum == context.main_forum else None
