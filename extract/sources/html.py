"""An HTML page to its readable text and metadata.

The text is made from the page's own blocks (paragraphs, headings, list items, table rows), one a line, in page order.
trafilatura says where in the page the article stands; from its first to its last block everything is kept, because
captions, tables and lists of guests hold facts, together with the headline and the lines below it:

    首页 新闻 科研 ...                        link block     -
    第三届某论坛在某地举行                    headline       kept
    发布时间：2025-07-19 来源：某日报         header line    kept
    7月17日，第三届某论坛……                   trafilatura    kept   first
    张三<TAB>某大学教授                       table row      kept
    ……签署合作协议。                          trafilatura    kept   last
    （供稿：某处）                            same container kept
    相关阅读 ...                              boilerplate    -
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import lxml.etree
import lxml.html

from extract.sources.errors import BadMarkup, NoText, TooLarge
from extract.sources.metadata import Metadata, clean_date, clean_line, clean_url, read_head

__all__ = ["MAX_CHARACTERS", "has_markup", "is_page", "read_fragment", "read_page"]

MAX_CHARACTERS = 2_000_000  # of one page; finding the article in so much takes seconds
_MAX_ATTRIBUTES = 1_000  # of one tag; the parser compares each with all others

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # a page without an article is no event to log

_PAGE = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?><!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_MARKUP = re.compile(r"</(?:p|div|span|strong|b|a|table|td|tr|li|ul|h[1-6]|section|article|em|font)>|<br\s*/?>", re.I)
_FIELD = 500  # characters of a title or another field of the page's head
_OPENING = re.compile(r"<[a-z][^<>]*", re.I)
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # in XML, which lxml writes

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody",
    "tfoot", "thead", "tr", "ul",
))  # fmt: skip
_UNREAD = frozenset((
    "head", "script", "style", "noscript", "template", "iframe", "svg", "canvas", "audio", "video", "object", "embed",
    "select", "button", "textarea", "map",
))  # fmt: skip
_KINDS = {
    "a": "a",
    "pre": "pre",
    "h1": "heading",
    "h2": "heading",
    "nav": "margin",
    "footer": "margin",
    "aside": "margin",
}
_CELLS = frozenset({"td", "th"})
_DATA_ROW = 500  # characters; a longer table row is page layout, its cells are read as blocks
_FOOT = re.compile(
    r"版权所有|版權所有|copyright|©|icp备|公网安备|^(?:相关|相關|延伸|推荐|热门|热点|更多|精彩)(?:阅读|新闻|文章|链接|閱讀|新聞|推荐|资讯|报道)"
    r"|^(?:上一[篇条页]|下一[篇条页])|^友情链接|扫一扫|分享到|^(?:打印|关闭)|预览时标签不可点|网站地图|技术支持[:：]",
    re.I,
)
_HEADING_NEAR = 8  # blocks; a heading further above belongs to something else
_SITE = re.compile(
    r"\s*[-_|｜–—]+\s*[^-_|｜–—\s]{1,20}(?:网|網|门户|网站|平台|频道|政府|客户端|大学|学院|中心|新闻)\s*$"
)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef“”‘’—…]")
_WORD = re.compile(r"\W+")

_META_TITLE = ("articletitle", "og:title")
_META_DATE = (
    "pubdate", "publishdate", "article:published_time", "og:published_time", "og:release_date", "datepublished",
    "publish_time", "dc.date", "date", "firstpublishedtime",
)  # fmt: skip
_META_SOURCE = ("contentsource", "source")
_META_SITE = ("og:site_name", "sitename")


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    key: str  # letters and digits only: how trafilatura's text is compared
    linked: bool  # four fifths of it are links
    margin: bool  # in nav, aside or footer
    heading: bool
    element: lxml.html.HtmlElement


def is_page(text: str) -> bool:
    """Whether `text` is plainly a whole HTML page: it begins with its doctype or root element."""
    return _PAGE.match(text[:10_000]) is not None


def has_markup(text: str) -> bool:
    """Whether `text` holds HTML elements, as the text field of many crawls does."""
    return _MARKUP.search(text) is not None


def read_fragment(text: str) -> str:
    """Return the readable text of a piece of HTML, all of it: there is no boilerplate in an article's own markup.

    Raises:
        NoText: there is only markup.
        TooLarge: more than `MAX_CHARACTERS`.
        BadMarkup: elements nested too deep, or a tag with too many attributes.
    """
    lines = [block.text for block in _blocks(_parse(text))]
    if not lines:
        raise NoText("holds markup only, no text")
    return "\n".join(lines)


def read_page(text: str) -> tuple[str, Metadata]:
    """Return the article of an HTML page as readable text, and what the page states about it.

    Raises:
        NoText: the page has no text of its own (often it is filled by a script).
        TooLarge: more than `MAX_CHARACTERS`.
        BadMarkup: elements nested too deep, or a tag with too many attributes.
    """
    root = _parse(text)
    stated, name, site = _stated(root)
    blocks = list(_blocks(root))
    chosen, headline = _article(root, blocks, stated.title or name or "")
    if not chosen:
        raise NoText("is a page without readable text")
    readable = "\n".join(block.text for block in chosen)
    title = Metadata(title=stated.title or (headline and headline.text) or (name and _SITE.sub("", name)))
    return readable, stated.or_else(title).or_else(read_head(readable)).or_else(Metadata(source=site))


def _parse(text: str) -> lxml.html.HtmlElement:
    if len(text) > MAX_CHARACTERS:
        raise TooLarge(MAX_CHARACTERS, "characters")
    if any(len(tag[0].split()) > _MAX_ATTRIBUTES for tag in _OPENING.finditer(text)):
        raise BadMarkup(f"holds a tag with more than {_MAX_ATTRIBUTES:,} attributes")
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = lxml.html.document_fromstring(_FORBIDDEN.sub("", text).encode(), parser=parser)
    except lxml.etree.ParserError as error:  # nothing but white space and comments
        raise NoText("holds markup only, no text") from error
    if any("depth" in entry.message for entry in parser.error_log):  # the parser drops what lies deeper
        raise BadMarkup("nests its elements more than 256 deep")
    return root


def _article(
    root: lxml.html.HtmlElement, blocks: Sequence[_Block], title: str
) -> tuple[Sequence[_Block], _Block | None]:
    """The blocks of the article, and the one that is its headline."""
    import trafilatura  # a fifth of a second, for those who have a page

    content = [block for block in blocks if not (block.linked or block.margin or _FOOT.search(block.text))]
    found = trafilatura.extract(root, include_comments=False, include_tables=True, deduplicate=False) or ""
    lines = {_WORD.sub("", line) for line in found.splitlines()}
    whole = "".join(lines)
    kept = [
        place
        for place, block in enumerate(blocks)
        if not block.linked and (block.key in lines or (len(block.key) >= 10 and block.key in whole))
    ]
    if not kept:
        return content, None
    first, last = kept[0], kept[-1]
    if 2 * _length(blocks[first : last + 1]) < _length(content):
        return content, None  # it saw a part only, such as a summary or the first comment
    headline = _headline(blocks[: first + 1], _WORD.sub("", title))
    first, last = _extended(blocks, first, last)
    if headline is None:
        return blocks[first : last + 1], None
    above = [block for block in blocks[headline : kept[0]] if not (block.linked or block.margin)]
    return [*above, *blocks[kept[0] : last + 1]], blocks[headline]


def _length(blocks: Sequence[_Block]) -> int:
    return sum(len(block.key) for block in blocks)


def _headline(blocks: Sequence[_Block], title: str) -> int | None:
    """Where the last block stands that repeats the page's title, else the last heading of level one or two."""
    headings = [place for place, block in enumerate(blocks) if block.heading and not block.margin]
    repeats = [place for place, block in enumerate(blocks) if len(block.key) >= 6 and block.key in title]
    return max(repeats or (place for place in headings if place >= len(blocks) - _HEADING_NEAR), default=None)


def _extended(blocks: Sequence[_Block], first: int, last: int) -> tuple[int, int]:
    """The article's first and last block: both ways within the same container, as far as no boilerplate comes."""
    while last > first and (blocks[last].linked or _FOOT.search(blocks[last].text)):
        last -= 1
    above = set(blocks[first].element.iterancestors())
    shared = next((element for element in blocks[last].element.iterancestors() if element in above), None)
    if shared is None or (shared.tag in {"body", "html"} and blocks[last].element.getparent() is not shared):
        return first, last
    within = set(shared.iterdescendants())

    def belongs(block: _Block) -> bool:
        return block.element in within and not (block.linked or block.margin or _FOOT.search(block.text))

    while first > 0 and belongs(blocks[first - 1]):
        first -= 1
    while last + 1 < len(blocks) and belongs(blocks[last + 1]):
        last += 1
    return first, last


def _blocks(root: lxml.html.HtmlElement) -> Iterator[_Block]:
    """The lines a reader sees, in page order; a row of a data table is one line, its cells parted by tabs."""
    parts: list[str] = []
    linked = 0  # letters in links, of the block being read
    inside = {"a": 0, "pre": 0, "margin": 0, "heading": 0}
    row: lxml.html.HtmlElement | None = None

    def flush(element: lxml.html.HtmlElement) -> Iterator[_Block]:
        nonlocal linked
        text = _joined("".join(parts))
        key = _WORD.sub("", text)
        if text:
            dense = linked * 5 >= max(1, len(key)) * 4
            yield _Block(text, key, dense, inside["margin"] > 0, inside["heading"] > 0, element)
        parts.clear()
        linked = 0

    def take(text: str | None) -> None:
        nonlocal linked
        if text:
            parts.append(text)
            linked += len(_WORD.sub("", text)) if inside["a"] else 0

    walk = lxml.etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        opens = event == "start"
        if tag in _UNREAD:
            if opens:
                walk.skip_subtree()
            else:
                take(element.tail)
            continue
        if tag in _BLOCKS:
            if row is None or (row is element and not opens):
                yield from flush(element)
            else:
                parts.append(" ")
            if tag == "tr" and row is None and opens and _is_data(element):
                row = element
            elif row is element and not opens:
                row = None
        elif tag in _CELLS and not opens:
            parts.append("\t")
        kind = _KINDS.get(tag)
        if kind:
            inside[kind] += 1 if opens else -1
        text = element.text if opens else element.tail
        if inside["pre"] and text and row is None:
            for line in text.split("\n"):
                take(line)
                yield from flush(element)
        else:
            take(text)
    yield from flush(root)


def _is_data(row: lxml.html.HtmlElement) -> bool:
    size = 0
    for element in row.iter():
        if element.tag == "table":
            return False
        size += len(element.text or "") + len(element.tail or "")
        if size > _DATA_ROW:
            return False
    return True


def _joined(text: str) -> str:
    """`text` with white space as a browser shows it; a line end between wide characters is none (CSS Text 3)."""

    def space(match: re.Match[str]) -> str:
        run, before, after = match[0], text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if "\t" in run and "\n" not in run:
            return "\t"
        return "" if "\n" in run and _WIDE.match(before) and _WIDE.match(after) else " "

    return _SPACE.sub(space, text).strip()


def _stated(root: lxml.html.HtmlElement) -> tuple[Metadata, str | None, str | None]:
    """What the page's head states; its <title>; the name of the site."""
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        content = clean_line((element.get("content") or "")[:_FIELD])
        if content:
            meta.setdefault(name.strip().lower(), content)
    canonical = next((e.get("href") for e in root.iter("link") if (e.get("rel") or "").lower() == "canonical"), None)
    linked = _linked_data(root)
    dates = (clean_date(meta[name]) for name in _META_DATE if name in meta)
    stated = Metadata(
        next((meta[name] for name in _META_TITLE if name in meta), None),
        next(filter(None, dates), None) or clean_date(linked.get("datePublished", "")),
        next((meta[name] for name in _META_SOURCE if name in meta), None),
        clean_url(canonical or "") or clean_url(meta.get("og:url", "")),
    )
    title = next(root.iter("title"), None)
    publisher = linked.get("publisher")
    published_by = publisher.get("name", "") if isinstance(publisher, dict) else ""
    site = next((meta[name] for name in _META_SITE if name in meta), None) or clean_line(published_by)
    return stated, clean_line((title.text or "")[:_FIELD]) if title is not None else None, site


def _linked_data(root: lxml.html.HtmlElement) -> dict[str, Any]:
    """The first JSON-LD object of the page that states a date of publication."""
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json":
            try:
                data = json.loads(script.text or "")
            except (ValueError, RecursionError):  # pages hold much that is no JSON; nothing is stated then
                continue
            for item in data if isinstance(data, list) else [data]:
                if isinstance(item, dict) and "datePublished" in item:
                    return item
    return {}
