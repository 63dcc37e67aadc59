"""Settings of the engine ``hanlp2``, read from the environment where the engine is made by its name."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from extract.engines.settings import read_settings

__all__ = ["Hanlp2Settings", "load_hanlp2_settings"]


class Hanlp2Settings(BaseSettings):
    """Settings of a HanLP 2 model; each field names its environment variable."""

    model_config = SettingsConfigDict(populate_by_name=True, env_ignore_empty=True, hide_input_in_errors=True)

    model: str = Field(
        validation_alias="HUITU_HANLP2_MODEL",
        min_length=1,
        description="The model that finds names: a folder, or a name as `hanlp.load` takes it.",
    )
    words: str = Field(
        default="hanlp1",
        validation_alias="HUITU_HANLP2_WORDS",
        min_length=1,
        description="Words that a model without a tokenizer reads: `hanlp1`, `characters`, or a tokenizer of HanLP 2.",
    )
    device: str = Field(
        default="auto",
        validation_alias="HUITU_HANLP2_DEVICE",
        pattern=r"^(auto|cpu|mps|cuda(:\d+)?)$",
        description="Where the model computes: `auto` (a GPU if there is one), `cpu`, `cuda`, `cuda:1`, `mps`.",
    )
    batch: int = Field(
        default=32, ge=1, le=4096, validation_alias="HUITU_HANLP2_BATCH", description="Sentences read at a time."
    )
    documents: int = Field(
        default=1,
        ge=1,
        le=1000,
        validation_alias="HUITU_HANLP2_DOCUMENTS",
        description="Documents whose sentences are read together: more keep a GPU busy.",
    )
    score: float = Field(
        default=0.7,
        gt=0,
        le=1,
        validation_alias="HUITU_HANLP2_SCORE",
        description="Weight of a name from the model, beside the probability of one from the tagger.",
    )
    dictionary: Literal["combine", "force", "off"] = Field(
        default="combine",
        validation_alias="HUITU_HANLP2_DICTIONARY",
        description="What names of the lexicons are to a tokenizer of HanLP 2: `combine` joins its words to them, "
        "`force` comes before the model.",
    )
    download: bool = Field(
        default=False,
        validation_alias="HUITU_HANLP2_DOWNLOAD",
        description="Let HanLP fetch what is missing of a model.",
    )


def load_hanlp2_settings() -> Hanlp2Settings:
    """Read the settings from the environment.

    Raises:
        EngineSettings: a value is missing or cannot be used; names the variable.
    """
    return read_settings("hanlp2", Hanlp2Settings)
