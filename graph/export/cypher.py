"""A Cypher script that makes the part of the graph anew in another database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from graph.convert import edges, graph_fields, nodes
from graph.export.text import chunks
from graph.schema import FORUM_SERIES
from graph.subgraph import Content
from graph.tables import CLAIMS

__all__ = ["statements", "write"]

_ROWS = 500
"""Rows a statement; the server keeps the plan of one in memory while it runs."""

_CONSTRAINTS = "".join(
    f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE;\n"
    for label in ("Entity", FORUM_SERIES, "Claim", "Document")
)
_ESCAPED = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile("[\\\\'\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


def write(content: Content) -> Iterator[bytes]:
    """A script for Neo4j Browser, cypher-shell or `statements`; running it twice changes nothing.

    Nodes carry ``Entity`` and their type, but not ``Huitu``: they are the other database's own. The first line says
    whether it is cut.
    """
    return chunks(_parts(content))


def statements(content: bytes) -> Iterator[str]:
    """The statements of a script that `write` made, to be run one after the other."""
    for part in content.decode().split(";\n"):
        if statement := "\n".join(line for line in part.splitlines() if not line.startswith("//")).strip():
            yield statement


def _parts(content: Content) -> Iterator[str]:
    stated = ", ".join(f"{name}: {value}" for name, value in graph_fields(content).items())
    yield f"// An export of a Huitu graph. {_SPECIAL.sub(' ', stated)}\n"
    yield _CONSTRAINTS
    named = ((fields["type"], {"id": id, **fields}) for id, fields in nodes(content))
    for label, rows in _batches(named):
        key = label if label == FORUM_SERIES else "Entity"
        yield f"UNWIND {_list(rows)} AS row\nMERGE (n:{key} {{id: row.id}}) SET n += row, n:{label};\n"
    linked = (
        (fields.pop("relation"), {"head": head, "tail": tail, "properties": fields})
        for head, tail, _, fields in edges(content)
    )
    for relation, rows in _batches(linked):
        tail = FORUM_SERIES if relation == "EDITION_OF" else "Entity"
        yield f"UNWIND {_list(rows)} AS row\nMATCH (h:Entity {{id: row.head}}) MATCH (t:{tail} {{id: row.tail}})\n"
        yield f"MERGE (h)-[r:{relation}]->(t) SET r += row.properties;\n"
    stating = (("Claim", _claim(dict(zip(CLAIMS.names, row, strict=True)))) for row in CLAIMS.rows(content))
    for _, rows in _batches(stating):
        yield f"UNWIND {_list(rows)} AS row\nMATCH (s:Entity {{id: row.subject}}) MATCH (o:Entity {{id: row.object}})\n"
        yield "MERGE (c:Claim {id: row.claim.id}) SET c += row.claim\n"
        yield "MERGE (c)-[:SUBJECT]->(s) MERGE (c)-[:OBJECT]->(o)\n"
        yield "MERGE (d:Document {id: row.document.id}) SET d += row.document MERGE (d)-[:STATES]->(c);\n"


def _claim(row: dict[str, Any]) -> dict[str, Any]:
    known = {name: value for name, value in row.items() if value is not None}
    apart = ("subject", "object", "subject_name", "object_name")
    document = {name.removeprefix("document_"): known.pop(name) for name in list(known) if name.startswith("document_")}
    claim = {name: value for name, value in known.items() if name not in apart}
    return {"subject": row["subject"], "object": row["object"], "claim": claim, "document": document}


def _batches(rows: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Rows of one kind together, as far as they lie near: labels and types are part of a statement's text."""
    rows = iter(rows)
    while batch := list(islice(rows, _ROWS)):
        for kind in sorted({kind for kind, _ in batch}):
            yield kind, [row for own, row in batch if own == kind]


def _list(rows: list[dict[str, Any]]) -> str:
    return "[\n" + ",\n".join(map(_literal, rows)) + "]"


def _literal(value: Any) -> str:
    if isinstance(value, str):
        return f"'{_SPECIAL.sub(_escape, value)}'"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_literal(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_literal, value)) + "]"
    return repr(value)


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    return _ESCAPED.get(character) or f"\\u{ord(character):04x}"
