"""Which extractor this is: what must change when its results may."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable

from extract.engine import Engine

__all__ = ["extractor_name", "fingerprint"]

_PACKAGES = ("extract", "graph.names")


def extractor_name(engine: Engine) -> str:
    """Names and versions of Huitu and an engine, as kept with each claim: ``huitu/0.1.0 hanlp1 9f86d081``."""
    return f"huitu/{version('huitu')} {engine.name} {engine.version}"


@cache
def fingerprint() -> str:
    """SHA-256 of everything extraction depends on in this project: code, lexicons, models."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        for name, file in sorted(_files(resources.files(package), package)):
            digest.update(f"{name}\n".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Traversable, name: str) -> list[tuple[str, Traversable]]:
    found = []
    for entry in folder.iterdir():
        place = f"{name}/{entry.name}"
        if entry.is_dir():
            found += _files(entry, place) if entry.name != "__pycache__" else []
        else:
            found.append((place, entry))
    return found
