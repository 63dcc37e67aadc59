"""Full-text queries from whatever a user types."""

from __future__ import annotations

import re

__all__ = ["lucene_query"]


def lucene_query(wording: str) -> str:
    """A Lucene query that asks for every word of ``wording``, whatever it holds; empty when there is none.

    The index keeps Chinese as overlapping pairs (世界, 界人, 人工): a phrase of them is a substring, and a single
    character is the beginning or the end of a pair.
    """
    terms = []
    for word in wording.split():
        escaped = re.sub(r"([^\w])", r"\\\1", word)
        if not re.search(r"\w", word):
            continue
        if len(word) == 1:
            terms.append(f"*{escaped}*")
        elif word.isascii() and word.isalnum():
            terms.append(f"({escaped.lower()} OR {escaped.lower()}*)")
        else:
            quoted = word.replace("\\", "\\\\").replace('"', '\\"')
            terms.append(f'"{quoted}"')
    return " AND ".join(terms)
