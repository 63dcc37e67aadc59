"""Why a question has no answer.

HuituError
├── queries.NotFound
│   └── UnknownName      nothing is called so
├── AmbiguousName        several things are
└── TooLarge             the answer would need more than it may
"""

from __future__ import annotations

from collections.abc import Collection

from graph.errors import HuituError
from graph.queries import NotFound
from graph.questions.records import Candidate
from graph.records import EntitySummary

__all__ = ["AmbiguousName", "TooLarge", "UnknownName"]


class AmbiguousName(HuituError):
    """Several entities are called ``name``; ``candidates`` are the most often named of them."""

    def __init__(self, name: str, candidates: Collection[Candidate]) -> None:
        super().__init__(f"{len(candidates)} things are called {name!r}", hint="Give the id of the one that is meant.")
        self.name = name
        self.candidates = tuple(candidates)


class UnknownName(NotFound):
    """Nothing is called so; ``nearest`` are entities with similar names."""

    def __init__(self, kind: str, name: str, nearest: Collection[EntitySummary] = ()) -> None:
        super().__init__(kind, name)
        self.name = name
        self.nearest = tuple(nearest)


class TooLarge(HuituError):
    """An answer would need more than it may: ``found`` where ``allowed``."""

    def __init__(self, what: str, found: int, allowed: int, hint: str) -> None:
        super().__init__(f"{found:,} {what}, where at most {allowed:,} are allowed", hint=hint)
        self.found = found
        self.allowed = allowed
