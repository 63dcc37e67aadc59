"""The API's statements on a small and on a large graph: how much longer each takes, and what it reads to answer.

    python -m bench.scale [--entities N] [--factor N] [--rounds N] [--memory-mib N] [--keep FOLDER] [--json FILE]

Both graphs are made up and come in by the bulk path: entities with five times as many edges, a few of which have very
many (a hundredth of the entities has a third of the ends), and claims with quotes under one edge in ten. The large one
has N times as many of all. The questions are the reading operations of the API, each asked of an entity with some edges
and claims, and of the one with the most; their statements are recorded and sent by the driver alone. A statement that
takes in a whole graph (statistics, lists without a bound) grows with it; the others should not.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, cast

import neo4j
import numpy as np
from fastapi.testclient import TestClient
from numpy.typing import NDArray

import cypher
from api import create_app
from bench.figures import bare_driver, tell
from bench.questions import Recorder
from graph import csvfiles
from graph.bulk import _finish
from graph.content import MODEL_VERSION
from graph.csvfiles import CsvFiles
from graph.embedded import EmbeddedServer, store
from graph.embedded.importing import import_store
from graph.identity import key_node
from graph.schema import RELATIONS, EntityType
from graph.settings import Connection

Ints = NDArray[np.int64]

EDGES = 5  # for each entity
SHARES = {
    EntityType.PERSON: 0.45,
    EntityType.ORGANIZATION: 0.3,
    EntityType.FORUM: 0.12,
    EntityType.INITIATIVE: 0.08,
    EntityType.PLACE: 0.05,
}
LETTERS = {"Person": "p", "Organization": "o", "Forum": "f", "Initiative": "i", "Place": "l"}
TAILS = {"Person": "", "Organization": "研究院", "Forum": "论坛", "Initiative": "行动计划", "Place": "市"}
LENGTHS = {"Person": 3, "Organization": 4, "Forum": 3, "Initiative": 4, "Place": 3}
SYLLABLES = [chr(0x4E00 + 7 * number) for number in range(800)]
EDITIONS = 20  # of a series
CLAIMS_OF_DOCUMENT = 10
CLAIMED = 10  # one edge in so many has a claim
SKEW = 4.0  # a share s of the first entities has s^(1/4) of the ends
RANKS = (0.02, 0.0)  # in both graphs an entity at the first of these has some 70 edges
REVISIONS = {"added_in": 1, "changed_in": 1}
LIMIT_S = 30  # what takes longer is ended, and told as an error
ENOUGH_MS = 6_000  # of one statement, however few rounds those are


class Made:
    """A made-up graph of so many entities: which are of which type, and what ties them."""

    def __init__(self, entities: int) -> None:
        random = np.random.default_rng(entities)
        self.counts = counts_of(entities)
        kinds = [
            (relation, head, tail)
            for relation, spec in RELATIONS.items()
            for head in sorted(spec.heads)
            for tail in sorted(spec.tails)
        ]
        self.edges: list[tuple[str, EntityType, EntityType, Ints, Ints]] = []
        for relation, head, tail in kinds:
            number = EDGES * entities // len(kinds)
            pairs = np.stack([self._drawn(random, each, number) for each in (head, tail)], 1)
            pairs = np.unique(pairs, axis=0)
            pairs = pairs[pairs[:, 0] != pairs[:, 1]] if head == tail else pairs
            self.edges.append((relation.value, head, tail, pairs[:, 0], pairs[:, 1]))

    def _drawn(self, random: np.random.Generator, type: EntityType, number: int) -> Ints:
        return (self.counts[type] * random.random(number) ** SKEW).astype(np.int64)

    def write(self, folder: Path) -> list[str]:
        """All files of the graph; the arguments of the import tool."""
        with CsvFiles(folder) as files:
            self._entities(files)
            self._edges(files)
            row = {"id": "meta", "version": MODEL_VERSION, "revision": 1, "begun": 0}
            files.write(csvfiles.META, csvfiles.META.line(row))
        return files.arguments(str(folder))

    def _entities(self, files: CsvFiles) -> None:
        for type, count in self.counts.items():
            for number in range(count):
                name = called(type, number)
                files.write(
                    csvfiles.ENTITIES,
                    csvfiles.ENTITIES.line(
                        {
                            "id": id_of(type, number),
                            "LABEL": type.value,
                            "type": type.value,
                            "name": name,
                            "aliases": [],
                            "names": [name],
                            "pinyin": [f"ming{number}$ m{number}"],
                            "documents": 1 + count // (number + 1),
                            "former": [],
                            "first_date": "2031-01-02",
                            "last_date": f"2031-{1 + number % 12:02}-{1 + number % 28:02}",
                            **REVISIONS,
                        }
                    ),
                )
        for number in range((self.counts[EntityType.FORUM] - 1) // EDITIONS + 1):
            name = called(EntityType.FORUM, number * EDITIONS)[4:]
            row = {"id": f"s-{number:016x}", "type": "ForumSeries", "name": name, "aliases": [], "pinyin": []}
            files.write(csvfiles.SERIES, csvfiles.SERIES.line(row))
        for number in range(self.counts[EntityType.FORUM]):
            files.link(csvfiles.EDITIONS, id_of(EntityType.FORUM, number), f"s-{number // EDITIONS:016x}")

    def _edges(self, files: CsvFiles) -> None:
        place, keys = 0, set[tuple[EntityType, int]]()
        for relation, head, tail, heads, tails in self.edges:
            for one, other in zip(heads.tolist(), tails.tolist(), strict=True):
                document = f"d-{place // CLAIMED // CLAIMS_OF_DOCUMENT:020x}"
                quote = f"{called(head, one)}与{called(tail, other)}在会上共同宣布了第{place}项安排。"
                dates = f"2031-{1 + place % 12:02}-{1 + place % 28:02}"
                edge = {
                    "START_ID": id_of(head, one),
                    "END_ID": id_of(tail, other),
                    "TYPE": relation,
                    "support": 1 + place % 5 // 4,
                    "planned": 0,
                    "denied": 0,
                    "claims": 1 + place % 5 // 4,
                    "confidence": 0.5 + place % 50 / 100,
                    "roles": [],
                    "first_date": dates,
                    "last_date": dates,
                    "quote": quote,
                    "document_id": document,
                    **REVISIONS,
                }
                files.write(csvfiles.EDGES, csvfiles.EDGES.line(edge))
                if place % CLAIMED == 0:
                    self._claim(files, place // CLAIMED, document, relation, quote, dates, (head, one), (tail, other))
                    keys |= {(head, one), (tail, other)}
                place += 1
        for number in range((place - 1) // CLAIMED // CLAIMS_OF_DOCUMENT + 1):
            self._document(files, number)
        for type, number in keys:
            id = id_of(type, number)
            files.write(csvfiles.KEYS, csvfiles.KEYS.line({"id": key_node(id), "type": type.value, "entity": id}))

    def _claim(
        self,
        files: CsvFiles,
        number: int,
        document: str,
        relation: str,
        quote: str,
        date: str,
        *ends: tuple[EntityType, int],
    ) -> None:
        claim = f"c-{number:020x}"
        row = {
            "id": claim,
            "document_id": document,
            "statement": f"t-{number:020x}",
            "extractor": "bench",
            "relation": relation,
            "rule": "bench",
            "confidence": 0.9,
            "modality": "held",
            "date_from": date,
            "date_to": date,
            "date_precision": "day",
            "quote": quote,
            "start": 0,
            "end": len(quote),
            "quotes": [quote],
            "starts": [0],
            "ends": [len(quote)],
        }
        files.write(csvfiles.CLAIMS, csvfiles.CLAIMS.line(row))
        files.link(csvfiles.STATES, document, claim)
        for table, side, (type, one) in zip((csvfiles.SUBJECT, csvfiles.OBJECT), "ab", ends, strict=True):
            mention, key = f"m-{number:018x}{side}", id_of(type, one)
            row = {
                "id": mention,
                "document_id": document,
                "local_id": f"e{number}{side}",
                "type": type.value,
                "name": called(type, one),
                "key": key,
                "ties": [key],
                "weak": False,
                "by_hand": False,
                "aliases": [],
                "starts": [0],
                "ends": [3],
            }
            files.write(csvfiles.MENTIONS, csvfiles.MENTIONS.line(row))
            files.link(csvfiles.NAMED, document, mention)
            files.link(csvfiles.DENOTES, mention, key)
            files.link(csvfiles.TIES, mention, key_node(key))
            files.link(table, claim, mention)

    def _document(self, files: CsvFiles, number: int) -> None:
        id, date = f"d-{number:020x}", f"2031-{1 + number % 12:02}-{1 + number % 28:02}"
        text = "".join(SYLLABLES[(number * 31 + place * place) % len(SYLLABLES)] for place in range(300))
        row = {"id": id, "key": f"made/{number}", "title": text[:12], "date": date, "source": "虚构日报", "text": text}
        row |= {
            "sha256": id,
            "model": str(MODEL_VERSION),
            "cluster": id,
            "ingested_at": "2031-12-31T00:00:00.000Z",
        }
        files.write(csvfiles.DOCUMENTS, csvfiles.DOCUMENTS.line(row))


def counts_of(entities: int) -> dict[EntityType, int]:
    """How many of each type there are."""
    return {type: max(40, int(entities * share)) for type, share in SHARES.items()}


def id_of(type: EntityType, number: int) -> str:
    """The id of an entity."""
    return f"{LETTERS[type.value]}-{number:016x}"


def called(type: EntityType, number: int) -> str:
    """Its name: syllables that spell its number, a tail of its type, and for forums the year."""
    year = ""
    if type is EntityType.FORUM:
        year, number = str(2012 + number % EDITIONS), number // EDITIONS
    spelled = ""
    for _ in range(LENGTHS[type.value]):
        number, rest = divmod(number, len(SYLLABLES))
        spelled += SYLLABLES[rest]
    return year + spelled + TAILS[type.value]


def questions(graph: Recorder, entities: int, rank: float) -> Iterator[tuple[str, dict[str, str]]]:
    """The addresses of the API's reading operations with parameters that fit, on what has a rank of 0 (first) to 1."""
    at = {type: int(count * rank) for type, count in counts_of(entities).items()}
    ids = {
        "institutions": id_of(EntityType.ORGANIZATION, at[EntityType.ORGANIZATION]),
        "forums": id_of(EntityType.FORUM, at[EntityType.FORUM]),
        "initiatives": id_of(EntityType.INITIATIVE, at[EntityType.INITIATIVE]),
        "people": id_of(EntityType.PERSON, at[EntityType.PERSON]),
        "places": id_of(EntityType.PLACE, at[EntityType.PLACE]),
        "entities": id_of(EntityType.ORGANIZATION, at[EntityType.ORGANIZATION]),
        "reconcile": id_of(EntityType.ORGANIZATION, at[EntityType.ORGANIZATION]),
        "series": f"s-{at[EntityType.FORUM] // EDITIONS:016x}",
        "documents": f"d-{int(entities * rank) // 100:020x}",
        "claims": f"c-{int(entities * rank) // 10:020x}",
    }
    person, body = ids["people"], ids["institutions"]
    rows = graph.read("list_neighbours", **_NEIGHBOURS, id=body)
    edge = rows[0] if rows else {"head": body, "relation": "SIGNED_WITH", "tail": body}
    given = {
        "q": called(EntityType.ORGANIZATION, at[EntityType.ORGANIZATION]),
        "prefix": called(EntityType.ORGANIZATION, at[EntityType.ORGANIZATION])[:3],
        "with": id_of(EntityType.ORGANIZATION, at[EntityType.ORGANIZATION] + 1),
        "measure": "degree",
        "entity": body,
        "from": person,
        "to": id_of(EntityType.PERSON, at[EntityType.PERSON] + 1),
        **{name: str(edge[name]) for name in ("head", "relation", "tail")},
    }
    for path, operations in create_app(graph).openapi()["paths"].items():
        if "get" not in operations or path in _WITHOUT or not path.startswith("/v1/"):
            continue
        kind = path.split("/")[2]
        if "{id}" in path and kind not in ids:
            continue
        named = [each["name"] for each in operations["get"].get("parameters", []) if each.get("required")]
        yield path.replace("{id}", ids.get(kind, "")), {name: given[name] for name in named if name != "id"}


_WITHOUT = {"/v1/changes", "/v1/export"}  # all of the graph, row by row: bench.exports
_NEIGHBOURS: dict[str, Any] = {
    "relations": [relation.value for relation in RELATIONS],
    "types": [type.value for type in EntityType],
    "directions": ["out", "in"],
    "modalities": ["held"],
    "min_support": 0,
    "support": 2**62,
    "relation": "",
    "other": "",
    "direction": "",
    "limit": 1,
}


def measure(connection: Connection, entities: int, rank: float, rounds: int) -> dict[str, dict[str, Any]]:
    """Milliseconds, rows touched and scans of each operation's statements, by its address without ids."""
    found: dict[str, dict[str, Any]] = {}
    with Recorder(connection) as recorder, bare_driver(connection) as driver:
        asker = TestClient(create_app(recorder), base_url="http://127.0.0.1", raise_server_exceptions=False)
        for address, parameters in list(questions(recorder, entities, rank)):
            recorder.asked.clear()
            begin = time.perf_counter()
            answer = asker.get(address, params=parameters, follow_redirects=True)
            first = time.perf_counter() - begin
            name = "/".join(part if "-0" not in part else "{id}" for part in address.split("/"))
            own: dict[str, Any] = {"status": answer.status_code, "first ms": round(first * 1000, 1), "statements": {}}
            for statement, given in list(recorder.asked):
                own["statements"][statement] = _profiled(driver, statement, given, rounds)
            own["ms"] = round(sum(each["ms"] for each in own["statements"].values()), 2)
            found[name] = own
            print(f"{name}: {own['ms']} ms, {answer.status_code}", file=sys.stderr)
    return found


def _profiled(driver: neo4j.Driver, name: str, parameters: dict[str, Any], rounds: int) -> dict[str, Any]:
    text = cypher.load(name)
    took: list[float] = []
    plan: dict[str, Any] = {"operatorType": "", "args": {}}
    error = None
    with driver.session(default_access_mode=neo4j.READ_ACCESS) as session:
        try:
            while len(took) <= rounds and sum(took) < ENOUGH_MS:
                begin = time.perf_counter()
                session.run(neo4j.Query(text, timeout=LIMIT_S), parameters).consume()
                took.append((time.perf_counter() - begin) * 1000)
            profiled = neo4j.Query(f"PROFILE {text}", timeout=LIMIT_S)
            plan = cast(dict[str, Any], session.run(profiled, parameters).consume().profile)
        except neo4j.exceptions.Neo4jError as refused:
            if "not been materialised" not in str(refused):  # what Neo4j says of some plans that it cannot profile
                took.append((time.perf_counter() - begin) * 1000)
                error = refused.code
    operators = list(_operators(plan))
    kinds = {each["operatorType"].split("@")[0] for each in operators}
    return {
        "ms": round(median(took[1:] or took), 2),
        "hits": sum(int(each["args"].get("DbHits", 0)) for each in operators),
        "scans": sorted(kind for kind in kinds if "Scan" in kind),
        **({"error": error} if error else {}),
    }


def _operators(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("children", []):
        yield from _operators(child)


@contextmanager
def graph_of(folder: Path, entities: int, memory_mib: int | None) -> Iterator[Connection]:
    """A made-up graph in a server of its own, which is kept in the folder."""
    server = EmbeddedServer(folder / str(entities), bolt_port=0, http_port=0, memory_mib=memory_mib)
    if not store.exists(server.home):
        begin = time.perf_counter()
        import_store(server, Made(entities).write, _finish)
        print(f"{entities} entities after {time.perf_counter() - begin:.0f} s", file=sys.stderr)
    with server.use() as connection:
        yield connection


def compare(small: dict[str, Any], large: dict[str, Any]) -> dict[str, Any]:
    """How much longer each operation takes on the large graph."""
    return {
        name: {
            "small ms": small[name]["ms"],
            "large ms": own["ms"],
            "multiple": round(own["ms"] / max(small[name]["ms"], 0.1), 2),
            "statements": {
                statement: {
                    "small ms": small[name]["statements"].get(statement, {}).get("ms"),
                    "large ms": each["ms"],
                    "small hits": small[name]["statements"].get(statement, {}).get("hits"),
                    "large hits": each["hits"],
                    "scans": each["scans"],
                    **({"error": each["error"]} if "error" in each else {}),
                }
                for statement, each in own["statements"].items()
            },
        }
        for name, own in large.items()
        if own["statements"]
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--entities", type=int, default=20_000, help="of the small graph")
    parser.add_argument("--factor", type=int, default=10, help="how many times as many the large one has")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory-mib", type=int, help="of the server; without it, what the machine gives")
    parser.add_argument("--keep", type=Path, help="folder to keep the graphs in, and to take them from")
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    options = parser.parse_args()
    measured = []
    with tempfile.TemporaryDirectory() as passing:
        for entities in (options.entities, options.entities * options.factor):
            with graph_of(options.keep or Path(passing), entities, options.memory_mib) as connection:
                measured.append([measure(connection, entities, rank, options.rounds) for rank in RANKS])
    (some, most), (some_large, most_large) = measured
    found = {
        "entities": [options.entities, options.entities * options.factor],
        "of an entity with some edges": compare(some, some_large),
        "of the one with the most": compare(most, most_large),
    }
    tell(found, options.json)


if __name__ == "__main__":
    main()
