"""SIGKILL of the service while people review through it, by seed.

What was acknowledged is there after the restart, what was not is there whole or not at all, and the graph is the one
that these decisions and corrections give undisturbed.

``FAULT_SEED`` and ``FAULT_RUNS`` are as for ``test_faults.py``, one run for twenty of those.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from articles import article
from test_cli import environment
from test_faults import FIRST, RUNS, held
from test_jobs import started

from graph.amend import corrections, import_correction
from graph.client import Graph
from graph.decisions import decisions, import_decision
from graph.identity import entity_id
from graph.load import load, reset
from graph.schema import EntityType, Extraction
from graph.settings import Connection

REVIEWERS = 4
PAIRS = 40
MADE = ("verdict", "a", "b", "action", "claim", "changes", "by", "why")


def institute(number: int) -> str:
    return f"第{number}研究院"


def archive() -> list[Extraction]:
    """Documents with a claim each, on institutes of which two at a time may be the same."""
    return [
        article(
            f"archive/{pair}",
            f"{institute(2 * pair)}与{institute(2 * pair + 1)}签署合作协议。",
            {"o1": institute(2 * pair), "o2": institute(2 * pair + 1)},
            [("SIGNED_WITH", "o1", "o2", {"role": "协议"})],
        )
        for pair in range(PAIRS)
    ]


def reviews(claims: list[str], draw: random.Random) -> list[tuple[str, dict[str, Any]]]:
    """What is posted: a decision on each pair and a correction of each claim, in any order."""
    ids = [entity_id(EntityType.ORGANIZATION, institute(number)) for number in range(2 * PAIRS)]
    sent: list[tuple[str, dict[str, Any]]] = [
        ("/v1/decisions", {"verdict": draw.choice(["same", "different", "unsure"]), "a": a, "b": b})
        for a, b in zip(ids[::2], ids[1::2], strict=True)
    ]
    for claim in claims:
        action = draw.choice(["accept", "reject", "edit"])
        changes = {"changes": {"role": "备忘录"}} if action == "edit" else {}
        sent.append((f"/v1/claims/{claim}/corrections", {"action": action, **changes}))
    draw.shuffle(sent)
    return [(path, {**body, "by": "李明", "why": f"第{number}条"}) for number, (path, body) in enumerate(sent)]


class Trial:
    """A service on the database of this test run, and what it was sent."""

    def __init__(self, graph: Graph, env: dict[str, str]) -> None:
        self.graph = graph
        self.env = env

    def run(self, seed: int) -> None:
        """One run: reviewers at work, a kill, a restart, a look at everything."""
        draw = random.Random(seed)  # noqa: S311
        self.fill()
        claims = [row["id"] for row in self.graph._driver.execute_query("MATCH (c:Claim) RETURN c.id AS id").records]
        sent = reviews(sorted(claims), draw)
        acknowledged = self.killed(sent, after=draw.randrange(5, len(sent) - 5), pause_s=draw.uniform(0, 0.2))
        assert acknowledged and len(acknowledged) < len(sent), "nothing was under way: no test"
        process, address = started(self.env)
        try:
            with httpx.Client(base_url=address, timeout=60) as http:
                for path, answer in acknowledged:
                    assert http.get(f"{path}/{answer['id']}").json() | {"applies": True} == answer | {"applies": True}
        finally:
            process.terminate()
            process.wait(60)
        self.whole(sent)

    def killed(self, sent: list[tuple[str, dict[str, Any]]], *, after: int, pause_s: float) -> list[tuple[str, Any]]:
        """What the service acknowledged before it was killed, which is soon after so many answers."""
        answers: list[tuple[str, Any]] = []
        enough = threading.Event()
        process, address = started(self.env)

        def post(each: tuple[str, dict[str, Any]]) -> None:
            path, body = each
            try:
                answer = http.post(path, json=body)
            except httpx.TransportError:
                return
            if answer.is_success:
                answers.append(("/v1/decisions" if path == "/v1/decisions" else "/v1/corrections", answer.json()))
            if len(answers) >= after:
                enough.set()

        try:
            with httpx.Client(base_url=address, timeout=60) as http, ThreadPoolExecutor(REVIEWERS) as pool:
                work = [pool.submit(post, each) for each in sent]
                assert enough.wait(120)
                time.sleep(pause_s)
                process.kill()
                for each in work:
                    each.result()
        finally:
            process.kill()
            process.wait()
        return answers

    def whole(self, sent: list[tuple[str, dict[str, Any]]]) -> None:
        """What is there was sent, as it is, once; and the graph is what it gives undisturbed."""
        made = list(decisions(self.graph))
        corrected = list(corrections(self.graph))
        assert all(applies for _, applies in corrected)
        there = [each.to_json() for each in (*made, *(correction for correction, _ in corrected))]
        expected = {body["why"]: path_and_body for path_and_body in sent for body in [path_and_body[1]]}
        assert len({each["why"] for each in there}) == len(there)
        for each in there:
            path, body = expected[each["why"]]
            names = [name for name in MADE if name in body and name not in ("a", "b")]
            assert {name: each[name] for name in names} == {name: body[name] for name in names}
            assert {each.get("a"), each.get("b")} == {body.get("a"), body.get("b")}
            assert each.get("claim", "") in path
        found = held(self.graph)
        self.fill()
        for decision in made:
            import_decision(self.graph, decision)
        for correction, _ in corrected:
            import_correction(self.graph, correction)
        assert found == held(self.graph), "not the graph that these decisions and corrections give"

    def fill(self) -> None:
        """The archive, and nobody has said anything of it."""
        reset(self.graph, keep=False)
        load(self.graph, archive())


@pytest.fixture(scope="module")
def trial(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    folder: Path = tmp_path_factory.mktemp("reviews")
    env = environment(
        NEO4J_URI=connection.uri,
        NEO4J_USERNAME=connection.username,
        NEO4J_PASSWORD=connection.password,
        HUITU_DATA_DIR=str(folder),
    )
    with Graph(connection) as graph:
        yield Trial(graph, env)
        reset(graph, keep=False)


@pytest.mark.parametrize("seed", range(FIRST, FIRST + max(1, RUNS // 20)))
def test_after_a_kill_each_review_that_was_acknowledged_is_there_and_others_are_whole_or_not(
    trial: Trial, seed: int
) -> None:
    trial.run(seed)
