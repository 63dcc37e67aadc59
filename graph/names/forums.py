"""Which forum a name denotes (论坛): its series and its edition, by ordinal or year.

    第八届进博会              series 中国国际进口博览会   edition 8
    WAIC 2025                series 世界人工智能大会     edition 2025
    2025世界人工智能大会青年论坛  series 世界人工智能大会青年论坛  edition 2025
    第五届大会                vague: of which series, only the document tells

City and track are part of the series' name: two of them are two series.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.names import lexicon
from graph.names.known import ordinal
from graph.names.organizations import with_artificial_intelligence, written_out
from graph.names.spelling import fold, plain

__all__ = ["ForumName", "forum_name", "is_known_series"]

_YEAR = re.compile(r"(?<![\d.])(?<!IMT-)((?:19|20)\d\d)(?![\d.])(?:年度|年(?!会(?!议)))?")
_YEAR_IN_CHARACTERS = re.compile(r"二[〇零○0][〇零○0一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_ORDINAL = re.compile(r"第([一二三四五六七八九十百零〇\d]{1,5})[届次期轮]|(首)[届次]")
_EDGES = " \t'\"‘’“”「」『』()[]【】·•・-—–_,，、:："
_KIND = (
    "(?:大会|论坛|峰会|年会|会议|大赛|竞赛|比赛|赛|博览会|展览会|展会|活动|仪式|开幕式|闭幕式|开幕会|闭幕会|对话会|对话|座谈会|研讨会|"
    "发布会|推介会|洽谈会|交流会|启动会|签约会|见面会|报告会|讲坛|沙龙|会|周|节)"
)
_VAGUE = re.compile(
    "(?:本|该|分|主|子|平行|专题|主题|圆桌|国际|全国|全球|高峰|高端|高层|高级别|青年|学术|媒体|启动|签约|发布|颁奖|开幕|闭幕|"
    f"组委会|理事会|项目|成果|产业|行业|企业|招商|投资|人才|校园|年度|系列)*{_KIND}"
)


@dataclass(frozen=True, slots=True)
class ForumName:
    """What the name of a forum says.

    Args:
        series: key of the series; for a name without an edition, of the forum itself.
        title: the series' name to show.
        edition: its ordinal, else its year, as digits; both, where the series is not a well-known one; may be empty.
        vague: whether the name says too little to denote one forum outside its document.
    """

    series: str
    title: str
    edition: str
    vague: bool

    @property
    def key(self) -> str:
        """Series and edition; the space between them occurs in no series' key."""
        return f"{self.series} {self.edition}" if self.edition else self.series


@lru_cache(maxsize=65_536)
def forum_name(name: str) -> ForumName:
    """The parts of a forum's name."""
    text = _YEAR_IN_CHARACTERS.sub(lambda found: found[0].translate(_DIGITS), plain(name))
    # The year may stand in the brackets that plain() takes for a translation: 世界人工智能大会(WAIC 2025).
    years = sorted({*_YEAR.findall(text), *_YEAR.findall(plain(name + "."))})
    ordinals = sorted({1 if first else ordinal(digits) for digits, first in _ORDINAL.findall(text)})
    title = _ORDINAL.sub("", _YEAR.sub("", text)).strip(_EDGES)
    folded = with_artificial_intelligence(fold(title))
    if not title or not folded:
        return ForumName(fold(name), name, "", True)
    full = _known().get(folded)
    if full is None and (years or ordinals):
        full = _known().get(with_artificial_intelligence(fold(title.partition("暨")[0])))
    if full is not None:
        edition = ordinals or years
        return ForumName(fold(full), full, " ".join(map(str, edition)), False)
    series = _with_known_head(folded)
    return ForumName(series, title, " ".join(map(str, [*ordinals, *years])), bool(_VAGUE.fullmatch(folded)))


def is_known_series(series: str) -> bool:
    """Whether the key of a series, as in `ForumName.series`, is that of one in the lexicon."""
    return series in _series()


def _with_known_head(folded: str) -> str:
    """The folded name with a well-known series or body at its head written out: 进博会虹桥论坛, 中科院年会."""
    for size in range(len(folded) - 1, 2, -1):
        if (full := _known().get(folded[:size])) is not None:
            return fold(full) + folded[size:]
    return written_out(folded)


@cache
def _series() -> frozenset[str]:
    return frozenset(map(fold, _known().values()))


@cache
def _known() -> dict[str, str]:
    """Full name by folded full and short names that one series only has."""
    shared = {fold(entry[0]) for entry in lexicon.load("shared_forms")}
    found: dict[str, set[str]] = defaultdict(set)
    for name, others, _ in lexicon.load("forums"):
        for form in (name, *lexicon.forms(others)):
            found[with_artificial_intelligence(fold(form))].add(name)
        shared.discard(with_artificial_intelligence(fold(name)))
    return {form: next(iter(full)) for form, full in found.items() if len(full) == 1 and form not in shared}
