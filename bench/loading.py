"""Loading against the bare database: `load` against MERGE alone, bulk load against the import tool alone.

    python -m bench.loading [--extractions FILE] [--documents N] [--bulk-documents N] [--rounds N] [--json FILE]

Rounds alternate between the two, so that what else the machine does falls on both; one round before them does not
count. Text: FILE (what ``huitu extract --with-text`` wrote), else what the extractor finds in the documents of
`bench.corpus`. Figures that matter are ratios.

- ``load``: documents into an empty graph, against MERGE of as many nodes and relationships as it then holds, in batches
  of as many rows. ``bare`` merges ids alone; ``alike`` the same nodes with their properties, under the same indexes.
- ``bulk``: everything from the extractions to the imported store, and to a server that answers with all its indexes,
  against the import tool alone on the same CSV files.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import Any, LiteralString

import neo4j

from bench.corpus import extraction_of, extractions
from bench.figures import StepTimes, bare_driver, seconds, spread, tell
from graph.bulk import bulk, write_files
from graph.client import Graph
from graph.embedded import EmbeddedServer, java, store
from graph.embedded.importing import IMPORT
from graph.load import BATCH_ROWS, ensure_schema, load, reset
from graph.workers import cores

_NODES: LiteralString = "UNWIND $rows AS row MERGE (n:Bench {id: row.id})"
_NODES_ALIKE: LiteralString = "UNWIND $rows AS row MERGE (n:Huitu {id: row.id}) SET n = row.properties, n:$(row.labels)"
_LINKS: LiteralString = """UNWIND $rows AS row MATCH (a:Bench {id: row.start}) MATCH (b:Bench {id: row.end})
MERGE (a)-[r:BENCH]->(b)"""
_LINKS_ALIKE: LiteralString = """UNWIND $rows AS row MATCH (a:Huitu {id: row.start}) MATCH (b:Huitu {id: row.end})
MERGE (a)-[r:$(row.type)]->(b) SET r = row.properties"""
_READ_NODES: LiteralString = "MATCH (n:Huitu) RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties"
_READ_LINKS: LiteralString = """MATCH (a:Huitu)-[r]->(b:Huitu)
RETURN a.id AS start, type(r) AS type, b.id AS end, properties(r) AS properties"""


def compare_load(server: EmbeddedServer, lines: list[bytes], rounds: int) -> dict[str, Any]:
    """Seconds of `load` and of MERGE alone, round by round."""
    found = [extraction_of(line) for line in lines]
    with server.use() as connection, Graph(connection) as graph, bare_driver(connection) as driver:
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


def compare_bulk(folder: Path, lines: list[bytes], rounds: int) -> dict[str, Any]:
    """Seconds of `bulk` and its steps, and of the import tool alone on the files that it makes, round by round."""
    files = folder / "files"
    files.mkdir()
    _, written = write_files(files, lines, read=extraction_of, processes=cores())
    steps: dict[str, list[float]] = {}
    times: dict[str, list[float]] = {"import tool": [], "bulk": []}
    for number in range(rounds + 1):
        home = _server(folder / f"tool-{number}")
        home.data_dir.mkdir()
        home.make_home(bolt_port=7687, http_port=7474)  # never started, so the ports do not matter
        arguments = [*IMPORT, store.DATABASE, *written.arguments(str(files)), f"--report-file={folder / 'report'}"]
        alone = seconds(partial(_admin, home, arguments))
        watch = StepTimes()
        server = _server(folder / f"bulk-{number}")
        whole = seconds(partial(_bulk, server, lines, watch))
        if number:
            times["import tool"].append(alone)
            times["bulk"].append(whole)
            for step, took in watch.seconds().items():
                steps.setdefault(step, []).append(took)
        shutil.rmtree(home.data_dir)
        shutil.rmtree(server.data_dir)
    return {
        "documents": len(lines),
        "processes": cores(),
        "seconds": {name: spread(own) for name, own in times.items()},
        "seconds of each step": {name: spread(own) for name, own in steps.items()},
        "time of bulk as a multiple of the tool's": spread(
            [whole / alone for whole, alone in zip(times["bulk"], times["import tool"], strict=True)]
        ),
    }


def _server(folder: Path) -> EmbeddedServer:
    return EmbeddedServer(folder, bolt_port=0, http_port=0)


def _admin(server: EmbeddedServer, arguments: list[str]) -> None:
    java.run_admin(server.home, arguments, java=server.java, heap_mib=server.heap_mib, problem="Refused")


def _bulk(server: EmbeddedServer, lines: list[bytes], watch: StepTimes) -> None:
    bulk(server, lines, read=extraction_of, processes=cores(), progress=watch)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.loading", description=__doc__)
    parser.add_argument("--extractions", type=Path, help="file of what to load")
    parser.add_argument("--documents", type=int, default=1000, help="how many to load batch by batch; 0: none")
    parser.add_argument("--bulk-documents", type=int, default=4000, help="how many to load in bulk; 0: none")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    options = parser.parse_args()
    lines = extractions(options.extractions, max(options.documents, options.bulk_documents))
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        if options.documents:
            server = _server(Path(folder) / "load")
            found["load"] = compare_load(server, lines[: options.documents], options.rounds)
        if options.bulk_documents:
            found["bulk"] = compare_bulk(Path(folder), lines[: options.bulk_documents], options.rounds)
    tell(found, options.json)


if __name__ == "__main__":
    main()
