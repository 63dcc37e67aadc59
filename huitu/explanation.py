"""The explanation of a document as lines for a terminal (``huitu extract --explain``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.text import Text

from extract.analysis import Reason
from extract.explain import Explanation, Reading
from graph.schema import ENTITY_NAMES_ZH, RELATIONS, Entity, Extraction, Period
from huitu.console import visible

__all__ = ["days", "lines"]

_STYLES = {"head": "bold cyan", "tail": "bold magenta", "trigger": "bold yellow"}


def lines(explanation: Explanation, only: Sequence[str] = ()) -> Iterator[Text]:
    """The lines on one document.

    Args:
        explanation: what to show.
        only: names or parts of names, types of relations or entities: a relation is shown if each of them fits it.
    """
    extraction = explanation.extraction
    entities = {entity.id: entity for entity in extraction.entities}
    facts = [r for r in explanation.facts if _fits(r, entities, only)]
    rejected = [r for r in explanation.rejected if _fits(r, entities, only)]
    doubted, pairs = [r for r in rejected if not r.learned], [r for r in rejected if r.learned]
    document = extraction.document
    about = (document.title, document.date, document.source)
    yield _line(" ".join(("==", document.name or document.key, *(f"| {each}" for each in about if each))), "bold")
    for word in only:
        yield from _unnamed(word, extraction)
    ends = {end for r in (*facts, *rejected) for end in (r.relation.head, r.relation.tail)}
    shown = [e for e in extraction.entities if not only or e.id in ends or any(_is(e, word) for word in only)]
    yield _line(f"\nEntities ({len(shown)})", "bold")
    for entity in shown:
        also = f" (also {', '.join(entity.aliases)})" if entity.aliases else ""
        count = len(entity.mentions)
        yield _line(f"  {entity.type:<13}{entity.name}{also}, {count} mention{'s' * (count != 1)}")
    yield _line(f"\nRelations ({len(facts)})", "bold")
    for reading in facts:
        yield from _reading(reading, entities, document.text)
    if doubted:
        yield _line(f"\nRejected: found by the grammar, doubted by the model ({len(doubted)})", "bold")
        for reading in doubted:
            yield from _reading(reading, entities, document.text)
    if pairs:
        yield _line(f"\nRejected: found by no rule, and the model is not sure ({len(pairs)})", "bold")
        for reading in pairs:
            yield from _reading(reading, entities, document.text)
    if only and not facts and not rejected:
        yield _line("  No rule found such a relation, and the model holds none for likely.")
    yield Text()


def _reading(reading: Reading, entities: dict[str, Entity], text: str) -> Iterator[Text]:
    relation = reading.relation
    names = f"{entities[relation.head].name} -> {entities[relation.tail].name}"
    yield _line(f"  {relation.type} {RELATIONS[relation.type].zh}: {names}")
    said = [
        relation.role,
        relation.modality.value,
        days(relation.date) if relation.date else None,
        f"at {entities[relation.at].name}" if relation.at else None,
        f"topic {relation.topic}" if relation.topic else None,
        _weight(reading),
        f"{'learned model' if reading.learned else 'grammar'}, rule {relation.rule}",
    ]
    yield _line("    " + ", ".join(filter(None, said)))
    yield _sentence(reading, text)
    places = (("head", reading.heads), ("tail", reading.tails), ("trigger", reading.triggers))
    spans = [f"{label} {' '.join(f'{a}-{b}' for a, b in found) or 'not in it'}" for label, found in places]
    evidence = relation.evidence[0]
    yield _line(f"    sentence {evidence.start}-{evidence.end}, {', '.join(spans)}", "dim")


def _weight(reading: Reading) -> str:
    """How sure the model is, and for what was rejected why that is not enough."""
    weight = f"{reading.relation.confidence:g}"
    if reading.reason is None:
        return f"confidence {weight}{_before(reading)}"
    if reading.reason is Reason.DECIDED:
        return f"probability {weight} is below {reading.threshold:g}{_before(reading)}"
    if reading.reason is Reason.UNLIKELY:
        return f"probability {weight} is below {reading.threshold:g}"
    why = {Reason.SPEAKER: "who speaks there is no guest too", Reason.DENIED: "the text denies it"}[reading.reason]
    return f"probability {weight}, but {why}"


def _before(reading: Reading) -> str:
    """What the confidence was before a reranker, and which one changed it."""
    if reading.before is None:
        return ""
    return f" by what was decided ({', '.join(reading.relation.engines)}; {reading.before:g} before)"


def days(period: Period) -> str:
    """A day, or the first and the last day of a longer period."""
    return period.first if period.first == period.last else f"{period.first} to {period.last}"


def _sentence(reading: Reading, text: str) -> Text:
    """The sentence with its names and words in brackets, in colour where there is any."""
    places = (("head", reading.heads), ("tail", reading.tails), ("trigger", reading.triggers))
    line = Text("    ")
    position, stop = reading.relation.evidence[0].start, reading.relation.evidence[0].end
    for start, end, label in sorted((*span, label) for label, spans in places for span in spans):
        line.append(_flat(text[position:start])).append(f"[{label} {_flat(text[start:end])}]", _STYLES[label])
        position = end
    return line.append(_flat(text[position:stop]))


def _fits(reading: Reading, entities: dict[str, Entity], only: Sequence[str]) -> bool:
    relation = reading.relation
    ends = (entities[relation.head], entities[relation.tail])
    type_ = (relation.type.casefold(), RELATIONS[relation.type].zh)
    return all(word.casefold() in type_ or any(_is(end, word) for end in ends) for word in only)


def _is(entity: Entity, word: str) -> bool:
    type_ = (entity.type.casefold(), ENTITY_NAMES_ZH[entity.type])
    return word.casefold() in type_ or any(word in name for name in (entity.name, *entity.aliases))


def _unnamed(word: str, extraction: Extraction) -> Iterator[Text]:
    """What is to be said of a word that is in no name and is no type."""
    types = {spec_type.casefold() for spec_type in (*RELATIONS, *ENTITY_NAMES_ZH)}
    types |= {spec.zh for spec in RELATIONS.values()} | set(ENTITY_NAMES_ZH.values())
    if word.casefold() in types or any(_is(entity, word) for entity in extraction.entities):
        return
    places = [str(match.start()) for match in re.finditer(re.escape(word), extraction.document.text)]
    if places:
        yield _line(f"  {word} is in the text at {', '.join(places)}, but in no name that was found.")
    else:
        yield _line(f"  {word} is not in the text.")


def _flat(text: str) -> str:
    """On one line."""
    return visible(text).replace("\r", "").replace("\n", "↵").replace("\t", " ")


def _line(text: str, style: str = "") -> Text:
    return Text(visible(text), style)
