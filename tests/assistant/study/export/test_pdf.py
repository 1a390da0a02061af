"""PDF files: text that can be selected with its diacritics, an outline, markers that lead to their notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from ctypes import c_int
from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
import pytest
from fontTools.ttLib import TTFont

from assistant.errors import PartMissing
from assistant.study.export.deck.pdf import to_slides_pdf
from assistant.study.export.documents import (
    to_handout_pdf,
    to_key_pdf,
    to_pdf,
    to_plan_pdf,
    to_quiz_pdf,
)
from assistant.study.export.pdf_fonts import FOLDER
from assistant.study.types import Draft
from ui import fonts

from ..drafts import LONG, LONG_TITLE, full_draft

Write = Callable[[Draft], bytes]
WRITERS = (to_plan_pdf, to_handout_pdf, to_quiz_pdf, to_key_pdf, to_pdf, to_slides_pdf)
NOTED = (to_plan_pdf, to_handout_pdf, to_key_pdf, to_pdf, to_slides_pdf)


@pytest.fixture(scope="module")
def draft() -> Draft:
    return full_draft()


def pages(file: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)]


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def joined(file: bytes) -> str:
    return flat(" ".join(pages(file)))


def outline(file: bytes) -> list[tuple[int, str, int | None]]:
    """Level, title and page of each bookmark."""
    found = []
    for mark in pypdfium2.PdfDocument(file).get_toc():
        dest = mark.get_dest()
        found.append((mark.level, mark.get_title(), dest.get_index() if dest else None))
    return found


def links(document: pypdfium2.PdfDocument) -> list[tuple[int, str, int]]:
    """Page of each link, its words, and the page to which it leads; -1 for none in the file."""
    found = []
    for number, page in enumerate(document):
        position, link, box = c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
        while raw.FPDFLink_Enumerate(page.raw, position, link):
            assert raw.FPDFLink_GetAnnotRect(link, box)
            words = page.get_textpage().get_text_bounded(
                box.left - 1, box.bottom - 1, box.right + 1, box.top + 1
            )
            dest = raw.FPDFLink_GetDest(document.raw, link)
            found.append((number, words, raw.FPDFDest_GetDestPageIndex(document.raw, dest) if dest else -1))
    return found


def test_text_keeps_its_diacritics(draft: Draft) -> None:
    text = joined(to_plan_pdf(draft))
    assert flat(LONG) in text
    for lesson in draft.lessons:
        assert lesson.title in text
        assert all(section.title in text for section in lesson.sections)
    assert flat(LONG) in joined(to_slides_pdf(draft))
    assert LONG_TITLE in joined(to_slides_pdf(draft))


@pytest.mark.parametrize("write", NOTED)
def test_each_note_is_the_quote_with_its_label(write: Write, draft: Draft) -> None:
    text = joined(write(draft))
    listed = re.findall(r"\[(\d+)\] “", text)
    assert [int(number) for number in listed] == list(range(1, len(listed) + 1))
    notes = re.split(r"\[\d+\] (?=“)", text)[1:]
    known = {flat(f"“{c.quote}” — {c.label}.") for c in draft.citations}
    for note in notes:
        assert any(note.startswith(full) for full in known), note


@pytest.mark.parametrize("write", NOTED)
def test_markers_lead_to_their_notes(write: Write, draft: Draft) -> None:
    file = write(draft)
    text = [flat(page) for page in pages(file)]
    found = links(pypdfium2.PdfDocument(file))
    assert len(found) > 10
    led = set()
    for page, words, to in found:
        assert to >= 0
        for number in re.findall(r"\[(\d+)", words)[:1]:
            if f"[{number}] “" not in text[page]:
                assert f"[{number}] “" in text[to], words
                led.add(int(number))
    assert len(led) >= 8


def test_a_figure_and_its_marker_cannot_be_read_as_one(draft: Draft) -> None:
    assert re.search(r"75 lớp ?\[\d+\]", joined(to_handout_pdf(draft)))


@pytest.mark.parametrize("write", [to_plan_pdf, to_pdf])
def test_the_outline_leads_to_every_heading(write: Write, draft: Draft) -> None:
    file = write(draft)
    text = [flat(page) for page in pages(file)]
    marks = outline(file)
    titles = [title for _, title, _ in marks]
    assert titles[:2] == ["GIÁO ÁN", "Bài 1. Điều kiện và quy trình kết nạp đảng viên"]
    assert [level for level, _, _ in marks][:5] == [0, 1, 2, 2, 2]
    for _, title, page in marks:
        assert page is not None
        assert title in text[page]


def test_contents_name_the_pages(draft: Draft) -> None:
    file = to_plan_pdf(draft)
    text = [flat(page) for page in pages(file)]
    for _, title, page in outline(file)[1:]:
        assert page is not None
        assert re.search(rf"{re.escape(title)} ?[. ]+{page + 1}\b", text[0]), title


def test_the_whole_has_every_part_in_order(draft: Draft) -> None:
    tops = [title for level, title, _ in outline(to_pdf(draft)) if level == 0]
    assert tops == ["GIÁO ÁN", "TÀI LIỆU PHÁT TAY", "BÀI KIỂM TRA", "ĐÁP ÁN VÀ MINH CHỨNG"]
    without = replace(draft, handout=None, lessons=())
    assert [title for level, title, _ in outline(to_pdf(without)) if level == 0] == tops[2:]


def test_a_handout_is_two_pages_however_full(draft: Draft) -> None:
    assert draft.handout is not None
    assert len(pages(to_handout_pdf(draft))) == 2
    fuller = replace(draft.handout, sections=draft.handout.sections * 4)
    assert len(pages(to_handout_pdf(replace(draft, handout=fuller)))) == 2


def test_charts_are_drawn_not_pictured(draft: Draft) -> None:
    document = pypdfium2.PdfDocument(to_slides_pdf(draft))
    chart = next(page for page in document if "221,6%" in page.get_textpage().get_text_range())
    kinds = {found.type for found in chart.get_objects(max_depth=5)}
    assert raw.FPDF_PAGEOBJ_PATH in kinds
    assert raw.FPDF_PAGEOBJ_IMAGE not in kinds


def test_a_quiz_gives_no_key_away(draft: Draft) -> None:
    text = joined(to_quiz_pdf(draft))
    assert "Đáp án" not in text
    assert all(flat(item.stem) in text for item in draft.quiz)
    assert "[ ] Đúng [ ] Sai" in text


@pytest.mark.parametrize("write", WRITERS)
def test_the_same_draft_gives_the_same_bytes(write: Write, draft: Draft) -> None:
    assert write(draft) == write(full_draft())


@pytest.mark.parametrize("write", WRITERS)
def test_a_draft_with_nothing_is_refused(write: Write, draft: Draft) -> None:
    with pytest.raises(PartMissing):
        write(Draft(draft.wish, draft.title))


@pytest.mark.parametrize("face", ["Regular", "Bold", "Italic"])
def test_the_typeface_is_that_of_the_page(face: str) -> None:
    own: Any = TTFont(FOLDER / f"BeVietnamPro-{face}.ttf")
    page: Any = TTFont(fonts.FOLDER / f"BeVietnamPro-{face}.woff2")
    assert own.getBestCmap() == page.getBestCmap()
    assert own["hmtx"].metrics == page["hmtx"].metrics
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / "OFL.txt").read_text(encoding="utf-8")


def test_what_the_markup_would_take_for_itself_is_shown(draft: Draft) -> None:
    odd = replace(draft, title="<b>Đậm</b> & \x07 [1]")
    assert "<b>Đậm</b> & [1]" in joined(to_plan_pdf(odd))
    assert "<b>Đậm</b>" in str(pypdfium2.PdfDocument(BytesIO(to_plan_pdf(odd))).get_metadata_dict()["Title"])
