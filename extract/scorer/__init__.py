"""The learned part of relation finding: a model that weighs what a document says of two things (关系打分)."""

from extract.scorer.decide import score_facts

__all__ = ["score_facts"]
