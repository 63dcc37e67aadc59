"""Answers that have not changed: an entity tag made of the graph's revision and the question (RFC 9110, 13.1.2).

Every change of the graph, by loads and by reviews, begins a new revision. So an answer is the same as long as question
and revision are, and a client that has it is told so (304) without asking the graph more than its revision.
"""

from __future__ import annotations

import hashlib
import re
from importlib.metadata import version

from fastapi import Request, Response

from api.deps import GraphDep
from api.errors import NotModified

__all__ = ["entity_tag", "is_tagged"]

_TAG = re.compile(r'(?:W/)?("[^"]*")')
_OTHERS = (
    "/v1/review",
    "/v1/decisions",
    "/v1/corrections",
    "/v1/ontology",
    "/v1/changes",
    "/v1/export",
    "/v1/jobs",
    "/v1/reconcile",
    "/v1/session",
)
"""What rests on more than the revision, or is streamed."""


def is_tagged(method: str, path: str) -> bool:
    """Whether answers at a path of this application have an entity tag."""
    return method == "GET" and path.startswith("/v1/") and not path.startswith(_OTHERS)


def entity_tag(graph: GraphDep, request: Request, response: Response) -> None:
    """Tell the entity tag of a read.

    Raises:
        NotModified: the client has it.
        GraphError: the database does not answer.
    """
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    if not is_tagged(request.method, path):
        return
    row = graph.read("read_revision")[0]  # before the answer: a change in between makes the tag old, never the answer
    asked = (
        version("huitu"),
        row["begun"],
        row["revision"],
        request.scope["path"],
        request.url.query,
        request.headers.get("accept"),
    )
    tag = f'"{hashlib.sha256(repr(asked).encode()).hexdigest()[:24]}"'
    if tag in _TAG.findall(request.headers.get("if-none-match", "")):
        raise NotModified(f"W/{tag}")
    request.state.tag = f"W/{tag}"
    response.headers["ETag"] = request.state.tag
    response.headers["Vary"] = "Accept"
