"""From paths to documents: which reader a file needs, what it is called, and that no key comes twice."""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from extract.sources import html, jsonl
from extract.sources.encoding import decode
from extract.sources.errors import Empty, Skipped, SourceError, TooLarge
from extract.sources.markdown import front_matter
from extract.sources.metadata import Metadata, clean_date, date_in_name, read_head
from extract.sources.walk import File, files, shown, why
from graph.schema import Document

__all__ = ["MAX_BYTES", "STDIN", "read_documents"]

MAX_BYTES = 20_000_000  # of one document
STDIN = "-"

_RECORD = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"")  # how a line of JSON Lines begins

_Report = Callable[[Skipped], None]


@dataclass(frozen=True, slots=True)
class _Article:
    """What one place holds: `where` it was, `key` if it states one, `name` to go by if not."""

    where: str
    name: str
    text: str
    stated: Metadata
    key: str | None = None


def read_documents(
    paths: Sequence[Path | str],
    *,
    stdin: BinaryIO | None = None,
    date: str | None = None,
    on_skip: Callable[[Skipped], None],
) -> Iterator[Document]:
    """Yield the documents of `paths` one at a time, in the order given; those of a folder in the order of its names.

    Args:
        paths: files, folders (with all below them) and ``-`` for standard input, which holds one text, one web page
            or JSON Lines.
        stdin: what ``-`` reads.
        date: publication date, in any form that articles use, of documents that state none, neither inside nor in
            the file's name.
        on_skip: told of each file or line that gives no document.

    Raises:
        ValueError: `date` is no date, or ``-`` is given without `stdin`.
    """
    day = clean_date(date) if date is not None else None
    if date is not None and day is None:
        raise ValueError(f"{date!r} is no date; write it like 2025-07-26")
    if stdin is None and any(str(path) == STDIN for path in paths):
        raise ValueError("'-' stands for standard input, and none was given")
    return _unique(_articles(paths, stdin, on_skip), day, on_skip)


def _unique(articles: Iterator[_Article], day: str | None, on_skip: _Report) -> Iterator[Document]:
    """Documents with a key of their own; a second one under a key is reported."""
    seen: dict[str, tuple[bytes, str]] = {}
    for article in articles:
        stated = article.stated
        key = article.key or stated.url or article.name
        digest = hashlib.sha256(article.text.encode()).digest()
        if key in seen:
            first, where = seen[key]
            said = "repeats" if first == digest else "has the same key as, but another text than,"
            on_skip(Skipped(article.where, f"{said} {where} ({key})", failed=first != digest))
            continue
        seen[key] = digest, article.where
        published = stated.date or date_in_name(article.key or Path(article.name).name) or day
        name = article.name if key != article.name and article.key is None else None
        yield Document(key, article.text, stated.title, published, stated.source, stated.url, name)


def _articles(paths: Sequence[Path | str], stdin: BinaryIO | None, on_skip: _Report) -> Iterator[_Article]:
    for path in paths:
        if str(path) == STDIN and stdin is not None:
            yield from _reported(_standard_input(stdin, on_skip), "standard input", on_skip)
        else:
            for file in files(Path(path), on_skip):
                yield from _reported(_file(file, on_skip), shown(file.path), on_skip)


def _reported(articles: Iterator[_Article], where: str, on_skip: _Report) -> Iterator[_Article]:
    try:
        yield from articles
    except SourceError as error:
        on_skip(Skipped(where, error.reason, error.failed))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        on_skip(Skipped(where, f"is a damaged gzip file: {error}", failed=True))
    except OSError as error:
        on_skip(Skipped(where, why(error), failed=True))


def _file(file: File, on_skip: _Report) -> Iterator[_Article]:
    where = shown(file.path)
    if file.suffix in {".jsonl", ".jsonl.gz"}:
        opened = gzip.open if file.suffix == ".jsonl.gz" else open
        with closing(opened(file.path, "rb")) as stream:
            yield from _records(stream.readline, where, file.name, on_skip)
        return
    with file.path.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    yield _article(data, where, file.name, page=file.suffix in {".html", ".htm"})


def _standard_input(stdin: BinaryIO, on_skip: _Report) -> Iterator[_Article]:
    """JSON Lines if the first line that is not blank begins like a record, else one text or page."""
    head: list[bytes] = []
    while line := stdin.readline(MAX_BYTES + 1):
        head.append(line)
        if line.strip():
            break
    if head and _RECORD.match(head[-1]):
        yield from _records(
            lambda size: head.pop(0) if head else stdin.readline(size), "standard input", "stdin", on_skip
        )
    else:
        yield _article(b"".join([*head, stdin.read(MAX_BYTES + 1)]), "standard input", "stdin", page=False)


def _records(readline: Callable[[int], bytes], where: str, name: str, on_skip: _Report) -> Iterator[_Article]:
    for number, line in jsonl.lines(readline, MAX_BYTES):
        try:
            if isinstance(line, TooLarge):
                raise line
            key, text, stated = jsonl.record(line)
        except SourceError as error:
            on_skip(Skipped(f"{where}:{number}", error.reason, error.failed))
            continue
        yield _Article(f"{where}:{number}", f"{name}:{number}", text, stated, key)


def _article(data: bytes, where: str, name: str, *, page: bool) -> _Article:
    if len(data) > MAX_BYTES:
        raise TooLarge(MAX_BYTES)
    text = decode(data)
    if not text.strip():
        raise Empty("is empty")
    if page or html.is_page(text):
        return _Article(where, name, *html.read_page(text))
    stated, body = front_matter(text)
    return _Article(where, name, text, stated.or_else(read_head(text[body:])))
