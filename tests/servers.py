"""Servers of a test's own: quick to start, soon gone."""

from __future__ import annotations

from pathlib import Path

from graph.embedded import EmbeddedServer

__all__ = ["QUICK", "SETTINGS", "own_server"]

QUICK = "-XX:TieredStopAtLevel=1"
"""Java's compiler for faster code does not earn its time back here: it takes a third of all."""

SETTINGS = {"HUITU_BOLT_PORT": "0", "HUITU_HTTP_PORT": "0", "HUITU_MEMORY_MIB": "1024", "HUITU_JAVA_OPTIONS": QUICK}
"""For a command that starts one."""


def own_server(folder: Path, *, memory_mib: int = 1024) -> EmbeddedServer:
    """A server in a folder, not started, on any free ports."""
    return EmbeddedServer(folder, bolt_port=0, http_port=0, memory_mib=memory_mib, java_options=(QUICK,))
