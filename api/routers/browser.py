"""Files for Neo4j Browser, a page of another origin: these alone may be read there, by pages of hosts that are ours.

They hold nothing of the graph, so whoever may read them learns no more than what this project publishes.
"""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response

from api.access import OPEN
from api.browser import favourites_zip, guide
from api.guard import is_ours
from graph.grass import as_grass

__all__ = ["router"]

router = APIRouter(prefix="/browser", include_in_schema=False, dependencies=[OPEN])

# What Browser sends along when it fetches a guide or a style.
_SENT = "cache-control, content-type, pragma, x-ajax-browser-auth, x-stream"


@router.get("/guide.{language}.html")
def guide_(request: Request, language: Literal["zh", "en"]) -> Response:
    """The guide (``:guide http://localhost:8000/browser/guide.zh.html``)."""
    return _shared(request, guide(language, str(request.url.replace(path="/browser", query=""))), "text/html")


@router.get("/style.grass")
def style(request: Request) -> Response:
    """The style sheet (``:style http://localhost:8000/browser/style.grass``)."""
    return _shared(request, as_grass(), "text/plain")


@router.get("/favourites.zip")
def favourites() -> Response:
    """The saved queries, to be dropped on Neo4j Browser by hand."""
    return Response(favourites_zip(), media_type="application/zip")


@router.options("/guide.{language}.html")
@router.options("/style.grass")
def preflight(request: Request, language: Literal["zh", "en"] = "zh") -> Response:  # noqa: ARG001  of the path
    """What a page of another origin must ask before it fetches with headers of its own."""
    response = _shared(request, "", "text/plain")
    if "Access-Control-Allow-Origin" in response.headers:
        response.headers["Access-Control-Allow-Methods"] = "GET"
        response.headers["Access-Control-Allow-Headers"] = _SENT
        if (
            "access-control-request-private-network" in request.headers
        ):  # a page of a server elsewhere asks this machine
            response.headers["Access-Control-Allow-Private-Network"] = "true"
    response.status_code = 204
    return response


def _shared(request: Request, content: str, media_type: str) -> Response:
    """The content, which a page of a host that is ours may read whatever its port."""
    response = Response(content, media_type=media_type, headers={"Vary": "Origin"})
    origin = request.headers.get("origin")
    if origin is not None and is_ours(urlsplit(origin).netloc, request.app.state.hosts):
        response.headers["Access-Control-Allow-Origin"] = origin
    return response
