"""The graph as a whole: paths, changes, statistics, ontology."""

from __future__ import annotations

import json
from itertools import chain
from typing import Annotated

from fastapi import Query, Response
from fastapi.responses import StreamingResponse

from api.access import EXPORT, READ
from api.asking import Status
from api.deps import GraphDep, RelationTypes
from api.errors import NoPath, documented
from api.models import Ontology, OntologyEntity, OntologyRelation
from api.routing import Router
from graph import queries
from graph.questions import routes
from graph.questions.names import entity_named
from graph.questions.routes import Routes
from graph.records import Path, Statistics
from graph.schema import ENTITY_NAMES_ZH, RELATIONS, Modality
from graph.snapshot import changes as changes_since

__all__ = ["router"]

router = Router(prefix="/v1", tags=["graph"], dependencies=[READ])


_From = Annotated[
    str, Query(alias="from", max_length=200, description="Id or name of one entity.", examples=["沈砚秋"])
]
_To = Annotated[str, Query(alias="to", max_length=200, description="Id or name of the other.", examples=["韩伯钧"])]
_PATH = documented("not-found", "unknown-name", "ambiguous-name", "no-graph", "no-path", "answer-too-large")


@router.get("/paths", summary="The shortest path of two entities, with its sentences", responses=_PATH)
def path(
    graph: GraphDep,
    head: _From,
    tail: _To,
    relations: RelationTypes = [],  # noqa: B006  FastAPI copies defaults
    modality: Annotated[Modality | None, Query(description="Only edges that were held, or are planned.")] = None,
) -> Path:
    """At most six edges, whatever their direction, each with the claims behind it; of equals the best supported."""
    one, other = entity_named(graph, head), entity_named(graph, tail)
    found = routes.shortest_path(graph, one.id, other.id, relations=relations, modality=modality)
    if found is None:
        raise NoPath(head, tail)
    return found


@router.get("/paths/all", summary="All short paths of two entities, with their sentences", responses=_PATH)
def paths(
    graph: GraphDep,
    head: _From,
    tail: _To,
    relations: RelationTypes = [],  # noqa: B006
    status: Status = None,
    length: Annotated[int, Query(ge=1, le=routes.LONGEST, description="Edges at most.")] = 3,
    limit: Annotated[int, Query(ge=1, le=100, description="Paths at most.")] = 10,
    evidence: Annotated[int, Query(ge=0, le=20, description="Claims shown of each edge.")] = 1,
) -> Routes:
    """The shortest first, then the best supported; none visits an entity twice. `complete` says whether these are all
    of at most `length` edges."""
    one, other = entity_named(graph, head), entity_named(graph, tail)
    found = routes.short_paths(
        graph,
        one.id,
        other.id,
        relations=relations,
        status=status,
        length=length,
        limit=limit,
        evidence=evidence,
    )
    if not found.paths:
        raise NoPath(head, tail)
    return found


@router.get(
    "/changes",
    dependencies=[EXPORT],
    summary="What has changed since a revision",
    response_class=Response,
    responses={
        200: {
            "description": "One JSON object a line: first the present revision, then entities and edges.",
            "content": {"application/x-ndjson": {}},
        },
        **documented(),
    },
)
def changes(
    graph: GraphDep,
    since: Annotated[
        int, Query(ge=0, le=2**53 - 1, description="A revision told before; 0 for everything.", examples=[0])
    ] = 0,
) -> Response:
    """Entities and edges that were added, changed or are gone. If the revision told is below `since`, the graph was
    made anew: ask for everything."""
    lines = changes_since(graph, since)
    first = next(lines)  # before the answer begins: a database that does not answer is a problem, not an empty file
    text = (json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in chain([first], lines))
    return StreamingResponse(text, media_type="application/x-ndjson")


@router.get("/statistics", summary="How much of everything there is", responses=documented())
def statistics(graph: GraphDep) -> Statistics:
    """Counts of documents, entities, edges and claims, by type."""
    return queries.statistics(graph)


@router.get("/ontology", summary="The types of entities and relations", responses=documented())
def ontology() -> Ontology:
    """With their Chinese names and what each relation may connect."""
    return Ontology(
        entities=[OntologyEntity(type=type, zh=zh) for type, zh in ENTITY_NAMES_ZH.items()],
        relations=[
            OntologyRelation(
                type=type,
                zh=spec.zh,
                en=spec.en,
                heads=sorted(spec.heads),
                tails=sorted(spec.tails),
                symmetric=spec.symmetric,
            )
            for type, spec in RELATIONS.items()
        ],
    )
