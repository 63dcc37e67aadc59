"""发布、发起、启动、成立: who launched what, and at which forum it was announced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.analysis import Fact
from extract.grammar.context import PARTY, Context, listed_after, listed_before
from extract.grammar.masked import Masked, Named
from graph.schema import EntityType, RelationType

__all__ = ["facts"]

_VERB = re.compile(
    r"(?:正式|联合|共同|首次|同步|重磅|牵头|率先|现场|集中|公开|宣布|隆重|全球|倡议|携手|对外|面向[^,。;]{0,8})*"
    r"(?P<verb>发布|发起|启动|推出|提出|印发|出台|成立|设立|揭牌|揭幕|首发|颁布|公布|编制|编写|通过|上线|组建|共建|制定|倡议|实施|起草|授牌|建立|创立|创建|筹建|启用|开通|宣读|宣告|发表|亮相|签发)"
)
_SUBJECTS = (EntityType.ORGANIZATION, EntityType.PLACE, EntityType.PERSON)
_THERE = re.compile(
    r"(?:会|论坛|峰会|大会|年会|活动|仪式|现场|开幕式|博览会|研讨会)(?:上|期间|现场|中)|现场|会上|期间|当天|当日|同期|闭幕"
)


def facts(context: Context) -> Iterator[Fact]:
    """LAUNCHED and ANNOUNCED_AT."""
    for masked in context.sentences:
        for match in _VERB.finditer(masked.text):
            objects, by = _frame(masked, match)
            for thing in objects:
                for subject in by:
                    if subject.thing != thing.thing:
                        yield context.fact(
                            RelationType.LAUNCHED,
                            subject.thing,
                            thing.thing,
                            masked,
                            match.span(),
                            "launching.verb",
                            0.8,
                            role=match["verb"],
                        )
                yield from _announced(context, masked, match, thing)


def _frame(masked: Masked, match: re.Match[str]) -> tuple[list[Named], list[Named]]:
    """What is launched and by whom: A发布I, 由A发起的I, I由A发布, I发布."""
    text = masked.text
    limit = min((p for p in (text.find(m, match.end()) for m in "。;") if p >= 0), default=len(text))
    objects: list[Named] = []
    ahead = re.match(r"(?:了|的|、|首个|首批|全国|我国|一批|[^,。;]{0,12}?)*?[“《]*", text[match.end() : limit])
    for name in masked.within(match.end(), limit, EntityType.INITIATIVE, EntityType.ORGANIZATION):
        gap = text[match.end() : name.index]
        if len(gap) <= 14 and not re.search(r"[,;]|由|在", gap) and ahead:
            objects = [name, *[n for n in listed_after(masked, name.index + 1, (name.mention.type,))]]
            break
    parties = listed_before(masked, match.start(), _SUBJECTS)
    lead = text[: parties[0].index] if parties else text[: match.start()]
    if not objects:
        subjects = listed_before(masked, match.start(), (EntityType.INITIATIVE, EntityType.ORGANIZATION))
        if parties and re.search(r"由$", lead):
            earlier = masked.within(0, parties[0].index, EntityType.INITIATIVE)
            return (earlier[-1:], parties)
        if subjects and (
            subjects[0].mention.type is EntityType.INITIATIVE or match["verb"] in ("成立", "揭牌", "授牌", "启用")
        ):
            return subjects, []
        return [], []
    if objects[0].mention.type is EntityType.ORGANIZATION and match["verb"] not in (
        "成立",
        "发起",
        "组建",
        "共建",
        "设立",
        "揭牌",
        "建立",
        "启动",
        "创立",
        "创建",
        "启用",
        "筹建",
        "授牌",
    ):
        return [], []
    if not parties:
        clause = max(text.rfind(m, 0, match.start()) for m in ",。;") + 1
        inside = masked.within(clause, match.start(), *PARTY)
        parties = inside[:1] if inside and not re.search(r"在$", text[: inside[0].index]) else []
    return objects, parties


def _announced(context: Context, masked: Masked, match: re.Match[str], thing: Named) -> Iterator[Fact]:
    forum = context.forum_at(masked, match.start())
    if forum is None:
        return
    there = _THERE.search(masked.text, 0, match.end())
    named = any(n.thing == forum for n in masked.names)
    if there or named:
        yield context.fact(
            RelationType.ANNOUNCED_AT,
            thing.thing,
            forum,
            masked,
            match.span(),
            "launching.there",
            0.75,
            role=match["verb"],
        )
