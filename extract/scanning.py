"""Regular expressions that are looked for in every sentence, made to pass by what cannot begin a match (扫描).

Python tries an expression at every character, and one that begins with a choice or something that may be left out goes
a long way before it fails. The characters that a match can begin with are known from the expression itself:

    (?:正式|联合)?(?P<verb>发布|成立)      (?=[正联发成])(?:(?:正式|联合)?(?P<verb>发布|成立))

What is found stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as ops  # type: ignore[attr-defined]  # nothing public tells how an expression is built
from re import _parser  # type: ignore[attr-defined]
from typing import Any

__all__ = ["scanning"]

_CLASSES = {ops.CATEGORY_DIGIT: r"\d", ops.CATEGORY_SPACE: r"\s", ops.CATEGORY_WORD: r"\w"}


def scanning(source: str) -> re.Pattern[str]:
    """Compile an expression without flags for `finditer` and `search` over whole sentences."""
    first, empty = _beginnings(_parser.parse(source))
    return re.compile(source if first is None or empty else f"(?=[{''.join(sorted(first))}])(?:{source})")


def _beginnings(parts: Iterable[tuple[Any, Any]]) -> tuple[set[str] | None, bool]:
    """What a match can begin with, as members of a character class (None: anything), and whether it may be empty."""
    found: set[str] = set()
    for op, value in parts:
        members, empty = _of_part(op, value)
        if members is None:
            return None, False
        found |= members
        if not empty:
            return found, False
    return found, True


def _of_part(op: Any, value: Any) -> tuple[set[str] | None, bool]:
    if op in (ops.ASSERT, ops.ASSERT_NOT, ops.AT):
        return set(), True
    if op is ops.LITERAL:
        return {_escaped(value)}, False
    if op is ops.IN:
        return _of_class(value), False
    if op is ops.SUBPATTERN and not value[1] and not value[2]:  # no flags of its own
        return _beginnings(value[3])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        least, _, part = value
        members, empty = _beginnings(part)
        return members, empty or not least
    if op is ops.BRANCH:
        found: set[str] = set()
        choices = [_beginnings(choice) for choice in value[1]]
        for members, _ in choices:
            if members is None:
                return None, False
            found |= members
        return found, any(empty for _, empty in choices)
    return None, False


def _of_class(members: Iterable[tuple[Any, Any]]) -> set[str] | None:
    found = set()
    for op, value in members:
        if op is ops.LITERAL:
            found.add(_escaped(value))
        elif op is ops.RANGE:
            found.add(f"{_escaped(value[0])}-{_escaped(value[1])}")
        elif op is ops.CATEGORY and value in _CLASSES:
            found.add(_CLASSES[value])
        else:
            return None
    return found


def _escaped(code: int) -> str:
    return f"\\U{code:08x}"
