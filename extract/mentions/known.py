"""What is known of names and of the document decides over single occurrences (一致性).

A known initiative or forum has its type whatever the tagger says; well-known bodies and countries that it left out are
added; a name it is sure of in one place is the same name in the others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extract.analysis import Mention
from extract.tagger import gazetteer
from graph.schema import EntityType

__all__ = ["agree", "settle"]

# Categories of the lexicons whose names have their type wherever they stand alone.
_DECIDES = {
    "initiative": EntityType.INITIATIVE,
    "initiative-short": EntityType.INITIATIVE,
    "forum": EntityType.FORUM,
    "side": EntityType.PLACE,
}
# Categories whose names are mentions even where the tagger saw none.
_ADDS = _DECIDES | {
    "state": EntityType.ORGANIZATION,
    "state-short": EntityType.ORGANIZATION,
    "world-body": EntityType.ORGANIZATION,
    "world-body-short": EntityType.ORGANIZATION,
    "university": EntityType.ORGANIZATION,
    "society": EntityType.ORGANIZATION,
    "institute": EntityType.ORGANIZATION,
    "country": EntityType.PLACE,
}
_ADDED_SCORE = 0.5
# How sure the tagger must be of a name for it to be taken for one elsewhere.
_SURE = 0.8


def settle(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with the types of known names, and known names that were left out."""
    known = gazetteer.known_names(text)
    category = {(start, end): kind for start, end, kind in known}
    settled = [replace(m, type=_DECIDES.get(category.get((m.start, m.end), ""), m.type)) for m in mentions]
    taken = _taken(text, settled)
    for start, end, kind in known:
        if kind in _ADDS and not any(taken[start:end]):
            settled.append(Mention(start, end, _ADDS[kind], _ADDED_SCORE, f"known.{kind}"))
    return sorted(settled, key=lambda m: m.start)


def agree(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """One type for one string in a document, and sure names found again where they were missed."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    best: dict[str, float] = defaultdict(float)
    for mention in mentions:
        name = text[mention.start : mention.end]
        votes[name][mention.type] += mention.score  # type: ignore[assignment]  # a counter of weights
        best[name] = max(best[name], mention.score)
    type_of = {name: min(count, key=lambda t: (-count[t], t)) for name, count in votes.items()}
    agreed = [replace(m, type=type_of[text[m.start : m.end]]) for m in mentions]
    taken = _taken(text, agreed)
    for name in sorted(best, key=lambda n: (-len(n), n)):
        if best[name] < _SURE or len(name) < 2 or type_of[name] is EntityType.PLACE:
            continue
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if not any(taken[at:end]):
                taken[at:end] = b"\1" * len(name)
                agreed.append(Mention(at, end, type_of[name], _SURE, "known.again"))
            at = text.find(name, at + 1)
    return sorted(agreed, key=lambda m: m.start)


def _taken(text: str, mentions: Sequence[Mention]) -> bytearray:
    taken = bytearray(len(text))
    for mention in mentions:
        taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    return taken
