"""A masked sentence as the scorer reads it: what it does, its lists of names, and what stands around each name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from extract.grammar.masked import MASKS, Masked, Named
from extract.scorer.words import Trigger, post_of, triggers
from graph.schema import EntityType

__all__ = ["LETTER", "Spot", "View", "bucket"]

LETTER = dict(zip(EntityType, "POFIL", strict=True))
_TO_LETTER = str.maketrans({MASKS[type_]: letter for type_, letter in LETTER.items()})
_NAMES = "".join(MASKS.values())
_LABEL = re.compile(rf"^\s*[【\[(]?([^,。;:{_NAMES}\n]{{1,12}})[】\])]?\s*:")
_LIST_GAP = re.compile(
    r"[“”\"《》‘’ ]*(?:\([^()]{0,30}\))?[“”\"》’ ]*(?:等)?(?:、|,|和|与|及|以及|同|暨|;|/|\s)+"
    r"(?:会同|联合|携手|其)?[“\"《‘ ]*"
)
_PERSON_GAP = re.compile(r"(?:等[^,。;]{0,6})?(?:\([^()]{0,30}\))?(?:[、,;和与及]|以及)[^。\n]{0,60}")
# What ends a list of persons with their titles.
_PREDICATES = frozenset({"speak", "say", "chair", "attend", "host", "hold", "organize", "sign", "launch", "found"})
_TITLE = re.compile(r"[^,。;:、\sPOFIL()“”]{0,10}$")


def bucket(number: int) -> str:
    """A count in coarse steps."""
    return str(number) if number < 3 else "3" if number < 6 else "6" if number < 12 else "12"


@dataclass(frozen=True, slots=True)
class Spot:
    """A name in its sentence: the coordinated list it stands in, a person's title, what stands around it.

    ``basic`` features are also read together with the way to the hub, ``fine`` ones only alone.
    """

    named: Named
    letter: str
    first: int
    last: int
    title: str
    basic: list[str]
    fine: list[str]


class View:
    """One masked sentence, read once."""

    def __init__(self, masked: Masked, previous: Masked | None) -> None:
        self.masked = masked
        self.letters = masked.text.translate(_TO_LETTER)
        self.triggers = triggers(masked.text)
        self.groups = frozenset(trigger.group for trigger in self.triggers)
        self.label = self._label(previous)
        self._marks = [match.start() for match in re.finditer(r"[,;:。!?]", masked.text)]
        self._counts = {
            letter: [0, *accumulate(int(c == MASKS[type_]) for c in masked.text)] for type_, letter in LETTER.items()
        }
        self._lists = self._find_lists()
        self.spots = [self._spot(named) for named in masked.names]

    def count(self, letter: str, start: int, end: int) -> int:
        """How many names of a type stand in ``[start, end)``."""
        return self._counts[letter][end] - self._counts[letter][start] if end > start else 0

    def marks(self, start: int, end: int) -> int:
        """How many marks that end a clause stand in ``[start, end)``."""
        return sum(start <= mark < end for mark in self._marks)

    def after(self, index: int) -> list[Trigger]:
        """The words from a place on that say what the clause does, the nearest first."""
        return [t for t in self.triggers if t.start >= index and not t.weak]

    def before(self, index: int) -> list[Trigger]:
        """The words up to a place that say what the clause does, the nearest first."""
        return [t for t in reversed(self.triggers) if t.end <= index and not t.weak]

    def _label(self, previous: Masked | None) -> str:
        match = _LABEL.match(self.masked.text)
        if match:
            return match[1][-6:]
        if previous is not None and previous.text.rstrip().endswith(":"):
            return "^" + previous.text.strip().translate(_TO_LETTER)[-5:]
        return ""

    def _find_lists(self) -> dict[int, tuple[int, int]]:
        """For each name in a list with others the list's span; titles between persons do not end a list."""
        found: dict[int, tuple[int, int]] = {}
        persons = [n for n in self.masked.names if n.mention.type is EntityType.PERSON]
        for names, joined in ((self.masked.names, self._beside), (persons, self._persons_beside)):
            group: list[Named] = []
            for name in names:
                if group and not joined(group[-1], name):
                    group = []
                group.append(name)
                for member in group:
                    found[member.index] = (group[0].index, group[-1].index + 1)
        return found

    def _beside(self, one: Named, two: Named) -> bool:
        gap = self.masked.text[one.index + 1 : two.index]
        return _class(one) == _class(two) and _LIST_GAP.fullmatch(gap) is not None

    def _persons_beside(self, one: Named, two: Named) -> bool:
        gap = self.masked.text[one.index + 1 : two.index]
        between = (t.group for t in self.triggers if one.index < t.start < two.index)
        return _PERSON_GAP.fullmatch(gap) is not None and not _PREDICATES.intersection(between)

    def _spot(self, named: Named) -> Spot:
        text, at = self.letters, named.index
        type_ = named.mention.type
        first, last = self._lists.get(at, (at, at + 1))
        basic, fine = self._around(at, first, last)
        for size in (1, 2, 3, 4, 6):
            fine += [f"l{size}={text[max(0, at - size) : at]}", f"r{size}={text[at + 1 : at + 1 + size]}"]
            if size < 6:
                fine += [f"R{size}={text[last : last + size]}", f"L{size}={text[max(0, first - size) : first]}"]
        basic += [f"r2={text[at + 1 : at + 3]}", f"R2={text[last : last + 2]}"]
        basic += [f"L2={text[max(0, first - 2) : first]}", f"L1={text[max(0, first - 1) : first]}"]
        if self.label:
            basic += [f"label={self.label}", f"label2={self.label[-2:]}", f"label3={self.label[:2]}"]
        start = text.strip()[:4]
        fine += [f"s={start[:2]}", f"s4={start}", *(f"sg={group}" for group in self.groups)]
        letter = LETTER[type_]
        basic += [f"first={not self.count(letter, 0, at)}", f"list={bucket(self.count(letter, first, last))}"]
        if named.mention.source == "anaphor":
            basic.append("anaphor")
        title = ""
        if type_ is EntityType.PERSON:
            match = _TITLE.search(text[:at])
            title = match[0] if match else ""
            basic.append(f"title={post_of(title)}")
            fine.append(f"t2={title[-2:]}")
        return Spot(named, letter, first, last, title, basic, fine)

    def _around(self, at: int, first: int, last: int) -> tuple[list[str], list[str]]:
        """What the words before, after and in the clause of a name say."""
        basic, fine = [], []
        after, before = self.after(last)[:3], self.before(first)[:2]
        for rank, trigger in enumerate(after):
            marks = self.marks(last, trigger.start)
            names = "".join(f"{self.count(letter, last, trigger.start) > 0:d}" for letter in "POF")
            basic.append(f"n{rank}={trigger.group}{',' * min(marks, 2)}")
            fine += [f"nw{rank}={trigger.word}", f"ng{rank}={trigger.group}{bucket(marks)}{names}"]
        for rank, trigger in enumerate(before):
            basic.append(f"b{rank}={trigger.group}{',' * min(self.marks(trigger.end, first), 2)}")
            fine.append(f"bw{rank}={trigger.word}")
        basic += ["n0=-"] * (not after) + ["b0=-"] * (not before)
        left = max((m for m in self._marks if m < at), default=-1) + 1
        right = min((m for m in self._marks if m > at), default=len(self.letters))
        for trigger in self.triggers:
            if left <= trigger.start < right:
                basic.append(f"c={trigger.group}")
                fine.append(f"cw={trigger.word}")
        return basic, fine


def _class(name: Named) -> str:
    return "A" if name.mention.type in (EntityType.ORGANIZATION, EntityType.PLACE) else LETTER[name.mention.type]
