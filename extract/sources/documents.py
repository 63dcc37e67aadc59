"""From paths to documents: which reader a file needs, what it is called, and that no key comes twice."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from extract.sources import html, jsonl, zipped
from extract.sources.docx import read_docx
from extract.sources.encoding import decode
from extract.sources.errors import Empty, Skipped, SourceError, TooLarge
from extract.sources.markdown import front_matter
from extract.sources.metadata import Metadata, clean_date, date_in_name, read_head
from extract.sources.pdf import read_pdf
from extract.sources.walk import SUFFIXES, File, files, located, shown, suffix_of, why
from graph.schema import Document

__all__ = ["MAX_BYTES", "STDIN", "read_data", "read_documents", "read_files"]

MAX_BYTES = 20_000_000  # of one document
_MAX_ARCHIVE = 100_000_000  # of a ZIP archive of documents
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
        paths: files, folders (with all below them), addresses of these in object storage, and ``-`` for standard
            input, which holds one text, one web page or JSON Lines.
        stdin: what ``-`` reads.
        date: publication date, in any form that articles use, of documents that state none, neither inside nor in
            the file's name.
        on_skip: told of each file or line that gives no document.

    Raises:
        ValueError: `date` is no date, or ``-`` is given without `stdin`.
        StorageError: an address is of no storage that can be reached from here.
    """
    day = _day(date)
    if stdin is None and any(str(path) == STDIN for path in paths):
        raise ValueError("'-' stands for standard input, and none was given")
    return _unique(_articles(paths, stdin, on_skip), day, on_skip)


def read_files(
    given: Iterable[File], *, date: str | None = None, on_skip: Callable[[Skipped], None]
) -> Iterator[Document]:
    """As `read_documents` for files that were found before; of keys it knows those in these files.

    Raises:
        ValueError: `date` is no date.
    """
    articles = (article for file in given for article in _reported(_file(file, on_skip), shown(file.path), on_skip))
    return _unique(articles, _day(date), on_skip)


def _day(date: str | None) -> str | None:
    day = clean_date(date) if date is not None else None
    if date is not None and day is None:
        raise ValueError(f"{date!r} is no date; write it like 2025-07-26")
    return day


def read_data(
    data: bytes, name: str, *, url: str | None = None, date: str | None = None, on_skip: Callable[[Skipped], None]
) -> Iterator[Document]:
    """Yield the documents of one file that is no file here: one that was uploaded or fetched.

    Args:
        data: what it holds.
        name: what it is called; its suffix says how it is read.
        url: address that it was fetched from; what it says of its address itself does not count then, or a page could
            take the place of another site's.
        date: publication date (YYYY-MM-DD) of documents that state none.
        on_skip: told of each part that gives no document; also where the suffix is none that is read.
    """
    suffix = suffix_of(name)
    if suffix is None:
        on_skip(Skipped(name, f"is no document ({', '.join(sorted(SUFFIXES))})", failed=True))
        return
    stem = unicodedata.normalize("NFC", name[: -len(suffix)]) or name
    articles = _uploaded(data, name, stem, suffix, on_skip)
    found = articles if url is None else (replace(each, stated=replace(each.stated, url=url)) for each in articles)
    yield from _unique(_reported(found, name, on_skip), date, on_skip)


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
            for file in files(located(path), on_skip):
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
    with file.path.open("rb") as stream:
        yield from _content(stream, shown(file.path), file.name, file.suffix, on_skip)


def _content(stream: BinaryIO, where: str, name: str, suffix: str, on_skip: _Report) -> Iterator[_Article]:
    """The articles of a file of that suffix."""
    if suffix == ".jsonl.gz":
        with gzip.open(stream) as unpacked:
            yield from _records(unpacked.readline, where, name, on_skip)
    elif suffix == ".jsonl":
        yield from _records(stream.readline, where, name, on_skip)
    elif suffix == ".zip":
        yield from _archive(stream.read(_MAX_ARCHIVE + 1), where, name, on_skip)
    else:
        yield _article(stream.read(MAX_BYTES + 1), where, name, suffix)


def _uploaded(data: bytes, where: str, name: str, suffix: str, on_skip: _Report) -> Iterator[_Article]:
    """As `_content`; what is packed without an end is no file of one's own, and refused."""
    if suffix == ".jsonl.gz":
        with gzip.open(io.BytesIO(data)) as packed:
            data = packed.read(zipped.MAX_UNPACKED + 1)
        if len(data) > zipped.MAX_UNPACKED:
            raise TooLarge(zipped.MAX_UNPACKED, "bytes unpacked")
        suffix = ".jsonl"
    yield from _content(io.BytesIO(data), where, name, suffix, on_skip)


def _archive(data: bytes, where: str, name: str, on_skip: _Report) -> Iterator[_Article]:
    if len(data) > _MAX_ARCHIVE:
        raise TooLarge(_MAX_ARCHIVE)
    with zipped.opened(data) as archive:
        for entry in zipped.entries(archive):
            inner = zipped.name_of(entry)
            place, suffix = f"{where}:{inner}", suffix_of(inner)
            if suffix in {None, ".zip", ".jsonl.gz"}:  # nothing packed twice is unpacked
                on_skip(Skipped(place, "is no document that is read inside an archive", failed=False))
                continue
            try:
                content = io.BytesIO(zipped.unpacked(archive, entry, MAX_BYTES))
            except SourceError as error:
                on_skip(Skipped(place, error.reason, error.failed))
                continue
            below = f"{name}/{inner[: -len(suffix)]}"
            yield from _reported(_content(content, place, below, suffix, on_skip), place, on_skip)


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
        yield _article(b"".join([*head, stdin.read(MAX_BYTES + 1)]), "standard input", "stdin", ".txt")


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


def _article(data: bytes, where: str, name: str, suffix: str) -> _Article:
    if len(data) > MAX_BYTES:
        raise TooLarge(MAX_BYTES)
    if suffix in _TEXT_OF:
        text = _TEXT_OF[suffix](data)
        return _Article(where, name, text, read_head(text))
    text = decode(data)
    if not text.strip():
        raise Empty("is empty")
    if suffix in {".html", ".htm"} or html.is_page(text):
        return _Article(where, name, *html.read_page(text))
    stated, body = front_matter(text)
    return _Article(where, name, text, stated.or_else(read_head(text[body:])))


_TEXT_OF: Mapping[str, Callable[[bytes], str]] = {".pdf": read_pdf, ".docx": read_docx}
"""Readers of the formats that hold no plain text."""
