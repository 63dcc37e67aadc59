"""What cuts text into words and tags them (分词): HanLP 1.x (Java, Apache-2.0), in this process through JPype."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, Protocol

import jpype

from extract.analysis import Token
from extract.errors import EngineError
from graph import artifacts

__all__ = ["HanLP1", "Segmenter"]


class Segmenter(Protocol):
    """Anything that turns clean text into tokens."""

    def tokens(self, text: str) -> Sequence[Token]:
        """Tokens in order, covering all of ``text``."""


class HanLP1:
    """The portable HanLP 1.x segmenter with all of its recognition of names switched on."""

    def __init__(self) -> None:
        self._segment = _segmenter()

    def tokens(self, text: str) -> Sequence[Token]:
        """Tokens in order, covering all of ``text``."""
        if not text:
            return ()
        terms = self._segment.seg(text)
        # A list of terms prints as [a/n, b/v]; all at once is cheaper than term by term.
        printed = [term.rpartition("/") for term in str(terms.toString())[1:-1].split(", ")]
        words = [word for word, _, _ in printed]
        # A word with ", " inside has come apart, and something is missing.
        if "".join(words) != text:
            return _one_by_one(terms)
        ends = list(accumulate(map(len, words)))
        return list(map(Token, [0, *ends], ends, words, [tag for _, _, tag in printed]))


def _one_by_one(terms: Any) -> Sequence[Token]:
    words = [str(term.word) for term in terms]
    ends = list(accumulate(map(len, words)))
    return list(map(Token, [0, *ends], ends, words, [str(term.nature.toString()) for term in terms]))


def _segmenter() -> Any:
    if not jpype.isJVMStarted():
        jars = [str(path) for path in artifacts.class_path("hanlp")]
        home = artifacts.java_home()
        libraries = [path for name in ("libjvm.so", "libjvm.dylib") for path in home.rglob(name)]
        if not libraries:
            raise EngineError(
                "hanlp1", f"no Java virtual machine under {home}", hint="Set HUITU_JAVA to the home of a Java 17 or 21."
            )
        # SIGINT stays with Python (-Xrs): Ctrl-C must end the command, not the virtual machine under it. The collector
        # without threads of its own takes half the processor time and less memory, and one thread calls in here.
        options = ("-Xmx1g", "-Xrs", "-XX:+UseSerialGC")
        jpype.startJVM(str(libraries[0]), *options, classpath=jars, convertStrings=False)
        if threading.current_thread() is not threading.main_thread():
            jpype.JClass("java.lang.Thread").detach()  # else Java waits for this thread before it ends
    hanlp = jpype.JClass("com.hankcs.hanlp.HanLP")
    return hanlp.newSegment().enableAllNamedEntityRecognize(True).enableOffset(True)
