"""What the command evaluate says of several engines: their figures side by side, and whether the differences hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract import evaluate as evaluation
from extract.compare import DRAWS, Predict, compare
from extract.evaluate import Evaluation, Gold
from huitu.console import figures_table, out, print_json

__all__ = ["print_comparison", "print_errors"]

_KINDS = {"E:*": "entities", "R:*": "relations"}


def print_comparison(
    gold: Sequence[Gold], predictions: Mapping[str, Predict], *, relaxed: bool, errors: bool, as_json: bool
) -> None:
    """Score engines on the same documents and compare each with the first.

    Args:
        gold: annotated documents.
        predictions: what each engine finds, by its name.
        relaxed: whether a name that holds half of the other is right.
        errors: whether to list the errors of each.
        as_json: whether to print JSON.
    """
    first, *others = predictions
    scored = {name: evaluation.evaluate(gold, predict, relaxed=relaxed) for name, predict in predictions.items()}
    against = {name: compare(gold, predictions[name], predictions[first], relaxed=relaxed) for name in others}
    if as_json:
        engines = {
            name: {**result.to_json(), **({"errors": result.errors} if errors else {})}
            for name, result in scored.items()
        }
        differences = [
            {"engine": name, "against": first, **each.to_json()} for name, found in against.items() for each in found
        ]
        print_json({"engines": engines, "differences": differences})
        return
    if errors:
        for name, result in scored.items():
            out.print(f"= {name}")
            print_errors(result)
    table = figures_table(
        f"{len(gold)} documents, {'relaxed' if relaxed else 'strict'} names",
        "engine",
        ("of", "precision", "recall", "F1"),
    )
    for name, result in scored.items():
        for kind, words in _KINDS.items():
            score = result.total(kind[0])
            table.add_row(name, words, *(f"{value:.3f}" for value in (score.precision, score.recall, score.f1)))
    out.print(table)
    table = figures_table(
        f"F1 against {first}, by {DRAWS:,} draws of the documents", "engine", ("of", "difference", "95% of draws", "p")
    )
    for name, found in against.items():
        for each in found:
            between = f"{each.low:+.3f} to {each.high:+.3f}"
            table.add_row(name, _KINDS[each.of], f"{each.difference:+.3f}", between, f"{each.p:.4f}")
    out.print(table)


def print_errors(result: Evaluation) -> None:
    """The errors of each document."""
    for document, found in result.errors.items():
        out.print(f"== {document}", markup=False)
        for error in found:
            out.print(f"  {error}", markup=False)
