"""A row of numbers for each pair and relation type: scores of evidence, rivals, what is listed beside the two (表)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from extract.scorer.pairs import HUBS, LINKS, SHAPE, Candidates
from graph.schema import EntityType, Modality, RelationType

__all__ = ["COLUMNS", "TYPES", "Table", "tabulate"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

TYPES: tuple[RelationType, ...] = tuple(RelationType)
_NUMBER = {type_: number for number, type_ in enumerate(TYPES)}
_KIND = {type_: number for number, type_ in enumerate(EntityType)}
# [kind of satellite, kind of hub, type]: whether the relation may hold between such two.
_LEGAL = np.array([[[type_ in HUBS.get((a, b), ()) for type_ in TYPES] for b in EntityType] for a in EntityType])
_FLAGS = "TMVH"
# What stands for the score of something that is not there.
_NONE = np.float32(-12)
# A pair whose evidence scores less, and that no rule proposes, is not looked at again.
_CUT = -4.5
_OWN = (
    *("max", "second", "positive", "mean", "link", *(f"link_{flag}" for flag in _FLAGS), "sentence", "rule", "denied"),
    *(
        "planned",
        "sat_other",
        "sat_margin",
        "hub_other",
        "hub_margin",
        "hub_rules",
        "sat_rules",
        "hub_good",
        "sat_good",
    ),
    *("mates", "mates_mean", "mates_max", "mates_min", "mates_rule", "hub_mates", "hub_mates_mean", "hub_mates_max"),
)
_WIDE = ("max", "rule", "sat", "hub", "sat_as_hub", "hub_as_sat", "sat_rules", "hub_rules")
# The names of the columns.
COLUMNS = (*_OWN, *(f"{group}:{type_}" for group in _WIDE for type_ in TYPES), *SHAPE)


@dataclass(frozen=True, slots=True)
class Table:
    """Row ``i`` describes pair ``pair[i]`` as relation ``TYPES[type_[i]]``; ``best[i]`` is its best evidence."""

    pair: Ints
    type_: Ints
    best: Ints
    values: Floats


def tabulate(found: Candidates, scores: Floats) -> Table:
    """Rows of all pairs that may hold; ``scores`` has a row for each evidence in order, a column for each type."""
    # Rounded, so that evidence of the same words ties whatever the order of the sum.
    scores = np.round(scores, 3)
    pairs = found.pairs
    if not pairs:
        none = np.zeros(0, np.int64)
        return Table(none, none, none, np.zeros((0, len(COLUMNS)), np.float32))
    counts = np.array([len(pair.evidence) for pair in pairs])
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    owner = np.repeat(np.arange(len(pairs)), counts)
    allowed, rule, flags = _said(found)
    top = np.maximum.reduceat(scores, starts)
    at = np.where(scores == top[owner], np.arange(len(owner))[:, None], len(owner))
    best = np.minimum.reduceat(at, starts)
    rest = np.where(np.arange(len(owner))[:, None] == best[owner], _NONE, scores)
    second = np.maximum(np.maximum.reduceat(rest, starts), _NONE)
    positive = np.add.reduceat((scores > 0).astype(np.float32), starts)
    mean = np.add.reduceat(scores, starts) / counts[:, None]
    top = np.where(allowed, np.maximum(top, _NONE), _NONE).astype(np.float32)
    satellite, hub = np.array([p.satellite for p in pairs]), np.array([p.hub for p in pairs])
    things = int(max(satellite.max(), hub.max())) + 1
    sat_best, sat_other = _rivals(satellite, top, things)
    hub_best, hub_other = _rivals(hub, top, things)
    sat_rules, hub_rules = _sums(satellite, rule > 0, things), _sums(hub, rule > 0, things)
    sat_good, hub_good = _sums(satellite, top > 0, things), _sums(hub, top > 0, things)
    r, j = np.nonzero(allowed & ((top > _CUT) | (rule > 0)))
    a, b = satellite[r], hub[r]
    chosen = best[r, j]
    evidence = found.evidence
    ways = [(*_way(evidence[k].link), evidence[k].sentence) for k in chosen.tolist()]
    link = np.array(ways, np.float32).reshape(len(chosen), 2 + len(_FLAGS))
    has_rule = rule[r, j] > 0
    own = [
        *(top[r, j], second[r, j], positive[r, j], mean[r, j], *link.T, rule[r, j], *flags[r].T),
        *(sat_other[r, j], top[r, j] - sat_other[r, j], hub_other[r, j], top[r, j] - hub_other[r, j]),
        *(hub_rules[b, j] - has_rule, sat_rules[a, j] - has_rule, hub_good[b, j], sat_good[a, j]),
        *_mates(found, r, j, top, rule).T,
    ]
    wide = (top[r], rule[r], sat_best[a], hub_best[b], hub_best[a], sat_best[b], sat_rules[a], hub_rules[b])
    values = np.hstack([np.column_stack(own), *wide, found.shapes[r]]).astype(np.float32)
    return Table(r, j, chosen, values)


def _said(found: Candidates) -> tuple[NDArray[np.bool_], Floats, Floats]:
    """By pair and type what is legal and how sure the grammar is; by pair whether it says denied, planned."""
    kinds = np.array([_KIND[thing.type] for thing in found.context.things])
    allowed = _LEGAL[kinds[[pair.satellite for pair in found.pairs]], kinds[[pair.hub for pair in found.pairs]]]
    rule, flags = np.zeros(allowed.shape, np.float32), np.zeros((len(allowed), 2), np.float32)
    for row, pair in enumerate(found.pairs):
        for fact in pair.facts:
            if fact.modality is Modality.DENIED:
                flags[row, 0] = 1
            else:
                column = _NUMBER[fact.type]
                rule[row, column] = max(rule[row, column], fact.confidence)
                flags[row, 1] = max(flags[row, 1], fact.modality is Modality.PLANNED)
    return allowed, rule, flags


def _rivals(who: Ints, top: Floats, things: int) -> tuple[Floats, Floats]:
    """The best score of each thing by type; for each pair the best of the thing's other pairs."""
    best = np.full((things, top.shape[1]), _NONE, np.float32)
    np.maximum.at(best, who, top)
    mine = top == best[who]
    runner = np.full_like(best, _NONE)
    np.maximum.at(runner, who, np.where(mine, _NONE, top))
    return best, np.where(mine, runner[who], best[who])


def _sums(who: Ints, marks: NDArray[np.bool_], things: int) -> Floats:
    result = np.zeros((things, marks.shape[1]), np.float32)
    np.add.at(result, who, marks.astype(np.float32))
    return result


@cache
def _way(link: str) -> tuple[float, ...]:
    return (LINKS.index(link.rstrip(_FLAGS)), *(flag in link for flag in _FLAGS))


def _mates(found: Candidates, r: Ints, j: Ints, top: Floats, rule: Floats) -> Floats:
    """What holds for the names listed beside either end of each row."""
    index = {(pair.satellite, pair.hub): number for number, pair in enumerate(found.pairs)}
    beside: dict[int, tuple[list[int], list[int]]] = {}
    # Rows with as many names beside an end are read together.
    rows: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row, number in enumerate(r.tolist()):
        if number not in beside:
            a, b = found.pairs[number].satellite, found.pairs[number].hub
            like_a = [index[mate, b] for mate in sorted(found.mates.get(a, ())) if (mate, b) in index]
            beside[number] = (like_a, [index[a, m] for m in sorted(found.mates.get(b, ())) if (a, m) in index])
        for end, listed in enumerate(beside[number]):
            if listed:
                rows[end, len(listed)].append(row)
    result = np.tile(np.array([0, -13, -13, -13, -1, 0, -13, -13], np.float32), (len(r), 1))
    for (end, size), those in rows.items():
        mates, types = np.array([beside[number][end] for number in r[those].tolist()]), j[those][:, None]
        values = top[mates, types]
        columns = [np.full(len(those), size), values.mean(1), values.max(1)]
        if end == 0:
            columns += [values.min(1), (rule[mates, types] > 0).mean(1)]
        result[those, 5 * end : 5 * end + len(columns)] = np.column_stack(columns)
    return result
