"""The kind of answer is read from the question words."""

from __future__ import annotations

from itertools import pairwise

import pytest

from assistant.wanted import Wanted, asked


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Đảng bộ tỉnh Lào Cai có bao nhiêu đảng viên?", [Wanted.COUNT]),
        ("Lào Cai mở mấy lớp, cho bao nhiêu quần chúng?", [Wanted.COUNT, Wanted.COUNT]),
        ("Kết quả đạt bao nhiêu phần trăm kế hoạch?", [Wanted.PERCENT]),
        ("Đảng viên dự bị phải qua bao lâu?", [Wanted.DURATION]),
        ("Ai ký chỉ thị này?", [Wanted.WHO]),
        ("Quy định này có hiệu lực từ khi nào?", [Wanted.WHEN]),
        ("Lễ kết nạp được tổ chức ở đâu?", [Wanted.WHERE]),
        ("Văn bản nào quy định những điều đảng viên không được làm?", [Wanted.DOCUMENT]),
        ("Chỉ thị 28-CT/TW nói về việc gì?", [Wanted.ABOUT]),
        ("Vì sao nguồn kết nạp giảm?", [Wanted.WHY]),
        ("Chi bộ quản lý đảng viên đi xa như thế nào?", [Wanted.HOW]),
        ("Huyện nào dẫn đầu?", [Wanted.WHERE, Wanted.SUPERLATIVE]),
        ("Đảng viên dự bị là gì?", [Wanted.DEFINITION]),
        ("So sánh kết quả của hai tỉnh", [Wanted.COMPARE]),
        ("Đảng viên dự bị có được biểu quyết không?", [Wanted.YES_NO]),
        ("How many members were admitted?", [Wanted.COUNT]),
        ("Who chaired the conference?", [Wanted.WHO]),
        ("When was the directive issued?", [Wanted.WHEN]),
        ("Why do cells lack recruits?", [Wanted.WHY]),
        ("What percentage of the plan was met?", [Wanted.PERCENT]),
        ("Công tác phát triển đảng viên", [Wanted.ANY]),
        ("Kế hoạch được ban hành ngày bao nhiêu?", [Wanted.WHEN]),
        ("Tỷ lệ gia đình văn hóa phải đạt mức nào?", [Wanted.PERCENT, Wanted.WHICH]),
        # So much before "là gì" describes a thing that is wanted, and asks for no definition.
        ("Loại cây được trồng nhiều nhất ở xã năm ngoái là gì?", [Wanted.SUPERLATIVE, Wanted.WHICH]),
        ("Đại biểu nào về dự hội nghị?", [Wanted.WHO]),
    ],
)
def test_question_words_show_what_is_wanted(question: str, expected: list[Wanted]) -> None:
    assert [entry.wanted for entry in asked(question)] == expected


def test_spans_are_the_question_words() -> None:
    question = "Tỉnh có bao nhiêu chi bộ?"
    (entry,) = asked(question)
    assert question[entry.start : entry.end] == "bao nhiêu"


def test_a_word_is_claimed_once() -> None:
    question = "Từ năm nào, ở đâu, ai và vì sao, bao nhiêu phần trăm?"
    spans = [(entry.start, entry.end) for entry in asked(question)]
    assert spans == sorted(spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert len(spans) == 5
