"""Coverage-guided fuzzing of the source readers with bytes as they come (``make fuzz``)."""

from __future__ import annotations

import io
import sys

import atheris

with atheris.instrument_imports(include=["extract"]):
    from extract.sources import Skipped, read_documents
    from extract.sources.errors import SourceError
    from extract.sources.html import read_fragment, read_page
    from extract.sources.jsonl import record
    from extract.sources.markdown import front_matter

PAGE = b"<html><head><title>x</title></head><body>"


def one(data: bytes) -> None:
    """Bytes as standard input, as a page, as a line of JSON Lines, and as text with markup and front matter."""
    skipped: list[Skipped] = []
    for content in (data, PAGE + data):
        for document in read_documents(["-"], stdin=io.BytesIO(content), on_skip=skipped.append):
            assert document.key and document.text.strip()
            document.text.encode()
    assert all(each.reason for each in skipped)
    for read in (record, lambda line: read_page(line.decode("utf-8", "replace"))):
        try:
            read(data)
        except SourceError as error:
            assert error.reason
    text = data.decode("utf-8", "replace")
    try:
        assert read_fragment(text).strip()
    except SourceError as error:
        assert error.reason
    assert 0 <= front_matter(text)[1] <= len(text)


def main() -> None:
    """Fuzz until libFuzzer's options say stop."""
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
