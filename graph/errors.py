"""The root of Huitu's error tree.

    HuituError                      what a user can act on; the command line prints it without a traceback
    ├── graph.artifacts             ArtifactError: ChecksumMismatch, DownloadFailed; JavaNotFound
    ├── graph.embedded.errors       EmbeddedError: PortTaken, ServerFailed, NotOurServer, ...
    ├── MissingExtra                a package that only some need is not installed
    └── graph.client and others     defined beside the code that raises them

Facts are attributes; ``hint`` says what the user can do, ``exit_code`` is what the command line exits with.
"""

from __future__ import annotations

from typing import Any

__all__ = ["HuituError", "MissingExtra"]


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
