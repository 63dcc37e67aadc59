"""What the service counts, for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.access import METRICS

__all__ = ["router"]

router = APIRouter(include_in_schema=False, dependencies=[METRICS])


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """In the text format of Prometheus; needs neither the database nor a thread."""
    return Response(generate_latest(request.app.state.metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})
