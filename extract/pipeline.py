"""Components in an order that fits: each says what it needs and what it adds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extract.analysis import Analysis
from extract.errors import PipelineOrderError

__all__ = ["Component", "Pipeline"]


@dataclass(frozen=True, slots=True)
class Component:
    """A named step ``Analysis -> Analysis``; ``needs`` and ``adds`` name fields of `Analysis`."""

    name: str
    run: Callable[[Analysis], Analysis]
    needs: frozenset[str] = frozenset()
    adds: frozenset[str] = frozenset()


class Pipeline:
    """Runs components in order.

    Raises:
        PipelineOrderError: a component stands before the one that adds what it needs.
    """

    def __init__(self, components: Sequence[Component]) -> None:
        ready: set[str] = set()
        for component in components:
            missing = component.needs - ready
            if missing:
                raise PipelineOrderError(component.name, sorted(missing))
            ready |= component.adds
        self.components = tuple(components)

    def __call__(self, analysis: Analysis) -> Analysis:
        for component in self.components:
            analysis = component.run(analysis)
        return analysis
