"""Commands with which people correct the graph: show, decide, correct, add-claim, undo, decisions."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Annotated, Any

import typer
from rich.table import Table

from graph import amend, queries
from graph.client import Graph
from graph.corrections import EDITABLE, Action, Addition, Correction
from graph.decisions import Decision, Verdict, decide, decisions, import_decision, undo
from graph.errors import HuituError
from graph.records import EntityDetail
from graph.schema import ENTITY_NAMES_ZH, EntityType, Modality, RelationType
from huitu.console import graph_of, new_file, out, print_json

__all__ = ["add_claim_", "correct", "decide_", "decisions_", "show", "undo_"]

By = Annotated[str | None, typer.Option("--by", help="Who says so; without it the user of this machine.")]
Why = Annotated[str | None, typer.Option("--why", help="The reason, kept with it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
_MENTIONS = 3


class BadReviewFile(HuituError):
    """A line of a file of decisions and corrections is none; ``line`` counts from 1."""

    exit_code = 2

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}, line {line}: {problem}")
        self.line = line


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of an entity, present or former.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="Mentions of each name shown.")] = _MENTIONS,
    as_json: AsJson = False,
) -> None:
    """Show an entity: what was joined to it, and in which documents."""
    with graph_of() as graph:
        entity = _entity(graph, id)
        members = queries.members(graph, entity.id, limit=limit)
    if as_json:
        print_json({**asdict(entity), "members": [asdict(member) for member in members]})
        return
    out.print(f"{entity.id}  {ENTITY_NAMES_ZH[entity.type]}  {entity.name}  {entity.documents} documents")
    if entity.aliases:
        out.print(f"also: {'、'.join(entity.aliases)}")
    table = Table()
    for column in ("id", "documents", "mention"):
        table.add_column(column, no_wrap=True)
    for column in ("name", "posts", "document"):
        table.add_column(column, overflow="fold", min_width=6)
    for member in members:
        table.add_section()
        for place, mention in enumerate(member.mentions):
            posts = "；".join(f"{post.name}{post.role or ''}" for post in mention.posts)
            first = (member.key, str(member.documents)) if place == 0 else ("", "")
            where = f"{mention.date or ''} {mention.title or mention.document}".strip()
            table.add_row(*first, mention.id, mention.name, posts, where)
    out.print(table)


def _entity(graph: Graph, id: str) -> EntityDetail:
    try:
        return queries.entity(graph, id)
    except queries.Moved as moved:
        return queries.entity(graph, moved.to)


def decide_(
    verdict: Annotated[Verdict, typer.Argument(help="What you decide.")],
    a: Annotated[str, typer.Argument(metavar="A", help="Id of an entity, or of a mention that 'huitu show' lists.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Id of the other.")],
    why: Why = None,
    by: By = None,
) -> None:
    """Decide that two things are the same, are different, or that nobody can tell."""
    with graph_of() as graph:
        made = decide(graph, verdict, a, b, by=by or getpass.getuser(), why=why)
    out.print(f"{made.id}: {made.a_name} ({made.a}) and {made.b_name} ({made.b}) are {made.verdict}.")


def correct(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Id of the claim.")],
    action: Annotated[Action, typer.Argument(help="accept, reject or edit.")],
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help=f"With edit: {', '.join(EDITABLE)}; no value removes."),
    ] = None,
    why: Why = None,
    by: By = None,
) -> None:
    """Accept, reject or edit a claim; what was extracted is kept beneath."""
    fields: dict[str, str | None] = {}
    for change in changes or ():
        name, sign, value = change.partition("=")
        if not sign:
            raise typer.BadParameter(f"--set takes FIELD=VALUE, not {change!r}")
        fields[name] = value or None
    with graph_of() as graph:
        made = amend.correct_claim(graph, claim, action, by=by or getpass.getuser(), why=why, changes=fields)
    out.print(f"{made.id}: {made.action} of {claim} in {made.document}.")


def add_claim_(
    document: Annotated[str, typer.Argument(metavar="DOC", help="Key or id of the document.")],
    relation: Annotated[RelationType, typer.Argument(help="The relation.")],
    head: Annotated[str, typer.Argument(metavar="HEAD", help="Type and name, like Person:苏沐.")],
    tail: Annotated[str, typer.Argument(metavar="TAIL", help="Type and name, like Forum:2031云溪智能论坛.")],
    quote: Annotated[str, typer.Option("--quote", help="The words of the document that say so, to the letter.")],
    role: Annotated[str | None, typer.Option("--role", help="As the text words it: 致辞, 协办, 校长.")] = None,
    modality: Annotated[Modality, typer.Option("--modality", help="Whether it was held.")] = Modality.HELD,
    why: Why = None,
    by: By = None,
) -> None:
    """Add a claim that the extractor has missed."""
    addition = Addition(relation, _named(head), _named(tail), quote, role, modality)
    with graph_of() as graph:
        made = amend.add_claim(graph, document, addition, by=by or getpass.getuser(), why=why)
    out.print(f"{made.id}: added to {made.document}.")


def _named(words: str) -> tuple[EntityType, str]:
    type, _, name = words.partition(":")
    if type not in set(EntityType) or not name:
        raise typer.BadParameter(f"{words!r} is not TYPE:NAME; types are {', '.join(EntityType)}")
    return EntityType(type), name


def undo_(
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of a decision (v-…) or a correction (x-…).")],
    by: By = None,
) -> None:
    """Take a decision or a correction back."""
    who = by or getpass.getuser()
    with graph_of() as graph:
        undone = amend.undo_correction(graph, id, by=who) if id.startswith("x-") else undo(graph, id, by=who)
    out.print(f"{undone.id} is undone.")


def decisions_(
    everything: Annotated[bool, typer.Option("--all", help="Also those that were undone.")] = False,
    save: Annotated[Path | None, typer.Option("--export", help="Write them to a file (JSON Lines) instead.")] = None,
    take: Annotated[Path | None, typer.Option("--import", help="Take over those of a file written so.")] = None,
) -> None:
    """List, save or take over what people have decided and corrected."""
    if save and take:
        raise typer.BadParameter("--export and --import exclude each other")
    with graph_of() as graph:
        if take:
            new = _import(graph, take)
            out.print(f"{new} taken over; the others were there.")
        elif save:
            with new_file(save) as file:
                out.print(f"{_export(graph, file)} written to {save}.")
        else:
            _list(graph, in_force=not everything)


def _list(graph: Graph, *, in_force: bool) -> None:
    table = Table()
    table.add_column("id", no_wrap=True)
    for column in ("what", "of", "by", "when", "why"):
        table.add_column(column, overflow="fold", min_width=4)
    for decision in decisions(graph, in_force=in_force):
        of = f"{decision.a_name} ({decision.a}), {decision.b_name} ({decision.b})"
        what = f"{decision.verdict}, undone" if decision.undone_at else decision.verdict.value
        table.add_row(decision.id, what, of, decision.by, decision.at[:10], decision.why or "")
    for correction, applies in amend.corrections(graph, in_force=in_force):
        note = ", undone" if correction.undone_at else "" if applies else ", of a claim that is gone"
        of = f"{correction.claim or json.dumps(correction.changes, ensure_ascii=False)} in {correction.document}"
        table.add_row(
            correction.id, f"{correction.action}{note}", of, correction.by, correction.at[:10], correction.why or ""
        )
    out.print(table)


def _export(graph: Graph, file: IO[bytes]) -> int:
    count = 0
    for record in _records(graph):
        file.write((json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n").encode())
        count += 1
    return count


def _records(graph: Graph) -> Iterator[dict[str, Any]]:
    for decision in decisions(graph, in_force=False):
        yield {"decision": decision.to_json()}
    for correction, _ in amend.corrections(graph, in_force=False):
        yield {"correction": correction.to_json()}


def _import(graph: Graph, path: Path) -> int:
    made: list[Decision | Correction] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            record = json.loads(line)
            if "decision" in record:
                made.append(Decision.from_json(record["decision"]))
            else:
                made.append(Correction.from_json(record["correction"]))
        except (ValueError, KeyError, TypeError, HuituError) as error:
            raise BadReviewFile(path, number, f"neither a decision nor a correction ({error})") from error
    return sum(
        import_decision(graph, each) if isinstance(each, Decision) else amend.import_correction(graph, each)
        for each in made
    )
