"""Sentences and clauses are exact spans, cut where a reader would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import clauses, sentences


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Đoàn công tác đến TP. Hà Nội vào buổi sáng.",
        "Ban Bí thư T.Ư. Đảng đã họp.",
        "Toàn tỉnh có 57.763 đảng viên và 8.418 quần chúng.",
        "Hội nghị ngày 10.9.2020 bàn việc này.",
        "Buổi học do PGS.TS. Nguyễn Văn An giảng.",
        "Lớp do đ/c. Trần Bình phụ trách.",
        "Sách, báo, loa… đều được dùng.",
        "Giáo viên, nông dân... cùng dự lớp.",
        "C. Mác và V. I. Lênin được nhắc tới.",
        "1. Chi ủy phân công người giúp đỡ.",
        "Điều 4. Đảng viên có nhiệm vụ sau.",
        "a) Có lý lịch rõ ràng;",
        "- Một việc; hai việc; ba việc;",
    ],
)
def test_one_sentence_stays_whole(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Chi bộ họp. Cấp ủy nghe.", ["Chi bộ họp.", "Cấp ủy nghe."]),
        ("Thực hiện Chỉ thị số 28. Các cấp làm.", ["Thực hiện Chỉ thị số 28.", "Các cấp làm."]),
        ("Người nói là ông Nguyễn Văn A. Ông cảm ơn.", ["Người nói là ông Nguyễn Văn A.", "Ông cảm ơn."]),
        ("Có sách, báo v.v. Sau đó họp.", ["Có sách, báo v.v.", "Sau đó họp."]),
        ("Đó là năm 2019. Năm sau có 5 lớp.", ["Đó là năm 2019.", "Năm sau có 5 lớp."]),
        ("“Chất lượng là chính.” Bà nói thế.", ["“Chất lượng là chính.”", "Bà nói thế."]),
        ("Ông hỏi: “Vì sao?”. Bà đáp ngay.", ["Ông hỏi: “Vì sao?”.", "Bà đáp ngay."]),
        ("Nguồn còn thiếu… Đồng thời việc nhiều.", ["Nguồn còn thiếu…", "Đồng thời việc nhiều."]),
        ("Lớp kết thúc. 45 người dự.", ["Lớp kết thúc.", "45 người dự."]),
        ("Dòng một\nDòng hai", ["Dòng một", "Dòng hai"]),
        ("1. Chi ủy họp. 2. Chi bộ nghe.", ["1. Chi ủy họp.", "2. Chi bộ nghe."]),
        ("Tăng vốn đầu tư. Dân ấm no. Tỉnh mạnh.", ["Tăng vốn đầu tư.", "Dân ấm no.", "Tỉnh mạnh."]),
    ],
)
def test_sentences_are_parted(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


def test_clauses_are_cut_outside_brackets_and_figures() -> None:
    text = (
        "Cả năm kết nạp 794 người, đạt 39,7% (nữ 438, trẻ 200; còn lại 156), "
        "tuy nhiên nguồn thiếu; cần bàn thêm"
    )
    assert [text[a:b] for a, b in clauses(text)] == [
        "Cả năm kết nạp 794 người,",
        "đạt 39,7% (nữ 438, trẻ 200; còn lại 156),",
        "tuy nhiên nguồn thiếu;",
        "cần bàn thêm",
    ]


VIETNAMESE = st.text(
    alphabet=st.sampled_from(list('aăđêông ABĐ0123456789.,;:…?!()“”"-–\n\t\u00a0/ủạ')), max_size=300
)


@given(st.one_of(VIETNAMESE, st.text(max_size=200)), st.data())
def test_spans_cover_every_character_once_in_order(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for function in (sentences, clauses):
        spans = function(text, start, end)
        at = start
        for a, b in spans:
            assert not text[at:a].strip()
            assert a < b
            assert text[a:b] == text[a:b].strip()
            at = b
        assert at <= end
        assert not text[at:end].strip()
    assert all("\n" not in text[a:b] for a, b in sentences(text, start, end))
