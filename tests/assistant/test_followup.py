"""Follow-ups become questions that stand alone; new topics stay clean of old ones."""

from __future__ import annotations

import pytest

from assistant.followup import is_followup, standalone

EARLIER = "Từ đầu nhiệm kỳ đến nay thành phố Lào Cai kết nạp bao nhiêu đảng viên mới?"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Còn tỉnh Sơn La thì sao?",
            "Từ đầu nhiệm kỳ đến nay tỉnh Sơn La kết nạp bao nhiêu đảng viên mới?",
        ),
        ("Thế năm 2021?", "năm 2021 thành phố Lào Cai kết nạp bao nhiêu đảng viên mới?"),
        (
            "Còn trong đó có bao nhiêu là nữ?",
            "Từ đầu nhiệm kỳ đến nay thành phố Lào Cai kết nạp đảng viên mới, trong đó có bao nhiêu là nữ?",
        ),
        (
            "Còn đảng viên nữ thì sao?",
            "Từ đầu nhiệm kỳ đến nay thành phố Lào Cai kết nạp bao nhiêu đảng viên mới, đảng viên nữ?",
        ),
    ],
)
def test_a_followup_takes_its_topic_from_before(question: str, expected: str) -> None:
    assert standalone(question, [EARLIER]) == expected


def test_a_question_with_its_own_topic_is_left_alone() -> None:
    question = "Đảng viên dự bị có quyền biểu quyết trong chi bộ không?"
    assert not is_followup(question)
    assert standalone(question, [EARLIER]) == question


def test_without_history_nothing_is_added() -> None:
    assert standalone("Còn Sơn La thì sao?", []) == "Còn Sơn La thì sao?"


def test_a_chain_of_followups_is_followed_back_to_its_topic() -> None:
    history = [EARLIER, "Còn tỉnh Sơn La thì sao?"]
    assert "tỉnh Sơn La" in standalone("Trong đó có bao nhiêu là nữ?", history)
    assert "Lào Cai" not in standalone("Trong đó có bao nhiêu là nữ?", history)


def test_a_place_of_its_own_replaces_the_earlier_place() -> None:
    result = standalone("Còn ở Sơn La thì nguyên nhân của việc đó là gì?", [EARLIER])
    assert "Sơn La" in result
    assert "Lào Cai" not in result
