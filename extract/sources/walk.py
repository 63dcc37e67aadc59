"""Which files below the paths given are documents, in a fixed order, and what each is called."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from extract.errors import StorageError
from extract.sources.errors import Skipped

__all__ = ["STORAGES", "SUFFIXES", "File", "files", "located", "shown", "suffix_of", "why"]

SUFFIXES = (".jsonl.gz", ".jsonl", ".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".zip")
STORAGES = ("s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "hdfs", "sftp", "https", "file", "memory")
"""What an address may begin with. fsspec knows more: some go to a network unencrypted, some to a repository or a host
that is not the one named, some wrap others."""


@dataclass(frozen=True, slots=True)
class File:
    """A document file: its path, its name without suffix below the folder given (``a/1``), its suffix, its bytes."""

    path: Path
    name: str
    suffix: str
    size: int


def located(path: Path | str) -> Path:
    """The path; for an address (``s3://bucket/articles``) one of object storage, which fsspec knows how to reach.

    Only for addresses that whoever runs the command names: what the API takes is read by `extract.sources.web`.

    Raises:
        StorageError: it is none of `STORAGES`, or the package that reaches it is not installed.
    """
    if isinstance(path, Path) or "://" not in path:
        return Path(path)
    shown = re.sub("//[^/@]*@", "//", path)  # without user and password
    if path.partition("://")[0].lower() not in STORAGES or "::" in path:
        hint = f"Articles and shards may lie at {', '.join(f'{each}://' for each in STORAGES)}."
        raise StorageError(shown, "is no address of a storage that is used", hint=hint)
    from upath import UPath  # takes a while, and few need it

    try:
        address = UPath(path)
        address.fs  # noqa: B018  made at the first use
    except (ImportError, ValueError) as error:
        raise StorageError(shown, str(error)) from error
    return cast(Path, address)


def files(path: Path, on_skip: Callable[[Skipped], None]) -> Iterator[File]:
    """Yield the document files of `path`: itself, or for a folder all below it, each folder in the order of its names.

    Hidden files and folders, links to folders and files of other kinds are passed over; `on_skip` is told.
    """
    pending = [path]
    while pending:
        here = pending.pop()
        given = here == path
        try:
            found = here.stat()
            mode = found.st_mode
            if stat.S_ISDIR(mode):
                if not given and (here.name.startswith(".") or here.is_symlink()):
                    on_skip(Skipped(shown(here), "is a hidden folder or a link to a folder", failed=False))
                    continue
                pending += sorted(here.iterdir(), key=lambda entry: _text(entry.name), reverse=True)
                continue
        except OSError as error:
            on_skip(Skipped(shown(here), why(error), failed=True))
            continue
        suffix = suffix_of(here.name)
        if suffix is None or (not given and here.name.startswith(".")):
            on_skip(Skipped(shown(here), f"is no document ({', '.join(sorted(SUFFIXES))})", failed=False))
        elif not stat.S_ISREG(mode):
            on_skip(Skipped(shown(here), "is no regular file", failed=True))
        else:
            below = here.name if given else here.relative_to(path).as_posix()
            yield File(here, unicodedata.normalize("NFC", _text(below)[: -len(suffix)]), suffix, found.st_size)


def suffix_of(name: str) -> str | None:
    """Return the suffix of a file that is read, in small letters; None for one that is not."""
    return next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), None)


def shown(path: Path) -> str:
    """Return `path` as text that can be printed, whatever its bytes."""
    return _text(str(path))


def why(error: OSError) -> str:
    """Return what the system says, as the end of the sentence "it ..."."""
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    return f"cannot be read: {error.strerror or error}"


def _text(name: str) -> str:
    return os.fsencode(name).decode("utf-8", errors="replace")
