"""Shards (分片): the extractions of some documents in one file, called after what it was made from.

    documents in order   a b c │ d │ e f g h │ i ...     a cut behind each whose own digest says so
    a shard              <SHA-256 of the extractor's version, e, f, g and h>.jsonl.gz

So a shard is made once, in whatever run, by whatever process or machine: one that is there is not made again. A
document that changes makes its shard anew and no other, one more or less that of its neighbours at most. The manifest
is written last: it lists the shards of a run in the order of their documents, with the digests of what they hold.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import NamedTuple

from extract.engine import Engine
from extract.errors import ExtractionFailed, StorageError
from extract.running import results
from extract.sources import File, located
from extract.whole import whole_file
from graph.schema import Document

__all__ = ["DOCUMENTS", "MANIFEST", "Entry", "Folder", "Manifest", "Shard", "contents", "cut", "entry_of", "grouped"]

DOCUMENTS = 200  # in a shard, in the mean
MANIFEST = "manifest.json"
_MOST = 4  # times as many documents are in none
_MOST_TEXT = 8_000_000  # characters of text in a shard, one longer document aside
_GROUP_FILES = 200  # that are read together, in the mean
_GROUP_BYTES = 64_000_000
_FAILED = b'{"failed": '


class Shard(NamedTuple):
    """Documents that are extracted from together, and the name of the file that holds what is found."""

    name: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a manifest says of a shard; ``failed`` are the keys of documents that could not be extracted from, and why.

    ``documents`` counts those that could, ``sha256`` is that of the file's ``bytes`` bytes.
    """

    name: str
    documents: int
    failed: tuple[tuple[str, str], ...]
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The shards of a whole run in the order of their documents, and which extractor made them."""

    extractor: str
    shards: tuple[Entry, ...]


def grouped(files: Iterable[File]) -> Iterator[tuple[File, ...]]:
    """Files that are read together, in order; cut as documents are, by the names of the files."""
    group: list[File] = []
    size = 0
    for file in files:
        group.append(file)
        size += file.size
        if _cuts(hashlib.sha256(file.name.encode()).digest(), _GROUP_FILES) or size > _GROUP_BYTES:
            yield tuple(group)
            group, size = [], 0
    if group:
        yield tuple(group)


def cut(documents: Iterable[Document], extractor: str, size: int = DOCUMENTS) -> Iterator[Shard]:
    """The shards of documents, in order.

    Args:
        documents: read as they are needed.
        extractor: name and version of what will extract.
        size: documents in a shard, in the mean.
    """
    within: list[Document] = []
    name, length = hashlib.sha256(extractor.encode()), 0
    for document in documents:
        digest = hashlib.sha256(json.dumps(astuple(document)).encode()).digest()
        within.append(document)
        name.update(digest)
        length += len(document.text)
        if _cuts(digest, size) or len(within) >= _MOST * size or length > _MOST_TEXT:
            yield _shard(name.hexdigest(), within)
            within, name, length = [], hashlib.sha256(extractor.encode()), 0
    if within:
        yield _shard(name.hexdigest(), within)


def _cuts(digest: bytes, size: int) -> bool:
    return int.from_bytes(digest[:8]) % size == 0


def _shard(digest: str, documents: list[Document]) -> Shard:
    return Shard(f"{digest[:40]}.jsonl.gz", tuple(documents))


def contents(shard: Shard, engine: Engine) -> bytes:
    """The file of a shard: a line for each document, with its text, or with why it could not be extracted from."""
    lines = []
    for found in results(engine, shard.documents):
        if isinstance(found, ExtractionFailed):
            record = {"failed": found.problem, "doc": found.document}
        else:
            record = found.to_json(with_text=True)
        lines.append(json.dumps(record, ensure_ascii=False) + "\n")
    return gzip.compress("".join(lines).encode(), compresslevel=6, mtime=0)


def entry_of(name: str, data: bytes) -> Entry:
    """What a manifest says of a shard with these contents.

    Raises:
        EOFError, zlib.error, gzip.BadGzipFile: they are damaged.
    """
    lines = _unpacked(data)
    failed = [json.loads(line) for line in lines if line.startswith(_FAILED)]
    reasons = tuple((record["doc"], record["failed"]) for record in failed)
    return Entry(name, len(lines) - len(failed), reasons, len(data), hashlib.sha256(data).hexdigest())


class Folder:
    """Where shards are kept: a folder, or an address of object storage.

    Args:
        location: is made when something is written to it.

    Raises:
        StorageError: there is no such storage, or the package that reaches it is not installed.
    """

    def __init__(self, location: Path | str) -> None:
        self._path = located(location)
        self._local = type(self._path) is type(Path())

    def entry(self, name: str) -> Entry | None:
        """What a shard holds; None if it is not there, or is damaged and has to be made again."""
        try:
            return entry_of(name, (self._path / name).read_bytes())
        except (FileNotFoundError, EOFError, zlib.error, gzip.BadGzipFile):
            return None

    def write(self, name: str, data: bytes) -> None:
        """Keep a file, whole or not at all: object storage does so by itself."""
        self._path.mkdir(parents=True, exist_ok=True)
        path = self._path / name
        if not self._local:
            path.write_bytes(data)
            return
        with whole_file(path) as file:
            file.write(data)

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest: the run is complete."""
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1) + "\n"
        self.write(MANIFEST, text.encode())

    def manifest(self) -> Manifest:
        """The manifest of the last run that came to its end.

        Raises:
            StorageError: there is none, or it cannot be read.
        """
        try:
            record = json.loads((self._path / MANIFEST).read_bytes())
            shards = tuple(
                Entry(
                    each["name"],
                    each["documents"],
                    tuple((doc, reason) for doc, reason in each["failed"]),
                    each["bytes"],
                    each["sha256"],
                )
                for each in record["shards"]
            )
            return Manifest(record["extractor"], shards)
        except FileNotFoundError as error:
            hint = "'huitu shard' writes it when it is through; run it again, it goes on where it was."
            raise StorageError(str(self._path), f"there is no {MANIFEST}", hint=hint) from error
        except (ValueError, KeyError, TypeError) as error:
            raise StorageError(f"{self._path}/{MANIFEST}", f"is damaged ({error})") from error

    def lines(self, entry: Entry) -> Iterator[tuple[int, bytes]]:
        """The lines of a shard with their numbers from 1, those of documents that failed left out.

        Raises:
            StorageError: the shard is missing, or holds something else than its manifest says.
        """
        where, hint = f"{self._path}/{entry.name}", "Run 'huitu shard' again: it makes what is missing."
        try:
            data = (self._path / entry.name).read_bytes()
        except FileNotFoundError as error:
            raise StorageError(where, "is missing", hint=hint) from error
        if hashlib.sha256(data).hexdigest() != entry.sha256:
            raise StorageError(where, f"is not what {MANIFEST} says", hint=hint)
        for number, line in enumerate(_unpacked(data), 1):
            if not line.startswith(_FAILED):
                yield number, line


def _unpacked(data: bytes) -> list[bytes]:
    return gzip.decompress(data).splitlines()
