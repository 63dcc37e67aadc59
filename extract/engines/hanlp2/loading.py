"""Loading a model of HanLP 2: the only module that imports HanLP and torch, which takes seconds."""

from __future__ import annotations

import importlib.util
import os
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

from extract.engines.hanlp2.files import ENGINE, checked_config, checked_encoder, encoders
from extract.errors import EngineError, FilesMissing, PackageMissing

__all__ = ["LICENCE", "installed", "load"]

LICENCE = (
    "The pretrained models of HanLP 2 are under CC BY-NC-SA 4.0: for research and teaching, not for commercial use. "
    "A model that you have trained is yours."
)


def installed() -> None:
    """See whether HanLP 2 is installed, without loading it.

    Raises:
        PackageMissing: it is not.
    """
    if importlib.util.find_spec("hanlp") is None or importlib.util.find_spec("torch") is None:
        raise PackageMissing(ENGINE, "hanlp", "hanlp")


def load(model: str, device: str, *, download: bool) -> Any:
    """A component of HanLP 2, ready to be called.

    Args:
        model: a folder, or a name or address as ``hanlp.load`` takes it.
        device: ``auto``, ``cpu``, ``mps``, ``cuda`` or ``cuda:N``.
        download: whether HanLP may fetch what is missing.

    Raises:
        PackageMissing: HanLP 2 is not installed.
        FilesMissing: the model or its encoder is not here and may not be fetched.
        EngineError: there is no such model or device, or the model cannot be loaded.
    """
    hanlp = _imported(download=download)
    where = _device(device)
    folder = _folder(hanlp, model, download=download)
    config = checked_config(folder)
    if not download:
        for encoder in encoders(config):
            for place in _encoder_folders(encoder):
                checked_encoder(encoder, place, model, _home())
    from hanlp_common.reflection import object_from_classpath

    # Not hanlp.load: where that fails it asks the package index for a newer version, and wants pkg_resources.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of other packages, about their own future
            component = object_from_classpath(config["classpath"])
            component.load(str(folder), devices=where, verbose=False)
    except Exception as error:
        raise EngineError(
            ENGINE,
            f"model {model} cannot be loaded ({type(error).__name__}: {error})",
            hint="Is it complete, and of a version of HanLP that is no newer than the one installed?",
        ) from error
    return component


def _imported(*, download: bool) -> ModuleType:
    installed()
    if not download:
        # Read once, when they are imported.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import hanlp
        import hanlp.utils.io_util
    return hanlp  # type: ignore[no-any-return]


def _device(device: str) -> Any:
    """What HanLP takes for a device: -1 is the processor."""
    import torch

    kind = ("cuda" if torch.cuda.is_available() else "cpu") if device == "auto" else device
    if kind == "cpu":
        return -1
    there = torch.backends.mps.is_available() if kind == "mps" else torch.cuda.is_available()
    number = int(kind.partition(":")[2] or 0)
    if not there or (kind.startswith("cuda") and number >= torch.cuda.device_count()):
        raise EngineError(ENGINE, f"there is no device {device} here", hint="Set HUITU_HANLP2_DEVICE to auto or cpu.")
    return torch.device(kind)


def _folder(hanlp: ModuleType, model: str, *, download: bool) -> Path:
    if Path(model).is_dir():
        return Path(model)
    address = hanlp.pretrained.ALL.get(model, model)
    if not address.startswith(("http:", "https:")):
        hint = "Names are those of hanlp.pretrained, such as MSRA_NER_ELECTRA_SMALL_ZH."
        raise EngineError(ENGINE, f"{model} is no folder here, and no name that HanLP knows", hint=hint)
    folder = _place(address)
    if not folder.is_dir() and not download:
        raise FilesMissing(
            ENGINE,
            folder,
            f"there is no such folder; it is that of model {model}",
            hint=f"HANLP_HOME is {_home()}. Unpack the model there, set HANLP_HOME to where it is, "
            "or let HanLP fetch it: HUITU_HANLP2_DOWNLOAD=true",
        )
    if folder.is_dir():
        return folder
    try:
        return Path(hanlp.utils.io_util.get_resource(address))
    except Exception as error:
        problem = f"model {model} cannot be fetched ({type(error).__name__}: {error})"
        raise EngineError(ENGINE, problem, hint=f"Unpack it into {folder}.") from error


def _place(address: str) -> Path:
    """Where HanLP puts what it has from an address."""
    from hanlp.utils.io_util import path_from_url, split_if_compressed

    return Path(split_if_compressed(path_from_url(address))[0])


def _home() -> Path:
    """``HANLP_HOME`` as it was when HanLP was imported."""
    from hanlp.utils.io_util import path_from_url

    return Path(path_from_url.__defaults__[0])


def _encoder_folders(encoder: str) -> list[Path]:
    from hanlp.layers.transformers.resource import model_mirrors, tokenizer_mirrors

    mirrors = [table[encoder] for table in (tokenizer_mirrors, model_mirrors) if encoder in table]
    if mirrors:
        return [_place(address) for address in dict.fromkeys(mirrors)]
    if Path(encoder).is_dir() or Path(encoder).is_absolute():
        return [Path(encoder)]
    from huggingface_hub import constants, try_to_load_from_cache

    cached = try_to_load_from_cache(encoder, "config.json")
    return [Path(cached).parent if isinstance(cached, str) else Path(constants.HF_HUB_CACHE) / encoder]
