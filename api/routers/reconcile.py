"""Reconciliation Service API 0.2 (W3C Community Group, 2023): OpenRefine matches tables with the graph (核对)."""

from __future__ import annotations

import html
from typing import Annotated, Any, Self, TypeVar
from urllib.parse import parse_qs

from fastapi import Depends, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from starlette.concurrency import run_in_threadpool

from api.access import READ, pages_of
from api.deps import GraphDep
from api.errors import documented
from api.guard import WRITES, is_ours
from api.routing import Router
from graph import queries
from graph.client import Graph
from graph.questions.matching import Match, Wanted, match
from graph.records import Direction, EntityDetail
from graph.schema import ENTITY_NAMES_ZH, RELATIONS, EntityType, RelationType

__all__ = ["router"]


def _readable_on_this_machine(request: Request, response: Response) -> None:
    """OpenRefine runs on the user's own machine, and its page asks from there."""
    origin = request.headers.get("origin", "")
    if is_ours(origin.partition("://")[2], frozenset()):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Vary"] = "Origin"


router = Router(prefix="/v1/reconcile", tags=["matching"], dependencies=[READ, Depends(_readable_on_this_machine)])

_T = TypeVar("_T")
_MOST_QUERIES = 500
_MOST_IDS = 500
_MOST_VALUES = 100
_AT = "organization"
"""The property by which a table tells people of one name apart."""
_PLAIN = {
    "aliases": "Other names (别名)",
    "type": "Type (类型)",
    "documents": "Documents (文献数)",
    "first_date": "First document (最早文献)",
    "last_date": "Latest document (最近文献)",
}
_WAYS: tuple[tuple[Direction, str], ...] = (("out", "→"), ("in", "←"))


class _Property(BaseModel):
    pid: str
    v: Any


class _Query(BaseModel):
    """A query of a batch; what the specification has besides (``type_strict``) changes nothing here."""

    model_config = ConfigDict(extra="ignore")

    query: str = Field(default="", max_length=500)
    type: str | list[str] | None = None
    limit: Annotated[int | None, Field(ge=1, le=100)] = None
    properties: list[_Property] = []

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if not self.query and not self.properties:
            raise ValueError("a query needs a name, or properties")
        return self


class _Wish(BaseModel):
    id: str


class _Extension(BaseModel):
    ids: list[str] = Field(max_length=_MOST_IDS)
    properties: list[_Wish] = Field(max_length=len(RelationType) * 2 + len(_PLAIN))


_QUERIES: TypeAdapter[dict[str, _Query]] = TypeAdapter(Annotated[dict[str, _Query], Field(max_length=_MOST_QUERIES)])
_EXTENSION: TypeAdapter[_Extension] = TypeAdapter(_Extension)

_Prefix = Annotated[str, Query(max_length=200, description="What was typed.", examples=["太湖"])]
_Batch = Annotated[
    str | None,
    Query(
        max_length=8_000,  # an address has no more
        description="A batch of queries, as JSON; a long one is posted.",
        examples=['{"q0": {"query": "太湖人工智能大会", "type": "Forum"}}'],
    ),
]
_Extend = Annotated[
    str | None,
    Query(
        max_length=8_000,  # an address has no more
        description="Ids and the properties wanted of them, as JSON.",
        examples=['{"ids": [], "properties": [{"id": "aliases"}]}'],
    ),
]


@router.get("", summary="The manifest of the reconciliation service, or the answer to a batch", responses=documented())
def manifest(graph: GraphDep, request: Request, queries: _Batch = None, extend: _Extend = None) -> dict[str, Any]:
    """Give the address of this operation to OpenRefine as a standard service. With `queries` or `extend`, as
    [the specification](https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/) has it.
    """
    return _answer(graph, request, queries, extend)


@router.post(
    "",
    summary="A batch of reconciliation queries, or of properties wanted",
    responses=documented(*WRITES),
    openapi_extra={
        "requestBody": {
            "content": {
                "application/x-www-form-urlencoded": {
                    "schema": {
                        "type": "object",
                        "properties": {"queries": {"type": "string"}, "extend": {"type": "string"}},
                        "example": {"queries": '{"q0": {"query": "太湖人工智能大会"}}'},
                    }
                }
            }
        }
    },
)
async def batch(graph: GraphDep, request: Request) -> dict[str, Any]:
    """The same in a form: what OpenRefine sends. Writes nothing."""
    form = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
    asked = {name: values[0] for name, values in form.items()}
    return await run_in_threadpool(_answer, graph, request, asked.get("queries"), asked.get("extend"))


@router.get("/suggest/entity", summary="Entities for what is typed", responses=documented())
def suggest_entity(
    graph: GraphDep, prefix: _Prefix, cursor: Annotated[int, Query(ge=0, le=1000)] = 0
) -> dict[str, Any]:
    """By name, other name or pinyin, the exact ones first."""
    found = queries.search(graph, prefix, limit=20 + cursor).items[cursor:]
    return {
        "result": [
            {"id": each.id, "name": each.name, "description": _also(each.aliases), "notable": [_type(each.type)]}
            for each in found
        ]
    }


@router.get("/suggest/type", summary="Types for what is typed", responses=documented())
def suggest_type(prefix: _Prefix) -> dict[str, Any]:
    """By their English or Chinese name."""
    return {"result": [each for each in map(_type, EntityType) if prefix.lower() in each["name"].lower()]}


@router.get("/suggest/property", summary="Properties for what is typed", responses=documented())
def suggest_property(prefix: _Prefix) -> dict[str, Any]:
    """Those that a table may be matched by, and those that it may be extended with."""
    known = [{"id": _AT, "name": "Body that a person is at (任职机构)"}, *_properties(None)]
    return {"result": [each for each in known if prefix.lower() in f"{each['id']} {each['name']}".lower()]}


@router.get("/properties", summary="Properties of a type, to extend a table with", responses=documented())
def propose(
    type: Annotated[EntityType | None, Query(description="The type.")] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="Properties at most.")] = 100,
) -> dict[str, Any]:
    """What is known of an entity, and each relation by which it reaches others or is reached."""
    answer: dict[str, Any] = {"properties": _properties(type)[:limit], "limit": limit}
    return answer if type is None else {**answer, "type": type.value}


@router.get(
    "/preview/{id}",
    summary="An entity in a small frame",
    responses=documented("not-found"),
    response_class=HTMLResponse,
)
def preview(graph: GraphDep, id: str) -> HTMLResponse:
    """A page without scripts, for OpenRefine's preview."""
    found = queries.entity(graph, id)
    told = [ENTITY_NAMES_ZH[found.type], f"{found.documents} 篇文献"]
    told += [f"{RELATIONS[each.relation].zh} {each.count}" for each in found.relations[:5]]
    also = f"<p>{html.escape(_also(found.aliases))}</p>" if found.aliases else ""
    page = f"<h1>{html.escape(found.name)}</h1>{also}<p>{html.escape(' · '.join(told))}</p>"
    policy = "default-src 'none'; base-uri 'none'; form-action 'none'; sandbox"
    return HTMLResponse(
        f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{html.escape(found.name)}</title>{page}</html>',
        headers={"Content-Security-Policy": policy},
    )


def _answer(graph: Graph, request: Request, batch: str | None, extend: str | None) -> dict[str, Any]:
    if batch is not None:
        return _reconciled(graph, _parsed(_QUERIES, batch, "queries"))
    if extend is not None:
        return _extended(graph, _parsed(_EXTENSION, extend, "extend"))
    base = str(request.url_for("manifest")).rstrip("/")
    pages = pages_of(request)  # ids and links that a table keeps must not hold a token
    return {
        "versions": ["0.2"],
        "name": "Huitu 会图",
        "identifierSpace": f"{pages}/v1/entities/",
        "schemaSpace": f"{pages}/v1/ontology",
        "documentation": f"{pages}/docs",
        "serviceVersion": request.app.version,
        "defaultTypes": [_type(type) for type in EntityType],
        "view": {"url": f"{pages}/#entity/{{{{id}}}}"},
        "preview": {"url": f"{base}/preview/{{{{id}}}}", "width": 400, "height": 160},
        "suggest": {
            name: {"service_url": base, "service_path": f"/suggest/{name}"} for name in ("entity", "type", "property")
        },
        "extend": {"propose_properties": {"service_url": base, "service_path": "/properties"}, "property_settings": []},
    }


def _parsed(adapter: TypeAdapter[_T], text: str, place: str) -> _T:
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        found = [
            {"type": "value_error", "loc": ("query", ".".join(map(str, (place, *each["loc"])))), "msg": each["msg"]}
            for each in error.errors()
        ]
        raise RequestValidationError(found) from error


def _reconciled(graph: Graph, asked: dict[str, _Query]) -> dict[str, Any]:
    limits = [each.limit or 10 for each in asked.values()]
    found = match(graph, [_wanted(each) for each in asked.values()], limit=max(limits, default=1))
    return {
        name: {"result": [_candidate(each) for each in matches[:limit]]}
        for name, limit, matches in zip(asked, limits, found, strict=True)
    }


def _wanted(query: _Query) -> Wanted:
    types = [query.type] if isinstance(query.type, str) else query.type or []
    known = tuple(EntityType(each) for each in types if each in set(EntityType))
    bodies = [text for each in query.properties if each.pid == _AT for text in _texts(each.v)]
    return Wanted(query.query, known, bodies[0] if bodies else None)


def _texts(value: Any) -> list[str]:
    """The values of a property in a query: one or several, each a text or a thing that was matched before."""
    several = value if isinstance(value, list) else [value]
    texts = [each.get("name", "") if isinstance(each, dict) else each for each in several]
    return [each for each in texts if isinstance(each, str) and each.strip()]


def _candidate(found: Match) -> dict[str, Any]:
    entity = found.entity
    return {
        "id": entity.id,
        "name": entity.name,
        "description": _also(entity.aliases),
        "type": [_type(entity.type)],
        "score": round(100 * found.score, 2),
        "match": found.meant,
        "features": [{"id": each.name, "value": each.points} for each in found.features],
    }


def _extended(graph: Graph, asked: _Extension) -> dict[str, Any]:
    names = {each["id"]: each["name"] for each in _properties(None)}
    wanted = [each.id for each in asked.properties]
    unknown = [each for each in wanted if each not in names]
    if unknown:
        problem = {
            "type": "unknown_property",
            "loc": ("query", "extend.properties"),
            "msg": f"no property {unknown[0]!r}",
        }
        raise RequestValidationError([problem])
    rows = {}
    for id in asked.ids:
        found = _present(graph, id)
        rows[id] = {property: _values(graph, found, property) if found else [] for property in wanted}
    return {"meta": [{"id": each, "name": names[each]} for each in wanted], "rows": rows}


def _present(graph: Graph, id: str) -> EntityDetail | None:
    """The entity that an id in a table leads to now; None where it is gone: the table keeps its row."""
    try:
        return queries.entity(graph, id)
    except queries.Moved as moved:
        return queries.entity(graph, moved.to)
    except queries.NotFound:
        return None


def _values(graph: Graph, found: EntityDetail, property: str) -> list[dict[str, Any]]:
    if property == "aliases":
        return [{"str": alias} for alias in found.aliases]
    if property == "type":
        return [{"id": found.type.value, "name": ENTITY_NAMES_ZH[found.type]}]
    if property == "documents":
        return [{"int": found.documents}]
    if property in ("first_date", "last_date"):
        day = found.first_date if property == "first_date" else found.last_date
        return [{"str": day}] if day else []
    direction, _, relation = property.partition(" ")
    page = queries.neighbours(
        graph,
        found.id,
        relations=[RelationType(relation)],
        direction="out" if direction == "out" else "in",
        limit=_MOST_VALUES,
    )
    return [{"id": each.entity.id, "name": each.entity.name} for each in page.items]


def _properties(type: EntityType | None) -> list[dict[str, str]]:
    """All that a table can be extended with; of one type, or of any."""
    found = [{"id": id, "name": name} for id, name in _PLAIN.items()]
    for relation, spec in RELATIONS.items():
        for direction, arrow in _WAYS:
            ends = spec.heads if direction == "out" or spec.symmetric else spec.tails
            if (spec.symmetric and direction == "in") or (type is not None and type not in ends):
                continue
            found.append({"id": f"{direction} {relation.value}", "name": f"{arrow} {spec.en} ({spec.zh})"})
    return found


def _type(type: EntityType) -> dict[str, str]:
    return {"id": type.value, "name": f"{type.value} {ENTITY_NAMES_ZH[type]}"}


def _also(aliases: tuple[str, ...]) -> str:
    return "、".join(aliases[:5])
