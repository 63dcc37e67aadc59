"""Settings of the engine ``llm``, read from the environment where the engine is made by its name."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from extract.engines.settings import read_settings
from extract.errors import EngineSettings
from graph.artifacts import cache_dir

__all__ = ["LlmSettings", "load_llm_settings"]

_OURS = {"model", "messages", "response_format", "stream"}


class LlmSettings(BaseSettings):
    """Settings of a language model; each field names its environment variable."""

    model_config = SettingsConfigDict(populate_by_name=True, env_ignore_empty=True, hide_input_in_errors=True)

    url: str = Field(
        validation_alias="HUITU_LLM_URL",
        description="Address of the endpoint, up to what stands before `/chat/completions`.",
    )
    model: str = Field(validation_alias="HUITU_LLM_MODEL", pattern=r"^\S+$", description="Name of the model there.")
    key: SecretStr | None = Field(
        default=None, validation_alias="HUITU_LLM_KEY", description="Key of the endpoint, where it asks for one."
    )
    format: Literal["json_schema", "json_object", "text"] = Field(
        default="json_schema",
        validation_alias="HUITU_LLM_FORMAT",
        description="How the form of answers is asked for; `json_object` or `text` for servers that refuse a schema.",
    )
    options: dict[str, Any] = Field(
        default={"temperature": 0, "max_tokens": 8000},
        validation_alias="HUITU_LLM_OPTIONS",
        description="More fields of each request, as JSON.",
    )
    concurrency: int = Field(
        default=4, ge=1, le=256, validation_alias="HUITU_LLM_CONCURRENCY", description="Requests at a time."
    )
    part: int = Field(
        default=6000, ge=200, validation_alias="HUITU_LLM_PART", description="Characters of a document asked at a time."
    )
    repairs: int = Field(
        default=1,
        ge=0,
        le=5,
        validation_alias="HUITU_LLM_REPAIRS",
        description="How often an answer that cannot be read is asked for again.",
    )
    retries: int = Field(
        default=4,
        ge=0,
        le=20,
        validation_alias="HUITU_LLM_RETRIES",
        description="How often a request is sent again that found no answer.",
    )
    timeout_s: float = Field(
        default=120.0, gt=0, validation_alias="HUITU_LLM_TIMEOUT_S", description="Seconds to wait for an answer."
    )
    budget_tokens: int | None = Field(
        default=None, ge=0, validation_alias="HUITU_LLM_BUDGET_TOKENS", description="Tokens that a run may take."
    )
    budget: float | None = Field(
        default=None,
        ge=0,
        validation_alias="HUITU_LLM_BUDGET",
        description="Money that a run may cost, in the currency of the prices.",
    )
    price_in: float | None = Field(
        default=None,
        ge=0,
        validation_alias="HUITU_LLM_PRICE_IN",
        description="Price of a million tokens of questions.",
    )
    price_out: float | None = Field(
        default=None, ge=0, validation_alias="HUITU_LLM_PRICE_OUT", description="Price of a million tokens of answers."
    )
    below: float = Field(
        default=0.7,
        ge=0,
        le=1,
        validation_alias="HUITU_LLM_BELOW",
        description="Confidence under which a claim of another engine is put before the model.",
    )
    cache: Path = Field(
        default_factory=lambda: cache_dir() / "llm",
        validation_alias="HUITU_LLM_CACHE",
        description="Folder of the answers.",
    )

    @field_validator("url")
    @classmethod
    def _address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an address with http:// or https://")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("must hold no user, key or query; the key has a setting of its own")
        return url.rstrip("/")

    @field_validator("options")
    @classmethod
    def _not_ours(cls, options: dict[str, Any]) -> dict[str, Any]:
        if taken := sorted(_OURS & options.keys()):
            raise ValueError(f"must leave {', '.join(taken)} to Huitu")
        return options

    @model_validator(mode="after")
    def _priced(self) -> LlmSettings:
        if self.budget is not None and (self.price_in is None or self.price_out is None):
            raise ValueError("HUITU_LLM_BUDGET needs HUITU_LLM_PRICE_IN and HUITU_LLM_PRICE_OUT")
        return self


def load_llm_settings() -> LlmSettings:
    """Read the settings from the environment.

    Raises:
        EngineSettings: a value is missing or cannot be used; names the variable.
    """
    try:
        return read_settings("llm", LlmSettings)
    except SettingsError as error:
        raise EngineSettings("llm", {"HUITU_LLM_OPTIONS": "must be a JSON object"}) from error
