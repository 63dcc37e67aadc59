"""Proposals of annotations are gold that can be read, and leave alone what was reviewed; the command as it is typed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typer
from language_model import LanguageModel, Reply, running

from extract import Extractor
from extract.errors import BudgetSpent
from extract.evaluate import evaluate, read_gold
from extract.sources import Skipped, read_documents
from graph.schema import Document, Extraction, Modality
from huitu.documents import extract
from huitu.proposals import Proposals
from huitu.sharding import shard

WAIT_S = 120
HUITU = Path(sys.executable).with_name("huitu")
TIME = Path(__file__).parents[1] / "gold" / "time"


@pytest.fixture
def model() -> Iterator[LanguageModel]:
    with running() as model:
        yield model


@pytest.fixture
def settings(model: LanguageModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets variables of the language model; address, model, key and cache are set already."""

    def put(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(f"HUITU_LLM_{name}", value)

    put(URL=model.url, MODEL="m", KEY="sk-never-shown", CACHE=str(tmp_path / "cache"))
    return put


def found_in(folder: Path) -> list[Extraction]:
    return list(Extractor().extract_all(read_documents([folder], on_skip=lambda _: None)))


def test_a_proposal_is_gold_that_says_what_was_found(tmp_path: Path) -> None:
    skipped: list[Skipped] = []
    proposals = Proposals(tmp_path / "new", "huitu/0 hanlp1 0", skipped.append)
    found = found_in(TIME)
    for extraction in found:
        proposals.write(extraction)
    gold = list(read_gold(tmp_path / "new"))
    extractor = Extractor()
    result = evaluate(gold, lambda document: extractor.extract(document).to_json())
    assert len(gold) == len(found) == 10 and skipped == []
    assert result.total("E").f1 == result.total("R").f1 == 1
    assert result.to_json()["modality"]["accuracy"] == 1 and result.to_json()["dates"]["same"] == 1
    assert any(each.denied for each in gold) and any(r.get("title") for each in gold for r in each.relations)
    assert all(r["quote"] in each.document.text for each in gold for r in each.relations)
    record = json.loads((tmp_path / "new" / "mod-02.gold.json").read_bytes())
    assert record["proposed_by"] == "huitu/0 hanlp1 0" and record["doc"] == "mod-02"


def test_what_is_there_may_have_been_reviewed_and_stays(tmp_path: Path) -> None:
    skipped: list[Skipped] = []
    proposals = Proposals(tmp_path, "x", skipped.append)
    (tmp_path / "a.gold.json").write_text("reviewed")
    (tmp_path / "b.txt").write_text("another text")
    (tmp_path / "c.txt").write_text("同一篇")
    for key in "abc":
        proposals.write(Extraction(Document(key, "同一篇")))
    assert [each.path for each in skipped] == ["a", "b"]
    assert (tmp_path / "a.gold.json").read_text() == "reviewed" and not (tmp_path / "b.gold.json").exists()
    assert (tmp_path / "c.gold.json").exists()


@pytest.mark.parametrize(
    "key", ["../../up", "/etc/passwd", "https://example.org/1?a=b", "a/1", "名" * 200, "-", "x\\y"]
)
def test_no_key_leads_out_of_the_folder(tmp_path: Path, key: str) -> None:
    folder = tmp_path / "in" / "here"
    proposals = Proposals(folder, "x", lambda _: None)
    proposals.write(Extraction(Document(key, "文")))
    proposals.write(Extraction(Document(f"{key} ", "另一篇")))
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) == 4 and {path.parent for path in written} == {folder}


def test_text_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    skipped: list[Skipped] = []
    Proposals(tmp_path, "x", skipped.append).write(Extraction(Document("a", "\ud800")))
    assert [each.path for each in skipped] == ["a"] and not list(tmp_path.iterdir())


def test_a_fact_that_is_asserted_and_denied_is_proposed_as_asserted(tmp_path: Path) -> None:
    extraction = next(each for each in found_in(TIME) if each.relations)
    first = extraction.relations[0]
    both = (replace(first, modality=Modality.HELD), replace(first, modality=Modality.DENIED))
    Proposals(tmp_path, "x", lambda _: None).write(replace(extraction, relations=both))
    (gold,) = read_gold(tmp_path)
    assert len(gold.relations) == 1 and gold.denied == []


# --- the command with a language model


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(3):
        text = f"第{number}篇\n第三届云溪论坛由云溪大学主办。云溪大学校长沈知远出席并致辞。\n"
        (folder / f"{number}.txt").write_text(text, "utf8")
    return folder


def test_the_command_labels_with_a_model_and_tells_the_cost(
    articles: Path, model: LanguageModel, tmp_path: Path, settings: Callable[..., None]
) -> None:
    settings(PRICE_IN="1", PRICE_OUT="10")
    command = [HUITU, "extract", articles, "--engine", "llm", "--gold", tmp_path / "gold"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "" and "3 documents extracted, 0 failed." in done.stderr
    assert "llm: 3 requests, 0 answers from the cache; 300 + 30 tokens, cost 0.0006" in done.stderr
    assert [len(each.relations) for each in read_gold(tmp_path / "gold")] == [2, 2, 2]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "0 requests, 3 answers from the cache" in done.stderr and done.stderr.count("passed over") == 3
    assert len(model.bodies) == 3


def test_a_run_that_the_budget_ends_goes_on_with_a_higher_one(
    articles: Path,
    model: LanguageModel,
    tmp_path: Path,
    settings: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings(BUDGET_TOKENS="150", CONCURRENCY="1")
    with pytest.raises(BudgetSpent, match="220 of 150 tokens"):
        extract([str(articles)], tmp_path / "found.jsonl", engine="llm")
    assert "llm: 2 requests" in capsys.readouterr().err and not (tmp_path / "found.jsonl").exists()
    settings(BUDGET_TOKENS="1000")
    assert extract([str(articles)], tmp_path / "found.jsonl", engine="llm") == 0
    lines = (tmp_path / "found.jsonl").read_text("utf8").splitlines()
    assert len(model.bodies) == 3
    assert [json.loads(line)["relations"][0]["engines"] for line in lines] == [["llm"]] * 3


def test_a_document_that_the_model_fails_on_stops_no_other_and_shards_hold_the_rest(
    articles: Path,
    model: LanguageModel,
    tmp_path: Path,
    settings: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings(CONCURRENCY="1")
    model.next.append(Reply(b"{}", 400))
    assert shard([str(articles)], str(tmp_path / "shards"), engine="hanlp1+llm") == 1
    said = capsys.readouterr()
    assert "2 documents in 1 shards, 1 of them made now; 1 failed." in said.out
    assert "cannot be extracted from: engine 'llm': the server refuses the request with status 400" in said.err
    assert json.loads((tmp_path / "shards" / "manifest.json").read_bytes())["extractor"].split()[1] == "hanlp1+llm"


def test_java_that_a_thread_has_started_ends_with_the_command(articles: Path, settings: Callable[..., None]) -> None:
    settings(CONCURRENCY="2")
    command = [HUITU, "extract", articles, "--engine", "hanlp1/llm"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=WAIT_S)
    assert len(done.stdout.splitlines()) == 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"engine": "llm", "explained": True}, "tell the rules of hanlp1"),
        ({"engine": "llm", "processes": 2}, "waits for a service"),
        ({"gold": Path("x"), "explained": True}, "neither --explain nor --html"),
    ],
)
def test_wrong_use_of_extract_is_told(
    articles: Path, model: LanguageModel, settings: Callable[..., None], options: dict[str, Any], said: str
) -> None:
    settings()
    with pytest.raises(typer.BadParameter, match=said):
        extract([str(articles)], **options)
    assert model.bodies == []


def test_a_cluster_is_of_no_use_to_an_engine_that_waits(
    articles: Path, tmp_path: Path, settings: Callable[..., None]
) -> None:
    settings()
    with pytest.raises(typer.BadParameter, match="waits for a service"):
        shard([str(articles)], str(tmp_path / "shards"), engine="llm", ray="local")
    assert not (tmp_path / "shards").exists()


def test_a_setting_that_is_missing_is_named(articles: Path, settings: Callable[..., None]) -> None:
    settings(MODEL="")
    command = [HUITU, "extract", articles, "--engine", "llm"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "HUITU_LLM_MODEL" in done.stderr and "Traceback" not in done.stderr
    assert "docs/engines.md" in done.stderr and "sk-never-shown" not in done.stderr
