"""Feeds of what is new."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import Query, Request, Response

from api.access import READ
from api.asking import Asked
from api.deps import RelationTypes, iso
from api.errors import documented
from api.feeds import FORMATS, Feed, atom, json_feed
from api.routing import Router
from graph.questions.feed import By, news
from graph.questions.names import entity_named

__all__ = ["router"]

router = Router(prefix="/v1/feed", tags=["feeds"], dependencies=[READ])


@router.get(
    "",
    summary="What is new, as a feed (JSON Feed or Atom)",
    response_class=Response,
    responses={
        200: {"description": "The feed.", "content": {media: {} for media in FORMATS.values()}},
        **documented("unknown-name", "ambiguous-name", "invalid-cursor"),
    },
)
def feed(
    ask: Asked,
    request: Request,
    format: Annotated[
        Literal["json", "atom"] | None, Query(description="Without it, what `Accept` prefers, else JSON Feed.")
    ] = None,
    about: Annotated[
        str | None,
        Query(max_length=200, description="Only what names this: id or name.", examples=["太湖智能技术研究院"]),
    ] = None,
    relations: RelationTypes = [],  # noqa: B006  FastAPI copies defaults
    by: Annotated[By, Query(description="New by publication, or by when it was first loaded.")] = By.PUBLISHED,
    since: Annotated[date | None, Query(description="Only from this day on (YYYY-MM-DD), by that time.")] = None,
) -> Response:
    """Documents that state something, the latest first, each with its facts and quotes; `evidence` says how many. What
    has changed since a revision of the graph: `/v1/changes`."""
    entity = None if about is None else entity_named(ask.graph, about)
    found, following = news(
        ask.graph,
        by=by,
        since=iso(since),
        entity=entity.id if entity else None,
        relations=relations,
        paging=ask.paging,
    )
    chosen = format or ("atom" if _prefers_atom(request.headers.get("accept", "")) else "json")
    address = request.url
    made = Feed(
        f"会图：{entity.name}" if entity else "会图",
        str(request.base_url),
        str(address),
        str(address.include_query_params(cursor=following)) if following else None,
        found,
    )
    write = {"json": json_feed, "atom": atom}[chosen]
    headers = {"ETag": request.state.tag, "Vary": "Accept"}
    return Response(write(made), media_type=FORMATS[chosen], headers=headers)


def _prefers_atom(accept: str) -> bool:
    places = [accept.find(media) for media in (FORMATS["atom"], "json")]
    return places[0] >= 0 and (places[1] < 0 or places[0] < places[1])
