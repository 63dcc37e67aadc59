"""Edges without a centre: those among some entities, and what stands behind one."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from api.access import READ
from api.deps import GraphDep
from api.errors import documented
from api.routing import Router
from graph import queries
from graph.records import Claim, InducedSubgraph
from graph.schema import RelationType

__all__ = ["router"]

router = Router(prefix="/v1/edges", tags=["graph"], dependencies=[READ])

_Id = Annotated[str, Query(max_length=64)]


@router.get("", summary="The edges among some entities", responses=documented())
def edges(
    graph: GraphDep,
    ids: Annotated[
        list[_Id],
        Query(alias="entity", min_length=1, max_length=500, description="Id of an entity; may be repeated."),
    ],
) -> InducedSubgraph:
    """The entities with all edges among them; ids that lead to no entity are left out, former ones too."""
    return queries.edges_among(graph, ids)


@router.get("/claims", summary="The claims behind one edge", responses=documented())
def claims(
    graph: GraphDep,
    head: Annotated[str, Query(max_length=64, description="Id of the entity where it begins.")],
    relation: Annotated[RelationType, Query(description="Its type.")],
    tail: Annotated[str, Query(max_length=64, description="Id of the entity where it ends.")],
    limit: Annotated[int, Query(ge=1, le=100, description="Claims at most.")] = 20,
) -> list[Claim]:
    """With their quotes, held ones first, then the most confident; denied ones are among them. None: no such edge."""
    (found,) = queries.edge_claims(graph, [(head, relation, tail)], limit=limit)
    return list(found)
