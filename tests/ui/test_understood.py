"""The page says in what a question was read otherwise than it was typed."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from assistant.types import Answer, ReadingStep, Understood
from ui import chat
from ui.wording import wording

VI = wording("vi")
QUESTION = "Lớp bồi dưỡng học mấy ngày?"


@pytest.fixture
def plain_answer(assistant: Any) -> Answer:
    """An answer to a question that was read as it was typed."""
    answer = assistant.ask(QUESTION)
    return replace(answer, standalone=answer.question, understood=())


def lines(answer: Answer) -> list[str]:
    html = chat.answer_message(answer, 1, VI)
    found = re.findall(r'<p class="pba-understood">(.*?)</p>', html)
    return [" ".join(unescape(re.sub(r"<[^>]+>", "", line)).split()) for line in found]


def test_nothing_is_said_where_nothing_was_read_otherwise(plain_answer: Answer) -> None:
    assert lines(plain_answer) == []


@pytest.mark.parametrize(
    "step", [step for step in ReadingStep if step not in (ReadingStep.DIACRITICS, ReadingStep.FOLLOWUP)]
)
def test_what_was_read_otherwise_is_told_as_typed_and_as_read(
    plain_answer: Answer, step: ReadingStep
) -> None:
    told = (Understood(step, "TCCSĐ", "tổ chức cơ sở đảng"), Understood(step, "chii", "chi"))
    assert lines(replace(plain_answer, understood=told)) == ["TCCSĐ → tổ chức cơ sở đảng; chii → chi"]


@pytest.mark.parametrize("step", [ReadingStep.DIACRITICS, ReadingStep.FOLLOWUP])
def test_marks_and_followups_are_told_by_the_whole_question(plain_answer: Answer, step: ReadingStep) -> None:
    told = (Understood(step, "lop", "lớp"),)
    answer = replace(plain_answer, question="lop boi duong hoc may ngay", understood=told)
    assert lines(answer) == [f"Đã hiểu là: {QUESTION} Hỏi đúng như đã gõ"]


def test_the_whole_question_stands_before_its_details(plain_answer: Answer) -> None:
    told = (Understood(ReadingStep.ABBREVIATION, "TW", "Trung ương"),)
    answer = replace(plain_answer, standalone="Trung ương mở lớp nào?", understood=told)
    assert lines(answer) == ["Đã hiểu là: Trung ương mở lớp nào? Hỏi đúng như đã gõ", "TW → Trung ương"]


def test_what_was_typed_brings_no_element_and_no_line(plain_answer: Answer) -> None:
    told = (Understood(ReadingStep.SPELLING, "<img src=x>\n# hai", "[x](javascript:alert(1))"),)
    html = chat.answer_message(replace(plain_answer, understood=told), 1, VI)
    assert "<img" not in html
    assert "\n" not in html
    assert not re.search(r'href="javascript', html)
