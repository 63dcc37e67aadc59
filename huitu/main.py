"""The command line ``huitu``: commands by subject, one file each; errors without tracebacks unless ``--debug``."""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import version
from typing import Annotated

import typer
from rich.markup import escape

import huitu.driver  # noqa: F401  before all that imports the driver
from graph.errors import FULL, HuituError
from huitu.console import err

__all__ = ["command_line", "main"]


def _exit_with(code: object, **_options: object) -> None:
    """What a command returns is the exit code; nothing is 0."""
    raise typer.Exit(code if isinstance(code, int) else 0)


_COMMANDS: Mapping[str, str] = {
    "run": "serving",
    "ingest": "documents",
    "import": "curated",
    "load": "loading",
    "extract": "documents",
    "shard": "sharding",
    "delete": "documents",
    "reset": "documents",
    "serve": "serving",
    "search": "asking",
    "show": "reviewing",
    "review": "queue",
    "decide": "reviewing",
    "correct": "reviewing",
    "add-claim": "reviewing",
    "undo": "reviewing",
    "decisions": "reviewing",
    "conflicts": "asking",
    "status": "asking",
    "export": "exporting",
    "browser": "browsing",
    "snapshot": "maintenance",
    "diff": "maintenance",
    "changes": "maintenance",
    "migrate": "maintenance",
    "erase": "maintenance",
    "evaluate": "evaluation",
    "bundle": "bundling",
    "train": "training",
    "jobs": "ingestion",
    "mcp": "assistants",
}
"""The module of each command; its function is called so, with _ at the end where Python or the module has that name."""

_NEO4J = "neo4j"
_KEYS = "keys"
_VERSION = "--version"


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"huitu {version('huitu')}")
        raise typer.Exit


def _options(
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks of errors.")] = False,
    show_version: Annotated[
        bool, typer.Option(_VERSION, callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options that hold for every command; ``main`` looks for --debug itself, for it must know before parsing."""


def command_line(name: str | None = None) -> typer.Typer:
    """The command line with all commands, or with what the first argument asks for: to import all takes seconds."""
    app = typer.Typer(
        no_args_is_help=True,
        result_callback=_exit_with,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        help="Huitu (会图): a knowledge graph of Chinese news on forums, institutions and initiatives.",
        epilog="Settings come from the environment (NEO4J_URI, HUITU_DATA_DIR, ...); the README lists them.",
    )
    app.callback()(_options)
    known = {*_COMMANDS, _NEO4J, _KEYS, _VERSION}
    for command, module in _COMMANDS.items():
        if command == name or name not in known:
            function = command.replace("-", "_")
            found = import_module(f"huitu.{module}")
            app.command(command)(getattr(found, f"{function}_", None) or getattr(found, function))
    if name == _NEO4J or name not in known:
        app.add_typer(import_module("huitu.neo4j").app, name=_NEO4J)
    if name == _KEYS or name not in known:
        app.add_typer(import_module("huitu.keys").app, name=_KEYS)
    return app


def main() -> None:
    """Run the command line and exit: 0 done, 1 failed or done in part, 2 wrong use, 130 interrupted."""
    for termination in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(termination) is signal.SIG_DFL:  # as Ctrl-C: a server that was started is stopped again
            signal.signal(termination, signal.default_int_handler)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a locale that lacks a character shows ? in its place
    debug = "--debug" in sys.argv[1:]
    try:
        arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
        command_line(arguments[0] if arguments else None)(arguments, prog_name="huitu")
    except HuituError as error:
        if debug:
            raise
        _say(error.message)
        if error.hint:
            err.print(error.hint, markup=False)
        sys.exit(error.exit_code)
    except OSError as error:
        if debug:
            raise
        _say(str(error))
        if error.errno in FULL:
            err.print("Make room and do the same again.", markup=False)
        sys.exit(1)


def _say(problem: str) -> None:
    err.print(f"[red]Error:[/red] {escape(problem)}")
