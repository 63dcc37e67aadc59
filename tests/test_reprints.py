"""Reprints of one text are found as such; texts that follow one pattern and tell of two things are not."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from hostile import texts
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.reprints import BANDS, MAX_DAYS, SHORTEST, Signature, clusters, is_reprint, signature

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "gold" / "reprints"
ARTICLE = (GOLD / "lianmeng-headline.txt").read_text("utf8")
BODY = "\n\n".join(ARTICLE.split("\n\n")[2:])
NOTICE = (ROOT / "gold" / "train" / "firm-n-02.txt").read_text("utf8")


class Pair(NamedTuple):
    one: str
    other: str
    same: bool
    kind: str
    days: int | None


def gold_pairs() -> list[Pair]:
    rows = (line.split("\t") for line in (GOLD / "pairs.tsv").read_text("utf8").splitlines() if line[0] != "#")
    labels = {"reprint": True, "different": False}
    return [
        Pair(one, other, labels[label], kind, int(days) if days else None) for one, other, label, kind, days in rows
    ]


def read(pair: Pair) -> tuple[str, str]:
    return (GOLD / pair.one).read_text("utf8"), (GOLD / pair.other).read_text("utf8")


def candidates(one: Signature, other: Signature) -> bool:
    return any(band == other_band for band, other_band in zip(one.bands, other.bands, strict=False))


def test_what_is_called_a_reprint_is_one_and_recall_does_not_fall() -> None:
    found = {pair for pair in gold_pairs() if is_reprint(*read(pair), days_apart=pair.days)}
    reprints = {pair for pair in gold_pairs() if pair.same}
    assert found <= reprints, "precision below 1"
    # docs/identity.md tells which are missed: cut to less than half, a number corrected, a variant OpenCC lacks (衞).
    assert len(found) / len(reprints) >= 0.86, {(pair.kind, pair.other) for pair in reprints - found}


def test_every_reprint_that_the_texts_show_is_a_candidate_too() -> None:
    found = [pair for pair in gold_pairs() if is_reprint(*read(pair), days_apart=pair.days)]
    assert all(candidates(*map(signature, read(pair))) for pair in found)


def test_the_gold_has_both_kinds_of_pairs_and_each_text_is_in_one() -> None:
    pairs = gold_pairs()
    assert sum(pair.same for pair in pairs) >= 28 and sum(not pair.same for pair in pairs) >= 24
    assert {"headline", "cut", "note", "traditional", "width"} <= {pair.kind for pair in pairs if pair.same}
    assert {"edition", "daily report", "template names", "digest"} <= {pair.kind for pair in pairs if not pair.same}
    named = {name for pair in pairs for name in (pair.one, pair.other)}
    assert {path.name for path in GOLD.glob("*.txt")} == {name for name in named if "/" not in name}


def test_no_two_articles_of_the_other_gold_and_the_samples_are_reprints() -> None:
    files = [*(ROOT / "samples").glob("*.txt"), *(ROOT / "gold").glob("[dt]*/*.txt")]
    read_texts = [path.read_text("utf8") for path in sorted(files)]
    signatures = [signature(text) for text in read_texts]
    assert len(files) > 700
    pairs = itertools.combinations(range(len(files)), 2)
    near = [(one, other) for one, other in pairs if candidates(signatures[one], signatures[other])]
    assert not [pair for pair in near if is_reprint(read_texts[pair[0]], read_texts[pair[1]])]


@pytest.mark.parametrize(
    "reprint",
    [
        "苏州成立数据联盟\n\n" + BODY,
        ARTICLE.replace("2025-04-19 08:15:30", "2025-04-20 21:07:44").replace("金鸡湖日报", "姑苏晚报"),
        ARTICLE.replace("4月18日，开放", "18日，开放"),
        "".join(f"<p>{line}</p>" for line in ARTICLE.splitlines()),
        "<div>" + ARTICLE.replace("47家", "<b>47</b>家").replace("“", "&ldquo;").replace("”", "&rdquo;") + "</div>",
        ARTICLE + "\n上一篇：2025年第11期周报\n下一篇：关于放假的通知\n版权所有，未经授权不得转载",
    ],
    ids=["headline", "source line", "month left out", "paragraphs", "markup", "page"],
)
def test_what_another_outlet_puts_around_a_text_does_not_make_it_another(reprint: str) -> None:
    assert is_reprint(ARTICLE, reprint)
    assert candidates(signature(ARTICLE), signature(reprint))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("第九届", "第八届"),
        ("第九届", "第十九届"),
        ("4月16日—18日", "4月26日—28日"),
        ("2800元", "3800元"),
        ("限40人", "限140人"),
        ("常州", "扬州"),
    ],
)
def test_the_same_words_with_another_number_or_name_are_another_text(old: str, new: str) -> None:
    assert old in NOTICE
    assert not is_reprint(NOTICE, NOTICE.replace(old, new))


def test_a_number_within_markup_counts() -> None:
    one, other = (f"<p>{BODY}</p>".replace("47家", f"<b>{number}</b>家") for number in (47, 52))
    assert not is_reprint(one, other)


def test_a_digest_does_not_join_what_it_holds() -> None:
    items = [(GOLD / name).read_text("utf8") for name in ("zhouhui-item.txt", "zhouhui-item-2.txt")]
    digest = (ROOT / "samples" / "20251124-weekly-digest.txt").read_text("utf8")
    assert not any(is_reprint(digest, item) for item in items)


@pytest.mark.parametrize(("days", "same"), [(0, True), (MAX_DAYS, True), (-MAX_DAYS, True), (MAX_DAYS + 1, False)])
def test_the_same_words_long_after_are_another_occasion(days: int, same: bool) -> None:
    assert is_reprint(ARTICLE, ARTICLE, days_apart=days) is same
    assert is_reprint(ARTICLE, ARTICLE)


@pytest.mark.parametrize("text", ["", "　\n", "<p></p>", "2025-07-18 来源：太湖新闻网", BODY[: SHORTEST - 1]])
def test_a_text_too_short_to_judge_has_no_bands_and_no_reprints(text: str) -> None:
    assert signature(text) == Signature(()) and signature(text).properties == {}
    assert not is_reprint(text, text)


def test_bands_are_properties_that_a_database_holds() -> None:
    properties = signature(ARTICLE).properties
    assert list(properties) == [f"band_{number}" for number in range(BANDS)]
    assert all(type(band) is int and -(2**63) <= band < 2**63 for band in properties.values())
    assert len(set(properties.values())) == BANDS


def test_bands_are_the_same_in_every_process_and_release() -> None:
    text = "２０２５年４月，開放具身智能產業聯盟（OEIA）成立大會在苏州国际博览中心召开。" * 4
    code = f"from graph.reprints import signature; print(*signature({text!r}).bands)"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1")
    }
    # Bands are stored: whoever changes them must have all documents loaded anew.
    assert outputs == {" ".join(map(str, PINNED)).encode() + os.linesep.encode()}


PINNED = (
    -3760819569663864451,
    -5937206060539540863,
    7079713345158988418,
    -1442892874864179500,
    -8253147567816843053,
    1138727774314251818,
    3314969953533612504,
    7371374532600483683,
)

spaces = st.text(alphabet=" \t\u3000\u200b\u00a0", min_size=1, max_size=3)
pieces = st.lists(st.sampled_from([*ARTICLE.split("\n\n"), *NOTICE.split("\n\n")]), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(pieces, st.lists(st.tuples(st.integers(min_value=0), spaces), max_size=20))
def test_spaces_change_neither_bands_nor_verdict(paragraphs: list[str], put_in: list[tuple[int, str]]) -> None:
    text = changed = "\n".join(paragraphs)
    for place, space in put_in:
        place %= len(changed)
        changed = changed[:place] + space + changed[place:]
    assert signature(changed) == signature(text)
    assert is_reprint(text, changed) is (signature(text).bands != ())


@settings(max_examples=60, deadline=None)
@given(pieces, st.randoms())
def test_width_changes_neither_bands_nor_verdict(paragraphs: list[str], random: Random) -> None:
    choose = random.random
    text = "\n".join(paragraphs)
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and choose() < 0.5 else c for c in text)
    assert signature(wide) == signature(text)
    assert is_reprint(text, wide) is (signature(text).bands != ())


@settings(max_examples=100, deadline=None)
@given(pieces, pieces)
def test_the_order_of_two_texts_does_not_matter(one: list[str], other: list[str]) -> None:
    assert is_reprint("\n".join(one), "\n".join(other)) is is_reprint("\n".join(other), "\n".join(one))


@settings(max_examples=200, deadline=None)
@given(texts, texts)
@example("\ud83d" * 200, "<" * 200)
@example("一" * 300, "一二" * 150)
@example("", "")
def test_no_text_makes_it_fail(one: str, other: str) -> None:
    assert len(signature(one).bands) in (0, BANDS)
    assert is_reprint(one, other) is is_reprint(other, one)
    assert is_reprint(one, one) is (signature(one).bands != ())


def test_a_cluster_is_what_a_chain_connects_and_bears_the_name_of_its_earliest_document() -> None:
    dates = {"a": "2025-07-20", "b": "2025-07-19", "c": None, "d": "2025-07-18", "e": None}
    found = clusters([("a", "b"), ("c", "a"), ("e", "d")], dates)
    assert found == {"a": "b", "b": "b", "c": "b", "d": "d", "e": "d"}


def test_of_one_day_the_smallest_id_names_the_cluster_and_undated_documents_only_one_another() -> None:
    assert clusters([("b", "a")], {"a": "2025-07-18", "b": "2025-07-18"}) == {"a": "a", "b": "a"}
    assert clusters([("b", "a")], {}) == {"a": "a", "b": "a"}
    assert clusters([("b", "a")], {"b": "2025-07-18"}) == {"a": "b", "b": "b"}
    assert clusters([], {"a": "2025-07-18"}) == {}


ids = st.sampled_from("abcdefgh")
days = st.one_of(st.none(), st.sampled_from(["2025-07-18", "2025-07-19", "2025-07-20"]))


@given(st.lists(st.tuples(ids, ids), max_size=12), st.dictionaries(ids, days), st.randoms())
def test_neither_order_nor_direction_of_pairs_changes_a_cluster(
    pairs: list[tuple[str, str]], dates: dict[str, str | None], random: Random
) -> None:
    found = clusters(pairs, dates)
    other = [(two, one) for one, two in pairs]
    random.shuffle(other)
    assert clusters(other, dates) == found and list(clusters(other, dates)) == list(found)
    assert found.keys() == {id for pair in pairs for id in pair}
    assert all(found[one] == found[two] for one, two in pairs)
    assert all(found[cluster] == cluster for cluster in found.values())
