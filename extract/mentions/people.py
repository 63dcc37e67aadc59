"""People: names that the engine sees, translated names with ·, Latin names, and a surname right after a title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.analysis import Analysis, Mention
from extract.grammar.affiliation import TITLE
from graph.schema import EntityType

__all__ = ["propose"]

_HAN = r"\u4e00-\u9fff"
# The 180 most frequent surnames and the common double ones (Ministry of Public Security's yearly name report).
_SURNAME = (
    "(?:欧阳|司马|上官|诸葛|东方|皇甫|令狐|慕容|尉迟|端木|夏侯|公孙|长孙|司徒|钟离|"
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "柳芳苗苑鲍温常康尚柯季游葛舒庄梅涂伍祝翟樊穆霍耿殷牛焦岳齐安易鲁倪骆裴辛宁卓简边纪岑应楼詹华关祁包申尤占鹿谷晏仇])"
)
_TRANSLATED = re.compile(rf"[{_HAN}]{{1,7}}(?:·[{_HAN}A-Za-z]{{1,8}}){{1,4}}")
_LATIN = re.compile(r"(?<![A-Za-z.])[A-Z][a-z]+(?: (?:[A-Z]\.|[A-Z][a-z]+|[a-z]{2,3}|[A-Z]{2,})){1,3}(?![A-Za-z])")
_BOUNDARY = (
    r"(?=[,。;、:()（）\s“”]|和|与|及|等|出席|致|在|作|做|主持|发表|表示|介绍|说|指出|宣读|分别|围绕|以|为|就|先后|参加|受邀|讲话|强调|率|会见|代表|宣布|认为"
    r"|同|共同|随后|一行|当选|任|担任|通过|向|对|也|还|并|从|曾)"
)
_AFTER_TITLE = re.compile(rf"(?:{TITLE})[”\"]?(?P<name>{_SURNAME}[{_HAN}]{{1,2}}?){_BOUNDARY}")
_BEFORE_TITLE = re.compile(
    rf"(?P<name>{_SURNAME}[{_HAN}]{{1,2}})(?=院士|教授|博士|主席|书记|主任|部长|副部长|局长|先生|女士|会长|理事长|秘书长|研究员)"
)
_IN_LIST = re.compile(rf"(?<=、)(?P<name>{_SURNAME}[{_HAN}]{{1,2}}){_BOUNDARY}")


def propose(analysis: Analysis) -> Iterator[Mention]:
    """Mentions of people."""
    text = analysis.text
    for token in analysis.tokens:
        if token.tag in ("nr", "nrf") and 2 <= len(token.word) <= 4 and "·" not in token.word:
            yield Mention(token.start, token.end, EntityType.PERSON, 0.6, "people.engine")
    for rule, score, source in (
        (_TRANSLATED, 0.8, "people.translated"),
        (_AFTER_TITLE, 0.85, "people.after-title"),
        (_BEFORE_TITLE, 0.7, "people.before-title"),
        (_IN_LIST, 0.5, "people.listed"),
        (_LATIN, 0.4, "people.latin"),
    ):
        for match in rule.finditer(text):
            start, end = match.span("name") if "name" in rule.groupindex else match.span()
            yield Mention(start, end, EntityType.PERSON, score, source)
