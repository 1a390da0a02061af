"""Proving an item again after an edit: what breaks the proof is told at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.study.gather import Line
from assistant.study.quiz import faults_of
from assistant.study.types import Fault, Option, Pair, QuizItem, QuizKind, Step
from index.library import Library

LineWith = Callable[[str], Line]


@pytest.fixture
def single(line_with: LineWith) -> QuizItem:
    options = tuple(Option(text, text == "57.763") for text in ("23.134", "57.763", "8.418", "11.000"))
    stem = "Đến ngày 30/11/2019, toàn Đảng bộ tỉnh Bắc Ninh có bao nhiêu đảng viên?"
    return QuizItem("q1", QuizKind.SINGLE, stem, (line_with("57.763 đảng viên").cite(),), options=options)


def options(item: QuizItem, *texts: str, right: str) -> QuizItem:
    return replace(item, options=tuple(Option(text, text == right) for text in texts))


def test_a_sound_item_has_no_fault(single: QuizItem, sample: Library) -> None:
    assert faults_of(single, sample) == ()


def test_a_quote_that_is_not_at_its_place(single: QuizItem, sample: Library) -> None:
    citation = single.citations[0]
    for broken in (
        replace(citation, quote=citation.quote.replace("57.763", "57.764")),
        replace(citation, start=citation.start + 1),
        replace(citation, document_id="nowhere.txt"),
    ):
        assert faults_of(replace(single, citations=(broken,)), sample) == (Fault.QUOTE,)


def test_a_key_that_the_quote_does_not_have(single: QuizItem, sample: Library) -> None:
    edited = options(single, "23.134", "57.764", "8.418", right="57.764")
    assert Fault.KEY in faults_of(edited, sample)


@pytest.mark.parametrize(
    "stem",
    [
        "Đến ngày 30/11/2018, toàn Đảng bộ tỉnh Bắc Ninh có bao nhiêu đảng viên?",
        "Đến ngày 30/11/2019, toàn Đảng bộ tỉnh Hà Nam có bao nhiêu đảng viên?",
        "Trong các doanh nghiệp nước ngoài ở làng nghề, có bao nhiêu đảng viên là công nhân trẻ?",
    ],
)
def test_a_stem_that_the_quote_does_not_bear_out(single: QuizItem, sample: Library, stem: str) -> None:
    assert Fault.TEXT in faults_of(replace(single, stem=stem), sample)


def test_a_distractor_that_is_stated_of_the_same_thing(
    single: QuizItem, sample: Library, line_with: LineWith
) -> None:
    stem = "Điều lệ Đảng Cộng sản Việt Nam được Đại hội đại biểu toàn quốc lần thứ XI thông qua ngày 19/01/2011, gồm bao nhiêu chương?"
    item = replace(single, stem=stem, citations=(line_with("gồm 12 chương").cite(),))
    assert faults_of(options(item, "12", "20", "30", right="12"), sample) == ()
    assert faults_of(options(item, "12", "48", "30", right="12"), sample) == (Fault.DISTRACTOR,)


@pytest.mark.parametrize(
    "change",
    [
        {"stem": "  "},
        {"citations": ()},
        {"options": (Option("57.763", True), Option("1", False))},
        {"options": (Option("57.763", True), Option("1", False), Option("1", False))},
        {"options": (Option("1", False), Option("2", False), Option("3", False))},
        {"kind": QuizKind.MULTIPLE},
        {"kind": QuizKind.TRUE_FALSE},
        {"kind": QuizKind.FILL},
        {"kind": QuizKind.SHORT},
        {"kind": QuizKind.MATCH},
        {"kind": QuizKind.ORDER},
    ],
)
def test_a_form_that_cannot_be_answered(single: QuizItem, sample: Library, change: dict[str, object]) -> None:
    assert faults_of(replace(single, **change), sample) == (Fault.FORM,)  # type: ignore[arg-type]


def test_true_and_false_are_told_apart(single: QuizItem, sample: Library) -> None:
    said = "Đến ngày 30/11/2019, toàn Đảng bộ tỉnh Bắc Ninh có {} đảng viên."
    judged = replace(single, kind=QuizKind.TRUE_FALSE, options=())
    assert faults_of(replace(judged, stem=said.format("57.763"), truth=True), sample) == ()
    assert faults_of(replace(judged, stem=said.format("23.134"), truth=False), sample) == ()
    assert Fault.KEY in faults_of(replace(judged, stem=said.format("23.134"), truth=True), sample)
    quote = single.citations[0].quote
    assert Fault.KEY in faults_of(replace(judged, stem=quote, truth=False), sample)
    for nonsense in (
        "Trời hôm nay có mây.",
        "Mặt trăng có 5 người sinh sống.",
        "Giá vàng năm 2019 tăng 20%.",
    ):
        assert Fault.KEY in faults_of(replace(judged, stem=nonsense, truth=False), sample)


def test_a_denial_of_what_is_said_is_no_true_claim(sample: Library, line_with: LineWith) -> None:
    line = line_with("xóa tên không phải là một hình thức kỷ luật")
    claim = "Xóa tên {} một hình thức kỷ luật, còn khai trừ thì có."
    item = QuizItem("q5", QuizKind.TRUE_FALSE, claim.format("không phải là"), (line.cite(),), truth=True)
    assert faults_of(item, sample) == ()
    assert faults_of(replace(item, stem=claim.format("là")), sample) == (Fault.KEY,)


def test_pairs_must_stand_in_their_quotes(sample: Library, line_with: LineWith) -> None:
    rows = [("CT", "chỉ thị"), ("NQ", "nghị quyết"), ("KL", "kết luận")]
    citation = line_with("CT là chỉ thị; NQ là nghị quyết; KL là kết luận").cite()
    item = QuizItem(
        "q2",
        QuizKind.MATCH,
        "Hãy nối mỗi chữ viết tắt với nghĩa đầy đủ.",
        (citation,),
        pairs=tuple(Pair(left, right, citation) for left, right in rows),
    )
    assert faults_of(item, sample) == ()
    wrong = replace(item.pairs[0], right="chỉ tiêu")
    assert faults_of(replace(item, pairs=(wrong, *item.pairs[1:])), sample) == (Fault.KEY,)
    same = replace(item.pairs[0], right="nghị quyết")
    assert faults_of(replace(item, pairs=(same, *item.pairs[1:])), sample) == (Fault.FORM,)


def test_steps_must_stand_in_the_right_order(sample: Library, line_with: LineWith) -> None:
    dated = [("29-QĐ/TW", "25/7/2016"), ("24-QĐ/TW", "30/7/2021"), ("232-QĐ/TW", "20/01/2025")]
    steps = tuple(
        Step(f"Quy định số {number}", line_with(f"Quy định số {number} ngày {day}").cite(), day)
        for number, day in dated
    )
    stem = "Hãy sắp xếp các văn bản sau theo thời gian ban hành, từ sớm nhất đến muộn nhất."
    item = QuizItem("q3", QuizKind.ORDER, stem, tuple(step.citation for step in steps), steps=steps)
    assert faults_of(item, sample) == ()
    assert faults_of(replace(item, steps=steps[::-1]), sample) == (Fault.KEY,)


def test_an_item_beside_others(single: QuizItem, sample: Library) -> None:
    again = replace(single, id="q9", kind=QuizKind.SHORT, options=(), accepted=("57.763",))
    assert Fault.REPEATED in faults_of(single, sample, [single, again])
    telling = replace(
        single,
        id="q8",
        kind=QuizKind.TRUE_FALSE,
        options=(),
        truth=True,
        stem="Đến ngày 30/11/2019, toàn Đảng bộ tỉnh Bắc Ninh có 57.763 đảng viên.",
    )
    assert Fault.GIVEN_AWAY in faults_of(single, sample, [telling])
    assert faults_of(single, sample, [single]) == ()


def test_an_answer_that_another_place_gives_differently(sample: Library, line_with: LineWith) -> None:
    line = line_with("Hướng dẫn số 01-HD/TW ngày 28/9/2021")
    stem = "Hướng dẫn số 01-HD/TW của Ban Bí thư được ban hành ngày nào?"
    item = QuizItem("q4", QuizKind.SHORT, stem, (line.cite(),), accepted=("28/9/2021",))
    assert Fault.DISPUTED in faults_of(item, sample)
