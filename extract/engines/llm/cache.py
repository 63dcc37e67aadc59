"""Answers on disk by what was asked (缓存): a run that is repeated asks nothing twice."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["Cache"]


class Cache:
    """A folder with a file for each answer, for its owner alone.

    Args:
        folder: is made when the first answer is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @staticmethod
    def key(body: Mapping[str, Any]) -> str:
        """The name of the answer to a request: a hash of the model, the options, the prompt and the text."""
        return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def get(self, key: str) -> str | None:
        """The answer of that name; None where there is none, or only a damaged file, which is written anew then."""
        try:
            kept = json.loads(self._path(key).read_bytes())["answer"]
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None
        return kept if isinstance(kept, str) else None

    def put(self, key: str, answer: str) -> None:
        """Keep an answer, whole or not at all."""
        path = self._path(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{key[:8]}.", delete=False) as file:
            part = Path(file.name)
            try:
                file.write(json.dumps({"answer": answer}).encode())
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                part.unlink()
                raise
        part.replace(path)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"
