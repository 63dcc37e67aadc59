"""``huitu neo4j`` as a user types it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import SETTINGS
from typer.testing import CliRunner

from graph.embedded import EmbeddedServer, NoDatabase, NotADump, NotOurServer, NotRunning, TargetExists
from huitu.neo4j import app

pytestmark = pytest.mark.long

runner = CliRunner()


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of this test's own, with any free ports; a server left there is stopped."""
    folder = tmp_path / "data"
    monkeypatch.delenv("NEO4J_URI", raising=False)
    for name, value in {"HUITU_DATA_DIR": str(folder), **SETTINGS}.items():
        monkeypatch.setenv(name, value)
    yield folder
    server = EmbeddedServer(folder)
    if server.status().running:
        server.stop(force=True)


def test_start_status_logs_and_stop() -> None:
    started = runner.invoke(app, ["start", "--json"])
    assert started.exit_code == 0
    facts = json.loads(started.stdout)
    assert facts["running"] is True
    assert facts["stays"] is True
    assert "Starting Neo4j" in started.stderr

    again = json.loads(runner.invoke(app, ["start", "--json"]).stdout)
    assert again["pid"] == facts["pid"]

    shown = runner.invoke(app, ["status"])
    assert shown.exit_code == 0
    assert facts["uri"] in shown.stdout
    assert facts["browser"] in shown.stdout
    assert Path(facts["password_file"]).read_text().strip() not in shown.stdout + started.stdout

    assert "Started." in runner.invoke(app, ["logs", "-n", "5"]).stdout

    assert runner.invoke(app, ["stop"]).exit_code == 0
    assert isinstance(runner.invoke(app, ["stop"]).exception, NotRunning)


def test_status_of_nothing_says_so_with_its_exit_code(data_dir: Path) -> None:
    result = runner.invoke(app, ["status", "--json"])
    assert result.exit_code == 3
    assert json.loads(result.stdout)["running"] is False
    assert not data_dir.exists(), "looking makes no folder"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_console_runs_until_it_is_interrupted(data_dir: Path, how: signal.Signals) -> None:
    program = "from huitu.neo4j import app; app(['console'], prog_name='huitu neo4j')"
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    while line and "Neo4j Browser" not in line:
        line = process.stdout.readline()
    assert EmbeddedServer(data_dir).status().running
    process.send_signal(how)
    _output, errors = process.communicate()
    assert process.returncode == 0, errors
    assert "Traceback" not in errors
    assert not EmbeddedServer(data_dir).status().running


@pytest.mark.parametrize("command", [["start"], ["stop"], ["status"], ["backup", "x.dump"], ["restore", "x.dump"]])
def test_with_a_uri_it_is_that_servers_business(
    monkeypatch: pytest.MonkeyPatch, data_dir: Path, command: list[str]
) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://db.example")
    monkeypatch.setenv("NEO4J_PASSWORD", "not-shown")
    result = runner.invoke(app, command)
    assert isinstance(result.exception, NotOurServer)
    assert not data_dir.exists()


def test_backup_and_restore_refuse_what_makes_no_sense(tmp_path: Path) -> None:
    dump = tmp_path / "saved.dump"
    assert isinstance(runner.invoke(app, ["backup", str(dump)]).exception, NoDatabase)
    assert isinstance(runner.invoke(app, ["restore", str(dump)]).exception, NotADump)
    dump.write_text("no dump")
    assert isinstance(runner.invoke(app, ["backup", str(dump)]).exception, TargetExists)
    assert dump.read_text() == "no dump"
