"""No text makes the extractor fail, and what it says of any text holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import check, texts
from hypothesis import example, given, settings

from extract import Extractor
from extract.analysis import Analysis
from extract.parts import LONGEST, split
from extract.sentences import split_sentences
from extract.text import clean
from graph.schema import Document

FOUND = Path(__file__).parent / "data" / "hostile"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@settings(max_examples=150, deadline=None)
@given(texts)
@example("主办")
@example("大会由云枢大学主办")
@example("\ue001出席\ue003并致辞。")
@example("\ud83d太湖论坛在苏州举行\udc00")
def test_any_text_gives_what_holds_for_it(extractor: Extractor, text: str) -> None:
    check(extractor, text)


@pytest.mark.parametrize("path", sorted(FOUND.glob("*.txt")), ids=lambda path: path.stem)
def test_what_fuzzing_found_stays_mended(extractor: Extractor, path: Path) -> None:
    check(extractor, path.read_bytes().decode("utf-8", "surrogatepass"))


ENDLESS: dict[str, Callable[[int], str]] = {
    "one name": lambda n: "大学" * (n // 2),
    "a list of one name": lambda n: "云枢大学、" * (n // 5),
    "digits": lambda n: "7" * n,
    "opening brackets": lambda n: "(" * n,
    "nested book marks": lambda n: "《" * (n // 2) + "》" * (n // 2),
    "straight quotes": lambda n: '"' * n,
    "line ends": lambda n: "\n" * n,
    "spaces in names": lambda n: "王 " * (n // 2),
    "no mark at all": lambda n: "我们今天在这里发展合作" * (n // 11),
    "verbs": lambda n: "主办承办致辞签署发布成立出席加入举行" * (n // 18),
    "emoji": lambda n: "😀" * n,
    "bidi marks": lambda n: "\u202e大会\u202c\u200b" * (n // 5),
    "open tags": lambda n: "<p " * (n // 3),
    "open comments": lambda n: "<!--" * (n // 4),
    "english": lambda n: "The World Conference was held in Shanghai by IEEE. " * (n // 51),
    "arabic": lambda n: "عقد المنتدى الدولي في الرياض. " * (n // 30),
    "dates": lambda n: "7月26日至28日，2025年5月，今天，" * (n // 22),
    "sections": lambda n: "\n● 太湖论坛在苏州举行。" * (n // 12),
}


@pytest.mark.parametrize("kind", sorted(ENDLESS))
def test_endless_text_gives_what_holds_for_it(extractor: Extractor, kind: str) -> None:
    check(extractor, ENDLESS[kind](6_000))


def test_a_list_of_hundreds_of_forums_and_people_is_read(extractor: Extractor) -> None:
    many = "、".join(f"第{number}届云{chr(0x4E00 + number)}论坛" for number in range(1, 400))
    people = "、".join(f"王{chr(0x4E00 + number)}{chr(0x5000 + number)}" for number in range(1, 400))
    found = check(extractor, f"{many}在苏州举行，{people}出席并致辞。")
    assert found.entities


def test_a_long_text_is_read_in_parts_and_its_names_are_joined(extractor: Extractor) -> None:
    article = "7月26日，第七届太湖论坛年会在苏州举行。年会由云枢大学主办，韩伯钧出席并致辞。\n"
    text = article + "今天天气很好。\n" * (LONGEST // 8) + article
    parts = split(Analysis(Document("d", text), clean(text)))
    assert len(parts) > 1
    assert "".join(part.text for part in parts) == clean(text).text
    assert all(len(part.text) <= LONGEST and part.text.endswith("\n") for part in parts)
    found = check(extractor, text)
    [forum] = [entity for entity in found.entities if entity.name == "第七届太湖论坛年会"]
    assert min(forum.mentions)[0] < len(article) < len(text) - len(article) <= max(forum.mentions)[0]
    hosts = [relation for relation in found.relations if relation.type == "HOSTED_BY"]
    assert [relation.head for relation in hosts] == [forum.id]


def test_a_sentence_without_end_is_cut_and_loses_no_character() -> None:
    text = "云枢大学发展合作，" * 1_000 + "完。"
    sentences = split_sentences(Analysis(Document("d", text), clean(text))).sentences
    assert max(sentence.end - sentence.start for sentence in sentences) <= 2_000
    assert [s.end for s in sentences[:-1]] == [s.start for s in sentences[1:]]
    assert (sentences[0].start, sentences[-1].end) == (0, len(text))
