"""Files that only the user can read."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from graph.errors import room_for

__all__ = ["write_private"]


def write_private(path: Path, text: str) -> None:
    """Write a file of mode 0600, whole or not at all.

    Raises:
        NoRoom: the disk is full.
    """
    descriptor, part = tempfile.mkstemp(prefix=path.name, dir=path.parent)  # made with mode 0600
    try:
        with room_for(path), os.fdopen(descriptor, "w", encoding="utf-8") as handle:
            handle.write(text)
            handle.flush()
            os.fsync(handle.fileno())
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
