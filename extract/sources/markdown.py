"""Front matter: the YAML block between two lines ``---`` at the head of a Markdown file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from extract.sources.metadata import Metadata, clean_date, clean_line, clean_url

__all__ = ["front_matter"]

_MAX_CHARACTERS = 64_000
_BLOCK = re.compile(r"\s*---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_PLAIN = re.compile(r"^(title|date|source|publisher|url|标题|日期|来源|网址)[ \t]*[:：][ \t]*(.+)$", re.MULTILINE)


def front_matter(text: str) -> tuple[Metadata, int]:
    """Return what the front matter of `text` states, and the offset behind it (0 where there is none).

    A block that YAML refuses (``title: 峰会: 开幕`` is enough) is read line by line, as ``key: value``.
    """
    found = _BLOCK.match(text[:_MAX_CHARACTERS])
    if not found:
        return Metadata(), 0
    fields: Any
    try:
        # Strings, lists and mappings only: no objects, no merge keys that double at each step, no 30 February.
        fields = yaml.load(found[1], Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError):
        fields = {key: value.strip().strip("\"'") for key, value in _PLAIN.findall(found[1])}
    if not isinstance(fields, Mapping):  # two rulers around a paragraph
        return Metadata(), 0
    return _metadata(fields), found.end()


def _metadata(fields: Mapping[Any, Any]) -> Metadata:
    def stated(*names: str) -> str:
        return next((fields[name] for name in names if isinstance(fields.get(name), str)), "")

    return Metadata(
        clean_line(stated("title", "标题")),
        clean_date(stated("date", "日期")),
        clean_line(stated("source", "publisher", "来源")),
        clean_url(stated("url", "link", "网址")),
    )
