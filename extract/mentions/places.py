"""Places: what the engine tags as one, and venues by their head words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.analysis import Analysis, Mention
from graph.schema import EntityType

__all__ = ["propose"]

_VENUE = re.compile(
    r"(?:在|于)(?P<name>[^,。;、“”在于]{2,24}?(?:会议中心|会展中心|博览中心|展览中心|展览馆|会堂|体育馆|大酒店|酒店|宾馆|饭店|大厦|科技园|产业园|校区|艺术中心|博览馆|文化中心|大剧院))"
)


def propose(analysis: Analysis) -> Iterator[Mention]:
    """Mentions of places."""
    tokens = analysis.tokens
    for index, token in enumerate(tokens):
        if token.tag == "ns" and len(token.word) > 1:
            start = token.start
            if index and tokens[index - 1].tag == "ns" and token.word[-1] in "市区县州":
                start = tokens[index - 1].start
            yield Mention(start, token.end, EntityType.PLACE, 0.45, "places.engine")
    for match in _VENUE.finditer(analysis.text):
        yield Mention(*match.span("name"), EntityType.PLACE, 0.7, "places.venue")
