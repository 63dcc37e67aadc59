"""Curated data: files of entities, names and relations, read and loaded as a user does it with ``huitu import``."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import queries
from graph.client import Graph
from graph.curated import RULE, SUFFIXES, InvalidCurated, Origin, Problem, part_key, read
from graph.curated.documents import MAX_CHARACTERS, MAX_ROWS
from graph.curated.problems import MAX_PROBLEMS
from graph.curated.records import COLUMNS, REQUIRED, Kind
from graph.curated.values import MAX_LINE, MAX_PROSE
from graph.identity import document_id, entity_id
from graph.keys import person_id
from graph.schema import RELATIONS, EntityType, Extraction, Modality, Period, RelationType
from graph.settings import Connection
from graph.subgraph import subgraph
from huitu import curated

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "docs" / "examples"
HUITU = Path(sys.executable).with_name("huitu")
HEADER = "head_type,head,relation,tail_type,tail"
POST = "Person,苏沐,任职,Organization,晨光大学"
FORUM = "2031云溪智能论坛"
US = Origin("手工整理")


def one(text: str, file: str = "a.csv", **options: Any) -> Extraction:
    """What a file states that becomes one document."""
    [extraction] = read(text, file, **{"origin": US, **options})
    return extraction.validate()


def quotes(extraction: Extraction) -> list[str]:
    return [relation.evidence[0].quote for relation in extraction.relations]


def facts(extraction: Extraction) -> list[tuple[str, str, str]]:
    """Head, relation and tail of each fact, by name."""
    names = {entity.id: entity.name for entity in extraction.entities}
    return [(names[each.head], each.type.value, names[each.tail]) for each in extraction.relations]


def mentioned(extraction: Extraction) -> dict[str, list[str]]:
    """What the text holds where an entity is said to be mentioned."""
    text = extraction.document.text
    return {each.name: [text[start:end] for start, end in each.mentions] for each in extraction.entities}


def wrong(text: str, file: str = "a.csv", origin: Origin = US) -> tuple[Problem, ...]:
    """What is wrong with a file."""
    with pytest.raises(InvalidCurated) as caught:
        read(text, file, origin=origin)
    assert caught.value.file == file
    return caught.value.problems


def wrong_row(*cells: str, columns: str = HEADER) -> list[tuple[str | None, str]]:
    """What is wrong with the only row of a table, by column."""
    problems = wrong(f"{columns}\n{','.join(cells)}\n")
    assert {each.line for each in problems} == {2}
    return [(each.column, each.text) for each in problems]


# Reading


def test_a_row_is_a_fact_whose_evidence_is_the_row() -> None:
    columns = f"{HEADER},role,modality,date_from,date_to,topic,at,confidence,note"
    row = f"机构,晨光大学,SIGNED_WITH,机构,云溪科学院,甲方,planned,2031-05,2031-06-10,共建,{FORUM},0.8,见第3页"
    found = one(f"{columns}\n{row}\n", origin=Origin("名册", "题", "2031-01-02", "https://example.org/a"))
    document, [relation] = found.document, found.relations
    assert (document.key, document.name, document.text) == ("a.csv", None, f"{columns}\n{row}\n")
    assert (document.source, document.title, document.date) == ("名册", "题", "2031-01-02")
    assert document.url == "https://example.org/a"
    assert quotes(found) == [row]
    assert facts(found) == [("晨光大学", "SIGNED_WITH", "云溪科学院")]
    assert (relation.rule, relation.confidence, relation.modality) == (RULE, 0.8, Modality.PLANNED)
    assert (relation.role, relation.topic) == ("甲方", "共建")
    assert relation.date == Period("2031-05-01", "2031-06-10", "month")
    assert {each.id: each.name for each in found.entities}[str(relation.at)] == FORUM
    assert mentioned(found) == {name: [name] for name in ("晨光大学", "云溪科学院", FORUM)}


def test_what_is_left_out_has_its_default() -> None:
    [relation] = one(f"{HEADER}\n{POST}\n").relations
    assert (relation.confidence, relation.modality) == (1.0, Modality.HELD)
    assert relation.role is relation.topic is relation.date is relation.at is None


@pytest.mark.parametrize("type", RelationType)
def test_every_relation_is_known_by_both_its_names(type: RelationType) -> None:
    spec = RELATIONS[type]
    ends = min(spec.heads), "甲", min(spec.tails), "乙"
    for name in (type.value, spec.zh, type.value.lower()):
        [relation] = one(f"{HEADER}\n{ends[0]},{ends[1]},{name},{ends[2]},{ends[3]}\n").relations
        assert relation.type is type


@pytest.mark.parametrize(
    ("written", "period"),
    [
        (("2031-05-18", ""), Period("2031-05-18", "2031-05-18", "day")),
        (("2032-02", ""), Period("2032-02-01", "2032-02-29", "month")),
        (("2031", ""), Period("2031-01-01", "2031-12-31", "year")),
        (("2031-05-18", "2031-05-20"), Period("2031-05-18", "2031-05-20", "day")),
        (("2030", "2031-03"), Period("2030-01-01", "2031-03-31", "year")),
    ],
)
def test_a_date_is_the_days_that_it_covers(written: tuple[str, str], period: Period) -> None:
    [relation] = one(f"{HEADER},date_from,date_to\n{POST},{','.join(written)}\n").relations
    assert relation.date == period


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_separator_and_any_line_end_will_do(separator: str, end: str) -> None:
    rows = [row.replace(",", separator) for row in (HEADER, POST, "Person,林知远,出席,Forum,某某论坛")]
    found = one(end.join(rows))
    assert quotes(found) == rows[1:]
    assert mentioned(found)["林知远"] == ["林知远"]


def test_columns_may_stand_in_any_order_and_case() -> None:
    found = one("Tail,TAIL_TYPE, relation ,head,head_type\n晨光大学,机构,任职,苏沐,人物\n")
    assert facts(found) == [("苏沐", "AFFILIATED_WITH", "晨光大学")]


def test_blank_rows_are_passed_over_and_lines_are_counted_still() -> None:
    assert quotes(one(f"\n{HEADER}\n\n,,,,\n{POST}\n , ,,,\n")) == [POST]
    assert wrong(f"\n{HEADER}\n\n,,,,\nPerson,,任职,Organization,晨光大学\n") == (Problem(5, "head", "is empty"),)


def test_quotation_marks_separators_and_line_breaks_inside_values() -> None:
    row = '"Person",苏沐,任职,Organization,"晨光 ""大学"", 云溪","两行\r\n的""说明"""'
    found = one(f"{HEADER},note\r\n{row}\r\n{POST},\r\n")
    assert quotes(found) == [row, f"{POST},"]
    assert facts(found)[0] == ("苏沐", "AFFILIATED_WITH", '晨光 "大学", 云溪')
    assert mentioned(found)['晨光 "大学", 云溪'] == ['晨光 ""大学"", 云溪']
    assert wrong(f"{HEADER},note\r\n{row}\r\nPerson,,任职,Organization,晨光大学,\r\n")[0].line == 4


# A return alone is left out: csv writes it without quotation marks, and then it ends the row.
PIECES = ("甲", "乙", "a", " ", ",", ";", "\t", '"', "'", "\n", "\r\n", "|", "\u2028", "𝄞")
VALUES = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)


@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_a_quote_is_the_row_as_any_writer_of_csv_writes_it(values: list[tuple[str, str]], end: str) -> None:
    file = io.StringIO(newline="")
    writer, starts = csv.writer(file, lineterminator=end), []
    writer.writerow([*HEADER.split(","), "note", "topic"])
    for number, (note, topic) in enumerate(values):
        starts.append(file.tell())
        writer.writerow(["Person", f"苏{number}", "任职", "Organization", f"大学{number}", note, topic])
    text = file.getvalue()
    found = one(text)
    assert quotes(found) == [text[a:b].removesuffix(end) for a, b in pairwise([*starts, len(text)])]
    assert all(name == each for name, spans in mentioned(found).items() for each in spans)
    assert [each.topic for each in found.relations] == [topic.strip() or None for _, topic in values]


def test_entities_without_a_relation_are_mentions() -> None:
    found = one("type,name,aliases\n机构,云溪科学院, 云科院 |YAS｜云科院|云溪科学院\nPerson,林知远,\n")
    assert [(each.type, each.name, each.aliases) for each in found.entities] == [
        (EntityType.ORGANIZATION, "云溪科学院", ("云科院", "YAS")),
        (EntityType.PERSON, "林知远", ()),
    ]
    assert mentioned(found) == {"云溪科学院": ["云溪科学院"], "林知远": ["林知远"]}
    assert found.relations == ()


BUNDLE = {
    "source": "名录",
    "date": "2031-06-01",
    "entities": [{"type": "机构", "name": "云溪科学院", "aliases": ["云科院", "YAS"]}],
    "relations": [
        {"head_type": "Person", "head": "林知远", "relation": "任职", "tail_type": "机构", "tail": "云科院"},
        {
            "head_type": "机构",
            "head": "YAS",
            "relation": "签约",
            "tail_type": "机构",
            "tail": "晨光大学",
            "confidence": 0.5,
        },
    ],
}


@pytest.mark.parametrize("indent", [None, 1])
def test_one_json_object_holds_both_and_any_name_stands_for_the_entity(indent: int | None) -> None:
    text = json.dumps(BUNDLE, ensure_ascii=False, indent=indent)
    found = one(text, "a.json", origin=Origin("not used", "题"))
    document = found.document
    assert (document.text, document.source, document.date, document.title) == (text, "名录", "2031-06-01", "题")
    assert facts(found) == [("林知远", "AFFILIATED_WITH", "云溪科学院"), ("云溪科学院", "SIGNED_WITH", "晨光大学")]
    assert [json.loads(quote) for quote in quotes(found)] == BUNDLE["relations"]
    assert mentioned(found)["云溪科学院"] == ["云溪科学院", "云科院", "YAS"]
    assert found.relations[1].confidence == 0.5


def test_a_source_may_stand_behind_the_rows() -> None:
    text = json.dumps({key: BUNDLE[key] for key in reversed(BUNDLE)}, ensure_ascii=False)
    assert one(text, "a.json", origin=None).document.source == "名录"


def test_names_that_json_writes_with_escapes_are_mentioned_by_their_object() -> None:
    found = one('{"entity": {"type": "Person", "name": "\\u82cf\\u6c90"}}', "a.jsonl")
    assert mentioned(found) == {"苏沐": ['{"entity": {"type": "Person", "name": "\\u82cf\\u6c90"}}']}


def test_json_lines_and_a_list_hold_one_row_each() -> None:
    rows = [{"entity": entity} for entity in BUNDLE["entities"]] + [{"relation": each} for each in BUNDLE["relations"]]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    by_line = one("\r\n\n".join(lines) + "\n", "a.jsonl")
    assert quotes(by_line) == lines[1:]
    assert facts(one(f" [{', '.join(lines)}]\n", "a.json")) == facts(by_line)
    assert quotes(one(f"[\n{','.join(lines)}]", "a.json")) == lines[1:]
    assert quotes(one(lines[1], "a.json")) == [lines[1].removeprefix('{"relation": ').removesuffix("}")]


# What is wrong with a file


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        (("Persom", "甲", "任职", "机构", "乙"), "head_type", "did you mean Person (人物)?"),
        (
            ("专家", "甲", "任职", "机构", "乙"),
            "head_type",
            "allowed are Person (人物), Organization (机构), Forum (论坛)",
        ),
        (("人物", "甲", "AFFILIATED", "机构", "乙"), "relation", "did you mean AFFILIATED_WITH (任职)?"),
        (("人物", "甲", "朋友", "人物", "乙"), "relation", "allowed are SPEAKER_AT (发言), ATTENDED (出席)"),
        (("人物", "", "任职", "机构", "乙"), "head", "is empty"),
        (("人物", " ", "任职", "机构", "乙"), "head", "is empty"),
        (("人物", "甲", "任职", "机构", ""), "tail", "is empty"),
        (("", "甲", "任职", "机构", "乙"), "head_type", "is empty"),
        (
            ("人物", "甲", "任职", "论坛", "乙"),
            "tail_type",
            "AFFILIATED_WITH (任职) ends at Organization (机构) or Place",
        ),
        (("机构", "甲", "签约", "人物", "乙"), "tail_type", "is Person (人物), but SIGNED_WITH"),
        (("机构", "甲", "签约", "机构", "甲"), "tail", "is the head too"),
        (("机构", '"两\n行"', "签约", "机构", "甲"), "head", "holds a line break or tab"),
        (("机构", "乱\ufffd码", "签约", "机构", "甲"), "head", "holds U+FFFD"),
        (("机构", "甲\0", "签约", "机构", "乙"), "head", "holds U+0000"),
        (("机构", "甲" * (MAX_LINE + 1), "签约", "机构", "乙"), "head", "has 301 characters, 300 are allowed"),
        (("机构", ' "甲"', "签约", "机构", "乙"), "head", "has white space before its quotation mark"),
        (("机构", '"甲" ', "签约", "机构", "乙"), None, "has text behind a closing quotation mark"),
        (("机构", "甲", "签约", "机构"), None, "has 4 values, the header 5 columns"),
        (("机构", "甲", "签约", "机构", "乙", ""), None, "has 6 values, the header 5 columns"),
    ],
)
def test_a_wrong_row_is_told_with_what_is_allowed(cells: Sequence[str], column: str | None, said: str) -> None:
    [(where, text)] = wrong_row(*cells)
    assert where == column
    assert said in text


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("date_from", "2031-02-29", "no date; write 2025-07-26, 2025-07 or 2025"),
        ("date_from", "2031/05/18", "no date"),
        ("date_from", "2031-5-18", "no date"),
        ("date_from", "昨天", "no date"),
        ("date_from", "0000", "no date"),
        ("date_from", "２０３１", "no date"),
        ("date_to", "2031-05-18", "is given without date_from"),
        ("confidence", "0", "no number above 0 and up to 1"),
        ("confidence", "1.01", "no number above 0 and up to 1"),
        ("confidence", "nan", "no number above 0 and up to 1"),
        ("confidence", "高", "no number above 0 and up to 1"),
        ("modality", "hold", "did you mean held?"),
        ("modality", "?", "allowed are held, planned, denied"),
        ("date", "2031-05", "no whole day"),
        ("url", "javascript:alert(1)", "no address; it begins with http:// or https://"),
        ("note", "长" * (MAX_PROSE + 1), "has 10,001 characters, 10,000 are allowed"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_allowed(column: str, value: str, said: str) -> None:
    [(where, text)] = wrong_row(POST, value, columns=f"{HEADER},{column}")
    assert where == column
    assert said in text


def test_a_period_that_ends_before_it_begins_is_wrong() -> None:
    [(column, text)] = wrong_row(POST, "2031-05", "2031-04-30", columns=f"{HEADER},date_from,date_to")
    assert (column, text) == ("date_to", "is 2031-04-30, a date before 2031-05 in date_from")


def test_ends_that_are_exchanged_are_seen() -> None:
    said = wrong_row("机构", "甲", "主办", "论坛", "乙")
    assert [column for column, _ in said] == ["head_type", "tail_type"]
    assert all("head and tail seem to be exchanged" in text for _, text in said)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("head_type,head,relation,tail_type,tail,rolle", [("'rolle'", "is no known column; did you mean role?")]),
        ("head_type,head,relation,tail_type,tail,x", [("'x'", f"known are {', '.join(COLUMNS[Kind.RELATION])}")]),
        ("head_type,head,relation,tail_type,tail,role,Role", [("role", "is there twice")]),
        ("head_type,head,relation,tail_type,tail,", [(None, "has a column without a name")]),
        ("head_type,head,relation,tail", [(None, "names no column tail_type")]),
        ("name,aliases", [(None, "names no column type")]),
        ("林知远,任职,云溪科学院", [(None, "names no column type, name")]),
    ],
)
def test_a_wrong_header_is_an_error_of_the_file(header: str, said: list[tuple[str | None, str]]) -> None:
    problems = wrong(f"{header}\n{POST}\n")
    assert {each.line for each in problems} == {1}
    for column, text in said:
        assert any(each.column == column and text in each.text for each in problems)


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        (HEADER, ("机构,甲,签约,机构,乙", "Organization,甲,SIGNED_WITH,机构,乙")),
        (HEADER, ("机构,甲,签约,机构,乙", "机构,乙,签约,机构,甲")),
        (f"{HEADER},confidence", (f"{POST},1", f"{POST},0.5")),
        (f"{HEADER},modality", (f"{POST},held", f"{POST},")),
        (f"{HEADER},date_from,date_to", (f"{POST},2031-05,", f"{POST},2031-05,2031-05")),
    ],
)
def test_a_row_that_says_the_same_again_is_wrong(columns: str, rows: tuple[str, str]) -> None:
    assert wrong(f"{columns}\n{rows[0]}\n{rows[1]}\n") == (Problem(3, None, "says the same as line 2"),)


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        (f"{HEADER},role", (f"{POST},校长", f"{POST},教授")),
        (f"{HEADER},date_from", (f"{POST},2030", f"{POST},2031")),
        (f"{HEADER},source", (f"{POST},甲报", f"{POST},乙报")),
        (HEADER, ("论坛,甲,隶属,论坛,乙", "论坛,乙,隶属,论坛,甲")),
    ],
)
def test_rows_that_differ_in_what_counts_are_two_facts(columns: str, rows: tuple[str, str]) -> None:
    found = read(f"{columns}\n{rows[0]}\n{rows[1]}\n", "a.csv", origin=US)
    assert sum(len(each.relations) for each in found) == 2


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (("机构,甲,丙", "机构,甲,丁"), Problem(3, "name", "'甲' was given on line 2; put all its aliases there")),
        (("机构,甲,丙", "机构,乙,丙"), Problem(3, "aliases", "'丙' is a name of '甲' already, on line 2")),
        (("机构,甲,丙", "机构,丙,"), Problem(3, "name", "'丙' is a name of '甲' already, on line 2")),
        (("机构,甲,", "机构,丙,甲"), Problem(3, "aliases", "'甲' is a name of '甲' already, on line 2")),
    ],
)
def test_a_name_belongs_to_one_entity_of_its_type(rows: tuple[str, str], problem: Problem) -> None:
    assert wrong("type,name,aliases\n" + "\n".join(rows)) == (problem,)


def test_entities_of_two_types_may_share_a_name() -> None:
    assert len(one("type,name,aliases\n机构,甲,丙\n人物,丙,甲\n").entities) == 2


def test_facts_that_are_one_by_an_alias_are_seen() -> None:
    both = {**BUNDLE, "relations": [BUNDLE["relations"][0], {**BUNDLE["relations"][0], "tail": "YAS"}]}  # type: ignore[index, dict-item]
    [problem] = wrong(json.dumps(both, ensure_ascii=False, indent=1), "a.json")
    assert problem.text.startswith("says the same as line ")
    own = {"head_type": "机构", "head": "YAS", "relation": "签约", "tail_type": "机构", "tail": "云科院"}
    assert "is the head too" in wrong(json.dumps({**BUNDLE, "relations": [own]}), "a.json")[0].text


def test_all_bad_rows_are_told_at_once_in_the_order_of_lines() -> None:
    rows = ["机构,甲,签约,机构,甲", POST, "人物,,任职,机构,乙", 'a,"b"c', POST, "x"]
    assert [each.line for each in wrong("\n".join([HEADER, *rows]))] == [2, 4, 5, 6, 7]


def test_no_more_problems_are_kept_than_one_can_read() -> None:
    rows = "\n".join(["人物,,任职,机构,乙"] * (MAX_PROBLEMS + 7))
    with pytest.raises(InvalidCurated) as caught:
        read(f"{HEADER}\n{rows}", "a.csv", origin=US)
    assert len(caught.value.problems) == MAX_PROBLEMS
    assert caught.value.count == MAX_PROBLEMS + 7


@pytest.mark.parametrize("text", ["type,name\n", "type,name\n,\n"])
def test_a_table_without_rows_is_wrong(text: str) -> None:
    assert wrong(text) == (Problem(1, None, "holds no entity and no relation"),)


def test_a_quotation_mark_that_is_not_closed_is_told_where_it_begins() -> None:
    [problem] = wrong(f'{HEADER}\n{POST}\n人物,"甲,任职,机构,乙\n{POST}\n')
    assert (problem.line, problem.text) == (3, "has a quotation mark that is not closed before the end of the file")
    problems = wrong(f'{HEADER}\n{POST}\n人物,"甲,任职,机构,乙\n' + "x\n" * 100_000)
    assert problems[0].line == 3
    assert "is a quotation mark not closed?" in problems[0].text


def test_a_header_without_end_is_wrong() -> None:
    assert wrong("长" * 300_000)


@pytest.mark.parametrize(
    ("file", "text", "line", "column", "said"),
    [
        ("a.json", '{"entities": [{"type": "人物", "name": "甲"},\n]}', 2, None, "a comma stands behind the last part"),
        ("a.json", '{"entities": [\n{"type": "人物" "name"}]}', 2, None, "is no JSON: Expecting ',' delimiter"),
        ("a.json", '{"entities": []', 1, None, "is no JSON"),
        ("a.json", '{"entities": []}', 1, None, "holds no entity and no relation"),
        ("a.json", '{"entities": []} x', 1, None, "something stands behind the end"),
        ("a.json", '{"entities": {}}', 1, "entities", "must be a list"),
        ("a.json", '{"entites": []}', 1, "'entites'", "did you mean entities?"),
        ("a.json", '{"source": 3}', 1, "source", "must be a text"),
        ("a.json", '{\n"date": "2031-5-1"}', 2, "date", "no date"),
        ("a.json", '{"source": "甲", "source": "乙"}', 1, "source", "is there twice"),
        ("a.json", '{"entities": ["甲"]}', 1, None, "is no object with the keys type, name, aliases"),
        ("a.json", '{"entities": [{"typ": "人物", "name": "甲"}]}', 1, "'typ'", "did you mean type?"),
        ("a.json", '{"entities": [{"type": "人物", "name": {}}]}', 1, "name", "must be a text"),
        ("a.json", '{"entities": [{"type": "人物", "name": true}]}', 1, "name", "must be a text"),
        ("a.json", '{"entities": [{"type": "人物", "name": null}]}', 1, "name", "is empty"),
        ("a.json", '{"entities": [{"type": "人物", "name": "甲", "name": "乙"}]}', 1, "'name'", "is there twice"),
        (
            "a.json",
            '{"entities": [{"type": "人物", "name": "甲", "aliases": [1]}]}',
            1,
            "aliases",
            "or a list of texts",
        ),
        ("a.json", '{"entities": [{"type": "人物", "name": "\\ud800"}]}', 1, "name", "holds U+D800"),
        ("a.json", '{"entities": ' + "[" * 100_000, 1, None, ""),
        ("a.json", f'{{"entities": [{"9" * 5_000}]}}', 1, None, "a number too long"),
        ("a.json", "甲", 1, None, "'{' is missing"),
        ("a.jsonl", '\n{"entity": 3}', 2, None, "is no object with the keys type"),
        ("a.jsonl", '{"entity": {}, "relation": {}}', 1, None, 'is no object {"entity": {...}} or {"relation": {...}}'),
        ("a.jsonl", "[]", 1, None, "is no object"),
        ("a.jsonl", '{"entity": {}} 3', 1, None, "something stands behind the object"),
    ],
)
def test_wrong_json_is_told_with_its_place(file: str, text: str, line: int, column: str | None, said: str) -> None:
    assert any(each.line == line and each.column == column and said in each.text for each in wrong(text, file))


def test_a_broken_line_of_json_hides_no_other() -> None:
    text = '{"entity": {"type": "x", "name": "甲"}}\n{\n{"entity": {"type": "人物"}}\n'
    assert [(each.line, each.column) for each in wrong(text, "a.jsonl")] == [(1, "type"), (2, None), (3, "name")]


HOSTILE = (
    *(HEADER, "type,name,aliases", "Person", "人物", "苏沐", "任职", "机构", "晨光大学", "x" * 301, "2031", "论坛"),
    *(",", ",", ",", "\n", "\n", "\r", "\t", ";", '"', '"', "|", " ", "\0", "\ud800", "\ufffd", "\u2028", "\ufeff"),
    *(
        "{",
        "}",
        "[",
        "]",
        ":",
        "\\",
        "null",
        "9",
        "1e999",
        '"entities": [',
        '"relations": [',
        '{"entity": ',
        '"source": ',
    ),
    *(
        '{"type": "人物", "name": "苏沐"}',
        '{"relation": {"head_type": "人物", "head": "甲", "relation": "任职", ',
        '"tail": "乙"',
    ),
)


@given(st.lists(st.sampled_from(HOSTILE), max_size=25).map("".join), st.sampled_from(SUFFIXES))
def test_any_text_is_read_or_refused_with_a_reason(text: str, suffix: str) -> None:
    try:
        found = read(text, f"a{suffix}", origin=US)
    except InvalidCurated as error:
        assert error.problems
        assert all(1 <= each.line <= text.count("\n") + text.count("\r") + 1 for each in error.problems)
    else:
        assert all(each.validate().entities for each in found)


def test_a_row_without_a_source_is_wrong() -> None:
    [problem] = wrong(f"{HEADER},source\n{POST},甲报\n人物,甲,任职,机构,乙,\n", origin=Origin())
    assert (problem.line, problem.column) == (3, "source")


# Documents of a file


def test_rows_of_several_sources_are_documents_of_their_own() -> None:
    rows = (
        f"{POST},甲报,2031-01-01",
        "人物,甲,任职,机构,乙,,",
        f"{POST},乙报,",
        "人物,丙,任职,机构,乙,甲报,2031-01-01",
    )
    header = f"{HEADER},source,date"
    found = read("\n".join([header, *rows]), "a.csv", origin=US)
    assert [each.document.key for each in found] == ["a.csv", "a.csv#part=2", "a.csv#part=3"]
    assert [(each.document.source, each.document.date) for each in found] == [
        ("甲报", "2031-01-01"),
        ("手工整理", None),
        ("乙报", None),
    ]
    assert [each.document.text for each in found] == [
        f"{header}\n{rows[0]}\n{rows[3]}\n",
        f"{header}\n{rows[1]}\n",
        f"{header}\n{rows[2]}\n",
    ]
    assert [quotes(each.validate()) for each in found] == [[rows[0], rows[3]], [rows[1]], [rows[2]]]
    assert mentioned(found[0]) == {"苏沐": ["苏沐"], "晨光大学": ["晨光大学"], "丙": ["丙"], "乙": ["乙"]}


def many(count: int) -> list[str]:
    return [f"人物,人{number},任职,机构,院{number % 100}" for number in range(count)]


def test_a_large_file_becomes_documents_that_only_change_at_its_end() -> None:
    rows = many(2 * MAX_ROWS + 1)
    before = read("\n".join([HEADER, *rows]), "a.csv", origin=US)
    assert [len(each.relations) for each in before] == [MAX_ROWS, MAX_ROWS, 1]
    assert [quote for each in before for quote in quotes(each)] == rows
    after = read("\n".join([HEADER, *rows, "人物,新人,任职,机构,院1"]), "a.csv", origin=US)
    assert after[:2] == before[:2]
    assert len(after[2].relations) == 2


def test_one_edge_is_supported_by_one_document_of_a_large_file() -> None:
    rows = [f"{row},2030" for row in many(MAX_ROWS + 5)]
    again = "人物,人0,任职,机构,院0,2031"
    first, last = read("\n".join([f"{HEADER},date_from", *rows, again]), "a.csv", origin=US)
    assert quotes(first)[-1] == again
    assert len(last.relations) == 5


def test_rows_of_many_characters_are_divided_too() -> None:
    note = "长" * MAX_PROSE
    rows = [f"{row},{note}" for row in many(250)]
    found = read("\n".join([f"{HEADER},note", *rows]), "a.csv", origin=US)
    assert len(found) == 3
    assert all(len(each.document.text) < MAX_CHARACTERS + 2 * MAX_PROSE for each in found)
    assert [quote for each in found for quote in quotes(each)] == rows


def test_a_file_of_white_space_is_not_stored() -> None:
    [found] = read(HEADER + "\n" * 2_000_001 + POST, "a.csv", origin=US)
    assert found.document.text == f"{HEADER}\n{POST}\n"
    assert quotes(found.validate()) == [POST]


def test_every_document_of_a_file_knows_all_names() -> None:
    lines = [json.dumps({"entity": {"type": "机构", "name": "云溪科学院", "aliases": ["云科院"]}})]
    for number in range(MAX_ROWS):
        row = {"head_type": "人物", "head": f"人{number}", "relation": "任职", "tail_type": "机构", "tail": "云科院"}
        lines.append(json.dumps({"relation": row}, ensure_ascii=False))
    first, second = read("\n".join(lines), "a.jsonl", origin=US)
    for each in (first, second):
        [institute] = [entity for entity in each.entities if entity.type is EntityType.ORGANIZATION]
        assert (institute.name, institute.aliases) == ("云溪科学院", ("云科院",))
    assert second.document.text == f"{lines[-1]}\n"


def test_a_file_may_have_a_key_that_is_not_its_name() -> None:
    document = one(f"{HEADER}\n{POST}", key="posts").document
    assert (document.key, document.name) == ("posts", "a.csv")


def test_reading_again_gives_the_same() -> None:
    text = json.dumps(BUNDLE)
    assert read(text, "a.json") == read(text, "a.json")
    [found] = read(text, "a.json")
    assert Extraction.from_json(found.to_json(with_text=True)) == found


# The command


@pytest.fixture(scope="module")
def remote(connection: Connection) -> dict[str, str]:
    """An environment that names the server of this test run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HUITU_", "NEO4J_"))}
    kept |= {"HUITU_CACHE_DIR": os.environ["HUITU_CACHE_DIR"]} if "HUITU_CACHE_DIR" in os.environ else {}
    return {
        **kept,
        "NEO4J_URI": connection.uri,
        "NEO4J_USERNAME": connection.username,
        "NEO4J_PASSWORD": connection.password,
        "NEO4J_DATABASE": connection.database or "neo4j",
        "COLUMNS": "200",
    }


def huitu(
    *arguments: str | Path, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end; without ``env`` there is no database to talk to."""
    nowhere = {"NEO4J_URI": "bolt://127.0.0.1:1", "NEO4J_PASSWORD": "none", "COLUMNS": "200"}
    command = [str(HUITU), *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, check=False, timeout=240, env=env or {**os.environ, **nowhere}, cwd=cwd, text=True
    )


def table(folder: Path, name: str, *rows: str, header: str = HEADER) -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n")
    return path


def test_what_is_imported_is_asked_exported_and_deleted(graph: Graph, remote: dict[str, str], tmp_path: Path) -> None:
    assert graph.verify()
    result = huitu("import", *sorted(EXAMPLES.iterdir()), "--source", "示例名册", "--json", env=remote)
    assert result.returncode == 0, result.stderr
    report = json.loads(result.stdout)
    assert {key: report[key] for key in ("read", "added", "claims", "removed", "failed")} == {
        "read": 3,
        "added": 3,
        "claims": 6,
        "removed": 0,
        "failed": [],
    }
    assert [(each["key"], each["entities"], each["relations"]) for each in report["files"]] == [
        ("oeia-members.csv", 5, 4),
        ("oeia-names.csv", 3, 0),
        ("oeia-standards.json", 3, 2),
    ]

    found = huitu("search", "OEIA", "--json", env=remote)
    assert "开放具身智能产业联盟" in {item["name"] for item in json.loads(found.stdout)["items"]}
    assert huitu("search", "Basong", env=remote).returncode == 0  # no relation names him

    output = tmp_path / "g.graphml"
    assert huitu("export", "-o", output, env=remote).returncode == 0
    exported = nx.read_graphml(output)
    names = {data["name"] for _, data in exported.nodes(data=True)}
    assert {"江南大学", "何闻笛", "颂提·巴颂", "《具身智能数据采集规范》"} <= names

    assert huitu("delete", *(each["key"] for each in report["files"]), env=remote).returncode == 0
    assert queries.statistics(graph).entities == 0


def test_a_claim_says_who_stated_it_and_quotes_the_row(graph: Graph, remote: dict[str, str], tmp_path: Path) -> None:
    row = f'{POST},校长,2031-05,0.7,"第3页, ""注"""'
    path = table(tmp_path, "posts.csv", row, header=f"{HEADER},role,date_from,confidence,note")
    result = huitu("import", path, "--source", "校办", "--date", "2031-06-01", "--title", "名册", env=remote)
    assert result.returncode == 0, result.stderr
    assert "posts.csv: 2 entities, 1 relations" in result.stdout
    document = queries.document(graph, document_id("posts.csv"))
    assert (document.key, document.source, document.date, document.title) == ("posts.csv", "校办", "2031-06-01", "名册")
    [claim] = document.claims
    assert claim.rule == RULE
    assert [each.quote for each in claim.evidence] == [row]
    assert (claim.confidence, claim.role) == (0.7, "校长")
    [edge] = subgraph(graph).edges
    assert (edge.support, edge.first_date, edge.quote) == (1, "2031-05-01", row)


def test_curated_facts_and_articles_support_one_edge(graph: Graph, remote: dict[str, str], tmp_path: Path) -> None:
    article = tmp_path / "news.txt"
    article.write_text("2031云溪智能论坛5月18日在云溪市开幕。晨光大学校长苏沐在论坛上致辞。\n")
    assert huitu("ingest", article, "--date", "2031-05-19", env=remote).returncode == 0
    before = subgraph(graph)
    path = table(tmp_path, "posts.csv", POST)
    assert huitu("import", path, "--source", "校办", env=remote).returncode == 0
    edges = {(each.head, each.relation, each.tail): each.support for each in subgraph(graph).edges}
    post = person_id("苏沐", EntityType.ORGANIZATION, "晨光大学"), RelationType.AFFILIATED_WITH
    assert edges[*post, entity_id(EntityType.ORGANIZATION, "晨光大学")] == 2
    assert huitu("delete", "posts.csv", env=remote).returncode == 0
    assert subgraph(graph) == before


def test_an_import_again_changes_nothing_or_replaces(graph: Graph, remote: dict[str, str], tmp_path: Path) -> None:
    path = table(tmp_path, "posts.csv", POST, "人物,甲,任职,机构,乙")

    def imported() -> dict[str, Any]:
        result = huitu("import", path, "--source", "校办", "--json", env=remote)
        assert result.returncode == 0, result.stderr
        report: dict[str, Any] = json.loads(result.stdout)
        return report

    assert imported()["added"] == 1
    before = subgraph(graph)
    assert imported()["unchanged"] == 1
    assert subgraph(graph) == before
    table(tmp_path, "posts.csv", POST)
    assert imported()["replaced"] == 1
    assert {each.name for each in subgraph(graph).entities} == {"苏沐", "晨光大学"}


def test_documents_that_a_file_has_no_more_are_removed(graph: Graph, remote: dict[str, str], tmp_path: Path) -> None:
    rows = [f"人物,人{number},任职,机构,院,报{number}" for number in range(1, 5)]
    header = f"{HEADER},source"
    other = table(tmp_path, "other.csv", *rows, header=header)
    assert huitu("import", other, env=remote).returncode == 0
    path = table(tmp_path, "posts.csv", *rows, header=header)
    assert huitu("import", path, env=remote).returncode == 0
    table(tmp_path, "posts.csv", *rows[:2], header=header)
    report = json.loads(huitu("import", path, "--json", env=remote).stdout)
    assert (report["unchanged"], report["removed"]) == (2, 2)
    keys = {each.key for each in queries.documents(graph, limit=100).items}
    assert keys == {part_key("posts.csv", n) for n in (1, 2)} | {part_key("other.csv", n) for n in (1, 2, 3, 4)}

    deleted = huitu("delete", "posts.csv", env=remote)
    assert (deleted.returncode, deleted.stdout) == (0, "2 documents deleted.\n")
    keys = {each.key for each in queries.documents(graph, limit=100).items}
    assert keys == {part_key("other.csv", n) for n in (1, 2, 3, 4)}


def test_of_a_file_with_one_bad_row_nothing_is_loaded(graph: Graph, remote: dict[str, str], tmp_path: Path) -> None:
    good = table(tmp_path, "good.csv", POST)
    assert huitu("import", good, "--source", "校办", env=remote).returncode == 0
    before = subgraph(graph)
    table(tmp_path, "good.csv", POST, "人物,林知远,任职,机构,云溪科学院", "人物,林知远,任职,论坛,云溪论坛")
    result = huitu("import", good, "--source", "校办", env=remote)
    assert (result.returncode, result.stdout) == (1, "Nothing is loaded.\n")
    assert f"failed: {good}: is not loaded\n  {good}:4: tail_type is Forum (论坛)" in result.stderr
    assert subgraph(graph) == before

    other = table(tmp_path, "other.csv", "人物,林知远,任职,机构,云溪科学院")
    result = huitu("import", good, other, "--source", "校办", "--json", env=remote)
    assert result.returncode == 1
    report = json.loads(result.stdout)
    assert [each["key"] for each in report["files"]] == ["other.csv"]
    assert [(each["path"], each["count"], each["problems"][0]["line"]) for each in report["failed"]] == [
        (str(good), 1, 4)
    ]
    assert {each.key for each in queries.documents(graph).items} == {"good.csv", "other.csv"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encodings_of_spreadsheets_are_read(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "posts.tsv"
    rows = f"{HEADER},role\n{POST},校长\n人物,林知远,任职,机构,云溪科学院,院长\n".replace(",", "\t")
    path.write_bytes(rows.encode(encoding))
    result = huitu("import", path, "--source", "校办", "--dry-run", "--json")
    assert result.returncode == 0, result.stderr
    [file] = json.loads(result.stdout)["files"]
    assert (file["entities"], file["relations"]) == (4, 2)


def test_a_damaged_character_is_told_and_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    rows = [HEADER, *(f"人物,苏沐{number},任职,机构,晨光大学" for number in range(50))]
    path.write_bytes("\n".join(rows).encode().replace("沐7,".encode(), b"\xe6\xb2,"))
    result = huitu("import", path, "--source", "校办", "--dry-run")
    assert result.returncode == 1
    assert f"  {path}:9: head holds U+FFFD" in result.stderr


def test_files_that_are_none_are_told(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b" \n")
    (tmp_path / "binary.csv").write_bytes(bytes(range(256)) * 10)
    (tmp_path / "news.txt").write_text("晨光大学")
    (tmp_path / "folder.csv").mkdir()
    names = ("empty.csv", "binary.csv", "news.txt", "folder.csv", "missing.csv")
    result = huitu("import", *(tmp_path / name for name in names), "--source", "校办")
    assert result.returncode == 1
    said = result.stderr.splitlines()
    reasons = ("is empty", "is binary", "is no file of curated data (.csv, .tsv", "cannot be read: ", "does not exist")
    for line, name, reason in zip(said, names, reasons, strict=True):
        assert line.startswith(f"failed: {tmp_path / name}: {reason}")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curated, "MAX_BYTES", 10)
    with pytest.raises(ValueError, match="is larger than 10 bytes; split it"):
        curated._text(table(tmp_path, "posts.csv", POST))


def test_two_files_of_one_name_do_not_replace_each_other(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    paths = table(tmp_path, "posts.csv", POST), table(tmp_path / "a", "posts.csv", POST)
    result = huitu("import", *paths, "--source", "校办", "--dry-run")
    assert result.returncode == 1
    assert f"failed: {paths[1]}: has the same key as {paths[0]} (posts.csv)" in result.stderr


def test_a_dry_run_asks_no_database(tmp_path: Path) -> None:
    path = table(tmp_path, "posts.csv", POST)
    tried = huitu("import", path, "--source", "校办", "--dry-run")
    assert (tried.returncode, tried.stderr) == (0, "")
    assert tried.stdout == f"{path}: 2 entities, 1 relations\nNothing is loaded: --dry-run.\n"
    assert huitu("import", path, "--source", "校办").returncode == 3


def test_a_file_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = table(tmp_path, "posts.csv", *[POST] * 10, "人物,甲,\x1b[31m,机构,乙\u202e", "人物,甲,[red]红,机构,乙")
    result = huitu("import", path, "--source", "校办", "--dry-run")
    assert "\x1b" not in result.stderr
    assert "[red]红" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import"], "FILE"),
        (["import", "x.csv", "--date", "2031-5-1"], "--date is '2031-5-1', no date"),
        (["import", "x.csv", "--date", "2031-05"], "no whole day"),
        (["import", "x.csv", "--url", "ftp://example.org"], "--url is 'ftp://example.org', no address"),
        (["import", "x.csv", "y.csv", "--key", "z"], "--key is for one file"),
    ],
)
def test_wrong_use_is_2(arguments: Sequence[str], said: str) -> None:
    result = huitu(*arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


# The documentation


DOCS = (ROOT / "docs" / "curated.md").read_text(encoding="utf-8")


def test_the_examples_of_the_documentation_do_what_it_says(
    graph: Graph, remote: dict[str, str], tmp_path: Path
) -> None:
    assert graph.verify()
    for name, content in re.findall(r"^`([\w.]+)`:\n\n```\w+\n(.*?)^```$", DOCS, re.MULTILINE | re.DOTALL):
        (tmp_path / name).write_text(content)
    sessions = re.findall(r"^```\n(\$ .*?)^```$", DOCS, re.MULTILINE | re.DOTALL)
    steps = [
        step for session in sessions for step in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", session, re.MULTILINE)
    ]
    assert len(steps) == 6
    for command, shown in steps:
        _, *arguments = shlex.split(command)
        result = huitu(*arguments, env=remote, cwd=tmp_path)
        assert result.stderr + result.stdout == shown, command


def test_the_tables_of_columns_are_complete() -> None:
    tables = re.findall(r"^\| column \| needed \| value \|\n\|---\|---\|---\|\n((?:\|.*\|\n)+)", DOCS, re.MULTILINE)
    for kind, rows in zip((Kind.RELATION, Kind.ENTITY), tables, strict=True):
        found = re.findall(r"^\| `(\w+)` \| (yes)? ?\|", rows, re.MULTILINE)
        assert tuple(column for column, _ in found) == COLUMNS[kind]
        assert tuple(column for column, needed in found if needed) == REQUIRED[kind]


def test_the_limits_of_the_documentation_are_those_of_the_code() -> None:
    said = f"Names have {MAX_LINE} characters at most, `note`, `topic` and `url` {MAX_PROSE:,}, a file 100 MB"
    assert said in DOCS
    assert curated.MAX_BYTES == 100 * 1_000_000
    assert f"more than {MAX_ROWS:,} rows (or a million characters of rows)" in DOCS
    assert MAX_CHARACTERS == 1_000_000
    assert f"the first {MAX_PROBLEMS} of them" in DOCS
