"""The slides as a PDF: one page each, an outline, and the quotes at the end, to which markers lead."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.graphics import renderPDF
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from assistant.export.typeface import possible
from assistant.study.export.deck.pages import (
    BODY_HEIGHT,
    BODY_TOP,
    BODY_WIDTH,
    CAPTION_SIZE,
    CHART_HEIGHT,
    CHART_TOP,
    FOOTER_HEIGHT,
    FOOTER_SIZE,
    FOOTER_TOP,
    FOOTER_WIDTH,
    GAP,
    HEIGHT,
    INDENT,
    LEADING,
    MARGIN,
    TITLE_HEIGHT,
    TITLE_TOP,
    WIDTH,
    Deck,
    Page,
    deck,
)
from assistant.study.export.deck.theme import GOLD, GREY, INK, RED
from assistant.study.export.papers.types import Run
from assistant.study.export.papers.wording import wording
from assistant.study.export.parts import require
from assistant.study.export.pdf_charts import drawing
from assistant.study.export.pdf_fonts import BOLD, TEXT, bold_width, drawable, register, text_width
from assistant.study.types import Draft, Layout, Part

_CHART_SIZE = 16.0
#: Points of the letters of notes, the largest of those with which they take the fewest pages.
_NOTE_SIZES = (14.0, 13.0, 12.0)
_COVER_TITLE = (130.0, 190.0)
#: Size of a bullet over that of its text; a larger one would not fit its indent.
_BULLET = 0.65


def to_slides_pdf(draft: Draft) -> bytes:
    """The whole file; the same draft gives the same bytes.

    Raises:
        PartMissing: the draft has no slides.
    """
    require(draft, "slides-pdf", Part.SLIDES)
    register()
    made = deck(draft, text_width, bold_width)
    file = BytesIO()
    canvas = Canvas(
        file, pagesize=(WIDTH, HEIGHT), invariant=1, lang="vi-VN" if made.language == "vi" else "en-GB"
    )
    canvas.setTitle(possible(made.title))
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("")
    for number, page in enumerate(made.pages, 1):
        _draw(canvas, page, number)
        canvas.showPage()
    _notes(canvas, made)
    canvas.save()
    return file.getvalue()


def _draw(canvas: Any, page: Page, number: int) -> None:
    cover = page.slide.layout is Layout.TITLE
    canvas.bookmarkPage(f"p{number}")
    canvas.addOutlineEntry(page.title, f"p{number}", 0)
    if cover:
        _box(canvas, (0, 0, 18, HEIGHT), RED)
        _box(canvas, (MARGIN, 330, 150, 3), GOLD)
    else:
        _frame(canvas, number)
    title = Paragraph(escape(drawable(possible(page.title))), _style(page.title_size, RED, BOLD))
    _, height = title.wrap(BODY_WIDTH, HEIGHT)
    top, room = _COVER_TITLE if cover else (TITLE_TOP, TITLE_HEIGHT)
    title.drawOn(canvas, MARGIN, HEIGHT - top - (room if cover else (room + height) / 2))
    _points(canvas, page, 345.0 if cover else BODY_TOP, bulleted=not cover)
    if page.series is not None:
        caption = Paragraph(escape(drawable(possible(page.caption))), _style(CAPTION_SIZE, GREY, TEXT))
        _, height = caption.wrap(BODY_WIDTH, HEIGHT)
        caption.drawOn(canvas, MARGIN, HEIGHT - BODY_TOP - height)
        chart = drawing(page.series, BODY_WIDTH, CHART_HEIGHT, _CHART_SIZE)
        renderPDF.draw(chart, canvas, MARGIN, HEIGHT - CHART_TOP - CHART_HEIGHT)
    if page.footer:
        footer = Paragraph(_linked(page), _style(FOOTER_SIZE, GREY, TEXT))
        _, height = footer.wrap(FOOTER_WIDTH, FOOTER_HEIGHT)
        footer.drawOn(canvas, MARGIN, HEIGHT - FOOTER_TOP - (FOOTER_HEIGHT + height) / 2)


def _frame(canvas: Any, number: int) -> None:
    """What every page but the cover has: the line below its title, its number."""
    _box(canvas, (MARGIN, TITLE_TOP + TITLE_HEIGHT + 6, 90, 3), GOLD)
    canvas.setFillColor(HexColor(f"#{GREY}"))
    canvas.setFont(TEXT, FOOTER_SIZE)
    canvas.drawRightString(WIDTH - MARGIN, HEIGHT - FOOTER_TOP - FOOTER_HEIGHT / 2 - 4, str(number))


def _points(canvas: Any, page: Page, top: float, *, bulleted: bool) -> None:
    """Draw the points from ``top`` down."""
    indent = INDENT if bulleted else 0.0
    style = _style(
        page.size,
        INK,
        TEXT,
        leftIndent=indent,
        bulletFontName=TEXT,
        bulletFontSize=_BULLET * page.size,
        bulletColor=HexColor(f"#{GOLD}"),
    )
    for point in page.points:
        text = Paragraph(_marked_up(point), style, bulletText="•" if bulleted else None)
        _, height = text.wrap(BODY_WIDTH, HEIGHT)
        text.drawOn(canvas, MARGIN, HEIGHT - top - height)
        top += height + GAP * page.size


def _notes(canvas: Any, made: Deck) -> None:
    """The quotes with their sources, on as few pages as their letters allow."""
    heading = wording(made.language)["notes"]
    pages = min((_set_notes(made.notes, size) for size in _NOTE_SIZES), key=len)
    for number, page in enumerate(pages, len(made.pages) + 1):
        _frame(canvas, number)
        title = Paragraph(escape(heading), _style(28, RED, BOLD))
        _, tall = title.wrap(BODY_WIDTH, TITLE_HEIGHT)
        title.drawOn(canvas, MARGIN, HEIGHT - TITLE_TOP - (TITLE_HEIGHT + tall) / 2)
        if number == len(made.pages) + 1:
            canvas.bookmarkPage("notes")
            canvas.addOutlineEntry(heading, "notes", 0)
        for place, paragraph, top in page:
            canvas.bookmarkHorizontal(f"n{place}", MARGIN, HEIGHT - top)
            paragraph.drawOn(canvas, MARGIN, HEIGHT - top - paragraph.height)
        canvas.showPage()


def _set_notes(notes: Sequence[str], size: float) -> list[list[tuple[int, Paragraph, float]]]:
    """The notes of each page in letters of that size: each with its number and how far down it begins."""
    pages: list[list[tuple[int, Paragraph, float]]] = []
    top = HEIGHT
    for place, note in enumerate(notes, 1):
        text = f'<font color="#{RED}">[{place}]</font> {escape(drawable(possible(note)))}'
        paragraph = Paragraph(text, _style(size, INK, TEXT))
        _, height = paragraph.wrap(BODY_WIDTH, HEIGHT)
        if top + height > BODY_TOP + BODY_HEIGHT:
            pages.append([])
            top = BODY_TOP
        pages[-1].append((place, paragraph, top))
        top += height + GAP * size
    return pages


def _marked_up(runs: Sequence[Run]) -> str:
    parts = []
    for run in runs:
        if run.note is not None:
            parts.append(
                f'<super size="60%"><a href="#n{run.note}" color="#{RED}">&nbsp;[{run.note}]</a></super>'
            )
            continue
        text = escape(drawable(possible(run.text)))
        text = f"<b>{text}</b>" if run.bold else text
        parts.append(f"<i>{text}</i>" if run.italic else text)
    return "".join(parts)


def _linked(page: Page) -> str:
    """The footer, which leads to the first of its notes."""
    text = escape(drawable(possible(page.footer)))
    return f'<a href="#n{page.cited[0]}" color="#{GREY}">{text}</a>' if page.cited else text


def _style(size: float, colour: str, font: str, **wanted: Any) -> ParagraphStyle:
    return ParagraphStyle(
        f"{font} {size}",
        fontName=font,
        fontSize=size,
        leading=LEADING * size,
        textColor=HexColor(f"#{colour}"),
        **wanted,
    )


def _box(canvas: Any, box: tuple[float, float, float, float], colour: str) -> None:
    left, top, width, height = box
    canvas.setFillColor(HexColor(f"#{colour}"))
    canvas.rect(left, HEIGHT - top - height, width, height, stroke=0, fill=1)
