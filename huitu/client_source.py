"""Makes `huitu.client.operations` from the description of the API: ``python -m huitu.client_source``.

A method is named by its path: ``GET /v1/entities/{id}/claims`` is ``entity_claims``, ``POST /v1/decisions`` is
``create_decision``. A schema becomes a `TypedDict`, a list of pages an iterator over its items.
"""

from __future__ import annotations

import keyword
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from api import create_app
from graph.client import Graph
from graph.settings import Connection

__all__ = ["TARGET", "description", "method_name", "operations", "source"]

TARGET = Path(__file__).parent / "client" / "operations.py"

_HEAD = '''"""The operations of the service. Made by ``python -m huitu.client_source``: do not edit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

from huitu.client.transport import Transport, path_of

'''
_NAMED = {
    "post /v1/match": "match",
    "post /v1/extract": "extract",
    "post /v1/cypher": "cypher",
    "post /v1/jobs/{id}/cancel": "cancel_job",
    "post /v1/jobs/{id}/retry": "retry_job",
}
"""What creates nothing."""
_VERBS = {"get": "", "post": "create_", "put": "replace_", "patch": "update_", "delete": "delete_"}
_SINGULAR = {"people": "person", "entities": "entity", "series": "one_series", "statistics": "statistics"}
_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_LEFT_OUT = ("Problem", "FieldProblem", "Body_")
"""Schemas of errors, and of forms."""
_WIDTH = 110

Schema = Mapping[str, Any]


def description() -> dict[str, Any]:
    """The OpenAPI description; no database is asked."""
    with Graph(Connection("bolt://127.0.0.1:1", "neo4j", "", None)) as nobody:
        return create_app(nobody).openapi()


def source(openapi: Mapping[str, Any]) -> str:
    """The module for a description, formatted."""
    schemas: Mapping[str, Schema] = openapi["components"]["schemas"]
    sent = set(_sent(openapi))
    shown = {name: each for name, each in schemas.items() if not _is_page(each) and not name.startswith(_LEFT_OUT)}
    parts = [_HEAD]
    parts += [f"{_name(name)}: TypeAlias = {_enum(each)}\n" for name, each in shown.items() if "enum" in each]
    parts += [_dictionary(name, each, name in sent) for name, each in shown.items() if "enum" not in each]
    parts.append('\n\nclass Client(Transport):\n    """The service; see `Transport` for how to open it."""\n')
    for method, path, operation in operations(openapi):
        parts.append("\n" + _method(method, path, operation, schemas))
    text = "".join(parts)
    ruff = [sys.executable, "-m", "ruff"]
    for command in ([*ruff, "check", "--fix-only", "--quiet", "-"], [*ruff, "format", "--quiet", "-"]):
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd=TARGET.parent)
        text = done.stdout
    return text


def operations(openapi: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Method, path and description of what the client has.

    OpenRefine's protocol is for OpenRefine, server-sent events are for pages, and files are uploaded by `Transport`.
    """
    for path, methods in openapi["paths"].items():
        for method, operation in methods.items():
            sent = operation.get("requestBody", {}).get("content", {})
            if (
                not path.startswith("/v1/reconcile")
                and not path.endswith("/events")
                and "multipart/form-data" not in sent
            ):
                yield method, path, operation


def method_name(method: str, path: str) -> str:
    """``entity_claims`` for ``get /v1/entities/{id}/claims``."""
    if f"{method} {path}" in _NAMED:
        return _NAMED[f"{method} {path}"]
    parts = [part for part in path.split("/") if part not in ("", "v1")]
    words = []
    for place, part in enumerate(parts):
        if part.startswith("{"):
            continue
        single = place + 1 < len(parts) and parts[place + 1].startswith("{")
        words.append(_singular(part) if single or (method == "post" and place + 1 == len(parts)) else part)
    return _VERBS[method] + re.sub(r"\W+", "_", "_".join(words))


def _singular(word: str) -> str:
    return _SINGULAR.get(word, word.removesuffix("s"))


def _name(schema: str) -> str:
    return re.sub(r"\W+", "_", schema).strip("_")


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        return _name(schema["$ref"].rsplit("/", 1)[-1])
    if "const" in schema:
        return f"Literal[{schema['const']!r}]"
    if "enum" in schema:
        return _enum(schema)
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " | ".join(dict.fromkeys(map(_type, schema[several])))
    kind = schema.get("type")
    if kind == "array":
        return f"list[{_type(schema.get('items', {}))}]"
    if kind == "object":
        more = schema.get("additionalProperties")
        return f"dict[str, {_type(more) if isinstance(more, Mapping) else 'Any'}]"
    return _PLAIN.get(str(kind), "Any")


def _is_page(schema: Schema) -> bool:
    return {"items", "next"} <= set(schema.get("properties", ()))


def _enum(schema: Schema) -> str:
    return f"Literal[{', '.join(map(repr, schema['enum']))}]"


def _dictionary(name: str, schema: Schema, sent: bool) -> str:
    """What the service sends is there in full; what it is sent may lack what has a default."""
    required = schema.get("required", ()) if sent else schema.get("properties", ())
    fields = [
        f"    {field!r}: {_type(each) if field in required else f'NotRequired[{_type(each)}]'},\n"
        for field, each in schema.get("properties", {}).items()
    ]
    return f"\n{_name(name)} = TypedDict({_name(name)!r}, {{\n{''.join(fields)}}})\n"


def _sent(openapi: Mapping[str, Any]) -> Iterator[str]:
    """Names of the schemas that requests hold."""
    schemas = openapi["components"]["schemas"]
    bodies = [each["requestBody"] for _, _, each in operations(openapi) if "requestBody" in each]
    waiting = [name for body in bodies for name in _references(body)]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            yield name
            waiting += _references(schemas[name])


def _references(schema: Any) -> list[str]:
    return re.findall(r"'#/components/schemas/([^']+)'", repr(schema))


def _method(method: str, path: str, operation: Mapping[str, Any], schemas: Mapping[str, Schema]) -> str:
    parameters = [each for each in operation.get("parameters", ()) if each["in"] in ("path", "query")]
    within = [each for each in parameters if each["in"] == "path"]
    answer, call = _answer(method, operation, schemas)
    walked = ("cursor",) if call == "_pages" else ()
    asked = [each for each in parameters if each["in"] == "query" and each["name"] not in walked]
    body = _content(operation.get("requestBody", {}))
    first = [f"{_argument(each['name'])}: {_type(each['schema'])}" for each in within]
    first += [f"body: {_type(body['application/json'].get('schema', {}))}"] if body else []
    named = [
        f"{_argument(each['name'])}: {_given(each)}"
        for each in sorted(asked, key=lambda each: not each.get("required", False))
    ]
    address = repr(path)
    if within:
        given = ", ".join(f"{each['name']}={_argument(each['name'])}" for each in within)
        address = f"path_of({path!r}, {given})"
    query = ", ".join(f"{each['name']!r}: {_argument(each['name'])}" for each in asked)
    arguments = [address, f"{{{query}}}"]
    if call == "_json":
        arguments = [repr(method.upper()), *arguments, *(["body"] if body else [])]
    signature = ", ".join(["self", *first, *(["*", *named] if named else [])])
    lines = [f"    def {method_name(method, path)}({signature}) -> {answer}:", *_docstring(operation, asked)]
    kept = f"        answer: {answer} = self.{call}({', '.join(arguments)})"
    return "\n".join([*lines, kept, "        return answer", ""])


def _argument(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def _given(parameter: Mapping[str, Any]) -> str:
    type = _type(parameter["schema"])
    if parameter.get("required", False):
        return type
    return f"{type if 'None' in type.split(' | ') else f'{type} | None'} = None"


def _content(part: Mapping[str, Any]) -> Mapping[str, Any]:
    return {kind: each for kind, each in part.get("content", {}).items() if kind == "application/json"}


def _answer(method: str, operation: Mapping[str, Any], schemas: Mapping[str, Schema]) -> tuple[str, str]:
    """The type of what comes back, and which way of `Transport` brings it."""
    good: Mapping[str, Any] = next(
        (each for status, each in operation["responses"].items() if status.startswith("2")), {}
    )
    schema = _content(good).get("application/json", {}).get("schema")
    if schema is None and method == "get":
        kinds = list(good.get("content", {}))
        return (
            ("Iterator[dict[str, Any]]", "_lines")
            if kinds == ["application/x-ndjson"]
            else ("Iterator[bytes]", "_bytes")
        )
    named = schemas.get(str((schema or {}).get("$ref", "")).rsplit("/", 1)[-1], {})
    if _is_page(named) and method == "get":
        return f"Iterator[{_type(named['properties']['items']['items'])}]", "_pages"
    return _type(schema or {}), "_json"


def _docstring(operation: Mapping[str, Any], asked: list[Mapping[str, Any]]) -> list[str]:
    lines = [f'        """{_sentence(operation["summary"])}']
    told = [
        f"            {_argument(each['name'])}: {_plain(each['description'])}"
        for each in asked
        if "description" in each
    ]
    if told:
        lines += ["", "        Args:", *told, '        """']
    else:
        lines[0] += '"""'
    return lines


def _sentence(text: str) -> str:
    line = _plain(text)
    return line if line.endswith((".", "?")) else line + "."


def _plain(text: str) -> str:
    """Text that fits a docstring."""
    line = " ".join(text.replace("\\", "").replace('"""', "'''").split())
    return line if len(line) <= _WIDTH - 30 else line[: _WIDTH - 31].rsplit(" ", 1)[0] + " …"


if __name__ == "__main__":
    TARGET.write_text(source(description()), encoding="utf-8")
