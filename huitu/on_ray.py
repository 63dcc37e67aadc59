"""Extraction into shards as a job of Ray Data: reading is spread by groups of files, extracting by shards.

    groups of files ──▶ read: a row for each shard ──▶ extract: one task a core ──▶ storage
                                                                           └──────▶ what was made, to the command

Ray does the work of a process that was lost again, in another one; nothing but time is lost, for a shard appears whole.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from extract.sources import File, Skipped
from graph.errors import MissingExtra
from huitu.sharding import Made, Work

__all__ = ["run"]

_HERE = "local"
_READING_CPUS = 0.25  # less than of extracting: Ray would make one task of the two for a whole group else
_Row: TypeAlias = Mapping[str, Any]


def run(work: Work, groups: list[tuple[int, tuple[File, ...]]], address: str) -> Iterator[Made | Skipped]:
    """Make all shards on a cluster; what was made comes in the order in which it became ready.

    Args:
        work: what every machine must know; its output is an address that all of them reach.
        groups: files with the number of their group; all machines must reach them too.
        address: of the cluster, ``auto`` for the one that this machine belongs to, ``local`` to start one here.

    Raises:
        MissingExtra: Ray is not installed.
        ConnectionError: no cluster answers at that address.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # Ray tells its makers of its use otherwise
    try:
        import ray
        from ray.data import DataContext
    except ImportError as error:
        raise MissingExtra("ray", "ray") from error
    if not groups:
        return
    logging.getLogger("ray.data").setLevel(logging.WARNING)
    logging.getLogger("ray.data._internal.progress").setLevel(logging.ERROR)  # it warns of what we switch off below
    own = {"include_dashboard": False} if address == _HERE else {"address": address}
    ray.init(**own, log_to_driver=False, logging_level=logging.ERROR)
    try:
        context = DataContext.get_current()
        context.enable_progress_bars = False
        context.target_max_block_size = context.target_min_block_size = 1  # a block is a shard: all cores get some
        rows = [{"group": number, "files": pickle.dumps(given)} for number, given in groups]
        shards = ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
            _Reading(work), batch_size=1, num_cpus=_READING_CPUS
        )
        for row in shards.map_batches(_Making(work), batch_size=1, num_cpus=1).iter_rows():
            yield pickle.loads(row["made"])  # noqa: S301  what our own processes have written
    finally:
        ray.shutdown()


class _Reading:
    """Makes of a group of files its shards, one row each."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, batch: _Row) -> Iterator[_Row]:
        group, given = int(batch["group"][0]), pickle.loads(batch["files"][0])  # noqa: S301
        for each in self._work.read(group, given):
            yield {"task": [pickle.dumps(each)]}


class _Making:
    """Sees to it that a shard is there; what gave no document passes through."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, batch: _Row) -> _Row:
        task = pickle.loads(batch["task"][0])  # noqa: S301
        return {"made": [pickle.dumps(task if isinstance(task, Skipped) else self._work.make(task))]}
