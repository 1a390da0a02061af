"""The page in a real browser: ask, follow a marker to its quote, stop, and nothing leaves the machine."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser

QUESTION = "Lớp bồi dưỡng học mấy ngày?"
REPORT_QUESTION = "Năm 2023 xã Hòa Lạc kết nạp bao nhiêu đảng viên?"
HOSTILE_QUESTION = "Tài liệu lạ nói gì?"


@pytest.fixture(scope="module")
def shared(served: Callable[..., str], new_assistant: Callable[..., Any]) -> tuple[Any, str]:
    assistant = new_assistant()
    return assistant, served(assistant)


@pytest.fixture
def open_page(shared: tuple[Any, str], visit: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    assistant, address = shared
    yield lambda **options: visit(address, **options)
    assistant.between = lambda: None
    assistant.histories.clear()


def in_view(locator: Any) -> bool:
    return bool(
        locator.evaluate(
            "e => { const r = e.getBoundingClientRect();"
            " return r.top < innerHeight && r.bottom > 0 && r.left < innerWidth && r.right > 0; }"
        )
    )


def wait_in_view(page: Any, selector: str) -> None:
    page.wait_for_function(
        "s => { const r = document.querySelector(s).getBoundingClientRect();"
        " return r.top >= 0 && r.top < innerHeight; }",
        arg=selector,
    )


def width_overflow(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def test_ask_and_follow_a_marker_to_the_exact_quote(open_page: Any, shared: Any) -> None:
    visit = open_page()
    visit.ask(QUESTION)
    answer = visit.answer()
    assert "Có căn cứ" in answer.inner_text()
    quotes = [citation.quote for citation in shared[0].ask(QUESTION).citations]
    for number, quote in enumerate(quotes, 1):
        answer.locator(".pba-statement a.pba-cite", has_text=f"[{number}]").click()
        current = visit.page.locator(".pba-card.pba-current")
        current.wait_for()
        assert current.get_attribute("id") == f"pba-card-1-{number}"
        assert current.locator("mark").inner_text() == quote
        wait_in_view(visit.page, ".pba-card.pba-current mark")


def test_marker_shows_its_quote_to_the_pointer(open_page: Any, shared: Any) -> None:
    visit = open_page()
    visit.ask(QUESTION)
    marker = visit.answer().locator("a.pba-cite").first
    assert marker.get_attribute("title") == shared[0].ask(QUESTION).citations[0].quote


def test_marker_works_from_the_keyboard(open_page: Any) -> None:
    visit = open_page()
    visit.ask(QUESTION)
    marker = visit.answer().locator(".pba-statement a.pba-cite").nth(1)
    marker.focus()
    marker.press("Enter")
    visit.page.locator("#pba-card-1-2.pba-current").wait_for()


def test_marker_of_an_earlier_answer_brings_back_its_sources(open_page: Any) -> None:
    visit = open_page()
    visit.ask(QUESTION)
    first = visit.answer(1)
    visit.ask(REPORT_QUESTION)
    visit.answer(2)
    assert visit.page.locator("#pba-sources-2").is_visible()
    assert not visit.page.locator("#pba-sources-1").is_visible()
    first.locator(".pba-statement a.pba-cite").first.click()
    visit.page.locator("#pba-card-1-1.pba-current").wait_for()
    assert not visit.page.locator("#pba-sources-2").is_visible()


def test_example_is_asked_by_a_click(open_page: Any) -> None:
    visit = open_page()
    visit.page.get_by_text(REPORT_QUESTION).click()
    assert "27 đảng viên" in visit.answer().inner_text()
    assert visit.page.locator(".pba-question").inner_text() == REPORT_QUESTION


def test_follow_up_takes_the_questions_of_its_own_visitor_only(open_page: Any, shared: Any) -> None:
    one, other = open_page(), open_page()
    one.ask(QUESTION)
    one.answer(1)
    other.ask("Ai giảng bài?")
    other.answer(1)
    one.ask("Còn kinh phí?")
    assert "Đã hiểu là: " + QUESTION in one.answer(2).inner_text()
    assert shared[0].histories == [(), (), (QUESTION,)]


def test_new_conversation_forgets_the_old_one(open_page: Any, shared: Any) -> None:
    visit = open_page()
    visit.ask(QUESTION)
    visit.answer()
    visit.page.get_by_role("button", name="Hội thoại mới").click()
    visit.welcome()
    assert visit.page.locator(".pba-card").count() == 0
    assert visit.page.get_by_text(REPORT_QUESTION).is_visible()
    visit.ask(REPORT_QUESTION)
    visit.answer(1)
    assert shared[0].histories[-1] == ()


def test_not_found_is_said_and_the_nearest_passage_offered(open_page: Any) -> None:
    visit = open_page()
    visit.ask("Ai vô địch bóng đá thế giới?")
    text = visit.answer().inner_text()
    assert "Không tìm thấy" in text
    assert "không phải câu trả lời" in text
    assert "không phải câu trả lời" in visit.page.locator("#pba-sources-1 h3").inner_text()
    assert visit.page.locator("#pba-sources-1 mark").count() == 1


def test_stop_keeps_what_was_said_and_allows_the_next_question(open_page: Any, shared: Any) -> None:
    visit = open_page()
    held = threading.Event()
    shared[0].between = lambda: held.wait(120)
    visit.ask(QUESTION)
    visit.page.locator(".pba-answer .pba-statement").first.wait_for()
    visit.page.locator("#pba-box .stop-button").click()
    visit.page.locator(".pba-answer .pba-notice").wait_for()
    held.set()
    shared[0].between = lambda: None
    assert visit.page.locator(".pba-answer.pba-turn-1 .pba-statement").count() == 1
    visit.page.locator("#pba-box .submit-button").wait_for()
    visit.ask(REPORT_QUESTION)
    assert "27 đảng viên" in visit.answer(2).inner_text()
    assert visit.page.locator(".pba-answer.pba-turn-1 .pba-statement").count() == 1


def test_new_conversation_while_an_answer_is_under_way(open_page: Any, shared: Any) -> None:
    visit = open_page()
    held = threading.Event()
    shared[0].between = lambda: held.wait(120)
    visit.ask(QUESTION)
    visit.page.locator(".pba-answer .pba-statement").first.wait_for()
    visit.page.get_by_role("button", name="Hội thoại mới").click()
    visit.welcome()
    held.set()
    shared[0].between = lambda: None
    visit.ask(REPORT_QUESTION)
    assert "27 đảng viên" in visit.answer(1).inner_text()
    assert visit.page.locator(".pba-question").count() == 1
    assert shared[0].histories[-1] == ()


def test_two_visitors_are_answered_at_the_same_time(open_page: Any, shared: Any) -> None:
    one, other = open_page(), open_page()
    held = threading.Event()
    shared[0].between = lambda: held.wait(20)
    one.ask(QUESTION)
    one.page.locator(".pba-answer .pba-statement").first.wait_for()
    other.ask("Ai vô địch bóng đá?")
    assert "Không tìm thấy" in other.answer().inner_text()
    held.set()
    one.answer()


def test_copy_takes_the_answer_with_the_names_of_its_sources(open_page: Any) -> None:
    visit = open_page()
    visit.ask(QUESTION)
    visit.answer().locator(".pba-copy").click()
    visit.page.get_by_text("Đã sao chép").wait_for()
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert "Mỗi lớp học 5 ngày liên tục, gồm 5 chuyên đề và một buổi thảo luận. [1]" in copied
    assert "[1] Hướng dẫn mở lớp bồi dưỡng nhận thức về Đảng, đoạn 3" in copied
    assert "<" not in copied
    assert "Sao chép" not in copied


def test_an_error_is_a_friendly_message_and_the_page_goes_on(open_page: Any) -> None:
    visit = open_page()
    visit.ask("hỏng")
    failure = visit.page.locator(".pba-failure")
    failure.wait_for()
    assert "lỗi ngoài dự kiến" in failure.inner_text()
    assert "secret" not in visit.page.content()
    assert "Traceback" not in visit.page.content()
    visit.ask("x" * 3000)
    visit.page.locator(".pba-turn-2 .pba-failure").wait_for()
    visit.ask(QUESTION)
    assert "5 ngày" in visit.answer(3).inner_text()


def test_nothing_happens_for_an_empty_question(open_page: Any, shared: Any) -> None:
    visit = open_page()
    visit.ask("   ")
    visit.page.wait_for_timeout(2000)  # the page takes one submission at a time
    assert visit.page.locator(".pba-answer").count() == 0
    visit.ask(QUESTION)
    visit.answer(1)
    assert len(shared[0].histories) == 1


def test_hostile_text_of_documents_and_questions_is_only_text(open_page: Any, shared: Any) -> None:
    hostile = next(iter(d for d in shared[0].documents.values() if d.id == "hostile"))
    visit = open_page()
    visit.ask(HOSTILE_QUESTION)
    visit.answer(1)
    question = " ".join(hostile.text.split())
    visit.ask(question)
    visit.answer(2)
    page = visit.page
    for marker in page.locator(".pba-turn-1 .pba-statement a.pba-cite").all():
        marker.click()
        page.locator("#pba-viewer mark").first.wait_for()
    page.locator(".pba-turn-1 .pba-statement").first.hover()
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert visit.outside() == []
    assert (
        page.locator("#pba-chat, #pba-sources, #pba-viewer")
        .locator("script, iframe, img, .katex, code, strong")
        .count()
        == 0
    )
    assert page.locator("#pba-chat .message a:not(.pba-cite, .pba-copy)").count() == 0
    assert page.locator("#pba-sources a:not(.pba-back, .pba-open)").count() == 0
    shown = page.locator("#pba-sources-1 mark").all_inner_texts()
    assert "\n".join(shown).split() == hostile.text.split()
    assert page.locator(".pba-question").nth(1).inner_text().split() == question.split()


def test_every_request_stays_on_this_machine(open_page: Any) -> None:
    visit = open_page()
    visit.ask(QUESTION)
    visit.answer().locator("a.pba-cite").first.click()
    visit.ask(REPORT_QUESTION)
    visit.answer(2)
    visit.page.wait_for_timeout(500)
    assert len(visit.requested) > 10
    assert visit.outside() == []
    html = visit.page.request.get(visit.page.url).text()
    found = [url for url in re.findall(r"https?://[^\s\"'<>]+", html) if "//127.0.0.1" not in url]
    assert found == []
    fonts = visit.page.evaluate("getComputedStyle(document.querySelector('.pba-statement')).fontFamily")
    assert "Liberation Sans" in fonts
    assert visit.page.locator("html").get_attribute("lang") == "vi"


def test_empty_library_tells_how_to_add_documents(
    served: Callable[..., str], new_assistant: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    assistant = new_assistant(())
    page = visit(served(assistant)).page
    page.get_by_text("Thư viện chưa có tài liệu").wait_for()
    assert page.locator(".pba-command").inner_text() == "pba ingest <thư mục>"
    filled = new_assistant()
    assistant.documents, assistant.passages = filled.documents, filled.passages
    page.reload()
    page.get_by_text(QUESTION).wait_for()


def test_hostile_example_is_only_text(
    served: Callable[..., str], new_assistant: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    assistant = new_assistant()
    hostile = '<img src=x onerror="window.hacked=1"> **đậm** [x](javascript:window.hacked=2) {{a}} $$x$$'
    assistant.examples = lambda n, /: (hostile,)
    visited = visit(served(assistant))
    example = visited.page.locator("#pba-chat .example")
    example.wait_for()
    assert example.inner_text() == hostile
    example.click()
    visited.answer()
    assert visited.page.locator(".pba-question").inner_text() == hostile
    assert visited.page.evaluate("window.hacked") is None
    assert visited.outside() == []


def test_page_in_english(
    served: Callable[..., str], new_assistant: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    visited = visit(served(new_assistant(), language="en"))
    assert visited.page.title() == "Party-Building Assistant"
    assert visited.page.locator("html").get_attribute("lang") == "en"
    visited.ask(QUESTION)
    visited.answer()
    assert "10 February 2022" in visited.page.locator("#pba-card-1-1").inner_text()


@pytest.mark.parametrize("width", [360, 390, 768, 899, 900, 1280, 1920])
def test_fits_every_width_with_the_input_in_sight(open_page: Any, width: int) -> None:
    visit = open_page(width=width, height=760)
    page = visit.page
    visit.welcome()
    assert width_overflow(page) <= 0
    assert in_view(page.locator("#pba-box textarea"))
    visit.ask(HOSTILE_QUESTION)
    visit.answer()
    assert width_overflow(page) <= 0
    assert in_view(page.locator("#pba-box textarea"))
    # Both at one moment: the page may still be scrolling to the answer.
    chat, sources = page.evaluate(
        "() => [...document.querySelectorAll('#pba-chat, #pba-sources')]"
        ".map(part => part.getBoundingClientRect().toJSON())"
    )
    if width < 900:
        assert sources["y"] >= chat["y"] + chat["height"] - 1
    else:
        assert sources["x"] >= chat["x"] + chat["width"] - 1
        ask = page.locator("#pba-ask").bounding_box()
        assert ask["y"] >= chat["y"] + chat["height"] - 1


def test_phone_goes_from_the_card_back_to_the_answer(open_page: Any) -> None:
    visit = open_page(width=390, height=700)
    visit.ask(QUESTION)
    visit.answer()
    visit.page.locator("#pba-card-1-3").scroll_into_view_if_needed()
    visit.page.locator("#pba-card-1-3 .pba-back").click()
    wait_in_view(visit.page, ".pba-answer.pba-turn-1")


#: Every visible text whose contrast with what is behind it is under 4.5 (WCAG 2.2, AA).
CONTRAST = """() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const linear = (v) => (v / 255 <= .03928 ? v / 255 / 12.92 : ((v / 255 + .055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = channels(getComputedStyle(e).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const texts = document.createTreeWalker(document.querySelector('.gradio-container'), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.data.trim(), e = texts.currentNode.parentElement;
    if (!text || !e.checkVisibility() || !e.getBoundingClientRect().width) continue;
    if (e.closest('style, script')) continue;
    const back = behind(e);
    let alpha = 1;
    for (let x = e; x; x = x.parentElement) alpha *= Number(getComputedStyle(x).opacity);
    const ink = channels(getComputedStyle(e).color).slice(0, 3);
    const seen = ink.map((v, i) => v * alpha + back[i] * (1 - alpha));
    const [high, low] = [light(seen), light(back)].sort((a, b) => b - a);
    const ratio = (high + .05) / (low + .05);
    if (ratio < 4.5) faint.push(text.slice(0, 40) + ' ' + ratio.toFixed(2));
  }
  return faint;
}"""


@pytest.mark.parametrize("dark", [False, True])
def test_text_has_contrast_enough_in_light_and_dark(open_page: Any, dark: bool) -> None:
    visit = open_page(dark=dark)
    visit.welcome()
    assert visit.page.evaluate("document.body.classList.contains('dark')") is dark
    assert visit.page.evaluate(CONTRAST) == []
    visit.ask("lop boi duong hoc may ngay")
    visit.answer(1)
    visit.ask("Ai vô địch bóng đá?")
    visit.answer(2)
    visit.ask("hỏng")
    visit.page.locator(".pba-failure").wait_for()
    assert visit.page.evaluate(CONTRAST) == []
    visit.page.locator(".pba-turn-1 a.pba-cite").first.click()
    visit.page.wait_for_timeout(1600)
    assert visit.page.evaluate(CONTRAST) == []


def test_a_question_asked_before_the_welcome_arrives_is_not_lost(
    served: Callable[..., str], new_assistant: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    assistant = new_assistant()
    slow, offered = threading.Event(), assistant.examples
    assistant.examples = lambda n, /: (slow.wait(20), offered(n))[1]
    visited = visit(served(assistant))
    visited.ask(QUESTION)
    answer = visited.answer()
    slow.set()
    visited.page.wait_for_timeout(700)
    assert "5 ngày" in answer.inner_text()
    assert visited.page.locator(".pba-card").count() == 3


def test_a_welcome_that_fails_leaves_the_page_usable(
    served: Callable[..., str], new_assistant: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    assistant = new_assistant()
    del assistant.documents
    visited = visit(served(assistant))
    visited.welcome()
    assert "Traceback" not in visited.page.content()
    assistant.documents = new_assistant().documents
    visited.ask(QUESTION)
    assert "5 ngày" in visited.answer().inner_text()
