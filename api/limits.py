"""How much is asked at one time: the length of an address, requests a second for each caller, requests in flight.

More than about eight queries in flight only add to how long each takes (measured on Neo4j 5.26), so the rest waits, and
what would wait too long is told to come again. Health checks and pages wait for nobody.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem
from api.guard import MAX_BYTES_OF

_log = logging.getLogger("huitu.api")

__all__ = ["Limiter", "Limits"]

_BUCKETS = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one service takes.

    Args:
        rate: requests a second for each key, or each address where there is none; None: any number.
        burst: requests that a caller who has been quiet may send at once.
        in_flight: requests that are worked on at one time.
        waiting: requests that wait for that at one time.
        wait_s: seconds that one of them waits.
        answer_s: seconds until an answer begins, sending the body included.
        upload_s: the same where bodies are large (`api.guard.MAX_BYTES_OF`).
        address_bytes: bytes of a path with its query.
    """

    rate: float | None = None
    burst: int = 100
    in_flight: int = 8
    waiting: int = 64
    wait_s: float = 10
    answer_s: float = 60
    upload_s: float = 600
    address_bytes: int = 8_000


class Limiter:
    """Middleware that answers what is too much with 414, 429, 503 or 504.

    Args:
        app: the application behind it.
        limits: what it takes.
        clock: seconds that never go back.
    """

    def __init__(self, app: ASGIApp, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._limits = limits
        self._clock = clock
        self._slots = asyncio.Semaphore(limits.in_flight)
        self._waiting = 0
        self._buckets: dict[str, tuple[float, float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(scope.get("root_path", "")) if scope["type"] == "http" else ""
        if not path.startswith("/v1/"):
            await self._app(scope, receive, send)
            return
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > self._limits.address_bytes:
            detail = f"An address has {self._limits.address_bytes} bytes at most."
            await problem(Request(scope), "address-too-long", detail)(scope, receive, send)
            return
        headers = {}
        if self._limits.rate is not None:
            left = self._take(scope, self._limits.rate)
            period = math.ceil(self._limits.burst / self._limits.rate)
            headers = {
                "RateLimit-Policy": f'"requests";q={self._limits.burst};w={period}',
                "RateLimit": f'"requests";r={max(0, math.floor(left))}',
            }
            if left < 0:
                headers["Retry-After"] = str(math.ceil(-left / self._limits.rate))
                detail = f"More than {self._limits.rate:g} requests a second; try again after 'Retry-After' seconds."
                await problem(Request(scope), "too-many-requests", detail, headers=headers)(scope, receive, send)
                return

        held = False

        def leave() -> None:
            nonlocal held
            if held:
                held = False
                self._slots.release()

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = MutableHeaders(scope=message)
                sent.update(headers)
                if sent.get("content-type", "").startswith("text/event-stream"):
                    leave()  # it waits for events, and works on nothing
            await send(message)

        if not await self._enter():
            retry = {**headers, "Retry-After": "1"}
            detail = "Too many requests wait for the database; try again after 'Retry-After' seconds."
            await problem(Request(scope), "busy", detail, headers=retry)(scope, receive, send)
            return
        held = True
        await self._answer(scope, receive, send_with_headers, leave)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, leave: Callable[[], None]) -> None:
        """Let the application answer; a problem in its stead if it does not begin in time.

        What the database is asked cannot be called back, so the work goes on and keeps its slot until it ends.
        """
        begun = late = False
        limit = self._limits.upload_s if scope["path"] in MAX_BYTES_OF else self._limits.answer_s

        async def send_in_time(message: Message) -> None:
            nonlocal begun
            begun = True
            if not late:
                await send(message)

        work = asyncio.ensure_future(self._app(scope, receive, send_in_time))
        work.add_done_callback(lambda _: leave())
        try:
            await asyncio.wait({work}, timeout=limit)
            if not work.done() and not begun:
                late = True
                detail = f"The answer did not begin within {limit:g} seconds."
                await problem(Request(scope), "too-slow", detail)(scope, receive, send)
                work.add_done_callback(_tell_failure)
                return
            await work
        except asyncio.CancelledError:
            work.cancel()
            raise

    async def _enter(self) -> bool:
        """Wait for a slot; False if too many wait already, or it takes too long."""
        if not self._slots.locked():
            return await self._slots.acquire()
        if self._waiting >= self._limits.waiting:
            return False
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limits.wait_s):
                return await self._slots.acquire()
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1

    def _take(self, scope: Scope, rate: float) -> float:
        """Take one from the bucket of who asks; what is left, below 0 if there was none (then none is taken)."""
        key, client = scope.get("huitu.key"), scope.get("client")
        who = f"key {key.prefix}" if key else f"address {client[0] if client else ''}"
        now, burst = self._clock(), self._limits.burst
        left, then = self._buckets.pop(who, (float(burst), now))
        left = min(burst, left + (now - then) * rate)
        if left >= 1:
            self._buckets[who] = (left - 1, now)
        else:
            self._buckets[who] = (left, now)
        if len(self._buckets) > _BUCKETS:
            del self._buckets[next(iter(self._buckets))]  # who was quiet longest
        return left - 1


def _tell_failure(work: asyncio.Future[None]) -> None:
    """Log how work ended for which nobody waits any more."""
    if not work.cancelled() and (error := work.exception()) is not None:
        _log.error("failed after it was too slow", exc_info=error)
