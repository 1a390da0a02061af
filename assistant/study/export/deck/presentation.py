"""The slides as a presentation (.pptx): charts with figures, notes for the speaker, sources in the footer."""

from __future__ import annotations

from copy import deepcopy
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from assistant.export.typeface import possible
from assistant.study.export.archive import without_times
from assistant.study.export.charts import add_chart, label_size
from assistant.study.export.deck.pages import (
    BODY_TOP,
    BODY_WIDTH,
    CAPTION_SIZE,
    CHART_HEIGHT,
    CHART_TOP,
    GAP,
    INDENT,
    MARGIN,
    Page,
    deck,
)
from assistant.study.export.deck.theme import FONT, GREY, colour, dress
from assistant.study.export.measure import arial, arial_bold
from assistant.study.export.papers.types import Run
from assistant.study.export.parts import require
from assistant.study.types import Draft, Layout, Part, Series

_CHART_SIZE = 18.0
#: Of the layouts that are left.
_COVER, _TEXT, _CHART = 0, 1, 2


def to_pptx(draft: Draft) -> bytes:
    """The whole file; the same draft gives the same bytes.

    Raises:
        PartMissing: the draft has no slides.
    """
    require(draft, "slides-pptx", Part.SLIDES)
    made = deck(draft, arial, arial_bold)
    presentation = Presentation()
    dress(presentation)
    for page in made.pages:
        _write(presentation, page, made.language)
    about = presentation.core_properties
    about.title, about.author, about.comments = possible(made.title)[:255], "", ""
    about.last_modified_by, about.language = "", "vi-VN" if made.language == "vi" else "en-GB"
    file = BytesIO()
    presentation.save(file)
    return without_times(file.getvalue())


def _write(presentation: Any, page: Page, language: str) -> None:
    cover = page.slide.layout is Layout.TITLE
    kind = _COVER if cover else _TEXT if page.series is None else _CHART
    slide = presentation.slides.add_slide(presentation.slide_layouts[kind])
    _text(slide.shapes.title, page.title, page.title_size)
    body = next((shape for shape in slide.placeholders if shape.placeholder_format.idx == 1), None)
    if body is not None and page.points:
        _points(body.text_frame, page, bulleted=not cover)
    elif body is not None:
        body._element.getparent().remove(body._element)
    if page.series is not None:
        _chart(slide, page, page.series)
    for shape in slide.slide_layout.placeholders:
        name = shape.placeholder_format.type.name
        if name == "FOOTER" and page.footer:
            _copied(slide, shape, page.footer)
        elif name == "SLIDE_NUMBER" and not cover:
            _copied(slide, shape, None)
    if page.speaker:
        slide.notes_slide.notes_text_frame.text = possible(page.speaker)
    for properties in slide._element.iter(qn("a:rPr")):
        properties.set("lang", "vi-VN" if language == "vi" else "en-GB")


def _chart(slide: Any, page: Page, series: Series) -> None:
    """The chart below a line that says what it shows."""
    box = [int(Pt(length)) for length in (MARGIN, BODY_TOP, BODY_WIDTH, CHART_TOP - BODY_TOP)]
    frame = slide.shapes.add_textbox(*box).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    run = frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.color.rgb = possible(page.caption), Pt(CAPTION_SIZE), colour(GREY)
    left, top, width, height = (int(Pt(length)) for length in (MARGIN, CHART_TOP, BODY_WIDTH, CHART_HEIGHT))
    size = label_size(series, CHART_HEIGHT, _CHART_SIZE)
    add_chart(slide.shapes, series, (left, top, width, height), font=FONT, size=size)


def _text(shape: Any, text: str, size: float) -> None:
    shape.text_frame.text = possible(text)
    for run in shape.text_frame.paragraphs[0].runs:
        run.font.size = Pt(size)


def _points(frame: Any, page: Page, *, bulleted: bool) -> None:
    for place, point in enumerate(page.points):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(GAP * page.size)
        if bulleted:
            _bullet(paragraph)
        for run in point:
            _run(paragraph, run, page.size)


def _run(paragraph: Any, run: Run, size: float) -> None:
    written = paragraph.add_run()
    written.font.size = Pt(size)
    if run.note is not None:
        written.text = f"\u00a0[{run.note}]"
        written.font._element.set("baseline", "30000")
        return
    written.text = possible(run.text)
    written.font.bold, written.font.italic = run.bold or None, run.italic or None


def _bullet(paragraph: Any) -> None:
    properties = paragraph._p.get_or_add_pPr()
    indent = int(Pt(INDENT))
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    for xml in (
        f'<a:buClr {nsdecls("a")}><a:schemeClr val="accent2"/></a:buClr>',
        f'<a:buFont {nsdecls("a")} typeface="Arial"/>',
        f'<a:buChar {nsdecls("a")} char="•"/>',
    ):
        properties.append(parse_xml(xml))


def _copied(slide: Any, placeholder: Any, text: str | None) -> None:
    """Show a layout's footer or slide number, which a new slide does not: its own text, or as it is."""
    element = deepcopy(placeholder._element)
    number = 1 + max(shape.shape_id for shape in slide.shapes)
    element.find(f"{qn('p:nvSpPr')}/{qn('p:cNvPr')}").set("id", str(number))
    shape_properties = element.find(qn("p:spPr"))
    for child in list(shape_properties):
        shape_properties.remove(child)
    slide.shapes._spTree.append(element)
    if text is None:
        return
    frame = slide.shapes[-1].text_frame
    frame.text = possible(text)
