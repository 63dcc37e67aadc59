"""Names that their wording gives away, though the CRF took them in parts or not at all.

庆祝中国民主促进会成立80周年大会           庆祝…大会, 纪念…座谈会
拉美和加勒比国家共同体|第七届峰会          a body right before an edition without a name of its own
高校智库联盟|成立大会                      a body and what is held for its founding
二十届三中全会, 十四届全国人大三次会议, 第七十届联合国大会一般性辩论      sessions; |主席团      a body
中国—非洲（埃塞俄比亚）—|联合国…合作示范中心      a body whose partners stand before it
数字文旅分论坛|由…共同主办, 举办|“伙伴生态日”, 联合召开的|…推进会|上      what a body hosts, by its head or its marks
审议|文物保护法修订草案      bills
主持|第七轮甲乙政府磋商      rounds of talks
主持|甲合作联委会第二十一次会议|、|乙理事会第三次会议      numbered meetings in a list
宣布了|中国支持…的八项行动, 发布|关于…的通知, 开展|2023年…行动      what is launched, by its verb and its head
让-吕西安·萨维·德托夫      a name with dots, of the characters that foreign names are written with
在|越南宁平|举行      a country and what HanLP takes for a name
2026年“E法同行”全国…宣传活动, “…”“…”三大展览      campaigns and exhibitions, by the marks
举办|大学校长论坛、青年科学家论坛等10场分论坛      what stands in a list with a forum
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from extract import lexicon
from extract.analysis import Mention, Token
from extract.scanning import scanning
from graph.names.known import is_country, is_place
from graph.schema import EntityType

__all__ = ["patterned"]

_COMMEMORATION = re.compile(
    r"(?:(?<=^)|(?<=[\n,。;:、“在席行加日开办]))(?:庆祝|纪念)[^,。;:!?\n“”]{4,40}?(?:周年|诞辰|发表|颁布|成立|胜利)[^,。;:!?\n“”]{0,20}?"
    r"(?:大会|座谈会|招待会|研讨会|纪念会|报告会|活动)(?!上的)"
)
_SESSION = scanning(
    r"中国共产党第[一二三四五六七八九十]{1,4}次全国代表大会"
    r"|(?:中共|党的)?(?<![一二三四五六七八九十])(?:十[一二三四五六七八九]?|二十[一二]?)届[一二三四五六七八九]中全会"
    r"|(?<![一二三四五六七八九十])十[一二三四五六七八九]?届全国(?:人大|政协)[一二三四五]次会议"
    r"|第[一二三四五六七八九十\d]{1,4}届(?:联合国大会|联大)(?:一般性辩论)?"
)
_CAMPAIGN = scanning(
    r"(?:20\d\d年)?(?:全国|全省|全市)?“[^“”\n]{2,12}”[^,。;:、()“”\n的等]{0,12}(?:宣传|教育|采访|系列|月|周)活动(?!上|中|期间|现场)"
)
_HOSTED_BEFORE = re.compile(r"[主承协举]办的$")
_EXHIBITIONS = re.compile(
    r"(?:“[^“”\n]{4,30}”(?:、|和|以及)?){1,5}(?:等)?(?:[\d一二两三四五六七八九十]*[大个场]?|主题|专题)(?:展览|特展|展(?=在|于))"
)
_IN_MARKS = re.compile(r"“(?P<name>[^“”\n]{4,30})”")
_VENUE = re.compile(
    r"(?<=在)(?P<name>[\u4e00-\u9fff]{2,16}?(?:展览馆|博物馆|美术馆|体育馆|图书馆|科技馆|会展中心|会议中心|博览中心|展览中心|滑雪中心|体育中心|文化中心|公园|剧院|大剧院|体育场|礼堂|会堂)(?:“[^“”\n]{2,6}”)?)"
    r"(?=(?:隆重|正式|继续|盛大)?(?:开幕|举行|举办|召开|启动|进行|揭幕|开赛|落幕|闭幕))"
)
_TOWN = re.compile(r"[\u4e00-\u9fff]{2,4}(?=(?:举行|举办|召开|开幕|闭幕))")
_MANNER = re.compile("[正式成功隆重同共联首顺圆满期盛大再继续分别线上下现场主会时将也又还已曾和与及]")
_PRESIDIUM = re.compile("(?:大会)?主席团")
_LAUNCHED = (
    re.compile(
        r"(?<=宣布)了?(?P<name>[^,。;:\n了]{4,40}?的[三四五六七八九十]{1,2}[项大](?:伙伴|重要|务实)?(?:行动|举措|措施))"
    ),
    re.compile(
        r"(?<=发布|印发|出台|公布|下发|制定)了?(?P<name>(?:关于|推进|加快|促进|支持|进一步|加强)[^,。;“”《》\n]{4,40}?的"
        r"(?:实施意见|指导意见|行动计划|通知|意见|决定|公告|办法|规定|通告|实施方案|工作方案|行动方案|若干措施))"
    ),
    re.compile(
        r"(?:开展|启动|实施|推出|主办的)了?(?P<name>20\d\d年[^,。;:、“”《》()的\n]{4,26}?(?:行动|推进计划|行动计划|消费季))"
    ),
    re.compile(
        r"(?:开展|启动|实施|部署)了?(?P<name>(?!为期|全国性)[^,。;:、“”《》()的\n]{4,24}(?:专项(?:整治|治理)?行动|专项(?:整治|治理)))"
    ),
)
_HOSTED_BY = re.compile(
    r"(?:(?<=^)|(?<=[\s>,。;:的“]))(?:其中)?(?P<name>[^,。;:、\s<>的]{3,30}?)(?:则|将)?由"
    r"(?=[^。;\n]{2,60}?(?:主办|举办|承办|协办|指导|主持))"
)
_CONVENED = re.compile(
    r"(?:(?:召开|举行|举办|主办|承办)的|(?:共同|联合|合作)(?:举办|主办|召开|举行)了?)"
    r"(?P<name>[^,。;:、的“”《》()\n]{5,36}?)(?=[上中,。;]|期间)"
)
_TAKES_PLACE = re.compile(
    r"(?:^|(?<=[\n,。;]))(?P<name>[^,。;:、的了在由将于“”《》()\n]{4,28}?(?:会|会议|论坛|峰会|对话|大赛|展览|沙龙|仪式))"
    r"(?=在[^,。;:\n]{1,20}?(?:举行|召开|举办|开幕)|(?:隆重|顺利|成功)(?:举行|召开|举办))"
)
_SPOKEN_AT = re.compile(
    r"在(?P<name>[^,。;:、的了“”《》()\n]{3,30}?(?:会|会议|论坛|峰会|研讨班|对话))上"
    r"(?:(?:的|发表了?|所?作的?)(?:重要|主旨)?(?:讲话|致辞|演讲)|(?:正式|共同|联合)?(?:签署|签订|签约|发布|启动|揭牌|成立|亮相))"
)
# 第二届|“甲:乙丙”国际论坛
_COLON = re.compile(
    r"(?P<name>(?:20\d\d年?|第[一二三四五六七八九十\d]{1,4}届|首届)?“[^“”\n]{1,20}[:：][^“”\n]{1,20}”[^,。;:、“”\n]{0,12}?(?:论坛|峰会|大会|研讨会|对话会|年会|活动))"
)
# 近日,|甲市与乙集团战略合作框架协议签署仪式|在丙市举行
_CEREMONY = re.compile(
    r"(?:^|(?<=[\n,。;午日的])|(?<=节目))(?P<name>(?!大型|在|由|出席|参加|随后|当天|会上|[今昨明]天|\d|主题)(?:(?![推举主承发][出办起]的|节目)[^,。;:\n“”]|“[^“”\n]{1,30}”){7,60}?"
    r"(?:签约|签署|签字|揭牌|启动|授牌|成立|发布|启播)仪式)(?=(?:\([^()]*\))?(?:[今昨]天(?:\([^()]*\))?|\d{1,2}日|日前|近日)?(?:[上下]午)?(?:在|于|隆重|成功|顺利|举行|召开|举办))"
)
_GAMES = re.compile(
    r"(?P<edition>20\d\d年?|第[一二三四五六七八九十\d]{1,4}届)?(?P<place>[\u4e00-\u9fff]{2,3})?(?P<number>第[一二三四五六七八九十\d]{1,4}届)?"
    r"(?:亚运会|亚残运会|亚冬会|冬奥会|冬残奥会|全运会|残特奥会|大运会|世运会|青奥会)(?![”》]|村|馆|火炬|会徽|吉祥物|组委会|官方)"
)
_HOSTED_IN_MARKS = re.compile(r"(?:举办|举行|召开|主办|承办)了?“(?P<name>[^“”\n]{4,25})”(?=[,。;、])")
_LISTED = re.compile(
    r"(?:举办|举行|召开|设置|设立|设有|下设|包括|安排|[、设])(?P<name>[\u4e00-\u9fffA-Za-z“”]{2,16}(?:论坛|峰会|大会|年会|对话会|研讨会))[”]?、$"
)
_NO_NAME = re.compile(
    r"[本该此这上下其多几各]|数[场个次位]|第.{1,3}场|.*(?:开|闭)幕(?:式|会)$|(?:成立|启动|圆桌|平行|专题|主题|学术)[^“”]{2,3}$|.{0,4}(?:仪式|环节|委员会会议)$"
)
# Each with — behind it, and what it stands for in brackets.
_PARTNERS = re.compile(r"(?P<first>[^\W\d_]{2,12})(?:\([^\W\d_]{2,8}\))?—(?:[^\W\d_]{2,8}(?:\([^\W\d_]{2,8}\))?—)*$")
# 审议|文物保护法修订草案|、|刑法修正案(十二)
_BILL = re.compile(
    r"(?:(?<=[、,。;:《“\n和对了])|(?<=审议|审查|通过|修改|制定|关于|提请|表决|审查))"
    r"(?!审议|审查|提请|修改|关于|通过|对|和|了|新|该|本)(?P<name>[\u4e00-\u9fff]{1,28}?"
    r"(?:法(?:修订|修正)?草案|法修正案(?:\([一二三四五六七八九十]{1,4}\))?(?:草案)?))"
)
_BILL_VERB = re.compile(r"审议|审查|通过|修改|制定|关于|提请|表决|提出")
_NAMED_AFTER = re.compile(r"(?:大学|学院|研究院|研究所|基金会|医院)")
_COMMITTEE = re.compile(r"(?:政协|中共|共青团|民[革盟建进]|农工党|致公党|九三学社)$")
_FOUNDING = re.compile(r"成立(?:大会|仪式)")
# 上海合作组织成员国|政府首脑(总理)理事会第二十次会议
_NUMBERED = re.compile(
    r"(?:成员国)?(?:元首|政府首脑|总理|外长|[^,。;、\s()]{0,6})?(?:\([^()]{1,4}\))?(?:理事会|委员会|大会|全体会议)?"
    r"(?:第[一二三四五六七八九十\d]{1,4}[次届](?:全体|部长级|领导人|年度|特别)?|(?:特别|紧急))(?:会议|大会|峰会)"
)
_JOINT = re.compile("[、和与]")
_SESSION_BEFORE = re.compile(r"(?<=次会议|次会晤|次对话)[、和与]$")
# 和乙理事会第三次会议: in a list with another such.
_NUMBERED_LISTED = re.compile(
    r"(?:(?<=[、和与])|(?<=主持)|(?<=出席)|(?<=召开)|(?<=举行))(?P<name>[\u4e00-\u9fff()]{4,40}?第[一二三四五六七八九十\d]{1,4}次(?:全体)?(?:会议|会晤|对话))"
)
# 主持|第七轮甲乙政府磋商
_ROUND = re.compile(
    r"(?:主持|举行|出席|参加|召开)了?(?P<name>第[一二三四五六七八九十\d]{1,3}[轮次][^,。;、“”《》的和\n]{2,18}?(?:磋商|对话))(?!会|机制)"
)
_BARE_EDITION = re.compile(r"^第.{1,6}[届次](?:[^第]{0,4})(?:峰会|会议|大会|年会|全会)$")

# What is a name wherever its expression fits.
_NAMED = (
    ("colon", _COLON, EntityType.FORUM, 1.0),
    ("ceremony", _CEREMONY, EntityType.FORUM, 1.0),
    ("round", _ROUND, EntityType.FORUM, 0.9),
    ("venue", _VENUE, EntityType.PLACE, 1.0),
)


def patterned(text: str, mentions: Sequence[Mention], tokens: Sequence[Token]) -> Iterator[Mention]:
    """Further names; they compete with the mentions given."""
    yield from _towns(text, mentions, tokens)
    for match in _CAMPAIGN.finditer(text):
        hosted = _HOSTED_BEFORE.search(text, max(0, match.start() - 4), match.start())
        type_ = EntityType.FORUM if hosted else EntityType.INITIATIVE
        yield Mention(match.start(), match.end(), type_, 1.0, "pattern.campaign")
    for shown in _EXHIBITIONS.finditer(text):
        for match in _IN_MARKS.finditer(text, *shown.span()):
            yield Mention(*match.span("name"), EntityType.FORUM, 1.0, "pattern.exhibition")
    for match in _COMMEMORATION.finditer(text):
        yield Mention(match.start(), match.end(), EntityType.FORUM, 0.9, "pattern.commemoration")
    for match in _SESSION.finditer(text):
        presidium = _PRESIDIUM.match(text, match.end())
        if presidium:
            yield Mention(match.start(), presidium.end(), EntityType.ORGANIZATION, 0.9, "pattern.presidium")
        else:
            yield Mention(match.start(), match.end(), EntityType.FORUM, 0.9, "pattern.session")
    for source, rule, type_, score in _NAMED:
        for match in rule.finditer(text):
            yield Mention(*match.span("name"), type_, score, f"pattern.{source}")
    for match in _GAMES.finditer(text):
        if match["edition"] or match["number"] or is_place(match["place"] or ""):
            yield Mention(*match.span(), EntityType.FORUM, 0.9, "pattern.games")
    yield from _hosted(text, mentions)
    for match in _BILL.finditer(text):
        start = max((verb.end() for verb in _BILL_VERB.finditer(match["name"])), default=0) + match.start("name")
        yield Mention(start, match.end("name"), EntityType.INITIATIVE, 1.0, "pattern.bill")
    for match in _NUMBERED_LISTED.finditer(text):
        if _JOINT.match(text, match.end()) or _SESSION_BEFORE.search(text, 0, match.start()):
            yield Mention(*match.span("name"), EntityType.FORUM, 0.9, "pattern.numbered")
    for rule in _LAUNCHED:
        for match in rule.finditer(text):
            yield Mention(*match.span("name"), EntityType.INITIATIVE, 0.9, "pattern.launched")
    persons = {m.end: m for m in mentions if m.type is EntityType.PERSON}
    yield from _dotted(text, mentions)
    for mention in mentions:
        named_after = persons.get(mention.start - 1)
        if mention.type is EntityType.ORGANIZATION and named_after and text[mention.start - 1] == "·":
            yield Mention(named_after.start, mention.end, mention.type, mention.score, "pattern.named-after")
        school = _NAMED_AFTER.match(text, mention.end) if mention.type is EntityType.PERSON else None
        if school and "·" in text[mention.start : mention.end]:
            yield Mention(mention.start, school.end(), EntityType.ORGANIZATION, 1.0, "pattern.named-after")
        party = _COMMITTEE.search(text, max(0, mention.start - 5), mention.start)
        if party and mention.type is EntityType.ORGANIZATION and text.endswith("委员会", mention.start, mention.end):
            yield Mention(party.start(), mention.end, mention.type, 1.0, "pattern.committee")
        if mention.type is EntityType.ORGANIZATION and text[mention.start - 1] == "—":
            partner = _first_partner(text, mention.start)
            if partner is not None:
                yield Mention(partner, mention.end, mention.type, mention.score, "pattern.partners")
        if mention.type is EntityType.FORUM:
            yield from _listed_before(text, mention)
    forums = {m.start for m in mentions if m.type is EntityType.FORUM}
    bodies = {m.end: m for m in mentions if m.type is EntityType.ORGANIZATION}
    for mention in mentions:
        body = bodies.get(mention.start)
        bare = mention.type is EntityType.FORUM and _BARE_EDITION.match(text[mention.start : mention.end])
        if bare and body is not None:
            yield Mention(body.start, mention.end, EntityType.FORUM, mention.score, "pattern.edition")
        session = _NUMBERED.match(text, mention.end) if mention.type is EntityType.ORGANIZATION else None
        if session and mention.end not in forums:
            partner = _first_partner(text, mention.start) if text[mention.start - 1] == "—" else None
            first = mention.start if partner is None else partner
            yield Mention(first, session.end(), EntityType.FORUM, 0.9, "pattern.numbered")
        founded = _FOUNDING.match(text, mention.end)
        if founded and mention.type in (EntityType.ORGANIZATION, EntityType.INITIATIVE):
            yield Mention(mention.start, founded.end(), EntityType.FORUM, 0.9, "pattern.founding")


def _towns(text: str, mentions: Iterable[Mention], tokens: Sequence[Token]) -> Iterator[Mention]:
    """A country or a province with a place in it that few know, where something is held: 越南|宁平."""
    starting = {token.start: token for token in tokens}
    for mention in mentions:
        if mention.type is EntityType.PLACE and text[mention.start - 1 : mention.start] in ("在", "于"):
            town = _TOWN.match(text, mention.end)
            word = starting.get(mention.end)
            common = word is not None and word.end - word.start > 1 and not word.tag.startswith("n")
            if town and not common and not _MANNER.search(town[0]):
                yield replace(mention, end=town.end(), source="pattern.town")


def _overlaps(start: int, end: int, mentions: Iterable[Mention]) -> bool:
    return any(m.start < end and start < m.end for m in mentions)


def _dotted(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Foreign names that the CRF has not seen as such."""
    for match in _foreign().finditer(text):
        if not _overlaps(*match.span(), mentions):
            yield Mention(match.start(), match.end(), EntityType.PERSON, 0.8, "pattern.dotted")


@cache
def _foreign() -> re.Pattern[str]:
    one = f"[{''.join(sorted(lexicon.names('transliteration_chars')))}]"
    return re.compile(rf"(?:(?:让|{one}{{1,6}})-[\u4e00-\u9fff]?)?{one}{{1,7}}(?:·{one}{{1,8}}){{1,4}}")


def _listed_before(text: str, forum: Mention) -> Iterator[Mention]:
    """The forum before another in a list."""
    match = _LISTED.search(text, max(0, forum.start - 32), forum.start)
    if match and _has_head(match["name"]) and not _NO_NAME.match(match["name"]):
        yield Mention(*match.span("name"), EntityType.FORUM, 0.7, "pattern.listed")


def _first_partner(text: str, end: int) -> int | None:
    """Where the countries and bodies begin that stand before the place, joined by —."""
    partners = _PARTNERS.search(text, max(0, end - 40), end)
    if partners is None:
        return None
    first = partners["first"]
    return next((partners.start() + at for at in range(len(first) - 1) if is_country(first[at:])), None)


def _hosted(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    taken = [m for m in mentions if m.type is EntityType.FORUM]
    for rule, in_marks in (
        (_HOSTED_BY, False),
        (_CONVENED, False),
        (_TAKES_PLACE, False),
        (_SPOKEN_AT, False),
        (_HOSTED_IN_MARKS, True),
    ):
        for match in rule.finditer(text):
            start, end = match.span("name")
            if text[start] == "“" and text[end - 1] == "”":
                start, end = start + 1, end - 1
            name = text[start:end]
            named = in_marks or _has_head(name)
            if named and not _NO_NAME.match(name) and not _overlaps(start, end, taken):
                yield Mention(start, end, EntityType.FORUM, 0.9, "pattern.hosted")


def _has_head(name: str) -> bool:
    """Whether it ends in the head of an event, with two letters before the longest or more."""
    return next((place for place in range(len(name)) if name[place:] in _heads()), 0) > 1


@cache
def _heads() -> frozenset[str]:
    return frozenset(entry[0] for entry in lexicon.load("forum_heads"))
