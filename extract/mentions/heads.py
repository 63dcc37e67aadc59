"""Names that end in a telling head word: 大学, 委员会, 论坛, 行动计划; extended left to a true boundary."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from extract.analysis import Analysis, Mention, Token
from graph.schema import EntityType

__all__ = ["propose"]

_ORGANIZATION = (
    "股份有限公司|有限责任公司|有限公司|控股集团|集团公司|集团|公司|大学|学院|研究院|研究所|研究中心|科学院|工程院|实验室|委员会|组委会|管委会|居委会|协会|学会|商会|联合会|联盟|"
    "基金会|促进会|理事会|董事会|秘书处|出版社|医院|中学|小学|幼儿园|银行|报社|电视台|通讯社|办公厅|办公室|人民政府|市政府|省政府|区政府|县政府|州政府|外交部|商务部|教育部|科技部|财政部|"
    "市委|省委|区委|县委|州委|政协|人大|总局|管理局|海关|法院|检察院|事务局|数据局|监管局|厅|局|署|总工会|妇联|共青团|科协|文联|作协|智库|组织|协进会|俱乐部|博物馆|图书馆|"
    "中心|总部|处|司|部|所|社|院|党组|工作站|合作社|事务所|孵化器|产业园|研修院|书院|论坛组委会|合作体|共同体|工作组|网络|机构"
)
_FORUM = (
    "论坛|大会|峰会|博览会|研讨会|年会|展览会|交易会|洽谈会|对话会|座谈会|推介会|对接会|发布会|交流会|高峰会|论坛会|讲坛|沙龙|大赛|挑战赛|竞赛|锦标赛|创新赛|联赛|展会|工博会|"
    "进博会|服贸会|广交会|文博会|消博会|智博会|数博会|高交会|会议|峰会会议|博士生论坛|开放日|文化节|艺术节|电影节|音乐节|活动周|科技周|生态日|嘉年华|双年展|书展|车展|巡展|成果展|组博会|全会"
    "|运动会|训练营|圆桌会|恳谈会|报告会|学术会|联席会议|成立大会|启动仪式|签约仪式|对话"
)
_INITIATIVE = (
    "倡议|宣言|行动计划|实施方案|工作方案|计划|规划|纲要|白皮书|蓝皮书|绿皮书|战略|公约|条约|议定书|条例|办法|意见|指南|标准|"
    "规范|共识|准则|框架|专项行动|行动|工程|指数|报告|基金|示范区|试验区|平台|项目|方案|契约|路线图|法案|专项|机制"
)
_HEADS = (
    (EntityType.ORGANIZATION, re.compile(f"(?:{_ORGANIZATION})"), 0.55),
    (EntityType.FORUM, re.compile(f"(?:{_FORUM})"), 0.6),
    (EntityType.INITIATIVE, re.compile(f"(?:{_INITIATIVE})"), 0.35),
)
# Words that never stand inside a name: what stands before them is another phrase.
_STOP_TAGS = (
    "v",
    "p",
    "c",
    "cc",
    "u",
    "r",
    "d",
    "w",
    "y",
    "ude1",
    "ule",
    "uzhe",
    "uguo",
    "vshi",
    "vyou",
    "vi",
    "t",
    "m",
    "q",
    "b",
    "nr",
    "nnt",
)
_NOUN_VERBS = re.compile(
    r"^(?:发展|研究|合作|投资|管理|创新|教育|服务|交流|贸易|建设|促进|科学|设计|信息|监督|指导|保护|治理|应用|制造|检验|检测|测试|培训|推广|运营|传播|孵化|评价|评估|标准化|展览|咨询"
    r"|出版|传媒|通信|"
    r"统计|审计|规划|开发|改革|联合|控制|导航|计算|智造|数据|安全|协调|联络|仲裁|认证|计量|竞赛|创业|就业|养老|卫生|健康|体育|旅游|文化|运输|航运|物流|采购|招商|引资|对话|开放|共享"
    r"|互联|转移|转化)$"
)
_QUANTITY = re.compile(r"^(?:第[一二三四五六七八九十百\d]+[届次期]|首届|\d{4}年?|[一二三四五六七八九十]+)$")
_GENERIC = re.compile(
    r"^(?:本届|本次|此次|该|各|全|有关|相关|一批|多家|国内外|重点|主办|承办|协办|支持|指导|成员|会员|联合|上述|两个|这个|我|贵|其|首批|一系列)?"
    r"(?:国家|国际|世界|全球|地方|重点|专业|行业|科技|高新技术|中小|大型|跨国|龙头|知名|研究|人民|市|省|区|县|州|部门|企业|高峰|高端|主|分|平行|专题|主题|重大|合作|建设|产业|投资"
    r"|工作|有关|学术)?"
    rf"(?:{_ORGANIZATION}|{_FORUM}|{_INITIATIVE})$"
)


def propose(analysis: Analysis) -> Iterator[Mention]:
    """Organisations, forums and initiatives by their head words."""
    text, tokens = analysis.text, analysis.tokens
    starts = [token.start for token in tokens]
    for type_, heads, score in _HEADS:
        for match in heads.finditer(text):
            end = match.end()
            index = bisect_right(starts, match.start()) - 1
            if index < 0 or (tokens[index].end > end and tokens[index].tag[0] not in "n"):
                continue
            start = _extend_left(tokens, index, match.start())
            name = text[start:end]
            if len(name) < 4 or _GENERIC.match(name):
                continue
            yield Mention(start, end, type_, score + 0.01 * min(len(name), 20), f"heads.{type_.value.lower()}")


def _extend_left(tokens: Sequence[Token], index: int, head: int) -> int:
    """The start of the name whose head begins at ``head``, inside token ``index``."""
    start = min(tokens[index].start, head)
    for token in reversed(tokens[max(0, index - 14) : index]):
        word, tag = token.word, token.tag
        if _QUANTITY.match(word) or (tag == "m" and word.isdigit() and len(word) == 4):
            start = token.start
            continue
        if (
            word in "·-—&"
            or (tag.startswith("n") and tag not in ("nr", "nrf", "nnt", "nnd"))
            or _NOUN_VERBS.match(word)
        ):
            start = token.start
            continue
        if tag in ("vn", "gi", "an", "j", "f", "s", "b", "a", "nx", "g", "l", "i", "ng") or word in "届第年与和":
            if word in "与和":
                break
            start = token.start
            continue
        break
    return start
