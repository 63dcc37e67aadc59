"""Chat completions of an OpenAI-compatible endpoint: one question, one answer, with patience and within a budget.

    asked ── 200 ──▶ answer
      │ ▲
      │ └─ wait ── 408 409 425 429 5xx, no connection, broken off, too slow     at most ``retries`` times
      ├── 3xx 401 403 404 405 ──▶ ServiceFailed: no document will fare better
      └── other 4xx, no text, too much of it ──▶ Unusable: another document may

Neither the key nor what is asked and answered goes into a log or an error.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from extract.engines.llm.settings import LlmSettings
from extract.engines.llm.spending import Spending
from extract.errors import ServiceFailed

__all__ = ["Client", "Unusable"]

_MOST_BYTES = 4_000_000  # of an answer
_MOST_ERROR_BYTES = 64_000
_LONGEST_OWN_WAIT_S = 60.0
_LONGEST_WAIT_S = 300.0  # that a server may ask for
_AGAIN = frozenset({408, 409, 425, 429})
_FOR_ALL = frozenset({401, 403, 404, 405})
_CODE = re.compile(r"[\w.-]{1,60}")


class Unusable(Exception):
    """There is no answer to this question that can be used; ``problem`` says why, in no words of the server."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class _Again(Exception):
    """A request found no answer and may be sent again, after ``wait_s`` seconds where the server said so."""

    def __init__(self, problem: str, wait_s: float | None = None) -> None:
        super().__init__(problem)
        self.wait_s = wait_s


class Client:
    """Asks the endpoint of the settings.

    Args:
        settings: address, key, limits.
        spending: where the cost is kept.
        sleep: waits some seconds.
    """

    def __init__(self, settings: LlmSettings, spending: Spending, sleep: Callable[[float], object]) -> None:
        key = settings.key.get_secret_value() if settings.key else None
        self._http = httpx.Client(
            base_url=settings.url,
            headers={
                "Accept-Encoding": "identity",
                "Content-Type": "application/json",
                **({"Authorization": f"Bearer {key}"} if key else {}),
            },
            timeout=settings.timeout_s,
            follow_redirects=False,
        )
        self._where = settings.url
        self._timeout_s = settings.timeout_s
        self._retries = settings.retries
        self._places = threading.BoundedSemaphore(settings.concurrency)
        self._spending = spending
        self._sleep = sleep

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def ask(self, body: Mapping[str, Any]) -> str:
        """The text that the model answers.

        Raises:
            Unusable: the server refuses this question, or what it answers is no text of a bounded size.
            ServiceFailed: it does not answer, or refuses everything.
            BudgetSpent: nothing more may be asked.
        """
        attempts = 0
        with self._places:  # also while it waits: a server that is busy is not asked by others meanwhile
            while True:
                self._spending.check()
                attempts += 1
                try:
                    return self._text(body, self._send(body))
                except _Again as error:
                    wait_s = min(2.0 ** (attempts - 1), _LONGEST_OWN_WAIT_S) if error.wait_s is None else error.wait_s
                    if attempts > self._retries or wait_s > _LONGEST_WAIT_S:
                        hint = "What was answered is in the cache and costs nothing again: try later."
                        raise self._failed(f"{error}, {attempts} times", hint) from error
                    self._sleep(wait_s)

    def _send(self, body: Mapping[str, Any]) -> bytes:
        until = time.monotonic() + self._timeout_s
        try:
            with self._http.stream("POST", "chat/completions", content=_sendable(body)) as response:
                good = response.status_code == httpx.codes.OK
                content = _read(response, _MOST_BYTES if good else _MOST_ERROR_BYTES, until)
        except httpx.TimeoutException as error:
            raise _Again(f"no answer within {self._timeout_s:g} seconds") from error
        except httpx.RequestError as error:
            raise _Again(f"no connection, or one that broke off ({type(error).__name__})") from error
        if not good:
            raise self._refusal(response, _code(content))
        return content

    def _refusal(self, response: httpx.Response, code: str) -> Exception:
        status = response.status_code
        said = f"status {status}{code}"
        if status in _AGAIN or status >= 500:
            return _Again(said, _wait_s(response.headers.get("Retry-After")))
        if status in _FOR_ALL or status < 400:
            return self._failed(said, "Are HUITU_LLM_URL, HUITU_LLM_KEY and HUITU_LLM_MODEL right?")
        return Unusable(
            f"the server refuses the request with {said}; if it takes no JSON schema, set HUITU_LLM_FORMAT=json_object"
        )

    def _text(self, body: Mapping[str, Any], content: bytes) -> str:
        if len(content) > _MOST_BYTES:
            self._count(body, None, len(content))
            raise Unusable(f"the answer is longer than {_MOST_BYTES:,} bytes")
        try:
            answer = json.loads(content)
            choice = answer["choices"][0]
            text, finish = choice["message"]["content"], choice.get("finish_reason")
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
            self._count(body, None, len(content))
            raise Unusable("the answer is no chat completion") from error
        self._count(body, answer.get("usage"), len(text) if isinstance(text, str) else 0)
        if finish == "length":
            raise Unusable("the answer is cut off; give max_tokens more in HUITU_LLM_OPTIONS, or lower HUITU_LLM_PART")
        if not isinstance(text, str) or not text.strip():
            why = f" ({finish})" if isinstance(finish, str) and _CODE.fullmatch(finish) else ""
            raise Unusable(f"the model answers no text{why}")
        return text

    def _count(self, body: Mapping[str, Any], usage: object, length: int) -> None:
        counted = usage if isinstance(usage, dict) else {}
        tokens_in, tokens_out = (counted.get(f"{kind}_tokens") for kind in ("prompt", "completion"))
        if isinstance(tokens_in, int) and isinstance(tokens_out, int) and min(tokens_in, tokens_out) >= 0:
            self._spending.add(tokens_in, tokens_out, estimated=False)
        else:
            asked = sum(len(message["content"]) for message in body["messages"])
            self._spending.add(asked, length, estimated=True)

    def _failed(self, problem: str, hint: str) -> ServiceFailed:
        return ServiceFailed("llm", f"{self._where}: {problem}", hint=hint)


def _sendable(body: Mapping[str, Any]) -> bytes:
    """The body as JSON, with ? for half a surrogate pair, which is no character."""
    return json.dumps(body, ensure_ascii=False).encode(errors="replace")


def _read(response: httpx.Response, most: int, until: float) -> bytes:
    """The body of a response that is not too slow, of one that is too long a little more than ``most`` bytes."""
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > most:
            break
        if time.monotonic() > until:
            raise httpx.ReadTimeout("the whole answer takes too long")
    return bytes(content)


def _code(content: bytes) -> str:
    """The code of an error in brackets, if it has one; its message may repeat the key or the article."""
    try:
        error = json.loads(content)["error"]
        code = error.get("code") or error.get("type")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""
    return f" ({code})" if isinstance(code, str) and _CODE.fullmatch(code) else ""


def _wait_s(value: str | None) -> float | None:
    """The seconds that a header Retry-After asks for: as a number or until a time; None for what is neither."""
    if value is None:
        return None
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", value.strip()):
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
