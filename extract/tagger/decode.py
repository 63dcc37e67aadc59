"""The names in a text by a CRF (解码): ``extract/java/huitu/Crf.java`` finds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jpype import JArray

from extract.analysis import Token
from extract.tagger.crf import Crf, stretches
from extract.tagger.features import given, tagger
from graph.schema import EntityType

__all__ = ["Labelled", "find"]

_TYPES = tuple(EntityType)


class Labelled(NamedTuple):
    """A name found: ``[start, end)``, its type, and the least probability of its labels."""

    start: int
    end: int
    type: EntityType
    probability: float


def find(crf: Crf, text: str, tokens: Sequence[Token]) -> list[Labelled]:
    """The names in a text with their probabilities; ``tokens`` cover it."""
    if not text:
        return []
    bounds = np.array([0, *(end for _, end in stretches(text))], np.int32)
    found = np.array(tagger().names(crf.java, *given(text, tokens), JArray.of(bounds))).reshape(-1, 4).tolist()
    return [Labelled(int(a), int(b), _TYPES[int(kind)], round(least, 4)) for a, b, kind, least in found]
