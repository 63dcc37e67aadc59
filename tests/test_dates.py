"""Dates resolve against the day of publication, and what is no date is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates import find_dates


def found(text: str, published: str | None = "2025-07-27") -> list[tuple[str, str, str]]:
    return [(d.period.first, d.period.last, d.period.precision) for d in find_dates(text, published)]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2024年11月8日至9日在厦门举行", "2024-11-08", "2024-11-09", "day"),
        ("7月26日—28日举行", "2025-07-26", "2025-07-28", "day"),
        ("7月30日至8月2日举行", "2025-07-30", "2025-08-02", "day"),
        ("将于9月18日-19日举办", "2025-09-18", "2025-09-19", "day"),
        ("26日在沪开幕", "2025-07-26", "2025-07-26", "day"),
        ("29日闭幕", "2025-07-29", "2025-07-29", "day"),
        ("昨天上午开幕", "2025-07-26", "2025-07-26", "day"),
        ("12月30日", "2025-12-30", "2025-12-30", "day"),
        ("2026年5月在成都举行", "2026-05-01", "2026-05-31", "month"),
        ("明年3月举办", "2026-03-01", "2026-03-31", "month"),
        ("下月举行", "2025-08-01", "2025-08-31", "month"),
        ("发布时间:2025-07-20", "2025-07-20", "2025-07-20", "day"),
    ],
)
def test_a_date_is_resolved(text: str, first: str, last: str, precision: str) -> None:
    assert found(text) == [(first, last, precision)]


def test_the_turn_of_the_year_is_seen() -> None:
    assert found("12月30日", "2026-01-04") == [("2025-12-30", "2025-12-30", "day")]
    assert found("30日", "2026-01-04") == [("2025-12-30", "2025-12-30", "day")]


@pytest.mark.parametrize("text", ["2025世界人工智能大会", "第26届大会", "2月30日", "为期三天", "99日", "3.5日均"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert found(text) == []


def test_without_a_publication_date_only_full_dates_are_resolved() -> None:
    assert found("26日,昨天,下月,5月3日,2025年5月3日", None) == [("2025-05-03", "2025-05-03", "day")]


@given(st.text(alphabet="0123456789年月日至—-今昨明下本上天.", max_size=30))
def test_every_interval_is_in_order(text: str) -> None:
    for dated in find_dates(text, "2024-02-29"):
        assert dated.period.first <= dated.period.last
        assert 0 <= dated.start < dated.end <= len(text)
