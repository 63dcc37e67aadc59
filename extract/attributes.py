"""How far the roles, modalities and dates of right relations agree with the gold (属性).

Roles and titles are compared after NFKC, in simplified characters, without marks and spaces. They agree strictly when
they are equal; leniently also when one holds the other (主旨演讲, 演讲), or when both are words of one kind: 主办 and
举办, 致辞 and 讲话. A title that holds the other after 副, 前, 名誉 or the like names another post. Dates agree when
both days and the precision are the same. A gold relation without ``modality`` was held; one without ``date`` is not
judged, and with ``"date": null`` has none in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from extract.text import simplified
from graph.schema import Modality, RelationType

__all__ = ["Attributes", "Dates", "Modalities", "Roles", "agree"]

_MARKS = re.compile(r"[\W_]+")
# The post that a title holds behind one of these is another one: 副校长 is no 校长.
_OTHER_POST = re.compile(r"(?:副|前|前任|原|代|候任|名誉|助理)$")
_LAUNCH = (
    "发布|公布|首发|印发|发表|出台",
    "启动|推出|实施|上线",
    "发起|提出|倡议",
    "成立|揭牌|挂牌|共建|建设|组建|设立",
)
_HOST = ("协办", "主办|举办|合办|举行|召开")
_KINDS: Mapping[str, tuple[str, ...]] = {
    RelationType.SPEAKER_AT: (
        "宣读|代读",
        "圆桌|对话|讨论",
        "演讲|报告|主旨|主讲|讲者|讲座|授课|分享|推介",
        "致|讲话|发言|贺",
        "说|讲|称|表示|介绍|指出|强调|认为|透露|呼吁|提出|通报",
    ),
    RelationType.ATTENDED: (
        "主持|主席",
        "展|亮相",
        "出席|参加|参会|与会|到会|到场|列席|莅临|见证|受邀|应邀|参观",
    ),
    RelationType.HOSTED_BY: _HOST,
    RelationType.CO_HOSTED_BY: _HOST,
    RelationType.ORGANIZED_BY: ("承办",),
    RelationType.SUPPORTED_BY: ("指导", "支持|赞助"),
    RelationType.SIGNED_WITH: ("备忘录", "合同", "协议|签"),
    RelationType.LAUNCHED: _LAUNCH,
    RelationType.ANNOUNCED_AT: _LAUNCH,
    RelationType.MEMBER_OF: ("加入|签署|签约|参加", "成员|会员|理事|单位|响应|试点"),
}


@dataclass(slots=True)
class Roles:
    """Right relations whose gold has a role: how many agree strictly, agree leniently, and have none."""

    count: int = 0
    strict: int = 0
    lenient: int = 0
    none: int = 0

    def to_json(self) -> dict[str, float]:
        """Shares of the count, rounded to four digits."""
        return {
            "strict": _share(self.strict, self.count),
            "lenient": _share(self.lenient, self.count),
            "none": _share(self.none, self.count),
            "gold": self.count,
        }


@dataclass(slots=True)
class Modalities:
    """``table[gold, said]`` counts relations; ``said`` is None where the system has no such relation."""

    table: Counter[tuple[Modality, Modality | None]] = field(default_factory=Counter)

    @property
    def annotated(self) -> bool:
        """Whether the gold tells planned or denied facts from held ones."""
        return any(gold is not Modality.HELD for gold, _ in self.table)

    def to_json(self) -> dict[str, Any]:
        """Accuracy over the relations found, precision and recall of each modality among them, and the table."""
        found = sum(n for (_, said), n in self.table.items() if said)
        right = sum(n for (gold, said), n in self.table.items() if gold is said)
        by_modality = {}
        for mode in Modality:
            hits = self.table[mode, mode]
            said = sum(n for (_, other), n in self.table.items() if other is mode)
            gold = sum(n for (other, said_), n in self.table.items() if other is mode and said_)
            by_modality[mode.value] = {
                "p": _share(hits, said),
                "r": _share(hits, gold),
                "f1": _share(2 * hits, said + gold),
                "gold": gold,
            }
        table = {
            gold.value: {(said.value if said else "none"): self.table[gold, said] for said in (*Modality, None)}
            for gold in Modality
        }
        return {"accuracy": _share(right, found), "found": found, **by_modality, "table": table}


@dataclass(slots=True)
class Dates:
    """Right relations whose gold has a date (``dated``) or says that the text has none (``undated``)."""

    dated: int = 0
    same: int = 0
    overlapping: int = 0
    none: int = 0
    undated: int = 0
    invented: int = 0

    def to_json(self) -> dict[str, float]:
        """Shares, rounded to four digits: of the dated, and for ``invented`` of the undated."""
        return {
            "same": _share(self.same, self.dated),
            "overlapping": _share(self.overlapping, self.dated),
            "none": _share(self.none, self.dated),
            "gold": self.dated,
            "invented": _share(self.invented, self.undated),
            "undated": self.undated,
        }


@dataclass(slots=True)
class Attributes:
    """Roles by relation type, modalities and dates of the relations of all documents."""

    roles: dict[str, Roles] = field(default_factory=lambda: defaultdict(Roles))
    modalities: Modalities = field(default_factory=Modalities)
    dates: Dates = field(default_factory=Dates)

    def add_right(self, gold: Mapping[str, Any], said: Mapping[str, Any], name: str) -> Iterator[str]:
        """Count a right relation's role and date, and yield what is wrong with them; ``name`` is the relation's."""
        role = gold.get("role", gold.get("title"))
        if role:
            yield from self._add_role(gold["type"], role, said.get("role") or "", name)
        if "date" in gold:
            yield from self._add_date(gold["date"], said.get("date"), name)

    def add_modality(self, gold: Mapping[str, Any], said: Mapping[str, Any] | None, name: str) -> Iterator[str]:
        """Count the modality of a gold relation, found or not, and yield a wrong one."""
        wanted = Modality(gold.get("modality", Modality.HELD))
        given = Modality(said.get("modality", Modality.HELD)) if said is not None else None
        self.modalities.table[wanted, given] += 1
        if given not in (wanted, None):
            yield f"{given} where the gold says {wanted}: {name}"

    def to_json(self) -> dict[str, Any]:
        """The figures; those without anything annotated are left out."""
        figures: dict[str, Any] = {}
        if self.roles:
            total = Roles()
            for roles in self.roles.values():
                total.count, total.strict = total.count + roles.count, total.strict + roles.strict
                total.lenient, total.none = total.lenient + roles.lenient, total.none + roles.none
            figures["roles"] = {"*": total.to_json(), **{t: self.roles[t].to_json() for t in sorted(self.roles)}}
        if self.modalities.annotated:
            figures["modality"] = self.modalities.to_json()
        if self.dates.dated or self.dates.undated:
            figures["dates"] = self.dates.to_json()
        return figures

    def _add_role(self, type_: str, gold: str, said: str, name: str) -> Iterator[str]:
        roles = self.roles[type_]
        strict, lenient = agree(type_, gold, said)
        roles.count += 1
        roles.strict += strict
        roles.lenient += lenient
        roles.none += not said
        if not lenient:
            yield f"role {said or 'missing'} where the gold says {gold}: {name}"

    def _add_date(self, gold: Mapping[str, str] | None, said: Mapping[str, str] | None, name: str) -> Iterator[str]:
        dates = self.dates
        if gold is None:
            dates.undated += 1
            dates.invented += said is not None
        else:
            dates.dated += 1
            dates.same += gold == said
            dates.overlapping += said is not None and said["from"] <= gold["to"] and gold["from"] <= said["to"]
            dates.none += said is None
        if gold != said:
            yield f"date {_shown(said)} where the gold says {_shown(gold)}: {name}"


def agree(type_: str, gold: str, said: str) -> tuple[bool, bool]:
    """Whether two roles (titles with AFFILIATED_WITH) of a relation type agree strictly, and leniently."""
    a, b = _plain(gold), _plain(said)
    if a == b or not a or not b:
        return a == b, a == b
    short, long = sorted((a, b), key=len)
    place = long.find(short)
    if len(short) > 1 and place >= 0:
        return False, type_ != RelationType.AFFILIATED_WITH or not _OTHER_POST.search(long[:place])
    kind = _kind(type_, a)
    return False, kind is not None and kind == _kind(type_, b)


def _plain(role: str) -> str:
    return _MARKS.sub("", simplified(unicodedata.normalize("NFKC", role)))


def _kind(type_: str, role: str) -> int | None:
    return next((n for n, words in enumerate(_KINDS.get(type_, ())) if re.search(words, role)), None)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _shown(date: Mapping[str, str] | None) -> str:
    return f"{date['from']}/{date['to']} ({date['precision']})" if date else "none"
