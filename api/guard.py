"""What a request must be to get in, with a key or without: meant for this host, and, if it writes, from here.

    Host            loopback, or a name that it was told: a page whose name leads here (DNS rebinding) reads nothing
    Origin          of a write, where a browser tells it: that of the pages which this API serves
    Content-Type    of a write: JSON, which no form sends; a script of another page must ask first and is refused
                    of an upload of files: a form's, so `Idempotency-Key` or an Origin of ours must be there too
                    of reconciliation: a form's too; it writes nothing, and its answer stays hidden from other pages
    Content-Length  of a write: stated, and at most `MAX_BODY_BYTES`, of jobs more (`MAX_BYTES_OF`)

Programs on this machine send what they like: this keeps out pages in a browser, not users of the machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import problem

__all__ = ["JOBS", "MAX_BODY_BYTES", "MAX_BYTES_OF", "UPLOADS", "WRITES", "Guard", "is_ours"]

MAX_BODY_BYTES = 1_000_000
JOBS, UPLOADS = "/v1/jobs", "/v1/jobs/files"
MAX_BYTES_OF = {JOBS: 20_000_000, UPLOADS: 100_000_000}

WRITES = ("malformed-body", "foreign-origin", "body-too-large", "unsupported-media-type")
"""The problems in which every write can end, besides those of every operation."""

_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_HOST = re.compile(r"(?:\[(?P<v6>[0-9a-f:.]+)\]|(?P<name>[a-z0-9._-]+))(?::[0-9]{1,5})?")
_FORM = "/v1/reconcile"
_EVERY_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104  compared, not listened on


class Guard:
    """Middleware that answers with a problem what must not get in.

    Args:
        app: the application behind it.
        hosts: names and addresses by which the API is reached besides loopback; 0.0.0.0 and :: stand for any address.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = ()) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = self._refused(scope) if scope["type"] == "http" else None
        if refused is None:
            await self._app(scope, receive, send)
        else:
            await problem(Request(scope), *refused)(scope, receive, send)

    def _refused(self, scope: Scope) -> tuple[str, str] | None:
        """The kind of problem and its detail, for what must not get in."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not is_ours(hosts[0], self._hosts):
            return "wrong-host", "The header 'Host' names none by which this API is reached; see --hostname."
        if scope["method"] in _READS:
            return None
        ours = {f"{scheme}://{hosts[0]}".lower() for scheme in ("http", "https")}
        for origin in headers.getlist("origin"):
            if origin.lower() not in ours:
                return "foreign-origin", f"Only pages of this API may write, not those of {origin}."
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        uploads = scope["path"] == UPLOADS and kind == "multipart/form-data"
        if uploads and not {"origin", "idempotency-key"} & set(headers):
            return "no-key", "An upload needs the header 'Idempotency-Key' (any text that stands for it alone)."
        takes_form = uploads or (scope["path"].endswith(_FORM) and kind == "application/x-www-form-urlencoded")
        if not takes_form and kind != "application/json" and (kind or scope["method"] != "DELETE"):
            return "unsupported-media-type", "Send the body with 'Content-Type: application/json'."
        limit = MAX_BYTES_OF.get(scope["path"], MAX_BODY_BYTES)
        if "transfer-encoding" in headers or int(headers.get("content-length", "0")) > limit:
            return "body-too-large", f"'Content-Length' states the length of a body, {limit} bytes at most."
        return None


def is_ours(header: str, hosts: Set[str]) -> bool:
    """Whether a host, with or without a port, is loopback or one of ``hosts``, as `Guard` has it."""
    found = _HOST.fullmatch(header.lower())
    if found is None:
        return False
    host = found["v6"] or found["name"]
    if host == "localhost" or host in hosts:
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or not _EVERY_ADDRESS.isdisjoint(hosts)  # no name, so nothing to rebind
