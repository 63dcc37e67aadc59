"""One thing under several names: mentions that name the same become one thing with all its names (指代).

Definitions come first (以下简称…, （WAIC）), then rules by type. Two different things in one are worse than two names
for one: editions, cities and sub-units stay apart, and a short form that fits two things is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.analysis import Analysis, Mention, Thing
from extract.mentions import PARTY_TO, select
from extract.sameness import Form, anchors, form, is_relative, same
from graph.names.known import is_place, key
from graph.schema import EntityType

__all__ = ["resolve"]

# What follows a name when the text gives it another one.
_BRACKET = re.compile(r"[”》\"]?\s*[(\[](?P<inside>[^()\[\]\n]{2,120})[)\]]")
_LABEL = re.compile(
    r"^(?:以下|下文|下)?(?:统称|并?简称|英文全称|英文简称|英文缩写|英文简写|英文名称?为?|英文|缩写|简写|又称|又名|全称|原名|中文名)(?:为|作|是)?[::]?\s*"
)
_QUOTES = '“”"‘’「」'
_ACRONYM = re.compile(r"[A-Za-z][A-Za-z0-9&.+’'/\-— ]{1,90}")
_PERSON_TRANSLATED = re.compile(
    r"(?!视频|线上|线下|连线|书面|远程|录播|主持|外籍|[左右][一二三四五]|前排|后排)[\u4e00-\u9fff]{2,8}(?:·[\u4e00-\u9fff]{1,8})*"
)
# 以下简称“联盟” gives no name: the word stands for the body in this text only.
_HEAD_ALONE = re.compile(
    r"(?:本|该)?(?:联盟|论坛|大会|峰会|年会|公司|集团|协会|学会|中心|研究院|学院|学校|组委会|会议|计划|倡议|报告|白皮书|指南|方案|平台|基金|标准|协议|博览会|大赛|活动|基地|实验室|委员会)"
)
_COMMITTEE_OF_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}[省市区县州旗]委")
_HEADS_PLACE = re.compile(
    r"(?:副?书记|常委|委员)(?:、[^,。;、]{2,10}?){0,3}?、(?:常务|代|代理)?副?(?:省|市|区|县|州|旗)长"
)
_PERSON_LATIN = re.compile(r"[A-Z][A-Za-zÀ-ž.'’\- ]{2,40}")


def resolve(analysis: Analysis) -> Analysis:
    """Add the things, and the mentions of their other names."""
    defined = _definitions(analysis)
    mentions = _with_places(analysis.text, _with_defined(analysis, defined))
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
        _join(groups, type_, names, analysis.text)
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
            for alias in _other_names(mention.type, name, match["inside"]):
                if alias != name:
                    found.setdefault((mention.type, alias), name)
    return found


def _other_names(type_: EntityType, name: str, inside: str) -> Iterator[str]:
    for piece in re.split(r"[,;、]|(?<=[A-Za-z])\s*(?=简称|以下)", inside):
        label = _LABEL.match(piece.strip())
        alias = piece.strip()[label.end() if label else 0 :].strip(_QUOTES + " ")
        if len(alias) < 2 or len(alias) > 90:
            continue
        if type_ is EntityType.PERSON:
            if _PERSON_LATIN.fullmatch(alias) or (name[0].isascii() and _PERSON_TRANSLATED.fullmatch(alias)):
                yield alias
        elif _HEAD_ALONE.fullmatch(alias):
            continue
        elif label or (type_ is not EntityType.PLACE and _ACRONYM.fullmatch(alias)):
            yield alias


def _with_defined(analysis: Analysis, defined: dict[tuple[EntityType, str], str]) -> tuple[Mention, ...]:
    """The mentions together with every occurrence of a defined name that no longer mention covers."""
    added = []
    starts = [mention.start for mention in analysis.mentions]
    for type_, alias in defined:
        edge = r"(?<![A-Za-z]){}(?![A-Za-z])" if alias.isascii() else "{}"
        for match in re.finditer(edge.format(re.escape(alias)), analysis.text):
            before = bisect_right(starts, match.start())
            if not before or analysis.mentions[before - 1].end < match.end():
                added.append(Mention(match.start(), match.end(), type_, 0.9, "resolve.defined"))
    if not added:
        return tuple(analysis.mentions)
    inside = [m for m in analysis.mentions if m.source == PARTY_TO]
    return (*select([*(m for m in analysis.mentions if m.source != PARTY_TO), *added]), *inside)


def _with_places(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions together with the places inside others: cities behind their province or country (湖北|武汉), and
    those of a party committee whose secretary is said to head the place too (武汉市|委副书记、市长)."""
    cities = [
        replace(mention, start=mention.start + size, source="resolve.city")
        for mention in mentions
        if mention.type is EntityType.PLACE
        for size in range(2, min(9, mention.end - mention.start - 1))
        if is_place(text[mention.start : mention.start + size]) and is_place(text[mention.start + size : mention.end])
    ]
    headed = [
        Mention(mention.start, mention.end - 1, EntityType.PLACE, mention.score, "resolve.headed")
        for mention in mentions
        if mention.type is EntityType.ORGANIZATION
        and _COMMITTEE_OF_PLACE.fullmatch(text, mention.start, mention.end)
        and _HEADS_PLACE.match(text, mention.end)
    ]
    return tuple(sorted([*mentions, *cities, *headed], key=lambda m: (m.start, -m.end)))


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


def _join(groups: _Groups, type_: EntityType, names: list[str], text: str) -> None:
    """Join the names of one type that the rules of that type take for one thing."""
    forms = [form(type_, name) for name in names]
    by_form: dict[tuple[object, ...], str] = {}
    for one in forms:
        alike = by_form.setdefault((one.core, one.years, one.ordinals), one.name)
        groups.join((type_, alike), (type_, one.name))
    members: dict[tuple[EntityType, str], list[Form]] = defaultdict(list)
    for one in forms:
        members[groups.find((type_, one.name))].append(one)
    # Of three editions, one by its year and two by their number, none can be told to be another.
    editions = Counter(core for core, _, _ in {(f.core, f.years, f.ordinals) for f in forms if f.edition})
    holders: dict[str, set[int]] = defaultdict(set)
    for number, one in enumerate(forms):
        for character in {*one.core, *one.name}:
            holders[character].add(number)
    # Names that say much first, so that a short one finds them joined.
    for short in sorted(forms, key=lambda f: (f.detail, f.name), reverse=True):
        root = groups.find((type_, short.name))
        roots: dict[tuple[EntityType, str], Form] = {}
        ends = anchors(type_, short)
        for number in sorted(holders[ends[0]] & holders[ends[-1]]) if ends else ():
            long = forms[number]
            other = groups.find((type_, long.name))
            unsure = editions[short.core] > 2 and short.edition and long.edition and not long.shares(short)
            if other != root and long.detail > short.detail and not unsure and same(type_, long, short):
                roots.setdefault(other, long)
        # A short form that fits two things names neither for certain, unless the text is all about one of them.
        chosen = next(iter(roots)) if len(roots) == 1 else _prevailing(roots, short, text)
        if chosen is not None and all(long.agrees(one) for one in members[root] for long in members[chosen]):
            groups.join(chosen, (type_, short.name))
            both = members.pop(root) + members.pop(chosen)
            members[groups.find(root)] = both


def _prevailing(roots: dict[tuple[EntityType, str], Form], short: Form, text: str) -> tuple[EntityType, str] | None:
    """For 市委 or 管委会 the body of the place that the text speaks of far more than of the others."""
    if len(roots) < 2 or not is_relative(short.core):
        return None
    ranked = sorted(((text.count(long.name[:2]), root) for root, long in roots.items()), reverse=True)
    return ranked[0][1] if ranked[0][0] >= 2 * ranked[1][0] else None
