"""The command that brings curated data in: import."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from extract.sources.encoding import decode
from extract.sources.errors import SourceError
from extract.sources.walk import shown, why
from graph import load
from graph.curated import SUFFIXES, InvalidCurated, Origin, Problem, check_value, read, remove_parts
from graph.load import LoadReport
from graph.schema import Extraction
from huitu.console import err, graph_of, out, print_json, progress_bar, visible

__all__ = ["EXTRACTOR", "MAX_BYTES", "import_"]

EXTRACTOR = "curated"
"""What is kept with each claim as its extractor."""

MAX_BYTES = 100_000_000  # of one file; it is read into memory


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that is right, and the documents that it becomes."""

    path: str
    key: str
    extractions: tuple[Extraction, ...]

    def counts(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "key": self.key,
            "documents": len(self.extractions),
            "entities": len({(each.type, each.name) for part in self.extractions for each in part.entities}),
            "relations": sum(len(part.relations) for part in self.extractions),
        }


@dataclass(frozen=True, slots=True)
class _Failed:
    """A file of which nothing is used: why, and the first of ``count`` problems where there are several."""

    path: str
    reason: str
    problems: tuple[Problem, ...] = ()
    count: int = 0


def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help=f"Files of entities or relations ({' '.join(SUFFIXES)}).")
    ],
    source: Annotated[
        str | None, typer.Option("--source", help="Who says so, for rows that do not name their source.")
    ] = None,
    date: Annotated[str | None, typer.Option("--date", help="Day of publication, like 2025-07-26; likewise.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Title; likewise.")] = None,
    url: Annotated[str | None, typer.Option("--url", help="Address; likewise.")] = None,
    key: Annotated[
        str | None, typer.Option("--key", help="Key by which the file is replaced and deleted; default: its name.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check the files and load nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> int:
    """Load entities, their other names and relations that people keep; of a file with an error nothing is loaded."""
    if key is not None and len(files) > 1:
        raise typer.BadParameter("--key is for one file")
    for column, value in (("source", source), ("date", date), ("title", title), ("url", url)):
        try:
            if value is not None:
                check_value(column, value)
        except ValueError as error:
            raise typer.BadParameter(f"--{column} {error}") from error
    good, failed = _read_all(files, Origin(source, title, date, url), key)
    for failure in failed:
        _say(failure)
    report, removed = (LoadReport(), 0) if dry_run or not good else _load(good)
    if as_json:
        done = {} if dry_run else asdict(report) | {"removed": removed}
        print_json(
            {**done, "files": [each.counts() for each in good], "failed": [asdict(failure) for failure in failed]}
        )
    else:
        for each in good:
            out.print("{path}: {entities} entities, {relations} relations".format_map(each.counts()))
        if dry_run or not good:
            out.print("Nothing is loaded" + (": --dry-run." if dry_run else "."))
        else:
            out.print(
                f"{report.added} documents added, {report.replaced} replaced, {report.unchanged} unchanged, "
                f"{removed} removed; {report.claims} claims written."
            )
    return 1 if failed else 0


def _read_all(paths: Iterable[Path], origin: Origin, key: str | None) -> tuple[list[_Read], list[_Failed]]:
    good: dict[str, _Read] = {}
    failed = []
    for path in paths:
        where = shown(path)
        name = unicodedata.normalize("NFC", shown(Path(path.name)))
        mine = key or name
        try:
            if mine in good:
                raise SourceError(
                    f"has the same key as {good[mine].path} ({mine}); give one of them another with --key"
                )
            good[mine] = _Read(where, mine, read(_text(path), name, key=mine, origin=origin))
        except InvalidCurated as error:
            failed.append(_Failed(where, "is not loaded", error.problems, error.count))
        except SourceError as error:
            failed.append(_Failed(where, error.reason))
        except OSError as error:
            failed.append(_Failed(where, why(error)))
    return list(good.values()), failed


def _text(path: Path) -> str:
    """The decoded content of a file.

    Raises:
        SourceError: it is of another kind, too large, or no text.
        OSError: it cannot be read.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise SourceError(f"is no file of curated data ({', '.join(SUFFIXES)})")
    with path.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SourceError(f"is larger than {MAX_BYTES:,} bytes; split it")
    if not data.strip():
        raise SourceError("is empty")
    return decode(data)


def _load(files: list[_Read]) -> tuple[LoadReport, int]:
    """Load the documents of the files, then remove those that the files had before and have no more."""

    def documents() -> Iterator[Extraction]:
        for file in files:
            yield from file.extractions

    with graph_of() as graph, progress_bar("documents") as progress:
        task = progress.add_task("Loading", total=sum(len(file.extractions) for file in files))
        report = load.load(
            graph,
            documents(),
            extractor=EXTRACTOR,
            progress=lambda done: progress.update(task, completed=done.read),
        )
        removed = sum(remove_parts(graph, file.key, beyond=len(file.extractions)) for file in files)
    return report, removed


def _say(failed: _Failed) -> None:
    count = f": {failed.count} problems" if failed.count > 1 else ""
    err.print(f"[red]failed[/red]: {escape(visible(failed.path))}: {escape(visible(failed.reason))}{count}")
    for problem in failed.problems:
        err.print(f"  {visible(failed.path)}:{visible(str(problem))}", markup=False)
    if failed.count > len(failed.problems):
        err.print(f"  and {failed.count - len(failed.problems)} more")
