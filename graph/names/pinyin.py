"""Names by their pinyin (拼音): what is stored to be searched, and what to search for when someone types it.

    太湖人工智能大会   "^ tai hu ren gong zhi neng da hui $ thrgzndh"

A name is its syllables, which a phrase of some of them finds, and behind the dollar its initials. What is not Chinese
stays as it is (2025, ai). Of characters with several readings pypinyin takes the one of the word that they stand in
(重庆 chong, 重要 zhong).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, product

__all__ = ["PinyinQuery", "pinyin_keys", "pinyin_query"]

_PIECES = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]+|[^\W_\u4e00-\u9fff\u3400-\u4dbf]+")
_TYPED = re.compile(r"[a-z0-9üv'’ ]+")
_MOST_READINGS = 12
_SHORTEST_INITIALS = 2


def pinyin_keys(names: Iterable[str]) -> list[str]:
    """What an entity with these names is found by; sorted, each once."""
    return sorted({_key(name) for name in names})


@lru_cache(maxsize=65_536)
def _key(name: str) -> str:
    syllables: list[str] = []
    initials = ""
    for piece in _PIECES.findall(name.lower()):
        if _is_chinese(piece[0]):
            read = [syllable for word in _words(piece) for syllable in _read(word)]
            syllables += read
            initials += "".join(syllable[0] for syllable in read)
        else:
            syllables.append(piece)
            initials += piece
    return " ".join(["^", *syllables, "$", initials]).strip()


def _is_chinese(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _words(text: str) -> Iterable[str]:
    from pypinyin.contrib.mmseg import seg  # its tables take half a second to load

    words: Iterable[str] = seg.cut(text)
    return words


@lru_cache(maxsize=65_536)
def _read(word: str) -> list[str]:
    from pypinyin import lazy_pinyin

    return lazy_pinyin(word)


@dataclass(frozen=True, slots=True)
class PinyinQuery:
    """What to search for.

    Args:
        lucene: a query of the index of pinyin.
        beginnings: of stored keys that are of names which begin so.
        initials: as typed.
    """

    lucene: str
    beginnings: tuple[str, ...]
    initials: str


def pinyin_query(wording: str) -> PinyinQuery | None:
    """The search for what was typed as pinyin, in full or as initials; None where it cannot be that.

    Spaces and apostrophes part syllables; what is written together is taken apart in every way that gives syllables
    (xian: xian, xi an).
    """
    typed = wording.strip().lower()
    if not _TYPED.fullmatch(typed):
        return None
    typed = typed.replace("ü", "v")
    chunks = re.findall(r"[a-z]+|\d+", typed)
    if not chunks:
        return None
    readings = map(_syllables, chunks)
    found = [" ".join(parts) for parts in islice(product(*readings), _MOST_READINGS)]
    initials = "".join(chunks)
    queries = [f'"{each}"' for each in found]
    if len(initials) >= _SHORTEST_INITIALS:
        queries.append(f"*{initials}*")
    return PinyinQuery(" OR ".join(queries), tuple(f"^ {each} " for each in found), initials)


def _syllables(chunk: str) -> Sequence[str]:
    """The ways to take apart what is written together, those with the fewest syllables first; else it stays whole."""
    known = _known_syllables()
    ways: list[list[list[str]]] = [[[]], *([] for _ in chunk)]
    for end in range(1, len(chunk) + 1):
        for start in range(max(0, end - _longest_syllable()), end):
            if (part := chunk[start:end]) in known:
                ways[end] += [[*before, part] for before in ways[start]]
        ways[end] = sorted(ways[end], key=len)[:_MOST_READINGS]
    return [" ".join(way) for way in ways[-1]] or [chunk]


@cache
def _known_syllables() -> frozenset[str]:
    from pypinyin import Style, pinyin
    from pypinyin.constants import PINYIN_DICT

    common = [chr(code) for code in PINYIN_DICT if 0x4E00 <= code <= 0x9FFF]
    found = {reading for each in pinyin(common, style=Style.NORMAL, heteronym=True) for reading in each}
    return frozenset(reading for reading in found if re.search("[aeiouv]", reading))  # not the interjections hm, ng


@cache
def _longest_syllable() -> int:
    return max(map(len, _known_syllables()))
