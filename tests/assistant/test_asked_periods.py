"""Periods that questions name."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.asked_periods import is_current, periods


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("năm 2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("giai đoạn 2006-2010", date(2006, 1, 1), date(2010, 12, 31)),
        ("nhiệm kỳ 2020 - 2025", date(2020, 1, 1), date(2025, 12, 31)),
        ("quý I/2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("6 tháng đầu năm 2024", date(2024, 1, 1), date(2024, 6, 30)),
        ("tháng 8/2020", date(2020, 8, 1), date(2020, 8, 31)),
        ("ngày 21/1/2019", date(2019, 1, 21), date(2019, 1, 21)),
    ],
)
def test_a_period_has_its_first_and_last_day(text: str, first: date, last: date) -> None:
    assert [(p.first, p.last) for p in periods(f"Kết quả {text} ra sao?")] == [(first, last)]


def test_last_year_is_reckoned_from_the_newest_document_only() -> None:
    assert periods("Năm ngoái kết nạp bao nhiêu?") == ()
    (period,) = periods("Năm ngoái kết nạp bao nhiêu?", latest=date(2024, 5, 1))
    assert (period.first.year, period.relative) == (2023, True)


def test_now_is_current() -> None:
    assert is_current("Hiện nay có bao nhiêu chi bộ?")
    assert not is_current("Năm 2020 có bao nhiêu chi bộ?")
