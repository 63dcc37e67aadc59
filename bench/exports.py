"""Exports against the bare database and against networkx: rows a second from the server into each format.

    python -m bench.exports [--entities N] [--rounds N] [--json FILE]

Rounds alternate between all of them, so that what else the machine does falls on each; one round before them does not
count. The graph is made up: N entities and three times as many edges, with names and quotes as long as those of news.
Figures that matter are ratios.

- ``share of bare Bolt``: a format, from the server to the bytes of the file, against the official driver that reads the
  rows of the same statements and drops them.
- ``networkx's time as a multiple of ours``: the writers alone, both from a graph in memory.
"""

from __future__ import annotations

import argparse
import io
import json
import tempfile
from collections import deque
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import neo4j
import networkx as nx

import cypher
from bench.figures import bare_driver, seconds, spread, tell
from graph.client import Graph
from graph.convert import to_networkx
from graph.embedded import EmbeddedServer
from graph.export import FORMATS, export, stream
from graph.export.text import LIST_SEPARATOR
from graph.load import ensure_schema
from graph.settings import Connection
from graph.subgraph import Subgraph, select, subgraph

_MAKE = (
    """UNWIND range(0, $number - 1) AS n CALL (n) {
      CREATE (e:Huitu:Entity {id: 'o-' + toString(n), type: ['Organization', 'Person', 'Forum', 'Place'][n % 4],
        name: '虚构研究机构第' + toString(n) + '号', aliases: ['虚构院' + toString(n), '研究' + toString(n)],
        documents: n % 50, first_date: '2031-01-02', last_date: '2032-03-04', added_in: 1})
    } IN TRANSACTIONS OF 5000 ROWS""",
    """UNWIND range(0, $number / 4) AS n CALL (n) {
      CREATE (:Huitu:Document {id: 'd-' + toString(n), key: 'https://example.org/news/' + toString(n),
        title: '虚构日报关于第' + toString(n) + '件事的报道', date: '2031-05-06', source: '虚构日报',
        url: 'https://example.org/news/' + toString(n)})
    } IN TRANSACTIONS OF 5000 ROWS""",
    """UNWIND range(0, 3 * $number - 1) AS n CALL (n) {
      MATCH (a:Huitu {id: 'o-' + toString(n % $number)})
      MATCH (b:Huitu {id: 'o-' + toString((n * 7919 + n / $number * 31 + 13) % $number)})
      CREATE (a)-[:SIGNED_WITH {support: 1 + n % 5, planned: 0, denied: 0, claims: 1 + n % 6, confidence: 0.9231,
        roles: ['签约'], first_date: '2031-05-06', last_date: '2031-05-07', added_in: 1,
        quote: '虚构研究机构第' + toString(n) + '号与另一家机构在云溪市签署合作协议，双方将共建联合实验室并培养人才。',
        document_id: 'd-' + toString(n % ($number / 4))}]->(b)
    } IN TRANSACTIONS OF 5000 ROWS""",
)


def make(connection: Connection, number: int) -> None:
    """A made-up graph."""
    with bare_driver(connection) as driver, driver.session(database=connection.database) as session:
        for statement in _MAKE:
            session.run(statement, number=number).consume()


def compare(connection: Connection, rounds: int) -> dict[str, Any]:
    """Seconds of each format and of the driver alone, round by round."""
    with Graph(connection) as graph, bare_driver(connection) as driver:
        held = subgraph(graph)
        rows = len(held.entities) + len(held.edges)
        work: dict[str, Callable[[], object]] = {"bare Bolt": lambda: bare(driver, connection, select(graph)._filters)}
        for name in FORMATS:
            work[name] = lambda name=name: deque(stream(select(graph), name), maxlen=0)  # type: ignore[misc]
        times: dict[str, list[float]] = {name: [] for name in work}
        for number in range(rounds + 1):
            for name, run in work.items():
                took = seconds(run)
                if number:
                    times[name].append(took)
    return {
        "rows": rows,
        "rows a second": {name: spread([rows / each for each in own]) for name, own in times.items()},
        "share of bare Bolt": {
            name: spread([base / each for base, each in zip(times["bare Bolt"], times[name], strict=True)])
            for name in FORMATS
        },
        "networkx's time as a multiple of ours": against_networkx(held, rounds),
    }


def bare(driver: neo4j.Driver, connection: Connection, filters: Any) -> None:
    """The rows of the same statements, read and dropped."""
    with driver.session(
        database=connection.database, default_access_mode=neo4j.READ_ACCESS, fetch_size=10_000
    ) as session:
        for name in ("stream_series", "stream_entities", "stream_edges"):
            for _ in session.run(cypher.load(name), filters):
                pass


def against_networkx(held: Subgraph, rounds: int) -> dict[str, dict[str, float]]:
    """Writers alone: ours from what is held, networkx's from its own graph of the same."""
    graph = to_networkx(held)
    flat = graph.copy()
    of_nodes, of_edges = (data for _, data in flat.nodes(data=True)), (data for _, _, data in flat.edges(data=True))
    for fields in chain(of_nodes, of_edges):
        fields.update({key: LIST_SEPARATOR.join(value) for key, value in fields.items() if isinstance(value, list)})
    theirs: dict[str, Callable[[], object]] = {
        "graphml": lambda: nx.write_graphml_lxml(flat, io.BytesIO()),
        "gexf": lambda: nx.write_gexf(flat, io.BytesIO()),
        "node-link": lambda: json.dumps(nx.node_link_data(graph, edges="edges"), ensure_ascii=False).encode(),
    }
    found: dict[str, list[float]] = {name: [] for name in theirs}
    for number in range(rounds + 1):
        for name, run in theirs.items():
            ours, other = seconds(lambda name=name: export(held, name)), seconds(run)  # type: ignore[misc]
            if number:
                found[name].append(other / ours)
    return {name: spread(own) for name, own in found.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.exports", description=__doc__)
    parser.add_argument("--entities", type=int, default=20_000, help="how many to make up")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedServer(Path(folder) / "exports", bolt_port=0, http_port=0)
        with server.use() as connection:
            with Graph(connection) as graph:
                ensure_schema(graph)
                graph._driver.execute_query("MERGE (m:Huitu:HuituMeta {id: 'meta'}) SET m.revision = 1")
            make(connection, options.entities)
            found = compare(connection, options.rounds)
    tell(found, options.json)


if __name__ == "__main__":
    main()
