"""docker-compose.yml and the Dockerfile, as far as they can be checked without a container engine."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.embedded.config import HARDENING

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    composed = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    services: dict[str, Any] = composed["services"]
    return services


@pytest.fixture(scope="module")
def dockerfile() -> list[list[str]]:
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    return [shlex.split(line, comments=True) for line in text.splitlines() if line and not line.startswith("#")]


def settings_of(environment: dict[str, str]) -> dict[str, str]:
    """Undo the naming of the image: ``_`` stands for a dot, ``__`` for an underscore."""
    names = {name: name.removeprefix("NEO4J_") for name in environment if name != "NEO4J_AUTH"}
    return {
        name.replace("__", "\0").replace("_", ".").replace("\0", "_"): environment[variable]
        for variable, name in names.items()
    }


def test_neo4j_is_hardened_as_the_embedded_server_is(services: dict[str, Any]) -> None:
    settings = settings_of(services["neo4j"]["environment"])
    del settings["browser.post_connect_cmd"]
    sizes = {name for name in settings if name.startswith(("server.memory.", "db.memory."))}
    assert {name: value for name, value in settings.items() if name not in sizes} == HARDENING
    assert "db.memory.transaction.max" in sizes


def test_neo4j_browser_takes_style_and_guide_from_the_api_beside_it(services: dict[str, Any]) -> None:
    commands = settings_of(services["neo4j"]["environment"])["browser.post_connect_cmd"].split("; ")
    assert commands == [
        "style http://127.0.0.1:8000/browser/style.grass",
        "guide http://127.0.0.1:8000/browser/guide.zh.html",
    ]
    assert services["api"]["ports"] == ["127.0.0.1:8000:8000"]


def test_it_is_the_same_neo4j(services: dict[str, Any]) -> None:
    pinned = re.search(r"org\.neo4j:neo4j:(\d+\.\d+)", (ROOT / "graph" / "artifacts.lock").read_text())
    assert pinned is not None
    assert services["neo4j"]["image"] == f"neo4j:{pinned.group(1)}-community"


def test_the_api_waits_for_a_healthy_neo4j(services: dict[str, Any]) -> None:
    assert services["api"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert services["neo4j"]["healthcheck"]["test"][0] == "CMD"
    assert services["api"]["environment"]["NEO4J_URI"] == "bolt://neo4j:7687"


def test_there_is_no_default_password(services: dict[str, Any]) -> None:
    assert services["neo4j"]["environment"]["NEO4J_AUTH"].startswith("neo4j/${NEO4J_PASSWORD:?")
    assert services["api"]["environment"]["NEO4J_PASSWORD"].startswith("${NEO4J_PASSWORD:?")


def test_ports_are_bound_to_loopback(services: dict[str, Any]) -> None:
    ports = [port for service in services.values() for port in service["ports"]]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_data_lies_on_volumes_that_are_declared(services: dict[str, Any]) -> None:
    declared = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["volumes"]
    used = {volume.split(":")[0] for service in services.values() for volume in service["volumes"]}
    assert used == set(declared)
    assert "neo4j-data:/data" in services["neo4j"]["volumes"]


def test_the_image_installs_what_is_locked_and_runs_as_a_plain_user(dockerfile: list[list[str]]) -> None:
    runs = [" ".join(line) for line in dockerfile if line[0] == "RUN"]
    assert any("--require-hashes -r requirements.lock" in run for run in runs)
    last = dockerfile[max(i for i, line in enumerate(dockerfile) if line[0] == "FROM") :]
    users = [line[1] for line in last if line[0] == "USER"]
    assert users
    assert users[-1] not in {"root", "0"}


def test_all_that_is_copied_exists_and_is_not_ignored(dockerfile: list[list[str]]) -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = {
        source for line in dockerfile if line[0] == "COPY" and not line[1].startswith("--from") for source in line[1:-1]
    }
    assert {"cypher", "graph", "extract", "api", "huitu", "requirements.lock"} <= copied
    assert copied == allowed
    assert all((ROOT / source).exists() for source in copied)


def test_the_command_of_the_image_listens_on_the_published_port(
    services: dict[str, Any], dockerfile: list[list[str]]
) -> None:
    command = " ".join(next(line for line in dockerfile if line[0] == "CMD"))
    (port,) = (port.rsplit(":", 1)[1] for port in services["api"]["ports"])
    assert re.search(rf"--port,? {port}\b", command)
