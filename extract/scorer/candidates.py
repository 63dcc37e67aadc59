"""Finding the pairs of a document and their evidence, with its features: strings that are hashed to rows (特征)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from extract.analysis import Analysis
from extract.grammar.context import Context
from extract.scorer.hashing import Part, Pool, Span
from extract.scorer.pairs import HUB_FIRST, HUBS, Candidates, Evidence, Pair
from extract.scorer.view import LETTER, Spot, View, bucket
from extract.scorer.words import head_of, post_of
from graph.schema import RELATIONS, EntityType

__all__ = ["find_candidates"]

_O, _F, _L = EntityType.ORGANIZATION, EntityType.FORUM, EntityType.PLACE
# Groups of words without which two names that are no persons are not related.
_BUSY = frozenset({"sign", "launch", "found", "member", "organize"})
_BUSY_INSIDE = _BUSY | {"say", "speak", "chair"}
_STATE = re.compile(r"国家|国务院|国务委员|中共中央|中央|全国|中国|外交部长|商务部长")
_NAME_RUN = re.compile(r"[OL](?:[、和与及,][OL])*|P(?:[、和与及,]P)*")
_NOWHERE = 9999
_NOTHING_SHARED = (False, False, False, False, 0)
# Bounds for digests, books and files that are no articles: with so many of the forums named before it, around it and
# with so many of the bodies before it a name is weighed, and so many names may stand in one list.
_FORUMS, _FORUMS_HERE, _BODIES_HERE, _LISTED = 16, 20, 60, 100


def find_candidates(analysis: Analysis) -> Candidates:
    """All pairs of one document that may be related; ``analysis.facts`` are the grammar's."""
    reader = _Reader(analysis)
    pairs = reader.pairs()
    return Candidates(pairs, reader.pool, reader.shapes(pairs), reader.mates(), reader.context)


class _Reader:
    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.context = analysis.context or Context(analysis)
        masked = self.context.sentences
        self.pool = Pool()
        self.views = [View(m, masked[number - 1] if number else None, self.pool) for number, m in enumerate(masked)]
        self.things = analysis.things
        self.heads = [head_of(thing.names[0]) for thing in self.things]
        self.written = ["\0".join(thing.names) for thing in self.things]
        self.letters = [frozenset(written) - {"\0"} for written in self.written]
        self.characters = [frozenset(thing.names[0]) for thing in self.things]
        self.blocks = self._blocks()
        self.found: dict[tuple[int, int], Pair] = {}
        self.gaps: dict[tuple[int, int, int], tuple[list[Span], str, str]] = {}
        self.counts = [0] * len(self.things)
        self.first = [_NOWHERE] * len(self.things)
        self.forum_blocks: dict[int, set[int]] = {}
        for number, view in enumerate(self.views):
            for spot in view.spots:
                thing = spot.named.thing
                self.counts[thing] += 1
                self.first[thing] = min(self.first[thing], number)
                if spot.letter == "F":
                    self.forum_blocks.setdefault(thing, set()).add(self.blocks[number])
        self.order: dict[EntityType, list[int]] = {}
        for type_ in EntityType:
            numbers = [i for i, thing in enumerate(self.things) if thing.type is type_ and self.counts[i]]
            self.order[type_] = sorted(numbers, key=lambda i: (self.first[i], i))
        self.frequent = {t: max(ns, key=lambda i: (self.counts[i], -i), default=None) for t, ns in self.order.items()}

    def pairs(self) -> list[Pair]:
        for view in self.views:
            self._with_forums(view)
            self._inside(view)
            self._across(view)
        self._facts()
        for place, part in enumerate(self.order[_F]):
            for whole in self.order[_F][max(0, place - _FORUMS) : place + _FORUMS]:
                pair = self._pair(part, whole)
                if pair is not None and not pair.evidence:
                    heads = self._kept([f"names|{self.heads[part]}.{self.heads[whole]}"])
                    pair.evidence.append(Evidence(self.first[part], "names", [heads]))
        for pair in self.found.values():
            if not pair.evidence:
                pair.evidence.append(Evidence(self.first[pair.satellite], "fact", [self._kept(["fact"])]))
        return [self.found[ends] for ends in sorted(self.found)]

    def mates(self) -> dict[int, set[int]]:
        """For each thing the things that stand in one list with it."""
        found: dict[int, set[int]] = {}
        for view in self.views:
            lists: dict[tuple[int, int], set[int]] = {}
            for spot in view.spots:
                lists.setdefault((spot.first, spot.last), set()).add(spot.named.thing)
            for listed in lists.values():
                for thing in listed if 1 < len(listed) <= _LISTED else ():
                    found.setdefault(thing, set()).update(listed - {thing})
        return found

    def _blocks(self) -> list[int]:
        """For each sentence how many headlines stand up to it: a short line without a full stop before a long line."""
        text, blocks, count = self.analysis.text, [], 0
        begin = len(text) - len(text.lstrip())
        sentences = self.analysis.sentences
        for number, sentence in enumerate(sentences):
            following = sentences[number + 1] if number + 1 < len(sentences) else None
            line = text[sentence.start : sentence.end].strip()
            alone = "\n" in text[max(0, sentence.start - 1) : sentence.start + 1] or sentence.start <= begin
            if alone and following and 4 <= len(line) <= 40 and line[-1] not in "。!?;,:":
                after = text[following.start : following.end]
                count += len(after) >= 30 or after.rstrip().endswith("。")
            blocks.append(count)
        return blocks

    @property
    def _digest(self) -> bool:
        """Whether the document has headlines within."""
        return self.blocks[-1] > 2

    def _pair(self, satellite: int, hub: int) -> Pair | None:
        pair = self.found.get((satellite, hub))
        if pair is None and satellite != hub:
            types = HUBS.get((self.things[satellite].type, self.things[hub].type))
            if types:
                pair = self.found[satellite, hub] = Pair(satellite, hub, types)
        return pair

    def _kept(self, features: Iterable[str], prefix: str = "") -> Part:
        return prefix, self.pool.keep(features)

    # -- names with forums -------------------------------------------------------------------------------------------

    def _with_forums(self, view: View) -> None:
        """Every name of the sentence with the forums it may belong to."""
        number = view.masked.number
        recent: list[int] = []
        for back in range(1, min(3, number) + 1):
            earlier = self.views[number - back]
            if earlier.masked.section == view.masked.section:
                recent += [s.named.thing for s in reversed(earlier.spots) if s.letter == "F"]
        recent = list(dict.fromkeys(recent))[:_FORUMS]
        following = [s for s in self.views[number + 1].spots if s.letter == "F"] if number + 1 < len(self.views) else []
        known = [forum for forum in self.order[_F] if self.first[forum] <= number][-_FORUMS:]
        topic, main = self.context.topics[number], self.context.main_forum
        here = [s for s in view.spots if s.letter == "F"]
        forums_here = len({s.named.thing for s in here})
        for spot in view.spots:
            at = spot.named.index
            verb = next(iter(view.after(spot.last + 1)), None)
            about = self.context.forum_at(view.masked, verb.start if verb else at)
            links: dict[int, tuple[str, Spot | None]] = {}
            for other in sorted(here, key=lambda o: abs(o.named.index - at))[:_FORUMS_HERE]:
                near = "c" if view.marks(*sorted((other.named.index, at))) == 0 else "s"
                side = "<" if other.named.index < at else ">"
                links.setdefault(other.named.thing, (near + side, other))
            for rank, forum in enumerate(recent):
                links.setdefault(forum, (f"p{min(rank, 1)}", None))
            for maybe in (topic, main, about):
                if maybe is not None:
                    links.setdefault(maybe, ("m", None))
            for other in following[:_FORUMS_HERE]:
                links.setdefault(other.named.thing, ("f", None))
            for forum in known:
                links.setdefault(forum, ("x", None))
            for forum, (where, named_as) in links.items():
                pair = self._pair(spot.named.thing, forum)
                if pair is None:
                    continue
                apart = self._digest and self.blocks[number] not in self.forum_blocks.get(forum, ())
                flags = (("H", apart), ("T", forum == topic), ("M", forum == main), ("V", forum == about))
                link = where + "".join(flag for flag, holds in flags if holds)
                features = self._linked(spot, link, forum, forums_here)
                if named_as is not None:
                    features += self._between(view, spot, named_as)
                pair.evidence.append(Evidence(number, link, features))

    def _linked(self, spot: Spot, link: str, forum: int, forums_here: int) -> list[Part]:
        """Features of a name together with the way its forum is found."""
        coarse = "H" if "H" in link else "V" if link.endswith("V") else link[0]
        k, head, own, verb = spot.letter, self.heads[forum], self.heads[spot.named.thing], spot.verb
        features = [f"link={link}", f"link={link}|here={bucket(forums_here)}", f"head={head}|{coarse}"]
        features += [f"heads={own}>{head}", f"head={head}|{verb}|{coarse}", f"sathead={own}|{verb}|{coarse}"]
        if len(self.order[_F]) == 1:
            features.append(f"only|{verb}")
        return [
            *((f"{k}|", spot.fine), (f"{k}|", spot.basic), self._kept(features, f"{k}|")),
            *((f"{k}|{coarse}|", spot.basic), (f"{k}|{link}|", spot.basic)),
        ]

    def _between(self, view: View, a: Spot, b: Spot) -> list[Part]:
        """Features of two names in one sentence; a is the satellite."""
        ahead = a.named.index < b.named.index
        shared, seq, then = self._gap(view, a, b) if ahead else self._gap(view, b, a)
        hub = self.heads[b.named.thing]
        heads = f"heads={self.heads[a.named.thing]}.{hub}"
        k = f"{a.letter}{'<' if ahead else '>'}{b.letter}|"
        own = self._kept([heads, f"{heads}|seq={seq}", f"hub={hub}|in={seq}|{then}"], k)
        return [own, *((k, span) for span in shared)]

    def _gap(self, view: View, one: Spot, two: Spot) -> tuple[list[Span], str, str]:
        """Features of two names in text order, whichever is the satellite; what stands between them and behind."""
        known = self.gaps.get((view.masked.number, one.named.index, two.named.index))
        if known is not None:
            return known
        text = view.letters
        start, end = one.last, two.first
        same = (one.first, one.last) == (two.first, two.last) or start > end
        gap = text[one.named.index + 1 : two.named.index]
        if same:
            start, end = one.named.index + 1, two.named.index
        core = text[start:end]
        short = _NAME_RUN.sub("*", core)
        lead, tail = text[max(0, one.first - 2) : one.first], text[two.last : two.last + 4]
        inner, behind = view.inside(start, end)
        solid = [t.group for t in view.triggers[inner:behind] if not t.weak]
        seq = ".".join(solid[:2])
        joined = f"with={any(t.group == 'with' for t in view.triggers[inner:behind])}"
        marks = bucket(view.marks(start, end))
        after, before = next(iter(view.after(two.last)), None), next(iter(view.before(one.first)), None)
        then = f"after={after.group}{bucket(view.marks(two.last, after.start))}" if after else "after=-"
        since = f"before={before.group if before else '-'}"
        beside = "adj" if view.next_to(one.named, two.named) else "far"
        features = [f"gapn={bucket(len(gap))}", f"first2={core[:2]}", f"last2={core[-2:]}"]
        features += [f"last1={core[-1:]}|{tail[:1]}", f"seq={'.'.join(solid[:3])}", f"commas={marks}|{seq}"]
        features += [f"{joined}|commas={marks}", then, since, f"{then}|same={same}|seq={seq}|{marks}"]
        features += [f"{then}|{joined}|same={same}", f"{since}|seq={seq}|{then}", f"lead2={lead}"]
        features += [f"lead1={lead[-1:]}|core={core[:2]}", f"tail2={tail[:2]}", f"tail4={tail}"]
        features.append(f"{beside}|{seq}|{marks}")
        if same:
            features.append("samelist")
        if len(gap) <= 12:
            features.append(f"gap={gap}")
        if len(core) <= 12:
            features.append(f"core={core}")
        if len(short) <= 14:
            features.append(f"short={short}")
        for letter in LETTER.values():
            names = view.count(letter, start, end)
            if names:
                features.append(f"mid{letter}={bucket(names)}")
        if after:
            features.append(f"aw={after.word}|{joined}|same={same}")
        if view.label:
            features.append(f"label={view.label[-2:]}")
        if "anaphor" in (one.named.mention.source, two.named.mention.source):
            features.append("ana")
        spans = [self.pool.keep(features)]
        if inner < behind:
            spans.append((view.inner_groups + inner, view.inner_groups + behind))
            spans.append((view.inner_words + inner, view.inner_words + min(behind, inner + 6)))
        if 1 < len(core) <= 40:
            spans.append((view.pairs_of_letters + start, view.pairs_of_letters + end - 1))
        found = self.gaps[view.masked.number, one.named.index, two.named.index] = spans, seq, then
        return found

    # -- names with each other ---------------------------------------------------------------------------------------

    def _inside(self, view: View) -> None:
        """Pairs of names in one sentence, without the forum."""
        spots = [s for s in view.spots if s.letter != "F"]
        busy = bool(view.groups & _BUSY_INSIDE)
        for x, a in enumerate(spots):
            person = a.letter == "P"
            for y in range(max(0, x - 14), min(len(spots), x + 15)) if person or busy else ():
                b = spots[y]
                if abs(x - y) > 8 and person and b.letter in "OL":
                    continue
                pair = self._pair(a.named.thing, b.named.thing)
                if pair is None:
                    continue
                side = "<" if a.named.index < b.named.index else ">"
                k = f"{a.letter}{side}{b.letter}|"
                features = self._between(view, a, b)
                features += ((f"{k}a|", a.basic), (f"{k}a|", a.fine), (f"{k}b|", b.basic), (f"{k}b|", b.fine))
                if person:
                    title = f"title={post_of(a.title)}|hub={self.heads[b.named.thing]}"
                    features.append(self._kept([title, f"mates={a.first < b.named.index}"], k))
                pair.evidence.append(Evidence(view.masked.number, "in" + side, features))

    def _across(self, view: View) -> None:
        """A name with what only an earlier sentence names: bare titles, lists of members."""
        number = view.masked.number
        earlier: list[tuple[int, Spot]] = []
        for back in range(1, min(3, number) + 1):
            if self.blocks[number - back] == self.blocks[number] or not self._digest:
                earlier += [(back, spot) for spot in reversed(self.views[number - back].spots)]
        busy = bool(view.groups & _BUSY)
        bodies = [s for _, s in earlier if s.letter in "OL"][:4]
        here: list[int] = []
        for spot in view.spots:
            if spot.letter in "OL":
                here.append(spot.named.thing)
            if spot.letter == "P":
                self._bare(view, spot, here[-_BODIES_HERE:], bodies)
            elif busy and spot.letter != "F":
                self._back(view, spot, earlier)

    def _back(self, view: View, spot: Spot, earlier: Sequence[tuple[int, Spot]]) -> None:
        number, thing = view.masked.number, spot.named.thing
        seen: set[int] = set()
        for back, other in earlier:
            there = other.named.thing
            if back > 2 or len(seen) == 6:
                break
            if there in seen or there == thing or other.letter in "FP":
                continue
            seen.add(there)
            if spot.letter == other.letter == "L":
                continue
            leads = other.named is self.views[number - back].masked.names[0]
            for satellite, hub, way in ((thing, there, "hub-back"), (there, thing, "sat-back")):
                pair = self._pair(satellite, hub)
                if pair is None:
                    continue
                k = f"{way}|{spot.letter}{other.letter}|"
                own = [f"back={back}|rank={len(seen)}", f"heads={self.heads[satellite]}.{self.heads[hub]}"]
                own += [f"first={leads}|{back}", f"freq={self.frequent[other.named.mention.type] == there}"]
                features = [(k, spot.basic), (f"{k}f|", spot.fine), (f"{k}o|", other.basic), self._kept(own, k)]
                pair.evidence.append(Evidence(number, way, features))

    def _bare(self, view: View, spot: Spot, here: Sequence[int], before: Sequence[Spot]) -> None:
        """A person whose title names no body beside it, with the bodies it may belong to."""
        number, title, person = view.masked.number, spot.title, spot.named.thing
        found = dict.fromkeys(here, "s")
        for rank, other in enumerate(before):
            found.setdefault(other.named.thing, f"p{rank}")
        for type_ in (_O, _L):
            for rank, thing in enumerate(self.order[type_][:2]):
                found.setdefault(thing, f"d{rank}")
            often = self.frequent[type_]
            if often is not None:
                found.setdefault(often, "q")
        kind, state = post_of(title), f"state={_STATE.match(title) is not None}"
        right = view.letters[spot.named.index + 1 : spot.named.index + 3]
        start = spot.named.index - len(title)
        left = view.letters[max(0, start - 3) : start]
        shared = self.pool.keep(
            [
                *(f"t={title}", state, f"left={left[-1:]}|{kind}", f"left={left[-2:]}|{kind}", f"right={right}"),
                *(f"sg={group}|{kind}" for group in view.groups),
            ]
        )
        for thing, where in found.items():
            pair = self._pair(person, thing)
            if pair is None:
                continue
            there = takewhile(lambda e: e.sentence == number, reversed(pair.evidence))
            if where == "s" and any(e.link.startswith("in") for e in there):
                continue
            type_, head = self.things[thing].type, self.heads[thing]
            freq = f"freq={self.frequent[type_] == thing}"
            features = [f"{kind}|{head}", f"{kind}|{head}|{where}", f"{kind}|{head}|{freq}"]
            features += [f"{kind}|{head}|{self.order[type_][:1] == [thing]}", f"{state}|{head}|{where}"]
            features.append(f"digest={self._digest}|{self.blocks[number] > self.blocks[self.first[thing]]}")
            features += [f"t2={title[-2:]}|{head}{more}" for more in ("", f"|{where}", f"|{freq}")]
            features += [where, f"{where}|{kind}", f"first={self.first[person] == number}|{kind}|{where}"]
            features.append(f"start={not left.strip()}|{kind}|{where}")
            k = f"bare|{LETTER[type_]}|"
            own = self._kept(features, k)
            pair.evidence.append(Evidence(number, "bare" + where[0], [own, (k, shared), (k, spot.basic)]))

    # -- the pair as a whole -----------------------------------------------------------------------------------------

    def _facts(self) -> None:
        """What the grammar says of the pairs; of a symmetric relation both ways."""
        for fact in self.analysis.facts:
            ends = (fact.tail, fact.head) if fact.type in HUB_FIRST else (fact.head, fact.tail)
            for satellite, hub in (ends, ends[::-1]) if RELATIONS[fact.type].symmetric else (ends,):
                pair = self._pair(satellite, hub)
                if pair is not None and fact.type in pair.types:
                    pair.facts.append(fact)

    def shapes(self, pairs: Sequence[Pair]) -> NDArray[np.float32]:
        """Numbers of the two things of each pair; see `SHAPE` for their names."""
        a, b = np.array([pair.satellite for pair in pairs], int), np.array([pair.hub for pair in pairs], int)
        counts, first = np.array(self.counts, int), np.array(self.first, int)
        place, often = np.full(len(self.things), 99), np.zeros(len(self.things), bool)
        for type_, order in self.order.items():
            place[order] = np.arange(len(order))
            if order:
                often[self.frequent[type_]] = True
        blocks = np.array([*self.blocks, 0])
        block = blocks[np.minimum(first, len(self.blocks))]
        named = np.maximum(first[a], first[b]) < _NOWHERE
        size = np.array([len(thing.names[0]) for thing in self.things], int)
        shares = np.array([self._share(pair.satellite, pair.hub) for pair in pairs], float).reshape(len(pairs), 5)
        forums, bodies = len(self.order[_F]), len(self.order[_O])
        columns = [
            *(counts[a], counts[b], first[a], first[b], first[a] - first[b]),
            *(np.where(named, block[a] - block[b], 0), np.full(len(pairs), self.blocks[-1] if pairs else 0)),
            *(np.full(len(pairs), forums), np.full(len(pairs), bodies), place[a], place[b]),
            *(b == (-1 if self.context.main_forum is None else self.context.main_forum), often[a], often[b]),
            *(*shares.T[:4], size[a], size[b], shares.T[4] / np.maximum(1, np.minimum(size[a], size[b]))),
            np.array([len(pair.evidence) for pair in pairs], int),
        ]
        return np.column_stack(columns).astype(np.float32)

    def _share(self, a: int, b: int) -> tuple[float, ...]:
        """Whether a name of either begins with one of the other or holds it, and how many letters both names share."""
        if self.letters[a].isdisjoint(self.letters[b]):  # as of most pairs
            return _NOTHING_SHARED
        one, two = self.things[a].names, self.things[b].names
        a_holds = any(name in self.written[a] for name in two)
        b_holds = any(name in self.written[b] for name in one)
        return (
            a_holds and any(x.startswith(y) for x in one for y in two),
            b_holds and any(y.startswith(x) for x in one for y in two),
            b_holds,
            a_holds,
            len(self.characters[a] & self.characters[b]),
        )
