"""在…举行、分论坛: where a forum is held, and which larger forum it is part of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extract.analysis import Fact
from extract.grammar.context import CERTAIN, Context, listed_after, listed_before
from extract.grammar.masked import Masked, Named, pattern
from graph.names.known import is_country
from graph.schema import EntityType, RelationType

__all__ = ["facts"]

_OPEN = (
    r"(?:举行|召开|开幕|举办|启幕|揭幕|闭幕|落幕|开启|拉开(?:帷幕|序幕)|成功|隆重|圆满|顺利|正式|如期|盛大|同步|开赛|开展|启动|收官"
    r"|亮相|登场|召集|进行|盛装|落下帷幕)"
)
_PLACES = r"(?P<places>{L}(?:[·、和与及]?[^,。;、{L}]{{0,6}}?{L})*)".replace("{{", "{").replace("}}", "}")
_IN = pattern(rf"(?:在|于|落户|移师|走进)(?:主会场|首都|古城|古都)?{_PLACES}[^,。;]{{0,14}}?{_OPEN}")
_ADDRESS = pattern(
    r"(?:会议|举办|论坛|活动|大会|举行|展览)?(?:地点|地址|会场)\s*[:：为]\s*(?P<places>{L}(?:[^。;\n]{0,6}{L})*)"
)
_HEADLINE = pattern(rf"{{F}}(?P<places>{{L}})(?:{_OPEN}|走进)")
# 在上海出席Ⓕ tells where Ⓕ is, 在人民大会堂会见来华出席Ⓕ的… does not.
_ATTENDING = pattern(r"(?:在|赴|于|抵达|来){L}?(?P<places>{L})[^,。;见来同]{0,6}(?:出席|参加)[“《]?{F}")
# 在Ⓛ会见…，出席Ⓕ: a journey's report.
_ON_THE_WAY = pattern(
    r"在{L}?(?P<places>{L})(?:会见|同|与)[^。;来]{0,80},[^,。;来]{0,20}(?:出席|主持召开|共同主持|参加)[“《]?{F}"
)
_MEETS = re.compile(r"(?:分别|集体)?(?:会见|会谈|同.{1,30}(?:会谈|举行))")
_SUB = re.compile(
    r"(?:分论坛|平行论坛|专题论坛|主题论坛|子论坛|专场|同期|系列活动|配套活动|边会|之一|重要组成部分|重要活动|框架下)"
)
_SUB_NAME = re.compile(r"(?:分论坛|平行论坛|专题论坛|子论坛|边会|分会场|专场|平行会议)")
_ALONGSIDE = re.compile(
    r"(?:同期|期间|其间|同步|配套|框架下|随后|会前|会后|当天|下午|晚间|次日|还)(?:的)?(?:将|还|先后|相继|另)*(?:举行|举办|召开|进行|开展|设|举行了|举办了)?(?:的|了)?[“《]?$"
)
_HAS_PART = re.compile(
    r"[”》]?(?:\([^()]*\))?[^,。;]{0,6}?(?:期间|框架下|同期|开幕式后|首日|的(?:分论坛|平行论坛|重要组成部分|子活动|配套活动)|分论坛|平行论坛|系列活动|重要活动|专题活动"
    r"|活动之一|之一|设有?|设置|包括|下设|下的|还将举办)"
)

# …交易会|全球服务贸易峰会: a name of its own, not 决赛 or 发布活动
_OWN_NAME = re.compile(r"^.{2,}(?:论坛|峰会|大会|年会|研讨会|对话会)$")
_FORUM = (EntityType.FORUM,)
# F的平行论坛: F is the whole.
_HAS = re.compile(r"[”》]?(?:的|期间|框架下|系列)(?:[^,。;]{0,8}?)(?:论坛|活动|会议|边会|专场)")
# 在为期五天的时间里,举办了Ⓕ、Ⓕ等活动
_HELD_AMONG = pattern(
    r"(?:举办|举行|开展|设有|设置|安排)了?(?P<parts>[“《]?{F}[”》]?(?:[、和][“《]?{F}[”》]?)*)等[^,。;]{0,8}(?:活动|板块|会议|{F})"
)
# 2031云溪大会的“未来健康”产业论坛
_OF = re.compile(r"[”》]?(?:的|期间的?)[“《]?")


def facts(context: Context) -> Iterator[Fact]:
    """HELD_IN and PART_OF."""
    for masked in context.sentences:
        for rule in (_IN, _ADDRESS, _ATTENDING, _HEADLINE, _ON_THE_WAY):
            for match in rule.finditer(masked.text):
                if rule is _IN and _MEETS.match(masked.text, match.end("places")):
                    continue
                at = match.end() - 1 if rule is _ON_THE_WAY else match.start()
                forum = context.forum_at(masked, at)
                forums = context.forums_at(masked, at) if rule is _ON_THE_WAY else () if forum is None else (forum,)
                for place in _most_exact(context, masked.group(match, "places", EntityType.PLACE)):
                    held = RelationType.HELD_IN
                    for each in forums:
                        yield context.fact(held, each, place.thing, masked, match.span(), "venue.held-in", 0.85)
                        for city in _cities(context, place.thing):
                            yield context.fact(held, each, city, masked, match.span(), "venue.city-of-venue", 0.7)
        yield from _parts(context, masked)
        for match in _HELD_AMONG.finditer(masked.text):
            whole = context.topics[masked.number]
            parts = masked.group(match, "parts", EntityType.FORUM)
            if whole is not None:
                for part in parts:
                    yield context.fact(
                        RelationType.PART_OF, part.thing, whole, masked, match.span(), "venue.part-among", CERTAIN
                    )
    yield from _named_parts(context)


def _most_exact(context: Context, places: list[Named]) -> list[Named]:
    """The places without a country right before another of them: 瑞士达沃斯 → 达沃斯."""
    return [
        place
        for place, following in zip(places, [*places[1:], None], strict=True)
        if following is None
        or following.index != place.index + 1
        or not any(is_country(name) for name in context.things[place.thing].names)
    ]


def _cities(context: Context, venue: int) -> Iterator[int]:
    """The places that a venue's name begins with: 佛山潭洲国际会展中心 is in 佛山."""
    name = context.things[venue].names[0]
    for number, thing in enumerate(context.things):
        if thing.type is EntityType.PLACE and number != venue:
            bare = {re.sub(r"[省市区县]$", "", known) for known in thing.names}
            if any(len(known) > 1 and name.startswith(known) and len(name) > len(known) + 2 for known in bare):
                yield number


def _parts(context: Context, masked: Masked) -> Iterator[Fact]:
    forums = [n for n in masked.names if n.mention.type is EntityType.FORUM]
    for first, second in pairwise(forums):
        if first.thing == second.thing:
            continue
        between = masked.text[first.index + 1 : second.index]
        after = masked.text[second.index + 1 : second.index + 24]
        before = masked.text[max(0, first.index - 4) : first.index]
        span = (first.index, second.index)
        if re.match(r"[”》]?(?:\([^()]*\))?(?:作为|是|系|为|属于)", between) and _SUB.search(after):
            yield context.fact(RelationType.PART_OF, first.thing, second.thing, masked, span, "venue.part-as", 0.85)
        elif "作为" in before or _HAS_PART.match(between) or _OF.fullmatch(between):
            yield context.fact(RelationType.PART_OF, second.thing, first.thing, masked, span, "venue.part-of", CERTAIN)
            for other in listed_after(masked, second.index + 1, _FORUM):
                if other.thing != first.thing:
                    yield context.fact(
                        RelationType.PART_OF, other.thing, first.thing, masked, span, "venue.part-of", CERTAIN
                    )
    yield from _sub_forums(context, masked, forums)


def _sub_forums(context: Context, masked: Masked, forums: list[Named]) -> Iterator[Fact]:
    """分论坛, 平行论坛, 同期举办: a part of the forum that the passage is about."""
    topic = context.main_forum if masked.section == 0 else context.topics[masked.number]
    if topic is None:
        return
    for name in forums:
        if name.thing == topic or name.mention.source == "anaphor" or _HAS.match(masked.text, name.index + 1):
            continue
        words = context.things[name.thing].names[0] + masked.text[name.index + 1 : name.index + 8]
        lead = masked.text[max(0, name.index - 16) : name.index]
        whole = _whole_of(context, masked, name.thing, topic)
        beside = [*listed_before(masked, name.index, _FORUM), *listed_after(masked, name.index + 1, _FORUM)]
        listed = any(n.thing not in (name.thing, topic) for n in beside)
        if _SUB_NAME.search(words) or _ALONGSIDE.search(lead) or (listed and _SUB.search(masked.text[name.index :])):
            yield context.fact(
                RelationType.PART_OF, name.thing, whole, masked, (name.index, name.index), "venue.part-sub", CERTAIN
            )


def _whole_of(context: Context, masked: Masked, part: int, topic: int) -> int:
    """The forum that a 分论坛 is part of: a 论坛 named before it, where there is one, else the passage's topic."""
    if not context.things[part].names[0].endswith("分论坛"):
        return topic
    before = [n.thing for s in context.sentences[: masked.number + 1] for n in s.names]
    wholes = (
        thing
        for thing in reversed(before)
        if thing != part
        and context.things[thing].type is EntityType.FORUM
        and context.things[thing].names[0].endswith("论坛")
        and not _SUB_NAME.search(context.things[thing].names[0])
    )
    return next(wholes, topic)


def _named_parts(context: Context) -> Iterator[Fact]:
    """A forum whose name begins with another forum's name is part of it."""
    forums = [(i, t) for i, t in enumerate(context.things) if t.type is EntityType.FORUM]
    for i, part in forums:
        for j, whole in forums:
            rests = [a[len(b) :] for a in part.names for b in whole.names if a.startswith(b) and len(a) > len(b) + 2]
            rests = [rest for rest in rests if not rest.startswith("暨")]
            masked = next((s for s in context.sentences for n in s.names if n.thing == i), None)
            if i != j and rests and masked is not None:
                sure = CERTAIN if any(_OWN_NAME.search(rest) for rest in rests) else 0.8
                yield context.fact(RelationType.PART_OF, i, j, masked, (0, 0), "venue.part-named", sure)
