"""Sentences with one character for each name: what the rules of the grammar match.

    clean   由上海市政府、清华大学主办，李强出席并致辞
    masked  由Ⓞ、Ⓞ主办，Ⓟ出席并致辞

Rules are regular expressions over masked text, written with ``{P} {O} {F} {I} {L}`` for one name of a type. A match
leads back to the mentions by the places of the mask characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.analysis import Analysis, Mention
from extract.grammar.anaphora import anaphors
from extract.scanning import scanning
from graph.schema import EntityType

__all__ = ["MASKS", "Masked", "Named", "mask_sentences", "pattern"]

MASKS: dict[EntityType, str] = {
    EntityType.PERSON: "\ue001",
    EntityType.ORGANIZATION: "\ue002",
    EntityType.FORUM: "\ue003",
    EntityType.INITIATIVE: "\ue004",
    EntityType.PLACE: "\ue005",
}
_LETTERS = {"P": EntityType.PERSON, "O": EntityType.ORGANIZATION, "F": EntityType.FORUM, "I": EntityType.INITIATIVE}
_LETTERS["L"] = EntityType.PLACE
# From a name to another name of the same thing in brackets behind it.
_BRACKET = re.compile(r"[”》\"]?\((?:以下)?(?:简称|英文|英文简称|又称|下称|统称)?(?:为)?[::]?[“\"]?")


@dataclass(frozen=True, slots=True)
class Named:
    """A mention inside a masked sentence: its place there, its thing, and the mention itself."""

    index: int
    thing: int
    mention: Mention


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked sentence; ``places[i]`` is the clean offset of masked character ``i`` (one more than its length)."""

    text: str
    places: tuple[int, ...]
    names: tuple[Named, ...]
    section: int
    number: int

    def within(self, start: int, end: int, *types: EntityType) -> list[Named]:
        """The names between two masked offsets, of the given types (all when none is given)."""
        return [n for n in self.names if start <= n.index < end and (not types or n.mention.type in types)]

    def group(self, match: re.Match[str], group: str, *types: EntityType) -> list[Named]:
        """The names inside a group of a match; empty when the group took no part."""
        start, end = match.span(group)
        return [] if start < 0 else self.within(start, end, *types)

    def clean_span(self, start: int, end: int) -> tuple[int, int]:
        """The clean span of a masked span."""
        return self.places[start], self.places[end]


@cache
def pattern(source: str) -> re.Pattern[str]:
    """Compile a rule in which ``{P} {O} {F} {I} {L}`` stand for one name of a type."""
    return scanning(re.sub(r"\{([POFIL])\}", lambda match: MASKS[_LETTERS[match[1]]], source))


def mask_sentences(analysis: Analysis) -> list[Masked]:
    """All sentences of the document, masked."""
    owner = {index: number for number, thing in enumerate(analysis.things) for index in thing.mentions}
    named = [(m, owner[i]) for i, m in enumerate(analysis.mentions) if i in owner]
    ordered = sorted([*named, *anaphors(analysis)], key=lambda pair: pair[0].start)
    result, cursor = [], 0
    for number, sentence in enumerate(analysis.sentences):
        inside = []
        while cursor < len(ordered) and ordered[cursor][0].start < sentence.end:
            if ordered[cursor][0].start >= sentence.start:
                inside.append(ordered[cursor])
            cursor += 1
        result.append(_mask(analysis.text, sentence.start, sentence.end, sentence.section, number, inside))
    return result


def _mask(text: str, start: int, end: int, section: int, number: int, inside: Sequence[tuple[Mention, int]]) -> Masked:
    pieces: list[str] = []
    places: list[int] = []
    names: list[Named] = []
    position = start
    for mention, thing in inside:
        # A second name in brackets, 国际电信联盟(ITU), stays plain text: lists run on over it.
        bracketed = bool(names) and names[-1].thing == thing and _BRACKET.fullmatch(text, position, mention.start)
        if mention.start < position or bracketed:
            continue
        pieces.append(text[position : mention.start])
        places.extend(range(position, mention.start))
        names.append(Named(len(places), thing, mention))
        pieces.append(MASKS[mention.type])
        places.append(mention.start)
        position = mention.end
    pieces.append(text[position : max(end, position)])
    places.extend(range(position, max(end, position) + 1))
    return Masked("".join(pieces), tuple(places), tuple(names), section, number)
