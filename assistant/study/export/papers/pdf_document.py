"""What a PDF paper is made of beside text: its pages, headings, tables, and charts."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from assistant.export.typeface import possible
from assistant.study.export.papers.pages import HEIGHT, WIDTH
from assistant.study.export.papers.types import Paper
from assistant.study.export.pdf_fonts import TEXT

#: Of the text, in points, before it is made smaller.
SIZE = 11.0
#: Share of a page up to which a table is kept on one.
_SHORT_TABLE = 0.6


class Document(BaseDocTemplate):
    """A4 with the margins of official papers, page numbers at the top from page 2, and an outline.

    Attributes:
        filled: the share of the last page that is filled, once it is built.
    """

    def __init__(self, file: BytesIO, paper: Paper) -> None:
        super().__init__(
            file,
            pagesize=A4,
            leftMargin=30 * mm,
            rightMargin=15 * mm,
            topMargin=20 * mm,
            bottomMargin=20 * mm,
            title=possible(paper.title),
            author="",
            subject="",
            creator="",
            lang="vi-VN" if paper.language == "vi" else "en-GB",
            invariant=1,
        )
        frame = Frame(self.leftMargin, self.bottomMargin, WIDTH, self.height, 0, 0, 0, 0, id="text")
        self.addPageTemplates([PageTemplate("all", [frame], onPage=_numbered)])
        self._level = -1
        self._marked = 0
        self.filled = 0.0

    def afterPage(self) -> None:  # noqa: N802 (reportlab's name)
        """Note how much of the page is filled: of the last, when all are made."""
        frame: Any = self.frame
        self.filled = (frame._y2 - frame._y) / frame._height

    def beforeDocument(self) -> None:  # noqa: N802 (reportlab's name)
        self._level, self._marked = -1, 0

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 (reportlab's name)
        """Put a heading into the outline and the table of contents."""
        if not isinstance(flowable, OutlinedHeading):
            return
        level, text = flowable.outlined, str(flowable.getPlainText())
        self._marked += 1
        name = f"h{self._marked}"
        self.canv.bookmarkPage(name)
        self._level = min(level, self._level + 1)
        self.canv.addOutlineEntry(text, name, self._level)
        if level:
            self.notify("TOCEntry", (level - 1, escape(text), self.page, name))


def _numbered(canvas: Any, document: Any) -> None:
    if document.page > 1:
        canvas.setFont(TEXT, SIZE)
        canvas.drawCentredString(document.leftMargin + WIDTH / 2, A4[1] - 14 * mm, str(document.page))


class OutlinedHeading(Text):
    """A paragraph that the outline lists at the level ``outlined``, 0 for a title."""

    def __init__(self, text: str, style: ParagraphStyle, outlined: int) -> None:
        super().__init__(text, style)
        self.outlined = outlined

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803 (reportlab's names)
        """A heading is not broken between pages."""
        return []


class WholeTable(Grid):
    """A table that is not broken between pages where it is short, nor a row that one page can hold."""

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803 (reportlab's names)
        laid_out: Any = self
        laid_out._calc(availWidth, availHeight)
        if laid_out._height <= _SHORT_TABLE * HEIGHT:
            return []
        heights: list[float] = laid_out._rowHeights
        laid_out.splitInRow = int(sum(heights[: laid_out.repeatRows]) + max(heights) > HEIGHT)
        made: list[Flowable] = super().split(availWidth, availHeight)
        return made


class Drawn(Flowable):
    """A chart that stays with its caption."""

    keepWithNext = 1  # noqa: N815 (reportlab's name)

    def __init__(self, chart: Drawing) -> None:
        super().__init__()
        self._chart = chart
        self.width, self.height = chart.width, chart.height

    def draw(self) -> None:
        renderPDF.draw(self._chart, self.canv, 0, 0)
