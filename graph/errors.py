"""The root of Huitu's error tree.

    HuituError                      what a user can act on; the command line prints it without a traceback
    ├── graph.artifacts             ArtifactError: ChecksumMismatch, DownloadFailed; JavaNotFound
    ├── graph.embedded.errors       EmbeddedError: PortTaken, ServerFailed, NotOurServer, ...
    └── graph.client and others     defined beside the code that raises them

Facts are attributes; ``hint`` says what the user can do, ``exit_code`` is what the command line exits with.
"""

from __future__ import annotations

__all__ = ["HuituError"]


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
