"""RSS (0.9 to 2.0, RDF) and Atom: the addresses of the articles that a feed lists."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

import lxml.etree

from extract.sources.errors import BadMarkup, NoText
from extract.sources.metadata import clean_date, clean_line, clean_url

__all__ = ["MAX_ENTRIES", "Entry", "read_feed"]

MAX_ENTRIES = 500
_ROOTS = frozenset({"rss", "RDF", "feed"})
_ITEMS = frozenset({"item", "entry"})
_DATES = ("pubDate", "date", "published", "updated")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of a feed; the date is YYYY-MM-DD."""

    url: str
    title: str | None
    date: str | None


def read_feed(data: bytes, url: str) -> list[Entry]:
    """The articles of a feed in its order, each address once, `MAX_ENTRIES` at most.

    Args:
        data: the feed; entities that it declares are not expanded, nothing that it names is fetched.
        url: where it lies, for addresses that are relative.

    Raises:
        BadMarkup: it is no feed.
        NoText: it lists nothing.
    """
    parser = lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root = lxml.etree.fromstring(data, parser)
    except lxml.etree.XMLSyntaxError as error:
        raise BadMarkup(f"is no feed: {error.msg}") from error
    if root is None or _name(root) not in _ROOTS:
        raise BadMarkup("is no feed (RSS or Atom)")
    found: dict[str, Entry] = {}
    for item in root.iter():
        if _name(item) in _ITEMS and (entry := _entry(item, url)) is not None:
            found.setdefault(entry.url, entry)
            if len(found) == MAX_ENTRIES:
                break
    if not found:
        raise NoText("is a feed that lists no articles")
    return list(found.values())


def _entry(item: lxml.etree._Element, base: str) -> Entry | None:
    fields: dict[str, str] = {}
    for child in item:
        name = _name(child)
        if name == "link" and child.get("href"):  # Atom; the article itself is the alternate one
            if child.get("rel", "alternate") == "alternate":
                fields.setdefault("link", str(child.get("href")))
        elif name == "guid" and child.get("isPermaLink", "true") == "true":
            fields.setdefault("guid", child.text or "")
        elif child.text:
            fields.setdefault(name, child.text)
    try:
        address = clean_url(urljoin(base, (fields.get("link") or fields.get("guid") or "").strip()))
    except ValueError:
        return None
    if address is None or address == base:
        return None
    day = next((day for name in _DATES if (day := clean_date(fields.get(name, "")))), None)
    return Entry(address, clean_line(fields.get("title", "")), day)


def _name(element: lxml.etree._Element) -> str:
    """The name of an element without its namespace; of what is none (an entity) the empty one."""
    return lxml.etree.QName(element).localname if isinstance(element.tag, str) else ""
