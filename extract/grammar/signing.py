"""签署、签订、签约: who signed with whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from extract.analysis import Fact
from extract.grammar.context import PARTY, Context, listed_before
from extract.grammar.masked import Masked, Named
from graph.schema import RelationType

__all__ = ["facts"]

_WITH = re.compile(r"(?:分别)?(?:与|同|和|跟)[“\"]?$")
_AGREEMENT = re.compile(r"[^,。;]{0,30}?(?:协议|备忘录|合同|意向书|协定|契约|议定书|框架|文件|合约|谅解备忘录)(?:书)?")


def facts(context: Context) -> Iterator[Fact]:
    """SIGNED_WITH between the parties of a signing; who witnesses is no party."""
    for masked in context.sentences:
        for match in re.finditer(r"签署|签订|签约|签下|签定|交换|达成|缔结|结为", masked.text):
            if not _signs(masked, match):
                continue
            left, right = _parties(masked, match.start())
            at = context.forum_at(masked, match.start())
            pairs = _pairs(left, right)
            for a, b in pairs:
                if a != b:
                    yield context.fact(
                        RelationType.SIGNED_WITH,
                        a,
                        b,
                        masked,
                        match.span(),
                        "signing.parties",
                        0.8,
                        role=_agreement(masked, match.end()),
                        at=at,
                    )


def _signs(masked: Masked, match: re.Match[str]) -> bool:
    if match[0] in ("交换", "达成", "缔结", "结为"):
        return bool(
            re.match(r"[^,。;]{0,24}?(?:备忘录|协议|文本|合同|协定|友好城市|合作意向)", masked.text[match.end() :])
        )
    return not re.match(r"仪式|活动|项目|额|方式|环节|时|后|金额|率", masked.text[match.end() :])


def _agreement(masked: Masked, end: int) -> str | None:
    match = _AGREEMENT.match(masked.text, end)
    return match[0].lstrip("了《“一份") if match and not any(ord(c) >= 0xE000 for c in match[0]) else None


def _parties(masked: Masked, verb: int) -> tuple[list[int], list[int]]:
    """The two sides: before and after 与; one side alone when the parties stand in one list."""
    gap = re.search(r"(?:[^,。;\ue001-\ue005]{0,14})$", masked.text[:verb])
    end = gap.start() if gap else verb
    listed = listed_before(masked, end, PARTY)
    if not listed:
        return [], []
    for position in range(1, len(listed)):
        joint = masked.text[listed[position - 1].index + 1 : listed[position].index]
        if re.search(r"与|同|跟", joint):
            return _things(listed[:position]), _things(listed[position:])
    before = masked.text[: listed[0].index]
    if _WITH.search(before):
        return _subject(masked, listed[0].index), _things(listed)
    if len(listed) == 1:
        return [], []
    return _things(listed), []


def _subject(masked: Masked, index: int) -> list[int]:
    """Whoever the sentence speaks of before 与: its first party, else none."""
    earlier = masked.within(0, index, *PARTY)
    return [earlier[0].thing] if earlier else []


def _things(names: list[Named]) -> list[int]:
    return list(dict.fromkeys(n.thing for n in names))


def _pairs(left: list[int], right: list[int]) -> list[tuple[int, int]]:
    if left and right:
        return [(a, b) for a in left for b in right]
    if len(left) <= 4:
        return list(combinations(left, 2))
    return [(left[0], other) for other in left[1:]]
