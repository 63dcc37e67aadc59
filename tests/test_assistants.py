"""The graph for assistants, by the Model Context Protocol: over the pipes of the real command."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from forums_news import forums_news
from mcp import Client, StdioServerParameters

from graph.client import Graph
from graph.load import load
from graph.settings import Connection
from graph.snapshot import snapshot

HUITU = Path(sys.executable).with_name("huitu")
F31, ACADEMY, UNIVERSITY = "2031云溪智能论坛", "云溪科学院", "晨光大学"


def ask(connection: Connection, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """The tools, then the answers of some calls."""
    told = {"NEO4J_URI": connection.uri, "NEO4J_PASSWORD": connection.password or "", "NEO4J_DATABASE": "neo4j"}
    server = StdioServerParameters(command=str(HUITU), args=["mcp"], env={**os.environ, **told})

    async def session() -> list[Any]:
        async with Client(server) as client:
            tools = await client.list_tools()
            return [tools.tools, *[await client.call_tool(name, arguments) for name, arguments in calls]]

    return asyncio.run(session())


def test_an_assistant_finds_asks_and_cites_and_changes_nothing(graph: Graph, connection: Connection) -> None:
    load(graph, forums_news())
    before = list(snapshot(graph))
    tools, found, described, hosts, path, claims = ask(
        connection,
        ("search", {"wording": "云科院"}),
        ("describe", {"name": F31}),
        ("relations", {"name": F31, "relations": ["CO_HOSTED_BY"]}),
        ("path", {"one": ACADEMY, "other": UNIVERSITY}),
        ("evidence", {"head": F31, "relation": "CO_HOSTED_BY", "tail": ACADEMY}),
    )
    assert {tool.name for tool in tools} == {"search", "describe", "relations", "path", "evidence", "document"}
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)
    assert found.structured_content["items"][0]["name"] == ACADEMY
    assert described.structured_content["series"]["name"] == "云溪智能论坛"
    items = hosts.structured_content["items"]
    assert {each["entity"]["name"] for each in items} == {ACADEMY, "海岬研究所"}
    for each in items:
        claim = each["evidence"][0]
        assert claim["evidence"][0]["quote"] and claim["document"]["key"] and claim["document"]["date"]
    assert path.structured_content["path"]["edges"][0]["evidence"]
    [claim] = claims.structured_content["claims"]
    [document] = ask(connection, ("document", {"id": claim["document"]["id"]}))[1:]
    quote = claim["evidence"][0]
    assert document.structured_content["text"][quote["start"] : quote["end"]] == quote["quote"]
    assert list(snapshot(graph)) == before


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("describe", {"name": "苏沐"}, "Take an id: p-"),
        ("describe", {"name": "云溪科协院"}, "Similar: o-"),
        ("document", {"id": "d-0"}, "d-0"),
        ("relations", {"name": F31, "relations": ["MARRIED_TO"]}, "MARRIED_TO"),
        ("search", {"wording": "x", "limit": 1000}, "50"),
    ],
)
def test_what_cannot_be_answered_says_what_to_do(
    graph: Graph, connection: Connection, tool: str, arguments: dict[str, Any], told: str
) -> None:
    load(graph, forums_news())
    [answer] = ask(connection, (tool, arguments))[1:]
    assert answer.is_error and told in answer.content[0].text
