"""The same articles give the same bytes in every process, whatever its hash seed, locale, time zone and workers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from test_cli import SAMPLES, environment

from graph.export import FORMATS
from graph.settings import Connection

ARTICLES = sorted(SAMPLES.glob("2025071*")) + sorted(SAMPLES.glob("202411*"))
WORLDS = {
    "alone": ("1", {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"}),
    "shanghai": ("2", {"PYTHONHASHSEED": "1", "LC_ALL": "zh_CN.GB18030", "TZ": "Asia/Shanghai"}),
    "los angeles": (
        "1",
        {
            "PYTHONHASHSEED": "2",
            "LC_ALL": "POSIX",
            "PYTHONCOERCECLOCALE": "0",
            "PYTHONUTF8": "0",
            "TZ": "America/Los_Angeles",
        },
    ),
}
"""Workers and settings; a locale that is not there is the one called C."""

COMMANDS = """
import os, sys
from pathlib import Path
from huitu.main import command_line

processes, formats, *articles = sys.argv[1:]

def huitu(*arguments):
    assert command_line(arguments[0])(list(arguments), standalone_mode=False) == 0, arguments

huitu("extract", *articles, "--processes", processes, "-o", "articles.jsonl", "--html", "pages", "--with-text")
huitu("shard", *articles, "--processes", "1", "-o", "shards", "--size", "1")
huitu("reset", "--all", "--yes")
huitu("ingest", *articles, "--processes", "1")
huitu("snapshot", "-o", "snapshot.jsonl")
for each in formats.split():
    huitu("export", "--format", each, "-o", f"graph.{each}")
out = os.open("stdout", os.O_CREAT | os.O_WRONLY)
os.dup2(out, 1)
huitu("extract", articles[0], "--processes", "1")
huitu("snapshot")
huitu("search", "taihu", "--json")
"""


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the Chinese locale whose encoding is not UTF-8, where it can be made."""
    folder = tmp_path_factory.mktemp("locales")
    if shutil.which("localedef") is not None:
        command = ["localedef", "-i", "zh_CN", "-f", "GB18030", str(folder / "zh_CN.GB18030")]
        subprocess.run(command, capture_output=True, check=False)
    return folder


def written(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def write(
    connection: Connection, locales: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], dict[str, bytes]]:
    """What all commands write in a world, by its name."""
    database = {
        "NEO4J_URI": connection.uri,
        "NEO4J_PASSWORD": connection.password,
        "NEO4J_DATABASE": str(connection.database),
    }

    def run(name: str) -> dict[str, bytes]:
        folder, (processes, world) = tmp_path_factory.mktemp("world"), WORLDS[name]
        done = subprocess.run(
            [sys.executable, "-c", COMMANDS, processes, " ".join(FORMATS), *map(str, ARTICLES)],
            cwd=folder,
            env=environment(**database, **world, LOCPATH=str(locales)),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        return written(folder)

    return run


@pytest.fixture(scope="module")
def alone(write: Callable[[str], dict[str, bytes]]) -> dict[str, bytes]:
    return write("alone")


@pytest.mark.parametrize("name", ["shanghai", pytest.param("los angeles", marks=pytest.mark.soak)])
def test_hash_seeds_locales_time_zones_and_workers_change_no_byte(
    name: str, alone: dict[str, bytes], write: Callable[[str], dict[str, bytes]]
) -> None:
    assert {"articles.jsonl", "snapshot.jsonl", "stdout", *(f"graph.{each}" for each in FORMATS)} < set(alone)
    files = write(name)
    assert sorted(files) == sorted(alone)
    assert {path for path in files if files[path] != alone[path]} == set()
