"""SIGKILL at random moments, by seed: of a command, of the database, of both at once, as when the power goes.

What was acknowledged is stored, no document is there in part, the next command starts the database again by itself, and
the same command once more gives the graph that it gives undisturbed. ``FAULT_SEED`` and ``FAULT_RUNS`` are as for
``test_faults.py``; a run takes up to half a minute, so there is one for ten of those, and only with ``--soak``.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from articles import article, newsroom
from servers import SETTINGS, own_server
from test_faults import FIRST, RUNS, changed, claims_of, held
from test_migrate import BACK

from graph.client import Graph
from graph.identity import entity_id
from graph.load import load, reset
from graph.schema import EntityType, Extraction

HUITU = Path(sys.executable).with_name("huitu")
MANY = [
    *newsroom(),
    *(
        article(
            f"many/{number}",
            f"第{number}研究院与第{number % 40}科学院签署合作协议。",
            {"o1": f"第{number}研究院", "o2": f"第{number % 40}科学院"},
            [("SIGNED_WITH", "o1", "o2")],
        )
        for number in range(450)
    ),
]
"""So many that a migration takes several transactions."""
VICTIMS = ("command", "both", "both", "command", "database")
ONE, OTHER = (entity_id(EntityType.ORGANIZATION, name) for name in ("晨光大学", "云溪科学院"))


class Field:
    """A server of its own, what commands there do and give, and how long they take undisturbed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = own_server(folder / "data")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("HUITU_", "NEO4J_"))}
        cache = {name: os.environ[name] for name in ("HUITU_CACHE_DIR",) if name in os.environ}
        self.env = {**kept, **cache, "HUITU_DATA_DIR": str(self.server.data_dir), **SETTINGS}
        files = {name: self.written(name, found) for name, found in (("all", newsroom()), ("changed", changed()))}
        self.commands: dict[str, tuple[list[Extraction], Sequence[str]]] = {
            "load": (newsroom()[:1], ("load", files["all"])),
            "load again": (newsroom(), ("load", files["changed"])),
            "delete": (newsroom(), ("delete", "news/1.txt")),
            "decide": (newsroom(), ("decide", "same", ONE, OTHER, "--by", "李明")),
            "export": (newsroom(), ("export", "--format", "csv", "-o", str(folder / "export.zip"))),
            "backup": (newsroom(), ("neo4j", "backup", str(folder / "saved.dump"))),
            "migrate": (MANY, ("migrate",)),
        }
        self._known: dict[str, tuple[float, list[dict[str, Any]]]] = {}

    def written(self, name: str, found: list[Extraction]) -> str:
        path = self.folder / f"{name}.jsonl"
        path.write_text("".join(json.dumps(each.to_json(with_text=True)) + "\n" for each in found), "utf8")
        return str(path)

    def begin(self, name: str) -> tuple[list[dict[str, Any]], subprocess.Popen[bytes]]:
        """Put the database into the state before a command, and start the command; what the graph holds before."""
        extractions, arguments = self.commands[name]
        self.clear()
        with Graph(self.server.start()) as graph:
            reset(graph, keep=False)
            load(graph, extractions, extractor="huitu")
            for statement in BACK if name == "migrate" else ():
                graph._driver.execute_query(statement)
            before = held(graph)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return before, subprocess.Popen([HUITU, *arguments], env=self.env, **quiet)

    def clear(self) -> None:
        """Files that a command has finished would be in the way of the next."""
        for whole in ("export.zip", "saved.dump"):
            (self.folder / whole).unlink(missing_ok=True)

    def holds(self) -> list[dict[str, Any]]:
        with Graph(self.server.start()) as graph:
            return held(graph)

    def undisturbed(self, name: str) -> tuple[float, list[dict[str, Any]]]:
        """Seconds that a command takes, and what the graph holds then."""
        if name not in self._known:
            _, process = self.begin(name)
            begin = time.monotonic()
            assert process.wait(120) == 0
            self._known[name] = time.monotonic() - begin, self.holds()
        return self._known[name]

    def run(self, seed: int) -> None:
        """One run: a command, a kill, and the command again."""
        draw = random.Random(seed)  # noqa: S311
        name, victim, share = draw.choice(sorted(self.commands)), draw.choice(VICTIMS), draw.uniform(0.3, 1)
        seconds, expected = self.undisturbed(name)
        before, process = self.begin(name)
        time.sleep(seconds * share)
        if victim != "command":
            database = self.server.status().pid
            if database is not None:
                os.kill(database, signal.SIGKILL)
        if victim != "database":
            process.kill()
        acknowledged = process.wait(120) == 0
        found = self.holds()
        if acknowledged:
            assert found == expected, "what was acknowledged is not all there"
        may = [claims_of(before), claims_of(expected)]
        for document, claims in claims_of(found).items():
            assert claims in [each.get(document) for each in may], f"a part of {document}"
        self.clear()
        again = subprocess.run(
            [HUITU, *self.commands[name][1]], env=self.env, capture_output=True, check=False, timeout=120
        )
        done = found == expected  # what is deleted already cannot be deleted
        assert again.returncode == 0 or (name == "delete" and done), again.stderr.decode()
        assert self.holds() == expected, "the same command again does not give the same graph"


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Field:
    return Field(tmp_path_factory.mktemp("kills"))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(FIRST, FIRST + max(1, RUNS // 10)))
def test_after_a_kill_all_is_there_or_nothing_and_the_next_attempt_completes_it(trial: Field, seed: int) -> None:
    try:
        trial.run(seed)
    finally:
        if trial.server.status().running:
            trial.server.stop()
