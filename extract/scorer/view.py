"""A masked sentence as the scorer reads it: what it does, its lists of names, and what stands around each name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from extract.grammar.masked import MASKS, Masked, Named
from extract.scorer.hashing import Pool, Span
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

    ``basic`` features are also read together with the way to the hub, ``fine`` ones only alone; ``verb`` is the one
    that tells what the clause does behind the name.
    """

    named: Named
    letter: str
    first: int
    last: int
    title: str
    verb: str
    basic: Span
    fine: Span


class View:
    """One masked sentence, read once; ``pool`` takes the features of its names."""

    def __init__(self, masked: Masked, previous: Masked | None, pool: Pool) -> None:
        self.masked = masked
        self.letters = masked.text.translate(_TO_LETTER)
        self.triggers = triggers(masked.text)
        self.groups = frozenset(trigger.group for trigger in self.triggers)
        self.label = self._label(previous)
        self._start = self.letters.strip()[:4]
        self._begins = [trigger.start for trigger in self.triggers]
        self._solid = [trigger for trigger in self.triggers if not trigger.weak]
        self._solid_begins = [trigger.start for trigger in self._solid]
        self._solid_ends = [trigger.end for trigger in self._solid]
        self._marks = [match.start() for match in re.finditer(r"[,;:。!?]", masked.text)]
        self._names = [named.index for named in masked.names]
        self._places: dict[str, list[int]] = {letter: [] for letter in LETTER.values()}
        for named in masked.names:
            self._places[LETTER[named.mention.type]].append(named.index)
        self._lists = self._find_lists()
        self._pool = pool
        self.spots = [self._spot(named) for named in masked.names]

    @cached_property
    def pairs_of_letters(self) -> int:
        """Where in the pool the features stand that are two letters in a row, one for each letter but the last."""
        return self._pool.keep(f"b={self.letters[i : i + 2]}" for i in range(len(self.letters) - 1))[0]

    @cached_property
    def inner_groups(self) -> int:
        """Where in the pool the features stand that are a trigger's group between two names, one for each trigger."""
        return self._pool.keep(f"in={trigger.group}" for trigger in self.triggers)[0]

    @cached_property
    def inner_words(self) -> int:
        """The same for their words."""
        return self._pool.keep(f"iw={trigger.word}" for trigger in self.triggers)[0]

    def count(self, letter: str, start: int, end: int) -> int:
        """How many names of a type stand in ``[start, end)``."""
        places = self._places[letter]
        return bisect_left(places, end) - bisect_left(places, start) if end > start else 0

    def marks(self, start: int, end: int) -> int:
        """How many marks that end a clause stand in ``[start, end)``."""
        return bisect_left(self._marks, end) - bisect_left(self._marks, start) if end > start else 0

    def after(self, index: int) -> list[Trigger]:
        """The words from a place on that say what the clause does, the nearest first; three at most."""
        first = bisect_left(self._solid_begins, index)
        return self._solid[first : first + 3]

    def before(self, index: int) -> list[Trigger]:
        """The words up to a place that say what the clause does, the nearest first; two at most."""
        last = bisect_right(self._solid_ends, index)
        return self._solid[max(0, last - 2) : last][::-1]

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the first trigger that lies in ``[start, end)`` and of the first behind it."""
        first = last = bisect_left(self._begins, start)
        while last < len(self.triggers) and self.triggers[last].end <= end:
            last += 1
        return first, last

    def next_to(self, one: Named, two: Named) -> bool:
        """Whether no name stands between two names in text order."""
        return bisect_left(self._names, two.index) - bisect_left(self._names, one.index) <= 1

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
            for name in (*names, None):
                if group and (name is None or not joined(group[-1], name)):
                    found |= dict.fromkeys((n.index for n in group), (group[0].index, group[-1].index + 1))
                    group = []
                if name is not None:
                    group.append(name)
        return found

    def _beside(self, one: Named, two: Named) -> bool:
        gap = self.masked.text[one.index + 1 : two.index]
        return _class(one) == _class(two) and _LIST_GAP.fullmatch(gap) is not None

    def _persons_beside(self, one: Named, two: Named) -> bool:
        gap = self.masked.text[one.index + 1 : two.index]
        if _PERSON_GAP.fullmatch(gap) is None:
            return False
        first, behind = bisect_right(self._begins, one.index), bisect_left(self._begins, two.index)
        return not any(trigger.group in _PREDICATES for trigger in self.triggers[first:behind])

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
        fine += [f"s={self._start[:2]}", f"s4={self._start}", *(f"sg={group}" for group in self.groups)]
        letter = LETTER[type_]
        basic += [f"first={not self.count(letter, 0, at)}", f"list={bucket(self.count(letter, first, last))}"]
        if named.mention.source == "anaphor":
            basic.append("anaphor")
        title = ""
        if type_ is EntityType.PERSON:
            match = _TITLE.search(text[max(0, at - 11) : at])
            title = match[0] if match else ""
            basic.append(f"title={post_of(title)}")
            fine.append(f"t2={title[-2:]}")
        verb = next(feature for feature in basic if feature.startswith("n0="))
        return Spot(named, letter, first, last, title, verb, self._pool.keep(basic), self._pool.keep(fine))

    def _around(self, at: int, first: int, last: int) -> tuple[list[str], list[str]]:
        """What the words before, after and in the clause of a name say."""
        basic, fine = [], []
        after, before = self.after(last), self.before(first)
        for rank, trigger in enumerate(after):
            marks = self.marks(last, trigger.start)
            names = "".join(f"{self.count(letter, last, trigger.start) > 0:d}" for letter in "POF")
            basic.append(f"n{rank}={trigger.group}{',' * min(marks, 2)}")
            fine += [f"nw{rank}={trigger.word}", f"ng{rank}={trigger.group}{bucket(marks)}{names}"]
        for rank, trigger in enumerate(before):
            basic.append(f"b{rank}={trigger.group}{',' * min(self.marks(trigger.end, first), 2)}")
            fine.append(f"bw{rank}={trigger.word}")
        basic += ["n0=-"] * (not after) + ["b0=-"] * (not before)
        mark = bisect_left(self._marks, at)
        left = self._marks[mark - 1] + 1 if mark else 0
        right = self._marks[mark] if mark < len(self._marks) else len(self.letters)
        for trigger in self.triggers[bisect_left(self._begins, left) : bisect_left(self._begins, right)]:
            basic.append(f"c={trigger.group}")
            fine.append(f"cw={trigger.word}")
        return basic, fine


def _class(name: Named) -> str:
    return "A" if name.mention.type in (EntityType.ORGANIZATION, EntityType.PLACE) else LETTER[name.mention.type]
