"""Whether telling names apart stays near linear: time a document on 1, 4 and 16 times as many documents.

    python -m bench.identity [--extractions FILE] [--documents N] [--rounds N] [--json FILE]

More documents are copies in which most names are others and all days are later (`Copies`); places and a tenth of the
names are the same in all of them, as they would be. Each measurement has a process of its own that knows lexicons and
no names, one core and no database. Text: FILE (what ``huitu extract --with-text`` wrote), else what the
extractor finds in the documents of `bench.corpus`. The figures that matter are ratios of times a document.

- ``files of a bulk load``: all that `graph.bulk` does before the import tool runs; ``reprints`` and ``resolution``
  (which names are one thing in all documents) are steps of it.
- ``candidates``: the pairs that may be one thing, for people to review, from what is known of each entity; also by
  entity, as there are fewer new things in each further document.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from zlib import crc32

from bench.corpus import extraction_of, extractions
from bench.figures import Spread, StepTimes, seconds, spread, tell
from graph.bulk import write_files
from graph.candidates import Post, Profile, find_candidates
from graph.csvfiles import EDGES, ENTITIES, SEPARATOR, Table
from graph.schema import Entity, EntityType, Extraction, Relation, RelationType

SIZES = (1, 4, 16)

_KEPT = 10
"""One name in so many is the same in all copies."""

_COMMON = 60
"""The characters of most names (大学, 公司, 委员会) stay, so many of them, so that a body stays one of its kind."""

_STEPS = {"Looking for reprints": "reprints", "Telling names apart": "resolution"}


class Copies:
    """Copies of documents about other things, made without chance: the same ones each time.

    Characters of names are put in turn for each other, the next copy by other steps: names that differ do so in each
    copy. A surname stays, as do places. The text is changed likewise, else all copies were reprints.

    Args:
        originals: what was extracted from the documents.
    """

    def __init__(self, originals: Sequence[Extraction]) -> None:
        self._originals = originals
        names = Counter((entity.type, entity.name) for each in originals for entity in each.entities)
        given = Counter[str]()
        words = Counter[str]()
        for type, name in names:
            if type is EntityType.PERSON:
                given.update(filter(_is_chinese, name[1:]))
            elif type is not EntityType.PLACE:
                words.update(filter(_is_chinese, name))
        text = Counter(filter(_is_chinese, "".join(each.document.text for each in originals)))
        self._given = _ranked(given)
        self._words = _ranked(words)[_COMMON:]
        self._text = _ranked(text)
        days = [date.fromisoformat(each.document.date) for each in originals if each.document.date]
        self._days = (max(days) - min(days)).days + 1 if days else 0

    def take(self, number: int) -> Iterator[Extraction]:
        """The originals, then so many copies of them less one."""
        for copy in range(number):
            yield from self.copy(copy)

    def copy(self, number: int) -> Iterator[Extraction]:
        """One copy; 0 is the originals."""
        if not number:
            yield from self._originals
            return
        given, words, text = (_turned(each, number) for each in (self._given, self._words, self._text))

        def named(type: EntityType, name: str) -> str:
            if type is EntityType.PLACE or crc32(name.encode()) % _KEPT == 0:
                return name
            return name[0] + name[1:].translate(given) if type is EntityType.PERSON else name.translate(words)

        later = timedelta(days=number * self._days)
        for each in self._originals:
            document = replace(
                each.document,
                key=f"{each.document.key}-{number}",
                text=each.document.text.translate(text),
                date=each.document.date and _later(each.document.date, later),
            )
            yield Extraction(
                document,
                tuple(_renamed(entity, named) for entity in each.entities),
                tuple(_moved(relation, document.text, later) for relation in each.relations),
            )

    def kept(self) -> float:
        """The share of names, places aside, that a copy shares with the originals."""
        own, others = (
            {(entity.type, entity.name) for each in extractions for entity in each.entities if entity.type != "Place"}
            for extractions in (self._originals, self.copy(1))
        )
        return len(own & others) / len(own)


def _is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _ranked(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=lambda each: (-counts[each], each))


def _turned(characters: Sequence[str], number: int) -> dict[int, str]:
    """Each character with the one that takes its place in a copy."""
    steps = number * max(1, len(characters) // (max(SIZES) + 1))
    return {ord(each): characters[(place + steps) % len(characters)] for place, each in enumerate(characters)}


def _later(day: str, by: timedelta) -> str:
    return (date.fromisoformat(day) + by).isoformat()


def _renamed(entity: Entity, named: Callable[[EntityType, str], str]) -> Entity:
    aliases = tuple(named(entity.type, alias) for alias in entity.aliases)
    return replace(entity, name=named(entity.type, entity.name), aliases=aliases)


def _moved(relation: Relation, text: str, by: timedelta) -> Relation:
    evidence = tuple(replace(each, quote=text[each.start : each.end]) for each in relation.evidence)
    days = relation.date and replace(
        relation.date, first=_later(relation.date.first, by), last=_later(relation.date.last, by)
    )
    return replace(relation, evidence=evidence, date=days)


def profiles(folder: Path) -> list[Profile]:
    """What the files of a bulk load tell of each entity, as `graph.review` has it from a graph."""
    things = {row["id:ID"]: row for row in _rows(folder, ENTITIES)}
    neighbours: dict[str, set[str]] = defaultdict(set)
    forums: dict[str, set[str]] = defaultdict(set)
    posts: dict[str, list[Post]] = defaultdict(list)
    for row in _rows(folder, EDGES):
        head, tail, type = row[":START_ID"], row[":END_ID"], row[":TYPE"]
        neighbours[head].add(tail)
        neighbours[tail].add(head)
        if type in (RelationType.SPEAKER_AT, RelationType.ATTENDED):
            forums[head].add(tail)
        elif type == RelationType.AFFILIATED_WITH:
            body, days = (
                things[tail]["name:string"],
                (row["first_date:string"] or None, row["last_date:string"] or None),
            )
            posts[head] += [Post(body, role or None, *days) for role in row["roles:string[]"].split(SEPARATOR)]
    return [
        Profile(
            id,
            (type := EntityType(row["type:string"])),
            (row["name:string"], *filter(None, row["aliases:string[]"].split(SEPARATOR))),
            int(row["documents:long"]),
            tuple(posts[id]),
            tuple(sorted(forums[id])) if type is EntityType.PERSON else (),
            tuple(sorted(neighbours[id])),
            row["first_date:string"] or None,
            row["last_date:string"] or None,
        )
        for id, row in things.items()
    ]


def _rows(folder: Path, table: Table) -> Iterator[dict[str, str]]:
    with (folder / table.file).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def measure(lines: Sequence[bytes], number: int) -> dict[str, float]:
    """Seconds of each part on so many times the documents of some lines, and how much that was."""
    copies = Copies([extraction_of(line) for line in lines])
    _work(copies.copy(max(SIZES)))  # about yet other things: reads the lexicons, and no more
    return _work(copies.take(number))


def _work(given: Iterable[Extraction]) -> dict[str, float]:
    found = [*given]
    with tempfile.TemporaryDirectory() as folder:
        times = StepTimes()
        whole = seconds(lambda: write_files(Path(folder), found, read=_same, progress=times))
        steps = {_STEPS[step]: took for step, took in times.seconds().items() if step in _STEPS}
        known = profiles(Path(folder))
    begin = time.perf_counter()
    pairs = find_candidates(known)
    took = time.perf_counter() - begin
    counts = {"documents": len(found), "entities": len(known), "pairs": len(pairs)}
    return {"files of a bulk load": whole, **steps, "candidates": took, **counts}


def _same(extraction: Extraction) -> Extraction:
    return extraction


def compare(lines: Sequence[bytes], rounds: int) -> dict[str, Any]:
    """Times a document of each size, and those of the largest as multiples of those of the smallest, round by round."""
    found: dict[int, list[dict[str, float]]] = {size: [] for size in SIZES}
    context = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=1) as pool:
        for _ in range(rounds):
            for size in SIZES:
                found[size].append(pool.submit(measure, lines, size).result())
    parts = ("files of a bulk load", *_STEPS.values(), "candidates")
    smallest, largest = found[SIZES[0]], found[SIZES[-1]]

    def times(runs: Sequence[Mapping[str, float]], part: str, of: str = "documents") -> list[float]:
        return [run[part] / run[of] for run in runs]

    def multiple(part: str, of: str = "documents") -> Spread:
        pairs = zip(times(smallest, part, of), times(largest, part, of), strict=True)
        return spread([more / less for less, more in pairs])

    return {
        "names that a copy shares with the originals": round(Copies([extraction_of(line) for line in lines]).kept(), 4),
        "sizes": {
            str(size): {
                **{count: runs[0][count] for count in ("documents", "entities", "pairs")},
                "milliseconds a document": {
                    part: spread([1000 * each for each in times(runs, part)]) for part in parts
                },
            }
            for size, runs in found.items()
        },
        f"time a document at {SIZES[-1]} times the documents, as a multiple": {
            **{part: multiple(part) for part in parts},
            "candidates, an entity": multiple("candidates", "entities"),
        },
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.identity", description=__doc__)
    parser.add_argument("--extractions", type=Path, help="file of what to copy")
    parser.add_argument("--documents", type=int, default=300, help="how many to copy")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    options = parser.parse_args()
    tell(compare(extractions(options.extractions, options.documents), options.rounds), options.json)


if __name__ == "__main__":
    main()
