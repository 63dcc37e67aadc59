"""The true bounds of a name: what a proposer took too much of, and two names taken for one (去噪)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extract.analysis import Mention, Token
from extract.mentions.kinds import CLOSING, MISSION, OPENING, acts, is_kind, is_name, settled_type
from graph.names.known import is_country
from graph.schema import EntityType

__all__ = ["trim"]

_PAIRS = (("“", "”"), ("《", "》"), ("(", ")"))
_EDGE = " \n,。;:、!?·-—"
_BEFORE_FORUM = re.compile(
    r"^“[^“”《》]{4,40}”的(?=.{4})|^[^“”《》]{0,20}(?:出席|会见)(?=.{4})|^[^“”《》]{0,30}作的[^“”《》]{0,30}关于(?=.{4})|^[^《》]{2,60}召开(?=.{4})|^(?:20\d\d年(?=第.{1,5}[届次])|新一届|本届|今年的?|去年的?|多场|数场|[\d一二三四五六七八九十]+场|首个|这届|该|祝贺|应邀|建议|提请|高度评价|高度赞赏|高度重视|关注|感谢|欢迎|期待|参观|调研|考察|巡视|走访|走进|出席|参加|在|举办|召开|主办|的|和|暨)+"
)
# 如期相约“四叶草”——记|第三届…论坛
_HEADLINE = re.compile(r"^[^《》]{0,24}——(?:记|写在|直击|走进|探访|聚焦)(?=.{4})")
_AFTER_FORUM = re.compile(
    r"(?:的)?(?:开幕式|闭幕式|开幕会|闭幕会|开幕大会|期间|现场|上|于\d{4}年|(?:今|昨|明)天(?:\([^()]*\))?)$"
    r"|(?<=”)等?[\d一二两三四五六七八九十]+[大个场]展览$"
    r"|(?<=[会坛赛展节团])(?:举行|召开|举办|开幕|闭幕|启动|设有)[^“”《》]{0,12}$"
)
_BEFORE_INITIATIVE = re.compile(
    r"^[^“”]{0,12}(?:总台|部|委|局|会|集团|公司|联|院)(?=(?:20\d\d年?)?“)|^(?:加强|提升|深化|推动|推进|落实|支持|参与|涵盖|促进|高质量(?=共建)|积极|继续|实施|围绕|发布|签署|通过|启动|提出|制定|出台)+"
)
_AFTER_INITIATIVE = re.compile(r"(?:科学)?(?:指引|引领)(?:下)?$")
# 记者|张三|摄, 主题为“…”
_REPORTER = re.compile(r"(?:记者|通讯员|摄影|编辑)\s?$")
_CREDIT = re.compile(r"\s?/?(?:摄|图|文|报道)")
_THEME = re.compile(r"主题(?:为|是|:)?[“《][^“”《》]{4,60}[”》]|以[“《][^“”《》]{4,60}[”》]为(?:主题|题)")
# Words that lead into any name: 和金正恩, 考察…中心, 李强在峰会.
_BEFORE_ANY = re.compile(
    r"^(?:\([^()]{1,12}\)|共建(?![“一])|打造|和(?!平|田|县|硕|谐)|同(?!济|方|仁|盟)|与|向(?!阳)|应(?!急|用|城)|对(?!外|口|华)|在|由|为|及|而"
    r"|拓展|考察|合作建设好?|建设好?(?!银行|工程|部|厅|局|集团|委)|大力推进|推进|传承发展|助力"
    r"|审议|审查|听取|维护|加强|构建|称赞|评价|涉及|如何加强|本地区|指导|称|参观|访问|支持|成立|加入|组织)(?=.{2})"
)
_BEFORE_PERSON = re.compile(r"^(?:[和同对](?=.{2})|[与由在](?=.{3}))")
_BEFORE_ORGANIZATION = re.compile(
    r"^(?:以(?!色列|太|诺|弗所|岭)|比(?!利时|亚迪|尔|特|什|邻|德|格|奇|音)|我校|我院|我国|本校|(?:当天|当日|随后|其中|来自|委托|即|原|关于|新一届|首家|首个|首所|首座|下称|简称|将?利用|(?:大会|论坛|峰会|会议|活动)(?:获|由|得到)|(?:原?邀)?嘉宾"
    r"|联合(?!国|会|体|利华|早报|信用|资信|飞机|实验|研究|办学|学院|大学|日报|汽车|电子|银行|证券|资产|社|党|航空))(?=.{3}))(?=.{2})"
)
# 首席技术官Ⓟ: the last character of the title.
_OFFICER = re.compile(r"(?:技术|执行|运营|财务|营销|科学|信息|战略|发展|品牌|投资|产品|创新)官$")
# Offices inside a school, a firm, an authority: who heads them belongs to the whole.
_DEPARTMENT = re.compile(
    r"(?<=[厅局委])(?!驻)[^厅局委(]{2,8}(?<!办事|代表)处$|(?<=组织|机构|联盟|协会|学会)(?:理事会|执委会|执行委员会|常务理事会)$"
    r"|(?<=委员会|联合体)(?:理事会|执委会|执行委员会)$|(?<=政协)[^,。;、]{2,14}委员会$|(?:(?<=总工会)|(?<=团中央)|(?<=[妇侨文]联)|(?<=[作科]协))书记处$|"
    r"(?<=大学|学院|医院|集团|公司|中学|学校)(?:党委|校长|党政|行政|院长)?"
    r"(?:办公室|宣传部|统战部|组织部|人力资源部|新闻中心|[^大学院集团公司(]{1,6}处)$"
)
# 印度|外交部长: the title is the country's, and no ministry is named.
_MINISTRY = re.compile(
    r"(?P<country>[^,。;、 ]{2,8}?)(?:外交|国防|财政|内政|司法|卫生|教育|能源|贸易|经济|环境|旅游)部(?=长)"
)
# The best known initiative, whatever is wound around it.
_BELT = re.compile(r"^[^“”《》]{0,6}[“\"]?(?P<name>一带一路)[”\"]?(?:倡议)?$")
_DOES = re.compile(
    r"(?:向(?=\d{4}|第)|(?:总统|总理|主席|部长)?率领?|的|就|在|到|出席|参加|巡视|参观|主持|致信|祝贺)+(?=.{3})"
)
_OPENS = {"》": "《", "”": "“"}
_AND = re.compile(r"和|以及")
# Two forums taken for one: 甲会首办乙论坛, 甲峰会-乙联盟第二次会员大会, 甲会,乙论坛.
_BESIDE = re.compile(r"首办|首次举办|首设|增设|(?<=[会坛])[-,](?=.{3,}[会坛]$)")
# Two bodies that stand without a mark between them.
_BODY_BESIDE = re.compile(
    r"(?<=中共中央)(?=国务院)|(?<=[省市区县州]委)(?=[省市区县州](?:人民)?政府)"
    r"|(?<=[部委局院会台司团区市省学])(?:联合(?!国|会|体|利华|大学)|联合(?=国务院|国家)|会同|携手)(?=[^,。;]{2,}(?:部|委|局|院|会|司|团|台|区|大学|学院)$)"
)
_HEAD_OF_PART = {
    EntityType.ORGANIZATION: re.compile(
        r"(?:部|局|委|院|会|台|府|大学|司|团|盟|署|厅|银行|所|社|校|馆|组织|中心|联合国|办公室|小组)$"
    ),
    EntityType.FORUM: re.compile(r"(?:会|论坛|大赛|对话|活动|展)$"),
}
_PERSON_TAIL = re.compile(r"(?:当天称?|[今昨]天|日前|称|时|说|是|愿|在|表示|强调|指出|还|并|热烈|一行|等|[笑坦直]言)$")
# 李强同|与会成员国领导人, where the text names 李强 elsewhere.
_WITH = frozenset("同与和向在对将")
# 来源：太湖|新闻网
_MEDIUM = re.compile(r"(?:新闻网|日报|晚报|晨报|时报|早报|商报|都市报|电视台|广播|发布客户端|融媒)")
# 张三教授|任…: whose body is named before him.
_MEMBER = re.compile(
    r"(?P<body>[^,。;、]{2,12}?(?:大学|学院|研究院|研究所|医院|公司|集团))"
    r"(?=[\u4e00-\u9fff]{2,3}(?:教授|院士|研究员|主任医师|博士)\S|(?:合作)?(?:建设|共建|签署|举办)[^,。;])"
)
# 《甲》案例集: the title without the kind of book that it names.
_TITLE_WITH_KIND = re.compile(r"《(?P<title>[^《》]{3,})》(?:案例集|蓝皮书|白皮书|系列?丛书|报告)")
_EDITION_BEFORE = re.compile(
    r"(?:第[\d一二三四五六七八九十百]{1,4}|(?<![第二三四五六七八九])十[一二三四五六七八九]?)届$"
)
_PLACE_TAIL = re.compile(r"(?:各界)?(?:人士|人民|民众|各界|代表团?)$")


def trim(text: str, mentions: Iterable[Mention], tokens: Sequence[Token] = ()) -> Iterator[Mention]:
    """The mentions with their true bounds; those that are no names are left out."""
    words = {token.start: token for token in tokens}
    themes = [match.span() for match in _THEME.finditer(text)]
    proposed = [part for whole in mentions for part in _parts(text, whole)]
    forums = [m for m in proposed if m.type is EntityType.FORUM]
    acting = {text[m.start : m.end] for m in forums if acts(text, m.start, m.end)}
    persons = {text[m.start : m.end] for m in proposed if m.type is EntityType.PERSON}
    seen = persons | {word.word for word in words.values() if word.tag == "nr" and 1 < len(word.word) < 5}
    sizes = sorted({len(person) for person in seen if len(person) > 1})
    for mention in proposed:
        start, end = _balanced(text, mention.start, mention.end)
        if mention.type is EntityType.INITIATIVE:
            start = _from_opening(text, start, end)
            if kind := _TITLE_WITH_KIND.fullmatch(text, start, end):
                start, end = kind.span("title")
        start, end = _shaved(text, start, end, mention.type)
        if mention.type is EntityType.PLACE and _MEDIUM.match(text, end):
            continue
        if (
            mention.type is EntityType.PERSON
            and _CREDIT.match(text, end)
            and _REPORTER.search(text, max(0, start - 8), start)
        ):
            continue
        if mention.type is not EntityType.PLACE and any(a <= start and end <= b for a, b in themes):
            continue
        ministry = _MINISTRY.match(text, start) if mention.type is EntityType.ORGANIZATION else None
        if ministry and is_country(ministry["country"]):
            mention, end = replace(mention, type=EntityType.PLACE), ministry.end("country")
        if mention.type is EntityType.ORGANIZATION and MISSION.search(text, start, end):
            start = _posted(text, start)
        if mention.type is EntityType.PERSON:
            start += bool(_OFFICER.search(text, max(0, start - 2), start + 1) and end - start > 2)
            end = _before_word(text, start, end, words, persons)
            if end - start > 2 and text[end - 1] in _WITH and text[start : end - 1] in persons:
                end -= 1
        elif mention.type in (EntityType.FORUM, EntityType.ORGANIZATION):
            start = _after_person(text, start, end, seen, sizes)
        if mention.type is EntityType.FORUM and (edition := _EDITION_BEFORE.search(text, max(0, start - 8), start)):
            start = edition.start()
        if mention.type is EntityType.ORGANIZATION and (member := _MEMBER.match(text, start, end)):
            end = member.end()
        if end <= start:
            continue
        bounded = replace(mention, start=start, end=end)
        named = replace(bounded, type=settled_type(text, bounded, acting))
        if is_name(text[start:end], named.type) and not is_kind(text, named, words):
            yield named


def _posted(text: str, start: int) -> int:
    """Where the name of a mission abroad begins: 中国驻|赤道几内亚大使馆."""
    if text[start - 1 : start] != "驻":
        return start
    sender = next((size for size in range(6, 1, -1) if is_country(text[max(0, start - 1 - size) : start - 1])), 0)
    return start - 1 - sender


def _from_opening(text: str, start: int, end: int) -> int:
    """Where a title begins that ends with its closing mark: 《支持|北京市…工作方案》."""
    closing = text[end : end + 1]
    if closing not in ("》", "”"):
        return start
    opening = text.rfind(_OPENS[closing], max(0, end - 60), start)
    return start if opening < 0 or closing in text[opening:start] or "\n" in text[opening:start] else opening + 1


def _before_word(text: str, start: int, end: int, words: Mapping[int, Token], persons: Container[str]) -> int:
    """Where a person's name ends that reaches into the next word: 韩正欢|迎, or goes on after a name known here."""
    for cut in range(start + 2, end):
        word = words.get(cut)
        joint = word is not None and word.end == end + 1 and text[end] in "和与及"
        if word is not None and not joint and word.tag[0] in "vdpa" and (word.end > end or text[start:cut] in persons):
            return cut
    return end


def _after_person(text: str, start: int, end: int, persons: Container[str], sizes: Iterable[int]) -> int:
    """Where a forum's name begins behind a person and what he does there: 李强在|…峰会."""
    for size in sizes:
        if text[start : start + size] in persons:
            match = _DOES.match(text, start + size, end)
            if match:
                return match.end()
    return start


def _parts(text: str, mention: Mention) -> Iterator[Mention]:
    """Two names taken for one: 中联部和中央广电总台; a name with 和 inside keeps together where a part has no head."""
    head = _HEAD_OF_PART.get(mention.type)
    name = text[mention.start : mention.end]
    if ";" in name:
        place = name.index(";")
        yield from _parts(text, replace(mention, end=mention.start + place))
        yield from _parts(text, replace(mention, start=mention.start + place + 1))
        return
    beside = {EntityType.FORUM: _BESIDE, EntityType.ORGANIZATION: _BODY_BESIDE}.get(mention.type)
    if beside and (match := beside.search(name)) and match.start() > 2:
        yield replace(mention, end=mention.start + match.start())
        yield from _parts(text, replace(mention, start=mention.start + match.end()))
        return
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
    if text[start - 1 : start] in OPENING and text[end : end + 1] in CLOSING:
        return start, end
    lead = {EntityType.PLACE: None, EntityType.PERSON: _BEFORE_PERSON}.get(type_, _BEFORE_ANY)
    if lead and (match := lead.match(text[start:end])):
        start += match.end()
    before, after = {
        EntityType.FORUM: (_BEFORE_FORUM, _AFTER_FORUM),
        EntityType.INITIATIVE: (_BEFORE_INITIATIVE, _AFTER_INITIATIVE),
        EntityType.PLACE: (None, _PLACE_TAIL),
        EntityType.ORGANIZATION: (_BEFORE_ORGANIZATION, _DEPARTMENT),
        EntityType.PERSON: (None, _PERSON_TAIL if end - start > 2 else None),
    }.get(type_, (None, None))
    if type_ is EntityType.FORUM and (match := _HEADLINE.match(text[start:end])):
        start += match.end()
    if before and (match := before.match(text[start:end])):
        start += match.end()
    if type_ is EntityType.ORGANIZATION and text[start - 1 : start + 1] == "的有":  # 致辞的有|…联盟主席
        start += 1
    if after and (match := after.search(text[start:end])):
        end = start + match.start()
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end
