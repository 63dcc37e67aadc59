"""How the service writes its log: in words for a terminal, or as JSON, one object a line, for programs."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from enum import StrEnum

__all__ = ["Logs", "write_logs"]


class Logs(StrEnum):
    """``text``: what went wrong; ``json``: every request too."""

    TEXT = "text"
    JSON = "json"


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def write_logs(logs: Logs) -> None:
    """Write the log of this process to its standard error."""
    if logs is Logs.TEXT:
        logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("huitu").setLevel(logging.INFO)
