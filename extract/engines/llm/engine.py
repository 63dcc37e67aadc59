"""The engine ``llm``: asks a language model about each part of a document, or about the claims of another engine."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from extract.engine import Judge, failing_alone
from extract.engines.joined import joined
from extract.engines.llm.cache import Cache
from extract.engines.llm.client import Client, Unusable
from extract.engines.llm.prompt import EXTRACTION, VERDICTS, Message, extraction_messages, in_words, verdict_messages
from extract.engines.llm.reading import BadAnswer, read_extraction, read_verdicts
from extract.engines.llm.settings import LlmSettings
from extract.engines.llm.spending import Spending
from extract.errors import ExtractionFailed
from extract.text import cut_behind
from extract.version import fingerprint
from graph.schema import Document, Extraction

__all__ = ["Llm", "parts_of"]

T = TypeVar("T")

_CLAIMS = 20  # put before the model at a time
_AROUND = 120  # characters shown on either side of a quote
_REPEATED = 4000  # characters of a bad answer that are shown to the model again


class Llm(Judge):
    """A language model behind an OpenAI-compatible endpoint.

    Args:
        settings: where it is, and what it may cost.
        sleep: waits some seconds before a request is sent again.
    """

    name = "llm"
    varies = "a model that is asked again may answer otherwise; what it has answered is kept in the cache"

    def __init__(self, settings: LlmSettings, sleep: Callable[[float], object] = time.sleep) -> None:
        self._settings = settings
        self.concurrency = settings.concurrency
        self.below = settings.below
        asked = json.dumps([fingerprint(), settings.format, settings.options, settings.part], sort_keys=True)
        self.version = f"{settings.model} {hashlib.sha256(asked.encode()).hexdigest()[:8]}"
        self.spending = Spending(settings.price_in, settings.price_out, settings.budget_tokens, settings.budget)
        self._client = Client(settings, self.spending, sleep)
        self._cache = Cache(settings.cache)
        self._dropped: Counter[str] = Counter()
        self._judged: Counter[str] = Counter()
        self._turn = threading.Lock()

    def extract(self, document: Document) -> Extraction:
        """What the model says of a document, as far as the text bears it out.

        Raises:
            ServiceFailed: the endpoint does not answer, or refuses everything.
            BudgetSpent: nothing more may be asked.
            ExtractionFailed: there is no answer that can be used about this document.
        """
        with failing_alone(self.name, document):
            parts = [self._part(document, span) for span in parts_of(document.text, self._settings.part)]
            return joined(document, parts) if parts else Extraction(document)

    def dismissed(self, extraction: Extraction, doubtful: Sequence[int]) -> frozenset[int]:
        """Those of the doubtful relations that the model says do not hold; what it says nothing of stays."""
        found: set[int] = set()
        for begin in range(0, len(doubtful), _CLAIMS):
            some = doubtful[begin : begin + _CLAIMS]
            messages = verdict_messages([_claim(extraction, number) for number in some])
            found |= self._answered(extraction.document.key, messages, VERDICTS, partial(read_verdicts, numbers=some))
        with self._turn:
            self._judged.update(judged=len(doubtful), dismissed=len(found))
        return frozenset(found)

    def account(self) -> Sequence[str]:
        """Requests, tokens and cost; what was judged; what was dropped, by reason."""
        lines = [f"llm: {self.spending.told()}"]
        if self._judged:
            lines.append(f"llm: {self._judged['judged']} claims judged, {self._judged['dismissed']} of them dismissed")
        if self._dropped:
            reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(self._dropped.items()))
            lines.append(f"llm: {self._dropped.total()} names and claims dropped: {reasons}")
        return lines

    def close(self) -> None:
        self._client.close()

    def _part(self, document: Document, span: tuple[int, int]) -> Extraction:
        messages = extraction_messages(document.text[slice(*span)], document.date)
        extraction, dropped = self._answered(
            document.key, messages, EXTRACTION, partial(read_extraction, document=document, span=span)
        )
        with self._turn:
            self._dropped.update(dropped)
        return extraction

    def _answered(
        self, document: str, messages: Sequence[Message], schema: Mapping[str, Any], read: Callable[[str], T]
    ) -> T:
        """What ``read`` makes of the model's answer, or of the one that was kept."""
        body = self._body(messages, schema)
        key = Cache.key(body)
        kept = self._cache.get(key)
        if kept is not None:
            try:
                found = read(kept)
            except BadAnswer:  # an earlier version could read it: it is asked for again
                pass
            else:
                self.spending.add_cached()
                return found
        try:
            answer, found = self._asked(body, read)
        except (Unusable, BadAnswer) as error:
            raise ExtractionFailed(document, f"engine 'llm': {error}") from error
        self._cache.put(key, answer)
        return found

    def _asked(self, body: dict[str, Any], read: Callable[[str], T]) -> tuple[str, T]:
        """The first answer that can be read, and what it says; of others the model is told what is wrong with them."""
        asked: list[Message] = body["messages"]
        answer = self._client.ask(body)
        for _ in range(self._settings.repairs):
            try:
                return answer, read(answer)
            except BadAnswer as error:
                wrong = f"上面的回答不能用（{error}）。请重新回答：只输出一个完整的 JSON 对象。"
                again = [{"role": "assistant", "content": answer[:_REPEATED]}, {"role": "user", "content": wrong}]
                answer = self._client.ask({**body, "messages": [*asked, *again]})
        return answer, read(answer)

    def _body(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> dict[str, Any]:
        form = self._settings.format
        body = {**self._settings.options, "model": self._settings.model, "messages": list(messages)}
        if form == "json_schema":
            described = {"name": "answer", "strict": True, "schema": schema}
            return {**body, "response_format": {"type": form, "json_schema": described}}
        body["messages"] = in_words(messages, schema)
        return body if form == "text" else {**body, "response_format": {"type": form}}


def parts_of(text: str, longest: int) -> Iterator[tuple[int, int]]:
    """The spans of a text that a model is shown, in order: cut between paragraphs, else lines, else sentences.

    Spans without a letter or digit are left out.
    """
    start = 0
    while start < len(text):
        end = start + longest
        if end < len(text):
            end = cut_behind(("\n\n", "\n", "。"), text, start + longest // 2, end)
        end = min(end, len(text))
        if any(character.isalnum() for character in text[start:end]):
            yield start, end
        start = end


def _claim(extraction: Extraction, number: int) -> dict[str, Any]:
    """A relation as the model is asked about it, with the words around its quote."""
    relation = extraction.relations[number]
    names = {entity.id: entity.name for entity in extraction.entities}
    quote = relation.evidence[0]
    text = extraction.document.text[max(0, quote.start - _AROUND) : quote.end + _AROUND]
    return {
        "number": number,
        "type": relation.type,
        "head": names[relation.head],
        "tail": names[relation.tail],
        "modality": relation.modality,
        "text": text,
    }
