"""``huitu extract --explain``: why each relation is there, and what was proposed and rejected."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extract import Extractor
from extract.analysis import Reason
from extract.explain import Explanation, explain
from extract.scorer.decide import ADD, KEEP
from extract.sources import read_documents
from extract.text import simplified
from graph.schema import Modality
from huitu.main import command_line

ROOT = Path(__file__).parents[1]
HUITU = Path(sys.executable).with_name("huitu")
ARTICLES = sorted((ROOT / "gold" / "dev").glob("own-*.txt"))
ARTICLE = (
    "2031云溪智能论坛5月18日在云溪市开幕。论坛由云溪市人民政府主办，晨光大学承办。晨光大学校长苏沐在论坛上致辞。\n"
)


def huitu(*arguments: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run ``huitu extract`` to its end, in a process of its own."""
    command = [str(HUITU), "extract", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False, env={**os.environ, **env}
    )


def said_of(text: str, *options: str) -> str:
    """What the command prints on a text from standard input with ``--explain``."""
    result = CliRunner().invoke(command_line(), ["extract", "-", "--explain", *options], input=text.encode())
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def explanations() -> list[Explanation]:
    extractor = Extractor()
    documents = read_documents(ARTICLES, on_skip=lambda skipped: pytest.fail(skipped.reason))
    return [explain(extractor.analyse(document)) for document in documents]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[dict[str, Any]]]:
    """What ``--explain`` prints on all articles, and the records that the same run writes."""
    output = tmp_path_factory.mktemp("explain") / "x.jsonl"
    result = huitu(*ARTICLES, "--explain", "--with-text", "-o", output)
    assert result.returncode == 0, result.stderr
    return result.stdout, [json.loads(line) for line in output.read_text("utf-8").splitlines()]


def block(printed: str, title: str) -> list[str]:
    """The lines below each heading that begins so, up to the next blank line."""
    return [
        line for part in re.findall(rf"^{title}.*\n((?:  .*\n)*)", printed, re.MULTILINE) for line in part.splitlines()
    ]


def test_each_relation_is_shown_with_all_that_the_record_says(printed: tuple[str, list[dict[str, Any]]]) -> None:
    shown = block(printed[0], "Relations")
    expected = [(record, relation) for record in printed[1] for relation in record["relations"]]
    assert len(shown) == 4 * len(expected) > 0
    for number, (record, relation) in enumerate(expected):
        first, second, sentence, places = shown[4 * number : 4 * number + 4]
        names = {entity["id"]: entity["name"] for entity in record["entities"]}
        assert first.startswith(f"  {relation['type']} ")
        assert first.endswith(f": {names[relation['head']]} -> {names[relation['tail']]}")
        assert f"{relation['modality']}, " in second
        assert f"confidence {relation['confidence']:g}, " in second
        assert relation.get("role", "") in second
        assert relation.get("date", {"from": ""})["from"] in second
        origin = "learned model" if relation["rule"].startswith("model.") else "grammar"
        assert second.endswith(f"{origin}, rule {relation['rule']}")
        evidence = relation["evidence"][0]
        assert places.startswith(f"    sentence {evidence['start']}-{evidence['end']}, head ")
        quote = re.sub(r"\[(?:head|tail|trigger) ([^\]]*)\]", r"\1", sentence.removeprefix("    "))
        assert quote == evidence["quote"].replace("\n", "↵").replace("\t", " ")


def test_offsets_are_those_of_the_marked_words(printed: tuple[str, list[dict[str, Any]]]) -> None:
    texts = [record["text"] for record in printed[1]]
    documents = printed[0].split("\n== ")
    assert len(documents) == len(texts)
    for text, document in zip(texts, documents, strict=True):
        lines = document.splitlines()
        for sentence, places in pairwise(lines):
            if not places.startswith("    sentence "):
                continue
            marked = sorted(re.findall(r"\[(head|tail|trigger) ([^\]]*)\]", sentence))
            spans = [
                (label, int(start), int(end))
                for label, found in re.findall(r"(head|tail|trigger) ((?:\d+-\d+ ?)+)", places)
                for start, end in re.findall(r"(\d+)-(\d+)", found)
            ]
            assert marked == sorted((label, text[start:end]) for label, start, end in spans)


def test_entities_are_shown_with_aliases_and_mentions(printed: tuple[str, list[dict[str, Any]]]) -> None:
    shown = block(printed[0], "Entities")
    entities = [entity for record in printed[1] for entity in record["entities"]]
    assert len(shown) == len(entities)
    for line, entity in zip(shown, entities, strict=True):
        assert line.split()[0] == entity["type"]
        assert all(name in line for name in (entity["name"], *entity["aliases"]))
        assert re.search(rf", {len(entity['mentions'])} mentions?$", line)


def test_rejected_facts_are_apart_with_rule_probability_and_threshold(
    printed: tuple[str, list[dict[str, Any]]], explanations: list[Explanation]
) -> None:
    doubted = block(printed[0], "Rejected: found by the grammar")[1::4]
    pairs = block(printed[0], "Rejected: found by no rule")[1::4]
    assert len(doubted) == sum(not r.learned for e in explanations for r in e.rejected) > 0
    assert len(pairs) == sum(r.learned for e in explanations for r in e.rejected) > 0
    for line in doubted:
        assert re.search(rf"probability 0(\.\d+)? (is below {KEEP:g}|.*, but ).*grammar, rule (?!model\.)", line)
    for line in pairs:
        assert re.search(rf"probability 0\.\d+( is below {ADD:g}|, but ).*learned model, rule model\.", line)


def test_what_is_rejected_is_in_no_record_and_below_its_threshold(explanations: list[Explanation]) -> None:
    for explanation in explanations:
        there = {(r.type, r.head, r.tail) for r in explanation.extraction.relations}
        for reading in explanation.rejected:
            relation = reading.relation
            assert (relation.type, relation.head, relation.tail) not in there
            assert reading.threshold == (ADD if reading.learned else KEEP)
            assert (reading.reason is Reason.UNLIKELY) == (relation.confidence < reading.threshold)


def test_a_reading_lies_in_its_sentence_and_names_what_it_says(explanations: list[Explanation]) -> None:
    for explanation in explanations:
        text = explanation.extraction.document.text
        mentions = {entity.id: set(entity.mentions) for entity in explanation.extraction.entities}
        assert [r.relation for r in explanation.facts] == list(explanation.extraction.relations)
        for reading in (*explanation.facts, *explanation.rejected):
            evidence = reading.relation.evidence[0]
            ends = ((reading.relation.head, reading.heads), (reading.relation.tail, reading.tails))
            for start, end in (*reading.heads, *reading.tails, *reading.triggers):
                assert evidence.start <= start < end <= evidence.end
            for id, spans in ends:
                for start, end in set(spans) - mentions[id]:  # words that stand for a name, like 大会
                    assert re.search(r"[该本此这会坛赛展式动心院盟划室校]", simplified(text[start:end]))


def test_the_normal_output_is_the_same_bytes_with_and_without_it(tmp_path: Path) -> None:
    plain = huitu(*ARTICLES[:3])
    both = huitu(*ARTICLES[:3], "--explain", "--html", tmp_path / "reports", "-o", tmp_path / "x.jsonl")
    assert plain.returncode == both.returncode == 0
    assert (tmp_path / "x.jsonl").read_text("utf-8") == plain.stdout
    assert len(list((tmp_path / "reports").iterdir())) == 3


def test_only_leaves_what_fits_every_word() -> None:
    whole = said_of(ARTICLE)
    assert "SPEAKER_AT 发言: 苏沐 -> 2031云溪智能论坛" in whole
    assert "ORGANIZED_BY 承办: 2031云溪智能论坛 -> 晨光大学" in whole
    for words in (["speaker_at"], ["发言"], ["苏沐", "Forum"], ["苏", "SPEAKER_AT"]):
        options = [option for word in words for option in ("--only", word)]
        shown = said_of(ARTICLE, *options)
        assert "SPEAKER_AT 发言: 苏沐 -> 2031云溪智能论坛" in shown
        assert "ORGANIZED_BY" not in shown
        assert "云溪市人民政府, " not in shown


def test_it_says_why_an_expected_fact_is_missing() -> None:
    shown = said_of(ARTICLE, "--only", "开幕", "--only", "江海")
    assert f"开幕 is in the text at {ARTICLE.index('开幕')}, but in no name that was found." in shown
    assert "江海 is not in the text." in shown
    assert "No rule found such a relation, and the model holds none for likely." in shown
    assert "not in the text" not in said_of(ARTICLE, "--only", "MEMBER_OF")


def test_a_denied_relation_is_said_to_be_denied() -> None:
    text = "2031云溪智能论坛5月18日在云溪市开幕，晨光大学校长苏沐因故未能出席论坛。\n"
    shown = said_of(text, "--only", "苏沐", "--only", "Forum")
    assert f"{Modality.DENIED}, " in "".join(block(shown, "Relations"))


def test_an_article_cannot_steer_the_terminal() -> None:
    steering = "\x1b[31m \x1b]0;x\x07 \x9b2J \u202e \u2066"
    text = ARTICLE.replace("苏沐在", f"苏沐在{steering}") + 20 * ARTICLE
    shown = said_of(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert "�[31m �]0;x� �2J � �" in shown


def test_markup_of_rich_in_an_article_is_text() -> None:
    assert "[/red]由" in said_of(ARTICLE.replace("论坛由", "[bold]论坛[/red]由"))


def test_it_has_colours_on_a_terminal_only(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    forced = huitu(tmp_path / "a.txt", "--explain", FORCE_COLOR="1", TERM="xterm-256color").stdout
    assert "\x1b[1;36m[head " in forced
    assert re.sub(r"\x1b\[[\d;]*m", "", forced).partition("\n")[2] == said_of(ARTICLE).partition("\n")[2]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--only", "苏沐"], "--explain"),
        (["--explain", "-o", "-"], "--output"),
        (["--html", "no-folder/x.html"], "no folder"),
        (["--html", "no-folder/x"], "no folder"),
    ],
)
def test_wrong_use_is_2_and_writes_nothing(options: list[str], said: str) -> None:
    result = CliRunner().invoke(command_line(), ["extract", "-", *options], input=ARTICLE, env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
