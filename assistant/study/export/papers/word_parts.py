"""The larger parts of a Word paper: letterhead, tables, charts, lines to fill in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Emu, Mm, Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from assistant.export.typeface import FONT, possible
from assistant.study.export.charts import chart_part, description, label_size
from assistant.study.export.papers.pages import WIDTH, Sizes, stays_whole
from assistant.study.export.papers.types import Fields, Letterhead, Run, Table
from assistant.study.export.papers.word_fields import control
from assistant.study.export.papers.word_set_up import TABLE
from assistant.study.types import Series

#: Writes runs at the end of a paragraph.
Write = Callable[[WordParagraph, Sequence[Run]], None]

_CHART_WIDTH = 150
_DRAWING = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name="Chart {number}"/><wp:cNvGraphicFramePr/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
)


def add_letterhead(document: Document, head: Letterhead, sizes: Sizes) -> None:
    """Two columns without borders; what is in brackets is to be filled in."""
    # LibreOffice puts an empty line before a table that begins a file with footnotes.
    thin_line(document, 1)
    table = document.add_table(rows=2, cols=2)
    _laid_out(table, (0.5, 0.5))
    left, right = table.rows[0].cells
    above, office = left.paragraphs[0], left.add_paragraph(style=TABLE)
    control(above, "above", head.above)
    control(office, "office", head.office, bold=True)
    motto = right.paragraphs[0]
    motto.add_run(head.motto).bold = True
    motto.runs[0].underline = True
    place = table.rows[1].cells[1].paragraphs[0]
    control(place, "place", head.place, italic=True)
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.style = document.styles[TABLE]
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def add_table(document: Document, block: Table, write: Write, sizes: Sizes) -> None:
    """With borders. A short table stays on one page; the head of a longer one is repeated on each page.

    No row is broken between pages.
    """
    whole = stays_whole(block, sizes)
    head = tuple((Run(name, bold=True),) for name in block.head)
    rows = [*([head] if head else []), *block.rows]
    table = document.add_table(rows=len(rows), cols=len(block.shares), style="Table Grid")
    _laid_out(table, block.shares)
    for place, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        is_head = bool(head) and place == 0
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
        for column, (cell, content) in enumerate(zip(row.cells, cells, strict=True)):
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            paragraph = cell.paragraphs[0]
            paragraph.style = document.styles[TABLE]
            last = place == len(rows) - 1
            paragraph.paragraph_format.keep_with_next = block.keep if last else whole or is_head
            if is_head or column in block.centred:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            write(paragraph, content)
    # A table has no space after it, and two tables in a row would become one.
    thin_line(document, 4).paragraph_format.keep_with_next = block.keep or None


def thin_line(document: Document, points: float) -> WordParagraph:
    """A line of nothing, ``points`` high."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(points)
    return paragraph


def add_chart(document: Document, series: Series, number: int, sizes: Sizes) -> None:
    """A chart of Word with its figures in a workbook, on a line of its own."""
    package = document.part.package
    size_of_labels = label_size(series, sizes.chart * 72 / 25.4, sizes.table - 1)
    made = chart_part(series, font=FONT, size=size_of_labels)
    workbook = Part(
        PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        made.workbook,
        package,
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, made.xml, package)
    # The XML names its workbook by this relation, the part's first.
    part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    size: dict[str, Any] = {"width": int(Mm(_CHART_WIDTH)), "height": int(Mm(sizes.chart))}
    drawing = parse_xml(_DRAWING.format(number=number, relation=relation, **size))
    drawing.find(".//{*}docPr").set("descr", possible(description(series)))
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.add_run()._r.append(drawing)


def add_fields(document: Document, block: Fields) -> None:
    """Dotted lines to write on, side by side."""
    paragraph = document.add_paragraph()
    at = 0.0
    for place, (asked, share) in enumerate(block.lines):
        at += share * WIDTH
        last = place == len(block.lines) - 1
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Pt(at if last else at - 10), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        if not last:
            stops.add_tab_stop(Pt(at), WD_TAB_ALIGNMENT.LEFT)
        paragraph.add_run(f"{asked}: \t" if last else f"{asked}: \t\t")


def add_line(document: Document) -> WordParagraph:
    """A dotted line across the page."""
    paragraph = document.add_paragraph()
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Pt(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    paragraph.add_run("\t")
    return paragraph


def _laid_out(table: WordTable, shares: Sequence[float]) -> None:
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Emu(int(Pt(WIDTH * share)))
        for cell in column.cells:
            cell.width = column.width
    width = OxmlElement("w:tblW")
    width.set(qn("w:w"), str(round(WIDTH * 20)))
    width.set(qn("w:type"), "dxa")
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblW")):
        properties.replace(old, width)
