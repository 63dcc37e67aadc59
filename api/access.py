"""Who asks, and whether they may: keys in headers, sessions in a cookie, tokens in the path.

`Access` finds out who asks and turns away who does not say it, before a body is read; `Needs` is the dependency by
which each route says what scope it takes. Without a store of keys (on loopback) everyone may do everything.
"""

from __future__ import annotations

import re
from typing import Any

from fastapi import Depends
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as Connection

from api.errors import Forbidden, problem
from api.keys import Key, KeyStore, Kind, Scope

__all__ = [
    "CHALLENGE",
    "COOKIE",
    "CYPHER",
    "EXPORT",
    "INGEST",
    "METRICS",
    "OPEN",
    "READ",
    "REVIEW",
    "Access",
    "Needs",
    "author",
    "caller",
    "pages_of",
    "session_of",
]

COOKIE = "huitu_session"
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="huitu"'}
_SESSION = "/v1/session"
_CLOSED = frozenset({"/v1", "/metrics"})
_READING = frozenset({"v1/match", "v1/reconcile"})
"""Below a token: what is asked by POST and writes nothing."""
_TOKEN = re.compile(r"/t/[^/]*/?$")
_UNSENT = "Send a key as 'Authorization: Bearer hk_...'; 'huitu keys create' makes one."
_UNKNOWN = "The key, token or session is unknown, has expired, or was revoked."


class Access:
    """Middleware that sets who asks (``scope["huitu.key"]``).

    What lies below /v1, and /metrics, is answered only to who has a key; a page or a health check is answered to all.

    Args:
        app: the application behind it.
        keys: the keys in use; None: nobody needs one.
    """

    def __init__(self, app: ASGIApp, keys: KeyStore | None) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Connection, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._keys is None:
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if path.startswith("/t/"):
            token, _, rest = path.removeprefix("/t/").partition("/")
            # The prefix counts as where the API is mounted, so links in answers lead back through the token.
            scope["root_path"] = f"{scope.get('root_path', '')}/t/{token}"
            key = self._keys.find(token, Kind.PATH_TOKEN)
            if key is None:
                await problem(Request(scope), "unauthorized", _UNKNOWN, headers=CHALLENGE)(scope, receive, send)
                return
            reads = scope["method"] in ("GET", "HEAD") or (scope["method"] == "POST" and rest in _READING)
            if not reads or not rest.startswith("v1/"):
                detail = "A token in the path only reads what lies below /v1."
                await problem(Request(scope), "forbidden", detail)(scope, receive, send)
                return
        else:
            secret, kind = _credential(scope)
            key = self._keys.find(secret, kind) if secret else None
            needed = path.startswith("/v1/") and path != _SESSION
            if key is None and (needed or path in _CLOSED):
                detail = _UNKNOWN if secret else _UNSENT
                await problem(Request(scope), "unauthorized", detail, headers=CHALLENGE)(scope, receive, send)
                return
        scope["huitu.key"] = key  # in place, as the root: who tells of errors and requests stands further out
        await self._app(scope, receive, send)


class Needs:
    """The dependency by which a route says what scope a key must have; None: it needs no key.

    Raises:
        Forbidden: when called, for a key without the scope, or for nobody where keys are in use.
    """

    def __init__(self, scope: Scope | None) -> None:
        self.scope = scope

    def __call__(self, request: Request) -> None:
        if self.scope is None or request.app.state.keys is None:
            return
        key = caller(request)
        if key is None or not key.may(self.scope):
            raise Forbidden(self.scope)


READ: Any = Depends(Needs(Scope.READ))
EXPORT: Any = Depends(Needs(Scope.EXPORT))
CYPHER: Any = Depends(Needs(Scope.CYPHER))
INGEST: Any = Depends(Needs(Scope.INGEST))
METRICS: Any = Depends(Needs(Scope.METRICS))
REVIEW: Any = Depends(Needs(Scope.REVIEW))
OPEN: Any = Depends(Needs(None))


def caller(request: Request) -> Key | None:
    """The key of who asks; None where keys are not in use."""
    key: Key | None = request.scope.get("huitu.key")
    return key


def author(request: Request, given: str | None, place: str) -> str:
    """Under whose name a decision is recorded: that of the key, with what the caller says behind it.

    No name of a key has a colon, so ``given`` can never pass for a key. Without keys it is all there is.

    Args:
        request: what was asked.
        given: what the caller says.
        place: where it says that, ``body`` or ``query``.

    Raises:
        RequestValidationError: there is neither.
    """
    key = caller(request)
    if key is None:
        if given is None:
            raise RequestValidationError([{"type": "missing", "loc": (place, "by"), "msg": "Field required"}])
        return given
    return key.name if given is None or given == key.name else f"{key.name}: {given}"


def pages_of(request: Request) -> str:
    """The address of the service, without a token in the path, and without a slash at its end."""
    return _TOKEN.sub("", str(request.base_url)).rstrip("/")


def _credential(scope: Connection) -> tuple[str | None, Kind]:
    """What a request brings to say who asks. A header goes before a cookie, for who sends one means it."""
    headers = Headers(scope=scope)
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return bearer.strip(), Kind.KEY
    if "x-api-key" in headers:
        return headers["x-api-key"], Kind.KEY
    return session_of(Request(scope)), Kind.SESSION


def session_of(request: Request) -> str | None:
    """The secret of the session in the cookie, if there is one."""
    return request.cookies.get(COOKIE)
