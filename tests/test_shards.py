"""Shards: made once, whole or not at all, and the same whether one process, several or a cluster make them."""

from __future__ import annotations

import gzip
import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import fsspec
import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import ExtractionFailed, StorageError
from extract.extractor import Extractor
from extract.shards import MANIFEST, Folder, Manifest, Shard, contents, cut, grouped
from extract.sources import File, read_documents
from extract.version import extractor_name
from graph.client import Graph
from graph.load import load, reset
from graph.schema import Document, Extraction
from graph.settings import Connection
from graph.snapshot import snapshot
from huitu.sharding import shard

HUITU = Path(sys.executable).with_name("huitu")
GOLD = Path(__file__).parents[1] / "gold" / "test"
SIZE = 4
WAIT_S = 120


def documents(count: int = 400) -> list[Document]:
    return [Document(f"d{number}", f"第{number}届云溪论坛在云溪举行。") for number in range(count)]


def held(folder: Path) -> dict[str, bytes]:
    """The files of a folder, those aside that were never finished."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents in files of their own, and in one of JSON Lines."""
    folder = tmp_path_factory.mktemp("articles")
    texts = [(path.stem, path.read_text("utf8")) for path in sorted(GOLD.glob("*.txt"))]
    for name, text in texts[:6]:
        (folder / f"{name}.txt").write_text(text, "utf8")
    rows = (json.dumps({"doc": name, "text": text}, ensure_ascii=False) for name, text in texts[6:])
    (folder / "rest.jsonl").write_text("\n".join(rows) + "\n", "utf8")
    (folder / "broken.jsonl").write_text("{\n", "utf8")
    return folder


@pytest.fixture(scope="module")
def made(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shards of the articles, as one process makes them."""
    folder = tmp_path_factory.mktemp("made") / "shards"
    assert shard([str(articles)], str(folder), size=SIZE, processes=1) == 1, "one file is no document"
    return folder


@contextmanager
def started(articles: Path, output: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """The command at work, its first shard made."""
    command = [HUITU, "shard", articles, "-o", output, "--size", str(SIZE), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        until = time.monotonic() + WAIT_S
        while not any(output.glob("[!.]*")):
            assert process.poll() is None and time.monotonic() < until
            time.sleep(0.02)
        yield process


def test_a_document_more_or_less_leaves_the_other_shards_as_they_are() -> None:
    all_of_them = documents()
    before = {one.name for one in cut(all_of_them, "x 1", 20)}
    assert len(before) > 10
    without = {one.name for one in cut(all_of_them[:150] + all_of_them[151:], "x 1", 20)}
    changed = [*all_of_them[:150], replace(all_of_them[150], title="新的标题"), *all_of_them[151:]]
    other = {one.name for one in cut(changed, "x 1", 20)}
    assert 1 <= len(before - without) <= 2 and 1 <= len(before - other) <= 2
    assert not before & {one.name for one in cut(all_of_them, "x 2", 20)}, "another extractor makes others"


@given(st.lists(st.integers(0, 10**6), unique=True, max_size=60), st.integers(1, 9))
def test_shards_hold_every_document_once_in_order_and_are_never_empty(numbers: list[int], size: int) -> None:
    given_ = [Document(str(number), "文") for number in numbers]
    shards = list(cut(given_, "x 1", size))
    assert [document for one in shards for document in one.documents] == given_
    assert all(1 <= len(one.documents) <= 4 * size for one in shards)
    assert len({one.name for one in shards}) == len(shards)


def test_large_files_are_read_by_themselves_and_small_ones_together() -> None:
    sizes = [10] * 1000 + [70_000_000] * 3
    files = [File(Path(f"{number}.txt"), str(number), ".txt", size) for number, size in enumerate(sizes)]
    groups = list(grouped(files))
    assert [file for group in groups for file in group] == files
    assert 2 < len(groups) < 30
    assert all(len(group) == 1 for group in groups[-2:])


def test_a_second_run_makes_nothing_and_what_is_missing_or_damaged_is_made_again(
    articles: Path, made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "shards"
    output.mkdir()
    for name, data in held(made).items():
        (output / name).write_bytes(data)
    first, second, *_ = sorted(output.glob("*.gz"))
    first.unlink()
    second.write_bytes(second.read_bytes()[:-9])
    assert shard([str(articles)], str(output), size=SIZE, processes=1) == 1
    assert f"20 documents in {len(held(made)) - 1} shards, 2 of them made now; 1 failed." in capsys.readouterr().out
    assert held(output) == held(made)
    shard([str(articles)], str(output), size=SIZE, processes=1)
    assert " 0 of them made now" in capsys.readouterr().out


def test_a_run_that_was_killed_goes_on_where_it_was(articles: Path, made: Path, tmp_path: Path) -> None:
    output = tmp_path / "shards"
    with started(articles, output, "--processes", "1") as process:
        process.kill()
    assert 1 <= len(held(output)) < len(held(made)), "it was in the middle"
    assert not (output / MANIFEST).exists()
    with pytest.raises(StorageError, match="there is no manifest") as refused:
        Folder(output).manifest()
    assert "again" in str(refused.value.hint)
    assert shard([str(articles)], str(output), size=SIZE, processes=1) == 1
    assert held(output) == held(made)


def test_a_process_that_is_killed_costs_its_work_alone(articles: Path, made: Path, tmp_path: Path) -> None:
    output = tmp_path / "shards"
    with started(articles, output, "--processes", "2") as process:
        children = psutil.Process(process.pid).children()
        next(child for child in children if "spawn_main" in " ".join(child.cmdline())).kill()
        _, said = process.communicate()
    assert process.returncode == 1 and "A process was ended from outside" in said and "broken.jsonl:1" in said
    assert held(output) == held(made)


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed; make test-ray does so")
def test_a_cluster_makes_the_same_bytes_also_when_a_process_of_it_is_killed(
    articles: Path, made: Path, tmp_path: Path
) -> None:
    output = tmp_path / "shards"
    with started(articles, output, "--ray", "local") as process:
        workers = [each for each in psutil.Process(process.pid).children(recursive=True) if _makes(each)]
        assert workers
        workers[0].kill()
        out, said = process.communicate()
    assert process.returncode == 1 and "20 documents" in out and "broken.jsonl:1" in said
    assert held(output) == held(made)


def _makes(process: psutil.Process) -> bool:
    return "_Making" in " ".join(process.cmdline())


def test_a_document_that_fails_is_told_and_stops_no_other(tmp_path: Path) -> None:
    one = Shard("x.jsonl.gz", tuple(documents(3)))
    folder = Folder(tmp_path)
    folder.write(one.name, contents(one, FailingOn("d1")))
    entry = folder.entry(one.name)
    assert entry is not None and entry.documents == 2
    assert entry.failed == (("d1", "RuntimeError: 不行"),)
    folder.finish(Manifest("x 1", (entry,)))
    assert folder.manifest() == Manifest("x 1", (entry,))
    assert [json.loads(line)["doc"] for _, line in folder.lines(entry)] == ["d0", "d2"]


class FailingOn(Extractor):
    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key

    def extract(self, document: Document) -> Extraction:
        if document.key == self._key:
            raise ExtractionFailed(self._key, "RuntimeError: 不行")
        return super().extract(document)


def test_object_storage_is_read_and_written_as_folders_are(articles: Path, made: Path) -> None:
    storage = fsspec.filesystem("memory")
    for path in articles.iterdir():
        storage.pipe(f"/articles/{path.name}", path.read_bytes())
    try:
        local = list(read_documents([articles], on_skip=lambda _: None))
        assert list(read_documents(["memory://articles"], on_skip=lambda _: None)) == local
        assert shard(["memory://articles"], "memory://shards", size=SIZE, processes=1) == 1
        assert {Path(name).name: storage.cat(name) for name in storage.find("/shards")} == held(made)
        manifest = Folder("memory://shards").manifest()
        assert manifest.extractor == extractor_name(Extractor()) and len(manifest.shards) == len(held(made)) - 1
    finally:
        storage.rm("/articles", recursive=True)
        storage.rm("/shards", recursive=True)


@pytest.mark.parametrize("address", ["nothing://x", "s3://bucket/articles"])
def test_storage_that_cannot_be_reached_is_an_error_that_says_why(address: str) -> None:
    with pytest.raises(StorageError, match=address):
        Folder(address)


def test_a_folder_of_shards_is_loaded_as_the_documents_in_their_order(
    articles: Path, made: Path, graph: Graph, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = extractor_name(Extractor())
    found = Extractor().extract_all(read_documents([articles], on_skip=lambda _: None))
    load(graph, found, extractor=name)
    expected = list(snapshot(graph))
    reset(graph)
    for variable, value in (("URI", connection.uri), ("PASSWORD", connection.password), ("DATABASE", "neo4j")):
        monkeypatch.setenv(f"NEO4J_{variable}", value)
    done = subprocess.run([HUITU, "load", made], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "20 documents read: 20 added" in done.stdout, done.stderr
    assert list(snapshot(graph)) == expected


@pytest.mark.parametrize("damage", ["missing", "other"])
def test_shards_that_are_not_what_the_manifest_says_are_refused(made: Path, tmp_path: Path, damage: str) -> None:
    for name, data in held(made).items():
        (tmp_path / name).write_bytes(data)
    folder = Folder(tmp_path)
    entry = folder.manifest().shards[0]
    if damage == "missing":
        (tmp_path / entry.name).unlink()
    else:
        (tmp_path / entry.name).write_bytes(gzip.compress(b"{}"))
    with pytest.raises(StorageError, match=entry.name):
        list(folder.lines(entry))


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["-"], "standard input"),
        (["x", "--date", "gestern"], "is no date"),
        (["x", "--ray", "local", "--processes", "2"], ""),
    ],
)
def test_wrong_use_is_told(tmp_path: Path, options: list[str], problem: str) -> None:
    done = subprocess.run(
        [HUITU, "shard", *options, "-o", tmp_path / "out"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2 and problem in done.stderr
    assert not (tmp_path / "out").exists()
