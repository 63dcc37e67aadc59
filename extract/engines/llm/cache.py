"""Answers on disk by what was asked (缓存): a run that is repeated asks nothing twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from extract.errors import EngineError
from extract.whole import whole_file

__all__ = ["Cache"]


class Cache:
    """A folder with a file for each answer, for its owner alone.

    Args:
        folder: is made if it is not there.

    Raises:
        EngineError: there can be no such folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with self._failing():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @staticmethod
    def key(body: Mapping[str, Any]) -> str:
        """The name of the answer to a request: a hash of the model, the options, the prompt and the text."""
        return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def get(self, key: str) -> str | None:
        """The answer of that name; None where there is none, or only a damaged file, which is written anew then."""
        try:
            kept = json.loads(self._path(key).read_bytes())["answer"]
        except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
            return None
        return kept if isinstance(kept, str) else None

    def put(self, key: str, answer: str) -> None:
        """Keep an answer, whole or not at all.

        Raises:
            EngineError: it cannot be kept, so that it would be paid for again.
        """
        with self._failing():
            path = self._path(key)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            with whole_file(path, mode=0o600) as file:
                file.write(json.dumps({"answer": answer}).encode())

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            problem = f"answers cannot be kept in {self._folder} ({error.strerror})"
            raise EngineError("llm", problem, hint="HUITU_LLM_CACHE names another folder.") from error

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"
