"""HanLP 1.x (Java, Apache-2.0) in this process through JPype: words, parts of speech, person and place names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import jpype

from extract.analysis import Token
from extract.errors import EngineError
from graph import artifacts

__all__ = ["HanLP1"]

# A term prints as word/tag; a list of terms prints as [a/n, b/v].
_TERM_END = re.compile(r"/([a-z]+\d?)(?:, |\]\Z)")


class HanLP1:
    """The portable HanLP 1.x segmenter with all of its name recognition switched on."""

    name = "hanlp1"

    def __init__(self) -> None:
        self._segment = _segmenter()

    def tokens(self, text: str) -> Sequence[Token]:
        """Tokens in order, covering all of ``text``."""
        if not text:
            return ()
        printed = str(self._segment.seg(text).toString())
        tokens: list[Token] = []
        position, begin = 0, 1
        for match in _TERM_END.finditer(printed):
            word = printed[begin : match.start()]
            # Text that itself looks like "/n, " ends a word too early: then the next end is the right one.
            if not word or not text.startswith(word, position):
                continue
            tokens.append(Token(position, position + len(word), word, match[1]))
            position += len(word)
            begin = match.end()
        if position != len(text):
            return self._tokens_one_by_one(text)
        return tokens

    def _tokens_one_by_one(self, text: str) -> Sequence[Token]:
        tokens = []
        for term in self._segment.seg(text):
            start, word = int(term.offset), str(term.word)
            tokens.append(Token(start, start + len(word), word, str(term.nature.toString())))
        return tokens


def _segmenter() -> Any:
    if not jpype.isJVMStarted():
        jars = [str(path) for path in artifacts.class_path("hanlp")]
        home = artifacts.java_home()
        libraries = [path for name in ("libjvm.so", "libjvm.dylib") for path in home.rglob(name)]
        if not libraries:
            raise EngineError(
                "hanlp1", f"no Java virtual machine under {home}", hint="Set HUITU_JAVA to the home of a Java 17 or 21."
            )
        # SIGINT stays with Python (-Xrs): Ctrl-C must end the command, not the virtual machine under it.
        jpype.startJVM(str(libraries[0]), "-Xmx1g", "-Xrs", classpath=jars, convertStrings=False)
    hanlp = jpype.JClass("com.hankcs.hanlp.HanLP")
    return hanlp.newSegment().enableAllNamedEntityRecognize(True).enableOffset(True)
