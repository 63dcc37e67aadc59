"""Features of each character of a text as 64-bit keys, made with whole-array operations (特征).

A template combines a few columns (the character two to the left, the word's tag, what the lexicons say ...); its keys
are hashes of its number and the columns' values. Nothing is looked up in Python for a single character.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from extract.analysis import Token
from extract.tagger import gazetteer

__all__ = ["features"]

Column = NDArray[np.int64]
Keys = NDArray[np.uint64]

# SplitMix64's constants (Steele, Lea, Flood 2014): well mixed bits from a multiply and a shift.
_STEP, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
_SHIFT, _HALF = np.uint64(29), np.uint64(32)
_MARKS = (" ", "\n", ",", "、", "。!?;", '“‘"', "”’", "《〈", "》〉", "(", ")", ":", "·", "-–—", "/|", "年", "第", "届")
_TYPE_OF_MARK = {character: 7 + number for number, group in enumerate(_MARKS) for character in group}
_LINE, _COLON, _YEAR = _TYPE_OF_MARK["\n"], _TYPE_OF_MARK[":"], _TYPE_OF_MARK["年"]
_DIGIT = 3
_IS_DELIMITER = np.isin(np.arange(7 + len(_MARKS)), [_TYPE_OF_MARK[c] for c in "\n,、。:/"])
_PAIRS = {
    name: (_TYPE_OF_MARK[a], _TYPE_OF_MARK[b]) for name, a, b in (("“", "“", "”"), ("《", "《", "》"), ("(", "(", ")"))
}
# Parts of speech that cut a noun phrase off: verbs, prepositions, conjunctions, particles, pronouns, adverbs.
_CUTTING = "vpcurdwfy"
_TITLE = gazetteer.HEAD_KINDS["titles"] * 8
_FAR = 15


class _Templates:
    """Collects the keys of template after template."""

    def __init__(self, length: int) -> None:
        self._spare = np.empty(length, np.uint64)
        self.columns: list[Keys] = []

    def add(self, first: NDArray[np.int64] | NDArray[np.bool_], *parts: NDArray[np.int64] | NDArray[np.bool_]) -> None:
        key = _bits(first) ^ np.uint64(len(self.columns) + 1)
        self._mix(key)
        for part in parts:
            key ^= _bits(part)
            self._mix(key)
        key *= _MIX
        key ^= np.right_shift(key, _HALF, out=self._spare)
        self.columns.append(key)

    def _mix(self, key: Keys) -> None:
        key *= _STEP
        key ^= np.right_shift(key, _SHIFT, out=self._spare)


def _bits(part: NDArray[np.int64] | NDArray[np.bool_]) -> Keys:
    return part.view(np.uint64) if part.dtype == np.int64 else part.astype(np.uint64)


def features(text: str, tokens: Sequence[Token]) -> Keys:
    """Keys [character, template] of a text that is not empty; ``tokens`` cover it."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.int64)
    types = _types()[codes].astype(np.int64)
    folded = np.where(types == _DIGIT, ord("0"), codes)
    folded = np.where((codes >= ord("A")) & (codes <= ord("Z")), codes + 32, folded)
    templates = _Templates(len(codes))
    words = _Words(text, tokens)
    _add_characters(templates, folded, types, codes)
    _add_words(templates, words)
    _add_heads(templates, words, types, folded)
    _add_marks(templates, types, folded)
    for column in (gazetteer.names(text), gazetteer.words(text), gazetteer.characters(codes)):
        templates.add(column)
        templates.add(column, _shift(column, -1))
        templates.add(column, _shift(column, 1))
        templates.add(column, words.place, words.tags[0])
    _add_repeats(templates, folded, types)
    return np.array(templates.columns).T


class _Words:
    """Columns of the words of a text, one value a character."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        length = len(text)
        starts, ends, words, tags = zip(*tokens, strict=True)
        self.starts, self.ends = np.array(starts), np.array(ends)
        sizes = self.ends - self.starts
        self.of = np.repeat(np.arange(len(tokens)), sizes)
        hashes, hashed_tags = np.array([_hash(word) for word in words]), np.array([_hash(tag) for tag in tags])
        heads = np.array([gazetteer.head_kind(word) for word in words])
        self.cuts = np.array([tag[0] in _CUTTING and tag != "vn" for tag in tags])
        self.before = np.arange(length) - np.repeat(self.starts, sizes)
        self.behind = np.repeat(self.ends, sizes) - 1 - np.arange(length)
        self.place = (self.before > 0) * 1 + (self.behind > 0) * 2
        self.sizes = np.minimum(sizes, 5)[self.of]
        self.words = {k: _shift(hashes, k)[self.of] for k in range(-2, 3)}
        self.tags = {k: _shift(hashed_tags, k)[self.of] for k in range(-2, 3)}
        self.heads = {k: _shift(heads, k)[self.of] for k in (-1, 0, 1)}
        # The kind of head that ends at a character, 0 elsewhere.
        self.head_ends = np.zeros(length, np.int64)
        self.head_ends[self.ends - 1] = heads
        self.title_starts = np.zeros(length, bool)
        self.title_starts[self.starts[heads >= _TITLE]] = True


def _add_characters(templates: _Templates, folded: Column, types: Column, codes: Column) -> None:
    c = {k: _shift(folded, k, 1) for k in range(-3, 4)}
    y = {k: _shift(types, k, _LINE) for k in range(-3, 4)}
    for k in range(-3, 4):
        templates.add(c[k])
    for k in range(-3, 3):
        templates.add(c[k], c[k + 1])
    templates.add(c[-1], c[1])
    for k in range(-3, 2):
        templates.add(c[k], c[k + 1], c[k + 2])
    templates.add(c[-3], c[-2], c[-1], c[0])
    templates.add(c[0], c[1], c[2], c[3])
    templates.add(gazetteer.characters(codes), y[-1])
    templates.add(y[-1], y[0], y[1])
    templates.add(y[-3], y[-2], y[-1], y[0])
    templates.add(y[0], y[1], y[2], y[3])


def _add_words(templates: _Templates, words: _Words) -> None:
    w, t, place = words.words, words.tags, words.place
    for k in range(-2, 3):
        templates.add(place, w[k])
    templates.add(place, t[0])
    templates.add(place, t[-1], t[0])
    templates.add(place, t[0], t[1])
    templates.add(place, t[-1], t[0], t[1])
    templates.add(place, w[-1], t[0])
    templates.add(place, t[0], w[1])
    templates.add(place, t[-2], t[-1])
    templates.add(place, t[1], t[2])
    templates.add(np.minimum(words.before, 4), np.minimum(words.behind, 4), words.sizes, t[0])
    for k in (-1, 1):
        templates.add(_shift(place, k), _shift(t[0], k), place, t[0])
    h = words.heads
    templates.add(place, h[0] // 8, h[1] // 8, h[-1] // 8)
    templates.add(place, h[0])


def _add_heads(templates: _Templates, words: _Words, types: Column, folded: Column) -> None:
    """How far the head of the name lies to the right, and where the noun phrase begins and ends.

    中国科学院自动化研究所与  at 科: head 研究所, 8 characters on, phrase cut by 与 behind it
    """
    length = len(types)
    at = np.arange(length)
    delimiter = _IS_DELIMITER[types]
    noun_heads = np.where(words.head_ends < _TITLE, words.head_ends, 0)
    next_delimiter = _next(delimiter)
    cut_starts = np.zeros(length, bool)
    cut_starts[words.starts[words.cuts]] = True
    next_cut = _next(delimiter | cut_starts)
    next_head = _next(noun_heads > 0)
    reached = next_head < next_delimiter
    first = np.where(reached, noun_heads[np.minimum(next_head, length - 1)], 0)
    templates.add(first, np.where(reached, _bucket(next_head - at), _FAR))
    templates.add(first // 8, words.place)
    # The last head before a delimiter, a verb or a function word: the head of the longest phrase.
    stop = np.minimum(next_cut, length) - 1
    last_head = _last(noun_heads > 0)[np.maximum(stop, 0)]
    inside = last_head >= at
    head = np.where(inside, noun_heads[np.maximum(last_head, 0)], 0)
    distance = np.where(inside, _bucket(last_head - at), _FAR)
    templates.add(head, distance)
    templates.add(head // 8, words.place, first // 8)
    templates.add(head // 8, folded[np.minimum(stop + 1, length - 1)])
    templates.add(head // 8, distance, folded)
    cut_ends = np.zeros(length, bool)
    cut_ends[words.ends[words.cuts] - 1] = True
    begin = _shift(_last(delimiter | cut_ends), -1, -1)
    left = _bucket(at - begin - 1)
    word_before = np.where(begin >= 0, words.words[0][np.maximum(begin, 0)], 7)
    templates.add(left, head // 8)
    templates.add(word_before, left == 0, head // 8)
    templates.add(word_before, left)
    # Names of people follow titles, and sometimes go before them.
    title_before = _shift(_last(words.head_ends >= _TITLE), -1, -1)
    near = title_before > _last(delimiter)
    templates.add(np.where(near, _bucket(at - title_before - 1), _FAR), words.tags[0], words.place)
    title_behind = _next(words.title_starts)
    templates.add(np.where(title_behind < next_delimiter, _bucket(title_behind - at), _FAR), words.place)
    # The first word of the line, and the word before its colon (主办单位:).
    line = np.maximum.accumulate(np.where(types == _LINE, at + 1, 0))
    templates.add(words.words[0][np.minimum(line, length - 1)], at > line)
    colon = _last(types == _COLON)
    templates.add(np.where(colon > line, words.words[0][np.maximum(colon - 1, 0)], 0))


def _add_marks(templates: _Templates, types: Column, folded: Column) -> None:
    """Whether quotes, book marks or brackets are open, how long they are, and what stands around them."""
    length = len(types)
    at = np.arange(length)
    state: dict[str, Column] = {}
    for mark, (opening, closing) in _PAIRS.items():
        opens, shuts, ends = types == opening, types == closing, types == _LINE
        opened, closed = _last(opens), _last(shuts | ends)
        closes, reopens = _next(shuts), _next(opens | ends)
        inside = (opened > closed) & (at - opened < 60) & (closes < reopens)
        state[mark] = np.where(inside, 1 + (at - opened == 0) + 2 * (at - opened == 1) + 4 * (closes - at == 1), 0)
        if mark == "(":
            continue
        end, start = np.minimum(closes, length - 1), np.maximum(opened, 0)
        edge = (at == opened + 1) + 2 * (at == closes - 1)
        around = {k: folded[np.clip(end + k, 0, length - 1)] for k in (-2, -1, 1, 2)}
        before = folded[np.maximum(start - 1, 0)] + 65536 * folded[np.maximum(start - 2, 0)]
        for column in (around[1] * 65536 + around[2], before, around[-1] + 65536 * around[-2]):
            templates.add(np.where(inside, column, 0), inside, edge)
        templates.add(np.where(inside, _bucket(end - start - 1), _FAR), edge)
    templates.add(state["“"], state["《"])
    templates.add(state["("], types)


def _add_repeats(templates: _Templates, folded: Column, types: Column) -> None:
    """Whether the four characters from here come again in the document: names do."""
    _, ranks = np.unique(folded, return_inverse=True)
    four = np.zeros(len(folded), np.int64)
    for k in range(4):
        four = four << 16 | _shift(ranks + 1, k)
    order = np.argsort(four)
    same = np.diff(four[order]) == 0
    again = np.zeros(len(folded), np.int64)
    again[order[1:][same]] = again[order[:-1][same]] = 1
    covered = again | _shift(again, -1) | _shift(again, -2) | _shift(again, -3)
    templates.add(again, _shift(again, -1), types == 2)
    templates.add(covered, _shift(covered, -1), _shift(covered, 1), types == 2)


def _shift(column: NDArray[np.int64], by: int, fill: int = 0) -> Column:
    """``column[i + by]`` at i."""
    out = np.full(len(column), fill, np.int64)
    if by > 0:
        out[:-by] = column[by:]
    elif by < 0:
        out[-by:] = column[:by]
    else:
        out[:] = column
    return out


def _last(where: NDArray[np.bool_]) -> Column:
    """The last place at or before each place where the condition holds, -1 for none."""
    return np.maximum.accumulate(np.where(where, np.arange(len(where)), -1))


def _next(where: NDArray[np.bool_]) -> Column:
    """The next place at or behind each place where the condition holds, beyond the end for none."""
    far = len(where) + 99
    return np.minimum.accumulate(np.where(where, np.arange(len(where)), far)[::-1])[::-1]


def _bucket(distance: Column) -> Column:
    return np.where(
        distance < 6, distance, np.where(distance < 9, 6, np.where(distance < 14, 7, np.where(distance < 25, 8, 9)))
    )


@lru_cache(maxsize=65_536)
def _hash(word: str) -> int:
    return zlib.crc32(word.encode()) + 1


@cache
def _types() -> NDArray[np.int8]:
    """The type of each character: Han 2, digit 3, capital 4, small letter 5, numeral 6, marks from 7, else 1."""
    table = np.ones(0x110000, np.int8)
    table[0x4E00:0xA000] = 2
    table[ord("0") : ord("9") + 1] = _DIGIT
    table[ord("A") : ord("Z") + 1] = 4
    table[ord("a") : ord("z") + 1] = 5
    table[0xC0:0x250] = 5
    for character in "一二三四五六七八九十百千万亿零〇两":
        table[ord(character)] = 6
    for character, kind in _TYPE_OF_MARK.items():
        table[ord(character)] = kind
    return table
