"""Which part of a quote is the answer itself, and so is shown in bold."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Assistant
from assistant.emphasis import emphasis
from assistant.reading import read
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder


@pytest.mark.parametrize(
    ("question", "quote", "parts"),
    [
        (
            "Huyện có bao nhiêu đảng viên?",
            "Huyện có 31 chi bộ với 1.420 đảng viên, trong đó 20% là nữ.",
            ["1.420 đảng viên"],
        ),
        (
            "Xã có mấy chi bộ và bao nhiêu đảng viên?",
            "Xã có 12 chi bộ, 240 đảng viên và 3 trường học.",
            ["12 chi bộ", "240 đảng viên"],
        ),
        ("Tỷ lệ nữ là bao nhiêu phần trăm?", "Nữ chiếm 36,5%, tăng 12 người.", ["36,5%"]),
        ("Lớp học kéo dài bao lâu?", "Mỗi lớp kéo dài 5 ngày, học ở xã.", ["5 ngày"]),
        (
            "Hội nghị họp khi nào?",
            "Hội nghị họp ngày 14/11/2023 theo kế hoạch năm 2022.",
            ["ngày 14/11/2023"],
        ),
        ("Lớp mở năm nào?", "Lớp mở từ năm 2018.", ["năm 2018"]),
        ("Ai chủ trì hội nghị?", "Đồng chí Giàng Thị Mẩy chủ trì hội nghị tỉnh.", ["Giàng Thị Mẩy"]),
        ("Việc này theo văn bản nào?", "Việc này theo Hướng dẫn số 33-HD/TU của Tỉnh ủy.", ["33-HD/TU"]),
        (
            "Vì sao nguồn kết nạp giảm?",
            "Nguồn kết nạp giảm do thanh niên đi làm xa; xã sẽ mở thêm lớp.",
            ["do thanh niên đi làm xa"],
        ),
        (
            "Chỉ thị 40-CT/TW nói về việc gì?",
            "Xã học Chỉ thị số 40-CT/TW về tín dụng chính sách; cả xã cùng dự.",
            ["về tín dụng chính sách"],
        ),
        ("Nêu các giải pháp tuyên truyền", "Mở lớp buổi tối, phát 300 tờ rơi.", []),
        ("Cần mấy người giới thiệu?", "1. Cần 2 người giới thiệu.", ["2 người giới thiệu"]),
    ],
)
def test_the_part_that_answers(question: str, quote: str, parts: list[str]) -> None:
    assert [quote[start:end] for start, end in emphasis(read(question), quote)] == parts


def test_many_parts_point_at_nothing() -> None:
    quote = "Các năm có 11, 12, 13, 14 và 15 người."
    assert emphasis(read("Có bao nhiêu lớp?"), quote) == ()


@given(
    st.text(max_size=120),
    st.sampled_from(["Có bao nhiêu người?", "Ai nói?", "Vì sao?", "Khi nào?", "Ở đâu?"]),
)
def test_parts_lie_in_the_quote_and_never_overlap(quote: str, question: str) -> None:
    at = 0
    for start, end in emphasis(read(question), quote):
        assert at <= start < end <= len(quote)
        at = end


def test_in_a_row_of_a_table_the_cell_of_the_column_asked_for(tmp_path: Path, embedder: Embedder) -> None:
    table = "| Đơn vị | Số chi bộ | Số đảng viên |\n|---|---|---|\n| Xã Nậm Pung | 9 | 187 |\n| Xã Tả Phời | 14 | 305 |\n"
    (tmp_path / "bang.md").write_text(f"# Thống kê tổ chức đảng của huyện\n\n{table}", encoding="utf-8")
    with Library.open(tmp_path / "library", embedder=embedder) as library:
        ingest(library, [tmp_path / "bang.md"])
        answer = Assistant(library).ask("Xã Tả Phời có bao nhiêu đảng viên?")
    rows = [s for s in answer.statements if "Tả Phời" in s.text]
    assert [[row.text[start:end] for start, end in row.emphasis] for row in rows] == [["305"]]


def test_every_emphasis_of_an_answer_is_part_of_its_last_quote(assistant: Assistant) -> None:
    answer = assistant.ask("Năm 2023 Đảng bộ tỉnh Lào Cai kết nạp được bao nhiêu đảng viên mới?")
    first = answer.statements[0]
    assert [first.text[start:end] for start, end in first.emphasis] == ["1.846 đảng viên mới"]
