"""Commands in a network of their own, on Linux: cut off, or with an outside that only takes down what goes there.

``PREFIX`` before a command leaves it loopback alone. ``reached`` gives it a way out, for IPv4, IPv6 and names, that
ends here: the kernel hands over each packet that would have left the machine, of whatever process and language.
"""

from __future__ import annotations

import fcntl
import ipaddress
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

__all__ = ["NEEDED", "PREFIX", "reached"]

PREFIX = ["unshare", "--map-root-user", "--net", "--mount", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
_WAY_OUT = """
ip tuntap add out mode tun
ip addr add 192.0.2.1/24 dev out
ip -6 addr add 2001:db8::1/64 dev out nodad
ip link set out up
ip route add default dev out
ip -6 route add default dev out
echo 'nameserver 192.0.2.53\noptions timeout:1 attempts:1' >"$1/resolv.conf"
echo 'hosts: files dns' >"$1/nsswitch.conf"
for each in resolv.conf nsswitch.conf; do mount --bind "$1/$each" "$(readlink -f /etc/$each)"; done
"""
_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
_PROTOCOLS = {6: "tcp", 17: "udp"}


def _possible() -> bool:
    if not all(map(shutil.which, ("unshare", "ip", "mount"))) or not Path("/dev/net/tun").exists():
        return False
    return subprocess.run([*PREFIX, "true"], capture_output=True, check=False).returncode == 0


NEEDED = pytest.mark.skipif(not _possible(), reason="no networks of one's own here (unshare, ip, /dev/net/tun)")


def reached(
    command: Sequence[str | Path], folder: Path, env: Mapping[str, str]
) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Run a command to its end; what it said, and whatever beyond loopback it tried to reach, as ``tcp 192.0.2.9 443``.

    Args:
        command: what is run, with all that it starts.
        folder: an empty one, for files of the network.
        env: the environment.
    """
    arguments = [*PREFIX, sys.executable, __file__, str(folder), *map(str, command)]
    done = subprocess.run(arguments, capture_output=True, text=True, env=env, check=False, timeout=300)
    found = folder / "reached.json"
    assert found.exists(), done.stderr
    return done, json.loads(found.read_text())


class _Outside:
    """The other end of the way out: reads each packet, answers none."""

    def __init__(self) -> None:
        self._tun = os.open("/dev/net/tun", os.O_RDWR)
        fcntl.ioctl(self._tun, _TUNSETIFF, struct.pack("16sH22x", b"out", _IFF_TUN | _IFF_NO_PI))
        self._seen: set[str] = set()
        self._news = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            packet = os.read(self._tun, 65536)
            found = _destination(packet)
            if found is not None:
                with self._news:
                    self._seen.add(found)
                    self._news.notify_all()

    def try_out(self, address: str, family: socket.AddressFamily) -> None:
        """Send something out and wait until it is seen: all that left before it has been seen then."""
        with socket.socket(family, socket.SOCK_DGRAM) as sock, self._news:
            sock.sendto(b"x", (address, 9))
            assert self._news.wait_for(lambda: f"udp {address} 9" in self._seen, timeout=60), address
            self._seen.discard(f"udp {address} 9")

    def seen(self) -> list[str]:
        for address, family in (("192.0.2.77", socket.AF_INET), ("2001:db8::77", socket.AF_INET6)):
            self.try_out(address, family)
        return sorted(self._seen)


def _destination(packet: bytes) -> str | None:
    """Where an IP packet goes; None for what the kernel itself says to its neighbours (ICMPv6)."""
    if packet[0] >> 4 == 4:
        start, protocol, address = (packet[0] & 15) * 4, packet[9], packet[16:20]
    else:
        start, protocol, address = 40, packet[6], packet[24:40]
    if protocol not in _PROTOCOLS:
        return None if packet[0] >> 4 == 6 else f"protocol {protocol} {ipaddress.ip_address(address)}"
    port = int.from_bytes(packet[start + 2 : start + 4])
    asked = f" {_question(packet[start + 20 :])}" if port == 53 and protocol == 17 else ""
    return f"{_PROTOCOLS[protocol]} {ipaddress.ip_address(address)} {port}{asked}"


def _question(data: bytes) -> str:
    """The name that a DNS query asks for: labels, each after its length, up to an empty one."""
    labels: list[str] = []
    while data and data[0]:
        labels.append(data[1 : data[0] + 1].decode("ascii", "replace"))
        data = data[data[0] + 1 :]
    return ".".join(labels)


def main(folder: Path, command: list[str]) -> int:
    """Make the way out, run the command, and write down what went there."""
    subprocess.run(["sh", "-e", "-c", _WAY_OUT, "sh", str(folder)], check=True)  # noqa: S607
    outside = _Outside()
    outside.seen()
    done = subprocess.run(command, check=False)
    (folder / "reached.json").write_text(json.dumps(outside.seen()))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
