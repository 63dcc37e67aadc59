"""Extraction of entities and relations from Chinese news, with the evidence for each (抽取)."""

from __future__ import annotations

from extract.engine import Engine
from extract.errors import EngineError, ExtractError, GoldError, PipelineOrderError, UnknownEngine
from extract.extractor import Extractor

__all__ = ["Engine", "EngineError", "ExtractError", "Extractor", "GoldError", "PipelineOrderError", "UnknownEngine"]
