"""The command that extracts into shards, here or on a Ray cluster: shard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Annotated

import typer

from extract.engine import Engine
from extract.shards import DOCUMENTS, Entry, Folder, Manifest, Shard, contents, cut, entry_of, grouped
from extract.sources import STDIN, File, Skipped, files, located, read_files
from extract.version import extractor_name
from graph.workers import WorkerLost, Workers, cores
from huitu.console import err, out, progress_bar
from huitu.documents import Day, tell_skipped, unextracted
from huitu.extracting import EngineName, at_work, how_many, own_engine

__all__ = ["Made", "Work", "shard"]

_ATTEMPTS = 3
"""How often the work is taken up again after a process was lost, before the loss is an error."""


@dataclass(frozen=True, slots=True)
class Made:
    """A shard that is there now, and its place: that of its group of files, and of the shard in that."""

    group: int
    number: int
    entry: Entry
    anew: bool


@dataclass(frozen=True, slots=True)
class Work:
    """What every process or machine that takes part must know."""

    output: str
    engine: str
    extractor: str
    size: int
    date: str | None

    def read(self, group: int, given: tuple[File, ...]) -> Iterator[tuple[int, int, Shard] | Skipped]:
        """The shards of a group of files, each with its place, and what gave no document."""
        skipped: list[Skipped] = []
        documents = read_files(given, date=self.date, on_skip=skipped.append)
        for number, one in enumerate(cut(documents, self.extractor, self.size)):
            yield group, number, one
            yield from skipped
            skipped.clear()
        yield from skipped

    def make(self, task: tuple[int, int, Shard], engine: Engine | None = None) -> Made:
        """See to it that a shard is there; without an engine by the one of this process."""
        group, number, one = task
        folder = Folder(self.output)
        there = folder.entry(one.name)
        if there is not None:
            return Made(group, number, there, anew=False)
        data = contents(one, engine or own_engine(self.engine))
        folder.write(one.name, data)
        return Made(group, number, entry_of(one.name, data), anew=True)


def shard(
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders of these, or addresses in object storage, as fsspec has them (s3://...)."),
    ],
    output: Annotated[str, typer.Option("--output", "-o", help="Folder of the shards, or an address.")],
    date: Day = None,
    engine: EngineName = "hanlp1",
    size: Annotated[int, typer.Option("--size", min=1, help="Documents in a shard, in the mean.")] = DOCUMENTS,
    processes: Annotated[
        int | None, typer.Option("--processes", min=1, help="How many extract; without it, one a core.")
    ] = None,
    ray: Annotated[
        str | None,
        typer.Option(
            "--ray", metavar="ADDRESS", help="Extract on a Ray cluster: its address, auto, or local to start one here."
        ),
    ] = None,
) -> int:
    """Extract into shards, files that are made once: a run that was cut off goes on where it was."""
    if STDIN in paths:
        raise typer.BadParameter("standard input has no shards: it cannot be read again")
    if ray is not None and processes is not None:
        raise typer.BadParameter("--processes is for this machine; Ray uses what its cluster has")
    folder = Folder(output)
    skipped: dict[Skipped, None] = {}
    skip = partial(_skip, skipped)
    try:
        read_files([], date=date, on_skip=skip)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    made: dict[tuple[int, int], Made] = {}
    with at_work(engine) as ours, progress_bar("documents") as progress:
        processes = how_many(ours, processes) or cores()
        if ray is not None and ours.concurrency is not None:
            raise typer.BadParameter(f"--ray is for engines that compute; {engine} waits for a service")
        work = Work(output, ours.name, extractor_name(ours), size, date)
        given = [file for path in paths for file in files(located(path), skip)]
        groups = list(enumerate(grouped(given)))
        task = progress.add_task("Extracting", total=None)
        for each in _on_ray(work, groups, ray) if ray is not None else _here(work, ours, groups, processes):
            if isinstance(each, Skipped):
                skip(each)
            elif made.setdefault((each.group, each.number), each) is each:
                progress.advance(task, each.entry.documents)
    entries = tuple(made[place].entry for place in sorted(made))
    folder.finish(Manifest(work.extractor, entries))
    for doc, reason in (failure for entry in entries for failure in entry.failed):
        skip(unextracted(doc, reason))
    failed = sum(each.failed for each in skipped)
    anew = sum(each.anew for each in made.values())
    documents = sum(entry.documents for entry in entries)
    out.print(f"{documents} documents in {len(entries)} shards, {anew} of them made now; {failed} failed.")
    return 1 if failed else 0


def _skip(skipped: dict[Skipped, None], each: Skipped) -> None:
    if each in skipped:  # told by an attempt before this one
        return
    skipped[each] = None
    tell_skipped(each)


def _here(
    work: Work, engine: Engine, groups: Iterable[tuple[int, tuple[File, ...]]], processes: int
) -> Iterator[Made | Skipped]:
    """All shards, made by processes of this machine; where one is lost the others' work stays, and is told again."""
    make = partial(work.make, engine=engine) if processes == 1 else work.make
    skipped: list[Skipped] = []

    def tasks() -> Iterator[tuple[int, int, Shard]]:
        for each in (each for group, given in groups for each in work.read(group, given)):
            if isinstance(each, Skipped):
                skipped.append(each)
            else:
                yield each

    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with Workers(processes) as workers:
                yield from workers.map(make, tasks(), chunk=1)
            break
        except WorkerLost:
            if attempt == _ATTEMPTS:
                raise
            err.print("A process was ended from outside; what it was at is done again.")
    yield from skipped


def _on_ray(work: Work, groups: list[tuple[int, tuple[File, ...]]], address: str) -> Iterator[Made | Skipped]:
    from huitu.on_ray import run

    return run(work, groups, address)
