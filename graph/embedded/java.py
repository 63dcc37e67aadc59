"""Java command lines: the server and its admin tool, given through argument files that only the user can read.

An argument file keeps two hundred jars, and the password, out of the list of processes; its path in the command line
tells which data folder a server belongs to.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import psutil

from graph.artifacts import Progress, class_path, java_home
from graph.embedded import classes
from graph.embedded.config import JVM_OPTIONS
from graph.embedded.errors import AdminFailed
from graph.embedded.private import write_private

__all__ = ["find_server", "keep_classes", "reap", "run_admin", "server_command", "start_server"]

_SERVER = "org.neo4j.server.CommunityEntryPoint"
_ADMIN = "org.neo4j.cli.AdminTool"
_SERVER_ARGUMENTS = "server.args"
_NOISE = re.compile(r"Files: \d+/\d+|\s+at |Run with '--verbose'|\s*$")  # the admin tool's progress and stack traces
_children: list[subprocess.Popen[bytes]] = []  # Popen objects warn when they are thrown away before their process ends


def server_command(
    home: Path, *, java: str, heap_mib: int, options: Sequence[str], progress: Progress | None
) -> list[str]:
    """The command that runs the server in the foreground.

    Args:
        home: Neo4j's home folder, with ``conf`` and ``run`` inside.
        java: which Java, as in `java_home`.
        heap_mib: MiB.
        options: more options of Java.
        progress: called while jars are fetched.
    """
    home_of_java, jars = java_home(java), class_path("neo4j", progress=progress)
    shared = classes.sharing(home, home_of_java, jars)
    options = [*shared, *JVM_OPTIONS, f"-Xms{min(heap_mib, 256)}m", f"-Xmx{heap_mib}m", *options]
    arguments = [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    return _command(home / "run" / _SERVER_ARGUMENTS, home_of_java, jars, options, _SERVER, arguments)


def keep_classes(home: Path, *, java: str) -> None:
    """Keep for other starts what the server in ``home``, which was stopped, wrote of its classes."""
    if classes.written(home).exists():
        classes.keep(home, java_home(java), class_path("neo4j"))


def run_admin(
    home: Path,
    arguments: Sequence[str],
    *,
    java: str,
    problem: str,
    heap_mib: int = 512,
    progress: Progress | None = None,
) -> str:
    """Run the server's admin tool on the store in ``home`` and return what it wrote.

    Args:
        home: Neo4j's home folder; no server may run there.
        arguments: as for ``neo4j-admin``.
        java: which Java, as in `java_home`.
        problem: the first line of the error.
        heap_mib: MiB.
        progress: called while jars are fetched.

    Raises:
        AdminFailed: the tool ended with an error.
    """
    argument_file = home / "run" / "admin.args"
    home_of_java, jars = java_home(java), class_path("neo4j", progress=progress)
    options = [*classes.reading(home_of_java, jars), *JVM_OPTIONS, f"-Xmx{heap_mib}m"]
    command = _command(argument_file, home_of_java, jars, options, _ADMIN, arguments)
    environment = {**_environment(), "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", env=environment, check=False)
    finally:
        argument_file.unlink(missing_ok=True)
    output = "\n".join(line for line in (done.stdout + done.stderr).splitlines() if not _NOISE.match(line)).strip()
    if done.returncode != 0:
        raise AdminFailed(problem, output)
    return output


def find_server(home: Path, pid: int | None = None) -> psutil.Process | None:
    """The server that runs in ``home``: the process ``pid`` if it is one, else found in the list of processes."""
    argument = _at_sign(home / "run" / _SERVER_ARGUMENTS)
    if pid is not None and psutil.pid_exists(pid):
        try:
            process = psutil.Process(pid)
            if argument in process.cmdline() and process.status() != psutil.STATUS_ZOMBIE:
                return process
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            pass
    for process in psutil.process_iter(["cmdline"]):
        if argument in (process.info["cmdline"] or ()):
            return process
    return None


def start_server(command: Sequence[str], home: Path, log_file: Path) -> psutil.Process:
    """Start the server in a session of its own, so that a Ctrl-C meant for us does not reach it."""
    with log_file.open("wb") as log:
        child = subprocess.Popen(
            command,
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=_environment(),
            start_new_session=True,
        )
    reap()
    _children.append(child)
    return psutil.Process(child.pid)


def reap() -> None:
    """Forget the servers of ours that have ended."""
    _children[:] = [child for child in _children if child.poll() is None]


def _command(
    argument_file: Path, java: Path, jars: Sequence[Path], options: Sequence[str], main: str, arguments: Sequence[str]
) -> list[str]:
    parts = [*options, "-cp", os.pathsep.join(map(str, jars)), main, *arguments]
    write_private(argument_file, "\n".join(map(_quoted, parts)) + "\n")
    return [str(java / "bin" / "java"), _at_sign(argument_file)]


def _quoted(argument: str) -> str:
    return '"' + argument.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _at_sign(path: Path) -> str:
    return f"@{path}"


def _environment() -> dict[str, str]:
    """Ours without what would change the server behind our back."""
    foreign = ("NEO4J_", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH")
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
