"""What the labels of HanLP 2's recognisers mean here (标注集): one table for MSRA, OntoNotes and PKU.

MSRA        PERSON LOCATION ORGANIZATION, or NR NS NT, and numbers and times
OntoNotes   PERSON GPE LOC FAC ORG EVENT and more
PKU         nr ns nt nz
A model of one's own may use the names of our types: FORUM, INITIATIVE.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from extract import lexicon
from graph.schema import EntityType

__all__ = ["LABELS", "type_of"]

_NUMBERS_AND_TIMES = (
    "DATE TIME DURATION AGE MONEY PERCENT ORDINAL CARDINAL QUANTITY INTEGER DECIMAL FRACTION RATE FREQUENCY LENGTH "
    "WEIGHT AREA CAPACTITY CAPACITY ANGLE SPEED TEMPERATURE MEASURE PHONE POSTALCODE EMAIL WWW"
)

LABELS: Mapping[str, EntityType | None] = {
    **dict.fromkeys(["PERSON", "PER", "NR", "nr"], EntityType.PERSON),
    **dict.fromkeys(["ORGANIZATION", "ORG", "NT", "nt"], EntityType.ORGANIZATION),
    **dict.fromkeys(["LOCATION", "LOC", "GPE", "FAC", "PLACE", "NS", "ns"], EntityType.PLACE),
    **dict.fromkeys(["EVENT", "FORUM"], EntityType.FORUM),
    "INITIATIVE": EntityType.INITIATIVE,
    # Peoples and parties, goods, works, laws and tongues: no type of ours, or only by chance.
    **dict.fromkeys(["NORP", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE", "nz"], None),
    **dict.fromkeys(_NUMBERS_AND_TIMES.split(), None),
}
"""The entity type of each label; None for those that are no entity here."""


def type_of(label: str, name: str) -> EntityType | None:
    """The type of a name with a label of `LABELS`.

    An EVENT is a forum only if its name ends as one does; wars and storms are events too.

    Raises:
        KeyError: the label is not in the table.
    """
    found = LABELS[label]
    if label == "EVENT" and not any(name.endswith(head) for head in _forum_heads()):
        return None
    return found


@cache
def _forum_heads() -> tuple[str, ...]:
    return tuple(sorted({entry[0] for entry in lexicon.load("forum_heads")}))
