"""加入、成员单位: who joins or belongs to an alliance or an initiative."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.analysis import Fact
from extract.grammar.context import PARTY, Context, listed_after, listed_before
from extract.grammar.masked import MASKS, Masked
from graph.schema import EntityType, RelationType

__all__ = ["facts"]

_WHOLE = (EntityType.ORGANIZATION, EntityType.INITIATIVE)
_OI = MASKS[EntityType.ORGANIZATION] + MASKS[EntityType.INITIATIVE]
_JOIN = re.compile(
    rf"(?:等[^,。;]{{0,12}})?(?:正式|现场|同时|当场|同日|宣布|签署|共同|率先|已|首批|相继|也|均|将|申请)*(?P<verb>加入|签约加入|入盟|成为|当选|入选|是|为|系)[了“《]*(?=[{_OI}])"
)
_KIND = re.compile(
    r"^[”》]?的?(?:[^,。;]{0,10}?)(?P<kind>(?:副?理事长|常务理事|理事|成员|会员|创始成员|发起|副会长|会长|主任|副主任)(?:单位|国)?|成员国)"
)
_MEMBERS = re.compile(
    r"(?:成员|会员|发起|理事|副理事长|理事长|响应)(?:单位|机构|国家|国|企业|方|高校)?(?:还)?(?:[:：]|包括|有|为|涵盖|由|囊括)"
)


def facts(context: Context) -> Iterator[Fact]:
    """MEMBER_OF from 加入, from 是…成员单位 and from lists of members."""
    for masked in context.sentences:
        for match in _JOIN.finditer(masked.text):
            yield from _joins(context, masked, match)
        for match in _MEMBERS.finditer(masked.text):
            yield from _lists(context, masked, match)


def _joins(context: Context, masked: Masked, match: re.Match[str]) -> Iterator[Fact]:
    wholes = listed_after(masked, match.end(), _WHOLE)
    members = listed_before(masked, match.start(), (*PARTY, EntityType.PERSON))
    if not members:
        clause = max(masked.text.rfind(m, 0, match.start()) for m in "。;") + 1
        members = masked.within(clause, match.start(), EntityType.ORGANIZATION)[:1]
    for whole in wholes:
        role = match["verb"]
        if role not in ("加入", "签约加入", "入盟"):
            kind = _KIND.match(masked.text, whole.index + 1)
            if kind is None:
                continue
            role = kind["kind"]
        for member in members:
            if member.thing != whole.thing:
                yield context.fact(
                    RelationType.MEMBER_OF,
                    member.thing,
                    whole.thing,
                    masked,
                    match.span(),
                    "membership.joins",
                    0.8,
                    role=role,
                )


def _lists(context: Context, masked: Masked, match: re.Match[str]) -> Iterator[Fact]:
    members = listed_after(masked, match.end(), PARTY)
    earlier = [n for s in context.sentences[max(0, masked.number - 2) : masked.number] for n in s.names]
    wholes = [
        n
        for n in (*earlier, *masked.within(0, match.start()))
        if n.mention.type in _WHOLE
        and re.search(
            r"联盟|网络|协会|学会|倡议|行动|计划|共同体|组织|联合会|委员会|平台|机制", context.things[n.thing].names[0]
        )
    ]
    if not wholes:
        return
    for member in members:
        if member.thing != wholes[-1].thing:
            yield context.fact(
                RelationType.MEMBER_OF,
                member.thing,
                wholes[-1].thing,
                masked,
                match.span(),
                "membership.list",
                0.75,
                role="成员",
            )
