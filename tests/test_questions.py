"""Questions over HTTP: right answers, what must not be in them, pages, names, entity tags."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import httpx
import pytest
from articles import article
from forums_news import forums_news
from test_api import Served, get, operations, problem

import api
from graph.amend import correct_claim
from graph.client import Graph
from graph.corrections import Action
from graph.decisions import Verdict, decide
from graph.identity import entity_id
from graph.load import load, reset
from graph.queries import entity_claims
from graph.questions import companions, routes
from graph.schema import EntityType
from graph.settings import Connection

F30, F31, F32 = (f"{year}云溪智能论坛" for year in (2030, 2031, 2032))
ACADEMY, UNIVERSITY, INSTITUTE, SOCIETY = "云溪科学院", "晨光大学", "海岬研究所", "北原学会"


@pytest.fixture(scope="module")
def http(connection: Connection) -> Iterator[httpx.Client]:
    """The API over the forums' news, loaded once."""
    with Graph(connection) as graph:
        reset(graph)
        load(graph, forums_news())
        with Served(api.create_app(graph)) as client:
            yield client


@pytest.fixture
def written(graph: Graph) -> Iterator[tuple[httpx.Client, Graph]]:
    """The same over an empty database, to be written to."""
    load(graph, forums_news())
    with Served(api.create_app(graph)) as client:
        yield client, graph


def su(http: httpx.Client) -> str:
    """The id of the 苏沐 who is at the university."""
    found = problem(http.get("/v1/people/苏沐"), "ambiguous-name")
    return str(next(each["id"] for each in found["candidates"] if UNIVERSITY in each["posts"][0]))


def roles(found: Any) -> list[tuple[str, str, str]]:
    return [(each["entity"]["name"], each["role"], each["status"]) for each in found["items"]]


def quotes(fact: Any) -> list[str]:
    return [claim["evidence"][0]["quote"] for claim in fact["evidence"]]


def test_who_hosts_a_forum_and_in_which_role(http: httpx.Client) -> None:
    found = get(http, f"/v1/forums/{F30}/hosts")
    assert roles(found) == [
        (ACADEMY, "host", "held"),
        (UNIVERSITY, "co-host", "held"),
        (INSTITUTE, "organiser", "held"),
        (SOCIETY, "supporter", "held"),
    ]
    first = found["items"][0]
    assert quotes(first) == ["由云溪科学院主办"], "and nothing of the other editions"
    assert first["evidence"][0]["document"]["key"] == "a/30.txt" and first["evidence"][0]["id"].startswith("c-")
    assert first["edge"]["roles"] == ["主办"]
    assert roles(get(http, f"/v1/forums/{F30}/hosts?role=organiser")) == [(INSTITUTE, "organiser", "held")]
    problem(http.get(f"/v1/forums/{F30}/hosts?role=speaker"), "invalid-parameter")


def test_what_is_planned_says_so_and_can_be_left_out(http: httpx.Client) -> None:
    assert roles(get(http, f"/v1/forums/{F32}/hosts")) == [(ACADEMY, "host", "planned")]
    assert roles(get(http, f"/v1/forums/{F32}/hosts?status=held")) == []
    assert roles(get(http, f"/v1/forums/{F32}/hosts?status=planned")) == [(ACADEMY, "host", "planned")]
    problem(http.get(f"/v1/forums/{F32}/hosts?status=denied"), "invalid-parameter")


def test_the_forums_of_an_institution_by_role(http: httpx.Client) -> None:
    found = get(http, f"/v1/institutions/{ACADEMY}/forums")
    assert roles(found) == [(F30, "host", "held"), (F32, "host", "planned"), (F31, "co-host", "held")]
    by_date = get(http, f"/v1/institutions/{ACADEMY}/forums?sort=date")
    assert [each["entity"]["name"] for each in by_date["items"]] == [F32, F31, F30]
    past = get(http, f"/v1/institutions/{ACADEMY}/forums?date_to=2030-12-31")
    assert [each["entity"]["name"] for each in past["items"]] == [F30] and past["total"]["count"] == 1
    assert roles(get(http, f"/v1/institutions/{ACADEMY}/forums?source=别处晚报")) == []
    assert len(roles(get(http, f"/v1/institutions/{ACADEMY}/forums?source=虚构日报"))) == 3


def test_partners_with_each_signing_when_what_and_where(http: httpx.Client) -> None:
    found = get(http, f"/v1/institutions/{ACADEMY}/partners")
    assert [each["entity"]["name"] for each in found["items"]] == [UNIVERSITY]
    signings = [(s["date_from"], s["at"]["name"], s["what"]) for s in found["items"][0]["signings"]]
    assert signings == [("2031-06-02", F31, ["共建协议"]), ("2030-05-18", F30, ["合作备忘录"])]
    assert all(s["evidence"] for s in found["items"][0]["signings"])
    other = get(http, f"/v1/institutions/{UNIVERSITY}/partners")
    assert sorted(each["entity"]["name"] for each in other["items"]) == sorted([ACADEMY, SOCIETY])


def test_co_hosts_with_the_forums_they_share(http: httpx.Client) -> None:
    found = get(http, f"/v1/institutions/{ACADEMY}/co-hosts")
    seen = {
        each["entity"]["name"]: [(s["forum"]["name"], s["mine"], s["theirs"]) for s in each["shared"]]
        for each in found["items"]
    }
    assert seen == {
        INSTITUTE: [(F31, ["co-host"], ["co-host"]), (F30, ["host"], ["organiser"])],
        UNIVERSITY: [(F30, ["host"], ["co-host"])],
    }
    assert [each["forums"] for each in found["items"]] == [2, 1]
    assert get(http, f"/v1/institutions/{ACADEMY}/co-hosts?min_forums=2")["total"]["count"] == 1
    with_support = get(http, f"/v1/institutions/{ACADEMY}/co-hosts?role=host&role=supporter")
    assert [each["entity"]["name"] for each in with_support["items"]] == [SOCIETY]


def test_people_and_posts_with_dates(http: httpx.Client) -> None:
    found = get(http, f"/v1/institutions/{UNIVERSITY}/people")
    posts = [(each["person"]["name"], each["title"], each["first_date"]) for each in found["items"]]
    assert posts == [("苏沐", "校长", "2031-06-03"), ("苏沐", "副校长", "2030-05-19")]
    assert set(quotes(found["items"][0])) == {"晨光大学校长苏沐"}
    assert [each["title"] for each in get(http, f"/v1/institutions/{UNIVERSITY}/people?title=副")["items"]] == [
        "副校长"
    ]
    own = get(http, f"/v1/people/{su(http)}/posts")
    assert [each["title"] for each in own["items"]] == ["校长", "副校长"], "not those of the namesake"


def test_speakers_with_role_topic_and_the_title_held_then(http: httpx.Client) -> None:
    then = {each["entity"]["name"]: each for each in get(http, f"/v1/forums/{F30}/speakers")["items"]}
    assert set(then) == {"苏沐", "韩若水"}, "林知远 was only present"
    assert (then["苏沐"]["edge"]["roles"], then["苏沐"]["topics"]) == (["报告"], ["算力"])
    assert [(each["organization"]["name"], each["title"]) for each in then["苏沐"]["posts"]] == [(UNIVERSITY, "副校长")]
    later = get(http, f"/v1/forums/{F31}/speakers")["items"]
    assert [(each["entity"]["name"], each["posts"][0]["title"]) for each in later] == [("苏沐", "校长")]
    [planned] = get(http, f"/v1/forums/{F32}/speakers")["items"]
    assert planned["status"] == "planned"
    [elsewhere] = get(http, "/v1/forums/2031远山论坛/speakers")["items"]
    assert [post["title"] for post in elsewhere["posts"]] == ["校长"], (
        "no document on the speech tells one: the nearest"
    )


def test_who_is_denied_to_attend_does_not(http: httpx.Client) -> None:
    assert roles(get(http, f"/v1/forums/{F31}/attendees")) == []
    assert roles(get(http, f"/v1/forums/{F30}/attendees")) == [("林知远", "attendee", "held")]
    assert "韩若水" not in json.dumps(get(http, f"/v1/forums/{F31}/timeline"), ensure_ascii=False)


def test_a_forum_with_place_and_days(http: httpx.Client) -> None:
    found = get(http, f"/v1/forums/{F30}")
    assert [each["entity"]["name"] for each in found["places"]] == ["云溪市"]
    assert [(each["date_from"], each["status"]) for each in found["days"]] == [("2030-05-18", "held")]
    assert found["series"]["name"] == "云溪智能论坛" and found["series"]["editions"] == 3
    assert found["counts"]["speaker"] == 2 and found["part_of"] == []
    assert [each["entity"]["name"] for each in get(http, f"/v1/forums/{F31}/sub-forums")["items"]] == [
        "2031云溪智能论坛青年分论坛"
    ]


def test_what_was_signed_at_a_forum_and_at_its_parts(http: httpx.Client) -> None:
    def pairs(path: str) -> list[set[str]]:
        return [{each["head"]["name"], each["tail"]["name"]} for each in get(http, path)["items"]]

    assert pairs(f"/v1/forums/{F31}/signings") == [{ACADEMY, UNIVERSITY}]
    both = pairs(f"/v1/forums/{F31}/signings?parts=true")
    assert len(both) == 2 and {UNIVERSITY, SOCIETY} in both
    [deal] = get(http, f"/v1/forums/{F31}/signings")["items"]
    assert quotes(deal) == ["云溪科学院与晨光大学签署共建协议"], "not what they signed a year before"


def test_which_initiatives_were_announced_and_by_whom(http: httpx.Client) -> None:
    [found] = get(http, f"/v1/forums/{F31}/announcements")["items"]
    assert found["entity"]["name"] == "星河计划" and quotes(found) == ["在会上发布“星河计划”"]
    [by] = found["launchers"]
    assert (by["entity"]["name"], by["here"], by["status"]) == (ACADEMY, True, "held")
    assert by["evidence"][0]["at"]["name"] == F31
    assert get(http, f"/v1/forums/{F30}/announcements")["items"] == []


def test_an_initiative_with_launchers_members_and_forums(http: httpx.Client) -> None:
    assert roles(get(http, "/v1/initiatives/星河计划/launchers")) == [(ACADEMY, "launcher", "held")]
    assert roles(get(http, "/v1/initiatives/《星河计划》/members")) == [(SOCIETY, "member", "held")]
    assert roles(get(http, "/v1/initiatives/星河计划/announcements")) == [(F31, "announced", "held")]
    assert roles(get(http, f"/v1/institutions/{SOCIETY}/initiatives")) == [("星河计划", "member", "held")]


def test_a_timeline_goes_by_the_days_of_the_facts(http: httpx.Client) -> None:
    path = f"/v1/institutions/{ACADEMY}/timeline"
    days = [claim["date_from"] or claim["document"]["date"] for claim in get(http, path)["items"]]
    assert days == sorted(days) and len(days) == 6
    back = [claim["id"] for claim in get(http, path, latest_first=True)["items"]]
    assert len(back) == 6 and back[0] != get(http, path)["items"][0]["id"]
    only = get(http, path, relation="SIGNED_WITH", date_from="2031-01-01")["items"]
    assert [claim["role"] for claim in only] == ["共建协议"]
    assert {claim["modality"] for claim in get(http, path, status="planned")["items"]} == {"planned"}


def test_editions_side_by_side(http: httpx.Client) -> None:
    found = get(http, "/v1/series/云溪智能论坛")
    assert [(each["forum"]["name"], each["first_day"]) for each in found["items"]] == [
        (F30, "2030-05-18"),
        (F31, "2031-06-02"),
        (F32, None),
    ]
    assert [each["speakers"] for each in found["items"]] == [2, 1, 1]
    hosts = [(fact["entity"]["name"], fact["role"]) for fact in found["items"][0]["hosts"]]
    assert hosts[0] == (ACADEMY, "host") and len(hosts) == 4
    assert get(http, f"/v1/series/{F31}") == found, "an edition stands for its series"
    assert [each["name"] for each in get(http, "/v1/series?min_editions=2")["items"]] == ["云溪智能论坛"]


def test_who_spoke_at_one_series_in_different_years(http: httpx.Client) -> None:
    [found] = get(http, "/v1/series/云溪智能论坛/speakers")["items"]
    assert found["entity"]["name"] == "苏沐" and found["years"] == [2030, 2031, 2032]
    assert [each["status"] for each in found["appearances"]] == ["held", "held", "planned"]
    [held] = get(http, "/v1/series/云溪智能论坛/speakers?status=held")["items"]
    assert held["years"] == [2030, 2031]
    everyone = get(http, "/v1/series/云溪智能论坛/speakers?min_editions=1")["items"]
    assert [each["entity"]["name"] for each in everyone] == ["苏沐", "韩若水"]


def test_people_at_the_same_forums(http: httpx.Client) -> None:
    [found] = get(http, f"/v1/people/{su(http)}/co-speakers?evidence=1")["items"]
    assert (found["entity"]["name"], found["forums"]) == ("韩若水", 1), "not at the forum that he is denied to attend"
    assert {quote for claim in found["shared"][0]["evidence"] for quote in quotes({"evidence": [claim]})} == {
        "苏沐作题为“算力”的报告",
        "韩若水致辞",
    }
    both = get(http, f"/v1/people/{su(http)}/co-speakers?role=speaker&role=attendee")["items"]
    assert {each["entity"]["name"] for each in both} == {"韩若水", "林知远"}
    assert roles(get(http, f"/v1/people/{su(http)}/forums?status=held&sort=date")) == [
        (F31, "speaker", "held"),
        (F30, "speaker", "held"),  # a document of 2031 speaks of it without a day
        ("2031远山论坛", "speaker", "held"),
    ]


def test_what_was_held_in_a_place(http: httpx.Client) -> None:
    assert roles(get(http, "/v1/places/云溪市/forums")) == [(F31, "venue", "held"), (F30, "venue", "held")]


def test_networks_are_weighted_by_forums(http: httpx.Client) -> None:
    found = get(http, "/v1/networks/co-hosting")["items"]
    assert found[0]["forums"] == 2 and {found[0]["a"]["name"], found[0]["b"]["name"]} == {ACADEMY, INSTITUTE}
    assert len(found) == 3
    people = get(http, "/v1/networks/co-appearance?series=云溪智能论坛")["items"]
    assert [({each["a"]["name"], each["b"]["name"]}, each["forums"]) for each in people] == [({"苏沐", "韩若水"}, 1)]
    assert get(http, "/v1/networks/co-appearance?date_from=2031-01-01")["items"] == []
    problem(http.get("/v1/networks/co-hosting?series=没有的论坛"), "unknown-name")


def test_a_network_that_is_too_large_says_how_to_ask_for_less(
    http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(companions, "MAX_PAIRS", 2)
    detail = problem(http.get("/v1/networks/co-hosting"), "answer-too-large")["detail"]
    assert "Choose a series" in detail and "at most 2" in detail


def test_short_paths_with_their_sentences(http: httpx.Client) -> None:
    found = get(http, f"/v1/paths?from={su(http)}&to=韩若水")
    assert [each["name"] for each in found["entities"]] == ["苏沐", F30, "韩若水"]
    assert [each["evidence"][0]["evidence"][0]["quote"] for each in found["edges"]]
    every = get(http, f"/v1/paths/all?from={su(http)}&to=韩若水&length=3")
    lengths = [len(each["edges"]) for each in every["paths"]]
    assert lengths[0] == 2 and lengths == sorted(lengths) and len(lengths) > 1 and every["complete"]
    for path in every["paths"]:
        ids = [each["id"] for each in path["entities"]]
        assert len(set(ids)) == len(ids)
    few = get(http, f"/v1/paths/all?from={su(http)}&to=韩若水&limit=1")
    assert few["paths"] == every["paths"][:1] and not few["complete"]
    only = get(http, f"/v1/paths/all?from={su(http)}&to=韩若水&relation=SPEAKER_AT&length=2")
    assert [[e["edge"]["relation"] for e in p["edges"]] for p in only["paths"]] == [["SPEAKER_AT", "SPEAKER_AT"]]
    problem(http.get(f"/v1/paths/all?from={su(http)}&to=远山医院"), "no-path")


def test_common_neighbours_and_what_lies_around(http: httpx.Client) -> None:
    found = get(http, f"/v1/entities/{ACADEMY}/common?with={INSTITUTE}")["items"]
    assert {each["entity"]["name"] for each in found} == {F30, F31}
    assert all(each["one"] and each["other"] for each in found)
    around = get(http, "/v1/entities/星河计划/nearby?depth=1")["items"]
    assert {each["entity"]["name"] for each in around} == {F31, ACADEMY, SOCIETY}
    further = get(http, "/v1/entities/星河计划/nearby?depth=2&type=Person")["items"]
    assert [(each["entity"]["name"], each["distance"]) for each in further] == [("苏沐", 2)]
    nothing = get(http, "/v1/entities/星河计划/nearby?relation=CO_HOSTED_BY")
    assert (nothing["items"], nothing["total"]["count"]) == ([], 0)


def test_what_lies_around_comes_once_at_its_least_distance(http: httpx.Client) -> None:
    seen: dict[str, int] = {}
    for depth in (1, 2, 3):
        found = get(http, f"/v1/entities/星河计划/nearby?depth={depth}&limit=100")
        distances = {each["entity"]["id"]: each["distance"] for each in found["items"]}
        assert len(distances) == len(found["items"]) == found["total"]["count"]
        assert {id: distance for id, distance in distances.items() if distance < depth} == seen
        assert "星河计划" not in {each["entity"]["name"] for each in found["items"]}
        seen = distances
    assert set(seen.values()) == {1, 2, 3}


def test_what_takes_too_many_steps_to_find_says_how_to_ask_for_less(
    http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = get(http, f"/v1/entities/{F30}/nearby?depth=1")["total"]["count"]
    monkeypatch.setattr(routes, "MOST_STEPS", whole)
    assert get(http, f"/v1/entities/{F30}/nearby?depth=1")["items"]
    for depth in (2, 3):
        detail = problem(http.get(f"/v1/entities/{F30}/nearby?depth={depth}"), "answer-too-large")["detail"]
        assert f"at most {whole}" in detail and "smaller depth" in detail


def test_structure_around_an_entity(http: httpx.Client) -> None:
    found = get(http, f"/v1/entities/{F30}/centrality?measure=degree&depth=1")
    assert found["items"][0]["entity"]["name"] == F30 and found["items"][0]["score"] == 1.0
    for measure in ("betweenness", "closeness"):
        assert get(http, f"/v1/entities/{F30}/centrality?measure={measure}")["items"][0]["entity"]["name"] == F30
    groups = get(http, f"/v1/entities/{F30}/communities")["items"]
    assert groups and get(http, f"/v1/entities/{F30}/communities")["items"] == groups
    assert sum(each["size"] for each in groups) == found["entities"] or len(groups) >= 1


def test_the_graph_as_of_a_day(http: httpx.Client) -> None:
    id = entity_id(EntityType.ORGANIZATION, ACADEMY)
    now = get(http, f"/v1/entities/{id}/neighbours")["total"]["count"]
    then = get(http, f"/v1/entities/{id}/neighbours?known_on=2030-12-31")
    assert {each["entity"]["name"] for each in then["items"]} == {F30, UNIVERSITY} and now == 5
    assert get(http, f"/v1/entities/{id}/neighbours?true_on=2030-05-17")["items"] == []
    assert get(http, f"/v1/entities/{id}/neighbours?known_on=2030-12-31&type=Forum")["total"]["count"] == 1


def test_search_by_pinyin_in_full_and_as_initials(http: httpx.Client) -> None:
    def names(wording: str, **more: str) -> list[str]:
        return [each["name"] for each in get(http, "/v1/entities", q=wording, **more)["items"]]

    assert names("yunxikexueyuan") == names("yun xi ke xue yuan") == names("yxkxy") == [ACADEMY]
    assert names("yunxi", type="Place") == ["云溪市"]
    assert set(names("zhineng", type="Forum")) == {F30, F31, F32, "2031云溪智能论坛青年分论坛"}
    assert set(names("yxznlt", type="Forum")) >= {F30, F31, F32}
    assert names("sumu") == ["苏沐", "苏沐"] and names("hanruoshui") == ["韩若水"]
    assert names("yunxo") == [] and names("xiyun") == []
    assert names("yunkeyuan") == [ACADEMY], "by its short form"


def test_search_counts_by_type_and_year_and_finds_series(http: httpx.Client) -> None:
    found = get(http, "/v1/entities?q=云溪&type=Place")
    assert {each["name"]: each["count"] for each in found["types"]} == {"Forum": 4, "Organization": 1, "Place": 1}
    assert found["years"] == [{"name": "2030", "count": 1}] and found["total"]["count"] == 1
    assert found["series"] == [] and get(http, "/v1/entities?q=云溪")["series"][0]["name"] == "云溪智能论坛"
    assert get(http, "/v1/entities?q=yunxizhineng")["series"][0]["name"] == "云溪智能论坛"
    assert get(http, "/v1/entities?q=云溪&date_to=2030-12-31")["total"]["count"] == 3


def test_a_thing_is_named_by_id_by_name_or_by_another_name(http: httpx.Client) -> None:
    id = entity_id(EntityType.ORGANIZATION, ACADEMY)
    by_id, by_name = http.get(f"/v1/institutions/{id}/forums"), http.get("/v1/institutions/云科院/forums?limit=2")
    assert by_id.json()["items"][:2] == by_name.json()["items"]
    assert by_name.headers["content-location"] == f"/v1/institutions/{id}/forums?limit=2"
    assert "content-location" not in by_id.headers
    following = http.get(by_name.headers["link"].split(">")[0][1:])
    assert following.json()["items"] == by_id.json()["items"][2:]


def test_a_name_of_several_lists_them_and_an_unknown_one_what_is_near(http: httpx.Client) -> None:
    found = problem(http.get("/v1/people/苏沐/forums"), "ambiguous-name")
    assert len(found["candidates"]) == 2
    assert {each["posts"][0] for each in found["candidates"]} == {"晨光大学 副校长 校长", "远山医院 医生"}
    unknown = problem(http.get("/v1/forums/云溪智慧论坛/hosts"), "unknown-name")
    assert unknown["nearest"] and unknown["nearest"][0]["name"].endswith("云溪智能论坛")
    problem(http.get(f"/v1/people/{ACADEMY}/forums"), "unknown-name")
    institution = entity_id(EntityType.ORGANIZATION, ACADEMY)
    problem(http.get(f"/v1/people/{institution}/forums"), "not-found")
    problem(http.get("/v1/series/s-0000000000000000"), "unknown-name")
    for odd in ("%00", quote("' OR 1=1 //", safe=""), "*", "？"):
        assert http.get(f"/v1/forums/{odd}/hosts").status_code == 404


WALKS = [
    f"/v1/institutions/{ACADEMY}/forums",
    f"/v1/institutions/{ACADEMY}/forums?sort=id",
    f"/v1/institutions/{ACADEMY}/forums?sort=date",
    f"/v1/institutions/{ACADEMY}/co-hosts",
    f"/v1/institutions/{UNIVERSITY}/partners",
    f"/v1/institutions/{UNIVERSITY}/people",
    f"/v1/institutions/{ACADEMY}/timeline",
    f"/v1/institutions/{ACADEMY}/timeline?latest_first=true",
    f"/v1/forums/{F30}/hosts",
    f"/v1/forums/{F30}/speakers",
    f"/v1/forums/{F31}/signings?parts=true",
    "/v1/series/云溪智能论坛",
    "/v1/series/云溪智能论坛/speakers?min_editions=1",
    "/v1/series",
    "/v1/networks/co-hosting",
    f"/v1/entities/{ACADEMY}/nearby?depth=2",
    f"/v1/entities/{ACADEMY}/common?with={INSTITUTE}",
    "/v1/entities?q=yunxi",
]


@pytest.mark.parametrize("path", WALKS)
def test_pages_hold_every_item_once(http: httpx.Client, path: str) -> None:
    glue = "&" if "?" in path else "?"
    whole = get(http, f"{path}{glue}limit=100")
    address, seen = f"{path}{glue}limit=1", []
    while address:
        response = http.get(address)
        assert response.status_code == 200, response.text
        seen += response.json()["items"]
        assert response.json()["total"] == whole["total"]
        address = response.headers["link"].split(">")[0][1:] if "link" in response.headers else ""
    assert seen == whole["items"] and len(seen) == whole["total"]["count"] > 1
    problem(http.get(f"{path}{glue}cursor=W10"), "invalid-cursor")


def test_a_walk_by_id_gives_all_exactly_once_while_support_and_facts_change(
    written: tuple[httpx.Client, Graph],
) -> None:
    http, graph = written
    path = f"/v1/institutions/{ACADEMY}/forums?sort=id&limit=1&evidence=0"
    before = [each["entity"]["id"] for each in get(http, path.replace("limit=1", "limit=100"))["items"]]
    address, seen, step = path, [], 0
    while address:
        response = http.get(address)
        seen += [each["entity"]["id"] for each in response.json()["items"]]
        address = response.headers["link"].split(">")[0][1:] if "link" in response.headers else ""
        step += 1
        text = f"{F32}由云溪科学院主办。第{step}次报道。新增论坛{step}由云溪科学院主办。"
        names = {"f1": F32, "f2": f"{2040 + step}远山论坛", "o1": ACADEMY}
        facts = [("HOSTED_BY", "f1", "o1", {"quote": f"{F32}由云溪科学院主办"}), ("HOSTED_BY", "f2", "o1")]
        if step <= 3:
            load(graph, [article(f"b/{step}.txt", text, names, facts)])
    assert [seen.count(id) for id in before] == [1] * len(before)
    assert len(set(seen)) == len(seen)


def test_an_entity_tag_holds_until_the_graph_changes(written: tuple[httpx.Client, Graph]) -> None:
    http, graph = written
    path = f"/v1/forums/{F30}/hosts"

    def tag() -> str:
        return http.get(path).headers["etag"]

    first = tag()
    assert tag() == first and first != http.get(f"{path}?limit=1").headers["etag"]
    again = http.get(path, headers={"If-None-Match": f'"x", {first}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first)
    assert again.headers["cache-control"] == "private, no-cache"
    assert http.get(path, headers={"If-None-Match": '"x"'}).status_code == 200
    seen = {first}
    claim = entity_claims(graph, entity_id(EntityType.ORGANIZATION, SOCIETY)).items[0]
    correct_claim(graph, claim.id, Action.REJECT, by="甲")
    seen.add(tag())
    candidates = problem(http.get("/v1/people/苏沐"), "ambiguous-name")["candidates"]
    assert len(seen) == 2
    decide(graph, Verdict.SAME, candidates[0]["id"], candidates[1]["id"], by="甲")
    seen.add(tag())
    load(graph, [article("c.txt", "北原学会", {"o1": SOCIETY})])
    seen.add(tag())
    assert len(seen) == 4, "corrections, decisions and loads each begin a new revision"
    reset(graph)
    load(graph, forums_news())
    assert tag() not in seen, "nor is a graph that was made anew taken for the one before"
    assert http.get(path, headers={"If-None-Match": first}).status_code == 200


def test_a_rejected_claim_is_in_no_answer(written: tuple[httpx.Client, Graph]) -> None:
    http, graph = written
    partner = get(http, f"/v1/institutions/{ACADEMY}/partners")["items"][0]
    claim = partner["signings"][0]["evidence"][0]["id"]
    correct_claim(graph, claim, Action.REJECT, by="甲")
    for path in (
        f"/v1/institutions/{ACADEMY}/partners",
        f"/v1/institutions/{ACADEMY}/timeline",
        f"/v1/forums/{F31}/signings",
        f"/v1/paths?from={ACADEMY}&to={UNIVERSITY}",
        "/v1/feed",
    ):
        assert claim not in http.get(path).text, path


def test_feeds_in_both_forms(http: httpx.Client) -> None:
    answer = http.get("/v1/feed")
    assert answer.headers["content-type"] == "application/feed+json" and answer.headers["etag"]
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [each["date_published"][:10] for each in feed["items"]] == sorted(
        (each["date_published"][:10] for each in feed["items"]), reverse=True
    )
    assert len(feed["items"]) == 5 and "由云溪科学院主办" in http.get("/v1/feed?evidence=20").text
    entry = feed["items"][-1]
    assert http.get(entry["url"]).status_code == 200 and entry["_huitu"]["claims"]
    atom = http.get("/v1/feed", headers={"Accept": "application/atom+xml"})
    assert atom.headers["content-type"].startswith("application/atom+xml")
    root = ET.fromstring(atom.content)  # noqa: S314  our own
    space = {"a": "http://www.w3.org/2005/Atom"}
    assert len(root.findall("a:entry", space)) == 5
    for element in ("id", "title", "updated"):
        assert root.find(f"a:{element}", space) is not None
    assert "论坛开幕\ufffd" in [each.text for each in root.findall("a:entry/a:title", space)], "no control characters"


def test_a_feed_is_followed_to_its_end_and_filtered(http: httpx.Client) -> None:
    address, seen = "/v1/feed?limit=1", []
    while address:
        feed = http.get(address).json()
        seen += [each["id"] for each in feed["items"]]
        address = feed.get("next_url", "")
    assert len(seen) == len(set(seen)) == 5
    assert len(http.get("/v1/feed?since=2031-06-01").json()["items"]) == 2
    about = http.get("/v1/feed?about=海岬研究所&evidence=20").json()
    assert about["title"].endswith(INSTITUTE) and len(about["items"]) == 2
    assert "晨光大学联合主办" not in json.dumps(about, ensure_ascii=False), "of its documents what is said of it"
    assert len(http.get("/v1/feed?relation=LAUNCHED").json()["items"]) == 1
    assert len(http.get("/v1/feed?by=loaded&since=2999-01-01").json()["items"]) == 0
    problem(http.get("/v1/feed?cursor=W10"), "invalid-cursor")


def test_every_question_of_the_description_names_its_thing_by_an_example(http: httpx.Client) -> None:
    for _, path, operation in operations(http):
        if path.startswith(("/v1/institutions/", "/v1/forums/", "/v1/series/", "/v1/initiatives/", "/v1/people/")):
            [parameter] = [each for each in operation["parameters"] if each["in"] == "path"]
            assert parameter["schema"]["examples"], path
