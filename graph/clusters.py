"""Which keys denote one thing, from what all documents say and people decide: constrained clustering (聚类).

Ties come in the order of their strength: decisions, then posts and forums that one mention of a person holds together,
then short forms that enough documents explain, last a person's name without a title. A tie joins two clusters unless
someone has decided that keys of both are different (cannot-link: Wagstaff and others 2001, Constrained K-means
Clustering). The result depends on the set of ties and decisions, not on their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["ALIAS_DOCUMENTS", "Tie", "cluster"]

ALIAS_DOCUMENTS = 2
"""So many independent documents must explain a short form before it means the same thing in every document."""

DOCUMENTS = 3
"""Documents with a title that one person must have before the name alone means that person."""

DOCUMENTS_SHORT = 10
"""The same for a name with a given name of one character (王伟): many people share these."""

SHARE = 0.9
"""The share of the documents with a title for that name that are on this person."""

DOCUMENTS_ODD, SHARE_ODD = 30, 0.95
"""The same before a post that one document alone states is taken for another post of that person."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Keys that mentions hold together.

    Args:
        keys: the keys, the mention's own first.
        documents: how many independent documents say so.
        bare: for a person, the key of the bare name, which is not among ``keys``.
        weak: whether no title is named.
        short: whether that name has a given name of one character.
    """

    keys: tuple[str, ...]
    documents: int
    bare: str | None = None
    weak: bool = False
    short: bool = False


class _Clusters:
    """Disjoint sets of keys that keep apart what was decided to be different."""

    def __init__(self, different: Iterable[tuple[str, str]]) -> None:
        self._parent: dict[str, str] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for a, b in different:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def find(self, key: str) -> str:
        root = key
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while (parent := self._parent.get(key, key)) != root:
            self._parent[key], key = root, parent
        return root

    def join(self, a: str, b: str) -> None:
        first, second = sorted((self.find(a), self.find(b)))
        if first == second or any(self.find(each) == second for each in self._apart[first]):
            return
        self._parent[second] = first
        self._apart[first] |= self._apart.pop(second, set())


def cluster(
    ties: Iterable[Tie], same: Iterable[tuple[str, str]] = (), different: Iterable[tuple[str, str]] = ()
) -> Mapping[str, str]:
    """The cluster of each key, as one of its keys.

    Args:
        ties: what documents say; equal ones count together.
        same: pairs of keys decided to be one thing.
        different: pairs decided to be two.
    """
    held = sorted(ties, key=lambda tie: (-tie.documents, tie.keys))
    clusters = _Clusters(different)
    for a, b in sorted(same):
        clusters.join(a, b)
    people = [tie for tie in held if tie.bare is not None]
    for tie in people:
        for key in tie.keys[1:]:
            clusters.join(tie.keys[0], key)
    for a, b in _explained((tie for tie in held if tie.bare is None), clusters):
        clusters.join(a, b)
    for key, one in _nameless(people, clusters):
        clusters.join(one, key)
    keys = {key for tie in held for key in (*tie.keys, *([tie.bare] if tie.bare else []))}
    keys.update(key for pair in (*same, *different) for key in pair)
    return {key: clusters.find(key) for key in sorted(keys)}


def _explained(ties: Iterable[Tie], clusters: _Clusters) -> list[tuple[str, str]]:
    """Names and short forms that enough documents hold together, where the short form means nothing else."""
    documents: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for tie in ties:
        for short in tie.keys[1:]:
            documents[short][clusters.find(tie.keys[0])] += tie.documents
    return sorted(
        (full, short)
        for short, meanings in documents.items()
        for full, count in meanings.items()
        if count >= ALIAS_DOCUMENTS and len(meanings) == 1
    )


def _nameless(ties: Iterable[Tie], clusters: _Clusters) -> list[tuple[str, str]]:
    """Pairs of keys that are one person since nearly all documents that name a title for that name mean one person.

    To that person go the bare name, mentions without a title, and, where it is not short, posts of one document alone.
    """
    titled: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    roots: dict[str, set[str]] = defaultdict(set)
    short = {}
    for tie in ties:
        if tie.bare is None:
            continue
        root = clusters.find(tie.keys[0])
        roots[tie.bare].add(root)
        short[tie.bare] = tie.short
        if not tie.weak:
            titled[tie.bare][root] += tie.documents
    found = []
    for bare, people in sorted(titled.items()):
        one, most = max(people.items(), key=lambda item: (item[1], item[0]))
        share = most / sum(people.values())
        if share < SHARE or most < (DOCUMENTS_SHORT if short[bare] else DOCUMENTS):
            continue
        found += [(bare, one), *((root, one) for root in sorted(roots[bare] - people.keys()))]
        if share >= SHARE_ODD and most >= DOCUMENTS_ODD and not short[bare]:
            found += [(root, one) for root, documents in sorted(people.items()) if documents == 1]
    return found
