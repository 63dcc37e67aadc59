"""Makes and undoes corrections of claims in the graph; what a correction is, `graph.corrections` says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from graph.client import Graph, Row, Transaction
from graph.corrections import EDITABLE, Action, Addition, Correction
from graph.decisions import now
from graph.errors import HuituError
from graph.identity import document_id
from graph.load import reload
from graph.resolve import resolve
from graph.schema import RELATIONS, InvalidRecord, Modality, Period, RelationType

__all__ = [
    "BadCorrection",
    "NothingToCorrect",
    "UnknownCorrection",
    "add_claim",
    "correct_claim",
    "corrections",
    "import_correction",
    "period",
    "undo_correction",
]

_PRECISIONS = ("day", "month", "year")


class BadCorrection(HuituError):
    """A correction that cannot be made: there is no such claim or document, or what it says breaks the contract."""

    exit_code = 2


class NothingToCorrect(BadCorrection):
    """The graph has no ``kind`` (claim, document) ``id``."""

    def __init__(self, kind: str, id: str) -> None:
        super().__init__(f"the graph has no {kind} {id!r}")
        self.kind = kind
        self.id = id


class UnknownCorrection(HuituError):
    """There is no correction in force with that ``id``."""

    def __init__(self, id: str) -> None:
        super().__init__(f"there is no correction {id!r} in force", hint="'huitu decisions' lists them.")
        self.id = id


def correct_claim(
    graph: Graph,
    claim: str,
    action: Action,
    *,
    by: str,
    why: str | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Correction:
    """Accept, reject or edit a claim; whatever said so of it before gives way.

    Args:
        graph: where.
        claim: id of the claim.
        action: accept, reject or edit.
        by: who.
        why: reason.
        changes: for an edit, fields of `EDITABLE` with their new values; None removes one.

    Raises:
        NothingToCorrect: there is no such claim.
        BadCorrection: a field or value is not allowed.
    """
    changes = dict(changes or {})
    if (action is Action.EDIT) is not bool(changes) or action is Action.ADD:
        raise BadCorrection("an edit says what to change, to accept or reject a claim nothing")

    def work(transaction: Transaction) -> Correction:
        rows = transaction.run("read_claim", id=claim)
        if not rows:
            raise NothingToCorrect("claim", claim)
        kept = rows[0]["properties"]
        if kept.get("status") == "added":
            raise BadCorrection(f"{claim} was added by hand", hint="Undo its correction to take it away.")
        _check_changes(changes, rows[0])
        document = rows[0]["document"]
        transaction.run("hold_documents", ids=[document_id(document)])  # of corrections at one time each sees the last
        made = _made(action, document, by, changes, why, claim, kept["statement"], _latest(transaction, document))
        for row in transaction.run("find_corrections", claim=claim, document=made.document):
            earlier = Correction.of_row(row["properties"])
            if (earlier.action is Action.EDIT) is (action is Action.EDIT):
                transaction.run("undo_correction", id=earlier.id, at=made.at, by=by)
        return _write(transaction, made)

    return _done(graph, graph.transact(work))


def add_claim(graph: Graph, document: str, addition: Addition, *, by: str, why: str | None = None) -> Correction:
    """Add a claim to a document.

    Args:
        graph: where.
        document: key or id of the document.
        addition: what it says, with a quote that stands in the document's text.
        by: who.
        why: reason.

    Raises:
        NothingToCorrect: there is no such document.
        BadCorrection: the quote is not in it, or names and relation do not fit.
    """

    def work(transaction: Transaction) -> Correction:
        rows = transaction.run("read_text", ids=[document_id(document), document])
        if not rows:
            raise NothingToCorrect("document", document)
        if not addition.quote or addition.quote not in rows[0]["text"]:
            raise BadCorrection("the quote does not stand in the document, to the letter")
        spec = RELATIONS[addition.relation]
        for (type, name), allowed in ((addition.head, spec.heads), (addition.tail, spec.tails)):
            if type not in allowed:
                raise BadCorrection(f"{addition.relation} does not go with a {type}; allowed are {sorted(allowed)}")
            if not name.strip():
                raise BadCorrection("a name is empty")
        return _write(transaction, _made(Action.ADD, rows[0]["key"], by, addition.to_json(), why))

    return _done(graph, graph.transact(work))


def undo_correction(graph: Graph, id: str, *, by: str) -> Correction:
    """Take a correction back; it stays on record as undone.

    Raises:
        UnknownCorrection: there is none in force with that id.
    """
    at = now()

    def work(transaction: Transaction) -> Correction:
        rows = transaction.run("undo_correction", id=id, at=at, by=by)
        if not rows:
            raise UnknownCorrection(id)
        undone = Correction.of_row(rows[0]["properties"])
        reload(transaction, [document_id(undone.document)])
        return undone

    return _done(graph, graph.transact(work))


def import_correction(graph: Graph, made: Correction) -> bool:
    """Take over a correction made elsewhere; returns whether it was new."""

    def work(transaction: Transaction) -> bool:
        if transaction.run("read_correction", id=made.id):
            return False
        _write(transaction, made)
        return True

    new = graph.transact(work)
    resolve(graph)
    return new


def corrections(graph: Graph, *, in_force: bool = True) -> Iterator[tuple[Correction, bool]]:
    """All corrections in the order in which they were made, each with whether it applies to a claim that is there."""
    for row in graph.stream("list_corrections", in_force=in_force or None, at="", id="", limit=None):
        yield Correction.of_row(row["properties"]), row["applies"]


def _made(
    action: Action,
    document: str,
    by: str,
    changes: Mapping[str, Any],
    why: str | None,
    claim: str | None = None,
    statement: str | None = None,
    after: str = "",
) -> Correction:
    at = now(after=after)
    said = json.dumps([action, document, claim, statement, changes, by, at, why], ensure_ascii=False, sort_keys=True)
    id = f"x-{hashlib.sha256(said.encode()).hexdigest()[:16]}"
    return Correction(id, action, document, by, at, changes, why, claim, statement)


def _latest(transaction: Transaction, document: str) -> str:
    """When the last correction in force of a document was made: the later one counts, whatever the clock says."""
    rows = transaction.run("read_corrections", documents=[document])
    return max((each["at"] for row in rows for each in row["corrections"]), default="")


def _write(transaction: Transaction, made: Correction) -> Correction:
    transaction.run("write_correction", id=made.id, properties=made.to_row())
    try:
        reload(transaction, [document_id(made.document)])
    except InvalidRecord as error:
        raise BadCorrection(error.problem) from error
    return made


def _done(graph: Graph, made: Correction) -> Correction:
    resolve(graph)
    return made


def _check_changes(changes: Mapping[str, Any], row: Row) -> None:
    """See that edited fields have values that a claim can have.

    Raises:
        BadCorrection: they have not.
    """
    for name, value in changes.items():
        if name not in EDITABLE:
            raise BadCorrection(f"{name!r} cannot be edited; {', '.join(EDITABLE)} can")
        if value is not None and not isinstance(value, str):
            raise BadCorrection(f"{name} must be text or null, not {value!r}")
    if "modality" in changes and changes["modality"] not in set(Modality):
        raise BadCorrection(f"modality must be one of {', '.join(Modality)}, not {changes['modality']!r}")
    if "relation" in changes:
        if changes["relation"] not in set(RelationType):
            raise BadCorrection(f"there is no relation {changes['relation']!r}; {', '.join(RelationType)}")
        spec = RELATIONS[RelationType(changes["relation"])]
        if row["subject_type"] not in spec.heads or row["object_type"] not in spec.tails:
            raise BadCorrection(
                f"{changes['relation']} does not connect {row['subject_type']} and {row['object_type']}"
            )
    kept = row["properties"] | changes
    period(kept.get("date_from"), kept.get("date_to"), kept.get("date_precision"))


def period(first: str | None, last: str | None, precision: str | None) -> Period | None:
    """The period of a claim; it has all of its parts or none.

    Raises:
        BadCorrection: a part is missing, is no day, or no precision.
    """
    if first is None and last is None and precision is None:
        return None
    if first is None or last is None or precision is None:
        raise BadCorrection("date_from, date_to and date_precision go together")
    for name, value in (("date_from", first), ("date_to", last)):
        if not _is_day(value):
            raise BadCorrection(f"{name} must be a day as YYYY-MM-DD, not {value!r}")
    if first > last or precision not in _PRECISIONS:
        raise BadCorrection(f"dates run from the earlier to the later; precisions are {', '.join(_PRECISIONS)}")
    return Period(first, last, precision)


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value  # Python takes 20310501 too
    except ValueError:
        return False
