"""What README, CHANGELOG and NOTICE say is what the code does; no tracked file names a machine or a registry."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from api import create_app
from extract.engines import ENGINES
from extract.engines.hanlp2 import Hanlp2Settings
from extract.engines.llm import LlmSettings
from graph.client import Graph
from graph.schema import (
    RELATIONS,
    Document,
    Entity,
    EntityType,
    Evidence,
    Extraction,
    Modality,
    Period,
    Relation,
    RelationType,
)
from graph.settings import Connection, GraphSettings
from huitu.main import command_line

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECURITY = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PACKAGES = ("cypher", "graph", "extract", "api", "huitu")


def section(title: str) -> str:
    """The text below a heading of the README, up to the next one."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found is not None, title
    return found.group(1)


def first_column(text: str) -> list[str]:
    """What stands in backticks in the first column of a table."""
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


def commands(command: Any, path: tuple[str, ...] = ("huitu",)) -> Iterator[tuple[str, Any]]:
    """Every command of the command line, with its name in full."""
    children = getattr(command, "commands", None)
    if children is None:
        yield " ".join(path), command
        return
    for name, child in children.items():
        yield from commands(child, (*path, name))


@pytest.fixture(scope="module")
def tree() -> Any:
    return typer.main.get_command(command_line())


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    git = shutil.which("git")
    assert git is not None
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_the_table_of_commands_is_complete(tree: Any) -> None:
    documented = [re.split(r" (?=[A-Z-])", row)[0] for row in first_column(section("Commands"))]
    assert sorted(documented) == sorted(name for name, _ in commands(tree))


def test_every_option_that_the_readme_names_exists(tree: Any) -> None:
    known = {option for _, command in commands(tree) for each in command.params for option in each.opts}
    known |= {option for each in tree.params for option in each.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", README)) <= known | {"--help"}


def test_commands_said_to_print_json_do(tree: Any) -> None:
    sentence = re.search(r"`--json` makes the\s+output of (.*?) a JSON", README, re.DOTALL)
    assert sentence is not None
    said = {f"huitu {name}" for name in re.findall(r"`([^`]+)`", sentence.group(1))}
    assert said == {name for name, command in commands(tree) if any("--json" in each.opts for each in command.params)}


def test_the_table_of_addresses_is_complete() -> None:
    with Graph(Connection("bolt://127.0.0.1:1", "neo4j", "", None)) as nobody:
        paths = create_app(nobody).openapi()["paths"]
    documented = re.findall(r"`(/v1/[^`]+)`", section("The API"))
    assert sorted(documented) == sorted(path for path in paths if path.startswith("/v1/"))


def test_the_table_of_settings_is_complete(tree: Any) -> None:
    documented = first_column(section("Settings"))
    fields = {str(field.validation_alias) for field in GraphSettings.model_fields.values()}
    options = {each.envvar for _, command in commands(tree) for each in command.params if each.envvar}
    read = {
        name
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for name in re.findall(r"\bHUITU_[A-Z][A-Z0-9_]*[A-Z]\b", path.read_text(encoding="utf-8"))
    }
    assert sorted(documented) == sorted(fields | options | read | {"HANLP_HOME"})


def test_defaults_of_settings_are_those_of_the_code() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \|.*\| `?([\w.]+)`? \|$", section("Settings"), re.MULTILINE))
    fields = GraphSettings.model_fields
    for name in ("bolt_port", "http_port", "java", "username"):
        assert rows[str(fields[name].validation_alias)] == str(fields[name].default)
    assert float(rows["HUITU_START_TIMEOUT_S"]) == fields["start_timeout_s"].default
    of_engines = {
        str(field.validation_alias): field.default
        for settings in (LlmSettings, Hanlp2Settings)
        for field in settings.model_fields.values()
    }
    shown = {
        name: "off" if default is False else f"{default:g}" if isinstance(default, float) else str(default)
        for name, default in of_engines.items()
        if isinstance(default, int | float | str)
    }
    assert {name: rows[name] for name in shown} == shown


def test_the_table_of_relations_is_the_ontology() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*?) \| (.*?) \| (.*?) \|$", section("The graph"), re.MULTILINE)
    assert rows == [
        (type.value, ", ".join(sorted(spec.heads)), ", ".join(sorted(spec.tails)), spec.zh)
        for type, spec in RELATIONS.items()
    ]


def test_the_table_of_engines_is_complete() -> None:
    assert set(ENGINES) <= set(first_column(section("Engines")))


def test_the_table_of_dependencies_is_complete() -> None:
    names = [re.split(r"[<>=~!\[ ]", requirement)[0] for requirement in PROJECT["dependencies"]]
    assert sorted(first_column(section("Dependencies"))) == sorted(names)


def test_the_output_contract_is_what_is_written() -> None:
    block = re.search(r"```json\n(.*?)```", section("Output of `huitu extract`"), re.DOTALL)
    assert block is not None
    quote = Evidence(0, 2, "甲乙")
    extraction = Extraction(
        Document("https://example.org/1", "甲乙", "题", "2031-01-01", "报", "https://example.org/1", "1"),
        (
            Entity("e1", EntityType.ORGANIZATION, "甲", ("子",), ((0, 1),)),
            Entity("e2", EntityType.ORGANIZATION, "乙"),
            Entity("e3", EntityType.FORUM, "丙"),
        ),
        (
            Relation(
                RelationType.SIGNED_WITH,
                "e1",
                "e2",
                "test",
                0.9,
                (quote,),
                Modality.HELD,
                "签约",
                "e3",
                Period("2031-01-01", "2031-01-01", "day"),
                "题目",
                ("hanlp1",),
            ),
        ),
    ).validate()
    shown, written = json.loads(block.group(1)), extraction.to_json()
    assert list(shown) == list(written)
    assert list(shown["entities"][0]) == list(written["entities"][0])
    assert list(shown["relations"][0]) == list(written["relations"][0])
    assert list(shown["relations"][0]["date"]) == list(written["relations"][0]["date"])
    assert list(shown["relations"][0]["evidence"][0]) == list(written["relations"][0]["evidence"][0])


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^|\s)make ([a-z-]+)(?=[ `\n])", section_of_commands(), re.MULTILINE))
    assert {"run", "test"} <= named <= targets


def section_of_commands() -> str:
    """Code of the README, inline and in blocks, where `make` is a command and not a word."""
    return "\n".join(re.findall(r"```\n.*?```|`[^`\n]+`", README, re.DOTALL))


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert script.read_text(encoding="utf-8").splitlines()[-1] == "exec make test"


def test_the_changelog_has_the_version_of_the_project() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(PROJECT['version'])}\]", changelog, re.MULTILINE)
    assert "## [Unreleased]" in changelog


def test_the_notice_names_every_locked_package() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([A-Za-z0-9_.-]+)==", lock, re.MULTILINE))
    assert locked
    assert {name for name in locked if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", notice)} == set()


def test_lock_files_have_hashes_and_no_addresses() -> None:
    for path in ROOT.glob("requirements*.lock"):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text
        assert not re.search(r"^-", text, re.MULTILINE), "no options such as an index"
        pins = re.split(r"\n(?=\S)", text.strip())
        assert all("--hash=sha256:" in pin for pin in pins)


def test_every_risk_of_the_owasp_table_names_tests_that_exist() -> None:
    rows = re.findall(r"^\| (API\d+) .*\| (.*) \|$", SECURITY, re.MULTILINE)
    assert [risk for risk, _ in rows] == [f"API{number}" for number in range(1, 11)]
    for risk, named in rows:
        assert_named_tests_exist(risk, named)


def test_every_row_of_the_threat_model_names_tests_that_exist() -> None:
    rows = re.findall(r"^\| ((?:who|a|another) .*?) \|.*\| (.*) \|$", SECURITY, re.MULTILINE)
    assert len(rows) >= 10
    for attacker, named in rows:
        assert_named_tests_exist(attacker, named)


def assert_named_tests_exist(row: str, named: str) -> None:
    tests = re.findall(r"`(test_\w+\.py)::(test_\w+)`", named)
    assert tests, row
    for file, test in tests:
        assert f"\ndef {test}(" in (ROOT / "tests" / file).read_text("utf-8"), test


def test_no_tracked_file_names_a_machine_or_a_registry(tracked: list[Path]) -> None:
    unwanted = re.compile(
        rb"(?<![\w.])/(?:root|Users|work|home/(?!huitu\b))/|pypi\.org|pythonhosted\.org|repo1?\.maven\.|registry\.npmjs"
    )
    found = {
        f"{path.relative_to(ROOT)}: {match.group().decode()}"
        for path in tracked
        for match in unwanted.finditer(path.read_bytes())
    }
    assert found == set()


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License\n                           Version 2.0, January 2004" in text
    assert "9. Accepting Warranty or Additional Liability." in text
    assert "END OF TERMS AND CONDITIONS" in text
