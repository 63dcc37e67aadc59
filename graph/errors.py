"""The root of Huitu's error tree.

    HuituError                      what a user can act on; the command line prints it without a traceback
    ├── graph.artifacts             ArtifactError: ChecksumMismatch, DownloadFailed; JavaNotFound
    ├── graph.embedded.errors       EmbeddedError: PortTaken, ServerFailed, NotOurServer, ...
    ├── MissingExtra                a package that only some need is not installed
    ├── NoRoom                      a file cannot be written: the disk is full, or a quota
    └── graph.client and others     defined beside the code that raises them

Facts are attributes; ``hint`` says what the user can do, ``exit_code`` is what the command line exits with.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

__all__ = ["FULL", "HuituError", "MissingExtra", "NoRoom", "room_for"]

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says where there is no room."""


class HuituError(Exception):
    """An error a user can act on.

    Args:
        message: what went wrong, one sentence.
        hint: what to do about it, where something can be done.
    """

    exit_code: int = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        """With all its facts, for one that a process raises and another is told of; its arguments need not be one."""
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[HuituError], arguments: tuple[Any, ...], facts: dict[str, Any]) -> HuituError:
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(facts)
    return error


class MissingExtra(HuituError):
    """A package that only some need is not installed; ``extra`` is the part of Huitu that brings it."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"the package {package} is not installed", hint=f"pip install 'huitu[{extra}]'")
        self.package = package
        self.extra = extra


class NoRoom(HuituError):
    """There is no room for ``path``: the disk is full, or a quota."""

    def __init__(self, path: Path | str) -> None:
        hint = "Make room and do the same again: what was stored is whole, and nothing was written in part."
        super().__init__(f"there is no room to write {path}", hint=hint)
        self.path = path


@contextmanager
def room_for(path: Path) -> Iterator[None]:
    """Tell of a full disk as `NoRoom`, with the file that the system names, else this one."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise
        raise NoRoom(path) from error
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise NoRoom(error.filename or path) from error
