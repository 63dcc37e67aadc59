"""The command line ``huitu``: commands by subject, one file each; errors without tracebacks unless ``--debug``."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated

import typer
from rich.markup import escape

from graph.errors import HuituError
from huitu import asking, curated, documents, evaluation, maintenance, neo4j, reviewing, serving
from huitu.console import err

__all__ = ["app", "main"]


def _exit_with(code: object, **_options: object) -> None:
    """What a command returns is the exit code; nothing is 0."""
    raise typer.Exit(code if isinstance(code, int) else 0)


app = typer.Typer(
    no_args_is_help=True,
    result_callback=_exit_with,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Huitu (会图): a knowledge graph of Chinese news on forums, institutions and initiatives.",
    epilog="Settings come from the environment (NEO4J_URI, HUITU_DATA_DIR, ...); the README lists them.",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"huitu {version('huitu')}")
        raise typer.Exit


@app.callback()
def _options(
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks of errors.")] = False,
    show_version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options that hold for every command; ``main`` looks for --debug itself, for it must know before parsing."""


_COMMANDS: tuple[Callable[..., int | None], ...] = (
    serving.run,
    documents.ingest,
    curated.import_,
    documents.extract,
    documents.delete,
    documents.reset,
    serving.serve,
    asking.search,
    asking.conflicts_,
    asking.status,
    asking.export,
    evaluation.evaluate,
    reviewing.show,
    reviewing.decide_,
    reviewing.correct,
    reviewing.add_claim_,
    reviewing.undo_,
    reviewing.decisions_,
    maintenance.erase,
    maintenance.snapshot_,
    maintenance.diff,
    maintenance.changes_,
    maintenance.migrate_,
)
for command in _COMMANDS:
    app.command(command.__name__.removesuffix("_").replace("_", "-"))(command)
app.add_typer(neo4j.app, name="neo4j")


def main() -> None:
    """Run the command line and exit: 0 done, 1 failed or done in part, 2 wrong use, 130 interrupted."""
    for termination in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(termination) is signal.SIG_DFL:  # as Ctrl-C: a server that was started is stopped again
            signal.signal(termination, signal.default_int_handler)
    debug = "--debug" in sys.argv[1:]
    try:
        app([argument for argument in sys.argv[1:] if argument != "--debug"], prog_name="huitu")
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
        sys.exit(1)


def _say(problem: str) -> None:
    err.print(f"[red]Error:[/red] {escape(problem)}")
