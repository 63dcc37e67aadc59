"""How much is asked at one time: the length of an address, requests a second for each caller, requests in flight.

More than about eight queries in flight only add to how long each takes (measured on Neo4j 5.26), so the rest waits, and
what would wait too long is told to come again. Health checks and pages wait for nobody.

Nobody who is slow keeps a place from the others:

    body      small ones are here before a place is taken; jobs and uploads, whose bodies are large, have places of
              their own
    answer    a stream whose client does not take what was sent lends its place to others until it does
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem
from api.guard import MAX_BYTES_OF

_log = logging.getLogger("huitu.api")

__all__ = ["Limiter", "Limits"]

_BUCKETS = 10_000
_LEND_S = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one service takes.

    Args:
        rate: requests a second for each key, or each address where there is none; None: any number.
        burst: requests that a caller who has been quiet may send at once.
        in_flight: requests that are worked on at one time.
        lent: places of these that slow clients may have lent at one time; each keeps a connection to the database.
        uploads: requests with large bodies (`api.guard.MAX_BYTES_OF`) that are worked on at one time.
        waiting: requests that wait for that at one time, and as many whose body is on its way.
        wait_s: seconds that one of them waits.
        answer_s: seconds until an answer begins, sending the body included.
        upload_s: the same where bodies are large.
        address_bytes: bytes of a path with its query.
    """

    rate: float | None = None
    burst: int = 100
    in_flight: int = 8
    lent: int = 6
    uploads: int = 4
    waiting: int = 64
    wait_s: float = 10
    answer_s: float = 60
    upload_s: float = 600
    address_bytes: int = 8_000


@dataclass(slots=True)
class _Spare:
    """How many more places may be lent."""

    left: int


class _Place:
    """A place among the requests that are worked on.

    Args:
        slots: where it was taken.
        spare: shared by all of them.
    """

    def __init__(self, slots: asyncio.Semaphore, spare: _Spare) -> None:
        self._slots = slots
        self._spare = spare
        self._held, self._lent = True, False

    def leave(self) -> None:
        """Give it back for good."""
        if self._held:
            self._held = False
            self._slots.release()

    async def send(self, message: Message, send: Send) -> None:
        """Send, and let others have the place while the client does not take what was sent before."""
        waits = asyncio.get_running_loop().call_later(_LEND_S, self._lend)
        try:
            await send(message)
            if self._lent:
                await self._slots.acquire()
                self._held = True
        finally:
            waits.cancel()
            if self._lent:
                self._lent = False
                self._spare.left += 1

    def _lend(self) -> None:
        if self._held and self._spare.left > 0:
            self._spare.left -= 1
            self.leave()
            self._lent = True


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
        self._uploads = asyncio.Semaphore(limits.uploads)
        self._spare = _Spare(limits.lent)
        self._waiting = self._reading = 0
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

        large = scope["path"] in MAX_BYTES_OF and scope["method"] == "POST"
        if not large and (whole := await self._with_body(scope, receive, send, headers)) is not None:
            receive = whole
        elif not large:
            return
        slots = self._uploads if large else self._slots
        if not await self._enter(slots):
            await self._busy(scope, receive, send, headers)
            return
        place = _Place(slots, self._spare)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = MutableHeaders(scope=message)
                sent.update(headers)
                if sent.get("content-type", "").startswith("text/event-stream"):
                    place.leave()  # it waits for events, and works on nothing
            await place.send(message, send)

        limit = self._limits.upload_s if large else self._limits.answer_s
        await self._answer(scope, receive, send_with_headers, place.leave, limit)

    async def _busy(self, scope: Scope, receive: Receive, send: Send, headers: dict[str, str]) -> None:
        retry = {**headers, "Retry-After": "1"}
        detail = "Too many requests wait for the database; try again after 'Retry-After' seconds."
        await problem(Request(scope), "busy", detail, headers=retry)(scope, receive, send)

    async def _with_body(self, scope: Scope, receive: Receive, send: Send, headers: dict[str, str]) -> Receive | None:
        """Wait for the body; what gives it, or None if there is nobody any more, or a problem was the answer."""
        if Headers(scope=scope).get("content-length", "0") == "0":
            return receive
        if self._reading >= self._limits.waiting:
            await self._busy(scope, receive, send, headers)
            return None
        self._reading += 1
        try:
            async with asyncio.timeout(self._limits.answer_s):
                body = await Request(scope, receive).body()
        except TimeoutError:
            await self._too_slow(scope, receive, send, self._limits.answer_s)
            return None
        except ClientDisconnect:
            return None
        finally:
            self._reading -= 1
        parts: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def whole() -> Message:
            return parts.pop() if parts else await receive()

        return whole

    async def _too_slow(self, scope: Scope, receive: Receive, send: Send, limit: float) -> None:
        detail = f"The answer did not begin within {limit:g} seconds."
        await problem(Request(scope), "too-slow", detail)(scope, receive, send)

    async def _answer(
        self, scope: Scope, receive: Receive, send: Send, leave: Callable[[], None], limit: float
    ) -> None:
        """Let the application answer; a problem in its stead if it does not begin in time.

        What the database is asked cannot be called back, so the work goes on and keeps its slot until it ends.
        """
        begun = late = False

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
                await self._too_slow(scope, receive, send, limit)
                work.add_done_callback(_tell_failure)
                return
            await work
        except asyncio.CancelledError:
            work.cancel()
            raise

    async def _enter(self, slots: asyncio.Semaphore) -> bool:
        """Wait for a slot; False if too many wait already, or it takes too long."""
        if not slots.locked():
            return await slots.acquire()
        if self._waiting >= self._limits.waiting:
            return False
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limits.wait_s):
                return await slots.acquire()
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
