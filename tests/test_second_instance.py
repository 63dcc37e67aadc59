"""Two of everything on one data folder at once: they share one server, or the second one is told why not."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from articles import newsroom
from servers import SETTINGS, own_server
from test_cli import HUITU, environment, free_port, huitu
from test_jobs import TEXT, ended, post

from graph.client import Graph
from graph.load import ensure_schema, load, reset
from graph.snapshot import snapshot


class Folder:
    """A data folder, and services on it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.env = environment(**SETTINGS, HUITU_DATA_DIR=str(path / "data"))
        self.extractions = path / "all.jsonl"
        lines = [json.dumps(each.to_json(with_text=True)) for each in newsroom()]
        self.extractions.write_text("\n".join(lines) + "\n", "utf8")
        self.begun: list[subprocess.Popen[bytes]] = []

    def begin(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        """Start a command that is not waited for."""
        process = subprocess.Popen(
            [HUITU, *map(str, arguments)], env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        self.begun.append(process)
        return process

    def end(self) -> None:
        """End what still runs, the server of the folder at last."""
        for each in self.begun:
            each.terminate()
        for each in self.begun:
            each.communicate(timeout=120)
        server = own_server(self.path / "data")
        if server.status().running:
            server.stop(force=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    made = Folder(tmp_path_factory.mktemp("second"))
    try:
        yield made
    finally:
        made.end()


@contextlib.contextmanager
def answering(port: int) -> Iterator[httpx.Client]:
    """A client of a service that may just be starting."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as http:
        for _ in range(1200):
            with contextlib.suppress(httpx.TransportError):
                if http.get("/health/ready").status_code == 200:
                    break
            time.sleep(0.1)
        yield http


@pytest.mark.soak
def test_two_services_and_two_loads_at_once_share_one_server_and_each_thing_is_done_once(
    folder: Folder, graph: Graph
) -> None:
    ports = free_port(), free_port()
    services = [folder.begin("serve", "--port", str(port)) for port in ports]
    loads = [folder.begin("load", folder.extractions) for _ in range(2)]
    said = [each.communicate(timeout=180)[1].decode() for each in loads]
    assert [each.returncode for each in loads] == [0, 0], said
    load(graph, newsroom())
    expected = list(snapshot(graph))
    shown = huitu("snapshot", env=folder.env)
    assert shown.stdout.decode().splitlines() == expected, shown.stderr.decode()
    with answering(ports[0]) as one, answering(ports[1]) as other:
        jobs = [post(http, {"text": f"{TEXT}第{n}号。", "doc": f"two/{n}"}) for n in range(3) for http in (one, other)]
        for made in jobs:
            assert ended(other, made)["done"] == 1
        assert one.get("/v1/jobs").json()["total"]["count"] == 6
        assert one.get("/v1/statistics").json() == other.get("/v1/statistics").json()
        refused_while_it_is_used(folder, ports[0])
        assert other.get("/v1/statistics").json()["documents"] == 7
        services[0].send_signal(signal.SIGKILL)
        services[0].wait()
        assert ended(other, post(other, {"text": f"{TEXT}尾声。", "doc": "two/last"}))["done"] == 1
    services[1].terminate()
    services[1].communicate(timeout=120)
    assert not own_server(folder.path / "data").status().running, "the last one out stops the server"
    assert huitu("snapshot", env=folder.env).stdout.decode().count('"kind": "document"') == 8
    reset(graph, keep=False)


def refused_while_it_is_used(folder: Folder, port: int) -> None:
    """What cannot be shared says so, and does nothing."""
    dump = folder.path / "saved.dump"
    for arguments, reason in (
        (["serve", "--port", str(port)], "cannot listen"),
        (["run", folder.extractions, "--port", str(port)], "cannot listen"),
        (["load", "--bulk", folder.extractions], "Another Huitu command"),
        (["neo4j", "backup", dump], "Another Huitu command"),
        (["neo4j", "stop"], "Another Huitu command"),
    ):
        done = huitu(*arguments, env=folder.env)
        said = done.stderr.decode()
        assert done.returncode == 1 and reason in said and "Traceback" not in said, (arguments, said)
    assert not dump.exists()


def test_writers_that_make_the_schema_at_once_all_find_it_made(graph: Graph) -> None:
    """IF NOT EXISTS does not keep them apart."""
    for kind in ("CONSTRAINT", "INDEX"):
        names = [record["name"] for record in graph._driver.execute_query(f"SHOW {kind} YIELD name").records]
        for name in names:
            if name.startswith("huitu_"):
                graph._driver.execute_query(f"DROP {kind} {name} IF EXISTS")  # type: ignore[arg-type]
    with ThreadPoolExecutor(6) as pool:
        for made in [pool.submit(ensure_schema, graph) for _ in range(6)]:
            made.result()
    assert load(graph, newsroom()).added == 4


def test_of_two_keys_of_one_name_at_once_one_is_made(folder: Folder) -> None:
    processes = [folder.begin("keys", "create", "甲", "--scope", "read") for _ in range(2)]
    said = [each.communicate(timeout=60)[1].decode() for each in processes]
    assert sorted(each.returncode for each in processes)[0] == 0, said
    listed = huitu("keys", "list", env=folder.env).stdout.decode()
    assert listed.count("甲") == 1 and any("there is a key named" in each for each in said), said
