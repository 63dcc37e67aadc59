"""Curated data (人工整理的数据): files of entities, other names and relations that people keep, as extractions.

    text ──table, objects──▶ records ──rows──▶ rows ──documents──▶ Extraction

A file becomes a document whose text is the file, and each row a fact whose evidence is the row as it stands there. So
claims, quotes, replacing and deleting, support and provenance are those of articles. A file of many rows, or of rows
from several sources, becomes several documents, which `part_key` names. ``docs/curated.md`` tells the formats.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath

from graph.curated.documents import RULE, check_rows, extractions_of, part_key
from graph.curated.objects import read_object, read_objects
from graph.curated.parts import remove_parts
from graph.curated.problems import InvalidCurated, Problem, Problems
from graph.curated.records import Source
from graph.curated.rows import Origin, Row, origin_of, row_of
from graph.curated.table import read_table
from graph.curated.values import check_value
from graph.schema import Extraction

__all__ = ["RULE", "SUFFIXES", "InvalidCurated", "Origin", "Problem", "check_value", "part_key", "read", "remove_parts"]

_READERS: Mapping[str, Callable[[str, Problems], Source]] = {
    ".csv": read_table,
    ".tsv": read_table,
    ".json": read_object,
    ".jsonl": read_objects,
}

SUFFIXES = tuple(_READERS)
"""Suffixes of the files that are read."""


def read(text: str, file: str, *, key: str | None = None, origin: Origin | None = None) -> tuple[Extraction, ...]:
    """Return what a curated file states, one extraction for each document that it becomes.

    Args:
        text: the decoded file.
        file: its name; the suffix, one of `SUFFIXES`, says how it is read.
        key: the key of its document; default is its name.
        origin: where rows come from that do not say so themselves; the source is needed.

    Raises:
        InvalidCurated: something in the file is wrong; it names all the bad rows, up to a bound.
    """
    problems = Problems()
    source = _READERS[PurePath(file).suffix.lower()](text, problems)
    rows = [row for record in source.records if (row := row_of(record, problems))]
    rest = origin_of(source.origin).or_else(origin or Origin())
    rows = [replace(row, origin=row.origin.or_else(rest)) for row in rows]
    if not rows and not problems:
        problems.add(1, None, "holds no entity and no relation")
    homeless: Row | None = next((row for row in rows if row.origin.source is None), None)
    if homeless:
        problems.add(homeless.record.line, "source", "is not given; name who says so with --source")
    names = check_rows(rows, problems)
    problems.check(file)
    return extractions_of(text, source.preamble, rows, names, file=file, key=key or file)
