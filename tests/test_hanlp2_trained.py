"""The engine hanlp2 with models of HanLP 2 that its own trainers have made here: the way that a pretrained one goes.

They know the words of a few sentences and nothing else, so nothing is said here of how well such an engine does.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from neural import SIZE, Models

from extract import EngineError
from extract.engines.hanlp2 import Hanlp2, Hanlp2Settings, dictionary
from extract.engines.hanlp2.loading import LICENCE, load
from extract.errors import ExtractionFailed, FilesMissing
from extract.running import results
from graph.schema import Document, EntityType, Extraction

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("hanlp") is None, reason="HanLP 2 is not installed; make test-engines does so"
)
_WATCHED = """
import os, sys

def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        os.write(2, f"asked the network: {arguments}".encode())
        os._exit(97)

sys.addaudithook(watch)
from huitu.main import main
main()
"""
"""The command, ended as soon as it asks for anything over a network."""
MIRRORED = "hfl/chinese-electra-180g-small-discriminator"
"""An encoder on which HanLP's pretrained models are built, and where HanLP keeps it."""
MIRROR = Path("transformers", "electra_zh_small_20210706_125427")
NAMED = ("MSRA_NER_ELECTRA_SMALL_ZH", Path("ner", "msra_ner_electra_small_20220215_205503"))
TEXT = "林望舒来到青崖山，参观了海川科技有限公司。云溪大学校长沈知远出席。"
EXPECTED = {
    ("林望舒", EntityType.PERSON),
    ("青崖山", EntityType.PLACE),
    ("海川科技有限公司", EntityType.ORGANIZATION),
    ("云溪大学", EntityType.ORGANIZATION),
    ("沈知远", EntityType.PERSON),
}


def hanlp2(model: Path | str, **settings: Any) -> Hanlp2:
    return Hanlp2(Hanlp2Settings(model=str(model), **{"device": "cpu"} | settings))


def proposed(engine: Hanlp2, text: str) -> set[tuple[str, EntityType]]:
    analysis = engine.analyse(Document("d", text))
    assert {each.source for each in analysis.proposed} <= {"hanlp2.ner"}
    return {(analysis.text[each.start : each.end], each.type) for each in analysis.proposed}


def changed(model: Path, folder: Path, **config: Any) -> Path:
    """A copy of a model with other words in its configuration."""
    shutil.copytree(model, folder)
    file = folder / "config.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf8")) | config), "utf8")
    return folder


# --- names


def test_a_model_of_many_tasks_cuts_words_and_finds_names_by_all_its_label_sets(models: Models) -> None:
    component = load(str(models.joint), "cpu", download=False)
    assert set(component.tasks) == {"tok/fine", "tok/coarse", "ner/msra", "ner/pku"}
    assert proposed(hanlp2(models.joint), TEXT) == EXPECTED
    analysis = hanlp2(models.joint).analyse(Document("d", TEXT))
    assert len(analysis.proposed) == 2 * len(EXPECTED), "each label set proposes"


@pytest.mark.parametrize("words", ["characters", "tokenizer"])
def test_a_model_of_names_alone_reads_characters_or_the_words_of_another(models: Models, words: str) -> None:
    given = str(models.tokenizer) if words == "tokenizer" else words
    found = proposed(hanlp2(models.recogniser, words=given), TEXT)
    assert found == EXPECTED if words == "characters" else found


def test_a_model_of_names_alone_reads_the_words_of_hanlp1(models: Models) -> None:
    analysis = hanlp2(models.recogniser).analyse(Document("d", TEXT))
    edges = {token.start for token in analysis.tokens} | {token.end for token in analysis.tokens}
    assert analysis.proposed and all({each.start, each.end} <= edges for each in analysis.proposed)


def test_names_of_the_model_become_entities_with_their_places(models: Models) -> None:
    extraction = hanlp2(models.joint).extract(Document("d", f"<p>{TEXT}</p>\n<p>{TEXT}</p>"))
    spelled = {(extraction.document.text[a:b], each.type) for each in extraction.entities for a, b in each.mentions}
    assert spelled >= EXPECTED
    assert len({span for each in extraction.entities for span in each.mentions if each.name == "青崖山"}) == 2


@pytest.mark.parametrize("length", [SIZE - 13, SIZE - 12, SIZE - 11, SIZE, 3 * SIZE + 1, 1999])
def test_a_sentence_may_be_longer_than_the_model_reads(models: Models, length: int) -> None:
    for model, words in ((models.joint, "hanlp1"), (models.recogniser, "characters")):
        text = f"{'论' * length}，林望舒来到青崖山。"
        analysis = hanlp2(model, words=words).analyse(Document("d", text))
        found = {analysis.text[each.start : each.end] for each in analysis.proposed}
        assert "林望舒" in found


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "🙂", "\u202e", "\r\n", "İ", "ﬁ", "…", "™", "한", "\u0301", "　"])
def test_odd_characters_between_words_move_no_name(models: Models, odd: str) -> None:
    engine = hanlp2(models.joint)
    analysis = engine.analyse(Document("d", f"{odd}林望舒来到青崖山。{odd}{odd}沈知远出席。"))
    for each in analysis.proposed:
        assert analysis.text[each.start : each.end].strip() == analysis.text[each.start : each.end]
    assert {"林望舒", "青崖山"} <= {analysis.text[m.start : m.end] for m in analysis.proposed} or engine.account()


def test_labels_that_are_not_known_are_told(models: Models, tmp_path: Path) -> None:
    model = changed(models.recogniser, tmp_path / "m")
    vocabulary = model / "vocabs.json"
    vocabulary.write_text(vocabulary.read_text("utf8").replace("-PERSON", "-ROBOT"), "utf8")
    engine = hanlp2(model, words="characters")
    assert proposed(engine, TEXT) == {each for each in EXPECTED if each[1] is not EntityType.PERSON}
    assert engine.account() == ["hanlp2: names left out whose labels are not known here: ROBOT (2)"]


# --- dictionaries


def test_words_of_the_dictionary_are_words_of_the_model(models: Models) -> None:
    sentence = "云溪大学与海川科技有限公司签署合作协议。"
    component = load(str(models.tokenizer), "cpu", download=False)
    assert component([sentence])[0][-4:] == ["签署", "合作", "协议", "。"]
    dictionary.give(component, "off", {"合作协议"})
    assert "合作协议" not in component([sentence])[0]
    dictionary.give(component, "combine", {"合作协议", "署合"})
    assert component([sentence])[0][-3:] == ["签署", "合作协议", "。"]
    dictionary.give(component, "combine", ())
    dictionary.give(component, "force", {"署合作"})
    assert "署合作" in component([sentence])[0]


@pytest.mark.parametrize("how", ["combine", "force", "off"])
def test_a_tokenizer_within_a_model_takes_the_lexicons(models: Models, how: str) -> None:
    component = load(str(models.joint), "cpu", download=False)
    task = component.tasks["tok/fine"]
    sentence = "沈知远在世界卫生组织出席论坛。"
    dictionary.give(task, how, dictionary.names())
    assert ("世界卫生组织" in component([sentence])["tok/fine"][0]) == (how != "off")
    assert proposed(hanlp2(models.joint, dictionary=how), TEXT) == EXPECTED


# --- many documents


def test_documents_read_together_give_what_each_gives_alone(models: Models) -> None:
    documents = [Document(f"d{number}", TEXT[number:] + TEXT) for number in range(7)]
    alone, together = hanlp2(models.joint), hanlp2(models.joint, documents=4, batch=3)
    assert alone.varies is None and together.varies is not None
    found = list(results(together, documents))
    assert [each.entities for each in found] == [each.entities for each in results(alone, documents)]  # type: ignore[union-attr]
    assert list(together.extract_all(documents)) == found


def test_a_document_that_fails_among_others_fails_alone(models: Models) -> None:
    wrong = Document("wrong", None)  # type: ignore[arg-type]
    first, failed, last = results(hanlp2(models.joint, documents=8), [Document("a", TEXT), wrong, Document("b", TEXT)])
    assert isinstance(failed, ExtractionFailed) and "engine 'hanlp2'" in failed.problem
    assert isinstance(first, Extraction) and isinstance(last, Extraction) and first.entities == last.entities


def test_two_engines_with_one_model_find_the_same(models: Models) -> None:
    document = Document("d", TEXT)
    assert hanlp2(models.joint).extract(document) == hanlp2(models.joint).extract(document)


def test_the_version_tells_models_and_settings_apart(models: Models, tmp_path: Path) -> None:
    copied = changed(models.joint, tmp_path / "copy")
    (copied / "config.json").write_bytes((models.joint / "config.json").read_bytes())
    assert hanlp2(copied).version == hanlp2(models.joint, device="cpu").version, "whatever the folder is called"
    versions = [
        hanlp2(models.joint).version,
        hanlp2(models.recogniser).version,
        hanlp2(models.recogniser, words="characters").version,
        hanlp2(models.recogniser, words=str(models.tokenizer)).version,
        hanlp2(models.joint, score=0.6).version,
        hanlp2(models.joint, dictionary="off").version,
        hanlp2(NAMED[0]).version,
    ]
    assert len(set(versions)) == len(versions)
    assert all(f" hanlp {importlib.metadata.version('hanlp')} " in each for each in versions)


# --- what is missing


def test_the_licence_of_pretrained_models_is_told_once(models: Models, caplog: pytest.LogCaptureFixture) -> None:
    engine = hanlp2(models.recogniser, words=str(models.tokenizer))
    with caplog.at_level(logging.WARNING):
        engine.extract(Document("a", TEXT))
        engine.extract(Document("b", TEXT))
    assert [each.getMessage() for each in caplog.records] == [LICENCE]
    assert "CC BY-NC-SA 4.0" in LICENCE and "research and teaching" in LICENCE


def test_a_model_that_is_not_here_is_not_fetched() -> None:
    with pytest.raises(FilesMissing, match="it is that of model MSRA_NER_ELECTRA_SMALL_ZH") as caught:
        hanlp2(NAMED[0]).extract(Document("d", TEXT))
    assert caught.value.path.parts[-2:] == NAMED[1].parts
    assert caught.value.hint is not None and "HANLP_HOME is " in caught.value.hint


def test_a_folder_that_is_not_here_is_told_before_anything_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(FilesMissing, match="no such folder"):
        hanlp2(tmp_path / "nothing")


def test_a_name_that_hanlp_does_not_know_is_told() -> None:
    with pytest.raises(EngineError, match="no name that HanLP knows"):
        hanlp2("MSRA_NER_NOTHING").extract(Document("d", TEXT))


@pytest.mark.parametrize("encoder", [MIRRORED, "/nowhere/encoder", "nobody/such-an-encoder"])
def test_an_encoder_that_is_not_here_is_told_with_its_folder(models: Models, tmp_path: Path, encoder: str) -> None:
    model = changed(models.recogniser, tmp_path / "m", transformer=encoder)
    with pytest.raises(FilesMissing, match=f"is built on {encoder}") as caught:
        hanlp2(model).extract(Document("d", TEXT))
    assert caught.value.hint is not None and "HUITU_HANLP2_DOWNLOAD" in caught.value.hint
    if encoder == MIRRORED:
        assert caught.value.path.parts[-2:] == MIRROR.parts


def test_weights_that_are_none_are_told_and_end_the_run(models: Models, tmp_path: Path) -> None:
    model = changed(models.recogniser, tmp_path / "m")
    (model / "model.pt").write_bytes(b"PK no weights")
    with pytest.raises(EngineError, match="cannot be loaded"):
        next(results(hanlp2(model), [Document("d", TEXT)]))


def test_a_tokenizer_is_no_recogniser_and_no_recogniser_a_tokenizer(models: Models) -> None:
    with pytest.raises(EngineError, match="finds no names"):
        hanlp2(models.tokenizer).extract(Document("d", TEXT))
    with pytest.raises(EngineError, match="is no tokenizer"):
        hanlp2(models.recogniser, words=str(models.recogniser)).extract(Document("d", TEXT))


def test_a_device_that_is_not_here_is_told(models: Models) -> None:
    engine = Hanlp2(Hanlp2Settings(model=str(models.joint), device="cuda:99"))
    with pytest.raises(EngineError, match="no device cuda:99"):
        engine.extract(Document("d", TEXT))


# --- a machine without a network: as a user has it


@pytest.fixture
def home(models: Models, tmp_path: Path) -> Iterator[Path]:
    """A HANLP_HOME with a model and its encoder in the places that HanLP has for them."""
    folder = tmp_path / "home"
    changed(models.recogniser, folder / NAMED[1], transformer=MIRRORED)
    shutil.copytree(models.encoder, folder / MIRROR)
    yield folder


def huitu(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "HANLP_HOME": str(home),
        "HUITU_HANLP2_MODEL": NAMED[0],
        "HUITU_HANLP2_WORDS": "characters",
    }
    command = [sys.executable, "-c", _WATCHED, "extract", "--engine", "hanlp2", *arguments]
    return subprocess.run(command, cwd=home.parent, env=environment, capture_output=True, text=True, check=False)


def test_a_model_by_name_works_from_hanlp_home_alone(home: Path) -> None:
    article = home.parent / "article.txt"
    article.write_text(TEXT, "utf8")
    done = huitu(home, str(article), "-o", str(home.parent / "found.jsonl"))
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("CC BY-NC-SA 4.0") == 1
    (line,) = (home.parent / "found.jsonl").read_text("utf8").splitlines()
    assert {"林望舒", "青崖山", "海川科技有限公司"} <= {each["name"] for each in json.loads(line)["entities"]}


def test_without_the_encoder_the_command_says_what_is_missing_and_what_to_do(home: Path) -> None:
    shutil.rmtree(home / MIRROR)
    article = home.parent / "article.txt"
    article.write_text(TEXT, "utf8")
    done = huitu(home, str(article))
    said = done.stderr.replace("\n", "")
    assert done.returncode == 1 and "Traceback" not in said
    assert MIRROR.name in said and "HANLP_HOME" in said and "HUITU_HANLP2_DOWNLOAD" in said
    assert not (home / MIRROR).exists()
