from __future__ import annotations

import re

import pytest

import cypher
from graph.client import Graph, StatementFailed
from graph.load import ensure_schema
from graph.schema import RelationType

HEADER = re.compile(
    r"\A(// .+\n)+// parameters: .+\n(//   .+\n)*// columns: .+\n(//   .+\n)*// access: (read|write|write \(schema\))\n"
)
VERBS = {
    "advance", "await", "check", "count", "create", "delete", "derive", "expand", "find", "forget", "hold", "list",
    "lock", "mark", "merge", "move", "plan", "read", "refresh", "search", "stream", "undo", "write",
}  # fmt: skip


def code(name: str) -> str:
    return "\n".join(line for line in cypher.load(name).splitlines() if not line.startswith("//"))


def parameters(name: str) -> set[str]:
    return set(re.findall(r"\$(\w++)(?!\()", code(name)))


def test_there_are_statements() -> None:
    assert len(cypher.names()) > 30


@pytest.mark.parametrize("name", cypher.names())
def test_every_statement_is_named_verb_noun_and_says_what_it_takes_and_gives(name: str) -> None:
    assert name.split("_")[0] in VERBS and "_" in name
    assert HEADER.match(cypher.load(name)), "header: what it does, parameters, columns, access"


def test_the_statistics_count_every_type_of_edge() -> None:
    assert re.findall(r"name: '(\w+)', count: COUNT \{ \(:Huitu\)-\[:(\w+)\]", code("read_statistics")) == [
        (relation, relation) for relation in sorted(RelationType)
    ]


@pytest.mark.parametrize("name", cypher.names())
def test_the_header_names_every_parameter_that_the_statement_takes(name: str) -> None:
    header = cypher.load(name).split("// columns:")[0]
    described = header.split("// parameters:")[1]
    if "those of list_documents" in described:
        described += cypher.load("list_documents").split("// columns:")[0]
    assert {parameter for parameter in parameters(name) if not re.search(rf"\b{parameter}\b", described)} == set()


@pytest.mark.parametrize("name", [name for name in cypher.names() if "// access: read" in cypher.load(name)])
def test_reading_statements_do_not_write(name: str) -> None:
    assert not re.search(r"\b(CREATE|MERGE|SET|DELETE|REMOVE)\b", code(name))


def test_an_unknown_statement_is_an_error_that_names_it() -> None:
    with pytest.raises(cypher.UnknownStatement, match="drop_everything"):
        cypher.load("drop_everything")


def test_a_statement_cannot_be_named_by_a_path() -> None:
    with pytest.raises(cypher.UnknownStatement):
        cypher.load("../cypher/read_entity")


@pytest.mark.parametrize("name", [name for name in cypher.names() if "(schema)" not in cypher.load(name)])
def test_the_server_accepts_every_statement(graph: Graph, name: str) -> None:
    """EXPLAIN compiles without running: what is misspelt fails here and not with the first user."""
    ensure_schema(graph)
    with graph._session("READ") as session:
        values = dict.fromkeys(parameters(name)) | {"relations": [relation.value for relation in RelationType]}
        summary = session.run("EXPLAIN " + code(name), values).consume()
    assert summary.plan is not None


def test_the_server_refuses_to_write_through_a_reading_session(graph: Graph) -> None:
    with pytest.raises(StatementFailed) as caught:
        graph.read("write_meta", version=1)
    assert "AccessMode" in caught.value.code
