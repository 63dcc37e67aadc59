"""The Java virtual machine in this process, through JPype: HanLP runs there, and what Python is too slow for.

That is under ``extract/java``, as source: Janino compiles it in memory when the machine has started, in a quarter of a
second, so that no user needs a Java compiler, and what runs is what one reads. Numpy's arrays go in and out whole.
"""

from __future__ import annotations

import threading
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import jpype

from extract.errors import EngineError
from graph import artifacts

__all__ = ["java", "own"]

_lock = threading.Lock()


def java(name: str) -> Any:
    """A Java class by its full name; the machine starts with the first.

    Raises:
        EngineError: there is no Java.
    """
    with _lock:
        if not jpype.isJVMStarted():
            _start()
    return jpype.JClass(name)


@cache
def own(name: str) -> Any:
    """One of the classes under ``extract/java/huitu``."""
    java("java.lang.Object")
    with _lock:
        return jpype.JClass(_loader().loadClass(f"huitu.{name}"))


@cache
def _loader() -> Any:
    with as_file(files("extract") / "java") as folder:
        above = jpype.JClass("java.lang.ClassLoader").getSystemClassLoader()
        folders = [jpype.JClass("java.io.File")(str(folder))]
        return jpype.JClass("org.codehaus.janino.JavaSourceClassLoader")(above, folders, "UTF-8")


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
