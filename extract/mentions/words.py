"""Names against HanLP's words: what begins within a word, or is made of words that are no name (词界).

前|景光明            景光明 begins within 前景 and is no person
福|田康夫            田康夫 begins within 福田康, which HanLP takes for a person: 福田康夫
连续 三次            a word that is never a name
充分 发挥 孔子学院   an adverb before a body is not part of it
副理事长|燕 归        a name of two characters set as wide as one of three
北京大学|张明|教授   a body, a surname, an academic title
任命|陆明|为…部长   whom a vote names, and HanLP's name behind a title
泰国前副总理|功、    a country, an office of state, and up to the next mark or verb a name
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from extract import lexicon
from extract.analysis import Mention, Token
from extract.mentions.offices import OFFICE
from graph.names.known import is_country, is_place
from graph.schema import EntityType

__all__ = ["Words", "fit", "listed", "officers", "scholars", "spaced", "titled"]

_OFFICER = re.compile(rf"(?:前|时任|现任|候任|当选)?(?:{OFFICE})")
_NAME = re.compile(
    r"[^\W\d_]{1,12}?(?:[·-][^\W\d_]{1,8}){0,3}?(?=[、,。;)]|(?:举行)?会[谈见晤]|(?:通)?电话|共同|表示|指出|一行)"
)
_VOTED = re.compile(
    r"(?:任命|免去|补选|增选|罢免)(?P<names>[\u4e00-\u9fff]{2,3}(?:、[\u4e00-\u9fff]{2,3}){0,12}?)(?=为[^,。;]|的[^,。;]{2,40}职务)"
)
_VOTED_NAME = re.compile(r"[\u4e00-\u9fff]{2,3}")
_TITLE_BEFORE = re.compile(
    r"(?:书记|主席|部长|省长|市长|县长|区长|主任|委员|秘书长|会长|理事长|院长|校长|董事长|总裁|总经理|所长|局长|署长|行长)$"
)
_FIRMS = re.compile(r"等[^,。;:、\n]{0,14}?(?:企业|公司|车企|药企|厂商|品牌|银行|机构)")
_END_OF_TITLE = frozenset("官长员理席任师家授士相统记裁监表使总")
_FORCES = re.compile(r"^.军$")
_NEVER = re.compile(r"^(?:a|ad|d|c|cc|p|m|mq|r.*)$")
_VERB = re.compile(r"^(?:v|vi|vd|vf|vn|p|d|ad|vshi|vyou)$")
_LEADING = re.compile(r"^(?:ad|d)$")
_SCHOLAR = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,3}?)(?=(?:副|助理|特聘|讲席)?(?:教授|研究员)|院士|博士|讲师|主任医师|高级工程师|高工|老师|副?(?:部长|局长|校长|院长|处长|主任|会长|秘书长|书记)(?=[、,。;致表出作宣在主]))"
)
_NO_NAMES = frozenset(
    {
        "常务",
        "党委",
        "党组",
        "党工委",
        "常委",
        "行政",
        "执行",
        "高级",
        "终身",
        "全职",
        "常任",
        "应聘",
        "相关",
        "广大",
        "全体",
        "于今",
    }
)
_SCORE = 0.6
_SPACED_SCORE = 1.0
_UNSURE = 0.8


class Words:
    """The tokens of a text, in order and without gaps, by what they cover."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._ends = [token.end for token in tokens]

    def at(self, place: int) -> Token | None:
        """The token that covers a place, None beyond the text."""
        number = bisect_right(self._ends, place)
        return self._tokens[number] if number < len(self._ends) else None


def fit(mentions: Iterable[Mention], tokens: Sequence[Token]) -> Iterator[Mention]:
    """The mentions with bounds that agree with the words; those whose words are no name are left out."""
    words = Words(tokens)
    for mention in mentions:
        if mention.type is EntityType.PERSON:
            fitted = _person(mention, words)
        elif mention.type is EntityType.ORGANIZATION:
            fitted = _body(mention, words)
        else:
            fitted = mention
        if fitted is not None:
            yield fitted


def listed(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions; what has the form of a Chinese name in a list with a person is one too: 吴政隆、高云龙."""
    edges = {edge for m in mentions if m.type is EntityType.PERSON for edge in (m.start - 1, m.end)}
    firms = _in_list_of_firms(text, mentions)
    for mention in mentions:
        name = text[mention.start : mention.end]
        beside = (text[mention.start - 1 : mention.start], text[mention.end : mention.end + 1])
        in_list = "、" in beside and (mention.start - 1 in edges or mention.end in edges)
        unsure = mention.type in (EntityType.PLACE, EntityType.ORGANIZATION) and mention.score < _UNSURE
        if mention in firms:
            yield replace(mention, type=EntityType.ORGANIZATION)
        elif in_list and unsure and len(name) == 3 and name[0] in _surnames() and not is_place(name):
            yield replace(mention, type=EntityType.PERSON)
        else:
            yield mention


def _in_list_of_firms(text: str, mentions: Sequence[Mention]) -> frozenset[Mention]:
    """What the CRF takes for people in a list that ends as one of firms does: 拜耳、|科沃施|等跨国企业."""
    found: list[Mention] = []
    ends = {mention.end: mention for mention in mentions}
    for firms in _FIRMS.finditer(text):
        place, listed = firms.start(), []
        while (mention := ends.get(place)) is not None:
            listed.append(mention)
            place = mention.start - 1
            if text[place : place + 1] not in ("、", "和", "与"):
                break
        if any(mention.type is EntityType.ORGANIZATION for mention in listed):
            found += [mention for mention in listed if mention.type is EntityType.PERSON]
    return frozenset(found)


def _person(mention: Mention, words: Words) -> Mention | None:
    first = words.at(mention.start)
    if first is None or not "\u4e00" <= first.word[0] <= "\u9fff":
        return mention
    size = mention.end - mention.start
    if first.start < mention.start:
        lost = first.word[mention.start - first.start - 1]
        if first.tag.startswith("nr") and first.end < mention.end and lost not in _END_OF_TITLE:
            return replace(mention, start=first.start)
        rest = words.at(first.end)
        inside = rest is not None and rest.end == mention.end and len(rest.word) > 1 and not rest.tag.startswith("nr")
        return None if inside and first.tag in ("n", "v", "vn", "a") else mention
    if size >= len(first.word) > 1:
        if _NEVER.match(first.tag):
            return None
        second = words.at(first.end)
        pair = second is not None and second.end == mention.end and len(first.word) == len(second.word) == 2
        if pair and all(_VERB.match(word.tag) for word in (first, second) if word is not None):
            return None
    return None if _FORCES.match(first.word) and size == 2 and first.word[0] in _countries() else mention


def _body(mention: Mention, words: Words) -> Mention:
    start = mention.start
    first = words.at(start)
    if first is None or first.start != start or not _LEADING.match(first.tag) or len(first.word) < 2:
        return mention
    start = first.end
    while (word := words.at(start)) is not None and word.tag in ("v", "vi") and word.end < mention.end - 2:
        start = word.end
    return replace(mention, start=start) if start < mention.end - 2 and start > first.end else mention


def officers(text: str, mentions: Sequence[Mention], tokens: Sequence[Token]) -> Iterator[Mention]:
    """Holders of an office of state in a list, whose names few would know for names."""
    starting = {token.start: token for token in tokens}
    persons = {place for m in mentions if m.type is EntityType.PERSON for place in range(m.start, m.end)}
    for mention in mentions:
        if mention.type is not EntityType.PLACE or not is_country(text[mention.start : mention.end]):
            continue
        office = _OFFICER.match(text, mention.end)
        name = office and _NAME.match(text, office.end())
        if not name or not persons.isdisjoint(range(name.start(), name.end())):
            continue
        inside = [starting[place] for place in range(name.start(), name.end()) if place in starting]
        if not any(_VERB.match(token.tag) and len(token.word) > 1 for token in inside):
            yield Mention(name.start(), name.end(), EntityType.PERSON, _SCORE, "pattern.officer")


def scholars(text: str, mentions: Sequence[Mention], tokens: Sequence[Token]) -> Iterator[Mention]:
    """A name between a body and an academic title, where HanLP sees no other word: 北京大学|张明|教授."""
    starting = {token.start: token for token in tokens}
    for mention in mentions:
        match = _SCHOLAR.match(text, mention.end) if mention.type is EntityType.ORGANIZATION else None
        if match is None or match["name"][0] not in _surnames():
            continue
        word = starting.get(mention.end)
        common = word is not None and word.end == match.end("name") and not word.tag.startswith("nr")
        if not common and match["name"] not in _NO_NAMES:
            yield Mention(*match.span("name"), EntityType.PERSON, _SCORE, "pattern.scholar")


def titled(text: str, mentions: Sequence[Mention], tokens: Sequence[Token]) -> Iterator[Mention]:
    """Names that a vote names, and what HanLP takes for a name right behind a title: 秘书长|刘明|就议程作了汇报."""
    taken = {place for m in mentions if m.type is EntityType.PERSON for place in range(m.start, m.end)}
    votes = (vote.span("names") for vote in _VOTED.finditer(text))
    found = [match.span() for vote in votes for match in _VOTED_NAME.finditer(text, *vote)]
    found += [
        (token.start, token.end)
        for token in tokens
        if token.tag == "nr" and 1 < len(token.word) < 4 and _TITLE_BEFORE.search(text, token.start - 8, token.start)
    ]
    for start, end in found:
        if text[start] in _surnames() and taken.isdisjoint(range(start, end)):
            yield Mention(start, end, EntityType.PERSON, _SCORE, "pattern.titled")


def spaced(text: str) -> Iterator[Mention]:
    """Names of two characters with a space between them, behind a title."""
    for match in _wide().finditer(text):
        yield Mention(*match.span("name"), EntityType.PERSON, _SPACED_SCORE, "pattern.spaced")


@cache
def _wide() -> re.Pattern[str]:
    surname = "".join(sorted(entry[0] for entry in lexicon.load("surnames") if len(entry[0]) == 1))
    title = "官长员席任师家授士记裁监总人生"
    return re.compile(rf"(?<=[{title}]) ?(?P<name>[{surname}] {{1,2}}[\u4e00-\u9fff])(?=[,、。;\s(]|$)")


@cache
def _surnames() -> frozenset[str]:
    return frozenset(entry[0] for entry in lexicon.load("surnames") if entry[1] in "123")


@cache
def _countries() -> frozenset[str]:
    """Short forms of one character: 俄, 乌, 美."""
    return frozenset(name for name in lexicon.names("countries") if len(name) == 1)
