"""Web addresses to bytes, without becoming the tool of whoever names the address.

A name is resolved once, the addresses are checked, and the connection goes to an address that was checked, with the
name as ``Host`` and in TLS: between check and use nothing is resolved again (DNS rebinding). Each redirect is a new
address and checked like the first. Type, size and time are bounded.

    FetchError (a SourceError)
    ├── AddressRefused   not http or https, another port, or an address that is not of the public internet
    ├── TypeRefused      neither page, text, PDF, Word document nor feed
    └── FetchFailed      no answer, an answer that is no success, a broken one, or too slow
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

from extract.sources.documents import MAX_BYTES
from extract.sources.errors import SourceError, TooLarge

__all__ = ["AddressRefused", "FetchError", "FetchFailed", "Fetched", "Fetcher", "TypeRefused", "is_public"]

_PORTS = frozenset({80, 443, 8080, 8443})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS = 5
_CHUNK = 1 << 16
_SUFFIXES: Mapping[str, str] = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
}
"""What the content types that are taken are called as files."""

_METADATA = frozenset({ip_address("168.63.129.16")})  # a cloud's metadata service at a public address
_UNICAST = ip_network("2000::/3")  # all of IPv6 that the internet assigns (RFC 4291, 2.4)
_NAT64 = ip_network("64:ff9b::/96")  # leads to the IPv4 address in its last 32 bits


class FetchError(SourceError):
    """An address gave no document."""


class AddressRefused(FetchError):
    """The address is none that may be fetched."""


class TypeRefused(FetchError):
    """What lies there is of a type that is not read."""


class FetchFailed(FetchError):
    """There was no answer, or none that can be used."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: ``url`` is where the redirects ended, ``suffix`` that of its type as a file."""

    url: str
    suffix: str
    data: bytes


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the public internet, also through what it embeds (mapped, 6to4, NAT64, Teredo)."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None or address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        inner = [address.sixtofour, *(address.teredo or ())]
        if address not in _UNICAST or not all(is_public(each) for each in inner if each is not None):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved and address not in _METADATA


class Fetcher:
    """Fetches pages and files.

    Args:
        allow: hosts (names or addresses) that may be fetched though their addresses are not public, on any port.
        max_bytes: of an answer, unpacked.
        timeout_s: seconds for all of it: resolution apart, redirects included.
    """

    def __init__(self, allow: Collection[str] = (), *, max_bytes: int = MAX_BYTES, timeout_s: float = 30.0) -> None:
        self._allow = frozenset(host.lower() for host in allow)
        self._max_bytes = max_bytes
        self._timeout_s = timeout_s
        self._tls = ssl.create_default_context()

    def fetch(self, url: str) -> Fetched:
        """What lies at an address.

        Raises:
            AddressRefused, TypeRefused, FetchFailed, TooLarge: one of the bounds above is reached.
        """
        deadline = time.monotonic() + self._timeout_s
        for _ in range(_MAX_REDIRECTS + 1):
            found = self._once(url, deadline)
            if isinstance(found, Fetched):
                return found
            url = found
        raise FetchFailed(f"redirects more than {_MAX_REDIRECTS} times")

    def _once(self, url: str, deadline: float) -> Fetched | str:
        """What lies there, or where it leads."""
        scheme, host, port, target = _parts(url)
        address = self._address(host, port)
        connection = self._connection(scheme, host, port, address, deadline)
        # A time limit on each read does not bound an answer that comes byte by byte: at the end the socket is shut.
        alarm = threading.Timer(max(0.0, deadline - time.monotonic()), _shut, [connection.sock])
        alarm.daemon = True
        alarm.start()
        try:
            if isinstance(connection.sock, ssl.SSLSocket):
                connection.sock.do_handshake()
            headers = {"User-Agent": "huitu", "Accept": ", ".join(_SUFFIXES), "Accept-Encoding": "identity"}
            connection.request("GET", target, headers=headers)
            response = connection.getresponse()
            if response.status in _REDIRECTS and (location := response.getheader("Location")):
                return urljoin(url, location)
            if response.status != 200:
                raise FetchFailed(f"answers {response.status}")
            kind = response.headers.get_content_type().lower()
            if kind not in _SUFFIXES:
                raise TypeRefused(f"is of the type {kind[:100]!r}, which is not read")
            return Fetched(url, _SUFFIXES[kind], self._body(response, deadline))
        except (http.client.HTTPException, OSError, ValueError) as error:
            if isinstance(error, SourceError):
                raise
            if time.monotonic() >= deadline:
                raise FetchFailed(f"does not answer within {self._timeout_s:g} seconds") from error
            raise FetchFailed(f"gives no answer that can be read: {type(error).__name__}") from error
        finally:
            alarm.cancel()
            connection.close()

    def _address(self, host: str, port: int) -> str:
        """The address to connect to; all addresses of the name have to be public."""
        allowed = host in self._allow
        if not allowed and port not in _PORTS:
            raise AddressRefused(f"names the port {port}; read are {', '.join(map(str, sorted(_PORTS)))}")
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchFailed("names a host that cannot be found") from error
        addresses = [str(answer[4][0]) for answer in answers]
        if not allowed and not all(is_public(ip_address(address)) for address in addresses):
            raise AddressRefused("leads to an address that is not of the public internet")
        return addresses[0]

    def _connection(
        self, scheme: str, host: str, port: int, address: str, deadline: float
    ) -> http.client.HTTPConnection:
        """A connection to the address, with the name in TLS; what it sends as ``Host`` is the name."""
        timeout = max(0.1, min(10.0, deadline - time.monotonic()))
        try:
            plain = socket.create_connection((address, port), timeout)
        except OSError as error:
            raise FetchFailed("does not answer") from error
        if scheme == "http":
            connection = http.client.HTTPConnection(host, port)
            connection.sock = plain
            return connection
        connection = http.client.HTTPSConnection(host, port, context=self._tls)
        connection.sock = self._tls.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
        return connection

    def _body(self, response: http.client.HTTPResponse, deadline: float) -> bytes:
        encoding = (response.getheader("Content-Encoding") or "identity").strip().lower()
        if encoding not in {"identity", "gzip", "x-gzip", "deflate"}:
            raise FetchFailed(f"is packed as {encoding[:40]!r}, which was not asked for")
        unpack = None if encoding == "identity" else zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
        parts: list[bytes] = []
        size = 0
        try:
            while chunk := response.read(_CHUNK):
                if time.monotonic() >= deadline:
                    raise FetchFailed(f"does not answer within {self._timeout_s:g} seconds")
                part = chunk if unpack is None else unpack.decompress(chunk, self._max_bytes + 1 - size)
                parts.append(part)
                size += len(part)
                if size > self._max_bytes:
                    raise TooLarge(self._max_bytes)
        except zlib.error as error:
            raise FetchFailed("is packed in a broken way") from error
        if response.length or (unpack is not None and not unpack.eof):
            raise FetchFailed("breaks off")
        return b"".join(parts)


def _parts(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and target of an address that may be asked for.

    Raises:
        AddressRefused: it is none.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise AddressRefused("is no address that can be read") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise AddressRefused("is no address of the web (http or https)")
    if parts.username is not None or parts.password is not None:
        raise AddressRefused("holds a user name or password")
    if re.search(r"[\x00-\x20\x7f]", url):
        raise AddressRefused("holds white space or control characters")
    try:
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise AddressRefused("names no host") from error
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (
        f"?{quote(parts.query, safe='/%:@!$&()*+,;=~?')}" if parts.query else ""
    )
    return parts.scheme, host.lower(), port or (443 if parts.scheme == "https" else 80), target


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:  # it is closed already
        return
