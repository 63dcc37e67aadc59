"""任职: which body or place a person holds a post in, read from the words around the name.

，上海市委常委、副市长陈杰，          segment  Ⓞ常委、副市长 | Ⓟ      副市长 → the place of the party committee
中国工程院院士、清华大学教授郑纬民     segment  Ⓞ院士、Ⓞ教授 | Ⓟ
云枢公司董事长贾文、副总经理崔海       the second title is at the body of the first
大会选举陆永康任理事长                 the body is the one just set up or spoken of
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extract.analysis import Fact
from extract.grammar.context import PARTY, Context
from extract.grammar.masked import MASKS, Masked, Named, pattern
from graph.schema import EntityType, Modality, RelationType

__all__ = ["TITLE", "facts"]

_P, _O, _L = (MASKS[t] for t in (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE))
# The last word of a title: what people hold, not what they do.
TITLE = (
    r"(?:主席|书记|总书记|(?<!队|增|成|生|专|特|延)长|队长|教授|院士|委员|常委|总理|总统|首相|国王|大臣|总裁|总监|经理|主任|主管|研究员|工程师|会计师|科学家|经济师|分析师|"
    r"架构师|设计师|规划师|药师|护师|技师|农艺师|咨询师|预报员|评审员|审评员|馆员|顾问|专家|学者|博士|博士生|研究生|博士后|硕士生|学生|讲师|老师|教师|医生|医师|律师|"
    r"代表|特使|大使|公使|参赞|领事|代办|专员|干事|秘书|发言人|负责人|创始人|创办人|合伙人|董事|理事|监事|总编辑|主编|总编|主笔|执行官|技术官|运营官|财务官|科学官|信息官|战略官|"
    r"数据官|官员|CEO|CTO|COO|CFO|CIO|VP|总工|总师|议员|酋长|亲王|王储|埃米尔|大公|外长|防长|国务卿|领导|领导人|元首|成员|组员|助理|带头人|牵头人|召集人|主持人|获得者|得主|传承人|编辑|记者|高管|干部|参事|"
    r"巡视员|调研员|督察|检察官|法官|作家|诗人|演员|导演|运动员|教练|会士|博导|导师|主理人|总|员工|教职工)"
)
_TITLE_END = re.compile(TITLE + r"(?:\([^()]*\))?[”\"]?(?:兼|、)?$")
# Words that end the search to the left: what stands before them belongs to another phrase.
_CUT = re.compile(
    r"由|邀请|会见|包括|以及|介绍|表示|任命|聘请|会上|上午|下午|日电|其中|来自|作为|[,:。;]|并|受|陪同|出席|参加|主持|致辞|讲话|签署|代表(?!.{0,2}$)|了|当选|担任|宣布|欢迎|感谢|祝贺|举行|率"
)
_BARE_TITLE = re.compile(
    rf"^[、,;和与及\s]*(?:以及)?(?P<title>(?:[^,。;:、{_P}{_O}{_L}]{{0,14}}?{TITLE}、?兼?){{1,3}})$"
)
# Offices of a country: after 议会议长Ⓟ、首相Ⓟ the second is the country's, not the parliament's.
_OF_STATE = re.compile(r"^(?:前|时任|副)?(?:总统|总理|首相|国王|大公|王储|外长|国务卿|外交部长)$")
_PLACE_POST = re.compile(
    r"(?:^|、|兼)(?P<title>(?:代理?|常务)?副?(?:市长|省长|州长|县长|区长|镇长|盟长|旗长|主席(?=$)|市领导|区领导|省领导))(?=、|$)"
)
_PARTY_BODY = re.compile(
    r"^(?P<place>.{2,10}?(?:省|市|区|县|州|旗|盟|[^市区县]))(?:委|人民政府|政府|人大常委会|人大|政协)$"
)
_BARE_PARTY_BODY = re.compile(r"^(?P<rank>[省市区县州])(?:委|政府)$")
_TAKES_POST = re.compile(
    rf"^(?:\([^()]{{0,40}}\))?(?:院士|副?教授|研究员|博士|先生|女士|副?所长|副?主任|副?校长|副?院长)?(?:等[^,。;]{{0,8}})?(?:[,]?(?:祝贺|恭喜)[他她其]?)?(?:再次|成功|现|将|被|分别|同时|继续|一致|全票|受|经)*(?:选举|推举|推选|聘)?(?:任|为|担任|出任|当选为?|受聘(?:担任|为|任)?|任命为|获聘为?|兼任|连任|聘为|续任|履新|就任|接任|升任)"
    rf"(?P<of>[^,。;{_P}]{{0,30}}?)(?P<title>(?:[^,。;、{_P}{_O}{_L}]{{0,12}}?{TITLE}、?){{1,2}})"
)
# 免去Ⓟ、Ⓟ的Ⓞ副主任职务
_REMOVED = re.compile(rf"^(?:[、和]{_P})*的(?P<posts>[^,。;{_P}]{{2,60}}?)职务")
_REMOVES = re.compile(rf"免去(?:{_P}[、和])*$")
_ROSTER = re.compile(rf"^[ \s(/:,—-]{{1,3}}(?=[{_O}{_L}])(?P<posts>[^。;{_P}\n]{{2,80}})(?=[。;\n]|$)")
# Heads of a school's offices, on pages that speak of 我校.
_IN_SCHOOL = re.compile(
    r"^\s*(?:校|学校)?(?:[\u4e00-\u9fff]{2,8}(?:处|办公室)副?(?:处长|主任)|(?:校?党委|校团委|校工会)副?(?:书记|主席)|校长助理)"
)
_OF_SCHOOL = re.compile(r"我校|副校长|学校")
_LISTED_WITH = re.compile(rf"^(?:[、和与及][^,。;:{_P}]{{0,30}}{_P})+(?=[^{_P}])")
# Ⓟ(Ⓞ)
_BESIDE = pattern(r"^[ ]?\((?:来自)?(?P<body>{O})\)")
_AFTER_NAME = re.compile(r"^(?:院士|教授|副教授|研究员|博士|主任医师|主任|院长|先生|女士|书记|会长|秘书长|老师|律师)")
_LEADING_NOTE = re.compile(r"^[”》\"]?(?:\([^()]{0,40}\))?")
_ELECTING = re.compile(
    r"联盟|学会|协会|联合会|委员会|专委会|商会|促进会|研究院|中心|基地|实验室|联合体|共同体|智库|学院|理事会|分会|网络|合作社|组织|基金"
)


_CONGRESS = re.compile(
    r"^(?:20\d\d年?)?(?P<body>.{3,}?)(?:第[^届次]{1,5}[届次]|首届)?[^届次]{0,4}(?:会员(?:代表)?大会|理事会|成立大会|代表大会|换届)"
)
_SET_UP = re.compile(
    r"[”》\"]?(?:\([^()]*\))?(?:在[^,。;]{2,20})?(?:正式|宣告|宣布|今日|昨日|同日|同时|揭牌|当天|\d|日|月)*(?:成立|揭牌|换届|召开|第.{1,3}届|由|是|下设|设立|启用|理事会|$|\n|完成|选举)"
)
# 学校副校长, 集团总经理, 会长: the body is the last one named that has such an officer.
_BODY_OF = {
    "学校": "大学|学院|学校|中学",
    "校": "大学|学院|学校|中学",
    "集团": "集团|公司",
    "公司": "公司|集团",
    "研究院": "研究院",
    "学院": "学院",
    "医院": "医院",
    "研究所": "研究所",
    "学会": "学会",
    "协会": "协会",
    "研究会": "研究会",
    "商会": "商会",
    "联盟": "联盟",
    "联合会": "联合会",
    "中心": "中心",
    "实验室": "实验室",
    "基金会": "基金会",
    "委员会": "委员会",
    "专委会": "委员会|专委会",
    "分会": "分会",
}
_OFFICE = {
    "校长": "大学|学院|学校|中学",
    "校党委书记": "大学|学院|学校",
    "会长": "协会|学会|商会|联合会|研究会|促进会|联谊会",
    "秘书长": "协会|学会|联盟|联合会|研究会|促进会|商会|联谊会|基金会|组委会",
    "理事长": "学会|协会|联盟|基金会|研究会|理事会|联合体|共同体",
    "董事长": "公司|集团",
    "总经理": "公司|集团",
    "总裁": "公司|集团",
    "所长": "研究所",
    "行长": "银行",
    "市长": "市",
    "省长": "省",
    "区长": "区",
    "县长": "县",
    "州长": "州",
}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_IMPLIED = re.compile(
    rf"^\s*(?:会上|[上下]午|当天|随后|仪式上)?(?:我|本|该|贵)?(?P<head>{_any(_BODY_OF)})?"
    rf"(?P<title>[^,。;:\s{_P}{_O}{_L}]{{0,16}}?(?P<office>{_any(_OFFICE)}|{TITLE}))$"
)


@dataclass(frozen=True, slots=True)
class _Post:
    """A thing and the title held there."""

    thing: int
    title: str


def facts(context: Context) -> Iterator[Fact]:
    """Facts from titles before names, beside them in rosters, and from 任 and its like."""
    electing = _congress(context)
    for masked in context.sentences:
        previous: Named | None = None
        posts: list[_Post] = []
        for name in masked.names:
            if name.mention.type is EntityType.ORGANIZATION and _elects(context, masked, name):
                electing = name.thing
            if name.mention.type is not EntityType.PERSON:
                continue
            before = posts
            posts, rule = _posts_before(context, masked, name, previous, posts)
            if not posts:
                posts, rule = _implied(context, masked, name, previous, before), "affiliation.implied"
            for post in posts:
                yield _fact(context, masked, name, post, rule)
            yield from _after(context, masked, name, electing)
            previous = name


def _congress(context: Context) -> int | None:
    """The body whose members the text's first forum brings together: 甲学会 of 甲学会第三届会员代表大会."""
    if context.main_forum is None:
        return None
    bodies = {match["body"] for name in context.things[context.main_forum].names if (match := _CONGRESS.match(name))}
    organizations = (n for n, thing in enumerate(context.things) if thing.type is EntityType.ORGANIZATION)
    return next((n for n in organizations if not bodies.isdisjoint(context.things[n].names)), None)


def _elects(context: Context, masked: Masked, name: Named) -> bool:
    """Whether the text turns to a body that gives itself officers: one spoken of as 联盟, or just set up."""
    if not _ELECTING.search(context.things[name.thing].names[0]):
        return False
    return name.mention.source == "anaphor" or bool(_SET_UP.match(masked.text[name.index + 1 :]))


def _posts_before(
    context: Context, masked: Masked, name: Named, previous: Named | None, inherited: list[_Post]
) -> tuple[list[_Post], str]:
    """The posts in the phrase before a name; in a list of names those of the name before where it has none."""
    left = previous.index + 1 if previous is not None else 0
    segment = masked.text[left : name.index]
    if previous is not None and inherited:
        if re.fullmatch(r"(?:\([^()]*\))?(?:[、和与及]|以及)", segment):
            return inherited, "affiliation.shared-title"
        bare = _BARE_TITLE.match(segment)
        if bare and not _CUT.search(bare["title"]) and segment[0] in "、和与及":
            title, body = bare["title"].strip("、"), inherited[-1].thing
            if _OF_STATE.match(title) and context.things[body].type is not EntityType.PLACE:
                body = next((n.thing for n in reversed(masked.within(0, left, EntityType.PLACE))), body)
            return [_Post(body, title)], "affiliation.shared-body"
    parties = masked.within(left, name.index, *PARTY)
    posts: list[_Post] = []
    follows = _AFTER_NAME.match(masked.text[name.index + 1 :])
    end = name.index
    title_after = follows[0] if follows else ""
    shared = ""
    for party in reversed(parties):
        core = masked.text[party.index + 1 : end]
        core = _LEADING_NOTE.sub("", core, count=1).strip('、 “”"').removeprefix("的")
        first = end == name.index
        if len(core) > 36 or "\n" in core or _CUT.search(core):
            break
        if first and not core and title_after:
            core = title_after
        elif (first and not _TITLE_END.search(core)) or (not first and core and not _TITLE_END.search(core)):
            # 柬埔寨驻南宁总领事: the post is at the body that sends, not where it is sent.
            if not first and core == "驻" and posts:
                posts[-1] = _Post(party.thing, f"驻…{posts[-1].title}")
                end = party.index
                continue
            break
        shared = core or shared
        posts.append(_Post(party.thing, shared))
        posts.extend(_place_posts(context, masked, party, core))
        end = party.index
    return posts[::-1], "affiliation.title-before"


def _implied(
    context: Context, masked: Masked, name: Named, previous: Named | None, inherited: list[_Post]
) -> list[_Post]:
    """The post of a title whose body is not named beside it but was before: that of the person before, if it fits."""
    left = previous.index + 1 if previous is not None else 0
    piece = re.split(r"[,。;:!?]|^[、和与及]", masked.text[left : name.index])[-1]
    match = _IMPLIED.match(piece)
    if match is None or any(ord(c) >= 0xE000 for c in piece):
        return []
    in_school = _IN_SCHOOL.match(piece) and _OF_SCHOOL.search(context.analysis.text)
    ending = _OFFICE["校长"] if in_school else _BODY_OF.get(match["head"] or "") or _OFFICE.get(match["office"])
    if ending is None:
        return []
    of_kind = re.compile(f"(?:{ending})$")
    of_last = (post.thing for post in reversed(inherited) if of_kind.search(context.things[post.thing].names[0]))
    thing = next(of_last, None)
    if thing is None:
        thing = context.body_named(masked, name.index, of_kind)
    return [] if thing is None else [_Post(thing, match[0].strip())]


def _place_posts(context: Context, masked: Masked, party: Named, title: str) -> Iterator[_Post]:
    """上海市委常委、副市长: the second post is at the place whose committee it is."""
    name = context.things[party.thing].names[0]
    body, bare = _PARTY_BODY.match(name), _BARE_PARTY_BODY.match(name)
    post = _PLACE_POST.search(title)
    if not (body or bare) or post is None or party.mention.type is not EntityType.ORGANIZATION:
        return
    place = context.place_named(body["place"]) if body else None
    if bare:  # 市委副书记、市长: of the city that the text is about
        of_rank = re.compile(f"(?<=[\u4e00-\u9fff]{{2}}){bare['rank']}$")
        place = context.body_named(masked, party.index, of_rank)
    if place is not None:
        yield _Post(place, post["title"])


def _after(context: Context, masked: Masked, name: Named, electing: int | None) -> Iterator[Fact]:
    rest = masked.text[name.index + 1 :]
    taken = _TAKES_POST.match(rest)
    if taken is None and (among := _LISTED_WITH.match(rest)):
        # Ⓟ、ⓄTitleⓅ当选副理事长: the post is that of all in the list.
        last = masked.within(name.index + 1, name.index + 1 + among.end(), EntityType.PERSON)[-1]
        taken = _TAKES_POST.match(masked.text[last.index + 1 :])
        rest, offset = (masked.text[last.index + 1 :], last.index) if taken else (rest, name.index)
    else:
        offset = name.index
    if taken:
        start, stop = offset + 1 + taken.start("of"), offset + 1 + taken.end()
        bodies = masked.within(start, stop, *PARTY)
        if bodies:
            title = masked.text[bodies[-1].index + 1 : stop]
            yield _fact(context, masked, name, _Post(bodies[-1].thing, title.strip("、的")), "affiliation.takes-post")
        elif electing is not None:
            title = taken["of"] + taken["title"]
            yield _fact(context, masked, name, _Post(electing, title.strip("、")), "affiliation.elected")
        return
    removed = _REMOVED.match(rest) if _REMOVES.search(masked.text[: name.index]) else None
    if removed:
        start, stop = (name.index + 1 + place for place in removed.span("posts"))
        for body in masked.within(start, stop, *PARTY)[-1:]:
            title = masked.text[body.index + 1 : stop]
            yield _fact(context, masked, name, _Post(body.thing, title.split("、")[0]), "affiliation.removed")
        return
    beside = _BESIDE.match(rest)
    roster = _ROSTER.match(rest)
    if beside:
        body = masked.within(name.index + 1 + beside.start("body"), name.index + 1 + beside.end("body"), *PARTY)[0]
        yield _fact(context, masked, name, _Post(body.thing, ""), "affiliation.beside")
    elif roster:
        start = name.index + 1 + roster.start("posts")
        bodies = masked.within(start, name.index + 1 + roster.end("posts"), *PARTY)
        for body, following in zip(bodies, [*bodies[1:], None], strict=True):
            stop = following.index if following else name.index + 1 + roster.end("posts")
            held = re.match(rf"[^,。;(){_O}{_L}]*{TITLE}", masked.text[body.index + 1 : stop])
            if held is None:
                break
            yield _fact(context, masked, name, _Post(body.thing, held[0].strip("、")), "affiliation.roster")


def _fact(context: Context, masked: Masked, name: Named, post: _Post, rule: str) -> Fact:
    return context.fact(
        RelationType.AFFILIATED_WITH,
        name.thing,
        post.thing,
        masked,
        (name.index, name.index),
        rule,
        0.9 if rule == "affiliation.title-before" else 0.8,
        role=post.title.strip("、 ") or None,
        modality=Modality.HELD,
    )
