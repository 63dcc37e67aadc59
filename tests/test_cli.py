"""The command ``huitu`` as a user types it: a process of its own, against the server of this test run."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import pytest
from servers import SETTINGS

from graph.client import Graph
from graph.embedded import EmbeddedServer
from graph.settings import Connection

pytestmark = pytest.mark.long

HUITU = Path(sys.executable).with_name("huitu")
SAMPLES = Path(__file__).parents[1] / "samples"
ARTICLE = (
    "2031云溪智能论坛5月18日在云溪市开幕。论坛由云溪市人民政府主办，晨光大学承办。晨光大学校长苏沐在论坛上致辞。\n"
)
WAIT_S = 120


def environment(**settings: str) -> dict[str, str]:
    """This process's environment without settings of Huitu and Neo4j, but for those given."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name == "HUITU_CACHE_DIR" or not name.startswith(("HUITU_", "NEO4J_"))
    }
    return {**kept, **settings}


def huitu(
    *arguments: str | Path, env: Mapping[str, str] | None = None, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run the command to its end."""
    command = [str(HUITU), *map(str, arguments)]
    return subprocess.run(
        command, input=stdin, capture_output=True, check=False, timeout=WAIT_S, env=env or environment()
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(address: str) -> bytes:
    """The answer of a server that may just be starting."""
    end = time.monotonic() + WAIT_S
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10) as response:  # noqa: S310  http, and our own
                return bytes(response.read())
        except urllib.error.HTTPError:
            raise
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="module")
def remote(connection: Connection) -> dict[str, str]:
    """An environment that names the server of this test run."""
    return environment(
        NEO4J_URI=connection.uri,
        NEO4J_USERNAME=connection.username,
        NEO4J_PASSWORD=connection.password,
        NEO4J_DATABASE=connection.database or "neo4j",
    )


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with two articles."""
    folder = tmp_path / "articles"
    (folder / "b").mkdir(parents=True)
    (folder / "1.txt").write_text(ARTICLE)
    (folder / "b" / "1.txt").write_text("海岬研究所所长韩若水到访北原市。海岬研究所与晨光大学签署合作协议。\n")
    return folder


def test_help_and_version_say_what_it_is() -> None:
    assert huitu("--version").stdout.decode() == f"huitu {version('huitu')}\n"
    shown = huitu("--help")
    assert shown.returncode == 0
    assert "会图" in shown.stdout.decode()


NAMES = ("g.json", "g.xlsx")


def test_a_second_ingest_changes_nothing(graph: Graph, remote: dict[str, str], tmp_path: Path) -> None:
    assert graph.verify()
    exports = []
    for expected in ({"added": 12, "unchanged": 0}, {"added": 0, "unchanged": 12}):
        result = huitu("ingest", "--json", SAMPLES, env=remote)
        assert result.returncode == 0, result.stderr.decode()
        report = json.loads(result.stdout)
        assert {name: report[name] for name in expected} == expected
        assert report["replaced"] == 0
        assert report["failed"] == []
        for name in NAMES:
            assert (
                huitu("export", "-o", tmp_path / name, "--type", "Person", "--type", "Forum", env=remote).returncode
                == 0
            )
        exports.append([(tmp_path / name).read_bytes() for name in NAMES])
    assert exports[0] == exports[1]
    assert {each["type"] for each in json.loads(exports[0][0])["nodes"]} == {"Person", "Forum", "ForumSeries"}


def test_search_status_delete_and_reset(graph: Graph, remote: dict[str, str], articles: Path) -> None:
    assert graph.verify()
    assert huitu("ingest", articles, env=remote).returncode == 0

    found = huitu("search", "晨光", "--json", env=remote)
    assert found.returncode == 0
    names = {item["name"] for item in json.loads(found.stdout)["items"]}
    assert "晨光大学" in names
    assert "晨光大学" in huitu("search", "晨光大学", env=remote).stdout.decode()
    assert huitu("search", "查无此名", env=remote).returncode == 1

    unknown = huitu("delete", "b/1", "[red]/nothing", env=remote)
    assert unknown.returncode == 1
    assert "There is no document [red]/nothing." in unknown.stderr.decode()
    assert json.loads(huitu("status", "--json", env=remote).stdout)["documents"] == 1
    assert huitu("search", "韩若水", env=remote).returncode == 1

    assert huitu("reset", env=remote, stdin=b"n\n").returncode == 1
    assert json.loads(huitu("status", "--json", env=remote).stdout)["documents"] == 1
    assert huitu("reset", "--yes", env=remote).returncode == 0
    assert json.loads(huitu("status", "--json", env=remote).stdout)["documents"] == 0


def test_extract_writes_the_contract_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    contents = []
    for seed in ("1", "2"):
        output = tmp_path / f"{seed}.jsonl"
        result = huitu("extract", SAMPLES, "-o", output, "--with-text", env={**environment(), "PYTHONHASHSEED": seed})
        assert result.returncode == 0, result.stderr.decode()
        assert result.stdout == b""
        contents.append(output.read_bytes())
    assert contents[0] == contents[1]

    records = [json.loads(line) for line in contents[0].splitlines()]
    stems = sorted(path.name.partition(".")[0] for path in SAMPLES.iterdir() if path.suffix)
    assert [record["doc"] for record in records] == stems
    for record in records:
        text, ids = record["text"], {entity["id"] for entity in record["entities"]}
        assert None not in record.values()
        assert {"entities", "relations"} < set(record)
        for entity in record["entities"]:
            assert set(entity) == {"id", "type", "name", "aliases", "mentions"}
            assert all(text[start:end].strip() for start, end in entity["mentions"])
        for relation in record["relations"]:
            assert {"type", "head", "tail", "modality", "confidence", "rule", "evidence"} <= set(relation)
            assert {relation["head"], relation["tail"], relation.get("at", relation["head"])} <= ids
            assert None not in relation.values()
            for evidence in relation["evidence"]:
                assert text[evidence["start"] : evidence["end"]] == evidence["quote"] != ""


def test_extract_reads_standard_input() -> None:
    result = huitu("extract", "-", "--date", "2031-05-19", stdin=ARTICLE.encode("gb18030"))
    assert result.returncode == 0, result.stderr.decode()
    (record,) = map(json.loads, result.stdout.splitlines())
    assert (record["doc"], record["date"]) == ("stdin", "2031-05-19")
    assert "晨光大学" in {entity["name"] for entity in record["entities"]}
    assert "text" not in record


def test_what_cannot_be_read_is_said_and_the_rest_is_done(articles: Path, tmp_path: Path) -> None:
    broken = articles / "[red]broken.jsonl.gz"
    broken.write_bytes(b"no gzip")
    missing = tmp_path / "missing.txt"
    result = huitu("extract", missing, articles)
    assert result.returncode == 1
    said = result.stderr.decode()
    assert f"failed: {missing}: does not exist" in said
    assert f"failed: {broken}: " in said
    assert "Traceback" not in said
    assert [json.loads(line)["doc"] for line in result.stdout.splitlines()] == ["1", "b/1"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["extract", "--date", "2031-13-01", "x.txt"], "is no date"),
        (["extract", "x.txt", "-o", "no-folder/x.jsonl"], "no folder"),
        (["extract", "x.txt", "-o", "."], "is a folder"),
        (["export", "-o", "graph.doc"], "--format"),
        (["export"], "--output"),
        (["export", "-o", "graph.gexf", "--from", "yesterday"], "--from"),
        (["nonsense"], "nonsense"),
        (["evaluate", "no-folder"], "does not exist"),
    ],
)
def test_wrong_use_is_2_and_says_what_is_wrong(arguments: Sequence[str], said: str) -> None:
    result = huitu(*arguments, env=environment(COLUMNS="200"))
    assert result.returncode == 2
    assert said in result.stderr.decode()
    assert "Traceback" not in result.stderr.decode()
    assert result.stdout == b""


def test_a_wrong_address_is_a_clear_error() -> None:
    uri = f"bolt://127.0.0.1:{free_port()}"
    result = huitu("status", env=environment(NEO4J_URI=uri, NEO4J_PASSWORD="not-shown"))
    said = result.stderr.decode()
    assert result.returncode == 3
    assert uri in said
    assert "not-shown" not in said
    assert "Traceback" not in said


def test_tracebacks_are_for_debug_only(tmp_path: Path) -> None:
    gold = tmp_path / "[b]" / "[/red]"
    gold.mkdir(parents=True)
    plain, debug = huitu("evaluate", gold), huitu("evaluate", gold, "--debug")
    assert plain.returncode == debug.returncode == 1
    assert f"Error: {gold}: no *.gold.json there" in plain.stderr.decode()
    assert "Traceback" not in plain.stderr.decode()
    assert "Traceback" in debug.stderr.decode()


def test_evaluate_scores_annotated_documents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    gold = {
        "doc": "a",
        "entities": [
            {"id": "f", "type": "Forum", "name": "2031云溪智能论坛"},
            {"id": "o", "type": "Organization", "name": "晨光大学"},
            {"id": "x", "type": "Initiative", "name": "文中没有的倡议"},
        ],
        "relations": [
            {"type": "ORGANIZED_BY", "head": "f", "tail": "o", "role": "承办", "modality": "planned", "date": None}
        ],
    }
    (tmp_path / "a.gold.json").write_text(json.dumps(gold))
    result = huitu("evaluate", tmp_path, "--json", "--errors")
    assert result.returncode == 0, result.stderr.decode()
    figures = json.loads(result.stdout)
    assert figures["docs"] == 1
    assert figures["E:Forum"]["r"] == 1
    assert figures["E:Initiative"] == {"p": 0, "r": 0, "f1": 0, "gold": 1}
    assert figures["R:ORGANIZED_BY"]["f1"] == 1
    assert "missed Initiative 文中没有的倡议" in figures["errors"]["a"]
    assert figures["roles"]["*"]["strict"] == 1
    assert figures["modality"]["planned"]["gold"] == figures["dates"]["undated"] == 1
    assert figures["confidence"]["buckets"]
    shown = huitu("evaluate", tmp_path, env=environment(COLUMNS="120")).stdout.decode()
    assert "E:Forum" in shown
    for title in ("Roles and titles", "Modality", "Dates", "calibration error"):
        assert title in shown


def test_evaluate_scores_the_identity_of_names(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("Place\t武汉\t武汉市\tsame\tcity\nPlace\t江城\t武汉\tsame\tcity\n", "utf8")
    (tmp_path / "clusters.tsv").write_text("Place\t武汉|湖北武汉\n", "utf8")
    result = huitu("evaluate", "--identity", tmp_path, "--json", "--errors")
    found = json.loads(result.stdout)
    assert (found["pairs"]["precision"], found["pairs"]["recall"]) == (1.0, 0.5)
    assert found["b_cubed"]["f1"] == 1.0 and found["errors"] == ["missed: Place city: 江城 | 武汉"]
    text = huitu("evaluate", "--identity", tmp_path).stdout.decode()
    assert "Place city" in text and "B-cubed" in text
    pairs.write_text("Place\t武汉\n", "utf8")
    refused = huitu("evaluate", "--identity", tmp_path)
    assert refused.returncode == 2 and b"2 fields" in refused.stderr


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """A data folder of this test's own; a server left there is stopped."""
    folder = tmp_path / "data"
    yield folder
    server = EmbeddedServer(folder)
    if server.status().running:
        server.stop(force=True)


def test_run_serves_articles_and_stops_what_it_started(articles: Path, data_dir: Path) -> None:
    port = free_port()
    env = environment(
        **SETTINGS,
        HUITU_DATA_DIR=str(data_dir),
        HUITU_PORT=str(port),
    )
    process = subprocess.Popen([HUITU, "run", articles], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
    try:
        assert process.stdout is not None
        printed = b""
        while b"Ctrl-C" not in printed:
            line = process.stdout.readline()
            assert line, f"it ended early: {process.communicate()[1].decode()}"
            printed += line
        base = f"http://127.0.0.1:{port}"
        assert f"{base}/docs" in printed.decode()
        assert json.loads(get(f"{base}/health/ready"))["status"] == "ready"
        forums = json.loads(get(f"{base}/v1/forums"))["items"]
        assert "2031云溪智能论坛" in {forum["name"] for forum in forums}
        password = (data_dir / "password").read_text().strip()
        assert password in printed.decode()
        assert EmbeddedServer(data_dir).status().running
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=WAIT_S)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0, errors.decode()
    assert "Traceback" not in errors.decode()
    assert not EmbeddedServer(data_dir).status().running


def test_serve_uses_the_server_it_is_told_and_leaves_it_running(graph: Graph, remote: dict[str, str]) -> None:
    port = free_port()
    command = [HUITU, "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=remote)
    try:
        assert json.loads(get(f"http://127.0.0.1:{port}/health/ready"))["status"] == "ready"
        second = huitu("serve", "--port", str(port), env=remote)
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=WAIT_S)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0, errors.decode()
    assert remote["NEO4J_PASSWORD"] not in (output + errors).decode()
    assert second.returncode == 1
    assert f"cannot listen on 127.0.0.1, port {port}" in second.stderr.decode()
    assert graph.verify()
