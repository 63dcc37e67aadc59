"""One thing under several names: mentions that name the same become one thing with all its names (指代归并).

Definitions come first (以下简称…, （WAIC）), then rules by type. Two different things are worse than two names: editions,
cities and sub-units stay apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from extract.analysis import Analysis, Mention, Thing
from extract.mentions import select
from graph.schema import EntityType

__all__ = ["resolve"]

_DROP = re.compile(r"[\s《》〈〉“”\"'‘’·()\-—_,，、.]+")
# What follows a name when the text gives it another one.
_DEFINITION = re.compile(
    r"[”》\"]?\s*[(\[](?:[^()\[\]]{0,40}?[,;、])?\s*(?:以下|下文|下)?(?:统称|简称|英文简称|英文缩写|英文简写|英文名|英文|简写|又称|全称)?\s*(?:为|作|是)?[::]?\s*"
    r"[“\"‘「]?(?P<alias>[^“”\"‘’()\[\],;、。:]{2,60}?)[”\"’」]?(?:[,;、][^()\[\]]{0,60})?[)\]]"
)
_DEFINED = re.compile(r"简称|统称|又称|英文|全称")
_ACRONYM = re.compile(r"[A-Za-z][A-Za-z0-9&.+\- ]{1,60}")
_EDITION = re.compile(
    r"^(?:(?:\d{4}|二〇[〇一二三四五六七八九]{2})年?(?:度)?|第[一二三四五六七八九十百\d]+[届次期]|首届)+"
)
_REGION_END = "省市区县州盟旗"
_COMPANY_TAIL = re.compile(
    r"(?:科技|技术|信息|智能|网络|数字|控股|实业|产业|投资|机器人|电子|软件|生物|医药|新能源|汽车|数据|通信|发展)*(?:\([^()]*\))?(?:股份|控股)?(?:有限责任公司|有限公司|集团有限公司|集团股份有限公司|集团|公司)$"
)
_UNIT = re.compile(r"[局厅部委院所校系处室司署馆台社会]$")


def resolve(analysis: Analysis) -> Analysis:
    """Add the things, and the mentions of their other names."""
    defined = dict(_definitions(analysis))
    mentions = _with_aliases(analysis, defined)
    surfaces: dict[tuple[EntityType, str], list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        surfaces[mention.type, analysis.text[mention.start : mention.end]].append(index)
    groups = _Groups()
    by_type: dict[EntityType, list[str]] = defaultdict(list)
    for type_, name in surfaces:
        by_type[type_].append(name)
    for type_, names in by_type.items():
        _join(groups, type_, names, analysis.text)
    for (type_, alias), name in defined.items():
        if (type_, alias) in surfaces and (type_, name) in surfaces:
            groups.join((type_, name), (type_, alias))
    things = []
    clusters: dict[tuple[EntityType, str], list[tuple[EntityType, str]]] = defaultdict(list)
    for key in surfaces:
        clusters[groups.find(key)].append(key)
    for members in clusters.values():
        counts = Counter({name: len(surfaces[type_, name]) for type_, name in members})
        best = sorted(counts, key=lambda n: (-len(_DROP.sub("", n)), n))
        indices = sorted(index for key in members for index in surfaces[key])
        things.append(Thing(members[0][0], tuple(best), tuple(indices)))
    things.sort(key=lambda t: (mentions[t.mentions[0]].start, t.type))
    return replace(analysis, mentions=mentions, things=tuple(things))


def _definitions(analysis: Analysis) -> Iterator[tuple[tuple[EntityType, str], str]]:
    """((type, other name), name) from brackets right after a mention."""
    for mention in analysis.mentions:
        match = _DEFINITION.match(analysis.text, mention.end)
        if match is None:
            continue
        name, alias = analysis.text[mention.start : mention.end], match["alias"].strip()
        said = _DEFINED.search(match[0])
        if mention.type is EntityType.PERSON and not said and not re.fullmatch(r"[A-Z][A-Za-z.\- ]+", alias):
            continue
        if mention.type is EntityType.PLACE and not said:
            continue
        if (said and len(alias) <= max(len(name), 40)) or _ACRONYM.fullmatch(alias):
            yield (mention.type, alias), name


def _with_aliases(analysis: Analysis, defined: dict[tuple[EntityType, str], str]) -> tuple[Mention, ...]:
    """The mentions together with every occurrence of a defined name that no longer mention covers."""
    added = []
    for type_, alias in defined:
        for match in re.finditer(re.escape(alias), analysis.text):
            around = analysis.text[max(0, match.start() - 1) : match.end() + 1]
            if alias.isascii() and re.search(r"^[A-Za-z]|[A-Za-z]$", around.replace(alias, "一", 1)):
                continue
            if not any(m.start <= match.start() and match.end() <= m.end for m in analysis.mentions):
                added.append(Mention(match.start(), match.end(), type_, 0.9, "resolve.defined"))
    return (
        select([*(replace(m, score=max(m.score, 0.5)) for m in analysis.mentions), *added])
        if added
        else tuple(analysis.mentions)
    )


class _Groups:
    """Union-find over (type, name)."""

    def __init__(self) -> None:
        self._parent: dict[tuple[EntityType, str], tuple[EntityType, str]] = {}

    def find(self, key: tuple[EntityType, str]) -> tuple[EntityType, str]:
        parent = self._parent.get(key, key)
        if parent == key:
            return key
        root = self.find(parent)
        self._parent[key] = root
        return root

    def join(self, a: tuple[EntityType, str], b: tuple[EntityType, str]) -> None:
        root_a, root_b = sorted((self.find(a), self.find(b)))
        self._parent[root_b] = root_a


def _join(groups: _Groups, type_: EntityType, names: list[str], text: str) -> None:
    """Join the names of one type that the rules of that type take for one thing."""
    by_key: dict[str, str] = {}
    for name in names:
        key = _DROP.sub("", name).casefold()
        groups.join((type_, by_key.setdefault(key, name)), (type_, name))
    for short in names:
        candidates = [long for long in names if len(long) > len(short) and _same(type_, long, short)]
        roots = {groups.find((type_, long)) for long in candidates}
        # A short form that fits two things names neither for certain.
        if len(roots) == 1:
            groups.join(roots.pop(), (type_, short))


def _same(type_: EntityType, long: str, short: str) -> bool:
    a, b = _DROP.sub("", long), _DROP.sub("", short)
    match type_:
        case EntityType.PERSON:
            return "·" in long and long.split("·")[-1] == short and len(short) >= 2
        case EntityType.PLACE:
            return (
                (a.startswith(b) and len(a) - len(b) == 1 and a[-1] in _REGION_END)
                or (len(b) > 2 and a.endswith(b) and b[-1] in "区县市" and a[: len(a) - len(b)][-1:] in "省市州区")
                or (
                    len(b) >= 2
                    and a.startswith(b)
                    and re.fullmatch(r"(?:维吾尔|壮族|回族)?自治区|[^省市]{1,8}族?自治州", a[len(b) :]) is not None
                )
            )
        case EntityType.FORUM:
            bare = _EDITION.sub("", a)
            if _EDITION.match(b):
                return False
            return bare == b or b in a.split("暨") or (len(b) >= 3 and len(b) * 2 < len(a) and _abbreviates(bare, b))
        case EntityType.INITIATIVE:
            return _EDITION.sub("", a) == b or (
                len(b) >= 4
                and re.fullmatch(re.escape(b) + r"(?:\(.*\)|试行|草案|征求意见稿|20\d\d年?版?|\d\.\d版?)", a)
                is not None
            )
        case _:
            return _same_organization(a, b)


def _same_organization(a: str, b: str) -> bool:
    if len(b) < 2:
        return False
    tail = _COMPANY_TAIL.search(a)
    if (
        tail
        and len(b) >= 2
        and (a.startswith(b) or a[2:].startswith(b) or a[3:].startswith(b))
        and (len(b) >= 3 or a[: tail.start()].endswith(b) or a.startswith(b))
        and not _UNIT.search(b)
    ):
        return True
    region = a[: len(a) - len(b)]
    if len(b) >= 4 and a.endswith(b) and region and region[-1] in _REGION_END and len(region) <= 8:
        return True
    return len(b) >= 3 and a[-1] == b[-1] and len(b) * 2 <= len(a) + 2 and not a.endswith(b) and _abbreviates(a, b)


def _abbreviates(long: str, short: str) -> bool:
    """Whether ``short`` is an ordered subsequence of ``long`` that starts and ends with it: 中国科学院 → 中科院."""
    if long[0] != short[0] or long[-1] != short[-1]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)
