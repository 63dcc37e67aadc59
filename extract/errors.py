"""Errors of the extractor.

HuituError (graph.errors)
└── ExtractError
    ├── PipelineOrderError   a component stands before the one that adds what it needs
    ├── EngineError          an engine cannot start (no Java, a missing jar or model)
    │   └── UnknownEngine    no engine of that name
    └── GoldError            a folder of annotated documents cannot be read
"""

from __future__ import annotations

from pathlib import Path

from graph.errors import HuituError

__all__ = ["EngineError", "ExtractError", "GoldError", "ModelError", "PipelineOrderError", "UnknownEngine"]


class ExtractError(HuituError):
    """Root of the extractor's errors."""


class PipelineOrderError(ExtractError):
    """``component`` needs ``missing``, which no earlier component adds."""

    def __init__(self, component: str, missing: list[str]) -> None:
        super().__init__(f"component {component!r} needs {', '.join(missing)}, which no component before it adds")
        self.component = component
        self.missing = missing


class EngineError(ExtractError):
    """An engine cannot start."""

    def __init__(self, engine: str, problem: str, *, hint: str | None = None) -> None:
        super().__init__(f"engine {engine!r}: {problem}", hint=hint)
        self.engine = engine


class UnknownEngine(EngineError):
    """No engine of that name."""

    def __init__(self, engine: str, known: list[str]) -> None:
        super().__init__(engine, "there is none of that name", hint=f"Known are: {', '.join(known)}.")
        self.known = known


class GoldError(ExtractError):
    """Annotated documents cannot be read."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}", hint="A gold folder holds X.txt with X.gold.json beside it.")
        self.path = path


class ModelError(ExtractError):
    """A model cannot be used."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"model {path}: {problem}", hint="Install Huitu again, or make the model with 'make train'.")
        self.path = path
