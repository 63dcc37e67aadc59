"""The command evaluate: precision, recall and F1 on annotated documents, agreement of right relations, and identity."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from extract import evaluate as evaluation
from extract.attributes import Attributes
from extract.compare import Predict
from extract.errors import ExtractionFailed
from extract.evaluate import Gold
from extract.reliability import Reliability
from extract.running import results
from graph.candidates.quality import CandidateQuality, evaluate_candidates
from graph.evaluate import IdentityQuality, evaluate_identity
from huitu.comparison import print_comparison, print_errors
from huitu.console import figures_table, out, print_json
from huitu.extracting import at_work

__all__ = ["evaluate"]

_CANDIDATES = "candidates.jsonl"


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(
            help="Folder with X.txt and X.gold.json; with --identity, with pairs.tsv, clusters.tsv and, "
            "where candidates are scored too, candidates.jsonl.",
            exists=True,
            file_okay=False,
        ),
    ],
    identity: Annotated[
        bool,
        typer.Option("--identity", help="Score which names denote one thing, and which pairs are proposed for review."),
    ] = False,
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            help="What finds names and facts: hanlp1, or as docs/engines.md tells; several with commas between are "
            "compared with the first.",
        ),
    ] = "hanlp1",
    relaxed: Annotated[
        bool, typer.Option("--relaxed", help="A name that holds half of the other is right too.")
    ] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List the errors of each document.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Score the extractor on annotated documents, per entity and relation type.

    Of the relations that are right it also compares roles, modalities and dates where they are annotated, and of all
    relations the confidence with the share that is right.
    """
    if identity:
        proposals = evaluate_candidates(gold / _CANDIDATES) if (gold / _CANDIDATES).exists() else None
        _print_identity(evaluate_identity(gold), proposals, errors=errors, as_json=as_json)
        return
    documents = list(evaluation.read_gold(gold))
    predictions = {name: _predictions(name, documents) for name in engine.split(",")}
    if len(predictions) > 1:
        print_comparison(documents, predictions, relaxed=relaxed, errors=errors, as_json=as_json)
        return
    result = evaluation.evaluate(documents, predictions[engine], relaxed=relaxed)
    if as_json:
        print_json({**result.to_json(), **({"errors": result.errors} if errors else {})})
        return
    if errors:
        print_errors(result)
    table = figures_table(
        f"{result.documents} documents, {'relaxed' if relaxed else 'strict'} names",
        "type",
        ("precision", "recall", "F1", "gold"),
    )
    for name, score in result.rows():
        figures = (f"{value:.3f}" for value in (score.precision, score.recall, score.f1))
        table.add_row(name, *figures, str(score.right + score.missed))
    out.print(table)
    _print_attributes(result.attributes)
    _print_reliability(result.reliability)


def _predictions(name: str, gold: Sequence[Gold]) -> Predict:
    """What an engine finds in the annotated documents."""
    found = {}
    with at_work(name) as engine:
        for result in results(engine, (each.document for each in gold)):
            if isinstance(result, ExtractionFailed):
                raise result
            found[result.document.key] = result.to_json()
    return lambda document: found[document.key]


def _print_attributes(attributes: Attributes) -> None:
    figures = attributes.to_json()
    if "roles" in figures:
        table = figures_table(
            "Roles and titles of right relations that agree", "type", ("strictly", "leniently", "missing", "gold")
        )
        for name, row in figures["roles"].items():
            table.add_row(name, *(_figure(row[key]) for key in ("strict", "lenient", "none")), str(row["gold"]))
        out.print(table)
    if "modality" in figures:
        found = figures["modality"]
        table = figures_table(
            f"Modality: {found['accuracy']:.3f} of {found['found']} relations found are right",
            "gold",
            ("held", "planned", "denied", "not found", "recall", "precision"),
        )
        for name, row in found["table"].items():
            table.add_row(name, *map(str, row.values()), _figure(found[name]["r"]), _figure(found[name]["p"]))
        out.print(table)
    if "dates" in figures:
        dates = figures["dates"]
        table = figures_table("Dates of right relations", "", ("share", "of"))
        table.add_row("the gold's days and precision", _figure(dates["same"]), str(dates["gold"]))
        table.add_row("a day of the gold's", _figure(dates["overlapping"]), str(dates["gold"]))
        table.add_row("no date", _figure(dates["none"]), str(dates["gold"]))
        table.add_row("a date where the gold has none", _figure(dates["invented"]), str(dates["undated"]))
        out.print(table)


def _print_reliability(reliability: Reliability) -> None:
    scores = f"calibration error {reliability.calibration_error:.3f}, Brier score {reliability.brier:.3f}"
    table = figures_table(f"Confidence: {scores}", "confidence", ("relations", "mean", "right"))
    for bucket in reliability.buckets():
        table.add_row(
            f"{bucket.low:.1f} to {bucket.high:.1f}",
            str(bucket.count),
            _figure(bucket.confidence),
            _figure(bucket.right),
        )
    out.print(table)


def _figure(value: float) -> str:
    return f"{value:.3f}"


def _print_identity(
    quality: IdentityQuality, proposals: CandidateQuality | None, *, errors: bool, as_json: bool
) -> None:
    listed = [*quality.errors, *(f"candidates: {error}" for error in (proposals.errors if proposals else ()))]
    if as_json:
        candidates = {"candidates": proposals.to_json()} if proposals else {}
        print_json({**quality.to_json(), **candidates, **({"errors": listed} if errors else {})})
        return
    if errors:
        for error in listed:
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
    if proposals is not None:
        _print_candidates(proposals)


def _print_candidates(quality: CandidateQuality) -> None:
    table = figures_table(
        "Candidates for review, by kind", "kind", ("precision", "recall", "proposed", "same", "pairs")
    )
    for kind, score in [*quality.kinds.items(), ("all candidates", quality.total)]:
        proposed, same = score.right + score.wrong, score.right + score.missed
        counts = (proposed, same, proposed + score.missed + score.apart)
        table.add_row(kind, _figure(score.precision), _figure(score.recall), *map(str, counts))
    out.print(table)
    table = figures_table("Candidates, by score", "score", ("proposed", "same"))
    for low, score in quality.bands.items():
        table.add_row(f"from {low:.1f}", str(score.right + score.wrong), _figure(score.precision))
    out.print(table)
