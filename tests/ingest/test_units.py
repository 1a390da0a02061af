"""The units that can be quoted: sentences and parts of long ones, exact spans of their passage."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.split import split
from ingest.types import Document, Passage
from ingest.units import Unit, asks, outlined, units


def passages_of(text: str, max_tokens: int = 256) -> tuple[Document, list[Passage]]:
    document = Document("a.md", "0" * 64, "Tài liệu", text)
    return document, list(split(document, count_tokens=lambda part: len(part.split()), max_tokens=max_tokens))


def units_of(text: str, max_tokens: int = 256) -> list[Unit]:
    document, passages = passages_of(text, max_tokens)
    return [unit for passage in passages for unit in units(document, passage)]


def texts(text: str, max_tokens: int = 256) -> list[str]:
    return [text[unit.start : unit.end] for unit in units_of(text, max_tokens)]


def test_sentences_are_units_and_headings_and_labels_are_none() -> None:
    text = (
        "# Bản tin của huyện miền núi\n\n## Việc đã làm trong năm\n\nChi bộ họp vào mồng ba."
        " Bà con rất vui mừng."
        "\n\nTag: tin tức\n\nBảng số liệu chi bộ:\n\nChi bộ | Số đảng viên | Nữ\n"
        "Bản Pa Khen | 27 đảng viên | 9\n"
    )
    assert texts(text) == [
        "Chi bộ họp vào mồng ba.",
        "Bà con rất vui mừng.",
        "Bảng số liệu chi bộ:",
        "Bản Pa Khen | 27 đảng viên | 9",
    ]
    assert [unit.heading[-1] for unit in units_of(text)] == ["Việc đã làm trong năm"] * 4


ANSWERS = """\
# Hỏi đáp của ban biên tập

## Về chuyển sinh hoạt

Câu hỏi: Ai ký giấy giới thiệu?

Bí thư.

Câu hỏi: Vì sao hồ sơ phải niêm phong?

Trả lời: Vì bên trong có lý lịch của đảng viên.

Hồ sơ mất thì phải báo ngay cho chi ủy.

## Lời nhắn

Bạn đọc gửi câu hỏi về tòa soạn.
"""


def test_an_answer_knows_its_question_however_short_it_is() -> None:
    found = {
        ANSWERS[unit.start : unit.end]: unit.question and ANSWERS[slice(*unit.question)]
        for unit in units_of(ANSWERS)
    }
    assert found == {
        "Câu hỏi: Ai ký giấy giới thiệu?": None,
        "Bí thư.": "Câu hỏi: Ai ký giấy giới thiệu?",
        "Câu hỏi: Vì sao hồ sơ phải niêm phong?": None,
        "Trả lời: Vì bên trong có lý lịch của đảng viên.": "Câu hỏi: Vì sao hồ sơ phải niêm phong?",
        "Hồ sơ mất thì phải báo ngay cho chi ủy.": "Câu hỏi: Vì sao hồ sơ phải niêm phong?",
        "Bạn đọc gửi câu hỏi về tòa soạn.": None,
    }


def test_a_question_is_the_last_heading_of_its_answer() -> None:
    answer = next(unit for unit in units_of(ANSWERS) if ANSWERS[unit.start : unit.end] == "Bí thư.")
    assert answer.heading == ("Về chuyển sinh hoạt", "Câu hỏi: Ai ký giấy giới thiệu?")
    assert answer.meaning == "Câu hỏi: Ai ký giấy giới thiệu?: Bí thư."


def test_a_question_far_above_is_not_answered_any_more() -> None:
    paragraphs = [f"Đoạn thứ {number} nói về việc của bản." for number in range(1, 7)]
    text = "Câu hỏi: Ai ký giấy giới thiệu?\n\n" + "\n\n".join(paragraphs)
    answers = [text[unit.start : unit.end] for unit in units_of(text) if unit.question]
    assert answers == paragraphs[:3]


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("Ai ký giấy giới thiệu?", True),
        ("**Ai ký giấy giới thiệu?**", True),
        ("Câu 12. Nêu nhiệm vụ của chi ủy", True),
        ("Hỏi: xin cho biết thời gian dự bị", True),
        ("Đáp án: 12 tháng", False),
        ("Trả lời: có phải báo cáo.", False),
        ("Chi bộ hỏi ý kiến bà con.", False),
        ("Câu chuyện của bản", False),
    ],
)
def test_what_asks(line: str, question: bool) -> None:
    assert asks(line) is question


PARTS = [
    "Đảng ủy yêu cầu các chi bộ rà lại danh sách quần chúng ưu tú ở từng thôn bản và phân công người kèm cặp",
    "mở thêm lớp bồi dưỡng vào buổi tối cho bà con đi nương về muộn ở các bản xa",
    "báo cáo kết quả hằng quý về thường trực đảng ủy bằng văn bản có chữ ký của bí thư chi bộ",
]


def test_parts_of_a_long_sentence_are_units_that_know_it() -> None:
    text = "; ".join(PARTS) + "."
    assert len(text.split()) > 55
    found = units_of(text)
    assert [text[unit.start : unit.end] for unit in found] == [*PARTS[:2], PARTS[2] + "."]
    assert {unit.sentence for unit in found} == {(0, len(text))}
    assert {unit.order for unit in found} == {0}
    short = "; ".join(PARTS[:2]) + "."
    assert texts(short) == [short]


def test_a_short_unit_is_embedded_with_its_nearest_heading_and_a_long_one_alone() -> None:
    long = "Các chi bộ " + "họp bàn kỹ từng việc một " * 6 + "rồi mới biểu quyết."
    short, alone = units_of(f"# Bản tin\n\n## Cách làm\n\nTreo loa ở đầu bản.\n\n{long}\n")
    assert short.meaning == "Cách làm: Treo loa ở đầu bản."
    assert alone.meaning == long
    (bare,) = units_of("Treo loa ở đầu bản.")
    assert bare.meaning == "Treo loa ở đầu bản."


def test_a_sentence_longer_than_a_passage_is_seen_to_go_on() -> None:
    text = "Các chi bộ " + "họp bàn thật kỹ từng việc một của bản " * 12 + "rồi mới biểu quyết."
    found = units_of(text, max_tokens=40)
    assert len(found) > 2
    first, *middle, last = found
    assert (first.sentence[0] == first.start, first.sentence[1] > first.end) == (True, True)
    assert all(unit.sentence[0] < unit.start and unit.end < unit.sentence[1] for unit in middle)
    assert (last.sentence[0] < last.start, last.sentence[1] == last.end) == (True, True)


def test_the_outline_of_a_text_is_made_once() -> None:
    assert outlined(ANSWERS) is outlined(ANSWERS)
    assert outlined(ANSWERS).position(0) == 0
    assert outlined("\n\nMở đầu.").position(0) == -1
    assert outlined("\n\nMở đầu.").at(0) == (None, False)


PIECES = [
    "Chi bộ họp vào mồng ba.",
    "Đảng viên mới, dự bị; chính thức:",
    "; ".join(PARTS) + ".",
    "\n",
    "\n\n",
    "- một mục của bản;",
    "# Đầu đề",
    " ",
    "1. ",
    "Vì sao phải họp?",
    "Câu 3. ",
    "Đáp án: A",
    "\n\nĐiều 2. Tên điều\n\n",
    "\n\n| a | b |\n|---|---|\n| c | d |\n\n",
    "“Lời dặn của Bác",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=16), st.integers(8, 60))
def test_units_of_any_text_are_spans_in_order_within_their_passage(
    pieces: list[str], max_tokens: int
) -> None:
    text = "Mở đầu của văn bản này.\n" + "".join(pieces)
    document, passages = passages_of(text, max_tokens)
    spans: list[tuple[int, int]] = []
    for passage in passages:
        for unit in units(document, passage):
            own = text[unit.start : unit.end]
            assert passage.start <= unit.start < unit.end <= passage.end
            assert own == own.strip()
            assert len(own.split()) >= (4 if unit.question is None else 1)
            assert unit.sentence[0] <= unit.start < unit.end <= unit.sentence[1]
            assert unit.meaning.endswith(own)
            assert unit.meaning == own or unit.meaning == f"{unit.heading[-1]}: {own}"
            if unit.question is not None:
                assert unit.question[1] <= unit.start
                assert asks(text[slice(*unit.question)])
                assert text[slice(*unit.question)] in unit.heading
            assert not outlined(text).at(unit.start)[1]
            spans.append((unit.start, unit.end))
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
