"""Tiny models of HanLP 2, trained by its own trainers on a few sentences: for the way that a real model goes, not for
quality. Needs the packages of requirements-engines.lock."""

from __future__ import annotations

import contextlib
import io
import logging
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAMES = {
    "海川科技有限公司": "ORGANIZATION",
    "云溪大学": "ORGANIZATION",
    "沈知远": "PERSON",
    "林望舒": "PERSON",
    "青崖山": "LOCATION",
    "云溪": "LOCATION",
    "2025年": "DATE",
}
PKU = {
    name: {"ORGANIZATION": "nt", "PERSON": "nr", "LOCATION": "ns"}[label]
    for name, label in NAMES.items()
    if label != "DATE"
}
SENTENCES = (
    "第三届云溪论坛由云溪大学主办。",
    "云溪大学校长沈知远出席并致辞。",
    "会上，云溪大学与海川科技有限公司签署合作协议。",
    "第三届云溪论坛在云溪举行",
    "云溪，2025年7月18日——第三届云溪论坛由云溪大学主办。",
    "林望舒来到青崖山，参观了海川科技有限公司。",
    "沈知远和林望舒在青崖山出席第三届云溪论坛。",
    "海川科技有限公司与云溪大学在青崖山签署协议。",
    "今天没有消息。",
)
_UNKNOWN = ("hello world", "🙂🙂🙂", "{{{{{{", "🙂hello{", "{")
"""What has no character of the vocabulary: there is no name in it."""

_COMMON = "第三届|论坛|主办|校长|出席|致辞|签署|合作|协议|举行|来到|参观|没有|消息|今天|."
_WORD = re.compile("|".join([*NAMES, _COMMON]))
SIZE = 64
"""Positions of the encoder."""


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """HanLP's trainers write their progress to standard error, and packages below it warn of their own future."""
    before = logging.root.manager.disable
    with (
        contextlib.redirect_stderr(io.StringIO()),
        contextlib.redirect_stdout(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        logging.disable(logging.WARNING)
        try:
            yield
        finally:
            logging.disable(before)


@dataclass(frozen=True)
class Models:
    """Folders of models, and of the encoder that they are built on."""

    joint: Path
    recogniser: Path
    tokenizer: Path
    encoder: Path


def trained(folder: Path) -> Models:
    """All of them, in some seconds on one core."""
    base = encoder(folder / "encoder")
    return Models(
        joint(folder / "joint", base),
        recogniser(folder / "recogniser", base),
        tokenizer(folder / "tokenizer", base),
        base,
    )


def encoder(folder: Path) -> Path:
    """A BERT of one layer with random weights, whose vocabulary is the characters of the sentences."""
    with quiet():
        import torch
        from transformers import BertConfig, BertModel, optimization

        if not hasattr(optimization, "AdamW"):  # HanLP's trainers ask for what transformers has given up
            optimization.AdamW = lambda weights, no_deprecation_warning=True, **more: torch.optim.AdamW(  # noqa: ARG005
                weights, **more
            )
        torch.manual_seed(1)
        torch.set_num_threads(1)
        folder.mkdir(parents=True)
        special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
        vocabulary = [*special, *sorted({character for sentence in SENTENCES for character in sentence})]
        (folder / "vocab.txt").write_text("\n".join(vocabulary), "utf8")
        config = BertConfig(
            vocab_size=len(vocabulary),
            hidden_size=48,
            num_hidden_layers=1,
            num_attention_heads=4,
            intermediate_size=96,
            max_position_embeddings=SIZE,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        BertModel(config).save_pretrained(folder)
    return folder


def recogniser(folder: Path, transformer: Path) -> Path:
    """One of names alone, that reads characters."""
    with quiet():
        from hanlp.components.ner.transformer_ner import TransformerNamedEntityRecognizer

        data = _annotated(folder, characters=True)
        TransformerNamedEntityRecognizer().fit(
            str(data), str(data), str(folder), str(transformer), delimiter_in_entity="", token_key="token", **_OPTIONS
        )
    return folder


def tokenizer(folder: Path, transformer: Path) -> Path:
    """One that cuts sentences into words."""
    with quiet():
        from hanlp.components.tokenizers.transformer import TransformerTaggingTokenizer

        data = _cut(folder)
        TransformerTaggingTokenizer().fit(
            str(data), str(data), str(folder), str(transformer), token_key="token", **_OPTIONS
        )
    return folder


def joint(folder: Path, transformer: Path) -> Path:
    """One that cuts sentences into words and finds names in them, as those of HanLP that do many tasks."""
    with quiet():
        from hanlp.common.dataset import SortingSamplerBuilder
        from hanlp.components.mtl.multi_task_learning import MultiTaskLearning
        from hanlp.components.mtl.tasks.ner.tag_ner import TaggingNamedEntityRecognition
        from hanlp.components.mtl.tasks.tok.tag_tok import TaggingTokenization
        from hanlp.layers.embeddings.contextual_word_embedding import ContextualWordEmbedding

        sampler = SortingSamplerBuilder(batch_size=4)

        def cutting(words: Path) -> Any:
            return TaggingTokenization(str(words), str(words), str(words), sampler, lr=5e-3)

        def naming(names: Path) -> Any:
            return TaggingNamedEntityRecognition(
                str(names), str(names), str(names), sampler, lr=5e-3, dependencies="tok", delimiter_in_entity=""
            )

        tasks = {
            "tok/fine": cutting(_cut(folder)),
            "tok/coarse": cutting(_cut(folder, coarse=True)),
            "ner/msra": naming(_annotated(folder)),
            "ner/pku": naming(_annotated(folder, PKU)),
        }
        MultiTaskLearning().fit(
            ContextualWordEmbedding("token", str(transformer), average_subwords=True, max_sequence_length=SIZE),
            tasks,
            str(folder),
            epochs=40,
            patience=40,
            lr=5e-3,
            encoder_lr=5e-3,
            eval_trn=False,
            devices=-1,
            seed=1,
        )
    return folder


_OPTIONS: dict[str, Any] = {
    "batch_size": 4,
    "epochs": 40,
    "patience": 40,
    "lr": 5e-3,
    "transformer_lr": 5e-3,
    "word_dropout": None,
    "eval_trn": False,
    "devices": -1,
    "seed": 1,
}


def _words(sentence: str) -> list[str]:
    return [word for word in _WORD.findall(sentence) if word.strip()]


def _cut(folder: Path, *, coarse: bool = False) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / f"words-{coarse}.txt"
    lines = [" ".join(_words(each)) + "\n" for each in (*SENTENCES, *_UNKNOWN)]
    data.write_text("".join(line.replace("云溪 论坛", "云溪论坛") if coarse else line for line in lines), "utf8")
    return data


def _annotated(folder: Path, labels: Mapping[str, str] = NAMES, *, characters: bool = False) -> Path:
    """A file of tokens with labels (BMES), an empty line behind each sentence."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for sentence in (*SENTENCES, *_UNKNOWN):
        for word in _words(sentence):
            tokens = list(word) if characters else [word]
            label = labels.get(word)
            places = ["S"] if len(tokens) == 1 else ["B", *"M" * (len(tokens) - 2), "E"]
            lines += [f"{token}\t{f'{at}-{label}' if label else 'O'}" for token, at in zip(tokens, places, strict=True)]
        lines.append("")
    data = folder / f"names-{min(labels.values())}.tsv"
    data.write_text("\n".join(lines) + "\n", "utf8")
    return data
