"""Forums that a passage only mentions: what is reported on, decided or learnt there is not where people speak (旁及).

会议听取了…作的关于召开|甲会|的决定的说明       a matter of the meeting that goes on
学习贯彻|甲会|精神, 提请|甲会|审议
会议决定，|甲会|10月在京举行, 中方将举办|甲会|      what this one says of another
"""

from __future__ import annotations

import re

__all__ = ["is_aside", "is_matter"]

_REACH = 80
_SENTENCE_START = re.compile(r"[。!?\n]")
_MATTER_BEFORE = re.compile(r"(?:提请|提交)[“《]?$")
_MATTER_AROUND = (
    (
        re.compile(r"关于[^,。;\n]*$"),
        re.compile(r"[^。;,\n]{0,60}?(?:报告|议案|决定|说明|汇报|草案|意见|通知|建议|提案|情况)"),
    ),
    (re.compile(r"就[“《]?$"), re.compile(r"[”》]?(?:的)?(?:议程|日程|筹备|有关|情况)")),
    (
        re.compile(r"(?:学习|贯彻|落实|宣传|阐释|领会|传达)[^,。;\n]{0,24}$"),
        re.compile(r"[”》]?(?:上)?(?:的)?[^,。;\n]{0,10}(?:精神|部署|要求)"),
    ),
)
_ASIDE_BEFORE = re.compile(
    r"(?:会议|大会)(?:还)?(?:决定|建议|提议),?[^。;\n]{0,16}$|(?:中方|我们|我方|我国|中国)(?:还|也)?将[^,。;\n]{0,16}$"
    r"|(?:中方|我们|我方|我国|中国)(?:还|也|已|先后)?(?:成功|圆满)?(?:举办|主办|承办)了?[^,。;\n]{0,30}$"
    r"|(?:支持|欢迎|期待|祝愿|办好)[^,。;\n]{0,24}$|根据(?:决定|安排|计划),?$"
)
_ASIDE_AFTER = re.compile(r"[^,。;\n]{0,10}情况的(?:书面)?(?:报告|汇报)")


def is_matter(text: str, start: int, end: int) -> bool:
    """Whether what stands between two offsets is the matter of a report, a decision or a lesson."""
    return _is_matter(_before(text, start), text, end)


def is_aside(text: str, start: int, end: int) -> bool:
    """Whether the sentence is about something else, and the passage that follows it too."""
    before = _before(text, start)
    return (
        _is_matter(before, text, end)
        or _ASIDE_BEFORE.search(before) is not None
        or _ASIDE_AFTER.match(text, end) is not None
    )


def _is_matter(before: str, text: str, end: int) -> bool:
    around = any(lead.search(before) and rest.match(text, end) for lead, rest in _MATTER_AROUND)
    return around or _MATTER_BEFORE.search(before) is not None


def _before(text: str, start: int) -> str:
    """What the sentence says before."""
    return _SENTENCE_START.split(text[max(0, start - _REACH) : start])[-1]
