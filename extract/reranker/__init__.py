"""A reranker (重排): a small model of a user's own that weighs claims by what was accepted and rejected before."""

from extract.reranker.model import Reranker, rerank
from extract.reranker.store import Rerankers

__all__ = ["Reranker", "Rerankers", "rerank"]
