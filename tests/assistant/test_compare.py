"""A comparison is asked as one question about each side."""

from __future__ import annotations

import pytest

from assistant.compare import sides


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "So sánh tổng số đảng viên của tỉnh Lào Cai và Đảng bộ Khối các cơ quan tỉnh Sơn La.",
            (
                "tổng số đảng viên của tỉnh Lào Cai.",
                "tổng số đảng viên của Đảng bộ Khối các cơ quan tỉnh Sơn La.",
            ),
        ),
        (
            "So sánh số đảng viên kết nạp năm 2018 và năm 2022 của Lào Cai",
            ("số đảng viên kết nạp năm 2018 của Lào Cai", "số đảng viên kết nạp năm 2022 của Lào Cai"),
        ),
        ("Chỉ thị 28-CT/TW và Chỉ thị 05-CT/TW khác nhau gì?", ("Chỉ thị 28-CT/TW ?", "Chỉ thị 05-CT/TW ?")),
        (
            "Compare the number of members of Lào Cai and Sơn La",
            ("the number of members of Lào Cai", "the number of members of Sơn La"),
        ),
    ],
)
def test_each_side_becomes_a_question(question: str, expected: tuple[str, ...]) -> None:
    assert sides(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Đảng bộ tỉnh Lào Cai có bao nhiêu đảng viên?",
        "Tỉnh Lào Cai nằm giữa Hà Nội và Yên Bái có diện tích bao nhiêu?",
        "Cấp ủy và chi bộ có nhiệm vụ gì?",
    ],
)
def test_other_questions_have_no_sides(question: str) -> None:
    assert sides(question) == ()
