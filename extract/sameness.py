"""Whether two names of one type name one thing within a document (同名): a form to compare, then rules by type.

    第七届太湖论坛年会    core 太湖论坛年会   edition 7        same as 太湖论坛年会, not as 第六届太湖论坛年会
    CAAI机器视觉专委会    core caai机器视觉专业委员会          same as CAAI机器视觉专业委员会
    湖北武汉             core 湖北武汉                       same as 武汉市

A rule says only that two names fit; the caller joins them where the shorter one fits one thing and no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from graph.names.known import abbreviates, bare_edition, full_name, is_place, key, ordinal
from graph.schema import EntityType

__all__ = ["Form", "anchors", "form", "is_relative", "same"]

_QUOTE = re.compile(r"^[“\"‘「](.*)[”\"’」]$")
_LATIN_NOTE = re.compile(r"\s*\([A-Za-z][A-Za-z0-9 .&'’/—\-]*\)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年度?)?")
_ORDINAL = re.compile(r"第([一二三四五六七八九十百零〇\d]{1,5})[届次期轮]|(首)[届次]")
_STAGE = re.compile(r"(?:第[一二三]阶段会议|活动|\(总决赛\))$")
_SIDE = re.compile(r"^(..?)方$")
_SLOGAN = re.compile(r"^[“\"《][^”\"》]{4,30}[”\"》](?=.*(?:19|20)\d\d.{6})")

_PARENT = re.compile(
    r"(?:大学|学院|协会|学会|集团|公司|研究院|科学院|组织|联合会|委员会|银行|医院|研究会|联盟|实验室|附属|基金会|部|总局)$"
)
_RELATIVE = re.compile(r"^(?:省|市|区|县|州|旗|自治区|自治州|新区|合作区|开发区)(?=.)")
_COMMITTEE = re.compile(r"^(?:管理委员会|组织委员会|评审委员会)$")
_UNITED = re.compile(
    r"(?:大学|学院|医院|银行|科学院|研究院|研究所|实验室|中学|小学|出版社|学校|党委|市委|省委|人民政府|委员会)$"
)
_COMPANY_TAIL = re.compile(
    r"(?:\([^()]*\))?(?:股份|控股)?(?:有限责任公司|有限公司|集团有限公司|集团股份有限公司|株式会社|集团|公司)$"
)
_WHOLE = re.compile(r"(?:大学|科学院|学会|协会|研究会)(?=.{4})")
_BRANCH = re.compile(r"(?:分|支|子)公司$")
_SCHOOL = re.compile(r"(?:大学|学院|医院|银行|中学|小学|研究院|科学院)$")
_INSTITUTE_TAIL = re.compile(r"(?:研究院|研究所|研究中心|实验室|联盟|基金会|学院|智库)$")
# Tails that are written in two ways: the short one, what stands before it, the long one.
_TAILS = (
    (re.compile(r"专委会$"), "专业委员会"),
    (re.compile(r"管委会$"), "管理委员会"),
    (re.compile(r"组委会$"), "组织委员会"),
    (re.compile(r"评委会$"), "评审委员会"),
    (re.compile(r"(?<!大)使馆$"), "大使馆"),
    (re.compile(r"(?<=[省市区县州旗盟])政府$"), "人民政府"),
    (re.compile(r"(?<=[省市区县州旗盟])委员会$"), "委"),
    (re.compile(r"(?<=[^省市区县州旗盟])委$"), "委员会"),
    (re.compile(r"[市县]?第?([一二三四五六七八九十]{1,2})中学?$"), r"第\1中学"),
)
_PLACE_TAIL = re.compile(
    r"(?<=..)(?:特别行政区|(?:维吾尔|壮族|回族)?自治区|(?:[^省市]{2,12}族|哈萨克)自治[州县]|新区|[省市区县州盟])$"
)
_FORUM_HEAD = re.compile(
    r"^(?:分|主|子|平行|专题|主题|国际|全国|高峰|高端|青年|座谈|对话|交流|推介|研讨|洽谈|对接|发布|博览|展览|展示|交易|启动)*"
    r"(?:大会|论坛|峰会|年会|会议|会|赛|大赛|展|活动|仪式|对话|讲坛|沙龙|周|节)$"
)
# What a forum's name may leave out: 国际, 全国, a place, its full length.
_FORUM_FILLER = re.compile(r"^(?:国际|全国|全球|中国|高校|年度|系列|专场|总决赛|决赛|颁奖典礼|学术|中央广播电视)+$")
_INITIATIVE_VERSION = re.compile(r"(?:(?:19|20)\d\d年?|[—\-至])*(?:版|试行|草案|征求意见稿|年)?|\d\.\d版?")


@dataclass(frozen=True, slots=True)
class Form:
    """A name as it is compared: ``core`` without marks and edition, ``years`` and ``ordinals`` of the edition."""

    name: str
    core: str
    years: frozenset[int] = frozenset()
    ordinals: frozenset[int] = frozenset()

    @property
    def detail(self) -> tuple[int, int, int]:
        """How much the name says: of two names for one thing the one that says less is the short form."""
        return len(self.core), len(self.years) + len(self.ordinals), len(self.name)

    def agrees(self, other: Form) -> bool:
        """Whether no year and no ordinal speaks against one edition."""
        return not any(a and b and not a & b for a, b in ((self.years, other.years), (self.ordinals, other.ordinals)))

    def shares(self, other: Form) -> bool:
        """Whether both tell the same year or the same ordinal."""
        return bool(self.years & other.years or self.ordinals & other.ordinals)

    @property
    def edition(self) -> bool:
        """Whether the name tells which edition it is."""
        return bool(self.years or self.ordinals)


@lru_cache(maxsize=65_536)
def form(type_: EntityType, name: str) -> Form:
    """The form of a name of that type."""
    bare = _QUOTE.sub(r"\1", name)
    if type_ is EntityType.PERSON:
        return Form(name, key(bare))
    if type_ is EntityType.PLACE:
        full = full_name(type_, bare)
        return Form(name, key(_SIDE.sub(r"\1", bare) if full == bare else full))
    bare = _LATIN_NOTE.sub("", bare) or bare
    if not bare.isascii():
        bare = re.sub(r"(?<![A-Za-z])AI(?![A-Za-z])", "人工智能", bare)
    if type_ is EntityType.FORUM:
        return _forum_form(name, bare)
    if type_ is EntityType.ORGANIZATION:
        return Form(name, key(_expanded(re.sub(r"^中共(?=.+委(?:员会)?$)", "", bare))))
    return Form(name, key(bare))


def _forum_form(name: str, bare: str) -> Form:
    years = frozenset(int(year) for year in _YEAR.findall(bare))
    ordinals = frozenset(1 if first else ordinal(digits) for digits, first in _ORDINAL.findall(bare))
    bare = _SLOGAN.sub("", bare)
    core = key(_STAGE.sub("", _expanded(_ORDINAL.sub("", _YEAR.sub("", bare)))))
    return Form(name, core or key(name), years, ordinals)


def _expanded(name: str) -> str:
    """The name with a well-known short form at its head and a short tail written out."""
    full = full_name(EntityType.ORGANIZATION, name)
    if full == name:
        for size in range(min(8, len(name) - 2), 1, -1):
            head = full_name(EntityType.ORGANIZATION, name[:size])
            if head != name[:size] and len(head) > size + 1:
                full = head + name[size:]
                break
    for tail, long in _TAILS:
        full = tail.sub(long, full)
    return full


def anchors(type_: EntityType, short: Form) -> str:
    """The part of a short form whose first and last character every name that it may stand for holds."""
    return _PLACE_TAIL.sub("", short.core) if type_ is EntityType.PLACE else short.core


def is_relative(core: str) -> bool:
    """Whether an organisation's name needs a place that stands elsewhere: 市委, 管委会."""
    return bool(_RELATIVE.match(core) or _COMMITTEE.match(core))


def same(type_: EntityType, long: Form, short: Form) -> bool:
    """Whether the shorter name may stand for what the longer one names."""
    match type_:
        case EntityType.PERSON:
            return _same_person(long.name, short.name)
        case EntityType.PLACE:
            return _same_place(long, short)
        case EntityType.FORUM:
            return _same_forum(long, short)
        case EntityType.INITIATIVE:
            return _same_initiative(long.core, short.core)
        case EntityType.ORGANIZATION:
            return _same_organization(long, short)


def _same_person(long: str, short: str) -> bool:
    return len(short) >= 2 and short in (long.split("·")[-1], long.split(" ")[-1])


def _same_place(long: Form, short: Form) -> bool:
    if len(short.core) == 1:
        # 德方, 埃: a country or a region by its first character.
        return long.core.startswith(short.core) and len(long.core) > 1 and is_place(long.name)
    own = (list(_place_parts(name.core))[-1][1] for name in (long, short))  # 浙江杭州: no 州 but 杭州
    tails = {match[0][-1] for match in map(_PLACE_TAIL.search, own) if match}
    if len(tails) > 1:
        return False  # 吉林省, 吉林市
    wholes = {(head[:2], _PLACE_TAIL.sub("", rest)) for head, rest in _place_parts(long.core)}
    return any(
        (head[:2], bare) in wholes or (not head and any(bare == rest for _, rest in wholes))
        for head, bare in ((h, _PLACE_TAIL.sub("", rest)) for h, rest in _place_parts(short.core))
        if len(bare) > 1
    )


def _place_parts(name: str) -> Iterator[tuple[str, str]]:
    """The name, and what follows a province or a country in front of it: 湖北武汉 → 湖北, 武汉."""
    yield "", name
    for size in range(2, min(9, len(name) - 1)):
        if is_place(name[:size]):
            yield name[:size], name[size:].removeprefix("的")


def _same_forum(long: Form, short: Form) -> bool:
    a, b = long.core, short.core
    if not long.agrees(short):
        return False
    if a == b:
        return True
    halves = [form(EntityType.FORUM, half) for half in long.name.split("暨") if half != long.name]
    if any(b == half.core and half.agrees(short) and half.edition >= short.edition for half in halves if half.core):
        return True
    if (
        len(b) >= 4
        and not short.edition
        and any(re.search(rf"[”\"]{re.escape(short.name)}$", half.name) for half in halves)
    ):
        return True  # “主流媒体”院长论坛暨…, 院长论坛
    if _FORUM_HEAD.match(b):
        # 第五届大会 is the conference of that edition.
        return short.edition and b == "大会" and a.endswith(b) and bool(long.ordinals & short.ordinals)
    if a[-1:] != b[-1:]:
        return False
    if short.edition and not long.edition:
        return _leaves_out_filler(a, b)
    if len(b) >= 4 and a.endswith(b) and not short.edition:
        before = a[: len(a) - len(b)]
        return not before.endswith(("分", "平行", "专题", "青年", "国际", "全国")) and len(before) <= 8
    return _acronym(a, b) or _led_by_acronym(a, b) or _leaves_out_filler(a, b) or _by_initials(a) == b


def _acronym(a: str, b: str) -> bool:
    """进博会 for 中国国际进口博览会."""
    return 3 <= len(b) <= 6 and len(b) * 2 < len(a) and a[-1] == b[-1] and _in_order(a, b)


def _led_by_acronym(a: str, b: str) -> bool:
    """消博会签约活动 for 中国国际消费品博览会签约活动."""
    tails = (size for size in range(4, len(b)) if a.endswith(b[-size:]))
    return any(_acronym(a[:-size], b[:-size]) for size in tails)


def _by_initials(a: str) -> str:
    """The name with the countries before it by their first characters: 中国非洲经贸博览会 → 中非经贸博览会."""
    head, rest = "", a
    while size := next((n for n in range(min(6, len(rest)), 1, -1) if is_place(rest[:n])), 0):
        head, rest = head + rest[0], rest[size:]
    return head + rest if len(head) > 1 else a


def _leaves_out_filler(a: str, b: str) -> bool:
    """Whether ``b`` is ``a`` without places and words like 国际: 上海合作组织天津峰会 → 上海合作组织峰会."""
    if len(b) < 6 or not _in_order(a, b):
        return False
    left_out = [a[i:j] for tag, i, j, _, _ in SequenceMatcher(None, a, b, False).get_opcodes() if tag != "equal"]
    return all(is_place(part) or _FORUM_FILLER.match(part) for part in left_out)


def _same_initiative(a: str, b: str) -> bool:
    if len(b) < 3:
        return False
    if sorted(a[:2]) == sorted(b[:2]) and a[2:] == b[2:] and len(b) >= 6:
        return True  # 中朝…条约, 朝中…条约
    if bare_edition(a) == b or (a.startswith(b) and _INITIATIVE_VERSION.fullmatch(a[len(b) :])):
        return len(b) >= 4
    stem = re.sub(r"(?:19|20)\d\d(?:(?:—|-)?(?:19|20)?\d\d)?年?$", "", a)
    if stem.endswith(b):
        return True
    return len(b) >= 4 and len(b) * 2 <= len(a) and abbreviates(a, b)


def _same_organization(long: Form, short: Form) -> bool:
    a, b = long.core, short.core
    return a == b or _same_body(a, b) or _same_body(key(long.name), key(short.name))


def _same_body(a: str, b: str) -> bool:
    if len(b) < 2:
        return False
    if b.isascii():
        return len(b) >= 3 and bool(re.fullmatch(rf"(?:[^a-z]{{2,4}})?{re.escape(b)}(?:公司|集团|[a-z]+)?", a))
    if _COMPANY_TAIL.search(a) and _same_company(a, b):
        return True
    if a.endswith(b):
        before = a[: len(a) - len(b)]
        if is_relative(b):
            return "青年团" not in before and "共青团" not in before and not before.endswith("自治")
        if len(b) >= 4 and (is_place(before) or before[-1:] in "省市区县州" or _PARENT.search(before)):
            return True
    relative = _RELATIVE.sub("", b)
    if relative != b and len(relative) >= 2 and b[0] in a[: len(a) - len(relative)]:
        return a.endswith(relative) or any(abbreviates(rest, relative) for _, rest in _local(a))
    return _shortened(a, b) or _same_institute(a, b)


def _same_company(a: str, b: str) -> bool:
    """云枢科技 for 上海云枢信息科技有限公司; a group and its daughter, a firm and its branch stay apart."""
    own = _COMPANY_TAIL.sub("", b)
    if _UNITED.search(b) or len(own) < 2 or is_place(own) or bool(_BRANCH.search(a)) != bool(_BRANCH.search(b)):
        return False
    stem = _COMPANY_TAIL.sub("", a)
    daughter = re.search(r"集团(?=.)", stem)
    for name in (stem, *(rest for _, rest in _local(stem))):
        if name == own or (name.startswith(own) and not daughter):
            return True
        if len(own) >= 4 and name[:2] == own[:2] and _in_order(name, own):
            return not daughter or own[-2:] == name[-2:]
    return b.endswith("集团") and a.endswith(b) and len(a) - len(b) <= 4


def _same_institute(a: str, b: str) -> bool:
    """嵩岳研究院 for 河南嵩岳人工智能研究院."""
    tail = _INSTITUTE_TAIL.search(b)
    if tail is None or not a.endswith(tail[0]):
        return False
    own = b[: tail.start()]
    return len(own) >= 2 and not is_place(own) and any(rest.startswith(own) for _, rest in _local(a))


def _shortened(a: str, b: str) -> bool:
    """中科院 for 中国科学院, 公管学院 for X大学公共政策与管理学院, 上海市住建委 for the whole name."""
    if len(b) < 3 or a[-1] != b[-1] or a.endswith(b) or a.startswith(b):
        return False
    places = dict(_local(b))
    if len(b) <= 5 and len(b) * 2 <= len(a) + 2 and not _UNITED.search(b):
        if not any(len(rest) < 3 for rest in places.values()) and abbreviates(a, b):
            return True
        if not places and any(abbreviates(rest, b) for _, rest in _local(a)):
            return True
    if any(
        # 重庆市人民政府 is not 重庆市江津区人民政府.
        abbreviates(rest, places[place]) and len(places[place]) > 3 and not any(_local(_RELATIVE.sub("", rest)))
        for place, rest in _local(a)
        if place in places
    ):
        return not _SCHOOL.search(b)
    for parent in _WHOLE.finditer(a):
        part = b.removeprefix(a[: parent.end()])
        if len(part) >= 3 and abbreviates(a[parent.end() :], part):
            return True
    return False


def _local(name: str) -> Iterator[tuple[str, str]]:
    """A place in front of the name and what follows: 浙江省人工智能协会 → 浙江省, 人工智能协会."""
    for size in range(2, min(9, len(name) - 1)):
        if is_place(name[:size]):
            yield name[:size], name[size:]


def _in_order(long: str, short: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)
