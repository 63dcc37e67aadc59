"""Engines by name: those of Huitu from one table, others from installed packages (entry points ``huitu.engines``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.metadata import EntryPoint, entry_points

from extract.engine import Engine
from extract.engines.foreign import Foreign
from extract.errors import EngineError, UnknownEngine
from extract.extractor import Extractor

__all__ = ["ENGINES", "GROUP", "engine"]

GROUP = "huitu.engines"
"""The group of the entry points of packages that bring engines; each names what makes one, without arguments."""

ENGINES: Mapping[str, Callable[[], Engine]] = {"hanlp1": Extractor}
"""The engines of Huitu; no package takes the place of one of them."""


def engine(name: str) -> Engine:
    """The engine of that name; what takes long to load is loaded with the first document.

    Raises:
        UnknownEngine: there is none of that name.
        EngineError: it cannot be made here.
    """
    if name in ENGINES:
        return ENGINES[name]()
    found = [each for each in entry_points(group=GROUP) if each.name == name]
    if not found:
        others = {each.name for each in entry_points(group=GROUP)}
        raise UnknownEngine(name, sorted({*ENGINES, *others}))
    if len(found) > 1:
        packages = ", ".join(sorted(map(_package, found)))
        raise EngineError(name, f"several packages bring one of that name: {packages}", hint="Uninstall all but one.")
    return Foreign(name, _made(found[0]))


def _made(point: EntryPoint) -> Engine:
    try:
        made = point.load()()
    except EngineError:
        raise
    except Exception as error:
        problem = f"{_package(point)} cannot make it ({type(error).__name__}: {error})"
        raise EngineError(point.name, problem, hint="Ask those who made the package.") from error
    if not isinstance(made, Engine) or made.name != point.name:
        problem = f"{_package(point)} makes {type(made).__name__}, which is no extract.Engine of that name"
        raise EngineError(point.name, problem, hint="docs/engines.md shows what an engine is.")
    return made


def _package(point: EntryPoint) -> str:
    return f"package {point.dist.name}" if point.dist else point.value
