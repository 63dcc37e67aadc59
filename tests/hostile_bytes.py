"""Bytes that no editor would send, and what must hold of each reader for all of them."""

from __future__ import annotations

import io

from extract.sources import Skipped, read_data, read_documents
from extract.sources.errors import SourceError
from extract.sources.feeds import read_feed
from extract.sources.html import read_fragment, read_page
from extract.sources.jsonl import record
from extract.sources.markdown import front_matter

__all__ = ["PAGE", "check_bytes"]

PAGE = b"<html><head><title>x</title></head><body>"
_SUFFIXES = (".jsonl", ".jsonl.gz", ".md", ".html", ".docx", ".zip")


def check_bytes(data: bytes) -> None:
    """Read bytes as standard input, as files of each kind, as a feed, and as text with markup and front matter."""
    skipped: list[Skipped] = []
    for content in (data, PAGE + data):
        for document in read_documents(["-"], stdin=io.BytesIO(content), on_skip=skipped.append):
            assert document.key and document.text.strip()
            document.text.encode()
    for suffix in _SUFFIXES:
        for document in read_data(data, f"x{suffix}", on_skip=skipped.append):
            assert document.key and document.text.strip()
            document.text.encode()
    assert all(each.reason for each in skipped)
    for read in (record, lambda line: read_page(line.decode("utf-8", "replace"))):
        try:
            read(data)
        except SourceError as error:
            assert error.reason
    try:
        assert all(each.url.startswith(("http://", "https://")) for each in read_feed(data, "https://news.example/"))
    except SourceError as error:
        assert error.reason
    text = data.decode("utf-8", "replace")
    try:
        assert read_fragment(text).strip()
    except SourceError as error:
        assert error.reason
    assert 0 <= front_matter(text)[1] <= len(text)
