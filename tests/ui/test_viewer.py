"""The source viewer's HTML: exactly the stored text, the quote marked, nothing of it acting."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from assistant.originals import Original, OriginalState
from assistant.source_blocks import blocks_of
from assistant.sources import Place, SourceView, check_of, view_of
from assistant.types import Citation, Notice, NoticeKind
from index.originals import ListedFile
from ingest.types import Document, Kind, Page, Status
from ui import viewer
from ui.place import place_link
from ui.wording import wording

VI, EN = wording("vi"), wording("en")

MARKDOWN = """# Tóm lược

Văn bản **quan trọng** của __xã__.

| Việc | Hạn |
|---|---|
| Họp chi bộ | mùng 5 |

> Chi bộ họp hằng tháng.
"""


class Reader(HTMLParser):
    """All text, and the text of marks, of everything in a document's text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.marked = "", ""
        self.tags, self.attributes = set[str](), set[str]()
        self._within = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self._within += tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._within -= tag == "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.marked += data if self._within else ""


def document(text: str, name: str = "a.txt", **fields: Any) -> Document:
    return Document(name, "0" * 64, "Tóm lược <b>", text, **fields)


def shown(found: Document, start: int, end: int) -> tuple[SourceView, Place]:
    place = Place(found.id, start, end, check_of(found.text[start:end]))
    return view_of(found, blocks_of(found), place), place


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_any_span_is_marked_exactly_and_no_character_is_lost(name: str) -> None:
    found = document(MARKDOWN, name)
    for start in range(0, len(MARKDOWN) - 1, 3):
        for end in {start + 1, min(start + 25, len(MARKDOWN)), len(MARKDOWN)}:
            view, place = shown(found, start, end)
            read = Reader(viewer.blocks(view, place, VI))
            assert squeezed(read.marked) == squeezed(MARKDOWN[start:end])
            assert squeezed(read.text) == squeezed(MARKDOWN)


def test_within_a_paragraph_the_mark_is_the_span_to_the_letter() -> None:
    text = "Dòng một  có hai dấu cách,\ndòng hai\tcó dấu tab & <b>thẻ</b>."
    view, place = shown(document(text), 5, len(text) - 3)
    assert Reader(viewer.blocks(view, place, VI)).marked == text[5:-3]


def test_a_hostile_document_becomes_text_and_no_element(assistant: Any) -> None:
    hostile = assistant.document("hostile")
    view, place = shown(hostile, 0, len(hostile.text))
    html = viewer.document(view, place, VI)
    read = Reader(html)
    allowed = set("header h2 h3 h4 h5 h6 p div span mark".split())
    assert read.tags <= allowed
    assert squeezed(hostile.text) in squeezed(read.text)
    assert read.attributes <= {"id", "class", "title", "lang", "role"}


def test_headings_rows_and_clauses_are_laid_out_as_such() -> None:
    text = "I. CÔNG TÁC ĐẢNG VIÊN\n\nĐoạn một.\n\nTên | Số | Năm\nXã A | 5 | 2023\n"
    view, place = shown(document(text), 0, 2)
    html = viewer.blocks(view, place, VI)
    assert re.search(r"<h3[^>]*><mark>I\.</mark> CÔNG TÁC", html)
    assert re.search(r'<p class="pba-block[^>]*>Đoạn một\.</p>', html)
    assert html.count('role="row"') == 2
    assert html.count('role="cell"') == 6


def test_the_facts_name_kind_number_issuer_date_and_force() -> None:
    known = document(
        "Chi bộ họp.",
        kind=Kind.GUIDANCE,
        number="04-HD/ĐU",
        issuer="Đảng ủy xã",
        issued_on=date(2022, 2, 10),
        status=Status.REPLACED,
    )
    view, _ = shown(known, 0, 3)
    assert viewer.facts(view, VI) == (
        "Hướng dẫn",
        "04-HD/ĐU",
        "Đảng ủy xã",
        "10/02/2022",
        "đã được thay thế",
    )
    assert viewer.facts(view, EN)[-2:] == ("10 February 2022", "replaced")
    bare, _ = shown(document("Chi bộ họp."), 0, 3)
    assert viewer.facts(bare, VI) == ("Tài liệu", "không rõ ngày")


def test_a_replaced_document_is_warned_of() -> None:
    view, place = shown(document("Chi bộ họp."), 0, 3)
    notice = Notice(NoticeKind.REPLACED, "b.txt", "Chỉ thị số 5-CT/TU", 0, 5)
    html = viewer.document(replace(view, notices=(notice,)), place, VI)
    assert "đã được thay thế bởi Chỉ thị số 5-CT/TU" in unescape(html)


def test_a_document_that_changed_since_is_shown_without_a_mark_and_says_so() -> None:
    found = document("Chi bộ họp mỗi tháng.")
    view = view_of(found, blocks_of(found), Place(found.id, 0, 6, "00000000"))
    html = viewer.document(view, Place(found.id, 0, 6, "00000000"), VI)
    assert "<mark>" not in html
    assert VI.viewer.moved in html


@pytest.mark.parametrize("state", OriginalState)
def test_the_original_is_offered_with_what_became_of_it(state: OriginalState) -> None:
    view, place = shown(document("Chi bộ họp.", "a b&c.txt"), 0, 3)
    original = Original(ListedFile(Path("/kho/a b&c.txt"), "0" * 64, 1, 1), state)
    html = viewer.document(replace(view, original=original), place, VI)
    links = re.findall(r'<a [^>]*href="([^"]*)"', html)
    expected = {
        OriginalState.SAME: ["pba/original/a%20b%26c.txt"],
        OriginalState.CHANGED: ["pba/original/a%20b%26c.txt?changed=1"],
        OriginalState.MISSING: [],
    }
    assert links == expected[state]
    assert "/kho" not in html
    assert (VI.viewer.changed in html) == (state is OriginalState.CHANGED)
    assert (VI.viewer.missing in html) == (state is OriginalState.MISSING)


def test_pages_stand_beside_their_pictures_and_scans_say_so() -> None:
    text = "Trang đầu nói.\n\nTrang sau nói."
    pages = (Page(1, 0, 16), Page(2, 16, len(text), confidence=0.87))
    view, place = shown(document(text, "a.pdf", pages=pages), 16, 21)
    html = viewer.blocks(replace(view, drawn=True), place, VI)
    assert re.findall(r'<img src="([^"]*)"', html) == ["pba/page/a.pdf/1.png", "pba/page/a.pdf/2.png"]
    assert html.count("data-boxes=") == 1
    assert "độ tin cậy 87 %" in html
    assert "<img" not in viewer.blocks(view, place, VI)


def test_a_link_holds_any_name_of_a_document() -> None:
    name = "thư mục/văn bản (1) #2?.txt"
    link = place_link(Citation(1, name, f"{name}#1", 5, 9, "abcd"))
    assert re.fullmatch(r"#/nguon/[\w.%~-]+/5-9-[0-9a-f]{8}", link)
