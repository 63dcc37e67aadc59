"""Engines that segment and tag text, chosen by name from one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from extract.analysis import Token
from extract.engines.hanlp1 import HanLP1
from extract.errors import UnknownEngine

__all__ = ["ENGINES", "Engine", "engine", "maker"]


class Engine(Protocol):
    """Anything that turns clean text into tokens; ``name`` goes into the provenance of what it finds."""

    name: str

    def tokens(self, text: str) -> Sequence[Token]:
        """Tokens in order, covering all of ``text``."""


ENGINES: dict[str, Callable[[], Engine]] = {"hanlp1": HanLP1}


def maker(name: str) -> Callable[[], Engine]:
    """What starts the engine of that name.

    Raises:
        UnknownEngine: there is none of that name.
    """
    if name not in ENGINES:
        raise UnknownEngine(name, sorted(ENGINES))
    return ENGINES[name]


def engine(name: str) -> Engine:
    """The engine of that name, started.

    Raises:
        UnknownEngine: there is none of that name.
        EngineError: it cannot start here.
    """
    return maker(name)()
