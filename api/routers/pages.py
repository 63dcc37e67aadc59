"""Pages for people: the explorer, the documentation, what problems mean. Everything they need is served from here."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, HTMLResponse

from api.access import OPEN
from api.errors import PROBLEMS, explain

__all__ = ["STATIC", "router"]

STATIC = Path(__file__).parent.parent / "static"

_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
_CLOSED = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# Swagger UI sets style attributes of its own.
_DOCS_POLICY = _POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")

router = APIRouter(include_in_schema=False, dependencies=[OPEN])


@router.get("/")
def explorer() -> FileResponse:
    """The explorer: search, entities with their relations and quotes, documents."""
    return FileResponse(STATIC / "explorer.html", headers={"Content-Security-Policy": _POLICY + _CLOSED})


@router.get("/docs")
def docs() -> FileResponse:
    """Swagger UI, from this server."""
    return FileResponse(STATIC / "docs.html", headers={"Content-Security-Policy": _DOCS_POLICY + _CLOSED})


@router.get("/problems/{slug}")
def problem(slug: str) -> HTMLResponse:
    """What a kind of problem means."""
    if slug not in PROBLEMS:
        raise HTTPException(404)
    return HTMLResponse(explain(slug))
