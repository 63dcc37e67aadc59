"""Reading an engine's settings from the environment, where the engine is made by its name."""

from __future__ import annotations

from typing import TypeVar

from pydantic import ValidationError
from pydantic_settings import BaseSettings

from extract.errors import EngineSettings

__all__ = ["read_settings"]

S = TypeVar("S", bound=BaseSettings)


def read_settings(engine: str, settings: type[S]) -> S:
    """The settings of an engine from the environment.

    Raises:
        EngineSettings: a value is missing or cannot be used; names the variable.
    """
    try:
        return settings()
    except ValidationError as error:
        problems = {
            str(item["loc"][0]) if item["loc"] else "settings": item["msg"].removeprefix("Value error, ")
            for item in error.errors()
        }
        raise EngineSettings(engine, problems) from error
