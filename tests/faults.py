"""What goes wrong on the way to a database: connections that are refused, cut, reset, delayed, or silent."""

from __future__ import annotations

import random
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

__all__ = ["KINDS", "Fault", "Gate", "Proxy", "Way"]

Way = Literal["out", "back"]
Kind = Literal["lost", "torn", "silent", "slow"]
KINDS: tuple[Kind, ...] = ("lost", "torn", "silent", "slow")
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: what is closed is reset
_SILENT_S = 0.5
_SLOW_S = 0.02


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens once so many bytes have gone one way.

    lost: the connection is reset, what was under way is lost; on the way back that is the word that all was stored.
    torn: half of what was under way arrives before.
    silent: nothing goes either way for a while, then the connection is reset.
    slow: everything takes long from there on.
    """

    kind: Kind
    way: Way
    share: float

    @classmethod
    def drawn(cls, draw: random.Random) -> Fault:
        """A fault by chance; the same for the same state of ``draw``."""
        return cls(draw.choice(KINDS), draw.choice(("out", "back")), draw.random())


class Gate:
    """A way to the database that can be shut: connections through it break, new ones are refused."""

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.lock = threading.Lock()
        self.pairs: list[socket.socket] = []
        self.listener: socket.socket | None = None
        self.port = 0
        self.open()

    def open(self) -> None:
        """Let connections through."""
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def shut(self) -> None:
        """Break what is open, refuse what comes."""
        if self.listener is not None:
            self.listener.shutdown(socket.SHUT_RDWR)
            self.listener.close()
            self.listener = None
        with self.lock:
            for each in self.pairs:
                with _gone():
                    each.shutdown(socket.SHUT_RDWR)
            self.pairs = []

    def _accept(self, listener: socket.socket) -> None:
        with _gone():
            while True:
                near, _ = listener.accept()
                far = socket.create_connection(self.target)
                with self.lock:
                    self.pairs += [near, far]
                for way, source, sink in (("out", near, far), ("back", far, near)):
                    threading.Thread(target=self._copy, args=(way, source, sink), daemon=True).start()

    def _copy(self, way: Way, source: socket.socket, sink: socket.socket) -> None:
        with _gone():
            while content := source.recv(65_536):
                self._pass(way, content, source, sink)
        with _gone():
            sink.shutdown(socket.SHUT_RDWR)
        source.close()

    def _pass(self, _way: Way, content: bytes, _source: socket.socket, sink: socket.socket) -> None:
        sink.sendall(content)


class Proxy(Gate):
    """A gate that counts what goes each way, and does harm once when it is told to.

    ``struck`` says whether that has come to pass.
    """

    def __init__(self, host: str, port: int) -> None:
        self.passed: Counter[Way] = Counter()
        self.struck = False
        self._fault: Fault | None = None
        self._at = 0
        super().__init__(host, port)

    def arm(self, fault: Fault | None, total: int = 0) -> None:
        """Count anew; strike when the fault's share of ``total`` bytes has gone its way."""
        self.passed.clear()
        self.struck, self._at, self._fault = False, int(total * fault.share) if fault else 0, fault

    def _pass(self, way: Way, content: bytes, source: socket.socket, sink: socket.socket) -> None:
        self.passed[way] += len(content)
        fault = self._fault
        if fault is not None and fault.kind == "slow" and self.struck:
            time.sleep(_SLOW_S)
        elif fault is not None and fault.way == way and not self.struck and self.passed[way] > self._at:
            self.struck = True
            self._strike(fault, content, source, sink)
            if fault.kind != "slow":
                return
        sink.sendall(content)

    def _strike(self, fault: Fault, content: bytes, source: socket.socket, sink: socket.socket) -> None:
        if fault.kind == "slow":
            return
        if fault.kind == "torn":
            sink.sendall(content[: len(content) // 2])
        if fault.kind == "silent":
            time.sleep(_SILENT_S)
        for each in (source, sink):
            each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            each.shutdown(socket.SHUT_RD)  # whoever waits to read from it ends, and closes it


@contextmanager
def _gone() -> Iterator[None]:
    """An end that is closed is what is wanted here."""
    try:
        yield
    except OSError:
        return
