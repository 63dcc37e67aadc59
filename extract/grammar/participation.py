"""致辞、演讲、出席、主持: who speaks at a forum and who is there, read clause by clause.

Ⓟ、Ⓟ出席开幕式，Ⓟ宣读贺信并致辞。   subjects wait until a predicate takes them
└──┴─ 出席        └─ 宣读、致辞
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extract.analysis import Fact
from extract.grammar.context import CERTAIN, Context
from extract.grammar.masked import MASKS, Masked, Named, pattern
from extract.scanning import scanning
from graph.schema import EntityType, RelationType

__all__ = ["facts", "is_absent", "only_meets"]

_SPEAK = scanning(
    r"致(?:欢迎|开幕|闭幕|贺|答谢|视频|开场|书面|主旨|祝酒)?[辞词]|(?:发表|作|做|进行|带来|分享|发布|奉献|呈现|讲授)(?:了)?(?:[^,。;]{0,30}?)(?:演讲|讲话|报告|发言|致辞|推介|分享|主旨|讲座|解读|点评|总结|介绍|宣讲)"
    r"|(?:主旨|主题|特邀|大会|视频|主论坛|书面|专题|交流|现场|总结|汇报|开幕|学术|技术|闭幕|即席|闪电|先后|分别|依次|上台|表态)(?:演讲|报告|发言|讲话|分享|推介|汇报|交流发言)"
    r"|(?:并|先后|分别|依次|会议|讲了|到会|出席|共同|登台|围绕.{0,30})(?:讲话|发言|演讲|推介|分享)|讲话(?=[。,;、]|$)|发言(?=[。,;、]|$)|演讲(?=[。,;、]|$)|推介(?=[。,;、]|$)"
    r"|(?:圆桌|巅峰|高端|尖峰)(?:对话|论坛|讨论|会议|环节)|(?:对话|讨论|圆桌)(?:环节|嘉宾)|参与(?:了)?(?:圆桌|对话|讨论|研讨)|展开(?:了)?(?:对话|讨论|研讨|交流)|宣读(?:了)?|通报(?:了)?|授课|作了|主讲|与谈|对谈|评议(?!会)"
    r"|(?:讲了话|发了言|致了[辞词])|(?:进行(?:了)?[^,。;]{0,10}?|与[^,。;\ue001-\ue005]{2,10})对话"
    r"|(?:参加|进行|展开)(?:了)?(?:圆桌|小组|分组|互动|大会)?讨论|(?:分别|依次|先后|(?:就|围绕|结合)[^,。;]{2,30})(?:介绍|讲述|阐述|回顾|展示)了?"
    r"|(?:共同|深入)探讨|同台(?:对话|讨论|探讨)|宣布(?:[^,。;]{0,20}?)(?:开幕|启动|开赛|成立)"
)
# Speaking without an event word: counts for someone who takes part, or with 会上 and the like.
_SAY = re.compile(
    r"表示(?!(?:热烈|衷心|诚挚|由衷)*的?(?:祝贺|慰问|问候|敬意))|(?<![，,。;的])希望(?=[^,。;]{4})|指出|认为|强调|介绍|提出|说[,:。“]|谈到|坦言|呼吁|透露|称[,:]|分享了|解读|阐述|剖析|致欢迎"
)
_SAY_THERE = re.compile(
    rf"(?:会|论坛|峰会|大会|年会|研讨会|活动|致辞|演讲|发言|报告|讲话|点评|答谢|[开闭]幕式|对话|仪式|现场|推介)(?:上|中|时|间)|致辞时|谈及"
    rf"|(?P<attending>(?:出席|参加|主持召开|主持)[^,。;]{{0,6}}{MASKS[EntityType.FORUM]}[”》]?(?:[开闭]幕式)?(?:时|期间),)"
)
_CHAIR = re.compile(r"主持(?!人|召开|制定|编|完成|建设|研)|担任主席|任(?:大会|会议|论坛)主席")
_ATTEND = re.compile(
    r"出席|参加|与会|到会|参会|列席|莅临|亮相|参展|参与(?=了?(?:本次|此次|本届|大会|论坛|活动|会议|盛会|峰会|展|[“《]?\ue003))|观摩|受邀|应邀|到场|见证(?:了)?(?:签约|签署|签字|协议)|代表[^,。;]{0,8}(?:签约|签署|签字)|现身|布展|设展|设立展"
)
_LIST_OPEN = scanning(
    r"(?:出席|参加|与会|参会|主礼|嘉宾|到场|列席|邀请[^。;:,]{0,12}(?:演讲|报告|发言|致辞))[^。;:,]{0,30}?(?:还有|的有|有|包括|的还包括|名单|为|嘉宾)?\s*[:：]|(?:出席|参加|与会|到会|到场)[^。;,]{0,30}?(?:还有|的有|的还有|包括)"
    r"|[【\[][^】\]。]{0,6}嘉宾[^】\]。]{0,6}[】\]]"
    r"|(?:致[辞词]|讲话|发言|演讲|报告)[^。;:,\ue001-\ue005]{0,12}?(?:(?<=的)(?:还|依次|分别)?[有是为]|(?<=[告讲言辞])有(?=:)|名单|有[两三四五六七八九十\d]+[位名人]|(?:嘉宾|专家|[人者])(?=:|包括|有|为))[^。;:,\ue001-\ue005]{0,8}?(?:[:：]|(?=[\ue001\ue002\ue005]))"
)
_ITEM = re.compile(r"[^。!?:\ue001]{0,60}(?:\ue001(?:\([^()]*\)|教授|院士|先生|女士)?[;、]?)?\s*")
_SPEECH = re.compile(r"致[辞词]|讲话|发言|演讲|报告(?!会)")
_OTHER = re.compile(
    r"会见|签署|签订|签约|任命|当选|获得|荣获|揭牌|揭幕|考察|调研|访问|研发|创办|会谈|接受|采访|当选|牵头|组成|担任(?!主席)|致贺?信|[发来致]+贺信|贺电"
)
# 主题演讲环节，…: all whom the sentence goes on to name speak in it, however long the list.
_SESSION = re.compile(
    r"[^,。;:\ue001\ue002\ue005]{0,14}(?:致[辞词]|演讲|报告|发言|对话|讨论|论坛|分享|交流)(?:环节|阶段|部分|时段),"
)
# 作题为《…》的报告, 以“…”为题作演讲; never across another speaker.
_TOPIC = re.compile(
    r"题为[《“](?P<topic>[^《》“”\ue001-\ue005]{2,60})[》”]|以[《“](?P<other>[^《》“”\ue001-\ue005]{2,60})[》”]为题"
)
# 沈砚秋的博士生霍知微: who is spoken of is the student.
_OF_ANOTHER = re.compile(r"(?:教授|院士|老师|先生|女士)?的(?:博士生|硕士生|研究生|学生|弟子|夫人|助手|秘书)")
# What another says of a person, and a person whom another meets: they need not be there.
_REPORTS = re.compile(r"^[^,。;]{0,24}?(?P<who>\ue001)[^,。;\ue001-\ue005]{0,8}(?:表示|指出|强调|说|认为|称)[,:]")
_MET = re.compile(r"(?:会见|同|向|对|请|祝贺|感谢|应|邀请|转达|任命|免去|补选|增选|追授)[^,。;\ue001]{0,12}$")
_LETTER = re.compile(
    r"^[^,。;]{0,20}(?:致信|致贺信|致电|发来贺|发贺)|^(?:[、和与]|[^,。;、]{0,16}\ue001)+向[^,。;]{0,8}致贺信"
)
_CLAUSE = re.compile(r"[^,。;!?\n]*[,。;!?\n]?")
# ,并同Ⓟ共同出席: the subject before the comma takes part too.
_BESIDE = re.compile(r"\s*(?:并|还|也)?(?:同|与|和)")
# 来自Ⓞ、Ⓞ等34所高校的代表出席, 包括Ⓞ、Ⓞ在内的33所高校代表齐聚乙市
_FROM = re.compile(
    r"(?:来自|包括)(?P<whence>(?:(?!致[辞词]|表示|主持|发言|报告|举行|主办|承办)[^。;:]){2,160}?)"
    r"(?P<verb>出席|参加|参会|与会|到会|到场|齐聚|汇聚|共聚)"
)
# In a report on a meeting of two, 上述活动 are its talks.
_TALKS = re.compile(r"(?:参加|出席)了?(?:上述活动|会见|活动)[。,;]")
_VISIT_ONLY = re.compile(r"(?:参加|出席)了?(?:工作|革命|劳动|培训|比赛|投票|宴会|会谈|会见|会晤|植树)")
# 会见来华出席Ⓕ的…Ⓟ: who attends stands behind 的, whoever meets them before it.
_GUEST = pattern(r"(?:出席|参加)[“《]?(?P<forum>{F})[”》]?[^,。;的]{0,24}的(?P<guest>[^,。;]{0,40}?{P}(?:[、和]{P})*)")
_GUESTS = pattern(r"(?<=来华|来京|来沪|会见)(?:出席|参加)[“《]?{F}[”》]?[^,。;的]{0,24}的")
_WELCOMES = re.compile(r"[^,。;\ue001]{0,8}(?:欢迎|邀请|感谢|祝贺)")
# Whom the clause meets, accompanies or is invited by: no subjects of what follows.
_OBJECT = pattern(
    r"(?:会见|看望|拜会|会晤|接见|陪同)了?(?P<met>(?:[^,。;]*?{P})+)|(?:同|与|和)(?P<with>[^,。;]{0,16}?{P})[^,。;]{0,6}(?:会谈|会晤|会面|通电话)"
    r"|(?:任命|免去|罢免|补选|增选|推举)了?(?P<named>(?:[^,。;]*?{P})+)"
    r"|(?:应|受)(?P<by>[^,。;]{0,24}?{P}(?:[、和][^,。;]{0,16}?{P})*)(?:总统|总理|主席)?的?(?:共同)?邀请"
)
# Who spoke at a forum that is only mentioned: 在Ⓕ上，Ⓟ主席宣布, Ⓟ在Ⓕ开幕式上的重要讲话.
_SPOKE_AT = (
    pattern(
        r"在[^,。;\ue001-\ue005]{0,12}[“《]?(?P<forum>{F})[”》]?(?:[开闭]幕式|期间)?上?,?[^,。;\ue001-\ue005]{0,8}(?P<who>{P})[^,。;\ue001-\ue005]{0,6}?"
        r"(?P<verb>宣布|提出|指出|强调|郑重|发表|倡议)"
    ),
    pattern(
        r"(?P<who>{P})[^,。;\ue001-\ue005]{0,6}在[“《]?(?P<forum>{F})[”》]?(?:[开闭]幕式|期间)?上"
        r"(?:的|发表的?|所?作的?|做的?)(?:一系列)?(?:重要|主旨|视频|书面)?(?P<verb>讲话|演讲|致辞|报告)"
    ),
)
# At a meeting of two what is said is said there, not at the forum that brought the guest.
_MEETING = re.compile(r"会见|会谈|会晤|通电话|专访|采访时")


@dataclass
class _Reader:
    """The state while the clauses of one sentence are read."""

    waiting: list[Named] = field(default_factory=list)
    last: list[Named] = field(default_factory=list)
    session: bool = False


def is_absent(masked: Masked, index: int) -> bool:
    """Whether a sentence names a person, at a masked offset, of whom it does not say that he or she is there."""
    reports = _REPORTS.match(masked.text)
    reported = reports is not None and index > reports.end()
    met = _MET.search(masked.text[:index]) is not None or index in _objects(masked, 0, len(masked.text))
    return reported or met or _LETTER.match(masked.text[index + 1 :]) is not None


def only_meets(context: Context, masked: Masked, type_: RelationType) -> bool:
    """Whether a sentence reports on a meeting of two: what is said without a speech is said to the other, and who takes
    part in 上述活动 is at the meeting."""
    elsewhere = _SPEAK.search(masked.text) is None if type_ is RelationType.SPEAKER_AT else _TALKS.search(masked.text)
    return bool(elsewhere) and _is_meeting(context, masked)


def _objects(masked: Masked, start: int, end: int) -> set[int]:
    """Where the persons stand whom somebody meets, names or is invited by."""
    return {
        name.index
        for match in _OBJECT.finditer(masked.text, start, end)
        for group in ("met", "with", "named", "by")
        for name in masked.group(match, group, EntityType.PERSON)
    }


def facts(context: Context) -> Iterator[Fact]:
    """SPEAKER_AT and ATTENDED; a person who speaks is not also said to attend."""
    found = list(_found(context))
    speaks = {(f.head, f.tail) for f in found if f.type is RelationType.SPEAKER_AT and f.confidence >= 0.5}
    there = {(f.head, f.tail) for f in found if f.rule != "participation.says"}
    for fact in found:
        if fact.type is RelationType.ATTENDED and (fact.head, fact.tail) in speaks:
            continue
        # Words reported without 会上: the person must take part for other reasons.
        if fact.rule == "participation.says" and (fact.head, fact.tail) not in there:
            continue
        yield fact


def _found(context: Context) -> Iterator[Fact]:
    opened: re.Match[str] | None = None
    before, goes_on = "", False
    for masked in context.sentences:
        yield from _spoke_there(context, masked)
        for match in _FROM.finditer(masked.text):
            for name in masked.group(match, "whence", EntityType.ORGANIZATION):
                yield from _participation(
                    context, masked, name, match.span("verb"), RelationType.ATTENDED, match["verb"], "from"
                )
        reader = _Reader(session=_SESSION.match(masked.text) is not None)
        # 致辞的嘉宾有: at a line's end, then one a line.
        goes_on = opened is not None and (
            before.endswith((":", ";", "、")) or (goes_on and _ITEM.fullmatch(masked.text) is not None)
        )
        if not goes_on:
            opened = None
        before = masked.text.rstrip()
        for clause in _CLAUSE.finditer(masked.text):
            if not clause.group():
                continue
            yield from _guests(context, masked, clause.start(), clause.end())
            opening = _LIST_OPEN.search(masked.text, clause.start(), clause.end())
            if opening:
                opened, goes_on = opening, False
            if opened is not None:
                span = (0, 0) if goes_on else opened.span()
                speaks = _SPEAK.search(opened[0]) or _SPEECH.search(opened[0])
                type_ = RelationType.SPEAKER_AT if speaks else RelationType.ATTENDED
                role = speaks[0] if speaks else "出席"
                for name in masked.within(max(clause.start(), span[1]), clause.end(), EntityType.PERSON):
                    yield from _participation(context, masked, name, span, type_, role, "listed")
                if opening and masked.within(clause.start(), opening.start(), EntityType.PERSON):
                    yield from _clause(context, masked, clause.start(), opening.start(), reader)
                continue
            yield from _clause(context, masked, clause.start(), clause.end(), reader)


def _guests(context: Context, masked: Masked, start: int, end: int) -> Iterator[Fact]:
    for match in _GUEST.finditer(masked.text, start, end):
        forum = masked.group(match, "forum")[0]
        for name in masked.group(match, "guest", EntityType.PERSON):
            yield context.fact(
                RelationType.ATTENDED,
                name.thing,
                forum.thing,
                masked,
                match.span(),
                "participation.guest",
                0.85,
                role="出席",
            )


def _spoke_there(context: Context, masked: Masked) -> Iterator[Fact]:
    for rule in _SPOKE_AT:
        for match in rule.finditer(masked.text):
            (forum,), (who,) = (
                masked.group(match, "forum", EntityType.FORUM),
                masked.group(match, "who", EntityType.PERSON),
            )
            yield context.fact(
                RelationType.SPEAKER_AT,
                who.thing,
                forum.thing,
                masked,
                match.span(),
                "participation.spoke-at",
                CERTAIN,
                role=match["verb"],
            )


def _clause(context: Context, masked: Masked, start: int, end: int, reader: _Reader) -> Iterator[Fact]:
    text = masked.text
    objects = _objects(masked, start, end)
    persons = [
        name
        for name in masked.within(start, end, EntityType.PERSON)
        if name.index not in objects and not _OF_ANOTHER.match(text[name.index + 1 :])
    ]
    predicates = _predicates(text, start, end)
    if _TALKS.search(text, start, end) and _is_meeting(context, masked):
        return
    position = start
    for match, type_, role in predicates:
        before = [p for p in persons if position <= p.index < match.start()]
        position = match.start()
        # Ⓟ欢迎|Ⓟ来华出席: who attends is the guest.
        if type_ is RelationType.ATTENDED and len(before) > 1 and (host := _WELCOMES.match(text, before[0].index + 1)):
            before = [person for person in before if person.index >= host.end()]
        if before:
            beside = reader.last if _BESIDE.match(text[start : before[0].index]) else []
            reader.last = [*beside, *reader.waiting, *before]
            reader.waiting = []
        elif reader.waiting:
            reader.last, reader.waiting = reader.waiting, []
        subjects = reader.last
        if not subjects and type_ is RelationType.ATTENDED:
            subjects = _organizations(masked, start, match.start())
        rule = "session" if reader.session and type_ is RelationType.SPEAKER_AT else "clause"
        for name in subjects:
            yield from _participation(context, masked, name, match.span(), type_, role, rule)
    after = [p for p in persons if p.index >= position] if predicates else persons
    if predicates:
        behind = [p for p in after if p.index > predicates[-1][0].start()]
        # 主持人Ⓟ, 由…致辞的Ⓟ: names behind the last predicate start a new phrase.
        reader.waiting = behind
        return
    # What stands before a name in its clause is its title: 党组成员, 奖项获得者, 研发总监 are no verbs.
    after_names = persons[-1].index if persons else start
    says = _SAY.search(text, after_names, end)
    if says and (persons or reader.waiting):
        subjects = [*reader.waiting, *[p for p in persons if p.index < says.start()]]
        there = _SAY_THERE.search(text, 0, says.start())
        elsewhere = _is_meeting(context, masked) and not (there and there["attending"])
        for name in [] if elsewhere else subjects:
            rule = "says-there" if there else "says"
            if is_absent(masked, name.index):
                continue
            yield from _participation(context, masked, name, says.span(), RelationType.SPEAKER_AT, says[0], rule)
        reader.last, reader.waiting = subjects, []
        return
    if _OTHER.search(text, after_names, end):
        reader.last, reader.waiting = persons or reader.last, []
        return
    reader.waiting.extend(persons)


def _is_meeting(context: Context, masked: Masked) -> bool:
    """Whether the section tells of a meeting of two: its first sentences say so."""
    opening = [s for s in context.sentences if s.section == masked.section][:3]
    return any(_MEETING.search(s.text) for s in opening)


def _predicates(text: str, start: int, end: int) -> list[tuple[re.Match[str], RelationType, str]]:
    found: list[tuple[re.Match[str], RelationType, str]] = []
    for rule, type_ in (
        (_SPEAK, RelationType.SPEAKER_AT),
        (_CHAIR, RelationType.ATTENDED),
        (_ATTEND, RelationType.ATTENDED),
    ):
        for match in rule.finditer(text, start, end):
            if type_ is RelationType.ATTENDED and any(
                other.match(text, match.start(), end) for other in (_VISIT_ONLY, _GUEST, _GUESTS)
            ):
                continue
            found.append((match, type_, match[0]))
    return sorted(found, key=lambda item: item[0].start())


def _organizations(masked: Masked, start: int, end: int) -> list[Named]:
    names = masked.within(start, end, EntityType.ORGANIZATION)
    return [
        n
        for n in names
        if not re.search(r"[办导持由]$", masked.text[max(0, n.index - 1) : n.index])
        and not re.match(r"国家|各国|成员|和区域|直属", masked.text[n.index + 1 :])
    ]


def _participation(
    context: Context,
    masked: Masked,
    name: Named,
    span: tuple[int, int],
    type_: RelationType,
    role: str,
    rule: str,
) -> Iterator[Fact]:
    confidence = {"session": CERTAIN, "from": CERTAIN, "clause": 0.85, "listed": 0.85, "says-there": 0.8, "says": 0.4}[
        rule
    ]
    topic = _TOPIC.search(masked.text, name.index, span[1] + 40) if type_ is RelationType.SPEAKER_AT else None
    for forum in context.forums_at(masked, span[0]):
        fact = context.fact(
            type_, name.thing, forum, masked, span, f"participation.{rule}", confidence, role=_role(role)
        )
        yield replace(fact, topic=topic["topic"] or topic["other"]) if topic else fact


def _role(words: str) -> str:
    """The bare word: 发表主旨演讲 → 主旨演讲."""
    return re.sub(r"^(?:发表|作|做|进行|带来|并|先后|分别|依次)了?|[,:。“]$", "", words)[-12:]
