"""Builds the documentation: the pages beside this file, and a reference made from the code. ``make docs`` runs it.

Pages are gathered in ``build/docs`` and made into ``build/site`` by Zensical, which asks nobody for anything.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import typer

import cypher
from api import create_app
from api.errors import PROBLEMS
from extract.engines.hanlp2 import Hanlp2Settings
from extract.engines.llm import LlmSettings
from graph.client import Graph
from graph.schema import ENTITY_NAMES_ZH, RELATIONS
from graph.settings import Connection, GraphSettings
from huitu.main import command_line

ROOT = Path(__file__).parents[1]
GATHERED = ROOT / "build" / "docs"


def commands() -> Iterator[str]:
    """Every command with its arguments and options, as ``--help`` has them."""
    yield "# Commands"
    for name, command in _leaves(typer.main.get_command(command_line()), "huitu"):
        yield f"\n## {name}\n\n{command.help}\n"
        rows = [
            (", ".join([*each.opts, *each.secondary_opts]), getattr(each, "help", None) or "", each.envvar or "")
            for each in command.params
        ]
        yield from _table(("argument or option", "meaning", "variable"), rows)


def settings() -> Iterator[str]:
    """Every setting of the database and of the engines."""
    yield "# Settings\n\nSettings are environment variables. Those of the API are options of `huitu serve` too.\n"
    rows = []
    fields = [each.model_fields.values() for each in (GraphSettings, Hanlp2Settings, LlmSettings)]
    for field in chain.from_iterable(fields):
        default = "the platform's folder" if field.default_factory else None if field.is_required() else field.default
        shown = "" if default is None else json.dumps(default) if isinstance(default, dict) else str(default)
        rows.append((f"`{field.validation_alias}`", field.description or "", shown))
    yield from _table(("variable", "meaning", "default"), rows)


def ontology() -> Iterator[str]:
    """Entity types and relation types."""
    yield "# The ontology\n"
    yield from _table(("entity type", "中文"), [(f"`{kind}`", zh) for kind, zh in ENTITY_NAMES_ZH.items()])
    yield ""
    rows = [
        (f"`{kind}`", ", ".join(sorted(spec.heads)), ", ".join(sorted(spec.tails)), spec.zh, spec.en)
        for kind, spec in RELATIONS.items()
    ]
    yield from _table(("relation", "from", "to", "中文", "English"), rows)


def api() -> Iterator[str]:
    """Every operation of the API."""
    with Graph(Connection("bolt://127.0.0.1:1", "neo4j", "", None)) as nobody:
        description = create_app(nobody).openapi()
    yield "# The API\n\nThe running API describes itself at `/docs`, with examples to send."
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            yield f"\n## `{method.upper()} {path}`\n\n{operation.get('description') or operation.get('summary', '')}\n"
            rows = [
                (f"`{each['name']}`", each["in"], each.get("description", ""))
                for each in operation.get("parameters", ())
            ]
            if rows:
                yield from _table(("parameter", "in", "meaning"), rows)
                yield ""
            yield "Answers: " + ", ".join(f"{status}" for status in operation["responses"]) + "."


def problems() -> Iterator[str]:
    """Every kind of problem with which the API answers."""
    yield "# Problems\n\nErrors are problems as RFC 9457 has them; the last part of `type` is one of these.\n"
    rows = [(f"`{slug}`", str(kind.status), kind.explanation) for slug, kind in PROBLEMS.items()]
    yield from _table(("problem", "status", "meaning"), rows)


def statements() -> Iterator[str]:
    """Every Cypher statement."""
    yield "# Cypher statements\n\nAll that Huitu asks of Neo4j, one file each in `cypher/`."
    for name in cypher.names():
        yield f"\n## {name}\n\n```cypher\n{cypher.load(name).strip()}\n```"


REFERENCE: Mapping[str, Callable[[], Iterator[str]]] = {
    "commands": commands,
    "settings": settings,
    "ontology": ontology,
    "api": api,
    "problems": problems,
    "cypher": statements,
}


def gather() -> None:
    """Put all pages into `GATHERED`."""
    shutil.rmtree(GATHERED, ignore_errors=True)
    (GATHERED / "reference").mkdir(parents=True)
    for page in sorted((ROOT / "docs").glob("*.md")):
        shutil.copy(page, GATHERED)
    shutil.copytree(ROOT / "docs" / "pictures", GATHERED / "pictures")
    for name, content in REFERENCE.items():
        (GATHERED / "reference" / f"{name}.md").write_text("\n".join(content()) + "\n", encoding="utf-8")


def _leaves(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    children = getattr(command, "commands", None)
    if children is None:
        yield name, command
        return
    for child, each in children.items():
        yield from _leaves(each, f"{name} {child}")


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        cells = (" ".join(cell.split()).replace("|", "\\|").replace("<", "&lt;") for cell in row)
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    gather()
    zensical = Path(sys.executable).with_name("zensical")
    sys.exit(subprocess.run([zensical, "build", "--clean", "--strict"], cwd=ROOT, check=False).returncode)
