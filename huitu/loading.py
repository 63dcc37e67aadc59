"""The command that loads what ``huitu extract --with-text`` has written: load."""

from __future__ import annotations

import gzip
import json
import shlex
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Annotated, NamedTuple, TypeAlias

import typer

from extract.shards import Folder, Manifest
from extract.sources import located
from graph.bulk import bulk, finish, write_files
from graph.embedded import EmbeddedServer, NotOurServer
from graph.embedded.importing import IMPORT
from graph.errors import HuituError
from graph.load import LoadReport, load
from graph.schema import Extraction, InvalidRecord
from graph.settings import load_settings
from graph.workers import cores
from huitu.console import err, graph_of, out, print_json, progress_bar
from huitu.neo4j import report_progress

__all__ = ["load_"]

_SCRIPT = "import.sh"


class BrokenExtraction(HuituError):
    """A line is no extraction, or one that breaks the contract."""


_Source: TypeAlias = Path | tuple[Folder, Manifest]


class _Line(NamedTuple):
    """A line of a file, from 1."""

    file: str
    number: int
    text: bytes


def load_(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE",
            help="What 'huitu extract --with-text' (JSON Lines, or .gz of these) or 'huitu shard' (its folder) wrote.",
        ),
    ] = None,
    bulk_: Annotated[
        bool,
        typer.Option("--bulk", help="Fill the empty embedded database through Neo4j's import tool: much faster."),
    ] = False,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", file_okay=False, help="Write files for another server's import tool; load none."),
    ] = None,
    finish_: Annotated[
        bool, typer.Option("--finish", help="Complete a database that the import tool has filled from such files.")
    ] = False,
    extractor: Annotated[
        str | None,
        typer.Option("--extractor", help="Name and version of what made the extractions, kept with each claim."),
    ] = None,
    processes: Annotated[
        int | None, typer.Option("--processes", min=1, help="Of --bulk and --csv; without it, one a core.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Load extractions without extracting again."""
    if bulk_ + (csv is not None) + finish_ > 1:
        raise typer.BadParameter("--bulk, --csv and --finish exclude each other")
    if bool(files) is finish_:
        raise typer.BadParameter("--finish takes no files" if finish_ else "name the files to load")
    sources = [_source(each) for each in files or []]
    extractor = extractor or _made_by(sources)
    try:
        if finish_:
            with graph_of() as graph:
                finish(graph)
            out.print("The database is complete.")
            return
        if csv is not None:
            report = _write(csv, sources, extractor, processes)
        elif bulk_:
            report = _bulk(sources, extractor, processes)
        else:
            report = _load(sources, extractor)
    except InvalidRecord as error:
        raise BrokenExtraction(str(error)) from error
    if as_json:
        print_json(asdict(report))
    else:
        out.print(
            f"{report.read} documents read: {report.added} added, {report.replaced} replaced, "
            f"{report.unchanged} unchanged; {report.claims} claims written."
            + (f" {report.refused} refused: their source was erased." if report.refused else "")
        )


def _load(files: Iterable[_Source], extractor: str | None) -> LoadReport:
    with graph_of() as graph, progress_bar("documents") as progress:
        task = progress.add_task("Loading", total=None)
        return load(
            graph,
            map(_extraction, _lines(files)),
            extractor=extractor,
            progress=lambda report: progress.update(task, completed=report.read),
        )


def _bulk(files: Iterable[_Source], extractor: str | None, processes: int | None) -> LoadReport:
    settings = load_settings()
    if settings.uri is not None:
        instead = "write files for its administrator with --csv FOLDER"
        raise NotOurServer(settings.uri, "stop it for a bulk load", instead)
    with report_progress() as progress:
        return bulk(
            EmbeddedServer.from_settings(settings),
            _lines(files),
            read=_extraction,
            extractor=extractor,
            processes=processes or cores(),
            progress=progress,
        )


def _write(folder: Path, files: Iterable[_Source], extractor: str | None, processes: int | None) -> LoadReport:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise typer.BadParameter(f"{folder} is not empty")
    try:
        with report_progress() as progress:
            report, written = write_files(
                folder,
                _lines(files),
                read=_extraction,
                extractor=extractor,
                processes=processes or cores(),
                progress=progress,
            )
    except BaseException:
        for each in folder.iterdir():  # so that the same command can be given again
            each.unlink()
        raise
    command = ["neo4j-admin", *IMPORT, *written.arguments(".")]
    lines = " \\\n  ".join([*map(shlex.quote, command), '"$@"'])
    (folder / _SCRIPT).write_text(f'#!/bin/sh\ncd "$(dirname "$0")" &&\nexec {lines}\n', encoding="utf-8")
    err.print(
        f"The files are in {folder}. On the machine of the server, as its administrator:\n"
        "1. Copy the folder there. Stop the server.\n"
        f"2. sh {folder.name}/{_SCRIPT} --overwrite-destination=true neo4j\n"
        "   This removes what the database neo4j holds.\n"
        "3. Start the server.\n"
        "4. NEO4J_URI=... NEO4J_PASSWORD=... huitu load --finish\n"
        "   It makes the indexes. Nobody may use the database before.",
        markup=False,
    )
    return report


def _source(given: str) -> _Source:
    """A file of extractions, or where shards are.

    Raises:
        StorageError: it is an address of no storage that can be reached, or one without shards.
        typer.BadParameter: there is no such file.
    """
    path = located(given)
    if path.is_dir():
        folder = Folder(given)
        return folder, folder.manifest()
    if not path.exists():
        raise typer.BadParameter(f"there is no file {given}")
    return path


def _made_by(sources: Iterable[_Source]) -> str | None:
    """What made the shards, if they all were made by one."""
    made = {source[1].extractor if isinstance(source, tuple) else None for source in sources}
    return made.pop() if len(made) == 1 else None


def _lines(files: Iterable[_Source]) -> Iterator[_Line]:
    """The lines of files and shards, empty ones passed over."""
    for path in files:
        if isinstance(path, tuple):
            folder, manifest = path
            yield from (_Line(each.name, *line) for each in manifest.shards for line in folder.lines(each))
            continue
        with _opened(path) as file:
            number = 0
            try:
                for number, text in enumerate(file, 1):
                    if not text.isspace():
                        yield _Line(str(path), number, text)
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                raise BrokenExtraction(f"{path}, behind line {number}: {error}") from error


def _opened(path: Path) -> IO[bytes] | gzip.GzipFile:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")


def _extraction(line: _Line) -> Extraction:
    where = f"{line.file}, line {line.number}"
    try:
        record = json.loads(line.text)
    except ValueError as error:
        raise InvalidRecord(where, f"not JSON: {error}") from error
    if not isinstance(record, dict):
        raise InvalidRecord(where, "not a JSON object")
    try:
        return Extraction.from_json(record)
    except InvalidRecord as error:
        raise InvalidRecord(f"{where}, {error.document}", error.problem) from error
