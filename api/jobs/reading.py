"""From an item to documents: files and texts are read, addresses fetched, feeds and archives unpacked."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from api.errors import describe
from api.jobs.records import NewItem
from api.jobs.store import MAX_ITEMS
from extract.sources import Skipped, read_data
from extract.sources.errors import SourceError
from extract.sources.feeds import read_feed
from extract.sources.web import Fetcher, TypeRefused
from graph.schema import Document

__all__ = ["UNREADABLE", "Contents", "read"]

UNREADABLE = "unreadable-document"

_MAX_CHARACTERS = 50_000_000  # of all documents of one item: they are in memory together


class _Full(Exception):
    """There are more documents, or more that failed, than one item may hold."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What an item holds: one document, or items of their own, those that failed with their problem (JSON)."""

    document: Document | None = None
    items: tuple[tuple[NewItem, str | None], ...] = ()


def read(item: NewItem, fetcher: Fetcher) -> Contents:
    """What an item holds.

    Args:
        item: as it was handed in.
        fetcher: for addresses.

    Raises:
        SourceError: it holds nothing that can be read.
    """
    data, name, url = item.data or b"", item.name, None
    if item.kind == "document":
        return Contents(Document(**json.loads(data)))
    if item.kind == "feed":
        fetched = fetcher.fetch(name)
        entries = read_feed(fetched.data, fetched.url)
        return Contents(items=tuple((NewItem("url", each.url, date=each.date or item.date), None) for each in entries))
    if item.kind == "url":
        fetched = fetcher.fetch(name)
        if fetched.suffix == ".xml":
            raise TypeRefused("is XML; a feed is handed in as one")
        data, url, name = fetched.data, fetched.url, f"page{fetched.suffix}"
    elif item.kind == "text":
        name = "text.jsonl"
    return _contents(item, data, name, url)


def _contents(item: NewItem, data: bytes, name: str, url: str | None) -> Contents:
    documents, skipped = _within_limits(data, name, url, item.date)
    failed = [each for each in skipped if each.failed or not documents]
    if len(documents) == 1 and not failed:
        return Contents(documents[0])
    if not documents and len(failed) <= 1:
        raise SourceError(failed[0].reason if failed else "holds no document")
    parts = [NewItem("document", each.key, json.dumps(asdict(each), ensure_ascii=False).encode()) for each in documents]
    bad = [(NewItem("part", each.path), describe(UNREADABLE, f"It {each.reason}.")) for each in failed]
    return Contents(items=(*((part, None) for part in parts), *bad))


def _within_limits(data: bytes, name: str, url: str | None, date: str | None) -> tuple[list[Document], list[Skipped]]:
    """The documents, and what could not be read; the last of these says so if more was left out."""
    skipped: list[Skipped] = []
    documents: list[Document] = []
    size = 0

    def skip(part: Skipped) -> None:
        if len(skipped) == MAX_ITEMS:
            raise _Full
        skipped.append(part)

    try:
        for document in read_data(data, name, url=url, date=date, on_skip=skip):
            size += len(document.text)
            if len(documents) == MAX_ITEMS or size > _MAX_CHARACTERS:
                raise _Full
            documents.append(document)
    except _Full:
        most = f"{MAX_ITEMS:,} documents or {_MAX_CHARACTERS:,} characters"
        skipped.append(Skipped(name, f"holds more than {most}; the rest was left out", failed=True))
    return documents, skipped
