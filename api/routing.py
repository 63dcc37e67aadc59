"""The router of all that is asked: what a key may do, which parameters there are, and entity tags, in this order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, params

from api.caching import entity_tag
from api.deps import known_parameters

__all__ = ["Router", "add_routes"]


class Router(APIRouter):
    """A router whose routes are complete as they stand, for `add_routes`.

    Args:
        prefix: of the addresses.
        tags: under which the description of the API lists the routes.
        dependencies: what is asked first, as a scope (`api.access`): who may not ask learns neither of parameters nor
            of entity tags.
    """

    def __init__(self, *, prefix: str, tags: list[str], dependencies: Sequence[params.Depends] = ()) -> None:
        checks: list[Any] = [Depends(known_parameters), Depends(entity_tag)]
        super().__init__(prefix=prefix, tags=[*tags], dependencies=[*dependencies, *checks])


def add_routes(app: FastAPI, router: APIRouter) -> None:
    """Add the routes of a router as they are: ``include_router`` makes each anew at an application's first request."""
    app.router.routes.extend(router.routes)
