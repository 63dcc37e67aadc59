"""Read-only Cypher for those who want it, off by default."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from itertools import chain
from typing import Annotated, Any

import neo4j.graph
import neo4j.spatial
from fastapi import Body, Request
from fastapi.responses import StreamingResponse

from api import examples
from api.access import CYPHER
from api.deps import GraphDep
from api.errors import CypherBusy, CypherOff, documented
from api.guard import WRITES
from api.models import NewQuery
from api.routing import Router
from graph.guarded import Answer, ask

__all__ = ["router"]

router = Router(prefix="/v1", tags=["cypher"], dependencies=[CYPHER])

_places = threading.BoundedSemaphore(2)


@router.post(
    "/cypher",
    summary="Run a reading Cypher query",
    responses={
        200: {"content": {"application/x-ndjson": {}}},
        **documented(*WRITES, "cypher-off", "query-refused", "bad-query", "query-too-long", "query-busy"),
    },
    response_class=StreamingResponse,
)
def run(
    graph: GraphDep, request: Request, new: Annotated[NewQuery, Body(openapi_examples=examples.QUERIES)]
) -> StreamingResponse:
    """JSON Lines: `columns`, then a `row` each, then `end`: how many rows, and what cut them short, if any."""
    if not request.app.state.cypher:
        raise CypherOff
    if not _places.acquire(blocking=False):
        raise CypherBusy
    try:
        answer = ask(graph, new.query, new.parameters, max_rows=new.limit, encode=_line)
    except BaseException:
        _places.release()
        raise
    lines = _lines(answer)
    begun = chain([next(lines)], lines)  # so that its end, which gives the place free, comes whatever the client does
    return StreamingResponse(begun, media_type="application/x-ndjson")


def _lines(answer: Answer) -> Iterator[str]:
    try:
        yield _json({"columns": answer.columns})
        rows = 0
        for row in answer.rows:
            yield _line(row)
            rows += 1
        yield _json({"end": {"rows": rows, "cut": answer.cut}})
    finally:
        _places.release()


def _line(row: list[Any]) -> str:
    return _json({"row": [_value(each) for each in row]})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _value(value: Any) -> Any:
    """A value of the driver as JSON."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else str(value)  # JSON has neither NaN nor infinity
    if isinstance(value, neo4j.graph.Path):
        return {
            "nodes": [_value(each) for each in value.nodes],
            "edges": [_value(each) for each in value.relationships],
        }
    if isinstance(value, neo4j.graph.Node):
        return {"node": value.element_id, "labels": sorted(value.labels), "properties": _value(dict(value))}
    if isinstance(value, neo4j.graph.Relationship):
        ends = {
            "from": value.start_node and value.start_node.element_id,
            "to": value.end_node and value.end_node.element_id,
        }
        return {"edge": value.element_id, "type": value.type, **ends, "properties": _value(dict(value))}
    if isinstance(value, dict):
        return {key: _value(each) for key, each in value.items()}
    if isinstance(value, neo4j.spatial.Point):
        return {"srid": value.srid, "coordinates": list(value)}
    if isinstance(value, list | tuple | set | frozenset):
        return [_value(each) for each in value]
    if isinstance(value, bytes | bytearray):
        return value.hex()
    return value.iso_format() if hasattr(value, "iso_format") else str(value)
