"""One spelling for a name (写法): width, script, case, marks. What remains different is a different name."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources

__all__ = ["fold", "plain", "to_simplified"]

_DROPPED = frozenset(
    "'\"`‘’“”„‟′″「」『』﹁﹂﹃﹄《》〈〉«»‹›()[]{}<>【】〔〕〖〗〘〙⟨⟩〝〞〟·•‧∙⋅・･・᛫-‐‑‒–—―−~～,，、"
)
"""Quotation marks, book marks (书名号), brackets, the middle dots of transcribed names (间隔号), dashes and commas."""
# 世界卫生组织(WHO): the same name in another language.
_NOTE = re.compile(r"(?<=[^\s(])\s*\([A-Za-z][A-Za-z0-9 .,&'’/—\-]+\)\s*$")
# Characters of traditional writing that simplified names hold too, as other characters.
_BOTH_WRITINGS = "乾於"


def plain(name: str) -> str:
    """The name in NFKC and simplified characters, without a translation in brackets behind it; marks and case stay."""
    text = unicodedata.normalize("NFKC", name).translate(_table())
    return text if text.isascii() else _NOTE.sub("", text)


def fold(name: str) -> str:
    """What a name is compared by: simplified, NFKC, case folded, without spaces and marks.

    Returns:
        The folded name; for a name of nothing but marks, the name itself. Folding it again changes nothing.
    """
    folded, again = name, _fold(name)
    while again and again != folded:  # dropping a character can bring two others together that NFKC then joins
        folded, again = again, _fold(again)
    return folded


def _fold(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).translate(_table()).casefold()
    return unicodedata.normalize("NFKC", "".join(character for character in text if not _is_dropped(character)))


def _is_dropped(character: str) -> bool:
    return character in _DROPPED or character.isspace() or unicodedata.category(character) in ("Cc", "Cf")


@cache
def _table() -> dict[int, str]:
    return {code: new for code, new in to_simplified().items() if chr(code) not in _BOTH_WRITINGS}


@cache
def to_simplified() -> dict[int, str]:
    """Single characters of OpenCC's TSCharacters table (Apache-2.0) that change, for `str.translate`."""
    data = resources.files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text("utf8")
    pairs = (line.split("\t") for line in data.splitlines() if "\t" in line)
    table = {ord(old): new.split(" ")[0] for old, new in pairs if len(old) == 1}
    return {code: new for code, new in table.items() if len(new) == 1 and new != chr(code)}
