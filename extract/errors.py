"""Errors of the extractor.

HuituError (graph.errors)
└── ExtractError
    ├── PipelineOrderError   a component stands before the one that adds what it needs
    ├── EngineError          an engine cannot work (no Java, a missing jar or model)
    │   ├── UnknownEngine    no engine of that name
    │   ├── EngineSettings   a setting of an engine has a value that cannot be used
    │   ├── PackageMissing   a package that an engine needs is not installed
    │   ├── FilesMissing     files of a model that an engine needs are not on this machine
    │   ├── ServiceFailed    the service that an engine asks does not answer, or refuses to
    │   ├── BudgetSpent      an engine may not spend more
    │   ├── NoReranker       no reranker of that version is there, or none is in force
    │   └── BadReranker      a reranker is damaged, or does not fit this extractor
    ├── GoldError            a folder of annotated documents cannot be read
    ├── ModelError           a model cannot be used
    ├── TooFewDecisions      there is too little to learn from
    ├── ExtractionFailed     a document cannot be extracted from, which none should do
    └── StorageError         object storage cannot be reached, or shards in it cannot be used
"""

from __future__ import annotations

from pathlib import Path

from graph.errors import HuituError

__all__ = [
    "BadReranker",
    "BudgetSpent",
    "EngineError",
    "EngineSettings",
    "ExtractError",
    "ExtractionFailed",
    "FilesMissing",
    "GoldError",
    "ModelError",
    "NoReranker",
    "PackageMissing",
    "PipelineOrderError",
    "ServiceFailed",
    "StorageError",
    "TooFewDecisions",
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
    """An engine cannot work, for any document."""

    def __init__(self, engine: str, problem: str, *, hint: str | None = None) -> None:
        super().__init__(f"engine {engine!r}: {problem}", hint=hint)
        self.engine = engine


class UnknownEngine(EngineError):
    """No engine of that name."""

    def __init__(self, engine: str, known: list[str]) -> None:
        super().__init__(engine, "there is none of that name", hint=f"Known are: {', '.join(known)}.")
        self.known = known


class EngineSettings(EngineError):
    """A setting of an engine cannot be used; ``problems`` maps the variable to what is wrong with it."""

    exit_code = 2

    def __init__(self, engine: str, problems: dict[str, str]) -> None:
        said = "; ".join(f"{name}: {problem}" for name, problem in problems.items())
        super().__init__(engine, said, hint="docs/engines.md tells the settings.")
        self.problems = problems


class PackageMissing(EngineError):
    """A package that an engine needs is not installed; ``extra`` of Huitu brings it."""

    def __init__(self, engine: str, package: str, extra: str) -> None:
        hint = f"Install it with: pip install 'huitu[{extra}]'"
        super().__init__(engine, f"the package {package} is not installed", hint=hint)
        self.package = package
        self.extra = extra


class FilesMissing(EngineError):
    """Files of a model that an engine needs are not at ``path``."""

    def __init__(self, engine: str, path: Path, problem: str, *, hint: str) -> None:
        super().__init__(engine, f"{path}: {problem}", hint=hint)
        self.path = path


class ServiceFailed(EngineError):
    """The service that an engine asks does not answer, or refuses to."""


class BudgetSpent(EngineError):
    """An engine may not spend more; what it has been answered is kept."""

    def __init__(self, engine: str, spent: str) -> None:
        hint = "What was answered is in the cache and costs nothing again: raise the budget and run the same command."
        super().__init__(engine, f"the budget is spent ({spent})", hint=hint)


class NoReranker(EngineError):
    """There is no reranker of ``version``; None: none is in force. ``known`` are those there are."""

    def __init__(self, version: str | None, known: list[str]) -> None:
        problem = "no reranker is in force" if version is None else "there is no reranker of that version"
        there = f"'huitu train --use VERSION' puts one in force; there are {', '.join(known)}."
        hint = there if known else "'huitu train' makes one from what was accepted and rejected."
        super().__init__(f"hanlp1:{version or 'own'}", problem, hint=hint)
        self.version = version
        self.known = known


class BadReranker(EngineError):
    """The reranker of ``version`` cannot be used."""

    def __init__(self, version: str, problem: str) -> None:
        hint = "Make it anew with 'huitu train', or do without: 'huitu train --use none', '--engine hanlp1'."
        super().__init__(f"hanlp1:{version}", problem, hint=hint)
        self.version = version


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


class TooFewDecisions(ExtractError):
    """Too few claims were found right or wrong, or in too few documents."""

    def __init__(self, right: int, wrong: int, documents: int, needed: int, documents_needed: int) -> None:
        super().__init__(
            f"there are {right} claims found right and {wrong} found wrong, in {documents} documents; to learn from "
            f"them takes {needed} of each, in {documents_needed} documents",
            hint="'huitu correct CLAIM accept' and 'huitu correct CLAIM reject' make them. Claims count that hanlp1 "
            "finds today: docs/learning.md.",
        )
        self.right, self.wrong, self.documents = right, wrong, documents


class ExtractionFailed(ExtractError):
    """The extractor fails on a document: a fault of Huitu's, which stops no other document."""

    def __init__(self, document: str, problem: str) -> None:
        super().__init__(f"{document}: cannot be extracted from ({problem})", hint="Please report this with the text.")
        self.document = document
        self.problem = problem


class StorageError(ExtractError):
    """Storage cannot be used: a folder, or an address of object storage."""

    def __init__(self, where: str, problem: str, *, hint: str | None = None) -> None:
        super().__init__(f"{where}: {problem}", hint=hint)
        self.where = where
        self.problem = problem
