"""What Java has made of the jars, kept for the next start: class data sharing (CDS).

Of a server's start two thirds are Java's work on 12,000 classes, the same each time. The first server that is stopped
writes it down (some seconds, 120 MB), and `keep` puts that into the cache, where servers and admin tools find it. Java
checks it against its own version, the jars and the options, and works without it where they differ.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from graph.artifacts import cache_dir
from graph.embedded.config import JVM_OPTIONS

__all__ = ["keep", "reading", "sharing", "written"]

_QUIET = ("-Xshare:auto", "-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-Xlog:class+path=off")


def reading(java: Path, jars: Sequence[Path]) -> list[str]:
    """Java options that use the archive, if there is one.

    Args:
        java: home of the Java that is to run.
        jars: its class path.
    """
    archive = _archive(java, jars)
    return [f"-XX:SharedArchiveFile={archive}", *_QUIET] if archive.exists() else []


def sharing(home: Path, java: Path, jars: Sequence[Path]) -> list[str]:
    """As `reading`; without an archive, options that write one when the server in ``home`` is stopped."""
    written(home).unlink(missing_ok=True)  # of one that was killed while it wrote
    return reading(java, jars) or [*_base(java), f"-XX:ArchiveClassesAtExit={written(home)}", *_QUIET]


def keep(home: Path, java: Path, jars: Sequence[Path]) -> None:
    """Put what a server in ``home`` wrote, which was stopped, into the cache; older archives go."""
    archive = _archive(java, jars)
    if not archive.exists():
        archive.parent.mkdir(parents=True, exist_ok=True)
        for old in archive.parent.glob("neo4j-*.jsa"):
            old.unlink(missing_ok=True)
        _copied(written(home), archive)
    written(home).unlink()


def written(home: Path) -> Path:
    """The archive that a server in ``home`` writes when it is stopped."""
    return home / "run" / "classes.jsa"


def _archive(java: Path, jars: Sequence[Path]) -> Path:
    """The place of the archive for this Java, these jars where they lie, and our options."""
    release = java / "release"
    version = release.read_text(encoding="utf-8") if release.exists() else ""
    return _folder() / f"neo4j-{_digest(version, str(java), *map(str, jars), *JVM_OPTIONS)}.jsa"


def _base(java: Path) -> list[str]:
    """The option that names Java's archive of its own classes, made here where Java came without one."""
    if any((java / "lib" / "server").glob("classes*.jsa")):
        return []
    base = _folder() / f"java-{_digest(str(java))}.jsa"
    if not base.exists():
        base.parent.mkdir(parents=True, exist_ok=True)
        made = base.with_suffix(f".{os.getpid()}")
        command = [str(java / "bin" / "java"), "-XX:+UseG1GC", "-Xshare:dump", f"-XX:SharedArchiveFile={made}"]
        subprocess.run(command, capture_output=True, check=True)
        made.replace(base)
    return [f"-XX:SharedArchiveFile={base}"]


def _folder() -> Path:
    return cache_dir() / "classes"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _copied(source: Path, target: Path) -> None:
    """Across file systems, so that nobody ever sees a part of it."""
    part = target.with_suffix(f".{os.getpid()}")
    shutil.copyfile(source, part)
    part.replace(target)
