"""Engines together: they vote on what a document holds, or one is asked what it thinks of another's doubts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from extract.engine import Engine, Judge, failing_alone
from extract.engines.joined import joined
from graph.schema import Document, Extraction

__all__ = ["Ensemble", "Policy", "SecondOpinion"]


class Policy(StrEnum):
    """How many engines must find what stands: one, more than half, or all."""

    UNION = "union"
    MAJORITY = "majority"
    ALL = "all"

    def needed(self, engines: int) -> int:
        """How many of so many engines."""
        return {Policy.UNION: 1, Policy.MAJORITY: engines // 2 + 1, Policy.ALL: engines}[self]


class _Together(Engine):
    """Several engines under one name."""

    def __init__(self, name: str, engines: Sequence[Engine]) -> None:
        self.name = name
        self.version = " ".join(each.version for each in engines)
        self.varies = next((each.varies for each in engines if each.varies), None)
        self.concurrency = max((each.concurrency for each in engines if each.concurrency is not None), default=None)
        self.one_process = any(each.one_process for each in engines)
        self._engines = tuple(engines)

    def account(self) -> Sequence[str]:
        return list(dict.fromkeys(line for each in self._engines for line in each.account()))

    def close(self) -> None:
        for each in self._engines:
            each.close()


class Ensemble(_Together):
    """Engines that vote; each claim says which of them found it.

    Args:
        engines: the first that finds a claim words it.
        policy: how many of them must find what stands.
    """

    def __init__(self, engines: Sequence[Engine], policy: Policy) -> None:
        names = "+".join(each.name for each in engines)
        super().__init__(names if policy is Policy.UNION else f"{names}@{policy}", engines)
        self._needed = policy.needed(len(engines))

    def extract(self, document: Document) -> Extraction:
        """What enough of the engines find in a document."""
        with failing_alone(self.name, document):
            return joined(document, [each.extract(document) for each in self._engines], self._needed)


class SecondOpinion(_Together):
    """What one engine finds, without those claims that it is not sure of and a judge dismisses.

    A claim that the judge lets stand names both engines; its confidence stays what it was.
    """

    def __init__(self, first: Engine, judge: Judge) -> None:
        super().__init__(f"{first.name}/{judge.name}", (first, judge))
        self.version += f" below {judge.below:g}"
        self._first, self._judge = first, judge

    def extract(self, document: Document) -> Extraction:
        """What the first engine finds in a document and the judge does not dismiss."""
        found = self._first.extract(document)
        doubtful = [n for n, each in enumerate(found.relations) if each.confidence < self._judge.below]
        if not doubtful:
            return found
        with failing_alone(self.name, document):
            dismissed = self._judge.dismissed(found, doubtful)
        by = {number: (*found.relations[number].engines, self._judge.name) for number in doubtful}
        kept = tuple(
            replace(each, engines=by.get(number, each.engines))
            for number, each in enumerate(found.relations)
            if number not in dismissed
        )
        return replace(found, relations=kept)
