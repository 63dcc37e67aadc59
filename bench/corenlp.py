"""Stanford CoreNLP's recognizer of names for Chinese, as a baseline of extraction: a server of its own, asked by HTTP.

CoreNLP is under GPL-3.0. It is no part of Huitu and of no lock: only the benchmark fetches it (1.6 GB, once), and runs
it as a process of its own (Manning and others 2014, The Stanford CoreNLP Natural Language Processing Toolkit).
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from jgo.config import GlobalSettings
from jgo.constants import MAVEN_CENTRAL_URL
from jgo.maven import MavenContext, PythonResolver

from graph.artifacts import cache_dir, java_home

__all__ = ["VERSION", "served"]

GROUP, ARTIFACT, VERSION, MODELS = "edu.stanford.nlp", "stanford-corenlp", "4.5.10", "models-chinese"
ANNOTATORS = "tokenize,ssplit,pos,lemma,ner"
# No finer types from its lists of names: that would only slow it down.
PROPERTIES = {"annotators": ANNOTATORS, "ner.applyFineGrained": "false", "outputFormat": "json"}
_HEAP = "-Xmx4g"
_START_S, _ANSWER_S = 300, 300


@contextmanager
def served() -> Iterator[Callable[[str], bytes]]:
    """What finds the names of a text, in CoreNLP's JSON, as long as the context lives.

    Raises:
        TimeoutError: the server does not answer.
    """
    port = _free_port()
    command = [
        *(str(java_home() / "bin" / "java"), _HEAP, "-cp", os.pathsep.join(map(str, _jars()))),
        *("edu.stanford.nlp.pipeline.StanfordCoreNLPServer", "-port", str(port), "-timeout", str(_ANSWER_S * 1000)),
        *("-serverProperties", "StanfordCoreNLP-chinese.properties", "-annotators", ANNOTATORS),
    ]
    base = f"http://127.0.0.1:{port}"
    with (
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process,
        httpx.Client(base_url=base, params={"properties": json.dumps(PROPERTIES)}, timeout=_ANSWER_S) as client,
    ):
        try:
            _wait(process, client)
            yield lambda text: client.post("/", content=text.encode()).raise_for_status().content
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes], client: httpx.Client) -> None:
    end = time.monotonic() + _START_S
    while time.monotonic() < end and process.poll() is None:
        try:
            client.get("/live").raise_for_status()
        except httpx.ConnectError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError("Stanford CoreNLP does not answer")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _jars() -> list[Path]:
    """The class path, fetched where it is not in the cache."""
    context = MavenContext(
        resolver=PythonResolver(),
        repo_cache=cache_dir() / "bench",
        remote_repos={"central": MAVEN_CENTRAL_URL, **GlobalSettings.load().repositories},
    )
    roots, others = context.resolver.resolve([context.create_dependency(f"{GROUP}:{ARTIFACT}:{VERSION}")])
    models = context.project(GROUP, ARTIFACT).at_version(VERSION).artifact(MODELS)
    return [each.artifact.resolve() for each in (*roots, *others)] + [models.resolve()]
