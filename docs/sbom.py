"""Writes the software bill of materials: ``python docs/sbom.py FILE``, without a network.

CycloneDX 1.6 as JSON: the packages of requirements.lock and the jars of graph/artifacts.lock with their versions and
SHA-256 digests, and their licences as the installed package or the jar states them. It holds neither the time nor a
serial number: the same lock files and packages give the same bytes.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from graph.artifacts import LOCK_FILE, class_path

ROOT = Path(__file__).parents[1]
UNSTATED = {"org.neo4j": "GPL-3.0", "org.neo4j.app": "GPL-3.0"}
"""Licences of groups whose jars state none, as their projects do (NOTICE)."""

TEXTS = {"Apache License": "Apache-2.0", "MIT License": "MIT"}
"""Licences of jars that only hold the text, by words of its head."""

ADDRESSES = {
    "apache": "Apache-2.0",
    "epl-?v?2": "EPL-2.0",
    "edl-?v1|EDLv1": "EDL-1.0",
    "classpath": "GPL-2.0 with Classpath Exception",
    "mit-license": "MIT",
    "BSD-2": "BSD-2-Clause",
    "BSD-3": "BSD-3-Clause",
    "antlr": "BSD-3-Clause",
}
"""Licences that manifests state as the address of the text, by words of it."""


def bill() -> dict[str, Any]:
    """The bill as a JSON object."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    huitu = _component("application", project["name"], project["version"], f"pkg:pypi/huitu@{project['version']}")
    found = [*_python(), *_java()]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**huitu, "licenses": [{"expression": project["license"]}]}},
        "components": sorted(found, key=lambda each: str(each["purl"])),
    }


def _python() -> Iterator[dict[str, Any]]:
    """Each pin of the lock file; several digests are those of its wheels for several platforms."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    for pin in re.split(r"\n(?=\S)", lock.strip()):
        name, version = pin.split()[0].split("==")
        hashes = sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", pin))
        licences = _python_licences(name)
        yield _component("library", name, version, f"pkg:pypi/{name}@{version}", hashes, licences)


def _python_licences(name: str) -> list[dict[str, Any]]:
    """As the package states them; none of one that is only for other platforms and not installed here."""
    try:
        metadata = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return []
    if "License-Expression" in metadata:
        return [{"expression": metadata["License-Expression"]}]
    classified = [each.split(" :: ")[-1] for each in metadata.get_all("Classifier") or [] if "License ::" in each]
    stated = metadata["License"].strip() if "License" in metadata else ""
    return _named(classified or ([stated.splitlines()[0][:100]] if stated else []))


def _java() -> Iterator[dict[str, Any]]:
    """Each jar once, though two class paths may share it."""
    locked, jars = tomllib.loads(LOCK_FILE.read_text("utf-8")), {}
    for name, paths in (("neo4j", class_path("neo4j")), ("hanlp", class_path("hanlp"))):
        for (coordinate, pinned), path in zip(locked[name]["jars"].items(), paths, strict=True):
            jars[coordinate] = pinned["sha256"], path
    for coordinate, (digest, path) in jars.items():
        group, artifact, version, *classifier = coordinate.split(":")
        suffix = f"?classifier={classifier[0]}&type=jar" if classifier else "?type=jar"
        purl = f"pkg:maven/{group}/{artifact}@{version}{suffix}"
        yield {"group": group, **_component("library", artifact, version, purl, [digest], _jar_licences(path, group))}


def _jar_licences(path: Path, group: str) -> list[dict[str, Any]]:
    """As its pom.xml, its manifest or the licence text inside says, in this order."""
    with zipfile.ZipFile(path) as jar:
        names = jar.namelist()
        poms = [name for name in names if re.fullmatch(r"META-INF/maven/[^/]+/[^/]+/pom\.xml", name)]
        if len(poms) == 1:  # more of them are of what was packed into the jar
            found = etree.fromstring(jar.read(poms[0]), etree.XMLParser(resolve_entities=False, no_network=True))
            if stated := [str(each.text).strip() for each in found.iterfind("{*}licenses/{*}license/{*}name")]:
                return _named(stated)
        manifest = jar.read("META-INF/MANIFEST.MF").decode() if "META-INF/MANIFEST.MF" in names else ""
        bundle = re.search(r"^Bundle-License: (.+)$", re.sub(r"\r?\n ", "", manifest), re.MULTILINE)
        if bundle is not None:
            return _named([_licence_at(each.strip()) for each in bundle.group(1).split(",")])
        for name in sorted(names):
            if re.fullmatch(r"(META-INF/)?LICEN[CS]E(\.txt|\.md)?", name, re.IGNORECASE):
                head = jar.read(name)[:300].decode("utf-8", "replace")
                if known := [id for words, id in TEXTS.items() if words in head]:
                    return _named(known)
    return _named([UNSTATED[group]] if group in UNSTATED else [])


def _licence_at(stated: str) -> str:
    """The licence that one entry of ``Bundle-License`` names, by name or by the address of its text."""
    words = stated.split(";")[0].strip(' "')
    if "://" not in words:
        return words
    found = (id for pattern, id in ADDRESSES.items() if re.search(pattern, words, re.IGNORECASE))
    return next(found, words.partition("://")[2])


def _named(names: list[str]) -> list[dict[str, Any]]:
    return [{"license": {"name": name}} for name in sorted(set(names))]


def _component(
    type: str,
    name: str,
    version: str,
    purl: str,
    hashes: list[str] | None = None,
    licences: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    component: dict[str, Any] = {"type": type, "bom-ref": purl, "name": name, "version": version, "purl": purl}
    if licences:
        component["licenses"] = licences
    if hashes:
        component["hashes"] = [{"alg": "SHA-256", "content": digest} for digest in hashes]
    return component


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(bill(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"wrote {target}")
