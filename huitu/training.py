"""The command train: a reranker from what was accepted and rejected, its versions, and which of them is in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from extract import Extractor
from extract.engine import failing_alone
from extract.errors import ExtractionFailed
from extract.extractor import to_extraction
from extract.reranker import Rerankers
from extract.reranker.features import features
from extract.reranker.training import FOLDS, Example, Trained
from extract.reranker.training import train as train_on
from extract.version import extractor_name
from graph.verdicts import Corrected, corrected_documents, verdicts
from huitu.console import err, figures_table, graph_of, out, print_json, progress_bar
from huitu.documents import tell_skipped, unextracted
from huitu.extracting import rerankers_folder

__all__ = ["train"]

_NONE = "none"


def train(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be gained; keep nothing.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the versions that are there.")] = False,
    use: Annotated[
        str | None, typer.Option("--use", metavar="VERSION", help="Put an earlier version in force, or none.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> int:
    """Learn from accepted and rejected claims how sure to be: a reranker of your own, for --engine hanlp1:own.

    It is kept in the data folder, and put in force only if cross-validation says clearly that it is better.
    """
    if dry_run + listed + (use is not None) > 1:
        raise typer.BadParameter("--dry-run, --list and --use exclude each other")
    rerankers = Rerankers(rerankers_folder())
    if use is not None:
        rerankers.use(None if use == _NONE else use)
    if listed or use is not None:
        _list(rerankers, as_json=as_json)
        return 0
    with graph_of() as graph:
        decided = list(corrected_documents(graph))
    extractor = Extractor()
    trained = train_on(list(_examples(extractor, decided)))
    made = datetime.now(UTC).isoformat(timespec="seconds")
    card = {"made": made, "extractor": extractor_name(extractor), **trained.to_json()}
    version = rerankers.add(trained.model, card) if trained.wins and not dry_run else None
    if as_json:
        print_json({"wins": trained.wins, "in_force": version, **card})
    else:
        _tell(trained, version)
    return 0 if trained.wins or dry_run else 1


def _examples(extractor: Extractor, decided: Iterable[Corrected]) -> Iterator[Example]:
    """The claims that were decided on and that the shipped extractor finds today.

    They are extracted again, so that what is learned from is what is weighed later, whatever had put the claims into
    the graph: another engine, an earlier version, another reranker.
    """
    with progress_bar("documents") as progress:
        for document, corrections in progress.track(
            [(each.document, each.corrections) for each in decided], description="Reading again"
        ):
            try:
                with failing_alone(extractor.name, document):
                    analysis = extractor.analyse(document)
                    extraction = to_extraction(analysis)
            except ExtractionFailed as error:
                tell_skipped(unextracted(error.document, error.problem))
                continue
            found = verdicts(extraction, corrections)
            seen = features(analysis) if found else []
            for number, right in found.items():
                fact = analysis.facts[number]
                yield Example(document.key, fact.type, fact.confidence, seen[number], right)


def _tell(trained: Trained, version: str | None) -> None:
    table = figures_table(
        f"{trained.right} claims found right, {trained.wrong} found wrong, in {trained.documents} documents; "
        f"cross-validation in {FOLDS} folds",
        "confidence",
        ("claims", "log loss", "accuracy", "F1"),
    )
    rows = [("as shipped", trained.before), ("shifted as a whole", trained.shifted), ("reranked", trained.after)]
    for name, (before, after) in trained.by_relation.items():
        rows += [(f"{name} as shipped", before), (f"{name} reranked", after)]
    for number, (words, quality) in enumerate(rows):
        figures = (quality.log_loss, quality.accuracy, quality.f1)
        table.add_row(words, str(quality.claims), *(f"{value:.3f}" for value in figures), end_section=number == 2)
    out.print(table)
    out.print(
        f"Log loss is lower than as shipped in {trained.better:.1%} of draws of the documents, and than shifted in "
        f"{trained.better_than_shifted:.1%}."
    )
    if trained.drop:
        out.print(f"Below {trained.drop:g} claims are dropped: {trained.dropped} found wrong, none found right.")
    if version:
        out.print(f"Version {version} is in force: use it with --engine hanlp1:own.")
    elif trained.wins:
        out.print("It would be put in force.")
    else:
        out.print("It is not clearly better, so nothing was kept. More decisions, of all kinds of claims, may help.")


def _list(rerankers: Rerankers, *, as_json: bool) -> None:
    cards, in_force = rerankers.cards(), rerankers.in_force()
    if as_json:
        print_json({"in_force": in_force, "versions": cards})
        return
    if not cards:
        err.print("There are no versions; 'huitu train' makes one.")
        return
    for card in cards:
        state = ", in force" if card["version"] == in_force else ""
        out.print(f"{card['version']}{state}: {', '.join(_figures(card))}")
    if in_force is None:
        out.print("None is in force.")


def _figures(card: Mapping[str, Any]) -> Iterator[str]:
    decisions, figures = card["decisions"], card["cross_validation"]
    yield f"made {card['made']} for extractor {card['extractor']}"
    yield f"{decisions['right']} right, {decisions['wrong']} wrong"
    for words, figure in (("log loss", "log_loss"), ("accuracy", "accuracy")):
        yield f"{words} {figures['before'][figure]:.3f} to {figures['after'][figure]:.3f}"
