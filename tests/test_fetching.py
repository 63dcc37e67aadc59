"""Addresses are fetched from real servers on loopback, allowed by name here; nothing private is fetched else."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

import pytest

from extract.sources.errors import SourceError, TooLarge
from extract.sources.feeds import read_feed
from extract.sources.web import AddressRefused, Fetcher, FetchFailed, TypeRefused, is_public

PAGE = "<html><body><p>7月18日，第三届滨海智慧港口论坛在云港举行。</p></body></html>".encode()
SEEN: list[tuple[str, str]] = []


class Site(BaseHTTPRequestHandler):
    """A site whose answers are as its paths say."""

    def do_GET(self) -> None:
        SEEN.append((self.path, self.headers["Host"]))
        port = self.server.server_address[1]
        answers: dict[str, tuple[int, dict[str, str], bytes]] = {
            "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
            "/gzip": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE)),
            "/bomb": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(b" " * 3_000_000)),
            "/brotli": (200, {"Content-Type": "text/html", "Content-Encoding": "br"}, b"x"),
            "/large": (200, {"Content-Type": "text/plain"}, b"x" * 100_001),
            "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
            "/gone": (404, {"Content-Type": "text/html"}, PAGE),
            "/moved": (302, {"Location": "/page"}, b""),
            "/loop": (302, {"Location": "/loop"}, b""),
            "/inside": (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b""),
            "/local": (302, {"Location": f"http://127.0.0.1:{port}/page"}, b""),
            "/file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/storage": (302, {"Location": "s3://bucket/articles"}, b""),
        }
        if self.path == "/slow":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            try:
                for _ in range(100):
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    time.sleep(0.1)
            except OSError:
                return
            return
        status, headers, body = answers[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) + (self.path == "/short")))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(allow=["localhost"], max_bytes=100_000)


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    SEEN.clear()


def test_a_page_comes_with_its_type_and_the_site_is_asked_by_its_name(site: str, fetcher: Fetcher) -> None:
    found = fetcher.fetch(f"{site}/page")
    assert (found.data, found.suffix, found.url) == (PAGE, ".html", f"{site}/page")
    assert [("/page", site.removeprefix("http://"))] == SEEN


def test_redirects_are_followed_and_told(site: str, fetcher: Fetcher) -> None:
    assert fetcher.fetch(f"{site}/moved").url == f"{site}/page"
    with pytest.raises(FetchFailed, match="redirects more than 5 times"):
        fetcher.fetch(f"{site}/loop")
    assert len(SEEN) == 2 + 6


@pytest.mark.parametrize("path", ["/inside", "/local", "/file", "/storage"])
def test_every_redirect_is_checked_like_the_first_address(site: str, fetcher: Fetcher, path: str) -> None:
    with pytest.raises(AddressRefused):
        fetcher.fetch(site + path)
    assert [path for path, _ in SEEN] == [path]


def test_packed_answers_are_unpacked_within_the_limit(site: str, fetcher: Fetcher) -> None:
    assert fetcher.fetch(f"{site}/gzip").data == PAGE
    for path in ("/bomb", "/large"):
        with pytest.raises(TooLarge):
            fetcher.fetch(site + path)
    with pytest.raises(FetchFailed, match="packed"):
        fetcher.fetch(f"{site}/brotli")


def test_other_types_and_failures_are_told(site: str, fetcher: Fetcher) -> None:
    with pytest.raises(TypeRefused, match="image/png"):
        fetcher.fetch(f"{site}/picture")
    with pytest.raises(FetchFailed, match="404"):
        fetcher.fetch(f"{site}/gone")
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    with pytest.raises(FetchFailed):
        fetcher.fetch(f"http://localhost:{port}/")


def test_an_answer_that_comes_byte_by_byte_ends_with_the_time(site: str) -> None:
    with pytest.raises(FetchFailed, match="within"):
        Fetcher(allow=["localhost"], timeout_s=0.5).fetch(f"{site}/slow")


def test_a_secure_connection_that_is_never_made_ends_with_the_time() -> None:
    """A greeting of 16,000 bytes that comes byte by byte: each read has its byte in time."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            client, _ = listener.accept()
            with client, contextlib.suppress(OSError):
                client.sendall(b"\x16\x03\x03\x40\x00")
                while not ended.wait(0.05):
                    client.sendall(b"\x00")

        greeting = threading.Thread(target=greet)
        greeting.start()
        with pytest.raises(FetchFailed, match="within"):
            Fetcher(allow=["localhost"], timeout_s=0.5).fetch(f"https://localhost:{listener.getsockname()[1]}/")
        ended.set()
        greeting.join()


def test_a_proxy_of_the_environment_is_not_asked(site: str, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would resolve the name again, and reach what this machine does not."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert fetcher.fetch(f"{site}/page").data == PAGE


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://0.0.0.0/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://168.63.129.16/",
        "http://100.100.100.200/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b:1::7f00:1]/",
        "http://[::ffff:0:7f00:1]/",
        "http://[::ffff:a00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[2001:0:7f00:1::]/",
        "http://①②⑦.⓪.⓪.①/",
        "http://127。0。0。1/",
        "http://[fd00:ec2::254]/",
        "http://[fe80::1]/",
        "http://[ff02::1]/",
        "http://[fec0::1]/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/",
        "s3://bucket/articles",
        "github://someone:news@main/a.txt",
        "memory://articles",
        "data:text/plain,x",
        "http://user:secret@example.org/",
        "http://example.org:22/",
        "http://example.org:6379/",
        "http://example.org\r\nX: y/",
        "http:///path",
        "http://[broken/",
        "//example.org/",
        "",
    ],
)
def test_what_is_not_of_the_public_internet_is_refused_unasked(url: str) -> None:
    with pytest.raises(AddressRefused):
        Fetcher().fetch(url)


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers a public address first and a private one then is asked once."""
    answers = ["93.184.215.14", "127.0.0.1"]
    real, connected = socket.getaddrinfo, []

    def resolve(host: str, port: int, *rest: Any, **options: Any) -> Any:
        return real(answers.pop(0) if host == "rebinding.example" else host, port, *rest, **options)

    def connect(address: tuple[str, int], *_: Any) -> socket.socket:
        connected.append(address)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchFailed):
        Fetcher().fetch("http://rebinding.example/")
    assert connected == [("93.184.215.14", 80)] and answers == ["127.0.0.1"]


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 80)) for each in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(AddressRefused):
        Fetcher().fetch("http://mixed.example/")


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ip_address(address))


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>虚构日报</title><link>https://news.example/</link>
<item><title>甲</title><link>https://news.example/a/1</link><pubDate>Fri, 18 Jul 2031 08:00:00 +0800</pubDate></item>
<item><title>乙</title><guid>https://news.example/a/2</guid></item><item><title>无</title></item>
<item><link>https://news.example/a/1</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>丙</title><link rel="self" href="/x"/>
<link href="/a/3?x=1"/><updated>2031-07-19T00:00:00Z</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel/><item><title>丁</title><link>https://news.example/a/4</link>
<dc:date>2031-07-20</dc:date></item></rdf:RDF>"""


@pytest.mark.parametrize(
    ("feed", "expected"),
    [
        (RSS, [("https://news.example/a/1", "甲", "2031-07-18"), ("https://news.example/a/2", "乙", None)]),
        (ATOM, [("https://news.example/a/3?x=1", "丙", "2031-07-19")]),
        (RDF, [("https://news.example/a/4", "丁", "2031-07-20")]),
    ],
)
def test_feeds_of_every_form_list_their_articles_once(feed: str, expected: list[tuple[str, str, str | None]]) -> None:
    found = read_feed(feed.encode(), "https://news.example/feed")
    assert [(each.url, each.title, each.date) for each in found] == expected


def test_a_feed_of_gbk_is_read() -> None:
    feed = RSS.replace('"1.0"', '"1.0" encoding="gb2312"').encode("gb2312")
    assert read_feed(feed, "https://news.example/feed")[0].title == "甲"


def test_entities_of_a_feed_are_not_expanded_and_nothing_is_read_for_them() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE rss [<!ENTITY l0 "ha"><!ENTITY s SYSTEM "file:///etc/hostname">{laughs}]>'
    feed = RSS.replace('"1.0"?>', f'"1.0"?>{head}', 1).replace("甲", "&l9;&s;")
    try:
        titles = [each.title or "" for each in read_feed(feed.encode(), "https://news.example/feed")]
    except SourceError:  # the parser gives up on it
        titles = []
    assert not any("ha" in title or socket.gethostname() in title for title in titles)


@pytest.mark.parametrize(
    "data", [b"", b"text", b"<html><body>page</body></html>", b"<rss><channel/></rss>", b"\xff\xfe"]
)
def test_what_is_no_feed_or_lists_nothing_is_told(data: bytes) -> None:
    with pytest.raises(SourceError):
        read_feed(data, "https://news.example/feed")


def test_addresses_in_a_feed_are_of_the_web() -> None:
    feed = RSS.replace("https://news.example/a/1", "javascript:alert(1)").replace(
        "https://news.example/a/2", "file:///a"
    )
    with pytest.raises(SourceError):
        read_feed(feed.encode(), "https://news.example/feed")
