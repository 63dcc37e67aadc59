"""The Cypher statements of Huitu, one a file, and the loader that hands them out.

A file ``verb_noun.cypher`` opens with a header of comments: what it does, ``parameters``, ``columns`` and ``access``
(read or write). Statements take parameters only; nothing is ever glued into their text.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import LiteralString

__all__ = ["UnknownStatement", "load", "names"]


class UnknownStatement(LookupError):
    """No statement of that ``name`` lies in this package."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no Cypher statement {name!r}")
        self.name = name


@cache
def names() -> tuple[str, ...]:
    """The names of all statements, sorted."""
    found = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".cypher") for name in found if name.endswith(".cypher")))


@cache
def load(name: str) -> LiteralString:
    """The text of a statement, header included.

    Args:
        name: the file name without its suffix.

    Raises:
        UnknownStatement: there is no such file.
    """
    if name not in names():
        raise UnknownStatement(name)
    return files(__name__).joinpath(f"{name}.cypher").read_text(encoding="utf-8")
