"""任职: which body or place a person holds a post in, read from the words before the name.

，上海市委常委、副市长陈杰，      segment  Ⓞ常委、副市长 | Ⓟ
中国工程院院士、清华大学教授郑纬民   segment  Ⓞ院士、Ⓞ教授 | Ⓟ
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.analysis import Fact
from extract.grammar.context import PARTY, Context
from extract.grammar.masked import MASKS, Masked, Named
from graph.schema import EntityType, Modality, RelationType

__all__ = ["TITLE", "facts"]

_P, _O, _L = (MASKS[t] for t in (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE))
# The last word of a title: what people hold, not what they do.
TITLE = (
    r"(?:主席|书记|[^队]长|队长|教授|院士|委员|常委|总理|总统|首相|国王|大臣|总裁|总监|经理|主任|主管|研究员|工程师|会计师|科学家|经济师|分析师|架构师|设计师|"
    r"顾问|专家|学者|博士|博士生|研究生|博士后|硕士生|学生|讲师|老师|教师|医生|医师|律师|代表|特使|大使|公使|参赞|领事|专员|干事|秘书|发言人|负责人|创始人|"
    r"合伙人|联合创始人|董事|理事|监事|院长|校长|所长|会长|社长|部长|局长|厅长|处长|司长|市长|省长|县长|区长|州长|镇长|村长|馆长|台长|行长|总编辑|主编|总编|主笔|"
    r"首席执行官|首席技术官|首席运营官|执行官|技术官|运营官|财务官|科学官|信息官|官员|CEO|CTO|COO|CFO|CIO|VP|总工|总师|帅|议员|议长|酋长|亲王|外长|防长|财长|领导|"
    r"领导人|元首|成员|组员|助理|掌门人|带头人|牵头人|召集人|主持人|获得者|得主|传承人|编辑|记者|高管|干部|参事|巡视员|调研员|督察|检察官|法官|作家|诗人|演员|导演|运动员|教练|总书记)"
)
_TITLE_END = re.compile(TITLE + r"[”\"]?(?:兼)?$")
# Words that end the search to the left: what stands before them belongs to another phrase.
_CUT = re.compile(
    r"由|是|与|和|同|邀请|会见|包括|以及|介绍|表示|任命|聘请|向|对|[^执研]行的|中的|会上|上午|下午|日电|讯|其中|来自|作为|有|及|,|:|。|;|\(|\)|并|到|经|受|让|请|给|会谈|陪同|以|了|当"
)
# Officials of a place named by a post beside a party post: 杭州市委副书记、市长 → 杭州市.
_PLACE_POST = re.compile(r"(?:^|、|兼|,)((?:代理?|常务)?(?:副)?(?:市长|省长|州长|县长|区长|镇长|盟长|旗长))")
_AFTER = re.compile(rf"{_P}[,、]?(?:\(|现?(?:任|为|是|担任|出任)|当选(?:为)?|受聘为|被?任命为|获聘(?:为)?|兼任)")


def facts(context: Context) -> Iterator[Fact]:
    """Facts from titles before names, in brackets after them, and from 任 and its like."""
    for masked in context.sentences:
        inherited: list[tuple[Named, str]] = []
        previous: Named | None = None
        for name in masked.names:
            if name.mention.type is not EntityType.PERSON:
                continue
            posts, bare = _posts_before(masked, name, previous)
            if not posts and bare and previous is not None and inherited:
                posts = inherited
            for body, title in posts:
                yield _fact(context, masked, name, body, title, "affiliation.title-before")
            inherited, previous = posts, name
            yield from _after(context, masked, name)


def _posts_before(masked: Masked, name: Named, previous: Named | None) -> tuple[list[tuple[Named, str]], bool]:
    """The (body, title) pairs of the phrase before a name; and whether the name follows a list comma with no title."""
    left = previous.index + 1 if previous is not None else 0
    segment = masked.text[left : name.index]
    if previous is not None and re.fullmatch(r"[、和与及]|以及", segment):
        return [], True
    parties = masked.within(left, name.index, *PARTY)
    posts: list[tuple[Named, str]] = []
    end = name.index
    for party in reversed(parties):
        title = masked.text[party.index + 1 : end]
        core = title.strip('、 “”"').removeprefix("的")
        if not posts and not _TITLE_END.search(core):
            break
        if posts and not (_TITLE_END.search(core) or not core):
            break
        if _CUT.search(core) or "\n" in core or len(core) > 30:
            break
        posts.append((party, core))
        end = party.index
    posts.reverse()
    shared = ""
    result = []
    for party, title in reversed(posts):
        shared = title or shared
        result.append((party, title or shared))
    return result[::-1], False


def _after(context: Context, masked: Masked, name: Named) -> Iterator[Fact]:
    match = _AFTER.match(masked.text, name.index)
    if match is None:
        return
    rest = re.match(rf"[^,。;]{{0,6}}?([{_O}{_L}])([^,。;(){_P}]{{1,25}})", masked.text[match.end() :])
    if rest is None:
        return
    title = re.match(rf".*?{TITLE}(?:、[^、]*?{TITLE})*", rest[2])
    if title is None:
        return
    index = match.end() + rest.start(1)
    body = next(n for n in masked.names if n.index == index)
    yield _fact(context, masked, name, body, title[0], "affiliation.title-after")


def _fact(context: Context, masked: Masked, name: Named, body: Named, title: str, rule: str) -> Fact:
    return context.fact(
        RelationType.AFFILIATED_WITH,
        name.thing,
        body.thing,
        masked,
        (name.index, name.index),
        rule,
        0.9,
        role=title.strip("、") or None,
        modality=Modality.HELD,
    )
