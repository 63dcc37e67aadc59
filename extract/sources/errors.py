"""Why a source gave no document: the errors inside, and the record that the caller is told.

SourceError
├── Empty         nothing in it; no failure
├── NoText        markup, but no text
├── TooLarge      over the limit for one document
├── Undecodable   binary, or in no encoding that Chinese news comes in
├── BadMarkup     HTML that no browser should have to read either
├── Damaged       a PDF, Word document or archive that cannot be opened
└── BadRecord     a line of JSON Lines that is no document
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BadMarkup", "BadRecord", "Damaged", "Empty", "NoText", "Skipped", "SourceError", "TooLarge", "Undecodable"]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a line ``file:line``, that gave no document.

    Args:
        path: as the user would name it.
        reason: completes "it ..."; for people.
        failed: True if there should have been a document; False if it is none, is empty or repeats another.
    """

    path: str
    reason: str
    failed: bool


class SourceError(ValueError):
    """A source holds no document that can be read; ``reason`` completes the sentence "it ..."."""

    failed = True

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Empty(SourceError):
    """There is nothing in it, and so nothing is lost."""

    failed = False


class NoText(SourceError):
    """There is markup, but nothing to read."""


class TooLarge(SourceError):
    """More than ``limit`` bytes or characters for one document."""

    def __init__(self, limit: int, unit: str = "bytes") -> None:
        super().__init__(f"is larger than {limit:,} {unit}, the limit for one document")
        self.limit = limit


class Undecodable(SourceError):
    """The bytes are no text."""


class BadMarkup(SourceError):
    """HTML beyond the bounds within which it is read."""


class Damaged(SourceError):
    """A PDF, Word document or archive is broken, or opens with a password only."""


class BadRecord(SourceError):
    """A JSON line without a usable text."""
