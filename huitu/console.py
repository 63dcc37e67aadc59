"""What the commands share: the two consoles, progress bars, JSON output, and the database they talk to."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from graph import embedded
from graph.artifacts import Progress as Report
from graph.client import Graph
from graph.settings import Connection, GraphSettings, load_settings

__all__ = ["connected", "err", "graph_of", "out", "print_json", "progress_bar", "steps"]

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def print_json(value: Any) -> None:
    """One JSON document on standard output, for scripts."""
    print(json.dumps(value, ensure_ascii=False, indent=2))  # noqa: T201


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
def steps() -> Iterator[Report]:
    """A report of named steps (downloads, the start of a server): a bar on a terminal, a line a step elsewhere."""
    seen: dict[str, Any] = {}
    with progress_bar("") as progress:

        def report(step: str, done: int, total: int) -> None:
            if step not in seen:
                seen[step] = progress.add_task(step, total=total or None)
                if not err.is_terminal:
                    err.print(f"{step} ...")
            progress.update(seen[step], completed=done, total=total or None)

        yield report


@contextlib.contextmanager
def connected(settings: GraphSettings | None = None) -> Iterator[Connection]:
    """The database of the settings; the embedded one is started if it does not run, and stopped again then."""
    settings = settings or load_settings()
    with contextlib.ExitStack() as stack:
        with steps() as report:
            connection = stack.enter_context(embedded.use(settings, progress=report))
        yield connection


@contextlib.contextmanager
def graph_of(settings: GraphSettings | None = None) -> Iterator[Graph]:
    """The graph of the settings, checked to answer."""
    with connected(settings) as connection, Graph(connection) as graph:
        graph.verify()
        yield graph
