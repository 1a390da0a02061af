"""A completed question is told from every other question of the same conversation."""

from __future__ import annotations

import re

import pytest

from assistant import followup
from assistant.llm.same_question import Doubt, doubt
from assistant.reading import read

ADMITTED = "Năm 2020 tỉnh Lai Châu kết nạp bao nhiêu đảng viên mới?"
ENGLISH = "How many new members did Gia Lai admit in 2020?"
RIGHTS = "Đảng viên chính thức có quyền gì?"
DIRECTIVE = "Chỉ thị 41-CT/TW nói về gì?"
CELLS = "Tính đến 31/12/2018, Đảng bộ tỉnh Kon Tum có bao nhiêu chi bộ?"

#: earlier questions · follow-up · the same, completed in other words than the rules have
CONVERSATIONS = [
    ([ADMITTED], "Còn Điện Biên thì sao?", "Tỉnh Điện Biên năm 2020 kết nạp được bao nhiêu đảng viên mới?"),
    ([ADMITTED], "Thế năm sau?", "Tỉnh Lai Châu kết nạp bao nhiêu đảng viên mới trong năm 2021?"),
    (
        [ADMITTED],
        "Trong đó bao nhiêu là nữ?",
        "Năm 2020 tỉnh Lai Châu kết nạp bao nhiêu đảng viên mới là nữ?",
    ),
    ([ADMITTED], "Vì sao?", "Tại sao tỉnh Lai Châu kết nạp đảng viên mới năm 2020?"),
    ([ADMITTED, DIRECTIVE], "Còn huyện Mường Tè?", ""),
    ([ENGLISH], "What about Kon Tum?", "In 2020, how many new members did Kon Tum admit?"),
    ([RIGHTS], "Còn đảng viên dự bị?", "Đảng viên dự bị thì có quyền gì?"),
    ([RIGHTS], "Họ có được ứng cử không?", "Đảng viên chính thức có được ứng cử hay không?"),
    ([DIRECTIVE], "Văn bản này do ai ký?", "Ai ký Chỉ thị 41-CT/TW?"),
    ([CELLS], "Còn tỉnh Gia Lai?", "Đảng bộ tỉnh Gia Lai có bao nhiêu chi bộ tính đến 31/12/2018?"),
]
SAID = [entry for entry in CONVERSATIONS if entry[2]]
#: What a model may put for something else.
TURNED = [
    ("bao nhiêu", "vì sao"),
    (" kết nạp", " không kết nạp"),
    (" có ", " không có "),
    (" được ", " không được "),
    ("tỉnh", "thành phố"),
    ("năm 20", "trước năm 20"),
    ("Năm 20", "Từ năm 20"),
    ("đảng viên mới", "đảng viên dự bị"),
    ("đảng viên", "chi bộ"),
    ("Đảng viên dự bị", "Đảng viên chính thức"),
    ("Ai ký", "Ai không ký"),
    ("How many", "Why did so many"),
    (" did ", " did not "),
    ("new members", "cells"),
]


def against(proposed: str, question: str, history: list[str]) -> Doubt | None:
    standalone = followup.standalone(question, history)
    ruled = read(question, standalone=standalone)
    return doubt(proposed, question, history, ruled, completed=standalone != question)


@pytest.mark.parametrize(("history", "question", "completed"), SAID)
def test_the_same_in_other_words_is_the_same(history: list[str], question: str, completed: str) -> None:
    assert against(completed, question, history) is None


@pytest.mark.parametrize(("history", "question", "completed"), CONVERSATIONS)
def test_no_other_question_is(history: list[str], question: str, completed: str) -> None:
    others = [entry[2] for entry in SAID] + [entry[0][-1] for entry in CONVERSATIONS]
    for other in others:
        if other != completed:
            assert against(other, question, history) is not None, other


@pytest.mark.parametrize(("history", "question", "completed"), SAID)
def test_a_word_or_figure_exchanged_makes_another_question(
    history: list[str], question: str, completed: str
) -> None:
    wrong = [completed.replace(said, turned, 1) for said, turned in TURNED if said in completed]
    for digit in re.finditer(r"\d", completed):
        other = str((int(digit.group()) + 1) % 10)
        wrong.append(completed[: digit.start()] + other + completed[digit.end() :])
    assert wrong
    for proposed in wrong:
        assert against(proposed, question, history) is not None, proposed
