"""What fuzzing found worth keeping (``make fuzz-keep``) is read again; it made all of it up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile import check, text_of
from hostile_bytes import check_bytes

from extract import Extractor

KEPT = Path(__file__).parent / "data" / "fuzz"


def kept(kind: str) -> list[bytes]:
    found = [path.read_bytes() for path in sorted((KEPT / kind).iterdir())]
    assert len(found) > 20 and all(len(each) <= 200 for each in found)
    return found


def test_bytes_that_were_kept_give_documents_or_a_reason() -> None:
    for data in kept("sources"):
        check_bytes(data)


def test_texts_that_were_kept_give_what_holds_for_any() -> None:
    extractor = Extractor()
    for data in kept("extraction"):
        check(extractor, text_of(data))


@pytest.mark.parametrize("kind", ["sources", "extraction"])
def test_no_two_that_were_kept_are_the_same(kind: str) -> None:
    assert len(set(kept(kind))) == len(kept(kind))
