"""The engine ``llm``: a language model behind an OpenAI-compatible endpoint, trusted as far as its quotes go."""

from __future__ import annotations

from extract.engines.llm.engine import Llm
from extract.engines.llm.settings import LlmSettings, load_llm_settings

__all__ = ["Llm", "LlmSettings", "load_llm_settings"]
