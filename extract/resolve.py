"""One thing under several names: mentions that name the same become one thing with all its names (指代).

Definitions come first (以下简称…, （WAIC）), then rules by type. Two different things in one are worse than two names
for one: editions, cities and sub-units stay apart, and a short form that fits two things is left alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from extract.analysis import Analysis, Mention, Thing
from extract.mentions import select
from extract.naming import bare_edition, full_name, is_place, key
from graph.schema import EntityType

__all__ = ["resolve"]

# What follows a name when the text gives it another one.
_BRACKET = re.compile(r"[”》\"]?\s*[(\[](?P<inside>[^()\[\]\n]{2,120})[)\]]")
_LABEL = re.compile(
    r"^(?:以下|下文|下)?(?:统称|并?简称|英文全称|英文简称|英文缩写|英文简写|英文名称?为?|英文|缩写|简写|又称|又名|全称|原名|中文名)(?:为|作|是)?[::]?\s*"
)
_QUOTES = '“”"‘’「」'
_ACRONYM = re.compile(r"[A-Za-z][A-Za-z0-9&.+’'/\-— ]{1,90}")
_PERSON_LATIN = re.compile(r"[A-Z][A-Za-z.'’\- ]{2,40}")
_COMPANY_TAIL = re.compile(
    r"(?:\([^()]*\))?(?:股份|控股)?(?:有限责任公司|有限公司|集团有限公司|集团股份有限公司|集团|公司)$"
)
_FULL_HEAD = re.compile(
    r"(?:大学|学院|公司|集团|医院|银行|科学院|研究院|研究所|委员会|协会|学会|实验室|中学|小学|联盟|基金会|出版社|人民政府)$"
)
_RELATIVE = re.compile(r"^(?:省|市|区|县|州|旗|自治区|自治州|新区)(?=.)")


def resolve(analysis: Analysis) -> Analysis:
    """Add the things, and the mentions of their other names."""
    defined = _definitions(analysis)
    mentions = _with_defined(analysis, defined)
    surfaces: dict[tuple[EntityType, str], list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        surfaces[mention.type, analysis.text[mention.start : mention.end]].append(index)
    groups = _Groups()
    by_type: dict[EntityType, list[str]] = defaultdict(list)
    for type_, name in surfaces:
        by_type[type_].append(name)
    for (type_, alias), name in defined.items():
        if (type_, alias) in surfaces and (type_, name) in surfaces:
            groups.join((type_, name), (type_, alias))
    for type_, names in by_type.items():
        _join(groups, type_, names)
    clusters: dict[tuple[EntityType, str], list[str]] = defaultdict(list)
    for type_, name in surfaces:
        clusters[groups.find((type_, name))].append(name)
    things = []
    for (type_, _), members in clusters.items():
        counts = Counter({name: len(surfaces[type_, name]) for name in members})
        best = sorted(counts, key=lambda n: (n.isascii(), -len(key(n)), n))
        indices = sorted(index for name in members for index in surfaces[type_, name])
        things.append(Thing(type_, tuple(best), tuple(indices)))
    things.sort(key=lambda t: (mentions[t.mentions[0]].start, t.type))
    return replace(analysis, mentions=mentions, things=tuple(things))


def _definitions(analysis: Analysis) -> dict[tuple[EntityType, str], str]:
    """(type, other name) -> name, from the brackets right after a mention."""
    found: dict[tuple[EntityType, str], str] = {}
    for mention in analysis.mentions:
        match = _BRACKET.match(analysis.text, mention.end)
        if match is not None:
            name = analysis.text[mention.start : mention.end]
            for alias in _other_names(mention.type, match["inside"]):
                if alias != name:
                    found.setdefault((mention.type, alias), name)
    return found


def _other_names(type_: EntityType, inside: str) -> Iterator[str]:
    for piece in re.split(r"[,;、]|(?<=[A-Za-z])\s*(?=简称|以下)", inside):
        label = _LABEL.match(piece.strip())
        alias = piece.strip()[label.end() if label else 0 :].strip(_QUOTES + " ")
        if len(alias) < 2 or len(alias) > 90:
            continue
        if type_ is EntityType.PERSON:
            if _PERSON_LATIN.fullmatch(alias):
                yield alias
        elif label or (type_ is not EntityType.PLACE and _ACRONYM.fullmatch(alias)):
            yield alias


def _with_defined(analysis: Analysis, defined: dict[tuple[EntityType, str], str]) -> tuple[Mention, ...]:
    """The mentions together with every occurrence of a defined name that no longer mention covers."""
    added = []
    for type_, alias in defined:
        edge = r"(?<![A-Za-z]){}(?![A-Za-z])" if alias.isascii() else "{}"
        for match in re.finditer(edge.format(re.escape(alias)), analysis.text):
            if not any(m.start <= match.start() and match.end() <= m.end for m in analysis.mentions):
                added.append(Mention(match.start(), match.end(), type_, 0.9, "resolve.defined"))
    return select([*analysis.mentions, *added]) if added else tuple(analysis.mentions)


class _Groups:
    """Union-find over (type, name)."""

    def __init__(self) -> None:
        self._parent: dict[tuple[EntityType, str], tuple[EntityType, str]] = {}

    def find(self, item: tuple[EntityType, str]) -> tuple[EntityType, str]:
        parent = self._parent.get(item, item)
        if parent == item:
            return item
        root = self.find(parent)
        self._parent[item] = root
        return root

    def join(self, a: tuple[EntityType, str], b: tuple[EntityType, str]) -> None:
        root_a, root_b = sorted((self.find(a), self.find(b)))
        self._parent[root_b] = root_a


def _join(groups: _Groups, type_: EntityType, names: list[str]) -> None:
    """Join the names of one type that the rules of that type take for one thing."""
    by_key: dict[str, str] = {}
    for name in names:
        groups.join((type_, by_key.setdefault(key(full_name(type_, name)), name)), (type_, name))
    for short in names:
        candidates = [long for long in names if len(long) > len(short) and _same(type_, long, short)]
        roots = {groups.find((type_, long)) for long in candidates}
        # A short form that fits two things names neither for certain.
        if len(roots) == 1:
            groups.join(roots.pop(), (type_, short))


def _same(type_: EntityType, long: str, short: str) -> bool:
    a, b = key(full_name(type_, long)), key(full_name(type_, short))
    match type_:
        case EntityType.PERSON:
            return len(short) >= 2 and short in (long.split("·")[-1], long.split(" ")[-1])
        case EntityType.PLACE:
            return _same_place(a, b)
        case EntityType.FORUM:
            return _same_forum(long, a, b)
        case EntityType.INITIATIVE:
            return _same_initiative(a, b)
        case EntityType.ORGANIZATION:
            return _same_organization(a, b) or _same_organization(key(long), key(short))


def _same_place(a: str, b: str) -> bool:
    if len(b) < 2:
        return False
    if len(b) == 2 and b[1] == "方":
        return a[0] == b[0]
    if a.startswith(b):
        return (
            re.fullmatch(r"[省市区县州盟]|(?:维吾尔|壮族|回族)?自治区|[^省市]{1,8}族?自治[州县]", a[len(b) :])
            is not None
        )
    before = a[: len(a) - len(b)]
    return a.endswith(b) and (is_place(before) or is_place(before.rstrip("的")))


def _same_forum(long: str, a: str, b: str) -> bool:
    if "暨" in long and b in (key(part) for part in long.split("暨")):
        return True
    if bare_edition(b) != b:
        return False
    if bare_edition(a) == b:
        return True
    if len(b) >= 4 and a.endswith(b):
        before = bare_edition(a[: len(a) - len(b)])
        return not before.endswith(("分", "平行", "专题", "青年", "国际", "全国")) and len(before) <= 8
    return len(b) >= 3 and len(b) * 2 < len(a) and b[-1] == a[-1] and _abbreviates(bare_edition(a), b)


def _same_initiative(a: str, b: str) -> bool:
    if len(b) < 4:
        return False
    version = r"(?:20\d\d年?|[—\-至])*(?:版|试行|草案|征求意见稿|年)?|\d\.\d版?"
    return bare_edition(a) == b or (a.startswith(b) and re.fullmatch(version, a[len(b) :]) is not None)


def _same_organization(a: str, b: str) -> bool:
    if len(b) < 2:
        return False
    tail = _COMPANY_TAIL.search(a)
    if tail:
        stem = a[: tail.start()]
        for start in (0, 2, 3):
            if stem[start:].startswith(b) and (start == 0 or is_place(stem[:start])) and not _FULL_HEAD.search(b):
                return True
        if b.endswith("集团") and _same_organization(a, b.removesuffix("集团")):
            return True
    if a.endswith(b):
        before = a[: len(a) - len(b)]
        if _RELATIVE.match(b) or (len(b) >= 4 and (is_place(before) or before[-1:] in "省市区县州")):
            return True
    relative = _RELATIVE.sub("", b)
    if relative != b and len(relative) >= 2 and a.endswith(relative) and b[0] in a[: len(a) - len(relative)]:
        return True
    if _FULL_HEAD.search(b) or len(b) < 3 or len(b) * 2 > len(a) + 2 or a.endswith(b):
        return False
    return a[-1] == b[-1] and _abbreviates(a, b)


def _abbreviates(long: str, short: str) -> bool:
    """Whether ``short`` is an ordered subsequence of ``long`` that starts and ends with it: 中国科学院 → 中科院."""
    if not long or long[0] != short[0] or long[-1] != short[-1]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)
