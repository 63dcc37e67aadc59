"""The embedded Neo4j: hardened, private, one a data folder, and there again after anything that kills it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from articles import newsroom
from neo4j import GraphDatabase
from neo4j.exceptions import ClientError, TransientError
from servers import own_server

from graph import embedded
from graph.amend import correct_claim
from graph.client import Graph
from graph.corrections import Action
from graph.decisions import Verdict, decide
from graph.embedded import (
    EmbeddedServer,
    NoDatabase,
    NotADump,
    NotOurServer,
    NotRunning,
    PasswordLost,
    PortTaken,
    ServerFailed,
    ServerInUse,
    TargetExists,
    backup,
    classes,
    embedded_only,
    restore,
    store,
    use,
)
from graph.embedded.config import CONTENT_POLICY, HARDENING, size_memory
from graph.export import FORMATS, stream
from graph.identity import entity_id
from graph.load import load
from graph.schema import EntityType
from graph.settings import Connection, GraphSettings
from graph.snapshot import changes, snapshot
from graph.subgraph import select

pytestmark = pytest.mark.long

# A command of its own: works with the database of a folder until its input ends.
COMMAND = """
import sys
from pathlib import Path
from graph.embedded import EmbeddedServer
server = EmbeddedServer(
    Path(sys.argv[1]), bolt_port=0, http_port=0, memory_mib=1024, java_options=("-XX:TieredStopAtLevel=1",)
)
with server.use():
    print(server.status().pid, flush=True)
    sys.stdin.read()
"""


def ask(connection: Connection, statement: str) -> list[dict[str, Any]]:
    """Run a statement once, without retries."""
    auth = (connection.username, connection.password)
    with (
        GraphDatabase.driver(connection.uri, auth=auth) as driver,
        driver.session(database=connection.database) as session,
    ):
        return session.run(statement).data()  # type: ignore[arg-type]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[EmbeddedServer]:
    """A server of this test's own, not started; whatever runs at the end of the test is stopped."""
    server = own_server(tmp_path / "data")
    yield server
    if server.status().running:
        server.stop(force=True)


@pytest.fixture
def command(own: EmbeddedServer) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start another command that works with the database of ``own``."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, str(own.data_dir)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.communicate()


def server_pid(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    return int(process.stdout.readline())


# --- what the running server is like


def test_load_csv_reads_neither_addresses_nor_files(connection: Connection, server: EmbeddedServer) -> None:
    with pytest.raises(ClientError, match="cypher_ip_blocklist"):
        ask(connection, "LOAD CSV FROM 'http://127.0.0.1:1/x' AS line RETURN line")
    with pytest.raises(ClientError, match="allow_csv_import_from_file_urls"):
        ask(connection, "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line")
    assert list((server.home / "import").iterdir()) == []


def test_one_query_cannot_take_all_memory(connection: Connection) -> None:
    with pytest.raises(TransientError, match=r"db\.memory\.transaction\.max"):
        ask(connection, "UNWIND range(1, 100000000) AS x WITH collect(x) AS xs RETURN size(xs)")
    assert ask(connection, "RETURN 1 AS one") == [{"one": 1}]


def test_every_hardening_setting_is_in_effect(connection: Connection, server: EmbeddedServer) -> None:
    rows = ask(connection, "SHOW SETTINGS YIELD name, value")
    in_effect = {row["name"]: row["value"] for row in rows}
    public = {name: value for name, value in HARDENING.items() if not name.startswith("internal.")}
    assert {name: in_effect.get(name) for name in public} == public
    assert in_effect["dbms.security.auth_enabled"] == "true"
    written = (server.home / "conf" / "neo4j.conf").read_text().splitlines()
    assert {f"{name}={value}" for name, value in HARDENING.items()} <= set(written)


def test_it_listens_on_loopback_only(server: EmbeddedServer) -> None:
    process = psutil.Process(server.status().pid)
    addresses = {c.laddr[0] for c in process.net_connections("tcp") if c.status == psutil.CONN_LISTEN}
    assert addresses
    assert addresses <= {"127.0.0.1", "::ffff:127.0.0.1"}


def test_the_password_is_for_the_user_alone(server: EmbeddedServer, connection: Connection) -> None:
    assert stat.S_IMODE(server.password_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(server.data_dir.stat().st_mode) == 0o700
    assert len(connection.password) >= 20
    assert connection.password not in repr(connection)
    assert connection.password not in repr(server.status())
    assert connection.password not in " ".join(psutil.Process(server.status().pid).cmdline())
    written = [path for path in server.home.rglob("*") if path.is_file() and path.suffix in {".log", ".conf", ".args"}]
    assert written
    assert not [path for path in written if connection.password.encode() in path.read_bytes()]


def test_a_wrong_password_is_refused(connection: Connection) -> None:
    with pytest.raises(ClientError, match="unauthorized"):
        ask(Connection(connection.uri, connection.username, "guessed-it", connection.database), "RETURN 1")


def test_neo4j_browser_is_served_and_no_http_api(server: EmbeddedServer) -> None:
    browser = server.status().browser
    assert browser is not None
    with httpx.Client(trust_env=False) as client:
        page = client.get(browser)
        assert "Neo4j Browser" in page.text
        assert page.headers["content-security-policy"] == CONTENT_POLICY
        root = browser.partition("browser/")[0]
        assert client.get(root).status_code == 200, "what the health check of docker-compose.yml asks for"
        for path in ("db/neo4j/tx/commit", "db/neo4j/query/v2"):
            assert client.post(root + path, json={}).status_code in {401, 404, 405}


def test_the_logs_are_in_reach(server: EmbeddedServer) -> None:
    assert "Started." in (server.logs / "neo4j.log").read_text()


def test_status_says_where_it_is(server: EmbeddedServer, connection: Connection) -> None:
    status = server.status()
    assert status.running
    assert status.uri == connection.uri
    assert status.memory_mib is not None
    assert status.memory_mib > 100


def test_a_command_uses_the_server_that_runs_and_leaves_it_running(
    server: EmbeddedServer, connection: Connection
) -> None:
    before = server.status().pid
    with EmbeddedServer(server.data_dir).use() as second:  # other ports make no second server
        assert second == connection
    assert server.status().pid == before


def test_one_that_is_in_use_is_neither_stopped_nor_saved(server: EmbeddedServer, tmp_path: Path) -> None:
    with pytest.raises(ServerInUse):
        server.stop()
    with pytest.raises(ServerInUse):
        backup(server, tmp_path / "x.dump")
    with pytest.raises(ServerInUse):
        restore(server, Path(__file__), force=True)
    assert server.status().running
    assert not (tmp_path / "x.dump").exists()


# --- its life


def test_commands_at_the_same_time_share_one_server(
    own: EmbeddedServer, command: Callable[[], subprocess.Popen[str]]
) -> None:
    first, second = command(), command()
    pids = {server_pid(first), server_pid(second)}
    assert len(pids) == 1
    first.communicate()
    assert own.status().pid in pids, "the other command is still using it"
    second.communicate()
    assert not own.status().running
    with contextlib.suppress(psutil.NoSuchProcess):  # or it has ended, and nobody has asked after it yet
        assert psutil.Process(pids.pop()).status() == psutil.STATUS_ZOMBIE


def test_after_a_killed_command_and_a_killed_server_everything_is_there(
    own: EmbeddedServer, command: Callable[[], subprocess.Popen[str]]
) -> None:
    killed = command()
    pid = server_pid(killed)
    killed.kill()
    killed.wait()
    with own.use() as connection:
        assert own.status().pid == pid, "the server of the killed command is taken over"
        ask(connection, "CREATE (:Stored {n: 1})")
        os.kill(pid, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(pid)] if psutil.pid_exists(pid) else [])
        assert not own.status().running
    with own.use() as connection:
        assert own.status().pid != pid
        assert ask(connection, "MATCH (s:Stored) RETURN s.n AS n") == [{"n": 1}]
    assert not own.status().running, "the last user stops it"


def test_start_leaves_it_running_and_a_dump_brings_the_data_back(own: EmbeddedServer, tmp_path: Path) -> None:
    dump = tmp_path / "saved.dump"
    own.start()
    with own.use() as connection:
        ask(connection, "CREATE (:Kept {n: 1})")
    before = own.status()
    assert before.running, "it was asked to stay"
    backup(own, dump)
    assert dump.stat().st_size > 0
    assert (own.status().running, own.status().uri) == (True, before.uri), "started again where it was"
    with pytest.raises(TargetExists):
        backup(own, dump)
    with pytest.raises(TargetExists):
        restore(own, dump)
    ask(own.connection(), "CREATE (:Kept {n: 2})")

    damaged = tmp_path / "damaged.dump"
    damaged.write_bytes(dump.read_bytes()[: dump.stat().st_size // 2])
    pid = own.status().pid
    for bad in (damaged, tmp_path / "missing.dump", Path(__file__)):
        with pytest.raises(NotADump, match=bad.name):
            restore(own, bad, force=True)
    assert own.status().pid == pid, "a dump is refused before the server is stopped"
    assert len(ask(own.connection(), "MATCH (k:Kept) RETURN k.n AS n")) == 2

    restore(own, dump, force=True)
    assert ask(own.connection(), "MATCH (k:Kept) RETURN k.n AS n") == [{"n": 1}]
    assert not (own.data_dir / "restore").exists()
    # Another process stops it, while this one, which started it, has not asked after it.
    env = {**os.environ, "HUITU_DATA_DIR": str(own.data_dir)}
    subprocess.run(
        [sys.executable, "-m", "huitu", "neo4j", "stop"], check=True, capture_output=True, timeout=60, env=env
    )
    with pytest.raises(NotRunning):
        own.stop()
    with pytest.raises(NotRunning):
        own.connection()


@pytest.mark.soak
def test_a_backup_restored_into_an_empty_folder_gives_the_same_bytes(own: EmbeddedServer, tmp_path: Path) -> None:
    dump, elsewhere = tmp_path / "saved.dump", own_server(tmp_path / "elsewhere")
    with own.use() as connection, Graph(connection) as graph:
        fill(graph)
        content = everything(graph)
    backup(own, dump)
    restore(elsewhere, dump)
    assert not elsewhere.status().running, "it did not run before"
    assert elsewhere.password_file.read_text() != own.password_file.read_text()
    with elsewhere.use() as connection, Graph(connection) as graph:
        assert everything(graph) == content


def fill(graph: Graph) -> None:
    """Articles, a decision and a correction."""
    load(graph, newsroom())
    one, other = (entity_id(EntityType.ORGANIZATION, name) for name in ("晨光大学", "云溪科学院"))
    decide(graph, Verdict.SAME, one, other, by="李明", why="试验")
    claim = min(record["id"] for record in map(json.loads, snapshot(graph)) if record["kind"] == "claim")
    correct_claim(graph, claim, Action.REJECT, by="李明")


def everything(graph: Graph) -> dict[str, bytes]:
    """All that can be had of a graph as files: what it says and what people decided, all changes, every export."""
    return {
        "snapshot": "\n".join(snapshot(graph)).encode(),
        "changes": json.dumps(list(changes(graph, 0)), sort_keys=True).encode(),
        **{name: b"".join(stream(select(graph), name)) for name in FORMATS},
    }


def test_what_java_made_of_the_jars_serves_the_next_start_and_a_damaged_one_does_no_harm(
    server: EmbeddedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first server of this test run was stopped and left the archive."""
    [archive] = classes._folder().glob("neo4j-*.jsa")
    assert archive.stat().st_size > 10_000_000
    assert str(archive) in (server.home / "run" / "server.args").read_text("utf-8")

    monkeypatch.setattr(classes, "_folder", lambda: tmp_path / "classes")
    damaged = tmp_path / "classes" / archive.name
    damaged.parent.mkdir()
    damaged.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    other = own_server(tmp_path / "data", memory_mib=512)
    with other.use() as connection:
        assert str(damaged) in (other.home / "run" / "server.args").read_text("utf-8")
        assert ask(connection, "RETURN 1 AS n") == [{"n": 1}]
    assert list(damaged.parent.iterdir()) == [damaged]


def test_a_taken_port_is_named_with_its_holder_and_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for ports, variable in (
            ({"bolt_port": port, "http_port": 0}, "HUITU_BOLT_PORT"),
            ({"bolt_port": 0, "http_port": port}, "HUITU_HTTP_PORT"),
        ):
            server = EmbeddedServer(tmp_path / "data", **ports)
            with pytest.raises(PortTaken, match=str(port)) as caught:
                server.start()
            assert caught.value.variable == variable
            assert caught.value.hint is not None
            assert variable in caught.value.hint
            assert caught.value.holder is not None
            assert str(os.getpid()) in caught.value.holder
            assert not server.status().running


def test_a_server_that_does_not_start_shows_its_log(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path, bolt_port=0, http_port=0, memory_mib=2**40)
    with pytest.raises(ServerFailed, match="heap") as caught:
        server.start()
    assert caught.value.log_file.exists()
    assert not server.status().running


def test_a_store_without_its_password_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "neo4j" / "data" / "databases" / "system").mkdir(parents=True)
    with pytest.raises(PasswordLost):
        EmbeddedServer(tmp_path, bolt_port=0, http_port=0).start()
    assert not (tmp_path / "password").exists()


def test_a_folder_without_a_database_has_nothing_to_save(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase):
        backup(EmbeddedServer(tmp_path / "data"), tmp_path / "x.dump")
    assert not (tmp_path / "x.dump").exists()


# --- a user's own server


def test_with_a_uri_nothing_is_launched(tmp_path: Path) -> None:
    settings = GraphSettings(uri="bolt://db.example", password="x", data_dir=tmp_path / "data")  # type: ignore[arg-type]
    with use(settings) as connection:
        assert connection == settings.remote
    assert not (tmp_path / "data").exists()
    with pytest.raises(NotOurServer, match="back it up") as caught:
        embedded_only(settings, "back it up")
    assert caught.value.exit_code == 2


# --- swapping stores


def _home(folder: Path, content: str | None) -> Path:
    home = folder / "neo4j"
    for part in ("databases", "transactions"):
        if content is not None:
            (home / "data" / part / "neo4j").mkdir(parents=True)
            (home / "data" / part / "neo4j" / "file").write_text(content)
    return home


def _content(home: Path) -> set[str]:
    return {path.read_text() for path in home.glob("data/*/neo4j/file")}


@pytest.mark.parametrize("before", ["old", None])
@pytest.mark.parametrize("moves", range(5))
def test_a_swap_broken_off_anywhere_leaves_the_old_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int, before: str | None
) -> None:
    home = _home(tmp_path, before)
    store.restore_folder(home).mkdir()
    new_home = _home(store.restore_folder(home), "new")
    done = 0
    replace = Path.replace

    def limited(self: Path, target: Path) -> Path:
        nonlocal done
        if done == moves:
            raise KeyboardInterrupt
        done += 1
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", limited)
    if moves < 4:
        with pytest.raises(KeyboardInterrupt):
            store.swap(home, new_home)
    else:
        store.swap(home, new_home)
    monkeypatch.undo()
    with EmbeddedServer(tmp_path).lifecycle():  # the next command, whatever it is
        pass
    assert _content(home) == ({before} if before else set())
    assert not store.restore_folder(home).exists()


def test_a_settled_swap_stays(tmp_path: Path) -> None:
    home = _home(tmp_path, "old")
    store.restore_folder(home).mkdir()
    store.swap(home, _home(store.restore_folder(home), "new"))
    store.discard_old(home)
    with EmbeddedServer(tmp_path).lifecycle():
        pass
    assert _content(home) == {"new"}


# --- memory


def test_memory_is_sized_within_its_budget() -> None:
    assert size_memory(2048) == embedded.config.Memory(heap=1024, page_cache=512, transaction=512)
    by_machine = size_memory()
    assert 512 <= by_machine.heap <= 4096
    assert by_machine.transaction < by_machine.heap
