"""API keys and the sessions that were opened with them, in a SQLite file that its owner alone can read.

A secret is random, of 256 bits, so a plain SHA-256 of it is enough at rest: there is nothing to guess,
which is what slow hashes for passwords are for. A secret is found by its hash, and what is found is compared
in constant time once more.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import sqlite3
import threading
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from graph.errors import HuituError, room_for

__all__ = ["SESSION_LIFE", "BadKey", "Key", "KeyStore", "Kind", "Scope", "UnknownKey"]

SESSION_LIFE = timedelta(hours=12)
_CLOCK_STEP = timedelta(minutes=5)  # a clock that is put right goes back no further
_BYTES = 32
_SHOWN = 11  # hk_ and eight characters: enough to tell keys apart, 208 bits stay secret
_NAME = re.compile(r"[^\s:\x00-\x1f\x7f](?:[^:\x00-\x1f\x7f]{0,78}[^\s:\x00-\x1f\x7f])?")
_TABLE = """
CREATE TABLE IF NOT EXISTS keys (
  hash BLOB PRIMARY KEY, prefix TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, scopes TEXT NOT NULL,
  created TEXT NOT NULL, expires TEXT, revoked TEXT, parent BLOB REFERENCES keys (hash)
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS name_of_key ON keys (name) WHERE parent IS NULL AND revoked IS NULL;
"""


class Scope(StrEnum):
    """What a key may do. ``admin`` holds all others; ``export``, ``cypher`` and ``review`` hold ``read``."""

    READ = "read"
    EXPORT = "export"
    CYPHER = "cypher"
    INGEST = "ingest"
    REVIEW = "review"
    METRICS = "metrics"
    ADMIN = "admin"


class Kind(StrEnum):
    """How a secret is sent: in a header, in the path, or in a cookie; its value is how the secret begins."""

    KEY = "hk"
    PATH_TOKEN = "ht"  # noqa: S105  how one begins
    SESSION = "hs"


class BadKey(HuituError):
    """A key of this name, with these scopes or this end cannot be made."""

    exit_code = 2


class UnknownKey(HuituError):
    """No key in force has this name or prefix."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is kept; times are UTC. Its secret is kept nowhere."""

    prefix: str
    kind: Kind
    name: str
    scopes: frozenset[Scope]
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None

    def may(self, scope: Scope) -> bool:
        """Whether it holds the scope, by itself or through another."""
        if scope in self.scopes or Scope.ADMIN in self.scopes:
            return True
        return scope is Scope.READ and not self.scopes.isdisjoint({Scope.EXPORT, Scope.CYPHER, Scope.REVIEW})


class KeyStore:
    """The keys of one service; several processes may use the file at one time.

    Args:
        path: the file; it is made, with mode 0600, where there is none.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        path.chmod(0o600)
        self._lock = threading.Lock()
        self._path = path
        self._rows = sqlite3.connect(path, timeout=10, check_same_thread=False, isolation_level=None)
        with room_for(path):
            self._rows.executescript(_TABLE)

    def close(self) -> None:
        """Close the file."""
        self._rows.close()

    def create(
        self, name: str, scopes: Iterable[Scope], *, expires: datetime | None = None, kind: Kind = Kind.KEY
    ) -> tuple[Key, str]:
        """Make a key.

        Args:
            name: who holds it; decisions are recorded under it. One key in force has a name.
            scopes: what it may do; a token for the path may only read.
            expires: when it ends; None: never.
            kind: a key, or a token for the path.

        Returns:
            The key, and its secret, which cannot be had again.

        Raises:
            BadKey: the name is taken or cannot be used, there is no scope, or the end lies in the past.
        """
        held = frozenset(scopes)
        if not _NAME.fullmatch(name):
            raise BadKey(f"{name!r} cannot name a key", hint="Take 1 to 80 characters without ':'.")
        if not held:
            raise BadKey("a key needs a scope", hint=f"Scopes are {', '.join(Scope)}.")
        if kind is Kind.PATH_TOKEN and held != {Scope.READ}:
            raise BadKey("a token in the path may only read", hint="Leave the scopes out.")
        if expires is not None and expires <= datetime.now(UTC):
            raise BadKey("the key would end in the past")
        try:
            return self._insert(Key("", kind, name, held, datetime.now(UTC), expires), None)
        except sqlite3.IntegrityError as error:
            raise BadKey(
                f"there is a key named {name!r}", hint="Take another name, or revoke it first: huitu keys revoke."
            ) from error

    def keys(self) -> list[Key]:
        """All keys that were ever made, in that order; no sessions."""
        return [key for key, _ in self._select("parent IS NULL ORDER BY rowid")]

    def revoke(self, name: str) -> Key:
        """End the key of this name or prefix, and with it every session that was opened with it.

        Raises:
            UnknownKey: none in force has it.
        """
        found = self._select("parent IS NULL AND revoked IS NULL AND (name = ? OR prefix = ?)", name, name)
        if len(found) != 1:
            raise UnknownKey(f"no key in force has the name or prefix {name!r}", hint="See huitu keys list.")
        self._write("UPDATE keys SET revoked = ? WHERE hash = ?", datetime.now(UTC).isoformat(), found[0][1])
        return found[0][0]

    def find(self, secret: str, kind: Kind) -> Key | None:
        """The key in force that has this secret; of a session, only while its key is in force too."""
        digest = _hash(secret)
        for key, kept in self._select("hash = ? AND kind = ?", digest, kind):
            if hmac.compare_digest(kept, digest) and self._in_force(key) and self._parent_in_force(kept):
                return key
        return None

    def open_session(self, secret: str) -> tuple[Key, str] | None:
        """Open a session with the secret of a key; it can do what the key can, and ends by itself.

        Returns:
            The session and its secret, or None if there is no such key in force.
        """
        key = self.find(secret, Kind.KEY)
        if key is None:
            return None
        now = datetime.now(UTC)
        self._write("DELETE FROM keys WHERE parent IS NOT NULL AND expires < ?", now.isoformat())
        ends = min(now + SESSION_LIFE, key.expires or datetime.max.replace(tzinfo=UTC))
        return self._insert(Key("", Kind.SESSION, key.name, key.scopes, now, ends), _hash(secret))

    def end_session(self, secret: str) -> None:
        """End a session; one that there is not is ended already."""
        self._write("DELETE FROM keys WHERE hash = ? AND kind = ?", _hash(secret), Kind.SESSION)

    def in_use(self) -> bool:
        """Whether some key is in force."""
        return any(self._in_force(key) for key in self.keys())

    def _insert(self, key: Key, parent: bytes | None) -> tuple[Key, str]:
        secret = f"{key.kind}_{secrets.token_urlsafe(_BYTES)}"
        expires = key.expires.isoformat() if key.expires else None
        scopes = json.dumps(sorted(key.scopes))
        made = Key(secret[:_SHOWN], key.kind, key.name, key.scopes, key.created, key.expires)
        self._write(
            "INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?)",
            *(_hash(secret), made.prefix, key.kind, key.name, scopes, key.created.isoformat(), expires, parent),
        )
        return made, secret

    def _parent_in_force(self, digest: bytes) -> bool:
        parents = self._select("hash = (SELECT parent FROM keys WHERE hash = ?)", digest)
        return all(self._in_force(parent) for parent, _ in parents)

    @staticmethod
    def _in_force(key: Key) -> bool:
        now = datetime.now(UTC)
        if key.kind is Kind.SESSION and key.created > now + _CLOCK_STEP:
            return False  # the clock was set back, and it would last longer than sessions do
        return key.revoked is None and (key.expires is None or key.expires > now)

    def _select(self, where: str, *values: object) -> list[tuple[Key, bytes]]:
        query = f"SELECT prefix, kind, name, scopes, created, expires, revoked, hash FROM keys WHERE {where}"  # noqa: S608
        with self._lock, closing(self._rows.execute(query, values)) as rows:
            return [
                (
                    Key(
                        prefix,
                        Kind(kind),
                        name,
                        frozenset(map(Scope, json.loads(scopes))),
                        datetime.fromisoformat(created),
                        datetime.fromisoformat(expires) if expires else None,
                        datetime.fromisoformat(revoked) if revoked else None,
                    ),
                    digest,
                )
                for prefix, kind, name, scopes, created, expires, revoked, digest in rows
            ]

    def _write(self, statement: str, *values: object) -> None:
        with self._lock, room_for(self._path):
            self._rows.execute(statement, values)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
