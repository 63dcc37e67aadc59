"""Swapping the store of a database for another one, so that a break at any point leaves the old one in place.

restore/                beside Neo4j's home, on the same disk
  neo4j/                a second home, where the new store is loaded and checked
  old/                  the store that was replaced: while it is here, the swap is not settled
"""

from __future__ import annotations

import shutil
from pathlib import Path

__all__ = ["DATABASE", "discard_old", "exists", "is_unsettled", "put_back_old", "restore_folder", "swap"]

DATABASE = "neo4j"
_PARTS = ("databases", "transactions")


def exists(home: Path) -> bool:
    """Whether the home holds a store."""
    return (home / "data" / "databases" / DATABASE).exists()


def restore_folder(home: Path) -> Path:
    """The folder in which a restore works."""
    return home.parent / "restore"


def swap(home: Path, new_home: Path) -> None:
    """Put the store of ``new_home`` in the place of the one of ``home``, which is kept in ``restore/old``."""
    old = restore_folder(home) / "old"
    old.mkdir()
    for part in _PARTS:
        current = home / "data" / part / DATABASE
        current.parent.mkdir(parents=True, exist_ok=True)
        current.mkdir(exist_ok=True)  # an empty folder stands for a store that never was
        current.replace(old / part)
    for part in _PARTS:
        (new_home / "data" / part / DATABASE).replace(home / "data" / part / DATABASE)


def discard_old(home: Path) -> None:
    """Settle a swap: the new store stays."""
    folder = restore_folder(home)
    (folder / "old").replace(folder / "done")
    shutil.rmtree(folder)


def is_unsettled(home: Path) -> bool:
    """Whether a swap was begun and not settled."""
    return (restore_folder(home) / "old").exists()


def put_back_old(home: Path) -> None:
    """Undo a swap that is not settled, whatever point it reached; without one there is nothing to do."""
    if not is_unsettled(home):
        return
    for part in _PARTS:
        kept, current = restore_folder(home) / "old" / part, home / "data" / part / DATABASE
        if kept.exists():
            shutil.rmtree(current, ignore_errors=True)
            if any(kept.iterdir()):
                kept.replace(current)
    shutil.rmtree(restore_folder(home))
