"""Records (记录): the rows of a curated file as written, before anything is known of what they mean."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["COLUMNS", "NAMES", "ORIGIN", "REQUIRED", "Kind", "Record", "Source", "split_aliases", "unknown"]


class Kind(StrEnum):
    """What a record states."""

    ENTITY = "entity"
    RELATION = "relation"


ORIGIN = ("source", "title", "date", "url")
"""Columns that say where a record comes from: publisher, headline, day of publication, address."""

REQUIRED: Mapping[Kind, tuple[str, ...]] = {
    Kind.ENTITY: ("type", "name"),
    Kind.RELATION: ("head_type", "head", "relation", "tail_type", "tail"),
}

COLUMNS: Mapping[Kind, tuple[str, ...]] = {
    Kind.ENTITY: (*REQUIRED[Kind.ENTITY], "aliases", "note", *ORIGIN),
    Kind.RELATION: (
        *REQUIRED[Kind.RELATION],
        *("role", "modality", "date_from", "date_to", "topic", "at", "confidence", "note"),
        *ORIGIN,
    ),
}

NAMES = ("name", "head", "tail", "at")
"""Columns that hold the name of an entity."""

_BAR = re.compile("[|｜]")


@dataclass(frozen=True, slots=True)
class Record:
    """A row or object: its values by column, and where in the text it stands.

    Args:
        kind: what it states.
        line: where it begins, counted from 1.
        start: offset of its first character.
        end: offset behind its last character.
        fields: values without outer white space; a column without value is left out.
        aliases: the values of the column ``aliases``.
        spans: ``[start, end)`` of the value of each of `NAMES` that has one.
    """

    kind: Kind
    line: int
    start: int
    end: int
    fields: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A file as its reader sees it.

    Args:
        records: in the order of the file; may be read once only.
        preamble: what an excerpt of the file must begin with to be understood: a table's header.
        origin: what the file says of itself, by the columns of `ORIGIN`.
    """

    records: Iterable[Record]
    preamble: str = ""
    origin: Mapping[str, str] = field(default_factory=dict)


def split_aliases(value: str) -> tuple[str, ...]:
    """The names in a value that holds several, separated by bars."""
    return tuple(name for part in _BAR.split(value) if (name := part.strip()))


def unknown(column: str, known: Iterable[str]) -> str:
    """What to say of a column that there is not."""
    names = list(known)
    near = difflib.get_close_matches(column.strip().casefold(), names, n=1)
    advice = f"did you mean {near[0]}?" if near else f"known are {', '.join(names)}"
    return f"is no known column; {advice}"
