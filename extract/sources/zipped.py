"""ZIP archives: opened only when what they say that they hold is within bounds; nothing is ever written to disk."""

from __future__ import annotations

import io
import re
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from extract.sources.errors import Damaged, TooLarge

__all__ = ["MAX_ENTRIES", "MAX_UNPACKED", "entries", "name_of", "opened", "unpacked"]

MAX_UNPACKED = 200_000_000  # bytes of all files of an archive together
MAX_ENTRIES = 10_000

_LISTED = b"PK\x01\x02"  # how each entry of the list at an archive's end begins
_UTF8 = 0x800  # flag of an entry: its name is UTF-8
_ENCRYPTED = 0x1


@contextmanager
def opened(data: bytes) -> Iterator[ZipFile]:
    """Open an archive.

    Raises:
        Damaged: it is no archive, or a broken one.
        TooLarge: it declares more than `MAX_ENTRIES` files or `MAX_UNPACKED` bytes; no file gives more than declared.
    """
    if data.count(_LISTED) > 20 * MAX_ENTRIES:  # before a list of millions is read; archives inside have lists too
        raise TooLarge(MAX_ENTRIES, "files")
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            if len(listed) > MAX_ENTRIES:
                raise TooLarge(MAX_ENTRIES, "files")
            if sum(entry.file_size for entry in listed) > MAX_UNPACKED:
                raise TooLarge(MAX_UNPACKED, "bytes unpacked")
            yield archive
    except (BadZipFile, LargeZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        if isinstance(error, Damaged | TooLarge):
            raise
        raise Damaged(f"is a damaged archive: {str(error)[:200]}") from error


def entries(archive: ZipFile) -> list[ZipInfo]:
    """The files of an archive that a person has put there, in the order of their names."""
    files = [entry for entry in archive.infolist() if not entry.is_dir()]
    shown = [entry for entry in files if not any(part.startswith((".", "__MACOSX")) for part in _parts(entry))]
    return sorted(shown, key=name_of)


def name_of(entry: ZipInfo) -> str:
    """The name of a file below the archive: no drive, no leading slash, no ``..``; nothing is written under it."""
    return "/".join(_parts(entry)) or "unnamed"


def unpacked(archive: ZipFile, entry: ZipInfo, limit: int) -> bytes:
    """The bytes of a file of an archive.

    Raises:
        TooLarge: more than ``limit`` bytes.
        Damaged: it is broken or encrypted.
    """
    if entry.file_size > limit:
        raise TooLarge(limit)
    if entry.flag_bits & _ENCRYPTED:
        raise Damaged("is encrypted")
    try:
        with archive.open(entry) as file:
            return file.read(limit + 1)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Damaged(f"is damaged: {str(error)[:200]}") from error


def _parts(entry: ZipInfo) -> list[str]:
    name = entry.filename
    if not entry.flag_bits & _UTF8:  # Chinese Windows writes GBK, which the library reads as code page 437
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = entry.filename
    name = re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", "", unicodedata.normalize("NFC", name)).replace("\\", "/")
    name = re.sub(r"^[A-Za-z]:", "", name)
    return [part for part in name.split("/") if part not in {"", ".", ".."}]
