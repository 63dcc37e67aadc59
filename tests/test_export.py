"""Exports: what is written is read with the libraries and tools that users have, and says what the graph says."""

from __future__ import annotations

import io
import json
import sys
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pandas as pd
import py2neo
import pyarrow
import pytest
import rdflib
from articles import article, newsroom
from lxml import etree
from neo4j import GraphDatabase
from servers import own_server

from graph.client import Graph, GraphError
from graph.convert import Frames, to_networkx, to_pandas, to_py2neo
from graph.embedded import java, store
from graph.errors import MissingExtra
from graph.export import (
    FORMATS,
    NoClaims,
    UnknownFormat,
    csv,
    cypher,
    export,
    gexf,
    graphml,
    node_link,
    parquet,
    stream,
)
from graph.export.text import LIST_SEPARATOR
from graph.keys import person_id
from graph.load import load, reset
from graph.queries import NotFound
from graph.schema import EntityType, RelationType
from graph.search import search
from graph.settings import Connection
from graph.subgraph import Selection, Subgraph, SubgraphEdge, SubgraphEntity, select, subgraph
from graph.tables import CLAIMS, EDGES, ENTITIES

LIN = person_id("林知远", EntityType.FORUM, "2031云溪智能论坛")
WITH_CLAIMS = sorted(name for name, format in FORMATS.items() if format.claims)
SCHEMA = rdflib.Namespace("https://schema.org/")
OURS = rdflib.Namespace("urn:huitu:schema:")


@pytest.fixture(scope="module")
def whole(connection: Connection) -> Subgraph:
    """All that a graph of the newsroom holds; the database is not kept."""
    with Graph(connection) as graph:
        reset(graph)
        load(graph, newsroom())
        return subgraph(graph, Selection(claims=True))


@pytest.fixture
def theirs(connection: Connection) -> Iterator[py2neo.Graph]:
    """py2neo on the same server; it keeps its connections until its connector is closed."""
    client = py2neo.Graph(connection.uri, auth=(connection.username, connection.password))
    yield client
    client.service.connector.close()


def small(name: str, quote: str) -> Subgraph:
    """A graph of two entities with whatever text."""
    edge = SubgraphEdge(
        *("p-1", RelationType.SPEAKER_AT, "f-1", name, "论坛", 1, 0, 0, 1, 0.9, ("致辞", "报告"), None, "2031-01-01"),
        *(quote, "d-1"),
    )
    person = SubgraphEntity("p-1", EntityType.PERSON, name, ("甲", name), 1, "2031-01-01", "2031-01-02")
    return Subgraph((SubgraphEntity("f-1", EntityType.FORUM, "论坛", (), 1), person), (edge,))


def plain(content: Subgraph) -> Subgraph:
    """The same without claims, which some formats cannot hold."""
    return Subgraph(content.entities, content.edges, content.series, (), content.complete)


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def triples(content: bytes, format: str) -> rdflib.Graph:
    with warnings.catch_warnings():
        # rdflib's own reader of JSON-LD uses what rdflib deprecates.
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        return rdflib.Graph().parse(data=content, format=format)


def test_a_networkx_graph_holds_everything(whole: Subgraph) -> None:
    made = to_networkx(whole)
    [series] = whole.series
    assert set(made.nodes) == {each.id for each in whole.entities} | {series.id}
    assert made.number_of_edges() == len(whole.edges) + len(series.editions) > 2
    assert made.nodes[series.id] == {"type": "ForumSeries", "name": "云溪智能论坛", "aliases": []}
    assert {fields["relation"] for _, _, fields in made.in_edges(series.id, data=True)} == {"EDITION_OF"}
    assert made.nodes[LIN] == {
        **{"type": "Person", "name": "林知远", "aliases": [], "documents": 2},
        **{"first_date": "2031-05-19", "last_date": "2031-06-02"},
    }
    assert made.graph == {"complete": True}
    [spoke] = [fields for _, _, fields in made.out_edges(LIN, data=True)]
    assert (spoke["relation"], spoke["support"], spoke["roles"]) == ("SPEAKER_AT", 2, ["报告", "致辞"])
    assert (spoke["document_title"], spoke["quote"]) == ("云溪智能论坛开幕", "林知远在论坛上致辞")


def test_node_link_comes_back_as_it_went(whole: Subgraph) -> None:
    content = export(whole, "node-link")
    assert nx.utils.graphs_equal(node_link.read(content), to_networkx(whole))
    assert [each["id"] for each in json.loads(content)["claims"]] == [claim.id for claim in whole.claims]
    assert "claims" not in json.loads(export(plain(whole), "node-link"))


def joined(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields as formats of single values hold them."""
    plain = {name: LIST_SEPARATOR.join(value) if isinstance(value, list) else value for name, value in fields.items()}
    return {name: value for name, value in plain.items() if value != ""}


def test_graphml_comes_back_with_lists_joined_and_labels(whole: Subgraph) -> None:
    back, made = graphml.read(export(plain(whole), "graphml")), to_networkx(whole)
    assert dict(back.nodes(data=True)) == {
        id: joined({**fields, "label": fields["name"]}) for id, fields in made.nodes(data=True)
    }
    found = {
        (h, t, key): {n: v for n, v in data.items() if n != "id"}
        for h, t, key, data in back.edges(keys=True, data=True)
    }
    assert found == {
        (h, t, key): joined({**fields, "label": fields["relation"]})
        for h, t, key, fields in made.edges(keys=True, data=True)
    }


def test_gexf_comes_back_with_colours_weights_and_dates(whole: Subgraph) -> None:
    back, made = gexf.read(export(plain(whole), "gexf")), to_networkx(whole)
    for id, fields in made.nodes(data=True):
        found = dict(back.nodes[id])
        red, green, blue = gexf.COLOURS[fields["type"]]
        assert found.pop("viz") == {"color": {"r": red, "g": green, "b": blue, "a": 1.0}}
        assert found == joined({**fields, "label": fields["name"]})
    seen = {}
    for _, _, fields in back.edges(data=True):
        seen[fields.pop("id")] = fields
    for _, _, key, fields in made.edges(keys=True, data=True):
        weight = float(max(fields.get("support", 1), 1))
        assert seen.pop(key) == joined({**fields, "label": fields["relation"], "weight": weight})
    assert not seen


def test_every_type_of_entity_has_a_colour_of_its_own() -> None:
    assert set(gexf.COLOURS) == {*EntityType, "ForumSeries"}
    assert len(set(gexf.COLOURS.values())) == len(gexf.COLOURS)


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_edge_ids_are_unique_as_gephi_wants_them(whole: Subgraph, format: str) -> None:
    root = etree.fromstring(export(plain(whole), format))
    ids = root.xpath("//*[local-name()='edge']/@id")
    assert len(ids) == len(set(ids)) == len(whole.edges) + 2, "both editions lead to their series"


def records(content: Subgraph) -> dict[str, list[dict[str, Any]]]:
    """The rows of the tables."""
    return {
        table.name: [dict(zip(table.names, row, strict=True)) for row in table.rows(content)]
        for table in (ENTITIES, EDGES, CLAIMS)
    }


def without_empty(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if value not in (None, (), [], "")} for row in rows]


def test_csv_comes_back_as_it_went(whole: Subgraph) -> None:
    back = csv.read(export(whole, "csv"))
    assert {name: without_empty(rows) for name, rows in back.items()} == {
        name: without_empty(rows) for name, rows in records(whole).items()
    }


def test_csv_is_read_by_pandas_and_names_the_columns_as_the_import_tool_does(whole: Subgraph) -> None:
    with zipfile.ZipFile(io.BytesIO(export(whole, "csv"))) as archive:
        frame = pd.read_csv(archive.open("edges.csv"))
        assert archive.read("entities.csv").startswith("\ufeffid:ID,type:string,".encode())
        assert archive.testzip() is None
    assert list(frame.columns[:3]) == [":START_ID", ":TYPE", ":END_ID"]
    assert list(frame["quote:string"].dropna()) == [edge.quote for edge in whole.edges]


def test_parquet_comes_back_as_it_went(whole: Subgraph) -> None:
    back = parquet.read(export(whole, "parquet"))
    for name, rows in records(whole).items():
        lists = [
            {key: list(value) if isinstance(value, tuple) else value for key, value in row.items()} for row in rows
        ]
        assert back[name].to_pylist() == lists
        assert json.loads(back[name].schema.metadata[b"huitu"]) == {"complete": True}
    assert back["edges"].schema.field("support").type == pyarrow.int64()


def test_excel_has_a_sheet_for_entities_edges_and_claims_with_quotes(whole: Subgraph) -> None:
    found = sheets(export(whole, "xlsx"))
    assert list(found) == ["entities", "edges", "claims", "about"]
    assert found["about"] == [("complete", "True")]
    for name, rows in records(whole).items():
        head, *lines = found[name]
        assert [dict(zip(head, line, strict=True)) for line in lines] == [
            {
                key: LIST_SEPARATOR.join(value) or None if isinstance(value, tuple) else value
                for key, value in row.items()
            }
            for row in rows
        ]


def test_pandas_frames_hold_the_same_rows(whole: Subgraph) -> None:
    frames = to_pandas(whole)
    assert list(frames.entities["id"])[: len(whole.entities)] == [entity.id for entity in whole.entities]
    assert frames.edges["support"].sum() == sum(edge.support for edge in whole.edges)
    assert frames.edges.dtypes["support"] == "Int64" and frames.edges["support"].isna().sum() == 2
    assert list(frames.claims["quote"]) == [claim.evidence[0].quote for claim in whole.claims]
    assert pd.to_datetime(frames.edges["first_date"]).min() == pd.Timestamp("2031-05-18")
    assert all(isinstance(each, list) for each in frames.entities["aliases"])
    empty = to_pandas(Subgraph())
    assert isinstance(empty, Frames) and list(empty.claims.columns) == list(CLAIMS.names) and empty.edges.empty


def test_turtle_and_json_ld_say_the_same(whole: Subgraph) -> None:
    turtle, jsonld = (
        triples(export(whole, each), format) for each, format in (("turtle", "turtle"), ("jsonld", "json-ld"))
    )
    assert set(turtle) == set(jsonld)
    assert len(turtle) > 100


def test_rdf_speaks_schema_org_and_keeps_the_evidence(whole: Subgraph) -> None:
    found = triples(export(whole, "turtle"), "turtle")
    lin = rdflib.URIRef(f"urn:huitu:{LIN}")
    asked = found.query(
        "SELECT ?forum ?quote ?headline WHERE { ?event schema:performer ?person ; schema:name ?forum ; a schema:Event ."
        " ?edge rdf:subject ?person ; rdf:object ?event ; huitu:quote ?quote ;"
        " schema:citation/schema:headline ?headline }",
        initNs={"schema": SCHEMA, "huitu": OURS, "rdf": rdflib.RDF},
        initBindings={"person": lin},
    )
    assert [tuple(map(str, row)) for row in asked] == [("2031云溪智能论坛", "林知远在论坛上致辞", "云溪智能论坛开幕")]
    quotes = {str(each) for each in found.objects(None, SCHEMA.text)}
    assert quotes == {claim.evidence[0].quote for claim in whole.claims}
    assert len(set(found.subjects(rdflib.RDF.type, OURS.Edge))) == len(whole.edges)


def test_rdf_states_no_fact_that_is_only_planned_or_denied(whole: Subgraph) -> None:
    found = triples(export(whole, "turtle"), "turtle")
    planned = [edge for edge in whole.edges if not edge.support]
    assert planned
    for edge in planned:
        head, tail = rdflib.URIRef(f"urn:huitu:{edge.head}"), rdflib.URIRef(f"urn:huitu:{edge.tail}")
        assert (head, OURS[edge.relation], tail) not in found
        assert not set(found.predicates(head, tail)) & {SCHEMA.organizer, SCHEMA.performer, SCHEMA.attendee}
        assert set(found.subjects(rdflib.RDF.subject, head)) & set(found.subjects(rdflib.RDF.object, tail))
    denied = next(claim for claim in whole.claims if claim.modality == "denied")
    assert (rdflib.URIRef(f"urn:huitu:{denied.object.id}"), SCHEMA.attendee, None) not in found


@pytest.mark.usefixtures("graph")
def test_a_cypher_script_makes_the_graph_anew_in_an_empty_database(connection: Connection, whole: Subgraph) -> None:
    try:
        with GraphDatabase.driver(connection.uri, auth=(connection.username, connection.password)) as driver:
            for _ in range(2):
                for statement in cypher.statements(export(whole, "cypher")):
                    driver.execute_query(statement)  # type: ignore[arg-type]  # it is a script
            nodes = driver.execute_query("MATCH (n:Entity|ForumSeries) RETURN n{.*} AS n ORDER BY n.id").records
            links = driver.execute_query(
                "MATCH (a:Entity)-[r]->(b:Entity|ForumSeries) RETURN a.id, type(r), b.id, r{.*} AS r"
            ).records
            claims = driver.execute_query(
                "MATCH (d:Document)-[:STATES]->(c:Claim)-[:SUBJECT]->(s) MATCH (c)-[:OBJECT]->(o) "
                "RETURN c.id, c.quote, d.key, s.id, o.id ORDER BY c.id"
            ).records
            assert driver.execute_query("MATCH (n:Huitu&!HuituMeta) RETURN count(n) AS n").records[0]["n"] == 0
    finally:
        drop_constraints(connection)
    made = to_networkx(whole)
    assert [row["n"] for row in nodes] == [{"id": id, **made.nodes[id]} for id in sorted(made.nodes)]
    assert sorted((row[0], row[1], row[2], row["r"]) for row in links) == sorted(
        (head, fields["relation"], tail, {name: value for name, value in fields.items() if name != "relation"})
        for head, tail, fields in made.edges(data=True)
    )
    assert [tuple(row) for row in claims] == [
        (each.id, each.evidence[0].quote, each.document.key, each.subject.id, each.object.id) for each in whole.claims
    ]


def drop_constraints(connection: Connection) -> None:
    """Those that a script makes, which are not ours."""
    with GraphDatabase.driver(connection.uri, auth=(connection.username, connection.password)) as driver:
        for label in ("entity", "forumseries", "claim", "document"):
            driver.execute_query(f"DROP CONSTRAINT {label}_id IF EXISTS")  # type: ignore[arg-type]


def test_neo4j_admin_imports_the_csv_files(whole: Subgraph, tmp_path: Path) -> None:
    """The real tool, into a database of its own, which a server then opens."""
    texts = {f"p-{place:02}": text for place, text in enumerate([*HOSTILE, *FORMULAS])}
    people = tuple(SubgraphEntity(id, EntityType.PERSON, text, ("甲", text), 1) for id, text in texts.items())
    files = tmp_path / "files"
    with zipfile.ZipFile(io.BytesIO(export(replace(whole, entities=whole.entities + people), "csv"))) as archive:
        archive.extractall(files)
    server = own_server(tmp_path / "server", memory_mib=512)
    server.data_dir.mkdir(parents=True)
    server.make_home(bolt_port=7687, http_port=7474)  # the ports do not matter while the tool runs
    command = [*("database", "import", "full", store.DATABASE, "--multiline-fields=true")]
    command += [f"--nodes={files / 'entities.csv'}", f"--report-file={tmp_path / 'report'}"]
    command += [f"--relationships={files / name}" for name in ("edges.csv", "claims.csv")]
    java.run_admin(server.home, command, java=server.java, heap_mib=256, problem="Refused")
    with (
        server.use() as connection,
        GraphDatabase.driver(connection.uri, auth=(connection.username, connection.password)) as driver,
    ):
        rows = driver.execute_query("MATCH (n) RETURN n.id, labels(n) AS labels, n{.*} AS n").records
        links = driver.execute_query("MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id, r{.*} AS r").records
    made, nodes = to_networkx(whole), {row[0]: row for row in rows}
    assert set(nodes) == set(made.nodes) | set(texts)
    for id, fields in made.nodes(data=True):
        found = nodes[id]["n"]
        assert found.get("aliases", []) == fields["aliases"] and found["name"] == fields["name"]
        labels = {"ForumSeries"} if fields["type"] == "ForumSeries" else {"Entity", fields["type"]}
        assert set(nodes[id]["labels"]) == labels
    for id, text in texts.items():
        assert nodes[id]["n"]["name"] in (text, f"'{text}"), "an apostrophe makes a formula a text"
        assert nodes[id]["n"]["aliases"] == ["甲", text.replace(";", "；")]
    stated = [row for row in links if "modality" in row["r"]]
    assert sorted(row["r"]["quote"] for row in stated) == sorted(each.evidence[0].quote for each in whole.claims)
    derived = [row for row in links if "modality" not in row["r"]]
    assert sorted(tuple(row)[:3] for row in derived) == sorted(
        (h, data["relation"], t) for h, t, data in made.edges(data=True)
    )
    [spoke] = [row["r"] for row in derived if row[0] == LIN]
    assert (spoke["support"], spoke["roles"], spoke["quote"]) == (2, ["报告", "致辞"], "林知远在论坛上致辞")


def test_the_same_graph_gives_the_same_bytes(graph: Graph) -> None:
    def everything() -> dict[str, tuple[bytes, bytes]]:
        return {
            name: (
                export(select(graph, Selection(claims=format.claims)), name),
                export(select(graph, Selection(LIN, depth=2)), name),
            )
            for name, format in FORMATS.items()
        }

    load(graph, newsroom())
    first = everything()
    for name, (whole, around) in first.items():
        assert whole != around
        assert export(subgraph(graph, Selection(claims=FORMATS[name].claims)), name) == whole, "streamed or from memory"
        for content in (whole, *members(whole)):
            assert b"ingested" not in content and b"added_in" not in content
    reset(graph)
    load(graph, reversed(newsroom()), batch=1)
    assert everything() == first


def members(content: bytes) -> list[bytes]:
    """The files of an archive."""
    if not content.startswith(b"PK"):
        return []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_an_export_says_whether_it_is_complete(graph: Graph) -> None:
    load(graph, newsroom())
    cut = subgraph(graph, Selection(limit=2))
    for content, complete in ((subgraph(graph), True), (cut, False)):
        assert node_link.read(export(content, "node-link")).graph["complete"] is complete
        assert graphml.read(export(content, "graphml")).graph["complete"] is complete
        assert f"complete: {complete}".lower() in export(content, "gexf").decode().lower()
        assert f"complete: {complete}" in export(content, "cypher").decode().splitlines()[0]
        assert sheets(export(content, "xlsx"))["about"][0] == ("complete", str(complete))
        assert (
            json.loads(parquet.read(export(content, "parquet"))["edges"].schema.metadata[b"huitu"])["complete"]
            is complete
        )
        with zipfile.ZipFile(io.BytesIO(export(content, "csv"))) as archive:
            assert f"complete: {complete}" in archive.read("README.txt").decode()
        for format in ("turtle", "jsonld"):
            found = triples(export(content, format), "turtle" if format == "turtle" else "json-ld")
            assert found.value(rdflib.URIRef("urn:huitu:export"), OURS.complete).toPython() is complete
    around = subgraph(graph, Selection(LIN, depth=2, limit=3))
    expected = {"complete": False, "seed": LIN, "depth": 2, "limit": 3}
    assert node_link.read(export(around, "node-link")).graph == expected
    assert expected.items() <= graphml.read(export(around, "graphml")).graph.items()


ILLEGAL = ["\x00", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"]
HOSTILE = [
    "<b>&\"'</b>",
    "]]>",
    "甲\r\n乙\t丙",
    "  两端  ",
    "😀𠮷",
    "甲\u2028\x85\u2029乙",
    "\\u0027 \\' \\\\",
    "'; MATCH (n) DETACH DELETE n; //",
    "{{甲}} ${乙} \\N",
    "甲;乙|丙,丁",
]
FORMULAS = [
    *("=1+1", "@SUM(A1)", "+1", "-1", "\t=1", " =1", "\u3000=1", "＝1", "＋1", "－1", "＠SUM(A1)"),
    *('=HYPERLINK("http://example.org")', "'=1", "'甲'", "''=1"),
]


@pytest.mark.parametrize("text", HOSTILE + FORMULAS)
def test_any_legal_text_survives_every_format(text: str) -> None:
    content = small(text, text)
    for format, read in (("graphml", graphml.read), ("node-link", node_link.read), ("gexf", gexf.read)):
        back = read(export(content, format))
        assert (back.nodes["p-1"]["name"], next(iter(back.edges(data="quote")))[2]) == (text, text)
    assert csv.read(export(content, "csv"))["edges"][0]["quote"] == text
    assert parquet.read(export(content, "parquet"))["edges"].to_pylist()[0]["quote"] == text
    for format in ("turtle", "json-ld"):
        found = triples(export(content, format.replace("-", "")), format)
        assert [str(each) for each in found.objects(None, OURS.quote)] == [text]


def test_a_cypher_script_takes_any_text_to_the_server_and_runs_none_of_it(graph: Graph) -> None:
    texts = [*HOSTILE, *FORMULAS, *(f"丙{character}丁" for character in ILLEGAL)]
    people = tuple(
        SubgraphEntity(f"p-{place:02}", EntityType.PERSON, text, ("甲", text), 1) for place, text in enumerate(texts)
    )
    script = export(Subgraph(people), "cypher")
    graph._driver.execute_query("CREATE (:Theirs)")
    for statement in cypher.statements(script):
        if not statement.startswith("CREATE"):
            graph._driver.execute_query(statement)  # type: ignore[arg-type]  # it is a script
    rows = graph._driver.execute_query("MATCH (p:Entity) RETURN p.name, p.aliases ORDER BY p.id").records
    kept = [text.replace("\ud800", "\ufffd") for text in texts]
    assert [tuple(row) for row in rows] == [(text, ["甲", text]) for text in kept]
    assert graph._driver.execute_query("MATCH (n:Theirs) RETURN count(n)").records[0][0] == 1


@pytest.mark.parametrize("text", HOSTILE + FORMULAS)
def test_no_text_becomes_a_formula(text: str) -> None:
    content = small(text, text)
    book = openpyxl.load_workbook(io.BytesIO(export(content, "xlsx")))
    for row in book["edges"].iter_rows(min_row=2):
        assert {cell.data_type for cell in row} <= {"s", "n", "inlineStr"}
        assert not any(cell.hyperlink for cell in row)
    assert book["edges"]["D2"].value == text.replace("\r\n", "\n"), "lines of a cell end in a line feed"
    with zipfile.ZipFile(io.BytesIO(export(content, "csv"))) as archive:
        frame = pd.read_csv(archive.open("edges.csv"), keep_default_na=False)
    for value in frame.iloc[0]:
        assert not str(value).lstrip("\ufeff").lstrip(" \u3000").startswith(tuple("=+-@\t\r＝＋－＠"))


@pytest.mark.parametrize("character", ILLEGAL)
def test_what_a_format_cannot_hold_is_replaced(character: str) -> None:
    content = small(f"甲{character}乙", f"丙{character}丁")
    replaced = ("甲\ufffd乙", "丙\ufffd丁")
    for back in (graphml.read(export(content, "graphml")), gexf.read(export(content, "gexf"))):
        assert (back.nodes["p-1"]["name"], next(iter(back.edges(data="quote")))[2]) == replaced
    assert sheets(export(content, "xlsx"))["edges"][1][3] == replaced[0]
    for format in ("turtle", "json-ld"):
        found = triples(export(content, format.replace("-", "")), format)
        assert [str(each) for each in found.objects(None, OURS.quote)] == [replaced[1]]
    kept = f"丙{character}丁" if character != "\ud800" else replaced[1]
    assert next(iter(node_link.read(export(content, "node-link")).edges(data="quote")))[2] == kept
    assert csv.read(export(content, "csv"))["edges"][0]["quote"] == (kept if character != "\x00" else replaced[1])
    assert parquet.read(export(content, "parquet"))["edges"].to_pylist()[0]["quote"] == kept


def test_a_separator_within_an_item_is_written_wide_in_csv() -> None:
    [_, person] = csv.read(export(small("甲;乙", "丙"), "csv"))["entities"]
    assert person["aliases"] == ("甲", "甲；乙") and person["name"] == "甲;乙"


def test_a_text_that_no_cell_holds_is_cut_and_ends_in_dots() -> None:
    for text in ("甲" * 40_000, "😀" * 20_000):
        found = sheets(export(small("甲", text), "xlsx"))["edges"][1][EDGES.names.index("quote")]
        assert found.endswith("…") and 32_766 <= len(found.encode("utf-16-le")) // 2 <= 32_767
        assert text.startswith(found[:-1])


def test_control_characters_travel_through_the_database(graph: Graph) -> None:
    load(graph, [article("x", "甲\x01论坛\x00开幕", {"f1": "甲\x01论坛"})])
    [node] = json.loads(export(select(graph), "node-link"))["nodes"]
    assert node["name"] == "甲\x01论坛"
    assert "甲\ufffd论坛".encode() in export(select(graph), "graphml")


def test_an_empty_graph_is_a_file_too(graph: Graph) -> None:
    for format in FORMATS:
        assert export(Subgraph(), format) == export(select(graph), format)
    for format, read in (("graphml", graphml.read), ("node-link", node_link.read), ("gexf", gexf.read)):
        assert len(read(export(Subgraph(), format))) == 0
    assert csv.read(export(Subgraph(), "csv")) == {"entities": [], "edges": []}


def test_an_unknown_format_is_an_error_that_names_the_known() -> None:
    with pytest.raises(UnknownFormat) as caught:
        export(Subgraph(), "docx")
    assert caught.value.hint is not None and "graphml" in caught.value.hint and "node-link" in caught.value.hint


@pytest.mark.parametrize("format", sorted(set(FORMATS) - set(WITH_CLAIMS)))
def test_claims_in_a_format_without_place_for_them_are_refused(format: str) -> None:
    with pytest.raises(NoClaims, match=format):
        export(Subgraph(selection=Selection(claims=True)), format)


def test_a_missing_package_is_an_error_that_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for package, extra, use in (
        ("pyarrow", "parquet", lambda: export(Subgraph(), "parquet")),
        ("pandas", "pandas", lambda: to_pandas(Subgraph())),
    ):
        monkeypatch.setitem(sys.modules, package, None)
        with pytest.raises(MissingExtra, match=package) as caught:
            use()
        assert caught.value.hint == f"pip install 'huitu[{extra}]'"


def test_what_is_selected_is_what_is_there(graph: Graph) -> None:
    load(graph, newsroom())
    everything = subgraph(graph)

    def names(selection: Selection) -> list[str]:
        found = subgraph(graph, selection)
        ids = {entity.id for entity in found.entities}
        assert all(edge.head in ids and edge.tail in ids for edge in found.edges)
        assert {forum for series in found.series for forum, _ in series.editions} <= ids
        return sorted(entity.name for entity in found.entities)

    people = names(Selection(types=(EntityType.PERSON,)))
    assert people == sorted(e.name for e in everything.entities if e.type is EntityType.PERSON)
    assert names(Selection(LIN, types=(EntityType.PERSON,))) == ["林知远"]
    assert names(Selection(LIN)) == ["2031云溪智能论坛", "林知远"]
    spoke = subgraph(graph, Selection(relations=(RelationType.SPEAKER_AT,)))
    assert {edge.relation for edge in spoke.edges} == {RelationType.SPEAKER_AT}
    assert spoke.entities == everything.entities
    assert names(Selection(date_from="2031-05-18", date_to="2031-05-18")) == [
        "2031云溪智能论坛", "云溪市", "林知远"
    ]  # fmt: skip
    assert names(Selection(date_to="2031-05-17")) == []
    assert "韩若水" not in names(Selection(date_from="1900-01-01")), "what has no day lies in no span"
    assert names(Selection(LIN, depth=0)) == ["林知远"]
    with pytest.raises(NotFound):
        select(graph, Selection("nobody"))
    for depth, limit in ((-1, None), (4, None), (1, 0)):
        with pytest.raises(ValueError, match="depth"):
            Selection(LIN, depth=depth, limit=limit)


def test_what_a_query_finds_is_selected_with_what_lies_around_it(graph: Graph) -> None:
    load(graph, newsroom())

    def names(selection: Selection) -> list[str]:
        return sorted(entity.name for entity in subgraph(graph, selection).entities)

    forums = (EntityType.FORUM,)
    assert names(Selection(query="云溪 论坛", depth=0)) == ["2031云溪智能论坛", "2032云溪智能论坛"]
    assert names(Selection(query="云溪", types=forums)) == ["2031云溪智能论坛", "2032云溪智能论坛"]
    assert names(Selection(query="linzhiyuan")) == names(Selection(LIN)), "by pinyin, as a search"
    assert names(Selection(LIN, query="2032云溪", depth=0)) == ["2032云溪智能论坛", "林知远"], "around either"
    assert names(Selection(query="无此物")) == names(Selection(query="…")) == []
    found = search(graph, "云溪", series=0).page
    for limit in range(1, found.total + 1):
        cut = select(graph, Selection(query="云溪", depth=0, limit=limit))
        kept = sorted(entity.id for entity in found.items[:limit])
        assert [entity.id for entity in cut.entities] == kept and cut.complete is (limit == found.total)
    assert not select(graph, Selection(LIN, query="云溪", depth=0, limit=1)).complete
    around = subgraph(graph, Selection(query="云溪", depth=2))
    assert node_link.read(export(around, "node-link")).graph == {"complete": True, "query": "云溪", "depth": 2}
    assert graphml.read(export(around, "graphml")).graph["query"] == "云溪"


def test_claims_of_a_selection_are_those_between_its_entities(graph: Graph) -> None:
    load(graph, newsroom())
    around = subgraph(graph, Selection(LIN, claims=True))
    assert {claim.relation for claim in around.claims} == {RelationType.SPEAKER_AT} and len(around.claims) == 2
    whole = subgraph(graph, Selection(claims=True))
    assert len(whole.claims) == 12 and "denied" in {claim.modality for claim in whole.claims}
    dated = subgraph(graph, Selection(claims=True, date_from="2031-06-02"))
    assert {claim.document.key for claim in dated.claims} <= {"news/3.txt"}


def test_what_is_added_while_an_export_is_read_is_left_out(graph: Graph) -> None:
    load(graph, newsroom()[:1])
    before = subgraph(graph)
    opened = select(graph)
    entities = tuple(opened.entities)
    load(graph, newsroom())
    assert entities == before.entities
    ids = {entity.id for entity in entities}
    assert {edge.head for edge in opened.edges} | {edge.tail for edge in opened.edges} <= ids


def many(graph: Graph, number: int) -> None:
    """Entities beyond one batch of rows."""
    graph._driver.execute_query(
        "UNWIND range(1, $number) AS n CREATE (e:Huitu:Entity:Person {id: 'p-' + toString(n), type: 'Person', "
        "name: '某人' + toString(n), aliases: [], documents: 1, added_in: 0})",
        number=number,
    )


def test_a_database_that_fails_in_the_middle_never_ends_a_file(graph: Graph) -> None:
    many(graph, 30_000)
    for format in ("node-link", "csv", "turtle"):
        parts = stream(select(graph), format)
        given = b""
        while len(given) < 1000:
            given += next(parts)
        terminate(graph)
        with pytest.raises(GraphError):
            for part in parts:
                given += part
        if format == "node-link":
            with pytest.raises(ValueError, match="line"):
                json.loads(given)
        elif format == "csv":
            with pytest.raises(zipfile.BadZipFile):
                zipfile.ZipFile(io.BytesIO(given))


def test_a_workbook_is_given_only_when_all_was_read(graph: Graph) -> None:
    many(graph, 30_000)
    content = select(graph)

    class Failing:
        """The database fails while the hundredth entity is written."""

        selection, complete, series, edges, claims = content.selection, True, (), (), ()

        @property
        def entities(self) -> Iterator[SubgraphEntity]:
            for place, entity in enumerate(content.entities):
                if place == 100:
                    terminate(graph)
                yield entity

    with pytest.raises(GraphError):
        next(stream(Failing(), "xlsx"))


def terminate(graph: Graph) -> None:
    """End every other transaction, as an operator does, or a server that runs out of memory."""
    with graph._session("WRITE") as session:
        running = [
            row["id"]
            for row in session.run(
                "SHOW TRANSACTIONS YIELD transactionId AS id, currentQuery AS q WHERE q CONTAINS 'Huitu' RETURN id, q"
            )
            if "SHOW TRANSACTIONS" not in row["q"]
        ]
        assert running
        session.run("TERMINATE TRANSACTIONS $ids", ids=running).consume()


def test_py2neo_takes_the_subgraph_to_a_real_server(graph: Graph, whole: Subgraph, theirs: py2neo.Graph) -> None:
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
    assert subgraph(graph).entities == (), "a copy is the user's own, not ours"


@pytest.mark.usefixtures("graph")
def test_py2neo_gives_back_all_that_it_took(whole: Subgraph, theirs: py2neo.Graph) -> None:
    theirs.create(to_py2neo(whole))
    made = to_networkx(whole)
    back = theirs.run("MATCH (n:Entity|ForumSeries) OPTIONAL MATCH p = (n)-->() RETURN n, p").to_subgraph()
    assert {node["id"]: {k: v for k, v in dict(node).items() if k != "id"} for node in back.nodes} == dict(
        made.nodes(data=True)
    )
    links = {
        (each.start_node["id"], type(each).__name__, each.end_node["id"]): dict(each) for each in back.relationships
    }
    assert links == {
        (head, fields["relation"], tail): {name: value for name, value in fields.items() if name != "relation"}
        for head, tail, fields in made.edges(data=True)
    }


def test_py2neo_reads_what_huitu_wrote(graph: Graph, whole: Subgraph, theirs: py2neo.Graph) -> None:
    load(graph, newsroom())
    found = theirs.run("MATCH p = (:Huitu:Entity)-[r]->(:Huitu:Entity) RETURN p").to_subgraph()
    assert len(found.relationships) == len(whole.edges)
