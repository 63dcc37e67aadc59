"""Sentences with their names marked, as the grammar sees them: ``[O东湖大学]`` is an organisation.

P person, O organisation, F forum, I initiative, L place; the same name is one thing.
"""

from __future__ import annotations

import re

from extract.analysis import Analysis, Mention, Thing
from extract.grammar import find_facts
from extract.sentences import split_sentences
from extract.text import clean
from graph.schema import Document, EntityType

TYPES = {
    "P": EntityType.PERSON,
    "O": EntityType.ORGANIZATION,
    "F": EntityType.FORUM,
    "I": EntityType.INITIATIVE,
    "L": EntityType.PLACE,
}


def analysed(marked: str, published: str = "2025-06-12") -> Analysis:
    """The analysis of a marked text, as if its names had been found."""
    text, names, last = "", [], 0
    for match in re.finditer(r"\[([POFIL])([^\]]+)\]", marked):
        text += marked[last : match.start()]
        names.append((len(text), len(text) + len(match[2]), TYPES[match[1]], match[2]))
        text += match[2]
        last = match.end()
    text += marked[last:]
    mentions = tuple(Mention(start, end, kind, 1.0, "test") for start, end, kind, _ in names)
    keys = dict.fromkeys((kind, name) for _, _, kind, name in names)
    things = tuple(
        Thing(kind, (name,), tuple(i for i, n in enumerate(names) if (n[2], n[3]) == (kind, name)))
        for kind, name in keys
    )
    document = Document("test", text, date=published)
    return find_facts(split_sentences(Analysis(document, clean(text), mentions=mentions, things=things)))
