from __future__ import annotations

import json
from collections.abc import Iterator

import networkx as nx
import py2neo
import pytest
from articles import article, newsroom
from lxml import etree

from graph import queries
from graph.client import Graph
from graph.convert import to_networkx, to_py2neo
from graph.export import FORMATS, UnknownFormat, export, graphml, node_link
from graph.keys import person_id
from graph.load import load, reset
from graph.records import Edge, EntitySummary, Subgraph
from graph.schema import EntityType, RelationType
from graph.settings import Connection

LIN = person_id("林知远", EntityType.FORUM, "2031云溪智能论坛")


@pytest.fixture
def whole(graph: Graph) -> Subgraph:
    load(graph, newsroom())
    return queries.whole_graph(graph)


@pytest.fixture
def theirs(connection: Connection) -> Iterator[py2neo.Graph]:
    """py2neo on the same server; it keeps its connections until its connector is closed."""
    client = py2neo.Graph(connection.uri, auth=(connection.username, connection.password))
    yield client
    client.service.connector.close()


def small(name: str, quote: str) -> Subgraph:
    """A graph of two entities with whatever text."""
    edge = Edge(
        "p-1", RelationType.SPEAKER_AT, "f-1", 1, 0, 0, 1, 0.9, ("致辞", "报告"), None, "2031-01-01", quote, "d-1"
    )
    person = EntitySummary("p-1", EntityType.PERSON, name, ("甲", "乙"), 1)
    return Subgraph((EntitySummary("f-1", EntityType.FORUM, "论坛", (), 1), person), (edge,))


def test_a_networkx_graph_holds_everything(whole: Subgraph) -> None:
    made = to_networkx(whole)
    [series] = whole.series
    assert set(made.nodes) == {each.id for each in whole.entities} | {series.id}
    assert made.number_of_edges() == len(whole.edges) + len(series.editions) > 2
    assert made.nodes[series.id] == {"type": "ForumSeries", "name": "云溪智能论坛", "aliases": []}
    assert {fields["relation"] for _, _, fields in made.in_edges(series.id, data=True)} == {"EDITION_OF"}
    assert made.nodes[LIN] == {"type": "Person", "name": "林知远", "aliases": [], "documents": 2}
    assert made.graph == {"complete": True}
    [spoke] = [fields for _, _, fields in made.out_edges(LIN, data=True)]
    assert (spoke["relation"], spoke["support"], spoke["roles"]) == ("SPEAKER_AT", 2, ["报告", "致辞"])


def test_node_link_comes_back_as_it_went(whole: Subgraph) -> None:
    back, made = node_link.read(node_link.write(whole)), to_networkx(whole)
    assert dict(back.nodes(data=True)) == dict(made.nodes(data=True))
    assert sorted(back.edges(keys=True, data="quote")) == sorted(made.edges(keys=True, data="quote"))
    assert nx.utils.graphs_equal(back, made)


def test_graphml_comes_back_with_lists_joined_and_labels(whole: Subgraph) -> None:
    back, made = graphml.read(graphml.write(whole)), to_networkx(whole)
    assert set(back.nodes) == set(made.nodes)
    for id, fields in made.nodes(data=True):
        expected = {**fields, "aliases": graphml.LIST_SEPARATOR.join(fields["aliases"]), "label": fields["name"]}
        assert {key: value or "" for key, value in back.nodes[id].items()} == expected
    for head, tail, key, fields in made.edges(keys=True, data=True):
        expected = {**fields, "label": fields["relation"]}
        if "roles" in fields:
            expected["roles"] = graphml.LIST_SEPARATOR.join(fields["roles"])
        found = {name: "" if value is None else value for name, value in back.edges[head, tail, key].items()}
        assert {name: value for name, value in found.items() if name != "id"} == expected


def test_edge_ids_are_unique_as_gephi_wants_them(whole: Subgraph) -> None:
    root = etree.fromstring(graphml.write(whole))
    ids = root.xpath("//*[local-name()='edge']/@id")
    assert len(ids) == len(set(ids)) == len(whole.edges) + 2, "both editions lead to their series"


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_the_same_graph_gives_the_same_bytes(graph: Graph, format: str) -> None:
    load(graph, newsroom())
    first = export(queries.whole_graph(graph), format)
    around = export(queries.subgraph(graph, LIN, depth=2), format)
    reset(graph)
    load(graph, reversed(newsroom()), batch=1)
    assert export(queries.whole_graph(graph), format) == first
    assert export(queries.subgraph(graph, LIN, depth=2), format) == around
    assert first != around


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_no_load_time_in_an_export(graph: Graph, format: str) -> None:
    load(graph, newsroom())
    assert b"ingested" not in export(queries.whole_graph(graph), format)


def test_an_export_says_whether_it_is_complete(graph: Graph) -> None:
    load(graph, newsroom())
    for subgraph, complete in ((queries.whole_graph(graph), True), (queries.whole_graph(graph, limit=2), False)):
        assert node_link.read(node_link.write(subgraph)).graph["complete"] is complete
        assert graphml.read(graphml.write(subgraph)).graph["complete"] is complete
        assert len(graphml.read(graphml.write(subgraph))) == len(subgraph.entities) + len(subgraph.series)
    around = queries.subgraph(graph, LIN, depth=2, limit=3)
    expected = {"complete": False, "seed": LIN, "depth": 2, "limit": 3}
    assert node_link.read(node_link.write(around)).graph == expected
    assert expected.items() <= graphml.read(graphml.write(around)).graph.items()


@pytest.mark.parametrize("text", ["<b>&\"'</b>", "]]>", "甲\r\n乙\t丙", "  两端  ", "😀𠮷", "\u2028\x85"])
def test_any_legal_text_survives_both_formats(text: str) -> None:
    subgraph = small(text, text)
    for back in (graphml.read(graphml.write(subgraph)), node_link.read(node_link.write(subgraph))):
        assert back.nodes["p-1"]["name"] == text
        assert next(iter(back.edges(data="quote")))[2] == text


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_replaced_in_graphml_only(character: str) -> None:
    subgraph = small(f"甲{character}乙", f"丙{character}丁")
    back = graphml.read(graphml.write(subgraph))
    assert back.nodes["p-1"]["name"] == "甲\ufffd乙"
    assert next(iter(back.edges(data="quote")))[2] == "丙\ufffd丁"
    assert node_link.read(node_link.write(subgraph)).nodes["p-1"]["name"] == f"甲{character}乙"


def test_control_characters_travel_through_the_database(graph: Graph) -> None:
    load(graph, [article("x", "甲\x01论坛\x00开幕", {"f1": "甲\x01论坛"})])
    [node] = json.loads(node_link.write(queries.whole_graph(graph)))["nodes"]
    assert node["name"] == "甲\x01论坛"
    assert "甲\ufffd论坛".encode() in graphml.write(queries.whole_graph(graph))


def test_an_empty_graph_is_a_file_too() -> None:
    for each in FORMATS.values():
        assert each.write(Subgraph((), ()))
    assert len(graphml.read(graphml.write(Subgraph((), ())))) == 0


def test_an_unknown_format_is_an_error_that_names_the_known() -> None:
    with pytest.raises(UnknownFormat) as caught:
        export(Subgraph((), ()), "docx")
    assert caught.value.hint is not None and "graphml" in caught.value.hint and "node-link" in caught.value.hint


def test_py2neo_takes_the_subgraph_to_a_real_server(graph: Graph, whole: Subgraph, theirs: py2neo.Graph) -> None:
    reset(graph)
    for _ in range(2):
        theirs.merge(to_py2neo(whole))
    assert theirs.evaluate("MATCH (e:Entity) RETURN count(e)") == len(whole.entities)
    assert theirs.evaluate("MATCH (:Entity)-[r]->(:Entity) RETURN count(r)") == len(whole.edges)
    assert theirs.evaluate("MATCH (:Forum)-[r:EDITION_OF]->(:ForumSeries) RETURN count(r)") == 2
    found = theirs.evaluate(
        "MATCH (:Person {name: '林知远'})-[r:SPEAKER_AT]->(:Forum {name: '2031云溪智能论坛'}) RETURN r.support"
    )
    assert found == 2
    assert theirs.evaluate("MATCH (n:Huitu) WHERE NOT n:HuituMeta RETURN count(n)") == 0
    assert queries.statistics(graph).entities == 0, "a copy is the user's own, not ours"


def test_py2neo_reads_what_huitu_wrote(whole: Subgraph, theirs: py2neo.Graph) -> None:
    found = theirs.run("MATCH p = (:Huitu:Entity)-[r]->(:Huitu:Entity) RETURN p").to_subgraph()
    assert len(found.relationships) == len(whole.edges)
