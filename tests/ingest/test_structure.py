"""The outline follows the numbering of Vietnamese documents and nothing that only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.markers import mark_of, roman_value, to_roman
from ingest.structure import Block, BlockKind, outline
from ingest.types import Locator


def parts(text: str) -> list[tuple[str, BlockKind, Locator]]:
    return [(text[b.start : b.end], b.kind, b.locator) for b in outline(text)]


def block(text: str, beginning: str) -> Block:
    return next(b for b in outline(text) if text[b.start : b.end].startswith(beginning))


RULES = """QUY CHẾ
Làm việc của chi bộ

Chương I
NHỮNG QUY ĐỊNH CHUNG

Điều 1. Phạm vi áp dụng
1. Quy chế này áp dụng cho các chi bộ.
2. Chi bộ ghép làm như sau:
a) Họp mỗi tháng một lần;
b) Ghi biên bản đầy đủ.
3. Điều 4 của Điều lệ được giữ nguyên.

Điều 2. Quy chế có hiệu lực từ ngày ký.

Chương II
TỔ CHỨC THỰC HIỆN
Mục 1
Phân công

Điều 3
Trách nhiệm của chi ủy
Chi ủy phân công từng người.

Nơi nhận:
- Các chi bộ;
- Lưu.
"""

PLAN = """Kế hoạch mở lớp

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Giúp người học hiểu về Đảng.
2. Yêu cầu
2.1. Đúng đối tượng.
2.2. Đủ nội dung.
II- NỘI DUNG
1- Thời gian: hai ngày.
2- Địa điểm: hội trường.
- Buổi sáng học;
+ nghỉ giữa giờ.
III/ Tổ chức thực hiện
Đảng ủy giao văn phòng theo dõi.
"""


def test_articles_clauses_and_points_nest() -> None:
    assert block(RULES, "1. Quy chế").locator == Locator(chapter="I", article="1", clause="1")
    assert block(RULES, "b) Ghi").locator == Locator(chapter="I", article="1", clause="2", point="b")
    assert block(RULES, "3. Điều 4").locator == Locator(chapter="I", article="1", clause="3")
    assert block(RULES, "Điều 2").locator == Locator(chapter="I", article="2")
    assert block(RULES, "Chi ủy phân").locator == Locator(chapter="II", section="1", article="3")


def test_headings_over_two_lines_are_one() -> None:
    assert block(RULES, "Chi ủy phân").heading_path == (
        "Chương II TỔ CHỨC THỰC HIỆN",
        "Mục 1 Phân công",
        "Điều 3 Trách nhiệm của chi ủy",
    )
    assert (
        RULES[block(RULES, "Chương I").start : block(RULES, "Chương I").end]
        == "Chương I\nNHỮNG QUY ĐỊNH CHUNG"
    )


def test_an_article_that_is_a_sentence_is_text_under_its_number() -> None:
    second = block(RULES, "Điều 2")
    assert second.kind is BlockKind.CLAUSE
    assert second.heading_path[-1] == "Điều 2"


def test_title_heads_nothing_and_recipients_stand_outside() -> None:
    assert block(RULES, "QUY CHẾ").heading_path == ()
    for beginning in ("Nơi nhận", "- Các chi bộ"):
        assert block(RULES, beginning).locator == Locator()
        assert block(RULES, beginning).heading_path == ()


def test_roman_sections_clauses_and_lists() -> None:
    assert block(PLAN, "Giúp").locator == Locator(section="I", clause="1")
    assert block(PLAN, "Giúp").heading_path == ("I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích")
    assert block(PLAN, "2.1.").locator == Locator(section="I", clause="2.1")
    assert block(PLAN, "2- Địa").locator == Locator(section="II", clause="2")
    assert block(PLAN, "- Buổi").kind is BlockKind.LIST_ITEM
    assert block(PLAN, "+ nghỉ").locator == Locator(section="II", clause="2")
    assert block(PLAN, "Đảng ủy giao").locator == Locator(section="III")
    assert block(PLAN, "Đảng ủy giao").heading_path == ("III/ Tổ chức thực hiện",)


def test_letters_above_romans_even_in_the_small_letters_of_legacy_fonts() -> None:
    text = (
        "Thông tư\n\na - phạm vi áp dụng\n\nI/ Đối tượng:\n1/ Cá nhân.\n\n"
        "b - cách làm\n\nI/ Hồ sơ:\nGiấy tờ.\n"
    )
    assert block(text, "1/ Cá").locator == Locator(part="A", section="I", clause="1")
    assert block(text, "Giấy").locator == Locator(part="B", section="I")


def test_parts_named_by_words_and_letters() -> None:
    text = (
        "PHẦN THỨ NHẤT\nTÌNH HÌNH\nI. Thuận lợi\nĐã tốt.\nPhần thứ hai: PHƯƠNG HƯỚNG\nI. Mục tiêu\nTốt hơn.\n"
    )
    assert block(text, "Đã tốt").locator == Locator(part="thứ nhất", section="I")
    assert block(text, "Đã tốt").heading_path == ("PHẦN THỨ NHẤT TÌNH HÌNH", "I. Thuận lợi")
    assert block(text, "Tốt hơn").heading_path[0] == "Phần thứ hai: PHƯƠNG HƯỚNG"


@pytest.mark.parametrize(
    "line",
    [
        "Điều 4 của Điều lệ Đảng quy định về chi bộ.",
        "Điều 4, khoản 2 được sửa đổi.",
        "Chương II của Quy chế này quy định việc họp.",
        "2019. là năm có nhiều lớp",
        "1.370 người đã dự lớp.",
        "8.418 đảng viên sinh hoạt ở 110 tổ chức.",
        "5% số chi bộ đạt loại tốt.",
        "10/9, Thường trực họp.",
        "22-04-2024",
        "V. I. Lênin đã viết về việc này.",
        "C. Mác viết về việc này.",
        "V. Putin đến thăm.",
        "v.v. và những việc khác",
        "đ/c Nguyễn An phụ trách.",
        "Mục tiêu của lớp là nâng cao nhận thức.",
        "Phần lớn học viên là thanh niên.",
        "I-ta-li-a là một nước",
    ],
)
def test_sentences_and_figures_start_nothing(line: str) -> None:
    text = f"Đầu đề của bài\n\nĐoạn mở đầu của bài viết.\n\n{line}\n\nĐoạn sau cùng.\n"
    found = block(text, line)
    assert (found.kind, found.locator, found.heading_path) == (BlockKind.PARAGRAPH, Locator(), ())
    assert block(text, "Đoạn sau").locator == Locator()


def test_a_line_wrapped_in_front_of_a_number_starts_nothing() -> None:
    text = (
        "1. Các chi bộ phải hoàn thành việc rà soát hồ sơ của đảng viên trước ngày\n"
        "15. Sau đó báo cáo với đảng ủy về kết quả và những việc còn phải làm tiếp\n"
        "trong quý sau.\n2. Đảng ủy tổng hợp.\n"
    )
    assert [(b.locator.clause, text[b.start : b.start + 2]) for b in outline(text)] == [
        ("1", "1."),
        ("2", "2."),
    ]


def test_markdown_headings_nest_by_their_hashes() -> None:
    text = (
        "# Sổ tay\n\n## I. Mở đầu\n\n### Câu 1. Là gì?\n\nTrả lời một.\n\n"
        "### Câu 2. Vì sao?\n\nTrả lời hai.\n\n## Kết\n\nXong.\n"
    )
    assert block(text, "Trả lời hai").heading_path == ("I. Mở đầu", "Câu 2. Vì sao?")
    assert block(text, "Trả lời hai").locator == Locator(section="I")
    assert block(text, "Xong").heading_path == ("Kết",)
    assert block(text, "# Sổ tay").heading_path == ()


def test_table_rows_are_told() -> None:
    text = "I. Số liệu\nTT | Tên | Số\n1 | Lớp A | 45\n2 | Lớp B | 40\nHết bảng.\n"
    assert [b.kind for b in outline(text)][1:] == [*[BlockKind.TABLE_ROW] * 3, BlockKind.PARAGRAPH]


def test_annex_begins_anew() -> None:
    text = RULES + "\nPHỤ LỤC I\n\n1. Mẫu đơn dùng cho chi bộ.\n"
    assert block(text, "1. Mẫu").locator == Locator(clause="1")
    assert block(text, "1. Mẫu").heading_path == ("PHỤ LỤC I",)


@given(st.integers(1, 89))
def test_roman_numerals(value: int) -> None:
    assert roman_value(to_roman(value)) == value


def test_wrong_roman_numerals_are_no_marks() -> None:
    assert mark_of("IIII. Mục tiêu") is None
    assert mark_of("VX. Mục tiêu") is None


LINE = st.one_of(
    st.sampled_from(
        [
            *RULES.split("\n"),
            *PLAN.split("\n"),
            "# Một",
            "## II. Hai",
            "| a | b |",
            "a\tb\tc",
            "*",
            "I-",
            "1.",
            "a)",
            "\u2028x",
        ]
    ),
    st.text(max_size=60),
)


@given(st.lists(LINE, max_size=30))
def test_every_character_is_in_one_block_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    at = 0
    for found in outline(text):
        assert not text[at : found.start].strip()
        assert text[found.start : found.end] == text[found.start : found.end].strip() != ""
        assert all(label.strip() for label in found.heading_path)
        at = found.end
    assert not text[at:].strip()
    assert outline(text) == outline(text)
