"""Routes, one subject a module; none holds a query."""

from __future__ import annotations

from api.routers import corrections, decisions, documents, entities, graph, health, lists, review, session

__all__ = ["ROUTERS"]

ROUTERS = (
    entities.router,
    lists.router,
    documents.router,
    review.router,
    decisions.router,
    corrections.router,
    graph.router,
    session.router,
    health.router,
)
"""All that the OpenAPI description speaks of, in its order."""
