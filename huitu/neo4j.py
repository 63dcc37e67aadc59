"""``huitu neo4j``: the embedded Neo4j server, from start to backup."""

from __future__ import annotations

import contextlib
import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from graph import embedded
from graph.embedded import EmbeddedServer, Status, embedded_only
from graph.settings import load_settings

__all__ = ["app", "report_progress"]

app = typer.Typer(
    name="neo4j", help="Run the embedded Neo4j: start, stop, look at it, save and restore it.", no_args_is_help=True
)

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder of the database (HUITU_DATA_DIR).", file_okay=False)
]
BoltPort = Annotated[
    int | None, typer.Option(min=0, max=65535, help="Port of the drivers, 0: any free one (HUITU_BOLT_PORT).")
]
HttpPort = Annotated[
    int | None, typer.Option(min=0, max=65535, help="Port of Neo4j Browser, 0: any free one (HUITU_HTTP_PORT).")
]
Json = Annotated[bool, typer.Option("--json", help="Write JSON.")]
Force = Annotated[bool, typer.Option("--force", help="Replace what is there.")]


class Log(StrEnum):
    """The server's logs: its reports, its details, what Java wrote, web requests, sign-ins."""

    neo4j = "neo4j"
    debug = "debug"
    console = "console"
    http = "http"
    security = "security"


@app.command()
def start(
    data_dir: DataDir = None, bolt_port: BoltPort = None, http_port: HttpPort = None, as_json: Json = False
) -> None:
    """Start the server and leave it running."""
    server = _server("start it", data_dir, bolt_port, http_port)
    with report_progress() as progress:
        server.start(progress=progress)
    _show(server.status(), as_json)


@app.command()
def stop(
    data_dir: DataDir = None,
    force: Annotated[bool, typer.Option("--force", help="Also when another command is using the database.")] = False,
) -> None:
    """Stop the server."""
    _server("stop it", data_dir).stop(force=force)


@app.command()
def status(data_dir: DataDir = None, as_json: Json = False) -> None:
    """Say whether the server runs, and where; the exit code is 3 when it does not."""
    found = _server("look at it", data_dir).status()
    _show(found, as_json)
    if not found.running:
        raise typer.Exit(3)


@app.command()
def logs(
    data_dir: DataDir = None,
    log: Annotated[Log, typer.Option(help="Which log.")] = Log.neo4j,
    lines: Annotated[int, typer.Option("--lines", "-n", min=0, help="How many lines from its end.")] = 50,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until Ctrl-C.")] = False,
) -> None:
    """Show the server's log."""
    path = _server("read its logs", data_dir).logs / f"{log}.log"
    _note(str(path))
    if path.exists():
        text = path.read_text(encoding="utf-8", errors="replace")
        _write("".join(text.splitlines(keepends=True)[-lines:] if lines else []))
    if follow:
        with contextlib.suppress(KeyboardInterrupt):
            _follow(path, lambda: True)


@app.command()
def console(data_dir: DataDir = None, bolt_port: BoltPort = None, http_port: HttpPort = None) -> None:
    """Run the server in the foreground until Ctrl-C, showing its log."""
    server = _server("start it", data_dir, bolt_port, http_port)
    with _termination_as_interrupt(), contextlib.suppress(KeyboardInterrupt), contextlib.ExitStack() as stack:
        with report_progress() as progress:
            stack.enter_context(server.use(progress=progress))
        _show(server.status(), as_json=False)
        _note("Ctrl-C stops it.")
        _follow(server.logs / "neo4j.log", lambda: server.status().running)
        raise embedded.ServerFailed("ended", server.console_log, server.log_tail())
    if server.status().running:
        _note("It was started with 'huitu neo4j start', or is in use, and goes on.")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The dump to write.", dir_okay=False)],
    data_dir: DataDir = None,
    force: Force = False,
) -> None:
    """Write the database to a file; a running server is stopped for it and started again."""
    server = _server("back it up", data_dir)
    with report_progress() as progress:
        embedded.backup(server, file, force=force, progress=progress)
    _note(f"{file}: {file.stat().st_size:,} bytes")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A dump that 'huitu neo4j backup' wrote.", dir_okay=False)],
    data_dir: DataDir = None,
    force: Force = False,
) -> None:
    """Replace the database by that of a file; it is checked first, and the old one kept until the new one runs."""
    server = _server("restore it", data_dir)
    with report_progress() as progress:
        embedded.restore(server, file, force=force, progress=progress)
    _note(f"{file} is restored")


@contextlib.contextmanager
def report_progress() -> Iterator[Callable[[str, int, int], None]]:
    """Yield a progress callback that draws on standard error: bars on a terminal, else one line a step."""
    output = Console(stderr=True)
    if not output.is_terminal:
        seen: set[str] = set()

        def say(step: str, _done: int, _total: int) -> None:
            if step not in seen:
                seen.add(step)
                output.print(f"{step} ...", highlight=False)

        yield say
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=output, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def draw(step: str, done: int, total: int) -> None:
            if step not in tasks:
                for earlier in tasks.values():
                    bars.stop_task(earlier)
                tasks[step] = bars.add_task(step, total=total or None)
            bars.update(tasks[step], completed=done if total else 0)

        yield draw


def _server(
    action: str, data_dir: Path | None, bolt_port: int | None = None, http_port: int | None = None
) -> EmbeddedServer:
    """The embedded server of the settings, with what the command line says in their place."""
    given = {"data_dir": data_dir, "bolt_port": bolt_port, "http_port": http_port}
    settings = load_settings(**{name: value for name, value in given.items() if value is not None})
    return embedded_only(settings, action)


def _show(found: Status, as_json: bool) -> None:
    if as_json:
        _write(json.dumps(asdict(found), default=str) + "\n")
        return
    facts: dict[str, Any] = {"Neo4j": "running" if found.running else "not running"}
    if found.running:
        facts |= {
            "Neo4j Browser": found.browser,
            "Bolt": found.uri,
            "User": found.username,
            "Password": f"in {found.password_file}",
            "Process": f"{found.pid}, {found.memory_mib:,} MiB, {found.uptime_s:,} s",
            "Stops": "with 'huitu neo4j stop'" if found.stays else "when no command uses it any more",
        }
    facts |= {"Data": found.data_dir, "Logs": found.logs}
    table = Table.grid(padding=(0, 2))
    for name, value in facts.items():
        table.add_row(name, str(value))
    Console(soft_wrap=True).print(table, highlight=False)


def _follow(path: Path, going_on: Callable[[], bool]) -> None:
    """Write what is added to a log until there is nothing to wait for."""
    position = path.stat().st_size if path.exists() else 0
    while going_on():
        if path.exists():
            if path.stat().st_size < position:
                position = 0  # the server began a new file
            with path.open("rb") as handle:
                handle.seek(position)
                added = handle.read()
            position += len(added)
            _write(added.decode("utf-8", "replace"))
        time.sleep(0.3)


@contextlib.contextmanager
def _termination_as_interrupt() -> Iterator[None]:
    """Let a SIGTERM end the command as Ctrl-C does, so that it stops its server."""
    previous = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _note(text: str) -> None:
    Console(stderr=True, soft_wrap=True).print(text, highlight=False, markup=False)
