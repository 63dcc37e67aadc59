"""How entities and subgraphs show themselves in a notebook: tables in a frame that may run nothing and fetch nothing.

Names and quotes are of others' texts. They are escaped, and stand in a sandboxed frame whose policy allows only styles.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from graph.schema import ENTITY_NAMES_ZH, RELATIONS

if TYPE_CHECKING:
    from graph.records import EntityDetail
    from graph.subgraph import Subgraph

__all__ = ["MAX_ROWS", "entity_html", "subgraph_html"]

MAX_ROWS = 200
"""Edges that are shown; a line says how many more there are."""

_HEIGHT_PX = 420
_HEAD = (
    '<!doctype html><meta charset="utf-8">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    "<style>body{font:14px/1.5 sans-serif;margin:8px;color:#16191f;background:#fff}table{border-collapse:collapse}"
    "td,th{border-bottom:1px solid #e1e4ea;padding:3px 10px;text-align:left;vertical-align:top}</style>"
)


def entity_html(entity: EntityDetail) -> str:
    """An entity: its names, its time, how many edges of each relation it has."""
    facts = [
        ("id", entity.id),
        ("also", "、".join(entity.aliases)),
        ("documents", str(entity.documents)),
        ("claims", str(entity.claims)),
        ("time", " – ".join(day for day in (entity.first_date, entity.last_date) if day)),
        ("series", entity.series.name if entity.series else ""),
    ]
    relations = ((RELATIONS[each.relation].zh, each.relation, each.direction, each.count) for each in entity.relations)
    return _frame(
        f"<h3>{escape(entity.name)} <small>{ENTITY_NAMES_ZH[entity.type]}</small></h3>"
        + _table((), (fact for fact in facts if fact[1]))
        + _table(("", "relation", "direction", "edges"), relations)
    )


def subgraph_html(graph: Subgraph) -> str:
    """A subgraph: its edges, the best supported first, each with its best quote."""
    edges = sorted(graph.edges, key=lambda edge: (-edge.support, edge.head, edge.relation, edge.tail))
    rows = (
        (
            edge.head_name,
            RELATIONS[edge.relation].zh,
            edge.tail_name,
            edge.support,
            edge.first_date or "",
            edge.quote,
        )
        for edge in edges[:MAX_ROWS]
    )
    more = len(edges) - MAX_ROWS
    return _frame(
        f"<p>{len(graph.entities)} entities, {len(edges)} edges{'' if graph.complete else ', cut'}</p>"
        + _table(("head", "relation", "tail", "texts", "date", "quote"), rows)
        + (f"<p>… and {more} more edges</p>" if more > 0 else "")
    )


def _table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    head = "".join(f"<th>{escape(each)}</th>" for each in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>" if body else ""


def _frame(body: str) -> str:
    return (
        f'<iframe sandbox="" srcdoc="{escape(_HEAD + body)}" title="Huitu" '
        f'style="width:100%;height:{_HEIGHT_PX}px;border:1px solid #e1e4ea"></iframe>'
    )
