"""How entities and subgraphs show themselves in a notebook: drawn as in the explorer, with a table below.

The frame holds all that it needs, the explorer's own modules among it; it is sandboxed apart from the notebook, and its
policy lets it fetch nothing and run nothing but these. Names and quotes are of others' texts: escaped in the table,
data in the drawing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from graph.schema import ENTITY_NAMES_ZH, RELATIONS

if TYPE_CHECKING:
    from graph.records import EntityDetail
    from graph.subgraph import Subgraph

__all__ = ["MAX_ROWS", "entity_html", "subgraph_html"]

MAX_ROWS = 200
"""Edges that are shown; a line says how many more there are."""

_HEIGHT_PX = 560
_STYLE = (
    "body{font:14px/1.5 sans-serif;margin:8px}table{border-collapse:collapse}"
    "td,th{border-bottom:1px solid var(--line);padding:3px 10px;text-align:left;vertical-align:top}"
    "#box{position:relative;height:380px;margin:8px 0;border:1px solid var(--line);border-radius:8px}"
    "#box .drawing{position:absolute;inset:0}.lit{background:var(--mark)}"
)
# Modules name each other by address; here each becomes one that the browser makes of its text.
_START = """
const given = JSON.parse(document.getElementById("given").textContent);
const made = {};
for (const [name, text] of given.modules) {
  const bound = text.replace(/from "[.][^"]*?([\\w.]+)[.]js"/g, (_, other) => `from "${made[other]}"`);
  made[name] = URL.createObjectURL(new Blob([bound], {type: "text/javascript"}));
}
import(made.notebook).then(({draw}) => {
  const box = document.getElementById("box");
  box.canvas = draw(box, given, (key) => {
    for (const row of document.querySelectorAll("tr[data-edge]")) row.classList.toggle("lit", row.dataset.edge === key);
    document.querySelector(".lit")?.scrollIntoView({block: "center"});
  });
});
"""
_IMPORT = re.compile(r'^import .* from "(?P<address>\.[^"]+)";$', re.MULTILINE)


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
    node = {"key": entity.id, "name": entity.name, "type": entity.type, "documents": entity.documents}
    groups = [
        {
            "key": f"{each.relation} {each.direction}",
            "hub": entity.id,
            "relation": each.relation,
            "direction": each.direction,
            "left": each.count,
        }
        for each in entity.relations
    ]
    return _frame(
        f"<h3>{escape(entity.name)} <small>{ENTITY_NAMES_ZH[entity.type]}</small></h3>",
        {"nodes": [node], "edges": [], "groups": groups, "seed": entity.id},
        _table((), (fact for fact in facts if fact[1])) + _table(("", "relation", "direction", "edges"), relations),
    )


def subgraph_html(graph: Subgraph) -> str:
    """A subgraph: its edges, the best supported first, each with its best quote."""
    edges = sorted(graph.edges, key=lambda edge: (-edge.support, edge.head, edge.relation, edge.tail))
    shown = edges[:MAX_ROWS]
    keys = [f"{edge.head}~{edge.relation}~{edge.tail}" for edge in shown]
    rows = (
        (
            edge.head_name,
            RELATIONS[edge.relation].zh,
            edge.tail_name,
            edge.support,
            edge.first_date or "",
            edge.quote,
        )
        for edge in shown
    )
    more = len(edges) - MAX_ROWS
    ends = {end for edge in shown for end in (edge.head, edge.tail)}
    drawn = {
        "nodes": [
            {"key": each.id, "name": each.name, "type": each.type, "documents": each.documents}
            for each in graph.entities
            if each.id in ends or not edges
        ],
        "edges": [
            {
                "key": key,
                "head": edge.head,
                "relation": edge.relation,
                "tail": edge.tail,
                "support": edge.support,
                "confidence": edge.confidence,
            }
            for key, edge in zip(keys, shown, strict=True)
        ],
        "groups": [],
        "seed": graph.entities[0].id if graph.entities else "",
    }
    return _frame(
        f"<p>{len(graph.entities)} entities, {len(edges)} edges{'' if graph.complete else ', cut'}</p>",
        drawn,
        _table(("head", "relation", "tail", "texts", "date", "quote"), rows, keys)
        + (f"<p>… and {more} more edges</p>" if more > 0 else ""),
    )


def _table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]], keys: Iterable[str] = ()) -> str:
    head = "".join(f"<th>{escape(each)}</th>" for each in heads)
    marks = iter(keys)
    body = "".join(
        f'<tr data-edge="{escape(next(marks, ""))}">{"".join(f"<td>{escape(str(cell))}</td>" for cell in row)}</tr>'
        for row in rows
    )
    return f"<table><tr>{head}</tr>{body}</table>" if body else ""


def _frame(before: str, drawn: dict[str, Any], after: str) -> str:
    ontology = [{"type": kind, "zh": spec.zh, "en": spec.en} for kind, spec in RELATIONS.items()]
    given = json.dumps({**drawn, "ontology": {"relations": ontology}, "modules": _modules()}, ensure_ascii=False)
    digest = base64.b64encode(hashlib.sha256(_START.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}' blob:; img-src data:"
    content = (
        f'<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<style>{_static("explorer.css")}{_STYLE}</style>{before}<div id="box"></div>{after}'
        f'<script type="application/json" id="given">{given.replace("<", chr(92) + "u003c")}</script>'
        f"<script>{_START}</script>"
    )
    return (
        f'<iframe sandbox="allow-scripts" srcdoc="{escape(content)}" title="Huitu" '
        f'style="width:100%;height:{_HEIGHT_PX}px;border:1px solid #e1e4ea"></iframe>'
    )


@cache
def _modules() -> list[tuple[str, str]]:
    """The modules that the drawing needs by name, each behind those that it imports."""
    return list(_needed("explorer/notebook.js", set()))


def _needed(path: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    name = path.rsplit("/", 1)[-1].removesuffix(".js")
    if name in seen:
        return
    seen.add(name)
    text = _static(path)
    for match in _IMPORT.finditer(text):
        address = match["address"]
        yield from _needed(address[3:] if address.startswith("../") else f"explorer/{address[2:]}", seen)
    yield name, text


def _static(path: str) -> str:
    return (files("api") / "static" / path).read_text("utf-8")
