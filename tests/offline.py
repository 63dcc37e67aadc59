"""Runs a command where there is no network but loopback: ``python offline.py COMMAND...`` in a namespace of its own.

``PREFIX`` in front of a command does that; Linux lets users make such namespaces, unless it is set not to.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys

import pytest

__all__ = ["NEEDED", "PREFIX"]

_UNSHARE = shutil.which("unshare") or "unshare"
PREFIX = [_UNSHARE, "--map-root-user", "--net", sys.executable, __file__]
_SIOCSIFFLAGS, _IFF_UP = 0x8914, 1


def _possible() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*PREFIX, "true"], capture_output=True, check=False).returncode == 0


NEEDED = pytest.mark.skipif(not _possible(), reason="no namespaces without a network here (unshare --net)")


def main() -> None:
    """Bring loopback up, which is down in a new namespace, and become the command."""
    with socket.socket() as sock:
        fcntl.ioctl(sock, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _IFF_UP))
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606


if __name__ == "__main__":
    main()
