"""What jobs are made of: frozen records, which the API sends as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

__all__ = ["Item", "ItemKind", "ItemState", "Job", "JobState", "NewItem", "Work"]

JobState: TypeAlias = Literal["waiting", "running", "finished", "cancelled"]
ItemState: TypeAlias = Literal["waiting", "running", "done", "failed", "cancelled"]
ItemKind: TypeAlias = Literal["text", "document", "file", "url", "feed", "part"]


@dataclass(frozen=True, slots=True)
class NewItem:
    """A document, or what holds some, as it was handed in.

    ``name`` is the file's name, the address, or what to call a text; ``data`` the bytes of a file, or a text as a line
    of JSON Lines (``document``: one that was read already), nothing for an address. A
    ``part`` is what could not be read of an archive or of JSON Lines.
    """

    kind: ItemKind
    name: str
    data: bytes | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """An item for the worker: what was handed in, and the numbers of the item and its job."""

    number: int
    job: int
    item: NewItem


@dataclass(frozen=True, slots=True)
class Job:
    """A job: how far it is, in documents; ``claims`` counts what was written. Times are UTC.

    ``documents`` grows while feeds, archives and JSON Lines are unpacked.
    """

    id: str
    state: JobState
    created: str
    finished: str | None
    documents: int
    waiting: int
    done: int
    failed: int
    cancelled: int
    claims: int


@dataclass(frozen=True, slots=True)
class Item:
    """A document of a job; ``document`` is its id once it is loaded, ``problem`` (RFC 9457) why it failed."""

    number: int
    kind: ItemKind
    name: str
    state: ItemState
    document: str | None
    claims: int
    problem: dict[str, Any] | None
