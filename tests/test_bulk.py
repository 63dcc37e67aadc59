"""First load through the import tool: the graph that `load` makes, all of it or nothing."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, LiteralString

import pytest
from articles import article, newsroom
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import GraphDatabase
from servers import SETTINGS, own_server

from graph import queries
from graph.bulk import write_files
from graph.client import Graph
from graph.csvfiles import ONE_EMPTY, SEPARATOR, TABLES
from graph.embedded import EmbeddedServer, NotEmpty, store
from graph.embedded.importing import refuse_content
from graph.load import LoadReport, load, reset
from graph.schema import Document, Extraction, InvalidRecord
from graph.settings import Connection
from graph.snapshot import changes, snapshot

pytestmark = pytest.mark.long

HUITU = Path(sys.executable).with_name("huitu")
BOOKKEEPING = {"added_in", "begun", "changed_in", "ingested_at", "revision"}

PEOPLE = ("林知远", "“林知远”", "王伟", "穆罕默德", "𠮷野😀", "￥野")
BODIES = (
    "晨光大学",
    "海岬研究所",
    ("云溪科学院", "云科院"),
    ("云溪科学院", "云科院", "CAY"),
    ("云溪科学院", "￥院", "😀院"),
    "云科院",
    "组委会",
    "市委",
)
EDITIONS = ("第九届云溪智能论坛", "2031云溪智能论坛", "第九届云溪·智能论坛")
FORUMS = (
    "2031云溪智能论坛",
    "2031云溪·智能论坛",
    ("2031云溪智能论坛", "云智会"),
    ("第八届进博会", "第八届中国国际进口博览会"),
    "2032云溪智能论坛",
    EDITIONS,
    "云溪智能论坛",
    "第五届大会",
)
PLACES = ("阿联酋", "沙特", "云溪市", ("湖北省武汉市", "武汉"), "武汉", "朝阳区")
INITIATIVES = ("星河计划", "《星河计划》", ("星河计划", "￥计划"), ("星河计划", "😀计划"))
TITLES = ("院长", "校长", "总统", "总统、校长", "", "😀", "￥", None)
DATES = ("2031-05-18", "2031-05-19", "2031-06-25", "2032-01-01", None)
REPRINTED = "乙" * 30 + "丙丁戊己庚辛壬癸子丑" * 6 + "寅卯辰巳午未申酉戌亥"
TEXTS = ("甲", REPRINTED, REPRINTED + "。编辑：甲", "云溪日报讯 " + REPRINTED)


def document(chance: random.Random, number: int) -> Extraction:
    """A document of few words that shares names, posts, forums and text with others of its kind."""
    any_of = chance.choice
    names: dict[str, str | tuple[str, ...]] = {
        "p1": any_of(PEOPLE),
        "p2": any_of(PEOPLE),
        "o1": any_of(BODIES),
        "o2": any_of(BODIES),
        "f1": any_of(FORUMS),
        "f2": any_of(FORUMS),
        "l1": any_of(PLACES),
        "i1": any_of(INITIATIVES),
    }
    ends = (
        ("AFFILIATED_WITH", "p1", "o1"),
        ("AFFILIATED_WITH", "p1", "l1"),
        ("AFFILIATED_WITH", "p2", "o2"),
        ("SPEAKER_AT", "p1", "f1"),
        ("ATTENDED", "p2", "f1"),
        ("HOSTED_BY", "f1", "o1"),
        ("PART_OF", "f1", "f2"),
        ("SIGNED_WITH", "o1", "o2"),
        ("SIGNED_WITH", "o2", "l1"),
        ("ANNOUNCED_AT", "i1", "f2"),
        ("HELD_IN", "f1", "l1"),
    )
    facts = [
        (
            *any_of(ends),
            {
                "role": any_of(TITLES),
                "modality": any_of(("held", "held", "planned", "denied")),
                "confidence": any_of((0.5, 0.9, 0.8444218515250481)),
                "date": any_of((None, None, "2031-05-17", "2031-07-01")),
                "at": any_of((None, "f1")),
                "rule": any_of(("one", "other")),
                "engines": any_of(((), ("hanlp1",), ("hanlp1", "llm"))),
            },
        )
        for _ in range(chance.randrange(8))
    ]
    kept = {id: name for id, name in names.items() if chance.random() < 0.8 or any(id in fact[1:3] for fact in facts)}
    kept |= {"f1": names["f1"]} if any(fact[3]["at"] for fact in facts) else {}
    return article(f"{number}.txt", any_of(TEXTS), kept, facts, date=any_of(DATES), source=any_of(("虚构日报", None)))


def everything(connection: Connection) -> dict[str, Any]:
    """All nodes by id with labels and properties, all relationships with ends, type and properties; no bookkeeping."""
    with GraphDatabase.driver(connection.uri, auth=(connection.username, connection.password)) as driver:
        nodes = driver.execute_query(
            "MATCH (n) WHERE NOT 'Gone' IN labels(n) RETURN labels(n) AS labels, properties(n) AS kept"
        )
        links = driver.execute_query("MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id, properties(r)")
    return in_order(((row["labels"], row["kept"]) for row in nodes.records), (tuple(row) for row in links.records))


def in_order(nodes: Iterable[tuple[list[str], Any]], links: Iterable[tuple[Any, ...]]) -> dict[str, Any]:
    found = [(kept["id"], sorted(labels), without_bookkeeping(kept)) for labels, kept in nodes]
    pairs = [(type, start, end, without_bookkeeping(kept)) for start, type, end, kept in links]
    assert len({id for id, _, _ in found}) == len(found)
    return {"nodes": sorted(found, key=lambda node: node[0]), "links": sorted(pairs, key=lambda link: link[:3])}


def without_bookkeeping(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in sorted(kept.items()) if name not in BOOKKEEPING}


READ = {
    "string": str,
    "long": int,
    "double": float,
    "boolean": lambda text: text == "true",
    "datetime": str,
    "long[]": lambda text: [int(each) for each in text.split(SEPARATOR) if each],
    "string[]": lambda text: [""] if text == ONE_EMPTY else text.split(SEPARATOR) if text else [],
}


def rows_of(path: Path) -> Iterator[tuple[list[str], list[str | None]]]:
    """Header and values of each line; a value that is not there is None, an empty text is none."""
    text = path.read_bytes().decode()
    values: list[str | None] = []
    header: list[str] = []
    for quoted, plain, end in re.findall(r'(?:("(?:[^"]|"")*")|([^",\n]*))([,\n])', text):
        values.append(quoted[1:-1].replace('""', '"') if quoted else plain or None)
        if end == "\n":
            if header:
                yield header, values
            else:
                header = [str(each) for each in values]
            values = []
    assert text.endswith("\n") and not values


def everything_in(folder: Path) -> dict[str, Any]:
    """What `everything` would find in a database into which the files were imported."""
    nodes, links = [], []
    for table in TABLES:
        for header, values in rows_of(folder / table.file):
            kept, places = {}, {}
            for column, value in zip(header, values, strict=True):
                name, _, type = column.rpartition(":")
                if type in ("ID", "START_ID", "END_ID", "LABEL", "TYPE"):
                    places[type] = value
                # The tool writes no empty list; `finish` does where the graph is to have one.
                listed, filled = type.endswith("[]"), table.name != "mentions" and name != "engines"
                if name and (filled or value if listed else value is not None):
                    kept[name] = READ["string" if type == "ID" else type](value or "")
            if table.nodes:
                labels = [*table.group.split(":"), *([places["LABEL"]] if "LABEL" in places else [])]
                nodes.append((labels, kept))
            else:
                links.append((places["START_ID"], table.group or places["TYPE"], places["END_ID"], kept))
    return in_order(nodes, links)


def same(extraction: Extraction) -> Extraction:
    return extraction


def lines(extractions: Iterable[Extraction]) -> list[bytes]:
    return [json.dumps(each.to_json(with_text=True), ensure_ascii=False).encode() for each in extractions]


def read_line(line: bytes) -> Extraction:
    return Extraction.from_json(json.loads(line))


def hostile() -> list[Extraction]:
    """Texts that a CSV file could lose something of."""
    odd = (
        *('"', '""', ",", "\n", "\r\n", "\r", "\\", '\\"', "'", ";", "|", "\t", " 甲 ", "\ufeff甲", "\x00", "\x0b"),
        *(
            "\x1c",
            ONE_EMPTY + "甲",
            "\x85",
            "\u2028",
            "\ufffe",
            "\uffff",
            "甲\uffff乙",
            "\U0010ffff",
            "😀𠮷",
            "e\u0301",
        ),
    )
    return [
        article(
            f"odd{mark}.txt",
            f'{mark}{mark}在甲论坛{mark}发言，"{mark}"{SEPARATOR}',
            {"p1": (f"王{mark}", mark, "王"), "f1": f"甲{mark}论坛"},
            [("SPEAKER_AT", "p1", "f1", {"quote": f"{mark}{mark}在甲论坛{mark}发言", "role": mark, "topic": mark})],
            title=mark,
            source="",
        )
        for mark in odd
    ]


# --- what is written


@settings(deadline=None, max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False), st.integers(1, 40))
def test_the_files_hold_what_a_load_makes(
    graph: Graph, connection: Connection, tmp_path: Path, chance: random.Random, documents: int
) -> None:
    given_documents = [document(chance, chance.randrange(50)) for _ in range(documents)]
    reset(graph)
    report = load(graph, given_documents, extractor="test 1")
    folder = tmp_path / "files"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    written, _ = write_files(folder, given_documents, read=same, extractor="test 1")
    assert everything_in(folder) == everything(connection)
    assert (written.read, written.added, written.mentions) == (report.read, report.added, report.mentions)


def test_several_processes_write_what_one_writes(tmp_path: Path) -> None:
    given_documents = lines(document(random.Random(number), number) for number in range(250))  # noqa: S311
    for processes in (1, 2):
        (tmp_path / str(processes)).mkdir()
        write_files(tmp_path / str(processes), given_documents, read=read_line, processes=processes)
    assert everything_in(tmp_path / "1") == everything_in(tmp_path / "2")


def test_of_two_documents_with_one_key_the_later_counts(tmp_path: Path) -> None:
    first, second = article("same", "甲论坛。", {"f1": "甲论坛"}), article("same", "乙论坛。", {"f1": "乙论坛"})
    report, _ = write_files(tmp_path, [first, article("other", "甲", {"l1": "武汉"}), second], read=same)
    assert report == LoadReport(read=3, added=2, unchanged=1, mentions=2)
    assert [node[2]["name"] for node in everything_in(tmp_path)["nodes"] if node[0].startswith("f-")] == ["乙论坛"]


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(
    ("text", "names", "problem"),
    [
        ("甲\ud800", {}, "surrogate"),
        ("甲", {"p1": f"甲{SEPARATOR}乙"}, "control character"),
        ("甲", {"p1": ("甲", ONE_EMPTY)}, "control character"),
    ],
)
def test_what_cannot_be_written_is_an_error_that_names_the_document(
    tmp_path: Path, processes: int, text: str, names: dict[str, str | tuple[str, ...]], problem: str
) -> None:
    broken = Extraction(Document("broken.txt", text), article("", "", names).entities)
    with pytest.raises(InvalidRecord, match=problem) as caught:
        write_files(tmp_path, [*newsroom(), broken], read=same, processes=processes)
    assert caught.value.document == "broken.txt"


# --- what the command does


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of extractions, some of them hostile, some there twice."""
    chance = random.Random(2031)  # noqa: S311
    found = [*newsroom(), *(document(chance, chance.randrange(150)) for _ in range(70)), *hostile()]
    path = tmp_path_factory.mktemp("corpus") / "extractions.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n\n".join(lines(found))))
    return path


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """A server of these tests' own, not started."""
    server = own_server(tmp_path_factory.mktemp("own") / "data")
    yield server
    if server.status().running:
        server.stop(force=True)


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HUITU_", "NEO4J_"))}
    kept |= {"HUITU_DATA_DIR": str(folder), **SETTINGS}
    return {**kept, **{name: os.environ[name] for name in ("HUITU_CACHE_DIR",) if name in os.environ}, **more}


def remote(connection: Connection) -> dict[str, str]:
    return {"NEO4J_URI": connection.uri, "NEO4J_PASSWORD": connection.password, "NEO4J_DATABASE": "neo4j"}


def huitu(*arguments: str | Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([HUITU, *arguments], capture_output=True, text=True, check=False, env=env)


def kill_at(step: str, corpus: Path, env: dict[str, str]) -> None:
    """Start a bulk load and kill it at a step."""
    command = [HUITU, "load", corpus, "--bulk", "--processes", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env) as process:
        assert process.stderr is not None
        steps = []
        for line in process.stderr:
            steps.append(line)
            if step in line:
                process.kill()
                return
    raise AssertionError(f"no step {step}: {steps}")


def test_a_bulk_load_gives_the_graph_of_a_load_after_attempts_that_failed_or_were_killed(
    own: EmbeddedServer, corpus: Path, tmp_path: Path, graph: Graph, connection: Connection
) -> None:
    env = environment(own.data_dir)
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(lines(newsroom())[0] + b"\n{\n")
    refused = huitu("load", corpus, broken, "--bulk", "--processes", "1", env=env)
    assert refused.returncode == 1 and f"{broken}, line 2: not JSON" in refused.stderr
    assert not store.exists(own.home)
    for step in ("Importing the files", "Making the indexes"):
        kill_at(step, corpus, env)
    with own.lifecycle():  # as any next command
        assert not store.exists(own.home), "what was killed left nothing"

    done = huitu("load", corpus, "--bulk", "--extractor", "test 1", "--json", env=env)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert not own.status().running
    assert not store.restore_folder(own.home).exists()

    loaded = huitu("load", corpus, "--extractor", "test 1", "--json", env=environment(tmp_path, **remote(connection)))
    assert loaded.returncode == 0, loaded.stderr
    assert json.loads(loaded.stdout)["mentions"] == report["mentions"]
    mine = own.start()
    with Graph(mine) as bulk_graph:
        assert everything(mine) == everything(connection)
        before = list(snapshot(bulk_graph))
        assert before == list(snapshot(graph))
        assert schema(mine) == schema(connection)
        assert next(changes(bulk_graph, 0))["revision"] == 1
        assert len(list(changes(bulk_graph, 1))) == 1, "nothing was changed later"
        again = huitu("load", corpus, "--bulk", env=env)
        assert again.returncode == 2 and "is not empty" in again.stderr and "nothing was changed" in again.stderr
        assert own.status().stays
        assert list(snapshot(bulk_graph)) == before
        assert load(bulk_graph, newsroom(), extractor="test 1").unchanged == 4


def schema(connection: Connection) -> list[Any]:
    with GraphDatabase.driver(connection.uri, auth=(connection.username, connection.password)) as driver:
        found = driver.execute_query("SHOW INDEXES YIELD name, type, state, properties, owningConstraint")
    return sorted(repr(row.data()) for row in found.records)


@pytest.mark.parametrize(
    ("statement", "content"),
    [("CREATE (:Unrelated)", "1 nodes"), ("CREATE INDEX theirs FOR (n:Unrelated) ON (n.x)", "theirs")],
)
def test_a_database_that_others_use_is_not_empty(
    graph: Graph, connection: Connection, statement: LiteralString, content: str
) -> None:
    load(graph, [])
    refuse_content(graph)
    with GraphDatabase.driver(connection.uri, auth=(connection.username, connection.password)) as driver:
        driver.execute_query(statement)
        try:
            with pytest.raises(NotEmpty, match=content):
                refuse_content(graph)
        finally:
            driver.execute_query("DROP INDEX theirs IF EXISTS")


def test_a_server_of_ones_own_is_not_stopped_but_told_how_to_be_filled(
    corpus: Path, tmp_path: Path, graph: Graph, connection: Connection
) -> None:
    env = environment(tmp_path / "unused", **remote(connection))
    refused = huitu("load", corpus, "--bulk", env=env)
    assert refused.returncode == 2 and "--csv FOLDER" in refused.stderr
    written = huitu("load", corpus, "--csv", tmp_path / "files", env=env)
    assert written.returncode == 0 and "import.sh" in written.stderr
    assert queries.statistics(graph).documents == 0
    assert not (tmp_path / "unused").exists()
    again = huitu("load", corpus, "--csv", tmp_path / "files", env=env)
    assert again.returncode == 2

    # The tool that the script calls, on the home of a server that is not started.
    server = own_server(tmp_path / "theirs")
    server.data_dir.mkdir()
    server.make_home(bolt_port=7687, http_port=7474)
    tool = tmp_path / "bin" / "neo4j-admin"
    tool.parent.mkdir()
    tool.write_text(
        f"#!{sys.executable}\nimport sys\nfrom pathlib import Path\nfrom graph.embedded import java\n"
        f"print(java.run_admin(Path({str(server.home)!r}), sys.argv[1:], java='bundled', problem='refused'))\n"
    )
    tool.chmod(0o755)
    env["PATH"] = f"{tool.parent}{os.pathsep}{env['PATH']}"
    script = [shutil.which("sh") or "sh", tmp_path / "files" / "import.sh", "--overwrite-destination=true", "neo4j"]
    done = subprocess.run(script, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(everything_in(tmp_path / 'files')['nodes'])} nodes" in done.stdout
    assert huitu("load", "--finish", env=env).returncode == 0


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"[]", "line 1: not a JSON object"),
        (b'\n{"doc": "a", "entities": [], "relations": []}', "line 2, a: no key 'text'"),
        (b'{"doc": "a", "text": "\xff"}', "line 1: not JSON"),
    ],
)
def test_a_line_that_is_no_extraction_is_an_error_that_says_where(
    tmp_path: Path, connection: Connection, graph: Graph, content: bytes, problem: str
) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_bytes(content)
    done = huitu("load", path, env=environment(tmp_path, **remote(connection)))
    assert done.returncode == 1 and f"{path}, {problem}" in done.stderr and "Traceback" not in done.stderr
    assert queries.statistics(graph).documents == 0


def test_a_file_that_was_cut_off_is_an_error_that_says_where(
    tmp_path: Path, corpus: Path, connection: Connection
) -> None:
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(corpus.read_bytes()[:-100])
    done = huitu("load", path, env=environment(tmp_path, **remote(connection)))
    assert done.returncode == 1 and "behind line" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("options", [[], ["--finish", "x"], ["x", "--bulk", "--csv", "y"]])
def test_options_that_contradict_each_other_are_refused(tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "x").touch()
    done = subprocess.run(
        [HUITU, "load", *options], cwd=tmp_path, capture_output=True, check=False, env=environment(tmp_path / "unused")
    )
    assert done.returncode == 2
