"""The tagger in Java: longest matches of lexicons, features, and names with their probabilities, against numpy."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import numpy as np
import pytest

from extract import jvm
from extract.segmenter import HanLP1
from extract.tagger.crf import LABELS, Crf, label_ids, stretches
from extract.tagger.decode import find
from extract.tagger.features import features
from extract.tagger.gazetteer import Matcher
from extract.tagger.model import load
from graph import artifacts

TEXTS = [
    "2031云溪大会在北原市举行。云溪大学校长林知远在会上致辞。\n主办单位:北原市人民政府",
    "据《云溪日报》报道,“智能时代”论坛(第三届)下午开幕",
    "𠮷野家董事长𠀋山与会。",
    "会",
]


@pytest.fixture(scope="module")
def segmenter() -> HanLP1:
    return HanLP1()


def test_matches_are_the_longest_from_left_to_right_and_do_not_overlap() -> None:
    matcher = Matcher({"云溪": 1, "云溪大学": 2, "大学城": 3, "𠮷野": 4})
    assert matcher.find("𠮷野云溪大学城云溪大") == [[0, 2, 4], [2, 6, 2], [7, 9, 1]]
    assert matcher.find("") == []


def test_words_cover_the_text_also_where_a_character_is_two_units_of_java(segmenter: HanLP1) -> None:
    for text in TEXTS:
        tokens = segmenter.tokens(text)
        assert "".join(token.word for token in tokens) == text
        assert all(text[token.start : token.end] == token.word and token.tag for token in tokens)


def test_every_character_has_a_key_a_template(segmenter: HanLP1) -> None:
    for text in TEXTS:
        keys = features(text, segmenter.tokens(text))
        assert keys.shape == (len(text), 80)
        assert all(len(set(row)) > 60 for row in keys.tolist()), "few templates share a key"


def test_stretches_end_with_a_sentence_a_line_or_where_they_get_long() -> None:
    text = "短。\n" + "字" * 299 + "。" + "字" * 300 + ",余," + "字" * 1500 + "\n末"
    parts = [text[start:end] for start, end in stretches(text)]
    assert "".join(parts) == text
    assert [len(part) for part in parts] == [2, 1, 300, 301, 1200, 303, 1]


@pytest.mark.parametrize("seed", range(5))
def test_names_are_the_best_path_and_as_probable_as_training_thinks(segmenter: HanLP1, seed: int) -> None:
    """The path against all that the shipped features weigh at random; the probability against the expectations."""
    random = np.random.default_rng(seed)
    text = TEXTS[seed % 2]
    tokens = segmenter.tokens(text)
    every = features(text, tokens)
    keys = np.unique(every)
    weights = random.normal(0, 0.3, (len(keys), len(LABELS))).astype(np.float32)
    weights[:, 1:] += 0.05
    crf = Crf(keys, weights, random.normal(0, 1, (len(LABELS), len(LABELS))).astype(np.float32))
    scores = crf.weights[np.searchsorted(keys, every)].sum(1)
    found = find(crf, text, tokens)
    assert found
    labels = label_ids(len(text), [(each.start, each.end, each.type) for each in found])
    for start, end in stretches(text):
        assert _worth(crf, scores, labels, start, end) >= _best(crf, scores, start, end) - 1e-3
        marginals, _, _ = crf.expectations(scores[None, start:end], np.array([end - start]))
        for each in found:
            if start <= each.start < end:
                places = np.arange(each.start, each.end)
                least = marginals[0][places - start, labels[places]].min()
                assert each.probability == pytest.approx(least, abs=2e-4)


def test_the_shipped_model_finds_the_names(segmenter: HanLP1) -> None:
    text = TEXTS[0]
    names = {text[each.start : each.end] for each in find(load(), text, segmenter.tokens(text))}
    assert {"2031云溪大会", "林知远", "云溪大学"} <= names
    assert find(load(), "", ()) == []


def test_what_is_compiled_is_kept_and_taken_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = sorted((Path(jvm.__file__).parent / "java" / "huitu").glob("*.java"))
    monkeypatch.setattr(artifacts, "cache_dir", lambda: tmp_path)
    kept = jvm._compiled(sources)
    assert {path.stem for path in (kept / "huitu").glob("*.class")} == {path.stem for path in sources}
    monkeypatch.setattr(jvm, "_compile", None)
    assert jvm._compiled(sources) == kept
    assert list((tmp_path / "classes").iterdir()) == [kept], "nothing is left over"


def test_where_the_cache_is_only_to_be_read_it_is_compiled_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = sorted((Path(jvm.__file__).parent / "java" / "huitu").glob("*.java"))
    (tmp_path / "file").touch()
    monkeypatch.setattr(artifacts, "cache_dir", lambda: tmp_path / "file")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = jvm._compiled(sources)
    assert made.parent == tmp_path
    assert (made / "huitu" / "Crf.class").exists()


def _worth(crf: Crf, scores: np.ndarray, labels: np.ndarray, start: int, end: int) -> float:
    path = labels[start:end]
    return float(scores[np.arange(start, end), path].sum() + crf.transitions[path[:-1], path[1:]].sum())


def _best(crf: Crf, scores: np.ndarray, start: int, end: int) -> float:
    """The worth of the best path, in numpy."""
    opens = np.array([label[0] in "BI" for label in LABELS])
    goes_on = np.array([label[0] in "IE" for label in LABELS])
    kind = np.array([re.sub("^.-?", "", label) for label in LABELS])
    allowed = np.where(opens[:, None] & goes_on, kind[:, None] == kind, ~opens[:, None] & ~goes_on)
    moves = np.where(allowed, crf.transitions, -1e9)
    state = np.where(goes_on, -1e9, scores[start])
    for place in range(start + 1, end):
        state = (state[:, None] + moves).max(0) + scores[place]
    return float(np.where(opens, -1e9, state).max())
