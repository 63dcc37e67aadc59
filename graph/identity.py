"""Which names denote the same thing, first version: names of one type that share a canonical key.

Everything else asks `canonical_key` and the ids made from it, so that a later model of identity (names are data,
decisions are data) takes the place of this module alone. Keys of forums keep year and edition: 2024世界人工智能大会 and
2025世界人工智能大会 are two.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping

from graph.schema import EntityType

__all__ = ["IDENTITY_VERSION", "canonical_key", "claim_id", "document_id", "entity_id", "mention_id"]

IDENTITY_VERSION = 1
"""Raised whenever the same name may get another id, so that documents loaded before are loaded anew."""

_LETTERS: Mapping[EntityType, str] = {
    EntityType.PERSON: "p",
    EntityType.ORGANIZATION: "o",
    EntityType.FORUM: "f",
    EntityType.INITIATIVE: "i",
    EntityType.PLACE: "l",
}

_DROPPED = frozenset("'\"`‘’“”„‟′″「」『』﹁﹂﹃﹄《》〈〉«»‹›()[]{}<>【】〔〕〖〗〘〙⟨⟩〝〞〟·•‧∙⋅・･・᛫")
"""Quotation marks, book marks (书名号), brackets and the middle dots of transcribed names (间隔号)."""


def canonical_key(type: EntityType, name: str) -> str:  # noqa: ARG001  later models tell types apart
    """What a name is compared by: NFKC, case folded, without spaces, quotation marks, brackets and middle dots.

    Args:
        type: the type of what is named; the first version treats all alike.
        name: the name as written.

    Returns:
        The key; for a name of nothing but marks, the name itself.
    """
    key, folded = name, _fold(name)
    while folded and folded != key:  # dropping a character can bring two others together that NFKC then joins
        key, folded = folded, _fold(folded)
    return key


def _fold(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFKC", "".join(character for character in folded if not _is_dropped(character)))


def _is_dropped(character: str) -> bool:
    return character in _DROPPED or character.isspace() or unicodedata.category(character) in ("Cc", "Cf")


def entity_id(type: EntityType, name: str) -> str:
    """The id of the entity that ``name`` denotes: the letter of its type and 16 hexadecimal digits."""
    return f"{_LETTERS[type]}-{_digest(16, type.value, canonical_key(type, name))}"


def document_id(key: str) -> str:
    """The id of the document with that key."""
    return f"d-{hashlib.sha256(key.encode()).hexdigest()[:20]}"


def mention_id(document: str, type: EntityType, name: str) -> str:
    """The id of a name as one document uses it; ``document`` is a document id."""
    return f"m-{_digest(20, document, type.value, name)}"


def claim_id(document: str, content: str) -> str:
    """The id of a claim; ``content`` is its canonical JSON, so that a document states one claim once."""
    return f"c-{_digest(20, document, content)}"


def _digest(length: int, *parts: str) -> str:
    """The first digits of the SHA-256 of the parts; only the last of them may hold the bar that joins them."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:length]
