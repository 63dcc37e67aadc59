"""Annotated names found again in the text: from document annotations to spans to learn from (对齐)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from extract.analysis import Token
from extract.text import clean
from graph.schema import EntityType

__all__ = ["Span", "align"]

# What may stand inside a name in the text though the annotation leaves it out.
_GAP = r"[\s“”\"'‘’《》〈〉·()\-]{0,2}"
_IGNORED = frozenset("“”\"'‘’《》〈〉·()")
_WORD = re.compile(r"[A-Za-z0-9]")


class Span(NamedTuple):
    """A name at ``[start, end)`` of the clean text; ``entity`` is the number of the annotated entity."""

    start: int
    end: int
    type: EntityType
    entity: int


def align(text: str, entities: Sequence[dict[str, Any]], tokens: Sequence[Token] = ()) -> list[Span]:
    """Every occurrence of the annotated names, the longest first, without overlaps.

    Args:
        text: clean text.
        entities: annotations with ``type``, ``name`` and ``aliases``.
        tokens: words; a name of up to three characters inside a longer word is no occurrence.
    """
    inside = {place: token for token in tokens for place in range(token.start, token.end)}
    found = [
        (start - end, start, number)
        for number, entity in enumerate(entities)
        for name in {entity["name"], *entity.get("aliases", ())}
        for start, end in _occurrences(text, clean(name).text)
    ]
    taken = bytearray(len(text))
    spans = []
    for size, start, number in sorted(found):
        end, type_ = start - size, EntityType(entities[number]["type"])
        if any(taken[start:end]) or _part_of_word(start, end, type_, inside.get(start)):
            continue
        taken[start:end] = b"\1" * (end - start)
        spans.append(Span(start, end, type_, number))
    return sorted(spans)


def _occurrences(text: str, name: str) -> Iterator[tuple[int, int]]:
    characters = [re.escape(c) for c in name if not c.isspace() and c not in _IGNORED]
    for match in re.finditer(_GAP.join(characters), text) if characters else ():
        start, end = match.span()
        if _cuts_word(text, start - 1, start) or _cuts_word(text, end - 1, end):
            continue
        # The bracket that closes inside the name belongs to it.
        if text[end : end + 1] == ")" and name.endswith(")") and match[0].count("(") > match[0].count(")"):
            end += 1
        yield start, end


def _cuts_word(text: str, left: int, right: int) -> bool:
    """Whether a Latin word or number goes on from one place to the next."""
    if not 0 <= left < right < len(text) or (text[right].isdigit() and not text[left].isdigit()):
        return False
    return bool(_WORD.match(text[left]) and _WORD.match(text[right]))


def _part_of_word(start: int, end: int, type_: EntityType, word: Token | None) -> bool:
    if word is None or end - start > 3 or type_ is EntityType.PERSON:
        return False
    if not (word.start <= start and end <= word.end and (word.start, word.end) != (start, end)):
        return False
    return type_ is EntityType.PLACE or (end - start <= 2 and len(word.word) > end - start + 1)
