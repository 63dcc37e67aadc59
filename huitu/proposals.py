"""Proposals of annotations (标注建议): what an engine found, in the form of ``gold/``, for people to set right."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from extract.sources import Skipped
from graph.schema import Entity, Extraction, Modality, Relation, RelationType
from huitu.console import new_file

__all__ = ["Proposals", "annotation_of"]

_NO_NAME = re.compile(r"[^\w.-]+")
_LONGEST_NAME = 60  # of three bytes each: names of files have 255


class Proposals:
    """Writes ``X.txt`` and ``X.gold.json`` into a folder; what is there stays, for someone may have reviewed it.

    Args:
        folder: is made if it is not there.
        extractor: name and version of what found it, which the proposals tell.
        on_skip: told of each document that is not proposed, and why.
    """

    def __init__(self, folder: Path, extractor: str, on_skip: Callable[[Skipped], None]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._extractor = extractor
        self._on_skip = on_skip

    def write(self, extraction: Extraction) -> None:
        """Propose the annotation of a document."""
        document = extraction.document
        name = _file_name(document.name or document.key)
        text, annotation = self._folder / f"{name}.txt", self._folder / f"{name}.gold.json"
        try:
            content = document.text.encode()
        except UnicodeEncodeError:
            self._on_skip(Skipped(document.key, "its text cannot be written", failed=False))
            return
        if annotation.exists() or (text.exists() and text.read_bytes() != content):
            self._on_skip(Skipped(document.key, f"{annotation} or its text is there already", failed=False))
            return
        for path, written in ((text, content), (annotation, _pretty(annotation_of(extraction, self._extractor)))):
            with new_file(path) as file:
                file.write(written)


def annotation_of(extraction: Extraction, extractor: str) -> dict[str, Any]:
    """An extraction in the form of ``gold/README.md``, with the quote of each relation to judge it by."""
    document = extraction.document
    asserted = [each for each in extraction.relations if each.modality is not Modality.DENIED]
    known = {(each.type, *sorted((each.head, each.tail))) for each in asserted}
    denied = [
        each
        for each in extraction.relations
        if each.modality is Modality.DENIED and (each.type, *sorted((each.head, each.tail))) not in known
    ]
    return {
        "doc": document.name or document.key,
        **({"date": document.date} if document.date else {}),
        "proposed_by": extractor,
        "entities": [_entity(each) for each in extraction.entities],
        "relations": [_relation(each) for each in asserted],
        **({"denied": [_relation(each) for each in denied]} if denied else {}),
    }


def _entity(entity: Entity) -> dict[str, Any]:
    aliases = {"aliases": list(entity.aliases)} if entity.aliases else {}
    return {"id": entity.id, "type": entity.type, "name": entity.name, **aliases}


def _relation(relation: Relation) -> dict[str, Any]:
    role = "title" if relation.type is RelationType.AFFILIATED_WITH else "role"
    days = relation.date
    record = {
        "type": relation.type,
        "head": relation.head,
        "tail": relation.tail,
        role: relation.role,
        "modality": relation.modality if relation.modality is Modality.PLANNED else None,
        "date": days and {"from": days.first, "to": days.last, "precision": days.precision},
        "quote": relation.evidence[0].quote,
    }
    return {name: value for name, value in record.items() if value is not None}


def _file_name(key: str) -> str:
    """The key where it can be the name of a file, else what can be kept of it and a hash."""
    name = _NO_NAME.sub("-", key).strip("-.")[:_LONGEST_NAME]
    return name if name == key else f"{name}-{hashlib.sha256(key.encode(errors='replace')).hexdigest()[:8]}"


def _pretty(annotation: dict[str, Any]) -> bytes:
    """JSON with a line for each entity and relation."""
    return ("{\n" + ",\n".join(_member(name, value) for name, value in annotation.items()) + "\n}\n").encode()


def _member(name: str, value: str | Sequence[Any]) -> str:
    if isinstance(value, str):
        return f' "{name}": {json.dumps(value, ensure_ascii=False)}'
    lines = ",\n".join(f"  {json.dumps(each, ensure_ascii=False)}" for each in value)
    return f' "{name}": [\n{lines}\n ]' if lines else f' "{name}": []'
