"""Names in book marks and quotation marks: 《…宣言》, “…倡议”, “…”论坛."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.analysis import Analysis, Mention
from graph.schema import EntityType

__all__ = ["propose"]

_BOOK = re.compile(r"《(?P<name>[^《》\n]{3,60})》")
_QUOTED_INITIATIVE = re.compile(
    r"“(?P<name>[^“”\n]{2,30}(?:倡议|计划|行动|宣言|工程|方案|平台|基金|项目|公约|共识|规划|网络))”"
)
_QUOTED_FORUM = re.compile(r"“(?P<name>[^“”\n]{3,40}(?:论坛|大会|峰会|博览会|研讨会|年会|仪式|对话|会议))”")
_TRAILING_FORUM = re.compile(r"(?P<name>“[^“”\n]{2,30}”[^“”,。;、\n]{0,10}?(?:论坛|大会|峰会|大赛|研讨会|对话会))")
_NEWSPAPER = re.compile(r"(?:日报|时报|晚报|周刊|杂志|学报)$")


def propose(analysis: Analysis) -> Iterator[Mention]:
    """Initiatives and forums in marks."""
    for rule, type_, score, source in (
        (_BOOK, EntityType.INITIATIVE, 0.85, "quoted.book"),
        (_QUOTED_INITIATIVE, EntityType.INITIATIVE, 0.8, "quoted.initiative"),
        (_QUOTED_FORUM, EntityType.FORUM, 0.85, "quoted.forum"),
        (_TRAILING_FORUM, EntityType.FORUM, 0.75, "quoted.trailing-forum"),
    ):
        for match in rule.finditer(analysis.text):
            start, end = match.span("name")
            if not _NEWSPAPER.search(match["name"]):
                yield Mention(start, end, type_, score, source)
