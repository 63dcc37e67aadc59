"""Invented articles with what an extractor would find in them, for tests of the graph and the API."""

from __future__ import annotations

from collections.abc import Sequence

from graph.schema import (
    Document,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Modality,
    Period,
    Relation,
    RelationType,
)


def article(
    key: str,
    text: str,
    names: dict[str, str | tuple[str, ...]],
    facts: Sequence[tuple[str, str, str] | tuple[str, str, str, dict[str, object]]] = (),
    *,
    date: str | None = "2031-05-20",
    title: str | None = None,
    source: str | None = "虚构日报",
) -> Extraction:
    """An extraction of ``text``.

    Args:
        key: the document's key.
        text: sentences of our own.
        names: local id to name, or to name and aliases; the first letter of the id is that of the type
            (p, o, f, i, l for Person, Organization, Forum, Initiative, Place).
        facts: relation, head, tail and, where wanted, more fields of `Relation`; ``quote`` picks the evidence.
        date: date of publication.
        title: headline.
        source: publisher.
    """
    letters = {"p": "Person", "o": "Organization", "f": "Forum", "i": "Initiative", "l": "Place"}
    entities = []
    for id, given in names.items():
        name, *aliases = (given,) if isinstance(given, str) else given
        start = text.find(name)
        spans = ((start, start + len(name)),) if start >= 0 else ()
        entities.append(Entity(id, EntityType(letters[id[0]]), name, tuple(aliases), spans))
    return Extraction(
        Document(key, text, title, date, source), tuple(entities), tuple(_relation(text, *fact) for fact in facts)
    ).validate()


def _relation(text: str, type: str, head: str, tail: str, more: dict[str, object] | None = None) -> Relation:
    fields: dict[str, object] = {"rule": "test", "confidence": 0.9, **(more or {})}
    quote = str(fields.pop("quote", text))
    start = text.index(quote)
    evidence = (Evidence(start, start + len(quote), quote),)
    if isinstance(date := fields.get("date"), str):
        fields["date"] = Period(date, date, "day")
    if isinstance(modality := fields.get("modality"), str):
        fields["modality"] = Modality(modality)
    return Relation(RelationType(type), head, tail, evidence=evidence, **fields)  # type: ignore[arg-type]


def newsroom() -> list[Extraction]:
    """Four articles around two editions of one forum; between them every type of entity."""
    return [
        article(
            "news/1.txt",
            "2031云溪智能论坛5月18日在云溪市开幕。论坛由云溪科学院主办，晨光大学承办。林知远在论坛上致辞。",
            {
                "f1": ("2031云溪智能论坛", "云溪智能论坛"),
                "l1": "云溪市",
                "o1": ("云溪科学院", "云科院"),
                "o2": "晨光大学",
                "p1": "林知远",
            },
            [
                ("HELD_IN", "f1", "l1", {"quote": "2031云溪智能论坛5月18日在云溪市开幕", "date": "2031-05-18"}),
                ("HOSTED_BY", "f1", "o1", {"quote": "论坛由云溪科学院主办", "role": "主办"}),
                ("ORGANIZED_BY", "f1", "o2", {"quote": "晨光大学承办", "role": "承办"}),
                ("SPEAKER_AT", "p1", "f1", {"quote": "林知远在论坛上致辞", "role": "致辞", "date": "2031-05-18"}),
            ],
            title="云溪智能论坛开幕",
            date="2031-05-19",
        ),
        article(
            "news/2.txt",
            "晨光大学与云科院签署合作协议。晨光大学校长苏沐在2031云溪智能论坛上发布“星河计划”。",
            {
                "o1": "晨光大学",
                "o2": ("云溪科学院", "云科院"),
                "p1": "苏沐",
                "f1": "2031云溪智能论坛",
                "i1": "星河计划",
            },
            [
                ("SIGNED_WITH", "o1", "o2", {"quote": "晨光大学与云科院签署合作协议", "at": "f1"}),
                ("AFFILIATED_WITH", "p1", "o1", {"quote": "晨光大学校长苏沐", "role": "校长"}),
                ("LAUNCHED", "p1", "i1", {"quote": "苏沐在2031云溪智能论坛上发布“星河计划”", "role": "发布"}),
                ("ANNOUNCED_AT", "i1", "f1", {"quote": "在2031云溪智能论坛上发布“星河计划”"}),
            ],
            title="两家机构签约",
            date="2031-05-20",
        ),
        article(
            "news/3.txt",
            "林知远此前在2031云溪智能论坛作报告。2032云溪智能论坛将由云溪科学院主办，苏沐不会出席。",
            {"p1": "林知远", "f1": "2031云溪智能论坛", "f2": "2032云溪智能论坛", "o1": "云溪科学院", "p2": "苏沐"},
            [
                ("SPEAKER_AT", "p1", "f1", {"quote": "林知远此前在2031云溪智能论坛作报告", "role": "报告"}),
                ("HOSTED_BY", "f2", "o1", {"quote": "2032云溪智能论坛将由云溪科学院主办", "modality": "planned"}),
                ("ATTENDED", "p2", "f2", {"quote": "苏沐不会出席", "modality": "denied"}),
            ],
            date="2031-06-02",
        ),
        article(
            "news/4.txt",
            "海岬研究所所长韩若水到访北原市。",
            {"o1": "海岬研究所", "p1": "韩若水", "l1": "北原市"},
            [("AFFILIATED_WITH", "p1", "o1", {"quote": "海岬研究所所长韩若水", "role": "所长"})],
            date=None,
            source=None,
        ),
    ]
