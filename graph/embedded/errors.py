"""Errors of the embedded server.

HuituError
└── EmbeddedError
    ├── PortTaken           something else listens on the port
    ├── ServerFailed        the server ended or did not answer in time; carries the end of its log
    ├── ServerInUse         another command is working with the database
    ├── NotRunning          there is no server in this data folder
    ├── NotOurServer        NEO4J_URI is set: starting, stopping and saving are that server's business
    ├── PasswordLost        a store without its password file
    ├── TargetExists        the target exists and --force was not given
    ├── NotEmpty            the database to be filled from files holds something
    └── AdminFailed         the server's admin tool refused (a dump that is none, a damaged store, a full disk)
"""

from __future__ import annotations

from pathlib import Path

from graph.errors import HuituError

__all__ = [
    "AdminFailed",
    "EmbeddedError",
    "NoDatabase",
    "NotADump",
    "NotEmpty",
    "NotOurServer",
    "NotRunning",
    "PasswordLost",
    "PortTaken",
    "ServerFailed",
    "ServerInUse",
    "TargetExists",
]


class EmbeddedError(HuituError):
    """Base of the errors of the embedded server."""


class PortTaken(EmbeddedError):
    """Another program listens on ``port``; ``variable`` is the setting that chooses another one."""

    def __init__(self, port: int, variable: str, holder: str | None = None) -> None:
        super().__init__(
            f"Port {port} on 127.0.0.1 is taken" + (f" by {holder}" if holder else ""),
            hint=f"Choose another one with {variable}=PORT (0: any free one), or stop the program that has it.",
        )
        self.port, self.variable, self.holder = port, variable, holder


class ServerFailed(EmbeddedError):
    """The server ended by itself or did not answer in time; ``log`` is the end of what it wrote."""

    def __init__(self, problem: str, log_file: Path, log: str) -> None:
        super().__init__(f"Neo4j {problem}\n{log}".rstrip(), hint=f"The whole log is in {log_file}.")
        self.log_file, self.log = log_file, log


class ServerInUse(EmbeddedError):
    """Another Huitu command is working with the database of ``data_dir``."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__(
            f"Another Huitu command is using the database in {data_dir}",
            hint="Let it finish, or stop it (for example 'huitu serve'), and try again.",
        )
        self.data_dir = data_dir


class NotRunning(EmbeddedError):
    """No server runs in ``data_dir``."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__(f"No Neo4j is running in {data_dir}", hint="Start one with 'huitu neo4j start'.")
        self.data_dir = data_dir


class NotOurServer(EmbeddedError):
    """NEO4J_URI names a server that Huitu does not run; ``instead`` is what can be done there."""

    exit_code = 2

    def __init__(self, uri: str, action: str, instead: str | None = None) -> None:
        super().__init__(
            f"NEO4J_URI is set ({uri}): to {action} it is that server's own business",
            hint=f"Unset NEO4J_URI to work with the embedded server{f', or {instead}' if instead else ''}.",
        )
        self.uri, self.action = uri, action


class PasswordLost(EmbeddedError):
    """The store in ``data_dir`` was made with a password whose file is gone."""

    def __init__(self, data_dir: Path, password_file: Path) -> None:
        super().__init__(
            f"The database in {data_dir} has no password file ({password_file})",
            hint="Put the file back, or choose an empty data folder with HUITU_DATA_DIR and load the documents again.",
        )
        self.data_dir, self.password_file = data_dir, password_file


class TargetExists(EmbeddedError):
    """Something is at ``path`` already and would be lost."""

    exit_code = 2

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{what} {path}", hint="Give --force to replace it.")
        self.path = path


class AdminFailed(EmbeddedError):
    """The server's admin tool refused; ``output`` is what it wrote."""

    def __init__(self, problem: str, output: str) -> None:
        super().__init__(f"{problem}\n{output}".rstrip())
        self.output = output


class NoDatabase(EmbeddedError):
    """Nothing was ever stored in ``data_dir``."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__(f"There is no database in {data_dir}", hint="Fill one with 'huitu ingest'.")
        self.data_dir = data_dir


class NotADump(EmbeddedError):
    """``path`` cannot be restored; the database is as it was."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path} cannot be restored, the database is as it was: {problem}")
        self.path, self.problem = path, problem


class NotEmpty(EmbeddedError):
    """The database at ``uri`` is to be filled from files and holds something: ``content``."""

    exit_code = 2

    def __init__(self, uri: str, content: str) -> None:
        super().__init__(
            f"The database at {uri} is not empty, it holds {content}; nothing was changed",
            hint="Load without --bulk, or into an empty data folder (HUITU_DATA_DIR).",
        )
        self.uri, self.content = uri, content
