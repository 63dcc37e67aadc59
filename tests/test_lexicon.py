"""The lexicons keep their format, and the loader says what is wrong with one that does not."""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import files

import pytest

from extract.lexicon import available, load
from graph.names.known import ORGANIZATION_LEXICONS
from graph.names.lexicon import LexiconError, MalformedLexicon, UnknownLexicon, forms, parse

HEAD = "# Example.\n# Columns: word, kind\n# Source: made for this test\n# Licence: Apache-2.0\n"
FORM_COLUMNS = {
    "companies": 1,
    "countries": 1,
    "forums": 1,
    "government": 1,
    "initiatives": 1,
    "institutes": 1,
    "international": 1,
    "local_bodies": 1,
    "media": 1,
    "places_cn": 1,
    "regions": 1,
    "societies": 1,
    "universities_cn": 1,
    "universities_world": 1,
    "venues": 1,
    "world_cities": 1,
}
CLOSED_COLUMNS = {
    ("forum_heads", 1): {"strong", "weak"},
    ("forums", 2): {"known", "mined"},
    ("given_chars", 1): {"1", "2", "3"},
    ("government", 2): {"state", "party", "mass"},
    ("initiative_heads", 1): {"strong", "weak"},
    ("initiatives", 2): {"known", "mined"},
    ("international", 2): {"international", "foreign"},
    ("org_heads", 2): {"strong", "weak"},
    ("place_heads", 1): {"admin", "nature", "venue", "zone"},
    ("place_heads", 2): {"strong", "weak"},
    ("places_cn", 2): {"province", "city", "county", "area"},
    ("surnames", 1): {"1", "2", "3", "4", "c"},
    ("titles", 1): {"before", "after", "both"},
    ("transliteration_chars", 1): {"1", "2", "3"},
    ("verbs", 1): {"attend", "denied", "held", "host", "launch", "member", "planned", "sign", "speak"},
}
# One thing may stand in several lines there: a county name in several cities, a word in several relation families.
REPEATED_KEYS = {"places_cn", "verbs"}
LATIN_SPACE = re.compile(r"(?<=[\x21-\x7e\u00c0-\u024f]) (?=[\x21-\x7e\u00c0-\u024f])")


def content_of(name: str) -> bytes:
    """The file of a lexicon; it stands in one package only."""
    paths = [files(package) / "lexicons" / f"{name}.txt" for package in ("extract", "graph.names")]
    [path] = [each for each in paths if each.is_file()]
    return path.read_bytes()


def lines_of(name: str) -> list[str]:
    return content_of(name).decode().splitlines()


@pytest.mark.parametrize("name", available())
def test_a_lexicon_names_content_columns_source_and_licence(name: str) -> None:
    comments = [line for line in lines_of(name) if line.startswith("#")]
    assert re.match(r"# [A-Z].*\.$", comments[0])
    assert [line.split(":")[0] for line in comments[1:4]] == ["# Columns", "# Source", "# Licence"]
    assert all(len(line.split(":", 1)[1].strip()) > 3 for line in comments[1:])


@pytest.mark.parametrize("name", available())
def test_entries_are_sorted_unique_normalised_and_without_spaces(name: str) -> None:
    entries = load(name)
    assert list(entries) == sorted(set(entries))
    for entry in entries:
        for field in entry:
            assert unicodedata.normalize("NFKC", field) == field
            assert not any(character.isspace() for character in LATIN_SPACE.sub("", field)), field


@pytest.mark.parametrize("name", sorted(set(available()) - REPEATED_KEYS))
def test_a_key_stands_once(name: str) -> None:
    keys = [entry[0] for entry in load(name)]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


@pytest.mark.parametrize(("name", "column"), sorted(FORM_COLUMNS.items()))
def test_other_names_are_distinct_and_differ_from_the_name(name: str, column: int) -> None:
    for entry in load(name):
        others = forms(entry[column])
        assert len(set(others)) == len(others), entry
        assert entry[0] not in others, entry
        assert all(others), entry


@pytest.mark.parametrize(("name", "column"), sorted(CLOSED_COLUMNS))
def test_a_class_is_one_that_the_header_names(name: str, column: int) -> None:
    assert {entry[column] for entry in load(name)} == CLOSED_COLUMNS[name, column]


def test_every_parent_of_a_place_is_a_place() -> None:
    places = load("places_cn")
    known = {entry[0] for entry in places} | {"中国"}
    assert sorted({entry[3] for entry in places} - known) == []
    assert sum(entry[2] == "province" for entry in places) == 34


def test_every_country_of_a_city_or_university_is_a_country() -> None:
    countries = load("countries")
    names = {entry[0] for entry in countries}
    assert sorted({name for entry in load("world_cities") for name in forms(entry[1])} - names) == []
    assert sorted({entry[2] for entry in load("universities_world")} - {entry[2] for entry in countries}) == []


@pytest.mark.parametrize(
    ("lexicon", "name", "short"),
    [
        ("government", "中华人民共和国国家发展和改革委员会", "发改委"),
        ("government", "中国共产党中央委员会", "党中央"),
        ("international", "上海合作组织", "上合组织"),
        ("international", "国际电信联盟", "ITU"),
        ("local_bodies", "科学技术厅", "科技厅"),
        ("places_cn", "上海市", "沪"),
        ("societies", "中国计算机学会", "CCF"),
        ("universities_cn", "上海交通大学", "上海交大"),
        ("countries", "俄罗斯", "俄"),
    ],
)
def test_a_well_known_short_name_leads_to_its_full_name(lexicon: str, name: str, short: str) -> None:
    assert short in forms({entry[0]: entry[1] for entry in load(lexicon)}[name])


def test_a_shared_form_is_one_that_another_lexicon_gives_to_a_body_or_forum() -> None:
    given = {form for name in (*ORGANIZATION_LEXICONS, "forums") for entry in load(name) for form in forms(entry[1])}
    assert sorted({entry[0] for entry in load("shared_forms")} - given) == []


def test_all_lexicons_together_stay_small() -> None:
    size = sum(len(content_of(name)) for name in available())
    assert size < 3_000_000


def test_loading_twice_gives_the_same_object() -> None:
    assert load("titles") is load("titles")


def test_an_unknown_lexicon_is_refused_with_the_names_that_exist() -> None:
    with pytest.raises(UnknownLexicon, match="titles") as caught:
        load("../lexicon")
    assert caught.value.name == "../lexicon"
    assert isinstance(caught.value, LexiconError)


def test_entries_come_in_file_order_as_tuples() -> None:
    assert parse("example", HEAD + "甲\t一\n乙\t-\n") == (("甲", "一"), ("乙", "-"))


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("甲\t一\n", 1, "Columns"),
        (HEAD.replace("# Licence: Apache-2.0\n", "") + "甲\t一\n", 4, "Licence"),
        (HEAD.replace("made for this test", "") + "甲\t一\n", 5, "Source"),
        (HEAD, 5, "no entries"),
        (HEAD + "甲\t一\n乙\n", 6, "1 fields, the first entry has 2"),
        (HEAD + "甲\t一\n乙\t\n", 6, "empty field"),
        (HEAD + "甲\t一\n\n丙\t三\n", 6, "empty field"),
        (HEAD + "甲\t一\n# late\n", 6, "comment"),
    ],
)
def test_a_malformed_file_is_refused_with_line_and_cause(text: str, line: int, problem: str) -> None:
    with pytest.raises(MalformedLexicon, match=problem) as caught:
        parse("example", text)
    assert caught.value.line == line
    assert caught.value.name == "example"


def test_forms_splits_names_and_knows_none() -> None:
    assert forms("北大|北京大学") == ("北大", "北京大学")
    assert forms("-") == ()
