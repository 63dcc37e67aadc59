"""The pipeline refuses a wrong order, and an extraction is complete, legal and repeatable."""

from __future__ import annotations

import pytest

from extract import Extractor, PipelineOrderError
from extract.pipeline import Component, Pipeline
from graph.schema import Document, EntityType, InvalidRecord, Modality, RelationType

ARTICLE = """2025东湖智能制造大会在武汉开幕

6月12日，2025东湖智能制造大会在武汉国际博览中心举行。大会由湖北省人民政府、中国机械工程学会联合主办，武汉市人民政府承办。
湖北省副省长汪明远出席并致辞，华中科技大学教授陈立群作主题演讲。原定出席的李春来因故未能出席。
会上，武汉市人民政府与东湖科技股份有限公司签署战略合作协议。
"""


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def test_a_component_before_what_it_needs_is_refused() -> None:
    late = Component("late", lambda analysis: analysis, needs=frozenset({"tokens"}))
    with pytest.raises(PipelineOrderError, match="'late' needs tokens") as caught:
        Pipeline([late])
    assert caught.value.missing == ["tokens"]


def test_facts_carry_quote_rule_and_role(extractor: Extractor) -> None:
    extraction = extractor.extract(Document("d", ARTICLE, date="2025-06-12"))
    names = {entity.id: entity.name for entity in extraction.entities}
    facts = {(r.type, names[r.head], names[r.tail]): r for r in extraction.relations}
    hosted = facts[RelationType.CO_HOSTED_BY, "2025东湖智能制造大会", "湖北省人民政府"]
    assert hosted.role == "联合主办"
    assert hosted.rule.startswith("hosting.")
    assert "联合主办" in hosted.evidence[0].quote
    assert (RelationType.ORGANIZED_BY, "2025东湖智能制造大会", "武汉市人民政府") in facts
    assert (RelationType.SPEAKER_AT, "汪明远", "2025东湖智能制造大会") in facts
    assert (RelationType.AFFILIATED_WITH, "陈立群", "华中科技大学") in facts


def test_quotes_are_verbatim_and_mentions_are_names(extractor: Extractor) -> None:
    extraction = extractor.extract(Document("d", f"<p>{ARTICLE}</p>"))
    text = extraction.document.text
    for relation in extraction.relations:
        for evidence in relation.evidence:
            assert text[evidence.start : evidence.end] == evidence.quote
    for entity in extraction.entities:
        spelled = {text[start:end] for start, end in entity.mentions}
        assert spelled == {entity.name, *entity.aliases}


def test_who_did_not_come_is_not_said_to_have_come(extractor: Extractor) -> None:
    extraction = extractor.extract(Document("d", ARTICLE))
    names = {entity.id: entity.name for entity in extraction.entities}
    of_li = [r for r in extraction.relations if names[r.head] == "李春来" and r.type is RelationType.ATTENDED]
    assert all(relation.modality is Modality.DENIED for relation in of_li)


def test_the_same_text_gives_the_same_result(extractor: Extractor) -> None:
    document = Document("d", ARTICLE)
    assert extractor.extract(document).to_json() == Extractor().extract(document).to_json()


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "。", "hello world", "🙂🙂", "/n, a/v, b]", "《》“”（）", "、" * 3000]
)
def test_text_without_facts_gives_none(extractor: Extractor, text: str) -> None:
    extraction = extractor.extract(Document("d", text))
    assert extraction.relations == ()


def test_a_quote_that_is_not_in_the_text_is_refused(extractor: Extractor) -> None:
    record = extractor.extract(Document("d", ARTICLE)).to_json(with_text=True)
    record["relations"][0]["evidence"][0]["quote"] = "并无此句"
    with pytest.raises(InvalidRecord, match="the quote is not in the text"):
        type(extractor.extract(Document("d", ""))).from_json(record)


def test_every_entity_type_is_found(extractor: Extractor) -> None:
    text = ARTICLE + "大会发布《东湖智能制造倡议》。"
    found = {entity.type for entity in extractor.extract(Document("d", text)).entities}
    assert found == set(EntityType)
