"""Extraction in several processes: the same, in order, with errors and losses that are told."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract import Extractor
from extract.errors import ExtractionFailed, StorageError
from graph.schema import Document, Extraction
from graph.workers import WorkerLost, Workers
from huitu.extracting import extracted

GOLD = Path(__file__).parents[1] / "gold" / "test"


def documents() -> Iterator[Document]:
    for path in sorted(GOLD.glob("*.txt")):
        yield Document(path.stem, path.read_text("utf8"), date="2025-07-26")


def unexpected(error: ExtractionFailed) -> None:
    raise error


def as_it_is(extraction: Extraction) -> Extraction:
    return extraction


def end_oneself(number: int) -> int:
    if number == 30:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def fail_at_seven(number: int) -> int:
    if number == 7:
        raise ValueError("seven")
    return number


def test_two_processes_find_what_one_finds_in_the_same_order() -> None:
    one = list(extracted(documents(), Extractor(), as_it_is, 1, on_fail=unexpected))
    assert [each.document.key for each in one] == [each.key for each in documents()]
    assert sum(len(each.relations) for each in one) > 100
    assert list(extracted(documents(), Extractor(), as_it_is, 2, on_fail=unexpected)) == one


@pytest.mark.parametrize("processes", [1, 2])
def test_what_the_work_raises_is_raised_at_its_place(processes: int) -> None:
    done = []
    with Workers(processes) as workers, pytest.raises(ValueError, match="seven"):
        for number in workers.map(fail_at_seven, range(100), chunk=1):
            done.append(number)
    assert done == list(range(7))


def fail_with_facts(_number: int) -> int:
    raise StorageError("s3://bucket", "is missing", hint="Make it.")


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_of_ours_keeps_its_facts_from_process_to_process(processes: int) -> None:
    with Workers(processes) as workers, pytest.raises(StorageError) as raised:
        list(workers.map(fail_with_facts, range(3)))
    facts = raised.value
    assert (str(facts), facts.where, facts.hint) == ("s3://bucket: is missing", "s3://bucket", "Make it.")


def test_a_process_that_is_killed_is_told_and_does_not_hang() -> None:
    with Workers(2) as workers, pytest.raises(WorkerLost, match="ended from outside"):
        list(workers.map(end_oneself, range(1000), chunk=10))


def test_items_are_read_only_as_they_are_needed() -> None:
    read = []

    def items() -> Iterator[int]:
        for number in range(10_000):
            read.append(number)
            yield number

    with Workers(2) as workers:
        results = workers.map(abs, items(), chunk=10)
        assert [next(results) for _ in range(5)] == [0, 1, 2, 3, 4]
        assert len(read) <= 100
