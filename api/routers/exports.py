"""The graph, or a part of it, as a file."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import Annotated, Literal, TypeAlias

from fastapi import Header, Query, Response
from fastapi.responses import StreamingResponse

from api.access import EXPORT
from api.deps import EntityTypes, GraphDep, RelationTypes, iso
from api.errors import NotAcceptable, documented
from api.routing import Router
from graph.export import FORMATS, stream
from graph.subgraph import AROUND_SEED, Selection, select

__all__ = ["router"]

router = Router(prefix="/v1", tags=["graph"], dependencies=[EXPORT])

FormatName: TypeAlias = Literal["graphml", "node-link", "gexf", "csv", "xlsx", "parquet", "cypher", "jsonld", "turtle"]


@router.get(
    "/export",
    summary="The graph, or a part of it, as a file",
    response_class=Response,
    responses={
        200: {
            "description": "The file; the header `Huitu-Complete` and the file itself say whether a limit cut it. "
            "Where the database fails in the middle the connection is broken off.",
            "content": {each.media_type: {} for each in FORMATS.values()},
        },
        **documented("not-found", "not-acceptable", "format-not-installed"),
    },
)
def export(
    graph: GraphDep,
    format: Annotated[
        FormatName | None, Query(description="File format; without it by `Accept`, else GraphML.")
    ] = None,
    seed: Annotated[str | None, Query(max_length=64, description="Id of an entity: only what lies around it.")] = None,
    q: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=200,
            description="Words or pinyin, as in `/v1/entities`: only what lies around the entities found.",
        ),
    ] = None,
    depth: Annotated[int, Query(ge=0, le=3, description="Edges away from the seed or what is found.")] = 1,
    types: EntityTypes = [],  # noqa: B006  FastAPI copies defaults
    relations: RelationTypes = [],  # noqa: B006
    date_from: Annotated[
        date | None, Query(description="Only edges of this day (YYYY-MM-DD) or later, and the entities at them.")
    ] = None,
    date_to: Annotated[
        date | None, Query(description="Only edges of this day or earlier, and the entities at them.")
    ] = None,
    limit: Annotated[
        int | None, Query(ge=1, description=f"Entities at most; without it all, around a seed or `q` {AROUND_SEED:,}.")
    ] = None,
    claims: Annotated[bool, Query(description="With the claims behind the edges; not in GraphML and GEXF.")] = False,
    accept: Annotated[str, Header(include_in_schema=False)] = "*/*",
) -> Response:
    """The file is streamed. The same graph gives the same bytes."""
    chosen = format or _accepted(accept)
    selection = Selection(
        seed=seed,
        query=q,
        depth=depth,
        types=tuple(types),
        relations=tuple(relations),
        date_from=iso(date_from),
        date_to=iso(date_to),
        limit=limit,
        claims=claims,
    )
    content = select(graph, selection)
    parts = stream(content, chosen)
    first = next(parts)  # before the answer begins: a database that does not answer is a problem, not half a file
    headers = {
        "Content-Disposition": f'attachment; filename="{seed or "huitu"}{FORMATS[chosen].suffix}"',
        "Huitu-Complete": "true" if content.complete else "false",
        "Vary": "Accept",
    }
    return StreamingResponse(chain([first], parts), media_type=FORMATS[chosen].media_type, headers=headers)


def _accepted(header: str) -> str:
    """The format that an ``Accept`` header likes most; of equals the first of `FORMATS`.

    Raises:
        NotAcceptable: it takes none of them.
    """
    wanted = [_range(part) for part in header.split(",")]
    liked = {name: _quality(each.media_type, wanted) for name, each in FORMATS.items()}
    best = max(liked, key=lambda name: liked[name])
    if not liked[best]:
        raise NotAcceptable(sorted(each.media_type for each in FORMATS.values()))
    return best


def _range(part: str) -> tuple[str, float]:
    kind, *parameters = (each.strip() for each in part.split(";"))
    quality = next((each[2:] for each in parameters if each.startswith("q=")), "1")
    try:
        return kind.lower(), float(quality)
    except ValueError:
        return kind.lower(), 0.0


def _quality(media_type: str, wanted: list[tuple[str, float]]) -> float:
    """That of the narrowest range that the media type lies in."""
    for kind in (media_type, media_type.split("/")[0] + "/*", "*/*"):
        found = [quality for own, quality in wanted if own == kind]
        if found:
            return max(found)
    return 0.0
