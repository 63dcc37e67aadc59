"""The command evaluate: precision, recall and F1 on annotated documents, or of identity on gold names."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from extract import Extractor
from extract import evaluate as evaluation
from graph.evaluate import IdentityQuality, evaluate_identity
from huitu.console import out, print_json

__all__ = ["evaluate"]


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(
            help="Folder with X.txt and X.gold.json; with --identity, with pairs.tsv and clusters.tsv.",
            exists=True,
            file_okay=False,
        ),
    ],
    identity: Annotated[
        bool, typer.Option("--identity", help="Score which names denote one thing in all documents.")
    ] = False,
    engine: Annotated[str, typer.Option("--engine", help="What segments and tags the text.")] = "hanlp1",
    relaxed: Annotated[
        bool, typer.Option("--relaxed", help="A name that holds half of the other is right too.")
    ] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List the errors of each document.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Score the extractor on annotated documents, per entity and relation type, or the identity of names."""
    if identity:
        _print_identity(evaluate_identity(gold), errors=errors, as_json=as_json)
        return
    extractor = Extractor(engine)
    result = evaluation.evaluate(
        evaluation.read_gold(gold), lambda document: extractor.extract(document).to_json(), relaxed=relaxed
    )
    if as_json:
        print_json({**result.to_json(), **({"errors": result.errors} if errors else {})})
        return
    if errors:
        for document, found in result.errors.items():
            out.print(f"== {document}", markup=False)
            for error in found:
                out.print(f"  {error}", markup=False)
    table = Table(title=f"{result.documents} documents, {'relaxed' if relaxed else 'strict'} names")
    table.add_column("type")
    for column in ("precision", "recall", "F1", "gold"):
        table.add_column(column, justify="right")
    for name, score in result.rows():
        figures = (f"{value:.3f}" for value in (score.precision, score.recall, score.f1))
        table.add_row(name, *figures, str(score.right + score.missed))
    out.print(table)


def _print_identity(quality: IdentityQuality, *, errors: bool, as_json: bool) -> None:
    if as_json:
        print_json({**quality.to_json(), **({"errors": quality.errors} if errors else {})})
        return
    if errors:
        for error in quality.errors:
            out.print(error, markup=False)
    table = Table(title=f"{quality.names} names in {quality.clusters} clusters, pairs by kind")
    table.add_column("kind")
    for column in ("precision", "recall", "merged", "same", "pairs"):
        table.add_column(column, justify="right")
    for kind, score in [*quality.kinds.items(), ("all pairs", quality.total)]:
        merged, same = score.right + score.wrong, score.right + score.missed
        counts = (merged, same, merged + score.missed + score.apart)
        table.add_row(kind, f"{score.precision:.3f}", f"{score.recall:.3f}", *map(str, counts))
    table.add_section()
    table.add_row("B-cubed", f"{quality.b_cubed_precision:.3f}", f"{quality.b_cubed_recall:.3f}")
    out.print(table)
