"""Which documents are reprints of each other (转载), so that a text that many outlets carry counts as one source.

    text ──signature──▶ 8 band hashes    two documents that share one are candidates: an index look-up a band
    candidates ──is_reprint──▶ pairs     the texts themselves decide
    pairs ──clusters──▶ cluster of each document

A signature is a MinHash of the text's character shingles (A. Broder, On the resemblance and containment of documents,
1997), cut into bands (J. Leskovec, A. Rajaraman, J. Ullman, Mining of Massive Datasets, chapter 3). It is arithmetic
modulo 2**64 on code points, so a text has the same bands in any process and on any machine: they may be stored.
`docs/identity.md` tells where the thresholds come from and how well they work.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.names.spelling import to_simplified

__all__ = ["BANDS", "MAX_DAYS", "SHORTEST", "Signature", "clusters", "is_reprint", "signature"]

BANDS = 8
"""Bands of a signature. Of pairs whose shingles have Jaccard index J they make 1 - (1 - J**2)**8 candidates."""

SHORTEST = 80
"""Letters and digits below which a text is not judged: even a short headline is too large a part of it."""

MAX_DAYS = 30
"""Days between two publications from which on the same words are another occasion: the call of each year (公告)."""

_WIDTH = 8
_ROWS = 2
_CONTAINMENT = 0.87
_FEW_WORDS = 2
_WORDS_PER_CHARACTER = 1 / 500
_SHORTER_AT_LEAST = 0.5  # from half on, two texts that a third one holds must overlap: a digest joins nothing

_Hashes = NDArray[np.uint64]


def _random(name: str, count: int) -> _Hashes:
    """Fixed random numbers; numpy's own generators may give others in its next version."""
    return np.frombuffer(hashlib.shake_128(f"huitu {name}".encode()).digest(8 * count), "<u8").astype(np.uint64)


_ODD = np.uint64(1)
_OF_SHINGLE = _random("shingle", _WIDTH) | _ODD
_OF_BAND = _random("band", _ROWS) | _ODD
_FACTORS = _random("factors", BANDS * _ROWS)[:, None] | _ODD
_SUMMANDS = _random("summands", BANDS * _ROWS)[:, None]

_TAG = re.compile(r"<[^<>]*>")
_MARKS = re.compile(r"[\W_]+")
# Source, time and byline differ from print to print. The time of an event (时间：2025年7月18日) stays.
_SOURCE_LINE = re.compile(
    r"(?:来源|作者|编辑|责编|审核|发布时间|发布日期|阅读|浏览|点击)[^:]{0,4}:"
    r"|\b20\d\d[-/]\d\d?[-/]\d\d?"
    r"|^\(?20\d\d年\d\d?月\d\d?日(?:\d\d?[:时]\d\d分?)?\)?$"
)
_SOURCE_LINE_AT_MOST = 80
_NUMERALS = "0123456789〇零一二三四五六七八九十百千万亿两"
_NUMBER = re.compile(f"[{_NUMERALS}]+")


@dataclass(frozen=True, slots=True)
class Signature:
    """What a document is found by: ``bands`` are `BANDS` signed 64-bit integers, none where the text is too short."""

    bands: tuple[int, ...]

    @property
    def properties(self) -> dict[str, int]:
        """The bands as properties of a node: ``band_0`` to ``band_7``."""
        return {f"band_{number}": band for number, band in enumerate(self.bands)}


def signature(text: str) -> Signature:
    """The signature of a document's text; the time grows with its length.

    Args:
        text: the text as it is stored, with or without markup.
    """
    compared = _compared(text)
    if len(compared) < SHORTEST:
        return Signature(())
    # a * x + b with an odd a permutes the numbers modulo 2**64; the least of each permutation is a MinHash.
    least = (_shingles(compared) * _FACTORS + _SUMMANDS).min(axis=1)
    bands = _mixed(least.reshape(BANDS, _ROWS) @ _OF_BAND)
    return Signature(tuple(bands.view(np.int64).tolist()))


def is_reprint(one_text: str, other_text: str, *, days_apart: int | None = None) -> bool:
    """Whether one text is a reprint of the other, or both are of a third; the order does not matter.

    The shorter text is at least half as long as the longer one and nearly all of it stands there. In the same place
    the two say no other number (第九届 for 第八届), not twice the same other word (俄文版 for 法文版), and few other
    words at all: else they follow one pattern and tell of two things.

    Args:
        one_text, other_text: the texts as they are stored.
        days_apart: days between the publications, of either sign; None where one is not known.

    Returns:
        False too where a text is shorter than `SHORTEST`.
    """
    if days_apart is not None and abs(days_apart) > MAX_DAYS:
        return False
    shorter, longer = sorted((_compared(one_text), _compared(other_text)), key=lambda text: (len(text), text))
    if len(shorter) < max(SHORTEST, _SHORTER_AT_LEAST * len(longer)):
        return False
    one, other = np.unique(_shingles(shorter)), np.unique(_shingles(longer))
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared >= _CONTAINMENT * min(len(one), len(other)) and not _contradict(shorter, longer)


def clusters(pairs: Iterable[tuple[str, str]], dates: Mapping[str, str | None]) -> dict[str, str]:
    """The cluster of each document in ``pairs``: documents that a chain of reprints connects.

    Args:
        pairs: ids of two documents that are reprints of each other, in any order.
        dates: id to day of publication (``YYYY-MM-DD``); a document without one counts as the latest.

    Returns:
        Id to the id of its cluster, which is that of the cluster's earliest document (of one day: the smallest id).
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from(pairs)
    found: dict[str, str] = {}
    for component in nx.connected_components(graph):
        first = min(component, key=lambda id: (dates.get(id) is None, dates.get(id) or "", id))
        found |= dict.fromkeys(component, first)
    return dict(sorted(found.items()))


def _compared(text: str) -> str:
    """The letters and digits of the text in one width, script and case, without markup and lines of its source."""
    text = unicodedata.normalize("NFKD", html.unescape(_TAG.sub("\n", text))).translate(to_simplified())
    kept = (line for line in text.splitlines() if not _is_source_line("".join(line.split())))
    return _MARKS.sub("", "".join(kept)).casefold()


def _is_source_line(line: str) -> bool:
    return len(line) <= _SOURCE_LINE_AT_MOST and _SOURCE_LINE.search(line) is not None


def _shingles(text: str) -> _Hashes:
    """A hash of every `_WIDTH` characters in a row; 64 bits hardly ever make two of them one."""
    codes = np.frombuffer(text.encode("utf-32-le"), "<u4").astype(np.uint64)
    return _mixed(np.convolve(codes, _OF_SHINGLE, "valid"))


def _mixed(hashes: _Hashes) -> _Hashes:
    """Numbers each bit of which depends on all bits of the old one: the last step of MurmurHash3 (A. Appleby, 2011)."""
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        hashes = (hashes ^ (hashes >> np.uint64(33))) * np.uint64(factor)
    return hashes ^ (hashes >> np.uint64(33))


def _contradict(one: str, other: str) -> bool:
    """Whether the texts, where they part between shared passages, say another number or too many other words."""
    words: Counter[tuple[str, str]] = Counter()
    for (start, end), (other_start, other_end) in _partings(one, other):
        numbers, other_numbers = _numbers(one, start, end), _numbers(other, other_start, other_end)
        if numbers - other_numbers and other_numbers - numbers:
            return True
        if start < end and other_start < other_end:
            words[one[start:end], other[other_start:other_end]] += 1
    return words.total() > max(_FEW_WORDS, len(one) * _WORDS_PER_CHARACTER) or max(words.values(), default=0) > 1


def _partings(one: str, other: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Spans of the two texts that stand in the same place and differ; one of the two may be empty.

        one    论坛由厦门市主办，  18日开幕，三百人出席
        other  论坛由厦门市主办，7月18日开幕，      与会

    What comes before the first or after the last shared passage is no parting: another headline, the end cut off.
    """
    for (left, other_left), (right, other_right) in pairwise(_shared(one, other)):
        if one[left:right] == other[other_left:other_right]:
            continue
        while one[left] == other[other_left] and left < right and other_left < other_right:
            left, other_left = left + 1, other_left + 1
        while one[right - 1] == other[other_right - 1] and left < right and other_left < other_right:
            right, other_right = right - 1, other_right - 1
        yield (left, right), (other_left, other_right)


def _shared(one: str, other: str) -> list[tuple[int, int]]:
    """Places of shingles that each text holds once, in the order of both: the longest such row (patience diff)."""
    places, other_places = _single(one), _single(other)
    points = [(place, other_places[shingle]) for shingle, place in places.items() if shingle in other_places]
    # The longest increasing subsequence: row[n] is the point that ends the rows of n + 1 points earliest.
    ends: list[int] = []
    row: list[int] = []
    before: list[int | None] = []
    for number, (_, place) in enumerate(points):
        length = bisect_left(ends, place)
        before.append(row[length - 1] if length else None)
        ends[length : length + 1] = [place]
        row[length : length + 1] = [number]
    found = []
    point = row[-1] if row else None
    while point is not None:
        found.append(points[point])
        point = before[point]
    return found[::-1]


def _single(text: str) -> dict[str, int]:
    """Place of each shingle that the text holds once only, in the order of the text."""
    shingles = [text[place : place + _WIDTH] for place in range(len(text) - _WIDTH + 1)]
    counts = Counter(shingles)
    return {shingle: place for place, shingle in enumerate(shingles) if counts[shingle] == 1}


def _numbers(text: str, start: int, end: int) -> set[str]:
    """The numbers within the span or reaching into it, whole."""
    while start and text[start - 1] in _NUMERALS:
        start -= 1
    while end < len(text) and text[end] in _NUMERALS:
        end += 1
    return set(_NUMBER.findall(text[start:end]))
