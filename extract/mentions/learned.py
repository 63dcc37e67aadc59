"""Mentions that the CRF proposes, with the probability of their labels as score."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extract import lexicon
from extract.analysis import Analysis, Mention
from extract.tagger.crf import Crf
from extract.tagger.decode import find
from extract.tagger.model import load
from graph.names.known import ORGANIZATION_LEXICONS
from graph.schema import EntityType

__all__ = ["looks_like_organization", "propose"]

# Below this a name is more likely none; an organisation without a head word and in no lexicon needs more.
_LEAST = 0.5
_LEAST_WITHOUT_HEAD = 0.8


def propose(analysis: Analysis, crf: Crf | None = None) -> Iterator[Mention]:
    """Mentions of all types, from the shipped model unless another is given."""
    if not analysis.text:
        return
    for found in find(crf or load(), analysis.text, analysis.tokens):
        name = analysis.text[found.start : found.end]
        headless = found.type is EntityType.ORGANIZATION and not looks_like_organization(name)
        if found.probability >= (_LEAST_WITHOUT_HEAD if headless else _LEAST):
            yield Mention(found.start, found.end, found.type, found.probability, "learned.crf")


def looks_like_organization(name: str) -> bool:
    """Whether a body is known by a name, or the name is in Latin letters or ends in the head of a body."""
    return name in _known() or bool(re.search(r"[A-Za-z]", name)) or any(name[-size:] in _heads() for size in _sizes())


@cache
def _known() -> frozenset[str]:
    return lexicon.names(*ORGANIZATION_LEXICONS, "orgs_mined")


@cache
def _heads() -> frozenset[str]:
    tails = {tail for tail in lexicon.names("local_bodies") if len(tail) > 1}
    return frozenset({entry[0] for entry in lexicon.load("org_heads")} | tails)


@cache
def _sizes() -> tuple[int, ...]:
    return tuple(sorted({len(head) for head in _heads()}))
