"""The commands with which people correct and keep a graph, as a user types them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from articles import newsroom
from test_cli import environment, huitu
from test_people import post

from graph import queries
from graph.client import Graph
from graph.identity import entity_id
from graph.keys import person_id
from graph.load import load
from graph.schema import EntityType
from graph.settings import Connection
from graph.snapshot import snapshot
from graph.subgraph import subgraph

pytestmark = pytest.mark.long

AT_UNIVERSITY = person_id("林知远", EntityType.ORGANIZATION, "晨光大学")
FORUM_31 = entity_id(EntityType.FORUM, "2031云溪智能论坛")


@pytest.fixture(scope="module")
def remote(connection: Connection) -> dict[str, str]:
    """An environment that names the server of this test run."""
    return environment(
        NEO4J_URI=connection.uri,
        NEO4J_USERNAME=connection.username,
        NEO4J_PASSWORD=connection.password,
        NEO4J_DATABASE=connection.database or "neo4j",
        COLUMNS="200",
    )


def said(*arguments: str | Path, env: dict[str, str]) -> str:
    """What a command that succeeds prints."""
    done = huitu(*arguments, env=env)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_a_wrong_merge_is_corrected_with_the_three_commands_of_the_readme(graph: Graph, remote: dict[str, str]) -> None:
    load(graph, [post(str(number), "林知远", "晨光大学") for number in range(3)])
    person = re.search(r"p-[0-9a-f]{16}", said("search", "林知远", env=remote))
    assert person is not None and person[0] == AT_UNIVERSITY
    mentions = re.findall(r"m-[0-9a-f]{20}", said("show", person[0], env=remote))
    assert len(mentions) == 3
    made = said("decide", "different", mentions[1], person[0], "--why", "another 林知远", "--by", "甲", env=remote)
    assert sorted(each.documents for each in subgraph(graph).entities if each.type == "Person") == [1, 2]
    listed = said("decisions", env=remote)
    assert "different" in listed and "another 林知远" in listed and "甲" in listed
    said("undo", made.partition(":")[0], env=remote)
    assert [each.documents for each in subgraph(graph).entities if each.type == "Person"] == [3]


def test_show_lists_what_was_joined_and_follows_a_former_id(graph: Graph, remote: dict[str, str]) -> None:
    load(graph, [post("1", "林知远", "晨光大学"), post("2", "林知远", "海岬研究所", date="2031-06-01")])
    other = person_id("林知远", EntityType.ORGANIZATION, "海岬研究所")
    said("decide", "same", other, AT_UNIVERSITY, env=remote)
    shown = json.loads(said("show", other, "--json", env=remote))
    assert (shown["id"], shown["former"]) == (AT_UNIVERSITY, [other])
    assert {member["key"]: member["mentions"][0]["posts"] for member in shown["members"]} == {
        AT_UNIVERSITY: [{"name": "晨光大学", "role": "院长"}],
        other: [{"name": "海岬研究所", "role": "院长"}],
    }


def test_claims_are_corrected_listed_exported_and_taken_over(
    graph: Graph, remote: dict[str, str], tmp_path: Path
) -> None:
    load(graph, newsroom())
    [hosted] = [each for each in queries.entity_claims(graph, FORUM_31).items if each.relation == "HOSTED_BY"]
    said("correct", hosted.id, "edit", "--set", "role=协办", "--set", "relation=CO_HOSTED_BY", env=remote)
    quote = "林知远在论坛上致辞"
    said("add-claim", "news/1.txt", "ATTENDED", "Person:林知远", "Forum:2031云溪智能论坛", "--quote", quote, env=remote)
    relations = {each.edge.relation for each in queries.neighbours(graph, FORUM_31).items}
    assert {"CO_HOSTED_BY", "ATTENDED"} <= relations and "HOSTED_BY" not in relations
    after, file = list(snapshot(graph)), tmp_path / "review.jsonl"
    assert said("decisions", "--export", file, env=remote).startswith("2 written")
    said("reset", "--yes", "--all", env=remote)
    load(graph, newsroom())
    assert list(snapshot(graph)) != after
    assert said("decisions", "--import", file, env=remote).startswith("2 taken over")
    assert list(snapshot(graph)) == after
    said("reset", "--yes", env=remote)
    assert "of a claim that is gone" in said("decisions", env=remote)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("decide", "same", AT_UNIVERSITY, "p-0"), "no entity or mention"),
        (("correct", "c-0", "edit", "--set", "role"), "FIELD=VALUE"),
        (("add-claim", "x", "ATTENDED", "林知远", "Forum:x", "--quote", "y"), "TYPE:NAME"),
        (("undo", "x-0"), "no correction"),
        (("erase", "person", "p-0", "--yes"), "no person"),
        (("decisions", "--import", "nowhere.jsonl"), "nowhere.jsonl"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_changes(
    graph: Graph, remote: dict[str, str], arguments: tuple[str, ...], problem: str
) -> None:
    load(graph, [post("1", "林知远", "晨光大学")])
    before = list(snapshot(graph))
    done = huitu(*arguments, env=remote)
    assert done.returncode in (1, 2)
    assert problem in done.stderr.decode() and "Traceback" not in done.stderr.decode()
    assert list(snapshot(graph)) == before


def test_a_broken_review_file_changes_nothing(graph: Graph, remote: dict[str, str], tmp_path: Path) -> None:
    load(graph, newsroom())
    before, file = list(snapshot(graph)), tmp_path / "review.jsonl"
    file.write_text('{"decision": {"verdict": "same"}}\n')
    done = huitu("decisions", "--import", file, env=remote)
    assert done.returncode == 2 and "line 1" in done.stderr.decode()
    assert list(snapshot(graph)) == before


def test_snapshot_diff_changes_and_migrate(graph: Graph, remote: dict[str, str], tmp_path: Path) -> None:
    load(graph, newsroom()[:2])
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    said("snapshot", "-o", old, env=remote)
    first = json.loads(said("changes", env=remote).splitlines()[0])
    load(graph, newsroom())
    assert said("snapshot", env=remote) == "".join(f"{line}\n" for line in snapshot(graph))
    said("snapshot", "-o", new, env=remote)
    lines = [json.loads(line) for line in said("diff", old, new, env=remote).splitlines()]
    assert {each["change"] for each in lines} <= {"added", "changed", "gone"} and lines
    since = said("changes", "--since", str(first["revision"]), env=remote).splitlines()
    assert json.loads(since[0])["revision"] > first["revision"] and len(since) > 1
    assert "nothing to do" in said("migrate", "--dry-run", env=remote)
    done = huitu("diff", old, tmp_path / "none.jsonl", env=remote)
    assert done.returncode == 2


def test_erase_and_conflicts(graph: Graph, remote: dict[str, str]) -> None:
    load(graph, [post("1", "林知远", "晨光大学")])
    assert "1 documents were changed" in said("erase", "person", AT_UNIVERSITY, "--yes", env=remote)
    assert "林知远" not in said("snapshot", env=remote)
    assert json.loads(said("conflicts", "--json", env=remote)) == []
