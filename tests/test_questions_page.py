"""docs/questions.md: every call on it is sent to the samples, and every answer is compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from test_api import Served, operations

import api
from extract import Extractor
from extract.sources import read_documents
from graph.client import Graph
from graph.load import load, reset
from graph.settings import Connection

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
CALLS = re.findall(r"GET (/v1/[^`\s]+)", PAGE)
ANSWERS = re.findall(r"```\nGET (\S+)\n```\n```json\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def http(connection: Connection) -> Iterator[httpx.Client]:
    """The API over samples/ as `make run` loads them."""
    with Graph(connection) as graph:
        reset(graph)
        load(graph, Extractor().extract_all(read_documents([ROOT / "samples"], on_skip=lambda _: None)))
        with Served(api.create_app(graph)) as client:
            yield client


def holds(answer: Any, shown: Any) -> bool:
    """Whether an answer holds what is shown of it: fields of objects, items of lists in their order."""
    if isinstance(shown, dict):
        return isinstance(answer, dict) and all(key in answer and holds(answer[key], shown[key]) for key in shown)
    if isinstance(shown, list):
        rest = iter(answer)
        return all(any(holds(each, wanted) for each in rest) for wanted in shown)
    return bool(answer == shown)


NOTHING = {"/v1/people/沈砚秋/initiatives", "/v1/entities/2025太湖人工智能大会/conflicts"}
"""Calls of which the samples hold no case."""


@pytest.mark.parametrize("call", CALLS)
def test_every_call_on_the_page_has_an_answer(http: httpx.Client, call: str) -> None:
    response = http.get(call)
    assert response.status_code == 200, response.text
    if response.headers["content-type"] == "application/json":
        found = response.json()
        assert bool(found.get("items", [True])) is (call not in NOTHING)


@pytest.mark.parametrize(("call", "shown"), ANSWERS)
def test_every_answer_on_the_page_is_part_of_the_true_one(http: httpx.Client, call: str, shown: str) -> None:
    answer = http.get(call).json()
    assert holds(answer, json.loads(shown)), json.dumps(answer, ensure_ascii=False)[:3000]


def test_the_page_has_every_operation_that_answers_a_question(http: httpx.Client) -> None:
    assert len(ANSWERS) == 5
    patterns = {path for method, path, _ in operations(http) if method == "GET"}
    tags = ("institutions", "forums", "series", "initiatives", "people", "places", "networks", "feed", "paths")
    wanted = {path for path in patterns if path.split("/")[2] in tags and not re.fullmatch(r"/v1/\w+", path)}
    wanted |= {"/v1/series", "/v1/feed", "/v1/paths"}
    asked = [call.split("?")[0] for call in CALLS]
    shapes = {path: re.compile(re.escape(path).replace(r"\{id\}", "[^/]+") + "$") for path in wanted}
    assert {path for path, shape in shapes.items() if not any(shape.match(call) for call in asked)} == set()


def test_every_example_of_a_path_has_an_answer(http: httpx.Client) -> None:
    tried = 0
    for method, path, operation in operations(http):
        parameters = {each["name"]: each for each in operation.get("parameters", []) if each["in"] == "path"}
        examples = parameters.get("id", {}).get("schema", {}).get("examples", [])
        needed = {each["name"] for each in operation.get("parameters", []) if each.get("required")} - {"id"}
        values = {"with": "顾维宁", "measure": "degree"}
        for example in examples:
            response = http.request(method, path.format(id=example), params={name: values[name] for name in needed})
            assert response.status_code == 200, (path, response.text)
            tried += 1
    assert tried > 30
