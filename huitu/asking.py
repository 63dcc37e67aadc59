"""Commands that read the graph: search, status, export."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from graph import queries
from graph.export import FORMATS
from graph.schema import ENTITY_NAMES_ZH, EntityType
from huitu.console import err, graph_of, out, print_json

__all__ = ["export", "search", "status"]

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def search(
    words: Annotated[str, typer.Argument(help="A name or part of one.")],
    types: Annotated[list[EntityType] | None, typer.Option("--type", help="Only this type; may be given again.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Entities at most.")] = 20,
    as_json: AsJson = False,
) -> int:
    """Find entities by name; exit code 1 when there is none."""
    with graph_of() as graph:
        page = queries.search(graph, words, types=types or (), limit=limit)
    if as_json:
        print_json({"total": page.total, "items": [asdict(item) for item in page.items]})
    else:
        table = Table("id", "type", "name", "other names", "documents")
        for item in page.items:
            kind = ENTITY_NAMES_ZH[item.type]
            table.add_row(item.id, kind, item.name, "、".join(item.aliases), str(item.documents))
        out.print(table)
        if page.total > len(page.items):
            err.print(f"{page.total} in all; --limit shows more.")
    return 0 if page.items else 1


def status(as_json: AsJson = False) -> None:
    """Say what the graph holds."""
    with graph_of() as graph:
        found = queries.statistics(graph)
    print_json(asdict(found)) if as_json else out.print(_status_table(asdict(found)))


def _status_table(found: dict[str, object]) -> Table:
    table = Table("what", "how many")
    for name, value in found.items():
        if isinstance(value, int):
            table.add_row(name, str(value))
        elif isinstance(value, (list, tuple)):
            for row in value:
                table.add_row(*(str(cell) for cell in row.values()))
    return table


def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write.")],
    format_: Annotated[str | None, typer.Option("--format", help=f"{', '.join(FORMATS)}; else by the suffix.")] = None,
    seed: Annotated[str | None, typer.Option("--seed", help="Only around this entity (id).")] = None,
    depth: Annotated[int, typer.Option("--depth", min=1, max=3, help="Steps around the seed.")] = 1,
) -> None:
    """Write the graph, or the part around an entity, to a file."""
    raise NotImplementedError
