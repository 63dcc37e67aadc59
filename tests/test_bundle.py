"""A bundle is the same bytes each time, is checked file by file, and installs without a network.

A small project stands in for Huitu: what is tried is the bundle. ``make test-bundle`` packs Huitu itself, which takes a
network, installs it where there is none, and asks it a question.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import offline
import pytest
from test_cli import SAMPLES, environment, huitu

from huitu.bundle import NoSources, NoWheels, TargetExists, UnsafeName, write_bundle

WHOLE = "BUNDLE_WHOLE" in os.environ
PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "huitu"
version = "7.0"
requires-python = ">=3.11"
dependencies = ["gadget"]
[tool.hatch.build.targets.wheel]
packages = ["huitu"]
"""
CODE = 'import gadget, os\nprint("small", os.environ["HUITU_CACHE_DIR"])\n'


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources, with the one wheel that they need and one Java artifact beside them."""
    root = tmp_path_factory.mktemp("project")
    wheel = root / "elsewhere" / "gadget-1.0-py3-none-any.whl"
    texts = {
        "pyproject.toml": PROJECT,
        "LICENSE": "licence",
        "NOTICE": "notice",
        "samples/a.txt": "甲",
        "huitu/__main__.py": CODE,
        "cache/maven/org/example/part/1/part-1.jar": "jar",
    }
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    wheel.parent.mkdir()
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("gadget.py", "")
        archive.writestr("gadget-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: gadget\nVersion: 1.0\n")
        archive.writestr("gadget-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr("gadget-1.0.dist-info/RECORD", "")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (root / "requirements.lock").write_text(f"gadget==1.0 \\\n    --hash=sha256:{digest}\n", encoding="utf-8")
    return root


def packed(project: Path, target: Path, *, force: bool = False) -> str:
    """The bundle of the small project, made without a network."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIP_NO_INDEX", "1")
        patch.setenv("PIP_FIND_LINKS", str(project / "elsewhere"))
        cache = project / "cache"
        return write_bundle(project, sorted(cache.rglob("*.jar")), cache, target, force=force)


@pytest.fixture(scope="module")
def archive(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "bundle.tar"
    packed(project, path)
    return path


@pytest.fixture(scope="module")
def made(archive: Path) -> Path:
    """The unpacked archive."""
    with tarfile.open(archive) as tar:
        assert {path.split("/")[0] for path in tar.getnames()} == {"huitu-7.0"}
        tar.extractall(archive.parent, filter="data")
    return archive.parent / "huitu-7.0"


@pytest.fixture
def bundle(made: Path, tmp_path: Path) -> Path:
    """A copy of the bundle, to be harmed."""
    return shutil.copytree(made, tmp_path / "copied bundle")


def install(bundle: Path, target: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the script of a bundle from another folder."""
    return subprocess.run(
        ["/bin/sh", str(bundle / "install.sh"), str(target)],
        cwd=bundle.parent,
        env={**environment(), "PYTHON": sys.executable, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def listed_anew(bundle: Path) -> None:
    """Write the manifest for what is in the folder now."""
    files = sorted(path for path in bundle.rglob("*") if path.is_file() and path.name != "MANIFEST.sha256")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(bundle)}\n" for path in files]
    (bundle / "MANIFEST.sha256").write_text("".join(lines), encoding="utf-8")


def test_it_holds_what_is_needed_and_nothing_of_the_machine_that_made_it(made: Path, project: Path) -> None:
    assert sorted(str(path.relative_to(made)) for path in made.rglob("*") if path.is_file()) == [
        "LICENSE",
        "MANIFEST.sha256",
        "NOTICE",
        "PLATFORM",
        "install.sh",
        "maven/org/example/part/1/part-1.jar",
        "requirements.txt",
        "samples/a.txt",
        "wheels/gadget-1.0-py3-none-any.whl",
        "wheels/huitu-7.0-py3-none-any.whl",
    ]
    texts = [(made / name).read_text("utf-8") for name in ("MANIFEST.sha256", "PLATFORM", "requirements.txt")]
    assert not any("://" in text or str(project) in text for text in texts)


def test_the_same_sources_give_the_same_bytes(
    project: Path, archive: Path, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(time.time())))
    elsewhere = shutil.copytree(project, tmp_path / "copy", copy_function=shutil.copyfile)
    digest = packed(elsewhere, tmp_path / "bundle.tar")
    assert digest == hashlib.sha256((made / "MANIFEST.sha256").read_bytes()).hexdigest()
    assert (tmp_path / "bundle.tar").read_bytes() == archive.read_bytes()


def test_it_installs_and_starts_with_its_own_cache(bundle: Path, tmp_path: Path) -> None:
    """Into a path that a shell could misread, against settings of pip and Python that lead elsewhere."""
    target = tmp_path / "it's $HOME 会图"
    astray = {"PIP_INDEX_URL": "http://127.0.0.1:9", "PIP_NO_BINARY": ":all:", "PYTHONPATH": str(SAMPLES.parent)}
    done = install(bundle, target, **astray)
    assert done.returncode == 0, done.stderr
    start = [target / "bin" / "huitu"]
    said = subprocess.run(start, env=environment(**astray), capture_output=True, text=True, check=True)
    assert said.stdout.startswith(f"small {os.environ.get('HUITU_CACHE_DIR', f'{target}/cache')}")
    assert (target / "cache/maven/org/example/part/1/part-1.jar").read_text() == "jar"
    assert (target / "samples/a.txt").read_text("utf-8") == "甲"
    again = install(bundle, target)
    assert again.returncode == 1 and "exists" in again.stderr and target.exists()


def damage(bundle: Path) -> None:
    with (bundle / "wheels/gadget-1.0-py3-none-any.whl").open("ab") as handle:
        handle.write(b"x")


def lose(bundle: Path) -> None:
    (bundle / "maven/org/example/part/1/part-1.jar").unlink()


def slip_in(bundle: Path) -> None:
    (bundle / "wheels/gadget-9.0-py3-none-any.whl").symlink_to("/etc/hostname")


def tear_manifest(bundle: Path) -> None:
    """A line that no longer is one of the manifest, so that its file goes unchecked."""
    manifest = bundle / "MANIFEST.sha256"
    manifest.write_text(manifest.read_text().replace(manifest.read_text()[:1], "x", 1))


def change_script(bundle: Path) -> None:
    with (bundle / "install.sh").open("a") as handle:
        handle.write("# more\n")


def without_manifest(bundle: Path) -> None:
    (bundle / "MANIFEST.sha256").unlink()


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (damage, "damaged: wheels/gadget-1.0-py3-none-any.whl"),
        (lose, "missing: maven/org/example/part/1/part-1.jar"),
        (slip_in, "not of the bundle: wheels/gadget-9.0-py3-none-any.whl"),
        (tear_manifest, "damaged: LICENSE"),
        (change_script, "damaged: install.sh"),
        (without_manifest, "there is no MANIFEST.sha256"),
    ],
)
def test_what_is_not_as_it_was_made_is_named_and_nothing_is_installed(
    bundle: Path, tmp_path: Path, harm: Callable[[Path], None], told: str
) -> None:
    harm(bundle)
    done = install(bundle, tmp_path / "target")
    assert done.returncode == 1
    assert told in done.stderr.splitlines()[0]
    assert not (tmp_path / "target").exists()


def test_another_python_or_machine_is_refused(bundle: Path, tmp_path: Path) -> None:
    (bundle / "PLATFORM").write_text("CPython 3.99 Linux riscv64\n")
    listed_anew(bundle)
    done = install(bundle, tmp_path / "target")
    assert done.returncode == 1 and "the bundle is for CPython 3.99 Linux riscv64" in done.stderr
    assert install(bundle, tmp_path / "target", PYTHON="no-such-python").returncode == 1
    assert not (tmp_path / "target").exists()


def test_an_installation_that_fails_leaves_nothing(bundle: Path, tmp_path: Path) -> None:
    """The environment cannot be made, as where the disk is full."""
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\n[ "$2" != venv ] || exit 1\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    done = install(bundle, tmp_path / "target", PYTHON=str(python))
    assert done.returncode == 1 and "nothing is left of it" in done.stderr
    assert not (tmp_path / "target").exists()


def test_it_is_written_whole_or_not_at_all(project: Path, tmp_path: Path) -> None:
    sources = shutil.copytree(project, tmp_path / "sources")
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(UnsafeName):
        (sources / "samples" / "a b.txt").write_text("")
        packed(sources, out / "bundle.tar")
    lock = sources / "requirements.lock"
    lock.write_text(lock.read_text().replace("sha256:", "sha256:" + "0" * 63)[:90])
    with pytest.raises(NoWheels):
        packed(sources, out / "bundle")
    lock.unlink()
    with pytest.raises(NoSources, match=r"requirements\.lock"):
        packed(sources, out / "bundle")
    assert list(out.iterdir()) == []


def test_what_is_there_is_not_overwritten_unasked(project: Path, tmp_path: Path) -> None:
    archive, folder = tmp_path / "bundle.tar", tmp_path / "folder"
    archive.write_text("mine")
    folder.mkdir()
    for target, force in ((archive, False), (folder, False), (folder, True)):
        with pytest.raises(TargetExists):
            packed(project, target, force=force)
    assert archive.read_text() == "mine"
    packed(project, archive, force=True)
    packed(project, folder / "bundle")
    assert tarfile.is_tarfile(archive) and (folder / "bundle" / "install.sh").is_file()


@pytest.mark.skipif(not WHOLE, reason="make test-bundle runs it: it takes a network and two minutes")
@offline.NEEDED
def test_huitu_itself_installs_and_answers_without_a_network(tmp_path: Path) -> None:
    done = huitu("bundle", "-o", tmp_path / "huitu.tar", env=environment(PYTHONPATH=str(SAMPLES.parent)))
    assert done.returncode == 0, done.stderr
    home, script = tmp_path / "home", tmp_path / "go.sh"
    home.mkdir()
    script.write_text(
        """set -eu
        tar -xf "$1"; cd huitu-*
        sh install.sh
        ~/huitu/bin/huitu ingest ~/huitu/samples
        ~/huitu/bin/huitu serve --port 8000 &
        trap "kill $!; wait $!" EXIT
        for _ in $(seq 300); do ~/huitu/venv/bin/python -c '
import httpx
print(httpx.get("http://127.0.0.1:8000/v1/entities?q=太湖&limit=1").text)' && exit 0; sleep 0.2; done
        exit 1"""
    )
    where = {"HOME": str(home), "PATH": f"{Path(sys.base_prefix) / 'bin'}:/usr/bin:/bin", "HUITU_MEMORY_MIB": "1024"}
    ran = subprocess.run(
        [*offline.PREFIX, "bash", str(script), str(tmp_path / "huitu.tar")],
        cwd=tmp_path,
        env=where,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert '"太湖' in ran.stdout
