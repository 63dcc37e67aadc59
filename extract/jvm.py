"""The Java virtual machine in this process, through JPype: HanLP runs there, and what Python is too slow for.

That is under ``extract/java``, as source. Janino compiles it in this process, so that no user needs a Java compiler,
and what is compiled is kept in the cache for the next start. Numpy's arrays go in and out whole.
"""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
import threading
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import jpype

from extract.errors import EngineError
from graph import artifacts

__all__ = ["java", "own"]

_lock = threading.RLock()


def java(name: str) -> Any:
    """A Java class by its full name; the machine starts with the first.

    Raises:
        EngineError: there is no Java.
    """
    with _lock:
        if not jpype.isJVMStarted():
            _start()
        return jpype.JClass(name)


def own(name: str) -> Any:
    """One of the classes under ``extract/java/huitu``."""
    with _lock:
        return _own(name)


@cache
def _own(name: str) -> Any:
    return jpype.JClass(_loader().loadClass(f"huitu.{name}"))


@cache
def _loader() -> Any:
    with as_file(files("extract") / "java" / "huitu") as folder:
        sources = sorted(folder.glob("*.java"))
        compiled = _compiled(sources)
    above = java("java.lang.ClassLoader").getSystemClassLoader()
    return java("java.net.URLClassLoader")([java("java.io.File")(str(compiled)).toURI().toURL()], above)


def _compiled(sources: list[Path]) -> Path:
    """The folder of what these sources are compiled to; named by what they hold, and made by the first who needs it."""
    digest = hashlib.sha256(b"\0".join([source.read_bytes() for source in sources])).hexdigest()[:16]
    kept = artifacts.cache_dir() / "classes" / f"huitu-{digest}"
    if kept.exists():
        return kept
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".huitu-", dir=kept.parent))
    except OSError:  # a cache that is only there to be read
        made = Path(tempfile.mkdtemp(prefix="huitu-"))
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        _compile(sources, made)
        return made
    _compile(sources, made)
    made.chmod(0o755)  # for whoever else may use the cache
    try:
        made.rename(kept)
    except OSError:  # another process was first
        shutil.rmtree(made)
    return kept


def _compile(sources: list[Path], target: Path) -> None:
    compiler = java("org.codehaus.janino.Compiler")()
    file = java("java.io.File")
    compiler.setSourceCharset(java("java.nio.charset.StandardCharsets").UTF_8)
    compiler.setDestinationDirectory(file(str(target)), False)
    compiler.compile([file(str(source)) for source in sources])


def _start() -> None:
    jars = [str(path) for path in artifacts.class_path("hanlp")]
    home = artifacts.java_home()
    libraries = [path for name in ("libjvm.so", "libjvm.dylib") for path in home.rglob(name)]
    if not libraries:
        raise EngineError(
            "hanlp1", f"no Java virtual machine under {home}", hint="Set HUITU_JAVA to the home of a Java 17 or 21."
        )
    # SIGINT stays with Python (-Xrs): Ctrl-C must end the command, not the virtual machine under it. The collector
    # without threads of its own takes half the processor time and less memory, and one thread calls in here.
    options = ("-Xmx1g", "-Xrs", "-XX:+UseSerialGC")
    jpype.startJVM(str(libraries[0]), *options, classpath=jars, convertStrings=False)
    if threading.current_thread() is not threading.main_thread():
        jpype.JClass("java.lang.Thread").detach()  # else Java waits for this thread before it ends
