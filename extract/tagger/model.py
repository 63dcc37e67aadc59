"""The model that ships with the package: where it lies, how it is written and read (模型文件)."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from extract.errors import ModelError
from extract.tagger.crf import LABELS, Crf

__all__ = ["SHIPPED", "load", "read", "write"]

SHIPPED = "tagger.npz"
# Changes when the features or the labels do: an older file must not be read as if it fitted.
_FORMAT = 1
# Rows without a weight this large are left out of the file; measured: nothing is lost up to 0.015 and more.
_SMALLEST = 0.015


def write(crf: Crf, path: Path) -> None:
    """Write a model; the same model gives the same bytes."""
    kept = np.abs(crf.weights).max(1) >= _SMALLEST
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            format=np.array(_FORMAT),
            labels=np.array(LABELS),
            keys=crf.keys[kept],
            weights=crf.weights[kept].astype(np.float16),
            transitions=crf.transitions,
        )


def read(path: Path) -> Crf:
    """The twin of `write`.

    Raises:
        ModelError: the file is missing, damaged, or of another version.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            if int(stored["format"]) != _FORMAT or tuple(stored["labels"].tolist()) != LABELS:
                raise ModelError(path, "is of another version")
            return Crf(stored["keys"], stored["weights"].astype(np.float32), stored["transitions"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise ModelError(path, f"cannot be read ({error})") from error


@cache
def load() -> Crf:
    """The shipped model.

    Raises:
        ModelError: the package is incomplete.
    """
    with as_file(files("extract") / "models" / SHIPPED) as path:
        return read(path)
