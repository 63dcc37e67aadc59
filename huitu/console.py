"""What the commands share: the two consoles, progress bars, JSON output and files, and the database they talk to."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from extract.whole import whole_file
from graph import embedded
from graph.client import Graph
from graph.settings import Connection, GraphSettings, load_settings
from huitu.neo4j import report_progress

__all__ = [
    "connected",
    "err",
    "figures_table",
    "graph_of",
    "new_file",
    "out",
    "print_json",
    "progress_bar",
    "visible",
    "write_lines",
]


# Escape sequences steer a terminal, bidirectional marks turn a line round, half a surrogate pair cannot be written.
_STEERING = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def visible(text: str) -> str:
    """The text with � for each character that would steer what shows it; no character is added or lost."""
    return _STEERING.sub("\ufffd", text)


class _Calm(Console):
    """A console on which no text steers the terminal: what is shown comes from the news."""

    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(visible(text), **options)


out = _Calm(highlight=False, soft_wrap=True, markup=False, emoji=False)
err = _Calm(stderr=True, highlight=False, soft_wrap=True, emoji=False)


def print_json(value: Any) -> None:
    """One JSON document on standard output, for scripts."""
    write_lines([json.dumps(value, ensure_ascii=False, indent=2)])


def write_lines(lines: Iterable[str]) -> None:
    """Data on standard output: UTF-8, as in a file, whatever the locale."""
    sys.stdout.flush()
    for line in lines:
        sys.stdout.buffer.write(f"{line}\n".encode())
    sys.stdout.buffer.flush()


def figures_table(title: str, first: str, columns: Sequence[str]) -> Table:
    """A table without rows: ``first`` heads the column of words, ``columns`` those of figures."""
    table = Table(first, title=title)
    for column in columns:
        table.add_column(column, justify="right")
    return table


@contextlib.contextmanager
def progress_bar(unit: str) -> Iterator[Progress]:
    """A progress display on standard error that leaves nothing behind; silent when that is no terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        yield progress


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name only when it is complete; what was there before stays until then.

    Raises:
        typer.BadParameter: there is no such folder, or the path is one.
        NoRoom: the disk is full.
    """
    if not path.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {path.parent}")
    if path.is_dir():
        raise typer.BadParameter(f"{path} is a folder")
    with whole_file(path) as file:
        yield file


@contextlib.contextmanager
def connected(settings: GraphSettings | None = None) -> Iterator[Connection]:
    """The database of the settings; the embedded one is started if it does not run, and stopped again then."""
    settings = settings or load_settings()
    with contextlib.ExitStack() as stack:
        with report_progress() as report:
            connection = stack.enter_context(embedded.use(settings, progress=report))
        yield connection


@contextlib.contextmanager
def graph_of(settings: GraphSettings | None = None) -> Iterator[Graph]:
    """The graph of the settings, checked to answer."""
    with connected(settings) as connection, Graph(connection) as graph:
        graph.verify()
        yield graph
