"""Cypher that users write, read-only: the server's own plan of a query says whether it may run.

    text ──its words──▶ no option, no second statement, no LOAD CSV, no procedure, no function of an extension
         ──EXPLAIN in a READ session──▶ every operator of the plan, nested ones too, is on the list
         ──run once, in a READ session──▶ rows, until time, rows or bytes are used up

A READ session alone is no guard: it lets LOAD CSV, SHOW and procedures through. The list names what may be; what is not
known to be harmless is refused. The look at the text comes before, for what no plan shows: options (which would take
the place of EXPLAIN), functions of extensions, and subqueries inside of lists (``[x IN xs | COLLECT {...}]``), in which
LOAD CSV and procedures would run unseen. So it must read a text as the server does: the server replaces Unicode escapes
before it knows of strings and comments, and takes more characters for blanks than meet the eye.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import neo4j
from neo4j.exceptions import ClientError, Neo4jError, TransientError

from graph.client import Graph
from graph.errors import HuituError

__all__ = ["OPERATORS", "Answer", "BadQuery", "QueryRefused", "QueryTooLong", "ask", "check_text"]

FIRST_WORDS = frozenset({"MATCH", "OPTIONAL", "WITH", "UNWIND", "RETURN", "CALL"})
"""Words with which a query may begin: not EXPLAIN, PROFILE, CYPHER, USE, SHOW, LOAD, and none that writes."""

OPERATORS = frozenset((
    # where rows come from
    "AllNodesScan", "NodeByLabelScan", "UnionNodeByLabelsScan", "IntersectionNodeByLabelsScan",
    "SubtractionNodeByLabelsScan", "NodeByIdSeek", "NodeByElementIdSeek", "NodeIndexSeek", "NodeUniqueIndexSeek",
    "NodeIndexSeekByRange", "NodeUniqueIndexSeekByRange", "NodeIndexScan", "NodeIndexContainsScan",
    "NodeIndexEndsWithScan", "MultiNodeIndexSeek", "DynamicLabelNodeLookup",
    "DirectedAllRelationshipsScan", "UndirectedAllRelationshipsScan",
    "DirectedRelationshipTypeScan", "UndirectedRelationshipTypeScan", "DirectedUnionRelationshipTypesScan",
    "UndirectedUnionRelationshipTypesScan", "DirectedRelationshipByElementIdSeek",
    "UndirectedRelationshipByElementIdSeek", "DirectedRelationshipByIdSeek", "UndirectedRelationshipByIdSeek",
    "DirectedRelationshipIndexSeek", "UndirectedRelationshipIndexSeek", "DirectedRelationshipIndexScan",
    "UndirectedRelationshipIndexScan", "DirectedRelationshipIndexSeekByRange", "UndirectedRelationshipIndexSeekByRange",
    "NodeCountFromCountStore", "RelationshipCountFromCountStore", "Argument", "EmptyRow",
    # along relationships
    "Expand(All)", "Expand(Into)", "OptionalExpand(All)", "OptionalExpand(Into)", "VarLengthExpand(All)",
    "VarLengthExpand(Into)", "VarLengthExpand(Pruning)", "VarLengthExpand(Pruning,BFS)",
    "VarLengthExpand(Pruning,BFS,All)", "VarLengthExpand(Pruning,BFS,Into)", "Repeat(Trail)", "Repeat(Walk)",
    "BidirectionalRepeat(Trail)", "NullifyMetadata", "ProjectEndpoints", "ShortestPath",
    "StatefulShortestPath(All)", "StatefulShortestPath(Into)", "TriadicSelection", "TriadicBuild", "TriadicFilter",
    # what becomes of them
    "ProduceResults", "Projection", "Filter", "Limit", "Skip", "Sort", "PartialSort", "Top", "PartialTop", "Distinct",
    "OrderedDistinct", "Aggregation", "EagerAggregation", "OrderedAggregation", "Eager", "CacheProperties", "Unwind",
    "Optional", "EmptyResult",
    # several of them
    "Apply", "SemiApply", "AntiSemiApply", "LetSemiApply", "LetAntiSemiApply", "SelectOrSemiApply",
    "SelectOrAntiSemiApply", "LetSelectOrSemiApply", "LetSelectOrAntiSemiApply", "ConditionalApply",
    "AntiConditionalApply", "RollUpApply", "CartesianProduct", "NodeHashJoin", "ValueHashJoin", "LeftOuterHashJoin",
    "RightOuterHashJoin", "NodeLeftOuterHashJoin", "NodeRightOuterHashJoin", "Union", "OrderedUnion",
))  # fmt: skip
"""Operators of Neo4j 5.26 that read the graph and nothing else."""

_NAMESPACES = frozenset({"date", "datetime", "localdatetime", "localtime", "time", "duration", "point", "vector"})
"""Functions that the server itself has are these, or have no namespace."""

_TOKEN = re.compile(
    r"""(?P<comment>//[^\r\n]*|/\*.*?(?:\*/|\Z))"""
    r"""|(?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|(?P<quoted>`(?:[^`]|``)*`)""",
    re.DOTALL,
)
_CALL = re.compile(r"(?<![\w.])((?:\w+\s*\.\s*)+)\w+\s*\(")
_UNSEEN = re.compile(r"\bLOAD\s+CSV\b|\bCALL\s+(?:\w+\s*\.\s*)*\w+\s*\(", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u+([0-9a-f]{4})?", re.IGNORECASE)


class QueryRefused(HuituError):
    """A query may not run; ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the query is refused: {reason}")
        self.reason = reason


class BadQuery(HuituError):
    """The server cannot compile or run a query; the message is its own."""


class QueryTooLong(HuituError):
    """A query used up its time or the server's memory before it gave a row."""


@dataclass(slots=True)
class Answer:
    """What a query gives: ``rows`` is read once; then ``cut`` tells what was used up (time, rows, bytes), if any."""

    columns: list[str]
    rows: Iterator[list[Any]]
    cut: str | None = None


def check_text(text: str) -> None:
    """Refuse a query for what its text says; what it means, its plan says.

    Raises:
        QueryRefused: it begins with another word than a query does, holds several statements, escapes that could end a
            string or comment, characters that are not seen, LOAD CSV, or a call of a procedure or of an extension.
    """
    for escape in _ESCAPE.finditer(text):
        char = chr(int(escape[1], 16)) if escape[1] else ""
        if char.isascii() or not char.isalnum():
            raise QueryRefused(f"it holds the escape {escape[0]}; write the character itself, or give a parameter")
    bare = _TOKEN.sub(_blank, text)
    if any(unicodedata.category(char) in {"Cc", "Cf"} and char not in "\t\r\n" for char in bare):
        raise QueryRefused("it holds a character that is not seen")
    if "\\" in bare:
        raise QueryRefused("it holds an escape outside of a string")
    first = re.match(r"\s*(\w*)", bare)
    word = first[1].upper() if first else ""
    if word not in FIRST_WORDS:
        raise QueryRefused(f"it begins with {word or 'no word'}; it may with {', '.join(sorted(FIRST_WORDS))}")
    if ";" in bare.rstrip().removesuffix(";"):
        raise QueryRefused("it holds several statements")
    if unseen := _UNSEEN.search(bare):
        raise QueryRefused(f"it holds {' '.join(unseen[0].split())}, which does more than read the graph")
    for found in _CALL.finditer(bare):
        namespace = found[1].split(".")[0].strip().lower()
        if namespace not in _NAMESPACES:
            raise QueryRefused(f"it calls {''.join(found[0].split())}...), which is no function of Neo4j itself")


def _blank(token: re.Match[str]) -> str:
    """Comments as space, strings as nothing in particular, quoted names as names (of letters alone)."""
    if token["comment"] is not None:
        return " "
    return "''" if token["string"] is not None else f"q{re.sub(r'[^A-Za-z0-9_]', '_', token['quoted'])}"


def ask(
    graph: Graph,
    text: str,
    parameters: Mapping[str, Any],
    *,
    max_rows: int = 10_000,
    max_bytes: int = 10_000_000,
    timeout_s: float = 20.0,
    encode: Callable[[list[Any]], str] = repr,
) -> Answer:
    """Check a query and run it once.

    Args:
        graph: where.
        text: the query.
        parameters: its parameters.
        max_rows: rows at most.
        max_bytes: of all rows, as ``encode`` writes them, in UTF-8.
        timeout_s: seconds at most.
        encode: writes a row.

    Raises:
        QueryRefused: it may not run.
        BadQuery: the server cannot compile it.
        QueryTooLong: it gave no row in its time.
        GraphError: the database does not answer.
    """
    check_text(text)
    _check_plan(graph, text, parameters, timeout_s)
    rows = _rows(graph, text, parameters, timeout_s)
    columns: list[str] = next(rows)
    answer = Answer(columns, iter(()))
    first = next(rows, None)

    def limited() -> Iterator[list[Any]]:
        count = size = 0
        row = first
        try:
            while row is not None:
                size += len(encode(row).encode())
                if count == max_rows or size > max_bytes:
                    answer.cut = "rows" if count == max_rows else "bytes"
                    return
                yield row
                count += 1
                row = next(rows, None)
        except QueryTooLong:
            answer.cut = "time"
        finally:
            rows.close()

    answer.rows = limited()
    return answer


def _check_plan(graph: Graph, text: str, parameters: Mapping[str, Any], timeout_s: float) -> None:
    with graph.reading() as session:
        try:
            query = neo4j.Query(f"EXPLAIN\n{text}", timeout=timeout_s)
            summary = session.run(query, dict(parameters)).consume()
        except ClientError as error:
            raise BadQuery(str(error.message)) from error
        except (UnicodeError, OverflowError) as error:
            raise BadQuery(f"a parameter is no value of Neo4j: {error}") from error
    if summary.plan is None or summary.query_type != "r":
        raise QueryRefused("it does more than read")
    unknown = sorted(set(_operators(summary.plan)) - OPERATORS)
    if unknown:
        raise QueryRefused(f"its plan holds {', '.join(unknown)}")


def _operators(plan: Mapping[str, Any]) -> Iterator[str]:
    yield str(plan["operatorType"]).partition("@")[0]
    for child in plan.get("children", ()):
        yield from _operators(child)


def _rows(graph: Graph, text: str, parameters: Mapping[str, Any], timeout_s: float) -> Generator[Any, None, None]:
    """The columns, then each row; run in auto-commit, so never a second time."""
    with graph.reading() as session:
        try:
            query = neo4j.Query(text, timeout=timeout_s)
            result = session.run(query, dict(parameters))
            yield list(result.keys())
            for record in result:
                yield list(record.values())
        except Neo4jError as error:
            if "Timed" in str(error.code) or "Terminated" in str(error.code) or isinstance(error, TransientError):
                raise QueryTooLong("the query used up its time, or the memory that one has") from error
            raise BadQuery(str(error.message)) from error
