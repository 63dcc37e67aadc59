"""Commands that serve: run (load articles and serve everything) and serve (the API alone)."""

from __future__ import annotations

import contextlib
import ipaddress
import signal
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from types import FrameType
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI

from api import create_app
from api.jobs.service import JobService, allowed_hosts
from api.keys import KeyStore
from api.limits import Limits
from api.tracing import Traces, open_traces
from graph.client import Graph
from graph.embedded import EmbeddedServer
from graph.errors import HuituError
from graph.load import ensure_schema
from graph.resolve import resolve
from graph.settings import Connection, GraphSettings, load_settings
from huitu import connections
from huitu.console import connected, err, out
from huitu.documents import Sources, ingest_into
from huitu.keys import key_store
from huitu.logs import Logs, write_logs

__all__ = ["CannotListen", "listening", "run", "serve"]

Host = Annotated[str, typer.Option("--host", envvar="HUITU_HOST", help="Address to listen on.")]
Hostnames = Annotated[
    list[str] | None,
    typer.Option("--hostname", envvar="HUITU_HOSTNAMES", help="A name by which it is reached; may be given again."),
]
Port = Annotated[int, typer.Option("--port", envvar="HUITU_PORT", help="Port of the API and the explorer.")]


_RATE = 20.0  # requests a second for each key, once keys are asked for
_END_S = 30  # what is being answered when the service stops may end within


class Keys(StrEnum):
    """When a key is asked for."""

    AUTO = "auto"
    ALWAYS = "always"


KeysOption = Annotated[
    Keys, typer.Option("--keys", envvar="HUITU_KEYS", help="Ask for a key: always, or where not only loopback listens.")
]


LogsOption = Annotated[
    Logs, typer.Option("--logs", envvar="HUITU_LOGS", help="What is logged: errors in words, or every request as JSON.")
]
Drain = Annotated[
    int,
    typer.Option(
        "--drain", envvar="HUITU_DRAIN_S", min=0, max=600, help="Seconds to answer on, as not ready, after SIGTERM."
    ),
]


class NoKeys(HuituError):
    """Keys are asked for, and none is in force."""

    exit_code = 2

    def __init__(self, host: str) -> None:
        super().__init__(
            f"listening on {host} asks for keys, and there is none",
            hint="Make one first: huitu keys create NAME --scope read.",
        )
        self.host = host


Cypher = Annotated[
    bool, typer.Option("--cypher", envvar="HUITU_CYPHER", help="Take reading Cypher queries at /v1/cypher.")
]


class CannotListen(HuituError):
    """The API cannot have the address ``host`` and ``port``."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"cannot listen on {host}, port {port}: {reason}", hint="Choose another one with --port.")
        self.host, self.port = host, port


@dataclass(frozen=True, slots=True)
class _Opened:
    """What serving needs; keys and traces only where they are wanted."""

    keys: KeyStore | None
    listener: socket.socket
    connection: Connection
    graph: Graph
    traces: Traces | None


def run(
    paths: Annotated[list[str], typer.Argument(metavar="DOCS...", help="Articles to load: files or folders.")],
    host: Host = "127.0.0.1",
    port: Port = 8000,
    hostnames: Hostnames = None,
    keys: KeysOption = Keys.AUTO,
    cypher: Cypher = False,
    logs: LogsOption = Logs.TEXT,
    drain_s: Drain = 0,
) -> int:
    """Start the database, load articles and serve the graph until Ctrl-C."""
    write_logs(logs)
    settings = load_settings(api_port=port)
    sources = Sources(paths, None)
    with _opened(settings, host, port, keys) as opened:
        report = ingest_into(opened.graph, sources)
        out.print(f"{report.read} documents: {report.added + report.replaced} loaded, {report.unchanged} unchanged.")
        _serve(opened, settings, [host, *(hostnames or ())], cypher, drain_s)
    return 1 if sources.failed else 0


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    hostnames: Hostnames = None,
    keys: KeysOption = Keys.AUTO,
    cypher: Cypher = False,
    logs: LogsOption = Logs.TEXT,
    drain_s: Drain = 0,
) -> None:
    """Serve the API and the explorer page until Ctrl-C."""
    write_logs(logs)
    settings = load_settings(api_port=port)
    with _opened(settings, host, port, keys) as opened:
        ensure_schema(opened.graph)
        resolve(opened.graph)  # a writer that was killed may have left it to do
        _serve(opened, settings, [host, *(hostnames or ())], cypher, drain_s)


@contextlib.contextmanager
def _opened(settings: GraphSettings, host: str, port: int, keys: Keys) -> Iterator[_Opened]:
    """What serving needs, opened and closed in order, the quick to be refused first."""
    with (
        open_traces() as traces,
        _keys(settings, host, keys) as store,
        listening(host, port) as listener,
        connected(settings) as connection,
        Graph(connection, watch=traces.statement if traces else None) as graph,
    ):
        graph.verify()
        yield _Opened(store, listener, connection, graph, traces)


@contextlib.contextmanager
def _keys(settings: GraphSettings, host: str, when: Keys) -> Iterator[KeyStore | None]:
    """The keys to ask for; None where none are asked for.

    Raises:
        NoKeys: they are asked for, and none is in force.
    """
    if when is Keys.AUTO and _is_loopback(host):
        yield None
        return
    with key_store(settings) as store:
        if not store.in_use():
            raise NoKeys(host)
        yield store


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"  # what another name leads to is not known here


@contextlib.contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """The address of the API, taken before anything slow begins; it answers once the server listens.

    Raises:
        CannotListen: another program has it, or it is none of this machine's.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # What it accepts inherits this. asyncio sets it only where the protocol was named, and without it each answer
        # waits 40 ms for the client's acknowledgement of its head.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise CannotListen(host, port, error.strerror or str(error)) from error
        yield listener


def _serve(opened: _Opened, settings: GraphSettings, hosts: list[str], cypher: bool, drain_s: int) -> None:
    limits = Limits(rate=_RATE if opened.keys else None)
    with JobService(settings.data_dir / "jobs", opened.connection, allow=allowed_hosts()) as jobs:
        app = create_app(
            opened.graph,
            hosts=hosts,
            jobs=jobs,
            keys=opened.keys,
            limits=limits,
            cypher=cypher,
            traces=opened.traces,
        )
        config = uvicorn.Config(
            app,
            http=connections.Connection,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_END_S,
        )
        _answer(_Server(config, app, jobs, drain_s), opened.connection, settings, opened.listener)
    err.print("Stopping ...")


class _Server(uvicorn.Server):
    """Says that it is not ready before it stops, and ends the streams of events before open requests.

    Args:
        config: of uvicorn.
        app: what it serves.
        jobs: whose events are streamed.
        drain_s: seconds between SIGTERM and the end; balancers learn meanwhile that it is not ready.
    """

    def __init__(self, config: uvicorn.Config, app: FastAPI, jobs: JobService, drain_s: int) -> None:
        super().__init__(config)
        self._app, self._jobs, self._drain_s = app, jobs, drain_s
        self._ends: float | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        first, self._app.state.draining = not self._app.state.draining, True
        if sig == signal.SIGTERM and first and self._drain_s:
            self._ends = time.monotonic() + self._drain_s
        else:  # at once: Ctrl-C, or a second signal
            super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        if self._ends is not None and time.monotonic() >= self._ends:
            self._ends = None
            super().handle_exit(signal.SIGTERM, None)
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._jobs.stop()
        await super().shutdown(sockets)


def _answer(server: uvicorn.Server, connection: Connection, settings: GraphSettings, listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    _print_addresses(connection, settings, f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises it again after it has shut down
        server.run([listener])


def _print_addresses(connection: Connection, settings: GraphSettings, base: str) -> None:
    out.print(f"Explorer       {base}/")
    out.print(f"API docs       {base}/docs")
    if settings.remote is None:
        status = EmbeddedServer.from_settings(settings).status()
        out.print(f"Neo4j Browser  {status.browser}")
        out.print(f"               user {connection.username}, password {connection.password}", markup=False)
    else:
        out.print(f"Neo4j          {connection.uri}")
    out.print("Press Ctrl-C to stop.")
