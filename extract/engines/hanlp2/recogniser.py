"""Names that a component of HanLP 2 finds in sentences: one that does many tasks, or one that reads words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

from extract.engines.hanlp2.aligned import Span, places
from extract.engines.hanlp2.files import ENGINE
from extract.errors import EngineError

__all__ = ["Found", "Recogniser", "Words", "recogniser", "tokenizer", "window"]

_POSITIONS = 512
"""Of an encoder that does not say how many it has."""

_MARGIN = 12
"""Positions for the marks around a sentence and for characters that are two to an encoder."""


class Found(NamedTuple):
    """A name in a sentence, with its label."""

    start: int
    end: int
    label: str


Words: TypeAlias = Callable[[Sequence[str]], list[list[Span] | None]]
"""The words of each sentence; None where they cannot be told from what a tokenizer returned."""

Names: TypeAlias = Callable[[Sequence[str]], list[list[Found] | None]]
"""The names of each sentence; None where their places cannot be told."""


@dataclass(frozen=True, slots=True)
class Recogniser:
    """What finds names, in sentences of at most ``longest`` characters."""

    names: Names
    longest: int


def window(component: Any) -> int:
    """How many characters a component reads at once.

    HanLP slides a window over what is longer, and fails at some lengths.
    """
    configurations = [getattr(module, "config", None) for module in component.model.modules()]
    positions = [getattr(each, "max_position_embeddings", None) for each in configurations]
    return max(1, min((each for each in positions if each), default=_POSITIONS) - _MARGIN)


def recogniser(component: Any, words: Callable[[], Words], batch: int, dictionary: Callable[[Any], None]) -> Names:
    """What finds names with a component.

    Args:
        component: as HanLP loads it.
        words: makes what tells the words of a sentence, for a component that does not.
        batch: sentences at a time.
        dictionary: gives its words to a tokenizer of the component.

    Raises:
        EngineError: the component finds no names.
    """
    tasks = getattr(component, "tasks", None)
    if tasks is None:
        if "NamedEntity" not in type(component).__name__:
            raise EngineError(
                ENGINE, f"the model is a {type(component).__name__}, which finds no names", hint="Take one of NER."
            )
        return _of_words(component, words(), batch)
    names = [name for name in tasks if name.split("/")[0] == "ner"]
    tokenizers = [name for name in tasks if name.split("/")[0] == "tok"]
    if not names or not tokenizers:
        problem = f"the model does {', '.join(tasks)}, but not both tok and ner"
        raise EngineError(ENGINE, problem, hint="Take one with both, or one of NER alone.")
    for name in tokenizers:
        dictionary(tasks[name])
    return _joint(component, names, batch)


def _joint(component: Any, tasks: Sequence[str], batch: int) -> Names:
    """A component that cuts sentences into words and finds names in them by one or several label sets."""

    def find(sentences: Sequence[str]) -> list[list[Found] | None]:
        document = component(list(sentences), tasks=list(tasks))
        # One tokenizer works, that on which the names depend; of several the first in the model's order.
        words = next(document[name] for name in document if name.split("/")[0] == "tok")
        results: list[list[Found] | None] = []
        for number, (sentence, own) in enumerate(zip(sentences, words, strict=True)):
            spans = places(sentence, own)
            named = [name for task in tasks for name in document[task][number]]
            results.append(None if spans is None else [_found(spans, each) for each in named])
        return results

    return _batched(find, batch)


def _of_words(component: Any, words: Words, batch: int) -> Names:
    """A component that finds names in words which something else tells."""

    def find(sentences: Sequence[str]) -> list[list[Found] | None]:
        spans = words(sentences)
        known = [(sentence, own) for sentence, own in zip(sentences, spans, strict=True) if own]
        named = iter(component([[text[a:b] for a, b in own] for text, own in known]) if known else ())
        return [[_found(own, each) for each in next(named)] if own else ([] if own == [] else None) for own in spans]

    return _batched(find, batch)


def tokenizer(component: Any, batch: int) -> Words:
    """The words that a tokenizer of HanLP 2 makes of sentences.

    Raises:
        EngineError: the component is none.
    """
    if not hasattr(type(component), "dict_combine"):
        problem = f"HUITU_HANLP2_WORDS names a {type(component).__name__}, which is no tokenizer"
        raise EngineError(ENGINE, problem, hint="Take one of hanlp.pretrained.tok, or hanlp1.")

    def cut(sentences: Sequence[str]) -> list[list[Span] | None]:
        return [places(text, own) for text, own in zip(sentences, component(list(sentences)), strict=True)]

    return _batched(cut, batch)


def _found(spans: Sequence[Span], named: Any) -> Found:
    _, label, first, end = named[:4]
    return Found(spans[first][0], spans[end - 1][1], str(label))


def _batched(work: Callable[[Sequence[str]], list[Any]], batch: int) -> Callable[[Sequence[str]], list[Any]]:
    """Sentences of about one length together, so that little is computed for padding; results in their order."""

    def run(sentences: Sequence[str]) -> list[Any]:
        order = sorted(range(len(sentences)), key=lambda number: (len(sentences[number]), number))
        results: dict[int, Any] = {}
        for numbers in _chunks(order, batch):
            results.update(zip(numbers, work([sentences[number] for number in numbers]), strict=True))
        return [results[number] for number in range(len(sentences))]

    return run


def _chunks(numbers: Sequence[int], size: int) -> Iterator[list[int]]:
    source = iter(numbers)
    while some := list(islice(source, size)):
        yield some
