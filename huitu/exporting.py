"""The command that writes the graph, or a part of it, to a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from graph import export as exports
from graph.export import FORMATS
from graph.schema import EntityType, RelationType
from graph.subgraph import AROUND_SEED, Selection, select
from huitu.console import err, graph_of, new_file

__all__ = ["export"]


def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write.")],
    format_: Annotated[
        str | None, typer.Option("--format", help=f"{', '.join(FORMATS)}; without it by the file's suffix.")
    ] = None,
    seed: Annotated[str | None, typer.Option("--seed", help="Only what lies around this entity (its id).")] = None,
    query: Annotated[
        str | None, typer.Option("--query", help="Only what lies around the entities that `huitu search` finds.")
    ] = None,
    depth: Annotated[int, typer.Option("--depth", min=0, max=3, help="Steps around these.")] = 1,
    types: Annotated[
        list[EntityType] | None, typer.Option("--type", help="Only entities of this type; may be given again.")
    ] = None,
    relations: Annotated[
        list[RelationType] | None, typer.Option("--relation", help="Only these edges; may be given again.")
    ] = None,
    date_from: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Only edges of this day or later.")
    ] = None,
    date_to: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Only edges of this day or earlier.")
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, help=f"Entities at most; without it all, around a seed or query {AROUND_SEED}."),
    ] = None,
    claims: Annotated[bool, typer.Option("--claims", help="With the claims behind the edges.")] = False,
) -> None:
    """Write the graph, or a part of it, to a file."""
    chosen = format_ or next((name for name, f in FORMATS.items() if output.name.lower().endswith(f.suffix)), None)
    if chosen is None:
        suffixes = ", ".join(f.suffix for f in FORMATS.values())
        raise typer.BadParameter(f"no format has the suffix of {output}: give --format, or one of {suffixes}")
    selection = Selection(
        seed=seed,
        query=query,
        depth=depth,
        types=tuple(types or ()),
        relations=tuple(relations or ()),
        date_from=_day(date_from),
        date_to=_day(date_to),
        limit=limit,
        claims=claims,
    )
    # The file first: a folder that is not there is said before a database is started.
    with new_file(output) as file, graph_of() as graph:
        content = select(graph, selection)
        for part in exports.stream(content, chosen):
            file.write(part)
    err.print(f"The graph is written to {output}.", markup=False)
    if not content.complete:
        err.print(f"Cut at {limit or AROUND_SEED} entities; --limit takes more.")


def _day(day: datetime | None) -> str | None:
    return None if day is None else day.date().isoformat()
