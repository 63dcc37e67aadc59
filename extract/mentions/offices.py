"""Bodies and states that the office behind them gives away, though the CRF has not seen them (机构与职务).

马来西亚副总理兼|能源及水务转型部|部长      a ministry behind 兼, or a state's whose field has two parts
甲国大公、|国民议会|议长                  a house of parliament and its speaker
甲国劳动党|中央|总书记                   a party's centre
全国人大民委、|农委|、|华侨委|主任委员       committees of the national congress, in a list with another
同|斐济|议长|吉托科|会谈                  a state right before an office of state and a name
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from extract import lexicon
from extract.analysis import Mention
from extract.scanning import scanning
from graph.schema import EntityType

__all__ = ["OFFICE", "office_bodies", "office_states"]

OFFICE = (
    "总统|总理|首相|国王|王储|亲王|公主|酋长|大公|议长|众议长|参议长|副总统|副总理|副首相|副议长|外长|外交部长|国防部长|财政部长"
    "|常务副总理|总检察长|大使|驻华大使|州长|总督"
)
_SCORE = 0.9
_MINISTRY = re.compile(
    r"(?<=兼)(?P<name>[\u4e00-\u9fff]{2,14}?部(?=部长)|[\u4e00-\u9fff]{2,8}[和与及][\u4e00-\u9fff]{1,8}?部(?=长))"
)
_JOINED_MINISTRY = re.compile(
    r"(?P<name>(?:(?!兼|总理|首相|主席)[\u4e00-\u9fff]){2,8}[和与及][\u4e00-\u9fff]{1,8}?部)(?=部?长)"
)
_PARLIAMENT = re.compile(
    r"(?<=[、,和及])(?P<name>(?:国民|人民|国家|联邦|最高)?(?:议会|大会|会议)|参议院|众议院|下院|上院)(?=(?:第一)?副?议长)"
)
_CENTRE = re.compile(r"中央(?=(?:委员会)?(?:总书记|第一书记|主席))(?:委员会)?")
_COMMITTEE = (
    "民族委员会|宪法和法律委员会|监察和司法委员会|财政经济委员会|教育科学文化卫生委员会|外事委员会|华侨委员会|环境与资源保护委员会"
    "|农业与农村委员会|社会建设委员会|民委|宪法法律委|监察司法委|财经委|教科文卫委|外事委|华侨委|环资委|农委|社会建设委"
)
_COMMITTEES = re.compile(rf"全国人大(?:{_COMMITTEE})[^。;\n]*")
_ONE_COMMITTEE = re.compile(rf"(?<=[、和])(?:{_COMMITTEE})(?!员)")


def office_bodies(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Further bodies; they compete with the mentions given."""
    states = {m.end: m for m in mentions if m.type is EntityType.PLACE}
    for rule in (_MINISTRY, _PARLIAMENT):
        for match in rule.finditer(text):
            yield Mention(*match.span("name"), EntityType.ORGANIZATION, _SCORE, "pattern.office")
    for end, state in states.items():
        ministry = _JOINED_MINISTRY.match(text, end)
        if ministry:
            yield Mention(state.start, ministry.end("name"), EntityType.ORGANIZATION, 1.0, "pattern.office")
    for mention in mentions:
        centre = _CENTRE.match(text, mention.end) if mention.type is EntityType.ORGANIZATION else None
        if centre and text[mention.end - 1] in "党共":
            yield replace(mention, end=centre.end(), source="pattern.office")
    for listed in _COMMITTEES.finditer(text):
        for match in _ONE_COMMITTEE.finditer(text, *listed.span()):
            yield Mention(*match.span(), EntityType.ORGANIZATION, _SCORE, "pattern.office")


def office_states(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """States named right before an office and who holds it."""
    persons = {m.start for m in mentions if m.type is EntityType.PERSON}
    taken = {place for m in mentions for place in range(m.start, m.end)}
    for match in _states().finditer(text):
        if match.end() in persons and match.start() not in taken:
            yield Mention(*match.span("state"), EntityType.PLACE, _SCORE, "pattern.office")


@cache
def _states() -> re.Pattern[str]:
    return scanning(f"(?P<state>{lexicon.any_country()})(?:前|时任|新任|候任|当选)?(?:{OFFICE})")
