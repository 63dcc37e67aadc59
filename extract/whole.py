"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from graph.errors import room_for

__all__ = ["whole_file"]


@contextmanager
def whole_file(path: Path, *, mode: int = 0o644) -> Iterator[IO[bytes]]:
    """A file that appears under its name only when it is complete; what was there before stays until then.

    Args:
        path: its folder is there.
        mode: who may read and write it.

    Raises:
        NoRoom: the disk is full.
    """
    with room_for(path), tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        part = Path(file.name)
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            part.chmod(mode)
            part.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                file.close()  # what it still holds may have no room either
            part.unlink()
            raise
