"""Slides: one idea a page, readable, charts of cited figures, notes that quote, sources in the footer."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
from pptx import Presentation
from pptx.util import Pt

from assistant.errors import PartMissing
from assistant.study.export.deck.pages import (
    BODY_HEIGHT,
    BODY_WIDTH,
    GAP,
    INDENT,
    LEADING,
    TITLE_HEIGHT,
    deck,
    ranges,
)
from assistant.study.export.deck.presentation import to_pptx
from assistant.study.export.measure import arial, arial_bold, lines
from assistant.study.types import Draft, Layout

from ..drafts import LONG, LONG_TITLE, full_draft, increases, text_of


@pytest.fixture(scope="module")
def draft() -> Draft:
    return full_draft()


@pytest.fixture(scope="module")
def presentation(draft: Draft) -> Any:
    return Presentation(BytesIO(to_pptx(draft)))


def footer(slide: Any) -> str:
    found = [s.text_frame.text for s in slide.placeholders if s.placeholder_format.type.name == "FOOTER"]
    return "".join(found)


def test_slides_are_wide_and_in_the_order_of_the_draft(draft: Draft, presentation: Any) -> None:
    assert (presentation.slide_width, presentation.slide_height) == (Pt(960), Pt(540))
    titles = [slide.shapes.title.text_frame.text for slide in presentation.slides]
    assert list(dict.fromkeys(title.removesuffix(" (tiếp)") for title in titles)) == [
        slide.title for slide in draft.slides
    ]


def test_every_point_is_shown_with_its_markers(draft: Draft, presentation: Any) -> None:
    text = [
        paragraph.text
        for slide in presentation.slides
        for shape in slide.placeholders
        if shape.placeholder_format.idx == 1
        for paragraph in shape.text_frame.paragraphs
    ]
    for point in (point for slide in draft.slides for point in slide.points):
        marked = [line for line in text if line.startswith(point.text)]
        assert marked, point.text
        assert all(len(re.findall(r"\u00a0\[\d+\]", line)) == len(point.citations) for line in marked)


def test_letters_are_large_enough_to_be_read(presentation: Any) -> None:
    for slide in presentation.slides:
        for shape in slide.shapes:
            kind = shape.placeholder_format.type.name if shape.is_placeholder else ""
            if not shape.has_text_frame or kind in ("FOOTER", "SLIDE_NUMBER"):
                continue
            sizes = [run.font.size.pt for p in shape.text_frame.paragraphs for run in p.runs]
            assert sizes
            assert min(sizes) >= 20


def test_nothing_runs_out_of_its_place(draft: Draft) -> None:
    crowded = replace(draft.slides[3], points=draft.slides[3].points * 4)
    huge = replace(draft.slides[2].points[0], text=" ".join([LONG] * 8))
    wordy = replace(draft.slides[3], title=f"{LONG_TITLE}, {LONG}")
    slides = (*draft.slides, wordy, crowded, replace(draft.slides[2], points=(huge,)))
    made = deck(replace(draft, slides=slides), arial, arial_bold)
    assert len(made.pages) >= len(slides) + 3
    for page in made.pages:
        title = lines(page.title, page.title_size, BODY_WIDTH, arial_bold)
        if page.slide.layout is not Layout.TITLE:
            assert len(title) * page.title_size * LEADING <= TITLE_HEIGHT, page.title
        height = 0.0
        for point in page.points:
            text = "".join(f" [{run.note}]" if run.note else run.text for run in point)
            count = len(lines(text, page.size, BODY_WIDTH - INDENT, arial))
            height += page.size * (count * LEADING + GAP)
        assert height <= BODY_HEIGHT + 0.01
    shown = " ".join(run.text for page in made.pages for point in page.points for run in point)
    assert shown.split()[-8 * len(LONG.split()) :] == huge.text.split()
    assert any(page.title == f"{LONG_TITLE} (tiếp)" for page in made.pages)
    [cut] = [page for page in made.pages if page.title.endswith("…")]
    assert cut.speaker.startswith(f"{LONG_TITLE}, {LONG}\nVẽ sơ đồ")


def test_charts_are_native_and_carry_the_cited_figures(draft: Draft, presentation: Any) -> None:
    charts = [shape.chart for slide in presentation.slides for shape in slide.shapes if shape.has_chart]
    series = [slide.series for slide in draft.slides if slide.series is not None]
    assert len(charts) == len(series) == 2
    for chart, drawn in zip(charts, series, strict=True):
        plot = chart.plots[0]
        shown = dict(zip(plot.categories, plot.series[0].values, strict=True))
        assert shown == {point.label: point.value for point in drawn.points}
        labels = {
            plot.categories[place]: bar.data_label.text_frame.text
            for place, bar in ((place, plot.series[0].points[place]) for place in range(len(drawn.points)))
        }
        assert labels == {point.label: point.written for point in drawn.points}
        assert chart.value_axis.minimum_scale == 0


def test_notes_say_what_is_said_and_quote_the_sources_exactly(draft: Draft, presentation: Any) -> None:
    cited = {f"“{' '.join(c.quote.split())}” — {c.label}.": c for c in draft.citations}
    numbered: dict[str, str] = {}
    for slide in presentation.slides:
        said = slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""
        on_slide = {
            number
            for shape in slide.placeholders
            if shape.placeholder_format.idx == 1
            for number in re.findall(r"\[(\d+)\]", shape.text_frame.text)
        }
        quoted = dict(re.findall(r"^\[(\d+)\] (.+)$", said, re.MULTILINE))
        if slide.shapes.title.text_frame.text != "Nguồn":
            assert on_slide <= quoted.keys()
        for number, note in quoted.items():
            assert numbered.setdefault(number, note) == note
            citation = cited[note]
            assert text_of(citation.document_id)[citation.start : citation.end] == citation.quote
    assert sorted(map(int, numbered)) == list(range(1, len(numbered) + 1))
    assert len(numbered) == 7 + 6 + 4
    said = presentation.slides[2].notes_slide.notes_text_frame.text
    assert said.startswith("Đọc chậm.\nTrích dẫn và nguồn:\n[1] “Công dân Việt Nam")


def test_the_footer_names_the_sources_with_their_markers(presentation: Any) -> None:
    assert footer(presentation.slides[2]) == (
        "Nguồn: [1] Hỏi - đáp dùng cho lớp bồi dưỡng nhận thức về Đảng, ngày 4/11/2026"
    )
    assert footer(presentation.slides[4]).startswith("Nguồn: [8–13] Đảng bộ tỉnh Điện Biên")
    assert footer(presentation.slides[0]) == ""


def test_numbers_in_a_row_are_a_range() -> None:
    assert ranges([9, 1, 4, 5, 6, 11, 12]) == "1, 4–6, 9, 11, 12"


def test_a_slide_with_points_and_a_chart_gives_each_a_page(draft: Draft) -> None:
    both = replace(draft.slides[2], series=increases())
    first, second = deck(replace(draft, slides=(both,)), arial, arial_bold).pages
    assert (bool(first.points), first.series, first.speaker != "") == (True, None, True)
    assert (second.points, second.series) == ((), increases())
    assert "Đọc chậm." not in second.speaker


def test_shapes_of_a_slide_have_numbers_of_their_own(presentation: Any) -> None:
    for slide in presentation.slides:
        numbers = [shape.shape_id for shape in slide.shapes]
        assert len(set(numbers)) == len(numbers)


def test_what_is_not_proved_is_marked(draft: Draft) -> None:
    unproved = draft.lessons[1].sections[1].points[-1]
    slide = replace(draft.slides[2], points=(unproved,))
    shown = Presentation(BytesIO(to_pptx(replace(draft, slides=(slide,))))).slides[0]
    assert "chưa chứng minh được từ nguồn" in shown.placeholders[1].text_frame.text


def test_a_library_template_leaves_no_trace(presentation: Any) -> None:
    assert [layout.name for layout in presentation.slide_layouts] == [
        "Title Slide",
        "Title and Content",
        "Title Only",
    ]
    for layout in presentation.slide_layouts:
        for shape in layout.placeholders:
            assert shape.left + shape.width <= presentation.slide_width
            assert shape.top + shape.height <= presentation.slide_height
    assert presentation.core_properties.author == ""


def test_the_same_draft_gives_the_same_bytes(draft: Draft) -> None:
    file = to_pptx(draft)
    assert to_pptx(full_draft()) == file
    with ZipFile(BytesIO(file)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_draft_without_slides_is_refused(draft: Draft) -> None:
    with pytest.raises(PartMissing, match="slides"):
        to_pptx(replace(draft, slides=()))


@pytest.mark.system("soffice")
def test_it_is_shown_page_by_page(draft: Draft, tmp_path: Path) -> None:
    source = tmp_path / "slides.pptx"
    source.write_bytes(to_pptx(draft))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True, timeout=180
    )
    pdf = pypdfium2.PdfDocument(source.with_suffix(".pdf"))
    assert len(pdf) == len(deck(draft, arial, arial_bold).pages)
    assert "221,6%" in pdf[4].get_textpage().get_text_range()
