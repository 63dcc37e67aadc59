"""Whether words name one thing, and of which type: kinds of things, clauses, slogans and works are no names (判名).

博鳌亚洲论坛|理事长           a forum with officers and no edition is a body
教育部启动|职业教育活动周        what is started is an initiative; 在某地启动 it is an event
在|泉州师范学院|召开            a body where something is held is a place
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from extract.analysis import Mention, Token
from graph.schema import EntityType

__all__ = ["CLOSING", "MISSION", "OPENING", "acts", "is_kind", "is_name", "settled_type"]

_DOCUMENT = re.compile(r"(?:宣言|倡议|共识|公报|声明|白皮书|蓝皮书|研究报告|发展报告)$")
_PAPER = re.compile(r"(?:方案|计划|规划|意见|通知|办法|条例|规定|细则|纲要|指南|决定|举措|措施|准则|协定|条约|公约)$")
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
_BARE_BODY = re.compile(
    r"^(?:[省市区县州]委[省市区县州](?:人民)?政府|联盟|科技园|产业园|园区|开发区|组委会|专家组|代表团|理事会)$"
)
_BARE_DOCUMENT = re.compile(
    r"^(?:计划|意见|通知|方案|规划|办法|条例|规定|宣言|声明|公约|报告|白皮书|倡议|协定|指南|决定|纲要|通告|标准|规范|章程"
    r"|(?:行动|实施|工作)(?:方案|计划)|指导意见|实施意见|若干措施|管理办法)$"
)
_SLOGAN = re.compile(r"(?:思想|命运共同体|伙伴关系|关系|格局|体系|局面|机遇|繁荣发展|现代化|互联互通)$")
_ALLOWED_SLOGAN = re.compile(r"伙伴关系(?:协定|基地|网络)")
_OFFICE_ALONE = re.compile(
    r"^(?:校|院|学校|学院|集团|公司)?(?:党委|校长|国际|行政|党政|院长|联盟)?"
    r"(?:办公室|(?<=联盟)秘书处|党委|宣传部|(?:科研|科技|教务|人事|国际|外事|学生|财务|招生|就业|规划|合作|交流|发展|与|和)+处)$"
)
# The title of a talk, no name: Federated Sensing in the Wild.
_LATIN_PHRASE = re.compile(r"^[A-Za-z][A-Za-z'’:\- ]*\b(?:of|the|for|in|and|on|with|to|a|an|by)\b[A-Za-z'’:\- ]*$")
# From this probability on a name without a head is taken as it is.
_SURE = 0.95
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
# What a broadcaster shows or a house prints is no initiative.
_WORK_BEFORE = re.compile(
    r"(?:节目|栏目|纪录片|专题片|影片|电影|电视剧|动画片|系列片|微视频|歌曲|舞剧|话剧|歌剧|音乐剧|小说|图书|专著)[“《]?$"
)
_WORK = re.compile(r"^[^《》]{0,16}(?:节目|栏目|纪录片|专题片|影片|电影|电视剧|舞剧)《[^《》]+》$")
_BUILT = re.compile(
    r"(?:高铁|高速|铁路|公路|千伏|河道|水利枢纽|输水|机组|大桥|隧道|线路|电站|控制性|主体|储能)[^,。;]{0,8}(?:工程|项目)$"
)
_PRAISE = re.compile(r"^[\u4e00-\u9fff]{2}(?:方案|智慧|力量|速度|样本|经验|故事|声音|智造|制造|创造)$")
# 在甲大学|隆重召开: where something is held is a place.
_HELD = re.compile(r"(?:隆重|顺利|成功|正式|如期|圆满|盛大)*(?:举行|召开|举办|开幕|闭幕|落幕|开班|开赛|落下帷幕|拉开)")
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
_SIDE = re.compile(r"^.{1,3}方$")
OPENING, CLOSING = frozenset('《“"「'), frozenset('》”"」')
MISSION = re.compile(r"(?:使馆|领事馆|代表处|代表团)$")


def settled_type(text: str, mention: Mention, acting: Container[str]) -> EntityType:
    """The type of a name in its true bounds.

    Args:
        text: clean text.
        mention: the name.
        acting: names of forums that the text lets act as bodies somewhere.
    """
    start, end, type_ = mention.start, mention.end, mention.type
    if type_ is EntityType.PLACE and _FORCES.search(text, start, end):
        return EntityType.ORGANIZATION
    if type_ is EntityType.ORGANIZATION:
        venue = text[start - 1 : start] in ("在", "于") and _HELD.match(text, end)
        return EntityType.PLACE if venue and not MISSION.search(text, start, end) else type_
    if type_ is not EntityType.FORUM:
        return type_
    if text[start:end] in acting or acts(text, start, end):
        return EntityType.ORGANIZATION
    titled = text[start - 1 : start] == "《" and text[end : end + 1] == "》"
    started = _STARTS.search(text, max(0, start - 8), start) or _STARTED.match(text, end)
    initiative = (
        _DOCUMENT.search(text, start, end)
        or _SEASON.search(text, start, end)
        or (titled and _PAPER.search(text, start, end))
        or (started and _ACTIVITY.search(text, start, end) and not _takes_place(text, text[start:end]))
    )
    return EntityType.INITIATIVE if initiative else type_


def acts(text: str, start: int, end: int) -> bool:
    """Whether a forum without edition has officers or hosts another: the body of that name is meant."""
    hosts = text[start - 1 : start] == "由" and _HOSTS.match(text, end)
    return not _EDITION.search(text[start:end]) and bool(hosts or _HEADED.match(text, end))


def _takes_place(text: str, name: str) -> bool:
    """Whether the text says of an activity where it is held, or by whom."""
    tail = re.escape(name[-6:])
    held = rf"{tail}[”》]?[^,。;\n]{{0,14}}?在[^,。;\n]{{2,16}}?(?:启动|举行|开幕|举办)"
    return re.search(rf"{held}|[主承协]办的[^,。;\n]{{0,30}}?{tail}|举行[^,。;\n]{{0,30}}?{tail}", text) is not None


def is_kind(text: str, mention: Mention, words: Mapping[int, Token]) -> bool:
    """Whether what was proposed is no name but a kind of thing, by its head or its words."""
    start, end = mention.start, mention.end
    name = text[start:end]
    if mention.type is not EntityType.INITIATIVE and text[start - 1 : start] in OPENING and _LATIN_PHRASE.match(name):
        return True
    marked = text[start - 1 : start] in OPENING and text[end : end + 1] in CLOSING
    if marked and _WORK_BEFORE.search(text, max(0, start - 6), start):
        return True
    if mention.type is EntityType.INITIATIVE:
        return _BUILT.search(name) is not None or (
            marked and text[start - 1] != "《" and _PRAISE.match(name) is not None
        )
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
