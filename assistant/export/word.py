"""A transcript as a Word file (.docx) with footnotes that Word counts and sets itself."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.shared import Cm, Pt

from assistant.export.footnotes import Footnotes
from assistant.export.transcript import Paragraph, Style, Transcript
from assistant.export.typeface import possible, set_in_times, set_language

SIZE = 13

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
    footnotes = Footnotes(document, tuple(possible(note) for note in transcript.notes))
    document.add_heading(possible(transcript.title), level=1)
    document.add_paragraph().add_run(possible(transcript.subtitle)).italic = True
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
        text = written.add_run(possible(run.text))
        text.bold = run.bold or None
        if paragraph.style in (Style.ABOUT, Style.WARNING):
            text.italic = True
    if paragraph.style is Style.WARNING:
        written.paragraph_format.left_indent = Cm(0.75)


def _set_up(document: DocumentType, transcript: Transcript) -> None:
    for name, size in (("Normal", SIZE), ("Heading 1", SIZE + 3), ("Heading 2", SIZE)):
        set_in_times(document.styles[name], size)
    normal = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(6)
    set_language(normal, transcript.language)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    about = document.core_properties
    about.title, about.author, about.comments = possible(transcript.title)[:255], "", ""
    about.created, about.modified = transcript.created_at, transcript.updated_at
