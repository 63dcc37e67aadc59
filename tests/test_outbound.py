"""Nothing is sent beyond this machine: the kernel hands every packet that would leave it to the test.

A browser is not among what runs here, for it has errands of its own; what pages ask for is checked where they are
looked at (``explorer.py``, ``test_neo4j_browser.py``).
"""

from __future__ import annotations

import sys
from pathlib import Path

import offline
import pytest
from servers import SETTINGS
from test_cli import SAMPLES, environment

pytestmark = [pytest.mark.long, offline.NEEDED]

JOB = """set -eu
"$PYTHON" -m huitu extract "$SAMPLES"/20250610* -o articles.jsonl
"$PYTHON" -m huitu run "$SAMPLES"/20250[67]* --port 8000 &
trap 'kill $!; wait $! || true' EXIT
"$PYTHON" - <<'END'
import time, httpx

http = httpx.Client(base_url="http://127.0.0.1:8000", timeout=60)
for _ in range(600):
    try:
        http.get("/health/ready").raise_for_status()
        break
    except httpx.HTTPError:
        time.sleep(0.2)
sent = {"documents": [{"doc": "a", "text": "7月18日，第三届滨海智慧港口论坛在云港举行，由云港市人民政府主办。"}]}
job = http.post("/v1/jobs", json=sent, headers={"Idempotency-Key": "k"}).raise_for_status().json()["id"]
while (state := http.get(f"/v1/jobs/{job}").json()["state"]) in ("waiting", "running"):
    time.sleep(0.1)
assert state == "finished", state
assert http.get("/v1/entities", params={"q": "太湖"}).raise_for_status().json()["items"]
print("asked")
for address in ("/", "/docs", "/openapi.json", "/metrics", "/v1/feed", "/v1/review", "/v1/statistics"):
    http.get(address).raise_for_status()
for form in ("node-link", "gexf", "turtle", "jsonld", "xlsx"):
    http.get("/v1/export", params={"format": form}).raise_for_status()
END
"$PYTHON" -m huitu export -o graph.graphml
"""
LEAKS = """
import contextlib, socket, subprocess, sys

for family, address in ((socket.AF_INET, "203.0.113.9"), (socket.AF_INET6, "2001:db8:9::9")):
    with socket.socket(family) as sock:
        sock.settimeout(0.1)
        with contextlib.suppress(OSError):
            sock.connect((address, 443))
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
    sock.sendto(b"x", ("203.0.113.9", 123))
with contextlib.suppress(OSError):
    socket.getaddrinfo("example.org", 80)
"""


def test_what_leaves_is_seen_whatever_it_is(tmp_path: Path) -> None:
    """The test of the test: IPv4, IPv6, datagrams and names, of a grandchild."""
    done, found = offline.reached(["sh", "-c", '"$0" -c "$1"; true', sys.executable, LEAKS], tmp_path, environment())
    assert done.returncode == 0, done.stderr
    assert found == [
        "tcp 2001:db8:9::9 443",
        "tcp 203.0.113.9 443",
        "udp 192.0.2.53 53 example.org",
        "udp 203.0.113.9 123",
    ]


def test_extracting_loading_asking_and_exporting_reach_nothing(tmp_path: Path) -> None:
    network, work = tmp_path / "network", tmp_path / "work"
    network.mkdir()
    work.mkdir()
    settings = {
        **SETTINGS,
        "HUITU_DATA_DIR": str(work / "data"),
        "PYTHON": sys.executable,
        "SAMPLES": str(SAMPLES),
    }
    job = ["env", "-C", work, "bash", "-c", JOB]
    done, found = offline.reached(job, network, environment(**settings))
    assert done.returncode == 0, done.stderr
    assert "asked" in done.stdout
    assert found == []
