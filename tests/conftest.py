"""One embedded Neo4j for the whole run, in a folder and on ports of its own; it is started by the first test that asks.

``connection`` is that server, ``graph`` the same with an empty database. Neither reads NEO4J_URI: tests never touch a
database that anyone uses.
"""

from __future__ import annotations

import importlib.util
import socket
from collections.abc import Iterator

import neural
import pytest
from articles import newsroom
from neo4j import Driver, GraphDatabase
from ready import make_ready
from servers import QUICK

from graph.client import Graph
from graph.embedded import EmbeddedServer
from graph.load import load, reset
from graph.settings import Connection


def pytest_addoption(parser: pytest.Parser) -> None:
    """What ``make soak`` adds."""
    parser.addoption("--soak", action="store_true", help="run the tests too that take long for what they add")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the files that take long, so that no process is left with one while the others have nothing to do."""
    if not config.getoption("--soak"):
        for item in items:
            if item.get_closest_marker("soak"):
                item.add_marker(pytest.mark.skip(reason="takes long for what it adds: make soak"))
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def api_socket() -> Iterator[socket.socket]:
    """The address at which the server's Neo4j Browser looks for the API; nobody listens there unless a test does."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        yield reserved


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, api_socket: socket.socket) -> Iterator[EmbeddedServer]:
    """The running server of this test run; a test must leave it running."""
    folder, api_port = tmp_path_factory.mktemp("neo4j"), api_socket.getsockname()[1]
    make_ready(tmp_path_factory.getbasetemp().parent / "first")
    # New plans for each new content do not earn their time back here.
    embedded = EmbeddedServer(
        folder,
        bolt_port=0,
        http_port=0,
        memory_mib=1024,
        api_port=api_port,
        java_options=(QUICK,),
        neo4j_settings={"dbms.cypher.min_replan_interval": "1d"},
    )
    with embedded.use():
        yield embedded


@pytest.fixture(scope="session")
def connection(server: EmbeddedServer) -> Connection:
    """A connection to the server of this test run."""
    return server.connection()


@pytest.fixture(scope="session")
def _driver(connection: Connection) -> Iterator[Driver]:
    with GraphDatabase.driver(connection.uri, auth=(connection.username, connection.password)) as driver:
        yield driver


@pytest.fixture
def graph(connection: Connection, _driver: Driver) -> Iterator[Graph]:
    """A client of an empty database; constraints and indexes made by earlier tests stay."""
    _driver.execute_query("MATCH (n) DETACH DELETE n", database_=connection.database)
    with Graph(connection) as client:
        yield client


@pytest.fixture(scope="module")
def news(connection: Connection) -> Iterator[Graph]:
    """The newsroom, loaded once for the tests of a file that only read it."""
    with Graph(connection) as graph:
        reset(graph)
        load(graph, newsroom())
        yield graph


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> neural.Models:
    """Tiny models of HanLP 2, trained here."""
    if importlib.util.find_spec("hanlp") is None:
        pytest.skip("HanLP 2 is not installed; make test-engines does so")
    return neural.trained(tmp_path_factory.mktemp("models"))
