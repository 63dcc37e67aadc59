"""What the formats share: text that each of them can hold, chunks of bytes, archives that are written as they come."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

__all__ = ["LIST_SEPARATOR", "Sink", "chunks", "legal", "member", "whole", "xml"]

LIST_SEPARATOR = " | "
"""Between the parts of a list (aliases, roles) in formats that know single values only."""

_CHUNK = 2**16
_ILLEGAL = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
"""What XML 1.0 cannot hold, not even escaped."""
_FIND_ILLEGAL = re.compile(f"[{_ILLEGAL}]")
_SPECIAL = re.compile(f'[&<>"\t\n\r{_ILLEGAL}]')
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_SURROGATE = re.compile("[\ud800-\udfff]")


def legal(text: str) -> str:
    """The text with U+FFFD for what XML, and so a spreadsheet or RDF/XML, cannot hold."""
    return _FIND_ILLEGAL.sub("\ufffd", text)


def xml(text: str) -> str:
    """The text as it stands in an element or between double quotes; U+FFFD for what XML cannot hold."""
    return _SPECIAL.sub(lambda found: _ESCAPED.get(found[0], "\ufffd"), text)


def whole(value: Any) -> Any:
    """The value with U+FFFD for half a surrogate pair, if it is a text or texts that hold one."""
    if isinstance(value, str):
        return value if value.isascii() else _SURROGATE.sub("\ufffd", value)
    return [whole(each) for each in value] if isinstance(value, tuple) else value


def chunks(parts: Iterable[str]) -> Iterator[bytes]:
    """The parts in UTF-8, joined to chunks of about 64 KiB; U+FFFD for half a surrogate pair."""
    held: list[str] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= _CHUNK:
            yield _encoded("".join(held))
            held, size = [], 0
    if held:
        yield _encoded("".join(held))


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text).encode()


class Sink(io.RawIOBase):
    """A file that is only written, and gives what was written away again."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        content = bytes(data)  # type: ignore[call-overload]  # whatever has a buffer
        self._held.append(content)
        self._size += len(content)
        return len(content)

    def tell(self) -> int:
        return self._size

    def drain(self) -> bytes:
        """What was written since the last call."""
        content, self._held = b"".join(self._held), []
        return content


def member(name: str) -> zipfile.ZipInfo:
    """A file of an archive, with a date that never changes: the same content gives the same bytes."""
    info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info
