"""How well candidates are proposed: on pairs of profiles whose answer is known (``candidates.jsonl`` of a gold folder).

A line holds ``kind``, ``same`` and ``profiles``: the two in question, then others that may be taken for them. Each line
counts as all that is known. A profile has the fields of `graph.candidates.records.Profile`; a post those of `Post`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.candidates.find import LOWEST_SCORE, find_candidates
from graph.candidates.records import Post, Profile
from graph.errors import HuituError
from graph.schema import EntityType

__all__ = [
    "BANDS",
    "BadCandidatesGold",
    "CandidateQuality",
    "CandidateScore",
    "Case",
    "evaluate_candidates",
    "read_cases",
]

BANDS = (LOWEST_SCORE, 0.5, 0.8)
"""Lowest scores of the bands: doubtful, possible, likely."""


class BadCandidatesGold(HuituError):
    """A line of a gold file of candidates breaks its format; ``path`` and ``line`` (counted from 1) tell which."""

    exit_code = 2

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}, line {line}: {problem}")
        self.path = path
        self.line = line


@dataclass(frozen=True, slots=True)
class Case:
    """Profiles of which the first two are one thing (``same``) or not."""

    kind: str
    same: bool
    profiles: tuple[Profile, ...]


@dataclass(slots=True)
class CandidateScore:
    """Counts of pairs: proposed and the same, proposed and not, the same and not proposed, rightly not proposed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    apart: int = 0

    @property
    def precision(self) -> float:
        """The share of what is proposed that is the same; 1, where nothing is proposed."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what is the same that is proposed; 1, where nothing is the same."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def to_json(self) -> dict[str, Any]:
        counts = {"right": self.right, "wrong": self.wrong, "missed": self.missed, "apart": self.apart}
        return counts | {"precision": round(self.precision, 4), "recall": round(self.recall, 4)}


@dataclass(slots=True)
class CandidateQuality:
    """Scores by type and kind (``Person moved``) in the order of the file, of all, and proposals by band of score."""

    kinds: dict[str, CandidateScore] = field(default_factory=lambda: defaultdict(CandidateScore))
    total: CandidateScore = field(default_factory=CandidateScore)
    bands: dict[float, CandidateScore] = field(default_factory=lambda: {low: CandidateScore() for low in BANDS})
    errors: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        bands = {
            f"{low:.1f}": {"right": score.right, "wrong": score.wrong, "precision": round(score.precision, 4)}
            for low, score in self.bands.items()
        }
        kinds = {kind: score.to_json() for kind, score in self.kinds.items()}
        return {"pairs": self.total.to_json(), "kinds": kinds, "bands": bands}


def evaluate_candidates(path: Path) -> CandidateQuality:
    """Score what is proposed for each case of a file.

    Raises:
        BadCandidatesGold: a line breaks the format.
        OSError: the file cannot be read.
    """
    quality = CandidateQuality()
    for case in read_cases(path):
        ids = {profile.id for profile in case.profiles[:2]}
        score = max((each.score for each in find_candidates(case.profiles) if {each.a, each.b} == ids), default=None)
        proposed = score is not None
        result = ("right" if case.same else "wrong") if proposed else ("missed" if case.same else "apart")
        kind = f"{case.profiles[0].type} {case.kind}"
        counted = [quality.kinds[kind], quality.total]
        if score is not None:
            counted.append(quality.bands[max(low for low in BANDS if low <= score)])
        for each in counted:
            setattr(each, result, getattr(each, result) + 1)
        if proposed != case.same:
            names = " | ".join(_told(profile) for profile in case.profiles[:2])
            quality.errors.append(f"{result}: {kind}: {names}" + (f": {score:.2f}" if score is not None else ""))
    return quality


def _told(profile: Profile) -> str:
    posts = ", ".join(f"{post.organization}{post.role or ''}" for post in profile.posts)
    return f"{profile.names[0]} ({posts})" if posts else profile.names[0]


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of a file.

    Raises:
        BadCandidatesGold: a line is no JSON, has a key too few or too many, an unknown type or less than two profiles.
    """
    for line, text in enumerate(path.read_text("utf8").splitlines(), 1):
        try:
            record = json.loads(text)
            case = Case(record["kind"], record["same"], tuple(_profile(each) for each in record["profiles"]))
        except KeyError as error:
            raise BadCandidatesGold(path, line, f"no key {error.args[0]!r}") from error
        except (TypeError, ValueError) as error:
            raise BadCandidatesGold(path, line, str(error)) from error
        if len(case.profiles) < 2 or not isinstance(case.same, bool):
            raise BadCandidatesGold(path, line, "two profiles are needed, and 'same' is true or false")
        yield case


def _profile(record: Mapping[str, Any]) -> Profile:
    posts = tuple(Post(**post) for post in record.get("posts", ()))
    tuples = {key: tuple(record[key]) for key in ("names", "forums", "neighbours") if key in record}
    return Profile(**{**record, "type": EntityType(record["type"]), "posts": posts, **tuples})
