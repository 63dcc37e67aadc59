"""RDF Turtle in the words of schema.org."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from graph.export.text import chunks
from graph.export.vocabulary import PREFIXES, Resource, resources
from graph.subgraph import Content

__all__ = ["write"]

_SPECIAL = re.compile('[\\\\"\n\r\t\x7f-\x9f\u2028\u2029]')
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def write(content: Content) -> Iterator[bytes]:
    """UTF-8 Turtle, the same triples as `graph.export.jsonld`, resource by resource."""
    return chunks(_parts(content))


def _parts(content: Content) -> Iterator[str]:
    for name, address in PREFIXES.items():
        yield f"@prefix {name}: <{address}> .\n"
    for resource in resources(content):
        yield _block(resource)


def _block(resource: Resource) -> str:
    said = []
    for name, value in resource.items():
        if name == "@type":
            said.append(f"a {', '.join(value)}")
        elif name != "@id":
            values = value if isinstance(value, list) else [value]
            said.append(f"{name} {', '.join(map(_term, values))}")
    return f"<{resource['@id']}> " + " ;\n  ".join(said) + " .\n"


def _term(value: Any) -> str:
    if isinstance(value, str):
        return _literal(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    return f"<{value['@id']}>" if "@id" in value else f"{_literal(value['@value'])}^^{value['@type']}"


def _literal(text: str) -> str:
    return f'"{_SPECIAL.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    return _ESCAPED.get(found[0]) or f"\\u{ord(found[0]):04x}"
