"""Pairs of entities that may be one thing though their keys differ, for a person to review (候选).

`find_candidates` takes what is known of all entities and gives scored pairs, each with its reasons. It decides
nothing, needs no database, and gives the same for any order of its input. docs/identity.md tells what is proposed, what
never is, and how well that works.

    profiles ── blocks ──▶ pairs ── names, posts ──▶ likeness ── neighbours, dates, rivals ──▶ candidates

A score is the sum of points: each doubles the odds that the two are one (a match weight in the sense of Fellegi and
Sunter 1969, A theory for record linkage, with weights set by reasoning and not learned).
"""

from graph.candidates.evidence import rival_feature, share_feature
from graph.candidates.find import LOWEST_SCORE, apart, compare, find_candidates
from graph.candidates.posts import post_features
from graph.candidates.records import Candidate, Feature, Post, Profile, RepeatedProfile

__all__ = [
    "LOWEST_SCORE",
    "Candidate",
    "Feature",
    "Post",
    "Profile",
    "RepeatedProfile",
    "apart",
    "compare",
    "find_candidates",
    "post_features",
    "rival_feature",
    "share_feature",
]
