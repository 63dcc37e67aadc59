"""Commands that read the graph: search, conflicts, status, export."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from graph import export as exports
from graph import queries
from graph.conflicts import conflicts
from graph.export import FORMATS
from graph.records import Statistics
from graph.schema import ENTITY_NAMES_ZH, RELATIONS, EntityType, RelationType
from graph.subgraph import AROUND_SEED, Selection, select
from huitu.console import err, graph_of, new_file, out, print_json

__all__ = ["conflicts_", "export", "search", "status"]

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def search(
    words: Annotated[str, typer.Argument(help="A name or part of one.")],
    types: Annotated[
        list[EntityType] | None, typer.Option("--type", help="Only this type; may be given again.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Entities at most.")] = 20,
    as_json: AsJson = False,
) -> int:
    """Find entities by name; exit code 1 when there is none."""
    with graph_of() as graph:
        page = queries.search(graph, words, types=types or (), limit=limit)
    if as_json:
        print_json({"total": page.total, "items": [asdict(item) for item in page.items]})
    else:
        table = Table("id", "type")
        table.add_column("name", overflow="fold", min_width=20)
        table.add_column("other names", overflow="fold")
        table.add_column("documents", justify="right")
        for item in page.items:
            kind = ENTITY_NAMES_ZH[item.type]
            table.add_row(item.id, kind, item.name, "、".join(item.aliases), str(item.documents))
        out.print(table)
        if page.total > len(page.items):
            err.print(f"{page.total} in all; --limit shows more.")
    return 0 if page.items else 1


def conflicts_(
    id: Annotated[str | None, typer.Argument(metavar="ID", help="Only those of this entity.")] = None,
    as_json: AsJson = False,
) -> None:
    """List where documents disagree: venues and dates of a forum, facts that others deny."""
    with graph_of() as graph:
        found = list(conflicts(graph, id))
    if as_json:
        print_json([asdict(conflict) for conflict in found])
        return
    table = Table("id", "kind")
    table.add_column("of", overflow="fold", min_width=20)
    table.add_column("said", overflow="fold")
    for conflict in found:
        of = conflict.entity.name
        if conflict.other and conflict.relation:
            of = f"{of} {RELATIONS[conflict.relation].zh} {conflict.other.name}"
        said = "；".join(
            f"{words} ({'、'.join(documents)})" if documents else words for words, documents in conflict.statements
        )
        table.add_row(conflict.entity.id, conflict.kind, of, said)
    out.print(table)


def status(as_json: AsJson = False) -> None:
    """Say what the graph holds."""
    with graph_of() as graph:
        found = queries.statistics(graph)
    print_json(asdict(found)) if as_json else out.print(_status_table(found))


def _status_table(found: Statistics) -> Table:
    table = Table("what", "how many")
    for name in ("documents", "mentions", "claims", "entities", "series", "edges"):
        table.add_row(name, str(getattr(found, name)))
    for counts in (found.entities_by_type, found.edges_by_relation, found.claims_by_modality):
        table.add_section()
        for count in counts:
            table.add_row(count.name, str(count.count))
    if found.first_date:
        table.caption = f"documents from {found.first_date} to {found.last_date}"
    return table


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
