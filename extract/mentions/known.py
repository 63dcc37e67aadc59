"""Bodies, laws and initiatives that the lexicons know, where the CRF has not seen them: 中国银行, 公司法."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extract import lexicon
from extract.analysis import Mention, Token
from extract.mentions.words import Words
from extract.scanning import scanning
from extract.tagger.gazetteer import Matcher
from graph.names.known import ORGANIZATION_LEXICONS
from graph.schema import EntityType

__all__ = ["governments", "known"]

_SCORE = 0.5
"""Less than the CRF's of what it is sure of, so that a longer name with this one in it wins."""

_WHOLE = 1.0
"""Of names that are two to the CRF: 红十字会|与|红新月会国际联合会."""

_SHORTEST = 4
_BODY, _INITIATIVE = 1, 2
_AND = re.compile("[与和、]")
_DEPARTMENT = re.compile(r"(?<=政府)[^\W\d_a-zA-Z]{2,10}?(?:局|厅|部|委|办公室)")
_GOVERNMENT = "政府(?!间|首脑|军|网|官|发言人|工作|代表|总理|信息|机构|部门|采购|投资|债)"
_AMBIGUOUS = ("论坛", "峰会", "会议", "大会", "国家")


def known(text: str, tokens: Sequence[Token]) -> Iterator[Mention]:
    """What is known by a name that begins and ends with words; bodies by one of four characters or more."""
    words = Words(tokens)
    for start, end, number in _names().find(text):
        last = words.at(end - 1)
        if last is not None and last.end > end and (last.start > start or text[end : last.end] not in _verbs()):
            continue
        first = words.at(start)
        begins = first is not None and first.start == start
        if begins and number == _INITIATIVE:
            yield Mention(start, end, EntityType.INITIATIVE, _SCORE, "known.initiative")
        elif begins and not _DEPARTMENT.match(text, end):
            score = _WHOLE if _AND.search(text, start, end) else _SCORE
            yield Mention(start, end, EntityType.ORGANIZATION, score, "known.body")


def governments(text: str) -> Iterator[Mention]:
    """Governments of countries: 中国政府."""
    for match in _governments().finditer(text):
        yield Mention(match.start(), match.end(), EntityType.ORGANIZATION, 0.9, "known.government")


@cache
def _governments() -> re.Pattern[str]:
    return scanning(f"(?:{lexicon.any_country()}){_GOVERNMENT}")


@cache
def _names() -> Matcher:
    # Not media, which stand at the head and foot of articles; not what may be a forum or a group of countries as well.
    bodies = lexicon.names(*(file for file in ORGANIZATION_LEXICONS if file != "media"))
    numbers = {name: _BODY for name in bodies if len(name) >= _SHORTEST and not name.endswith(_AMBIGUOUS)}
    initiatives = (entry[0] for entry in lexicon.load("initiatives") if entry[2] == "known")
    numbers |= {name: _INITIATIVE for name in initiatives if len(name) > _SHORTEST}
    laws = [entry[0] for entry in lexicon.load("laws")]
    return Matcher(numbers | {prefix + law: _INITIATIVE for law in laws for prefix in ("", "中华人民共和国")})


@cache
def _verbs() -> frozenset[str]:
    return frozenset(entry[0] for entry in lexicon.load("verbs"))
