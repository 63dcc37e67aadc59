"""How the client speaks to the service: requests, pages, and problems as errors.

ServiceError                     the service does not do what was asked
├── ServiceUnreachable           nobody answers, or the answer breaks off
└── ServiceProblem               it answers with a problem (RFC 9457)
    ├── NotFound                 404: no such thing
    ├── Refused                  any other 4xx: the request is wrong, or not allowed
    └── Unavailable              5xx: try again later; ``retry_after_s`` says when
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

__all__ = [
    "NotFound",
    "Refused",
    "ServiceError",
    "ServiceProblem",
    "ServiceUnreachable",
    "Transport",
    "Unavailable",
    "path_of",
]


class ServiceError(Exception):
    """The service does not do what was asked."""


class ServiceUnreachable(ServiceError):
    """Nobody answers at ``url``, or the answer breaks off before its end."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url


class ServiceProblem(ServiceError):
    """The service answers with a problem.

    ``status`` is that of HTTP, ``kind`` the last part of the problem's ``type`` (``not-found``), ``members`` all of it.
    """

    def __init__(self, status: int, members: Mapping[str, Any], retry_after_s: int | None = None) -> None:
        super().__init__(f"{status} {members.get('title', '')}: {members.get('detail', '')}")
        self.status = status
        self.kind = str(members.get("type", "")).rsplit("/", 1)[-1]
        self.detail = str(members.get("detail", ""))
        self.members = dict(members)
        self.retry_after_s = retry_after_s


class NotFound(ServiceProblem):
    """There is no such thing."""


class Refused(ServiceProblem):
    """The request is wrong, or not allowed."""


class Unavailable(ServiceProblem):
    """The service cannot answer now."""


class Transport:
    """A connection to a Huitu service; closed by ``close`` or at the end of a ``with`` block.

    Args:
        url: of the service, such as ``http://127.0.0.1:8000``.
        key: an API key, where the service asks for one.
        timeout_s: seconds to wait for an answer to begin, and between its parts.
    """

    def __init__(self, url: str, *, key: str | None = None, timeout_s: float = 60.0) -> None:
        headers = {"User-Agent": "huitu-client"} | ({"Authorization": f"Bearer {key}"} if key else {})
        self._http = httpx.Client(base_url=url, headers=headers, timeout=timeout_s, follow_redirects=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._http.close()

    def upload(self, files: Iterable[Path], *, date: str | None = None, key: str | None = None) -> Any:
        """Upload files and have them ingested.

        Args:
            files: text, Markdown, HTML, JSON Lines, PDF, Word, or ZIP archives of these.
            date: publication date of documents that state none (``YYYY-MM-DD``).
            key: stands for this upload: the same again gives the same job. Without it, one of its own.

        Returns:
            The job, as `job` has it.
        """
        sent = [("files", (path.name, path.read_bytes())) for path in files]
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        data = {} if date is None else {"date": date}
        return self._answer("POST", "/v1/jobs/files", files=sent, data=data, headers=headers)

    def _json(self, method: str, path: str, query: Mapping[str, Any], body: Any = None) -> Any:
        sent = {} if body is None and method == "POST" else body  # what is posted is JSON, also where there is nothing
        return self._answer(method, path, params=_known(query), json=sent)

    def _answer(self, method: str, path: str, **request: Any) -> Any:
        try:
            response = self._http.request(method, path, **request)
        except httpx.TransportError as error:
            raise ServiceUnreachable(str(self._http.base_url), str(error)) from error
        if response.is_error:
            raise _problem(response)
        return response.json() if response.content else None

    def _pages(self, path: str, query: Mapping[str, Any]) -> Iterator[Any]:
        """The items of a list, page after page; a page is asked for when it is needed."""
        cursor: str | None = None
        while True:
            page = self._json("GET", path, {**query, "cursor": cursor})
            yield from page["items"]
            cursor = page.get("next")
            if cursor is None:
                return

    def _bytes(self, path: str, query: Mapping[str, Any]) -> Iterator[bytes]:
        """The parts of a file as they come."""
        try:
            with self._http.stream("GET", path, params=_known(query)) as response:
                if response.is_error:
                    response.read()
                    raise _problem(response)
                yield from response.iter_bytes()
        except httpx.TransportError as error:
            raise ServiceUnreachable(str(self._http.base_url), str(error)) from error

    def _lines(self, path: str, query: Mapping[str, Any]) -> Iterator[Any]:
        """The objects of a stream of JSON lines."""
        held = b""
        for part in self._bytes(path, query):
            *lines, held = (held + part).split(b"\n")
            yield from map(json.loads, lines)


def path_of(template: str, **parts: str) -> str:
    """A path with its parts put in, quoted.

    Raises:
        ValueError: a part would lead to another address, however it is quoted.
    """
    for part in parts.values():
        if "/" in part or part in ("", ".", ".."):
            raise ValueError(f"{part!r} cannot stand in the address {template}: give the id")
    return template.format(**{name: quote(part, safe="") for name, part in parts.items()})


def _known(query: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in query.items() if value is not None}


def _problem(response: httpx.Response) -> ServiceProblem:
    try:
        members = response.json()
    except ValueError:
        members = {"title": response.reason_phrase, "detail": response.text[:200]}
    after = response.headers.get("retry-after", "")
    kind = NotFound if response.status_code == 404 else Refused if response.status_code < 500 else Unavailable
    return kind(response.status_code, members, int(after) if after.isdigit() else None)
