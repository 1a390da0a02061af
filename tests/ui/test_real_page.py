"""End to end: files are ingested, the real assistant answers, a marker shows the quote in the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Assistant
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder
from ingest.sample_corpus import folder

pytestmark = pytest.mark.browser

#: Enough to answer from, few enough to embed in seconds.
FILES = ("tom-luoc-chi-thi-28.md", "ke-hoach-lop-boi-duong-2024.txt", "tinh-bac-ninh-lang-nghe-2019.html")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    home: Path = tmp_path_factory.mktemp("library")
    with Library.open(home / "library", embedder=embedder) as library:
        report = ingest(library, [folder() / name for name in FILES])
        assert not report.failures
        assert report.added == len(FILES)
        yield Assistant(library)


@pytest.fixture(scope="module")
def address(served: Callable[..., str], assistant: Assistant) -> str:
    return served(assistant)


def follow_every_marker(visit: Any, answer: Any, assistant: Assistant, turn: int = 1) -> int:
    """Click each marker of the statements: its card's mark is the statement's own quote. Gives how many."""
    markers = answer.locator(".pba-statement a.pba-cite")
    for marker in markers.all():
        quote = marker.get_attribute("title").removesuffix("…")
        marker.click()
        current = visit.page.locator(".pba-card.pba-current")
        current.wait_for()
        assert current.get_attribute("id") == f"pba-card-{turn}-{marker.inner_text().strip('[]')}"
        marked = current.locator("mark").inner_text()
        assert " ".join(marked.split()).startswith(quote)
        assert any(marked in assistant.document(summary.id).text for summary in assistant.library.documents())
    return int(markers.count())


def test_a_question_is_answered_with_quotes_of_the_documents(
    visit: Callable[..., Any], address: str, assistant: Assistant
) -> None:
    visitor = visit(address)
    visitor.ask("Cuối tháng 11/2019 Đảng bộ tỉnh Bắc Ninh có bao nhiêu đảng viên?")
    answer = visitor.answer()
    assert "57.763" in answer.locator(".pba-statement").first.inner_text()
    assert "Có căn cứ" in answer.inner_text()
    assert follow_every_marker(visitor, answer, assistant) >= 1
    assert visitor.outside() == []


def test_a_question_without_diacritics_shows_how_it_was_read(visit: Callable[..., Any], address: str) -> None:
    visitor = visit(address)
    visitor.ask("trong nam 2019 tinh bac ninh da khai tru bao nhieu dang vien")
    text = visitor.answer().inner_text()
    assert "Đã hiểu là:" in text
    assert "khai trừ" in text


def test_what_the_documents_do_not_say_is_not_found(visit: Callable[..., Any], address: str) -> None:
    visitor = visit(address)
    visitor.ask("Giá vé máy bay từ Paris đi Tokyo là bao nhiêu?")
    answer = visitor.answer()
    assert "Không tìm thấy" in answer.locator(".pba-status").inner_text()
    assert answer.locator(".pba-statement a.pba-cite").count() == 0


def test_an_offered_example_has_an_answer(
    visit: Callable[..., Any], address: str, assistant: Assistant
) -> None:
    visitor = visit(address)
    visitor.page.locator("#pba-chat .example").first.click()
    assert follow_every_marker(visitor, visitor.answer(), assistant) >= 1


def test_a_question_that_cannot_be_read_is_told_so(visit: Callable[..., Any], address: str) -> None:
    visitor = visit(address)
    visitor.ask("???")
    visitor.page.locator(".pba-failure").wait_for()
    visitor.ask("Cuối tháng 11/2019 Đảng bộ tỉnh Bắc Ninh có bao nhiêu đảng viên?")
    assert "57.763" in visitor.answer(2).inner_text()
