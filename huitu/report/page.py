"""A report on one document as a web page of its own: names in the text, and for each relation its evidence.

The page needs no network and no server. All text goes through lxml, which escapes it; a policy in the page's head lets
only our own script and style run, by their hashes. The text is cut into pieces wherever a name, a sentence or a word
begins or ends; a row of a table names the pieces that it rests on, so that the script never counts characters.
"""

from __future__ import annotations

import base64
import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from lxml import etree
from lxml.html import tostring

from extract.analysis import Reason
from extract.explain import Explanation, Reading, Span
from graph.schema import ENTITY_NAMES_ZH, RELATIONS, Entity, Modality
from huitu.console import visible
from huitu.explanation import days

__all__ = ["render"]

_MODALITIES = {Modality.HELD: "", Modality.PLANNED: "计划 planned", Modality.DENIED: "否认 denied"}

_MARKS = {"evidence": "句子 sentence", "head": "从 from", "tail": "到 to", "trigger": "词 word"}


def render(explanation: Explanation) -> bytes:
    """The page, in UTF-8; the same explanation gives the same bytes."""
    page = _Page(explanation).page()
    return bytes(tostring(page, encoding="utf-8", doctype="<!doctype html>")) + b"\n"


def _element(tag: str, *children: str | etree._Element, **attributes: str) -> etree._Element:
    """An element; ``class_`` is written class, ``data_x`` data-x."""
    element = etree.Element(tag)
    for name, value in attributes.items():
        element.set(name.rstrip("_").replace("_", "-"), visible(value))
    for child in children:
        if not isinstance(child, str):
            element.append(child)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + visible(child)
        else:
            element.text = (element.text or "") + visible(child)
    return element


@cache
def _asset(name: str) -> str:
    return (files("huitu.report") / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


class _Page:
    def __init__(self, explanation: Explanation) -> None:
        self.explanation = explanation
        self.extraction = explanation.extraction
        self.document = self.extraction.document
        self.entities = {entity.id: entity for entity in self.extraction.entities}
        spans = [span for entity in self.extraction.entities for span in entity.mentions]
        for reading in (*explanation.facts, *explanation.rejected):
            spans += [*reading.heads, *reading.tails, *reading.triggers]
            spans += [(evidence.start, evidence.end) for evidence in reading.relation.evidence]
        self.cuts = sorted({0, len(self.document.text), *(place for span in spans for place in span)})

    def page(self) -> etree._Element:
        name = self.document.name or self.document.key
        title = self.document.title or name
        style, script = _asset("report.css"), _asset("report.js")
        policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'"
        head = _element(
            "head",
            _element("meta", charset="utf-8"),
            _element("meta", http_equiv="Content-Security-Policy", content=policy),
            _element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            _element("title", f"{title} · 会图 Huitu"),
            _element("style", style),
        )
        about = [name, self.document.date, self.document.source, self.document.url]
        header = _element(
            "header",
            _element("h1", title),
            _element("p", " · ".join(filter(None, about)), class_="soft"),
            self.legend(),
        )
        text = _element("section", *self.pieces(), id="text", aria_label="原文 Text")
        body = _element("body", header, _element("main", text, self.tables()), self.bar(), _element("script", script))
        return _element("html", head, body, lang="zh-Hans")

    def legend(self) -> etree._Element:
        entities = Counter(entity.type for entity in self.extraction.entities)
        mentions = Counter[str]()
        for entity in self.extraction.entities:
            mentions[entity.type] += len(entity.mentions)
        items = [
            _element("li", _element("span", f"{zh} {type_}", class_=type_), f" {entities[type_]} / {mentions[type_]}")
            for type_, zh in ENTITY_NAMES_ZH.items()
        ]
        items.append(_element("li", "实体 / 提及 entities / mentions", class_="soft"))
        items += [_element("li", _element("span", said, class_=mark)) for mark, said in _MARKS.items()]
        return _element("ul", *items, id="legend")

    def pieces(self) -> Iterator[etree._Element]:
        """The text; a piece of a name carries its type, the innermost first, and the ids of all it is part of."""
        mentions = sorted((s, -e, entity.id) for entity in self.extraction.entities for s, e in entity.mentions)
        inside: list[tuple[int, int, str]] = []
        waiting = iter([*mentions, (self.cuts[-1] + 1, 0, "")])
        following = next(waiting)
        for number, (start, end) in enumerate(zip(self.cuts, self.cuts[1:], strict=False)):
            inside = [mention for mention in inside if -mention[1] > start]
            while following[0] <= start:
                inside.append(following)
                following = next(waiting)
            piece = _element("span", self.document.text[start:end], id=f"s{number}", data_at=str(start))
            if inside:
                around = [self.entities[id] for _, _, id in sorted(inside, key=lambda m: (-m[1] - m[0], m[2]))]
                piece.set("class", " ".join([around[0].type, *(f"in-{entity.type}" for entity in around[1:])]))
                piece.set("data-e", " ".join(entity.id for entity in around))
                piece.set("title", visible("; ".join(f"{ENTITY_NAMES_ZH[e.type]} {e.name}" for e in around)))
            yield piece

    def tables(self) -> etree._Element:
        facts = list(self.explanation.facts)
        doubted = [r for r in self.explanation.rejected if not r.learned]
        pairs = [r for r in self.explanation.rejected if r.learned]
        sections = [
            self.relations("facts", "关系 Relations", facts),
            self.relations("doubted", "语法提出、模型否决 Found by the grammar, doubted by the model", doubted),
            self.relations("pairs", "规则未提出、模型没把握 Found by no rule, and the model is not sure", pairs),
            self.names(),
        ]
        return _element("section", *sections, id="tables")

    def relations(self, id: str, title: str, readings: list[Reading]) -> etree._Element:
        weight = "置信度 Confidence" if id == "facts" else "概率 Probability"
        columns = ("关系 Relation", "从 → 到 From → to", weight, "规则 Rule", "位置 Offsets")
        rows = [self.row(f"{id}-{number}", reading) for number, reading in enumerate(readings, 1)]
        return _table(id, f"{title} ({len(readings)})", columns, rows)

    def row(self, id: str, reading: Reading) -> etree._Element:
        relation = reading.relation
        head, tail = self.entities[relation.head], self.entities[relation.tail]
        evidence = relation.evidence[0]
        details = (
            relation.role,
            _MODALITIES[relation.modality],
            days(relation.date) if relation.date else None,
            f"于 {self.entities[relation.at].name}" if relation.at else None,
            f"题 {relation.topic}" if relation.topic else None,
        )
        weight = _sure(reading) if reading.reason is None else _doubt(reading)
        row = _element(
            "tr",
            _element(
                "td",
                _element("a", RELATIONS[relation.type].zh, href=f"#s{self.piece(evidence.start)}"),
                " ",
                _element("small", relation.type),
            ),
            _element(
                "td",
                _element("b", head.name),
                " → ",
                _element("b", tail.name),
                " ",
                _element("small", " · ".join(filter(None, details))),
            ),
            _element("td", weight),
            _element("td", relation.rule, " ", _element("small", "模型 model" if reading.learned else "语法 grammar")),
            _element("td", f"{evidence.start}–{evidence.end}"),
            id=id,
            data_ends=f"{head.id} {tail.id}",
            data_evidence=self.ranges([(evidence.start, evidence.end)]),
            data_head=self.ranges(reading.heads or _nearest(head, evidence.start)),
            data_tail=self.ranges(reading.tails or _nearest(tail, evidence.start)),
            data_trigger=self.ranges(reading.triggers),
        )
        if not (reading.heads and reading.tails):
            row.set("data-far", "")
        return row

    def names(self) -> etree._Element:
        rows = [
            _element(
                "tr",
                _element("td", _element("span", ENTITY_NAMES_ZH[entity.type], class_=entity.type)),
                _element("td", _element("a", entity.name, href=f"#s{self.piece(entity.mentions[0][0])}")),
                _element("td", "、".join(entity.aliases)),
                _element("td", str(len(entity.mentions))),
                data_entity=entity.id,
            )
            for entity in self.extraction.entities
        ]
        columns = ("类型 Type", "名称 Name", "别名 Aliases", "提及 Mentions")
        return _table("names", f"实体 Entities ({len(rows)})", columns, rows)

    def bar(self) -> etree._Element:
        """What is chosen, and the way to the next: on a small screen the table is out of sight."""
        return _element(
            "nav",
            _element("button", "‹", type="button", id="back", aria_label="上一条 Previous"),
            _element("output", id="chosen"),
            _element("button", "›", type="button", id="on", aria_label="下一条 Next"),
            _element("button", "×", type="button", id="clear", aria_label="清除 Clear"),
            id="bar",
            hidden="",
        )

    def piece(self, place: int) -> int:
        return bisect_left(self.cuts, place)

    def ranges(self, spans: Iterable[Span]) -> str:
        """The numbers of the pieces of each span, the end not included: ``3-5 8-9``."""
        return " ".join(f"{self.piece(start)}-{self.piece(end)}" for start, end in spans)


def _table(id: str, title: str, columns: Iterable[str], rows: list[etree._Element]) -> etree._Element:
    head = _element("thead", _element("tr", *(_element("th", column, scope="col") for column in columns)))
    section = _element("section", _element("h2", title), id=id)
    if rows:
        section.append(_element("table", head, _element("tbody", *rows)))
    return section


def _nearest(entity: Entity, place: int) -> list[Span]:
    """The last mention before a place, else the first: what a sentence that does not name the entity speaks of."""
    return [max((span for span in entity.mentions if span[0] < place), default=entity.mentions[0])]


def _sure(reading: Reading) -> str:
    changed = "" if reading.before is None else f", 依审核结果 by what was decided ({reading.before:g} before)"
    return f"{reading.relation.confidence:.2f}{changed}"


def _doubt(reading: Reading) -> str:
    probability = f"{reading.relation.confidence:.3f}"
    if reading.reason is Reason.UNLIKELY:
        return f"{probability} < {reading.threshold:g}"
    if reading.reason is Reason.DECIDED:
        return f"{probability} < {reading.threshold:g}, 依审核结果 by what was decided ({reading.before:g} before)"
    return f"{probability}, " + ("已是发言人 speaks there" if reading.reason is Reason.SPEAKER else "原文否认 denied")
