"""JSON-LD in the words of schema.org; the context is in the file, nothing is fetched to read it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from graph.export.text import chunks
from graph.export.vocabulary import PREFIXES, resources
from graph.subgraph import Content

__all__ = ["write"]

_encode = json.JSONEncoder(ensure_ascii=False).encode


def write(content: Content) -> Iterator[bytes]:
    """UTF-8 JSON-LD 1.1; the resource ``urn:huitu:export`` says whether it is complete.

    The same triples as `graph.export.turtle`. A character that XML cannot hold becomes U+FFFD, as stores write RDF as
    XML too.
    """
    return chunks(_parts(content))


def _parts(content: Content) -> Iterator[str]:
    before = f'{{"@context": {_encode(dict(PREFIXES))},\n"@graph": [\n'
    for resource in resources(content):
        yield before + _encode(resource).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        before = ",\n"
    yield "\n]}\n"
