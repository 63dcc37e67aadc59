"""Commands that bring documents in and take them out: ingest, extract, delete, reset."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import IO, Annotated

import typer
from rich.markup import escape

from extract import Extractor
from extract.engine import Engine
from extract.errors import ExtractionFailed
from extract.explain import explain
from extract.extractor import to_extraction
from extract.sources import Skipped, read_documents
from extract.version import extractor_name
from graph import load
from graph.client import Graph
from graph.curated import remove_parts
from graph.load import LoadReport
from graph.schema import Document, Extraction
from huitu import explanation
from huitu.console import err, graph_of, new_file, out, print_json, progress_bar
from huitu.extracting import EngineName, Processes, at_work, extracted
from huitu.proposals import Proposals
from huitu.report import Reports

__all__ = ["Sources", "delete", "extract", "ingest", "ingest_into", "reset", "tell_skipped", "unextracted"]

_STDOUT = Path("-")
Paths = Annotated[
    list[str],
    typer.Argument(help="Files (.txt .md .html .jsonl .pdf .docx .zip), folders of these, or - for standard input."),
]
Day = Annotated[
    str | None, typer.Option("--date", help="Publication date of documents that state none, like 2025-07-26.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


class Sources:
    """The documents of some paths, counting what is skipped; what failed is said at once."""

    def __init__(self, paths: list[str], date: str | None) -> None:
        self.skipped: list[Skipped] = []
        try:
            self._documents = read_documents(paths, stdin=sys.stdin.buffer, date=date, on_skip=self._skip)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error

    def __iter__(self) -> Iterator[Document]:
        return self._documents

    @property
    def failed(self) -> list[Skipped]:
        return [skipped for skipped in self.skipped if skipped.failed]

    def failed_on(self, error: ExtractionFailed) -> None:
        """Count a document that could not be extracted from."""
        self._skip(unextracted(error.document, error.problem))

    def _skip(self, skipped: Skipped) -> None:
        self.skipped.append(skipped)
        tell_skipped(skipped)


def tell_skipped(skipped: Skipped) -> None:
    """Say that something gave no document, or no extraction, and why."""
    word = "[red]failed[/red]" if skipped.failed else "passed over"
    err.print(f"{word}: {escape(skipped.path)}: {escape(skipped.reason)}")


def unextracted(document: str, problem: str) -> Skipped:
    """What is told of a document (its key) that cannot be extracted from."""
    return Skipped(document, f"cannot be extracted from: {problem}", failed=True)


def ingest(
    paths: Paths,
    date: Day = None,
    engine: EngineName = "hanlp1",
    processes: Processes = None,
    as_json: AsJson = False,
) -> int:
    """Read articles, extract from them, and load the graph; what has not changed is left as it is."""
    sources = Sources(paths, date)
    with graph_of() as graph:
        report = ingest_into(graph, sources, engine, processes)
    if as_json:
        print_json({**asdict(report), "failed": [asdict(s) for s in sources.failed]})
    else:
        _say(report, sources)
    return 1 if sources.failed else 0


def ingest_into(graph: Graph, documents: Sources, engine: str = "hanlp1", processes: int | None = None) -> LoadReport:
    """Extract from documents and load the result, with a progress bar; what is there already is not extracted again."""
    unchanged = 0
    with at_work(engine) as made, progress_bar("documents") as progress:
        name = extractor_name(made)
        task = progress.add_task("Loading", total=None)

        def passed_over(count: int) -> None:
            nonlocal unchanged
            unchanged += count
            progress.advance(task, count)

        def counted() -> Iterator[Document]:
            for document in load.unread(graph, documents, name, passed_over=passed_over):
                yield document
                progress.advance(task)

        found = extracted(counted(), made, _as_it_is, processes, on_fail=documents.failed_on)
        report = load.load(graph, found, extractor=name)
    return report + LoadReport(read=unchanged, unchanged=unchanged)


def _as_it_is(extraction: Extraction) -> Extraction:
    return extraction


def _say(report: LoadReport, sources: Sources) -> None:
    out.print(
        f"{report.read} documents read: {report.added} added, {report.replaced} replaced, "
        f"{report.unchanged} unchanged; {report.claims} claims written."
        + (f" {report.refused} refused: their source was erased." if report.refused else "")
    )
    passed = len(sources.skipped) - len(sources.failed)
    if sources.skipped:
        out.print(f"{len(sources.failed)} failed, {passed} passed over.")


def extract(
    paths: Paths,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="File to write; - or nothing: standard output, unless --explain, --html or --gold is given.",
        ),
    ] = None,
    date: Day = None,
    engine: EngineName = "hanlp1",
    processes: Processes = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="Add each document's text.")] = False,
    explained: Annotated[
        bool,
        typer.Option("--explain", help="Say why each relation is there, and what was proposed and rejected."),
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", help="With --explain: part of a name, or a type; what fits all of them is shown."),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Write a report to read in a browser: FILE.html for one document, else a folder."),
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option(
            "--gold", file_okay=False, help="Write proposals of annotations into a folder: X.txt with X.gold.json."
        ),
    ] = None,
) -> int:
    """Extract entities and relations with their evidence, one JSON object a document, without a database."""
    if only and not explained:
        raise typer.BadParameter("--only chooses what --explain shows")
    if explained and output == _STDOUT:
        raise typer.BadParameter("--explain writes to standard output already; name a file with --output")
    if gold and (explained or html):
        raise typer.BadParameter("--gold goes with neither --explain nor --html")
    if output is None and not explained and html is None and gold is None:
        output = _STDOUT
    sources = Sources(paths, date)
    count = 0
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(_written(output)) if output else None
        reports = Reports(html) if html else None
        made = stack.enter_context(at_work(engine))
        if explained or reports:
            lines = _told(sources, _explained(made), (only or ()) if explained else None, reports, with_text)
        elif gold:
            found = extracted(sources, made, _as_it_is, processes, on_fail=sources.failed_on)
            lines = _proposed(found, Proposals(gold, extractor_name(made), tell_skipped), with_text)
        else:
            lines = extracted(sources, made, partial(_line, with_text), processes, on_fail=sources.failed_on)
        progress = stack.enter_context(progress_bar("documents"))
        task = progress.add_task("Extracting", total=None)
        for line in lines:
            if file:
                file.write(line)
            progress.advance(task)
            count += 1
    err.print(f"{count} documents extracted, {len(sources.failed)} failed.")
    return 1 if sources.failed else 0


def _proposed(found: Iterable[Extraction], proposals: Proposals, with_text: bool) -> Iterator[bytes]:
    """The line of each document, after its annotation was proposed."""
    for extraction in found:
        proposals.write(extraction)
        yield _line(with_text, extraction)


def _explained(engine: Engine) -> Extractor:
    if not isinstance(engine, Extractor):
        raise typer.BadParameter(f"--explain and --html tell the rules of hanlp1; {engine.name} has none")
    return engine


def _told(
    sources: Sources, extractor: Extractor, only: Sequence[str] | None, reports: Reports | None, with_text: bool
) -> Iterator[bytes]:
    """The line of each document, after it was explained (what fits ``only``, if that is given) and reported on."""
    for document in reports.fitting(sources) if reports else sources:
        analysis = extractor.analyse(document)
        why = explain(analysis)
        if only is not None:
            for line in explanation.lines(why, only):
                out.print(line)
        if reports:
            reports.write(why)
        yield _line(with_text, to_extraction(analysis))


def _line(with_text: bool, extraction: Extraction) -> bytes:
    return (json.dumps(extraction.to_json(with_text=with_text), ensure_ascii=False) + "\n").encode()


@contextlib.contextmanager
def _written(path: Path) -> Iterator[IO[bytes]]:
    if path == _STDOUT:
        yield sys.stdout.buffer
    else:
        with new_file(path) as file:
            yield file


def delete(
    keys: Annotated[
        list[str], typer.Argument(metavar="DOC...", help="Keys or ids of documents, as /v1/documents lists them.")
    ],
) -> int:
    """Remove documents with their claims and what rested on them alone."""
    missing, deleted = [], 0
    with graph_of() as graph:
        for key in keys:
            found = load.delete_document(graph, key) + remove_parts(graph, key, beyond=1)
            deleted += found
            if not found:
                missing.append(key)
    out.print(f"{deleted} documents deleted.")
    for key in missing:
        err.print(f"There is no document {key}.", markup=False)
    return 1 if missing else 0


def reset(
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what people have done: decisions, corrections, records of erasures.")
    ] = False,
) -> None:
    """Remove everything that was loaded, and nothing else; what people have decided and corrected stays."""
    if not yes:
        what = "and all decisions and corrections " if everything else ""
        typer.confirm(f"Remove all documents, claims and entities {what}from the database?", abort=True, err=True)
    with graph_of() as graph:
        out.print(f"{load.reset(graph, keep=not everything)} nodes removed.")
