"""The review queue: which pairs are in it, which no longer, what a reviewer sees and answers in a terminal."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pexpect
import pytest
from articles import article
from test_api import Served, get, problem
from test_cli import HUITU, WAIT_S, environment, huitu
from test_people import post

import api
from graph import queries
from graph.amend import correct_claim
from graph.candidates import find_candidates
from graph.client import Graph
from graph.corrections import Action
from graph.decisions import Verdict, decide, decisions, undo
from graph.identity import document_id, entity_id, mention_id
from graph.keys import person_id
from graph.load import delete_document, load, reset
from graph.review import ReviewQueue, profiles
from graph.schema import EntityType, Extraction
from graph.settings import Connection

SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE
ORGANIZATION, PERSON = EntityType.ORGANIZATION, EntityType.PERSON
SHORT, LONG = entity_id(ORGANIZATION, "湖南博物院"), entity_id(ORGANIZATION, "湖南省博物院")


def person(body: str) -> str:
    return person_id("宓书言", ORGANIZATION, body)


UNIVERSITY, FACULTY, INSTITUTE = person("晨光大学"), person("晨光大学物理学院"), person("海岬研究所")
MUSEUM = tuple(sorted((SHORT, LONG)))
PAIR = tuple(sorted((UNIVERSITY, FACULTY)))


def news() -> list[Extraction]:
    """A museum by two names, and a rare name with three posts."""
    return [
        post("1", "宓书言", "晨光大学"),
        post("2", "宓书言", "晨光大学物理学院", date="2031-06-01"),
        post("3", "宓书言", "海岬研究所", title="所长"),
        article("4", "湖南博物院开放。", {"o1": "湖南博物院"}, title="夜场"),
        article("5", "湖南省博物院办展。", {"o1": "湖南省博物院"}, title="特展"),
    ]


@pytest.fixture
def queue(graph: Graph) -> ReviewQueue:
    load(graph, news())
    return ReviewQueue(graph)


def ids(queue: ReviewQueue, *types: EntityType) -> list[tuple[str, str]]:
    return [(pair.a.id, pair.b.id) for pair in queue.pairs(types=types)]


def test_profiles_tell_posts_forums_neighbours_and_days(graph: Graph) -> None:
    speech = article(
        "1",
        "晨光大学院长宓书言在2031云溪智能论坛上致辞。",
        {"p1": "宓书言", "o1": ("晨光大学", "晨大"), "f1": "2031云溪智能论坛"},
        [("AFFILIATED_WITH", "p1", "o1", {"role": "院长"}), ("SPEAKER_AT", "p1", "f1")],
        date="2031-05-20",
    )
    load(graph, [speech, post("2", "宓书言", "晨光大学", date="2032-01-01"), post("3", "苏沐", "晨光大学", date=None)])
    found = {each.names[0]: each for each in profiles(graph)}
    university, forum = entity_id(ORGANIZATION, "晨光大学"), entity_id(EntityType.FORUM, "2031云溪智能论坛")
    speaker = found["宓书言"]
    assert (speaker.documents, speaker.first_date, speaker.last_date) == (2, "2031-05-20", "2032-01-01")
    assert [(each.organization, each.role, each.first_date, each.last_date) for each in speaker.posts] == [
        ("晨光大学", "院长", "2031-05-20", "2032-01-01")
    ]
    assert (speaker.forums, speaker.neighbours) == ((forum,), tuple(sorted((university, forum))))
    assert found["晨光大学"].names == ("晨光大学", "晨大") and found["晨光大学"].posts == ()
    assert (found["苏沐"].first_date, found["苏沐"].posts[0].first_date) == (None, None)


def test_a_post_that_was_denied_or_rejected_is_none(graph: Graph) -> None:
    denied = article(
        "2",
        "海岬研究所所长不是宓书言。",
        {"p1": "宓书言", "o1": "海岬研究所"},
        [("AFFILIATED_WITH", "p1", "o1", {"role": "所长", "modality": "denied"})],
    )
    load(graph, [post("1", "宓书言", "晨光大学"), denied])
    assert [len(each.posts) for each in profiles(graph) if each.type is PERSON] in ([1, 0], [0, 1])
    [claim] = queries.entity_claims(graph, UNIVERSITY).items
    correct_claim(graph, claim.id, Action.REJECT, by="甲")
    assert [each.posts for each in profiles(graph) if each.type is PERSON] in ([()], [(), ()])


def test_the_queue_holds_the_candidates_the_likeliest_first(graph: Graph, queue: ReviewQueue) -> None:
    pairs = queue.pairs()
    assert [(each.a.id, each.b.id, each.score, each.features) for each in pairs] == [
        (each.a, each.b, each.score, each.features) for each in find_candidates(profiles(graph))
    ]
    assert ids(queue)[:2] == [PAIR, MUSEUM] and len(pairs) == 4
    assert [each.score for each in pairs] == sorted((each.score for each in pairs), reverse=True)
    assert {each.a.name for each in pairs[:1]} == {"宓书言"} and pairs[0].features[0].explanation
    assert ids(queue, ORGANIZATION) == [MUSEUM]
    assert [each.score >= 0.9 for each in queue.pairs(min_score=0.9)] == [True]


def test_a_pair_that_is_decided_leaves_the_queue_and_comes_back_when_that_is_undone(
    graph: Graph, queue: ReviewQueue
) -> None:
    before = queue.pairs()
    for verdict in (DIFFERENT, UNSURE, SAME):
        made = decide(graph, verdict, *PAIR, by="甲")
        left = ids(queue)
        assert PAIR not in left and MUSEUM in left
        assert left == ids(ReviewQueue(graph)), "also for a process that has begun since"
        undo(graph, made.id, by="甲")
        assert queue.pairs() == before


def test_decisions_on_former_ids_and_mentions_count_for_what_they_denote_now(graph: Graph, queue: ReviewQueue) -> None:
    decide(graph, DIFFERENT, FACULTY, INSTITUTE, by="甲")
    decide(graph, SAME, UNIVERSITY, FACULTY, by="甲")
    assert ids(queue, PERSON) == [], "the university's person is the faculty's, who is not the institute's"
    mention = mention_id(document_id("5"), ORGANIZATION, "湖南省博物院")
    decide(graph, UNSURE, mention, SHORT, by="甲")
    assert ids(queue) == []


def test_what_changes_in_the_graph_changes_the_queue(graph: Graph, queue: ReviewQueue) -> None:
    assert MUSEUM in ids(queue)
    delete_document(graph, "5")
    assert MUSEUM not in ids(queue)
    load(graph, [news()[4]])
    assert MUSEUM in ids(queue)


def test_another_graph_of_the_same_revision_has_its_own_queue(graph: Graph, queue: ReviewQueue) -> None:
    assert ids(queue)
    revision = graph.read("read_revision")[0]["revision"]
    reset(graph)
    number = 0
    while graph.read("read_revision")[0]["revision"] < revision:
        number += 1
        load(graph, [article(str(number), "甲。", {"o1": f"甲{number}号社"})])
    assert graph.read("read_revision")[0]["revision"] == revision
    assert queue.pairs() == ReviewQueue(graph).pairs()
    assert MUSEUM not in ids(queue)


def test_one_by_one_leaves_out_what_was_joined_or_decided_meanwhile(graph: Graph, queue: ReviewQueue) -> None:
    seen = []
    for pair in queue.one_by_one(types=[PERSON]):
        seen.append((pair.a.id, pair.b.id))
        if len(seen) == 1:
            decide(graph, SAME, pair.a.id, pair.b.id, by="甲")
    joined = queries.entity(graph, UNIVERSITY).id if PAIR[0] == UNIVERSITY else UNIVERSITY
    assert seen == [PAIR, tuple(sorted((joined, INSTITUTE)))], "two pairs have become one, shown once"
    assert queries.entity(graph, UNIVERSITY).former == (FACULTY,)


# Over HTTP.


@pytest.fixture
def http(graph: Graph) -> Iterator[httpx.Client]:
    with Served(api.create_app(graph)) as client:
        yield client


def test_the_queue_over_http_is_that_of_the_library(queue: ReviewQueue, http: httpx.Client) -> None:
    found = get(http, "/v1/review")
    assert found["total"] == {"count": 4, "exact": True} and found["next"] is None
    for each, pair in zip(found["items"], queue.pairs(), strict=True):
        assert (each["a"]["id"], each["b"]["id"], each["score"]) == (pair.a.id, pair.b.id, pair.score)
        assert [feature["name"] for feature in each["features"]] == [feature.name for feature in pair.features]
        assert all(feature["explanation"] for feature in each["features"])
    assert [each["a"]["type"] for each in get(http, "/v1/review?type=Organization")["items"]] == ["Organization"]
    assert get(http, "/v1/review?min_score=0.9")["total"]["count"] == 1


def test_pages_of_the_queue_neither_repeat_nor_miss_a_pair(queue: ReviewQueue, http: httpx.Client) -> None:
    address: str | None = "/v1/review?limit=1"
    seen = []
    while address:
        response = http.get(address)
        seen += [(each["a"]["id"], each["b"]["id"]) for each in response.json()["items"]]
        link = re.fullmatch(r'<(.+)>; rel="next"', response.headers.get("link", ""))
        address = link and link[1]
    assert seen == ids(queue) and len(set(seen)) == 4
    first = get(http, "/v1/review?limit=1")
    body = {"verdict": "unsure", "a": seen[0][0], "b": seen[0][1], "by": "甲"}
    assert http.post("/v1/decisions", json=body).status_code == 201
    after = get(http, "/v1/review", limit=1, cursor=first["next"])
    assert (after["items"][0]["a"]["id"], after["items"][0]["b"]["id"]) == seen[1], "a decision shifts no page"


@pytest.mark.parametrize("query", ["type=Robot", "min_score=2", "min_score=nan", "min_score=-0.1", "limit=0"])
def test_what_the_queue_cannot_be_asked_is_refused(http: httpx.Client, query: str) -> None:
    problem(http.get(f"/v1/review?{query}"), "invalid-parameter")
    problem(http.get("/v1/review?cursor=WyJ4Il0"), "invalid-cursor")


def test_an_empty_graph_has_an_empty_queue(http: httpx.Client) -> None:
    assert get(http, "/v1/review") == {"items": [], "total": {"count": 0, "exact": True}, "next": None}


# The command.


@pytest.fixture(scope="module")
def remote(connection: Connection) -> dict[str, str]:
    """An environment that names the server of this test run."""
    return environment(
        NEO4J_URI=connection.uri,
        NEO4J_USERNAME=connection.username,
        NEO4J_PASSWORD=connection.password,
        NEO4J_DATABASE=connection.database or "neo4j",
        COLUMNS="200",
        TERM="dumb",
    )


@contextmanager
def terminal(env: dict[str, str], *arguments: str) -> Iterator[pexpect.spawn[str]]:
    """The command `huitu review` in a terminal."""
    child = pexpect.spawn(
        str(HUITU),
        ["review", "--by", "甲", *arguments],
        env=env,
        encoding="utf-8",
        timeout=WAIT_S,
        dimensions=(50, 160),
    )
    try:
        yield child
    finally:
        child.close(force=True)


def until(child: pexpect.spawn[str], words: str) -> str:
    """What is printed up to some words, which must come."""
    child.expect_exact(words)
    return str(child.before)


def end(child: pexpect.spawn[str]) -> tuple[int | None, str]:
    """The exit code, and what is printed to the end."""
    child.expect(pexpect.EOF)
    child.wait()
    return child.exitstatus, str(child.before)


def interrupt(child: pexpect.spawn[str]) -> tuple[int | None, str]:
    """The end after Ctrl-C, pressed again as a person would: what comes just before a read begins does not end it."""
    child.kill(signal.SIGINT)
    while not child.expect([pexpect.TIMEOUT, pexpect.EOF], timeout=INTERRUPTED_S):
        child.kill(signal.SIGINT)
    child.wait()
    return child.exitstatus, str(child.before)


QUESTION = "q(uit)?"
INTERRUPTED_S = 5


def test_pairs_are_decided_one_after_the_other_in_a_terminal(
    graph: Graph, queue: ReviewQueue, remote: dict[str, str]
) -> None:
    assert len(queue.pairs()) == 4
    with terminal(remote) as child:
        shown = until(child, QUESTION)
        assert "晨光大学物理学院院长" in shown and "2031-06-01" in shown and "+1.00" in shown
        child.send("perhaps\n")
        until(child, QUESTION)
        child.send("s\n")
        shown = until(child, QUESTION)
        assert "v-" in shown and "夜场" in shown and "特展" in shown
        child.send("u\n")
        shown = until(child, QUESTION)
        assert "海岬研究所所长" in shown
        child.send("d\n")
        code, shown = end(child)
    assert (code, "3 decided." in shown) == (0, True)
    assert [(each.verdict, each.by) for each in decisions(graph)] == [(SAME, "甲"), (UNSURE, "甲"), (DIFFERENT, "甲")]
    assert queue.pairs() == []
    with terminal(remote) as child:
        code, shown = end(child)
    assert (code, shown.strip()) == (0, "0 decided.")


def test_what_is_skipped_stays_and_who_quits_decides_no_more(
    graph: Graph, queue: ReviewQueue, remote: dict[str, str]
) -> None:
    before = queue.pairs()
    for answers, expected in (("skip\n q\n", 0), ("\x04", 1)):
        with terminal(remote, "--type", "Person") as child:
            for answer in answers.split(" "):
                until(child, QUESTION)
                child.send(answer)
            code, shown = end(child)
        assert code == expected and "Traceback" not in shown
    with terminal(remote) as child:
        until(child, QUESTION)
        code, shown = interrupt(child)
    assert code == 130 and "Traceback" not in shown
    assert list(decisions(graph, in_force=False)) == [] and queue.pairs() == before


def test_a_decision_that_others_contradict_is_told_and_the_review_goes_on(
    graph: Graph, queue: ReviewQueue, remote: dict[str, str]
) -> None:
    assert queue.pairs()
    with terminal(remote, "--type", "Person") as child:
        until(child, QUESTION)
        apart = decide(graph, DIFFERENT, *PAIR, by="乙")  # while the question stands
        other = article("6", "湖滨大学院长宓书言出席。", {"p1": "宓书言"})
        load(graph, [other])
        decide(graph, SAME, UNIVERSITY, entity_id(PERSON, "宓书言"), by="乙")
        decide(graph, DIFFERENT, entity_id(PERSON, "宓书言"), FACULTY, by="乙")
        child.send("s\n")
        shown = until(child, QUESTION)
        assert "Not decided" in shown and "Undo" in shown and "Traceback" not in shown
        child.send("q\n")
        assert end(child)[0] == 0
    assert apart.id in {each.id for each in decisions(graph)}


def test_the_queue_is_listed_with_the_evidence_of_both_sides(queue: ReviewQueue, remote: dict[str, str]) -> None:
    done = huitu("review", "--list", "--type", "Organization", env=remote)
    assert done.returncode == 0, done.stderr.decode()
    text = done.stdout.decode()
    assert all(words in text for words in ("机构", SHORT, LONG, "夜场", "特展", "spelling"))
    assert "宓书言" not in text
    listed = json.loads(huitu("review", "--list", "--json", "--limit", "1", env=remote).stdout)
    assert listed["total"] == 4 and len(listed["items"]) == 1
    [item] = listed["items"]
    assert (item["a"]["id"], item["b"]["id"]) == ids(queue)[0]
    posts = [mention["posts"] for side in "ab" for member in item[side]["members"] for mention in member["mentions"]]
    assert sorted(each[0]["name"] for each in posts) == ["晨光大学", "晨光大学物理学院"]


def test_names_that_would_steer_the_terminal_are_shown_harmless(graph: Graph, remote: dict[str, str]) -> None:
    load(graph, [article("1", "湖南博物院\x1b[2J。", {"o1": ("湖南博物院", "甲\x1b[2J社")}), news()[4]])
    assert "\x1b" not in huitu("review", "--list", env=remote).stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [(["review"], "terminal"), (["review", "--json"], "--list"), (["review", "--list", "--type", "Robot"], "Robot")],
)
def test_wrong_use_of_review_is_2(remote: dict[str, str], arguments: list[str], problem: str) -> None:
    done = huitu(*arguments, env=remote)
    assert done.returncode == 2 and problem in done.stderr.decode() and done.stdout == b""
