"""Where reports are written: a file for one document, a folder for any number of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import typer

from extract.explain import Explanation
from graph.schema import Document
from huitu.console import new_file
from huitu.report.page import render

__all__ = ["Reports"]

_PAGE = (".html", ".htm")
_UNFIT = re.compile(r"[^\w.-]+")
_LENGTH = 60  # characters of a file's name: up to four bytes each, and file systems take 255


class Reports:
    """Writes reports to a path: a page if it ends in .html, else a folder, which is made.

    Raises:
        typer.BadParameter: nothing can be written there.
    """

    def __init__(self, path: Path) -> None:
        if not path.parent.is_dir():
            raise typer.BadParameter(f"there is no folder {path.parent}")
        self._path = path
        self._one = path.suffix.lower() in _PAGE and not path.is_dir()
        if not self._one and path.exists() and not path.is_dir():
            raise typer.BadParameter(f"{path} is a file; name a page like report.html, or a folder")
        self._used: set[str] = set()

    def fitting(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents; a second one for the same page is refused before work begins.

        Raises:
            typer.BadParameter: there are more documents than one, and the path is a page.
        """
        documents = iter(documents)
        if self._one:
            first = list(islice(documents, 2))
            if len(first) > 1:
                raise typer.BadParameter(f"{self._path} is a page for one document; for more of them name a folder")
            yield from first
        yield from documents

    def write(self, explanation: Explanation) -> None:
        """Write the report of a document."""
        path = self._path
        if not self._one:
            path.mkdir(exist_ok=True)
            path /= f"{self._name(explanation.extraction.document)}.html"
        with new_file(path) as file:
            file.write(render(explanation))

    def _name(self, document: Document) -> str:
        """A name that leaves the folder under no circumstances, and that no other report has."""
        name = _UNFIT.sub("_", document.name or document.key).strip("._")[:_LENGTH] or "document"
        unique, number = name, 1
        while unique.casefold() in self._used:
            number += 1
            unique = f"{name}-{number}"
        self._used.add(unique.casefold())
        return unique
