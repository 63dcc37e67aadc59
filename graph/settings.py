"""Settings of the database, read from the environment; built only in entry points.

With ``NEO4J_URI`` set Huitu talks to that server, cluster or Aura and launches nothing; without it, it runs its own.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import HuituError

__all__ = ["Connection", "GraphSettings", "InvalidSettings", "load_settings"]

_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


class InvalidSettings(HuituError):
    """A setting has a value that cannot be used; ``problems`` maps the variable to what is wrong with it."""

    exit_code = 2

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {problem}" for name, problem in problems.items()))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the database is and who we are there; ``database`` is None for the user's home database."""

    uri: str
    username: str
    password: str = field(repr=False)
    database: str | None = None


class GraphSettings(BaseSettings):
    """Settings of the database; each field names its environment variable."""

    model_config = SettingsConfigDict(populate_by_name=True, env_ignore_empty=True, hide_input_in_errors=True)

    uri: str | None = Field(
        default=None, validation_alias="NEO4J_URI", description="Your own server; none: the embedded one."
    )
    username: str = Field(default="neo4j", validation_alias="NEO4J_USERNAME", description="User on your own server.")
    password: SecretStr | None = Field(
        default=None,
        validation_alias="NEO4J_PASSWORD",
        description="Password on your own server; needed with NEO4J_URI.",
    )
    database: str | None = Field(
        default=None,
        validation_alias="NEO4J_DATABASE",
        description="Database on your own server; none: the user's home one.",
    )
    data_dir: Path = Field(
        default_factory=lambda: platformdirs.user_data_path("huitu"),
        validation_alias="HUITU_DATA_DIR",
        description="Folder of the embedded server: store, logs, password.",
    )
    bolt_port: int = Field(
        default=7687, ge=0, le=65535, validation_alias="HUITU_BOLT_PORT", description="Bolt port; 0: any free one."
    )
    http_port: int = Field(
        default=7474,
        ge=0,
        le=65535,
        validation_alias="HUITU_HTTP_PORT",
        description="Port of Neo4j Browser; 0: any free one.",
    )
    memory_mib: int | None = Field(
        default=None,
        ge=768,
        validation_alias="HUITU_MEMORY_MIB",
        description="Memory of the embedded server in MiB; none: a quarter of the machine's, 1,024 to 8,192.",
    )
    api_port: int = Field(
        default=8000,
        ge=0,
        le=65535,
        validation_alias="HUITU_PORT",
        description="Port of the API, from which Neo4j Browser takes its guide; 0: any free one, and no guide.",
    )
    java: str = Field(
        default="bundled",
        validation_alias="HUITU_JAVA",
        description="'bundled', 'system' (JAVA_HOME or the path), or the home of a Java 17 or 21.",
    )
    java_options: str = Field(
        default="",
        validation_alias="HUITU_JAVA_OPTIONS",
        description="More options of that Java, as in a shell.",
    )
    start_timeout_s: float = Field(
        default=300.0,
        gt=0,
        validation_alias="HUITU_START_TIMEOUT_S",
        description="Seconds to wait for the embedded server.",
    )

    @field_validator("uri")
    @classmethod
    def _known_scheme(cls, uri: str | None) -> str | None:
        if uri is not None and uri.partition("://")[0] not in _SCHEMES:
            raise ValueError(f"must start with one of {', '.join(f'{scheme}://' for scheme in _SCHEMES)}")
        return uri

    @field_validator("java_options")
    @classmethod
    def _options(cls, options: str) -> str:
        if not all(each.startswith("-") for each in shlex.split(options)):
            raise ValueError("must be options, each with - before it")
        return options

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, folder: Path) -> Path:
        return folder.expanduser().resolve()

    @model_validator(mode="after")
    def _complete(self) -> GraphSettings:
        if self.uri is not None and self.password is None:
            raise ValueError("NEO4J_URI is set, so NEO4J_PASSWORD must be set too")
        if self.bolt_port == self.http_port != 0:
            raise ValueError("HUITU_BOLT_PORT and HUITU_HTTP_PORT must differ")
        return self

    @property
    def remote(self) -> Connection | None:
        """The connection to the user's own server; None when the embedded one is to be used."""
        if self.uri is None or self.password is None:
            return None
        return Connection(self.uri, self.username, self.password.get_secret_value(), self.database)


def load_settings(**given: Any) -> GraphSettings:
    """Read the settings from the environment.

    Args:
        given: fields of `GraphSettings` that take the place of what the environment says.

    Raises:
        InvalidSettings: a value cannot be used; names the variable.
    """
    try:
        return GraphSettings(**given)
    except ValidationError as error:
        problems = {
            ".".join(str(part) for part in item["loc"]) or "settings": item["msg"].removeprefix("Value error, ")
            for item in error.errors()
        }
        raise InvalidSettings(problems) from error
