"""What is wrong with a curated file: every bad row at once, each with its line, its column and how to mend it.

HuituError (graph.errors)
└── InvalidCurated   a curated file breaks its format; nothing of it is used
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import HuituError

__all__ = ["MAX_PROBLEMS", "InvalidCurated", "Problem", "Problems", "shortened"]

MAX_PROBLEMS = 50
"""Problems of a file that are kept; the others are counted."""

_SHOWN = 40  # characters of a value


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a place: ``line`` counts from 1, ``column`` is None where the whole row is meant."""

    line: int
    column: str | None
    text: str

    def __str__(self) -> str:
        return f"{self.line}: {self.text}" if self.column is None else f"{self.line}: {self.column} {self.text}"


class InvalidCurated(HuituError):
    """A curated file is wrong.

    Args:
        file: its name.
        problems: the first of what is wrong, in the order of lines.
        count: how many problems there are in all.
    """

    def __init__(self, file: str, problems: tuple[Problem, ...], count: int) -> None:
        super().__init__(
            f"{file}:{problems[0]}" + (f" (and {count - 1} more)" if count > 1 else ""),
            hint="Nothing of the file is used until all of it is right.",
        )
        self.file = file
        self.problems = problems
        self.count = count


class Problems:
    """Collects what is wrong with one file, so that all of it can be said at once."""

    def __init__(self) -> None:
        self._kept: list[Problem] = []
        self._count = 0

    def add(self, line: int, column: str | None, text: str) -> None:
        """Note a problem; ``text`` completes "line, column ..."."""
        self._count += 1
        if len(self._kept) < MAX_PROBLEMS:
            self._kept.append(Problem(line, column, text))

    def __bool__(self) -> bool:
        return self._count > 0

    def check(self, file: str) -> None:
        """Raise InvalidCurated if anything was noted."""
        if self._kept:
            raise InvalidCurated(file, tuple(sorted(self._kept, key=lambda each: each.line)), self._count)


def shortened(value: str) -> str:
    """A value in quotation marks, cut where it is long."""
    return repr(value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…")
