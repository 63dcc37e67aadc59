"""How the graph looks in Neo4j Browser: its style sheet (GraSS), made from the ontology.

The colours of entity types are those of Okabe and Ito (2008), which people who see colours otherwise tell apart; those
of relations follow what a relation is about: speaking, hosting, signing, belonging.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from graph.schema import EDITION_OF, FORUM_SERIES, EntityType, RelationType

__all__ = ["NODE_COLOURS", "as_command", "as_grass", "style"]

NODE_COLOURS: Mapping[str, str] = {
    EntityType.PERSON: "#0072b2",
    EntityType.ORGANIZATION: "#e69f00",
    EntityType.FORUM: "#009e73",
    EntityType.INITIATIVE: "#cc79a7",
    EntityType.PLACE: "#56b4e9",
    FORUM_SERIES: "#00664b",
    "Document": "#8c96a3",
    "Claim": "#d55e00",
    "Mention": "#c9ced6",
    "Key": "#e3e6ea",
    "Decision": "#f0e442",
}
"""The colour of each node label, as ``#rrggbb``."""

_DIAMETERS: Mapping[str, int] = {EntityType.FORUM: 70, FORUM_SERIES: 80, "Mention": 40, "Key": 30, "Decision": 40}
_CAPTIONS: Mapping[str, str] = {
    "Document": "{title}",
    "Claim": "{relation}",
    "Mention": "{name}",
    "Key": "{id}",
    "Decision": "{verdict}",
}
_DARK_TEXT = frozenset({EntityType.ORGANIZATION, EntityType.PLACE, "Mention", "Key", "Decision"})

_SPEAKING, _HOSTING, _SIGNING, _LAUNCHING, _BELONGING = "#0072b2", "#b27b00", "#d55e00", "#cc79a7", "#7a8594"
_EDGE_COLOURS: Mapping[str, str] = {
    RelationType.SPEAKER_AT: _SPEAKING,
    RelationType.ATTENDED: _SPEAKING,
    RelationType.HOSTED_BY: _HOSTING,
    RelationType.CO_HOSTED_BY: _HOSTING,
    RelationType.ORGANIZED_BY: _HOSTING,
    RelationType.SUPPORTED_BY: _HOSTING,
    RelationType.SIGNED_WITH: _SIGNING,
    RelationType.LAUNCHED: _LAUNCHING,
    RelationType.ANNOUNCED_AT: _LAUNCHING,
    RelationType.AFFILIATED_WITH: _BELONGING,
    RelationType.HELD_IN: "#56b4e9",
    RelationType.PART_OF: "#009e73",
    RelationType.MEMBER_OF: _BELONGING,
    EDITION_OF: "#00664b",
}
_STRONG = frozenset({RelationType.SPEAKER_AT, RelationType.HOSTED_BY, RelationType.SIGNED_WITH, RelationType.LAUNCHED})


def style() -> dict[str, dict[str, str]]:
    """The style sheet: from a selector (``node.Person``) to its properties, in the order of the ontology."""
    sheet = {
        "node": {
            "diameter": "50px",
            "color": "#a5abb6",
            "border-color": "#8d939e",
            "border-width": "2px",
            "text-color-internal": "#ffffff",
            "font-size": "10px",
        },
        "relationship": {
            "color": "#a5abb6",
            "shaft-width": "1px",
            "font-size": "8px",
            "padding": "3px",
            "text-color-external": "#000000",
            "text-color-internal": "#ffffff",
            "caption": "<type>",
        },
    }
    for label, colour in NODE_COLOURS.items():
        sheet[f"node.{label}"] = {
            "color": colour,
            "border-color": _darker(colour),
            "diameter": f"{_DIAMETERS.get(label, 50)}px",
            "text-color-internal": "#1b1f24" if label in _DARK_TEXT else "#ffffff",
            "caption": _CAPTIONS.get(label, "{name}"),
        }
    for relation, colour in _EDGE_COLOURS.items():
        sheet[f"relationship.{relation}"] = {
            "color": colour,
            "shaft-width": "3px" if relation in _STRONG else "2px",
            "caption": "<type>",
        }
    return sheet


def as_grass() -> str:
    """The style sheet as a GraSS file."""
    rules = []
    for selector, properties in style().items():
        lines = [
            f'  {name}: "{value}";' if name == "caption" else f"  {name}: {value};"
            for name, value in properties.items()
        ]
        rules.append("\n".join([f"{selector} {{", *lines, "}"]))
    return "\n\n".join(rules) + "\n"


def as_command() -> str:
    """The command, without its colon, that styles a Neo4j Browser and fetches nothing: the sheet is in it as JSON."""
    return f"style {json.dumps(style(), separators=(',', ':'))}"


def _darker(colour: str) -> str:
    """The colour with a fifth less of each part."""
    return "#" + "".join(f"{int(colour[place : place + 2], 16) * 4 // 5:02x}" for place in (1, 3, 5))
