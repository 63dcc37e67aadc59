"""The ratios that count, taken from what the benchmarks found: each with its goal, and whether it is reached."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bench.figures import Spread

__all__ = ["Ratio", "ratios"]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio to a baseline that was measured in the same run.

    Args:
        benchmark: what measured it.
        title: what is compared with what.
        cases: the spread over the rounds, by what was compared: a format, a question.
        goal: what the median of each case should be.
        at_least: whether more is better.
    """

    benchmark: str
    title: str
    cases: Mapping[str, Spread]
    goal: float | None
    at_least: bool = True

    @property
    def spread(self) -> Spread:
        """Of all cases: the least and the greatest of all rounds, the median of the medians."""
        return {
            "min": min(case["min"] for case in self.cases.values()),
            "median": round(statistics.median(case["median"] for case in self.cases.values()), 4),
            "max": max(case["max"] for case in self.cases.values()),
        }

    @property
    def missed(self) -> tuple[str, ...]:
        """The cases that do not reach the goal."""
        return tuple(case for case, found in self.cases.items() if not self.reached(found))

    def reached(self, case: Spread) -> bool:
        """Whether the median of a case reaches the goal."""
        if self.goal is None:
            return True
        return case["median"] >= self.goal if self.at_least else case["median"] <= self.goal

    def to_json(self) -> dict[str, Any]:
        """As ``results.json`` has it."""
        return {
            "benchmark": self.benchmark,
            "title": self.title,
            "goal": self.goal,
            "at least": self.at_least,
            "met": not self.missed if self.goal is not None else None,
            **self.spread,
            "cases": self.cases,
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Ratio:
        """The twin of `to_json`."""
        return cls(*(record[key] for key in ("benchmark", "title", "cases", "goal", "at least")))


def ratios(figures: Mapping[str, Mapping[str, Any]]) -> Iterator[Ratio]:
    """The ratios of the benchmarks that were run.

    Args:
        figures: what each found, by its name.
    """
    for name, read in _RATIOS.items():
        if name in figures:
            yield from read(figures[name])


def _extraction(found: Mapping[str, Any]) -> Iterator[Ratio]:
    alone = {"one process": found["speed as a share of bare HanLP"]["one process"]}
    yield Ratio("extraction", "Speed of extraction as a share of bare HanLP's", alone, 0.1)
    spread_out = {f"{found['cores']} cores": found["speed of all cores as a multiple of one process"]}
    goal = round(0.9 * found["cores"], 1)
    yield Ratio("extraction", "Speed of extraction on all cores as a multiple of one process's", spread_out, goal)
    if (multiple := found.get("speed as a multiple of CoreNLP")) is not None:
        yield Ratio("extraction", "Speed of extraction as a multiple of CoreNLP's", {"one process": multiple}, None)


def _loading(found: Mapping[str, Any]) -> Iterator[Ratio]:
    if "load" in found:
        shares = {"load": found["load"]["speed of load as a share of"]["bare"]}
        yield Ratio("loading", "Speed of load as a share of bare UNWIND MERGE's", shares, 0.5)
    if "bulk" in found:
        multiples = {"bulk": found["bulk"]["time of bulk as a multiple of the tool's"]}
        yield Ratio("loading", "Time of a bulk load as a multiple of the import tool's", multiples, 2, at_least=False)


def _questions(found: Mapping[str, Any]) -> Iterator[Ratio]:
    counts = [name for name in next(iter(found.values())) if name.endswith("clients")]
    for count in counts:
        cases = {question: own[count]["latency as a multiple"]["p50"] for question, own in found.items()}
        clients = "1 client" if count == "1 clients" else count
        title = f"Median latency of questions as a multiple of the bare driver's, {clients}"
        yield Ratio("questions", title, cases, 1.5, at_least=False)


def _exports(found: Mapping[str, Any]) -> Iterator[Ratio]:
    yield Ratio("exports", "Speed of exports as a share of bare Bolt's", found["share of bare Bolt"], 0.7)
    times = found["networkx's time as a multiple of ours"]
    yield Ratio("exports", "Time of networkx's writers as a multiple of ours", times, 1)


def _identity(found: Mapping[str, Any]) -> Iterator[Ratio]:
    [times] = (found[name] for name in found if name.startswith("time a document at"))
    title = "Time a document at 16 times the documents as a multiple"
    yield Ratio("identity", title, times, 1.5, at_least=False)


_RATIOS: Mapping[str, Callable[[Mapping[str, Any]], Iterator[Ratio]]] = {
    "extraction": _extraction,
    "loading": _loading,
    "questions": _questions,
    "exports": _exports,
    "identity": _identity,
}
