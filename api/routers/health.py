"""Whether the service is up, and whether it can work."""

from __future__ import annotations

from fastapi import Request

from api.access import OPEN
from api.deps import GraphDep
from api.errors import Draining, documented
from api.models import Health
from api.routing import Router

__all__ = ["router"]

router = Router(prefix="/health", tags=["health"], dependencies=[OPEN])


@router.get("/live", summary="Is the process up?", responses=documented())
async def live() -> Health:
    """Asks nobody, and needs no thread that others may hold."""
    return Health(status="live")


@router.get("/ready", summary="Does the database answer?", responses=documented("draining"))
def ready(graph: GraphDep, request: Request) -> Health:
    """Asks the database; 503 when it does not answer, and while the service stops."""
    if request.app.state.draining:
        raise Draining
    return Health(status="ready", database=graph.verify())
