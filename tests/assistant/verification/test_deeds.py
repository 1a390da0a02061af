"""A sentence may say nothing was done that no cited passage has a word for."""

from __future__ import annotations

import pytest

from assistant.verification.deeds import unsourced

VIETNAMESE = "Huyện Đông Khê mở 3 lớp bồi dưỡng nhận thức về Đảng, đã giao Trung tâm chính trị thực hiện."
ENGLISH = "The district opened 3 classes and appointed two teachers."


@pytest.mark.parametrize(
    ("said", "cited", "missing"),
    [
        ("Các lớp bồi dưỡng của huyện Đông Khê đã bị hủy.", VIETNAMESE, ["hủy"]),
        ("Các lớp bồi dưỡng được miễn phí.", VIETNAMESE, ["miễn phí"]),
        ("Trung tâm chính trị đã giải thể.", VIETNAMESE, ["giải thể"]),
        ("Huyện Đông Khê đã mở 3 lớp bồi dưỡng.", VIETNAMESE, []),
        ("Ba lớp được tổ chức ở huyện Đông Khê.", VIETNAMESE, []),
        ("Trung tâm chính trị được giao mở lớp.", VIETNAMESE, []),
        ("The classes were cancelled.", ENGLISH, ["cancelled"]),
        ("Two teachers were appointed.", ENGLISH, []),
        ("The classes were cancelled.", VIETNAMESE, ["cancelled"]),
        ("Three classes were organised.", VIETNAMESE, []),
        ("The classes were cancelled.", "Huyện đã hủy các lớp học.", []),
    ],
)
def test_what_was_done_must_stand_in_what_is_cited(said: str, cited: str, missing: list[str]) -> None:
    assert [difference.said for difference in unsourced(said, [cited])] == missing


def test_one_of_several_passages_is_enough() -> None:
    said = "Các lớp bồi dưỡng đã bị hủy."
    assert unsourced(said, [VIETNAMESE, "Lớp tháng 5 hủy vì mưa lũ."]) == ()
