"""Finding the pairs of a document and their evidence: each feature is a string, hashed to a row of weights (特征)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.analysis import Analysis
from extract.grammar.context import Context
from extract.scorer.pairs import HUB_FIRST, HUBS, Candidates, Pair
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


def find_candidates(analysis: Analysis) -> Candidates:
    """All pairs of one document that may be related; ``analysis.facts`` are the grammar's."""
    reader = _Reader(analysis)
    return Candidates(reader.pairs(), reader.mates(), reader.context)


class _Reader:
    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.context = Context(analysis)
        masked = self.context.sentences
        self.views = [View(m, masked[number - 1] if number else None) for number, m in enumerate(masked)]
        self.things = analysis.things
        self.heads = [head_of(thing.names[0]) for thing in self.things]
        self.blocks = self._blocks()
        self.found: dict[tuple[int, int], Pair] = {}
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
        for part in self.order[_F]:
            for whole in self.order[_F]:
                pair = self._pair(part, whole)
                if pair is not None and not pair.evidence:
                    pair.add(self.first[part], "names", [f"names|{self.heads[part]}.{self.heads[whole]}"])
        for pair in self.found.values():
            if not pair.evidence:
                pair.add(self.first[pair.satellite], "fact", ["fact"])
            pair.shape = self._shape(pair)
        return [self.found[ends] for ends in sorted(self.found)]

    def mates(self) -> dict[int, set[int]]:
        """For each thing the things that stand in one list with it."""
        found: dict[int, set[int]] = {}
        for view in self.views:
            for a in view.spots:
                for b in view.spots:
                    if (a.first, a.last) == (b.first, b.last) and a.named.thing != b.named.thing:
                        found.setdefault(a.named.thing, set()).add(b.named.thing)
        return found

    def _blocks(self) -> list[int]:
        """For each sentence how many headlines stand up to it: a short line without a full stop before a long line."""
        text, blocks, count = self.analysis.text, [], 0
        sentences = self.analysis.sentences
        for number, sentence in enumerate(sentences):
            following = sentences[number + 1] if number + 1 < len(sentences) else None
            line = text[sentence.start : sentence.end].strip()
            alone = "\n" in text[max(0, sentence.start - 1) : sentence.start + 1] or not text[: sentence.start].strip()
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
        types = HUBS.get((self.things[satellite].type, self.things[hub].type))
        if satellite == hub or not types:
            return None
        return self.found.setdefault((satellite, hub), Pair(satellite, hub, types))

    # -- names with forums -------------------------------------------------------------------------------------------

    def _with_forums(self, view: View) -> None:
        """Every name of the sentence with the forums it may belong to."""
        number = view.masked.number
        recent: list[int] = []
        for back in range(1, min(3, number) + 1):
            earlier = self.views[number - back]
            if earlier.masked.section == view.masked.section:
                recent += [s.named.thing for s in reversed(earlier.spots) if s.letter == "F"]
        recent = list(dict.fromkeys(recent))
        following = self.views[number + 1].spots if number + 1 < len(self.views) else []
        known = [forum for forum in self.order[_F] if self.first[forum] <= number]
        topic, main = self.context.topics[number], self.context.main_forum
        here = [s for s in view.spots if s.letter == "F"]
        forums_here = len({s.named.thing for s in here})
        for spot in view.spots:
            at = spot.named.index
            verb = next(iter(view.after(spot.last + 1)), None)
            about = self.context.forum_at(view.masked, verb.start if verb else at)
            links: dict[int, tuple[str, Spot | None]] = {}
            for other in sorted(here, key=lambda o: abs(o.named.index - at)):
                near = "c" if view.marks(*sorted((other.named.index, at))) == 0 else "s"
                side = "<" if other.named.index < at else ">"
                links.setdefault(other.named.thing, (near + side, other))
            for rank, forum in enumerate(recent):
                links.setdefault(forum, (f"p{min(rank, 1)}", None))
            for maybe in (topic, main, about):
                if maybe is not None:
                    links.setdefault(maybe, ("m", None))
            for other in following:
                if other.letter == "F":
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
                pair.add(number, link, features)

    def _linked(self, spot: Spot, link: str, forum: int, forums_here: int) -> list[str]:
        """Features of a name together with the way its forum is found."""
        coarse = "H" if "H" in link else "V" if link.endswith("V") else link[0]
        k, head, own = spot.letter, self.heads[forum], self.heads[spot.named.thing]
        verb = next(f for f in spot.basic if f.startswith("n0="))
        features = [f"{k}|{f}" for f in (*spot.fine, *spot.basic)]
        features += [f"{k}|{way}|{f}" for way in (coarse, link) for f in spot.basic]
        features += [f"{k}|link={link}", f"{k}|link={link}|here={bucket(forums_here)}", f"{k}|head={head}|{coarse}"]
        features += [
            f"{k}|heads={own}>{head}",
            f"{k}|head={head}|{verb}|{coarse}",
            f"{k}|sathead={own}|{verb}|{coarse}",
        ]
        if len(self.order[_F]) == 1:
            features.append(f"{k}|only|{verb}")
        return features

    def _between(self, view: View, a: Spot, b: Spot) -> list[str]:
        """Features of two names in one sentence; a is the satellite."""
        ahead = a.named.index < b.named.index
        one, two = (a, b) if ahead else (b, a)
        text = view.letters
        start, end = one.last, two.first
        same = (one.first, one.last) == (two.first, two.last) or start > end
        gap = text[one.named.index + 1 : two.named.index]
        if same:
            start, end = one.named.index + 1, two.named.index
        core = text[start:end]
        short = _NAME_RUN.sub("*", core)
        lead, tail = text[max(0, one.first - 2) : one.first], text[two.last : two.last + 4]
        inner = [t for t in view.triggers if start <= t.start and t.end <= end]
        solid = [t.group for t in inner if not t.weak]
        seq = ".".join(solid[:2])
        joined = f"with={any(t.group == 'with' for t in inner)}"
        marks = bucket(view.marks(start, end))
        after, before = next(iter(view.after(two.last)), None), next(iter(view.before(one.first)), None)
        then = f"after={after.group}{bucket(view.marks(two.last, after.start))}" if after else "after=-"
        since = f"before={before.group if before else '-'}"
        heads = f"heads={self.heads[a.named.thing]}.{self.heads[b.named.thing]}"
        beside = "adj" if not any(one.named.index < n.index < two.named.index for n in view.masked.names) else "far"
        features = [
            f"gapn={bucket(len(gap))}",
            f"first2={core[:2]}",
            f"last2={core[-2:]}",
            f"last1={core[-1:]}|{tail[:1]}",
        ]
        features += [f"seq={'.'.join(solid[:3])}", f"commas={marks}|{seq}", f"{joined}|commas={marks}", then, since]
        features += [
            f"{then}|same={same}|seq={seq}|{marks}",
            f"{then}|{joined}|same={same}",
            f"{since}|seq={seq}|{then}",
        ]
        features += [f"lead2={lead}", f"lead1={lead[-1:]}|core={core[:2]}", f"tail2={tail[:2]}", f"tail4={tail}"]
        features += [heads, f"{heads}|seq={seq}", f"hub={self.heads[b.named.thing]}|in={seq}|{then}"]
        features += [f"{beside}|{seq}|{marks}", *(f"in={t.group}" for t in inner), *(f"iw={t.word}" for t in inner[:6])]
        if same:
            features.append("samelist")
        if len(gap) <= 12:
            features.append(f"gap={gap}")
        if len(core) <= 12:
            features.append(f"core={core}")
        if len(short) <= 14:
            features.append(f"short={short}")
        if len(core) <= 40:
            features += [f"b={core[i : i + 2]}" for i in range(len(core) - 1)]
        for letter in LETTER.values():
            names = view.count(letter, start, end)
            if names:
                features.append(f"mid{letter}={bucket(names)}")
        if after:
            features.append(f"aw={after.word}|{joined}|same={same}")
        if view.label:
            features.append(f"label={view.label[-2:]}")
        if "anaphor" in (a.named.mention.source, b.named.mention.source):
            features.append("ana")
        return [f"{a.letter}{'<' if ahead else '>'}{b.letter}|{f}" for f in features]

    # -- names with each other ---------------------------------------------------------------------------------------

    def _inside(self, view: View) -> None:
        """Pairs of names in one sentence, without the forum."""
        spots = [s for s in view.spots if s.letter != "F"]
        busy = bool(view.groups & _BUSY_INSIDE)
        for x, a in enumerate(spots):
            for y, b in enumerate(spots):
                person = a.letter == "P"
                if not (person or busy) or abs(x - y) > (8 if person and b.letter in "OL" else 14):
                    continue
                pair = self._pair(a.named.thing, b.named.thing)
                if pair is None:
                    continue
                side = "<" if a.named.index < b.named.index else ">"
                k = f"{a.letter}{side}{b.letter}"
                features = self._between(view, a, b)
                features += [f"{k}|a|{f}" for f in (*a.basic, *a.fine)] + [f"{k}|b|{f}" for f in (*b.basic, *b.fine)]
                if person:
                    features.append(f"{k}|title={post_of(a.title)}|hub={self.heads[b.named.thing]}")
                    features.append(f"{k}|mates={a.first < b.named.index}")
                pair.add(view.masked.number, "in" + side, features)

    def _across(self, view: View) -> None:
        """A name with what only an earlier sentence names: bare titles, lists of members."""
        number = view.masked.number
        earlier: list[tuple[int, Spot]] = []
        for back in range(1, min(3, number) + 1):
            if self.blocks[number - back] == self.blocks[number] or not self._digest:
                earlier += [(back, spot) for spot in reversed(self.views[number - back].spots)]
        busy = bool(view.groups & _BUSY)
        for spot in view.spots:
            if spot.letter == "P":
                self._bare(view, spot, [s for _, s in earlier if s.letter in "OL"])
            elif busy and spot.letter != "F":
                self._back(view, spot, earlier)

    def _back(self, view: View, spot: Spot, earlier: Sequence[tuple[int, Spot]]) -> None:
        number, thing = view.masked.number, spot.named.thing
        seen: set[int] = set()
        for back, other in earlier:
            there = other.named.thing
            if there in seen or there == thing or other.letter in "FP" or back > 2 or len(seen) == 6:
                continue
            seen.add(there)
            if spot.letter == other.letter == "L":
                continue
            leads = other.named is self.views[number - back].masked.names[0]
            for satellite, hub, way in ((thing, there, "hub-back"), (there, thing, "sat-back")):
                pair = self._pair(satellite, hub)
                if pair is None:
                    continue
                features = [*spot.basic, *(f"f|{f}" for f in spot.fine), *(f"o|{f}" for f in other.basic)]
                features += [f"back={back}|rank={len(seen)}", f"heads={self.heads[satellite]}.{self.heads[hub]}"]
                features += [f"first={leads}|{back}", f"freq={self.frequent[other.named.mention.type] == there}"]
                pair.add(number, way, [f"{way}|{spot.letter}{other.letter}|{f}" for f in features])

    def _bare(self, view: View, spot: Spot, before: Sequence[Spot]) -> None:
        """A person whose title names no body beside it, with the bodies it may belong to."""
        number, title, person = view.masked.number, spot.title, spot.named.thing
        found: dict[int, str] = {}
        for other in view.spots:
            if other.letter in "OL" and other.named.index < spot.named.index:
                found[other.named.thing] = "s"
        for rank, other in enumerate(before[:4]):
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
        for thing, where in found.items():
            pair = self._pair(person, thing)
            if pair is None:
                continue
            if where == "s" and any(e.sentence == number and e.link.startswith("in") for e in pair.evidence):
                continue
            type_, head = self.things[thing].type, self.heads[thing]
            freq = f"freq={self.frequent[type_] == thing}"
            features = [f"{kind}|{head}", f"{kind}|{head}|{where}", f"{kind}|{head}|{freq}", f"t={title}"]
            features += [f"{kind}|{head}|{self.order[type_][:1] == [thing]}", f"{state}|{head}|{where}", state]
            features.append(f"digest={self._digest}|{self.blocks[number] > self.blocks[self.first[thing]]}")
            features += [f"t2={title[-2:]}|{head}{more}" for more in ("", f"|{where}", f"|{freq}")]
            features += [where, f"{where}|{kind}", f"first={self.first[person] == number}|{kind}|{where}"]
            features += [f"left={left[-1:]}|{kind}", f"left={left[-2:]}|{kind}", f"right={right}"]
            features += [f"start={not left.strip()}|{kind}|{where}", *(f"sg={group}|{kind}" for group in view.groups)]
            k = f"bare|{LETTER[type_]}"
            pair.add(number, "bare" + where[0], [f"{k}|{f}" for f in (*features, *spot.basic)])

    # -- the pair as a whole -----------------------------------------------------------------------------------------

    def _facts(self) -> None:
        """What the grammar says of the pairs; of a symmetric relation both ways."""
        for fact in self.analysis.facts:
            ends = (fact.tail, fact.head) if fact.type in HUB_FIRST else (fact.head, fact.tail)
            for satellite, hub in (ends, ends[::-1]) if RELATIONS[fact.type].symmetric else (ends,):
                pair = self._pair(satellite, hub)
                if pair is not None and fact.type in pair.types:
                    pair.facts.append(fact)

    def _shape(self, pair: Pair) -> tuple[float, ...]:
        """Numbers of the two things; see `SHAPE` for their names."""
        a, b = pair.satellite, pair.hub
        one, two = self.things[a].names, self.things[b].names
        kind_a, kind_b = self.things[a].type, self.things[b].type
        named = max(self.first[a], self.first[b]) < _NOWHERE
        return (
            self.counts[a],
            self.counts[b],
            self.first[a],
            self.first[b],
            self.first[a] - self.first[b],
            self.blocks[self.first[a]] - self.blocks[self.first[b]] if named else 0,
            self.blocks[-1],
            len(self.order[_F]),
            len(self.order[_O]),
            _place(self.order[kind_a], a),
            _place(self.order[kind_b], b),
            b == self.context.main_forum,
            a == self.frequent[kind_a],
            b == self.frequent[kind_b],
            any(x.startswith(y) for x in one for y in two),
            any(y.startswith(x) for x in one for y in two),
            any(x in y for x in one for y in two),
            any(y in x for x in one for y in two),
            len(one[0]),
            len(two[0]),
            len(set(one[0]) & set(two[0])) / max(1, min(len(one[0]), len(two[0]))),
            len(pair.evidence),
        )


def _place(order: Sequence[int], thing: int) -> int:
    return order.index(thing) if thing in order else 99
