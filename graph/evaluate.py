"""How well `graph.identity` decides on names whose answer is known: pairs and clusters of a gold folder.

``pairs.tsv`` holds type, two names, same or different, kind; ``clusters.tsv`` type and names of one thing by ``|``.
Each name counts as one of a document of its own. Pairwise precision is the share of merged pairs that are the same,
recall the share of same pairs that are merged. B-cubed precision and recall (Bagga and Baldwin 1998, Algorithms for
scoring coreference chains) are means over names: of the names merged with it, how many are right; of the right ones,
how many are merged with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.errors import HuituError
from graph.identity import entity_id
from graph.schema import EntityType

__all__ = [
    "BadNamesGold",
    "IdentityQuality",
    "NamePair",
    "PairScore",
    "evaluate_identity",
    "read_clusters",
    "read_pairs",
]


class BadNamesGold(HuituError):
    """A line of a gold file of names breaks its format; ``path`` and ``line`` (counted from 1) tell which."""

    exit_code = 2

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}, line {line}: {problem}")
        self.path = path
        self.line = line


@dataclass(frozen=True, slots=True)
class NamePair:
    """Two names of one type, and whether they denote the same thing."""

    type: EntityType
    one: str
    other: str
    same: bool
    kind: str


@dataclass(slots=True)
class PairScore:
    """Counts of pairs; precision of no merged pair is 1, as is recall of no same pair."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    apart: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def to_json(self) -> dict[str, Any]:
        counts = {"right": self.right, "wrong": self.wrong, "missed": self.missed, "apart": self.apart}
        return counts | {"precision": round(self.precision, 4), "recall": round(self.recall, 4)}


@dataclass(slots=True)
class IdentityQuality:
    """Scores of pairs by type and kind (``Forum edition``) in the order of the file, of all, and B-cubed."""

    kinds: dict[str, PairScore] = field(default_factory=lambda: defaultdict(PairScore))
    total: PairScore = field(default_factory=PairScore)
    names: int = 0
    clusters: int = 0
    b_cubed_precision: float = 1.0
    b_cubed_recall: float = 1.0
    errors: list[str] = field(default_factory=list)

    @property
    def b_cubed_f1(self) -> float:
        return 2 * self.b_cubed_precision * self.b_cubed_recall / (self.b_cubed_precision + self.b_cubed_recall)

    def to_json(self) -> dict[str, Any]:
        return {
            "pairs": self.total.to_json(),
            "kinds": {kind: score.to_json() for kind, score in self.kinds.items()},
            "b_cubed": {
                "names": self.names,
                "clusters": self.clusters,
                "precision": round(self.b_cubed_precision, 4),
                "recall": round(self.b_cubed_recall, 4),
                "f1": round(self.b_cubed_f1, 4),
            },
        }


def evaluate_identity(folder: Path) -> IdentityQuality:
    """Score identity on ``pairs.tsv`` and ``clusters.tsv`` in a folder.

    Raises:
        BadNamesGold: a line breaks the format.
        OSError: a file cannot be read.
    """
    quality = IdentityQuality()
    for pair in read_pairs(folder / "pairs.tsv"):
        merged = entity_id(pair.type, pair.one, document="1") == entity_id(pair.type, pair.other, document="2")
        result = ("right" if pair.same else "wrong") if merged else ("missed" if pair.same else "apart")
        for score in (quality.kinds[f"{pair.type} {pair.kind}"], quality.total):
            setattr(score, result, getattr(score, result) + 1)
        if merged != pair.same:
            quality.errors.append(f"{result}: {pair.type} {pair.kind}: {pair.one} | {pair.other}")
    _b_cubed(quality, read_clusters(folder / "clusters.tsv"))
    return quality


def _b_cubed(quality: IdentityQuality, clusters: Iterable[tuple[EntityType, tuple[str, ...]]]) -> None:
    truth: dict[tuple[EntityType, str], int] = {}
    for number, (type, names) in enumerate(clusters):
        truth.update({(type, name): number for name in names})
    found = {item: entity_id(*item, document=str(place)) for place, item in enumerate(truth)}
    ours, theirs = _groups(found), _groups(truth)
    both = {item: len(ours[found[item]] & theirs[truth[item]]) for item in truth}
    quality.names, quality.clusters = len(truth), len(theirs)
    if truth:
        quality.b_cubed_precision = sum(both[item] / len(ours[found[item]]) for item in truth) / len(truth)
        quality.b_cubed_recall = sum(both[item] / len(theirs[truth[item]]) for item in truth) / len(truth)
    for group in sorted(ours.values(), key=lambda items: min(truth[item] for item in items)):
        if len({truth[item] for item in group}) > 1:
            quality.errors.append(f"wrong: cluster: {' | '.join(sorted(name for _, name in group))}")


def _groups(labels: dict[tuple[EntityType, str], Any]) -> dict[Any, set[tuple[EntityType, str]]]:
    groups: dict[Any, set[tuple[EntityType, str]]] = defaultdict(set)
    for item, label in labels.items():
        groups[label].add(item)
    return groups


def read_pairs(path: Path) -> Iterator[NamePair]:
    """The pairs of a file.

    Raises:
        BadNamesGold: a line has no five fields, an unknown type, or says neither same nor different.
    """
    for line, fields in _lines(path, 5):
        type, one, other, same, kind = fields
        if same not in ("same", "different"):
            raise BadNamesGold(path, line, f"{same!r} stands where 'same' or 'different' must")
        yield NamePair(_type(path, line, type), one, other, same == "same", kind)


def read_clusters(path: Path) -> Iterator[tuple[EntityType, tuple[str, ...]]]:
    """The clusters of a file, each with its type and names.

    Raises:
        BadNamesGold: a line has no two fields, an unknown type, or a name that stands elsewhere too.
    """
    seen: set[tuple[EntityType, str]] = set()
    for line, (type, joined) in _lines(path, 2):
        cluster = _type(path, line, type), tuple(joined.split("|"))
        for name in cluster[1]:
            if (cluster[0], name) in seen:
                raise BadNamesGold(path, line, f"{name!r} stands in the file before")
            seen.add((cluster[0], name))
        yield cluster


def _lines(path: Path, width: int) -> Iterator[tuple[int, list[str]]]:
    for line, text in enumerate(path.read_text("utf8").splitlines(), 1):
        if text.startswith("# "):
            continue
        fields = text.split("\t")
        if len(fields) != width or not all(fields):
            raise BadNamesGold(path, line, f"{len(fields)} fields, {width} are needed, separated by tabs, none empty")
        yield line, fields


def _type(path: Path, line: int, type: str) -> EntityType:
    try:
        return EntityType(type)
    except ValueError as error:
        raise BadNamesGold(path, line, f"unknown type {type!r}; known are {', '.join(EntityType)}") from error
