"""The files of a model of HanLP 2 on this machine: looked for before anything is loaded, so that nothing is fetched.

<model>/config.json      names the class and, under "transformer", the encoder
<model>/model.pt         the weights, those of the encoder with them
<encoder>/config.json    with the vocabulary; $HANLP_HOME/transformers/<encoder> for those that HanLP mirrors
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.errors import EngineError, FilesMissing
from graph.artifacts import sha256_of

__all__ = ["ENGINE", "checked_config", "checked_encoder", "digest", "encoders"]

ENGINE = "hanlp2"

_PACKAGES = {"hanlp", "hanlp_common", "hanlp_trie"}
_VOCABULARIES = ("vocab.txt", "tokenizer.json", "sentencepiece.bpe.model", "spiece.model")


def checked_config(model: Path) -> dict[str, Any]:
    """What a model's folder says that it is made of.

    Raises:
        FilesMissing: there is no such folder, or it lacks a file.
        EngineError: it is no model of HanLP 2 with PyTorch, or made of classes that are not HanLP's.
    """
    hint = "HUITU_HANLP2_MODEL is the unpacked folder of a model of HanLP 2, with config.json and model.pt."
    if not model.is_dir():
        raise FilesMissing(ENGINE, model, "there is no such folder", hint=hint)
    if (model / "meta.json").exists():
        raise EngineError(ENGINE, f"{model} is a model of HanLP 2.0 (TensorFlow)", hint="Take one of HanLP 2.1.")
    if missing := [name for name in ("config.json", "model.pt") if not (model / name).is_file()]:
        raise FilesMissing(ENGINE, model, f"{' and '.join(missing)} missing", hint=hint)
    try:
        config = json.loads((model / "config.json").read_text("utf8"))
    except ValueError as error:
        raise EngineError(ENGINE, f"{model / 'config.json'} is no JSON ({error})", hint=hint) from error
    if not isinstance(config, dict) or "classpath" not in config:
        raise EngineError(ENGINE, f"{model / 'config.json'} names no classpath", hint=hint)
    # Whatever class stands there is imported and called.
    foreign = sorted({name for name in _values(config, "classpath") if name.split(".")[0] not in _PACKAGES})
    if foreign:
        problem = f"{model / 'config.json'} names classes that are not HanLP's: {', '.join(foreign)}"
        raise EngineError(ENGINE, problem, hint="Take a model from those whom you trust.")
    return config


def encoders(config: dict[str, Any]) -> tuple[str, ...]:
    """The transformers that a model is built on: names or folders."""
    return tuple(dict.fromkeys(_values(config, "transformer")))


def checked_encoder(encoder: str, folder: Path, model: str, home: Path) -> None:
    """Look for what is needed of an encoder beside the model's weights.

    Args:
        encoder: its name in the model's configuration.
        folder: where it must lie.
        model: whose encoder it is.
        home: ``HANLP_HOME`` as HanLP has it.

    Raises:
        FilesMissing: the folder, its configuration or its vocabulary is not there.
    """
    if (folder / "config.json").is_file() and any((folder / name).is_file() for name in _VOCABULARIES):
        return
    missing = "its encoder's config.json or vocabulary is missing" if folder.is_dir() else "there is no such folder"
    raise FilesMissing(
        ENGINE,
        folder,
        f"{missing}; model {model} is built on {encoder}",
        hint=f"HANLP_HOME is {home}. Put the unpacked encoder into that folder (config.json and vocabulary), set "
        "HANLP_HOME to where it is, or let HanLP fetch it: HUITU_HANLP2_DOWNLOAD=true",
    )


def digest(model: Path) -> str:
    """SHA-256 of the files that a model is made of: configuration, vocabularies, weights."""
    whole = hashlib.sha256()
    for file in sorted(model.iterdir()):
        if file.suffix in (".json", ".pt"):
            whole.update(f"{file.name}\n{sha256_of(file)}\n".encode())
    return whole.hexdigest()


def _values(config: Any, key: str) -> Iterator[str]:
    """The texts under a key, however deep."""
    if isinstance(config, dict):
        for name, value in config.items():
            if name == key and isinstance(value, str):
                yield value
            else:
                yield from _values(value, key)
    elif isinstance(config, list):
        for value in config:
            yield from _values(value, key)
