"""Lexicons (词表): names and words of general knowledge, kept as plain text files beside the package that reads them.

A file is ``lexicons/<name>.txt`` in a package, this one or that of the extractor: first lines that begin with ``# ``
and say what it holds, its columns, source and licence, then one entry a line, fields separated by tabs, sorted by code
point. All text is NFKC, so that the brackets in ``中国石油大学(北京)`` are half-width; compare with text that is
normalised the same way.

Errors::

    LexiconError
    ├── UnknownLexicon
    └── MalformedLexicon
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Final

__all__ = ["LexiconError", "MalformedLexicon", "UnknownLexicon", "all_forms", "available", "forms", "load", "parse"]

_SUFFIX: Final = ".txt"
_REQUIRED: Final = ("# Columns: ", "# Source: ", "# Licence: ")


class LexiconError(Exception):
    """A lexicon cannot be read; ``name`` tells which."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"lexicon {name!r}: {problem}")
        self.name = name
        self.problem = problem


class UnknownLexicon(LexiconError):
    """No file of that name is part of the package."""


class MalformedLexicon(LexiconError):
    """The file breaks its format; ``line`` is the first bad line, counted from 1."""

    def __init__(self, name: str, line: int, problem: str) -> None:
        super().__init__(name, f"line {line}: {problem}")
        self.line = line


def available(package: str = __package__) -> tuple[str, ...]:
    """Return the names of all lexicons of a package, sorted."""
    folder = files(package) / "lexicons"
    return tuple(sorted(item.name.removesuffix(_SUFFIX) for item in folder.iterdir() if item.name.endswith(_SUFFIX)))


@cache
def load(name: str, package: str = __package__) -> tuple[tuple[str, ...], ...]:
    """Return the entries of a lexicon in file order; each is the tuple of its fields.

    Args:
        name: file name without suffix, one of `available`.
        package: whose.

    Raises:
        UnknownLexicon: there is no such lexicon.
        MalformedLexicon: the file is not UTF-8 or breaks the format, see `parse`.
    """
    if name not in available(package):
        raise UnknownLexicon(name, f"not found; there are {', '.join(available(package))}")
    content = (files(package) / "lexicons" / f"{name}{_SUFFIX}").read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MalformedLexicon(name, line, f"not UTF-8 ({error.reason})") from error
    return parse(name, text)


def parse(name: str, text: str) -> tuple[tuple[str, ...], ...]:
    """Return the entries in the text of a lexicon file; ``name`` is for messages.

    Raises:
        MalformedLexicon: columns, source or licence are not stated, a comment stands among the entries, an entry has
            an empty field or another number of fields than the first, or there is no entry.
    """
    lines = text.removesuffix("\n").split("\n")
    start = next((number for number, line in enumerate(lines) if not line.startswith("# ")), len(lines))
    for prefix in _REQUIRED:
        if not any(line.startswith(prefix) and line.removeprefix(prefix).strip() for line in lines[:start]):
            raise MalformedLexicon(name, start + 1, f"no line {prefix.strip()!r} before the first entry")
    if start == len(lines):
        raise MalformedLexicon(name, start + 1, "no entries")
    entries = []
    width = lines[start].count("\t") + 1
    for number, line in enumerate(lines[start:], start + 1):
        fields = tuple(line.split("\t"))
        if line.startswith("# "):
            raise MalformedLexicon(name, number, "a comment among the entries; comments stand first")
        if not all(field.strip() for field in fields):
            raise MalformedLexicon(name, number, "an empty field; write '-' for none")
        if len(fields) != width:
            raise MalformedLexicon(name, number, f"{len(fields)} fields, the first entry has {width}")
        entries.append(fields)
    return tuple(entries)


def all_forms(entries: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield each entry's name and the other forms of it that its second field, where it has one, holds."""
    for name, *rest in entries:
        yield name
        yield from forms(rest[0]) if rest else ()


def forms(field: str) -> tuple[str, ...]:
    """Return the names in a field that holds several by ``|``, or none as ``-``."""
    return () if field == "-" else tuple(field.split("|"))
