"""Every engine keeps the same contract, those of Huitu and those of other packages; what breaks it is told by name."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from language_model import LanguageModel, answered, data_of, running
from neural import Models

from extract import Engine, EngineError, Extractor, UnknownEngine
from extract.engines import ENGINES, engine
from extract.engines.foreign import Foreign
from extract.engines.joined import joined
from extract.engines.together import Ensemble, Policy
from extract.errors import ExtractionFailed
from extract.running import results
from extract.version import extractor_name
from graph.schema import Document, Entity, EntityType, Evidence, Extraction, Modality, Relation, RelationType

ROOT = Path(__file__).parents[1]
ARTICLE = """第三届云溪论坛在云溪举行

云溪，2025年7月18日——第三届云溪论坛由云溪大学主办。云溪大学校长沈知远出席并致辞。
会上，云溪大学与海川科技有限公司签署合作协议。
"""
DOCUMENT = Document("d", ARTICLE, date="2025-07-18")
Package = Callable[..., None]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    """Installs a package with engines: its name, its module's text, and what its entry points name."""
    monkeypatch.syspath_prepend(tmp_path)

    def install(name: str, text: str, **points: str) -> None:
        (tmp_path / f"{name}.py").write_text(text, "utf8")
        described = tmp_path / f"{name}-1.0.dist-info"
        described.mkdir()
        (described / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        lines = "".join(f"{point} = {target}\n" for point, target in points.items())
        (described / "entry_points.txt").write_text(f"[huitu.engines]\n{lines}")
        monkeypatch.delitem(sys.modules, name, raising=False)

    return install


@pytest.fixture
def example(package: Package) -> Engine:
    """The engine of docs/engines.md, from its package."""
    page = (ROOT / "docs" / "engines.md").read_text("utf8")
    code, point = (re.search(rf"```{kind}\n(.*?)```", page, re.DOTALL) for kind in ("python", "toml"))
    assert code is not None and point is not None
    group, name, target = re.findall(r'"(.*?)"\]\n(\w+) = "(.*?)"', point[1])[0]
    assert group == "huitu.engines"
    package(target.partition(":")[0], code[1], **{name: target})
    return engine(name)


@pytest.fixture
def hanlp1() -> Engine:
    return engine("hanlp1")


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[LanguageModel]:
    """A language model that the environment names."""
    with running() as model:
        for name, value in {"URL": model.url, "MODEL": "m", "CACHE": str(tmp_path / "cache"), "BELOW": "1"}.items():
            monkeypatch.setenv(f"HUITU_LLM_{name}", value)
        yield model


@pytest.fixture
def llm(model: LanguageModel) -> Engine:  # noqa: ARG001
    return engine("llm")


@pytest.fixture
def ensemble(llm: Engine) -> Engine:
    llm.close()
    return engine("hanlp1+llm")


@pytest.fixture
def second_opinion(llm: Engine) -> Engine:
    llm.close()
    return engine("hanlp1/llm")


@pytest.fixture
def hanlp2(models: Models, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setenv("HUITU_HANLP2_MODEL", str(models.joint))
    return engine("hanlp2")


@pytest.fixture(params=["hanlp1", "hanlp2", "example", "llm", "ensemble", "second_opinion"])
def any_engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    made: Engine = request.getfixturevalue(request.param)
    yield made
    made.close()


def test_an_engine_has_a_name_and_a_version_that_go_into_the_provenance(any_engine: Engine) -> None:
    assert any_engine.name and any_engine.version
    assert extractor_name(any_engine).endswith(f" {any_engine.name} {any_engine.version}")


def test_an_engine_finds_who_hosts_with_the_words_at_their_place(any_engine: Engine) -> None:
    extraction = any_engine.extract(DOCUMENT)
    names = {entity.id: entity.name for entity in extraction.entities}
    hosts = [each for each in extraction.relations if each.type is RelationType.HOSTED_BY]
    assert [(names[each.head], names[each.tail]) for each in hosts] == [("第三届云溪论坛", "云溪大学")]
    for relation in extraction.relations:
        assert relation.evidence and relation.rule and 0 <= relation.confidence <= 1
        for each in relation.evidence:
            assert each.quote and ARTICLE[each.start : each.end] == each.quote
    for entity in extraction.entities:
        spelled = {ARTICLE[start:end] for start, end in entity.mentions}
        assert spelled and spelled <= {entity.name, *entity.aliases}


def test_an_extraction_is_of_the_document_and_survives_json(any_engine: Engine) -> None:
    extraction = any_engine.extract(DOCUMENT)
    assert extraction.document == DOCUMENT
    assert Extraction.from_json(extraction.to_json(with_text=True)) == extraction.validate()


def test_every_claim_says_which_engines_found_it(any_engine: Engine) -> None:
    relations = any_engine.extract(DOCUMENT).relations
    parts = set(re.split("[+/@]", any_engine.name))
    assert relations and all(each.engines and set(each.engines) <= parts for each in relations)


def test_the_same_document_gives_the_same_result_or_it_is_said_why_not(any_engine: Engine) -> None:
    again = any_engine.extract(DOCUMENT)
    assert any_engine.extract(DOCUMENT) == again or any_engine.varies


@pytest.mark.parametrize("text", ["", " \n\n", "。", "hello world", "🙂" * 50, "\ud800", "{" * 5000])
def test_text_without_facts_gives_none(any_engine: Engine, text: str) -> None:
    document = Document("d", text)
    assert any_engine.extract(document) == Extraction(document)


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "🙂", "\u202e", "\r\n", "<p>", "</data-0>", "\ufeff", "Ａ１"])
def test_odd_characters_move_no_offset(any_engine: Engine, odd: str) -> None:
    text = f"{odd}{odd}第三届云溪论坛由云溪大学主办。{odd}"
    extraction = any_engine.extract(Document("d", text)).validate()
    assert any("云溪论坛" in text[start:end] for each in extraction.entities for start, end in each.mentions)
    assert [each.type for each in extraction.relations] == [RelationType.HOSTED_BY]


def test_a_text_that_is_none_fails_alone_and_by_name(any_engine: Engine) -> None:
    wrong = Document("wrong", None)  # type: ignore[arg-type]
    failed, found = results(any_engine, [wrong, DOCUMENT])
    assert isinstance(failed, ExtractionFailed) and failed.document == "wrong"
    assert any(f"engine '{name}'" in failed.problem for name in re.split("[+/]", any_engine.name))
    assert isinstance(found, Extraction) and found.relations


def test_many_documents_come_in_their_order(any_engine: Engine) -> None:
    documents = [replace(DOCUMENT, key=f"d{number}") for number in range(12)]
    found = list(results(any_engine, documents))
    assert [each.document for each in found] == documents


class Several(Engine):
    """Takes four documents at a time."""

    name, version, batch = "several", "1", 4

    def __init__(self) -> None:
        self.taken: list[int] = []

    def extract(self, document: Document) -> Extraction:
        if document.key == "d5":
            raise ExtractionFailed("d5", "as told")
        return Extraction(document)

    def extract_together(self, documents: Sequence[Document]) -> Sequence[Extraction | ExtractionFailed]:
        self.taken.append(len(documents))
        return super().extract_together(documents)


def test_an_engine_may_take_several_documents_at_a_time_and_one_that_fails_fails_alone() -> None:
    documents = [replace(DOCUMENT, key=f"d{number}") for number in range(10)]
    several = Several()
    found = list(results(several, documents))
    assert several.taken == [4, 4, 2]
    assert [number for number, each in enumerate(found) if isinstance(each, ExtractionFailed)] == [5]
    with pytest.raises(ExtractionFailed, match="as told"):
        list(several.extract_all(documents))
    assert next(several.extract_all(iter(documents))).document.key == "d0"


def test_the_example_is_ten_lines_of_work() -> None:
    page = (ROOT / "docs" / "engines.md").read_text("utf8")
    method = re.search(r"def extract.*?\n(.*?)```", page, re.DOTALL)
    assert method is not None and len(method[1].strip().splitlines()) <= 10


def test_an_unknown_engine_names_those_there_are(package: Package) -> None:
    package("one", "", one="one:One")
    with pytest.raises(UnknownEngine) as caught:
        engine("nothing")
    assert caught.value.known == sorted([*ENGINES, "one"])


def test_a_package_takes_no_built_in_engines_place(package: Package) -> None:
    package("shadow", "raise SystemExit('was loaded')", **dict.fromkeys(ENGINES, "shadow:Shadow"))
    assert type(engine("hanlp1")) is Extractor


def test_two_packages_with_one_name_are_refused(package: Package) -> None:
    package("one", "", own="one:One")
    package("two", "", own="two:Two")
    with pytest.raises(EngineError, match="package one, package two"):
        engine("own")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import nowhere", "ModuleNotFoundError"),
        ("", "no attribute 'Own'|has no attribute"),
        ("def Own(): raise RuntimeError('no key')", "RuntimeError: no key"),
        ("Own = dict", "makes dict"),
        ("from extract import Extractor as Own", "no extract.Engine of that name"),
    ],
)
def test_an_engine_that_cannot_be_made_is_told_with_its_package(package: Package, text: str, said: str) -> None:
    package("broken", text, own="broken:Own")
    with pytest.raises(EngineError, match=said) as caught:
        engine("own")
    assert "'own'" in caught.value.message and "package broken" in caught.value.message and caught.value.hint


class Own(Engine):
    """Returns what it is told to, or raises it."""

    name, version = "own", "1"

    def __init__(self, returned: object) -> None:
        self._returned = returned

    def extract(self, document: Document) -> Extraction:  # noqa: ARG002
        if isinstance(self._returned, Exception):
            raise self._returned
        return self._returned  # type: ignore[return-value]


THE_FORUM = Entity("e1", EntityType.FORUM, "第三届云溪论坛", (), ((0, 7),))
THE_HOST = Entity("e2", EntityType.ORGANIZATION, "云溪大学")
HOSTED = Relation(RelationType.HOSTED_BY, "e1", "e2", "own", 0.5, (Evidence(0, 7, "第三届云溪论坛"),))


def returning(relation: Relation = HOSTED, entities: Sequence[Entity] = (THE_FORUM, THE_HOST)) -> Extraction:
    return Extraction(DOCUMENT, tuple(entities), (relation,))


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        (None, "AttributeError"),
        (Extraction(replace(DOCUMENT, key="other")), "another document"),
        (Extraction(replace(DOCUMENT, text=f"{ARTICLE}添加")), "another document"),
        (returning(replace(HOSTED, evidence=())), "no evidence"),
        (returning(replace(HOSTED, evidence=(Evidence(0, 7, "第四届云溪论坛"),))), "the quote is not in the text"),
        (returning(replace(HOSTED, evidence=(Evidence(0, 9, "第三届云溪论坛"),))), "the quote is not in the text"),
        (returning(replace(HOSTED, head="e2", tail="e1")), "allowed are"),
        (returning(replace(HOSTED, tail="e9")), "no entity"),
        (returning(replace(HOSTED, at="e2")), "must name a Forum"),
        (returning(replace(HOSTED, type="OWNS")), "KeyError|AttributeError"),  # type: ignore[arg-type]
        (returning(replace(HOSTED, confidence=1.5)), "not in 0..1"),
        (returning(replace(HOSTED, confidence=float("nan"))), "not in 0..1"),
        (returning(entities=(THE_FORUM, replace(THE_HOST, id="e1"))), "share an id"),
        (returning(entities=(replace(THE_FORUM, name=""), THE_HOST)), "empty or no text"),
        (returning(entities=(replace(THE_FORUM, mentions=((0, 9999),)), THE_HOST)), "outside the text"),
        (ZeroDivisionError("by zero"), "ZeroDivisionError: by zero"),
    ],
)
def test_what_breaks_the_contract_is_told_with_document_and_engine(returned: object, said: str) -> None:
    with pytest.raises(ExtractionFailed, match=said) as caught:
        Foreign("own", Own(returned)).extract(DOCUMENT)
    assert "engine 'own'" in caught.value.message and caught.value.document == "d"


def test_an_engine_speaks_for_itself_alone() -> None:
    claimed = returning(replace(HOSTED, engines=("hanlp1",)))
    assert Foreign("own", Own(claimed)).extract(DOCUMENT).relations[0].engines == ("own",)


def test_an_engine_that_cannot_go_on_ends_the_run_and_one_document_does_not() -> None:
    assert isinstance(next(results(Foreign("own", Own(ValueError("no"))), [DOCUMENT])), ExtractionFailed)
    with pytest.raises(EngineError, match="licence"):
        next(results(Foreign("own", Own(EngineError("own", "its licence has ended"))), [DOCUMENT]))


# --- engines together


def found(document: Document, *facts: tuple[str, str, str], by: str, modality: Modality = Modality.HELD) -> Extraction:
    """What an engine might find: a type and two names (letter of the type, name) each; quoted with the whole text."""
    types = {"f": EntityType.FORUM, "o": EntityType.ORGANIZATION, "p": EntityType.PERSON}
    entities: dict[str, Entity] = {}
    relations = []
    for type, *ends in facts:
        for end in ends:
            start = document.text.find(end[1:])
            span = (start, start + len(end[1:]))
            entities.setdefault(end, Entity(f"x{len(entities)}", types[end[0]], end[1:], (), (span,)))
        ids = [entities[end].id for end in ends]
        quote = Evidence(0, len(document.text), document.text)
        relations.append(Relation(RelationType(type), ids[0], ids[1], by, 0.5, (quote,), modality, by, engines=(by,)))
    return Extraction(document, tuple(entities.values()), tuple(relations)).validate()


class Says(Engine):
    version = "1"

    def __init__(self, name: str, *facts: tuple[str, str, str], modality: Modality = Modality.HELD) -> None:
        self.name = name
        self._facts, self._modality = facts, modality

    def extract(self, document: Document) -> Extraction:
        return found(document, *self._facts, by=self.name, modality=self._modality)


HOST = ("HOSTED_BY", "f第三届云溪论坛", "o云溪大学")
SIGNED = ("SIGNED_WITH", "o云溪大学", "o海川科技有限公司")
TURNED = ("SIGNED_WITH", "o海川科技有限公司", "o云溪大学")
POST = ("AFFILIATED_WITH", "p沈知远", "o云溪大学")


def voted(policy: str, *engines: Engine) -> dict[str, tuple[str, ...]]:
    extraction = Ensemble(engines, Policy(policy)).extract(DOCUMENT)
    ends = [each for relation in extraction.relations for each in (relation.head, relation.tail)]
    assert set(ends) <= {each.id for each in extraction.entities}
    return {each.type.value: each.engines for each in extraction.relations}


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("union", {"HOSTED_BY": ("a", "b", "c"), "SIGNED_WITH": ("a", "b"), "AFFILIATED_WITH": ("c",)}),
        ("majority", {"HOSTED_BY": ("a", "b", "c"), "SIGNED_WITH": ("a", "b")}),
        ("all", {"HOSTED_BY": ("a", "b", "c")}),
    ],
)
def test_engines_vote_and_each_claim_keeps_who_found_it(policy: str, expected: dict[str, tuple[str, ...]]) -> None:
    engines = Says("a", HOST, SIGNED), Says("b", TURNED, HOST), Says("c", POST, HOST)
    assert voted(policy, *engines) == expected


def test_the_first_engine_words_a_claim_and_confidence_is_the_highest() -> None:
    sure = replace(found(DOCUMENT, HOST, by="b").relations[0], confidence=0.9, role="其他")
    second = replace(found(DOCUMENT, HOST, by="b"), relations=(sure,))
    (relation,) = joined(DOCUMENT, [found(DOCUMENT, HOST, by="a"), second]).relations
    assert (relation.role, relation.rule, relation.confidence, relation.engines) == ("a", "a", 0.9, ("a", "b"))
    assert len(relation.evidence) == 1, "the same words are no further evidence"


def test_who_denies_does_not_vote_for_who_asserts() -> None:
    engines = Says("a", HOST), Says("b", HOST, modality=Modality.DENIED)
    extraction = Ensemble(engines, Policy.UNION).extract(DOCUMENT)
    assert {(each.modality.value, each.engines) for each in extraction.relations} == {
        ("held", ("a",)),
        ("denied", ("b",)),
    }
    assert Ensemble(engines, Policy.ALL).extract(DOCUMENT).relations == ()


def test_things_are_one_by_type_and_shared_places_or_names() -> None:
    person, body = EntityType.PERSON, EntityType.ORGANIZATION
    one = [Entity("a", body, "云溪大学", ("云大",), ((3, 7),)), Entity("b", person, "沈知远", (), ((8, 11),))]
    two = [
        Entity("k", body, "云大"),
        Entity("l", person, "云溪大学", (), ((3, 7),)),
        Entity("m", person, "沈校长", (), ((8, 11),)),
        Entity("n", body, "云溪大学", (), ((30, 34),)),
    ]
    entities = joined(DOCUMENT, [Extraction(DOCUMENT, tuple(each)) for each in (one, two)]).entities
    assert [(each.type, each.name, each.aliases) for each in entities] == [
        (body, "云溪大学", ("云大",)),
        (person, "沈知远", ("沈校长",)),
        (person, "云溪大学", ()),
        (body, "云溪大学", ()),
    ], "what one engine tells apart stays apart: k is taken for the first, n is another"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("hanlp1+hanlp1", "one vote"),
        ("hanlp1+", "there is none of that name"),
        ("hanlp1,llm", "there is none of that name"),
        ("hanlp1+llm@most", "no way to vote"),
        ("hanlp1/hanlp1", "cannot judge"),
        ("", "there is none of that name"),
    ],
)
def test_a_name_that_puts_engines_together_wrongly_is_told(model: LanguageModel, name: str, said: str) -> None:  # noqa: ARG001
    with pytest.raises(EngineError) as caught:
        engine(name)
    assert said in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize(
    "name", ["hanlp1", "llm", "hanlp1+llm", "hanlp1+llm@all", "hanlp1/llm", "llm+hanlp1/llm@majority"]
)
def test_an_engine_is_found_again_by_its_name(model: LanguageModel, name: str) -> None:  # noqa: ARG001
    made = engine(name)
    assert made.name == name
    assert engine(made.name).version == made.version
    made.close()


def test_together_they_vary_and_wait_as_their_parts_do(ensemble: Engine) -> None:
    assert ensemble.varies and ensemble.concurrency == 4
    together = Ensemble([Extractor(), Says("a")], Policy.UNION)
    assert together.varies is None and together.concurrency is None
    ensemble.close()


# --- a second opinion


def opinion(model: LanguageModel, below: float, monkeypatch: pytest.MonkeyPatch, *dismissed: int) -> Extraction:
    verdicts = {"verdicts": [{"number": number, "holds": False} for number in dismissed]}
    model.next.append(answered(verdicts))
    monkeypatch.setenv("HUITU_LLM_BELOW", str(below))
    made = engine("hanlp1/llm")
    extraction = made.extract(DOCUMENT)
    made.close()
    return extraction


def test_claims_that_are_doubtful_and_dismissed_go(
    model: LanguageModel, hanlp1: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hanlp1.extract(DOCUMENT)
    after = opinion(model, 1, monkeypatch, 0)
    assert len(model.bodies) == 1 and len(data_of(model.bodies[0]).splitlines()) == len(before.relations)
    assert after.relations == tuple(replace(each, engines=("hanlp1", "llm")) for each in before.relations[1:])
    assert after.entities == before.entities


def test_without_doubts_nothing_is_asked(model: LanguageModel, hanlp1: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert opinion(model, 0, monkeypatch, 0) == hanlp1.extract(DOCUMENT)
    assert model.bodies == []
