"""The client: statements of the package ``cypher``, run on Neo4j through the official driver.

HuituError
└── GraphError                   the database cannot do what was asked
    ├── DatabaseUnreachable      nobody answers, or not in time
    ├── AuthenticationFailed     user name or password refused
    ├── UnsupportedServer        no Neo4j, or one older than 5.26
    ├── DatabaseMissing          no database of that name
    ├── SchemaMissing            nothing was ever loaded: no index to search in
    └── StatementFailed          the server refused a statement
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.metadata import version
from types import TracebackType
from typing import Any, Self, TypeAlias, TypeVar

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    TransientError,
)

import cypher
from graph.errors import HuituError
from graph.settings import Connection

__all__ = [
    "AuthenticationFailed",
    "DatabaseMissing",
    "DatabaseUnreachable",
    "Graph",
    "GraphError",
    "Row",
    "SchemaMissing",
    "StatementFailed",
    "Transaction",
    "UnsupportedServer",
    "Watch",
]

Row: TypeAlias = dict[str, Any]
T = TypeVar("T")

Watch: TypeAlias = Callable[[str], AbstractContextManager[None]]
"""What stands around the running of a statement, whose name it is told: traces are made so."""


def _unwatched(_name: str) -> AbstractContextManager[None]:
    return nullcontext()


OLDEST_SERVER = (5, 26)
"""Dynamic labels and relationship types appeared in 5.26."""


class GraphError(HuituError):
    """The database cannot do what was asked; ``uri`` names the server."""

    def __init__(self, message: str, uri: str, *, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.uri = uri


class DatabaseUnreachable(GraphError):
    """Nobody answers at ``uri``, or not in time."""

    exit_code = 3


class AuthenticationFailed(GraphError):
    """The server refuses user name or password."""

    exit_code = 3


class UnsupportedServer(GraphError):
    """The server is no Neo4j or older than 5.26; ``agent`` is what it calls itself."""

    def __init__(self, uri: str, agent: str) -> None:
        oldest = ".".join(map(str, OLDEST_SERVER))
        super().__init__(f"{uri} is {agent}; Huitu needs Neo4j {oldest} or newer", uri)
        self.agent = agent


class DatabaseMissing(GraphError):
    """The server has no database of that name."""


class SchemaMissing(GraphError):
    """The database has no index of Huitu's: nothing was ever loaded into it."""


class StatementFailed(GraphError):
    """The server refused a statement; ``code`` is Neo4j's."""

    def __init__(self, message: str, uri: str, code: str) -> None:
        super().__init__(message, uri)
        self.code = code


class Transaction:
    """A managed write transaction: several statements, all or none."""

    def __init__(self, transaction: neo4j.ManagedTransaction, watch: Watch) -> None:
        self._transaction = transaction
        self._watch = watch

    def run(self, name: str, **parameters: Any) -> list[Row]:
        """Run the statement ``name`` and return its rows."""
        with self._watch(name):
            return self._transaction.run(cypher.load(name), parameters).data()


class Graph:
    """A Neo4j server as Huitu uses it; opened lazily, safe to share between threads.

    Args:
        connection: where the database is and who we are there; any scheme of the driver.
        acquisition_timeout_s: seconds to wait for a connection before `DatabaseUnreachable`.
        retry_s: seconds during which a write that fails in passing is begun anew.
        pool_size: connections at most; more than about 8 at work only add waiting.
        watch: stands around each statement while it runs and its rows are read.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        acquisition_timeout_s: float = 15.0,
        retry_s: float = 30.0,
        pool_size: int = 16,
        watch: Watch | None = None,
    ) -> None:
        self.uri = connection.uri
        self._watch = watch or _unwatched
        self._database = connection.database
        try:
            self._driver = neo4j.GraphDatabase.driver(
                connection.uri,
                auth=(connection.username, connection.password),
                user_agent=f"huitu/{version('huitu')}",
                connection_acquisition_timeout=acquisition_timeout_s,
                connection_timeout=acquisition_timeout_s,
                max_connection_pool_size=pool_size,
                liveness_check_timeout=30.0,
                max_transaction_retry_time=retry_s,
                notifications_min_severity="OFF",
            )
        except (ConfigurationError, ValueError) as error:
            raise GraphError(f"{self.uri}: {error}", self.uri, hint="Check NEO4J_URI.") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._driver.close()

    def verify(self) -> str:
        """Connect, log in and check the version.

        Returns:
            What the server calls itself, such as ``Neo4j/5.26.30``.

        Raises:
            GraphError: one of its kinds.
        """
        with self._watch("check_database"), self._session(neo4j.READ_ACCESS) as session:
            agent = str(session.run(cypher.load("check_database")).consume().server.agent)
        found = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
        if found is None or (int(found[1]), int(found[2])) < OLDEST_SERVER:
            raise UnsupportedServer(self.uri, agent)
        return agent

    def read(self, name: str, **parameters: Any) -> list[Row]:
        """The rows of a reading statement, run once in auto-commit.

        Args:
            name: a statement of the package ``cypher``.
            parameters: its parameters.

        Raises:
            GraphError: one of its kinds.
        """
        with self._watch(name), self._session(neo4j.READ_ACCESS) as session:
            return session.run(cypher.load(name), parameters).data()

    def stream(self, name: str, *, fetch_size: int = 10_000, **parameters: Any) -> Iterator[Row]:
        """The rows of a reading statement one after the other, ``fetch_size`` of them a round trip."""
        with self._watch(name), self._session(neo4j.READ_ACCESS, fetch_size=fetch_size) as session:
            for record in session.run(cypher.load(name), parameters):
                yield record.data()

    def stream_values(self, name: str, *, fetch_size: int = 10_000, **parameters: Any) -> Iterator[tuple[Any, ...]]:
        """The same without names, in the order of the statement's columns: for many rows, as it takes less time."""
        with self._watch(name), self._session(neo4j.READ_ACCESS, fetch_size=fetch_size) as session:
            for record in session.run(cypher.load(name), parameters):
                yield tuple.__getitem__(record, slice(None))  # a record is a tuple of its values

    def write(self, name: str, **parameters: Any) -> list[Row]:
        """The rows of one writing statement, run in a managed transaction that is tried again when it fails in passing.

        Raises:
            GraphError: one of its kinds.
        """
        return self.transact(lambda transaction: transaction.run(name, **parameters))

    def transact(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` in one managed write transaction; it must be idempotent, for it may be run again.

        Raises:
            GraphError: one of its kinds.
        """
        with self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(lambda transaction: work(Transaction(transaction, self._watch)))

    def execute(self, name: str, **parameters: Any) -> list[Row]:
        """The rows of a statement that manages its own transactions or changes the schema, run once in auto-commit."""
        with self._watch(name), self._session(neo4j.WRITE_ACCESS) as session:
            return session.run(cypher.load(name), parameters).data()

    @contextmanager
    def reading(self) -> Iterator[neo4j.Session]:
        """A session that reads, for Cypher that users write (`graph.guarded`); nothing in it is retried."""
        with self._watch("of_the_user"), self._session(neo4j.READ_ACCESS, fetch_size=1_000) as session:
            yield session

    @contextmanager
    def _session(self, access: str, **options: Any) -> Iterator[neo4j.Session]:
        with (
            self._translated(),
            self._driver.session(
                database=self._database,
                default_access_mode=access,
                bookmark_manager=self._driver.execute_query_bookmark_manager,
                **options,
            ) as session,
        ):
            yield session

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn the driver's errors into ours."""
        try:
            yield
        except AuthError as error:
            hint = "Check NEO4J_USERNAME and NEO4J_PASSWORD."
            raise AuthenticationFailed(
                f"{self.uri} refuses the user name or the password", self.uri, hint=hint
            ) from error
        except ServiceUnavailable as error:
            hint = "Is the server running? 'huitu neo4j status' tells for the one Huitu brings along."
            raise DatabaseUnreachable(f"no Neo4j answers at {self.uri}", self.uri, hint=hint) from error
        except (TransientError, neo4j.exceptions.SessionExpired) as error:
            raise DatabaseUnreachable(f"{self.uri} is busy: {error}", self.uri, hint="Try again.") from error
        except Neo4jError as error:
            raise self._refused(error) from error
        except DriverError as error:
            raise DatabaseUnreachable(f"{self.uri}: {error}", self.uri) from error

    def _refused(self, error: Neo4jError) -> GraphError:
        code = str(error.code)
        if isinstance(error, ClientError) and code.endswith("Database.DatabaseNotFound"):
            return DatabaseMissing(
                f"{self.uri} has no database {self._database!r}", self.uri, hint="Check NEO4J_DATABASE."
            )
        if "no such fulltext schema index" in str(error.message):
            return SchemaMissing(
                f"{self.uri} holds no graph yet", self.uri, hint="Load documents: 'huitu ingest PATH'."
            )
        return StatementFailed(f"{self.uri}: {error.message}", self.uri, code)
