"""What all benchmarks share: time, spread, figures written as JSON, and the driver that they are held against."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import neo4j

from graph.settings import Connection

__all__ = ["Spread", "StepTimes", "bare_driver", "seconds", "spread", "tell"]

Spread: TypeAlias = dict[str, float]
"""Minimum, median and maximum, by these names: ``min``, ``median``, ``max``."""


def bare_driver(connection: Connection) -> neo4j.Driver:
    """The official driver with nothing of ours around it."""
    return neo4j.GraphDatabase.driver(
        connection.uri, auth=(connection.username, connection.password), notifications_min_severity="OFF"
    )


def seconds(run: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def spread(values: Sequence[float]) -> Spread:
    """The spread of some values."""
    return {
        "min": round(min(values), 4),
        "median": round(statistics.median(values), 4),
        "max": round(max(values), 4),
    }


def tell(found: dict[str, Any], file: Path | None) -> None:
    """Print figures as JSON, and write them to a file where one is asked for."""
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    sys.stdout.write(text)
    if file is not None:
        file.write_text(text, "utf8")


class StepTimes:
    """Takes the time of each step that is reported to it as progress."""

    def __init__(self) -> None:
        self._begins: dict[str, float] = {}

    def __call__(self, step: str, _done: int, _total: int) -> None:
        self._begins.setdefault(step, time.perf_counter())

    def seconds(self) -> dict[str, float]:
        """Seconds from the begin of each step to that of the next; the last one ends now."""
        ends = [*list(self._begins.values())[1:], time.perf_counter()]
        return {step: end - begin for (step, begin), end in zip(self._begins.items(), ends, strict=True)}
