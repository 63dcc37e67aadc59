"""The command review: pairs of entities that may be one thing, listed, or shown one after the other to decide on."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from typing import Annotated, Any

import typer
from rich.prompt import Prompt

from graph import queries
from graph.client import Graph
from graph.decisions import DecisionConflict, Verdict, decide
from graph.records import EntitySummary, Member, MemberMention
from graph.review import ReviewPair, ReviewQueue
from graph.schema import ENTITY_NAMES_ZH, EntityType
from huitu.console import err, graph_of, out, print_json, visible

__all__ = ["review"]

_LISTED = 20
_MENTIONS = 3
_ANSWERS = {"s": Verdict.SAME, "d": Verdict.DIFFERENT, "u": Verdict.UNSURE}
_QUESTION = "s(ame), d(ifferent), u(nsure), skip or q(uit)?"


def review(
    listing: Annotated[bool, typer.Option("--list", help="Print the pairs instead of asking.")] = False,
    types: Annotated[
        list[EntityType] | None, typer.Option("--type", help="Only this type; may be given again.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Pairs at most; without it 20 with --list, else all.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who decides; without it the user of this machine.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="With --list: print the result as JSON.")] = False,
) -> None:
    """Go through pairs of entities that may be one thing, the likeliest first, and decide."""
    if as_json and not listing:
        raise typer.BadParameter("--json goes with --list")
    if not listing and not sys.stdin.isatty():
        raise typer.BadParameter("review asks questions: run it in a terminal, or give --list")
    with graph_of() as graph:
        queue = ReviewQueue(graph)
        if not listing:
            _ask(graph, islice(queue.one_by_one(types=types or ()), limit), by or getpass.getuser())
            return
        pairs, most = queue.pairs(types=types or ()), limit or _LISTED
        if as_json:
            print_json({"total": len(pairs), "items": [_record(graph, pair) for pair in pairs[:most]]})
            return
        for pair in pairs[:most]:
            _show(graph, pair)
    if len(pairs) > most:
        err.print(f"{len(pairs)} in all; --limit shows more.")


def _ask(graph: Graph, pairs: Iterator[ReviewPair], by: str) -> None:
    made = 0
    for pair in pairs:
        _show(graph, pair)
        answer = Prompt.ask(_QUESTION, console=out, choices=[*_ANSWERS, "skip", "q"], show_choices=False)
        if answer == "q":
            break
        if answer in _ANSWERS:
            try:
                decision = decide(graph, _ANSWERS[answer], pair.a.id, pair.b.id, by=by)
            except DecisionConflict as conflict:
                err.print(f"Not decided: {conflict}. {conflict.hint or ''}", markup=False)
                continue
            made += 1
            out.print(f"{decision.id}: {decision.verdict}")
    out.print(f"{made} decided.")


def _evidence(graph: Graph, entity: EntitySummary) -> tuple[Member, ...]:
    return queries.members(graph, entity.id, limit=_MENTIONS)


def _record(graph: Graph, pair: ReviewPair) -> dict[str, Any]:
    sides = {
        side: {**asdict(entity), "members": [asdict(member) for member in _evidence(graph, entity)]}
        for side, entity in (("a", pair.a), ("b", pair.b))
    }
    return {**sides, "score": pair.score, "features": [asdict(feature) for feature in pair.features]}


def _show(graph: Graph, pair: ReviewPair) -> None:
    _say(f"{pair.score:.2f}  {ENTITY_NAMES_ZH[pair.a.type]}  {pair.a.name} | {pair.b.name}")
    for entity in (pair.a, pair.b):
        also = f"  also: {'、'.join(entity.aliases)}" if entity.aliases else ""
        _say(f"  {entity.id}  {entity.name}  {entity.documents} documents{also}")
        for mention in _varied(_evidence(graph, entity)):
            posts = "；".join(f"{post.name}{post.role or ''}" for post in mention.posts)
            where = f"{mention.date or ''} {mention.title or mention.document}".strip()
            _say(f"    {'  '.join(part for part in (mention.name, posts, where) if part)}")
    for feature in pair.features:
        _say(f"  {feature.points:+5.2f}  {feature.name:<11} {feature.explanation} ({feature.value})")
    _say("")


def _varied(members: tuple[Member, ...]) -> list[MemberMention]:
    """A few mentions, of as many members as there are."""
    ranks = (member.mentions[rank : rank + 1] for rank in range(_MENTIONS) for member in members)
    return [mention for found in ranks for mention in found][:_MENTIONS]


def _say(line: str) -> None:
    out.print(visible(line))
