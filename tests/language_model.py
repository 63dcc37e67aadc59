"""An endpoint that speaks the protocol of chat completions on a real socket, with a model that reads in one way."""

from __future__ import annotations

import json
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ["LanguageModel", "Reply", "answered", "data_of", "read", "running", "usual"]

PATTERNS = {
    "HOSTED_BY": (r"(?P<Forum>第.届\w\w论坛)由(?P<Organization>\w\w大学)主办", "Forum", "Organization", "主办"),
    "AFFILIATED_WITH": (r"(?P<Organization>\w\w大学)校长(?P<Person>\w{3})", "Person", "Organization", "校长"),
}


@dataclass(frozen=True)
class Reply:
    """What the endpoint does with a request: answers, after ``until`` is set, in ``pieces``; or breaks off."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    until: threading.Event | None = None
    broken: bool = False
    endless: bool = False


def answered(content: object, usage: object = "counted", **more: Any) -> Reply:
    """A chat completion with that content."""
    text = content if isinstance(content, str) or content is None else json.dumps(content, ensure_ascii=False)
    counted = {"prompt_tokens": 100, "completion_tokens": 10} if usage == "counted" else usage
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop", **more}
    return Reply(json.dumps({"object": "chat.completion", "choices": [choice], "usage": counted}).encode())


def data_of(body: Mapping[str, Any]) -> str:
    """What a request has between its marks."""
    found = re.search(r"<(data-\w+)>\n(.*)\n</\1>", body["messages"][1]["content"], re.DOTALL)
    assert found is not None
    return found[2]


def read(text: str) -> dict[str, Any]:
    """The answer of a model that understands two wordings."""
    entities: dict[tuple[str, str], str] = {}
    relations = []
    for kind, (pattern, head, tail, role) in PATTERNS.items():
        for found in re.finditer(pattern, text):
            ids = [entities.setdefault((type, found[type]), f"x{len(entities)}") for type in (head, tail)]
            said = {"type": kind, "head": ids[0], "tail": ids[1], "quote": found[0], "role": role, "modality": "held"}
            relations.append({**said, "at": None, "first_day": None, "last_day": None, "topic": None})
    listed = [{"id": id, "type": type, "name": name, "aliases": []} for (type, name), id in entities.items()]
    return {"entities": listed, "relations": relations}


def usual(body: Mapping[str, Any]) -> Reply:
    """Reads an article; lets all claims stand."""
    data = data_of(body)
    if "verdicts" in body["messages"][0]["content"] or "核对" in body["messages"][0]["content"]:
        numbers = [json.loads(line)["number"] for line in data.splitlines()]
        return answered({"verdicts": [{"number": number, "holds": True} for number in numbers]})
    return answered(read(data))


class LanguageModel:
    """The endpoint: ``next`` holds replies that come first, ``usual`` gives the others."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.next: deque[Reply] = deque()
        self.usual: Callable[[Mapping[str, Any]], Reply] = usual
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[Mapping[str, str]] = []
        self.paths: list[str] = []
        self.under_way = self.most_under_way = 0
        self.turn = threading.Lock()


@contextmanager
def running() -> Iterator[LanguageModel]:
    """An endpoint that answers as long as the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with model.turn:
                model.bodies.append(body)
                model.headers.append(dict(self.headers))
                model.paths.append(self.path)
                model.under_way += 1
                model.most_under_way = max(model.most_under_way, model.under_way)
                reply = model.next.popleft() if model.next else model.usual(body)
            try:
                self.answer(reply)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # it has not waited
            finally:
                with model.turn:
                    model.under_way -= 1

        def answer(self, reply: Reply) -> None:
            if reply.until is not None:
                reply.until.wait(30)
            if reply.broken:
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(10**9 if reply.endless else len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)
            while reply.endless:
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.01)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model = LanguageModel(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
