"""What a rule knows beyond its sentence: the forum that a passage is about, and lists of names around a place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.analysis import Analysis, Fact, Thing
from extract.grammar.masked import Masked, Named, mask_sentences
from graph.names.known import is_part
from graph.schema import EntityType, Modality, RelationType

__all__ = ["PARTY", "Context", "listed_after", "listed_before", "modality_of"]

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
    r"未能|没有|未(?:出席|参加|到场|参会|签|能|如期)|因故|缺席|取消|不再|无法|并未|尚未|推迟|延期|延后|搁置|谢绝|婉拒"
)
_PLANNED = re.compile(r"将(?!军|来|士)|拟|计划(?:于|在)|定于|预计|届时|即将|明年|下月|下周|明天|有望")
# A forum is what the passage turns to when the sentence says so around its name.
_TURN_BEFORE = re.compile(r"(?:在|出席|参加|举办|举行|召开|主办的?|承办的?|启动|亮相|迎来|闭幕的|开幕的)[“《\"]?$")
_TURN_AFTER = re.compile(
    r"^[”》\"]?(?:\([^()]*\))?(?:上|期间|开幕|闭幕|由|以|于|在|今|昨|正式|现场|将|拟|定|暨|召开|举行|举办|圆满|成功|日前|近日|共|吸引|聚焦|设|为期|是|的)"
)


def modality_of(masked: Masked, start: int, end: int) -> Modality:
    """Whether the clause around a masked span says held, planned or denied."""
    left = max(masked.text.rfind(mark, 0, start) for mark in ",;:。") + 1
    clause = masked.text[left:end]
    if _DENIED.search(clause):
        return Modality.DENIED
    return Modality.PLANNED if _PLANNED.search(clause) else Modality.HELD


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
        for masked in self.sentences:
            if masked.section != section:
                section = masked.section
                current = next(
                    (
                        n.thing
                        for s in self.sentences
                        if s.section == section
                        for n in s.names
                        if n.mention.type is EntityType.FORUM
                    ),
                    None,
                )
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
        """The body or place whose name ends so that the text names most often, before a masked offset where it does."""
        before = [name for s in self.sentences[: masked.number] for name in s.names] + masked.within(0, index)
        for names in (before, [name for s in self.sentences for name in s.names]):
            counts = Counter(
                name.thing
                for name in names
                if name.mention.type in PARTY and any(ending.search(known) for known in self.things[name.thing].names)
            )
            if counts:
                return max(counts, key=lambda thing: (counts[thing], -thing))
        return None

    def _turned_to(self, masked: Masked, current: int | None) -> int | None:
        for name in masked.names:
            if name.mention.type is not EntityType.FORUM:
                continue
            before, after = masked.text[max(0, name.index - 12) : name.index], masked.text[name.index + 1 :]
            if current is None or _TURN_BEFORE.search(before) or _TURN_AFTER.search(after):
                current = name.thing
        return current

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
        forums = [n for n in masked.names if n.mention.type is EntityType.FORUM]
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
