"""Loading against the bare database: `load` against MERGE alone, bulk load against the import tool alone.

    python -m bench.loading [--extractions FILE] [--documents N] [--bulk-documents N] [--rounds N] [--json FILE]

Rounds alternate between the two, so that what else the machine does falls on both; one round before them does not count.
Text: FILE (what ``huitu extract --with-text`` wrote), else what the extractor finds in the documents of
`bench.extraction`. Figures that matter are ratios.

- ``load``: documents into an empty graph, against MERGE of as many nodes and relationships as it then holds, in batches
  of as many rows. ``bare`` merges ids alone; ``alike`` the same nodes with their properties, under the same indexes.
- ``bulk``: everything from the extractions to the imported store, and to a server that answers with all its indexes,
  against the import tool alone on the same CSV files.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, LiteralString

import neo4j

from bench.extraction import documents, seconds, spread
from extract.extractor import Extractor
from graph.bulk import bulk, write_files
from graph.client import Graph
from graph.embedded import EmbeddedServer, java, store
from graph.embedded.importing import IMPORT
from graph.load import BATCH_ROWS, ensure_schema, load, reset
from graph.schema import Extraction
from graph.settings import Connection

_NODES: LiteralString = "UNWIND $rows AS row MERGE (n:Bench {id: row.id})"
_NODES_ALIKE: LiteralString = "UNWIND $rows AS row MERGE (n:Huitu {id: row.id}) SET n = row.properties, n:$(row.labels)"
_LINKS: LiteralString = """UNWIND $rows AS row MATCH (a:Bench {id: row.start}) MATCH (b:Bench {id: row.end})
MERGE (a)-[r:BENCH]->(b)"""
_LINKS_ALIKE: LiteralString = """UNWIND $rows AS row MATCH (a:Huitu {id: row.start}) MATCH (b:Huitu {id: row.end})
MERGE (a)-[r:$(row.type)]->(b) SET r = row.properties"""
_READ_NODES: LiteralString = "MATCH (n:Huitu) RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties"
_READ_LINKS: LiteralString = """MATCH (a:Huitu)-[r]->(b:Huitu)
RETURN a.id AS start, type(r) AS type, b.id AS end, properties(r) AS properties"""


def extractions(path: Path | None) -> Iterator[bytes]:
    """Lines of extractions: those of the file, else what the extractor finds."""
    if path is not None:
        with path.open("rb") as file:
            yield from file
        return
    extractor = Extractor()
    for document in documents():
        yield json.dumps(extractor.extract(document).to_json(with_text=True), ensure_ascii=False).encode()


def extraction_of(line: bytes) -> Extraction:
    """The extraction of a line."""
    return Extraction.from_json(json.loads(line))


def compare_load(server: EmbeddedServer, lines: list[bytes], rounds: int) -> dict[str, Any]:
    """Seconds of `load` and of MERGE alone, round by round."""
    found = [extraction_of(line) for line in lines]
    with server.use() as connection, Graph(connection) as graph, _driver(connection) as driver:
        driver.execute_query("CREATE CONSTRAINT bench_id IF NOT EXISTS FOR (n:Bench) REQUIRE n.id IS UNIQUE")
        load(graph, found)
        nodes, links = ([row.data() for row in driver.execute_query(q).records] for q in (_READ_NODES, _READ_LINKS))
        times: dict[str, list[float]] = {"load": [], "bare": [], "alike": []}
        for number in range(rounds + 1):
            for name in times:
                reset(graph)
                with driver.session() as session:
                    session.run("MATCH (n:Bench) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
                ensure_schema(graph)
                if name == "load":
                    took = seconds(lambda: load(graph, found))
                elif name == "bare":
                    took = seconds(lambda: _merge(driver, (_NODES, nodes), (_LINKS, links)))
                else:
                    took = seconds(lambda: _merge(driver, (_NODES_ALIKE, nodes), (_LINKS_ALIKE, links)))
                if number:
                    times[name].append(took)
    return {
        "documents": len(lines),
        "nodes": len(nodes),
        "relationships": len(links),
        "seconds": {name: spread(own) for name, own in times.items()},
        "speed of load as a share of": {
            name: spread([base / own for base, own in zip(times[name], times["load"], strict=True)])
            for name in ("bare", "alike")
        },
    }


def _merge(driver: neo4j.Driver, *work: tuple[LiteralString, list[dict[str, Any]]]) -> None:
    for statement, rows in work:
        for start in range(0, len(rows), BATCH_ROWS):
            driver.execute_query(statement, rows=rows[start : start + BATCH_ROWS])


def _driver(connection: Connection) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(connection.uri, auth=(connection.username, connection.password))
