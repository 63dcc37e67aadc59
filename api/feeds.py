"""Documents as feeds: JSON Feed 1.1 and Atom (RFC 4287)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from graph.questions.feed import New
from graph.records import Claim
from graph.schema import RELATIONS, Modality

__all__ = ["FORMATS", "Feed", "atom", "json_feed"]

FORMATS = {"json": "application/feed+json", "atom": "application/atom+xml"}

_ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold, even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEVER = "1970-01-01T00:00:00Z"
_STATUS = {Modality.HELD: "", Modality.PLANNED: "（计划）", Modality.DENIED: "（否认）"}


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of a feed; addresses are absolute."""

    title: str
    home: str
    address: str
    next: str | None
    items: Sequence[New]


def json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1; ``_huitu`` of an item holds the ids of its claims."""
    content: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "next_url": feed.next,
        "language": "zh",
        "items": [_known(_item(feed, new)) for new in feed.items],
    }
    return json.dumps(_known(content), ensure_ascii=False).encode()


def atom(feed: Feed) -> bytes:
    """The feed as Atom."""
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "zh"})
    _text(root, "id", feed.address)
    _text(root, "title", feed.title)
    _text(root, "updated", max(map(_updated, feed.items), default=_NEVER))
    ET.SubElement(ET.SubElement(root, "author"), "name").text = "Huitu"
    ET.SubElement(root, "link", {"rel": "self", "href": feed.address})
    if feed.next:
        ET.SubElement(root, "link", {"rel": "next", "href": feed.next})
    for new in feed.items:
        entry = ET.SubElement(root, "entry")
        _text(entry, "id", _address(feed, new))
        _text(entry, "title", _title(new))
        _text(entry, "updated", _updated(new))
        if new.document.date:
            _text(entry, "published", f"{new.document.date}T00:00:00Z")
        ET.SubElement(entry, "link", {"rel": "alternate", "href": _clean(new.document.url or _address(feed, new))})
        ET.SubElement(entry, "content", {"type": "text"}).text = _clean(_content(new))
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _item(feed: Feed, new: New) -> dict[str, Any]:
    return {
        "id": new.document.id,
        "url": _address(feed, new),
        "external_url": new.document.url,
        "title": _title(new),
        "content_text": _content(new),
        "date_published": f"{new.document.date}T00:00:00Z" if new.document.date else None,
        "date_modified": _updated(new),
        "authors": [{"name": new.document.source}] if new.document.source else None,
        "tags": sorted({RELATIONS[claim.relation].zh for claim in new.claims}),
        "_huitu": {"claims": [claim.id for claim in new.claims]},
    }


def _address(feed: Feed, new: New) -> str:
    return f"{feed.home}v1/documents/{new.document.id}"


def _title(new: New) -> str:
    return new.document.title or new.document.key


def _updated(new: New) -> str:
    return re.sub(r"(\.\d+)?(Z|\+00:00)$", "Z", new.loaded)


def _content(new: New) -> str:
    return "\n".join(map(_line, new.claims))


def _line(claim: Claim) -> str:
    said = f"{claim.subject.name} {RELATIONS[claim.relation].zh} {claim.object.name}{_STATUS[claim.modality]}"
    return f"{said}：{claim.evidence[0].quote}"


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
