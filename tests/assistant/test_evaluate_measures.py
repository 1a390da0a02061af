"""Every measure against figures worked out by hand on a small report of our own."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluate import measures
from assistant.types import Answer, AnswerStatus, Citation, Statement
from index.types import Hit
from ingest.types import Document, Passage

TEXT = (
    "Năm 2023, Đảng bộ xã Hòa Lạc kết nạp 1.250 đảng viên, đạt 39,7% kế hoạch. "
    "Trong đó có 20 người là nữ. Lớp học kéo dài 5 ngày."
)
OTHER_TEXT = "Xã An Bình có 12 chi bộ."
REPORT = Document("bao-cao.txt", "a" * 64, "Báo cáo", TEXT, names=("bao-cao.txt", "ban-sao.txt"))
OTHER = Document("khac.txt", "b" * 64, "Khác", OTHER_TEXT, issued_on=date(2024, 1, 1), names=("khac.txt",))
LIBRARY = {REPORT.id: REPORT, OTHER.id: OTHER}


def cite(quote: str, marker: int = 1, document: Document = REPORT, label: str = "") -> Citation:
    start = document.text.index(quote)
    return Citation(marker, document.id, f"{document.id}#1", start, start + len(quote), quote, label=label)


def said(*statements: Statement, hits: tuple[Hit, ...] = ()) -> Answer:
    return Answer("Hỏi?", "Hỏi?", AnswerStatus.GROUNDED, statements=statements, hits=hits)


def hit(document: Document) -> Hit:
    return Hit(Passage(f"{document.id}#1", document.id, 1, 0, 5, document.text[:5]), document, 1.0)


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("kết nạp 20 người", "20", True),
        ("trong năm 2020", "20", False),
        ("trong năm 1920", "20", False),
        ("kết nạp 1.250 người", "250", False),
        ("kết nạp 1.250 người", "1.250", True),
        ("kết nạp 1.250 người", "1", False),
        ("đạt 39,7%", "39", False),
        ("đạt 39,7%", "39,7%", True),
        ("có 250, trong đó", "250", True),
        ("có 250.", "250", True),
        ("ngày 20/11", "20", True),
        ("200 và 20", "20", True),
        ("Đảng bộ xã HOÀ LẠC", "Hòa Lạc", True),
        ("ủy ban", "uỷ ban", True),
        ("quý I", "quý I", True),
        ("qua ba\n  bước", "ba bước", True),
        (unicodedata.normalize("NFD", "đảng viên nữ"), "Đảng viên", True),
        ("đang viên", "đảng viên", False),
        ("bất kỳ", "", False),
    ],
)
def test_a_string_is_found_whole_and_never_inside_a_longer_number(
    text: str, wanted: str, found: bool
) -> None:
    assert measures.contains(text, wanted) is found


@given(st.integers(0, 10**9), st.text(alphabet="ab ,.", max_size=5), st.text(alphabet="ab ", max_size=5))
def test_a_number_between_other_characters_is_found_and_its_halves_are_not(
    number: int, before: str, after: str
) -> None:
    figures = str(number)
    text = f"{before} {figures} {after}"
    assert measures.contains(text, figures)
    if len(figures) > 1 and figures[0] != figures[-1]:
        assert not measures.contains(text, figures[1:])
        assert not measures.contains(text, figures[:-1])


def test_markers_of_its_own_citations_are_taken_off_and_other_brackets_stay() -> None:
    quote = "Trong đó có 20 người là nữ."
    statement = Statement(
        "Theo mục [7]: “Trong đó có 20 người là nữ.” [1] [2]", (cite(quote), cite(quote, 2))
    )
    assert measures.without_markers(statement) == "Theo mục [7]: “Trong đó có 20 người là nữ.”"


def test_fact_recall_counts_any_accepted_string_once() -> None:
    answer = said(Statement("Kết nạp 1.250 đảng viên, 20 người là nữ. [1]", (cite("20 người"),)))
    facts = [["1.250", "một nghìn hai trăm năm mươi"], ["hai mươi người", "20 người"], ["5 ngày"]]
    assert measures.facts_found(measures.answer_text(answer), facts) == 2
    assert measures.fact_recall(answer, facts) == pytest.approx(2 / 3)
    assert measures.fact_recall(answer, []) is None


@pytest.mark.parametrize(("padding", "recall"), [(119, 1.0), (120, 0.0)])
def test_a_fact_after_120_words_earns_nothing(padding: int, recall: float) -> None:
    words = " ".join(["từ"] * padding)
    answer = said(Statement(f"{words} 1.250 [1]", (cite("1.250"),)))
    assert measures.fact_recall(answer, [["1.250"]]) == recall


def test_markers_do_not_use_up_words() -> None:
    many = [Statement("từ [1]", (cite("1.250"),)) for _ in range(119)]
    assert measures.fact_recall(said(*many, Statement("1.250 [1]", (cite("1.250"),))), [["1.250"]]) == 1.0


def test_forbidden_strings_count_wherever_they_stand() -> None:
    late = " ".join(["từ"] * 200)
    answer = said(Statement(f"{late} 57.763 đảng viên [1]", (cite("1.250"),)))
    assert measures.forbidden_found(answer, ["57.763", "763", "11.000"]) == ("57.763",)


def test_a_document_is_hit_under_any_of_its_names_within_the_first_k() -> None:
    hits = [hit(OTHER), hit(REPORT)]
    assert not measures.document_hit(hits, ["ban-sao.txt"], 1)
    assert measures.document_hit(hits, ["ban-sao.txt"], 2)
    assert measures.document_hit(hits, ["vắng.txt", "khac.txt"], 1)
    assert not measures.document_hit([], ["khac.txt"], 8)


def test_cited_recall_is_the_share_of_expected_documents_cited() -> None:
    answer = said(Statement("1.250 [1]", (cite("1.250"),)))
    assert measures.cited_recall(answer, ["ban-sao.txt", "khac.txt"], LIBRARY.get) == 0.5
    assert measures.cited_recall(answer, [], LIBRARY.get) is None


def test_a_quote_is_exact_only_at_its_own_offsets_in_a_known_document() -> None:
    right = cite("20 người là nữ")
    assert measures.exact(right, LIBRARY.get)
    moved = Citation(1, right.document_id, right.passage_id, right.start + 1, right.end + 1, right.quote)
    assert not measures.exact(moved, LIBRARY.get)
    unknown = Citation(1, "mất.txt", "mất.txt#1", right.start, right.end, right.quote)
    assert not measures.exact(unknown, LIBRARY.get)
    assert not measures.exact(Citation(1, REPORT.id, "x", 3, 3, ""), LIBRARY.get)


def test_citation_precision_by_hand() -> None:
    exact_and_supported = Statement("20 người là nữ [1]", (cite("20 người là nữ"),))
    number_not_in_quote = Statement("21 người là nữ [1]", (cite("20 người là nữ"),))
    two_quotes_share_the_numbers = Statement(
        "Kết nạp 1.250 đảng viên, 12 chi bộ [1] [2]",
        (cite("kết nạp 1.250 đảng viên"), cite("12 chi bộ", 2, OTHER)),
    )
    uncited = Statement("Không có nguồn nào.", ())
    answer = said(exact_and_supported, number_not_in_quote, two_quotes_share_the_numbers, uncited)
    assert measures.citations_right(answer, LIBRARY.get) == (3, 5)


def test_a_number_that_is_part_of_a_longer_one_in_the_quote_is_not_supported() -> None:
    assert not measures.numbers_supported(Statement("250 đảng viên [1]", (cite("kết nạp 1.250 đảng viên"),)))


def test_the_label_of_a_citation_asserts_no_number() -> None:
    citation = cite("20 người là nữ", label="Báo cáo, đoạn 14")
    assert measures.numbers_supported(Statement("Báo cáo, đoạn 14: “20 người là nữ” [1]", (citation,)))
    assert not measures.numbers_supported(Statement("Báo cáo, đoạn 15: “20 người là nữ” [1]", (citation,)))


def test_means_and_ratios_leave_out_what_does_not_apply() -> None:
    assert measures.mean([1.0, None, 0.0]) == 0.5
    assert measures.mean([None]) is None
    assert measures.ratio(1, 4) == 0.25
    assert measures.ratio(0, 0) is None
