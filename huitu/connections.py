"""Connections of clients: each has to get on, and there are so many at most.

    head      a request is asked within ``head_s``
    body      comes at ``body_rate`` in the mean, after the first ``body_s``
    answer    who takes nothing of what was sent is waited for ``taken_s``
    number    when ``most`` are open, a new one takes the place of the one that has asked nothing for longest

A connection that does not get on is broken off: to whoever is so slow nothing else can be said.
"""

from __future__ import annotations

import asyncio
import contextlib
import resource
import socket
import struct
import time
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, cast

from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["Connection", "Patience"]

_LOOK_S = 1.0
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: what was not taken is thrown away


@dataclass(frozen=True, slots=True)
class Patience:
    """How slow clients may be, and how many at one time.

    Args:
        head_s: seconds within which a request is asked.
        body_s: seconds after which its body must have come as ``body_rate`` says.
        body_rate: bytes a second in the mean.
        taken_s: seconds in which a client takes some of what was sent.
        most: connections; fewer where the system allows the process less than twice as many files.
    """

    head_s: float = 20
    body_s: float = 20
    body_rate: int = 1_000
    taken_s: float = 30
    most: int = 1_000


class _Waits(Enum):
    """What a connection waits for."""

    HEAD = "head"
    BODY = "body"
    TAKEN = "taken"
    NOTHING = "nothing"  # of the client: it is being answered


class Connection(H11Protocol):
    """HTTP/1.1 of one connection, which is broken off where its client does not get on."""

    patience: ClassVar[Patience] = Patience()

    _waits, _since = _Waits.HEAD, 0.0
    _received = _buffered = 0
    _look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request; where there are too many, in the place of one that has asked nothing."""
        self._since = time.monotonic()
        if len(self.connections) >= min(self.patience.most, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2):
            others = [cast(Connection, each) for each in self.connections]
            idle = [each for each in others if each._now_waits() is _Waits.HEAD]
            _break_off(min(idle, key=lambda each: each._since).transport if idle else transport)
        super().connection_made(transport)
        self._look = self.loop.call_later(_LOOK_S, self._check)

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        if self._look is not None:
            self._look.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what comes."""
        self._received += len(data)
        super().data_received(data)

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        self._begin(_Waits.HEAD)
        super().on_response_complete()

    def resume_writing(self) -> None:
        """The client took what was sent."""
        self._begin(_Waits.NOTHING)
        super().resume_writing()

    def _check(self) -> None:
        """Break off where the client has not got on; else look again."""
        waits, buffered = self._now_waits(), self.transport.get_write_buffer_size()
        if waits is not self._waits or (waits is _Waits.TAKEN and buffered < self._buffered):
            self._begin(waits)
        self._buffered = buffered
        if self._is_overdue(time.monotonic() - self._since):
            _break_off(self.transport)
        else:
            self._look = self.loop.call_later(_LOOK_S, self._check)

    def _begin(self, waits: _Waits) -> None:
        self._waits, self._since, self._received = waits, time.monotonic(), 0

    def _now_waits(self) -> _Waits:
        if self.transport.get_write_buffer_size():
            return _Waits.TAKEN
        if self.cycle is None or self.cycle.response_complete:
            return _Waits.HEAD
        return _Waits.BODY if self.cycle.more_body and not self.flow.read_paused else _Waits.NOTHING

    def _is_overdue(self, waited: float) -> bool:
        match self._waits:
            case _Waits.HEAD:
                return waited > self.patience.head_s
            case _Waits.BODY:
                return waited > self.patience.body_s and self._received < self.patience.body_rate * waited
            case _Waits.TAKEN:
                return waited > self.patience.taken_s
            case _:
                return False


def _break_off(transport: asyncio.Transport) -> None:
    with contextlib.suppress(OSError):  # it is closed already
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    transport.abort()
