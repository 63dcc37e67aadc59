"""Routes, one subject a module; none holds a query."""

from __future__ import annotations

from api.routers import corrections, cypher, decisions, documents, entities, graph, health, jobs, lists, review

__all__ = ["ROUTERS"]

ROUTERS = (
    entities.router,
    lists.router,
    documents.router,
    review.router,
    decisions.router,
    corrections.router,
    jobs.router,
    cypher.router,
    graph.router,
    health.router,
)
"""All that the OpenAPI description speaks of, in its order."""
