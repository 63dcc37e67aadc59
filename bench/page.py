"""The page of the benchmarks: their ratios with goals, plots, and the machine; one file that asks nobody for anything.

All text goes through lxml, which escapes it, and the plots are images within the page.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from lxml import etree
from lxml.html import tostring
from lxml.html.builder import E
from matplotlib import rc_context
from matplotlib.figure import Figure

from bench.goals import Ratio

__all__ = ["render"]

_element: Callable[..., etree._Element] = E
"""A new element: its tag, then attributes as a mapping or by name, and what is in it."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #6b6b6b; --met: #1c6b3f; --missed: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --soft: #a0a0a0; --met: #7fd6a4; --missed: #ff9d94; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
.soft, small, figcaption { color: var(--soft); font-size: .85rem; }
.met { color: var(--met); } .missed { color: var(--missed); font-weight: 600; }
div { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; overflow-wrap: normal; }
th { text-align: left; font-weight: 400; color: var(--soft); }
th, td { padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td small { display: block; font-weight: 400; }
@media (max-width: 40rem) {
  thead { display: none; }
  tr { display: grid; grid-template-columns: repeat(4, 1fr); padding: .5rem 0; border-bottom: 1px solid var(--line); }
  td { border: 0; padding: .1rem .5rem .1rem 0; }
  td:first-child, td:last-child { grid-column: 1 / -1; }
  td.number { text-align: left; }
  td.number::before { content: attr(data-column) " "; color: var(--soft); display: block; font-size: .8rem; }
}
figure { margin: 1rem 0; } img { max-width: 100%; height: auto; border-radius: .3rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
dt { color: var(--soft); } dd { margin: 0; }
"""
_COLUMNS = ("Goal", "Min", "Median", "Max")
_MET, _MISSED, _GOAL = "#3b7dbd", "#c8553d", "#222222"
_WIDTH, _BAR, _FRAME = 4.8, 0.26, 0.85  # inches: of a plot, for a bar, and around the bars


def render(results: Mapping[str, Any]) -> bytes:
    """The page, in UTF-8; the same results give the same bytes.

    Args:
        results: as ``results.json`` has them.
    """
    found = [Ratio.from_json(record) for record in results["ratios"]]
    head = _element(
        "head",
        _element("meta", charset="utf-8"),
        _element("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        _element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        _element("title", "Huitu: benchmarks"),
        _element("style", _STYLE),
    )
    body = _element(
        "body", _element("h1", "Huitu: benchmarks"), *_summary(results, found), *_failures(results["failed"])
    )
    body.extend([_element("h2", "Ratios"), _element("div", _table(found))])
    for benchmark, own in groupby(found, attrgetter("benchmark")):
        body.append(_element("h2", benchmark.capitalize()))
        body.extend(_figure(ratio) for ratio in own)
    body.extend([_element("h2", "Machine"), _machine(results)])
    page = _element("html", head, body, lang="en")
    return bytes(tostring(page, encoding="utf-8", doctype="<!doctype html>")) + b"\n"


def _summary(results: Mapping[str, Any], found: Sequence[Ratio]) -> Iterator[etree._Element]:
    goals = [ratio for ratio in found if ratio.goal is not None]
    missed = [ratio for ratio in goals if ratio.missed]
    yield _element("p", f"{len(goals) - len(missed)} of {len(goals)} goals are met.")
    about = (
        "Each figure is a ratio to a baseline measured in the same run, rounds alternating; the spread is over rounds."
    )
    if results["quick"]:
        about += " This was a quick run: it shows that the benchmarks work, and its figures mean little."
    yield _element("p", about, {"class": "soft"})


def _failures(failed: Mapping[str, str]) -> Iterator[etree._Element]:
    for benchmark, why in failed.items():
        yield _element("p", f"{benchmark} failed: {why}", {"class": "missed"})


def _table(found: Iterable[Ratio]) -> etree._Element:
    head = _element(
        "tr",
        _element("th", "Ratio"),
        *(_element("th", column, {"class": "number"}) for column in _COLUMNS),
        _element("th", "Met"),
    )
    return _element("table", _element("thead", head), _element("tbody", *map(_row, found)))


def _row(ratio: Ratio) -> etree._Element:
    name = _element("td", ratio.title)
    if len(ratio.cases) > 1:
        name.append(_element("small", f"{len(ratio.cases)} cases: least, median and greatest of all"))
    numbers = (_goal(ratio), *(_number(ratio.spread[mark]) for mark in ("min", "median", "max")))
    cells = [
        _element("td", number, {"class": "number", "data-column": column})
        for column, number in zip(_COLUMNS, numbers, strict=True)
    ]
    return _element("tr", name, *cells, _verdict(ratio))


def _goal(ratio: Ratio) -> str:
    return "–" if ratio.goal is None else f"{'≥' if ratio.at_least else '≤'} {ratio.goal:g}"


def _number(value: float) -> str:
    return f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def _verdict(ratio: Ratio) -> etree._Element:
    if ratio.goal is None:
        return _element("td", "no goal", {"class": "soft"})
    if not ratio.missed:
        return _element("td", "met", {"class": "met"})
    verdict = _element("td", "missed", {"class": "missed"})
    if len(ratio.cases) > 1:
        verdict.append(_element("small", f"{len(ratio.missed)} of {len(ratio.cases)}: {', '.join(ratio.missed)}"))
    return verdict


def _figure(ratio: Ratio) -> etree._Element:
    told = "; ".join(f"{case} {_number(found['median'])}" for case, found in ratio.cases.items())
    data = base64.b64encode(_plot(ratio)).decode()
    return _element(
        "figure",
        _element("figcaption", ratio.title),
        _element("img", src=f"data:image/svg+xml;base64,{data}", alt=told),
    )


def _plot(ratio: Ratio) -> bytes:
    """Horizontal bars as an SVG image: medians, the spread as error bars, a line at the goal."""
    cases, medians = list(ratio.cases), [found["median"] for found in ratio.cases.values()]
    errors = [
        [found["median"] - found["min"] for found in ratio.cases.values()],
        [found["max"] - found["median"] for found in ratio.cases.values()],
    ]
    colours = [_MET if ratio.reached(found) else _MISSED for found in ratio.cases.values()]
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "huitu", "font.size": 9, "text.parse_math": False}):
        figure = Figure(figsize=(_WIDTH, _FRAME + _BAR * len(cases)), layout="constrained")
        axes = figure.add_subplot()
        axes.barh(range(len(cases)), medians, xerr=errors, color=colours, height=0.6, error_kw={"capsize": 2})
        axes.set_yticks(range(len(cases)), cases)
        axes.invert_yaxis()
        axes.set_xlim(0, 1.06 * max(ratio.spread["max"], ratio.goal or 0))
        axes.spines[["top", "right"]].set_visible(False)
        if ratio.goal is not None:
            axes.axvline(ratio.goal, color=_GOAL, linestyle="--", linewidth=1)
            axes.set_xlabel(f"dashed: the goal, {'at least' if ratio.at_least else 'at most'} {ratio.goal:g}")
        written = io.BytesIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return written.getvalue()


def _machine(results: Mapping[str, Any]) -> etree._Element:
    facts = {"Huitu": results["huitu"], "date": results["date"], **results["machine"]}
    facts |= {f"seconds of {name}": took for name, took in results["seconds"].items()}
    return _element(
        "dl", *(each for name, value in facts.items() for each in (_element("dt", name), _element("dd", str(value))))
    )
