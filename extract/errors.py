"""Errors of the extractor.

HuituError (graph.errors)
└── ExtractError
    ├── PipelineOrderError   a component stands before the one that adds what it needs
    ├── EngineError          an engine cannot start (no Java, a missing jar or model)
    │   └── UnknownEngine    no engine of that name
    ├── GoldError            a folder of annotated documents cannot be read
    ├── ModelError           a model cannot be used
    ├── ExtractionFailed     a document cannot be extracted from, which none should do
    └── StorageError         object storage cannot be reached, or shards in it cannot be used
"""

from __future__ import annotations

from pathlib import Path

from graph.errors import HuituError

__all__ = [
    "EngineError",
    "ExtractError",
    "ExtractionFailed",
    "GoldError",
    "ModelError",
    "PipelineOrderError",
    "StorageError",
    "UnknownEngine",
]


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


class ExtractionFailed(ExtractError):
    """The extractor fails on a document: a fault of Huitu's, which stops no other document."""

    def __init__(self, document: str, problem: str) -> None:
        super().__init__(f"{document}: cannot be extracted from ({problem})", hint="Please report this with the text.")
        self.document = document
        self.problem = problem

    def __reduce__(self) -> tuple[type[ExtractionFailed], tuple[str, str]]:
        return type(self), (self.document, self.problem)  # another process may raise it


class StorageError(ExtractError):
    """Storage cannot be used: a folder, or an address of object storage."""

    def __init__(self, where: str, problem: str, *, hint: str | None = None) -> None:
        super().__init__(f"{where}: {problem}", hint=hint)
        self.where = where
        self.problem = problem
