"""Sentences of the clean text, grouped into sections: the items of a digest, so that facts do not leak between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from extract.analysis import Analysis, Sentence
from extract.text import cut_behind

__all__ = ["split_sentences"]

# What has no end for so many characters is no sentence; it is cut at a mark within.
_LONGEST = 2_000
# A sentence ends after 。！？ (and the quote or bracket that closes it), at a line's end, or where the list of a page
# goes on with " - "; between figures that is a span.
_SENTENCE = re.compile(r"(?:(?!(?<!\d) - (?!\d))[^。！？!?\n])*(?:[。！？!?]+[”’\")）》]*|\n| (?=- )|\Z)")
# The first line of an item in a digest begins with a bullet.
_ITEM = re.compile(r"\n[^\S\n]*[●◆■▲★▶►◎○□※·]")

# Digests without bullets say in their title what they are; their items stand under headlines.
_DIGEST = re.compile(r"快讯|会讯|简讯|周报|简报|速览|一周|要闻|动态")
# Without a title they have a headline above each paragraph, and many.
_MANY, _MOST_OF_THEM = 4, 0.4
_LINE = re.compile(r"[^\n]+")


def split_sentences(analysis: Analysis) -> Analysis:
    """Add the sentences of the document."""
    return replace(analysis, sentences=tuple(_sentences(analysis.text, list(_section_starts(analysis.text)))))


def _sentences(text: str, starts: list[int]) -> Iterator[Sentence]:
    section = 0
    for match in _SENTENCE.finditer(text):
        while section + 1 < len(starts) and starts[section + 1] <= match.start():
            section += 1
        start = match.start()
        while match.end() - start > _LONGEST:
            cut = cut_behind(";,、 ", text, start + 1, start + _LONGEST)
            if text[start:cut].strip():
                yield Sentence(start, cut, section)
            start = cut
        if text[start : match.end()].strip():
            yield Sentence(start, match.end(), section)


def _section_starts(text: str) -> Iterator[int]:
    """Where sections begin; a text with fewer than three items is one section."""
    yield 0
    heads = [match.start() + 1 for match in _ITEM.finditer(text)]
    # Items tell something in sentences; a list of hosts or guests belongs to the text around it.
    heads = [start for start, end in pairwise([*heads, len(text)]) if "。" in text[start:end]]
    if len(heads) < 3:
        lines = sum(1 for line in _LINE.finditer(text) if line.group().strip())
        headlines = list(_headlines(text))
        if _DIGEST.search(text[:60]) or len(headlines) >= max(_MANY, lines * _MOST_OF_THEM):
            heads = headlines
    if len(heads) >= 3:
        yield from heads


def _headlines(text: str) -> Iterator[int]:
    """Where lines begin that are headlines: short, without a full stop, above a paragraph that has one."""
    lines = [match for match in _LINE.finditer(text) if match.group().strip()]
    for line, below in pairwise(lines):
        headline = line.group().strip()
        if line.start() and 6 <= len(headline) <= 45 and headline[-1] not in "。,;:!?" and "。" in below.group():
            yield line.start()
