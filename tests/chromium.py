"""The real browser that tests with the mark ``browser`` use; without one they are skipped, in CI they fail."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

__all__ = ["ARGUMENTS", "CHROMIUM", "NEEDED", "PICTURES"]

PICTURES = Path(__file__).parents[1] / "pictures"
"""Where browser tests leave what they saw; git ignores it."""

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

NEEDED = pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="no Chromium on this machine")
