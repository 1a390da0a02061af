"""A part and its whole are told apart by their size."""

from __future__ import annotations

import pytest

from assistant.verification.analysis import Sort, analysed
from assistant.verification.wholes import is_part_and_whole


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Trong tổng số hơn 9.200 đảng viên, có gần 4.100 đảng viên ở nông thôn.", True),
        ("Có 12 lớp trên tổng số 30 lớp mở ở xã.", True),
        ("Huyện có 9.200 đảng viên và 4.100 đoàn viên.", False),
        ("Trong tổng số 4.100 đảng viên, có 9.200 đảng viên ở nông thôn.", False),
        ("Trong tổng số 9.200 đảng viên, có 40 chi bộ ở nông thôn.", False),
        ("There are 12 classes out of 30 classes.", True),
    ],
)
def test_the_larger_of_two_is_the_whole(said: str, told: bool) -> None:
    analysis = analysed(said, english=said.isascii())
    figures = [item for item in analysis.items if item.sort is Sort.FIGURE]
    assert is_part_and_whole(analysis, figures[0], figures[1]) is told
    assert is_part_and_whole(analysis, figures[1], figures[0]) is told
