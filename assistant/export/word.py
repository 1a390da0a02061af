"""A transcript as a Word file (.docx) with footnotes that Word counts and sets itself."""

from __future__ import annotations

import re
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from assistant.export.footnotes import Footnotes
from assistant.export.transcript import Paragraph, Style, Transcript

#: What official Vietnamese documents are set in (decree 30/2020/NĐ-CP, appendix I).
FONT, SIZE = "Times New Roman", 13
#: What XML cannot hold.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_STYLES = {
    Style.QUESTION: "Heading 2",
    Style.ABOUT: "Normal",
    Style.STATEMENT: "Normal",
    Style.ITEM: "List Bullet",
    Style.WARNING: "Normal",
}


def to_docx(transcript: Transcript) -> bytes:
    """The whole file."""
    document = Document()
    _set_up(document, transcript)
    footnotes = Footnotes(document, tuple(_possible(note) for note in transcript.notes))
    document.add_heading(_possible(transcript.title), level=1)
    document.add_paragraph().add_run(_possible(transcript.subtitle)).italic = True
    for paragraph in transcript.paragraphs:
        _write(document, paragraph, footnotes)
    footnotes.attach()
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _write(document: DocumentType, paragraph: Paragraph, footnotes: Footnotes) -> None:
    written = document.add_paragraph(style=_STYLES[paragraph.style])
    for run in paragraph.runs:
        if run.note is not None:
            footnotes.refer(written, run.note)
            continue
        text = written.add_run(_possible(run.text))
        text.bold = run.bold or None
        if paragraph.style in (Style.ABOUT, Style.WARNING):
            text.italic = True
    if paragraph.style is Style.WARNING:
        written.paragraph_format.left_indent = Cm(0.75)


def _set_up(document: DocumentType, transcript: Transcript) -> None:
    for name, size in (("Normal", SIZE), ("Heading 1", SIZE + 3), ("Heading 2", SIZE)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        if name != "Normal":
            style.font.color.rgb = RGBColor(0, 0, 0)
        # The theme's font would win over the one set.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{kind}"), FONT)
    normal = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(6)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN" if transcript.language == "vi" else "en-GB")
    normal.element.get_or_add_rPr().append(language)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    about = document.core_properties
    about.title, about.author, about.comments = _possible(transcript.title)[:255], "", ""
    about.created, about.modified = transcript.created_at, transcript.updated_at


def _possible(text: str) -> str:
    return _IMPOSSIBLE.sub("", text)
