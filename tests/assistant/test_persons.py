"""Names of people."""

from __future__ import annotations

import pytest

from assistant.persons import persons


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Đồng chí Giàng Thị Mẩy và ông Vũ Đình Thảo cùng dự.", ["Giàng Thị Mẩy", "Vũ Đình Thảo"]),
        ("Học tập và làm theo Hồ Chí Minh.", []),
        ("Đoàn về Cao Bằng, Hà Giang rồi Sơn La.", []),
        ("các đảng viên trẻ", []),
    ],
)
def test_persons_are_people_and_not_places(sentence: str, names: list[str]) -> None:
    assert persons(sentence) == names
