"""The engine ``hanlp2``: the pipeline of ``hanlp1``, with names that a neural model of HanLP 2 proposes as well."""

from __future__ import annotations

from extract.engines.hanlp2.engine import Hanlp2
from extract.engines.hanlp2.settings import Hanlp2Settings, load_hanlp2_settings

__all__ = ["Hanlp2", "Hanlp2Settings", "load_hanlp2_settings"]
