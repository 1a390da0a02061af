"""What Chromium prints: the answer and its sources by name, whole, and nothing to press."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pypdfium2 as pdfium
import pytest

from ui.text_vi import WORDING as VI

pytestmark = pytest.mark.browser

QUESTION = "Lớp bồi dưỡng học mấy ngày?"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_an_answer_prints_with_its_sources_and_no_controls(
    served: Callable[..., str],
    new_assistant: Callable[..., Any],
    visit: Callable[..., Any],
    width: int,
    dark: bool,
) -> None:
    assistant = new_assistant()
    visitor = visit(served(assistant), width=width, dark=dark)
    visitor.ask(QUESTION)
    visitor.answer(1)
    document = pdfium.PdfDocument(visitor.page.pdf(format="A4"))
    pages = [page.get_textpage().get_text_range() for page in document]
    text = unicodedata.normalize("NFC", " ".join(" ".join(pages).split()))
    for citation in assistant.ask(QUESTION).citations:
        assert citation.quote in text
        assert citation.label in text
    assert QUESTION in text
    for control in (VI.copy, VI.send, VI.clear, VI.back, VI.ask_placeholder, VI.viewer.open, VI.context):
        assert control not in text
    visitor.page.emulate_media(media="print")
    visitor.page.wait_for_timeout(500)  # the screen's colours may still be on their way
    inks = visitor.page.locator(".pba-statement, .pba-card p, .pba-question").evaluate_all(
        "found => found.map((e) => getComputedStyle(e).color.match(/\\d+/g).map(Number))"
    )
    assert inks
    assert max(max(ink) for ink in inks) < 0x76  # such a grey has a contrast of 4.5 with white
    corner = document[0].render().to_pil().convert("RGB").getpixel((2, 2))
    assert corner == (255, 255, 255)
