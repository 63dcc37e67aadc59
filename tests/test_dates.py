"""Dates resolve against the day of publication, and what is no date is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates import find_dates
from graph.schema import Period


def found(text: str, published: str | None = "2025-07-27", before: Period | None = None) -> list[tuple[str, str, str]]:
    return [(d.period.first, d.period.last, d.period.precision) for d in find_dates(text, published, before)]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2024年11月8日至9日在厦门举行", "2024-11-08", "2024-11-09", "day"),
        ("7月26日—28日举行", "2025-07-26", "2025-07-28", "day"),
        ("7月26-28日举行", "2025-07-26", "2025-07-28", "day"),
        ("26日至28日举行", "2025-07-26", "2025-07-28", "day"),
        ("7月26日(周六)至28日举行", "2025-07-26", "2025-07-28", "day"),
        ("26日、27日举行", "2025-07-26", "2025-07-27", "day"),
        ("7月30日至8月2日举行", "2025-07-30", "2025-08-02", "day"),
        ("12月30日至1月2日举行", "2025-12-30", "2026-01-02", "day"),
        ("将于9月18日-19日举办", "2025-09-18", "2025-09-19", "day"),
        ("明年1月5日开放", "2026-01-05", "2026-01-05", "day"),
        ("今年4月26日至27日举行", "2025-04-26", "2025-04-27", "day"),
        ("2026 年 5 月 20 日开幕", "2026-05-20", "2026-05-20", "day"),
        ("26日在沪开幕", "2025-07-26", "2025-07-26", "day"),
        ("26日前往北京", "2025-07-26", "2025-07-26", "day"),
        ("29日闭幕", "2025-07-29", "2025-07-29", "day"),
        ("本月8日", "2025-07-08", "2025-07-08", "day"),
        ("上个月8日", "2025-06-08", "2025-06-08", "day"),
        ("昨天上午开幕", "2025-07-26", "2025-07-26", "day"),
        ("昨在沪开幕", "2025-07-26", "2025-07-26", "day"),
        ("上周五签约", "2025-07-18", "2025-07-18", "day"),
        ("下周三开幕", "2025-07-30", "2025-07-30", "day"),
        ("12月30日", "2025-12-30", "2025-12-30", "day"),
        ("2025.07.26-28", "2025-07-26", "2025-07-28", "day"),
        ("2026年5月在成都举行", "2026-05-01", "2026-05-31", "month"),
        ("明年3月举办", "2026-03-01", "2026-03-31", "month"),
        ("今年3月至5月", "2025-03-01", "2025-05-31", "month"),
        ("11月中旬举办", "2025-11-01", "2025-11-30", "month"),
        ("上个月签约", "2025-06-01", "2025-06-30", "month"),
        ("下月举行", "2025-08-01", "2025-08-31", "month"),
        ("2023年在芜湖举行", "2023-01-01", "2023-12-31", "year"),
        ("去年底签约", "2024-01-01", "2024-12-31", "year"),
        ("拟于2027年初举办", "2027-01-01", "2027-12-31", "year"),
        ("发布时间:2025-07-20", "2025-07-20", "2025-07-20", "day"),
    ],
)
def test_a_date_is_resolved(text: str, first: str, last: str, precision: str) -> None:
    assert found(text) == [(first, last, precision)]


def test_the_turn_of_the_year_is_seen() -> None:
    assert found("12月30日", "2026-01-04") == [("2025-12-30", "2025-12-30", "day")]
    assert found("30日", "2026-01-04") == [("2025-12-30", "2025-12-30", "day")]


@pytest.mark.parametrize(
    ("text", "day"),
    [("8月2日开幕。次日", "2025-08-03"), ("8月2日开幕,当天下午", "2025-08-02"), ("8月2日至4日举行。3日", "2025-08-03")],
)
def test_a_day_is_counted_from_the_date_before_it(text: str, day: str) -> None:
    assert found(text)[-1] == (day, day, "day")
    assert found(text.split("。")[-1], before=Period("2025-08-02", "2025-08-02", "day"))[-1] == (day, day, "day")


def test_an_earlier_edition_does_not_pull_days_into_its_year() -> None:
    assert found("首届于2023年5月8日举行。26日,本届开幕")[1] == ("2025-07-26", "2025-07-26", "day")
    assert found("2018年春天,他来讲课。当年秋天")[1] == ("2018-01-01", "2018-12-31", "year")


def test_two_days_that_are_not_in_a_row_are_no_range() -> None:
    assert [first for first, _, _ in found("8日和20日")] == ["2025-07-08", "2025-07-20"]


@pytest.mark.parametrize(
    "text",
    [
        "2025世界人工智能大会",
        "第26届大会",
        "2月30日",
        "为期三天",
        "99日",
        "3.5日均",
        "近日",
        "日前",
        "第14号台风",
        "3号馆",
        "新华社北京7月26日电",
        "成都7月26日讯",
        "7月20日前提交",
        "3日内",
        "成立于2018年的公司",
        "成立于 2018 年",
        "2018年成立的公司",
        "自2021年起每年",
        "2025—2027年",
        "2026年度",
        "3个月",
        "今日头条",
        "次日",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert found(text) == []


def test_without_a_publication_date_only_dates_with_a_year_and_those_counted_from_them_are_resolved() -> None:
    assert found("26日,昨天,下月,5月3日,2025年5月3日", None) == [("2025-05-03", "2025-05-03", "day")]
    assert found("2025年5月3日开幕。5日闭幕", None)[1] == ("2025-05-05", "2025-05-05", "day")


@given(st.text(alphabet="0123456789年月日至—-、和今昨明下本上同次当周五天.", max_size=30))
def test_every_interval_is_in_order(text: str) -> None:
    for dated in find_dates(text, "2024-02-29"):
        assert dated.period.first <= dated.period.last
        assert 0 <= dated.start < dated.end <= len(text)
