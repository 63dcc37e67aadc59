"""Commands that keep a graph: erase, snapshot, diff, changes, migrate."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from graph.client import Graph
from graph.erasure import erase_person, erase_source
from graph.load import LoadReport
from graph.migrate import migrate, plan
from graph.snapshot import changes, differences, snapshot
from huitu.console import err, graph_of, new_file, out, print_json, progress_bar, write_lines

__all__ = ["changes_", "diff", "erase", "migrate_", "snapshot_"]

Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write; without it, standard output.")]


class Kind(StrEnum):
    """What can be erased."""

    PERSON = "person"
    SOURCE = "source"


def erase(
    kind: Annotated[Kind, typer.Argument(help="What to erase.")],
    what: Annotated[str, typer.Argument(metavar="WHAT", help="Id of the person, or name of the source.")],
    by: Annotated[str | None, typer.Option("--by", help="Who does it; without it the user of this machine.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Erase a person or a source on request: nothing stays but the record that it was done."""
    if not yes:
        typer.confirm(f"Erase the {kind} {what}? This cannot be undone.", abort=True, err=True)
    with graph_of() as graph:
        erased = (erase_person if kind is Kind.PERSON else erase_source)(graph, what, by=by or getpass.getuser())
    out.print(f"{erased.id}: {erased.documents} documents were {'changed' if kind is Kind.PERSON else 'removed'}.")
    err.print("Backups, exports and the files of articles are not reached; remove them yourself.")


def snapshot_(output: Output = None) -> None:
    """Write everything that the graph says as sorted JSON Lines, the same bytes for the same content."""
    with graph_of() as graph:
        _write(output, snapshot(graph))


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", exists=True, dir_okay=False, help="The earlier snapshot.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", exists=True, dir_okay=False, help="The later snapshot.")],
    output: Output = None,
) -> None:
    """Write what turns one snapshot into another, one JSON object a line."""
    with old.open(encoding="utf-8") as before, new.open(encoding="utf-8") as after:
        _write(output, _lines(differences(before, after, (str(old), str(new)))))


def changes_(
    since: Annotated[int, typer.Option("--since", min=0, help="A revision that this command told before.")] = 0,
    output: Output = None,
) -> None:
    """Write the entities and edges that changed after a revision; the first line tells the present one."""
    with graph_of() as graph:
        _write(output, _lines(changes(graph, since)))


def migrate_(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check everything, write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Bring a graph that an earlier Huitu wrote to the present model; goes on where it was cut off."""
    with graph_of() as graph:
        planned = plan(graph)
        report = _migrate(graph, planned.documents, dry_run=dry_run)
    if as_json:
        print_json({**asdict(planned), "dry_run": dry_run, "written": 0 if dry_run else report.replaced})
    elif not planned.needed:
        out.print(f"The graph follows version {planned.version} of the model; there is nothing to do.")
    elif dry_run:
        out.print(f"{report.read} of {planned.total} documents would be written anew; nothing was changed.")
    else:
        out.print(f"{report.replaced} of {planned.total} documents were written anew; version {planned.version} now.")


def _migrate(graph: Graph, documents: int, *, dry_run: bool) -> LoadReport:
    with progress_bar("documents") as progress:
        task = progress.add_task("Migrating", total=documents)
        return migrate(graph, dry_run=dry_run, progress=lambda report: progress.update(task, completed=report.read))


def _lines(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    return (json.dumps(record, ensure_ascii=False, sort_keys=True) for record in records)


def _write(output: Path | None, lines: Iterable[str]) -> None:
    if output is None:
        write_lines(lines)
        return
    with new_file(output) as file:
        for line in lines:
            file.write(f"{line}\n".encode())
