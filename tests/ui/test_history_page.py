"""Kept conversations in a real browser: reload, restart, search, change, rate, ask again, download."""

from __future__ import annotations

import json
import re
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from assistant.answer import Assistant
from assistant.conversations import SINGLE_USER, TurnState
from assistant.opinions import Rating, Reason
from index.embedding import open_embedder
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder

pytestmark = pytest.mark.browser

REGULATION = """QUY ĐỊNH

Điều 1. Chi bộ họp mỗi tháng một lần vào ngày 5.

Điều 2. Biên bản cuộc họp được lưu 12 năm tại văn phòng đảng ủy.
"""
REPORT = "Năm 2021, Đảng bộ xã Nà Phặc kết nạp 34 đảng viên mới, phần lớn là giáo viên.\n"
QUESTION = "Năm 2021 Đảng bộ xã Nà Phặc kết nạp bao nhiêu đảng viên?"
OTHER = "Biên bản cuộc họp chi bộ được lưu bao nhiêu năm?"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    home = tmp_path_factory.mktemp("history")
    (home / "documents").mkdir()
    (home / "documents" / "quy-dinh.txt").write_text(REGULATION, encoding="utf-8")
    (home / "documents" / "bao-cao.txt").write_text(REPORT, encoding="utf-8")
    with Library.open(home / "library", embedder=embedder) as library:
        assert ingest(library, [home / "documents"]).added == 2
    return home


@pytest.fixture(scope="module")
def shared(home: Path, embedder: Embedder) -> Iterator[Assistant]:
    with Library.open(home / "library", embedder=embedder) as library:
        yield Assistant(library)


@pytest.fixture(scope="module")
def address(served: Callable[..., str], shared: Assistant) -> str:
    return served(shared)


@pytest.fixture
def assistant(shared: Assistant) -> Assistant:
    """The one that is served, with nothing kept yet."""
    with shared.library.catalogue.write() as connection:
        for table in ("feedback", "conversations"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    return shared


@pytest.fixture
def visitor(assistant: Assistant, visit: Callable[..., Any], address: str) -> Any:
    return visit(address)


def open_drawer(visitor: Any) -> Any:
    visitor.page.locator("#pba-drawer-open").click()
    drawer = visitor.page.locator("#pba-drawer.pba-open")
    drawer.wait_for()
    return drawer


def ask(visitor: Any, question: str, turn: int) -> Any:
    visitor.ask(question)
    answer = visitor.answer(turn)
    visitor.page.locator(".pba-acts").nth(turn - 1).wait_for()
    return answer


def saved(assistant: Assistant) -> Any:
    """The turns of the only conversation."""
    conversations = assistant.archive.conversations
    [conversation] = conversations.listed(SINGLE_USER)
    return conversations.load(SINGLE_USER, conversation.id)[1]


def titles(drawer: Any) -> list[str]:
    return list(drawer.locator(".pba-talk-title").all_inner_texts())


def follow_markers(visitor: Any, turn: int, assistant: Assistant) -> int:
    """Every marker of a turn leads to its quote, marked in its passage."""
    quotes = {
        str(citation.marker): citation.quote
        for citation in saved(assistant)[turn - 1].answer.citations
        if not citation.is_gone
    }
    for number, quote in quotes.items():
        visitor.page.locator(
            f".pba-turn-{turn} .pba-statement a.pba-cite", has_text=f"[{number}]"
        ).first.click()
        card = visitor.page.locator(f"#pba-card-{turn}-{number}.pba-current")
        card.wait_for()
        assert card.locator("mark").inner_text().split() == quote.split()
    return len(quotes)


def test_a_reload_shows_the_same_conversation_with_working_citations(
    visitor: Any, assistant: Assistant
) -> None:
    ask(visitor, QUESTION, 1)
    before = ask(visitor, OTHER, 2).inner_text()
    visitor.page.reload()
    assert visitor.answer(2).inner_text() == before
    assert follow_markers(visitor, 1, assistant) == 1
    assert follow_markers(visitor, 2, assistant) >= 1
    ask(visitor, "Chi bộ họp mỗi tháng mấy lần?", 3)
    assert len(saved(assistant)) == 3
    assert visitor.outside() == []


def test_a_restarted_server_opens_what_was_kept(
    visitor: Any, assistant: Assistant, home: Path, served: Callable[..., str], visit: Callable[..., Any]
) -> None:
    ask(visitor, QUESTION, 1)
    # Another process would open the library just so: nothing is shared but the files.
    embedder = open_embedder(cache_folder=home / "cache")
    with Library.open(home / "library", embedder=embedder) as library:
        later = visit(served(Assistant(library)))
        later.welcome()
        open_drawer(later).locator(".pba-talk-open").click()
        assert "34 đảng viên" in later.answer(1).inner_text()
        assert follow_markers(later, 1, assistant) == 1
        later.page.goto("about:blank")


def test_conversations_are_searched_renamed_and_deleted(visitor: Any, assistant: Assistant) -> None:
    ask(visitor, QUESTION, 1)
    visitor.page.locator("#pba-clear").click()
    visitor.welcome()
    ask(visitor, OTHER, 1)
    drawer = open_drawer(visitor)
    page = visitor.page
    page.wait_for_function("document.querySelectorAll('.pba-talk').length === 2")
    assert titles(drawer) == [OTHER, QUESTION]
    drawer.locator("#pba-drawer-search textarea, #pba-drawer-search input").fill("na phac")
    page.wait_for_function("document.querySelectorAll('.pba-talk').length === 1")
    assert titles(drawer) == [QUESTION]

    drawer.locator(".pba-talk-more > summary").click()
    drawer.locator("form input").fill("Kết nạp ở Nà Phặc")
    drawer.locator("form input").press("Enter")
    drawer.get_by_text("Kết nạp ở Nà Phặc", exact=True).wait_for()
    drawer.locator(".pba-talk-more > summary").click()
    drawer.locator(".pba-talk-delete > summary").click()
    drawer.locator(".pba-talk-delete button").click()
    drawer.get_by_text("Không có hội thoại nào chứa các từ này.").wait_for()
    drawer.locator("#pba-drawer-search textarea, #pba-drawer-search input").fill("")
    page.wait_for_function("document.querySelectorAll('.pba-talk').length === 1")
    assert titles(drawer) == [OTHER]
    assert [entry.title for entry in assistant.archive.conversations.listed(SINGLE_USER)] == [OTHER]


def test_deleting_the_open_conversation_clears_the_page(visitor: Any, assistant: Assistant) -> None:
    ask(visitor, QUESTION, 1)
    drawer = open_drawer(visitor)
    drawer.locator(".pba-talk-more > summary").click()
    drawer.locator(".pba-talk-delete > summary").click()
    drawer.locator(".pba-talk-delete button").click()
    visitor.welcome()
    assert visitor.page.locator(".pba-card").count() == 0
    visitor.page.reload()
    visitor.welcome()
    assert visitor.page.locator(".pba-answer").count() == 0


def test_an_answer_is_rated_with_reason_and_words(visitor: Any, assistant: Assistant) -> None:
    ask(visitor, QUESTION, 1)
    page = visitor.page
    page.locator('.pba-act[href^="#pba-down"]').click()
    form = page.locator("#pba-opinion")
    form.get_by_text("Sai số liệu").click()
    form.locator("textarea").fill("Báo cáo ghi 43")
    form.get_by_text("Gửi góp ý").click()
    page.locator(".pba-thanks").wait_for()
    [found] = assistant.archive.feedback.listed()
    assert (found.opinion.rating, found.opinion.reason) == (Rating.DOWN, Reason.WRONG_FIGURE)
    assert found.opinion.comment == "Báo cáo ghi 43"
    assert found.answer is not None
    page.reload()
    visitor.answer(1)
    pressed = page.locator('.pba-act[aria-pressed="true"]')
    pressed.wait_for()
    assert "Chưa đúng" in pressed.inner_text()
    page.locator('.pba-act[href^="#pba-up"]').click()
    page.locator('.pba-act[href^="#pba-unrate"]').click()
    page.locator('.pba-act[href^="#pba-up"]').wait_for()
    assert assistant.archive.feedback.listed() == ()


def test_the_last_question_is_asked_again_and_edited(visitor: Any, assistant: Assistant) -> None:
    ask(visitor, QUESTION, 1)
    first = saved(assistant)[0].key
    page = visitor.page
    page.locator('.pba-act[href="#pba-retry"]').click()
    page.wait_for_function(
        "key => { const a = document.querySelector('.pba-act[href^=\"#pba-up\"]');"
        " return a && !a.href.endsWith('-' + key); }",
        arg=str(first),
    )
    assert [turn.question for turn in saved(assistant)] == [QUESTION]
    page.locator('.pba-act[href="#pba-edit"]').click()
    page.get_by_text("Đang sửa câu hỏi này").wait_for()
    box = page.locator("#pba-box textarea")
    assert box.input_value() == QUESTION
    visitor.ask(OTHER)
    page.get_by_text("12 năm").first.wait_for()
    visitor.answer(1)
    page.locator('.pba-act[href="#pba-edit"]').wait_for()
    assert page.locator(".pba-question").all_inner_texts() == [OTHER]
    assert [(turn.question, turn.state) for turn in saved(assistant)] == [(OTHER, TurnState.ANSWERED)]


def test_editing_can_be_left(visitor: Any, assistant: Assistant) -> None:
    ask(visitor, QUESTION, 1)
    visitor.page.locator('.pba-act[href="#pba-edit"]').click()
    visitor.page.locator('.pba-act[href="#pba-unedit"]').click()
    visitor.page.locator('.pba-act[href="#pba-edit"]').wait_for()
    assert visitor.page.locator("#pba-box textarea").input_value() == ""
    ask(visitor, OTHER, 2)
    assert len(saved(assistant)) == 2


def test_a_conversation_is_downloaded_as_word_and_markdown(visitor: Any, assistant: Assistant) -> None:
    ask(visitor, QUESTION, 1)
    drawer = open_drawer(visitor)
    drawer.locator(".pba-talk-more > summary").click()
    quote = saved(assistant)[0].answer.citations[0].quote
    for form in ("docx", "md", "docx"):
        with visitor.page.expect_download() as download:
            drawer.locator(f"button[data-format={form}]").click()
        assert download.value.suggested_filename.endswith(f"bao-nhieu-dang-vien.{form}")
        data = Path(download.value.path()).read_bytes()
        if form == "md":
            assert f"[^1]: “{quote}”" in data.decode()
        else:
            assert docx.Document(BytesIO(data)).paragraphs[0].text == QUESTION
            with zipfile.ZipFile(BytesIO(data)) as archive:
                assert quote in archive.read("word/footnotes.xml").decode()
    assert drawer.locator(".pba-talk-more[open]").count() == 1


def test_everything_is_reached_from_the_keyboard(visitor: Any, assistant: Assistant) -> None:
    ask(visitor, QUESTION, 1)
    page = visitor.page
    focused = "document.activeElement.closest('[id]').id"
    page.locator("#pba-drawer-open").focus()
    page.keyboard.press("Enter")
    page.locator("#pba-drawer.pba-open").wait_for()
    page.wait_for_function("document.activeElement.closest('#pba-drawer-search') !== null")
    page.keyboard.press("Tab")
    page.wait_for_function("document.activeElement.classList.contains('pba-talk-open')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".pba-talk-more[open]").wait_for()
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('#pba-drawer').classList.contains('pba-open')")
    assert page.evaluate(focused) == "pba-drawer-open"
    # A closed drawer is not in the way of who moves on by Tab.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#pba-drawer')") is None
    down = page.locator('.pba-act[href^="#pba-down"]')
    assert down.get_attribute("role") == "button"
    down.focus()
    page.keyboard.press("Enter")
    page.locator("#pba-opinion[open]").wait_for()
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('#pba-opinion').open")


def test_hostile_titles_are_only_text(visitor: Any, assistant: Assistant) -> None:
    hostile = '<img src=x onerror="window.hacked=1"> ${window.hacked=2} {{constructor}} "\'>'
    assistant.archive.conversations.start(SINGLE_USER, hostile)
    visitor.page.reload()
    drawer = open_drawer(visitor)
    drawer.locator(".pba-talk-title").wait_for()
    assert titles(drawer) == [hostile]
    assert visitor.page.evaluate("window.hacked") is None


def test_a_document_removed_since_is_told_on_the_page(visitor: Any, assistant: Assistant, home: Path) -> None:
    ask(visitor, QUESTION, 1)
    with assistant.library.transaction() as tx:
        tx.remove("bao-cao.txt")
    try:
        visitor.page.reload()
        answer = visitor.answer(1)
        assert "đã được gỡ khỏi thư viện" in answer.inner_text()
        answer.locator("a.pba-cite").first.click()
        assert "34 đảng viên" in visitor.page.locator("#pba-card-1-1 mark").inner_text()
    finally:
        ingest(assistant.library, [home / "documents"])


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("dark", [False, True])
def test_the_drawer_fits_and_can_be_read(
    assistant: Assistant, visit: Callable[..., Any], address: str, width: int, dark: bool
) -> None:
    from tests.ui.test_chat_page import CONTRAST, width_overflow

    visitor = visit(address, width=width, height=740, dark=dark)
    ask(visitor, QUESTION, 1)
    drawer = open_drawer(visitor)
    drawer.locator(".pba-talk-more > summary").click()
    visitor.page.wait_for_timeout(400)
    assert width_overflow(visitor.page) <= 0
    assert visitor.page.evaluate(CONTRAST) == []
    box = drawer.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


def test_the_same_tab_only_reopens_its_own(
    visitor: Any, assistant: Assistant, visit: Callable[..., Any], address: str
) -> None:
    ask(visitor, QUESTION, 1)
    other = visit(address)
    other.welcome()
    assert other.page.locator(".pba-answer").count() == 0
    kept = json.loads(visitor.page.evaluate("JSON.stringify(sessionStorage)"))
    assert re.fullmatch(r"[\w-]{20,}", kept["pba-conversation"])


def test_an_answer_that_is_stopped_is_kept_as_far_as_it_came(
    served: Callable[..., str],
    new_assistant: Callable[..., Any],
    visit: Callable[..., Any],
    assistant: Assistant,
) -> None:
    slow, held = new_assistant(), threading.Event()
    slow.archive = assistant.archive
    slow.between = lambda: held.wait(20)
    visitor = visit(served(slow))
    visitor.ask("Lớp bồi dưỡng học mấy ngày?")
    visitor.page.get_by_text("Mỗi lớp học 5 ngày").first.wait_for()
    visitor.page.locator("#pba-box button.stop-button").click()
    visitor.page.get_by_text("Đã dừng theo yêu cầu").wait_for()
    held.set()
    visitor.page.locator('.pba-act[href="#pba-retry"]').wait_for()
    until = time.monotonic() + 60
    while not (turn := saved(assistant)[0]).answer and time.monotonic() < until:
        time.sleep(0.05)
    assert turn.state is TurnState.STOPPED
    # What was being made when the reader stopped it may be there too, but not the whole.
    assert 1 <= len(turn.answer.statements) <= 2
    slow.between = lambda: None
    visitor.page.locator('.pba-act[href="#pba-retry"]').click()
    assert "Chi bộ không thu tiền" in visitor.answer(1).inner_text()
    visitor.page.locator('.pba-act[href^="#pba-up"]').wait_for()
    assert [turn.state for turn in saved(assistant)] == [TurnState.ANSWERED]


def test_a_rating_given_while_the_next_answer_is_made_shows_at_once_and_stays(
    served: Callable[..., str],
    new_assistant: Callable[..., Any],
    visit: Callable[..., Any],
    assistant: Assistant,
) -> None:
    slow, held = new_assistant(), threading.Event()
    slow.archive = assistant.archive
    visitor = visit(served(slow))
    ask(visitor, "Lớp bồi dưỡng học mấy ngày?", 1)
    slow.between = lambda: held.wait(60)
    visitor.ask("Năm 2023 xã Hòa Lạc kết nạp bao nhiêu đảng viên?")
    visitor.page.locator(".pba-turn-2 .pba-statement").first.wait_for()
    visitor.page.locator('.pba-act[href^="#pba-up"]').first.click()
    pressed = visitor.page.locator('.pba-act[aria-pressed="true"]')
    pressed.wait_for()
    held.set()
    visitor.answer(2)
    assert pressed.count() == 1
    [found] = assistant.archive.feedback.listed()
    assert found.opinion.rating is Rating.UP
