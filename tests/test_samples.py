"""The sample articles: all are read, all are extracted from, and the graph they give is worth looking at."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from extract import Extractor
from extract.sources import Skipped, read_documents
from graph.schema import EntityType, Extraction, RelationType

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture(scope="module")
def skipped() -> list[Skipped]:
    return []


@pytest.fixture(scope="module")
def extractions(skipped: list[Skipped]) -> dict[str, Extraction]:
    documents = read_documents([SAMPLES], on_skip=skipped.append)
    return {each.document.key: each for each in Extractor().extract_all(documents)}


def facts(extraction: Extraction, relation: RelationType) -> set[tuple[str, str]]:
    """The names at both ends of a relation."""
    names = {entity.id: entity.name for entity in extraction.entities}
    return {(names[each.head], names[each.tail]) for each in extraction.relations if each.type is relation}


def test_twelve_articles_are_read_and_only_the_note_about_them_is_passed_over(
    extractions: dict[str, Extraction], skipped: list[Skipped]
) -> None:
    assert len(extractions) == 12
    assert [(Path(each.path).name, each.failed) for each in skipped] == [("ABOUT", False)]


def test_every_article_states_title_and_date(extractions: dict[str, Extraction]) -> None:
    for key, extraction in extractions.items():
        assert extraction.document.title, key
        assert extraction.document.date, key
        assert extraction.document.date.replace("-", "") == key[:8], key


def test_every_article_gives_valid_facts(extractions: dict[str, Extraction]) -> None:
    for key, extraction in extractions.items():
        assert extraction.validate() is extraction
        assert extraction.entities, key
        assert extraction.relations, key


def test_together_they_show_every_type(extractions: dict[str, Extraction]) -> None:
    entities = Counter(entity.type for each in extractions.values() for entity in each.entities)
    relations = Counter(relation.type for each in extractions.values() for relation in each.relations)
    assert set(entities) == set(EntityType)
    assert {
        RelationType.SPEAKER_AT,
        RelationType.CO_HOSTED_BY,
        RelationType.ORGANIZED_BY,
        RelationType.SIGNED_WITH,
        RelationType.AFFILIATED_WITH,
        RelationType.HELD_IN,
    } <= set(relations)


def test_plain_sentences_are_understood(extractions: dict[str, Extraction]) -> None:
    opening = extractions["20240712-taihu-2024-opening"]
    forum = "2024太湖人工智能大会"
    assert (forum, "无锡市人民政府") in facts(opening, RelationType.CO_HOSTED_BY)
    assert ("韩伯钧", forum) in facts(opening, RelationType.SPEAKER_AT)


def test_editions_of_a_forum_are_kept_apart(extractions: dict[str, Extraction]) -> None:
    forums = {
        entity.name for each in extractions.values() for entity in each.entities if entity.type is EntityType.FORUM
    }
    assert {"2024太湖人工智能大会", "2025太湖人工智能大会", "2026太湖人工智能大会"} <= forums


def test_two_runs_give_the_same(extractions: dict[str, Extraction]) -> None:
    documents = read_documents([SAMPLES], on_skip=lambda _: None)
    assert list(Extractor().extract_all(documents)) == list(extractions.values())
