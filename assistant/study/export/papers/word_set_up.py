"""Page and styles of a Vietnamese administrative paper (decree 30/2020/NĐ-CP, appendix I).

A4 with margins of 20, 20, 30 and 15 mm, Times New Roman, page numbers centred at the top from page 2.
"""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from assistant.export.typeface import possible, set_in_times, set_language
from assistant.study.export.papers.pages import BULLET_INDENT, OPTION_INDENT, WIDTH, Sizes
from assistant.study.export.papers.types import Paper
from assistant.study.export.papers.word_fields import field

TABLE, OPTION, QUESTION = "Table Text", "Option", "Question"
LEVELS = 3


def set_up(document: Document, paper: Paper, sizes: Sizes) -> None:
    """Give an empty document its page, styles, page numbers and properties."""
    _page(document, sizes)
    _styles(document, paper, sizes)
    about = document.core_properties
    about.title, about.author, about.comments = possible(paper.title)[:255], "", ""
    about.last_modified_by, about.language = "", "vi-VN" if paper.language == "vi" else "en-GB"


def _page(document: Document, sizes: Sizes) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number.paragraph_format.space_after = Pt(0)
    # Said, because LibreOffice makes one of its own, with the spacing of the text, where there is none.
    section.first_page_header.paragraphs[0].paragraph_format.space_after = Pt(0)
    field(number, "PAGE", "2")


def _styles(document: Document, paper: Paper, sizes: Sizes) -> None:
    styles = document.styles
    normal = styles["Normal"]
    set_in_times(normal, sizes.body)
    set_language(normal, paper.language)
    normal.paragraph_format.space_before, normal.paragraph_format.space_after = Pt(0), Pt(sizes.after)
    normal.paragraph_format.line_spacing = 1.0
    normal.paragraph_format.widow_control = True
    for level in range(1, LEVELS + 1):
        style = styles[f"Heading {level}"]
        set_in_times(style, sizes.body)
        style.font.bold, style.font.italic = True, level == LEVELS
        _spaced(style, sizes.after, sizes.after)
        style.paragraph_format.keep_with_next = style.paragraph_format.keep_together = True
    title = styles["Title"]
    set_in_times(title, sizes.body + 2)
    title.font.bold = True
    _spaced(title, 2 * sizes.after, sizes.after)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    borders = title.element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        title.element.pPr.remove(borders)
    bullet = styles["List Bullet"]
    bullet.paragraph_format.left_indent = Pt(BULLET_INDENT)
    bullet.paragraph_format.first_line_indent = Pt(-BULLET_INDENT)
    bullet.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if (contextual := bullet.element.pPr.find(qn("w:contextualSpacing"))) is not None:
        bullet.element.pPr.remove(contextual)
    _own(document, TABLE, size=sizes.table, before=1, after=1)
    option = _own(document, OPTION, size=sizes.body, before=0, after=sizes.after / 2)
    option.paragraph_format.left_indent = Pt(OPTION_INDENT)
    question = _own(document, QUESTION, size=sizes.body, before=sizes.after, after=sizes.after)
    # A question is read at one glance: its lines are not parted, nor those of an option.
    question.paragraph_format.keep_together = option.paragraph_format.keep_together = True
    for level in range(1, LEVELS + 1):
        entry = styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        entry.base_style = normal
        entry.font.size, entry.font.bold = Pt(sizes.table), level == 1
        _spaced(entry, 0, 2)
        entry.paragraph_format.left_indent = Pt(12 * (level - 1))
        entry.paragraph_format.right_indent = Pt(30)
        entry.paragraph_format.tab_stops.add_tab_stop(Pt(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _own(document: Document, name: str, *, size: float, before: float, after: float) -> ParagraphStyle:
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size = Pt(size)
    _spaced(style, before, after)
    return style


def _spaced(style: ParagraphStyle, before: float, after: float) -> None:
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
