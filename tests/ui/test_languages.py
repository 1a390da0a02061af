"""One switch between Vietnamese and English: the page changes, the conversation stays, the choice is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Assistant
from assistant.holdings import Holdings
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder
from ingest.sample_corpus import folder
from ui import text_en
from ui.languages import paths

QUESTION = "Chỉ thị 28 ban hành ngày nào?"


def test_the_first_language_is_at_the_plain_address() -> None:
    assert paths("vi") == {"vi": "/", "en": "/en/"}
    assert paths("en") == {"vi": "/vi/", "en": "/"}


@pytest.fixture(scope="module")
def address(
    served: Callable[..., str], tmp_path_factory: pytest.TempPathFactory, embedder: Embedder
) -> Iterator[str]:
    home: Path = tmp_path_factory.mktemp("library")
    with Library.open(home / "library", embedder=embedder) as library:
        assert ingest(library, [folder() / "tom-luoc-chi-thi-28.md"]).added == 1
        holdings = Holdings(library, home / "documents")
        holdings.start()
        yield served(Assistant(library), holdings=holdings)
        holdings.close()


def change(visitor: Any, title: str) -> None:
    visitor.page.locator("a.pba-language").click()
    visitor.page.locator(".pba-title", has_text=title).wait_for()
    visitor.page.locator("#pba-box textarea").wait_for()


@pytest.mark.browser
def test_the_switch_changes_the_page_and_keeps_the_conversation(
    visit: Callable[..., Any], address: str
) -> None:
    visitor = visit(address)
    page = visitor.page
    visitor.ask(QUESTION)
    said = visitor.answer(1).locator(".pba-statement").all_inner_texts()
    page.locator(".pba-acts").first.wait_for()
    change(visitor, "Party-Building Assistant")
    assert page.url.split("#")[0] == f"{address}/en/"
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.title() == "Party-Building Assistant"
    answer = visitor.answer(1)
    assert answer.locator(".pba-statement").all_inner_texts() == said
    # What frames an answer is in the language of its question; what can be done with it, in the page's.
    assert answer.locator(".pba-copy").inner_text() == text_en.WORDING.copy
    assert text_en.WORDING.sources_title in page.locator("#pba-sources h2").inner_text()
    answer.locator("a.pba-cite").first.click()
    page.locator("#pba-viewer mark").first.wait_for()
    assert "Open the original" in page.locator("#pba-viewer").inner_text()
    page.keyboard.press("Escape")
    visitor.ask(QUESTION)
    assert visitor.answer(2).locator(".pba-copy").inner_text() == text_en.WORDING.copy
    page.locator('.pba-views a[data-view="documents"]').click()
    page.locator("#pba-documents h2", has_text="Documents").wait_for()
    page.locator(".pba-table").wait_for()
    page.locator('.pba-views a[data-view="ask"]').click()
    change(visitor, "Trợ lý Xây dựng Đảng")
    assert page.locator("html").get_attribute("lang") == "vi"
    assert visitor.answer(2).locator(".pba-statement").count() > 0
    assert visitor.outside() == []


@pytest.mark.browser
def test_the_choice_is_kept_by_the_browser_and_by_no_other(visit: Callable[..., Any], address: str) -> None:
    visitor, other = visit(address), visit(address)
    change(visitor, "Party-Building Assistant")
    visitor.page.goto(address)
    visitor.page.locator(".pba-title", has_text="Party-Building Assistant").wait_for()
    other.page.reload()
    other.page.locator(".pba-title", has_text="Trợ lý Xây dựng Đảng").wait_for()


@pytest.mark.browser
def test_an_address_in_a_language_is_answered_in_it(visit: Callable[..., Any], address: str) -> None:
    page = visit(f"{address}/en").page
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto(f"{address}/en/#documents")
    page.locator("#pba-documents h2", has_text="Documents").wait_for()


@pytest.mark.browser
def test_the_switch_works_from_the_keyboard(visit: Callable[..., Any], address: str) -> None:
    page = visit(address).page
    page.locator("a.pba-language").focus()
    page.keyboard.press("Enter")
    page.locator(".pba-title", has_text="Party-Building Assistant").wait_for()


@pytest.mark.browser
def test_the_other_page_is_drawn_in_the_same_font(visit: Callable[..., Any], address: str) -> None:
    page = visit(f"{address}/en/").page
    page.wait_for_function("[...document.fonts].some((face) => face.status === 'loaded')")
    assert page.request.get(f"{address}/en/pba/fonts/BeVietnamPro-Regular.woff2").status == 200
