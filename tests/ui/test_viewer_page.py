"""The source viewer in a browser: real files of every kind, from a marker to the marked quote and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from assistant.answer import Assistant
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder
from ingest.sample_corpus import folder

pytestmark = pytest.mark.browser

#: A file of each kind, and a question that it answers.
QUESTIONS = {
    "thanh-pho-bac-ninh-2024.txt": "Phụ nữ chiếm mấy phần trăm số người thành phố Bắc Ninh kết nạp?",
    "tinh-bac-ninh-lang-nghe-2019.html": "Cuối tháng 11/2019 Đảng bộ tỉnh Bắc Ninh đông bao nhiêu người?",
    "ke-hoach-lop-boi-duong-2025.docx": "Mở lớp bồi dưỡng năm 2025, xã A dự toán hết bao nhiêu tiền?",
    "khoi-doanh-nghiep-ha-tinh-2022.pdf": "Khối cổ phần, tư nhân ở Hà Tĩnh có mấy tổ chức đảng?",
    "tom-luoc-chi-thi-28.md": "Chỉ thị 28 ban hành ngày nào?",
    "dien-bien-2006-2010.rtf": "Giai đoạn 2006 - 2010, Điện Biên kết nạp bao nhiêu đảng viên?",
    "bang-chu-viet-tat.html": "TCCSĐ là viết tắt của gì?",
}
PDF = "khoi-doanh-nghiep-ha-tinh-2022.pdf"
PHONE = {"width": 390, "height": 700}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    home: Path = tmp_path_factory.mktemp("library")
    with Library.open(home / "library", embedder=embedder) as library:
        assert ingest(library, [folder() / name for name in QUESTIONS]).added == len(QUESTIONS)
        yield Assistant(library)


@pytest.fixture(scope="module")
def address(served: Callable[..., str], assistant: Assistant) -> str:
    return served(assistant)


@pytest.fixture
def asked(visit: Callable[..., Any], address: str) -> Callable[..., Any]:
    """A visitor with the answer to the question about a file: ``asked(name, **size)``."""

    def ask(name: str, **options: Any) -> Any:
        visitor = visit(address, **options)
        visitor.ask(QUESTIONS[name])
        visitor.answer()
        return visitor

    return ask


def markers(visitor: Any) -> Any:
    return visitor.answer().locator(".pba-statement a.pba-cite")


def viewer(visitor: Any) -> Any:
    return visitor.page.locator("#pba-viewer")


def marked(visitor: Any) -> str:
    """Everything marked, as it stands in the document."""
    viewer(visitor).locator("mark").first.wait_for()
    return "".join(viewer(visitor).locator("mark").all_text_contents())


def quote_of(link: str, assistant: Assistant) -> str:
    """What the link's offsets hold in the library."""
    found = re.search(r"#/nguon/([^/]+)/(\d+)-(\d+)-", link)
    assert found
    return assistant.document(unquote(found[1])).text[int(found[2]) : int(found[3])]


def in_view(locator: Any) -> bool:
    return bool(
        locator.evaluate(
            "e => { const r = e.getBoundingClientRect(), v = document.querySelector('.pba-view-body')"
            ".getBoundingClientRect(); return r.top >= v.top - 1 && r.top < v.bottom; }"
        )
    )


def hidden(visitor: Any) -> None:
    visitor.page.wait_for_function("document.getElementById('pba-viewer').hidden")


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_click_marks_the_quote_in_its_document(asked: Any, assistant: Assistant, name: str) -> None:
    visitor = asked(name)
    own = [link for link in markers(visitor).all() if name in unquote(link.get_attribute("href"))]
    assert own
    quote = own[-1].get_attribute("title")
    own[-1].click()
    assert marked(visitor) == quote == quote_of(own[-1].get_attribute("href"), assistant)
    assert assistant.document(name).title in viewer(visitor).locator("h2").inner_text()
    assert in_view(viewer(visitor).locator("mark").first)
    assert visitor.outside() == []


def test_pointing_at_a_marker_shows_its_quote_and_source(asked: Any) -> None:
    visitor = asked("ke-hoach-lop-boi-duong-2025.docx")
    marker = markers(visitor).first
    quote = marker.get_attribute("title")
    marker.hover()
    peek = visitor.page.locator("#pba-peek")
    peek.wait_for()
    assert peek.locator(".pba-peek-quote").inner_text() == quote
    assert "Kế hoạch số 12-KH/ĐU" in peek.locator(".pba-peek-source").inner_text()
    assert marker.get_attribute("aria-describedby") == "pba-peek"
    visitor.page.keyboard.press("Escape")
    peek.wait_for(state="hidden")
    assert marker.get_attribute("title") == quote


def test_the_quote_is_boxed_on_the_picture_of_the_page(asked: Any) -> None:
    visitor = asked(PDF)
    markers(visitor).first.click()
    page = viewer(visitor).locator(".pba-page").first
    page.locator(".pba-box").first.wait_for()
    picture = page.locator("img")
    visitor.page.wait_for_function("document.querySelector('.pba-page img').naturalWidth > 1000")
    frame = picture.bounding_box()
    boxes = [box.bounding_box() for box in page.locator(".pba-box").all()]
    assert len(boxes) == 2
    for box in boxes:
        assert frame["x"] <= box["x"] < box["x"] + box["width"] <= frame["x"] + frame["width"]
        assert frame["y"] <= box["y"] < box["y"] + box["height"] <= frame["y"] + frame["height"]
    text = page.locator(".pba-page-text").bounding_box()
    assert text["x"] >= frame["x"] + frame["width"]
    page.locator(".pba-zoom").click()
    assert picture.bounding_box()["width"] > 1.5 * frame["width"]


def test_next_and_previous_walk_through_the_citations(
    visit: Callable[..., Any], address: str, assistant: Assistant
) -> None:
    visitor = visit(address)
    visitor.ask("Doanh nghiệp ở Hà Tĩnh gặp khó khăn gì khi phát triển đảng viên?")
    visitor.answer()
    links = list(dict.fromkeys(link.get_attribute("href") for link in markers(visitor).all()))
    assert len(links) >= 3
    markers(visitor).first.click()
    back = viewer(visitor).get_by_role("button", name="Chỗ trích trước")
    on = viewer(visitor).get_by_role("button", name="Chỗ trích sau")
    assert marked(visitor) == quote_of(links[0], assistant)
    assert back.is_disabled()
    walked = [*links[1:], links[-2]]
    for step, link in enumerate(walked):
        (on if step < len(links) - 1 else back).click()
        quote = quote_of(link, assistant)
        visitor.page.wait_for_function(
            "q => [...document.querySelectorAll('#pba-viewer mark')].map(m => m.textContent).join('') === q",
            arg=quote,
        )
        assert visitor.page.url.endswith(link)
    assert f"{len(links) - 1}/{len(links)}" in viewer(visitor).locator(".pba-view-count").inner_text()


def test_a_link_opens_the_same_place_after_a_reload_and_on_a_new_server(
    asked: Any, visit: Any, served: Any, assistant: Assistant
) -> None:
    visitor = asked("tinh-bac-ninh-lang-nghe-2019.html")
    markers(visitor).first.click()
    quote = marked(visitor)
    visitor.page.reload()
    assert marked(visitor) == quote
    assert in_view(viewer(visitor).locator("mark").first)
    link = visitor.page.url.partition("#")[2]
    restarted = served(Assistant(assistant.library))
    other = visit(f"{restarted}/#{link}")
    assert marked(other) == quote
    other.page.keyboard.press("Escape")
    hidden(other)
    assert "#" not in other.page.url


def test_the_link_is_copied(asked: Any) -> None:
    visitor = asked(PDF)
    markers(visitor).first.click()
    marked(visitor)
    viewer(visitor).get_by_role("button", name="Chép liên kết").click()
    viewer(visitor).get_by_text("Đã sao chép").wait_for()
    assert visitor.page.evaluate("navigator.clipboard.readText()") == visitor.page.url


@pytest.mark.parametrize("name", ["ke-hoach-lop-boi-duong-2025.docx", PDF])
def test_the_original_is_downloaded_unchanged(asked: Any, name: str) -> None:
    visitor = asked(name)
    markers(visitor).first.click()
    with visitor.page.expect_download() as started:
        viewer(visitor).get_by_role("link", name="Mở bản gốc").click()
    assert started.value.suggested_filename == name
    assert Path(started.value.path()).read_bytes() == (folder() / name).read_bytes()


def test_the_keyboard_alone_opens_reads_and_returns(asked: Any) -> None:
    visitor = asked(PDF)
    marker = markers(visitor).nth(1)
    marker.focus()
    visitor.page.keyboard.press("Enter")
    marked(visitor)
    focused = "document.activeElement.className"
    assert visitor.page.evaluate(focused) == "pba-view-body"
    visitor.page.keyboard.press("Shift+Tab")
    assert "pba-original" in visitor.page.evaluate(focused)
    visitor.page.keyboard.press("Escape")
    hidden(visitor)
    assert visitor.page.evaluate("document.activeElement.textContent") == marker.inner_text()


def test_the_browsers_back_button_closes(asked: Any) -> None:
    visitor = asked(PDF)
    markers(visitor).first.click()
    marked(visitor)
    visitor.page.go_back()
    hidden(visitor)
    assert visitor.answer().is_visible()
    visitor.page.go_forward()
    assert marked(visitor)


def test_on_a_wide_page_the_conversation_goes_on_beside(asked: Any) -> None:
    visitor = asked(PDF)
    markers(visitor).first.click()
    marked(visitor)
    chat, side = visitor.page.locator("#pba-chat").bounding_box(), viewer(visitor).bounding_box()
    assert chat["x"] + chat["width"] <= side["x"] + 1
    visitor.ask(QUESTIONS["tom-luoc-chi-thi-28.md"])
    visitor.answer(2)
    assert viewer(visitor).is_visible()


@pytest.mark.parametrize("dark", [False, True])
def test_on_a_phone_it_is_a_sheet_over_the_page(asked: Any, dark: bool) -> None:
    visitor = asked(PDF, **PHONE, dark=dark)
    markers(visitor).first.click()
    assert marked(visitor)
    assert viewer(visitor).bounding_box() == {"x": 0, "y": 0, **PHONE}
    assert in_view(viewer(visitor).locator("mark").first)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for _ in range(12):  # nothing under the sheet can be reached
        visitor.page.keyboard.press("Tab")
        assert visitor.page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('#pba-viewer')"
        )
    viewer(visitor).get_by_role("button", name="Đóng").click()
    hidden(visitor)
    visitor.page.locator("#pba-box textarea").fill("Trang lại dùng được.")


def test_printed_it_is_the_document_without_the_page_around_it(asked: Any) -> None:
    visitor = asked("ke-hoach-lop-boi-duong-2025.docx")
    markers(visitor).first.click()
    marked(visitor)
    visitor.page.emulate_media(media="print")
    assert not visitor.page.locator("#pba-chat").is_visible()
    assert not viewer(visitor).locator(".pba-view-bar").is_visible()
    assert viewer(visitor).locator("mark").first.is_visible()
    whole = "document.querySelector('.pba-view-body')"
    assert visitor.page.evaluate(f"{whole}.scrollHeight <= {whole}.clientHeight + 1")


def test_a_link_to_a_document_that_is_gone_says_so(visit: Any, address: str) -> None:
    visitor = visit(f"{address}/#/nguon/khong-co.txt/0-5-00000000")
    assert "không còn trong thư viện" in viewer(visitor).get_by_role("alert").inner_text()
