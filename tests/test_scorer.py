"""The relation model drops and adds facts, within what is legal and what the grammar denies."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import Extractor
from extract.analysis import Analysis, Fact, Reason
from extract.errors import ModelError
from extract.evaluate import Gold
from extract.grammar import find_facts
from extract.grammar.context import Context
from extract.scorer import model, score_facts
from extract.scorer.candidates import find_candidates
from extract.scorer.decide import ADD, KEEP, decide, rejections
from extract.scorer.examples import annotated
from extract.scorer.model import Scored
from extract.scorer.pairs import HUBS, Candidates
from extract.sentences import split_sentences
from extract.text import clean
from graph.schema import RELATIONS, Document, Modality, RelationType

ARTICLE = """2025东湖智能制造大会在武汉开幕

6月12日，2025东湖智能制造大会在武汉国际博览中心举行。大会由湖北省人民政府、中国机械工程学会联合主办，武汉市人民政府承办。
湖北省副省长汪明远出席并致辞，华中科技大学教授陈立群作主题演讲。原定出席的李春来因故未能出席。
会上，武汉市人民政府与东湖科技股份有限公司签署战略合作协议。武汉理工大学校长周子墨、江汉大学教授林书远先后登台。
"""
NAMES = {
    "Forum": ["2025东湖智能制造大会"],
    "Place": ["武汉", "武汉国际博览中心", "湖北省"],
    "Organization": [
        *(
            "湖北省人民政府",
            "中国机械工程学会",
            "武汉市人民政府",
            "华中科技大学",
            "东湖科技股份有限公司",
            "武汉理工大学",
        ),
        "江汉大学",
    ],
    "Person": ["汪明远", "陈立群", "李春来", "周子墨", "林书远"],
}


@pytest.fixture(scope="module")
def read() -> Analysis:
    """The article with its names and the facts of the grammar alone."""
    document = Document("d", ARTICLE, date="2025-06-12")
    names = [{"type": type_, "name": name} for type_, listed in NAMES.items() for name in listed]
    analysis = split_sentences(Analysis(document, clean(ARTICLE)))
    return find_facts(annotated(Gold(document, names, []), analysis))


@pytest.fixture(scope="module")
def found(read: Analysis) -> Candidates:
    return find_candidates(read)


def thing(analysis: Analysis, name: str) -> int:
    return next(number for number, thing in enumerate(analysis.things) if name in thing.names)


def test_the_same_document_gives_the_same_facts(read: Analysis) -> None:
    once, again = score_facts(read), score_facts(read)
    assert once.facts == again.facts
    assert once.facts


def test_the_shipped_model_agrees_with_clear_sentences(read: Analysis) -> None:
    forum = thing(read, "2025东湖智能制造大会")
    facts = {(f.type, f.head, f.tail) for f in score_facts(read).facts}
    assert (RelationType.SPEAKER_AT, thing(read, "汪明远"), forum) in facts
    assert (RelationType.CO_HOSTED_BY, forum, thing(read, "湖北省人民政府")) in facts
    assert (RelationType.ATTENDED, thing(read, "汪明远"), forum) not in facts


def test_candidates_have_legal_ends_only(found: Candidates) -> None:
    things = found.context.things
    for pair in found.pairs:
        for type_ in pair.types:
            head, tail = pair.ends(type_)
            assert head != tail
            assert things[head].type in RELATIONS[type_].heads
            assert things[tail].type in RELATIONS[type_].tails


def test_every_relation_has_candidates() -> None:
    assert {type_ for types in HUBS.values() for type_ in types} == set(RelationType)


def test_what_the_grammar_denies_stays_denied(read: Analysis, found: Candidates) -> None:
    forum, person = thing(read, "2025东湖智能制造大会"), thing(read, "李春来")
    [denied] = [f for f in read.facts if f.modality is Modality.DENIED]
    assert (denied.head, denied.tail) == (person, forum)
    sure = [Scored(type_, person, forum, 0.99, 1) for type_ in (RelationType.ATTENDED, RelationType.SPEAKER_AT)]
    facts = decide(found.context, read.facts, sure)
    assert [f for f in facts if person in (f.head, f.tail)] == [denied]


def test_a_pair_is_added_with_its_sentence_and_not_where_its_clause_denies_it(
    read: Analysis, found: Candidates
) -> None:
    forum, person = thing(read, "2025东湖智能制造大会"), thing(read, "林书远")
    last = len(read.sentences) - 1
    [fact] = decide(found.context, (), [Scored(RelationType.SPEAKER_AT, person, forum, 0.83, last)])
    assert (fact.rule, fact.confidence, fact.modality) == ("model.speaker_at", 0.83, Modality.HELD)
    assert "林书远先后登台" in read.text[fact.start : fact.end]
    absent = thing(read, "李春来")
    sentence = next(s.number for s in found.context.sentences if absent in {n.thing for n in s.names})
    assert decide(found.context, (), [Scored(RelationType.ATTENDED, absent, forum, 0.99, sentence)]) == ()


def test_a_doubtful_fact_goes_and_a_speaker_is_no_guest(read: Analysis, found: Candidates) -> None:
    forum, person = thing(read, "2025东湖智能制造大会"), thing(read, "陈立群")
    fact = Fact(RelationType.ATTENDED, person, forum, "test.rule", 0.9, 0, 5)

    def standing(guest: float, speaker: float) -> list[tuple[RelationType, str]]:
        scored = [
            Scored(RelationType.ATTENDED, person, forum, guest, 1),
            Scored(RelationType.SPEAKER_AT, person, forum, speaker, 1),
        ]
        return [(f.type, f.rule) for f in decide(found.context, [fact], scored)]

    assert standing(0.05, 0.1) == []
    assert standing(0.5, 0.1) == [(RelationType.ATTENDED, "test.rule")]
    assert standing(0.5, 0.9) == [(RelationType.SPEAKER_AT, "model.speaker_at")]


def test_what_does_not_stand_says_why(read: Analysis, found: Candidates) -> None:
    forum, absent = thing(read, "2025东湖智能制造大会"), thing(read, "李春来")
    speaker, guest, maybe = (thing(read, name) for name in ("陈立群", "周子墨", "林书远"))
    sentence = next(s.number for s in found.context.sentences if absent in {n.thing for n in s.names})
    speaks, attends = RelationType.SPEAKER_AT, RelationType.ATTENDED
    facts = [Fact(attends, guest, forum, "test.rule", 0.9, 0, 5), Fact(attends, speaker, forum, "test.rule", 0.9, 0, 5)]
    scored = [
        Scored(attends, guest, forum, 0.0999, 1),
        Scored(attends, speaker, forum, 0.5, 1),
        Scored(speaks, speaker, forum, 0.9, 1),
        Scored(speaks, maybe, forum, 0.3, 2),
        Scored(attends, maybe, forum, 0.6499, 2),
        Scored(speaks, guest, forum, 0.09, 1),
        Scored(attends, absent, forum, 0.99, sentence),
    ]
    standing = decide(found.context, facts, scored)
    assert [(f.type, f.head) for f in standing] == [(speaks, speaker)]
    rejected = rejections(found.context, facts, scored, standing)
    assert [(r.fact.type, r.fact.head, r.fact.rule, r.fact.confidence, r.threshold, r.reason) for r in rejected] == [
        (attends, guest, "test.rule", 0.099, KEEP, Reason.UNLIKELY),
        (attends, speaker, "test.rule", 0.5, KEEP, Reason.SPEAKER),
        (attends, absent, "model.attended", 0.99, ADD, Reason.DENIED),
        (attends, maybe, "model.attended", 0.649, ADD, Reason.UNLIKELY),
        (speaks, maybe, "model.speaker_at", 0.3, ADD, Reason.UNLIKELY),
    ]


def test_a_symmetric_relation_comes_once(read: Analysis, found: Candidates) -> None:
    a, b = sorted((thing(read, "武汉市人民政府"), thing(read, "东湖科技股份有限公司")))
    signed = next(n for n, sentence in enumerate(found.context.sentences) if "签署" in sentence.text)
    both = [Scored(RelationType.SIGNED_WITH, *ends, p, signed) for ends, p in (((b, a), 0.9), ((a, b), 0.8))]
    [fact] = decide(found.context, (), both)
    assert (fact.head, fact.tail, fact.confidence) == (a, b, 0.9)


def test_a_document_without_names_has_no_facts() -> None:
    for text in ("", "\n", "今天天气很好。"):
        analysis = Extractor().analyse(Document("d", text))
        assert score_facts(analysis).facts == ()
        assert find_candidates(analysis).pairs == []
        assert Context(analysis).main_forum is None


def test_a_model_survives_writing_and_reading(tmp_path: Path, found: Candidates) -> None:
    shipped = model.load()
    model.write(shipped, tmp_path / "a.npz")
    model.write(model.read(tmp_path / "a.npz"), tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    assert model.read(tmp_path / "a.npz").score(found) == shipped.score(found)


@pytest.mark.parametrize("damage", [b"", b"PK", b"no model at all"])
def test_a_damaged_model_is_refused(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "damaged.npz"
    path.write_bytes(damage)
    with pytest.raises(ModelError) as caught:
        model.read(path)
    assert caught.value.path == path


def test_a_cut_or_missing_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.npz"
    model.write(model.load(), path)
    path.write_bytes(path.read_bytes()[:-1000])
    for name in ("cut.npz", "missing.npz"):
        with pytest.raises(ModelError):
            model.read(tmp_path / name)
