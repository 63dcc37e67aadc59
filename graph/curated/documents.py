"""From rows to extractions: names that are one, facts that are said twice, and how a file becomes documents."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from graph.curated.problems import Problems, shortened
from graph.curated.rows import EntityRow, Name, Origin, RelationRow, Row
from graph.schema import RELATIONS, Document, Entity, EntityType, Evidence, Extraction, Relation

__all__ = ["MAX_CHARACTERS", "MAX_ROWS", "RULE", "check_rows", "extractions_of", "part_key"]

RULE = "curated"
"""The rule of each relation that a person stated."""

MAX_ROWS = 2_000
"""Rows of a document: a load writes it in one transaction, for which the smallest embedded server has 256 MiB."""

MAX_CHARACTERS = 1_000_000
"""Characters of the rows of a document, beyond which none is added; for the same reason."""

_Key = tuple[EntityType, str]


def part_key(key: str, number: int) -> str:
    """The key of the ``number``-th document of a file; the first has that of the file."""
    return key if number == 1 else f"{key}#part={number}"


class Names:
    """The entities that a file declares, by each of their names."""

    def __init__(self) -> None:
        self.aliases: dict[_Key, tuple[str, ...]] = {}
        self._main: dict[_Key, _Key] = {}
        self._lines: dict[_Key, int] = {}

    def main(self, name: Name) -> _Key:
        """The type and main name of what is named."""
        return self._main.get(name[:2], name[:2])

    def declare(self, row: EntityRow, problems: Problems) -> None:
        """Take the names of a row for one entity; a name that is another entity's already is noted in `problems`."""
        line, type = row.record.line, row.name.type
        main = type, row.name.text
        if main in self.aliases:
            text = f"{shortened(row.name.text)} was given on line {self._lines[main]}; put all its aliases there"
            problems.add(line, "name", text)
            return
        self.aliases[main] = tuple(dict.fromkeys(each for each in row.record.aliases if each != row.name.text))
        for column, name in (("name", row.name.text), *(("aliases", alias) for alias in self.aliases[main])):
            known = self._main.setdefault((type, name), main)
            if known != main:
                text = f"{shortened(name)} is a name of {shortened(known[1])} already, on line {self._lines[known]}"
                problems.add(line, column, text)
        self._lines[main] = line


def check_rows(rows: Sequence[Row], problems: Problems) -> Names:
    """Return the names that the rows declare; what they say twice or of one thing alone is noted in `problems`."""
    names = Names()
    for row in rows:
        if isinstance(row, EntityRow):
            names.declare(row, problems)
    seen: dict[Hashable, int] = {}
    for row in rows:
        if not isinstance(row, RelationRow):
            continue
        line, head, tail = row.record.line, names.main(row.head), names.main(row.tail)
        if head == tail:
            problems.add(line, "tail", f"{shortened(row.tail.text)} is the head too")
            continue
        get = row.record.fields.get
        ends = frozenset((head, tail)) if RELATIONS[row.type].symmetric else (head, tail)
        fact = (row.origin, row.type, ends, row.at and names.main(row.at), row.modality, row.date)
        first = seen.setdefault((*fact, get("role"), get("topic")), line)
        if first != line:
            problems.add(line, None, f"says the same as line {first}")
    return names


@dataclass(slots=True)
class _Part:
    """Rows that become one document."""

    origin: Origin
    rows: list[Row] = field(default_factory=list)
    characters: int = 0

    def has_room(self, times: int = 1) -> bool:
        return len(self.rows) < times * MAX_ROWS and self.characters < times * MAX_CHARACTERS


def extractions_of(
    text: str, preamble: str, rows: Sequence[Row], names: Names, *, file: str, key: str
) -> tuple[Extraction, ...]:
    """The documents of a file with what they state.

    Args:
        text: the file.
        preamble: what an excerpt of it begins with.
        rows: its rows, in order, each with its whole origin.
        names: what `check_rows` returned.
        file: the file's name.
        key: the key of the first document.
    """
    parts = _parts(rows, names)
    whole = len(parts) == 1 and len(text) <= 2 * MAX_CHARACTERS  # else it is white space for the greater part
    return tuple(
        _extraction(
            _Excerpt(text, [0] * len(part.rows)) if whole else _Excerpt.of(text, preamble, part.rows),
            part,
            names,
            part_key(key, number),
            file,
        )
        for number, part in enumerate(parts, start=1)
    )


def _parts(rows: Iterable[Row], names: Names) -> list[_Part]:
    """Parts of a bounded size, each of one origin, filled in the order of the rows.

    Rows that connect the same two entities go to one part, for the support of an edge counts documents; only where
    that part has twice the size do they not.
    """
    parts: list[_Part] = []
    current: dict[Origin, _Part] = {}
    homes: dict[Hashable, _Part] = {}
    for row in rows:
        ends = (row.name,) if isinstance(row, EntityRow) else (row.head, row.tail)
        place = row.origin, frozenset(map(names.main, ends))
        part = homes.get(place)
        if part is None or not part.has_room(times=2):
            part = current.get(row.origin)
            if part is None or not part.has_room():
                part = current[row.origin] = _Part(row.origin)
                parts.append(part)
            homes[place] = part
        part.rows.append(row)
        part.characters += row.record.end - row.record.start
    return parts


@dataclass(frozen=True, slots=True)
class _Excerpt:
    """The text of a document, and for each of its rows how far it moved from its place in the file."""

    text: str
    shifts: Sequence[int]

    @classmethod
    def of(cls, text: str, preamble: str, rows: Iterable[Row]) -> _Excerpt:
        pieces, shifts, place = [preamble], [], len(preamble)
        for row in rows:
            start, end = row.record.start, row.record.end
            pieces += text[start:end], "\n"
            shifts.append(place - start)
            place += end - start + 1
        return cls("".join(pieces), shifts)


class _Mentions:
    """The entities that a document names, in the order in which it does."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._found: dict[_Key, tuple[str, set[tuple[int, int]]]] = {}

    def add(self, name: Name, shift: int) -> str:
        """Note a mention, and return the local id of its entity."""
        id, spans = self._found.setdefault(self._names.main(name), (f"e{len(self._found) + 1}", set()))
        spans.add((name.span[0] + shift, name.span[1] + shift))
        return id

    def entities(self) -> tuple[Entity, ...]:
        return tuple(
            Entity(id, *key, self._names.aliases.get(key, ()), tuple(sorted(spans)))
            for key, (id, spans) in self._found.items()
        )


def _extraction(excerpt: _Excerpt, part: _Part, names: Names, key: str, file: str) -> Extraction:
    mentions, relations = _Mentions(names), []
    for row, shift in zip(part.rows, excerpt.shifts, strict=True):
        if isinstance(row, EntityRow):
            mentions.add(row.name, shift)
        else:
            relations.append(_relation(row, excerpt.text, shift, mentions))
    source, title, date, url = part.origin
    document = Document(key, excerpt.text, title, date, source, url, file if file != key else None)
    return Extraction(document, mentions.entities(), tuple(relations)).validate()


def _relation(row: RelationRow, text: str, shift: int, mentions: _Mentions) -> Relation:
    start, end = row.record.start + shift, row.record.end + shift
    return Relation(
        type=row.type,
        head=mentions.add(row.head, shift),
        tail=mentions.add(row.tail, shift),
        rule=RULE,
        confidence=row.confidence,
        evidence=(Evidence(start, end, text[start:end]),),
        modality=row.modality,
        role=row.record.fields.get("role"),
        at=mentions.add(row.at, shift) if row.at else None,
        date=row.date,
        topic=row.record.fields.get("topic"),
    )
