"""Times of day, however they are written."""

from __future__ import annotations

import pytest

from assistant.verification.times import find_times


@pytest.mark.parametrize(
    ("said", "cited", "same"),
    [
        ("lúc 7 giờ 30", "7h30", True),
        ("07h30", "7:30", True),
        ("7 giờ 30 phút", "07h30", True),
        ("7 giờ rưỡi", "7h30", True),
        ("lúc 8 giờ", "8h00", True),
        ("8 giờ sáng", "8h00", True),
        ("2 giờ chiều", "14h00", True),
        ("2 giờ sáng", "14h00", False),
        ("lúc 8 giờ", "9h00", False),
        ("7h30", "7h45", False),
    ],
)
def test_a_time_is_one_however_it_is_written(said: str, cited: str, same: bool) -> None:
    (mine,), (theirs,) = find_times(said), find_times(cited)
    assert bool(mine.minutes & theirs.minutes) is same


@pytest.mark.parametrize("text", ["học 8 giờ mỗi ngày", "ngày 8/3", "Điều 8:", "tỷ lệ 7:100", "8 giảng viên"])
def test_a_length_of_time_is_no_time_of_day(text: str) -> None:
    assert find_times(text) == []
