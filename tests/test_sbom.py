"""The software bill of materials names all that is locked, and nothing of the machine."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graph.artifacts import LOCK_FILE

ROOT = Path(__file__).parents[1]


def written(path: Path, seed: str) -> bytes:
    """The bill as a process with another hash seed and no network writes it."""
    settings = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "HTTPS_PROXY": "http://127.0.0.1:9"}
    command = ["env", *(f"{name}={value}" for name, value in settings.items()), sys.executable, "docs/sbom.py", path]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return path.read_bytes()


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return written(tmp_path_factory.mktemp("sbom") / "sbom.json", "0")


@pytest.fixture(scope="module")
def components(content: bytes) -> dict[str, dict[str, Any]]:
    return {each["purl"]: each for each in json.loads(content)["components"]}


def test_every_locked_package_and_jar_is_there_with_its_digests(components: dict[str, dict[str, Any]]) -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    packages = set(re.findall(r"^([\w.-]+==[\w.+!-]+)", lock, re.MULTILINE))
    digests = set(re.findall(r"[0-9a-f]{64}", lock))
    jars = set(re.findall(r'^"([^"]+)" = .*sha256 = "([0-9a-f]{64})"', LOCK_FILE.read_text(), re.MULTILINE))
    found = {"pypi": set[str](), "maven": set[str]()}
    for purl, each in components.items():
        kind = purl.removeprefix("pkg:").split("/")[0]
        found[kind] |= {hashed["content"] for hashed in each["hashes"]}
    assert found == {"pypi": digests, "maven": {digest for _, digest in jars}}
    assert {f"{each['name']}=={each['version']}" for each in components.values() if "group" not in each} == packages
    assert len(components) == len(packages) + len(jars)


def test_licences_are_told_wherever_they_are_stated(components: dict[str, dict[str, Any]]) -> None:
    unknown = {purl for purl, each in components.items() if not each.get("licenses")}
    assert len(unknown) < len(components) / 20
    assert components[next(purl for purl in components if "/org.neo4j/neo4j@" in purl)]["licenses"] == [
        {"license": {"name": "GPL-3.0"}}
    ]


def test_the_same_locks_give_the_same_bytes_without_addresses(content: bytes, tmp_path: Path) -> None:
    assert written(tmp_path / "again.json", "1") == content
    assert b"://" not in content and str(ROOT).encode() not in content
