from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from articles import article, newsroom
from neo4j import Driver, GraphDatabase

from graph import queries
from graph.client import (
    AuthenticationFailed,
    DatabaseMissing,
    DatabaseUnreachable,
    Graph,
    GraphError,
    SchemaMissing,
    Transaction,
)
from graph.export import export
from graph.identity import document_id, entity_id
from graph.keys import person_id
from graph.load import LoadReport, WrongModelVersion, delete_document, ensure_schema, load, reload, reset
from graph.schema import Document, Entity, EntityType, Evidence, Extraction, InvalidRecord, Relation, RelationType
from graph.settings import Connection
from graph.subgraph import Selection, subgraph

FORUM, ORGANIZATION, PERSON = EntityType.FORUM, EntityType.ORGANIZATION, EntityType.PERSON


@pytest.fixture
def driver(connection: Connection) -> Iterator[Driver]:
    with GraphDatabase.driver(connection.uri, auth=(connection.username, connection.password)) as driver:
        yield driver


def rows(driver: Driver, statement: str, **parameters: Any) -> list[dict[str, Any]]:
    return [record.data() for record in driver.execute_query(statement, parameters).records]  # type: ignore[arg-type]


def content(graph: Graph) -> bytes:
    """All that a graph says, without when it was loaded: the edges and entities, and every document with its claims."""
    documents = [queries.document(graph, each.id) for each in queries.documents(graph, limit=100).items]
    return export(subgraph(graph), "node-link") + "\n".join(map(repr, documents)).encode()


def edge(graph: Graph, head: str, relation: str, tail: str) -> Any:
    found = [e for e in subgraph(graph).edges if (e.head, e.relation, e.tail) == (head, relation, tail)]
    return found[0] if found else None


LIN = person_id("林知远", FORUM, "2031云溪智能论坛")
SU = person_id("苏沐", ORGANIZATION, "晨光大学")
FORUM_31 = entity_id(FORUM, "2031云溪智能论坛")
FORUM_32 = entity_id(FORUM, "2032云溪智能论坛")
ACADEMY = entity_id(ORGANIZATION, "云溪科学院")
UNIVERSITY = entity_id(ORGANIZATION, "晨光大学")


def test_a_load_says_what_it_did(graph: Graph) -> None:
    report = load(graph, newsroom())
    assert report == LoadReport(read=4, added=4, replaced=0, unchanged=0, mentions=18, claims=12)


def test_the_schema_can_be_made_again_and_again(graph: Graph, driver: Driver) -> None:
    ensure_schema(graph)
    before = rows(
        driver, "SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'huitu' RETURN name, state ORDER BY name"
    )
    ensure_schema(graph)
    assert [each["name"] for each in before] == [
        "huitu_claim_quote",
        "huitu_correction_document",
        *(f"huitu_document_band_{number}" for number in range(8)),
        "huitu_document_text",
        "huitu_entity_names",
        "huitu_entity_rank",
        "huitu_id",
        "huitu_mention_key",
        "huitu_pinyin",
        "huitu_series_names",
    ]
    assert {each["state"] for each in before} == {"ONLINE"}


def test_a_graph_of_another_model_is_refused_and_left_alone(graph: Graph, driver: Driver) -> None:
    ensure_schema(graph)
    rows(driver, "MATCH (m:HuituMeta) SET m.version = 99")
    with pytest.raises(WrongModelVersion) as caught:
        load(graph, newsroom())
    assert caught.value.found == 99
    assert queries.statistics(graph).documents == 0


def test_nodes_and_relationships_follow_the_model(graph: Graph, driver: Driver) -> None:
    load(graph, newsroom(), extractor="test 1")
    labels = rows(
        driver, "MATCH (n) RETURN DISTINCT [l IN labels(n) WHERE l <> 'Huitu'] AS labels, 'Huitu' IN labels(n) AS ours"
    )
    assert {tuple(sorted(each["labels"])) for each in labels} == {
        ("Claim",),
        ("Document",),
        ("Entity", "Forum"),
        ("Entity", "Initiative"),
        ("Entity", "Organization"),
        ("Entity", "Person"),
        ("Entity", "Place"),
        ("ForumSeries",),
        ("Gone",),
        ("HuituMeta",),
        ("Key",),
        ("Mention",),
    }
    assert all(each["ours"] for each in labels)
    [claim] = rows(
        driver,
        """MATCH (d:Document {key: 'news/2.txt'})-[:STATES]->(c:Claim {relation: 'SIGNED_WITH'})
        MATCH (c)-[:SUBJECT]->(s), (c)-[:OBJECT]->(o), (c)-[:AT]->(f)
        RETURN s.name AS s, o.name AS o, f.name AS f, c.quote = substring(d.text, c.start, c.end - c.start) AS verbatim,
          c.extractor AS extractor, c.document_id = d.id AS ours""",
    )
    assert claim == {
        "s": "晨光大学",
        "o": "云溪科学院",
        "f": "2031云溪智能论坛",
        "verbatim": True,
        "extractor": "test 1",
        "ours": True,
    }


def test_a_claim_keeps_which_engines_found_it_and_none_where_that_is_not_known(graph: Graph) -> None:
    text = "甲论坛由甲大学主办，在武汉举行。"
    facts = [("HOSTED_BY", "f1", "o1", {"engines": ("hanlp1", "llm")}), ("HELD_IN", "f1", "l1")]
    loaded = article("a", text, {"f1": "甲论坛", "o1": "甲大学", "l1": "武汉"}, facts)
    old = {**loaded.to_json(with_text=True), "doc": "old"}
    for relation in old["relations"]:
        relation.pop("engines", None)
    load(graph, [loaded, Extraction.from_json(old)])
    expected = {("a", "HOSTED_BY"): ("hanlp1", "llm"), ("a", "HELD_IN"): ()}
    expected |= {("old", type): () for type in ("HOSTED_BY", "HELD_IN")}
    found = subgraph(graph, Selection(claims=True))
    assert {(each.document.key, each.relation.value): each.engines for each in found.claims} == expected
    graph.transact(lambda transaction: reload(transaction, [document_id("a")]))
    again = subgraph(graph, Selection(claims=True))
    assert {(each.document.key, each.relation.value): each.engines for each in again.claims} == expected
    assert b"huitu:engine" in b"".join([export(again, "jsonld")])


def test_loading_the_same_again_changes_nothing(graph: Graph, driver: Driver) -> None:
    load(graph, newsroom())
    before, written = content(graph), rows(driver, "MATCH (d:Document) RETURN d.ingested_at AS at ORDER BY d.id")
    assert load(graph, newsroom()) == LoadReport(read=4, unchanged=4)
    assert content(graph) == before
    assert rows(driver, "MATCH (d:Document) RETURN d.ingested_at AS at ORDER BY d.id") == written


@pytest.mark.parametrize("batch", [1, 7, 5000])
def test_neither_order_nor_batches_matter(graph: Graph, batch: int) -> None:
    load(graph, newsroom())
    expected = content(graph)
    for order in ((3, 2, 1, 0), (1, 3, 0, 2)):
        reset(graph)
        load(graph, [newsroom()[place] for place in order], batch=batch)
        assert content(graph) == expected


def spellings() -> list[Extraction]:
    """Five documents that call a body, a place and two editions of a forum by names of different length."""
    bodies = ["中科院", ("中国科学院", "CAS"), "中国科学院", ("CAS", "中科院"), "中国科学院大学"]
    places = ["武汉", "湖北武汉", "武汉市", ("湖北省武汉市", "武汉"), "鼓楼区"]
    forums = [
        "2031云溪智能论坛",
        ("云溪智能论坛", "2031云溪·智能论坛"),
        "2031年云溪智能论坛",
        "第九届云溪智能论坛",
        "第九届大会",
    ]
    return [
        article(f"{number}.txt", f"第{number}篇。", {"o1": body, "l1": place, "f1": forum}, [("HELD_IN", "f1", "l1")])
        for number, (body, place, forum) in enumerate(zip(bodies, places, forums, strict=True))
    ]


def test_names_of_different_length_meet_in_any_order_and_batches(graph: Graph) -> None:
    load(graph, spellings())
    expected = content(graph)
    found = {(each.type, each.name): each for each in subgraph(graph).entities}
    assert len(found) == 7
    assert found[ORGANIZATION, "中国科学院"].documents == 4
    assert found[ORGANIZATION, "中国科学院"].aliases == ("CAS", "中科院")
    assert found[EntityType.PLACE, "湖北省武汉市"].aliases == ("武汉", "武汉市", "湖北武汉")
    for order in ((4, 3, 2, 1, 0), (2, 0, 4, 1, 3)):
        for batch in (1, 5000):
            reset(graph)
            load(graph, [spellings()[place] for place in order], batch=batch)
            assert content(graph) == expected


def test_a_vague_name_is_another_entity_in_each_document(graph: Graph) -> None:
    load(graph, [article(f"{number}.txt", "组委会说。", {"o1": "组委会", "f1": "第五届大会"}) for number in range(3)])
    names = [each.name for each in subgraph(graph).entities]
    assert sorted(names) == ["第五届大会"] * 3 + ["组委会"] * 3
    assert queries.search(graph, "组委会").total == 3
    delete_document(graph, "0.txt")
    assert len(subgraph(graph).entities) == 4


def test_editions_are_linked_to_their_series(graph: Graph, driver: Driver) -> None:
    load(graph, newsroom())
    [series] = subgraph(graph).series
    assert (series.name, series.aliases) == ("云溪智能论坛", ())
    assert [id for id, _ in series.editions] == sorted((FORUM_31, FORUM_32))
    detail = queries.entity(graph, FORUM_31).series
    assert detail is not None and detail.id == series.id
    assert [each.name for each in detail.editions] == ["2031云溪智能论坛", "2032云溪智能论坛"]
    assert queries.entity(graph, LIN).series is None
    assert [id for id, _ in subgraph(graph, Selection(FORUM_31)).series[0].editions] == [FORUM_31], (
        "the other lies two edges away"
    )
    assert rows(driver, "MATCH (:Forum)-[r:EDITION_OF]->(:ForumSeries) RETURN count(r) AS links") == [{"links": 2}]


def test_a_series_goes_with_its_last_edition_and_keeps_the_names_of_the_others(graph: Graph) -> None:
    one = article("1", "a", {"f1": "第一届云溪·智能论坛"})
    two = article("2", "b", {"f1": "第二届云溪智能论坛"})
    bare = article("3", "c", {"f1": "云溪智能论坛"})
    load(graph, [one, two, bare])
    [series] = subgraph(graph).series
    assert (series.name, series.aliases, len(series.editions)) == ("云溪·智能论坛", ("云溪智能论坛",), 2)
    delete_document(graph, "1")
    [series] = subgraph(graph).series
    assert (series.name, series.aliases, len(series.editions)) == ("云溪智能论坛", (), 1)
    load(graph, [article("2", "b", {"f1": "云溪智能论坛"})])
    assert subgraph(graph).series == ()
    assert [each.name for each in subgraph(graph).entities] == ["云溪智能论坛"]


def test_writers_at_once_give_what_one_gives(graph: Graph) -> None:
    articles = [
        article(
            f"crowd/{number:03}.txt",
            f"第{number}篇：林知远出席2031云溪智能论坛，云溪科学院主办。",
            {"p1": ("林知远", f"林{number % 5}"), "f1": "2031云溪智能论坛", "o1": "云溪科学院"},
            [("ATTENDED", "p1", "f1"), ("HOSTED_BY", "f1", "o1")],
        )
        for number in range(60)
    ]
    load(graph, articles)
    expected = content(graph)
    reset(graph)
    ensure_schema(graph)
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda part: load(graph, articles[part::3] + articles[: part * 5], batch=20), range(4)))
    assert content(graph) == expected
    assert sum(report.added for report in reports) == 60
    assert edge(graph, LIN, "ATTENDED", FORUM_31).support == 60


def test_support_counts_documents_not_claims(graph: Graph) -> None:
    text = "林知远在2031云溪智能论坛致辞。林知远还在2031云溪智能论坛演讲。"
    names: dict[str, str | tuple[str, ...]] = {"p1": "林知远", "f1": "2031云溪智能论坛"}
    twice = article(
        "twice.txt",
        text,
        names,
        [
            ("SPEAKER_AT", "p1", "f1", {"quote": "林知远在2031云溪智能论坛致辞", "role": "致辞", "confidence": 0.7}),
            ("SPEAKER_AT", "p1", "f1", {"quote": "林知远还在2031云溪智能论坛演讲", "role": "演讲", "confidence": 0.8}),
        ],
        date="2031-05-01",
    )
    load(graph, [*newsroom(), twice])
    found = edge(graph, LIN, "SPEAKER_AT", FORUM_31)
    assert (found.support, found.claims, found.confidence) == (3, 4, 0.9)
    assert found.roles == ("报告", "演讲", "致辞")
    assert (found.first_date, found.last_date) == ("2031-05-01", "2031-06-02")


def test_planned_and_denied_are_told_apart_from_held(graph: Graph) -> None:
    load(graph, newsroom())
    planned = edge(graph, FORUM_32, "HOSTED_BY", ACADEMY)
    assert (planned.support, planned.planned, planned.denied) == (0, 1, 0)
    assert edge(graph, SU, "ATTENDED", FORUM_32) is None
    assert [claim.modality for claim in queries.entity_claims(graph, SU).items if claim.relation == "ATTENDED"] == [
        "denied"
    ]


def test_a_denial_is_counted_beside_what_was_held_but_never_as_held(graph: Graph) -> None:
    names: dict[str, str | tuple[str, ...]] = {"p1": "林知远", "f1": "2031云溪智能论坛"}
    denial = article(
        "denial.txt",
        "林知远并未在2031云溪智能论坛发言。",
        names,
        [("SPEAKER_AT", "p1", "f1", {"modality": "denied", "confidence": 1.0, "role": "发言", "date": "2040-01-01"})],
    )
    load(graph, [*newsroom(), denial])
    found = edge(graph, LIN, "SPEAKER_AT", FORUM_31)
    assert (found.support, found.denied, found.claims, found.confidence) == (2, 1, 3, 0.9)
    assert "发言" not in found.roles and found.last_date == "2031-06-02" and "并未" not in found.quote


def test_a_symmetric_relation_is_one_edge_whichever_way_it_was_said(graph: Graph) -> None:
    back = article(
        "back.txt", "云溪科学院与晨光大学签约。", {"o1": "云溪科学院", "o2": "晨光大学"}, [("SIGNED_WITH", "o1", "o2")]
    )
    load(graph, [*newsroom(), back])
    signed = [each for each in subgraph(graph).edges if each.relation == "SIGNED_WITH"]
    assert [(each.head, each.tail, each.support) for each in signed] == [
        (min(ACADEMY, UNIVERSITY), max(ACADEMY, UNIVERSITY), 2)
    ]


def test_a_directed_relation_both_ways_is_two_edges(graph: Graph) -> None:
    mutual = article(
        "mutual.txt",
        "甲论坛是乙论坛的分论坛，乙论坛又是甲论坛的分论坛。",
        {"f1": "甲论坛", "f2": "乙论坛"},
        [
            ("PART_OF", "f1", "f2", {"quote": "甲论坛是乙论坛的分论坛"}),
            ("PART_OF", "f2", "f1", {"quote": "乙论坛又是甲论坛的分论坛"}),
        ],
    )
    load(graph, [mutual])
    assert len(subgraph(graph).edges) == 2


def test_two_names_of_one_entity_never_make_an_edge_to_itself(graph: Graph) -> None:
    odd = article("odd.txt", "“甲论坛”属于甲论坛。", {"f1": "“甲论坛”", "f2": "甲论坛"}, [("PART_OF", "f1", "f2")])
    load(graph, [odd])
    assert subgraph(graph).edges == ()
    assert queries.statistics(graph).claims == 1


def test_the_shown_name_is_the_most_used_then_the_longest_then_the_first(graph: Graph) -> None:
    spellings = ["阿莱娜·维特", "阿莱娜·维特", "阿莱娜 维特", "「阿莱娜·维特」", "“阿莱娜·维特”"]
    articles = [article(f"{number}.txt", f"{name}到访。", {"p1": name}) for number, name in enumerate(spellings)]
    load(graph, articles)
    [witt] = subgraph(graph).entities
    assert (witt.name, witt.documents) == ("阿莱娜·维特", 5)
    assert witt.aliases == tuple(sorted({"阿莱娜 维特", "「阿莱娜·维特」", "“阿莱娜·维特”"}))
    load(graph, [article("0.txt", "无人到访。", {}), article("1.txt", "无人到访。", {})])
    [witt] = subgraph(graph).entities
    assert witt.name == min("「阿莱娜·维特」", "“阿莱娜·维特”")


def test_a_changed_document_replaces_what_it_said_before(graph: Graph) -> None:
    load(graph, newsroom())
    changed = article(
        "news/1.txt",
        "更正：云溪科学院主办2031云溪智能论坛。",
        {"f1": "2031云溪智能论坛", "o1": "云溪科学院"},
        [("HOSTED_BY", "f1", "o1")],
    )
    assert load(graph, [changed]) == LoadReport(read=1, replaced=1, mentions=2, claims=1)
    assert edge(graph, LIN, "SPEAKER_AT", FORUM_31).support == 1
    assert edge(graph, FORUM_31, "ORGANIZED_BY", UNIVERSITY) is None
    assert queries.document(graph, document_id("news/1.txt")).title is None
    assert "云溪市" not in {each.name for each in subgraph(graph).entities}
    reset(graph)
    load(graph, [*newsroom()[1:], changed])
    fresh = content(graph)
    reset(graph)
    load(graph, newsroom())
    load(graph, [changed])
    assert content(graph) == fresh


def test_of_two_documents_with_one_key_the_later_counts(graph: Graph) -> None:
    first, second = article("same", "甲论坛。", {"f1": "甲论坛"}), article("same", "乙论坛。", {"f1": "乙论坛"})
    for batch in (1, 5000):
        reset(graph)
        load(graph, [first, second], batch=batch)
        assert [each.name for each in subgraph(graph).entities] == ["乙论坛"]


def test_deleting_a_document_removes_what_rested_on_it_alone(graph: Graph) -> None:
    load(graph, newsroom()[:1] + newsroom()[2:])
    expected = content(graph)
    load(graph, newsroom())
    assert delete_document(graph, "news/2.txt")
    assert content(graph) == expected
    assert edge(graph, LIN, "SPEAKER_AT", FORUM_31).support == 2
    assert not delete_document(graph, "news/2.txt")
    assert delete_document(graph, document_id("news/1.txt"))
    assert edge(graph, LIN, "SPEAKER_AT", FORUM_31).support == 1


def test_deleting_every_document_leaves_nothing(graph: Graph, driver: Driver) -> None:
    load(graph, newsroom())
    for each in newsroom():
        delete_document(graph, each.document.key)
    left = rows(driver, "MATCH (n) RETURN DISTINCT labels(n) AS labels ORDER BY labels")
    assert left == [{"labels": ["Huitu", "Gone"]}, {"labels": ["Huitu", "HuituMeta"]}]


FOREIGN = """
CREATE (a:Document {id: $document, key: 'news/1.txt', text: 'theirs', title: '云溪'}),
  (b:Entity:Person {id: $person, name: '林知远', names: ['林知远'], type: 'Person', documents: 9}),
  (c:Entity:Forum {id: $forum, name: '2031云溪智能论坛', names: ['2031云溪智能论坛']}),
  (d:Claim {id: 'c-1', quote: 'x'}),
  (b)-[:SPEAKER_AT {since: 1}]->(c), (a)-[:STATES]->(d), (:Unrelated)-[:KNOWS]->(b)
"""
THEIRS = """
MATCH (n) WHERE NOT n:Huitu OPTIONAL MATCH (n)-[r]->(m) RETURN labels(n) AS labels, properties(n) AS properties,
type(r) AS type, properties(r) AS more, properties(m) AS other ORDER BY labels, properties.id, type
"""


def test_what_others_keep_in_a_shared_database_is_neither_changed_nor_seen(graph: Graph, driver: Driver) -> None:
    load(graph, newsroom())
    alone = content(graph)
    reset(graph)
    rows(driver, FOREIGN, document=document_id("news/1.txt"), person=LIN, forum=FORUM_31)
    theirs = rows(driver, THEIRS)
    assert len(theirs) == 5
    load(graph, newsroom())
    assert content(graph) == alone
    assert rows(driver, THEIRS) == theirs
    assert [each.documents for each in queries.search(graph, "林知远").items] == [2]
    assert queries.neighbours(graph, LIN).total == 1
    assert queries.documents(graph, wording="theirs").total == 0
    delete_document(graph, "news/1.txt")
    reset(graph)
    assert rows(driver, THEIRS) == theirs
    assert rows(driver, "MATCH (n:Huitu) RETURN count(n) AS ours") == [{"ours": 0}]


def test_reset_says_how_much_it_removed_and_a_load_afterwards_works(graph: Graph, driver: Driver) -> None:
    load(graph, newsroom())
    [there] = rows(driver, "MATCH (n) RETURN count(n) AS nodes")
    assert reset(graph) == there["nodes"]
    assert rows(driver, "MATCH (n) RETURN count(n) AS nodes") == [{"nodes": 0}]
    assert load(graph, newsroom()).added == 4


class Crash(Exception):
    """Stands for a process that ends in the middle."""


def crash_after(patch: pytest.MonkeyPatch, statement: str) -> None:
    """Let transactions end in the middle: right after a statement."""
    run = Transaction.run

    def crash(self: Transaction, name: str, **parameters: Any) -> Any:
        found = run(self, name, **parameters)
        if name == statement:
            raise Crash
        return found

    patch.setattr(Transaction, "run", crash)


def test_a_crash_leaves_whole_batches_and_the_next_load_completes_them(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(graph, newsroom())
    expected = content(graph)
    reset(graph)
    load(graph, newsroom()[:1])
    before = content(graph)
    for moment in (
        "lock_documents",
        "merge_entities",
        "create_mentions",
        "create_claims",
        "write_names",
        "create_edges",
    ):
        with monkeypatch.context() as patch, pytest.raises(Crash):
            crash_after(patch, moment)
            load(graph, newsroom())
        assert content(graph) == before, moment
    load(graph, newsroom())
    assert content(graph) == expected


def test_a_crash_while_keys_are_resolved_is_made_good_by_the_next_load(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(graph, newsroom())
    expected = content(graph)
    for moment in ("hold_keys", "write_keys", "move_mentions", "delete_loose_keys"):
        reset(graph)
        with monkeypatch.context() as patch, pytest.raises(Crash):
            crash_after(patch, moment)
            load(graph, newsroom())
        assert content(graph) != expected, moment
        assert load(graph, newsroom()).unchanged == 4
        assert content(graph) == expected, moment


def test_what_came_before_a_broken_record_is_loaded_and_the_record_is_not(graph: Graph) -> None:
    good = newsroom()[0]
    text = "甲在乙论坛发言。"
    false_quote = Extraction(
        Document("bad.txt", text),
        (Entity("p1", PERSON, "甲"), Entity("f1", FORUM, "乙论坛")),
        (Relation(RelationType.SPEAKER_AT, "p1", "f1", "r", 0.9, (Evidence(0, 3, "丙在乙"),)),),
    )
    with pytest.raises(InvalidRecord, match="quote"):
        load(graph, [good, false_quote], batch=1)
    assert [each.key for each in queries.documents(graph).items] == ["news/1.txt"]


@pytest.mark.parametrize("where", ["key", "text", "name"])
def test_text_that_is_no_text_is_an_error_that_names_the_document(graph: Graph, where: str) -> None:
    broken = {"key": "k", "text": "甲论坛", "name": "甲论坛"} | {where: "甲\ud800"}
    record = Extraction(Document(broken["key"], broken["text"]), (Entity("f1", FORUM, broken["name"]),))
    with pytest.raises(InvalidRecord, match="surrogate"):
        load(graph, [record])


def test_offsets_count_code_points_beyond_the_basic_plane(graph: Graph) -> None:
    text = "😀𠮷野在甲论坛发言。"
    load(
        graph,
        [
            article(
                "e", text, {"p1": "𠮷野", "f1": "甲论坛"}, [("SPEAKER_AT", "p1", "f1", {"quote": "𠮷野在甲论坛发言"})]
            )
        ],
    )
    found = queries.document(graph, document_id("e"))
    [evidence] = found.claims[0].evidence
    assert found.text[evidence.start : evidence.end] == evidence.quote == "𠮷野在甲论坛发言"
    assert [found.text[start:end] for each in found.mentions for start, end in each.spans] == ["甲论坛", "𠮷野"]


def test_progress_grows_with_each_transaction(graph: Graph) -> None:
    seen: list[LoadReport] = []
    load(graph, newsroom(), batch=1, progress=seen.append)
    assert [each.read for each in seen] == [1, 2, 3, 4]


def test_extractions_are_read_one_batch_at_a_time(graph: Graph) -> None:
    taken: list[str] = []

    def source() -> Iterator[Extraction]:
        for each in newsroom():
            taken.append(each.document.key)
            yield each

    counts: list[tuple[int, int]] = []
    load(graph, source(), batch=1, progress=lambda report: counts.append((report.read, len(taken))))
    assert counts == [(1, 1), (2, 2), (3, 3), (4, 4)]


def test_a_wrong_password_is_told_as_such(connection: Connection) -> None:
    with Graph(Connection(connection.uri, connection.username, "wrong", None)) as client:
        with pytest.raises(AuthenticationFailed) as caught:
            client.verify()
        assert "wrong" not in str(caught.value) and caught.value.hint


def test_nobody_at_the_address_is_told_as_such() -> None:
    with Graph(Connection("bolt://127.0.0.1:1", "neo4j", "x", None), acquisition_timeout_s=2) as client:
        with pytest.raises(DatabaseUnreachable, match=r"127\.0\.0\.1:1") as caught:
            client.verify()
        assert caught.value.exit_code == 3


def test_a_missing_database_is_told_as_such(connection: Connection) -> None:
    with (
        Graph(Connection(connection.uri, connection.username, connection.password, "nowhere")) as client,
        pytest.raises(DatabaseMissing, match="nowhere"),
    ):
        client.verify()


def test_an_address_that_is_none_is_told_as_such() -> None:
    with pytest.raises(GraphError, match="ftp"):
        Graph(Connection("ftp://127.0.0.1", "neo4j", "x", None))


def test_the_server_calls_itself_neo4j(graph: Graph) -> None:
    assert graph.verify().startswith("Neo4j/5.26.")


def test_searching_a_database_without_a_schema_says_that_nothing_was_loaded(graph: Graph, driver: Driver) -> None:
    rows(driver, "DROP INDEX huitu_entity_names IF EXISTS")
    with pytest.raises(SchemaMissing):
        queries.search(graph, "论坛")
    ensure_schema(graph)
    assert queries.search(graph, "论坛").total == 0
