from __future__ import annotations

import ast
import importlib.metadata
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("cypher", "graph", "extract", "api", "huitu")
MAY_IMPORT = {
    "cypher": set(),
    "graph": {"cypher"},
    "extract": {"graph.schema", "graph.names", "graph.artifacts", "graph.errors"},
    "api": {"cypher", "graph", "extract"},
    "huitu": {"cypher", "graph", "extract", "api"},
}


def imports(file: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import"
            assert node.module is not None
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def allowed(package: str, module: str) -> bool:
    top = module.split(".")[0]
    if top not in PACKAGES or top == package:
        return True
    return any(module == each or module.startswith(f"{each}.") for each in MAY_IMPORT[package])


def broken(package: str, file: Path) -> set[str]:
    """Imports of ``file`` against the direction; ``from graph import schema`` is one of graph.schema, not of graph."""
    found = set(imports(file))
    parents = {module.rsplit(".", 1)[0] for module in found if allowed(package, module)}
    return {module for module in found - parents if not allowed(package, module)}


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_import_in_one_direction(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    assert files
    assert {str(file.relative_to(ROOT)): found for file in files if (found := broken(package, file))} == {}


@pytest.mark.parametrize(
    ("package", "line"),
    [
        ("graph", "from extract import Extractor"),
        ("graph", "def f():\n    import extract.engines"),
        ("cypher", "import graph"),
        ("extract", "from graph.client import Graph"),
        ("extract", "from graph import client"),
        ("extract", "import graph"),
        ("api", "from huitu.main import main"),
    ],
)
def test_the_check_sees_an_import_against_the_direction(tmp_path: Path, package: str, line: str) -> None:
    file = tmp_path / "module.py"
    file.write_text(line, encoding="utf-8")
    assert broken(package, file)


def test_what_is_known_of_names_needs_no_more_than_the_schema() -> None:
    modules = {module for file in (ROOT / "graph" / "names").rglob("*.py") for module in imports(file)}
    ours = {module for module in modules if module.split(".")[0] in PACKAGES}
    assert all(module == "graph" or module.startswith(("graph.names", "graph.schema")) for module in ours), ours


@pytest.mark.parametrize(
    "line",
    [
        "from graph.schema import Document",
        "from graph import schema",
        "from graph.names import lexicon",
        "import graph.artifacts",
    ],
)
def test_extract_may_use_records_and_names(tmp_path: Path, line: str) -> None:
    file = tmp_path / "module.py"
    file.write_text(line, encoding="utf-8")
    assert not broken("extract", file)


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_with_such_general_names_are_loaded_from_this_project(package: str, tmp_path: Path) -> None:
    code = f"import {package}; print({package}.__file__)"
    found = subprocess.run([sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()).parent == ROOT / package


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_brings_a_package_of_that_name(package: str) -> None:
    assert set(importlib.metadata.packages_distributions().get(package, ["huitu"])) == {"huitu"}


def test_reading_cypher_and_schema_needs_no_database_driver(tmp_path: Path) -> None:
    code = "import sys, cypher, graph.schema; print([m for m in ('neo4j', 'fastapi', 'jpype') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_tests_are_flat() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))
