"""A paper as a Word file (.docx) with footnotes that Word counts and sets itself."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.text.paragraph import Paragraph as WordParagraph

from assistant.export.footnotes import Footnotes
from assistant.export.typeface import possible
from assistant.study.export.archive import without_times
from assistant.study.export.papers.pages import Pages, Sizes, fitting, paginate
from assistant.study.export.papers.types import (
    Block,
    Break,
    Chart,
    Contents,
    Fields,
    Heading,
    Letterhead,
    Paper,
    Paragraph,
    Run,
    Style,
    Table,
    Title,
)
from assistant.study.export.papers.word_fields import Entry, bookmark, contents
from assistant.study.export.papers.word_parts import (
    add_chart,
    add_fields,
    add_letterhead,
    add_line,
    add_table,
)
from assistant.study.export.papers.word_set_up import LEVELS, OPTION, QUESTION, TABLE, set_up

_STYLES = {
    Style.BODY: "Normal",
    Style.BULLET: "List Bullet",
    Style.QUESTION: QUESTION,
    Style.OPTION: OPTION,
    Style.CAPTION: TABLE,
}


def to_docx(paper: Paper) -> bytes:
    """The whole file; the same paper gives the same bytes."""
    sizes = fitting(paper)
    document = Document()
    set_up(document, paper, sizes)
    notes = tuple(possible(note) for note in paper.notes)
    writer = _Writer(document, paper, sizes, Footnotes(document, notes, size=sizes.note))
    for block in paper.blocks:
        writer.write(block)
    if notes:
        writer.footnotes.attach()
    file = BytesIO()
    document.save(file)
    return without_times(file.getvalue())


class _Writer:
    """Writes block after block."""

    def __init__(self, document: DocumentType, paper: Paper, sizes: Sizes, footnotes: Footnotes) -> None:
        self.footnotes = footnotes
        self._document = document
        self._paper = paper
        self._sizes = sizes
        self._pages: Pages = paginate(paper, sizes)
        self._headings = 0
        self._charts = 0

    def write(self, block: Block) -> None:
        document = self._document
        match block:
            case Break():
                document.add_page_break()
            case Letterhead():
                add_letterhead(document, block, self._sizes)
            case Title(text=text, about=about):
                document.add_paragraph(possible(text), style="Title")
                if about:
                    self._centred(about, bold=True).paragraph_format.space_after = 2 * self._after
            case Heading():
                self._heading(block)
            case Paragraph(style=Style.LINE):
                add_line(document).paragraph_format.keep_with_next = block.keep or None
            case Paragraph():
                paragraph = document.add_paragraph(style=_STYLES[block.style])
                paragraph.paragraph_format.keep_with_next = block.keep or None
                if block.style is Style.BODY:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
                self._runs(paragraph, block.runs)
            case Fields():
                add_fields(document, block)
            case Contents(title=title):
                self._contents(title)
            case Table():
                add_table(document, block, self._runs, self._sizes)
            case Chart(series=series, caption=caption):
                self._charts += 1
                add_chart(document, series, self._charts, self._sizes)
                paragraph = document.add_paragraph(style=TABLE)
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                paragraph.paragraph_format.space_after = self._after
                self._runs(paragraph, caption)

    @property
    def _after(self) -> int:
        after = self._document.styles["Normal"].paragraph_format.space_after
        return int(after or 0)

    def _heading(self, block: Heading) -> None:
        written = self._document.add_heading(possible(block.text), level=block.level)
        bookmark(written, _name(self._headings), self._headings)
        self._headings += 1

    def _contents(self, title: str) -> None:
        self._centred(title, bold=True).paragraph_format.keep_with_next = True
        headings = [block for block in self._paper.blocks if isinstance(block, Heading)]
        entries = [
            Entry(possible(heading.text), heading.level, _name(place), page)
            for place, (heading, page) in enumerate(zip(headings, self._pages.headings, strict=True))
        ]
        if entries:
            contents(self._document, entries, LEVELS)

    def _centred(self, text: str, *, bold: bool) -> WordParagraph:
        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(possible(text)).bold = bold
        return paragraph

    def _runs(self, paragraph: WordParagraph, runs: Sequence[Run]) -> None:
        for place, run in enumerate(runs):
            if run.note is not None:
                if place and runs[place - 1].note is not None:
                    paragraph.add_run(",\u00a0").font.superscript = True
                self.footnotes.refer(paragraph, run.note)
                continue
            text = paragraph.add_run(possible(run.text))
            text.bold, text.italic = run.bold or None, run.italic or None


def _name(number: int) -> str:
    return f"_Toc{number + 1:06}"
