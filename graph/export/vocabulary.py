"""What JSON-LD and Turtle say: resources in the words of schema.org where it has them, of Huitu's own where not.

Each resource is a node object of JSON-LD, whose names are those of `PREFIXES`. An edge is a resource with its evidence
(an ``rdf:Statement``); what some document says took place is also said directly, in schema.org's word and in ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias
from urllib.parse import quote

from graph.convert import graph_fields
from graph.export.text import legal
from graph.records import Claim
from graph.schema import EDITION_OF, FORUM_SERIES, EntityType, RelationType
from graph.subgraph import Content, SubgraphEdge

__all__ = ["BASE", "PREFIXES", "Resource", "resources"]

Resource: TypeAlias = dict[str, Any]

BASE = "urn:huitu:"
"""Before the id of whatever has one."""

PREFIXES: Mapping[str, str] = {
    "huitu": "urn:huitu:schema:",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_TYPES: Mapping[str, str] = {
    EntityType.PERSON: "schema:Person",
    EntityType.ORGANIZATION: "schema:Organization",
    EntityType.FORUM: "schema:Event",
    EntityType.INITIATIVE: "schema:Project",
    EntityType.PLACE: "schema:Place",
    FORUM_SERIES: "schema:EventSeries",
}

_DIRECT: Mapping[str, tuple[str, bool]] = {
    RelationType.SPEAKER_AT: ("schema:performer", True),
    RelationType.ATTENDED: ("schema:attendee", True),
    RelationType.HOSTED_BY: ("schema:organizer", False),
    RelationType.CO_HOSTED_BY: ("schema:organizer", False),
    RelationType.ORGANIZED_BY: ("schema:organizer", False),
    RelationType.SUPPORTED_BY: ("schema:contributor", False),
    RelationType.LAUNCHED: ("schema:founder", True),
    RelationType.AFFILIATED_WITH: ("schema:affiliation", False),
    RelationType.HELD_IN: ("schema:location", False),
    RelationType.PART_OF: ("schema:superEvent", False),
    RelationType.MEMBER_OF: ("schema:memberOf", False),
    EDITION_OF: ("schema:superEvent", False),
}
"""schema.org's word for a relation, and whether it leads from tail to head. It has none for the others."""

_REMEMBERED = 50_000
_PLAIN = re.compile(r"[\w/-]+", re.ASCII).fullmatch


def resources(content: Content) -> Iterator[Resource]:
    """First the export itself, which says whether it is complete; then entities, series, edges, claims."""
    stated = {f"huitu:{_camel(name)}": _stated(value) for name, value in graph_fields(content).items()}
    yield {"@id": f"{BASE}export", "@type": ["schema:Dataset"], **stated}
    for entity in content.entities:
        yield {
            **_named(entity.id, entity.type, entity.name, entity.aliases),
            "huitu:documents": entity.documents,
            **_days(entity.first_date, entity.last_date),
        }
    for series in content.series:
        yield _named(series.id, FORUM_SERIES, series.name, series.aliases)
        for id, _ in series.editions:
            yield from _said(id, EDITION_OF, series.id)
    documents = _Documents()
    for edge in content.edges:
        if edge.support:
            yield from _said(edge.head, edge.relation, edge.tail)
        yield _edge(edge)
        yield from documents.once(edge.document_id, *edge[15:])
    for claim in content.claims:
        yield _claim(claim)
        source = claim.document
        yield from documents.once(source.id, source.key, source.title, source.date, source.source, source.url)


class _Documents:
    """Describes each document once, or a few times where there are very many: memory stays bounded."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def once(
        self, id: str, key: str | None, title: str | None, date: str | None, source: str | None, url: str | None
    ) -> Iterator[Resource]:
        if id in self._seen:
            return
        if len(self._seen) == _REMEMBERED:
            self._seen.clear()
        self._seen.add(id)
        known = {
            "schema:identifier": key,
            "schema:headline": title,
            "schema:publisher": source,
            "schema:url": url,
        }
        texts = {name: legal(value) for name, value in known.items() if value is not None}
        day = {} if date is None else {"schema:datePublished": _day(date)}
        yield {"@id": _iri(id), "@type": ["schema:NewsArticle"], **texts, **day}


def _iri(*parts: str) -> str:
    joined = "/".join(parts)
    return BASE + (joined if _PLAIN(joined) else "/".join(quote(part, safe="") for part in parts))


def _reference(*parts: str) -> Resource:
    return {"@id": _iri(*parts)}


def _named(id: str, type: str, name: str, aliases: tuple[str, ...]) -> Resource:
    resource = {"@id": _iri(id), "@type": [_TYPES[type], f"huitu:{type}"], "schema:name": legal(name)}
    if aliases:
        resource["schema:alternateName"] = [legal(alias) for alias in aliases]
    return resource


def _said(head: str, relation: str, tail: str) -> Iterator[Resource]:
    yield {"@id": _iri(head), f"huitu:{relation}": _reference(tail)}
    if relation in _DIRECT:
        name, backwards = _DIRECT[relation]
        head, tail = (tail, head) if backwards else (head, tail)
        yield {"@id": _iri(head), name: _reference(tail)}


def _edge(edge: SubgraphEdge) -> Resource:
    resource = _statement("huitu:Edge", (edge.head, edge.relation, edge.tail), edge.head, edge.relation, edge.tail)
    resource |= {
        "huitu:support": edge.support,
        "huitu:planned": edge.planned,
        "huitu:denied": edge.denied,
        "huitu:claims": edge.claims,
        "huitu:confidence": _decimal(edge.confidence),
        **_days(edge.first_date, edge.last_date),
        "huitu:quote": legal(edge.quote),
        "schema:citation": _reference(edge.document_id),
    }
    if edge.roles:
        resource["huitu:role"] = [legal(role) for role in edge.roles]
    return resource


def _claim(claim: Claim) -> Resource:
    resource = _statement("huitu:Claim", (claim.id,), claim.subject.id, claim.relation, claim.object.id)
    resource["@type"].append("schema:Claim")
    main = claim.evidence[0]
    resource |= {
        "huitu:modality": claim.modality.value,
        "huitu:confidence": _decimal(claim.confidence),
        "huitu:rule": legal(claim.rule),
        "schema:text": legal(main.quote),
        "huitu:start": main.start,
        "huitu:end": main.end,
        "schema:appearance": _reference(claim.document.id),
        **_days(claim.date_from, claim.date_to),
    }
    more = [legal(each.quote) for each in claim.evidence[1:]]
    known = {"huitu:role": claim.role, "huitu:topic": claim.topic, "huitu:status": claim.status}
    resource |= {name: legal(value) for name, value in known.items() if value is not None}
    resource |= {"huitu:quote": more} if more else {}
    resource |= {"huitu:engine": [legal(name) for name in claim.engines]} if claim.engines else {}
    resource |= {"huitu:at": _reference(claim.at.id)} if claim.at else {}
    return resource


def _statement(type: str, parts: tuple[str, ...], head: str, relation: str, tail: str) -> Resource:
    return {
        "@id": _iri(*parts),
        "@type": ["rdf:Statement", type],
        "rdf:subject": _reference(head),
        "rdf:predicate": {"@id": PREFIXES["huitu"] + relation},
        "rdf:object": _reference(tail),
    }


def _days(first: str | None, last: str | None) -> Resource:
    known = {"huitu:firstDate": first, "huitu:lastDate": last}
    return {name: _day(value) for name, value in known.items() if value is not None}


def _day(value: str) -> Resource:
    return {"@value": value, "@type": "xsd:date"}


def _decimal(value: float) -> Resource:
    return {"@value": format(Decimal(repr(value)), "f"), "@type": "xsd:decimal"}


def _stated(value: Any) -> Any:
    return legal(value) if isinstance(value, str) else value


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))
