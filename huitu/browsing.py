"""The command ``browser``: Neo4j Browser with the style, the guide and the saved queries of this graph."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.browser import favourites_zip
from graph.embedded import EmbeddedServer
from graph.grass import as_command
from graph.settings import GraphSettings, load_settings
from huitu.console import new_file, out

__all__ = ["browser"]


def browser(
    api: Annotated[
        str | None, typer.Option(metavar="URL", help="Address of the API, where it is not on this machine.")
    ] = None,
    style: Annotated[
        bool, typer.Option("--style", help="Write the style as one command to paste; it needs no API.")
    ] = False,
    favourites: Annotated[
        Path | None, typer.Option(metavar="FILE.zip", help="Write saved queries to drop on Neo4j Browser.")
    ] = None,
) -> None:
    """Tell how Neo4j Browser, here or of your own server, gets the style, guide and saved queries of this graph."""
    settings = load_settings()
    if style:
        out.print(f":{as_command()}")
        return
    if favourites is not None:
        with new_file(favourites) as file:
            file.write(favourites_zip())
        out.print(f"{favourites}: drop it on Neo4j Browser, and the queries are among its favourites.")
        return
    # Browser lets in guides from localhost unless it is told otherwise, from 127.0.0.1 it does not.
    base = f"{(api or f'http://localhost:{settings.api_port}').rstrip('/')}/browser"
    out.print(_where(settings) if settings.remote is None else _own(base))
    out.print(f"\nStyle, guide and queries by hand, while the API runs ('huitu serve'):\n{_by_hand(base)}")


def _where(settings: GraphSettings) -> str:
    found = EmbeddedServer.from_settings(settings).status()
    if found.browser is None:
        return "The embedded server does not run: 'huitu run', 'huitu serve' or 'huitu neo4j start' starts it."
    return (
        f"Neo4j Browser  {found.browser}\n"
        f"               user {found.username}, password in {found.password_file}\n"
        "The style is there once you are connected. So is the guide, while the API runs."
    )


def _own(base: str) -> str:
    host = base.split("://", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]
    return (
        "For everyone who opens the Neo4j Browser of your server, add to its neo4j.conf and start it anew:\n"
        f"  browser.remote_content_hostname_whitelist={host}\n"
        f"  browser.post_connect_cmd=style {base}/style.grass; guide {base}/guide.zh.html"
    )


def _by_hand(base: str) -> str:
    return (
        f"  :style {base}/style.grass\n"
        f"  :guide {base}/guide.zh.html      (English: guide.en.html)\n"
        f"  {base}/favourites.zip      to drop on the page"
    )
