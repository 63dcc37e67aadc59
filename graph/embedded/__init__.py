"""A real Neo4j Community server with Neo4j Browser as a child process, without Docker."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from graph.artifacts import Progress
from graph.embedded.backup import backup, restore
from graph.embedded.errors import (
    AdminFailed,
    EmbeddedError,
    NoDatabase,
    NotADump,
    NotEmpty,
    NotOurServer,
    NotRunning,
    PasswordLost,
    PortTaken,
    ServerFailed,
    ServerInUse,
    TargetExists,
)
from graph.embedded.server import EmbeddedServer, Status
from graph.settings import Connection, GraphSettings

__all__ = [
    "AdminFailed",
    "EmbeddedError",
    "EmbeddedServer",
    "NoDatabase",
    "NotADump",
    "NotEmpty",
    "NotOurServer",
    "NotRunning",
    "PasswordLost",
    "PortTaken",
    "ServerFailed",
    "ServerInUse",
    "Status",
    "TargetExists",
    "backup",
    "embedded_only",
    "restore",
    "use",
]


@contextlib.contextmanager
def use(settings: GraphSettings, *, progress: Progress | None = None) -> Iterator[Connection]:
    """Yield a connection: to the server of NEO4J_URI, else to the embedded one, started and stopped where needed.

    Args:
        settings: which database.
        progress: called while the embedded server is fetched and started.

    Raises:
        As `EmbeddedServer.start`.
    """
    if settings.remote is not None:
        yield settings.remote
    else:
        with EmbeddedServer.from_settings(settings).use(progress=progress) as connection:
            yield connection


def embedded_only(settings: GraphSettings, action: str) -> EmbeddedServer:
    """Return the embedded server.

    Args:
        settings: which database.
        action: what is to be done with it, for the message.

    Raises:
        NotOurServer: NEO4J_URI is set.
    """
    if settings.uri is not None:
        raise NotOurServer(settings.uri, action)
    return EmbeddedServer.from_settings(settings)
