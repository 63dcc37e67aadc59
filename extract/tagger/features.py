"""Features of each character of a text as 64-bit keys (特征): ``extract/java/huitu/Features.java`` makes them.

A key is a hash of a template's number and what stands there: training reads them as numbers, names are found without
their coming to Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from jpype import JArray
from numpy.typing import NDArray

from extract.analysis import Token
from extract.jvm import own
from extract.tagger.gazetteer import lexicons

__all__ = ["features", "given", "tagger"]


@cache
def tagger() -> Any:
    """``Tagger`` in Java, with the lexicons."""
    return own("Tagger")(lexicons())


def given(text: str, tokens: Sequence[Token]) -> tuple[str, Any, str]:
    """A text that is not empty as it goes into Java: with the ends of its tokens, which cover it, and their tags."""
    _, ends, _, tags = zip(*tokens, strict=True)
    return text, JArray.of(np.array(ends, np.int32)), " ".join(tags)


def features(text: str, tokens: Sequence[Token]) -> NDArray[np.uint64]:
    """Keys [character, template] of a text that is not empty; ``tokens`` cover it."""
    return np.array(tagger().features(*given(text, tokens))).view(np.uint64).reshape(len(text), -1)
