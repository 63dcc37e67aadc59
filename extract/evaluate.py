"""Precision, recall and F1 of extractions against gold annotations, and how far right relations agree in detail.

Names are compared after NFKC, case folding and dropping spaces, quotes, book marks, middle dots, brackets, hyphens,
commas and full stops. An entity is right when its type is the gold type and one of its names is a gold name (relaxed:
one holds the other and has at least half its length); a second entity for the same gold one is wrong. A relation is
right when its type is right and both ends are. What the gold marks optional is neither right nor wrong; a place without
a gold relation is free too, and a denied relation is not scored. `extract.attributes` compares roles, modalities and
dates, `extract.reliability` confidences with the truth.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from extract.attributes import Attributes
from extract.errors import GoldError
from extract.reliability import Reliability
from extract.sources import Skipped, read_documents
from graph.schema import RELATIONS, Document, EntityType, Modality, RelationType

__all__ = ["Evaluation", "Gold", "Score", "alike", "evaluate", "names_of", "read_gold"]

_DROP = re.compile(r"[\s《》〈〉“”\"'‘’「」『』·•・‧()（）\-—–_,，、.。]+")
_ENDS = ("head", "tail")
_PRECISIONS = ("day", "month", "year")
Key = tuple[str, str, str]


@dataclass(slots=True)
class Score:
    """Counts of right, wrong and missed; ratios are 0 where nothing was counted."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def add(self, other: Score) -> None:
        self.right, self.wrong = self.right + other.right, self.wrong + other.wrong
        self.missed += other.missed


@dataclass(frozen=True, slots=True)
class Gold:
    """A document with its annotation, in the JSON form of the guideline; ``denied`` are facts that the text denies."""

    document: Document
    entities: list[dict[str, Any]]
    relations: list[dict[str, Any]]
    denied: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Evaluation:
    """Scores by type (``E:Person``, ``R:SPEAKER_AT``, ``aliases``), further figures, and the errors by document."""

    documents: int = 0
    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    attributes: Attributes = field(default_factory=Attributes)
    reliability: Reliability = field(default_factory=Reliability)
    errors: dict[str, list[str]] = field(default_factory=dict)

    def total(self, prefix: str) -> Score:
        """The sum over all types of ``E`` (entities) or ``R`` (relations)."""
        total = Score()
        for name, score in self.scores.items():
            if name.startswith(f"{prefix}:"):
                total.add(score)
        return total

    def rows(self) -> Iterator[tuple[str, Score]]:
        """Totals first, then every type in the order of names."""
        yield "E:*", self.total("E")
        yield "R:*", self.total("R")
        yield from sorted(self.scores.items())

    def to_json(self) -> dict[str, Any]:
        """The figures as a JSON object, rounded to four digits; what nothing was annotated for is left out."""
        rows = {
            name: {
                "p": round(score.precision, 4),
                "r": round(score.recall, 4),
                "f1": round(score.f1, 4),
                "gold": score.right + score.missed,
            }
            for name, score in self.rows()
        }
        confidence = {"confidence": self.reliability.to_json()} if self.reliability.items else {}
        return {"docs": self.documents, **rows, **self.attributes.to_json(), **confidence}


def read_gold(folder: Path) -> Iterator[Gold]:
    """The annotated documents of a folder: every ``*.gold.json`` with the ``.txt`` beside it.

    A text that states no day of publication has that of its annotation.

    Raises:
        GoldError: there are none, a text is missing, or an annotation breaks the schema.
    """
    paths = sorted(folder.glob("*.gold.json"))
    if not paths:
        raise GoldError(folder, "no *.gold.json there")
    for path in paths:
        try:
            record = json.loads(path.read_text("utf8"))
            entities, relations, denied = record["entities"], record["relations"], record.get("denied", [])
            day = date.fromisoformat(record["date"]).isoformat() if record.get("date") else None
            _check(entities, relations, denied)
        except (ValueError, KeyError, TypeError) as error:
            raise GoldError(path, f"no annotation in the form of the guideline ({error!r})") from error
        text_path = path.with_name(path.name.removesuffix(".gold.json") + ".txt")
        skipped: list[Skipped] = []
        documents = list(read_documents([text_path], on_skip=skipped.append))
        if not documents:
            raise GoldError(text_path, "; ".join(s.reason for s in skipped))
        document = replace(documents[0], date=documents[0].date or day)
        yield Gold(document, entities, relations, denied)


def _check(entities: list[dict[str, Any]], relations: list[dict[str, Any]], denied: list[dict[str, Any]]) -> None:
    ids = {entity["id"]: EntityType(entity["type"]) for entity in entities}
    for relation in (*relations, *denied):
        if RelationType(relation["type"]) and not {relation["head"], relation["tail"]} <= set(ids):
            raise ValueError(f"{relation['type']} has an end that is no entity")
        Modality(relation.get("modality", Modality.HELD))
        if relation.get("date") is not None:
            _check_date(relation["date"])
    both = {_key(r) for r in relations} & {_key(r) for r in denied}
    if both:
        raise ValueError(f"{min(both)} is both a relation and denied")


def _check_date(period: dict[str, str]) -> None:
    first, last = date.fromisoformat(period["from"]), date.fromisoformat(period["to"])
    if first > last or period["precision"] not in _PRECISIONS or len(period) != 3:
        raise ValueError(f"{period} is no date")


def evaluate(
    gold: Iterable[Gold], predict: Callable[[Document], Mapping[str, Any]], *, relaxed: bool = False
) -> Evaluation:
    """Score ``predict`` (a document to the JSON form of its extraction) on annotated documents."""
    evaluation = Evaluation()
    for item in gold:
        evaluation.documents += 1
        evaluation.errors[item.document.key] = _score(item, predict(item.document), relaxed, evaluation)
    return evaluation


def _normal(name: str) -> str:
    return _DROP.sub("", unicodedata.normalize("NFKC", name).casefold())


def names_of(entity: Mapping[str, Any]) -> set[str]:
    """The names of an entity in the form in which they are compared."""
    return {_normal(name) for name in (entity["name"], *entity.get("aliases", ()))} - {""}


def alike(a: set[str], b: set[str], relaxed: bool) -> bool:
    """Whether two entities of one type share a name (relaxed: one name holds the other)."""
    if a & b or not relaxed:
        return bool(a & b)
    return any((x in y or y in x) and min(len(x), len(y)) * 2 >= max(len(x), len(y)) for x in a for y in b)


def _score(gold: Gold, predicted: Mapping[str, Any], relaxed: bool, evaluation: Evaluation) -> list[str]:
    errors: list[str] = []
    scores = evaluation.scores
    linked = {r[end] for r in gold.relations if not r.get("optional") for end in ("head", "tail")}
    free = {
        e["id"] for e in gold.entities if e.get("optional") or (e["type"] == EntityType.PLACE and e["id"] not in linked)
    }
    matched, taken = _match(gold, predicted["entities"], relaxed, free, scores, errors)
    used = {r[end] for r in predicted["relations"] if not _is_denied(r) for end in ("head", "tail")}
    for entity in predicted["entities"]:
        if entity["id"] not in matched and (entity["type"] != EntityType.PLACE or entity["id"] in used):
            scores[f"E:{entity['type']}"].wrong += 1
            errors.append(f"spurious {entity['type']} {entity['name']}")
    gold_names = {e["id"]: names_of(e) for e in gold.entities}
    for entity in gold.entities:
        if entity["id"] not in taken and entity["id"] not in free:
            scores[f"E:{entity['type']}"].missed += 1
            errors.append(f"missed {entity['type']} {entity['name']}")
    for entity in predicted["entities"]:
        if entity["id"] in matched:
            given = {_normal(a) for a in entity.get("aliases", ())} - {"", _normal(entity["name"])}
            good = given & gold_names[matched[entity["id"]]]
            scores["aliases"].add(Score(len(good), len(given) - len(good)))
    _score_relations(gold, predicted, matched, evaluation, errors)
    return errors


def _match(
    gold: Gold,
    entities: list[dict[str, Any]],
    relaxed: bool,
    free: set[str],
    scores: dict[str, Score],
    errors: list[str],
) -> tuple[dict[str, str], set[str]]:
    """Predicted id -> gold id, and the gold ids found; exact names are matched before relaxed ones."""
    matched: dict[str, str] = {}
    taken: set[str] = set()
    for loose in (False, True) if relaxed else (False,):
        for entity in entities:
            if entity["id"] in matched:
                continue
            names = names_of(entity)
            hits = [g["id"] for g in gold.entities if g["type"] == entity["type"] and alike(names, names_of(g), loose)]
            if not hits:
                continue
            new = [g for g in hits if g not in taken]
            matched[entity["id"]] = (new or hits)[0]
            if not new:
                scores[f"E:{entity['type']}"].wrong += 1
                errors.append(f"duplicate {entity['type']} {entity['name']}")
            else:
                taken.add(new[0])
                if new[0] not in free:
                    scores[f"E:{entity['type']}"].right += 1
    return matched, taken


def _score_relations(
    gold: Gold,
    predicted: Mapping[str, Any],
    matched: Mapping[str, str],
    evaluation: Evaluation,
    errors: list[str],
) -> None:
    name = {e["id"]: e["name"] for e in predicted["entities"]}
    gold_name = {e["id"]: e["name"] for e in gold.entities}
    wanted = {_key(r): r for r in gold.relations if not r.get("optional")}
    optional = {_key(r) for r in gold.relations if r.get("optional")} - set(wanted)
    said: dict[Key, Mapping[str, Any]] = {}
    # Of several with the same ends the last one counts, an asserted one before a denied one.
    for relation in sorted(predicted["relations"], key=lambda r: not _is_denied(r)):
        said[_key({**relation, **{end: matched.get(relation[end], f"?{name[relation[end]]}") for end in _ENDS}})] = (
            relation
        )
    found = {key: relation for key, relation in said.items() if not _is_denied(relation)}
    for key, relation in found.items():
        if key in optional:
            continue
        right = key in wanted
        if "confidence" in relation:
            evaluation.reliability.add(relation["confidence"], right)
        text = f"{key[0]} {name[relation['head']]} -> {name[relation['tail']]}"
        if right:
            evaluation.scores[f"R:{key[0]}"].right += 1
            errors.extend(evaluation.attributes.add_right(wanted[key], relation, text))
        else:
            evaluation.scores[f"R:{key[0]}"].wrong += 1
            errors.append(f"spurious {text}")
    for key in sorted(set(wanted) - set(found)):
        evaluation.scores[f"R:{key[0]}"].missed += 1
        errors.append(f"missed {_text(key, gold_name)}")
    denied = [{**r, "modality": Modality.DENIED} for r in gold.denied]
    for relation in (*wanted.values(), *(r for r in gold.relations if r.get("optional") and _is_denied(r)), *denied):
        key = _key(relation)
        errors.extend(evaluation.attributes.add_modality(relation, said.get(key), _text(key, gold_name)))


def _key(relation: Mapping[str, Any]) -> Key:
    head, tail = relation["head"], relation["tail"]
    if RELATIONS[RelationType(relation["type"])].symmetric:
        head, tail = sorted((head, tail))
    return relation["type"], head, tail


def _text(key: Key, name: Mapping[str, str]) -> str:
    return f"{key[0]} {name[key[1]]} -> {name[key[2]]}"


def _is_denied(relation: Mapping[str, Any]) -> bool:
    return bool(relation.get("modality") == Modality.DENIED)
