"""A statement earns its verdict from what it cites."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citations import QuotedSpan, cite, label, name_document, quoted
from assistant.types import Statement, Verdict
from assistant.verification.quotes import check, without_markers
from ingest.types import Document, Kind, Locator, Page, Passage

TEXT = "Huyện có 1.250 đảng viên. Năm 2021 kết nạp 48 người."
DOCUMENT = Document(id="a.txt", sha256="", title="Báo cáo", text=TEXT, names=("a.txt",))
PASSAGE = Passage(id="a.txt#1", document_id="a.txt", ordinal=1, start=0, end=len(TEXT), text=TEXT)


def _of(_: str) -> Document:
    return DOCUMENT


def span(start: int, end: int, sentence: tuple[int, int] | None = None) -> QuotedSpan:
    return QuotedSpan(DOCUMENT, PASSAGE, start, end, sentence or (start, end))


def test_a_quote_is_verbatim() -> None:
    (statement,) = quoted([span(0, 25)])
    assert statement.text == "Huyện có 1.250 đảng viên. [1]"
    assert check(statement, _of).verdict is Verdict.VERBATIM


def test_a_sentence_broken_off_says_so_and_stays_verbatim() -> None:
    (statement,) = quoted([span(0, 14, (0, 25))])
    assert statement.text == "Huyện có 1.250 […] [1]"
    assert check(statement, _of).verdict is Verdict.VERBATIM


def test_words_of_its_own_make_it_supported_only() -> None:
    citation = cite(DOCUMENT, PASSAGE, 0, 25, marker=1)
    statement = Statement("Có 1.250 đảng viên ở huyện [1]", (citation,))
    assert check(statement, _of).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    "text",
    [
        "Huyện có 1.251 đảng viên. [1]",
        "Huyện có 1.250 đảng viên. [2]",
        "Huyện có 1.250 đảng viên, 48 nữ. [1]",
    ],
)
def test_a_changed_number_or_marker_is_contradicted(text: str) -> None:
    citation = cite(DOCUMENT, PASSAGE, 0, 25, marker=1)
    assert check(Statement(text, (citation,)), _of).verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    "text", ["Thẻ mất thì làm lại,[21] thẻ hỏng thì đổi.", "Thẻ hỏng thì đổi.[1]", "Đổi thẻ. [2]"]
)
def test_a_note_of_the_document_itself_is_no_marker(text: str) -> None:
    document = replace(DOCUMENT, text=text)
    passage = replace(PASSAGE, end=len(text), text=text)
    (statement,) = quoted([QuotedSpan(document, passage, 0, len(text), (0, len(text)))])
    assert check(statement, lambda _: document).verdict is Verdict.VERBATIM
    others = replace(statement, text=f"{statement.text} [2]")
    assert check(others, lambda _: document).verdict is Verdict.CONTRADICTED


def test_a_moved_span_is_contradicted() -> None:
    citation = replace(cite(DOCUMENT, PASSAGE, 0, 25, marker=1), start=1)
    assert check(Statement(f"{citation.quote} [1]", (citation,)), _of).verdict is Verdict.CONTRADICTED


def test_no_citation_is_unverified() -> None:
    assert check(Statement("Huyện có 1.250 đảng viên.", ()), _of).verdict is Verdict.UNVERIFIED


@given(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT)))
def test_every_quote_is_exactly_its_span(start: int, length: int) -> None:
    end = min(len(TEXT), start + length)
    (statement,) = quoted([span(start, end)])
    (citation,) = statement.citations
    assert citation.quote == TEXT[start:end]
    assert without_markers(statement.text) == " ".join(TEXT[start:end].split())


def test_names_are_those_an_official_would_use() -> None:
    directive = replace(DOCUMENT, kind=Kind.DIRECTIVE, number="28-CT/TW", issuer="Ban Bí thư")
    assert name_document(directive) == "Chỉ thị số 28-CT/TW của Ban Bí thư"
    article = replace(DOCUMENT, kind=Kind.ARTICLE, province="tỉnh Lào Cai", issuer="Báo Nhân Dân")
    assert label(article, PASSAGE, 0) == "Lào Cai, bài của Báo Nhân Dân, đoạn 1"
    city = replace(article, province="thành phố Lào Cai")
    assert name_document(city).startswith("Thành phố Lào Cai")


def test_a_recognised_page_is_named_as_such() -> None:
    scan = replace(DOCUMENT, pages=(Page(1, 0, len(TEXT), confidence=0.93),))
    passage = replace(PASSAGE, locator=Locator(article="4", clause="2", page=1))
    assert label(scan, passage, 0) == "Báo cáo, Điều 4, khoản 2, trang 1, nhận dạng từ bản quét"
