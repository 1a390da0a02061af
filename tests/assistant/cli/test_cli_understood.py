"""``pba ask`` says in what a question was read otherwise than it was typed."""

from __future__ import annotations

import io
from typing import Any

import pytest

from assistant.cli.ask import answer_lines
from assistant.cli.show import line
from assistant.types import Answer, AnswerStatus, ReadingStep, Statement, Understood
from assistant.wording import wording

WORDS = wording("vi")
SAID = Statement("Chi bộ họp mồng ba. [1]", ())


def answer(*understood: Understood, standalone: str = "Chi bộ họp khi nào?") -> Answer:
    return Answer(
        question="Chi bộ họp khi nào?",
        standalone=standalone,
        status=AnswerStatus.GROUNDED,
        statements=(SAID,),
        understood=understood,
    )


def test_nothing_is_said_where_nothing_was_read_otherwise() -> None:
    assert answer_lines(answer(), WORDS) == [SAID.text]


def test_details_stand_before_the_answer() -> None:
    told = answer(
        Understood(ReadingStep.ABBREVIATION, "ĐV", "đảng viên"),
        Understood(ReadingStep.SPELLING, "chii", "chi"),
    )
    assert answer_lines(told, WORDS) == ["(ĐV → đảng viên; chii → chi)", "", SAID.text]


def test_the_whole_question_stands_right_above_its_details() -> None:
    told = answer(Understood(ReadingStep.NUMBER, "28", "28-CT/TW"), standalone="Chỉ thị 28 nói gì?")
    assert answer_lines(told, WORDS) == [
        WORDS.understood.format(question="Chỉ thị 28 nói gì?"),
        "(28 → 28-CT/TW)",
        "",
        SAID.text,
    ]


@pytest.mark.parametrize("step", [ReadingStep.DIACRITICS, ReadingStep.FOLLOWUP])
def test_marks_and_followups_are_told_by_the_whole_question_alone(step: ReadingStep) -> None:
    told = answer(Understood(step, "Vì sao?", "Vì sao chi bộ họp?"), standalone="Vì sao chi bộ họp?")
    assert answer_lines(told, WORDS)[:2] == [WORDS.understood.format(question="Vì sao chi bộ họp?"), ""]
    assert not any("→" in line for line in answer_lines(told, WORDS))


def test_a_real_question_with_an_abbreviation_is_told(pba: Any) -> None:
    assert "(ĐV → đảng viên)" in pba("ask", "Năm 2023 xã Hòa Lạc kết nạp bao nhiêu ĐV?").out
    told = pba("ask", "Năm 2023 xã Hòa Lạc kết nạp bao nhiêu ĐV?", "--json").json["understood"]
    assert told == [{"step": "abbreviation", "typed": "ĐV", "read": "đảng viên"}]
    assert "→" not in pba("ask", "Năm 2023 xã Hòa Lạc kết nạp bao nhiêu đảng viên?").out


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_what_answers_in_bold() -> None:
    shown = Terminal()
    line("Có 31 chi bộ\x1b[7m [1]", bold=[(3, 12)], to=shown)
    assert shown.getvalue() == "Có \x1b[1m31 chi bộ\x1b[0m [7m [1]\n"


def test_what_goes_into_a_file_has_no_signs_of_a_terminal() -> None:
    shown = io.StringIO()
    line("Có 31 chi bộ [1]", bold=[(3, 12)], to=shown)
    assert shown.getvalue() == "Có 31 chi bộ [1]\n"
