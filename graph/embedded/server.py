"""The embedded Neo4j: one real server a data folder, shared by the commands that need it.

    data_dir/           0700
      password          0600, made at the first start
      server.json       what runs here: process, ports, whether it stays when nobody needs it
      lifecycle.lock    held while a server is started, stopped or saved: one command at a time
      users.lock        held (shared) by every command that works with the database; the last one out stops the server
      neo4j/            Neo4j's home: conf, data, logs, import (empty), run

A command that is killed loses its share of ``users.lock`` with its life. Its server goes on; the next command finds it
by its process, works with it, and stops it at its end as any last user does.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import shlex
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, DatabaseError, ServiceUnavailable, TransientError

from graph.artifacts import Progress
from graph.embedded import java, store
from graph.embedded.config import server_settings, size_memory, write_config
from graph.embedded.errors import NotRunning, PasswordLost, PortTaken, ServerFailed, ServerInUse
from graph.embedded.private import write_private
from graph.settings import Connection, GraphSettings

__all__ = ["EmbeddedServer", "Status"]

USERNAME = "neo4j"
_POLL_S = 0.1
_STOP_TIMEOUT_S = 120
_LOG_LINES = 15


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of the server of a data folder; addresses are None when it does not run."""

    running: bool
    data_dir: Path
    logs: Path
    password_file: Path
    username: str = USERNAME
    pid: int | None = None
    uri: str | None = None
    browser: str | None = None
    memory_mib: int | None = None
    uptime_s: int | None = None
    stays: bool | None = None


@dataclass(frozen=True, slots=True)
class _Record:
    pid: int | None
    bolt_port: int
    http_port: int
    stays: bool


class EmbeddedServer:
    """The Neo4j of a data folder.

    Args:
        data_dir: folder of the store, logs and password; made when it does not exist.
        bolt_port: port of the drivers; 0 takes any free one.
        http_port: port of Neo4j Browser; 0 takes any free one.
        memory_mib: MiB for the whole server; default see `config.size_memory`.
        api_port: port of the API, from which Neo4j Browser takes its guide; 0: from none.
        java: which Java, as in `graph.artifacts.java_home`.
        java_options: options of that Java, beside those that the server needs.
        neo4j_settings: Neo4j's own settings by name, beside those that we set.
        start_timeout_s: seconds to wait until it answers.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        bolt_port: int = 7687,
        http_port: int = 7474,
        memory_mib: int | None = None,
        api_port: int = 0,
        java: str = "bundled",
        java_options: Sequence[str] = (),
        neo4j_settings: Mapping[str, str] | None = None,
        start_timeout_s: float = 300.0,
    ) -> None:
        self.data_dir = data_dir.expanduser().resolve()
        self.home = self.data_dir / "neo4j"
        self.logs = self.home / "logs"
        self.console_log = self.logs / "console.log"
        self.password_file = self.data_dir / "password"
        self.java = java
        self._java_options, self._neo4j_settings = java_options, neo4j_settings or {}
        self._bolt_port, self._http_port, self._api_port = bolt_port, http_port, api_port
        self._memory = size_memory(memory_mib)
        self._start_timeout_s = start_timeout_s

    @classmethod
    def from_settings(cls, settings: GraphSettings) -> EmbeddedServer:
        """The server that the settings describe."""
        return cls(
            settings.data_dir,
            bolt_port=settings.bolt_port,
            http_port=settings.http_port,
            memory_mib=settings.memory_mib,
            api_port=settings.api_port,
            java=settings.java,
            java_options=shlex.split(settings.java_options),
            start_timeout_s=settings.start_timeout_s,
        )

    def start(self, *, progress: Progress | None = None) -> Connection:
        """Start the server and let it run until `stop`; one that runs already is left running from now on.

        Raises:
            PortTaken: a port is in use.
            ServerFailed: it ended or did not answer in time.
            ArtifactError: its jars cannot be had.
        """
        with self.lifecycle():
            return self.start_locked(stays=True, progress=progress)

    def stop(self, *, force: bool = False) -> None:
        """Stop the server, whoever started it.

        Args:
            force: also when another command is working with the database.

        Raises:
            NotRunning: there is none.
            ServerInUse: another command is working with the database.
        """
        with self.lifecycle():
            if self._process() is None:
                raise NotRunning(self.data_dir)
            if not force:
                self.refuse_users()
            self.stop_locked()

    @contextlib.contextmanager
    def use(self, *, progress: Progress | None = None) -> Iterator[Connection]:
        """Yield a connection to the server; the last user of one that was not asked to stay stops it.

        Raises:
            As `start`.
        """
        with contextlib.ExitStack() as stack:
            with self.lifecycle():
                connection = self.start_locked(stays=False, progress=progress)
                users = stack.enter_context((self.data_dir / "users.lock").open("w"))
                fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield connection
            finally:
                with self.lifecycle():
                    fcntl.flock(users, fcntl.LOCK_UN)
                    record = self._record()
                    if record is not None and not record.stays and not self._has_users():
                        self.stop_locked()

    def connection(self) -> Connection:
        """The connection to the server that runs.

        Raises:
            NotRunning: there is none.
        """
        record = self._record()
        if record is None or self._process() is None:
            raise NotRunning(self.data_dir)
        return self._connection(record)

    def status(self) -> Status:
        """Say whether the server runs, where, and since when."""
        process, record = self._process(), self._record()
        stopped = Status(False, self.data_dir, self.logs, self.password_file)
        if process is None or record is None:
            return stopped
        try:
            memory, created = process.memory_info().rss, process.create_time()
        except psutil.NoSuchProcess:
            return stopped
        return Status(
            True,
            self.data_dir,
            self.logs,
            self.password_file,
            pid=process.pid,
            uri=f"bolt://127.0.0.1:{record.bolt_port}",
            browser=f"http://127.0.0.1:{record.http_port}/browser/?dbms=bolt://127.0.0.1:{record.bolt_port}",
            memory_mib=memory // 2**20,
            uptime_s=max(0, int(time.time() - created)),
            stays=record.stays,
        )

    @contextlib.contextmanager
    def lifecycle(self) -> Iterator[None]:
        """Hold the right to start, stop and save the server of this folder; other commands wait."""
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.data_dir.chmod(0o700)
        with (self.data_dir / "lifecycle.lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if store.is_unsettled(self.home):  # a restore was killed: what it tried may still run
                self.stop_locked()
                store.put_back_old(self.home)
            yield

    def refuse_users(self) -> None:
        """Raise `ServerInUse` if a command is working with the database."""
        if self._has_users():
            raise ServerInUse(self.data_dir)

    @contextlib.contextmanager
    def paused(self, *, progress: Progress | None = None) -> Iterator[None]:
        """Stop the server if it runs and start it again afterwards, for one who holds `lifecycle`.

        A swap of stores that was not settled by then is undone.

        Raises:
            ServerInUse: another command is working with the database.
        """
        record = self._record() if self._process() is not None else None
        self.refuse_users()
        self.stop_locked()
        if record is not None:
            self._bolt_port, self._http_port = record.bolt_port, record.http_port
        try:
            yield
        finally:
            if store.is_unsettled(self.home):
                self.stop_locked()
                store.put_back_old(self.home)
            if record is not None and record.stays:
                self.start_locked(stays=True, progress=progress)
            else:
                self.stop_locked()

    def make_home(self, *, bolt_port: int, http_port: int) -> None:
        """Make the folders of Neo4j's home and write its configuration."""
        self.home.mkdir(mode=0o700, exist_ok=True)
        for name in ("conf", "data", "logs", "import", "run", "plugins"):
            (self.home / name).mkdir(mode=0o700, exist_ok=True)
        settings = server_settings(bolt_port, http_port, self._memory, self._api_port)
        write_config(self.home / "conf" / "neo4j.conf", {**settings, **self._neo4j_settings})

    def start_locked(self, *, stays: bool, progress: Progress | None = None) -> Connection:
        """As `start`, for one who holds `lifecycle`; ``stays`` False makes a server that ends with its last user."""
        record = self._record()
        process = self._process()
        if process is not None and record is not None:
            if stays and not record.stays:
                self._write_record(_Record(process.pid, record.bolt_port, record.http_port, stays=True))
            try:
                self._wait(process, record, progress)
                return self._connection(record)
            except DatabaseError as error:  # it runs and answers nothing any more: its disk was full, say
                if self._has_users():
                    raise ServerFailed("has to be started anew", self.console_log, self.log_tail()) from error
                stays = stays or record.stays
                self.stop_locked()
        bolt_port = _free_port(self._bolt_port, "HUITU_BOLT_PORT")
        http_port = _free_port(self._http_port, "HUITU_HTTP_PORT", not_this=bolt_port)
        self._prepare(bolt_port, http_port, progress)
        command = java.server_command(
            self.home, java=self.java, heap_mib=self._memory.heap, options=self._java_options, progress=progress
        )
        record = _Record(None, bolt_port, http_port, stays)
        self._write_record(record)  # the ports, should we be killed before the process is known
        process = java.start_server(command, self.home, self.console_log)
        self._write_record(_Record(process.pid, bolt_port, http_port, stays))
        try:
            self._wait(process, record, progress)
        except BaseException:
            self.stop_locked()
            raise
        return self._connection(record)

    def stop_locked(self) -> None:
        """As `stop`, for one who holds `lifecycle`; no server is no error."""
        process = self._process()
        if process is not None:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.terminate()
                if _ends(process):
                    java.keep_classes(self.home, java=self.java)
                else:  # the store recovers at the next start, as after a crash
                    process.kill()
                    _ends(process)
        java.reap()
        self._record_file.unlink(missing_ok=True)

    def log_tail(self, lines: int = _LOG_LINES) -> str:
        """The last lines of what the server wrote to its console."""
        if not self.console_log.exists():
            return ""
        text = self.console_log.read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    @property
    def heap_mib(self) -> int:
        """MiB of the server's Java heap; its admin tool may have as much while it is stopped."""
        return self._memory.heap

    @property
    def _record_file(self) -> Path:
        return self.data_dir / "server.json"

    def _process(self) -> psutil.Process | None:
        record = self._record()
        return java.find_server(self.home, record.pid) if record else None

    def _record(self) -> _Record | None:
        try:
            return _Record(**json.loads(self._record_file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None

    def _write_record(self, record: _Record) -> None:
        write_private(self._record_file, json.dumps(asdict(record)))

    def _has_users(self) -> bool:
        with (self.data_dir / "users.lock").open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False

    def _connection(self, record: _Record) -> Connection:
        password = self.password_file.read_text(encoding="utf-8").strip()
        return Connection(f"bolt://127.0.0.1:{record.bolt_port}", USERNAME, password, store.DATABASE)

    def _prepare(self, bolt_port: int, http_port: int, progress: Progress | None) -> None:
        """Make the folders, the configuration and, the first time, the password."""
        self.make_home(bolt_port=bolt_port, http_port=http_port)
        if (self.home / "data" / "databases" / "system").exists():
            if not self.password_file.exists():
                raise PasswordLost(self.data_dir, self.password_file)
            return
        if not self.password_file.exists():
            write_private(self.password_file, secrets.token_hex(16) + "\n")
        # A first start that was broken off may have set it already; there is no store yet, so set it anew.
        (self.home / "data" / "dbms" / "auth.ini").unlink(missing_ok=True)
        password = self.password_file.read_text(encoding="utf-8").strip()
        java.run_admin(
            self.home,
            ["dbms", "set-initial-password", password],
            java=self.java,
            problem="Neo4j refused the password made for it",
            progress=progress,
        )

    def _wait(self, process: psutil.Process, record: _Record, progress: Progress | None) -> None:
        """Wait until the server answers on both ports and accepts the password."""
        started = time.monotonic()
        while True:
            waited = time.monotonic() - started
            if not _alive(process):
                raise ServerFailed("ended while it started", self.console_log, self.log_tail())
            if _listens(record.http_port) and _listens(record.bolt_port) and self._answers(record):
                return
            if waited > self._start_timeout_s:
                raise ServerFailed(f"did not answer within {waited:.0f} s", self.console_log, self.log_tail())
            if progress is not None:
                progress("Starting Neo4j", int(waited), 0)
            time.sleep(_POLL_S)

    def _answers(self, record: _Record) -> bool:
        connection = self._connection(record)
        auth = (connection.username, connection.password)
        try:
            with GraphDatabase.driver(connection.uri, auth=auth) as driver:
                driver.execute_query("RETURN 1", database_=connection.database)
        except (ServiceUnavailable, TransientError):
            return False
        except AuthError as error:
            raise PasswordLost(self.data_dir, self.password_file) from error
        return True


def _alive(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _ends(process: psutil.Process) -> bool:
    """Wait for a process to end; False where it does not.

    One of another process's that has ended stays as a zombie until that process asks after it; a zombie with threads
    has not ended yet.
    """
    last = time.monotonic() + _STOP_TIMEOUT_S
    while time.monotonic() < last:
        java.reap()
        try:
            left = process.status() == psutil.STATUS_ZOMBIE and process.num_threads() <= 1
            if left and process.ppid() != os.getpid():
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(_POLL_S)
    return False


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port(port: int, variable: str, *, not_this: int | None = None) -> int:
    """Return ``port`` if it is free, any free one for 0."""
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise PortTaken(port, variable, _holder(port)) from error
            found: int = probe.getsockname()[1]
        if found != not_this:
            return found


def _holder(port: int) -> str | None:
    """The program that listens on a port, where we may know it."""
    try:
        for connection in psutil.net_connections("tcp"):
            listens = connection.status == psutil.CONN_LISTEN and connection.laddr[1:] == (port,)
            if listens and connection.pid:
                return f"{psutil.Process(connection.pid).name()} (process {connection.pid})"
    except (psutil.AccessDenied, psutil.NoSuchProcess):
        pass
    return None
