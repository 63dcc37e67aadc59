"""What Neo4j Browser gets from here: a guide in two languages, saved queries (favourites) and the style sheet.

A query stands once, in ``favourites/``; the guides show it where they name it (``<pre data-query="02-forum">``). The
guides are in the HTML form of Browser 5, one ``<slide>`` a step: it plays no AsciiDoc.
"""

from __future__ import annotations

import io
import re
import zipfile
from html import escape
from pathlib import Path

__all__ = ["LANGUAGES", "favourites", "favourites_zip", "guide"]

LANGUAGES = ("zh", "en")
"""The languages of the guide; the first is the one that opens by itself."""

_HERE = Path(__file__).parent
_QUERY = re.compile(r'<pre data-query="([a-z0-9-]+)"></pre>')
_A_LONG_TIME_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file can name


def favourites() -> dict[str, str]:
    """The saved queries by name (``02-forum``), in order; the first line of each is the comment that Browser shows."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((_HERE / "favourites").glob("*.cypher"))}


def favourites_zip() -> bytes:
    """The saved queries as one file to drop on Neo4j Browser, in a folder named Huitu; always the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, query in favourites().items():
            archive.writestr(zipfile.ZipInfo(f"Huitu/{name}.cypher", _A_LONG_TIME_AGO), query)
    return buffer.getvalue()


def guide(language: str, base: str) -> str:
    """The guide as Neo4j Browser plays it.

    Args:
        language: one of `LANGUAGES`.
        base: address under which the guides are reached, such as ``http://127.0.0.1:8000/browser``.
    """
    queries = favourites()
    text = (_HERE / f"guide.{language}.html").read_text(encoding="utf-8")

    def shown(found: re.Match[str]) -> str:
        _comment, _, query = queries[found[1]].partition("\n")
        return f'<figure><pre class="pre-scrollable code runnable">{escape(query.strip(), quote=False)}</pre></figure>'

    return _QUERY.sub(shown, text).replace("{base}", escape(base))
