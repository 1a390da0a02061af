"""Filters, as-typed questions and offers in a real browser, on a library of our own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from assistant.answer import Assistant
from assistant.conversations import SINGLE_USER
from assistant.narrowing import Filters
from assistant.types import Event
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder
from ingest.types import Kind

pytestmark = pytest.mark.browser

FILES = {
    "bac-kan.md": """\
---
title: Tỉnh Bắc Kạn kết nạp đảng viên trẻ
province: tỉnh Bắc Kạn
kind: báo cáo
issuer: Tỉnh ủy Bắc Kạn
issued_on: 2022-06-30
---

Năm 2021, Đảng bộ tỉnh Bắc Kạn kết nạp 734 đảng viên mới, phần lớn là giáo viên.

Trường Chính trị tỉnh Bắc Kạn có 46 giảng viên, dạy cả buổi tối cho cán bộ ở xa.
""",
    "cao-bang.md": """\
---
title: Tỉnh Cao Bằng kết nạp đảng viên vùng biên
province: tỉnh Cao Bằng
kind: bài báo
issuer: Báo Vùng biên
issued_on: 2023-03-12
---

Năm 2021, Đảng bộ tỉnh Cao Bằng kết nạp 912 đảng viên mới, phần lớn là nông dân.
""",
}
QUESTION = "Năm 2021 Đảng bộ tỉnh Bắc Kạn kết nạp bao nhiêu đảng viên mới?"
HALF_PLAIN = "Năm 2021 Đảng bộ tỉnh Bắc Kạn ket nap bao nhieu đảng viên mới?"
PLAIN = "nam 2021 dang bo tinh bac kan ket nap bao nhieu dang vien moi?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    home = tmp_path_factory.mktemp("narrowing")
    (home / "documents").mkdir()
    for name, text in FILES.items():
        (home / "documents" / name).write_text(text, encoding="utf-8")
    with Library.open(home / "library", embedder=embedder) as library:
        assert ingest(library, [home / "documents"]).added == len(FILES)
        yield Assistant(library)


class Held:
    """The same assistant, which waits with each answer until it may."""

    def __init__(self, assistant: Assistant, may: threading.Event) -> None:
        self._assistant = assistant
        self._may = may

    def __getattr__(self, name: str) -> Any:
        return getattr(self._assistant, name)

    def stream(self, question: str, **options: Any) -> Iterator[Event]:
        for event in self._assistant.stream(question, **options):
            yield event
            self._may.wait(60)


@pytest.fixture(scope="module")
def address(served: Callable[..., str], assistant: Assistant) -> str:
    return served(assistant)


def open_panel(page: Any) -> Any:
    page.locator("#pba-narrow-open").click()
    panel = page.locator("#pba-narrow-panel.pba-unfolded")
    panel.wait_for()
    panel.locator("input[type=checkbox]").first.wait_for()
    return panel


def chips(page: Any) -> list[str]:
    return [text.removesuffix("✕").strip() for text in page.locator(".pba-chip").all_inner_texts()]


def wait_for_chips(page: Any, count: int) -> None:
    page.wait_for_function(f"document.querySelectorAll('.pba-chip').length === {count}")


def kept(assistant: Assistant) -> Filters:
    """The filters of the conversation used last."""
    return assistant.archive.conversations.listed(SINGLE_USER)[0].filters


def test_an_answer_comes_from_what_was_chosen_and_the_choice_outlives_a_reload(
    visit: Callable[..., Any], address: str, assistant: Assistant
) -> None:
    visitor = visit(address)
    page = visitor.page
    panel = open_panel(page)
    panel.get_by_label("tỉnh Cao Bằng", exact=True).check()
    wait_for_chips(page, 1)
    panel.get_by_label("Bài báo", exact=True).check()
    wait_for_chips(page, 2)
    panel.get_by_label("Báo Vùng biên", exact=True).check()
    wait_for_chips(page, 3)
    panel.get_by_label("Từ ngày", exact=True).fill("2023-01-01")
    wait_for_chips(page, 4)
    panel.get_by_role("searchbox").fill("cao bang")
    panel.locator('input[data-value="bac-kan.md"]').wait_for(state="detached")
    panel.get_by_label("Tỉnh Cao Bằng kết nạp đảng viên vùng biên").check()
    wait_for_chips(page, 5)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "pba-narrow-open"
    visitor.ask("Năm 2021 kết nạp bao nhiêu đảng viên mới?")
    answer = visitor.answer().inner_text()
    assert "912" in answer
    assert "734" not in answer
    filters = kept(assistant)
    assert filters.provinces == ("tỉnh Cao Bằng",)
    assert filters.kinds == (Kind.ARTICLE,)
    assert filters.issuers == ("Báo Vùng biên",)
    assert len(filters.document_ids) == 1

    shown = chips(page)
    page.reload()
    visitor.answer()
    wait_for_chips(page, 5)
    assert chips(page) == shown
    assert open_panel(page).get_by_label("tỉnh Cao Bằng", exact=True).is_checked()
    page.locator("#pba-clear").click()
    wait_for_chips(page, 0)
    assert visitor.outside() == []


def test_chips_are_removed_by_keyboard_and_kept_so(
    visit: Callable[..., Any], address: str, assistant: Assistant
) -> None:
    visitor = visit(address)
    page = visitor.page
    panel = open_panel(page)
    panel.get_by_label("tỉnh Bắc Kạn", exact=True).check()
    wait_for_chips(page, 1)
    panel.get_by_label("Báo cáo", exact=True).check()
    wait_for_chips(page, 2)
    page.keyboard.press("Escape")
    visitor.ask(QUESTION)
    visitor.answer()
    page.locator(".pba-chip").first.focus()
    page.keyboard.press("Enter")
    wait_for_chips(page, 1)
    page.wait_for_function("document.activeElement.classList.contains('pba-chip')")
    assert chips(page) == ["Loại: Báo cáo"]
    assert kept(assistant) == Filters(kinds=(Kind.REPORT,))
    page.keyboard.press("Enter")
    wait_for_chips(page, 0)
    page.wait_for_function("document.activeElement.id === 'pba-narrow-open'")
    assert kept(assistant) == Filters()
    page.keyboard.press("Enter")
    panel = page.locator("#pba-narrow-panel.pba-unfolded")
    panel.wait_for()
    assert not panel.get_by_label("tỉnh Bắc Kạn", exact=True).is_checked()


def test_what_the_question_names_narrows_it_with_one_click(
    visit: Callable[..., Any], address: str, assistant: Assistant
) -> None:
    visitor = visit(address)
    visitor.ask(QUESTION)
    visitor.answer()
    visitor.page.get_by_role("button", name="Địa phương: tỉnh Bắc Kạn", exact=True).click()
    wait_for_chips(visitor.page, 1)
    visitor.answer()
    assert chips(visitor.page) == ["Địa phương: tỉnh Bắc Kạn"]
    assert visitor.page.locator(".pba-question").count() == 1
    assert kept(assistant) == Filters(provinces=("tỉnh Bắc Kạn",))


def test_a_question_is_asked_exactly_as_typed(visit: Callable[..., Any], address: str) -> None:
    visitor = visit(address)
    visitor.ask(PLAIN)
    assert "bắc kạn" in visitor.answer().locator(".pba-standalone").inner_text()
    visitor.page.get_by_role("button", name="Hỏi đúng như đã gõ").click()
    visitor.page.locator(".pba-standalone").wait_for(state="detached")
    visitor.answer()
    assert visitor.page.locator(".pba-question").all_inner_texts() == [PLAIN]


def test_a_question_asked_as_typed_is_narrowed_as_typed(visit: Callable[..., Any], address: str) -> None:
    visitor = visit(address)
    page = visitor.page
    visitor.ask(HALF_PLAIN)
    assert "kết nạp" in visitor.answer().locator(".pba-standalone").inner_text()
    page.get_by_role("button", name="Hỏi đúng như đã gõ").click()
    page.locator(".pba-standalone").wait_for(state="detached")
    visitor.answer()
    page.get_by_role("button", name="Địa phương: tỉnh Bắc Kạn", exact=True).click()
    wait_for_chips(page, 1)
    page.locator(".pba-progress").wait_for(state="detached")
    visitor.answer()
    assert page.locator(".pba-standalone").count() == 0
    assert page.locator(".pba-question").all_inner_texts() == [HALF_PLAIN]


def test_a_question_that_is_offered_is_answered(visit: Callable[..., Any], address: str) -> None:
    visitor = visit(address)
    visitor.ask("Trường Chính trị tỉnh Bắc Kạn có bao nhiêu giảng viên?")
    visitor.answer()
    offered = visitor.page.locator("#pba-next button[data-narrow=ask]").first
    offered.wait_for()
    question = offered.inner_text()
    offered.click()
    answer = visitor.answer(2)
    assert visitor.page.locator(".pba-question").nth(1).inner_text() == question
    assert "734" in answer.locator(".pba-statement").first.inner_text()
    assert answer.locator(".pba-grounded").count() == 1


def test_filters_set_while_an_answer_is_made_hold_for_the_next_question(
    visit: Callable[..., Any], served: Callable[..., str], assistant: Assistant
) -> None:
    held = threading.Event()
    slow = Held(assistant, held)
    visitor = visit(served(slow))
    page = visitor.page
    visitor.ask(QUESTION)
    page.locator(".pba-progress").wait_for()
    open_panel(page).get_by_label("tỉnh Cao Bằng", exact=True).check()
    wait_for_chips(page, 1)
    page.keyboard.press("Escape")
    held.set()
    assert "734" in visitor.answer(1).inner_text(), "the answer under way goes on as it was asked"
    page.wait_for_timeout(500)
    assert chips(page) == ["Địa phương: tỉnh Cao Bằng"]
    visitor.ask("Năm 2021 kết nạp bao nhiêu đảng viên mới?")
    answer = visitor.answer(2).inner_text()
    assert "912" in answer
    assert "734" not in answer


def test_a_filtered_conversation_is_opened_with_its_filters(
    visit: Callable[..., Any], address: str, assistant: Assistant
) -> None:
    visitor = visit(address)
    page = visitor.page
    open_panel(page).get_by_label("tỉnh Cao Bằng", exact=True).check()
    wait_for_chips(page, 1)
    page.keyboard.press("Escape")
    visitor.ask("Tỉnh nào kết nạp đảng viên vùng biên?")
    visitor.answer(1)
    page.locator("#pba-clear").click()
    wait_for_chips(page, 0)
    page.locator("#pba-drawer-open").click()
    page.locator(".pba-talk-open", has_text="vùng biên").first.click()
    wait_for_chips(page, 1)
    visitor.answer(1)
    visitor.ask("Năm 2021 kết nạp bao nhiêu đảng viên mới?")
    answer = visitor.answer(2).inner_text()
    assert "912" in answer
    assert "734" not in answer
