"""Engines by name: those of Huitu from one table, others from installed packages, and several of them together.

hanlp1                 one engine
hanlp1:own             the same with the reranker that 'huitu train' put in force; hanlp1:VERSION: with that one
hanlp1+llm             what any of them finds; hanlp1+llm@majority, @all: what so many of them find
hanlp1/llm             what the first finds; of what it is not sure of, only what the second does not dismiss
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from extract.engine import Engine, Judge
from extract.engines.foreign import Foreign
from extract.engines.together import Ensemble, Policy, SecondOpinion
from extract.errors import EngineError, UnknownEngine
from extract.extractor import Extractor
from extract.reranker import Rerankers

__all__ = ["ENGINES", "GROUP", "OWN", "engine"]

OWN = "own"
"""What stands for the version of the reranker in force."""

GROUP = "huitu.engines"
"""The group of the entry points of packages that bring engines; each names what makes one, without arguments."""


def _llm() -> Engine:
    from extract.engines.llm import Llm, load_llm_settings

    return Llm(load_llm_settings())


def _hanlp2() -> Engine:
    from extract.engines.hanlp2 import Hanlp2, load_hanlp2_settings

    return Hanlp2(load_hanlp2_settings())


ENGINES: Mapping[str, Callable[[], Engine]] = {"hanlp1": Extractor, "hanlp2": _hanlp2, "llm": _llm}
"""The engines of Huitu; no package takes the place of one of them."""


def engine(name: str, rerankers: Callable[[], Path] | None = None) -> Engine:
    """The engine of that name, or those together that it puts together; what takes long is loaded with a document.

    Args:
        name: as above.
        rerankers: says in which folder they are; it is asked when the name has one.

    Raises:
        UnknownEngine: there is none of that name.
        EngineError: it cannot be made here, or cannot do what is asked of it.
    """
    names, _, policy = name.partition("@")
    if policy and policy not in list(Policy):
        raise EngineError(name, f"{policy!r} is no way to vote", hint=f"Known are: {', '.join(Policy)}.")
    single = cache(partial(_single, rerankers))  # one that has two parts to play has one budget
    members = [_member(each, single) for each in names.split("+")]
    if len({each.name for each in members}) < len(members):
        raise EngineError(name, "an engine has one vote", hint="Name each engine once.")
    return members[0] if len(members) == 1 else Ensemble(members, Policy(policy or Policy.UNION))


def _member(name: str, single: Callable[[str], Engine]) -> Engine:
    first, slash, second = name.partition("/")
    if not slash:
        return single(name)
    judge = single(second)
    if not isinstance(judge, Judge):
        raise EngineError(second, "it cannot judge what another engine finds", hint="llm can: hanlp1/llm.")
    return SecondOpinion(single(first), judge)


def _single(rerankers: Callable[[], Path] | None, name: str) -> Engine:
    if name in ENGINES:
        return ENGINES[name]()
    base, colon, version = name.partition(":")
    if colon and base == Extractor.name:
        if rerankers is None:
            raise EngineError(name, "there is no folder of rerankers here", hint=f"Use {base}.")
        return Extractor(reranker=Rerankers(rerankers()).read(None if version == OWN else version))
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
