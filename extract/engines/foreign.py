"""Engines of other packages: what they return is checked before anything is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite

from extract.engine import Engine, failing_alone
from graph.schema import Document, Extraction

__all__ = ["Foreign"]


class Foreign(Engine):
    """An engine under the guarantees of Huitu's own.

    Args:
        name: what it was asked for by; its relations say that this engine found them, and no other.
        engine: what another package has made.
    """

    def __init__(self, name: str, engine: Engine) -> None:
        self.name, self.version = name, engine.version
        self.varies, self.concurrency, self.one_process = engine.varies, engine.concurrency, engine.one_process
        self._engine = engine

    def extract(self, document: Document) -> Extraction:
        """What the engine finds, if it keeps the contract.

        Raises:
            EngineError: the engine says that it cannot work.
            ExtractionFailed: it fails on the document, or returns what breaks the contract.
        """
        with failing_alone(self.name, document):
            return self._checked(document, self._engine.extract(document))

    def account(self) -> Sequence[str]:
        return self._engine.account()

    def close(self) -> None:
        self._engine.close()

    def _checked(self, document: Document, found: Extraction) -> Extraction:
        """The extraction as it is after a way through JSON: so it can be written, and all of it has the right type."""
        if found.document != document:
            raise ValueError("it returns another document than it was given")
        for entity in found.entities:
            if not all(isinstance(name, str) and name.strip() for name in (entity.name, *entity.aliases)):
                raise ValueError(f"entity {entity.id!r} has a name that is empty or no text")
        for relation in found.relations:
            if not (isfinite(relation.confidence) and 0 <= relation.confidence <= 1):
                raise ValueError(f"{relation.type} has the confidence {relation.confidence}, which is not in 0..1")
        relations = tuple(replace(each, engines=(self.name,)) for each in found.relations)
        return Extraction.from_json(replace(found, relations=relations).to_json(with_text=True))
