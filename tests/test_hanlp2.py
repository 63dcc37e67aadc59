"""The engine hanlp2 where no model is needed: settings, labels, places of words, and what it says of missing files."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from extract.analysis import Analysis, Mention, Token
from extract.engines import engine
from extract.engines.hanlp2 import Hanlp2Settings, dictionary, load_hanlp2_settings
from extract.engines.hanlp2.aligned import places
from extract.engines.hanlp2.files import checked_config, checked_encoder, digest, encoders
from extract.engines.hanlp2.labels import LABELS, type_of
from extract.engines.hanlp2.recogniser import Found, recogniser, tokenizer
from extract.errors import EngineError, EngineSettings, FilesMissing, PackageMissing
from extract.mentions import find_mentions
from extract.text import clean
from graph.schema import Document, EntityType
from huitu.extracting import how_many

NER = "hanlp.components.ner.transformer_ner.TransformerNamedEntityRecognizer"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Hanlp2Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)


def model(folder: Path, **config: Any) -> Path:
    """A folder as HanLP writes it, with weights that are none."""
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({"classpath": NER, "transformer": "enc"} | config))
    (folder / "model.pt").write_bytes(b"weights")
    return folder


# --- settings


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({}, "MODEL"),
        ({"MODEL": "m", "DEVICE": "gpu"}, "DEVICE"),
        ({"MODEL": "m", "BATCH": "0"}, "BATCH"),
        ({"MODEL": "m", "DOCUMENTS": "many"}, "DOCUMENTS"),
        ({"MODEL": "m", "SCORE": "1.5"}, "SCORE"),
        ({"MODEL": "m", "DICTIONARY": "maybe"}, "DICTIONARY"),
        ({"MODEL": "m", "DOWNLOAD": "perhaps"}, "DOWNLOAD"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], named: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"HUITU_HANLP2_{name}", value)
    with pytest.raises(EngineSettings) as caught:
        load_hanlp2_settings()
    assert list(caught.value.problems) == [f"HUITU_HANLP2_{named}"] and caught.value.exit_code == 2


def test_a_model_is_all_that_must_be_set_and_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUITU_HANLP2_MODEL", "MSRA_NER_ELECTRA_SMALL_ZH")
    settings = load_hanlp2_settings()
    assert not settings.download
    assert (settings.device, settings.words, settings.documents) == ("auto", "hanlp1", 1)


def test_every_setting_has_a_variable_and_a_description() -> None:
    for name, field in Hanlp2Settings.model_fields.items():
        assert field.validation_alias == f"HUITU_HANLP2_{name.upper()}" and field.description


@pytest.mark.skipif(importlib.util.find_spec("hanlp") is not None, reason="HanLP 2 is installed")
def test_without_the_package_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUITU_HANLP2_MODEL", "m")
    with pytest.raises(PackageMissing, match="hanlp is not installed") as caught:
        engine("hanlp2")
    assert caught.value.hint is not None and "huitu[hanlp]" in caught.value.hint


# --- labels


@pytest.mark.parametrize(
    ("type_", "labels"),
    [
        (EntityType.PERSON, ["PERSON", "NR", "nr"]),
        (EntityType.ORGANIZATION, ["ORGANIZATION", "ORG", "NT", "nt"]),
        (EntityType.PLACE, ["LOCATION", "GPE", "LOC", "FAC", "NS", "ns"]),
        (None, ["DATE", "MONEY", "NORP", "WORK_OF_ART", "INTEGER", "WWW"]),
    ],
)
def test_the_label_sets_of_msra_ontonotes_and_pku_are_known(type_: EntityType | None, labels: list[str]) -> None:
    assert {type_of(label, "云溪大学") for label in labels} == {type_}


ONTONOTES = (
    "PERSON NORP FAC ORG GPE LOC PRODUCT DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL EVENT WORK_OF_ART LAW"
)


def test_no_label_of_ontonotes_is_missing() -> None:
    assert {*ONTONOTES.split(), "LANGUAGE"} <= set(LABELS)


@pytest.mark.parametrize(
    ("name", "is_one"), [("博鳌亚洲论坛", True), ("世界互联网大会", True), ("第二次世界大战", False)]
)
def test_an_event_is_a_forum_if_it_is_called_one(name: str, is_one: bool) -> None:
    assert (type_of("EVENT", name) is EntityType.FORUM) == is_one


def test_a_label_that_is_not_in_the_table_is_no_type() -> None:
    with pytest.raises(KeyError):
        type_of("ROBOT", "云溪")


# --- places


@pytest.mark.parametrize(
    ("sentence", "words", "spans"),
    [
        ("云溪大学主办", ["云溪大学", "主办"], [(0, 4), (4, 6)]),
        ("云溪 大学\n主办 ", ["云溪", "大学", "主办"], [(0, 2), (3, 5), (6, 8)]),
        ("iPhone X发布", ["iPhone X", "发布"], [(0, 8), (8, 10)]),
        ("日报 作者", ["日", "报作者"], [(0, 1), (1, 5)]),
        ("哈哈哈", ["哈", "哈", "哈"], [(0, 1), (1, 2), (2, 3)]),
        (" ", [], []),
        ("云溪大学", ["云溪", "大字"], None),
        ("云溪大学", ["云溪"], None),
        ("云溪大学", ["大学"], None),
        ("ABC", ["abc"], None),
        ("云", ["", "云"], None),
    ],
)
def test_words_have_their_places_or_none(sentence: str, words: list[str], spans: list[tuple[int, int]] | None) -> None:
    assert places(sentence, words) == spans


# --- files


def test_what_a_model_is_built_on_is_read_from_its_configuration(tmp_path: Path) -> None:
    config = checked_config(model(tmp_path / "m", encoder={"classpath": "hanlp.layers.X", "transformer": "other"}))
    assert encoders(config) == ("enc", "other")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FilesMissing, match="no such folder") as caught:
        checked_config(tmp_path / "m")
    assert caught.value.path == tmp_path / "m"


@pytest.mark.parametrize("name", ["config.json", "model.pt"])
def test_a_file_that_a_folder_lacks_is_told(tmp_path: Path, name: str) -> None:
    folder = model(tmp_path / "m")
    (folder / name).unlink()
    with pytest.raises(FilesMissing, match=f"{name} missing"):
        checked_config(folder)


def test_a_model_of_tensorflow_is_refused(tmp_path: Path) -> None:
    folder = model(tmp_path / "m")
    (folder / "meta.json").write_text("{}")
    with pytest.raises(EngineError, match="TensorFlow"):
        checked_config(folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", "{"])
def test_a_configuration_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    folder = model(tmp_path / "m")
    (folder / "config.json").write_text(text)
    with pytest.raises(EngineError, match=r"config\.json"):
        checked_config(folder)


@pytest.mark.parametrize(
    "config",
    [
        {"classpath": "os.system"},
        {"classpath": "hanlpish.Evil"},
        {"encoder": {"classpath": "subprocess.Popen"}},
        {"tasks": [{"x": {"classpath": "builtins.exec"}}]},
    ],
)
def test_a_model_that_names_classes_of_others_is_refused(tmp_path: Path, config: dict[str, Any]) -> None:
    with pytest.raises(EngineError, match="classes that are not HanLP's"):
        checked_config(model(tmp_path / "m", **config))


def test_an_encoder_needs_its_configuration_and_its_vocabulary(tmp_path: Path) -> None:
    folder = tmp_path / "transformers" / "enc"
    with pytest.raises(FilesMissing, match="no such folder; model m is built on enc") as caught:
        checked_encoder("enc", folder, "m", tmp_path)
    assert caught.value.path == folder
    assert caught.value.hint is not None
    assert str(tmp_path) in caught.value.hint and "HUITU_HANLP2_DOWNLOAD" in caught.value.hint
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    with pytest.raises(FilesMissing, match="vocabulary is missing"):
        checked_encoder("enc", folder, "m", tmp_path)
    (folder / "vocab.txt").write_text("[PAD]")
    checked_encoder("enc", folder, "m", tmp_path)


@pytest.mark.parametrize("name", ["config.json", "model.pt", "vocabs.json"])
def test_other_files_are_another_model(tmp_path: Path, name: str) -> None:
    folder = model(tmp_path / "m")
    before = digest(folder)
    (folder / "train.log").write_text("it went well")
    assert digest(folder) == before
    (folder / name).write_bytes(b"other")
    assert digest(folder) != before


# --- what is made of a model


class Component:
    """What has no tasks and is not called as a recogniser of names is."""


class Many:
    tasks = MappingProxyType({"tok/fine": Component(), "pos/ctb": Component()})


@pytest.mark.parametrize(("component", "said"), [(Component(), "finds no names"), (Many(), "not both tok and ner")])
def test_a_model_that_finds_no_names_is_refused(component: object, said: str) -> None:
    with pytest.raises(EngineError, match=said):
        recogniser(component, lambda: lambda sentences: [[] for _ in sentences], 8, lambda _: None)


class Lossy:
    """Its words are those of another sentence, wherever 别 is in it."""

    tasks = MappingProxyType({"tok": Component(), "ner": Component()})

    def __call__(self, sentences: list[str], tasks: list[str]) -> dict[str, list[Any]]:
        assert tasks == ["ner"]
        words = [["别", "的"] if "别" in each else list(each) for each in sentences]
        return {"tok": words, "ner": [[("云溪", "LOCATION", 0, 2)] for _ in sentences]}


def test_names_whose_places_cannot_be_told_are_none() -> None:
    find = recogniser(Lossy(), lambda: lambda sentences: [[] for _ in sentences], 2, lambda _: None)
    named = [Found(0, 2, "LOCATION")]
    assert find(["云溪", "别云溪大学", "云溪大学"]) == [named, None, named]


def test_what_is_no_tokenizer_cuts_no_words() -> None:
    with pytest.raises(EngineError, match="HUITU_HANLP2_WORDS names a Component"):
        tokenizer(Component(), 8)


def test_the_dictionary_has_long_names_of_the_lexicons() -> None:
    assert {"世界卫生组织", "中国科学院"} <= dictionary.names()
    assert min(map(len, dictionary.names())) == 4


def test_what_takes_no_dictionary_is_left_as_it_is() -> None:
    component = Component()
    dictionary.give(component, "combine", {"云溪大学"})
    assert vars(component) == {}


# --- proposals in the pipeline

TEXT = "沈知远来到青崖山。"
TOKENS = tuple(Token(at, at + 1, character, "g") for at, character in enumerate(TEXT))


def mentioned(*proposed: Mention) -> set[tuple[str, EntityType]]:
    document = Document("d", TEXT)
    found = find_mentions(Analysis(document, clean(TEXT), tokens=TOKENS, proposed=proposed))
    return {(TEXT[each.start : each.end], each.type) for each in found.mentions}


def test_names_that_another_recogniser_proposes_are_mentions() -> None:
    assert ("青崖山", EntityType.PLACE) in mentioned(Mention(5, 8, EntityType.PLACE, 0.7, "hanlp2.ner"))


def test_proposals_are_trimmed_as_others_are() -> None:
    found = mentioned(Mention(3, 9, EntityType.ORGANIZATION, 0.7, "x"), Mention(5, 9, EntityType.PLACE, 0.7, "x"))
    assert not any("。" in name for name, _ in found)


def test_of_two_proposals_for_one_place_the_one_with_more_weight_is_taken() -> None:
    weak, strong = (Mention(5, 8, each, score, "x") for each, score in (("Person", 0.3), ("Place", 0.99)))
    types = {type_ for name, type_ in mentioned(weak, strong) if name == "青崖山"}  # type: ignore[arg-type]
    assert types == {EntityType.PLACE}


# --- processes


def test_one_process_has_the_model_unless_more_are_asked_for() -> None:
    class Large(type(engine("hanlp1"))):  # type: ignore[misc]
        one_process = True

    assert (how_many(Large(), None), how_many(Large(), 3), how_many(engine("hanlp1"), None)) == (1, 3, None)
