"""Commands that serve: run (load articles and serve everything) and serve (the API alone)."""

from __future__ import annotations

from typing import Annotated

import typer
import uvicorn

from api import create_app
from graph.client import Graph
from graph.embedded import EmbeddedServer
from graph.settings import Connection, GraphSettings, load_settings
from huitu.console import connected, err, out
from huitu.documents import Sources, ingest_into

__all__ = ["run", "serve"]

Host = Annotated[str, typer.Option("--host", envvar="HUITU_HOST", help="Address to listen on.")]
Port = Annotated[int, typer.Option("--port", envvar="HUITU_PORT", help="Port of the API and the explorer.")]


def run(
    paths: Annotated[list[str], typer.Argument(metavar="DOCS...", help="Articles to load: files or folders.")],
    host: Host = "127.0.0.1",
    port: Port = 8000,
) -> int:
    """Start the database, load articles and serve the graph until Ctrl-C."""
    settings = load_settings()
    sources = Sources(paths, None)
    with connected(settings) as connection, Graph(connection) as graph:
        graph.verify()
        report = ingest_into(graph, sources)
        out.print(f"{report.read} documents: {report.added + report.replaced} loaded, {report.unchanged} unchanged.")
        _serve(graph, connection, settings, host, port)
    return 1 if sources.failed else 0


def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the API and the explorer page until Ctrl-C."""
    settings = load_settings()
    with connected(settings) as connection, Graph(connection) as graph:
        graph.verify()
        _serve(graph, connection, settings, host, port)


def _serve(graph: Graph, connection: Connection, settings: GraphSettings, host: str, port: int) -> None:
    config = uvicorn.Config(create_app(graph), host=host, port=port, log_level="warning", server_header=False)
    server = uvicorn.Server(config)
    _print_addresses(connection, settings, f"http://{host}:{port}")
    server.run()
    err.print("Stopping ...")


def _print_addresses(connection: Connection, settings: GraphSettings, base: str) -> None:
    out.print(f"Explorer       {base}/")
    out.print(f"API docs       {base}/docs")
    if settings.remote is None:
        status = EmbeddedServer.from_settings(settings).status()
        out.print(f"Neo4j Browser  {status.browser}")
        out.print(f"               user {connection.username}, password {connection.password}", markup=False)
    else:
        out.print(f"Neo4j          {connection.uri}")
    out.print("Press Ctrl-C to stop.")
