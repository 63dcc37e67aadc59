"""Decisions of people on identity (判定): two things are the same, are different, or nobody can tell.

    decide(graph, "same", a, b)       one entity from now on; refused while a decision keeps them apart
    decide(graph, "different", a, b)  two entities from now on ("never merge"), whatever documents say
    decide(graph, "unsure", a, b)     asked and not known: out of the review queue, nothing else changes
    undo(graph, decision)             as if it had not been made

``a`` and ``b`` are ids of entities, present or former, or of mentions: one document's use of a name. A mention that is
decided to be different from what others call by its name, or the same as something else, is set apart from that name.
Decisions are data: nodes that tie keys, which outlive documents, re-extraction and a reset, and travel as JSON Lines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from graph.client import Graph, Row, Transaction
from graph.errors import HuituError
from graph.identity import key_node
from graph.keys import split_key
from graph.load import reload
from graph.resolve import resolve
from graph.schema import EntityType

__all__ = [
    "BadDecision",
    "Decision",
    "DecisionConflict",
    "UnknownDecision",
    "Verdict",
    "decide",
    "decisions",
    "import_decision",
    "now",
    "undo",
]


_TICK = timedelta(milliseconds=1)


class BadDecision(HuituError):
    """A decision that says nothing: unknown or unlike things, twice the same key."""

    exit_code = 2


class DecisionConflict(HuituError):
    """Decisions in force say otherwise; ``decisions`` are their ids."""

    def __init__(self, message: str, decisions: tuple[str, ...]) -> None:
        super().__init__(message, hint=f"Undo {' or '.join(decisions)} first." if decisions else None)
        self.decisions = decisions


class UnknownDecision(HuituError):
    """There is no decision in force with that ``id``."""

    def __init__(self, id: str) -> None:
        super().__init__(f"there is no decision {id!r} in force", hint="'huitu decisions' lists them.")
        self.id = id


class Verdict(StrEnum):
    """What was decided on two things."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision, by whom, when (ISO 8601, UTC) and why.

    Args:
        id: made from all that follows up to ``why``.
        verdict: what was decided.
        type: type of both things.
        a: id of the one, as given.
        b: id of the other.
        a_key: the key that stands for it.
        b_key: the key that stands for the other.
        a_name: its name then.
        b_name: the other's name then.
        by: who.
        at: when.
        why: reason, where given.
        undone_at: when it was undone, or gave way to another decision on the same two.
        undone_by: who has undone it.
    """

    id: str
    verdict: Verdict
    type: EntityType
    a: str
    b: str
    a_key: str
    b_key: str
    a_name: str
    b_name: str
    by: str
    at: str
    why: str | None = None
    undone_at: str | None = None
    undone_by: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As a line of an export."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Decision:
        """The twin of `to_json`.

        Raises:
            BadDecision: a field is missing, unknown or of the wrong form.
        """
        try:
            made = cls(**record)
            return cls(**{**record, "verdict": Verdict(made.verdict), "type": EntityType(made.type)})
        except (TypeError, ValueError) as error:
            raise BadDecision(f"not a decision: {error}") from error


@dataclass(frozen=True, slots=True)
class _Side:
    """One of two things: the key that stands for it, and the mention that is to be set apart from its name."""

    id: str
    key: str
    type: EntityType
    name: str
    mention: str | None = None
    document: str | None = None


def now(*, after: str = "") -> str:
    """This moment as decisions record it; the next after another one where the clock says it is not later."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    return at if at > after else (datetime.fromisoformat(after) + _TICK).isoformat(timespec="milliseconds")


def decide(graph: Graph, verdict: Verdict, a: str, b: str, *, by: str, why: str | None = None) -> Decision:
    """Make a decision; an earlier one on the same two gives way to it.

    Args:
        graph: where.
        verdict: same, different or unsure.
        a: id of an entity, present or former, or of a mention.
        b: id of the other.
        by: who decides.
        why: reason.

    Raises:
        BadDecision: there is no such thing, the two are of different types, or have one key.
        DecisionConflict: other decisions in force make it impossible.
    """
    at = now()

    def work(transaction: Transaction) -> Decision:
        transaction.run("lock_decisions")
        one, other = (_side(transaction, id, verdict) for id in (a, b))
        if one.type is not other.type:
            raise BadDecision(f"{a} is a {one.type}, {b} a {other.type}: things of two types are never one")
        if one.key == other.key:
            hint = "Give the id of a mention of the one that is something else: 'huitu show ID' lists them."
            raise BadDecision(f"{a} and {b} have one name and nothing that tells them apart", hint=hint)
        first, second = sorted((one, other), key=lambda side: side.key)
        parts = (verdict.value, first.id, second.id, first.key, second.key, by, at, why or "")
        id = f"v-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:16]}"
        names = first.name, second.name
        made = Decision(id, verdict, one.type, first.id, second.id, first.key, second.key, *names, by, at, why)
        _write(transaction, made)
        _check(transaction, made)
        return made

    made = graph.transact(work)
    resolve(graph)
    return made


def undo(graph: Graph, id: str, *, by: str) -> Decision:
    """Take a decision back; it stays on record as undone.

    Raises:
        UnknownDecision: there is none in force with that id.
    """
    at = now()

    def work(transaction: Transaction) -> Decision:
        transaction.run("lock_decisions")
        rows = transaction.run("read_decision", id=id)
        if not rows or rows[0]["properties"].get("undone_at"):
            raise UnknownDecision(id)
        return _undo(transaction, rows[0], by, at)

    undone = graph.transact(work)
    resolve(graph)
    return undone


def decisions(graph: Graph, *, in_force: bool = True) -> Iterator[Decision]:
    """All decisions in the order in which they were made."""
    for row in graph.stream("list_decisions", in_force=in_force or None, at="", id="", limit=None):
        yield Decision.from_json(row["properties"])


def import_decision(graph: Graph, made: Decision) -> bool:
    """Take over a decision made elsewhere; returns whether it was new.

    Raises:
        DecisionConflict: decisions in force say otherwise.
    """

    def work(transaction: Transaction) -> bool:
        transaction.run("lock_decisions")
        if transaction.run("read_decision", id=made.id):
            return False
        _write(transaction, made)
        _check(transaction, made)
        return True

    new = graph.transact(work)
    resolve(graph)
    return new


def _side(transaction: Transaction, id: str, verdict: Verdict) -> _Side:
    rows = transaction.run("read_decided", id=id, node=key_node(id))
    if not rows:
        raise BadDecision(f"the graph has no entity or mention {id!r}", hint="'huitu search WORDS' finds entities.")
    row = rows[0]
    type = EntityType(row["type"])
    if row["mention"] is None or verdict is Verdict.UNSURE:
        return _Side(id, row["key"], type, row["name"])
    key = row["key"] if row["apart"] else split_key(type, row["key"], row["document"])
    return _Side(id, key, type, row["name"], id, row["document"])


def _write(transaction: Transaction, made: Decision) -> None:
    """Record a decision with the keys it ties and the mentions it sets apart, in place of one on the same two."""
    for row in transaction.run("find_decisions", a=made.a_key, b=made.b_key):
        if made.undone_at is None:
            _undo(transaction, row, made.by, made.at)
    apart = [key_node(id) for id in (made.a, made.b) if id.startswith("m-") and made.verdict is not Verdict.UNSURE]
    in_force = made.undone_at is None
    keys = [key_node(made.a_key), key_node(made.b_key)] if in_force else []
    transaction.run("write_decision", id=made.id, properties=made.to_json(), type=made.type.value, keys=keys)
    if apart and in_force:
        transaction.run("write_splits", id=made.id, keys=apart)
        _reload(transaction, apart)


def _undo(transaction: Transaction, row: Row, by: str, at: str) -> Decision:
    undone = Decision.from_json({**row["properties"], "undone_at": at, "undone_by": by})
    transaction.run("undo_decision", id=undone.id, at=at, by=by)
    _reload(transaction, row["apart"])
    return undone


def _reload(transaction: Transaction, apart: Iterable[str]) -> None:
    """Load documents anew whose mentions were set apart, or are no longer."""
    documents = [row["document"] for row in transaction.run("read_mention_documents", ids=[id[1:] for id in apart])]
    if documents:
        reload(transaction, documents)


def _check(transaction: Transaction, made: Decision) -> None:
    """See that a decision agrees with the others in force.

    Raises:
        DecisionConflict: it does not.
    """
    if made.undone_at is not None:
        return
    others: dict[str, Row] = {}
    keys = {made.a_key, made.b_key}
    while new := {
        row["decision"]: row
        for row in transaction.run("read_key_decisions", ids=[key_node(key) for key in sorted(keys)])
        if row["decision"] != made.id and row["decision"] not in others
    }:
        others |= new
        keys.update(key for row in new.values() for key in (row["a"], row["b"]))
    if against := _against(made, others.values()):
        raise DecisionConflict(
            f"{made.a} and {made.b} cannot be {made.verdict.value}: decisions say otherwise", against
        )


def _against(made: Decision, others: Iterable[Row]) -> tuple[str, ...]:
    """The ids of those of the other decisions that a new one contradicts, by themselves or together."""
    rows = sorted(others, key=lambda row: str(row["decision"]))
    same = [row for row in rows if row["verdict"] == Verdict.SAME]
    pairs = [(row["a"], row["b"]) for row in same]
    if made.verdict is Verdict.SAME:
        pairs.append((made.a_key, made.b_key))
    group = {made.a_key}
    while grown := {key for pair in pairs if group & set(pair) for key in pair} - group:
        group |= grown
    if made.verdict is Verdict.SAME:
        held = [row for row in rows if row["verdict"] == Verdict.DIFFERENT]
        return tuple(row["decision"] for row in held if {row["a"], row["b"]} <= group)
    if made.verdict is Verdict.DIFFERENT and made.b_key in group:
        return tuple(row["decision"] for row in same if row["a"] in group)
    return ()
