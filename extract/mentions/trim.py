"""The true bounds of a name: what a proposer took too much of, or took for a name though it is none (去噪)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extract.analysis import Mention, Token
from graph.names.known import is_country
from graph.schema import EntityType

__all__ = ["is_name", "trim"]

_PAIRS = (("“", "”"), ("《", "》"), ("(", ")"))
_EDGE = " \n,。;:、!?·-—"
_BEFORE_FORUM = re.compile(
    r"^“[^“”《》]{4,40}”的(?=.{4})|^[^“”《》]{0,20}(?:出席|会见)(?=.{4})|^[^“”《》]{0,30}作的[^“”《》]{0,30}关于(?=.{4})|^[^《》]{2,60}召开(?=.{4})|^(?:20\d\d年(?=第.{1,5}[届次])|新一届|本届|今年的?|去年的?|多场|数场|[\d一二三四五六七八九十]+场|首个|这届|该|祝贺|应邀|建议|提请|高度评价|高度赞赏|高度重视|关注|感谢|欢迎|期待|参观|调研|考察|巡视|走访|走进|出席|参加|在|举办|召开|主办|的|和|暨)+"
)
# 如期相约“四叶草”——记|第三届…论坛
_HEADLINE = re.compile(r"^[^《》]{0,24}——(?:记|写在|直击|走进|探访|聚焦)(?=.{4})")
_DOCUMENT = re.compile(r"(?:宣言|倡议|共识|公报|声明|白皮书|蓝皮书|研究报告|发展报告)$")
_PAPER = re.compile(r"(?:方案|计划|规划|意见|通知|办法|条例|规定|细则|纲要|指南|决定|举措|措施|准则|协定|条约|公约)$")
_AFTER_FORUM = re.compile(
    r"(?:的)?(?:开幕式|闭幕式|开幕会|闭幕会|开幕大会|期间|现场|上|于\d{4}年|(?:今|昨|明)天(?:\([^()]*\))?)$"
    r"|(?<=”)等?[\d一二两三四五六七八九十]+[大个场]展览$"
    r"|(?<=[会坛赛展节团])(?:举行|召开|举办|开幕|闭幕|启动|设有)[^“”《》]{0,12}$"
)
_BEFORE_INITIATIVE = re.compile(
    r"^[^“”]{0,12}(?:总台|部|委|局|会|集团|公司|联|院)(?=“)|^(?:加强|提升|深化|推动|推进|落实|支持|参与|涵盖|促进|高质量(?=共建)|积极|继续|实施|围绕|发布|签署|通过|启动|提出|制定|出台)+"
)
_AFTER_INITIATIVE = re.compile(r"(?:科学)?(?:指引|引领)(?:下)?$")
_COMMON = (
    "企业|公司|机构|组织|部门|政府|高校|媒体|院校|科研院所|科研机构|金融机构|商业银行|国际组织|行业协会|投资机构|大学|医院|银行|中小企业|高新技术企业|"
    "学校|商会|专门委员会|协会|学会|集团|研究院|研究所|研究机构|工厂|基地|园区|平台|中心|智库|委员会|单位|社会组织|行业组织|商协会|协会商会"
)
_GENERIC = re.compile(
    r"^(?:所属|下属|中国|我国|国内外|国内|国外|有关|相关|各类|各|当地|外国|跨国|地方|各级|中外|国有|民营|本地|知名|龙头|重点|主要|全球|国际|世界|两国|双方|全市|全省|全国|上市|科技|专业|多家|优质|大型)*"
    rf"(?:{_COMMON})$"
)
# A clause that was taken for a name: its verb stands in the middle, outside of marks.
_CLAUSE = re.compile(
    r"^《[^《》]*》(?:栏目|节目)?将?播出|^[^“”《》]*[^“”《》第](?:已建成|向公众|首次(?!代表)|累计|进入(?!太空)|同比|播出|正在|已经|成为|将于|落户|指导商业|开通|要求)"
    r"|^[^“”《》]{2,}(?:发布|印发|出台)(?!会|活动|仪式|盛典|大会|日|平台|厅|暨|典礼|周|中心)[^“”《》]{4,}$"
    r"|^.{4,}”作为|^[^“”《》]{6,}(?:完成|合龙|贯通|通车|投产|竣工|落成|首飞|获批|下线|运营|完工|揭晓|开工)$"
)
# Of two states: what they sign is the role of SIGNED_WITH.
_TREATY = re.compile(r"^中华人民共和国(?:政府)?和.{2,30}(?:条约|协定|公约)$")
_BARE_BODY = re.compile(r"^(?:[省市区县州]委[省市区县州](?:人民)?政府|联盟|科技园|产业园|园区|开发区|组委会|专家组|代表团|理事会)$")
_BARE_DOCUMENT = re.compile(
    r"^(?:计划|意见|通知|方案|规划|办法|条例|规定|宣言|声明|公约|报告|白皮书|倡议|协定|指南|决定|纲要|通告|标准|规范|章程"
    r"|(?:行动|实施|工作)(?:方案|计划)|指导意见|实施意见|若干措施|管理办法)$"
)
# 记者|张三|摄, 主题为“…”
_REPORTER = re.compile(r"(?:记者|通讯员|摄影|编辑)\s?$")
_CREDIT = re.compile(r"\s?/?(?:摄|图|文|报道)")
_THEME = re.compile(r"主题(?:为|是|:)?[“《][^“”《》]{4,60}[”》]|以[“《][^“”《》]{4,60}[”》]为(?:主题|题)")
_SLOGAN = re.compile(r"(?:思想|命运共同体|伙伴关系|关系|格局|体系|局面|机遇|繁荣发展|现代化|互联互通)$")
_ALLOWED_SLOGAN = re.compile(r"伙伴关系(?:协定|基地|网络)")
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
_MISSION = re.compile(r"(?:大使馆|领事馆|代表处|代表团)$")
_OFFICE_ALONE = re.compile(
    r"^(?:校|院|学校|学院|集团|公司)?(?:党委|校长|国际|行政|党政|院长|联盟)?"
    r"(?:办公室|(?<=联盟)秘书处|党委|宣传部|(?:科研|科技|教务|人事|国际|外事|学生|财务|招生|就业|规划|合作|交流|发展|与|和)+处)$"
)
# The title of a talk, no name: Federated Sensing in the Wild.
_LATIN_PHRASE = re.compile(r"^[A-Za-z][A-Za-z'’:\- ]*\b(?:of|the|for|in|and|on|with|to|a|an|by)\b[A-Za-z'’:\- ]*$")
# The best known initiative, whatever is wound around it.
_BELT = re.compile(r"^[^“”《》]{0,6}[“\"]?(?P<name>一带一路)[”\"]?(?:倡议)?$")
_DOES = re.compile(
    r"(?:向(?=\d{4}|第)|(?:总统|总理|主席|部长)?率领?|的|就|在|到|出席|参加|巡视|参观|主持|致信|祝贺)+(?=.{3})"
)
_OPENING, _CLOSING = frozenset('《“"「'), frozenset('》”"」')
_OPENS = {"》": "《", "”": "“"}
# From this probability on a name without a head is taken as it is.
_SURE = 0.95
_AND = re.compile(r"和|以及")
# Two forums taken for one: 甲会首办乙论坛, 甲峰会-乙联盟第二次会员大会, 甲会,乙论坛.
_BESIDE = re.compile(r"首办|首次举办|首设|增设|(?<=[会坛])[-,](?=.{4,}[会坛]$)")
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
_PERSON_TAIL = re.compile(r"(?:时|说|是|愿|在|表示|强调|指出|还|并|热烈|一行|等|[笑坦直]言)$")
# 李强同|与会成员国领导人, where the text names 李强 elsewhere.
_WITH = frozenset("同与和向在对将")
# 来源：太湖|新闻网
_MEDIUM = re.compile(r"(?:新闻网|日报|晚报|晨报|时报|早报|商报|都市报|电视台|广播|发布客户端|融媒)")
_FORCES = re.compile(r"(?:军方|军队|警方)$")
_NO_PERSON = frozenset({"贺信", "城市"})
# Words with which a forum is no more than a kind of one: 多场分论坛, 30余场专业性论坛.
_KIND_OF_FORUM = re.compile(
    r"^(?:\d+(?:余|多)?[场个次]|多|数|各|本|主|分|子|平行|专题|专业性?|主题|系列|国际|学术|高峰|高端|大型|重要|相关|其他|圆桌|行业|青年)*"
    r"(?:大会|论坛|峰会|年会|会议|博览会|展览会|展会|研讨会|座谈会|交流会|对接会|推介会|发布会|大赛|竞赛|比赛|活动|仪式|对话|沙龙|展览|展区|讲座)$"
)
_FORUM_LIKE = re.compile(
    r"(?:[会议展赛节奖年周行日式营坛杯]|(?:消费|展演|展播|演出|旅游|文化|购物|采摘|招聘|毕业|惠民|体验|活动|艺术|音乐|戏剧)季|评测|磋商|书市|车市|之夜|路演|对话|活动"
    r"|[A-Za-z0-9)”\"])$"
)
_SEASON = re.compile(r"(?:消费|展播|购物|惠民|促销)(?:季|周|月)$|行动$")
# A body that starts it, and no place where it is held: 教育部|启动2026年职业教育活动周, 职业教育活动周|启动
_STARTS = re.compile(r"(?:启动|开展|部署|实施)了?(?:实施|开展)?[“《]?$")
_STARTED = re.compile(r"[”》]?(?:[今昨]天(?:\([^()]*\))?|日前|近日|已经?|正式|全面)*启动")
_ACTIVITY = re.compile(r"(?:活动|活动周|服务季|专场|活动月)$")
# 张三教授|任…: whose body is named before him.
_MEMBER = re.compile(
    r"(?P<body>[^,。;、]{2,12}?(?:大学|学院|研究院|研究所|医院|公司|集团))"
    r"(?=[\u4e00-\u9fff]{2,3}(?:教授|院士|研究员|主任医师|博士)\S|(?:合作)?(?:建设|共建|签署|举办)[^,。;])"
)
# What a broadcaster shows or a house prints is no initiative.
_WORK_BEFORE = re.compile(
    r"(?:节目|栏目|纪录片|专题片|影片|电影|电视剧|动画片|系列片|微视频|歌曲|舞剧|话剧|歌剧|音乐剧|小说|图书|专著)[“《]?$"
)
_WORK = re.compile(r"^[^《》]{0,16}(?:节目|栏目|纪录片|专题片|影片|电影|电视剧|舞剧)《[^《》]+》$")
_BUILT = re.compile(r"(?:高铁|高速|铁路|公路|千伏|河道|水利枢纽|输水|机组|大桥|隧道|线路|电站|控制性|主体|储能)[^,。;]{0,8}(?:工程|项目)$")
_IN_BRACKETS = re.compile(r"\([^()]*\)$")
_SAYS = re.compile(r"致以|祝贺|表示|指出|强调|认为")
# Heads of company names that are common words too: 云枢科技 is a name, 数字科技 is none.
_COMMON_HEAD = re.compile(
    r"(?:科技|能源|汽车|文化|智能|电子|传媒|教育|医疗|医药|通信|网络|平台|生物|材料|制造|金融|物流|旅游|农业)$"
)
_COMMON_STEM = re.compile(
    r"^(?:数字|数智|清洁|先进|智能|智慧|绿色|低碳|现代|新型|新兴|高端|信息|生命|海洋|航天|航空|未来|健康|区域|前沿|传统|可再生|新|软件|集成|文化|金融|农业|工业|教育|医疗|生物|通信|网联)+$"
)
_ORDINARY = re.compile(r"^(?:n|vn|v|a|an|b|ad|f|m|q|d|j|l|i|gi|nz)$")
# 世界经济论坛主席, 博鳌亚洲论坛理事长: a forum with officers and no edition is a body.
_HEADED = re.compile(r"(?:创始人|执行|副|.{1,3}方共同)?(?:主席|总裁|理事长|秘书长|理事会|秘书处)(?!团|台|国)")
_HOSTS = re.compile(r"[^,。;]{0,30}?(?:主办|承办|协办)")
_EDITION = re.compile(r"\d|第.{1,4}[届次]|年会")
_EDITION_BEFORE = re.compile(
    r"(?:第[\d一二三四五六七八九十百]{1,4}|(?<![第二三四五六七八九])十[一二三四五六七八九]?)届$"
)
_PLACE_TAIL = re.compile(r"(?:各界)?(?:人士|人民|民众|各界|代表团?)$")
_SIDE = re.compile(r"^.{1,3}方$")


def trim(text: str, mentions: Iterable[Mention], tokens: Sequence[Token] = ()) -> Iterator[Mention]:
    """The mentions with their true bounds; those that are no names are left out."""
    words = {token.start: token for token in tokens}
    themes = [match.span() for match in _THEME.finditer(text)]
    proposed = [part for whole in mentions for part in _parts(text, whole)]
    forums = [m for m in proposed if m.type is EntityType.FORUM]
    acting = {text[m.start : m.end] for m in forums if _acts(text, m.start, m.end)}
    persons = {text[m.start : m.end] for m in proposed if m.type is EntityType.PERSON}
    seen = persons | {word.word for word in words.values() if word.tag == "nr" and 1 < len(word.word) < 5}
    sizes = sorted({len(person) for person in seen if len(person) > 1})
    for mention in proposed:
        start, end = _balanced(text, mention.start, mention.end)
        if mention.type is EntityType.INITIATIVE:
            start = _from_opening(text, start, end)
        start, end = _shaved(text, start, end, mention.type)
        if mention.type is EntityType.PLACE and _FORCES.search(text, start, end):
            mention = replace(mention, type=EntityType.ORGANIZATION)
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
        if mention.type is EntityType.ORGANIZATION and _MISSION.search(text, start, end):
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
        if mention.type is EntityType.FORUM and (text[start:end] in acting or _acts(text, start, end)):
            mention = replace(mention, type=EntityType.ORGANIZATION)
        titled = text[start - 1 : start] == "《" and text[end : end + 1] == "》"
        initiative = _DOCUMENT.search(text, start, end) or _SEASON.search(text, start, end)
        started = _STARTS.search(text, max(0, start - 8), start) or _STARTED.match(text, end)
        activity = started and _ACTIVITY.search(text, start, end)
        initiative = initiative or (activity and not _takes_place(text, text[start:end]))
        if mention.type is EntityType.FORUM and (initiative or (titled and _PAPER.search(text, start, end))):
            mention = replace(mention, type=EntityType.INITIATIVE)
        if mention.type is EntityType.ORGANIZATION and (member := _MEMBER.match(text, start, end)):
            end = member.end()
        name = text[start:end]
        if end > start and is_name(name, mention.type) and not _is_kind(text, start, end, mention, words):
            yield mention if (start, end) == (mention.start, mention.end) else replace(mention, start=start, end=end)


def _posted(text: str, start: int) -> int:
    """Where the name of a mission abroad begins: 中国驻|赤道几内亚大使馆."""
    if text[start - 1 : start] != "驻":
        return start
    sender = next((size for size in range(6, 1, -1) if is_country(text[max(0, start - 1 - size) : start - 1])), 0)
    return start - 1 - sender


def _acts(text: str, start: int, end: int) -> bool:
    """Whether a forum without edition has officers or hosts another: the body of that name is meant."""
    hosts = text[start - 1 : start] == "由" and _HOSTS.match(text, end)
    return not _EDITION.search(text[start:end]) and bool(hosts or _HEADED.match(text, end))


def _takes_place(text: str, name: str) -> bool:
    """Whether the text says of an activity where it is held, or by whom."""
    tail = re.escape(name[-6:])
    held = rf"{tail}[”》]?[^,。;\n]{{0,14}}?在[^,。;\n]{{2,16}}?(?:启动|举行|开幕|举办)"
    return re.search(rf"{held}|[主承协]办的[^,。;\n]{{0,30}}?{tail}|举行[^,。;\n]{{0,30}}?{tail}", text) is not None


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


def _is_kind(text: str, start: int, end: int, mention: Mention, words: Mapping[int, Token]) -> bool:
    """Whether what was proposed is no name but a kind of thing, by its head or its words."""
    name = text[start:end]
    if mention.type is not EntityType.INITIATIVE and text[start - 1 : start] in _OPENING and _LATIN_PHRASE.match(name):
        return True
    marked = text[start - 1 : start] in _OPENING and text[end : end + 1] in _CLOSING
    if marked and _WORK_BEFORE.search(text, max(0, start - 6), start):
        return True
    if mention.type is EntityType.INITIATIVE:
        return _BUILT.search(name) is not None
    if mention.type is EntityType.FORUM:
        bare = _IN_BRACKETS.sub("", name)
        if _WORK.match(name):
            return True
        headless = not marked and mention.score < _SURE and (not _FORUM_LIKE.search(bare) or bool(_SAYS.search(name)))
        return headless or _KIND_OF_FORUM.match(name) is not None
    head = _COMMON_HEAD.search(name) if mention.type is EntityType.ORGANIZATION else None
    if head and _COMMON_STEM.match(name[: head.start()]):
        return True
    if head and mention.score < _SURE:
        inside, place = [], start
        while place < end and place in words and words[place].end <= end:
            inside.append(words[place])
            place = words[place].end
        return place == end and all(_ORDINARY.match(word.tag) and len(word.word) > 1 for word in inside)
    return False


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
    if text[start - 1 : start] in _OPENING and text[end : end + 1] in _CLOSING:
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


def is_name(name: str, type_: EntityType) -> bool:
    """Whether words can name one thing of a type, and are no kind of thing (大会, 学校), office or slogan."""
    if not any(character.isalpha() for character in name) or _CLAUSE.match(name):
        return False
    match type_:
        case EntityType.ORGANIZATION | EntityType.INITIATIVE:
            if (_SLOGAN.search(name) and not _ALLOWED_SLOGAN.search(name)) or _TREATY.match(name):
                return False
            bare = _BARE_BODY if type_ is EntityType.ORGANIZATION else _BARE_DOCUMENT
            return len(name) > 1 and not any(kind.match(name) for kind in (_GENERIC, _OFFICE_ALONE, bare))
        case EntityType.PERSON:
            latin_title = _LATIN_PHRASE.match(name) or name.count(" ") > 3
            return len(name) > 1 and not _SIDE.match(name) and name not in _NO_PERSON and not latin_title
        case EntityType.FORUM:
            return len(name) > 2
        case EntityType.PLACE:
            return True
