"""Routes, one subject a module; none holds a query."""

from __future__ import annotations

from api.routers import (
    corrections,
    cypher,
    decisions,
    documents,
    edges,
    entities,
    exports,
    feeds,
    forums,
    graph,
    health,
    initiatives,
    institutions,
    jobs,
    lists,
    matching,
    networks,
    people,
    places,
    reconcile,
    review,
    series,
    session,
)

__all__ = ["ROUTERS"]

ROUTERS = (
    entities.router,
    edges.router,
    lists.router,
    institutions.router,
    forums.router,
    series.router,
    initiatives.router,
    people.router,
    places.router,
    networks.router,
    feeds.router,
    matching.router,
    reconcile.router,
    documents.router,
    review.router,
    decisions.router,
    corrections.router,
    jobs.router,
    cypher.router,
    graph.router,
    session.router,
    exports.router,
    health.router,
)
"""All that the OpenAPI description speaks of, in its order."""
