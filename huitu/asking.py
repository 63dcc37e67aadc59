"""Commands that ask the graph: search, conflicts, status."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from graph import queries
from graph.conflicts import conflicts
from graph.records import Statistics
from graph.schema import ENTITY_NAMES_ZH, RELATIONS, EntityType
from huitu.console import err, graph_of, out, print_json

__all__ = ["conflicts_", "search", "status"]

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
