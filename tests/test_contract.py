"""Every operation answers as its description says, whatever is asked: requests made by Schemathesis, on a real graph.

``CONTRACT_EXAMPLES=200 pytest tests/test_contract.py`` looks further, and at other requests each time.

Left out are addresses of more than 60,000 bytes: beyond 64 KiB uvicorn refuses them before the application sees them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis.strategies import one_of
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from test_api import FORUM_31, LIN, SU, Served

import api
from api.errors import PROBLEMS
from api.jobs.records import NewItem
from api.jobs.service import JobService
from graph.client import Graph
from graph.settings import Connection

pytestmark = pytest.mark.long

LOOK = os.environ.get("CONTRACT_EXAMPLES")


def description() -> dict[str, Any]:
    """What the application says of itself; it needs no database for that."""
    with Graph(Connection("bolt://127.0.0.1:1", "neo4j", "", None)) as nobody:
        return api.create_app(nobody).openapi()


SCHEMA = schemathesis.openapi.from_dict(description())
OPERATIONS = {each.ok().label: each.ok() for each in SCHEMA.get_all_operations()}


@pytest.fixture(scope="module")
def jobs(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[JobService]:
    """Jobs that are kept and never done: made up addresses must not be fetched."""
    service = JobService(tmp_path_factory.mktemp("data") / "jobs", connection)
    yield service
    service.store.close()


@pytest.fixture(scope="module")
def base(news: Graph, jobs: JobService) -> Iterator[str]:
    with Served(api.create_app(news, jobs=jobs, cypher=True)) as http:
        yield str(http.base_url).rstrip("/")


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


@pytest.fixture(scope="module")
def known(base: str, jobs: JobService) -> Mapping[str, str]:
    """An id that there is, for each kind of thing that an address begins with."""

    def first(path: str, field: str = "id") -> str:
        return str(requests.get(f"{base}/v1/{path}", timeout=60).json()["items"][0][field])

    kinds = ("institutions", "forums", "series", "initiatives", "people", "places", "documents")
    found = {kind: first(f"{kind}?limit=1", "name" if kind == "series" else "id") for kind in kinds}
    claim = first(f"entities/{FORUM_31}/claims?limit=1")
    made = {}
    for kind, path, body in (
        ("decisions", "decisions", {"verdict": "unsure", "a": LIN, "b": SU, "by": "甲"}),
        ("corrections", f"claims/{claim}/corrections", {"action": "accept", "by": "甲"}),
    ):
        answer = requests.post(f"{base}/v1/{path}", json=body, timeout=60)
        assert answer.status_code == 201, answer.text
        made[kind] = answer.json()["id"]
    job = jobs.create([NewItem("text", "甲", b"{}", None)])[0].id
    jobs.store.cancel(job)  # the events of one that waits have no end
    return {**found, **made, "entities": LIN, "claims": claim, "reconcile": FORUM_31, "jobs": job}


def every_error_is_a_problem(_: Any, response: Any, case: Any) -> None:
    if response.status_code >= 400:
        found = response.json()
        assert response.headers["content-type"] == ["application/problem+json"], case
        slug = found["type"].removeprefix("/problems/")
        assert found["status"] == response.status_code == PROBLEMS[slug].status
        assert found["detail"]


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    every_error_is_a_problem,
]


# By pytest's own parameters, not those of Schemathesis: these have one name for all, by which xdist runs only one.
@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_answers_are_as_described(
    operation: Any, base: str, session: requests.Session, known: Mapping[str, str]
) -> None:
    @settings(
        max_examples=int(LOOK or 4),
        derandomize=not LOOK,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=one_of([operation.as_strategy(generation_mode=mode) for mode in GenerationMode]))
    def ask(case: schemathesis.Case) -> None:
        # One made up is never there; what is deleted would not be there for the others.
        if case.path_parameters and case.meta.generation.mode is GenerationMode.POSITIVE and case.method != "DELETE":
            case.path_parameters["id"] = known[operation.path.split("/")[2]]
        assume(len(requests.Request(**case.as_transport_kwargs(base_url=base)).prepare().url or "") < 60_000)
        case.call_and_validate(base_url=base, session=session, timeout=60, checks=CHECKS)

    ask()
