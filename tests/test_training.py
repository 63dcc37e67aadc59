"""``huitu train``: what was decided on claims becomes a reranker, if that is better, and can be taken back."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from typer.testing import CliRunner

from extract import Extractor
from extract.analysis import Analysis, Reason
from extract.engines import engine
from extract.errors import BadReranker, EngineError, NoReranker, TooFewDecisions
from extract.extractor import to_extraction
from extract.reranker import Reranker, Rerankers
from extract.reranker.features import ROWS, SLOPE, START, features
from extract.reranker.model import contents, rerank, reranker_of
from extract.reranker.training import NEEDED, Example, train
from extract.version import extractor_name, fingerprint
from graph.amend import import_correction
from graph.client import Graph
from graph.content import content_of
from graph.corrections import Action, Addition, Correction
from graph.load import load, reset
from graph.schema import Document, EntityType, Extraction, RelationType
from graph.settings import Connection
from graph.verdicts import corrected_documents, verdicts
from huitu.main import command_line

pytestmark = pytest.mark.long

CITIES = ["云溪", "北原", "南屿", "海岬", "晨光", "东坪", "西岭", "青川"]
PEOPLE = ["苏沐", "韩若水", "林知远", "沈知远", "周子墨", "汪明远", "陈立群", "宋之涵", "方启明", "何远舟", "梁书言"]
RUMOUR = "据网友爆料，"
COUNT = 14
DECIDED = 4 * COUNT
Run = Callable[..., Result]


def article(number: int) -> Document:
    """An article on one edition of a forum; in every other one a sentence rests on a rumour."""
    city = CITIES[number % 8]
    speaker, guest, other = (PEOPLE[(number * 5 + place) % 11] for place in (0, 7, 9))
    text = (
        f"20{31 + number // 8}{city}智能论坛由{city}大学主办。{city}大学校长{speaker}在论坛上致辞。"
        f"{RUMOUR if number % 2 else ''}{city}科学院院长{guest}、{city}研究所所长{other}出席论坛。\n"
    )
    return Document(f"news/{number}", text, date=f"20{31 + number // 8}-05-28")


@cache
def found() -> tuple[Extraction, ...]:
    """What the shipped extractor finds in the articles."""
    return tuple(map(to_extraction, analysed()))


def correction(number: int, action: Action, document: str, **more: object) -> Correction:
    return Correction(f"x-{number:016}", action, document, "甲", f"2035-01-01T00:00:{number:09.3f}+00:00", **more)  # type: ignore[arg-type]


def decisions(right: Callable[[str], bool]) -> Iterator[Correction]:
    """Accepts or rejects each claim from a sentence on who attends, by the words of the sentence."""
    number = 0
    for extraction in found():
        for id, row in content_of(extraction).claims.items():
            kept = row["properties"]
            if "出席" in kept["quote"]:
                action = Action.ACCEPT if right(kept["quote"]) else Action.REJECT
                key, number = extraction.document.key, number + 1
                yield correction(number, action, key, claim=id, statement=kept["statement"])


def filled(graph: Graph, corrections: Sequence[Correction]) -> None:
    """Take decisions over, then load what they speak of: they lie over whatever is loaded."""
    reset(graph, keep=False)
    for each in corrections:
        import_correction(graph, each)
    load(graph, found(), extractor=extractor_name(Extractor()))


@cache
def analysed() -> tuple[Analysis, ...]:
    extractor = Extractor()
    return tuple(extractor.analyse(article(number)) for number in range(COUNT))


def examples(right: Callable[[str], bool]) -> list[Example]:
    """What a training has to learn from such decisions."""
    made = []
    for analysis in analysed():
        for fact, seen, relation in zip(
            analysis.facts, features(analysis), to_extraction(analysis).relations, strict=True
        ):
            quote = relation.evidence[0].quote
            if "出席" in quote:
                made.append(Example(analysis.document.key, fact.type, fact.confidence, seen, right(quote)))
    return made


def at_random(count: int, right: int, seed: int) -> Callable[[str], bool]:
    """Decides on so many claims, so many of them right, whatever they say."""
    told = [number < right for number in range(count)]
    random.Random(seed).shuffle(told)  # noqa: S311
    answers = iter(told)
    return lambda _: next(answers)


@pytest.fixture
def run(connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process, with the server of this test run and a data folder of its own."""
    settings = {
        "NEO4J_URI": connection.uri,
        "NEO4J_USERNAME": connection.username,
        "NEO4J_PASSWORD": connection.password,
        "NEO4J_DATABASE": connection.database or "neo4j",
        "HUITU_DATA_DIR": str(tmp_path / "data"),
        "COLUMNS": "200",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str | Path, text: str = "") -> Result:
        return CliRunner().invoke(command_line(str(arguments[0])), list(map(str, arguments)), input=text.encode())

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where ``run`` keeps its rerankers."""
    return tmp_path / "data" / "rerankers"


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a reranker in force that has learned to doubt rumours."""
    folder = tmp_path_factory.mktemp("trained")
    learned = train(examples(lambda quote: RUMOUR not in quote))
    assert learned.wins
    about = {"made": "2035-01-01T00:00:00+00:00", "extractor": extractor_name(Extractor())}
    Rerankers(folder).add(learned.model, {**about, **learned.to_json()})
    return folder


def sureness(name: str, folder: Path, document: Document) -> dict[tuple[str, bool], float]:
    """The confidences of an engine by relation, and by whether the sentence is on who attends."""
    return {
        (each.type.value, "出席" in each.evidence[0].quote): each.confidence
        for each in engine(name, lambda: folder).extract(document).relations
    }


# -- from the graph to a version in force ------------------------------------------------------------------------------


def test_random_decisions_install_nothing(graph: Graph, run: Run, folder: Path) -> None:
    filled(graph, list(decisions(at_random(DECIDED, DECIDED // 2, 7))))
    done = run("train")
    assert done.exit_code == 1 and "not clearly better, so nothing was kept" in done.output
    assert not folder.exists()


@pytest.fixture(scope="module")
def decided(connection: Connection) -> Iterator[Graph]:
    """The articles with the decisions of somebody who rejects every claim that rests on a rumour."""
    with Graph(connection) as graph:
        filled(graph, list(decisions(lambda quote: RUMOUR not in quote)))
        yield graph


@pytest.mark.usefixtures("decided")
def test_what_is_always_rejected_is_learned_installed_used_and_taken_back(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    dry = run("train", "--dry-run")
    assert dry.exit_code == 0 and "It would be put in force" in dry.output and not folder.exists()
    done = run("train")
    assert done.exit_code == 0, done.output
    version = Rerankers(folder).in_force()
    assert version and f"Version {version} is in force" in done.output
    card = json.loads((folder / version / "card.json").read_text("utf-8"))
    assert card["decisions"] == {"right": DECIDED // 2, "wrong": DECIDED // 2, "documents": COUNT}
    assert card["extractor"] == extractor_name(Extractor()) and card["fingerprint"] == fingerprint()
    figures = card["cross_validation"]
    assert figures["after"]["log_loss"] < figures["shifted"]["log_loss"] < figures["before"]["log_loss"]
    assert figures["after"]["accuracy"] > 0.9 > figures["before"]["accuracy"]
    assert set(card["by_relation"]) == {"ATTENDED", "AFFILIATED_WITH"}

    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.txt").write_text(article(1).text, "utf-8")
    said = run("ingest", tmp_path / "a" / "1.txt", "--engine", "hanlp1:own")
    assert said.exit_code == 0 and "1 added" in said.output
    again = run("ingest", tmp_path / "a" / "1.txt", "--engine", "hanlp1:own")
    assert "1 unchanged" in again.output
    shipped = run("ingest", tmp_path / "a" / "1.txt")
    assert "1 replaced" in shipped.output

    listed = run("train", "--list", "--json")
    assert json.loads(listed.stdout)["in_force"] == version
    none = run("train", "--use", "none")
    assert none.exit_code == 0 and version in none.output and "None is in force" in none.output
    refused = run("extract", "-", "--engine", "hanlp1:own", text=article(1).text)
    assert isinstance(refused.exception, NoReranker) and "huitu train --use VERSION" in str(refused.exception.hint)
    assert "in force" in run("train", "--use", version).output and Rerankers(folder).in_force() == version


def test_a_second_training_gives_the_same_whatever_had_made_the_claims(
    decided: Graph, run: Run, folder: Path, trained: Path
) -> None:
    Rerankers(folder).add(*_held(trained))
    kept = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    own = engine("hanlp1:own", lambda: folder)
    load(decided, own.extract_all(map(article, range(COUNT))), extractor=extractor_name(own))
    assert run("train").exit_code == 0
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == kept


def test_too_few_decisions_say_how_many_there_are(graph: Graph, run: Run, folder: Path) -> None:
    import_correction(graph, next(decisions(lambda _: True)))
    load(graph, found()[:1])
    assert [len(each.corrections) for each in corrected_documents(graph)] == [1]
    error = run("train").exception
    assert isinstance(error, TooFewDecisions) and (error.right, error.wrong, error.documents) == (1, 0, 1)
    assert f"takes {NEEDED} of each" in error.message and "huitu correct" in str(error.hint)
    assert not folder.exists()


# -- what is learned ---------------------------------------------------------------------------------------------------


def test_a_reranker_doubts_what_was_rejected_and_leaves_relations_alone_that_nobody_decided_on(trained: Path) -> None:
    rumour, plain = article(31), article(30)
    assert sureness("hanlp1", trained, rumour)["ATTENDED", True] > 0.8
    assert sureness("hanlp1:own", trained, rumour)["ATTENDED", True] < 0.5
    assert sureness("hanlp1:own", trained, plain)["ATTENDED", True] > 0.5
    for document in (rumour, plain):
        before, after = (sureness(name, trained, document) for name in ("hanlp1", "hanlp1:own"))
        assert before.keys() == after.keys()
        changed = {key[0] for key in before if before[key] != after[key]}
        assert changed <= {"ATTENDED", "AFFILIATED_WITH"} and len(before) > len(changed) > 0


def test_a_relation_with_few_decisions_is_left_as_it_is() -> None:
    given = examples(lambda quote: RUMOUR not in quote)
    few = [each._replace(type=RelationType.CO_HOSTED_BY, right=False) for each in given[:4]]
    learned = train([*given[4:], *few])
    assert learned.wins and (learned.right + learned.wrong) == len(given)
    before, after = learned.by_relation["CO_HOSTED_BY"]
    assert before == after and before.claims == 4
    assert reranker_of(learned.model).types == {RelationType.ATTENDED, RelationType.AFFILIATED_WITH}


def test_examples_in_any_order_give_the_same_bytes() -> None:
    given = examples(lambda quote: RUMOUR not in quote)
    assert train(given).model == train(given[::-1]).model


@pytest.mark.parametrize("seed", range(2))
def test_decisions_at_random_do_not_win(seed: int) -> None:
    learned = train(examples(at_random(DECIDED, DECIDED // 2, seed)))
    assert not learned.wins and learned.drop == 0


def test_a_share_of_right_ones_that_is_only_shifted_does_not_win() -> None:
    """Whoever decides on wrong claims above all says nothing of the others."""
    answers = at_random(3 * DECIDED, DECIDED // 2, 1)
    given = [each for copy in range(3) for each in examples(answers)]
    learned = train(given)
    assert learned.better > 0.99 and not learned.wins


@pytest.mark.parametrize("share", [(NEEDED - 1, 60), (60, NEEDED - 1)])
def test_it_takes_enough_decisions_of_each_kind(share: tuple[int, int]) -> None:
    given = examples(lambda _: True) * 3
    made = [each._replace(right=True) for each in given[: share[0]]]
    made += [each._replace(right=False) for each in given[: share[1]]]
    with pytest.raises(TooFewDecisions) as caught:
        train(made)
    assert (caught.value.right, caught.value.wrong) == share


def test_it_takes_enough_documents() -> None:
    given = examples(lambda quote: RUMOUR not in quote)
    with pytest.raises(TooFewDecisions) as caught:
        train([each._replace(document=f"d{number % 9}") for number, each in enumerate(given)])
    assert caught.value.documents == 9


def test_verdicts_tell_right_from_wrong_by_what_was_done() -> None:
    extraction = found()[0]
    key = extraction.document.key
    rows = content_of(extraction).claims
    of = {row["properties"]["relation"]: (id, row["properties"]["statement"]) for id, row in rows.items()}
    entity = {each.id: each for each in extraction.entities}

    def said(*made: tuple[Action, str, dict[str, object]]) -> dict[str, bool]:
        corrections = [
            correction(number, action, key, claim=of[relation][0], statement=of[relation][1], changes=changes)
            for number, (action, relation, changes) in enumerate(made)
        ]
        told = verdicts(extraction, corrections)
        return {extraction.relations[number].type.value: right for number, right in told.items()}

    assert said() == {}
    assert said((Action.ACCEPT, "ATTENDED", {})) == {"ATTENDED": True}
    assert said((Action.REJECT, "ATTENDED", {})) == {"ATTENDED": False}
    assert said((Action.EDIT, "SPEAKER_AT", {"role": "主旨演讲"})) == {"SPEAKER_AT": True}
    assert said((Action.EDIT, "ATTENDED", {"modality": "denied"})) == {"ATTENDED": False}
    assert said((Action.EDIT, "ATTENDED", {"modality": "planned"})) == {"ATTENDED": True}
    assert said((Action.EDIT, "HOSTED_BY", {"relation": "ORGANIZED_BY"})) == {"HOSTED_BY": False}
    edited = (Action.EDIT, "HOSTED_BY", {"relation": "ORGANIZED_BY"})
    assert said(edited, (Action.ACCEPT, "HOSTED_BY", {})) == {"HOSTED_BY": False}
    hosted = next(each for each in extraction.relations if each.type is RelationType.HOSTED_BY)
    ends = [(entity[end].type, entity[end].name) for end in (hosted.head, hosted.tail)]
    added = Addition(RelationType.HOSTED_BY, ends[0], ends[1], hosted.evidence[0].quote)
    by_hand = correction(0, Action.ADD, key, changes=added.to_json())
    assert verdicts(extraction, [by_hand]) == {extraction.relations.index(hosted): True}
    missed = Addition(RelationType.SUPPORTED_BY, ends[0], (EntityType.ORGANIZATION, "别家"), hosted.evidence[0].quote)
    assert verdicts(extraction, [correction(0, Action.ADD, key, changes=missed.to_json())]) == {}


# -- how it is used ----------------------------------------------------------------------------------------------------


def test_the_engine_is_named_by_its_version_and_stays_that_one(trained: Path, tmp_path: Path) -> None:
    own, shipped = engine("hanlp1:own", lambda: trained), engine("hanlp1")
    version = Rerankers(trained).in_force()
    assert own.name == f"hanlp1:{version}" and own.version != shipped.version
    assert engine(own.name, lambda: trained).extract(article(3)) == own.extract(article(3))
    for relation in own.extract(article(3)).relations:
        assert relation.engines == (own.name,) and relation.evidence[0].quote in article(3).text
    with pytest.raises(EngineError, match="folder"):
        engine("hanlp1:own")
    with pytest.raises(NoReranker, match="'hanlp1:own': no reranker is in force") as caught:
        engine("hanlp1:own", lambda: tmp_path)
    assert "huitu train" in str(caught.value.hint)
    for name in ("hanlp1:0", "hanlp1:", "hanlp1:.."):
        with pytest.raises(NoReranker, match="no reranker of that version"):
            engine(name, lambda: trained)
    with pytest.raises(EngineError, match="none of that name"):
        engine("llm:own", lambda: trained)


def test_an_explanation_says_what_a_reranker_has_changed(run: Run, folder: Path, trained: Path) -> None:
    version = Rerankers(folder).add(*_held(trained))
    text = article(31).text
    said = run("extract", "-", "--explain", "--engine", "hanlp1:own", text=text).output
    assert f"by what was decided (hanlp1:{version}; 0.9" in said
    hosted = said.partition("HOSTED_BY")[2].splitlines()[1]
    assert "confidence" in hosted and "decided" not in hosted
    assert "decided" not in run("extract", "-", "--explain", text=text).output
    html = folder.parent / "page.html"
    assert run("extract", "-", "--html", html, "--engine", "hanlp1:own", text=text).exit_code == 0
    assert "by what was decided (0.9" in html.read_text("utf-8")


def test_engines_with_and_without_are_compared(run: Run, folder: Path, trained: Path, tmp_path: Path) -> None:
    Rerankers(folder).add(*_held(trained))
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "a.txt").write_text(article(31).text, "utf-8")
    (gold / "a.gold.json").write_text('{"entities": [], "relations": []}', "utf-8")
    done = run("evaluate", gold, "--engine", "hanlp1,hanlp1:own", "--json")
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout)["engines"]
    assert list(figures) == ["hanlp1", "hanlp1:own"]
    assert figures["hanlp1"]["confidence"] != figures["hanlp1:own"]["confidence"]


def test_what_a_reranker_is_sure_is_wrong_goes_and_says_why(run: Run, folder: Path) -> None:
    analysis = Extractor().analyse(article(1))
    weights = np.zeros(ROWS, np.float32)
    weights[SLOPE], weights[START] = 1, -8
    data = contents(weights, {RelationType.ATTENDED}, 0.1, fingerprint())
    weighed = rerank(analysis, reranker_of(data))
    gone = [each for each in weighed.rejected if each.reason is Reason.DECIDED]
    assert len(gone) == 2 and {each.fact.type for each in gone} == {RelationType.ATTENDED}
    assert all(each.fact.confidence < each.threshold == 0.1 for each in gone)
    assert weighed.facts == tuple(each for each in analysis.facts if each.type is not RelationType.ATTENDED)
    assert len(to_extraction(weighed).relations) == len(analysis.facts) - len(gone)
    Rerankers(folder).add(data, {"made": "2035-01-01T00:00:00+00:00"})
    said = run("extract", "-", "--explain", "--engine", "hanlp1:own", text=article(1).text).output
    assert "is below 0.1 by what was decided" in said


def test_no_claim_that_was_accepted_is_dropped() -> None:
    """Many of a phrase are rejected, one that looks the same is accepted."""
    first = iter([True])
    given = examples(lambda quote: RUMOUR not in quote or next(first, False))
    given = [each._replace(document=f"{copy}/{each.document}") for copy in range(4) for each in given]
    learned = train(given)
    model = reranker_of(learned.model)
    assert all(model.probability(each.seen) >= learned.drop for each in given if each.right)


# -- what goes wrong ---------------------------------------------------------------------------------------------------


def _held(folder: Path) -> tuple[bytes, dict[str, object]]:
    """The model in force and its card, to be put elsewhere."""
    version = Rerankers(folder).in_force()
    assert version is not None
    card = json.loads((folder / version / "card.json").read_text("utf-8"))
    return (folder / version / "model.npz").read_bytes(), card


@pytest.mark.parametrize("kept", [slice(0), slice(-100), slice(1, None)])
def test_a_damaged_model_is_refused_and_made_anew(trained: Path, tmp_path: Path, kept: slice) -> None:
    data, card = _held(trained)
    rerankers = Rerankers(tmp_path)
    version = rerankers.add(data, card)
    path = tmp_path / version / "model.npz"
    path.write_bytes(data[kept])
    with pytest.raises(BadReranker) as caught:
        engine("hanlp1:own", lambda: tmp_path)
    assert str(path) in caught.value.message and "huitu train" in str(caught.value.hint)
    with pytest.raises(BadReranker):
        rerankers.use(version)
    assert rerankers.add(data, card) == version and isinstance(rerankers.read(), Reranker)


@pytest.mark.parametrize("card", ["", "{", "[]", '{"version": "other", "made": "x"}'])
def test_a_damaged_card_is_told(trained: Path, tmp_path: Path, card: str) -> None:
    version = Rerankers(tmp_path).add(*_held(trained))
    (tmp_path / version / "card.json").write_text(card, "utf-8")
    with pytest.raises(BadReranker, match=r"card\.json"):
        Rerankers(tmp_path).cards()


def test_a_model_in_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="another form"):
        reranker_of(contents(np.zeros(3, np.float32), (), 0.0, fingerprint()))


def test_a_model_of_another_extractor_is_refused_and_others_stay(trained: Path, tmp_path: Path) -> None:
    rerankers = Rerankers(tmp_path)
    good = rerankers.add(*_held(trained))
    data = contents(np.zeros(ROWS, np.float32), (), 0.0, "0" * 64)
    card = {name: value for name, value in _held(trained)[1].items() if name != "version"}
    old = rerankers.add(data, {**card, "made": "2034-01-01T00:00:00+00:00"})
    assert [card["version"] for card in rerankers.cards()] == [old, good]
    with pytest.raises(BadReranker, match="another version of the extractor") as caught:
        engine("hanlp1:own", lambda: tmp_path)
    assert "--engine hanlp1" in str(caught.value.hint)
    with pytest.raises(BadReranker):
        rerankers.use(old)
    rerankers.use(good)
    assert engine("hanlp1:own", lambda: tmp_path).name == f"hanlp1:{good}"


def test_wrong_use_is_told(run: Run, trained: Path, folder: Path) -> None:
    assert run("train", "--dry-run", "--list").exit_code == 2
    assert isinstance(run("train", "--use", "abc").exception, NoReranker)
    assert "There are no versions" in run("train", "--list").output
    Rerankers(folder).add(*_held(trained))
    listed = run("train", "--list").output
    assert str(Rerankers(trained).in_force()) in listed and f"{DECIDED // 2} right" in listed and "in force" in listed
