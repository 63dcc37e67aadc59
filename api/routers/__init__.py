"""Routes, one subject a module; none holds a query."""

from __future__ import annotations

from api.routers import corrections, decisions, documents, entities, exports, graph, health, lists, review

__all__ = ["ROUTERS"]

ROUTERS = (
    entities.router,
    lists.router,
    documents.router,
    review.router,
    decisions.router,
    corrections.router,
    graph.router,
    exports.router,
    health.router,
)
"""All that the OpenAPI description speaks of, in its order."""
