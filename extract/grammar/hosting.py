"""主办、联合主办、协办、承办、指导、支持: who stands behind a forum, and in which role."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from extract.analysis import Fact
from extract.grammar.context import CERTAIN, PARTY, Context, listed_after, listed_before
from extract.grammar.masked import MASKS, Masked, Named
from extract.scanning import scanning
from graph.schema import EntityType, RelationType

__all__ = ["facts"]

_HOST_TOGETHER = frozenset({"联合主办", "共同主办"})
_VERB_TYPES = {
    "主办": RelationType.HOSTED_BY,
    "举办": RelationType.HOSTED_BY,
    "召开": RelationType.HOSTED_BY,
    "举行": RelationType.HOSTED_BY,
    "合办": RelationType.CO_HOSTED_BY,
    "协办": RelationType.CO_HOSTED_BY,
    "承办": RelationType.ORGANIZED_BY,
    "指导": RelationType.SUPPORTED_BY,
    "支持": RelationType.SUPPORTED_BY,
}
_F = MASKS[EntityType.FORUM]
_TOGETHER = "联合|共同|携手|合作"
_L = MASKS[EntityType.PLACE]
# …A、B（等单位）（5月18日在L，在F期间）（共同）主办
_VERB = scanning(
    rf"(?:(?:\d[\d年月日至-]*|[今昨当][日天]|近日|日前)?[在于](?:{_L}|{_F}期间))?(?:等[^,。;]{{0,12}}?)?(?P<adverb>(?:{_TOGETHER}|倾力|独家|具体|负责|轮流|倡议|发起|地|的|正式|成功|首次|特别|学术|战略|官方|媒体|技术|执行|提供)*)"
    rf"(?P<verb>主办|承办|协办|举办|合办|召开|举行|指导|支持)(?P<second>[、和及]?(?:承办|协办|主办))?"
)
# 主办单位：A、B   主办方为A
_HEADER = scanning(
    r"(?P<adverb>联合|共同|执行|学术|战略)?(?P<verb>主\s*办|承\s*办|协\s*办|指\s*导|支\s*持)(?P<second>)\s*(?:单\s*位|方|机构|院校|媒体)?(?:名单)?(?:共?有?[两二三四五六七八九十\d]+[家个])?\s*(?:[】\]]|[:：]|,?分别[为是]|为|是|包括|有|(?<=单位|机构)(?:\s+(?=[\ue002\ue005])|\s*$))[:：]?\s*"
)
# A label says nothing else, whatever stands around it.
_LABEL = re.compile(r"(?:单\s*位|机构).*[:】\]为]")
_NAMES = re.compile(
    r"(?!.*(?:单位|机构|时间|地点|主题|日程|议程|嘉宾))\s*(?:[\ue002\ue005](?:[\s、,;和及]*[\ue002\ue005])*(?:\([^()]*\))?[;、,]?"
    r"|[^。!?:,、\ue001-\ue005]{2,24})\s*"
)
# The foot of a web page names who runs the site.
_SITE = re.compile(r"网站标识码|ICP备|备案号|版权所有|网站管理|Copyright", re.IGNORECASE)
# A、B作为联合承办方   以A为支持单位   A提供学术支持
_AS = scanning(
    r"(?:等[^,。;]{0,12}?)?(?:作为|为|担任|任|是)(?:本次|本届|此次)?(?:活动|大会|论坛|会议|赛事)?的?"
    r"(?P<adverb>联合|共同|国际|战略|学术|独家|特别)*(?P<verb>主办|承办|协办|支持|指导)(?P<second>)(?:单位|方|机构|媒体)"
    r"|(?:等[^,。;]{0,12}?)?(?:共同|联合)?(?:提供|给予|予以)了?(?P<adverb2>学术|技术|战略|大力|特别|媒体|联合)*(?P<verb2>支持|指导)"
)


def facts(context: Context) -> Iterator[Fact]:
    """Facts of the hosting family; several hosts of one forum are co-hosts."""
    found = list(_found(context))
    hosts: dict[int, set[int]] = defaultdict(set)
    for fact in found:
        # 主办：A、联合主办：B: A has others beside it.
        if fact.type is RelationType.HOSTED_BY or (fact.rule == "hosting.header" and fact.role in _HOST_TOGETHER):
            hosts[fact.head].add(fact.tail)
    for fact in found:
        if fact.type is RelationType.HOSTED_BY and len(hosts[fact.head]) > 1:
            yield replace(fact, type=RelationType.CO_HOSTED_BY)
        else:
            yield fact


def _found(context: Context) -> Iterator[Fact]:
    for masked in context.sentences:
        if _SITE.search(masked.text):
            continue
        for match in _HEADER.finditer(masked.text):
            parties = listed_after(masked, match.end(), PARTY) or _below(context, masked, match)
            label = _LABEL.search(match[0])
            yield from _facts(context, masked, match, parties, "hosting.header", *([CERTAIN] if label else []))
        for match in _AS.finditer(masked.text):
            parties = listed_before(masked, match.start(), PARTY)
            yield from _facts(context, masked, match, parties, "hosting.as")
        for match in _VERB.finditer(masked.text):
            parties = listed_before(masked, match.start(), PARTY)
            if parties and _is_congratulated(masked, match, parties):
                yield from _facts(context, masked, match, parties, "hosting.congratulated", CERTAIN)
            elif parties and _is_host(masked, match, parties):
                yield from _facts(context, masked, match, parties, "hosting.verb")


def _below(context: Context, masked: Masked, header: re.Match[str]) -> list[Named]:
    """The parties in the lines below a label that ends its line, each line nothing but names."""
    found: list[Named] = []
    if masked.text[header.end() :].strip():
        return found
    for sentence in context.sentences[masked.number + 1 :]:
        if sentence.section != masked.section or not _NAMES.fullmatch(sentence.text):
            break
        found += sentence.within(0, len(sentence.text), *PARTY)
    return found


def _is_congratulated(masked: Masked, match: re.Match[str], parties: list[Named]) -> bool:
    """祝贺中国成功举办F: places too are hosts here."""
    if match["verb"] not in ("主办", "举办", "召开", "举行"):
        return False
    before = masked.text[: parties[0].index].rstrip('“”"《》')
    takes_forum = re.match(rf"(?:了|的|好)?(?:[“《\"]?{_F}|[本此这][次届])", masked.text[match.end() :])
    return bool(takes_forum) and re.search(r"(?:祝贺|支持|感谢|期待|欢迎)$", before) is not None


def _is_host(masked: Masked, match: re.Match[str], parties: list[Named]) -> bool:
    """举行 and 举办 need a forum as object or 由 before the parties; 指导 and 支持 need a phrase of their own."""
    verb, text = match["verb"], masked.text
    before = text[: parties[0].index].rstrip('“”"《》')
    after = text[match.end() :]
    if verb in ("指导", "支持"):
        return bool(
            re.search(r"(?:在|由|得到|获得|受)$", before) and re.match(r"(?:下|单位|$|,|、|。|;|的)", after)
        ) or bool(re.match(r"(?:下)?[,。;]", after) and re.search(r"[办导][,、]$", before))
    if verb in ("举办", "召开", "举行"):
        if before.endswith("由"):
            return True
        only_places = all(p.mention.type is EntityType.PLACE for p in parties)
        takes_forum = re.match(rf"(?:了|的)?[“《\"]?[^,。;]{{0,8}}?{_F}", after)
        # 在A、B联合召开的F上: 在 goes with 上, not with A.
        there = re.search(r"(?:在|于)$", before) and not after.startswith("的")
        together = any(word in match["adverb"] for word in ("联合", "共同"))
        return bool(takes_forum) and not there and (together or not only_places)
    return not re.search(r"(?:在|于)$", before) or before.endswith("由")


def _facts(
    context: Context,
    masked: Masked,
    match: re.Match[str],
    parties: list[Named],
    rule: str,
    confidence: float = 0.9,
) -> Iterator[Fact]:
    forum = _forum_of(context, masked, match)
    if forum is None:
        return
    groups = match.groupdict()
    adverb = groups["adverb"] or groups.get("adverb2") or ""
    verb = re.sub(r"\s", "", groups["verb"] or groups["verb2"])
    together = next((word for word in _TOGETHER.split("|") if word in adverb), "")
    for verb_, prefix in ((verb, together), ((groups["second"] or "").lstrip("、和及"), "")):
        if not verb_:
            continue
        type_ = _VERB_TYPES[verb_]
        if type_ is RelationType.HOSTED_BY and together:
            type_ = RelationType.CO_HOSTED_BY
        for party in parties:
            if party.thing != forum:
                role = prefix + verb_
                yield context.fact(type_, forum, party.thing, masked, match.span(), rule, confidence, role=role)


def _forum_of(context: Context, masked: Masked, match: re.Match[str]) -> int | None:
    """主办的F takes the forum after the verb, otherwise the one the sentence speaks of."""
    after = re.match(rf"(?:了|的|、|\d|年|月|日|[““《\"]|首届|本届)*{_F}", masked.text[match.end() :])
    if after:
        index = match.end() + after.end() - 1
        return next(n.thing for n in masked.names if n.index == index)
    forums = [n for n in masked.names if n.mention.type is EntityType.FORUM]
    if forums and forums[0].index > match.end() and masked.text[: forums[0].index].rstrip("“《").endswith(("的", "了")):
        # 由A主办，B承办的F: all verbs of the chain lead to the forum at its end.
        return forums[0].thing
    return context.forum_at(masked, match.start())
