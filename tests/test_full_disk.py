"""A disk that is full: the error names the file, no torn file stays, what was there is whole, and the same works later.

A limit on the size of files (RLIMIT_FSIZE) stands for the disk where our own writers are tried: the system refuses at
the same place, with EFBIG for ENOSPC. The embedded server is tried on a small file system of its own, where root may
make one.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from articles import article, newsroom
from servers import SETTINGS
from test_api import problem
from test_cli import environment, huitu
from test_jobs import TEXT, ended, post, started

from api.jobs.records import NewItem
from api.jobs.store import MAX_WAITING, QueueFull, Store
from api.keys import KeyStore
from extract.whole import whole_file
from graph.client import Graph
from graph.errors import NoRoom
from graph.load import load, reset
from graph.settings import Connection

SMALL = 2_000  # bytes
SMALL_FILES = ["prlimit", f"--fsize={SMALL}"]
HUITU = Path(sys.executable).with_name("huitu")


def refused(*arguments: str | Path, env: dict[str, str]) -> str:
    """What a command says that may write small files alone."""
    command = [*SMALL_FILES, str(HUITU), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, env=env, check=False, timeout=120)
    said = done.stderr.decode()
    assert done.returncode == 1 and "Traceback" not in said, said
    return said


@pytest.fixture(scope="module")
def env(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """An environment for commands on a database with the newsroom."""
    with Graph(connection) as graph:
        reset(graph, keep=False)
        load(graph, newsroom())
        yield environment(
            NEO4J_URI=connection.uri,
            NEO4J_USERNAME=connection.username,
            NEO4J_PASSWORD=connection.password,
            HUITU_DATA_DIR=str(tmp_path_factory.mktemp("data")),
        )


@pytest.fixture
def extractions(tmp_path: Path) -> Path:
    path = tmp_path / "all.jsonl"
    path.write_text("".join(json.dumps(each.to_json(with_text=True)) + "\n" for each in newsroom()), "utf8")
    return path


@pytest.mark.parametrize("command", [["export", "--format", "node-link"], ["snapshot"]], ids=lambda each: each[0])
def test_the_earlier_file_stays_and_no_part_of_the_new_one(
    env: dict[str, str], tmp_path: Path, command: list[str]
) -> None:
    file = tmp_path / "graph.json"
    file.write_bytes(b"earlier")
    said = refused(*command, "-o", file, env=env)
    assert f"no room to write {file}" in said.replace("\n", " ") and "Make room" in said
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"graph.json": b"earlier"}
    assert huitu(*command, "-o", file, env=env).returncode == 0
    assert file.stat().st_size > SMALL


@pytest.mark.soak
@pytest.mark.parametrize("processes", ["1", "2"])
def test_shards_that_are_there_stay_and_the_others_are_made_later(
    env: dict[str, str], tmp_path: Path, processes: str
) -> None:
    articles, output, expected = (tmp_path / name for name in ("articles", "output", "expected"))
    articles.mkdir()
    for number, repeats in enumerate([1, 1, 400]):
        lines = [f"第{number * 1000 + each}研究院与云溪科学院签署合作协议。\n" for each in range(repeats)]
        (articles / f"{number}.txt").write_text("".join(lines))
    command = ["shard", articles, "--size", "1", "--processes", processes, "-o"]
    said = refused(*command, output, env=env)
    assert "no room to write" in said and str(output) in said.replace("\n", "")
    made = {each.name: each.read_bytes() for each in output.iterdir()}
    assert not [name for name in made if name.startswith(".") or name == "manifest.json"]
    assert huitu(*command, output, env=env).returncode == huitu(*command, expected, env=env).returncode == 0
    whole = {each.name: each.read_bytes() for each in output.iterdir()}
    assert whole == {each.name: each.read_bytes() for each in expected.iterdir()}
    assert made.items() < whole.items()


def test_files_for_an_import_go_and_the_same_command_writes_them_later(
    env: dict[str, str], tmp_path: Path, extractions: Path
) -> None:
    folder = tmp_path / "csv"
    command = ["load", "--csv", folder, "--processes", "1", extractions]
    assert f"no room to write {folder}" in refused(*command, env=env).replace("\n", " ")
    assert list(folder.iterdir()) == []
    assert huitu(*command, env=env).returncode == 0


def test_a_key_that_has_no_room_is_not_made(env: dict[str, str], tmp_path: Path) -> None:
    env = {**env, "HUITU_DATA_DIR": str(tmp_path)}
    file = tmp_path / "keys.sqlite"
    assert f"no room to write {file}" in refused("keys", "create", "甲", "--scope", "read", env=env).replace("\n", " ")
    assert huitu("keys", "create", "甲", "--scope", "read", env=env).returncode == 0
    with contextlib.closing(KeyStore(file)) as store:
        assert [each.name for each in [*store.keys()]] == ["甲"]


def test_a_file_that_cannot_be_put_in_place_leaves_no_part(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    with pytest.raises(OSError, match="taken"), whole_file(taken) as file:
        file.write(b"x")
    assert list(tmp_path.iterdir()) == [taken]


@contextlib.contextmanager
def full(process: int) -> Iterator[None]:
    """The process and what it has started may not write beyond the size that files have."""
    processes = [process, *(each.pid for each in psutil.Process(process).children(recursive=True))]
    for each in processes:
        resource.prlimit(each, resource.RLIMIT_FSIZE, (SMALL, resource.RLIM_INFINITY))
    yield
    everyone = [process, *(each.pid for each in psutil.Process(process).children(recursive=True))]
    for each in everyone:
        resource.prlimit(each, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def test_the_service_says_so_keeps_what_it_took_on_and_goes_on_by_itself(env: dict[str, str], tmp_path: Path) -> None:
    process, address = started({**env, "HUITU_DATA_DIR": str(tmp_path)})
    documents = [{"text": f"{TEXT}第{number}号。", "doc": f"full/{number}"} for number in range(30)]
    try:
        with httpx.Client(base_url=address, timeout=60) as http:
            taken_on = [post(http, each) for each in documents[:20]]
            assert all(each.status_code == 202 for each in taken_on)
            with full(process.pid):
                answer = post(http, *documents, key="later")
                problem(answer, "no-room")
                assert int(answer.headers["retry-after"]) > 0
                assert http.get("/v1/statistics").status_code == 200
                assert [post(http, each).status_code for each in documents[:3]] == [503] * 3
            again = post(http, *documents, key="later")
            assert again.status_code == 202
            for made, count in [(each, 1) for each in taken_on] + [(again, 30)]:
                job = ended(http, made)
                assert (job["done"], job["failed"]) == (count, 0)
            assert http.get("/v1/jobs").json()["total"]["count"] == 21
    finally:
        process.terminate()
        process.wait(60)


def test_a_store_without_room_takes_its_changes_back_and_can_be_used_later(tmp_path: Path) -> None:
    """In this process, so that each statement of a change meets the full disk, its end too."""
    store = Store(tmp_path / "jobs")
    before, _ = store.create([NewItem("file", "a.txt", b"x")])
    try:
        for size in range(0, 200_000, 20_000):
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
            with pytest.raises(NoRoom, match=r"jobs\.sqlite"):
                store.create([NewItem("file", "b.txt", os.urandom(400_000))])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert [each.id for each in store.jobs().items] == [before.id]
    assert store.create([NewItem("file", "c.txt", b"x")])[1]
    store.close()


def test_no_job_is_taken_on_where_too_much_waits(tmp_path: Path) -> None:
    store = Store(tmp_path / "jobs")
    many = [NewItem("url", f"https://news.example/{number}") for number in range(MAX_WAITING // 5)]
    for _ in range(5):
        store.create(many)
    with pytest.raises(QueueFull):
        store.create(many[:1])
    store.cancel(store.jobs().items[0].id)
    assert store.create(many[:1])[1]
    store.close()


def _may_mount() -> bool:
    tried = ["unshare", "--mount", "sh", "-c", "mount -t tmpfs -o size=1m none /mnt"]
    return (
        shutil.which("unshare") is not None and subprocess.run(tried, capture_output=True, check=False).returncode == 0
    )


ON_A_FULL_DISK = """set -u
mount -t tmpfs -o size=700m none "$DISK"
export HUITU_DATA_DIR="$DISK/data"
"$HUITU" load "$1" && "$HUITU" neo4j backup "$DISK/earlier.dump" || exit 90
earlier=$(sha256sum <"$DISK/earlier.dump")
"$HUITU" snapshot -o "$OUT/before" || exit 91
"$HUITU" neo4j start || exit 92
dd if=/dev/zero of="$DISK/ballast" bs=64k 2>/dev/null
"$HUITU" load "$2" 2>"$OUT/said-load"; echo "load $?"
"$HUITU" snapshot -o "$DISK/snapshot" 2>"$OUT/said-snapshot"; echo "snapshot $?"
"$HUITU" neo4j backup --force "$DISK/earlier.dump" 2>"$OUT/said-backup"; echo "backup $?"
test "$earlier" = "$(sha256sum <"$DISK/earlier.dump")" || exit 93
test ! -e "$DISK/snapshot" || exit 94
rm "$DISK/ballast"
"$HUITU" load "$2" 2>"$OUT/said-again" || exit 95
"$HUITU" snapshot -o "$OUT/after" || exit 96
"$HUITU" neo4j stop
find "$DISK" -maxdepth 1 -name '.*' ! -name . | wc -l
"""


@pytest.mark.soak
@pytest.mark.skipif(not _may_mount(), reason="no file system of one's own here: this takes root, or unshare as one")
def test_the_embedded_server_on_a_full_disk_loses_nothing_and_goes_on_once_there_is_room(
    tmp_path: Path, extractions: Path
) -> None:
    disk, out = tmp_path / "disk", tmp_path / "out"
    disk.mkdir()
    out.mkdir()
    more = tmp_path / "more.jsonl"
    draw = random.Random(1)  # noqa: S311
    with more.open("w", encoding="utf-8") as file:
        for number in range(200):
            one = f"第{number}研究院"
            text = f"{one}与远岸大学签署合作协议。" + "".join(map(chr, draw.choices(range(0x4E00, 0x9FA5), k=20_000)))
            names: dict[str, str | tuple[str, ...]] = {"o1": one, "o2": "远岸大学"}
            made = article(f"more/{number}", text, names, [("SIGNED_WITH", "o1", "o2", {"quote": text[:20]})])
            file.write(json.dumps(made.to_json(with_text=True)) + "\n")
    env = environment(**SETTINGS, DISK=str(disk), OUT=str(out), HUITU=str(HUITU))
    script = ["unshare", "--mount", "bash", "-c", ON_A_FULL_DISK, "bash", str(extractions), str(more)]
    done = subprocess.run(script, env=env, capture_output=True, text=True, check=False, timeout=400)
    said = {path.name: path.read_text() for path in out.glob("said-*")}
    assert done.returncode == 0, (done.returncode, done.stdout, done.stderr, said)
    assert "load 0" not in done.stdout and "snapshot 1" in done.stdout and "backup 1" in done.stdout, done.stdout
    assert "Make room" in said["said-snapshot"]
    assert not [name for name, text in said.items() if "Traceback" in text], said
    assert done.stdout.splitlines()[-1] == "0", "a part of a file stayed"
    expected = {json.loads(line)["doc"] for line in more.read_text().splitlines()}
    records = [json.loads(line) for line in (out / "after").read_text().splitlines()]
    assert expected <= {each["key"] for each in records if each["kind"] == "document"}
    assert set((out / "before").read_text().splitlines()) <= set((out / "after").read_text().splitlines())
