"""What a rule knows beyond its sentence: the forum that a passage is about, and lists of names around a place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from extract.analysis import Analysis, Fact, Thing
from extract.grammar.aside import is_aside, is_matter
from extract.grammar.masked import Masked, Named, mask_sentences
from graph.names.forums import ForumName, forum_name
from graph.names.known import is_part
from graph.schema import EntityType, Modality, RelationType

__all__ = [
    "CERTAIN",
    "MOVED",
    "PARTY",
    "PLANNED",
    "Context",
    "listed_after",
    "listed_before",
    "modality_of",
    "unquoted",
]

PARTY = (EntityType.ORGANIZATION, EntityType.PLACE)
# What may stand between two names of one list.
_SEPARATOR = re.compile(
    r"[“”\"《》‘’ ]*(?:(?<=[”\"])倡议)?(?:\([^()]{0,30}\))?[“”\"》’ ]*(?:等(?:单位|机构|高校|企业)?)?"
    r"(?:(?:、|,|和|与|及|以及|同|暨|;|/|\s|会同|联合|携手"
    r"|偕同)+(?:其)?|(?<=[》”])(?=[《“]))[“\"《‘ ]*"
)
# What may stand between the last name of a list and the word it belongs to.
_CLOSING = re.compile(r"[“”\"《》‘’ ]*(?:\([^()]{0,40}\))?[“”\"《》‘’ ]*")
_DENIED = re.compile(
    r"没有|没能|(?<!所)未(?!来|必|免|名|知|央|婚|成年)|缺席|取消|不再|无法|不(?:会|能|予)?(?:出席|参加|参展|加入)|(?:既|并|也|绝|而)非"
    r"|推迟|延期|延后|暂缓|停办|搁置|告吹|谢绝|婉拒|否认"
)
PLANNED = re.compile(
    r"(?<!必)将(?!军|来|士|领|帅|近)|(?<![模虚草比])拟(?!定|合|人|态|稿)|(?<![行动划])计划(?=于|在|将|明|今|年|下|\d|[启举召建成推发签参])"
    r"|(?:定|订)于|择期|预计|届时|明年|下个?月|下周|明[天日]|后天|有望|待(?:签|办)"
)
# What was to be, and what became of it: 原定作报告的Ⓟ未能出席, 原拟签署的协议推迟签署.
_ORIGINALLY = re.compile(r"原(?:先|本)?(?:定|计划|拟|预计|要)")
MOVED = re.compile(r"(?:推迟|延期|延后|延迟|顺延|改期|提前)(?:举行|举办|召开)?[至到于]")
# What is told only to be refuted: 网传Ⓕ由Ⓞ主办，Ⓞ对此予以否认.
_RUMOUR = re.compile(r"网传|传言|传闻|谣传|自媒体|有消息称")
_REFUTED = re.compile(r"否认|不实|辟谣|谣言|澄清")
# A clause without a subject of its own goes on with the plan of the clause before: 将发布Ⓘ，并成立Ⓞ.
_GOES_ON = re.compile(r"\s*(?:并|还|同时|以及|随后|同步)?(?!由|在(?!全[国省市区球])|与|[“《\"]?[\ue001-\ue005])")
# Titles and slogans say nothing of time: 《共同开创美好明天》.
_QUOTED = re.compile(r"[《“][^《》“”]{2,60}[》”]")
_NO_NAME = re.compile(r"[^\ue001-\ue005]")
_DONE = re.compile(r"了(?!解)|[已曾]|日前|近日")
# A forum is what the passage turns to when the sentence says so around its name.
_EDITION = re.compile(r"第?[\d一二三四五六七八九十百]+(?:周年|届|次|年)|\d{4}")
_TURN_BEFORE = re.compile(r"(?:在|出席|参加|举办|举行|召开|主办的?|承办的?|启动|亮相|迎来|闭幕的|开幕的)[“《\"]?$")
# 是F的分论坛, 作为F的配套活动: what is part of F is the topic, not F.
_PART_BEFORE = re.compile(r"(?:是|为|系|作为|属于?)[“《\"]?$")
# 习近平宣布，中方将于2026年举办F: what a speaker has planned is not what the passage is about.
_SAYS = re.compile(r"(?:宣布|表示|指出|强调|介绍|说|透露|提出|相信|欢迎|期待|支持)")
_TURN_AFTER = re.compile(
    r"^[”》\"]?(?:\([^()]*\))?(?:上|期间|开幕|闭幕|由|以|于|在|今|昨|\d{1,2}[月日]|正式|现场|将|拟|定|暨|召开|举行|举办|圆满|成功|日前|近日|共|吸引|聚焦|设|为期|是|的)"
)


def modality_of(masked: Masked, start: int, end: int) -> Modality:
    """Whether the clause around a masked span says held, planned or denied."""
    text = unquoted(masked.text)
    left = _clause_start(text, start)
    clause = text[left:end]
    if _RUMOUR.search(text[:end]) and _REFUTED.search(text[end:]):
        return Modality.DENIED
    if _ORIGINALLY.search(clause):
        rest = re.match(r"[^。!?\n]*", text[start:])
        outcome = rest[0] if rest else ""
        if MOVED.search(outcome):
            return Modality.PLANNED
        if _DENIED.search(outcome):
            return Modality.DENIED
    if _DENIED.search(clause) and not MOVED.search(clause):
        return Modality.DENIED
    while not PLANNED.search(clause) and left and not _DONE.search(clause) and _GOES_ON.match(clause):
        end, left = left - 1, _clause_start(text, left - 1)
        if text[end] not in ",":
            break
        clause = text[left:end]
    return Modality.PLANNED if PLANNED.search(clause) else Modality.HELD


@lru_cache(maxsize=512)
def unquoted(text: str) -> str:
    """Masked text with dots for what stands in quotation or book marks, names kept; offsets stay."""
    return _QUOTED.sub(lambda m: m[0][0] + _NO_NAME.sub("·", m[0][1:-1]) + m[0][-1], text)


def _clause_start(text: str, index: int) -> int:
    return max(text.rfind(mark, 0, index) for mark in ",;:。") + 1


def listed_before(masked: Masked, index: int, types: Sequence[EntityType]) -> list[Named]:
    """The names of a list that ends right before ``index``, in text order."""
    return _list(masked, index, types, backwards=True)


def listed_after(masked: Masked, index: int, types: Sequence[EntityType]) -> list[Named]:
    """The names of a list that begins right at ``index``, in text order."""
    return _list(masked, index, types, backwards=False)


def _list(masked: Masked, index: int, types: Sequence[EntityType], *, backwards: bool) -> list[Named]:
    found: list[Named] = []
    gaps: list[str] = []
    edge = index
    for name in reversed(masked.names) if backwards else masked.names:
        place = name.index
        if (place >= index) if backwards else (place < index):
            continue
        gap = masked.text[place + 1 : edge] if backwards else masked.text[edge:place]
        if name.mention.type not in types or not _joins(gap, first=not found):
            break
        found.append(name)
        gaps.append(gap)
        edge = place if backwards else place + 1
    # In a list with 、 a comma is no joint but the end of what stands beyond it.
    if any("、" in gap for gap in gaps[1:]):
        beyond = next((n for n, gap in enumerate(gaps) if n and gap.strip('“”"《》 ') == ","), len(found))
        found = found[:beyond]
    return found[::-1] if backwards else found


def _joins(gap: str, *, first: bool) -> bool:
    return (first and not gap.strip('“”"《》‘’ ')) or bool(_SEPARATOR.fullmatch(gap))


CERTAIN = 0.95
"""Confidence of a rule that stands whatever the model says, which has seen few such sentences."""

_BESIDE = re.compile(r"[”\"》]?(?:开幕式|闭幕式)?(?:和|、|及|以及|与)[“\"《]?")


@dataclass(frozen=True)
class Context:
    """One document as the grammar sees it."""

    analysis: Analysis

    @cached_property
    def sentences(self) -> list[Masked]:
        """The masked sentences."""
        return mask_sentences(self.analysis)

    @property
    def things(self) -> Sequence[Thing]:
        """The document's things; names in sentences point here."""
        return self.analysis.things

    @cached_property
    def topics(self) -> list[int | None]:
        """For each sentence the forum that the passage is about when the sentence begins."""
        topics: list[int | None] = []
        main = self.main_forum
        current, section = main, 0
        first: dict[int, int] = {}
        for masked in self.sentences:
            for name in masked.names:
                if name.mention.type is EntityType.FORUM:
                    first.setdefault(masked.section, name.thing)
        for masked in self.sentences:
            if masked.section != section:
                section = masked.section
                current = first.get(section)
            topics.append(self._recalled(masked, current))
            current = self._turned_to(masked, current)
        return topics

    @cached_property
    def main_forum(self) -> int | None:
        """The forum named first in the first section; a part of one (分论坛) only where there is no other."""
        names = [n for s in self.sentences if s.section == 0 for n in s.names if n.mention.type is EntityType.FORUM]
        whole = (n.thing for n in names if not is_part(self.things[n.thing].names[0]))
        return next(whole, names[0].thing if names else None)

    def place_named(self, name: str) -> int | None:
        """The place of that name, with or without its last 省, 市 or the like."""
        bare = name.rstrip("省市区县州")
        for number, thing in enumerate(self.things):
            if thing.type is EntityType.PLACE and any(n == name or n.rstrip("省市区县州") == bare for n in thing.names):
                return number
        return None

    def body_named(self, masked: Masked, index: int, ending: re.Pattern[str]) -> int | None:
        """The body or place whose name ends so: the only one in the sentence before a masked offset, else that which
        the text names most often, before the offset where it does."""
        if ending not in self._ending:
            bodies = (thing for thing in self._places if self.things[thing].type in PARTY)
            self._ending[ending] = [t for t in bodies if any(ending.search(name) for name in self.things[t].names)]
        alike = self._ending[ending]
        here = {name.thing for name in masked.names if name.index < index and name.thing in alike}
        if len(here) == 1:
            return here.pop()
        before = {thing: bisect_left(self._places[thing], (masked.number, index)) for thing in alike}
        for counts in (before, {thing: len(self._places[thing]) for thing in alike}):
            if any(counts.values()):
                return max(counts, key=lambda thing: (counts[thing], -thing))
        return None

    @cached_property
    def _ending(self) -> dict[re.Pattern[str], list[int]]:
        """Bodies and places by how their names end, as far as asked for."""
        return {}

    @cached_property
    def _places(self) -> dict[int, list[tuple[int, int]]]:
        """The things in the order in which they are named, with sentence and masked offset of each time."""
        places: dict[int, list[tuple[int, int]]] = {}
        for masked in self.sentences:
            for name in masked.names:
                places.setdefault(name.thing, []).append((masked.number, name.index))
        return places

    def _turned_to(self, masked: Masked, current: int | None) -> int | None:
        for name in masked.names:
            if name.mention.type is not EntityType.FORUM:
                continue
            before, after = masked.text[max(0, name.index - 12) : name.index], masked.text[name.index + 1 :]
            if current is not None and self._is_other_edition(name.thing, current):
                continue
            if current is not None and _PART_BEFORE.search(before) and after.lstrip('”》"').startswith("的"):
                continue
            if current is not None and is_aside(self.analysis.text, name.mention.start, name.mention.end):
                continue
            said = current is not None and _SAYS.search(masked.text, 0, name.index)
            if said and modality_of(masked, name.index, name.index) is Modality.PLANNED:
                continue
            if current is None or _TURN_BEFORE.search(before) or _TURN_AFTER.search(after):
                current = name.thing
        return current

    def _is_other_edition(self, thing: int, of: int) -> bool:
        """Whether two forums are editions of one series: the other one is only mentioned."""
        return thing != of and any(
            one != other and _EDITION.sub("#", one.series) == _EDITION.sub("#", other.series)
            for one in _editions(self.things[thing].names[0])
            for other in _editions(self.things[of].names[0])
        )

    def _recalled(self, masked: Masked, current: int | None) -> int | None:
        """大会 and the like at a sentence's head bring back the forum whose name ends so."""
        match = re.match(r"\s*(?:本届|本次|此次|该|今年)?(大会|峰会|博览会|年会|展会|研讨会|对话会)", masked.text)
        if match is None or current is None:
            return current
        head = match[1]
        if self.things[current].names[0].endswith(head):
            return current
        return next(
            (i for i, t in enumerate(self.things) if t.type is EntityType.FORUM and t.names[0].endswith(head)), current
        )

    def forum_at(self, masked: Masked, index: int) -> int | None:
        """The forum that a verb at ``index`` is about: named in its clause, before it, or the passage's topic."""
        forums = self._forums(masked)
        left = max(masked.text.rfind(mark, 0, index) for mark in ",;:。!?") + 1
        ends = [p for p in (masked.text.find(mark, index) for mark in ",;。!?") if p >= 0]
        right = min(ends, default=len(masked.text))
        inside = [n for n in forums if left <= n.index < right]
        if inside:
            return min(inside, key=lambda n: abs(n.index - index)).thing
        earlier = [n for n in forums if n.index < index]
        if earlier:
            return earlier[-1].thing
        return self.topics[masked.number]

    def _forums(self, masked: Masked) -> list[Named]:
        """The forums that a sentence names, without those that are matters of it; they are asked for many times."""
        known = self._named.get(masked.number)
        if known is None:
            text = self.analysis.text
            named = (name for name in masked.names if name.mention.type is EntityType.FORUM)
            known = [n for n in named if not is_matter(text, n.mention.start, n.mention.end)]
            self._named[masked.number] = known
        return known

    @cached_property
    def _named(self) -> dict[int, list[Named]]:
        """Forums by sentence, as far as asked for."""
        return {}

    def forums_at(self, masked: Masked, index: int) -> tuple[int, ...]:
        """The forum of `forum_at`, with those that the text names with it as one: 出席F和F开幕式."""
        forum = self.forum_at(masked, index)
        if forum is None:
            return ()
        places = [place for place in self._places[forum] if place[0] <= masked.number]
        if not places:
            return (forum,)
        sentence, offset = min(places, key=lambda place: (-place[0], abs(place[1] - index)))
        group: list[Named] = []
        for name in self.sentences[sentence].within(0, len(self.sentences[sentence].text), EntityType.FORUM):
            gap = self.sentences[sentence].text[group[-1].index + 1 : name.index] if group else ""
            if group and not _BESIDE.fullmatch(gap):
                if any(each.index == offset for each in group):
                    break
                group = []
            group.append(name)
        things = [each.thing for each in group if any(other.index == offset for other in group)]
        return tuple(dict.fromkeys([forum, *things]))

    def fact(
        self,
        type_: RelationType,
        head: int,
        tail: int,
        masked: Masked,
        span: tuple[int, int],
        rule: str,
        confidence: float,
        *,
        role: str | None = None,
        modality: Modality | None = None,
        at: int | None = None,
    ) -> Fact:
        """A fact with the whole sentence as its evidence; modality is read around ``span`` unless given."""
        start, end = masked.clean_span(0, len(masked.text))
        text = self.analysis.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        mode = modality if modality is not None else modality_of(masked, *span)
        return Fact(type_, head, tail, rule, confidence, start, end, role, mode, at)


def _editions(name: str) -> list[ForumName]:
    """What a forum's name says, and what its first half does (甲会暨乙会), where it tells an edition."""
    return [found for part in (name, name.partition("暨")[0]) if (found := forum_name(part)).edition]
