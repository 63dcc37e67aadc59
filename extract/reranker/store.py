"""The folder of a user's rerankers, one version beside the other, and which of them is in force (版本).

rerankers/3f9a0c1d2e4b/model.npz    weights; the folder is named by their content
rerankers/3f9a0c1d2e4b/card.json    when and from what it was made, and what it gains
rerankers/in-force                  the name of that folder; no file: none is in force
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extract.errors import BadReranker, NoReranker
from extract.reranker.model import Reranker, reranker_of, version_of
from extract.version import fingerprint
from extract.whole import whole_file

__all__ = ["Rerankers"]

_MODEL, _CARD, _IN_FORCE = "model.npz", "card.json", "in-force"
_SAID = frozenset({"version", "made", "extractor", "decisions", "cross_validation"})


class Rerankers:
    """The rerankers in a folder, which need not be there.

    Args:
        folder: where they are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def cards(self) -> list[Mapping[str, Any]]:
        """The cards of all versions, the earliest first.

        Raises:
            BadReranker: one is damaged.
        """
        found = [self._card(version) for version in self._versions()]
        return sorted(found, key=lambda card: (card["made"], card["version"]))

    def in_force(self) -> str | None:
        """The version in force.

        Raises:
            BadReranker: the note of it is damaged.
        """
        try:
            return (self._folder / _IN_FORCE).read_text("utf-8").strip()
        except FileNotFoundError:
            return None
        except UnicodeDecodeError as error:
            raise BadReranker("own", f"{self._folder / _IN_FORCE} cannot be read ({error})") from error

    def read(self, version: str | None = None) -> Reranker:
        """A reranker that fits this extractor.

        Args:
            version: which; None: the one in force.

        Raises:
            NoReranker: there is none of that version, or none in force.
            BadReranker: it is damaged, or was made for another version of the extractor.
        """
        version = self.in_force() if version is None else version
        if version is None:
            raise NoReranker(None, self._versions())
        if version not in self._versions():
            raise NoReranker(version, self._versions())
        path = self._folder / version / _MODEL
        try:
            data = path.read_bytes()
            if version_of(data) != version:
                raise BadReranker(version, f"{path} is damaged")
            reranker = reranker_of(data)
        except (OSError, ValueError) as error:
            raise BadReranker(version, f"{path} cannot be read ({error})") from error
        if reranker.extractor != fingerprint():
            raise BadReranker(version, "it was made for another version of the extractor and does not fit this one")
        return reranker

    def add(self, data: bytes, card: Mapping[str, Any]) -> str:
        """Keep a version beside the others, and put it in force; one that is there keeps its card.

        Args:
            data: the file of the model.
            card: what is known of it.
        """
        version = version_of(data)
        self._folder.mkdir(parents=True, exist_ok=True)
        if not self._whole(version):
            if version in self._versions():  # damaged, or of an earlier form
                shutil.rmtree(self._folder / version)
            with tempfile.TemporaryDirectory(dir=self._folder, prefix=".") as part:
                made = Path(part) / version
                made.mkdir()
                (made / _MODEL).write_bytes(data)
                text = json.dumps({"version": version, **card}, ensure_ascii=False, indent=2)
                (made / _CARD).write_text(f"{text}\n", "utf-8")
                made.rename(self._folder / version)
        self._note(version)
        return version

    def use(self, version: str | None) -> None:
        """Put a version in force, or none.

        Raises:
            NoReranker: there is none of that version.
            BadReranker: it cannot be used.
        """
        if version is None:
            (self._folder / _IN_FORCE).unlink(missing_ok=True)
            return
        self.read(version)
        self._note(version)

    def _note(self, version: str) -> None:
        with whole_file(self._folder / _IN_FORCE) as file:
            file.write(f"{version}\n".encode())

    def _versions(self) -> list[str]:
        if not self._folder.is_dir():
            return []
        return sorted(each.name for each in self._folder.iterdir() if each.is_dir() and not each.name.startswith("."))

    def _whole(self, version: str) -> bool:
        """Whether a version is there and as it was made."""
        try:
            self.read(version)
            self._card(version)
        except (NoReranker, BadReranker):
            return False
        return True

    def _card(self, version: str) -> Mapping[str, Any]:
        path = self._folder / version / _CARD
        try:
            card = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise BadReranker(version, f"{path} cannot be read ({error})") from error
        if not isinstance(card, dict) or not card.keys() >= _SAID or card["version"] != version:
            raise BadReranker(version, f"{path} is damaged")
        return card
