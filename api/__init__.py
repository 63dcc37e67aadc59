"""The HTTP interface of the graph."""

from __future__ import annotations

from api.app import create_app

__all__ = ["create_app"]
